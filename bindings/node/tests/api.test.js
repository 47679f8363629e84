// Tests what the package adds to the library: conversions, promises, order of commands, lifetimes. No
// argument may crash the process.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import * as seatbook from "seatbook";
import { c } from "../lib/library.js";

const NOON = "2026-03-01T12:00:00Z";

/** Opens a book with one person and one license of three seats. */
async function desk_of(context, location, options = {}) {
  const clock = new seatbook.ManualClock(NOON);
  const book = await seatbook.open(location, { clock, ...options });
  context.after(() => book.close());
  const desk = book.session({ actor: "root", role: "super-admin" });
  const { person } = await desk.add_person({ name: "Ada", email: "ada@example.com" });
  const { license } = await desk.add_license({
    name: "Figma",
    total_seats: 3,
    owner: person,
    currency: "EUR",
  });
  return { book, clock, desk, person, license };
}

function folder_of(context) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "seatbook-test-"));
  context.after(() => fs.rmSync(folder, { recursive: true }));
  return folder;
}

const fails_with = (code, field) => (error) => {
  assert.ok(error instanceof seatbook.SeatbookError && error instanceof Error, `${error}`);
  assert.equal(error.code, code);
  if (field !== undefined) assert.equal(error.field, field);
  return true;
};

test("errors have code, number, values and outcomes", async (context) => {
  const { desk, person, license } = await desk_of(context);
  const { assignment } = await desk.assign({ license, person });
  await assert.rejects(desk.assign({ license, person }), (error) => {
    assert.equal(error.name, "SeatbookError");
    assert.equal(error.code, "already_assigned");
    assert.equal(error.number, 75);
    assert.equal(error.index, null);
    assert.deepEqual(error.values, [assignment]);
    return error.message === "This user already has an active assignment for this license.";
  });
  await assert.rejects(
    desk.bulk_assign({ person, licenses: [license], all_or_nothing: true }),
    (error) => {
      assert.deepEqual(error.outcomes, [{ code: "already_assigned", item: license, assignment }]);
      return fails_with("bulk_refused")(error);
    },
  );
  assert.throws(() => desk.get_person(99), fails_with("person_not_found"));
});

test("converts times, days and amounts", async (context) => {
  const { clock, desk, person, license } = await desk_of(context);
  assert.equal(clock.now, NOON);
  clock.advance(1500.001);
  assert.equal(clock.now, "2026-03-01T12:00:01.500001Z");
  clock.set(new Date("2026-03-02T09:00:00.250Z"));
  assert.equal(clock.now, "2026-03-02T09:00:00.25Z");
  const { assignment } = await desk.assign({ license, person, cost_override: "12.5" });
  const seat = desk.get_assignment(assignment);
  assert.equal(seat.assigned_at, clock.now);
  assert.equal(seat.cost_override, "12.50");
  assert.equal(desk.last_use(assignment), null);
  await desk.record_use({ assignment, used_at: new Date("2026-03-02T10:00:00Z") });
  assert.equal(desk.last_use(assignment), "2026-03-02T10:00:00Z");
  await desk.update_license({
    license,
    renewal_date: "2200-12-31",
    cost_per_seat: "99999999.9999",
  });
  assert.equal(desk.get_license(license).renewal_date, "2200-12-31");
  assert.equal(desk.get_license(license).cost_per_seat, "99999999.9999");
  await assert.rejects(
    desk.update_license({ license, cost_per_seat: "1e3" }),
    fails_with("invalid_money", "cost_per_seat"),
  );
  await assert.rejects(
    desk.update_license({ license, renewal_date: "2026-02-30" }),
    fails_with("invalid_date", "renewal_date"),
  );
  assert.throws(() => desk.holders_at(license, "yesterday"), fails_with("invalid_date", "at"));
  await desk.update_license({ license, cost_per_seat: null, renewal_date: null });
  assert.equal(desk.get_license(license).renewal_date, null);
});

test("accepts texts in any script and rejects invalid UTF-8", async (context) => {
  const { desk } = await desk_of(context);
  const names = ["Zoë", "王小明", "😀 O'Neill", "e\u0301", "x".repeat(255)];
  for (const name of names) await desk.add_person({ name });
  assert.deepEqual(
    desk
      .people()
      .slice(1)
      .map((row) => row.name),
    names,
  );
  assert.deepEqual(desk.columns.people().name.slice(1), names);
  await assert.rejects(desk.add_person({ name: "half \ud83d" }), fails_with("invalid_text", "name"));
  await assert.rejects(desk.add_person({ name: "a\0b" }), fails_with("invalid_text", "name"));
});

