// Converts results and errors of the library to plain frozen objects.
import { choices, constants, shapes } from "./generated/api.js";
import { bytes_at, c, numbers_at, on_thread, owned } from "./library.js";

const NONE = constants.NONE;

// -------------------------------------------------------------------------------------- values

/** Formats a time as "2026-03-01T12:00:00Z", with up to six decimals, without trailing zeros. */
export function time_text(microseconds) {
  const seconds = Math.floor(microseconds / 1e6);
  const fraction = String(microseconds - seconds * 1e6)
    .padStart(6, "0")
    .replace(/0+$/, "");
  const text = new Date(seconds * 1000).toISOString().slice(0, 19);
  return fraction === "" ? `${text}Z` : `${text}.${fraction}Z`;
}

const date_text = (days) => new Date(days * 86400000).toISOString().slice(0, 10);

/** Formats an amount as "12.50", with two to four decimals. */
function money_text(amount) {
  const decimals = String(amount % 10000)
    .padStart(4, "0")
    .replace(/0{1,2}$/, "");
  return `${Math.floor(amount / 10000)}.${decimals}`;
}

const names = Object.fromEntries(
  Object.entries(choices).map(([choice, values]) => [
    choice,
    new Map(Object.entries(values).map(([name, number]) => [number, name])),
  ]),
);

/** Returns the name of a choice, or its number as a text if this release does not know it. */
const choice_name = (choice, number) => names[choice].get(number) ?? String(number);

/** The error of a call that failed. `code` is for programs, `message` for people. */
export class SeatbookError extends Error {
  constructor({ code, number, message, field, index, values, outcomes }) {
    super(message);
    this.code = code;
    this.number = number;
    this.field = field;
    this.index = index;
    this.values = values;
    this.outcomes = outcomes;
  }

  get [Symbol.toStringTag]() {
    return "SeatbookError";
  }
}
Object.defineProperty(SeatbookError.prototype, "name", { value: "SeatbookError" });

/** Converts an error of the library and frees it. */
export function take_error(error, number) {
  try {
    const count = [0];
    const values = c.error_values(error, count);
    const outcomes = c.error_outcomes(error);
    const index = c.error_index(error);
    return new SeatbookError({
      code: choice_name("Code", number),
      number,
      message: c.error_message(error),
      field: c.error_field(error),
      index: index < 0 ? null : index,
      values: Object.freeze(count[0] > 0 ? numbers_at(values, Number(count[0])) : []),
      outcomes: outcomes ? Object.freeze(objects(outcomes, "Outcome")) : null,
    });
  } finally {
    c.error_free(error);
  }
}

/** Throws the error of a call that failed. */
export function check(number, error) {
  if (number !== 0) throw take_error(error[0], number);
}

/** Calls a function with two out-parameters, a pointer and an error, and returns the pointer. */
export function create(fn, ...args) {
  const [result, error] = [[null], [null]];
  check(fn(...args, result, error), error);
  return result[0];
}

/** Does the same on another thread. */
export async function create_on_thread(native, fn, ...args) {
  const [result, error] = [[null], [null]];
  check(await on_thread(native, fn, ...args, result, error), error);
  return result[0];
}

// ------------------------------------------------------------------------------------- columns

/** Returns for each row whether it has a value, or null if all rows have one. */
function validity(rows, at, count) {
  if (count === 1) return c.rows_is_null(rows, 0, at) ? [false] : null;
  const bits = c.rows_validity(rows, at);
  if (bits === null) return null;
  const bytes = bytes_at(bits, Math.ceil(count / 8));
  return Array.from({ length: count }, (_, row) => ((bytes[row >> 3] >> (row & 7)) & 1) === 1);
}

function numbers(rows, at, count) {
  if (count === 1) return [c.rows_number(rows, 0, at)]; // one call instead of two
  return numbers_at(c.rows_numbers(rows, at), count);
}

const offsets_of = (rows, at, count) => numbers_at(c.rows_offsets(rows, at), count + 1);

function texts(rows, at, count) {
  const size = [0];
  if (count === 1) return [c.rows_text(rows, 0, at, size)];
  const bytes = c.rows_bytes(rows, at, size);
  const offsets = offsets_of(rows, at, count);
  const { buffer: memory, byteOffset, byteLength } = bytes_at(bytes, size[0]);
  const buffer = Buffer.from(memory, byteOffset, byteLength);
  const whole = buffer.toString("utf8");
  const ascii = whole.length === buffer.length; // then offsets in bytes are offsets in characters
  const result = new Array(count);
  for (let row = 0; row < count; row++) {
    const [begin, end] = [offsets[row], offsets[row + 1] - 1];
    result[row] = ascii ? whole.slice(begin, end) : buffer.toString("utf8", begin, end);
  }
  return result;
}

function lists(rows, column, count) {
  const offsets = offsets_of(rows, column.at, count);
  const inner = objects(c.rows_list(rows, column.at), column.shape);
  return Array.from({ length: count }, (_, row) =>
    Object.freeze(inner.slice(offsets[row], offsets[row + 1])),
  );
}

const readers = {
  id: (number, { optional }) => (optional && number === 0 ? null : number),
  number: (number) => number,
  flag: (number) => number === 1,
  time: time_text,
  date: date_text,
  money: money_text,
  choice: (number, { choice }) => choice_name(choice, number),
};

