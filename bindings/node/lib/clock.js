// Objects that calls accept as arguments: clocks and the progress of imports.
import { c, owned } from "./library.js";
import { create, time_text } from "./rows.js";
import { clock_time_of, handle } from "./values.js";

/** A clock that the program sets, for tests and replays. */
export class ManualClock {
  #pointer;

  constructor(now) {
    this.#pointer = owned(this, create(c.clock_new, clock_time_of("now", now)), c.clock_free);
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

/** Reports the progress of an import and cancels it. An object is used for one call only. */
export class Progress {
  #pointer;

  constructor() {
    this.#pointer = owned(this, create(c.progress_new), c.progress_free);
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
