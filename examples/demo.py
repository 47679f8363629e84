#!/usr/bin/env python3
"""A demo of the `seatbook` command: half a year in a small company, scene by scene.

    demo.py FOLDER [--people FILE --licenses FILE]

Creates the book and the other files in FOLDER. Runs each command in a separate process and prints
the command and its output. Checks every result against the book: the first mismatch ends the demo
with a line on standard error and exit code 1.

The default files are in examples/data. PEOPLE_COLUMNS, HOLDER_COLUMNS and LICENSE_COLUMNS map the
columns of the files, which are those of another product's export.
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
# The demo ends shortly before today, so that its book can be used with the system clock.
DAYS = 180
# Seats to assign until a license is full. The total of a larger license is reduced to fit.
MAX_ASSIGNED = 4
MAX_LINES = 18


class Mismatch(Exception):
    """A result that the demo does not expect."""


def expect(condition, what):
    if not condition:
        raise Mismatch(what)


class Demo:
    def __init__(self, folder, people, licenses):
        self.folder, self.people_file, self.licenses_file = folder, people, licenses
        self.now = datetime.datetime.now(datetime.timezone.utc).replace(
            hour=9, minute=0, second=0, microsecond=0
        ) - datetime.timedelta(days=DAYS + 1)
        self.scenes = self.runs = 0
        self.terminal = sys.stdout.isatty()
        self.width = min(shutil.get_terminal_size((100, 24)).columns, 120)
        self.color = self.terminal and not os.environ.get("NO_COLOR")

    # Output.

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

    # Commands.

    def later(self, days):
        self.now += datetime.timedelta(days=days)

    def variables(self):
        return {
            **os.environ,
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
        return os.waitstatus_to_exitcode(status), seen.decode("utf-8").replace("\r\n", "\n")

    def query(self, *arguments):
        """Returns the JSON output of a command, without printing it."""
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
        self.print("Seatbook tracks software seats. This is a demo of its command.")
        self.scene("A book", "A book is one file. It starts empty.")
        self.run("init")
        expect(self.query("people") == [], "the book is empty")
        self.scene(
            "An inventory",
            "Two CSV files that another product has exported. --column maps their columns. A dry "
            "run shows the result and changes nothing.",
        )
        people = ["import", "people", str(self.people_file)]
        self.run(*people, *columns(PEOPLE_COLUMNS), "--dry-run")
        expect(self.query("people") == [], "a dry run changes nothing")
        self.run(*people, *columns(PEOPLE_COLUMNS))
        self.say("The licenses file names holders. Known people are not changed.")
        self.run("import", "people", str(self.licenses_file), *columns(HOLDER_COLUMNS))
        self.say("Then the licenses, with a seat for each holder. Dates and costs are American.")
        self.owner = next(row for row in self.query("people", "--state", "active") if row["email"])
        self.run(
            "import", "licenses", str(self.licenses_file), *columns(LICENSE_COLUMNS), *DOLLARS,
            "--owner", self.owner["email"],
        )
        seats = self.query("report", "utilization", "--by", "book")[0]["used"]
        with self.licenses_file.open(encoding="utf-8-sig", newline="") as stream:
            rows = sum(1 for _ in csv.DictReader(stream))
        expect(0 < seats <= rows, "the holders have their seats")
        self.licenses = self.query("licenses")
        self.run("licenses")

    def fill(self):
        self.later(10)
        self.license, free, total = self.choose_license()
        name = self.license["name"]
        self.scene("A license fills up", f"{name} has {total} seats, and people request them.")
        if total != self.license["total_seats"]:
            self.run("licenses", "seats", name, str(total))
        people = self.people_without_seat()
        for person in people[:free]:
            self.run("assign", name, person["email"])
            self.later(6)
        expect(self.query("show", name)["usage"]["used"] == total, f"{name} is full")
        self.say("The next one is refused, with an error code. A refused command changes nothing.")
        before = self.query("history", "--limit", "1")
        output = self.run("assign", name, people[free]["email"], code=REFUSED)
        expect("no_seats_remaining" in output, "the license is full")
        expect(self.query("history", "--limit", "1") == before, "a refused command adds no history")
        self.run("show", name)

    def bulk(self):
        self.later(5)
        self.joiner = self.people_without_seat()[0]
        others = [row for row in self.licenses if row["id"] != self.license["id"]][:3]
        names = [self.reference(row) for row in [self.license, *others]]
        self.scene(
            "A person joins",
            f"{self.joiner['name']} needs several licenses. One command assigns them; each license "
            "is checked separately.",
        )
        output = self.run("bulk-assign", self.joiner["email"], *names)
        rows = self.query("my", self.joiner["email"])
        expect(f"Bulk assign: {len(rows)} assigned" in output, "the summary has all assignments")
        expect("no seats left" in output and rows, "only the full license is skipped")
        self.run("my", self.joiner["email"])

    def reclaim(self):
        self.later(45)
        name = self.license["name"]
        # The holder of the oldest seat does not sign in.
        unused = self.query("show", name)["seats"][0]
        log = self.folder / "sign-ins.csv"
        yesterday = (self.now - datetime.timedelta(days=1)).date().isoformat()
        signed_in = 0
        with log.open("w", encoding="utf-8", newline="") as stream:
            lines = csv.writer(stream)
            lines.writerow(["User", "Application", "Signed in"])
            for license in self.licenses:
                for row in self.query("show", f"#{license['id']}")["seats"]:
                    if row["email"] and row["assignment"] != unused["assignment"]:
                        lines.writerow([row["email"], self.reference(license), yesterday])
                        signed_in += 1
        self.scene("Unused seats", "A sign-in log has the dates of the last use.")
        mapped = columns(["User=email", "Application=license", "Signed in=used_at"])
        output = self.run("import", "uses", str(log), *mapped)
        expect(re.search(rf" {signed_in:,}$", output, re.M), "every use is recorded")
        self.say("Seats not used for 30 days, and what revoking each would save per month:")
        output = self.run("report", "reclaim")
        rows = self.query("report", "reclaim")["rows"]
        expect([row["assignment"] for row in rows] == [unused["assignment"]], "one seat is unused")
        expect(unused["name"] in output, "the list has the holder")

    def leave(self):
        self.later(20)
        leaver = next(
            row for row in self.query("show", self.license["name"])["seats"]
            if row["email"] != self.owner["email"] and not row["archived"]
        )
        self.leaver = leaver["name"]
        held = len(self.query("my", leaver["email"]))
        self.scene(
            "A person leaves",
            "Archiving does not revoke seats. They stay in use and are flagged for review.",
        )
        self.run("archive", "person", leaver["email"], "--yes")
        output = self.run("review")
        flagged = [row for row in self.query("review") if row["name"] == self.leaver]
        expect(len(flagged) == held and self.leaver in output, "all their seats are flagged")
        self.later(2)
        self.run("revoke", "--all-of", leaver["email"], "--reason", "left the company", "--yes")
        expect(self.query("my", leaver["email"]) == [], "they hold no seats")
        self.revoked_at = self.now

    def renew(self):
        self.later(15)
        dated = sorted(row["renewal_date"] for row in self.licenses if row["renewal_date"])
        self.scene("Renewals", "Licenses to renew, the seats they need, and the saving.")
        if not dated:
            self.say("No license of this inventory has a renewal date.")
            return
        until = ["--until", dated[-1], "--days", "60"]
        self.run("report", "renewals", *until)
        rows = self.query("report", "renewals", *until)
        expect(len(rows) == len(dated), "every license with a date is due by the last of them")

    def audit(self):
        name = self.license["name"]
        day = (self.revoked_at - datetime.timedelta(days=5)).date().isoformat()
        self.scene(
            "An audit",
            f"The holders of {name} on {day}, and all changes since. History is never changed.",
        )
        output = self.run("report", "as-of", name, day)
        expect(self.leaver in output, "the person held a seat on that day")
        self.run("history", "--license", name, "--since", day, "--oldest-first")
        rows = self.query("history", "--license", name, "--since", day)
        expect([row["row"]["kind"] for row in rows].count("revoked") == 1, "one seat was revoked")

    def draw(self):
        self.later(30)
        name = self.license["name"]
        self.scene("Plots", "Seats over time. `--output x.png` or `x.svg` writes an image instead.")
        output = self.run("plot", "seats", name, "--height", "8", most=40)
        usage = self.query("show", name)["usage"]
        figures = f"{usage['used']:,} of {usage['total']:,}"
        expect(figures in output, "the title has the current seats")
        self.run("plot", "utilization")

    def restart(self):
        self.scene(
            "Backup and check",
            f"Each of the {self.runs} commands above was a separate process that opened and closed "
            "the file. The last two make a backup and verify it.",
        )
        copy = self.folder / "copy.db"
        self.run("backup", str(copy))
        self.run("check", "--book", str(copy))
        copied = self.query("people", "--book", str(copy))
        expect(copied == self.query("people"), "the copy is complete")
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
        shown = os.path.relpath(command)
        self.print()
        self.print(f"End of the demo. To try its book, run {shown} --help", "1")

    # Records for the scenes.

    def choose_license(self):
        """Returns a license with few free seats, their number, and the total to set.

        If there is none, returns a larger license with a smaller total.
        """
        candidates = len([row for row in self.query("people", "--state", "active") if row["email"]])
        limited = [
            row
            for row in self.licenses
            if row["total_seats"] and self.reference(row) == row["name"]
        ]
        expect(limited, "a license with a unique name has a limited total")
        free = {
            row["id"]: row["total_seats"] - self.query("show", f"#{row['id']}")["usage"]["used"]
            for row in limited[:20]
        }
        most = min(MAX_ASSIGNED, candidates - 3)
        expect(most >= 1, "there are people with emails")
        fitting = [row for row in limited[:20] if 1 < free[row["id"]] <= most]
        if fitting:
            return fitting[0], free[fitting[0]["id"]], fitting[0]["total_seats"]
        license = max(limited[:20], key=lambda row: free[row["id"]])
        assignable = min(most, free[license["id"]])
        total = license["total_seats"] - free[license["id"]] + assignable
        return license, assignable, total

    def reference(self, license):
        """Returns the license's name if it is unique, otherwise its id."""
        name = license["name"]
        alike = [row for row in self.licenses if row["name"].casefold() == name.casefold()]
        return name if len(alike) == 1 and not name.isdigit() else f"#{license['id']}"

    def people_without_seat(self):
        """Returns active people with an email who hold no seat on the license."""
        holders = {row["person"] for row in self.query("show", self.license["name"])["seats"]}
        rows = self.query("people", "--state", "active")
        return [
            row for row in rows
            if row["email"] and row["id"] not in holders and row["id"] != self.owner["id"]
        ]


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
