/// <reference lib="esnext.disposable" />
// The types of the package. lib/generated/api.d.ts is generated and has the types of all operations.
import type {
  Actor,
  BookStats,
  Choices,
  Code,
  ColumnOperations,
  CsvFormat,
  Event,
  Limits,
  Notification,
  OpenOptions,
  Operation,
  Operations,
  Outcome,
  Permission,
  Role,
  RosterReport,
} from "./lib/generated/api.js";

export type * from "./lib/generated/api.js";

// Ids of different kinds are not assignable to each other. A plain number is assignable to any of them.
export type PersonId = number & { readonly _of?: "person" };
export type LicenseId = number & { readonly _of?: "license" };
export type AssignmentId = number & { readonly _of?: "assignment" };
export type ActorId = number & { readonly _of?: "actor" };

/** "2026-03-01T12:00:00.000001Z": in UTC, with up to six decimals, without trailing zeros. */
export type TimeText = string;
/** A Date; a text in RFC 3339; or a bigint, microseconds since 1970. */
export type Time = Date | TimeText | bigint;
/** "2026-03-01" */
export type DateText = string;
/** "12.58": a decimal number with up to four decimals. */
export type MoneyText = string;
/** 32 hexadecimal digits, or 16 bytes. */
export type RequestId = string | Uint8Array;

/** The part of AbortSignal that the package uses. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** Receives an exported file in chunks of about 64 KiB. Returning `false` cancels the export. */
export type Sink = (bytes: Uint8Array) => unknown;

/** The error of a call that failed. `code` is for programs, `message` for people. */
export class SeatbookError extends Error {
  private constructor();
  readonly code: Code;
  readonly number: number;
  /** The request member or argument that caused the error; may be "". */
  readonly field: string;
  /** The position of the failed item of a bulk call, counted from 0. */
  readonly index: number | null;
  /** Numbers that belong to the code, see docs/reference/errors.md. */
  readonly values: readonly number[];
  /** The outcome of each item if the code is bulk_refused. */
  readonly outcomes: readonly Outcome[] | null;
}

/** Access to a book on behalf of one actor. */
export class Session {
  private constructor();
  readonly book: Book;
  /** The operations that return lists, with each list as columns; faster for many rows. */
  readonly columns: ColumnOperations;
  /** Returns a session for the same actor whose queries observe at least `version`. */
  at_least(version: number): Promise<Session>;
  /** Returns whether the actor may perform the operation, for example to hide a button. Never throws a
   * SeatbookError. */
  can(operation: Operation): boolean;
  /** Returns the reason why `can` is false, or null if it is true. */
  why_not(operation: Operation): SeatbookError | null;
  /** Yields the events after `after`, then new events, until `signal` is aborted. */
  watch_events(options?: WatchOptions): AsyncGenerator<Event, void, void>;
  /** Yields the notifications after `after`, then new ones, until `signal` is aborted. */
  watch_notifications(options?: WatchOptions): AsyncGenerator<Notification, void, void>;
}
// The operations themselves.
export interface Session extends Operations {}

export interface WatchOptions {
  /** The `seq` of the last event that was processed; 0 unless set. */
  after?: number | undefined;
  /** The polling interval in milliseconds; 1000 unless set. */
  every?: number | undefined;
  signal?: CancelSignal | undefined;
}

