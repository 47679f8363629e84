// Runs the cases of tests/conformance/cases through the public package.
//
// tests/conformance/README.md describes the cases and what a runner must check. Each case runs twice,
// with equal results: in memory, with numbers and texts as in the case; and on a SQLite file, with Date,
// Uint8Array and AbortSignal values. The package has no listeners to compare with polled events.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import * as seatbook from "seatbook";
// JavaScript has no reflection on arguments and their types.
import { operations as tables, structs } from "../lib/generated/api.js";

export const folder = new URL("../../../tests/conformance/", import.meta.url);
const described = JSON.parse(
  fs.readFileSync(new URL("../../../capi/seatbook.api.json", import.meta.url), "utf8"),
);
const default_start = "2026-03-01T12:00:00Z";
const ALL = 100_000;

const case_members = [
  "name",
  "note",
  "rules",
  "order",
  "at",
  "allow_clock_behind",
  "actor",
  "steps",
];
const step_members = ["note", "at", "do", "as", "at_least", "args", "save", "expect"];
const expect_members = [
  "error",
  "field",
  "index",
  "values",
  "outcomes",
  "message",
  "ok",
  "exactly",
];
const of_the_book = ["dump", "check", "close"];

export class CaseError extends Error {}

function check_that(condition, message) {
  if (!condition) throw new CaseError(typeof message === "function" ? message() : message);
}

/** Rejects unknown members, such as an "expects" that would never fail. */
function allow_only(given, members) {
  const unknown = Object.keys(given).filter((name) => !members.includes(name));
  check_that(unknown.length === 0, `unknown member ${unknown.sort().join(", ")}`);
}

const is_object = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const shown = (value) =>
  (
    JSON.stringify(value, (_, each) => (typeof each === "bigint" ? `${each}n` : each)) ??
    String(value)
  ).slice(0, 2000);

// ----------------------------------------------------------------------------------- the files

/** Returns all cases in the order of the files. Names are unique. */
export function read_cases() {
  const cases = [];
  const files = fs.readdirSync(new URL("cases/", folder)).sort();
  for (const file of files) {
    check_that(file.endsWith(".json"), `not a file of cases: ${file}`);
    const read = JSON.parse(fs.readFileSync(new URL(`cases/${file}`, folder), "utf8"));
    cases.push(...read.cases.map((data) => ({ file, name: data.name, data })));
  }
  check_that(cases.length > 0, "no cases found");
  const names = new Set(cases.map(({ name }) => name));
  check_that(names.size === cases.length, "duplicate case names");
  return cases;
}

export function read_operations() {
  const { operations } = JSON.parse(fs.readFileSync(new URL("operations.json", folder), "utf8"));
  const promises = new Map(operations.map((entry) => [entry.name, entry]));
  check_that(promises.size === operations.length, "operations.json has duplicate names");
  for (const entry of operations) {
    allow_only(entry, [
      "name", "request", "returns", "needs", "own_view", "saves", "result", "codes",
    ]);
    for (const code of entry.codes)
      check_that(seatbook.choices.Code.includes(code), `operations.json: unknown code ${code}`);
  }
  return promises;
}

// -------------------------------------------------------------------------------- placeholders

const is_reference = (text) => text !== "$any" && /^\$[a-z][a-z0-9_]*$/.test(text);

const forms = {
  $repeat: ([text, count]) => text.repeat(count),
  $join: (texts) => texts.join(""),
  $list: ([item, count]) => new Array(count).fill(item),
};

/** Replaces references and forms in a value. */
function fill_in(value, saved) {
  if (typeof value === "string" && is_reference(value)) {
    check_that(saved.has(value.slice(1)), `${value} is not saved`);
    return saved.get(value.slice(1));
  }
  if (Array.isArray(value)) return value.map((item) => fill_in(item, saved));
  if (!is_object(value)) return value;
  for (const [form, make] of Object.entries(forms)) {
    if (!(form in value)) continue;
    allow_only(value, [form]);
    return make(fill_in(value[form], saved));
  }
  const result = {};
  for (const [name, member] of Object.entries(value)) {
    const bytes = name.endsWith("_b64");
    const own = bytes ? name.slice(0, -4) : name;
    check_that(!(own in result), `duplicate member ${own}`);
    result[own] = bytes ? new Uint8Array(Buffer.from(member, "base64")) : fill_in(member, saved);
  }
  return result;
}

// ----------------------------------------------------------------------------- values of calls

