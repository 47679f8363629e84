// Runs every conformance case on the package, see conformance.js. A skipped case fails the run.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import {
  CaseError,
  check_operations,
  play_case,
  read_cases,
  read_operations,
} from "./conformance.js";

const promises = read_operations();
const cases = read_cases();
const played = new Set();
console.log(`${cases.length} conformance cases, ${promises.size} operations`);

for (const each of cases)
  test(`${each.file}: ${each.name}`, async () => {
    await play_case(promises, each);
    played.add(each.name);
  });

after(() => assert.equal(played.size, cases.length, "a case was skipped"));

test("the operations and their members equal those of operations.json", () =>
  check_operations(promises));

test("the runner finds mistakes in cases", async () => {
  const add = { do: "add_person", args: { name: "Ada" } };
  const invalid = { do: "add_person", args: { name: "" } };
  const play = (...steps) =>
    play_case(promises, { file: "made up", name: "made up", data: { name: "made up", steps } });
  const fails = (message, ...steps) =>
    assert.rejects(
      play(...steps),
      (error) =>
        (error instanceof CaseError && message.test(error.message)) || assert.fail(error.message),
    );
  await play({ ...add, expect: { ok: { person: 1 } } });
  await fails(/unknown operation/, { do: "add_persons" });
  await fails(/unknown member title/, { do: "add_person", args: { title: "Ada" } });
  await fails(/unknown member expects/, { ...add, expects: {} });
  await fails(/unknown member code/, { ...add, expect: { code: "required" } });
  await fails(/unknown member service/, { ...add, as: { service: "root" } });
  await fails(/unknown permission/, { ...add, as: { actor: "a", permissions: ["fly"] } });
  await fails(/is not saved/, { do: "get_person", args: { person: "$ada" } });
  await fails(/saved twice/, { ...add, save: "ada" }, { ...add, save: "ada" });
  await fails(/returns no id/, { do: "check", save: "ada" });
  await fails(/did not fail/, { ...add, expect: { error: "required" } });
  await fails(/person: expected 2, got 1/, { ...add, expect: { ok: { person: 2 } } });
  await fails(/extra member/, { ...add, expect: { exactly: { person: 1 } } });
  await fails(/no member id/, { ...add, expect: { ok: { id: 1 } } });
  await fails(/failed/, invalid);
  await fails(/error: expected "email_taken"/, { ...invalid, expect: { error: "email_taken" } });
  await fails(/field/, { ...invalid, expect: { error: "required", field: "email" } });
});
