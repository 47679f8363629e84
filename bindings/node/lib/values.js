// Values and requests of JavaScript as C has them.
import { choices, constants } from "./api.js";
import { bytes_at, c, forget, layouts, sink_of } from "./library.js";
import { check, taken_error } from "./rows.js";

const shown = (value) =>
  typeof value === "string"
    ? JSON.stringify(value.slice(0, 60))
    : String(
        value === null || typeof value !== "object" ? value : (value.constructor?.name ?? "object"),
      );

function wrong(name, wanted, value) {
  let text;
  try {
    text = shown(value);
  } catch {
    text = "something else";
  }
  return new TypeError(`${name}: expected ${wanted}, got ${text}`);
}

/** The bytes of a text. A lone surrogate has no UTF-8; the library refuses what is put for it. */
export function bytes_of(name, value) {
  if (value instanceof Uint8Array) return Buffer.from(value); // a copy: the call may last
  if (typeof value !== "string") throw wrong(name, "a text", value);
  const bytes = Buffer.from(value, "utf8");
  return /\p{Surrogate}/u.test(value) ? Buffer.concat([bytes, Buffer.from([0xff])]) : bytes;
}

function text_of(name, value) {
  const bytes = bytes_of(name, value);
  return bytes.length === 0 ? { data: null, size: 0 } : { data: bytes, size: bytes.length };
}

function integer(name, value, least, most, most_shown = most) {
  if (typeof value !== "number" || !Number.isInteger(value) || value < least || value > most)
    throw wrong(name, `a whole number from ${least} to ${most_shown}`, value);
  return value;
}

/** Any number of 64 bits; of those beyond 2^53 the library says what becomes of them. */
const number_of = (name, value) =>
  Number.isSafeInteger(integer(name, value, 0, 2 ** 64 - 2048, Number.MAX_SAFE_INTEGER))
    ? value
    : BigInt(value);

/**
 * A text that the library reads as a value. One that makes none becomes `unreadable` or
 * `out_of_range`, which the library refuses when it is the member's turn (C74); without these its
 * error is thrown, and names the member.
 */
function parsed(name, value, parse, wanted, unreadable, out_of_range) {
  if (typeof value !== "string") throw wrong(name, wanted, value);
  const [result, error] = [[0], [null]];
  const bytes = bytes_of(name, value);
  const number = parse(bytes, bytes.length, result, error);
  if (number === 0) return result[0];
  const refused = taken_error(error[0], number);
  if (unreadable === undefined) throw Object.assign(refused, { field: name });
  return refused.code.endsWith("_out_of_range") ? out_of_range : unreadable;
}

/** UNREADABLE_TIME and UNREADABLE_MONEY; and a number beyond what a time or an amount may be. */
const unreadable = -(2n ** 63n);
const most = 2n ** 63n - 1n;

/** A raw value of the C interface: what no text gives, for tests and for tools. */
function raw(name, value, bits) {
  if (BigInt.asIntN(bits, value) !== value) throw wrong(name, `a number of ${bits} bits`, value);
  return value;
}

function instant_of(name, value, ...instead) {
  if (typeof value === "bigint") return raw(name, value, 64);
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) {
      if (instead.length === 0) throw wrong(name, "a valid Date", value);
      return instead[0];
    }
    return BigInt(value.getTime()) * 1000n;
  }
  const wanted = 'a Date or a text such as "2026-03-01T12:00:00Z"';
  return parsed(name, value, c.time_parse, wanted, ...instead);
}

const time_of = (name, value) => instant_of(name, value, unreadable, most);

/** The time of a clock: judged here, as no call of the library does. */
export const clock_time_of = (name, value) => instant_of(name, value);

const date_of = (name, value) =>
  typeof value === "bigint"
    ? Number(raw(name, value, 32))
    : parsed(
        name,
        value,
        c.date_parse,
        'a text such as "2026-03-01"',
        constants.UNREADABLE_DATE,
        0x7fffffff,
      );

const money_of = (name, value) =>
  typeof value === "bigint"
    ? raw(name, value, 64)
    : parsed(name, value, c.money_parse, 'a text such as "12.58"', unreadable, most);

function request_id_of(name, value) {
  const result = new Uint8Array(16);
  if (value instanceof Uint8Array && value.length === 16) {
    result.set(value);
    return result;
  }
  const wanted = "a UUID, 32 hexadecimal digits or 16 bytes";
  const parse = (bytes, size, _, error) => c.request_id_parse(bytes, size, result, error);
  parsed(name, value, parse, wanted);
  return result;
}

/** The number of a choice; the library refuses what is put for one that there is not. */
export function choice_of(name, value, choice) {
  if (typeof value !== "string") throw wrong(name, "the name of a choice", value);
  const values = choices[choice];
  if (Object.hasOwn(values, value)) return values[value];
  const hyphened = value.replaceAll("_", "-"); // roles are read with - and with _
  return Object.hasOwn(values, hyphened) ? values[hyphened] : -1;
}

export function permissions_of(name, value) {
  if (!Array.isArray(value)) throw wrong(name, "an array of permissions", value);
  let set = 0;
  for (const permission of value) {
    const bit = choice_of(name, permission, "Permission");
    if (bit < 0)
      throw wrong(name, `one of ${Object.keys(choices.Permission).join(", ")}`, permission);
    set |= 1 << bit;
  }
  return set >>> 0;
}

