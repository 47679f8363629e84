// Books and their sessions.
import { constants, operations, shapes } from "./generated/api.js";
import { c, listener_of, Native, on_thread } from "./library.js";
import {
  check,
  create,
  create_on_thread,
  has_rows,
  received,
  take_error,
  take_result,
  take_text,
  time_text,
} from "./rows.js";
import { argument_of, bytes_of, choice_of, struct_of } from "./values.js";

// ------------------------------------------------------------------------------------------ books

export const secret = Symbol("created by this module");

export function check_secret(given, name) {
  if (given !== secret) throw new TypeError(`${name} has no public constructor`);
}

let closed_handles = null;

/**
 * Returns a closed book and a session of it. After close() a book frees its handles and uses these, so
 * that calls still fail with the errors of the library.
 */
function closed() {
  if (!closed_handles) {
    const book = create(c.open, null, 0, null);
    const actor = struct_of("seatbook_actor", { actor: "closed" }, "session", []);
    const session = create(c.session_open, book, actor);
    const error = [null];
    check(c.book_close(book, error), error);
    closed_handles = {
      book: new Native(book, c.book_free),
      session: new Native(session, c.session_free),
    };
  }
  return closed_handles;
}

// The number of native sessions that a book caches. Others are freed when they are garbage collected.
const most_sessions = 1000;

const actor_key = (given) =>
  JSON.stringify(given, (_, value) => (typeof value === "bigint" ? String(value) : value));

/** Returns the function that C calls for a listener. It does not keep the book from being collected. */
const receiver_of = (listener, shape) => (rows) => void listener(received(rows, shape));

/** The complete records of one workspace. */
export class Book {
  #native;
  #sessions = new Map(); // native sessions by actor, most recently used last
  #final = null; // the counts of a closed book
  #last = Promise.resolve();
  #tick;

  constructor(given, pointer, tick) {
    check_secret(given, "Book");
    this.#native = new Native(pointer, c.book_free);
    this.#tick = tick;
  }

  /** Sets the clock of a book whose clock is a function, before a call that may read it. */
  static tick(book) {
    book.#tick?.();
  }

  /** Runs the commands of one book in the order in which they were called. */
  static in_turn(book, job) {
    const result = book.#last.then(job);
    book.#last = result.catch(() => {});
    return result;
  }

