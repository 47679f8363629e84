#!/usr/bin/env python3
"""A tour of the `seatbook` command: half a year in a small company, scene by scene.

    demo.py FOLDER [--people FILE --licenses FILE]

The book and the other files are made in FOLDER. Each command is shown, run as a process of its own,
and its output shown as it came. Whatever the tour says was looked up in the book before: the first
surprise ends it with one line on standard error and exit status 1.

Without files of people and licenses it takes those in examples/data. The columns that it reads are
in PEOPLE_COLUMNS and LICENSE_COLUMNS: those of another product's export, mapped.
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
# The tour plays in the half year before today, so that its book can be used afterwards.
DAYS = 180
# So many seats are given before a license is full; a larger one gets its total set lower.
MOST_GIVEN = 4
SHOWN_LINES = 18


class Surprise(Exception):
    """Something is not as the tour says."""


def expect(truth, what):
    if not truth:
        raise Surprise(what)


class Tour:
    def __init__(self, folder, people, licenses):
        self.folder, self.people_file, self.licenses_file = folder, people, licenses
        self.now = datetime.datetime.now(datetime.timezone.utc).replace(
            hour=9, minute=0, second=0, microsecond=0
        ) - datetime.timedelta(days=DAYS + 1)
        self.scenes = self.runs = 0
        self.terminal = sys.stdout.isatty()
        self.width = min(shutil.get_terminal_size((100, 24)).columns, 120)
        self.color = self.terminal and not os.environ.get("NO_COLOR")

    # What is printed.

    def print(self, text="", style=""):
        print(f"\x1b[{style}m{text}\x1b[0m" if style and self.color else text, flush=True)

    def scene(self, title, text=""):
        self.scenes += 1
        self.print()
        self.print(f"== {self.scenes}. {title} ({self.now:%d %b %Y}) ==", "1;36")
        self.say(text)

    def say(self, text):
        if text:
            self.print()
            self.print(textwrap.fill(" ".join(text.split()), min(self.width, 100)))

    # What is run.

    def later(self, days):
        self.now += datetime.timedelta(days=days)

    def variables(self):
        return {
            **os.environ,
            "SEATBOOK_BOOK": str(self.folder / "acme.db"),
            "SEATBOOK_NOW": self.now.isoformat().replace("+00:00", "Z"),
            "COLUMNS": str(self.width),
        }

    def run(self, *arguments, code=0, most=SHOWN_LINES):
        """Shows a command and its output, and answers the text of that."""
        self.print()
        self.print("$ seatbook " + " ".join(self.quoted(part) for part in arguments), "1")
        command = [sys.executable, "-m", "seatbook.cli", *arguments]
        ended, shown = (self.in_terminal if self.terminal else self.in_pipe)(command)
        self.runs += 1
        lines = shown.rstrip("\n").split("\n")
        for line in lines[:most]:
            self.print(line)
        if len(lines) > most:
            self.print(f"... {len(lines) - most} more lines", "2")
        expect(ended == code, f"seatbook {shlex.join(arguments)} ended with {ended}")
        if code:
            self.print(f"(exit code {code})", "2")
        plain = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown)
        # A progress bar is written over; what a line ends with is what one reads.
        return "\n".join(line.rpartition("\r")[2] for line in plain.split("\n"))

    @staticmethod
    def quoted(part):
        """As one would type it: the commas and brackets of names need quotes, paths are short."""
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
        """In a terminal of the width of ours, so that colors and tables are as people see them."""
        process, master = pty.fork()
        if process == 0:
            os.execve(command[0], command, self.variables())
        seen = b""
        while True:
            select.select([master], [], [])
            try:
                part = os.read(master, 65536)
            except OSError:  # how Linux tells that the other side has closed
                part = b""
            if not part:
                break
            seen += part
        os.close(master)
        _, status = os.waitpid(process, 0)
        return os.waitstatus_to_exitcode(status), seen.decode("utf-8").replace("\r\n", "\n")

    def ask(self, *arguments):
        """What the book says, to be compared with what was shown."""
        done = subprocess.run(
            [sys.executable, "-m", "seatbook.cli", *arguments, "--json"],
            env=self.variables(), capture_output=True, encoding="utf-8", check=True,
        )
        return json.loads(done.stdout)

    # The scenes.

    def play(self):
        self.load()
        self.fill()
        self.bulk()
        self.reclaim()
        self.leave()
        self.renew()
        self.audit()
        self.draw()
        self.restart()

    def load(self):
        self.print("Seatbook keeps the books on software seats. This is its command.")
        self.scene("A book", "A book is one file, and empty at first.")
        self.run("init")
        expect(self.ask("people") == [], "the book is empty")
        self.scene(
            "An inventory",
            "Two files that another product has exported, as they are: --column says what its "
            "columns are called here. A dry run tells what would happen, and changes nothing.",
        )
        people = ["import", "people", str(self.people_file)]
        told = self.run(*people, *columns(PEOPLE_COLUMNS), "--dry-run")
        expect("nothing has changed" in told and self.ask("people") == [], "a dry run is dry")
        self.run(*people, *columns(PEOPLE_COLUMNS))
        self.say("The file of licenses names their holders; who is known stays as they are.")
        told = self.run("import", "people", str(self.licenses_file), *columns(HOLDER_COLUMNS))
        rows = int(re.search(r"^rows +([0-9,]+)$", told, re.M)[1].replace(",", ""))
        self.say("Now the licenses, with a seat for each holder. Dates and costs are American.")
        self.owner = next(row for row in self.ask("people", "--state", "active") if row["email"])
        self.run(
            "import", "licenses", str(self.licenses_file), *columns(LICENSE_COLUMNS), *DOLLARS,
            "--owner", self.owner["email"],
        )
        seats = self.ask("report", "utilization", "--by", "book")[0]["used"]
        expect(0 < seats <= rows, "the holders have their seats")
        self.licenses = self.ask("licenses")
        self.run("licenses")

    def fill(self):
        self.later(10)
        self.license, free, total = self.chosen()
        name = self.license["name"]
        self.scene("A license fills up", f"{name} has {total} seats. People ask for them.")
        if total != self.license["total_seats"]:
            self.run("licenses", "seats", name, str(total))
        people = self.without_seat()
        for person in people[:free]:
            self.run("assign", name, person["email"])
            self.later(6)
        expect(self.ask("show", name)["usage"]["used"] == total, f"{name} is full")
        self.say("One more: refused, with a code for programs. A refused command changes nothing.")
        before = self.ask("history", "--limit", "1")
        told = self.run("assign", name, people[free]["email"], code=REFUSED)
        expect("no_seats_remaining" in told, "the license is full")
        expect(self.ask("history", "--limit", "1") == before, "a refusal leaves no trace")
        self.run("show", name)

    def bulk(self):
        self.later(5)
        self.joiner = self.without_seat()[0]
        others = [row for row in self.licenses if row["id"] != self.license["id"]][:3]
        names = [self.called(row) for row in [self.license, *others]]
        self.scene(
            "Somebody joins",
            f"{self.joiner['name']} needs several programs. One call; each license decides on its "
            "own.",
        )
        told = self.run("bulk-assign", self.joiner["email"], *names)
        rows = self.ask("my", self.joiner["email"])
        expect(f"Bulk assign: {len(rows)} assigned" in told, "the line tells what was assigned")
        expect("no seats left" in told and rows, "the full license is skipped, the others are not")
        self.run("my", self.joiner["email"])

    def reclaim(self):
        self.later(45)
        name = self.license["name"]
        # Who has had their seat longest does not sign in to it any more.
        idle = self.ask("show", name)["seats"][0]
        log = self.folder / "sign-ins.csv"
        yesterday = (self.now - datetime.timedelta(days=1)).date().isoformat()
        signed_in = 0
        with log.open("w", encoding="utf-8", newline="") as stream:
            lines = csv.writer(stream)
            lines.writerow(["User", "Application", "Signed in"])
            for license in self.licenses:
                for row in self.ask("show", f"#{license['id']}")["seats"]:
                    if row["email"] and row["assignment"] != idle["assignment"]:
                        lines.writerow([row["email"], self.called(license), yesterday])
                        signed_in += 1
        self.scene("What nobody uses", "A log of sign-ins says when seats were last used.")
        mapped = columns(["User=email", "Application=license", "Signed in=used_at"])
        told = self.run("import", "uses", str(log), *mapped)
        expect(re.search(rf"noted +{signed_in:,}$", told, re.M), "every use is noted")
        self.say("Seats that nobody has used for 30 days, and what each would save a month:")
        told = self.run("report", "reclaim")
        rows = self.ask("report", "reclaim")["rows"]
        expect([row["assignment"] for row in rows] == [idle["assignment"]], "one seat is idle")
        expect(idle["name"] in told, "the list says whose")

    def leave(self):
        self.later(20)
        leaver = next(
            row for row in self.ask("show", self.license["name"])["seats"]
            if row["email"] != self.owner["email"] and not row["archived"]
        )
        self.leaver = leaver["name"]
        held = len(self.ask("my", leaver["email"]))
        self.scene(
            "Somebody leaves",
            "Archiving takes nothing away: seats stay in use, and wait for somebody to decide.",
        )
        told = self.run("archive", "person", leaver["email"], "--yes")
        expect(f"{held} seat" in told, "every seat of theirs is flagged")
        told = self.run("review")
        expect(self.leaver in told, "the seats wait for review")
        self.later(2)
        self.run("revoke", "--all-of", leaver["email"], "--reason", "left the company", "--yes")
        expect(self.ask("my", leaver["email"]) == [], "they hold nothing any more")
        self.free_at = self.now

    def renew(self):
        self.later(15)
        dated = sorted(row["renewal_date"] for row in self.licenses if row["renewal_date"])
        self.scene("Renewals", "What renews, how many seats it would take, what that saves.")
        if not dated:
            self.say("No license of this inventory has a renewal date.")
            return
        until = ["--until", dated[-1], "--days", "60"]
        self.run("report", "renewals", *until)
        rows = self.ask("report", "renewals", *until)
        expect(len(rows) == len(dated), "every license with a date is due by the last of them")

    def audit(self):
        name = self.license["name"]
        day = (self.free_at - datetime.timedelta(days=5)).date().isoformat()
        self.scene(
            "An auditor asks",
            f"Who held {name} on {day}? And who did what since? Rows of history are never changed.",
        )
        told = self.run("report", "as-of", name, day)
        expect(self.leaver in told, "they held a seat then")
        self.run("history", "--license", name, "--since", day, "--oldest-first")
        rows = self.ask("history", "--license", name, "--since", day)
        expect([row["row"]["kind"] for row in rows].count("revoked") == 1, "one seat was revoked")

    def draw(self):
        self.later(30)
        name = self.license["name"]
        self.scene("Pictures", "Seats over time; `--output x.png` or `x.svg` draws it for a slide.")
        told = self.run("plot", "seats", name, "--height", "8", most=40)
        usage = self.ask("show", name)["usage"]
        expect(f"{usage['used']:,} of {usage['total']:,}" in told, "the title tells today's seats")
        self.run("plot", "utilization")

    def restart(self):
        self.scene(
            "The book is still there",
            f"Each of the {self.runs} commands above was a process that opened the file and closed "
            "it again; nothing else has kept anything. Now a copy, and whether all adds up:",
        )
        copy = self.folder / "copy.db"
        self.run("backup", str(copy))
        told = self.run("check", "--book", str(copy))
        expect("The book is sound" in told, "replaying the history gives today's records")
        expect(self.ask("people", "--book", str(copy)) == self.ask("people"), "the copy is whole")
        command = self.folder / "seatbook"
        package = os.environ.get("PYTHONPATH", "")
        command.write_text(
            "#!/bin/sh\n# The command on the book of the tour, without installing it.\n"
            f"export PYTHONPATH={shlex.quote(package)}\n"
            f": ${{SEATBOOK_BOOK:={shlex.quote(str(self.folder / 'acme.db'))}}}\n"
            f"export SEATBOOK_BOOK\nexec {shlex.quote(sys.executable)} -m seatbook.cli \"$@\"\n",
            encoding="utf-8",
        )
        command.chmod(command.stat().st_mode | stat.S_IXUSR)
        shown = os.path.relpath(command)
        self.print()
        self.print(f"The tour is over. Its book is yours to try: {shown} --help", "1")

    # What the scenes choose.

    def chosen(self):
        """A license that fills with few seats, how many are free, and how many it shall have: in an
        inventory without such a one, a large license gets a smaller total."""
        able = len([row for row in self.ask("people", "--state", "active") if row["email"]])
        limited = [
            row for row in self.licenses if row["total_seats"] and self.called(row) == row["name"]
        ]
        expect(limited, "a license of a name of its own has a number of seats")
        free = {
            row["id"]: row["total_seats"] - self.ask("show", f"#{row['id']}")["usage"]["used"]
            for row in limited[:20]
        }
        most = min(MOST_GIVEN, able - 3)
        expect(most >= 1, "there are people with emails")
        fitting = [row for row in limited[:20] if 1 < free[row["id"]] <= most]
        if fitting:
            return fitting[0], free[fitting[0]["id"]], fitting[0]["total_seats"]
        license = max(limited[:20], key=lambda row: free[row["id"]])
        given = min(most, free[license["id"]])
        total = license["total_seats"] - free[license["id"]] + given
        return license, given, total

    def called(self, license):
        """What names this license and no other."""
        name = license["name"]
        alike = [row for row in self.licenses if row["name"].casefold() == name.casefold()]
        return name if len(alike) == 1 and not name.isdigit() else f"#{license['id']}"

    def without_seat(self):
        """Active people with an email, without a seat on the license of the tour."""
        holders = {row["person"] for row in self.ask("show", self.license["name"])["seats"]}
        rows = self.ask("people", "--state", "active")
        return [
            row for row in rows
            if row["email"] and row["id"] not in holders and row["id"] != self.owner["id"]
        ]


def columns(given):
    return [part for column in given for part in ("--column", column)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("folder", type=Path, help="an empty folder, or none yet")
    parser.add_argument("--people", type=Path, default=DATA / "people.csv")
    parser.add_argument("--licenses", type=Path, default=DATA / "licenses.csv")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    try:
        Tour(given.folder.resolve(), given.people.resolve(), given.licenses.resolve()).play()
    except Surprise as surprise:
        print(f"demo: not as the tour says: {surprise}", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        print(f"demo: {shlex.join(error.cmd[2:])}: {error.stderr.strip()}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
