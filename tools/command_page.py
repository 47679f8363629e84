#!/usr/bin/env python3
"""Writes docs/reference/command.md from what the command says of itself to --help.

    tools/python.sh tools/command_page.py [--check]

The examples are kept as they stand in the page, under the heading of their command, where
tests/docs/pages_test.py runs them. With --check it only says whether the page is what it would
write, and whether every command has an example.
"""

import re
import sys
from pathlib import Path

import click
import typer.main

from seatbook.cli.app import app

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "command.md"

HEAD = """# The command

<!-- Written by tools/command_page.py, but for the examples: change the help texts, not this. -->
<!-- after: ../tutorial.md -->
<!-- now: 2026-04-01 -->

"""
TAIL = """
The examples go on from one to the next, with the book of [the tutorial](../tutorial.md).

A text that may mean two records, such as `12`, an id and the name of another license, is refused
with a list of them; after `#` stands an id and nothing else. A book in a file is had by one command
at a time: while another has it, a command waits for up to 3 seconds, then ends with
`storage_in_use`. The book is closed before anything is shown, and while a question waits.

Shell completion: `seatbook --install-completion`, with `bash`, `zsh` or `fish` behind it where it
asks for one. Colors are for terminals; `NO_COLOR=1` turns them off. In a pipe a table has no rules
and is never wrapped. On a narrow terminal each record stands on lines of its own.

| variable | what it says |
|---|---|
| `SEATBOOK_BOOK` | the book, where `--book` does not |
| `SEATBOOK_NAME` | the name of the book in a database, where `--name` does not |
| `SEATBOOK_NOW` | an instant to be taken for the present: for tests and tours |
| `NO_COLOR` | no colors |
| `COLUMNS` | the width of the terminal, where it does not tell it itself |
"""


def commands(command, name):
    """Every command with its whole name, a group before those that are in it."""
    yield name, command
    if getattr(command, "commands", None):
        for word in command.list_commands(click.Context(command)):
            yield from commands(command.commands[word], f"{name} {word}")


def in_code(text):
    """Options as code: printed as text, two hyphens would become a dash."""
    return re.sub(r"(?<![`\w-])(--?[a-z]+(?:-[a-z]+)*)\b", r"`\1`", text)


def is_argument(parameter):
    return parameter.param_type_name == "argument"


def placeholder(parameter):
    """PERSON, [PERSON] or LICENSE...; for an option what it takes."""
    name = parameter.metavar or parameter.name.upper()
    if not is_argument(parameter):
        kind = parameter.type.name.upper()
        return parameter.metavar or {"TEXT": "TEXT", "INTEGER": "NUMBER"}.get(kind, "NUMBER"
                                     if "INTEGER" in kind else kind)
    name = name.strip("[]")
    several = "..." if parameter.nargs == -1 else ""
    return f"{name}{several}" if parameter.required else f"[{name}{several}]"


def usage(name, command):
    words = [name]
    if any(not is_argument(parameter) for parameter in shown(command)):
        words.append("[OPTIONS]")
    words += [placeholder(parameter) for parameter in command.params if is_argument(parameter)]
    if getattr(command, "commands", None):
        words.append("[COMMAND]" if command.invoke_without_command else "COMMAND")
    return " ".join(words)


def shown(command):
    return [parameter for parameter in command.params
            if parameter.name not in ("help", "install_completion", "show_completion")]


def rows(command):
    for parameter in shown(command):
        if is_argument(parameter):
            called = placeholder(parameter).strip("[]")
        else:
            called = ", ".join([*parameter.opts, *parameter.secondary_opts])
            if not parameter.is_flag:
                called += " " + placeholder(parameter)
        text = parameter.help or ""
        if not is_argument(parameter) and parameter.required:
            text += " Required."
        elif parameter.default not in (None, "", False, [], ()) and not callable(parameter.default):
            text += f" Default: {parameter.default}."
        yield called, in_code(text.replace("|", "\\|").strip())


def part(name, command, examples):
    """The text about one command."""
    level = "#" * len(name.split())
    help_text = "\n".join(line.strip() for line in (command.help or "").strip().splitlines())
    text = ""
    if name != "seatbook":
        text += f"\n{level} {name}\n\n"
        text += f"`{usage(name, command)}`\n\n"
    text += in_code(help_text) + "\n"
    table = list(rows(command))
    if table:
        text += "\n| | |\n|---|---|\n"
        for called, words in table:
            called = called.replace("|", "\\|")
            text += f"| `{called}` | {words} |\n"
    if name == "seatbook":
        text += TAIL
    for example in examples:
        text += "\n" + example
    return text


def examples_in(page):
    """The blocks of each command, by the heading above them."""
    found = {}
    name = "seatbook"
    heading = r"^#+ (seatbook[a-z -]*)$"
    before = r"(?:^<!-- (?:file|now): .*-->\n(?:```text\n.*?^```\n)?)*"
    pattern = rf"{heading}|({before}^```console\n.*?^```\n)"
    for match in re.finditer(pattern, page, re.M | re.S):
        if match[1]:
            name = match[1]
        else:
            found.setdefault(name, []).append(match[2])
    return found


def main():
    before = PAGE.read_text("utf-8") if PAGE.exists() else ""
    examples = examples_in(before)
    every = dict(commands(typer.main.get_command(app), "seatbook"))
    wrong = [f"{name}: there is no such command" for name in examples if name not in every]
    runnable = [name for name, command in every.items()
                if not getattr(command, "commands", None) or command.invoke_without_command]
    own = {"seatbook import", "seatbook export", "seatbook report", "seatbook plot"}
    wrong += [f"{name}: no example"
              for name in runnable if name not in examples and name not in own]
    page = HEAD + "".join(part(name, command, examples.get(name, []))
                          for name, command in every.items())
    if "--check" in sys.argv[1:]:
        if page != before:
            wrong.append(f"{PAGE.name}: not what the help texts say; run tools/command_page.py")
    else:
        PAGE.write_text(page, "utf-8")
    for text in wrong:
        print(f"command page: {text}", file=sys.stderr)
    print(f"command page: {len(every)} commands")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
