#!/usr/bin/env python3
"""Adds an operation to a copy of the project by the five steps of CONTRIBUTING.md, and uses it from every language.

    new_operation_test.py BUILD

BUILD is a build folder of the project, made with Ninja. Its objects are reused: only the files that an operation
concerns are compiled again.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
BUILD = None

# The operation: confirms that a seat is still needed. It only counts up the revision.
RULE_ROW = "| C99 | Confirming a seat increments its revision and changes nothing else. | core |\n"
STRUCT = """
/// Confirms that an active seat is still needed. Needs `assign`.
/// Errors: assignment_not_found, already_revoked.
struct ConfirmSeat {
  AssignmentId assignment = {};
  std::optional<RequestId> request_id = {};
};
"""
DESCRIPTION = "SEATBOOK_DESCRIBE(ConfirmSeat, assignment, request_id)\n"
RULE = """
Result<void> malformed(const ConfirmSeat& /*command*/) {
  return {};
}

Result<SeatReceipt> confirm_seat(Transaction& transaction, const ConfirmSeat& command) {
  const model::Tables& tables = transaction.tables();
  SEATBOOK_TRY(find_assignment(tables, command.assignment, "assignment"));
  Assignment image = tables.assignments.record(command.assignment);
  if (!image.active()) return Error{Code::already_revoked, "the seat is revoked", "assignment"};
  image.revision = next(image.revision);
  const SeatReceipt result{image.id, image.revision};
  transaction.put(std::move(image));
  return result;
}
"""
LINE = "\n// a test of CONTRIBUTING.md\nSEATBOOK_COMMAND(confirm_seat, ConfirmSeat, SeatReceipt, assign)\n"
PROMISE = {
    "name": "confirm_seat",
    "request": ["assignment", "request_id"],
    "returns": "object",
    "needs": ["assign"],
    "result": ["assignment", "revision", "version"],
    "codes": ["invalid_argument", "book_closed", "clock_behind", "permission_denied",
              "repeated_request", "assignment_not_found", "already_revoked"],
}  # fmt: skip
CASES = """{ "cases": [

{ "name": "confirming a seat increments its revision", "rules": ["C99"],
  "steps": [
    { "do": "add_person", "args": { "name": "Nia Okafor" }, "save": "nia" },
    { "do": "add_license", "args": { "name": "Miro", "owner": "$nia" }, "save": "miro" },
    { "do": "assign", "args": { "license": "$miro", "person": "$nia" }, "save": "seat" },
    { "do": "confirm_seat", "args": { "assignment": "$seat" }, "expect": { "ok": { "revision": 2 } } },
    { "do": "confirm_seat", "args": { "assignment": 77 }, "expect": { "error": "assignment_not_found" } }
  ] }

] }
"""

# The files that are compiled in the copy: those that name the operation or list all operations. All
# other objects are those of BUILD.
CORE = ["src/book/session.cpp", "src/rules/permissions.cpp", "src/rules/reviews.cpp"]
# The target that compiles the files of a target, if it is another one.
OBJECTS = {"seatbook_c": "seatbook_c_objects"}
C_LIBRARY = ["capi/src/generated/operations.cpp", "capi/src/values.cpp"]
PYTHON_MODULE = ["bindings/python/src/session.cpp"]
RUNNER = [
    f"tests/conformance/{name}.cpp" for name in ("operations", "runner", "catalogue", "coverage")
]

C_PROGRAM = """
#include "seatbook.h"
int main(void) {
  seatbook_book *book = 0;
  seatbook_session *desk = 0;
  seatbook_error *error = 0;
  seatbook_actor actor = SEATBOOK_ACTOR_INIT;
  seatbook_confirm_seat_request request = SEATBOOK_CONFIRM_SEAT_REQUEST_INIT;
  actor.fields = SEATBOOK_FIELD_ACTOR_ACTOR | SEATBOOK_FIELD_ACTOR_ROLE;
  actor.actor.data = "root";
  actor.actor.size = SEATBOOK_NUL_TERMINATED;
  actor.role = SEATBOOK_ROLE_SUPER_ADMIN;
  if (seatbook_open("", 0, 0, &book, 0) != 0) return 1;
  if (seatbook_session_open(book, &actor, &desk, 0) != 0) return 2;
  request.assignment = 77;
  return seatbook_confirm_seat(desk, &request, 0, 0, &error) == SEATBOOK_ASSIGNMENT_NOT_FOUND ? 0 : 3;
}
"""
GO_TEST = """package seatbook_test

