#!/usr/bin/env python3
"""Renders the README's picture, docs/images/session.svg: a session of the `seatbook` command.

    tools/python.sh tools/readme_picture.py

The commands run in a pseudo-terminal, on a temporary book. SEATBOOK_NOW fixes the dates, so the
picture changes only if the output of a command changes.
"""

import inspect
import os
import pty
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

PICTURE = Path(__file__).resolve().parents[1] / "docs/images/session.svg"
COLUMNS = 88
# Commands that fill the book, with their dates. They are not shown.
SETUP = [
    ("2026-01-05", ["init"]),
    ("2026-01-05", ["people", "add", "Ada Byron", "ada@example.com"]),
    ("2026-01-05", ["people", "add", "Bo Lind", "bo@example.com"]),
    ("2026-01-05", ["people", "add", "Cy Ode", "cy@example.com"]),
    ("2026-01-05", ["licenses", "add", "Inkwell", "--seats", "2", "--owner", "Ada Byron",
                    "--cost", "12.50", "--currency", "USD"]),
    ("2026-01-05", ["licenses", "add", "Vector", "--seats", "5", "--owner", "Ada Byron",
                    "--cost", "40", "--currency", "USD"]),
    ("2026-01-12", ["assign", "Inkwell", "Bo Lind"]),
    ("2026-01-19", ["assign", "Inkwell", "Ada Byron"]),
    ("2026-02-02", ["assign", "Vector", "Bo Lind"]),
]  # fmt: skip
TODAY = "2026-03-02"
SHOWN = [
    ["assign", "Inkwell", "Cy Ode"],
    ["report", "reclaim"],
    ["revoke", "Inkwell", "Bo Lind", "--reason", "Not used", "--yes"],
    ["assign", "Inkwell", "Cy Ode"],
    ["history", "--license", "Inkwell"],
]


def run(folder, day, arguments, may_fail=False):
    """Returns the command's output, with its ANSI color sequences."""
    variables = {
        **{name: value for name, value in os.environ.items() if name[:9] != "SEATBOOK_"},
        "SEATBOOK_BOOK": str(folder / "acme.db"),
        "SEATBOOK_NOW": f"{day}T09:00:00Z",
        "LOGNAME": "it-desk",
        "COLUMNS": str(COLUMNS),
        "TERM": "xterm-256color",
    }
    variables.pop("NO_COLOR", None)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "seatbook.cli", *arguments]
    process = subprocess.Popen(command, env=variables, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    output = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # EIO: the command has closed the terminal
            break
        if not part:
            break
        output += part
    os.close(ours)
    if process.wait() and not may_fail:
        sys.exit(f"seatbook {quoted(arguments)}:\n{output.decode()}")
    return output.decode().replace("\r\n", "\n")


def quoted(arguments):
    return " ".join(f'"{word}"' if " " in word else word for word in arguments)


def main():
    with tempfile.TemporaryDirectory() as name, open(os.devnull, "w", encoding="utf-8") as nowhere:
        folder = Path(name)
        for day, arguments in SETUP:
            run(folder, day, arguments)
        console = Console(record=True, width=COLUMNS, file=nowhere, force_terminal=True)
        for number, arguments in enumerate(SHOWN):
            if number:
                console.print()
            prompt = Text("$ ", "bold green")
            console.print(prompt.append(f"seatbook {quoted(arguments)}", "bold"))
            console.print(Text.from_ansi(run(folder, TODAY, arguments, may_fail=True).rstrip()))
        options = {"title": "seatbook"}
        if "unique_id" in inspect.signature(console.export_svg).parameters:
            options["unique_id"] = "session"
        picture = console.export_svg(**options)
    # Without these rules the picture loads no font from the network.
    picture = re.sub(r"\s*@font-face \{.*?\}", "", picture, flags=re.S)
    picture = "".join(f"{line.rstrip()}\n" for line in picture.splitlines())
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(picture, "utf-8")
    print(PICTURE.relative_to(PICTURE.parents[2]))


if __name__ == "__main__":
    main()
