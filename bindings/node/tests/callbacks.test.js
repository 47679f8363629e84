// Tests clocks that are functions, and listeners.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import * as seatbook from "seatbook";

const NOON = Date.parse("2026-03-01T12:00:00Z");

/** Opens a book with two people and a license of two seats. */
async function desk_of(context, options = {}) {
  const book = await seatbook.open(undefined, options);
  context.after(() => book.close());
  const desk = book.session({ actor: "root", role: "super-admin" });
  for (const name of ["Ada", "Bo"]) await desk.add_person({ name });
  await desk.add_license({ name: "Ink", owner: 1, total_seats: 2 });
  return { book, desk };
}

/** Assigns and revokes a seat: two events and one notification. */
async function change(desk, person = 1) {
  const { assignment } = await desk.assign({ license: 1, person });
  await desk.revoke({ assignment });
}

const fails_with = (code) => (error) => {
  assert.equal(error.code, code, `${error}`);
  return true;
};

test("a clock can be a function", async (context) => {
  let now = NOON;
  const { desk } = await desk_of(context, { clock: () => now });
  const add = () => desk.add_person({ name: "Cy" });
  const texts = [
    [NOON + 1.5, "2026-03-01T12:00:00.0015Z"],
    [new Date(NOON + 1000), "2026-03-01T12:00:01Z"],
    ["2026-03-01T14:00:02+02:00", "2026-03-01T12:00:02Z"],
    [BigInt(NOON) * 1000n + 3000000n, "2026-03-01T12:00:03Z"],
  ];
  for (const [value, text] of texts) {
    now = value;
    await add();
    assert.equal(desk.history({}).at(-1).row.at, text);
  }
  now = NOON - 3600000;
  await assert.rejects(add(), fails_with("clock_behind"));
  for (const outside of [-1, Date.parse("2201-01-01T00:00:00Z"), 1e300, -(2n ** 63n)]) {
    now = outside;
    await assert.rejects(add(), fails_with("date_out_of_range"));
    desk.reclaim_candidates({});
  }
  for (const wrong of [undefined, null, NaN, {}, Promise.resolve(NOON), new Date("soon")]) {
    now = wrong;
    await assert.rejects(add(), TypeError);
    assert.throws(() => desk.reclaim_candidates({}), TypeError);
  }
  now = "soon";
  await assert.rejects(add(), fails_with("invalid_date"));
});

test("an error of a clock is thrown by the call", async (context) => {
  let failure = null;
  const clock = () => {
    if (failure) throw failure;
    return Date.now();
  };
  const { book, desk } = await desk_of(context, { clock });
  const { version } = book;
  failure = new RangeError("no time");
  await assert.rejects(desk.add_person({ name: "Cy" }), failure);
  assert.throws(() => desk.seat_list({ license: 1 }), failure);
  await assert.rejects(seatbook.open(undefined, { clock }), failure);
  failure = null;
  assert.equal(book.version, version);
  await desk.add_person({ name: "Cy" });
});

test("a clock may use its book", async (context) => {
  let desk = null;
  const clock = () => {
    if (desk) assert.equal(desk.find_person({ email: "none@example.com" }), null);
    return NOON;
  };
  const opened = await desk_of(context, { clock: () => NOON });
  desk = opened.desk;
  const other = await desk_of(context, { clock });
  await other.desk.add_person({ name: "Cy" });
});

test("books of a storage have their own clocks", async () => {
  const storage = await seatbook.open_storage();
  const book = await storage.open({ clock: () => NOON });
  await book.session({ actor: "root", role: "super-admin" }).add_person({ name: "Ada" });
  await assert.rejects(
    (await storage.open({ clock: () => NOON - 3600000 }))
      .session({ actor: "root", role: "super-admin" })
      .add_person({ name: "Bo" }),
    fails_with("clock_behind"),
  );
  await assert.rejects(
    seatbook.open_storage(undefined, { clock: () => NOON }),
    fails_with("invalid_argument"),
  );
});

test("listeners receive events and notifications before the command resolves", async (context) => {
  const { book, desk } = await desk_of(context);
  await change(desk);
  const [events, notifications] = [[], []];
  const unsubscribe = book.subscribe((event) => {
    assert.equal(desk.get_license(event.license).name, event.license_name);
    events.push(event);
  });
  book.subscribe_notifications((notification) => void notifications.push(notification));
  await desk.assign({ license: 1, person: 2 });
  assert.equal(events.length, 1);
  assert.equal(notifications.length, 1);
  const [expected] = desk.events_after(events[0].seq - 1, 10).events;
  assert.deepEqual(events[0], expected);
  assert.equal(seatbook.payload(events[0]), seatbook.payload(expected));
  const received = desk.notifications_after(events[0].seq - 1, 10).notifications[0];
  assert.deepEqual(notifications[0], received);
  assert.equal(seatbook.payload(notifications[0]), seatbook.payload(received));
  assert.ok(Object.isFrozen(events[0]));
  unsubscribe();
  unsubscribe();
  await change(desk);
  assert.equal(events.length, 1);
  assert.equal(notifications.length, 2);
  assert.equal(book.dropped_events, 0);
  await book.close();
  unsubscribe();
  assert.throws(() => book.subscribe(() => {}), fails_with("book_closed"));
  for (const wrong of [undefined, null, {}, "x"])
    assert.throws(() => book.subscribe_notifications(wrong), TypeError);
});

test("listeners that throw are counted", async (context) => {
  const { book, desk } = await desk_of(context);
  book.subscribe(() => {
    throw new Error("in a listener");
  });
  await change(desk);
  assert.equal(book.listener_failures, 2);
  await book.close();
  assert.equal(book.listener_failures, 2);
});