/** Passes numbers and texts as in the case, and raw values as bigint. */
class PlainValues {
  value(type, value) {
    const [kind, what, which] = type.replace(/^(edit|optional) /, "").split(" ");
    if (typeof value === "number" && ["money", "time", "date"].includes(kind)) return BigInt(value);
    if (kind === "progress") return this.progress(value);
    if (kind === "record") return this.members(struct_named(what), value);
    if (kind === "list" && what === "record") {
      const converted = new Map(); // a list of many copies has one object
      return value.map(
        (item) =>
          converted.get(item) ??
          converted.set(item, this.members(struct_named(which), item)).get(item),
      );
    }
    return typeof value === "string" ? this.text(kind, value) : value;
  }

  members(struct, members) {
    return Object.fromEntries(
      Object.entries(members).map(([name, value]) => [
        name,
        this.value(type_of(struct, name), value),
      ]),
    );
  }

  progress(state) {
    check_that(state === "cancelled", `not a state of progress: ${state}`);
    const progress = new seatbook.Progress();
    progress.cancel();
    return progress;
  }

  text(_kind, text) {
    return text;
  }
}

/** Passes objects of JavaScript for texts, if possible. */
class TypedValues extends PlainValues {
  progress() {
    return AbortSignal.abort();
  }

  text(kind, text) {
    if (kind === "time" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(text)) {
      const date = new Date(text);
      return date.toISOString().startsWith(text.slice(0, 19)) ? date : text;
    }
    if (kind === "request_id" && /^[0-9a-f]{32}$/.test(text))
      return new Uint8Array(Buffer.from(text, "hex"));
    if (kind === "text") return new Uint8Array(Buffer.from(text, "utf8"));
    return text;
  }
}

const struct_named = (name) =>
  `seatbook_${name.replace(/[A-Z]/g, (letter, at) => (at > 0 ? "_" : "") + letter.toLowerCase())}`;

function type_of(struct, name) {
  const member = structs[struct].find((each) => each.name === name);
  check_that(member, `${struct} has no member ${name}`);
  return member.type;
}

// ------------------------------------------------------------------------------------- results

// The members that the JSON of the cases does not have, by all members of the record.
const hidden = new Map();
for (const { columns } of described.shapes) {
  const own = [];
  for (let at = 0; at < columns.length; at += 1 + (columns[at].members ?? 0)) own.push(columns[at]);
  hidden.set(
    String(own.map(({ name }) => name)),
    own.filter(({ json }) => json === false).map(({ name }) => name),
  );
}

/** Converts a result to the JSON of the cases. Also checks that it consists of frozen plain objects. */
function json_of(value) {
  if (!is_object(value) && !Array.isArray(value)) {
    check_that(
      value === null || ["string", "number", "boolean"].includes(typeof value),
      `unexpected type in a result: ${typeof value}`,
    );
    return value;
  }
  check_that(Object.isFrozen(value), () => `not frozen: ${shown(value)}`);
  if (Array.isArray(value)) return value.map(json_of);
  const left_out = hidden.get(String(Object.keys(value))) ?? [];
  const members = Object.entries(value).filter(([name]) => !left_out.includes(name));
  return Object.fromEntries(members.map(([name, member]) => [name, json_of(member)]));
}

const json_of_error = (error) => ({
  error: error.code,
  field: error.field,
  index: error.index,
  values: json_of(error.values),
  message: error.message,
  outcomes: error.outcomes === null ? [] : json_of(error.outcomes),
});

/** Describes the first difference between the result and the expected value, or returns "". */
export function difference(expected, actual, exactly, at = "") {
  if (expected === "$any") return "";
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length) {
    for (let item = 0; item < expected.length; item++) {
      const found = difference(expected[item], actual[item], exactly, `${at}/${item}`);
      if (found) return found;
    }
    return "";
  }
  if (is_object(expected) && is_object(actual)) {
    for (const [name, member] of Object.entries(expected)) {
      if (!(name in actual)) return `${at} has no member ${name}: ${shown(actual)}`;
      const found = difference(member, actual[name], exactly, `${at}/${name}`);
      if (found) return found;
    }
    const surplus = Object.keys(actual).filter((name) => !(name in expected));
    return exactly && surplus.length > 0 ? `${at} has an extra member: ${surplus[0]}` : "";
  }
  return expected === actual ? "" : `${at}: expected ${shown(expected)}, got ${shown(actual)}`;
}

