/// <reference lib="esnext.disposable" />
// The types of the package. What is the same for every operation is in lib/api.d.ts, generated.
import type {
  Actor,
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
} from "./lib/api.js";

export type * from "./lib/api.js";

// Ids of different kinds do not mix; plain numbers, as from a database, may stand for any.
export type PersonId = number & { readonly _of?: "person" };
export type LicenseId = number & { readonly _of?: "license" };
export type AssignmentId = number & { readonly _of?: "assignment" };
export type ActorId = number & { readonly _of?: "actor" };

/** "2026-03-01T12:00:00.000001Z": in UTC, with as many decimals as there are, up to six. */
export type TimeText = string;
/** A Date; a text in RFC 3339; or a bigint, microseconds since 1970. */
export type Time = Date | TimeText | bigint;
/** "2026-03-01" */
export type DateText = string;
/** "12.58": a decimal with up to four decimals. */
export type MoneyText = string;
/** 32 hexadecimal digits, or 16 bytes. */
export type RequestId = string | Uint8Array;

/** What an AbortSignal is. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** Takes the bytes of an exported file, some 64 KiB at a time; `false` ends the call. */
export type Sink = (bytes: Uint8Array) => unknown;

/** What the library has refused. Look at `code`; `message` is for people. */
export class SeatbookError extends Error {
  private constructor();
  readonly code: Code;
  readonly number: number;
  /** The member of the request or the argument to blame; may be "". */
  readonly field: string;
  /** Which item of a bulk call, from 0. */
  readonly index: number | null;
  /** Numbers that belong to the code: docs/reference/errors.md. */
  readonly values: readonly number[];
  /** With bulk_refused: what each item would have got. */
  readonly outcomes: readonly Outcome[] | null;
}

/** A book as one actor may use it. */
export class Session {
  private constructor();
  readonly book: Book;
  /** The operations that answer lists, with each list as columns: for many rows. */
  readonly columns: ColumnOperations;
  /** A session of the same actor that sees the book at `version` or later. */
  at_least(version: number): Promise<Session>;
  /** Returns whether the actor may do this at all: to hide a button. Never throws an error of the book. */
  can(operation: Operation): boolean;
  /** Returns why `can` is false; null if it is true. */
  why_not(operation: Operation): SeatbookError | null;
  /** The events after `after`, then those that come, until `signal` is aborted. */
  watch_events(options?: WatchOptions): AsyncGenerator<Event, void, void>;
  watch_notifications(options?: WatchOptions): AsyncGenerator<Notification, void, void>;
}
// The operations themselves.
export interface Session extends Operations {}

export interface WatchOptions {
  /** The `seq` of the last event that was dealt with; 0 unless given. */
  after?: number | undefined;
  /** Milliseconds between looks for what is new; 1000 unless given. */
  every?: number | undefined;
  signal?: CancelSignal | undefined;
}

/** One workspace's complete set of records. */
export class Book {
  private constructor();
  /** The book as this actor may use it: cheap, any number of them. */
  session(actor: Actor): Session;
  /** How many changes have been committed, as far as this object has seen. */
  readonly version: number;
  readonly closed: boolean;
  /** Takes in what others have committed to a shared storage; answers the version. */
  refresh(): Promise<number>;
  /** The whole book as canonical JSON: the same records give the same text. */
  dump(): Promise<string>;
  /** What breaks the rules, a text for each finding; none is good. */
  check(): Promise<readonly string[]>;
  /** Writes a copy of what is stored to a new file, while the book is in use. */
  backup(path: string): Promise<void>;
  /** Lets the storage go, once the commands called before are done. Closing twice is fine. */
  close(): Promise<void>;
  /** Closes at once: commands that still wait for their turn are refused. */
  [Symbol.dispose](): void;
  /** close() */
  [Symbol.asyncDispose](): Promise<void>;
}

/** Where several books of one process are kept. */
export class Storage {
  private constructor();
  open(options?: OpenOptions): Promise<Book>;
}

/** A clock that stands still until it is set: for tests, and for replaying. */
export class ManualClock {
  constructor(now: Time);
  readonly now: TimeText;
  set(now: Time): void;
  advance(milliseconds: number): void;
}

/** How far an import has come, and the way to end it. One object serves one call. */
export class Progress {
  readonly rows_done: number;
  readonly rows_total: number;
  readonly cancelled: boolean;
  cancel(): void;
}

/**
 * Opens a book. ":memory:" keeps nothing; "postgresql://..." is a database; anything else is a
 * SQLite file, a new one where there is none. A path must not start with ":" or "file:": a file of
 * such a name is "./:name".
 */
export function open(location?: string, options?: OpenOptions): Promise<Book>;
/** As open(), the storage alone; ":memory:" keeps records for several books of this process. */
export function open_storage(location?: string, options?: OpenOptions): Promise<Storage>;
/** Makes the tables of books in a database, where they are missing. */
export function create_schema(location: string, options?: OpenOptions): Promise<void>;

/** The JSON that webhooks carry: docs/reference/events.md. */
export function payload(event: Event | Notification): string;
/** The rows of an import that were not added, as a file that can be mended and imported again. */
export function to_csv(report: RosterReport, format?: CsvFormat): string;

/** What an operation needs, and what a role brings. */
export function operation_permissions(operation: Operation): readonly Permission[];
export function role_permissions(role: Role): readonly Permission[];

/** Of the library. */
export const version: string;
/** The names of each kind of choice: choices.Role. */
export const choices: Choices;
/** What a book takes at most: limits.MAX_NAME_LENGTH. */
export const limits: Limits;
