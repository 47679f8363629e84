// Converts values and requests of JavaScript to C.
import { choices, constants } from "./generated/api.js";
import { bytes_at, c, forget, layouts, listener_of, sink_of } from "./library.js";
import { create, log_entry_of, take_error } from "./rows.js";

const shown = (value) =>
  typeof value === "string"
    ? JSON.stringify(value.slice(0, 60))
    : String(
        value === null || typeof value !== "object" ? value : (value.constructor?.name ?? "object"),
      );

function type_error(name, expected, value) {
  let text;
  try {
    text = shown(value);
  } catch {
    text = "something else";
  }
  return new TypeError(`${name}: expected ${expected}, got ${text}`);
}

/** Returns the bytes of a text. A lone surrogate becomes an invalid byte, which the library rejects. */
export function bytes_of(name, value) {
  if (value instanceof Uint8Array) return Buffer.from(value); // a copy, since the call may run on another thread
  if (typeof value !== "string") throw type_error(name, "a text", value);
  const bytes = Buffer.from(value, "utf8");
  return /\p{Surrogate}/u.test(value) ? Buffer.concat([bytes, Buffer.from([0xff])]) : bytes;
}

function text_of(name, value) {
  const bytes = bytes_of(name, value);
  return bytes.length === 0 ? { data: null, size: 0 } : { data: bytes, size: bytes.length };
}

function integer(name, value, least, most, most_shown = most) {
  if (typeof value !== "number" || !Number.isInteger(value) || value < least || value > most)
    throw type_error(name, `a whole number from ${least} to ${most_shown}`, value);
  return value;
}

/** Converts a number. The library checks numbers beyond 2^53. */
const number_of = (name, value) =>
  Number.isSafeInteger(integer(name, value, 0, 2 ** 64 - 2048, Number.MAX_SAFE_INTEGER))
    ? value
    : BigInt(value);

/**
 * Parses a text with the library. An invalid text becomes `unreadable` or `out_of_range`, with which the
 * call fails at the point where the member is checked (C74). Without these placeholders, throws the
 * parser's error with the name of the member.
 */
function parsed(name, value, parse, expected, unreadable, out_of_range) {
  if (typeof value !== "string") throw type_error(name, expected, value);
  const [result, error] = [[0], [null]];
  const bytes = bytes_of(name, value);
  const number = parse(bytes, bytes.length, result, error);
  if (number === 0) return result[0];
  const reason = take_error(error[0], number);
  if (unreadable === undefined) throw Object.assign(reason, { field: name });
  return reason.code.endsWith("_out_of_range") ? out_of_range : unreadable;
}

/** UNREADABLE_TIME and UNREADABLE_MONEY, and a number that is out of range for both types. */
const unreadable = -(2n ** 63n);
const most = 2n ** 63n - 1n;

/** Passes a raw value of the C API, for tests and tools. */
function raw(name, value, bits) {
  if (BigInt.asIntN(bits, value) !== value) throw type_error(name, `a number of ${bits} bits`, value);
  return value;
}

function instant_of(name, value, ...placeholders) {
  if (typeof value === "bigint") return raw(name, value, 64);
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) {
      if (placeholders.length === 0) throw type_error(name, "a valid Date", value);
      return placeholders[0];
    }
    return BigInt(value.getTime()) * 1000n;
  }
  const expected = 'a Date or a text such as "2026-03-01T12:00:00Z"';
  return parsed(name, value, c.time_parse, expected, ...placeholders);
}

const time_of = (name, value) => instant_of(name, value, unreadable, most);

/** Converts the time of a clock. Invalid times throw here, because the library does not check them. */
export const clock_time_of = (name, value) => instant_of(name, value);

/** Converts the result of a function that is a clock. A number is in milliseconds, as of Date.now(). */
export function current_time_of(name, value) {
  if (typeof value !== "number") return instant_of(name, value);
  if (!Number.isFinite(value)) throw type_error(name, "a finite number", value);
  return Math.abs(value) < 1e14 ? BigInt(Math.round(value * 1000)) : most;
}

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
  const expected = "a UUID, 32 hexadecimal digits or 16 bytes";
  const parse = (bytes, size, _, error) => c.request_id_parse(bytes, size, result, error);
  parsed(name, value, parse, expected);
  return result;
}

/** Returns the number of a choice. The library rejects the number of an unknown one, -1. */
export function choice_of(name, value, choice) {
  if (typeof value !== "string") throw type_error(name, "the name of a choice", value);
  const values = choices[choice];
  if (Object.hasOwn(values, value)) return values[value];
  const hyphened = value.replaceAll("_", "-"); // roles may be spelled with - or with _
  return Object.hasOwn(values, hyphened) ? values[hyphened] : -1;
}

