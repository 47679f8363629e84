"""Tests the command as a person or a script runs it: in a separate process, on a book in a file.

Most processes are forks of this one, which has imported the command already, because starting
Python takes ten times as long. Processes in a terminal are started with a new interpreter.
"""

import contextlib
import io
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import unittest
import warnings

import seatbook
import seatbook.cli.app
from seatbook.cli.progress import Rows, with_progress
from seatbook.cli.settings import Settings

REFUSED = 1
WRONG_USAGE = 2
STORAGE_TROUBLE = 3
INTERRUPTED = 130
# Longer than any command needs.
TIMEOUT_SECONDS = 60
ESCAPE = "\x1b"


def environment(**more):
    """Returns the environment without variables that change the look of tables."""
    excluded = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "SEATBOOK_BOOK", "TERM")
    kept = {name: value for name, value in os.environ.items() if name not in excluded}
    package = os.path.dirname(os.path.dirname(os.path.abspath(seatbook.__file__)))
    return {**kept, "PYTHONPATH": package, "PYTHONIOENCODING": "utf-8", **more}


class CommandTest(unittest.TestCase):
    """A book with three people, two of them with the same name, and two licenses."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="seatbook-test-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.book = self.file("acme.db")
        with seatbook.open(self.book) as book:
            desk = book.session("setup", role="super_admin")
            self.ada = desk.add_person(name="Ada Byron", email="ada@example.com").person
            self.sam = desk.add_person(name="Sam Lee", email="sam.lee@example.com").person
            self.other_sam = desk.add_person(name="Sam Lee", email="sam2@example.com").person
            self.figma = desk.add_license(
                name="Figma", total_seats=1, owner=self.ada, cost_per_seat="12.50", currency="USD"
            ).license
            self.slate = desk.add_license(name="Slate", total_seats=None, owner=self.sam).license

    def file(self, name, text=None):
        path = os.path.join(self.folder, name)
        if text is not None:
            with open(path, "w", encoding="utf-8") as stream:
                stream.write(text)
        return path

    def run_command(self, *arguments, book=None, anew=False, **variables):
        """Runs the command; `anew` starts a new interpreter. Returns a CompletedProcess."""
        variables = environment(SEATBOOK_BOOK=book or self.book, **variables)
        if anew:
            return subprocess.run(
                [sys.executable, "-m", "seatbook.cli", *arguments],
                env=variables,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                timeout=TIMEOUT_SECONDS,
                cwd=self.folder,
            )
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            process = os.fork()
            if process == 0:
                self.run_in_fork(arguments, variables, out, err)
            _, status = os.waitpid(process, 0)
            texts = []
            for stream in (out, err):
                stream.seek(0)
                texts.append(stream.read().decode("utf-8"))
        code = os.waitstatus_to_exitcode(status)
        return subprocess.CompletedProcess(arguments, code, *texts)

    def run_in_fork(self, arguments, variables, out, err):
        """Runs the command in the forked process; never returns."""
        code = 1
        try:
            os.environ.clear()
            os.environ.update(variables)
            os.chdir(self.folder)
            nothing = os.open(os.devnull, os.O_RDONLY)
            for number, there in enumerate((nothing, out.fileno(), err.fileno())):
                os.dup2(there, number)
            encoding = variables["PYTHONIOENCODING"]
            sys.stdin = open(0, closefd=False)
            sys.stdout = io.TextIOWrapper(open(1, "wb", closefd=False), encoding)
            sys.stderr = io.TextIOWrapper(open(2, "wb", closefd=False), encoding)
            sys.argv = ["seatbook", *arguments]
            # unittest enables these warnings, which Python hides by default.
            warnings.simplefilter("ignore", DeprecationWarning)
            signal.alarm(TIMEOUT_SECONDS)
            seatbook.cli.main()
            code = 0
        except SystemExit as ending:
            code = ending.code or 0
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    def ok(self, *arguments, **keywords):
        done = self.run_command(*arguments, **keywords)
        self.assertEqual(done.returncode, 0, (arguments, done.stdout, done.stderr))
        self.assertEqual(done.stderr, "", arguments)
        return done.stdout

    def json(self, *arguments, **keywords):
        return json.loads(self.ok(*arguments, "--json", **keywords))

    def fails(self, code, *arguments, **keywords):
        done = self.run_command(*arguments, **keywords)
        self.assertEqual(done.returncode, code, (arguments, done.stdout, done.stderr))
        self.assertEqual(done.stdout, "", arguments)
        self.assertNotIn("Traceback", done.stderr)
        return done.stderr

    def in_terminal(
        self, *arguments, columns=120, reply=None, before=None, interrupt_at=None, **variables
    ):
        """Runs the command in a terminal. Returns the exit code and the output.

        `before` is called at the prompt. An interrupt is sent three times.
        """
        process, master = pty.fork()
        if process == 0:
            os.chdir(self.folder)
            variables = {"COLUMNS": str(columns), "TERM": "xterm-256color", **variables}
            command = [sys.executable, "-m", "seatbook.cli", *arguments]
            os.execve(sys.executable, command, environment(SEATBOOK_BOOK=self.book, **variables))
        try:
            return self.watch(process, master, reply, before, interrupt_at)
        finally:
            os.close(master)

    def watch(self, process, master, reply, before, interrupt_at):
        seen = b""
        deadline = time.monotonic() + TIMEOUT_SECONDS
        while time.monotonic() < deadline:
            if select.select([master], [], [], 0.1)[0]:
                try:
                    part = os.read(master, 65536)
                except OSError:  # Linux reports a closed terminal so
                    part = b""
                if not part:
                    break
                seen += part
            if reply is not None and (b"[y/N]" in seen or b"Type the name" in seen):
                if before is not None:
                    before()
                os.write(master, reply.encode() + b"\n")
                reply = None
            if interrupt_at is not None and interrupt_at in seen:
                for _ in range(3):
                    os.kill(process, signal.SIGINT)
                    time.sleep(0.05)
                interrupt_at = None
        else:
            os.kill(process, signal.SIGKILL)
        _, status = os.waitpid(process, 0)
        return os.waitstatus_to_exitcode(status), seen.decode("utf-8", "replace")


class ClockTest(CommandTest):
    def test_allow_clock_behind_permits_commands(self):
        early = {"SEATBOOK_NOW": "2020-01-01T00:00:00Z"}
        self.fails(REFUSED, "assign", "Figma", "ada@example.com", **early)
        for number, place in enumerate((0, 3)):
            arguments = ["assign", "Slate", ("ada@example.com", "sam.lee@example.com")[number]]
            arguments.insert(place, "--allow-clock-behind")
            self.ok(*arguments, **early)
        with seatbook.open(self.book) as book:
            times = [each.row.at for each in book.session("x", role="admin").history()]
        self.assertEqual(times, sorted(times))
        self.ok("show", "Slate", **early)


class SeatsTest(CommandTest):
    def test_assign_show_and_revoke(self):
        output = self.ok("assign", "figma", "ada@example.com", "--access-level", "Editor")
        self.assertEqual(output, "Assigned seat #1 of Figma to Ada Byron; 0 of 1 available\n")
        self.assertIn("1/1 in use", self.ok("show", "Figma"))
        self.assertIn("Editor", self.ok("my", "Ada Byron"))
        self.ok("revoke", "Figma", "Ada Byron", "--reason", "left", "--yes")
        self.assertEqual(self.json("my", "#1"), [])
        last = self.json("history", "--limit", "1")[0]
        self.assertEqual((last["row"]["kind"], last["texts"]["reason"]), ("revoked", "left"))

    def test_an_error_has_its_code_and_changes_nothing(self):
        self.ok("assign", "Figma", "ada@example.com")
        output = self.fails(REFUSED, "assign", "Figma", "sam2@example.com")
        self.assertIn("no_seats_remaining: No seats remaining on this license.", output)
        self.assertIn("already_assigned", self.fails(REFUSED, "assign", "Figma", "1"))
        self.assertEqual(self.json("show", "Figma")["usage"]["used"], 1)

    def test_revoke_asks_for_confirmation(self):
        self.ok("assign", "Figma", "ada@example.com")
        output = self.fails(WRONG_USAGE, "revoke", "Figma", "ada@example.com")
        self.assertIn("--yes", output)
        code, output = self.in_terminal("revoke", "--seat", "#1", reply="n")
        self.assertEqual(code, REFUSED, output)
        self.assertIn("nothing was changed", output)
        code, output = self.in_terminal("revoke", "--seat", "#1", reply="y")
        self.assertEqual(code, 0, output)
        self.assertEqual(self.json("show", "Figma")["seats"], [])

    def test_all_seats_of_a_person(self):
        output = self.ok("bulk-assign", "ada@example.com", "Figma", "Slate", "Figma")
        self.assertIn("Bulk assign: 2 assigned, 0 skipped", output)
        output = self.ok("revoke", "--all-of", "Ada Byron", "--dry-run")
        self.assertEqual(output, "Would revoke 2 seats of Ada Byron\n")
        self.fails(WRONG_USAGE, "revoke", "--all-of", "Ada Byron")
        self.assertEqual(self.json("revoke", "--all-of", "1", "-y")["summary"]["done"], 2)

    def test_transfer_archive_and_review(self):
        self.ok("assign", "Figma", "ada@example.com")
        self.ok("transfer", "Figma", "Ada Byron", "sam2@example.com")
        self.assertEqual(self.json("show", "Figma")["seats"][0]["person"], self.other_sam)
        output = self.ok("archive", "person", "sam2@example.com", "--yes")
        self.assertEqual(output, "Archived Sam Lee; 1 seat flagged for review\n")
        self.assertEqual(len(self.json("review")), 1)
        self.ok("review", "keep", "Figma", "sam2@example.com")
        self.assertEqual(self.ok("report", "needs-review"), "No seats to review.\n")
        output = self.fails(REFUSED, "archive", "license", "Figma", "--yes")
        self.assertIn("has_active_seats", output)

    def test_erase_asks_for_confirmation(self):
        self.fails(WRONG_USAGE, "people", "erase", "sam2@example.com")
        self.ok("people", "erase", "sam2@example.com", "--yes")
        erased = self.json("people", "--state", "erased")
        self.assertEqual([(row["id"], row["name"]) for row in erased], [(self.other_sam, "")])


class NamesTest(CommandTest):
    def test_an_ambiguous_name_lists_the_matches(self):
        output = self.fails(WRONG_USAGE, "assign", "Figma", "sam lee")
        self.assertIn("#2  Sam Lee  sam.lee@example.com", output)
        self.assertIn("#3  Sam Lee  sam2@example.com", output)
        self.assertEqual(self.json("history", "--kind", "assigned"), [])

    def test_unknown_records(self):
        self.assertIn("no license matches", self.fails(WRONG_USAGE, "show", "Nothing"))
        self.assertIn("#1  Figma", self.fails(WRONG_USAGE, "show", "Fig"))
        self.assertIn("license_not_found", self.fails(WRONG_USAGE, "show", "#99"))
        self.assertIn("no person matches", self.fails(WRONG_USAGE, "my", "no.one@example.com"))
        self.assertIn("holds no seat", self.fails(WRONG_USAGE, "revoke", "Figma", "1", "--yes"))

    def test_a_name_that_is_a_number(self):
        self.ok("licenses", "add", "365", "--owner", "ada@example.com", "--seats", "unlimited")
        self.assertEqual(self.json("show", "365")["license"]["name"], "365")
        self.assertEqual(self.json("show", "1")["license"]["name"], "Figma")

    def test_a_text_that_matches_two_records_fails(self):
        self.ok("licenses", "add", "1", "--owner", "#1")
        output = self.fails(WRONG_USAGE, "show", "1")
        self.assertIn("#1  Figma", output)
        self.assertIn("#3  1", output)
        self.assertEqual(self.json("show", "#1")["license"]["name"], "Figma")
        self.ok("people", "add", "Kim", "kim@example.com", "--host-key", "Sam Lee")
        output = self.fails(WRONG_USAGE, "my", "Sam Lee")
        self.assertIn("#2  Sam Lee", output)
        self.assertIn("#4  Kim  kim@example.com  host key Sam Lee", output)
        self.ok("people", "update", "ada@example.com", "--host-key", "3")
        self.assertIn("#1  Ada Byron", self.fails(WRONG_USAGE, "archive", "person", "3", "--yes"))
        self.assertEqual(self.json("people", "--state", "archived"), [])
        self.ok("people", "add", "Eve", "--host-key", "eve")  # matches one person by name and key
        self.assertEqual(self.json("my", "eve"), [])

    def test_an_exact_match_wins(self):
        self.ok("people", "add", "Ink")
        self.ok("people", "add", "ink")
        self.ok("assign", "Figma", "ink")
        self.assertEqual(len(self.json("my", "#5")), 1)
        self.assertIn("more than one", self.fails(WRONG_USAGE, "my", "INK"))

    def test_erased_people_are_found_by_id(self):
        self.ok("people", "erase", "sam2@example.com", "--yes")
        self.assertEqual(self.ok("my", "#3"), "#3  (erased) holds no seats.\n")

    def test_owners(self):
        self.ok("owners", "set", "Slate", "--owner", "1", "--backup", "sam2@example.com")
        self.assertEqual(self.json("owners"), [])
        self.ok("archive", "person", "sam2@example.com", "--yes")
        self.assertIs(self.json("owners")[0]["backup_archived"], True)
        self.assertIn("Sam Lee (archived)", self.ok("owners"))

    def test_wrong_arguments(self):
        for arguments in (
            ["frobnicate"],
            ["assign", "Figma"],
            ["assign", "Figma", "1", "--frob"],
            ["revoke"],
            ["revoke", "Figma"],
            ["revoke", "--seat", "one", "--yes"],
            ["people", "--state", "asleep"],
            ["report", "utilization", "--by", "moon"],
            ["report"],
            ["licenses", "add", "X", "--owner", "1", "--seats", "many"],
            ["import", "people", self.file("nothing.csv")],
        ):
            self.assertNotEqual(self.fails(WRONG_USAGE, *arguments), "", arguments)

    def test_an_invalid_choice_lists_the_choices(self):
        for arguments, wanted in (
            (["people", "--state", "gone"], "must be active, archived or erased, not 'gone'"),
            (["licenses", "policy", "Figma", "x"], "POLICY must be enforce or allow_over, not 'x'"),
            (["licenses", "--state", "erased"], "--state must be active or archived"),
            (["export", "seats", "--sort", "x"], "--sort must be user, assigned or last_used"),
            (["plot", "utilization", "--by", "x"], "--by must be license, product_group or book"),
            (["history", "--kind", "x"], "--kind must be person_added, "),
            (["licenses", "update", "Figma", "--billing-period", "x"], "month, year or once"),
        ):
            self.assertIn(wanted, self.fails(WRONG_USAGE, *arguments))

    def test_invalid_values(self):
        self.assertIn("invalid_email", self.fails(REFUSED, "people", "add", "X", "no email"))
        self.assertIn("email_taken", self.fails(REFUSED, "people", "add", "X", "ADA@example.com"))
        for arguments in (
            ["report", "as-of", "Figma", "yesterday"],
            ["history", "--since", "2026-13-45"],
            ["licenses", "update", "Figma", "--renewal", "soon"],
        ):
            self.assertIn("invalid_date", self.fails(WRONG_USAGE, *arguments))


class BooksTest(CommandTest):
    def test_init_creates_a_book_only_once(self):
        path = self.file("new.db")
        self.ok("init", path)
        self.assertIn("already", self.fails(WRONG_USAGE, "init", book=path))
        self.ok("init", book=self.file("other.db"))
        self.ok("people", "add", "Zoë", "--as", "clerk", book=path)
        with seatbook.open(path) as book:  # reopened, by another program
            desk = book.session("test", role="super_admin")
            self.assertEqual(desk.people()[0].name, "Zoë")
            self.assertEqual(desk.history()[0].actor_name, "clerk")

    def test_the_book_option(self):
        path = self.file("new.db")
        self.ok("init", "--book", path)
        self.assertEqual(self.json("people", "--book", path), [])
        self.assertEqual(json.loads(self.ok("--json", "--book", path, "people")), [])
        self.assertEqual(len(self.json("people")), 3)
        missing = self.file("missing.db")
        self.assertIn("seatbook init", self.fails(WRONG_USAGE, "people", book=missing))
        self.assertFalse(os.path.exists(missing))

    def test_empty_texts_are_rejected(self):
        for arguments in (["--book", ""], ["--book="], ["--book", " "], ["--as", ""], ["--as= "],
                          ["--name", ""]):
            self.fails(WRONG_USAGE, *arguments, "people", "add", "X")
        self.fails(WRONG_USAGE, "init", "")
        self.assertIn("memory", self.fails(WRONG_USAGE, "init", ":memory:"))
        self.assertEqual(len(self.json("people")), 3)

    def test_a_file_that_is_not_a_book(self):
        path = self.file("notes.txt", "not a book, " * 100)
        self.assertIn("not_a_book", self.fails(STORAGE_TROUBLE, "people", book=path))

    def test_a_command_waits_for_a_book_in_use(self):
        with seatbook.open(self.book):
            command = subprocess.Popen(
                [sys.executable, "-m", "seatbook.cli", "people", "add", "X"],
                env=environment(SEATBOOK_BOOK=self.book),
                stdout=subprocess.DEVNULL,
            )
            time.sleep(1)
            self.assertIsNone(command.poll())
        self.assertEqual(command.wait(TIMEOUT_SECONDS), 0)

    def test_a_prompt_does_not_block_the_book(self):
        self.ok("assign", "Figma", "#1")
        for arguments in (
            ["revoke", "Figma", "#1"],
            ["revoke", "--all-of", "#1"],
            ["archive", "person", "#1"],
            ["archive", "license", "Slate"],
            ["people", "erase", "#3"],
        ):
            def meanwhile():
                self.ok("people", "add", "Kim")
            code, output = self.in_terminal(*arguments, reply="n", before=meanwhile)
            self.assertEqual(code, REFUSED, output)
        self.assertEqual(len(self.json("people", "--state", "active")), 8)

    def test_a_book_in_use(self):
        with seatbook.open(self.book):
            output = self.fails(STORAGE_TROUBLE, "people", "add", "X", anew=True)
        self.assertIn("storage_in_use", output)

    def test_stats(self):
        text = self.ok("stats")
        self.assertRegex(text, r"(?m)^People +3$")
        self.assertRegex(text, r"(?m)^read +1 +\d+\.\d +\d+\.\d$")
        stats = self.json("stats")
        self.assertEqual((stats["people"], stats["read"]["calls"], stats["batches"]), (3, 1, 0))

    def test_check_and_backup(self):
        self.assertIn("The book is sound", self.ok("check"))
        self.assertEqual(self.json("check")["problems"], [])
        copy = self.file("copy.db")
        self.ok("backup", copy)
        self.assertEqual(self.json("people", book=copy), self.json("people"))
        self.assertIn("file already exists", self.fails(WRONG_USAGE, "backup", copy))


class LicensesTest(CommandTest):
    def test_update_keeps_fields_without_an_option(self):
        self.ok("licenses", "update", "Figma", "--renewal", "2027-01-31", "--vendor", "Figma Inc")
        figma = self.json("show", "Figma")["license"]
        self.assertEqual((figma["renewal_date"], figma["vendor"]), ("2027-01-31", "Figma Inc"))
        self.assertEqual(figma["cost_per_seat"], "12.50")
        self.ok("licenses", "update", "Figma", "--renewal", "", "--cost", "", "--vendor", "")
        figma = self.json("show", "Figma")["license"]
        self.assertEqual((figma["renewal_date"], figma["cost_per_seat"]), (None, None))
        output = self.fails(WRONG_USAGE, "licenses", "update", "1", "--renewal", "x")
        self.assertIn("invalid_date", output)

    def test_seats_and_policy(self):
        self.assertEqual(self.ok("licenses", "seats", "Figma", "3"), "Figma: 0/3 in use\n")
        output = self.ok("licenses", "policy", "Figma", "allow_over")
        self.assertEqual(output, "Figma: allow over\n")
        self.fails(WRONG_USAGE, "licenses", "policy", "Figma", "sometimes")


class OutputTest(CommandTest):
    def test_a_pipe_gets_plain_text(self):
        for arguments in (["people"], ["licenses"], ["show", "Figma"], ["--help"]):
            self.assertNotIn(ESCAPE, self.ok(*arguments), arguments)
        lines = self.ok("people").splitlines()
        self.assertEqual(len(lines), 4)
        self.assertEqual(lines[1].split(None, 2)[:2], ["1", "Ada"])
        self.assertEqual([line for line in lines if line != line.rstrip()], [])

    def test_a_terminal_gets_colors_without_no_color(self):
        self.assertIn(ESCAPE, self.in_terminal("people")[1])
        for arguments in (["people"], ["show", "Figma"], ["licenses"]):
            self.assertNotIn(ESCAPE, self.in_terminal(*arguments, NO_COLOR="1")[1])

    def test_a_narrow_terminal_shows_everything(self):
        code, output = self.in_terminal("people", columns=30, NO_COLOR="1")
        self.assertEqual(code, 0)
        for text in ("sam.lee@example.com", "sam2@example.com", "Ada Byron", "active"):
            self.assertIn(text, output)
        self.assertLessEqual(max(map(len, output.split("\r\n"))), 30)

    def test_a_folded_table_breaks_between_words(self):
        self.ok("people", "add", "Maximiliane von und zu Hohenstein", "m.hohenstein@example.com")
        self.ok("assign", "Slate", "m.hohenstein@example.com", "--account", "max " * 9)
        for columns in (80, 100):
            code, output = self.in_terminal("show", "Slate", columns=columns, NO_COLOR="1")
            self.assertEqual(code, 0)
            self.assertLessEqual(max(map(len, output.split("\r\n"))), columns)
            self.assertRegex(output, r"\d{4}-\d\d-\d\d \d\d:\d\d")
            for text in ("Maximiliane", "Hohenstein", "m.hohenstein", "@example.com"):
                self.assertIn(text, output)
            self.assertNotIn("Archived", output)  # an empty column

    def test_control_characters_in_names_are_escaped(self):
        self.ok("people", "add", "Eve \x1b[31m[red]\tX")
        self.assertIn("[red]", self.ok("people"))
        self.assertNotIn(ESCAPE, self.ok("people"))

    def test_json_uses_the_names_of_the_library(self):
        self.ok("assign", "Figma", "ada@example.com", "--cost", "3.2500")
        license = self.json("licenses")[0]
        self.assertEqual(set(license), set(seatbook.License.__match_args__))
        self.assertEqual(license["cost_per_seat"], "12.50")
        self.assertEqual((license["state"], license["renewal_date"]), ("active", None))
        seat = self.json("show", "Figma")["seats"][0]
        self.assertRegex(seat["assigned_at"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")

    def test_shell_completion(self):
        for words, wanted in (("seatbook re", ["report", "revoke"]),
                              ("seatbook report u", ["utilization"]),
                              ("seatbook report utilization --by p", ["product_group"]),
                              ("seatbook history --kind re", ["revoked", "reviewed"])):
            output = self.ok(_SEATBOOK_COMPLETE="complete_bash", COMP_WORDS=words,
                           COMP_CWORD=str(len(words.split()) - 1))
            for word in wanted:
                self.assertIn(word, output.split())

    def test_json_in_any_encoding(self):
        self.ok("people", "add", "Zoë 李")
        for encoding in ("latin-1", "ascii", "utf-8"):
            done = self.run_command("people", "--json", PYTHONIOENCODING=encoding)
            self.assertEqual(json.loads(done.stdout)[3]["name"], "Zoë 李", encoding)

    def start(self, *arguments, **keywords):
        """Starts the command in a separate process and does not wait for it."""
        return subprocess.Popen(
            [sys.executable, "-m", "seatbook.cli", *arguments],
            env=environment(SEATBOOK_BOOK=self.book),
            stderr=subprocess.PIPE,
            **keywords,
        )

    def test_a_closed_pipe(self):
        for arguments in (["people"], ["init", self.file("new.db")],
                          ["revoke", "--all-of", "#1", "--yes"]):
            command = self.start(*arguments, stdout=subprocess.PIPE)
            command.stdout.close()
            output = command.communicate(timeout=TIMEOUT_SECONDS)[1]
            self.assertEqual((command.returncode, output), (141, b""), arguments)

    def test_output_that_cannot_be_written(self):
        if os.path.exists("/dev/full"):
            with open("/dev/full", "wb") as full:
                command = self.start("people", stdout=full)
                output = command.communicate(timeout=TIMEOUT_SECONDS)[1]
            self.assertEqual(command.returncode, STORAGE_TROUBLE)
            self.assertEqual(output.count(b"\n"), 1, output)

    def test_closed_streams(self):
        for closed in (">&-", "<&-", "2>&-", ">&- <&- 2>&-"):
            line = f'"{sys.executable}" -m seatbook.cli people add Kim {closed}'
            done = subprocess.run(
                ["sh", "-c", line],
                env=environment(SEATBOOK_BOOK=self.book),
                capture_output=True,
                timeout=TIMEOUT_SECONDS,
            )
            self.assertEqual((done.returncode, done.stderr), (0, b""), closed)
        self.assertEqual(len(self.json("people")), 7)
        self.assertIn("The book is sound", self.ok("check"))

    def test_a_full_pipe_does_not_block_the_book(self):
        with seatbook.open(self.book) as book:
            desk = book.session("setup", role="super_admin")
            for number in range(2000):
                desk.add_person(name=f"Person with a long name {number}" * 3)
        command = self.start("people", stdout=subprocess.PIPE)
        command.stdout.read(1)
        self.ok("people", "add", "Kim")
        command.stdout.close()
        command.communicate(timeout=TIMEOUT_SECONDS)

    def test_help_lists_the_exit_codes(self):
        output = re.sub(r"\s+", " ", self.ok("--help"))
        self.assertIn("Exit codes: 0 success; 1 the command was refused", output)
        self.assertEqual(self.ok("--version").strip(), seatbook.__version__)


class FilesTest(CommandTest):
    def test_people_of_another_product(self):
        path = self.file("staff.csv", "Who,Mail\nKim,kim@example.com\nAda,ada@example.com\n")
        arguments = ["import", "people", path, "--column", "Who=name", "--column", "Mail=email"]
        output = self.ok(*arguments, "--dry-run")
        self.assertIn("Dry run: nothing was changed.", output)
        self.assertEqual(len(self.json("people")), 3)
        report = self.json(*arguments)
        self.assertEqual((report["added"], report["already_known"]), (1, 1))
        self.assertEqual(len(self.json("people")), 4)

    def test_an_invalid_column_map(self):
        path = self.file("staff.csv", "Who\nKim\n")
        for text in ("Who", "Who=shoe_size", "=name"):
            output = self.fails(WRONG_USAGE, "import", "people", path, "--column", text)
            self.assertIn("first_name", output)
        output = self.fails(REFUSED, "import", "people", path, "--column", "Name=name")
        self.assertIn("column_missing", output)

    def test_import_of_currency_signs_and_dates(self):
        text = "Item,Seats,Price,Ends\nInkwell,4,$21.00,9/30/2027\n"
        columns = ["Item=name", "Seats=total_seats", "Price=cost_per_seat", "Ends=renewal_date"]
        mapped = [part for column in columns for part in ("--column", column)]
        formats = ["--date-order", "month_day_year", "--currency-sign", "$", "--currency", "USD"]
        path = self.file("licenses.csv", text)
        self.ok("import", "licenses", path, *mapped, *formats, "--owner", "Ada Byron")
        inkwell = self.json("show", "Inkwell")["license"]
        self.assertEqual((inkwell["renewal_date"], inkwell["total_seats"]), ("2027-09-30", 4))

    def test_empty_rows_are_counted_if_there_are_any(self):
        path = self.file("staff.csv", "Name;Mail\nKim;kim@example.com\n;\n\n")
        self.assertRegex(self.ok("import", "people", path, "--dry-run"), r"empty rows +2\n")
        path = self.file("roster.csv", "Email,Role\n,,\n")
        self.assertRegex(self.ok("import", "roster", "Slate", path), r"empty rows +1\n")
        path = self.file("licenses.csv", "Name,Vendor\n")
        self.assertNotIn("empty rows", self.ok("import", "licenses", path))

    def test_an_exported_roster_can_be_imported(self):
        path = self.file("roster.csv", "Email,Role\nada@example.com,Admin\nno@example.com,\n")
        output = self.ok("import", "roster", "Slate", path)
        self.assertIn("no@example.com", output)
        exported = self.file("out.csv")
        output = self.ok("export", "roster", "Slate", "--output", exported)
        self.assertIn("Wrote 1 row to ", output)
        with open(exported, encoding="utf-8", newline="") as stream:
            self.assertEqual(stream.read(), self.ok("export", "roster", "2"))
        self.assertEqual(self.json("import", "roster", "Slate", exported)["already_linked"], 1)
        self.assertIn("ada@example.com", self.ok("export", "seats"))
        self.assertIn("assigned", self.ok("export", "history", "--license", "Slate"))

    def test_books_are_not_overwritten(self):
        other = self.file("other.db")
        self.ok("init", other)
        picture = self.file("book.png")
        os.rename(other, picture)
        for arguments in (
            ["export", "roster", "Figma", "-o", self.book],
            ["export", "seats", "-o", picture],
            ["export", "history", "-o", picture],
            ["plot", "seats", "-o", picture],
            ["plot", "utilization", "-o", picture],
        ):
            self.assertIn("is a book", self.fails(WRONG_USAGE, *arguments))
        self.assertIn("The book is sound", self.ok("check"))
        self.assertEqual(self.json("people", book=picture), [])
        text = self.file("seats.csv", "of yesterday")
        self.ok("export", "seats", "-o", text)
        with open(text, encoding="utf-8") as stream:
            self.assertNotIn("yesterday", stream.read())

    def test_an_interrupted_import_changes_nothing(self):
        rows = "".join(f"Person {row},p{row}@example.com\n" for row in range(100_000))
        path = self.file("many.csv", "Name,Email\n" + rows)
        code, output = self.in_terminal("import", "people", path, interrupt_at=b"Importing")
        self.assertEqual(code, INTERRUPTED, output)
        self.assertIn("nothing was changed", output)
        self.assertEqual(len(self.json("people")), 3)
        self.assertIn("The book is sound", self.ok("check"))

    def test_an_interrupt_after_the_commit_is_ignored(self):
        previous = signal.getsignal(signal.SIGINT)
        self.addCleanup(signal.signal, signal.SIGINT, previous)
        settings = Settings()

        def load(steps):
            for _ in range(2):
                os.kill(os.getpid(), signal.SIGINT)
                time.sleep(0.2)
            return steps.canceled

        output = io.StringIO()
        with contextlib.redirect_stderr(output):
            self.assertIs(with_progress(settings, Rows(), load, changes=True), True)
        self.assertIn("the import was committed before the interrupt", output.getvalue())
        self.assertTrue(settings.import_committed)
        os.kill(os.getpid(), signal.SIGINT)  # during the message
        time.sleep(0.05)

    def test_a_failed_import_restores_the_signal_handler(self):
        previous = signal.getsignal(signal.SIGINT)
        with self.assertRaises(ValueError):
            with_progress(Settings(), Rows(), lambda steps: int("x"), changes=True)
        self.assertIs(signal.getsignal(signal.SIGINT), previous)


class ReportsTest(CommandTest):
    def setUp(self):
        super().setUp()
        self.ok("assign", "Figma", "ada@example.com")

    def test_every_report(self):
        full = self.json("report", "utilization", "--license", "Figma")[0]
        self.assertEqual((full["used"], full["basis_points"]), (1, 10_000))
        self.assertEqual(full["monthly_cost"], [{"currency": "USD", "monthly": "12.50"}])
        self.assertIn("100%", self.ok("report", "utilization"))
        self.assertEqual(self.json("report", "reclaim")["candidates"], 1)
        self.assertIn("12.50", self.ok("report", "reclaim"))
        self.assertEqual(self.json("report", "renewals", "--until", "2199-01-01"), [])
        self.assertEqual(len(self.json("report", "as-of", "Figma", "2199-01-01")), 1)
        self.assertEqual(self.ok("report", "as-of", "1", "1999-01-01"), "No seats were held.\n")
        self.assertEqual(self.json("report", "peak", "--license", "Figma")["used"], 1)

    def test_no_peak_without_seats(self):
        path = self.file("empty.db")
        self.ok("init", path)
        self.assertEqual(self.ok("report", "peak", book=path), "No seats were in use.\n")
        self.assertEqual(self.json("report", "peak", book=path)["used"], 0)

    def test_events_continue_after_the_cursor(self):
        self.ok("revoke", "--seat", "1", "--yes")
        first = self.json("events", "--limit", "1")
        self.assertEqual(first["events"][0]["kind"], "software_assigned")
        self.assertIs(first["more"], True)
        rest = self.json("events", "--after", str(first["next"]))
        self.assertEqual([row["kind"] for row in rest["events"]], ["software_revoked"])


class PlotsTest(CommandTest):
    """Seats are assigned in January, February and March; one is revoked in April."""

    def setUp(self):
        super().setUp()
        self.book = self.file("past.db")
        clock = seatbook.ManualClock("2026-01-01T00:00:00Z")
        with seatbook.open(self.book, clock=clock) as book:
            desk = book.session("setup", role="super_admin")
            owner = desk.add_person(name="Ada Byron")
            ink = desk.add_license(name="Ink $1$", total_seats=3, owner=owner)
            desk.add_license(name="Endless", total_seats=None, owner=owner)
            for month in (1, 2, 3):
                clock.set(f"2026-{month:02}-15T00:00:00Z")
                seat = desk.assign(ink, desk.add_person(name=f"P{month}"))
            clock.set("2026-04-15T00:00:00Z")
            desk.revoke(seat)
        self.may = {"SEATBOOK_NOW": "2026-05-15T00:00:00Z"}

    def test_seats_over_time_are_drawn_as_steps(self):
        lines = self.ok("plot", "seats", "Ink $1$", **self.may).splitlines()
        self.assertEqual(lines[0], "Ink $1$: seats in use, 2 of 3 at the end")
        chart = [line.split("┤")[-1].split("│")[-1] for line in lines[1:-2]]
        heights = [sum(line[at : at + 1] == "█" for line in chart)
                   for at in range(len(chart[-1]))]
        steps = [height for at, height in enumerate(heights) if heights[at - 1 : at] != [height]]
        third = steps[0]  # lines for one seat
        self.assertEqual(steps, [third, 2 * third, 3 * third, 2 * third])
        self.assertIn("▁" * 20, chart[0])
        self.assertRegex(lines[-1], r"^ +2026-01-15 .* 2026-04-")

    def test_utilization_draws_a_bar_for_each_license(self):
        lines = self.ok("plot", "utilization", **self.may).splitlines()
        self.assertRegex(lines[0], r"^Ink \$1\$  +█+░+  2 of 3, 67%$")
        self.assertRegex(lines[1], r"^Endless  +0 of unlimited$")

    def test_any_terminal_width_and_encoding(self):
        for columns in (20, 80, 200):
            code, output = self.in_terminal(
                "plot", "seats", "#1", columns=columns, NO_COLOR="1", **self.may
            )
            self.assertEqual(code, 0, output)
            self.assertLessEqual(max(map(len, output.split("\r\n")[1:])), columns)
            self.assertNotIn(ESCAPE, output)
        for plot in (["seats"], ["utilization"]):
            output = self.ok("plot", *plot, PYTHONIOENCODING="ascii", **self.may)
            self.assertIn("###", output)
            self.assertNotIn("\\u", output)
        self.assertIn(ESCAPE, self.in_terminal("plot", "utilization", **self.may)[1])

    def test_pictures(self):
        for plot in (["seats", "Ink $1$"], ["seats"], ["utilization"]):
            for name, begins in (("a.png", b"\x89PNG"), ("a.svg", b"<?xml")):
                path = self.file(name)
                self.ok("plot", *plot, "--output", path, **self.may)
                with open(path, "rb") as stream:
                    picture = stream.read()
                self.assertTrue(picture.startswith(begins), (plot, name))
        self.ok("plot", "utilization", "--output", self.file("b.svg"), **self.may)
        with open(self.file("b.svg"), "rb") as stream:
            self.assertEqual(stream.read(), picture)
        output = self.fails(WRONG_USAGE, "plot", "seats", "--output", self.file("a.gif"))
        self.assertIn(".png or .svg", output)

    def test_pictures_without_matplotlib(self):
        hidden = os.path.join(self.folder, "hidden")
        os.mkdir(hidden)
        self.file("hidden/sitecustomize.py", "import sys\nsys.modules['matplotlib'] = None\n")
        path = os.pathsep.join([hidden, environment()["PYTHONPATH"]])
        target = self.file("a.png")
        output = self.fails(WRONG_USAGE, "plot", "seats", "--output", target, anew=True,
                          PYTHONPATH=path)
        self.assertIn("pip install '.[plot]' in a clone", output)
        self.assertIn("seats in use", self.ok("plot", "seats", anew=True, PYTHONPATH=path))
        self.assertFalse(os.path.exists(target))

    def test_json_has_the_data_of_the_plot(self):
        used = [step["used"] for step in self.json("plot", "seats", "#1", **self.may)]
        self.assertEqual(used, [0, 0, 1, 2, 3, 2])
        self.assertEqual(len(self.json("plot", "utilization", **self.may)), 2)

    def test_output_and_json_exclude_each_other(self):
        path = self.file("seats.svg")
        for what in ("seats", "utilization"):
            self.assertIn("--json", self.fails(WRONG_USAGE, "plot", what, "-o", path, "--json"))
        self.assertFalse(os.path.exists(path))

    def test_nothing_to_draw(self):
        self.assertIn("no seats were in use", self.ok("plot", "seats", "Endless", **self.may))
        until = ["--until", "2025-01-01"]
        self.assertIn("no seats were in use", self.ok("plot", "seats", "#1", *until, **self.may))
        self.fails(WRONG_USAGE, "plot", "seats", "--until", "yesterday")


class UsesTest(CommandTest):
    def setUp(self):
        super().setUp()
        self.ok("assign", "Figma", "ada@example.com", SEATBOOK_NOW="2026-01-01T00:00:00Z",
                book=self.create_book())
        self.february = {"SEATBOOK_NOW": "2026-02-01T00:00:00Z", "book": self.book}

    def create_book(self):
        """Creates the book of this test, with a clock in the past."""
        self.book = self.file("past.db")
        with seatbook.open(self.book, clock=seatbook.ManualClock("2026-01-01T00:00:00Z")) as book:
            desk = book.session("setup", role="super_admin")
            ada = desk.add_person(name="Ada Byron", email="ada@example.com")
            desk.add_license(name="Figma", total_seats=1, owner=ada)
        return self.book

    def test_import_of_a_sign_in_log(self):
        path = self.file("log.csv", (
            "\ufeffUser,When,App\r\n"
            "ADA@example.com,2026-01-20,figma\r\n\r\n"
            "ada@example.com,2026-01-10T08:00:00Z,Figma\r\n"
            "ada@example.com,soon,Figma\r\n"
            "no@example.com,2026-01-10,Figma\r\n"
            "ada@example.com,2026-01-10,Sketch\r\n"
        ))
        columns = ["User=email", "When=used_at", "App=license"]
        mapped = [part for column in columns for part in ("--column", column)]
        output = self.ok("import", "uses", path, *mapped, "--dry-run", **self.february)
        self.assertIn("Dry run", output)
        refused = self.fails(
            WRONG_USAGE, "import", "uses", path, *mapped, "--all-or-nothing", **self.february
        )
        self.assertIn("nothing was changed", refused)
        unreadable = self.file("unreadable.csv", (
            "email,used_at\nada@example.com,2026-01-20\nada@example.com,soon\n"
        ))
        refused = self.fails(
            WRONG_USAGE, "import", "uses", unreadable, "--license", "Figma", "--all-or-nothing",
            **self.february
        )
        self.assertIn("line 3: invalid_date; nothing was changed", refused)
        self.assertIsNone(self.last_use())
        report = self.json("import", "uses", path, *mapped, **self.february)
        self.assertEqual((report["rows"], report["recorded"]), (5, 2))
        codes = [(row["line"], row["code"]) for row in report["not_recorded"]]
        self.assertEqual(codes, [
            (5, "invalid_date"), (6, "person_not_found"), (7, "license_not_found")
        ])
        self.assertEqual(self.last_use(), "2026-01-20")

    def last_use(self):
        with seatbook.open(self.book, read_only=True) as book:
            used = book.session("test", role="super_admin").last_use(1)
            return None if used is None else used.date().isoformat()

    def test_import_of_a_log_of_one_license(self):
        path = self.file("log.csv", "email,used_at\nada@example.com,2026-01-20\n")
        self.ok("import", "uses", path, "--license", "Figma", **self.february)
        self.assertEqual(self.last_use(), "2026-01-20")
        self.ok("licenses", "add", "FIGMA", "--owner", "1", **self.february)
        named = self.file("named.csv", "email,used_at,license\n"
                          "ada@example.com,2026-01-25,Figma\nada@example.com,2026-01-24,#1\n")
        report = self.json("import", "uses", named, **self.february)
        self.assertEqual([row["code"] for row in report["not_recorded"]], ["ambiguous_name"])
        self.assertEqual(self.last_use(), "2026-01-24")
        output = self.fails(WRONG_USAGE, "import", "uses", path, **self.february)
        self.assertIn('no column "license"', output)


    def test_an_invalid_csv_log(self):
        for rows in ('ada@example.com,"2026-01-20\n', 'ada@example.com,"2026-01-20"x\n'):
            path = self.file("broken.csv", "email,used_at\nada@example.com,2026-01-19\n" + rows)
            output = self.fails(
                WRONG_USAGE, "import", "uses", path, "--license", "Figma", **self.february
            )
            self.assertIn("broken.csv, line 3:", output)
        self.assertIsNone(self.last_use())

    def many(self):
        rows = ["ada@example.com,2026-01-20\n"] * 100_000 + ["ada@example.com,2026-01-21\n"]
        return self.file("many.csv", "email,used_at\n" + "".join(rows))

    def test_a_long_log(self):
        arguments = ["import", "uses", self.many(), "--license", "Figma"]
        output = self.fails(WRONG_USAGE, *arguments, "--all-or-nothing", **self.february)
        self.assertIn("--all-or-nothing accepts up to 100,000 rows", output)
        self.assertIsNone(self.last_use())
        self.assertEqual(self.json(*arguments, **self.february)["rows"], 100_001)
        self.assertEqual(self.last_use(), "2026-01-21")

    def test_an_interrupted_log(self):
        path = self.many()
        code, output = self.in_terminal("import", "uses", path, "--license", "Figma",
                                      interrupt_at=b"Importing",
                                      SEATBOOK_NOW="2026-02-01T00:00:00Z")
        self.assertEqual(code, INTERRUPTED, output)
        self.assertIn("nothing was changed", output)
        self.assertIsNone(self.last_use())


class UrlsTest(CommandTest):
    """URLs of a server that does not exist; database_command_test.py uses a real one."""

    URL = "postgresql://ada:se%40cret@127.0.0.1:1/acme?sslpassword=hush"

    def test_no_password_is_shown(self):
        for arguments in (["init"], ["people"], ["init", self.URL, "--name", "other"],
                          ["--name", "other", "check"]):
            done = self.run_command(*arguments, book=self.URL)
            self.assertNotEqual(done.returncode, 0, arguments)
            self.assertNotIn("Traceback", done.stderr)
            for secret in ("se%40cret", "se@cret", "hush"):
                self.assertNotIn(secret, done.stdout + done.stderr)

    def test_malformed_urls_are_neither_shown_nor_created(self):
        for place in (
            "postgresql+psycopg2://ada:hush@h/x",
            "postgres:/ada:hush@h/x",
            "postgres//ada:hush@h/x",
            "postgresql:ada:hush@h/x",
            "host=127.0.0.1 user=ada password=hush",
            "keepalives=1 password = hush",
            "mysql://ada:hush@h/x",
            "ada:hush@h",
            "postgresql://ada:hush/more@127.0.0.1:1/x",
        ):
            for arguments in (["people"], ["init"], ["check", "--json"]):
                output = self.fails(WRONG_USAGE, *arguments, book=place)
                self.assertIn("postgresql://user@host/database", output)
                self.assertNotIn("hush", output)
        self.assertEqual({*os.listdir(self.folder)} - {"acme.db-lock"}, {"acme.db"})
        output = self.fails(STORAGE_TROUBLE, "people", book=" postgresql://ada:hush@127.0.0.1:1/x ")
        self.assertNotIn("hush", output)
        for place in ("postgresql://127.0.0.1:1/x?user=ada@b", "postgresql://[::1]:1/x?user=a@b"):
            self.fails(STORAGE_TROUBLE, "people", book=place)
        self.ok("init", "a=b, c.db")

    def test_a_file_has_no_name(self):
        self.assertIn("URL", self.fails(WRONG_USAGE, "--name", "other", "people"))


def setUpModule():
    # A process that a shell has started in the background ignores SIGINT, and so would its children.
    signal.signal(signal.SIGINT, signal.default_int_handler)


if __name__ == "__main__":
    unittest.main()
