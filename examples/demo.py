#!/usr/bin/env python3
"""The tour of the `seatbook` command: plays the scenes of examples/data/scenes.txt.

    demo.py FOLDER [--people FILE --licenses FILE]

Creates the book and the other files in FOLDER. Runs each command in a separate process and prints
the command and its output. Checks every result against the book: the first mismatch ends the demo
with a line on standard error and exit code 1.

The default files are in examples/data. PEOPLE_COLUMNS, HOLDER_COLUMNS and LICENSE_COLUMNS map the
columns of the files, which are those of another product's export. examples/tour.cpp plays the same
scenes with the C++ library.
"""

import argparse
import csv
import datetime
import json
import os
import pty
import re
import select
import shlex
import shutil
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"
PEOPLE_COLUMNS = ["Activated=active"]
HOLDER_COLUMNS = ["Full Name=name"]
LICENSE_COLUMNS = [
    "Item name=name",
    "manufacturer=vendor",
    "seats=total_seats",
    "purchase cost=cost_per_seat",
    "expiration date=renewal_date",
    "Email=holder_email",
]
DOLLARS = ["--date-order", "month_day_year", "--currency-sign", "$", "--currency", "USD"]
REFUSED = 1
OPERATOR = "operator@tour.example"  # the owner of the licenses
TEAM = "Tour Whiteboard"  # the license of the roster
# The free seats of the license that fills up.
FREE_SEATS = range(2, 5)
# The scenes take less than a month longer than the days between them.
MORE_DAYS = 30
MAX_LINES = 18


class Mismatch(Exception):
    """A result that the demo does not expect."""


def expect(condition, what):
    if not condition:
        raise Mismatch(what)


class Scene:
    def __init__(self, text):
        heading, *paragraphs = text.split("\n\n")
        first, _, introduction = heading.partition("\n")
        self.key, self.tour, days, self.title = first.split(" ", 3)
        self.days = int(days)
        self.paragraphs = [" ".join(part.split()) for part in [introduction, *paragraphs]]


def read_scenes():
    text = (DATA / "scenes.txt").read_text("utf-8")
    return [Scene(part.strip()) for part in re.split(r"^== ", text, flags=re.M)[1:]]