test("results are frozen; lists are available as columns", async (context) => {
  const { desk, license } = await desk_of(context);
  await desk.import_people({
    csv: `Name,Email\n${Array.from({ length: 3000 }, (_, n) => `P${n},p${n}@example.com\n`).join("")}`,
  });
  const rows = desk.people({ limit: 100000 });
  assert.equal(rows.length, 3001);
  assert.ok(Object.isFrozen(rows) && Object.isFrozen(rows[0]));
  const columns = desk.columns.people({ limit: 100000 });
  assert.equal(columns.length, 3001);
  assert.ok(columns.id instanceof Float64Array);
  rows.forEach((row, at) => {
    assert.equal(columns.id[at], row.id);
    assert.equal(columns.email[at], row.email);
    assert.equal(columns.state[at], row.state);
  });
  await desk.assign_many({ license, people: [rows[1].id, rows[2].id] });
  const page = desk.columns.seat_list({ license });
  assert.equal(page.next, "");
  assert.ok(Number.isNaN(page.rows.last_used_at[0]));
  assert.equal(page.rows.assigned_at[0], Date.parse(NOON) * 1000);
  assert.deepEqual([...page.rows.needs_review], [0, 0]);
  assert.equal(desk.columns.my_software(rows[9].id).length, 0);
});

test("commands run in the order of their calls, close() after them", async (context) => {
  const { book, desk } = await desk_of(context, path.join(folder_of(context), "acme.db"));
  const promises = Array.from({ length: 50 }, (_, n) => desk.add_person({ name: `P${n}` }));
  const closed = book.close();
  const people = await Promise.all(promises);
  assert.deepEqual(
    people.map(({ person }) => person),
    promises.map((_, n) => n + 2),
  );
  await closed;
  assert.equal(book.closed, true);
  await book.close();
});

test("calls run on other threads; a request may be changed meanwhile", async (context) => {
  const { desk } = await desk_of(context, path.join(folder_of(context), "acme.db"));
  const request = { name: "Bo" };
  const promise = desk.add_person(request);
  request.name = "";
  let ticks = 0;
  const timer = setInterval(() => (ticks += 1), 0);
  const { person } = await promise;
  await desk.import_people({ csv: `Name\n${"x\n".repeat(20000)}` });
  clearInterval(timer);
  assert.ok(ticks > 0, "the event loop was blocked");
  assert.equal(desk.get_person(person).name, "Bo");
});

test("calls of a closed book fail with book_closed", async (context) => {
  const { book, desk, person, license } = await desk_of(context);
  await book.close();
  assert.throws(() => desk.get_person(person), fails_with("book_closed"));
  assert.equal(desk.can("assign"), false);
  assert.equal(desk.why_not("assign").code, "book_closed");
  await assert.rejects(desk.assign({ license, person }), fails_with("book_closed"));
  await assert.rejects(book.dump(), fails_with("book_closed"));
  await assert.rejects(book.refresh(), fails_with("book_closed"));
  await assert.rejects(book.backup("/nowhere/at/all"), fails_with("book_closed"));
  assert.throws(() => book.session({ actor: "a" }).people(), fails_with("book_closed"));
});

test("Symbol.dispose and Symbol.asyncDispose close a book", async () => {
  const book = await seatbook.open();
  if (Symbol.dispose) book[Symbol.dispose]();
  else await book.close();
  assert.equal(book.closed, true);
  const other = await seatbook.open();
  if (Symbol.asyncDispose) await other[Symbol.asyncDispose]();
  else await other.close();
  assert.equal(other.closed, true);
});