// ------------------------------------------------------------------------------------- running

/** Runs one case on one book. */
class Player {
  constructor(promises, data, values) {
    this.promises = promises;
    this.data = data;
    this.values = values;
    this.saved = new Map();
    this.results = [];
  }

  instant(at) {
    return typeof at === "number" ? BigInt(at) : at;
  }

  async play(location) {
    this.clock = new seatbook.ManualClock(this.instant(this.data.at ?? default_start));
    const options = {
      clock: this.clock,
      allow_clock_behind: this.data.allow_clock_behind ?? false,
    };
    if (location) options.durability = "relaxed"; // no case tests a power loss
    this.book = await seatbook.open(location, options);
    try {
      this.last_dump = await this.book.dump();
      for (const [at, step] of this.data.steps.entries()) {
        try {
          await this.step(step);
          await this.check_book();
        } catch (error) {
          throw new CaseError(`step ${at + 1}: ${shown(step)}\n  ${error.message}`, {
            cause: error,
          });
        }
      }
    } finally {
      await this.book.close();
    }
  }

  auditor() {
    return this.book.session({ actor: "root", role: "super-admin" });
  }

  session(step) {
    const actor = fill_in(
      step.as ?? this.data.actor ?? { actor: "root", role: "super-admin" },
      this.saved,
    );
    allow_only(actor, ["actor", "person", "role", "permissions"]);
    for (const permission of actor.permissions ?? [])
      check_that(
        seatbook.choices.Permission.includes(permission),
        `unknown permission ${permission}`,
      );
    return this.book.session(this.values.members("seatbook_actor", actor));
  }

  /** Returns the state that a failed call must not change (C43). */
  async snapshot() {
    const result_or_code = async (call) => {
      try {
        return json_of(await call());
      } catch (error) {
        if (!(error instanceof seatbook.SeatbookError)) throw error;
        return error.code;
      }
    };
    return JSON.stringify([
      this.book.version,
      await result_or_code(() => this.book.dump()),
      await result_or_code(() => this.auditor().events_after(0, ALL)),
    ]);
  }

  async call(step, promise) {
    const members = fill_in(step.args ?? {}, this.saved);
    allow_only(members, promise.request);
    if (of_the_book.includes(promise.name)) return this.book[promise.name]();
    const stops = members.sink === "stops";
    delete members.sink;
    let session = this.session(step);
    if ("at_least" in step) session = await session.at_least(step.at_least);
    if (promise.name === "can") return session.can(members.operation);
    if (promise.name === "why_not") return why_not(session, members.operation);
    const { kind, request, arguments: declared } = tables[promise.name];
    if (!request)
      return session[promise.name](
        ...declared.map(({ name, type }) => this.values.value(type, members[name])),
      );
    const given = this.values.members(request, members);
    if (stops) given.sink = () => false;
    return kind === "arguments"
      ? session[promise.name](given.license)
      : session[promise.name](given);
  }

  async step(step) {
    allow_only(step, step_members);
    if ("at" in step) this.clock.set(this.instant(step.at));
    if (!("do" in step)) return allow_only(step, ["at", "note"]);
    const promise = this.promises.get(step.do);
    check_that(promise, `unknown operation ${step.do}`);
    const expect = fill_in(step.expect ?? {}, this.saved);
    allow_only(expect, expect_members);
    const before = await this.snapshot();
    let result;
    try {
      result = await this.call(step, promise);
    } catch (error) {
      if (!(error instanceof seatbook.SeatbookError)) throw error;
      return this.check_error(expect, json_of_error(error), before);
    }
    return this.check_result(step, promise, expect, result);
  }

  async check_error(expect, actual, before) {
    this.results.push(actual);
    check_that("error" in expect, () => `failed: ${shown(actual)}`);
    // An index that the case does not expect is a mistake.
    const found = difference({ index: null, ...expect }, actual, false);
    check_that(!found, found);
    check_that((await this.snapshot()) === before, "a failed call has changed the book");
  }

  async check_result(step, promise, expect, result) {
    const actual = this.json_of_result(promise, result);
    this.results.push(actual);
    check_that(!("error" in expect), () => `did not fail, but returned ${shown(actual)}`);
    const exactly = "exactly" in expect;
    if (exactly || "ok" in expect) {
      const found = difference(exactly ? expect.exactly : expect.ok, actual, exactly);
      check_that(!found, found);
    }
    check_form(promise, actual);
    if ("save" in step) this.save(step.save, promise, actual);
  }

