// Opens books and storages, and changes the tables of a database.
import { Book, check_secret, secret } from "./book.js";
import { ManualClock } from "./clock.js";
import { c, Native, on_thread } from "./library.js";
import { check, create_on_thread } from "./rows.js";
import { bytes_of, current_time_of, handle, struct_of } from "./values.js";

/** Converts options. `on_log` comes last: what it becomes is released by the library only. */
function options_of(options) {
  let given = options;
  if (options?.on_log !== undefined) {
    const { on_log, ...others } = options;
    given = { ...others, on_log };
  }
  return struct_of("seatbook_open_options", given, "options", []);
}

/**
 * Replaces a clock that is a function by a manual clock that `tick` sets. The library does not call
 * the function itself: a command, which runs on another thread, would wait for the event loop.
 */
function with_clock(options) {
  const now = options?.clock;
  if (typeof now !== "function") return { given: options_of(options), tick: null };
  const clock = new ManualClock(0n);
  const tick = () => c.clock_set(clock[handle].pointer, current_time_of("clock", now()));
  tick();
  return { given: options_of({ ...options, clock }), tick };
}

/** Opens a book at `location`: in memory, a file or a database. */
export async function open(location = ":memory:", options = {}) {
  const [at, { given, tick }] = [bytes_of("location", location), with_clock(options)];
  return new Book(secret, await create_on_thread(null, c.open, at, at.length, given), tick);
}

/** Opens a storage on which one process opens several books. */
export async function open_storage(location = ":memory:", options = {}) {
  const [at, { given }] = [bytes_of("location", location), with_clock(options)];
  return new Storage(secret, await create_on_thread(null, c.storage_open, at, at.length, given));
}

async function change_schema(change, location, options, ...texts) {
  const [at, given, error] = [bytes_of("location", location), options_of(options), [null]];
  const others = texts.flatMap((text) => [text, text.length]);
  check(await on_thread(null, change, at, at.length, ...others, given, error), error);
}

/** Creates the tables for books in a database, unless they exist. */
export async function create_schema(location, options = {}) {
  await change_schema(c.schema_create, location, options);
}

/**
 * Migrates the tables of an earlier release in a database to the newest format, in one transaction.
 * Does nothing if they have that format. Programs of the earlier release cannot use the tables
 * afterwards.
 */
export async function migrate(location, options = {}) {
  await change_schema(c.schema_migrate, location, options);
}

/**
 * Deletes the book `options.book` of a database permanently: all its rows, in one transaction.
 * `confirm` must be the same name. The tables and the other books stay. Books that have it open cannot
 * write any more: their next command or refresh() fails with "book_needs_reopen", and then every
 * call. If drop_book() fails with "storage_unknown", call it again.
 */
export async function drop_book(location, confirm, options = {}) {
  await change_schema(c.book_drop, location, options, bytes_of("confirm", confirm));
}

export class Storage {
  #native;

  constructor(given, pointer) {
    check_secret(given, "Storage");
    this.#native = new Native(pointer, c.storage_free);
  }

  async open(options = {}) {
    const { given, tick } = with_clock(options);
    const opened = create_on_thread(this.#native, c.book_open, this.#native.pointer, given);
    return new Book(secret, await opened, tick);
  }
}