test("books in files: must_exist, read_only, storage_in_use, backup", async (context) => {
  const folder = folder_of(context);
  const file = path.join(folder, "acme.db");
  await assert.rejects(
    seatbook.open(file, { must_exist: true }),
    fails_with("invalid_argument", "location"),
  );
  const { book, person } = await desk_of(context, file);
  await assert.rejects(seatbook.open(file), fails_with("storage_in_use"));
  await book.backup(path.join(folder, "copy.db"));
  await assert.rejects(
    book.backup(path.join(folder, "copy.db")),
    fails_with("invalid_argument", "path"),
  );
  const copy = await seatbook.open(path.join(folder, "copy.db"), { read_only: true });
  assert.equal(await copy.dump(), await book.dump());
  const reader = copy.session({ actor: "root", role: "super-admin" });
  assert.equal(reader.get_person(person).name, "Ada");
  await assert.rejects(reader.add_person({ name: "Bo" }), fails_with("book_read_only"));
  await copy.close();
});

test("books on one storage observe each other with refresh and at_least", async () => {
  const storage = await seatbook.open_storage();
  const [one, two] = [await storage.open(), await storage.open()];
  const [a, b] = [one, two].map((book) => book.session({ actor: "root", role: "super-admin" }));
  const { version } = await a.add_person({ name: "Ada" });
  assert.equal(b.people().length, 0);
  assert.equal((await b.at_least(version)).people().length, 1);
  await a.add_person({ name: "Bo" });
  assert.equal(await two.refresh(), 2);
  const ahead = await b.at_least(99);
  assert.throws(() => ahead.people(), fails_with("book_behind"));
  await one.close();
  await two.close();
});

test("watch_events yields events until the signal is aborted", { timeout: 20000 }, async (context) => {
  const { desk, person, license } = await desk_of(context);
  const { assignment } = await desk.assign({ license, person });
  const end = new AbortController();
  const seen = [];
  for await (const event of desk.watch_events({ every: 5, signal: end.signal })) {
    seen.push(event.kind);
    assert.equal(JSON.parse(seatbook.payload(event)).type, event.kind);
    if (seen.length === 1) setTimeout(() => desk.revoke({ assignment }), 10);
    else end.abort();
  }
  assert.deepEqual(seen, ["software.assigned", "software.revoked"]);
  const notifications = desk.watch_notifications();
  assert.equal((await notifications.next()).value.seats.length, 1);
  await notifications.return();
});

test("imports report progress and can be cancelled", async (context) => {
  const { desk } = await desk_of(context);
  const csv = `Name\n${"x\n".repeat(1000)}`;
  const progress = new seatbook.Progress();
  assert.equal((await desk.import_people({ csv, progress, dry_run: true })).added, 1000);
  assert.deepEqual(
    [progress.rows_done, progress.rows_total, progress.cancelled],
    [1000, 1000, false],
  );
  const end = new AbortController();
  const promise = desk.import_people({ csv, progress: end.signal });
  end.abort();
  await assert.rejects(promise, fails_with("cancelled"));
  await assert.rejects(
    desk.import_people({ csv, progress: AbortSignal.abort() }),
    fails_with("cancelled"),
  );
  assert.equal(desk.people().length, 1);
});

test("exports write to a sink and rethrow its errors", async (context) => {
  const { desk, license, person } = await desk_of(context);
  await desk.assign({ license, person });
  const { csv } = await desk.export_roster({ license });
  const parts = [];
  const file = await desk.export_roster({
    license,
    sink: (bytes) => {
      parts.push(bytes);
    },
  });
  assert.equal(Buffer.concat(parts).toString(), csv);
  assert.equal(file.bytes, csv.length);
  await assert.rejects(desk.export_roster({ license, sink: () => false }), fails_with("cancelled"));
  await assert.rejects(desk.export_roster({ license, sink: async () => true }), {
    name: "TypeError",
    message: "sink: must not be async",
  });
  await assert.rejects(
    desk.export_roster({
      license,
      sink() {
        throw new Error("disk full");
      },
    }),
    /disk full/,
  );
  // The sink may use the book.
  await desk.export_roster({
    license,
    sink() {
      desk.usage(license);
    },
  });
});