import (
\t"testing"

\tseatbook "seatbook.example/go"
)

func TestConfirmSeat(t *testing.T) {
\topened, err := seatbook.Open("")
\tbook := ok(t, opened, err)
\tdesk := book.Session(seatbook.Actor{Name: "root", Role: seatbook.SuperAdmin})
\t_, err = desk.ConfirmSeat(seatbook.ConfirmSeat{Assignment: 77})
\twantCode(t, err, seatbook.ErrAssignmentNotFound)
}
"""
NODE_PROGRAM = """
import * as seatbook from "./index.js";
const book = await seatbook.open();
const desk = book.session({ actor: "root", role: "super-admin" });
try {
  await desk.confirm_seat({ assignment: 77 });
} catch (error) {
  if (error.code !== "assignment_not_found") throw error;
  process.exit(0);
}
process.exit(1);
"""
PYTHON_PROGRAM = """
import seatbook
desk = seatbook.open().session("root", role="super-admin")
try:
    desk.confirm_seat(77)
except seatbook.AssignmentNotFoundError as error:
    assert error.field == "assignment", error.field
else:
    raise SystemExit("confirm_seat found an assignment")
assert "Confirms that an active seat is still needed." in desk.confirm_seat.__doc__
assert seatbook.Operation.confirm_seat
"""


def insert(path, before, text):
    """Inserts a text before the last occurrence of another one."""
    found = path.read_text("utf-8")
    at = found.rindex(before)
    path.write_text(found[:at] + text + found[at:], "utf-8")


def add_operation(root):
    """Makes the changes of CONTRIBUTING.md, "A new operation", in its order."""
    # 1. The rule, and what the operation needs.
    insert(root / "docs/rules.md", "mark reviewed, roster import", "confirm a seat, ")
    rows = re.findall(r"^\| [ABCD]\d+ .*\n", (root / "docs/rules.md").read_text("utf-8"), re.M)
    insert(root / "docs/rules.md", rows[-1], RULE_ROW)
    # 2. The struct and its description.
    insert(root / "include/seatbook/commands.hpp", "\n}  // namespace seatbook", STRUCT)
    insert(root / "include/seatbook/describe.hpp", "SEATBOOK_DESCRIBE(SeatReceipt,", DESCRIPTION)
    # 3. The decision.
    insert(root / "src/rules/reviews.cpp", "\n}  // namespace seatbook::rules", RULE)
    # 4. The line of the table.
    insert(root / "include/seatbook/operations.def", "\n#undef SEATBOOK_OPERATION", LINE)
    # 5. The conformance cases.
    promises = json.loads((root / "tests/conformance/operations.json").read_text("utf-8"))
    promises["operations"].append(PROMISE)
    (root / "tests/conformance/operations.json").write_text(json.dumps(promises), "utf-8")
    (root / "tests/conformance/cases/confirm_seat.json").write_text(CASES, "utf-8")


def run(command, **options):
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        raise AssertionError(f"{shlex.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


@unittest.skipUnless(os.environ.get("GO") or shutil.which("go"), "the generator needs gofmt")
class NewOperationTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="seatbook-")
        cls.addClassCleanup(folder.cleanup)
        cls.root = Path(folder.name).resolve() / "project"
        cls.build = cls.root / "build"
        for path in run(["git", "-C", PROJECT, "ls-files"]).splitlines():
            if (PROJECT / path).exists():
                (cls.root / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(PROJECT / path, cls.root / path)
        commands = json.loads((BUILD / "compile_commands.json").read_text("utf-8"))
        cls.commands = [shlex.split(command["command"]) for command in commands]
        add_operation(cls.root)
        cls.core = [cls.compile(path) for path in CORE]
        cls.describe = cls.link(
            "seatbook_capi_describe", "capi/seatbook_capi_describe", ["capi/tools/describe.cpp"]
        )
        run([sys.executable, cls.root / "tools/bindgen/generate.py", "--describe", cls.describe])
        cls.library = cls.link("seatbook_c", "capi/libseatbook.so.", C_LIBRARY)
        for name in ("libseatbook.so", re.match(r"(.*?\.so\.\d+\.\d+)", cls.library.name)[1]):
            if not (cls.library.parent / name).exists():
                (cls.library.parent / name).symlink_to(cls.library.name)

    @classmethod
    def compile(cls, path, target_name=""):
        """Compiles a file of the copy, for a target that has it, and returns its object."""
        command = next(
            words
            for words in cls.commands
            if words[-1] == str(PROJECT / path) and target_name in words[words.index("-o") + 1]
        )
        # What CMake wrote into the build folder stays where it is.
        words = [
            word if str(BUILD) in word else word.replace(str(PROJECT), str(cls.root))
            for word in command
        ]
        target = cls.build / Path(words[words.index("-o") + 1])
        target.parent.mkdir(parents=True, exist_ok=True)
        words[words.index("-o") + 1] = str(target)
        run(["-O0" if re.fullmatch("-O[123]", word) else word for word in words], cwd=BUILD)
        return target

    @classmethod
    def link(cls, target, output, sources):
        """Links a target: from the sources in the copy, other objects of the copy, and BUILD."""
        for source in sources:
            cls.compile(source, OBJECTS.get(target, target))
        lines = run(["ninja", "-C", BUILD, "-t", "commands", target]).splitlines()
        command = next(
            line for line in reversed(lines) if re.search(rf" -o {re.escape(output)}", line)
        )
        words = shlex.split(command)  # : && the compiler and its arguments && :
        words = words[words.index("&&") + 1 :]
        words = words[: words.index("&&")]
        at = words.index("-o") + 1
        made = cls.build / words[at]
        made.parent.mkdir(parents=True, exist_ok=True)
        words[at] = str(made)
        words = [
            str(cls.build / word) if word.endswith(".o") and (cls.build / word).exists() else word
            for word in words
        ]
        # The archives of BUILD have older versions of the core's objects: the linker takes these.
        first_archive = next(n for n, word in enumerate(words) if word.endswith(".a"))
        own = [str(path) for path in cls.core if str(path) not in words]
        run([*words[:first_archive], *own, *words[first_archive:]], cwd=BUILD)
        return made

    def test_cpp_runs_its_cases(self):
        runner = self.link("seatbook_conformance", "seatbook_conformance", RUNNER)
        output = run([runner, "--gtest_filter=conformance_confirm_seat.*:coverage.permissions*"])
        self.assertIn("[  PASSED  ] 2 tests", output)

    def test_a_missing_promise_is_reported(self):
        path = self.root / "tests/conformance/operations.json"
        whole = path.read_text("utf-8")
        self.addCleanup(path.write_text, whole, "utf-8")
        promises = json.loads(whole)
        promises["operations"].pop()
        path.write_text(json.dumps(promises), "utf-8")
        program = [sys.executable, self.root / "tools/bindgen/generate.py", "--check"]
        program += ["--describe", self.describe]
        done = subprocess.run(program, capture_output=True, text=True, check=False)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("operations.json lacks {'confirm_seat'}", done.stderr)

    def test_c_has_it(self):
        source = self.build / "confirm.c"
        source.write_text(C_PROGRAM, "utf-8")
        run(["cc", "-std=c99", "-Wall", "-Wextra", "-Werror", f"-I{self.root}/capi/include", source,
             f"-L{self.library.parent}", "-lseatbook", f"-Wl,-rpath,{self.library.parent}",
             "-o", self.build / "confirm"])  # fmt: skip
        run([self.build / "confirm"])

    def test_python_has_it(self):
        module = self.link("seatbook_python", "python/seatbook/_core.", PYTHON_MODULE)
        package = module.parent
        shutil.copytree(self.root / "bindings/python/seatbook", package, dirs_exist_ok=True)
        run(
            [sys.executable, "-c", PYTHON_PROGRAM],
            env={**os.environ, "PYTHONPATH": str(package.parent)},
        )
        self.assertIn("def confirm_seat(", (package / "_core.pyi").read_text("utf-8"))

    def test_go_has_it(self):
        (self.root / "bindings/go/confirm_seat_test.go").write_text(GO_TEST, "utf-8")
        test = ["test", "-run", "TestConfirmSeat$", "-count=1", "-v", "."]
        output = run([self.root / "tools/go.sh", self.build, *test])
        self.assertIn("--- PASS: TestConfirmSeat", output)

    @unittest.skipUnless(shutil.which("node"), "needs Node.js")
    def test_node_has_it(self):
        modules = PROJECT / "bindings/node/node_modules"
        if not modules.exists():
            self.skipTest("needs the packages of bindings/node")
        (self.root / "bindings/node/node_modules").symlink_to(modules)
        program = self.root / "bindings/node/confirm.mjs"
        program.write_text(NODE_PROGRAM, "utf-8")
        run(["node", program], env={**os.environ, "SEATBOOK_LIBRARY": str(self.library)})


if __name__ == "__main__":
    BUILD = Path(sys.argv.pop(1)).resolve()
    unittest.main()
