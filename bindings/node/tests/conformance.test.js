// Every conformance case on the package; see conformance.js. One that was skipped fails the run.
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

after(() => assert.equal(played.size, cases.length, "not every case was played"));

test("the operations are those of operations.json and take the same members", () =>
  check_operations(promises));

// A runner that overlooks what is wrong with a case would prove nothing.
test("mistakes in cases are found", async () => {
  const add = { do: "add_person", args: { name: "Ada" } };
  const refused = { do: "add_person", args: { name: "" } };
  const play = (...steps) =>
    play_case(promises, { file: "made up", name: "made up", data: { name: "made up", steps } });
  const fails = (message, ...steps) =>
    assert.rejects(
      play(...steps),
      (error) =>
        (error instanceof CaseError && message.test(error.message)) || assert.fail(error.message),
    );
  await play({ ...add, expect: { ok: { person: 1 } } });
  await fails(/no operation/, { do: "add_persons" });
  await fails(/no member nome/, { do: "add_person", args: { nome: "Ada" } });
  await fails(/no member expects/, { ...add, expects: {} });
  await fails(/no member erorr/, { ...add, expect: { erorr: "required" } });
  await fails(/no member acter/, { ...add, as: { acter: "root" } });
  await fails(/no permission/, { ...add, as: { actor: "a", permissions: ["fly"] } });
  await fails(/nobody has saved/, { do: "get_person", args: { person: "$ada" } });
  await fails(/saved twice/, { ...add, save: "ada" }, { ...add, save: "ada" });
  await fails(/answers no id/, { do: "check", save: "ada" });
  await fails(/not refused/, { ...add, expect: { error: "required" } });
  await fails(/person: expected 2, got 1/, { ...add, expect: { ok: { person: 2 } } });
  await fails(/too many/, { ...add, expect: { exactly: { person: 1 } } });
  await fails(/no member id/, { ...add, expect: { ok: { id: 1 } } });
  await fails(/refused/, refused);
  await fails(/error: expected "email_taken"/, { ...refused, expect: { error: "email_taken" } });
  await fails(/field/, { ...refused, expect: { error: "required", field: "email" } });
});