test("an invalid text fails in the order of checks", async (context) => {
  const { book, desk, person, license } = await desk_of(context);
  const guest = book.session({ actor: "guest" });
  for (const cost_override of ["abc", "100000000", "\ud800"]) {
    const seat = { license: 999, person: 999, cost_override };
    await assert.rejects(guest.assign(seat), fails_with("permission_denied"));
    await assert.rejects(desk.assign(seat), fails_with("license_not_found", "license"));
  }
  await assert.rejects(
    desk.assign({ license, person, cost_override: "1,5" }),
    fails_with("invalid_money", "cost_override"),
  );
  await assert.rejects(
    desk.update_license({ license, renewal_date: "soon" }),
    fails_with("invalid_date", "renewal_date"),
  );
  await assert.rejects(
    desk.update_license({ license, renewal_date: "2201-01-01" }),
    fails_with("date_out_of_range", "renewal_date"),
  );
  const { assignment } = await desk.assign({ license, person });
  const times = [NOON, "yesterday", new Date("yesterday"), "1969-12-31T00:00:00Z", new Date(-1)];
  const { outcomes } = await desk.record_uses({
    uses: times.map((used_at) => ({ assignment, used_at })),
  });
  assert.deepEqual(
    outcomes.map(({ code }) => code),
    ["ok", "invalid_date", "invalid_date", "date_out_of_range", "date_out_of_range"],
  );
  assert.throws(() => new seatbook.ManualClock("soon"), fails_with("invalid_date", "now"));
  assert.throws(() => new seatbook.ManualClock(new Date("soon")), TypeError);
  const request_id = "5f0c1d7e-9a4b-42d3-8e1f-6a7b8c9d0e1f";
  await desk.add_person({ name: "Bo", request_id });
  await assert.rejects(
    desk.add_person({ name: "Bo", request_id: request_id.replaceAll("-", "") }),
    fails_with("repeated_request"),
  );
});

test("sessions check permissions", async (context) => {
  const { book, person } = await desk_of(context);
  const ada = book.session({ person });
  assert.equal(ada.can("assign"), false);
  assert.equal(ada.why_not("assign").code, "permission_denied");
  assert.equal(ada.why_not("my_software"), null);
  assert.equal(ada.can("fly"), false);
  assert.equal(ada.why_not("fly").code, "invalid_argument");
  assert.equal(
    book.session({ actor: "sync", permissions: ["view", "assign"] }).can("assign"),
    true,
  );
  assert.deepEqual(seatbook.operation_permissions("assign"), ["assign"]);
  assert.deepEqual(seatbook.role_permissions("employee"), ["view_own"]);
  assert.deepEqual(seatbook.role_permissions("it_admin"), seatbook.role_permissions("it-admin"));
});

test("invalid arguments throw errors and keep the book sound", { timeout: 60000 }, async (context) => {
  const { book, desk, person, license } = await desk_of(context);
  const garbage = [
    null,
    0,
    -1,
    1.5,
    NaN,
    Infinity,
    2 ** 80,
    7n,
    -7n,
    2n ** 70n,
    "",
    "x",
    "\0",
    "\ud800",
    true,
    [],
    [[]],
    {},
    { length: 5 },
    Symbol("s"),
    () => {},
    new Date(NaN),
    new Uint8Array(3),
    new Float64Array(2),
    new Proxy({}, {}),
    Object.create(null),
    {
      get then() {
        throw new Error("then");
      },
    },
    {
      toString() {
        throw new Error("text");
      },
    },
  ];
  const every = async (call) => {
    for (const value of garbage) {
      try {
        await call(value);
      } catch (error) {
        if (!(error instanceof Error)) throw new Error(`not an Error: ${String(error)}`);
      }
    }
  };
  const { operations, structs } = await import("../lib/generated/api.js");
  for (const [name, { kind, request, arguments: declared }] of Object.entries(operations)) {
    await every((value) => desk[name](value));
    await every((value) => desk[name](value, value, value));
    if (kind === "arguments") await every((value) => desk[name](...declared.map(() => value)));
    else
      for (const { name: member } of structs[request])
        await every((value) =>
          desk[name]({ license, person, assignment: 1, csv: "Name\n", [member]: value }),
        );
    assert.throws(() => seatbook.SeatbookError.prototype.name.call(), TypeError);
    await assert.rejects(async () => Object.getPrototypeOf(desk)[name].call({}, {}), TypeError);
    await assert.rejects(
      async () => Object.getPrototypeOf(desk)[name].call(undefined, {}),
      TypeError,
    );
  }
  for (const { name: member } of [...structs.seatbook_open_options, ...structs.seatbook_actor]) {
    await every(async (value) => (await seatbook.open(undefined, { [member]: value })).close());
    await every((value) => book.session({ actor: "a", [member]: value }).can("assign"));
  }
  await every(async (value) => (await seatbook.open(value, { must_exist: true })).close());
  await every((value) => seatbook.create_schema(value));
  await every((value) => seatbook.create_schema("no database", value));
  await every((value) => book.session(value).people());
  await every((value) => book.backup(value));
  await every((value) => desk.at_least(value));
  await every((value) => desk.why_not(value));
  await every((value) => new seatbook.ManualClock(value).set(value));
  await every((value) => new seatbook.ManualClock(NOON).advance(value));
  await every((value) => seatbook.payload(value));
  await every((value) => seatbook.to_csv(value, value));
  await every((value) => seatbook.operation_permissions(value));
  await every((value) =>
    desk
      .watch_events({ after: value, signal: AbortSignal.timeout(1) })
      .next()
      .then(() => {}),
  );
  for (const object of [desk, book])
    assert.throws(() => new object.constructor(), TypeError);
  // A pointer of another kind.
  await assert.rejects(
    desk.import_people({ csv: "Name\n", progress: new seatbook.ManualClock(NOON) }),
    TypeError,
  );
  await assert.rejects(seatbook.open(undefined, { clock: new seatbook.Progress() }), TypeError);
  assert.deepEqual(await book.check(), []);
});