export function permissions_of(name, value) {
  if (!Array.isArray(value)) throw type_error(name, "an array of permissions", value);
  let set = 0;
  for (const permission of value) {
    const bit = choice_of(name, permission, "Permission");
    if (bit < 0)
      throw type_error(name, `one of ${Object.keys(choices.Permission).join(", ")}`, permission);
    set |= 1 << bit;
  }
  return set >>> 0;
}

function flag_of(name, value) {
  if (typeof value !== "boolean") throw type_error(name, "true or false", value);
  return value ? 1 : 0;
}

/** The key under which ManualClock and Progress keep their pointers. */
export const handle = Symbol("handle");

function handle_of(name, value, kind) {
  const own = value !== null && typeof value === "object" ? value[handle] : undefined;
  if (own?.kind !== kind) throw type_error(name, kind, value);
  return own.pointer;
}

/** Returns a progress object that is cancelled when the signal is aborted. */
function progress_of(name, value, after) {
  if (typeof value?.addEventListener !== "function") return handle_of(name, value, "Progress");
  const progress = create(c.progress_new);
  const cancel = () => c.progress_cancel(progress);
  if (value.aborted) cancel();
  else value.addEventListener("abort", cancel);
  after.push(() => {
    value.removeEventListener("abort", cancel);
    c.progress_free(progress);
  });
  return progress;
}

/** Returns a sink that calls a function. An error of the function is thrown by the call. */
function sink_struct(name, value, after) {
  if (typeof value !== "function") throw type_error(name, "a function that takes bytes", value);
  let failure = null;
  const write = sink_of((_self, bytes, size) => {
    try {
      const result = value(bytes_at(bytes, Number(size)));
      if (typeof result?.then === "function") {
        result.then(undefined, () => {}); // no unhandled rejection
        throw new TypeError(`${name}: must not be async`);
      }
      return result === false ? 0 : 1;
    } catch (error) {
      failure = { error };
      return 0;
    }
  });
  after.push(() => {
    forget(write);
    if (failure) throw failure.error;
  });
  return { struct_size: 32, self: null, write, destroy: null };
}

/** Returns a listener that calls a function with each entry of a log. The library owns it. */
function log_struct(name, value) {
  if (typeof value !== "function") throw type_error(name, "a function that takes an entry", value);
  return listener_of((rows) => void value(log_entry_of(rows)));
}

/** The values that clear a member of an update. A cleared choice is 0. */
const clearing = {
  text: { data: null, size: 0 },
  id: constants.NO_ID,
  money: constants.NONE,
  time: constants.NONE,
  date: constants.NO_DATE,
  choice: 0,
};

/** Converts one member of a request. `after` receives functions to call when the call has ended. */
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
    case "log":
      return [log_struct(name, value)];
    case "sink":
      return [sink_struct(name, value, after)];
    case "list":
      return list_of(name, value, what, which, after);
    default:
      throw new Error(`unknown type: ${type}`);
  }
}

const snake = (name) =>
  name.replace(/[A-Z]/g, (letter, at) => (at > 0 ? "_" : "") + letter.toLowerCase());

function list_of(name, value, what, which, after) {
  if (!Array.isArray(value)) throw type_error(name, "an array", value);
  if (what === "record")
    return Array.from(value, (item, at) =>
      struct_of(`seatbook_${snake(which)}`, item, `${name}[${at}]`, after),
    );
  return BigUint64Array.from(value, (item, at) => BigInt(number_of(`${name}[${at}]`, item)));
}

/** The key for the objects whose pointers a request has, to keep them alive. */
const kept = Symbol("kept");

/** Converts a request to the struct for koffi. Members that are undefined are not set. */
export function struct_of(struct, request, what, after) {
  const { empty, members } = layouts[struct];
  const result = { ...empty };
  if (request === undefined) return result;
  if (request === null || typeof request !== "object" || Array.isArray(request))
    throw type_error(what, "an object with members", request);
  let fields = 0;
  for (const [name, value] of Object.entries(request)) {
    const member = members.get(name);
    if (!member) throw new TypeError(`${what} has no member ${JSON.stringify(name)}`);
    if (value === undefined) continue;
    fields += 2 ** member.bit;
    const converted = member_of(name, value, member.type, after);
    result[name] = converted;
    if (member.type.startsWith("list ")) {
      result[`${name}_count`] = converted.length;
      if (converted.length === 0) result[name] = null;
    }
    if (["clock", "progress"].includes(member.type))
      result[kept] = [...(result[kept] ?? []), value];
  }
  result.fields = fields;
  return result;
}

/** Converts an argument of a call that has no request. */
export const argument_of = (name, value, type) => member_of(name, value, type, []);