/** The complete records of one workspace. */
export class Book {
  private constructor();
  /** Returns a session for an actor. Sessions are cheap and need not be closed. */
  session(actor: Actor): Session;
  /** The number of changes committed to the book that this object has read. */
  readonly version: number;
  readonly closed: boolean;
  /** Reads the changes that other books have committed to a shared storage. Returns the version. */
  refresh(): Promise<number>;
  /** Returns the whole book as canonical JSON. Equal records give equal texts. */
  dump(): Promise<string>;
  /** Checks the invariants. Returns a text for each violation. */
  check(): Promise<readonly string[]>;
  /** Returns what this object has done since it was opened and how long its storage took. Never waits for
   * storage. */
  stats(): BookStats;
  /** Writes a copy of the stored book to a new file while the book is in use. */
  backup(path: string): Promise<void>;
  /** Calls `listener` with each event of later commits of this book object, in order, before the command
   * resolves. An error that it throws is counted in `listener_failures`; a promise that it returns is not
   * awaited. Returns a function that ends the subscription; closing the book ends it too. A book with a
   * listener that refers to it is not garbage collected before it is closed. */
  subscribe(listener: (event: Event) => unknown): () => void;
  /** Calls `listener` with each notification of later commits, those of a command after its events. */
  subscribe_notifications(listener: (notification: Notification) => unknown): () => void;
  /** How many times a listener has thrown. */
  readonly listener_failures: number;
  /** How many events were not delivered to listeners because 100,000 were waiting or memory ran out.
   * events_after() returns them. */
  readonly dropped_events: number;
  /** Closes the book after the commands that were called before. Closing a closed book does nothing. */
  close(): Promise<void>;
  /** Closes the book immediately. Commands that have not started fail with book_closed. */
  [Symbol.dispose](): void;
  /** The same as close(). */
  [Symbol.asyncDispose](): Promise<void>;
}

/** A storage on which one process opens several books. */
export class Storage {
  private constructor();
  open(options?: OpenOptions): Promise<Book>;
}

/** The clock of a book. A function is called when a call of the book starts that can depend on the time,
 * on the thread of the caller; a number is in milliseconds, as of Date.now(). An error that it throws is
 * thrown by the call. */
export type Clock = ManualClock | (() => Time | number);

/** A clock that the program sets, for tests and replays. */
export class ManualClock {
  constructor(now: Time);
  readonly now: TimeText;
  set(now: Time): void;
  advance(milliseconds: number): void;
}

/** Reports the progress of an import and cancels it. An object is used for one call only. */
export class Progress {
  readonly rows_done: number;
  readonly rows_total: number;
  readonly cancelled: boolean;
  cancel(): void;
}

/**
 * Opens a book. ":memory:" keeps the records in memory only; "postgresql://..." is a database;
 * anything else is the path of a SQLite file, which is created if it does not exist. A path must not
 * start with ":" or "file:"; write "./:name" for such a file name.
 */
export function open(location?: string, options?: OpenOptions): Promise<Book>;
/** Opens a storage without a book. ":memory:" keeps the records for several books of this process. */
export function open_storage(location?: string, options?: OpenOptions): Promise<Storage>;
/** Creates the tables for books in a database, unless they exist. */
export function create_schema(location: string, options?: OpenOptions): Promise<void>;
/**
 * Migrates the tables of an earlier release in a database to the newest format, in one transaction.
 * Does nothing if they have that format. Programs of the earlier release cannot use the tables
 * afterwards.
 */
export function migrate(location: string, options?: OpenOptions): Promise<void>;
/**
 * Deletes the book `options.book` of a database permanently: all its rows, in one transaction.
 * `confirm` must be the same name. The tables and the other books stay. Books that have it open cannot
 * write any more: their next command or refresh() fails with "book_needs_reopen", and then every
 * call. If drop_book() fails with "storage_unknown", call it again.
 */
export function drop_book(
  location: string,
  confirm: string,
  options?: OpenOptions,
): Promise<void>;

/** Returns the JSON that webhooks deliver, see docs/reference/events.md. */
export function payload(event: Event | Notification): string;
/** Returns the rows that the import did not add as CSV, to be corrected and imported again. */
export function to_csv(report: RosterReport, format?: CsvFormat): string;

/** Returns the permissions that an operation requires. */
export function operation_permissions(operation: Operation): readonly Permission[];
/** Returns the permissions that a role grants. */
export function role_permissions(role: Role): readonly Permission[];

/** The version of the library. */
export const version: string;
/** The names of each kind of choice: choices.Role. */
export const choices: Choices;
/** The limits of a book: limits.MAX_NAME_LENGTH. */
export const limits: Limits;