test("errors of invalid ids name the allowed range", async (context) => {
  const { desk } = await desk_of(context);
  for (const person of [-1, 1.5, 1e30, "1"])
    assert.throws(
      () => desk.get_person(person),
      /person: expected a whole number from 0 to 9007199254740991, got/,
    );
});

test("errors of invalid requests name the member", async (context) => {
  const { desk, license } = await desk_of(context);
  await assert.rejects(desk.add_person({ title: "Ada" }), /add_person has no member "title"/);
  await assert.rejects(desk.add_person({ name: 7 }), /name: expected a text, got 7/);
  await assert.rejects(desk.assign({ license: "1" }), /license: expected a whole number/);
  await assert.rejects(desk.bulk_assign({ licenses: [1, "2"] }), /licenses\[1\]: expected/);
  await assert.rejects(
    desk.record_uses({ uses: [{ used_at: 1 }] }),
    /used_at: expected a Date or a text/,
  );
  await assert.rejects(
    desk.set_policy({ license, policy: "never" }),
    fails_with("invalid_argument", "policy"),
  );
  assert.throws(() => desk.find_seat(license), /person: expected/);
  assert.throws(() => desk.get_person(1, 2), /takes 1 argument/);
});

test("sessions keep their book alive; unused sessions are freed", async () => {
  let desk = (await seatbook.open()).session({ actor: "root", role: "super-admin" });
  for (let round = 0; round < 30; round++) {
    const junk = Array.from({ length: 200 }, () => desk.book.session({ actor: "x" }));
    assert.equal(junk.length, 200);
    globalThis.gc?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await desk.add_person({ name: "Ada" });
  assert.equal(desk.people().length, 1);
  desk = null;
});

/** Returns a file of people for import_people. */
const people_file = (count) =>
  `Name,Email\n${Array.from({ length: count }, (_, n) => `Person number ${n},person${n}@example.com\n`).join("")}`;

test("an actor has one native session, freed with the book", async (context) => {
  const { session_open, session_free, session_at_least } = c;
  const [opened, freed] = [[], []];
  context.after(() => Object.assign(c, { session_open, session_free, session_at_least }));
  c.session_open = (book, actor, session, error) => {
    const code = session_open(book, actor, session, error);
    opened.push(session[0]);
    return code;
  };
  c.session_at_least = (from, version, session, error) => {
    const code = session_at_least(from, version, session, error);
    opened.push(session[0]);
    return code;
  };
  c.session_free = (session) => {
    freed.push(session);
    session_free(session);
  };
  const book = await seatbook.open();
  const actors = [
    { actor: "x", role: "admin" },
    { actor: "x", role: "employee" },
    { actor: "y", role: "admin" },
    { person: 1, role: "admin" },
    { actor: "x", permissions: ["view", "edit"] },
  ];
  const sessions = [];
  for (let round = 0; round < 100; round++)
    for (const actor of actors) sessions.push(book.session({ ...actor }));
  for (let round = 0; round < 100; round++) sessions.push(await sessions[0].at_least(0));
  assert.equal(opened.length, actors.length + 1);
  assert.equal(sessions[0].can("add_person"), true);
  assert.equal(sessions[1].can("add_person"), false);
  // A running command keeps its session alive.
  const added = sessions[0].add_person({ name: "Ada" });
  const exported = sessions[0].export_history({ sink: () => true });
  await Promise.all([added, exported, book.close()]);
  assert.deepEqual(new Set(freed), new Set(opened));
  assert.equal(freed.length, opened.length);
  for (const session of sessions) {
    assert.throws(() => session.people(), fails_with("book_closed"));
    assert.equal(session.book, book);
  }
  await assert.rejects(sessions[0].add_person({ name: "Bo" }), fails_with("book_closed"));
  assert.throws(() => book.session({ actor: "z" }).people(), fails_with("book_closed"));
  assert.deepEqual([book.closed, book.version], [true, 1]);
});

test("a book supports more actors than it caches", async (context) => {
  const { book } = await desk_of(context);
  const sessions = Array.from({ length: 3000 }, (_, n) =>
    book.session({ actor: `actor ${n}`, role: "admin" }),
  );
  for (const session of sessions) assert.equal(session.people().length, 1);
  await book.close();
  for (const session of sessions) assert.throws(() => session.people(), fails_with("book_closed"));
});

test("close frees memory while sessions exist", { timeout: 120000 }, async () => {
  const csv = people_file(5000);
  const [sessions, resident] = [[], []];
  let largest_book = 0;
  for (let round = 0; round < 20; round++) {
    const before = process.memoryUsage.rss();
    const book = await seatbook.open();
    const desk = book.session({ actor: "root", role: "admin" });
    await desk.import_people({ csv });
    largest_book = Math.max(largest_book, process.memoryUsage.rss() - before);
    await book.close();
    sessions.push(desk);
    globalThis.gc?.();
    resident.push(process.memoryUsage.rss());
  }
  assert.ok(largest_book > 1 << 20, `${largest_book}`);
  // Without malloc_trim(), malloc keeps some of the memory for reuse.
  assert.ok(resident.at(-1) - resident[3] < 2 * largest_book, `${resident}`);
  assert.equal(sessions.length, 20);
});

test("a closed book keeps less than 5,000 bytes", { timeout: 120000 }, async () => {
  const open_and_close = async (count) => {
    for (let n = 0; n < count; n++) {
      const book = await seatbook.open();
      book.session({ actor: "x" });
      await book.close();
    }
  };
  await open_and_close(500);
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  await open_and_close(2000);
  globalThis.gc?.();
  const bytes_per_book = (process.memoryUsage.rss() - before) / 2000;
  assert.ok(bytes_per_book < 5000, `${bytes_per_book} bytes`);
});

test("runs hundreds of concurrent calls; buffers may be transferred meanwhile", async (context) => {
  const { book, desk, license } = await desk_of(context);
  const found = await Promise.all(Array.from({ length: 600 }, () => book.check()));
  assert.ok(found.every((findings) => findings.length === 0));
  const csv = new Uint8Array(Buffer.from(`Name\n${"x\n".repeat(50000)}`));
  const promise = desk.import_people({ csv });
  structuredClone(csv.buffer, { transfer: [csv.buffer] });
  assert.equal((await promise).added, 50000);
  let length = 3; // changes each time it is read
  const people = new Proxy([], {
    get: (list, key) =>
      key === "length"
        ? (length = Math.min(length * 10, 2000))
        : typeof key === "string"
          ? 1
          : list[key],
  });
  await assert.rejects(
    desk.assign_many({ license: license + 1, people }),
    fails_with("license_not_found"),
  );
});

test(
  "terminating a worker during a call does not affect other threads",
  { timeout: 60000 },
  async (context) => {
    const { desk } = await desk_of(context);
    const worker = new Worker(new URL("worker.js", import.meta.url));
    context.after(() => worker.terminate());
    assert.equal(await new Promise((resolve) => worker.once("message", resolve)), 1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await worker.terminate();
    await desk.add_person({ name: "Bo" });
    assert.equal(desk.people().length, 2);
  },
);