  json_of_result(promise, result) {
    if (promise.name === "dump") return JSON.parse(result);
    if (promise.returns === "nothing") return result === undefined ? null : result;
    const actual = json_of(result);
    if (promise.name === "import_roster") actual.to_csv = seatbook.to_csv(result);
    return actual;
  }

  save(name, promise, actual) {
    check_that(promise.saves, "the operation returns no id");
    const number = promise.returns === "value" ? actual : actual[promise.saves];
    check_that(number !== null, `the result has no id to save as ${name}`);
    check_that(!this.saved.has(name), `${name} is saved twice`);
    this.saved.set(name, number);
  }

  /** Checks after every step the invariants, and that events and notifications convert to JSON. */
  async check_book() {
    if (this.book.closed) return;
    assert.deepEqual(await this.book.check(), []);
    const pages = [
      this.auditor().events_after(this.seen ?? 0, ALL).events,
      this.auditor().notifications_after(this.seen ?? 0, ALL).notifications,
    ];
    for (const each of pages.flat())
      check_that(JSON.parse(seatbook.payload(each)).version === each.version, "payload() has another version");
    this.seen = this.auditor().events_after(this.seen ?? 0, ALL).next;
    this.last_dump = await this.book.dump();
  }
}

/** Throws the error that `why_not` returns, like other operations. */
function why_not(session, operation) {
  const reason = session.why_not(operation);
  check_that(session.can(operation) === (reason === null), "can() and why_not() differ");
  if (reason) throw reason;
  return undefined;
}

/** Checks that a result has exactly the form and the members of operations.json. */
function check_form(promise, actual) {
  if (promise.returns === "nothing") check_that(actual === null, "expected no result");
  if (promise.returns === "list") check_that(Array.isArray(actual), "not a list");
  for (const each of promise.returns === "list" ? actual : [actual])
    if (promise.result) assert.deepEqual(Object.keys(each).sort(), [...promise.result].sort());
}

/** Runs a case in memory and on a file, and compares the results. */
export async function play_case(promises, { file, name, data }) {
  const place = fs.mkdtempSync(path.join(os.tmpdir(), "seatbook-conformance-"));
  try {
    allow_only(data, case_members);
    const alone = new Player(promises, data, new PlainValues());
    await alone.play();
    const stored = new Player(promises, data, new TypedValues());
    const location = path.join(place, "case.db");
    await stored.play(location);
    const found = difference(alone.results, stored.results, true);
    check_that(!found, `the results in memory and on a file differ: ${found}`);
    check_that(alone.last_dump === stored.last_dump, "the books in memory and on a file differ");
    const again = await seatbook.open(location, { clock: stored.clock, must_exist: true });
    check_that((await again.dump()) === stored.last_dump, "the book differs after it is opened again");
    assert.deepEqual(await again.check(), []);
    await again.close();
  } catch (error) {
    throw new CaseError(`${file}: "${name}": ${error.message}`, { cause: error });
  } finally {
    fs.rmSync(place, { recursive: true });
  }
}

// ------------------------------------------------------------------------------- the operations

/** Returns whether an operation has a member: the error of an unknown member is different. */
async function takes(session, operation, name) {
  try {
    await session[operation]({ [name]: Symbol("none") });
  } catch (error) {
    assert.ok(error instanceof TypeError, `${operation}: ${error}`);
    return !error.message.includes("has no member");
  }
  return true;
}

/** Checks that the package and operations.json have the same operations with the same members. */
export async function check_operations(promises) {
  const operations = [...seatbook.choices.Operation, "can", "why_not", ...of_the_book].sort();
  assert.deepEqual(operations, [...promises.keys()].sort());
  const every = [...new Set([...promises.values()].flatMap(({ request }) => request))];
  const book = await seatbook.open();
  const session = book.session({ actor: "root", role: "super-admin" });
  for (const name of seatbook.choices.Operation) {
    assert.equal(typeof session[name], "function", name);
    const { kind, request, arguments: declared } = tables[name];
    const taken =
      kind === "arguments"
        ? (request ? structs[request] : declared).map(({ name: own }) => own)
        : (
            await Promise.all(
              every.map(async (member) => [member, await takes(session, name, member)]),
            )
          )
            .filter(([, known]) => known)
            .map(([member]) => member);
    assert.deepEqual(taken.sort(), [...promises.get(name).request].sort(), name);
  }
  await book.close();
}
