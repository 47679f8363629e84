// Books, sessions, and what belongs to them.
import { choices, constants, operations, shapes } from "./api.js";
import { c, Native, on_thread, owned } from "./library.js";
import {
  check,
  has_rows,
  SeatbookError,
  source_of,
  taken_answer,
  taken_error,
  taken_text,
  time_text,
} from "./rows.js";
import { argument_of, bytes_of, choice_of, clock_time_of, handle, struct_of } from "./values.js";

/** Calls a function that puts out a pointer and an error: now, or on another thread. */
function made(fn, ...args) {
  const [result, error] = [[null], [null]];
  check(fn(...args, result, error), error);
  return result[0];
}

async function made_on_thread(native, fn, ...args) {
  const [result, error] = [[null], [null]];
  check(await on_thread(native, fn, ...args, result, error), error);
  return result[0];
}

// -------------------------------------------------------------------------------- clock, progress

/** A clock that stands still until it is set: for tests, and for replaying. */
export class ManualClock {
  #pointer;

  constructor(now) {
    this.#pointer = owned(this, made(c.clock_new, clock_time_of("now", now)), c.clock_free);
    Object.defineProperty(this, handle, { value: { kind: "ManualClock", pointer: this.#pointer } });
  }

  get now() {
    return time_text(c.clock_now(this.#pointer));
  }

  set(now) {
    c.clock_set(this.#pointer, clock_time_of("now", now));
  }

  advance(milliseconds) {
    if (!Number.isFinite(milliseconds)) throw new TypeError("milliseconds: expected a number");
    c.clock_advance(this.#pointer, BigInt(Math.round(milliseconds * 1000)));
  }
}

/** How far an import has come, and the way to end it. One object serves one call. */
export class Progress {
  #pointer;

  constructor() {
    this.#pointer = owned(this, made(c.progress_new), c.progress_free);
    Object.defineProperty(this, handle, { value: { kind: "Progress", pointer: this.#pointer } });
  }

  get rows_done() {
    return c.progress_rows_done(this.#pointer);
  }

  get rows_total() {
    return c.progress_rows_total(this.#pointer);
  }

  get cancelled() {
    return c.progress_cancelled(this.#pointer) === 1;
  }

  cancel() {
    c.progress_cancel(this.#pointer);
  }
}

// ------------------------------------------------------------------------------------------ books

const options_of = (options) => struct_of("seatbook_open_options", options, "options", []);

/** A book that is kept at `location`: a file, a database, or nothing at all. */
export async function open(location = ":memory:", options = {}) {
  const [at, given] = [bytes_of("location", location), options_of(options)];
  return new Book(secret, await made_on_thread(null, c.open, at, at.length, given));
}

/** Where several books of one process are kept. */
export async function open_storage(location = ":memory:", options = {}) {
  const [at, given] = [bytes_of("location", location), options_of(options)];
  return new Storage(secret, await made_on_thread(null, c.storage_open, at, at.length, given));
}

/** Makes the tables of books in a database. */
export async function create_schema(location, options = {}) {
  const [at, given, error] = [bytes_of("location", location), options_of(options), [null]];
  check(await on_thread(null, c.schema_create, at, at.length, given, error), error);
}

const secret = Symbol("made by this module");

function check_secret(given, name) {
  if (given !== secret) throw new TypeError(`a ${name} is not made by its constructor`);
}

export class Storage {
  #native;

  constructor(given, pointer) {
    check_secret(given, "Storage");
    this.#native = new Native(pointer, c.storage_free);
  }

  async open(options = {}) {
    return new Book(
      secret,
      await made_on_thread(this.#native, c.book_open, this.#native.pointer, options_of(options)),
    );
  }
}

let closed_handles = null;

/**
 * A closed book and a session of it, which books use after close(): their own handles are freed then,
 * and calls still fail with the library's own errors.
 */
function closed() {
  if (!closed_handles) {
    const book = made(c.open, null, 0, null);
    const actor = struct_of("seatbook_actor", { actor: "closed" }, "session", []);
    const session = made(c.session_open, book, actor);
    const error = [null];
    check(c.book_close(book, error), error);
    closed_handles = {
      book: new Native(book, c.book_free),
      session: new Native(session, c.session_free),
    };
  }
  return closed_handles;
}

// Sessions that a book keeps for actors who come again; the others are freed when they are collected.
const most_sessions = 1000;

const actor_key = (given) =>
  JSON.stringify(given, (_, value) => (typeof value === "bigint" ? String(value) : value));

/** One workspace's complete set of records. */
export class Book {
  #native;
  #sessions = new Map(); // of the library, by actor, the latest used last
  #last_version = null; // once it is closed
  #last = Promise.resolve();

  constructor(given, pointer) {
    check_secret(given, "Book");
    this.#native = new Native(pointer, c.book_free);
  }

  /** Commands of one book are carried out in the order in which they were called. */
  static in_turn(book, job) {
    const result = book.#last.then(job);
    book.#last = result.catch(() => {});
    return result;
  }

  /** The library's session of that key: one for each actor, however often it is asked for. */
  static native_session(book, key, make) {
    const sessions = book.#sessions;
    const native = sessions.get(key) ?? new Native(make(), c.session_free, book);
    if (book.#last_version !== null) return native;
    sessions.delete(key);
    sessions.set(key, native);
    if (sessions.size > most_sessions) sessions.delete(sessions.keys().next().value);
    return native;
  }

  /** Frees the handles of a book that was closed. */
  static #release(book) {
    if (book.#last_version !== null) return;
    const { book: closed_book } = closed();
    book.#last_version = book.version;
    for (const session of book.#sessions.values()) session.release();
    book.#sessions.clear();
    book.#native.release();
    book.#native = closed_book;
  }

  /** The book as this actor may use it. */
  session(actor) {
    const given = struct_of("seatbook_actor", actor, "session", []);
    const key = actor_key(given);
    const open_session = () => made(c.session_open, this.#native.pointer, given);
    return new Session(secret, Book.native_session(this, key, open_session), key, this);
  }

  /** How many changes have been committed, as far as this object has seen. */
  get version() {
    return this.#last_version ?? c.book_version(this.#native.pointer);
  }

  get closed() {
    return c.book_closed(this.#native.pointer) === 1;
  }

  /** Takes in what others have committed to the storage; answers the version. */
  refresh() {
    return Book.in_turn(this, () => made_on_thread(this.#native, c.book_refresh, this.#native.pointer));
  }

  /** The whole book as canonical JSON. */
  async dump() {
    return taken_text(await made_on_thread(this.#native, c.book_dump, this.#native.pointer));
  }

  /** What breaks the rules, a text for each finding; none is good. */
  async check() {
    const native = this.#native;
    return taken_answer(
      await made_on_thread(native, c.book_check, native.pointer),
      "list",
      "Texts",
    );
  }

  /** Writes a copy of what is stored to a new file, while the book is in use. */
  async backup(path) {
    const [at, error, native] = [bytes_of("path", path), [null], this.#native];
    check(await on_thread(native, c.book_backup, native.pointer, at, at.length, error), error);
  }

  /** Lets the storage go, after the commands that were called before. Closing twice is fine. */
  close() {
    return Book.in_turn(this, async () => {
      const [error, native] = [[null], this.#native];
      check(await on_thread(native, c.book_close, native.pointer, error), error);
      Book.#release(this);
    });
  }

  /** As close(), at once: commands that are still waiting are refused. */
  static close_now(book) {
    const error = [null];
    check(c.book_close(book.#native.pointer, error), error);
    Book.#release(book);
  }
}

// Not every release of Node has these two.
if (Symbol.dispose)
  Object.defineProperty(Book.prototype, Symbol.dispose, {
    value() {
      Book.close_now(this);
    },
  });
if (Symbol.asyncDispose)
  Object.defineProperty(Book.prototype, Symbol.asyncDispose, {
    value() {
      return this.close();
    },
  });

// --------------------------------------------------------------------------------------- sessions

const read_output = (type, value) =>
  type.startsWith("id ")
    ? value === 0
      ? null
      : value
    : type === "time"
      ? value === constants.NONE
        ? null
        : time_text(value)
      : value;

/** The arguments of a call as C has them, and what is to be done when it is over. */
function arguments_of(name, operation, args) {
  const { kind, request, arguments: declared } = operation;
  const most = kind === "arguments" ? (request ? 1 : declared.length) : 1;
  if (args.length > most)
    throw new TypeError(`${name} takes ${most} argument${most === 1 ? "" : "s"}`);
  const after = [];
  if (!request)
    return {
      given: declared.map(({ name: own, type, unset }, at) =>
        argument_of(own, args[at] ?? unset, type),
      ),
      after,
    };
  const members = kind === "arguments" ? { license: args[0] } : args[0];
  try {
    return { given: [struct_of(request, members, name, after)], after };
  } catch (error) {
    for (const each of after) each();
    throw error;
  }
}

function called(name, operation, args) {
  const { given, after } = arguments_of(name, operation, args);
  const { form, shape, outputs } = operation;
  const values = form === "value" ? outputs.map(() => [0]) : outputs.map(() => null);
  const rows = form === "object" || form === "list" ? [[null]] : [];
  const error = [null];
  return {
    given: [...given, ...values, ...rows, error],
    over() {
      for (const each of after) each();
    },
    answer(number, as_columns) {
      check(number, error);
      if (form === "value") return read_output(outputs[0], values[0][0]);
      if (rows.length > 0) return taken_answer(rows[0][0], form, shape, as_columns);
      return undefined;
    },
  };
}

/** A book as one actor may use it. Its other methods are the operations, see below. */
export class Session {
  #native;
  #key;
  #book;
  #columns;

  constructor(given, native, key, book) {
    check_secret(given, "Session");
    this.#native = native;
    this.#key = key;
    this.#book = book; // which would be closed when nobody holds it any more
  }

  static #native_of(session) {
    return session.#native.released ? closed().session : session.#native;
  }

  get book() {
    return this.#book;
  }

  get columns() {
    this.#columns ??= Object.freeze(
      Object.fromEntries(
        tabular.map((name) => [name, (...args) => Session.call(this, name, args, true)]),
      ),
    );
    return this.#columns;
  }

  /** Questions and their like are answered from memory, at once. */
  static ask(session, name, args, as_columns) {
    const operation = operations[name];
    const call = called(name, operation, args);
    try {
      return call.answer(
        c[operation.function.slice(9)](Session.#native_of(session).pointer, ...call.given),
        as_columns,
      );
    } finally {
      call.over();
    }
  }

  /** Commands wait for storage and for one another, exports for their sink: on another thread. */
  static async order(session, name, args, as_columns) {
    const operation = operations[name];
    const call = called(name, operation, args);
    const run = async () => {
      const native = Session.#native_of(session);
      const fn = c[operation.function.slice(9)];
      let number;
      try {
        number = await on_thread(native, fn, native.pointer, ...call.given);
      } finally {
        call.over();
      }
      return call.answer(number, as_columns);
    };
    return operation.kind === "command" ? Book.in_turn(session.#book, run) : run();
  }

  static call(session, name, args, as_columns) {
    const waits = operations[name].kind === "command" || operations[name].kind === "file";
    return (waits ? Session.order : Session.ask)(session, name, args, as_columns);
  }

  /** A session of the same actor that sees the book at `version` or later. */
  async at_least(version) {
    const wanted = argument_of("version", version, "number");
    const key = `${this.#key} at least ${wanted}`;
    const native = Book.native_session(this.#book, key, () =>
      made(c.session_at_least, Session.#native_of(this).pointer, wanted),
    );
    const later = new Session(secret, native, key, this.#book);
    // So that its questions need not wait. What keeps the book behind, each of them tells.
    if (this.#book.version < wanted) await this.#book.refresh().catch(() => {});
    return later;
  }

  /** Why the actor may not do this: an error, or null where it may. */
  why_not(operation) {
    const error = [null];
    const { pointer } = Session.#native_of(this);
    const number = c.why_not(pointer, choice_of("operation", operation, "Operation"), error);
    return number === 0 ? null : taken_error(error[0], number);
  }

  /** Returns whether the actor may do this at all, to hide a button: false if why_not() is an error. */
  can(operation) {
    const { pointer } = Session.#native_of(this);
    return c.can(pointer, choice_of("operation", operation, "Operation")) === 1;
  }

  /** The events after `after`, and then those that come, until `signal` ends it. */
  watch_events(options) {
    return watched(this, "events_after", "events", options);
  }

  watch_notifications(options) {
    return watched(this, "notifications_after", "notifications", options);
  }
}

async function* watched(session, operation, member, { after = 0, every = 1000, signal } = {}) {
  while (!signal?.aborted) {
    const page = session[operation](after, 1000);
    for (const each of page[member]) {
      if (signal?.aborted) return;
      yield each;
    }
    after = page.next;
    if (page.more) continue;
    await pause(every, signal);
    if (!signal?.aborted) await session.book.refresh(); // of other processes too
  }
}

function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(over, milliseconds);
    function over() {
      clearTimeout(timer);
      signal?.removeEventListener("abort", over);
      resolve();
    }
    signal?.addEventListener("abort", over);
  });
}

/** The operations that answer lists. */
const tabular = Object.keys(operations).filter((name) => {
  const { form, shape } = operations[name];
  return form === "list" || (form === "object" && shapes[shape].some(has_rows));
});

for (const name of Object.keys(operations)) {
  if (name in Session.prototype) continue; // `can`, above
  const method = {
    [name](...args) {
      return Session.call(this, name, args, false);
    },
  }[name];
  Object.defineProperty(Session.prototype, name, {
    value: method,
    writable: true,
    configurable: true,
  });
}

// -------------------------------------------------------------------------------- texts of answers

/** The JSON that webhooks carry, of an event or a notification that a session has answered. */
export function payload(event) {
  const { rows, row } = source_of(event, "Event", "Notification");
  return taken_text(made(c.rows_to_json, rows, row));
}

/** The rows of an import of a roster that were not added, as a file that can be mended. */
export function to_csv(report, format) {
  const { rows } = source_of(report, "RosterReport");
  return taken_text(
    made(c.rows_to_csv, rows, struct_of("seatbook_csv_format", format, "format", [])),
  );
}

// ------------------------------------------------------------------------------------- permissions

const permissions_in = (set) =>
  Object.freeze(
    Object.keys(choices.Permission).filter((name) => set & (1 << choices.Permission[name])),
  );

export const operation_permissions = (operation) =>
  permissions_in(c.operation_permissions(choice_of("operation", operation, "Operation")));

export const role_permissions = (role) =>
  permissions_in(c.role_permissions(choice_of("role", role, "Role")));

export const version = c.version();
export { SeatbookError };