  /** Returns the native session for a key. A book has one for each actor. */
  static native_session(book, key, make) {
    const sessions = book.#sessions;
    const native = sessions.get(key) ?? new Native(make(), c.session_free, book);
    if (book.#final !== null) return native;
    sessions.delete(key);
    sessions.set(key, native);
    if (sessions.size > most_sessions) sessions.delete(sessions.keys().next().value);
    return native;
  }

  /** Frees the handles of a closed book. */
  static #release(book) {
    if (book.#final !== null) return;
    const { book: closed_book } = closed();
    const { version, listener_failures, dropped_events } = book;
    book.#final = { version, listener_failures, dropped_events };
    for (const session of book.#sessions.values()) session.release();
    book.#sessions.clear();
    book.#native.release();
    book.#native = closed_book;
  }

  /** Returns a session for an actor. */
  session(actor) {
    const given = struct_of("seatbook_actor", actor, "session", []);
    const key = actor_key(given);
    const open_session = () => create(c.session_open, this.#native.pointer, given);
    return new Session(secret, Book.native_session(this, key, open_session), key, this);
  }

  /** The number of changes committed to the book that this object has read. */
  get version() {
    return this.#final?.version ?? c.book_version(this.#native.pointer);
  }

  /** How many times a listener has thrown. */
  get listener_failures() {
    return this.#final?.listener_failures ?? c.book_listener_failures(this.#native.pointer);
  }

  /** How many events were not delivered to listeners because too many were waiting. */
  get dropped_events() {
    return this.#final?.dropped_events ?? c.book_dropped_events(this.#native.pointer);
  }

  get closed() {
    return c.book_closed(this.#native.pointer) === 1;
  }

  /** Reads the changes that other books have committed to a shared storage. Returns the version. */
  refresh() {
    return Book.in_turn(this, () => create_on_thread(this.#native, c.book_refresh, this.#native.pointer));
  }

  /** Returns the whole book as canonical JSON. */
  async dump() {
    return take_text(await create_on_thread(this.#native, c.book_dump, this.#native.pointer));
  }

  /** Checks the invariants. Returns a text for each violation. */
  async check() {
    const native = this.#native;
    return take_result(
      await create_on_thread(native, c.book_check, native.pointer),
      "list",
      "Texts",
    );
  }

  /** Returns what this object has done since it was opened and how long its storage took. */
  stats() {
    return take_result(create(c.book_stats, this.#native.pointer), "object", "BookStats");
  }

  /** Writes a copy of the stored book to a new file while the book is in use. */
  async backup(path) {
    const [at, error, native] = [bytes_of("path", path), [null], this.#native];
    check(await on_thread(native, c.book_backup, native.pointer, at, at.length, error), error);
  }

  /** Calls `listener` with each event of later commits. Returns a function that ends this. */
  subscribe(listener) {
    return Book.#subscribe(this.#native, c.book_subscribe, listener, "Event");
  }

  /** Calls `listener` with each notification of later commits. Returns a function that ends this. */
  subscribe_notifications(listener) {
    return Book.#subscribe(
      this.#native,
      c.book_subscribe_notifications,
      listener,
      "Notification",
    );
  }

  static #subscribe(native, fn, listener, shape) {
    if (typeof listener !== "function") throw new TypeError("listener: expected a function");
    const [subscription, error] = [[0], [null]];
    const receive = receiver_of(listener, shape);
    check(fn(native.pointer, listener_of(receive), subscription, error), error);
    return () => {
      if (!native.released) c.book_unsubscribe(native.pointer, subscription[0], error);
    };
  }

  /** Closes the book after the commands that were called before. Closing a closed book does nothing. */
  close() {
    return Book.in_turn(this, async () => {
      const [error, native] = [[null], this.#native];
      check(await on_thread(native, c.book_close, native.pointer, error), error);
      Book.#release(this);
    });
  }

  /** Closes the book immediately. Commands that have not started fail with book_closed. */
  static close_now(book) {
    const error = [null];
    check(c.book_close(book.#native.pointer, error), error);
    Book.#release(book);
  }
}

// Older releases of Node do not have these symbols.
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

/** Converts the arguments of a call to C. `after` has the functions to call when it has ended. */
function arguments_of(name, operation, args) {
  const { kind, request, arguments: declared } = operation;
  const most = kind === "arguments" ? (request ? 1 : declared.length) : 1;
  if (args.length > most)
    throw new TypeError(`${name} takes ${most} argument${most === 1 ? "" : "s"}`);
  const after = [];
  if (!request)
    return {
      given: declared.map(({ name: own, type, default: unset }, at) =>
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

function prepare_call(name, operation, args) {
  const { given, after } = arguments_of(name, operation, args);
  const { form, shape, outputs } = operation;
  const values = form === "value" ? outputs.map(() => [0]) : outputs.map(() => null);
  const rows = form === "object" || form === "list" ? [[null]] : [];
  const error = [null];
  return {
    given: [...given, ...values, ...rows, error],
    finish() {
      for (const each of after) each();
    },
    result(number, as_columns) {
      check(number, error);
      if (form === "value") return read_output(outputs[0], values[0][0]);
      if (rows.length > 0) return take_result(rows[0][0], form, shape, as_columns);
      return undefined;
    },
  };
}

/** Access to a book on behalf of one actor. The other methods are the operations, added below. */
export class Session {
  #native;
  #key;
  #book;
  #columns;

  constructor(given, native, key, book) {
    check_secret(given, "Session");
    this.#native = native;
    this.#key = key;
    this.#book = book; // keeps the book alive, which is closed when it is garbage collected
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

  /** Runs a query, which reads from memory, on this thread. */
  static query(session, name, args, as_columns) {
    const operation = operations[name];
    const call = prepare_call(name, operation, args);
    try {
      Book.tick(session.#book);
      return call.result(
        c[operation.function.slice(9)](Session.#native_of(session).pointer, ...call.given),
        as_columns,
      );
    } finally {
      call.finish();
    }
  }

  /** Runs a command or an export on another thread, since it may wait. */
  static async run(session, name, args, as_columns) {
    const operation = operations[name];
    const call = prepare_call(name, operation, args);
    const job = async () => {
      const native = Session.#native_of(session);
      const fn = c[operation.function.slice(9)];
      let number;
      try {
        Book.tick(session.#book);
        number = await on_thread(native, fn, native.pointer, ...call.given);
      } finally {
        call.finish();
      }
      return call.result(number, as_columns);
    };
    return operation.kind === "command" ? Book.in_turn(session.#book, job) : job();
  }

  static call(session, name, args, as_columns) {
    return (operations[name].on_thread ? Session.run : Session.query)(session, name, args, as_columns);
  }

  /** Returns a session for the same actor whose queries observe at least `version`. */
  async at_least(version) {
    const required = argument_of("version", version, "number");
    const key = `${this.#key} at least ${required}`;
    const native = Book.native_session(this.#book, key, () =>
      create(c.session_at_least, Session.#native_of(this).pointer, required),
    );
    const later = new Session(secret, native, key, this.#book);
    // Refreshes in advance, so that queries need not wait. If it fails, the queries report why.
    if (this.#book.version < required) await this.#book.refresh().catch(() => {});
    return later;
  }

  /** Returns the reason why the actor may not perform the operation, or null. */
  why_not(operation) {
    const error = [null];
    const { pointer } = Session.#native_of(this);
    const number = c.why_not(pointer, choice_of("operation", operation, "Operation"), error);
    return number === 0 ? null : take_error(error[0], number);
  }

  /** Returns whether the actor may perform the operation: false if why_not() is an error. */
  can(operation) {
    const { pointer } = Session.#native_of(this);
    return c.can(pointer, choice_of("operation", operation, "Operation")) === 1;
  }

  /** Yields the events after `after`, then new events, until `signal` is aborted. */
  watch_events(options) {
    return watch(this, "events_after", "events", options);
  }

  watch_notifications(options) {
    return watch(this, "notifications_after", "notifications", options);
  }
}

async function* watch(session, operation, member, { after = 0, every = 1000, signal } = {}) {
  while (!signal?.aborted) {
    const page = session[operation](after, 1000);
    for (const each of page[member]) {
      if (signal?.aborted) return;
      yield each;
    }
    after = page.next;
    if (page.more) continue;
    await pause(every, signal);
    if (!signal?.aborted) await session.book.refresh(); // also reads the changes of other processes
  }
}

function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(finish, milliseconds);
    function finish() {
      clearTimeout(timer);
      signal?.removeEventListener("abort", finish);
      resolve();
    }
    signal?.addEventListener("abort", finish);
  });
}

/** The operations that return lists. */
const tabular = Object.keys(operations).filter((name) => {
  const { form, shape } = operations[name];
  return form === "list" || (form === "object" && shapes[shape].some(has_rows));
});

for (const name of Object.keys(operations)) {
  if (name in Session.prototype) continue; // defined above: can and why_not
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