test("a listener may call commands, unsubscribe and close the book", async (context) => {
  const { book, desk } = await desk_of(context);
  const received = [];
  let revoked;
  const unsubscribe = book.subscribe(({ kind, assignment }) => {
    received.push(kind);
    if (kind === "software.assigned") revoked = desk.revoke({ assignment });
    else unsubscribe();
  });
  await desk.assign({ license: 1, person: 1 });
  await revoked;
  await change(desk);
  assert.deepEqual(received, ["software.assigned", "software.revoked"]);
  let closed;
  book.subscribe(() => (closed = book.close()));
  await desk.assign({ license: 1, person: 1 });
  await closed;
  assert.ok(book.closed);
});

// Each of them frees the listener while a command on another thread waits for the event loop to call it.
const ends = {
  close: (book) => book.close(),
  "the dispose symbol": (book) => book[Symbol.dispose](),
  "the dispose symbol in the listener": null,
};
for (const [name, end] of Object.entries(ends))
  test(`${name} does not wait for listeners of a command`, { timeout: 20000 }, async (context) => {
    for (let round = 0; round < 30; round++) {
      const { book, desk } = await desk_of(context);
      let calls = 0;
      book.subscribe(() => {
        calls++;
        if (!end) book[Symbol.dispose]();
      });
      const running = desk.assign({ license: 1, person: 1 });
      await pause(round % 3);
      // Blocks the event loop, so that the command waits in the listener.
      const until = Date.now() + (round % 4);
      while (Date.now() < until);
      const ended = end?.(book);
      await Promise.allSettled([running, ended]);
      assert.ok(book.closed && calls <= 1);
    }
  });

test("listeners and refreshing queries of two books", { timeout: 20000 }, async (context) => {
  const storage = await seatbook.open_storage();
  const open = async () => {
    const book = await storage.open({ clock: Date.now });
    context.after(() => book.close());
    return { book, desk: book.session({ actor: "root", role: "super-admin" }) };
  };
  const [first, second] = [await open(), await open()];
  await first.desk.add_person({ name: "Ada" });
  await first.desk.add_license({ name: "Ink", owner: 1 });
  const counts = [0, 0];
  for (const [at, { book }] of [first, second].entries())
    book.subscribe(() => {
      counts[at]++;
      first.desk.people();
      second.desk.people();
    });
  for (let round = 0; round < 50; round++) {
    const { assignment, version } = await first.desk.assign({ license: 1, person: 1 });
    // Refreshes on this thread, while the other book has a command on another thread.
    const running = second.desk.revoke({ assignment });
    const later = await second.desk.at_least(version);
    assert.equal(later.people().length, 1);
    await running;
    first.desk.people();
  }
  assert.deepEqual(counts, [50, 50]);
});

test("a book with a listener is garbage collected", async () => {
  let collected = 0;
  const registry = new FinalizationRegistry(() => collected++);
  for (let n = 0; n < 10; n++) {
    const book = await seatbook.open();
    const listener = () => {};
    registry.register(book);
    registry.register(listener);
    book.subscribe(listener);
  }
  for (let turn = 0; turn < 200 && collected < 16; turn++) {
    globalThis.gc();
    await pause(5);
  }
  assert.ok(collected >= 16, `${collected} of 20 objects were collected`);
});

test("a worker thread has its own listeners", { timeout: 20000 }, async () => {
  const source = `
    const { parentPort } = require("node:worker_threads");
    import(${JSON.stringify(new URL("../index.js", import.meta.url).href)}).then(async ({ open }) => {
      const book = await open(undefined, { clock: Date.now });
      const desk = book.session({ actor: "worker", role: "super-admin" });
      await desk.add_person({ name: "Ada" });
      await desk.add_license({ name: "Ink", owner: 1 });
      book.subscribe(({ kind }) => parentPort.postMessage(kind));
      for (;;) {
        const { assignment } = await desk.assign({ license: 1, person: 1 });
        await desk.revoke({ assignment });
      }
    });`;
  const worker = new Worker(source, { eval: true });
  const received = [];
  await new Promise((resolve, reject) => {
    worker.on("message", (kind) => received.push(kind) === 20 && resolve());
    worker.on("error", reject);
  });
  await worker.terminate();
  assert.deepEqual(received.slice(0, 2), ["software.assigned", "software.revoked"]);
});

test("stats() counts, and on_log receives what a listener misses", async (context) => {
  const entries = [];
  let book = null;
  const on_log = (entry) => {
    entries.push(entry);
    book.stats(); // no lock is held
    throw new Error("no disk");
  };
  const opened = await desk_of(context, { on_log });
  book = opened.book;
  book.subscribe(() => {
    throw new Error("no listener");
  });
  await change(opened.desk);
  assert.deepEqual(entries[0], {
    level: "warning",
    kind: "listener_failed",
    code: "ok",
    message: "a listener failed: the listener failed",
    duration_us: null,
  });
  assert.equal(entries.length, 2);
  const stats = book.stats();
  assert.equal(stats.people, 2);
  assert.equal(stats.batches, 5);
  assert.equal(stats.listener_failures, 2);
  assert.equal(stats.log_failures, 2);
  assert.deepEqual(stats.append, { calls: 0, total_us: 0, longest_us: 0 });
  await book.close();
  assert.throws(() => book.stats(), fails_with("book_closed"));

  await assert.rejects(seatbook.open(undefined, { on_log: "log" }), TypeError);
  await assert.rejects(
    seatbook.open_storage(undefined, { on_log }),
    fails_with("invalid_argument"),
  );
});