/** Returns the values of one column. */
function column_values(rows, column, count) {
  const { at, type, optional } = column;
  if (type === "list") {
    const values = lists(rows, column, count);
    const has_value = optional ? validity(rows, at, count) : null;
    return has_value ? values.map((value, row) => (has_value[row] ? value : null)) : values;
  }
  if (type === "text" || type === "money_sum" || type === "record") {
    const values =
      type === "record" ? records(rows, column.members, count) : texts(rows, at, count);
    const has_value = optional ? validity(rows, at, count) : null;
    return has_value ? values.map((value, row) => (has_value[row] ? value : null)) : values;
  }
  const read = readers[type];
  const values = numbers(rows, at, count);
  for (let row = 0; row < count; row++)
    values[row] = values[row] === NONE ? null : read(values[row], column);
  return values;
}

function records(rows, columns, count) {
  const values = columns.map((column) => column_values(rows, column, count));
  const result = new Array(count);
  for (let row = 0; row < count; row++) {
    const record = {};
    for (let at = 0; at < columns.length; at++) record[columns[at].name] = values[at][row];
    result[row] = Object.freeze(record);
  }
  return result;
}

/** Returns all rows as objects, or as values for lists of ids or texts. */
function objects(rows, shape) {
  const count = c.rows_count(rows);
  if (count === 0) return [];
  if (shape === "Ids" || shape === "Texts") return column_values(rows, shapes[shape][0], count);
  const created = records(rows, shapes[shape], count);
  if (payloads.has(shape)) created.forEach((object, row) => sources.set(object, { rows, row, shape }));
  return created;
}

/** Returns all rows as columns: numbers as Float64Array with NaN for missing, the rest as arrays. */
function columns(rows, shape) {
  const count = c.rows_count(rows);
  const result = { length: count };
  for (const column of shapes[shape]) {
    const { name, at, type } = column;
    if (count === 0) {
      result[name] = type === "flag" ? new Uint8Array() : is_number(type) ? new Float64Array() : [];
    } else if (type === "flag") {
      result[name] = Uint8Array.from(numbers(rows, at, count));
    } else if (is_number(type)) {
      const values = Float64Array.from(numbers(rows, at, count));
      for (let row = 0; row < count; row++)
        if (values[row] === NONE || (column.optional && type === "id" && values[row] === 0))
          values[row] = NaN;
      result[name] = values;
    } else {
      result[name] = Object.freeze(column_values(rows, column, count));
    }
  }
  return Object.freeze(result);
}

const is_number = (type) => ["id", "number", "time", "date", "money"].includes(type);

/** Returns whether a column has lists of records, not of ids or texts. */
export const has_rows = ({ type, shape }) =>
  type === "list" && shape !== "Ids" && shape !== "Texts";

/** Returns a page with its lists as columns. */
function page(rows, shape) {
  const result = {};
  for (const column of shapes[shape]) {
    result[column.name] = has_rows(column)
      ? columns(c.rows_list(rows, column.at), column.shape)
      : column_values(rows, column, 1)[0];
  }
  return Object.freeze(result);
}

// ------------------------------------------------------------------------------- texts of rows

// The rows of objects that the library can format as JSON or CSV.
const payloads = new Set(["Event", "Notification", "RosterReport"]);
const sources = new WeakMap();

/** Returns the rows that an object was read from. They are kept as long as one of their objects. */
export function source_of(object, ...shapes_allowed) {
  const source = sources.get(object);
  if (!source || !shapes_allowed.includes(source.shape))
    throw new TypeError(`expected an object of type ${shapes_allowed.join(" or ")} that a session returned`);
  return source;
}

/** Converts the event or notification that a listener receives. Its rows are valid during the call. */
export function received(rows, shape) {
  const [object] = objects(rows, shape);
  const [text, error] = [[null], [null]];
  check(c.rows_to_json(rows, 0, text, error), error);
  sources.set(object, { payload: take_text(text[0]), shape });
  return object;
}

/** Converts the entry of a log that a callback receives. */
export const log_entry_of = (rows) => objects(rows, "LogEntry")[0];

/** Returns the text of a result with one text, and frees the result. */
export function take_text(rows) {
  try {
    return c.rows_text(rows, 0, 0, [0]);
  } finally {
    c.rows_free(rows);
  }
}

/** Converts a result, and frees it unless it has objects that can be formatted later. */
export function take_result(rows, form, shape, as_columns = false) {
  if (rows === null) return null; // the command succeeded, but memory ran out for its result
  let kept = false;
  try {
    if (as_columns) return form === "list" ? columns(rows, shape) : page(rows, shape);
    const created = objects(rows, shape);
    const result = form === "list" ? Object.freeze(created) : created[0];
    kept = ["EventPage", "NotificationPage", "RosterReport"].includes(shape);
    if (kept) keep(result, rows);
    return result;
  } finally {
    if (!kept) c.rows_free(rows);
  }
}

/** Frees the rows when the result and all its objects are garbage collected. */
function keep(result, rows) {
  const owner = {};
  owned(owner, rows, c.rows_free);
  for (const object of [result, ...(result.events ?? result.notifications ?? [])]) {
    const source = sources.get(object);
    if (source) source.owner = owner;
  }
}
