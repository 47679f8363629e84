// Tests two books on one database, like two processes. SEATBOOK_TEST_POSTGRES is the URL of a server.
import assert from "node:assert/strict";
import { test } from "node:test";
import { create_schema, drop_book, migrate, open } from "seatbook";

const location = process.env.SEATBOOK_TEST_POSTGRES;
const root = { actor: "root", role: "super-admin" };

test("two books on a database run concurrent commands and observe each other", async () => {
  assert.ok(location, "SEATBOOK_TEST_POSTGRES must be the URL of a server");
  const schema = "seatbook_node";
  await create_schema(location, { schema });
  await create_schema(location, { schema }); // the tables exist already
  const [one, two] = await Promise.all([
    open(location, { schema, book: "acme" }),
    open(location, { schema, book: "acme" }),
  ]);
  const [a, b] = [one.session(root), two.session(root)];
  const { version, person } = await a.add_person({ name: "Ada" });
  assert.equal((await b.at_least(version)).get_person(person).name, "Ada");
  const { license } = await b.add_license({ name: "Figma", total_seats: 1, owner: person });
  const { person: bo } = await a.add_person({ name: "Bo" });
  // Two books assign the last seat: one command fails.
  const outcomes = await Promise.allSettled([
    a.assign({ license, person }),
    b.assign({ license, person: bo }),
  ]);
  assert.deepEqual(outcomes.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
  assert.equal(outcomes.find(({ reason }) => reason).reason.code, "no_seats_remaining");
  await Promise.all([one.refresh(), two.refresh()]);
  assert.equal(await one.dump(), await two.dump());
  assert.deepEqual(await one.check(), []);
  await assert.rejects(open(location, { schema, must_exist: true, book: "none" }), { code: /./ });
  await Promise.all([one.close(), two.close()]);
});

test("a dropped book is missing, and books that have it open cannot write", async () => {
  const options = { schema: "seatbook_node", book: "dropped" };
  await create_schema(location, { schema: options.schema });
  await migrate(location, { schema: options.schema }); // the tables have the newest format
  const book = await open(location, options);
  const desk = book.session(root);
  await desk.add_person({ name: "Ada" });
  const unconfirmed = { code: "invalid_argument", field: "confirm" };
  await assert.rejects(drop_book(location, "main", options), unconfirmed);
  await desk.add_person({ name: "Bo" });
  await drop_book(location, "dropped", options);
  const missing = { code: "invalid_argument", field: "book" };
  await assert.rejects(drop_book(location, "dropped", options), missing);
  await assert.rejects(open(location, { ...options, must_exist: true }), missing);
  await assert.rejects(desk.add_person({ name: "Cy" }), { code: "book_needs_reopen" });
  await assert.rejects(book.refresh(), { code: "book_needs_reopen" });
  await book.close();
});

test("an unreachable server is an error", async () => {
  await assert.rejects(
    open("postgresql://nouser@127.0.0.1:1/none", { connect_timeout_ms: 200, retry_for_ms: 1 }),
    { code: "storage_failed" },
  );
});