function flag_of(name, value) {
  if (typeof value !== "boolean") throw wrong(name, "true or false", value);
  return value ? 1 : 0;
}

/** Wraps a pointer of the library that a member takes: ManualClock and Progress say how. */
export const handle = Symbol("handle");

function handle_of(name, value, wanted) {
  const own = value !== null && typeof value === "object" ? value[handle] : undefined;
  if (own?.kind !== wanted) throw wrong(name, wanted, value);
  return own.pointer;
}

/** What ends the call when the signal is aborted. */
function progress_of(name, value, after) {
  if (typeof value?.addEventListener !== "function") return handle_of(name, value, "Progress");
  const [progress, error] = [[null], [null]];
  check(c.progress_new(progress, error), error);
  const cancel = () => c.progress_cancel(progress[0]);
  if (value.aborted) cancel();
  else value.addEventListener("abort", cancel);
  after.push(() => {
    value.removeEventListener("abort", cancel);
    c.progress_free(progress[0]);
  });
  return progress[0];
}

/** A function that takes the bytes of a file. What it throws, the call throws. */
function sink_struct(name, value, after) {
  if (typeof value !== "function") throw wrong(name, "a function that takes bytes", value);
  let failed = null;
  const write = sink_of((_self, bytes, size) => {
    try {
      const answer = value(bytes_at(bytes, Number(size)));
      if (typeof answer?.then === "function") {
        answer.then(undefined, () => {}); // nobody would wait for it, nor hear of its failure
        throw new TypeError(`${name}: must not be async`);
      }
      return answer === false ? 0 : 1;
    } catch (error) {
      failed = { error };
      return 0;
    }
  });
  after.push(() => {
    forget(write);
    if (failed) throw failed.error;
  });
  return { struct_size: 32, self: null, write, destroy: null };
}

/** What clears a member of an update; of choices 0 is the one that clearing leaves. */
const clearing = {
  text: { data: null, size: 0 },
  id: constants.NO_ID,
  money: constants.NONE,
  date: constants.NO_DATE,
  choice: 0,
};

/** The value of one member of a request. `after` gets what is to be done when the call is over. */
function member_of(name, value, type, after) {
  const edit = type.startsWith("edit ");
  const [kind, what, which] = type.replace(/^(edit|optional) /, "").split(" ");
  if (edit && value === null) return clearing[kind];
  switch (kind) {
    case "text":
      return text_of(name, value);
    case "id":
    case "number":
      return number_of(name, value);
    case "number32":
      return integer(name, value, 0, 0xffffffff);
    case "integer32":
      return integer(name, value, -0x80000000, 0x7fffffff);
    case "total":
      return value === null
        ? constants.UNLIMITED
        : integer(name, value, -Number.MAX_SAFE_INTEGER + 1, Number.MAX_SAFE_INTEGER);
    case "flag":
      return flag_of(name, value);
    case "time":
      return time_of(name, value);
    case "date":
      return date_of(name, value);
    case "money":
      return money_of(name, value);
    case "request_id":
      return request_id_of(name, value);
    case "choice":
      return choice_of(name, value, what);
    case "permissions":
      return permissions_of(name, value);
    case "record":
      return [struct_of(`seatbook_${snake(what)}`, value, name, after)];
    case "clock":
      return handle_of(name, value, "ManualClock");
    case "progress":
      return progress_of(name, value, after);
    case "sink":
      return [sink_struct(name, value, after)];
    case "list":
      return list_of(name, value, what, which, after);
    default:
      throw new Error(`no such type: ${type}`);
  }
}

const snake = (name) =>
  name.replace(/[A-Z]/g, (letter, at) => (at > 0 ? "_" : "") + letter.toLowerCase());

function list_of(name, value, what, which, after) {
  if (!Array.isArray(value)) throw wrong(name, "an array", value);
  if (what === "record")
    return Array.from(value, (item, at) =>
      struct_of(`seatbook_${snake(which)}`, item, `${name}[${at}]`, after),
    );
  return BigUint64Array.from(value, (item, at) => BigInt(number_of(`${name}[${at}]`, item)));
}

/** In a request: the objects whose pointers it has. */
const kept = Symbol("kept");

/** A request as koffi takes it. Members that are undefined are not set. */
export function struct_of(struct, request, what, after) {
  const { empty, members } = layouts[struct];
  const result = { ...empty };
  if (request === undefined) return result;
  if (request === null || typeof request !== "object" || Array.isArray(request))
    throw wrong(what, "an object with members", request);
  let fields = 0;
  for (const [name, value] of Object.entries(request)) {
    const member = members.get(name);
    if (!member) throw new TypeError(`${what} has no member ${JSON.stringify(name)}`);
    if (value === undefined) continue;
    fields += 2 ** member.bit;
    const made = member_of(name, value, member.type, after);
    result[name] = made;
    if (member.type.startsWith("list ")) {
      result[`${name}_count`] = made.length;
      if (made.length === 0) result[name] = null;
    }
    if (["clock", "progress"].includes(member.type))
      result[kept] = [...(result[kept] ?? []), value];
  }
  result.fields = fields;
  return result;
}

/** The arguments of a call that has no request. */
export const argument_of = (name, value, type) => member_of(name, value, type, []);