class Demo:
    def __init__(self, folder, people, licenses):
        self.folder, self.people_file, self.licenses_file = folder, people, licenses
        self.all_scenes = read_scenes()
        # The demo ends shortly before today, so that its book can be used with the system clock.
        days = sum(scene.days for scene in self.all_scenes) + MORE_DAYS
        self.now = datetime.datetime.now(datetime.timezone.utc).replace(
            hour=9, minute=0, second=0, microsecond=0
        ) - datetime.timedelta(days=days)
        self.cast = {}  # the names in the paragraphs
        self.paragraphs = []  # of the scene, not yet printed
        self.terminal = sys.stdout.isatty()
        self.width = min(shutil.get_terminal_size((100, 24)).columns, 120)
        self.color = self.terminal and not os.environ.get("NO_COLOR")

    def play(self):
        scenes = [scene for scene in self.all_scenes if scene.tour in ("both", "command")]
        for number, scene in enumerate(scenes, 1):
            self.later(scene.days)
            if number > 1:
                self.print()
            self.print(f"== {number}. {scene.title} ({self.now:%d %b %Y}) ==", "1;36")
            self.paragraphs = scene.paragraphs[:]
            self.say_next()
            getattr(self, "play_" + scene.key)()
            expect(not self.paragraphs, f"scene {scene.key} is printed completely")
        self.leave_command()

    # Output.

    def print(self, text="", style=""):
        print(f"\x1b[{style}m{text}\x1b[0m" if style and self.color else text, flush=True)

    def say_next(self):
        """Prints the next paragraph of the scene."""
        text = self.paragraphs.pop(0).format(**self.cast)
        self.print()
        self.print(textwrap.fill(text, min(self.width, 100)))

    # Commands.

    def later(self, days):
        self.now += datetime.timedelta(days=days)

    def variables(self):
        return {
            **os.environ,
            "LOGNAME": "operator",  # the actor in history
            "SEATBOOK_BOOK": str(self.folder / "acme.db"),
            "SEATBOOK_NOW": self.now.isoformat().replace("+00:00", "Z"),
            "COLUMNS": str(self.width),
        }

    def run(self, *arguments, code=0, most=MAX_LINES):
        """Runs a command, prints it and its output, and returns the output as plain text."""
        self.print()
        self.print("$ seatbook " + " ".join(self.quoted(part) for part in arguments), "1")
        command = [sys.executable, "-m", "seatbook.cli", *arguments]
        ended, shown = (self.in_terminal if self.terminal else self.in_pipe)(command)
        lines = shown.rstrip("\n").split("\n")
        for line in lines[:most]:
            self.print(line)
        if len(lines) > most:
            self.print(f"... {len(lines) - most} more lines", "2")
        expect(ended == code, f"seatbook {shlex.join(arguments)} ended with {ended}")
        if code:
            self.print(f"(exit code {code})", "2")
        plain = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown)
        # A progress bar overwrites its line: keep the final text.
        return "\n".join(line.rpartition("\r")[2] for line in plain.split("\n"))

    @staticmethod
    def quoted(part):
        """Returns the argument quoted for the shell, paths relative to the current folder."""
        path = Path(part)
        short = os.path.relpath(path) if path.is_absolute() else part
        return shlex.quote(short)

    def in_pipe(self, command):
        done = subprocess.run(
            command, env=self.variables(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, encoding="utf-8", check=False,
        )
        return done.returncode, done.stdout

    def in_terminal(self, command):
        """Runs the command in a pseudo-terminal, so that it prints colors and tables."""
        process, master = pty.fork()
        if process == 0:
            os.execve(command[0], command, self.variables())
        seen = b""
        while True:
            select.select([master], [], [])
            try:
                part = os.read(master, 65536)
            except OSError:  # the other side is closed
                part = b""
            if not part:
                break
            seen += part
        os.close(master)
        _, status = os.waitpid(process, 0)
        # The terminal adds a carriage return, also to a line that has one.
        text = re.sub(r"\r+\n", "\n", seen.decode("utf-8"))
        return os.waitstatus_to_exitcode(status), text

    def query(self, *arguments):
        """Returns the JSON output of a command, without printing it."""
        done = subprocess.run(
            [sys.executable, "-m", "seatbook.cli", *arguments, "--json"],
            env=self.variables(), capture_output=True, encoding="utf-8", check=True,
        )
        return json.loads(done.stdout)

    def refused(self, code, *arguments):
        """Runs a command that must fail with the error code and change nothing."""
        before = self.query("history", "--limit", "1")
        output = self.run(*arguments, code=REFUSED)
        expect(f"seatbook: {code}: " in output, f"the error is {code}")
        expect(self.query("history", "--limit", "1") == before, "a refused command adds no history")

    def write(self, name, *rows):
        """Writes a CSV file in the folder of the demo and returns its path."""
        path = self.folder / name
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows)
        return str(path)

    # The scenes.

    def play_book(self):
        self.run("init")
        self.run("people", "add", "Operator", OPERATOR)
        expect([row["email"] for row in self.query("people")] == [OPERATOR], "there is one person")

    def play_inventory(self):
        people = ["import", "people", str(self.people_file), *columns(PEOPLE_COLUMNS)]
        self.run(*people, "--dry-run")
        expect(len(self.query("people")) == 1, "a dry run changes nothing")
        self.run(*people)
        self.say_next()
        self.run("import", "people", str(self.licenses_file), *columns(HOLDER_COLUMNS))
        self.say_next()
        output = self.run(
            "import", "licenses", str(self.licenses_file), *columns(LICENSE_COLUMNS), *DOLLARS,
            "--owner", OPERATOR,
        )
        self.imported = self.query("history", "--limit", "1")[0]["row"]["seq"]
        self.seats_imported = self.seats_in_use()
        given = rf"(?m)^seats given +{self.seats_imported:,}$"
        expect(re.search(given, output), "the holders have their seats")
        self.choose_cast()
        self.run("licenses")

    def play_fill(self):
        for person in self.fillers:
            self.run("assign", self.license, person, "--access-level", "Editor")
            self.later(6)
        shown = self.query("show", self.license)
        total = self.cast["total"]
        expect(shown["usage"]["used"] == shown["usage"]["total"] == total, "the license is full")
        self.idle = shown["seats"][0]["assignment"]
        self.cast["idle"] = shown["seats"][0]["name"]
        self.say_next()
        self.refused("no_seats_remaining", "assign", self.license, self.joiner)
        self.refused("already_assigned", "assign", self.license, self.owner)
        self.run("show", self.license)

    def play_bulk(self):
        before = len(self.query("my", self.joiner))
        output = self.run("bulk-assign", self.joiner, self.license, *self.others)
        assigned = len(self.query("my", self.joiner)) - before
        expect(f"Bulk assign: {assigned} assigned" in output, "the summary has all assignments")
        expect("1 no seats left" in output, "the full license is skipped")
        self.run("my", self.joiner)

    def play_more(self):
        total = self.cast["total"] + 1
        self.run("licenses", "seats", self.license, str(total))
        self.run("assign", self.license, self.joiner)
        expect(self.query("show", self.license)["usage"]["used"] == total, "the seat is in use")
        self.refused("total_below_used", "licenses", "seats", self.license, str(total - 1))

    def play_roster(self):
        self.run("licenses", "add", TEAM, "--seats", "2", "--owner", OPERATOR)
        emails = [self.owner, self.joiner, "unknown@tour.example", self.successor]
        output = self.run("import", "roster", TEAM,
                          self.write("team.csv", ["Email"], *([email] for email in emails)))
        holders = [row["email"] for row in self.query("show", TEAM)["seats"]]
        expect(holders == emails[:2], "the first two people have seats")
        expect(all(email in output for email in emails[2:]), "the other rows are reported")

    def play_events(self):
        arguments = ["events", "--after", str(self.imported)]
        self.run(*arguments)
        kinds = [row["kind"] for row in self.query(*arguments)["events"]]
        assigned = kinds.count("software_assigned")
        expect(assigned == len(kinds), "every event is about an assigned seat")
        expect(self.seats_imported + assigned == self.seats_in_use(), "no event is missing")

    def play_unused(self):
        seats = self.query("report", "reclaim", "--days", "0", "--limit", "100000")["rows"]
        yesterday = (self.now - datetime.timedelta(days=1)).date().isoformat()
        log = self.write(
            "sign-ins.csv", ["User", "Application", "Signed in"],
            *([row["email"], f"#{row['license']}", yesterday]
              for row in seats if row["assignment"] != self.idle),
        )
        mapped = columns(["User=email", "Application=license", "Signed in=used_at"])
        output = self.run("import", "uses", log, *mapped)
        expect(re.search(rf"(?m) {len(seats) - 1:,}$", output), "every use is recorded")
        self.say_next()
        output = self.run("report", "reclaim")
        unused = self.query("report", "reclaim")["rows"]
        expect([row["assignment"] for row in unused] == [self.idle], "one seat is unused")
        expect(self.cast["idle"] in output, "the list has the holder")

    def play_leave(self):
        self.left = self.now.date().isoformat()
        held = len(self.query("my", self.joiner))
        self.run("archive", "person", self.joiner, "--yes")
        self.run("review")
        flagged = [row["email"] for row in self.query("review")]
        expect(flagged == [self.joiner] * held, "all their seats are flagged")
        self.say_next()
        self.run("transfer", self.license, self.joiner, self.successor)
        seats = self.query("show", self.license)["seats"]
        expect(seats[-1]["email"] == self.successor, "the successor has the seat")
        self.say_next()
        rest = ["revoke", "--all-of", self.joiner, "--reason", "project is over", "--yes"]
        self.run(*rest, "--dry-run")
        expect(len(self.query("my", self.joiner)) == held - 1, "a dry run changes nothing")
        self.run(*rest)
        expect(self.query("my", self.joiner) == [], "they hold no seats")

    def play_owner(self):
        self.run("owners", "set", self.license, "--owner", self.owner, "--backup", OPERATOR)
        self.run("archive", "person", self.owner, "--yes")
        self.run("owners")
        contacts = self.query("show", self.license)["contacts"]
        expect(contacts["owner_archived"], "the owner is archived")
        expect(contacts["approver"] == contacts["backup_owner"], "the backup owner gets requests")
        self.say_next()
        self.run("owners", "set", self.license, "--owner", OPERATOR, "--backup", self.successor)
        expect(self.query("owners") == [], "no owner is archived")
        self.run("reactivate", "person", self.owner)
        expect(self.query("review") == [], "no seat is flagged")

    def play_renewals(self):
        dates = [row["renewal_date"] for row in self.query("licenses") if row["renewal_date"]]
        until = ["--until", max(dates, default=self.left), "--days", "60"]
        self.run("report", "renewals", *until)
        rows = self.query("report", "renewals", *until)
        expect(len(rows) == len(dates), "every license with a date is due by the last of them")
        self.say_next()
        self.run("revoke", "--seat", str(self.idle), "--reason", "not used", "--yes")
        seats = [row["assignment"] for row in self.query("show", self.license)["seats"]]
        expect(self.idle not in seats, "the seat is revoked")

    def play_audit(self):
        arguments = ["report", "as-of", self.license, self.left]
        self.run(*arguments)
        held = self.query(*arguments)
        expect(self.joiner in [row["email"] for row in held], "the person who left held a seat")
        self.say_next()
        arguments = ["history", "--license", self.license, "--since", self.left, "--oldest-first"]
        self.run(*arguments)
        kinds = [row["row"]["kind"] for row in self.query(*arguments)]
        expect(kinds.count("transferred") == 2, "the seat has an old and a new holder")
        self.say_next()
        output = self.run("export", "seats", "--license", self.license)
        holders = self.query("show", self.license)["seats"]
        expect(output.count("\n") == 1 + len(holders), "the file has a line for each holder")

    def play_plots(self):
        output = self.run("plot", "seats", self.license, "--height", "8", most=40)
        usage = self.query("show", self.license)["usage"]
        expect(f"{usage['used']:,} of {usage['total']:,}" in output, "the title has the seats")
        self.run("plot", "utilization")

    def play_check(self):
        copy = str(self.folder / "copy.db")
        self.run("backup", copy)
        self.run("check", "--book", copy)
        copied = self.query("history", "--book", copy, "--limit", "100000")
        expect(copied == self.query("history", "--limit", "100000"), "the copy is complete")

    # Records for the scenes.

    def choose_cast(self):
        """Chooses the license that fills up, the people who request it, and other licenses.

        If no license has a few free seats, changes the total of the first one. Adds people if there
        are too few.
        """
        licenses = self.query("report", "utilization")
        if not licenses:
            sys.exit(f"demo: no license in {self.licenses_file.name} can be imported")
        names = [row["license_name"].casefold() for row in licenses]

        def reference(row):
            name = row["license_name"]
            unique = names.count(name.casefold()) == 1 and not name.isdigit()
            return name if unique else f"#{row['license']}"

        chosen = next((row for row in licenses if row["available"] in FREE_SEATS), licenses[0])
        self.license, free = reference(chosen), chosen["available"]
        if free not in FREE_SEATS:
            free = FREE_SEATS[1]
            self.run("licenses", "seats", self.license, str(chosen["used"] + free))
        self.others = [
            reference(row) for row in licenses if row is not chosen and row["available"] != 0
        ][:3]
        holders = [row["person"] for row in self.query("show", self.license)["seats"]]
        people = [
            row for row in self.query("people", "--state", "active")
            if row["email"] not in ("", OPERATOR) and row["id"] not in holders
        ][:free + 2]
        for guest in range(1, free + 3 - len(people)):
            people.append({"name": f"Guest {guest}", "email": f"guest-{guest}@tour.example"})
            self.run("people", "add", people[-1]["name"], people[-1]["email"])
        *self.fillers, self.joiner, self.successor = [row["email"] for row in people]
        self.owner = self.fillers[0]
        self.cast.update(
            license=chosen["license_name"], free=free, total=chosen["used"] + free,
            owner=people[0]["name"], joiner=people[-2]["name"], successor=people[-1]["name"],
        )

    def seats_in_use(self):
        return self.query("report", "utilization", "--by", "book")[0]["used"]

    def leave_command(self):
        """Writes a script that runs the command on the book of the demo."""
        command = self.folder / "seatbook"
        package = os.environ.get("PYTHONPATH", "")
        command.write_text(
            "#!/bin/sh\n# Runs the command on the book of the demo, without installing it.\n"
            f"export PYTHONPATH={shlex.quote(package)}\n"
            f": ${{SEATBOOK_BOOK:={shlex.quote(str(self.folder / 'acme.db'))}}}\n"
            f"export SEATBOOK_BOOK\nexec {shlex.quote(sys.executable)} -m seatbook.cli \"$@\"\n",
            encoding="utf-8",
        )
        command.chmod(command.stat().st_mode | stat.S_IXUSR)
        self.print()
        self.print(
            f"End of the demo. To try its book, run {os.path.relpath(command)} --help", "1"
        )


def columns(mappings):
    return [part for mapping in mappings for part in ("--column", mapping)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("folder", type=Path, help="a folder that is empty or does not exist")
    parser.add_argument("--people", type=Path, default=DATA / "people.csv")
    parser.add_argument("--licenses", type=Path, default=DATA / "licenses.csv")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    try:
        Demo(options.folder.resolve(), options.people.resolve(), options.licenses.resolve()).play()
    except Mismatch as mismatch:
        print(f"demo: unexpected result: {mismatch}", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        print(f"demo: {shlex.join(error.cmd[2:])}: {error.stderr.strip()}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
