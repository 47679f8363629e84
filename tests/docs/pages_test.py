#!/usr/bin/env python3
"""Runs what the pages show: the commands, and the Python, each against the output shown.

    pages_test.py               compares
    pages_test.py --rewrite     puts the real outputs into the pages

A page is run from its top to its end, in a folder and a shell of its own:

    ```console                  commands after `$ `, each followed by its output
    ```python                   a program; where a ```text block follows at once, that is its output
    <!-- file: staff.csv -->    the block that follows is that file
    <!-- now: 2026-03-02 -->    from here on, this is the present
    <!-- after: tutorial.md --> begins with all that this page has done

In an output a line `...` stands for any number of lines. Commands that fail have to show it: their
output has a line that begins with `seatbook: `. A ```sh block is not run: it is what is typed in a
clone, so its targets, scripts and extras have to exist.
"""

import atexit
import functools
import os
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
import unittest
from dataclasses import dataclass
from pathlib import Path

import seatbook

PROJECT = Path(__file__).resolve().parents[2]
PACKAGE = Path(seatbook.__file__).absolute().parents[1]
# Python first: a program that opens a book has the page's present, as the command has it.
PRELUDE = """
import functools, os, seatbook
if os.environ.get("SEATBOOK_NOW"):
    clock = seatbook.ManualClock(os.environ["SEATBOOK_NOW"])
    seatbook.open = functools.partial(seatbook.open, clock=clock)
exec(compile(open(0).read(), "example", "exec"), {"__name__": "__main__"})
"""
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def pages():
    """Those whose examples are run."""
    found = [PROJECT / "README.md", PROJECT / "bindings/python/README.md"]
    return found + sorted((PROJECT / "docs").rglob("*.md"))


@dataclass
class Block:
    """A fenced block, or a comment that tells this program something."""

    kind: str
    text: str
    line: int
    begin: int = 0  # of the text, in the page
    end: int = 0


def blocks(page):
    """In the order of the page."""
    pattern = re.compile(
        r"^<!-- (?P<word>file|now|after|example): (?P<value>.*?) -->$"
        r"|^(?P<fence>```+)(?P<kind>\S*)[^\n]*\n(?P<text>.*?)^(?P=fence)$",
        re.M | re.S,
    )
    text = page.read_text("utf-8")
    elsewhere = False  # the next block is a part of a file that is run by itself
    for match in pattern.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        if match["word"] == "example":
            elsewhere = True
        elif elsewhere:
            elsewhere = False
        elif match["word"]:
            yield Block("<" + match["word"], match["value"], line)
        else:
            yield Block(match["kind"], match["text"], line, match.start("text"), match.end("text"))


def commands(text):
    """Pairs of a command and its output; a command goes on where a line ends in a backslash."""
    pairs = []
    goes_on = False
    for line in text.splitlines():
        if goes_on:
            pairs[-1][0] += "\n" + line.removeprefix("> ")
        elif line.startswith("$ "):
            pairs.append([line[2:], []])
        elif pairs:
            pairs[-1][1].append(line)
        else:
            raise ValueError("a console block begins with a command")
        goes_on = (line.startswith("$ ") or goes_on) and line.endswith("\\")
    return pairs


def fits(shown, real):
    """Whether that is the output; `...` stands for any lines."""
    pattern = "".join(
        r"(?:.*\n)*" if line == "..." else re.escape(line) + "\n" for line in shown
    )
    return re.fullmatch(pattern, "".join(line + "\n" for line in real)) is not None


class Shell:
    """A bash that goes on from command to command, in a folder."""

    def __init__(self, folder):
        self.folder = folder
        tools = folder / ".tools"
        tools.mkdir()
        command = tools / "seatbook"
        command.write_text(f'#!/bin/sh\nexec {sys.executable} -m seatbook.cli "$@"\n')
        command.chmod(0o755)
        unwanted = ("SEATBOOK_BOOK", "SEATBOOK_NOW", "SEATBOOK_NAME", "NO_COLOR")
        variables = {name: text for name, text in os.environ.items() if name not in unwanted}
        variables.update(
            PATH=f"{tools}{os.pathsep}{os.environ['PATH']}",
            PYTHONPATH=str(PACKAGE),
            PYTHONIOENCODING="utf-8",
            PYTHONDONTWRITEBYTECODE="1",
            LOGNAME="desk",
            HOME=str(folder),
            TERM="dumb",
            LC_ALL="C.UTF-8",
        )
        self.variables = variables
        self.process = subprocess.Popen(
            ["bash", "--noprofile", "--norc"], cwd=folder, env=variables,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )

    def run(self, command):
        """The exit code and the lines of the output."""
        self.process.stdin.write(
            f"{{ {command}\n}} </dev/null\nprintf '\\0%d\\0' $?\n".encode()
        )
        self.process.stdin.flush()
        output = b""
        while output.count(b"\0") < 2:
            part = os.read(self.process.stdout.fileno(), 65536)
            if not part:
                raise AssertionError(f"the shell has ended: {output!r}")
            output += part
        text, code, _ = output.decode().split("\0")
        return int(code), text.splitlines()

    def now(self, instant):
        instant = f"{instant}T09:00:00Z" if DAY.fullmatch(instant) else instant
        self.variables["SEATBOOK_NOW"] = instant
        self.run(f"export SEATBOOK_NOW={instant}")

    def python(self, code):
        done = subprocess.run(
            [sys.executable, "-c", PRELUDE], cwd=self.folder, env=self.variables,
            input=textwrap.dedent(code), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            encoding="utf-8", check=False,
        )
        return done.returncode, done.stdout.splitlines()

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


def run_page(page, shell):
    """Differences, as (line, text), and the places of the outputs with the real ones."""
    wrong, outputs = [], []
    waiting = None  # the name of a file whose text comes next, or what a program has printed
    for block in blocks(page):
        said, waiting = waiting, None
        if block.kind == "<after":
            first = (page.parent / block.text).resolve()
            folder, exports = after(first)
            shutil.copytree(folder, shell.folder, dirs_exist_ok=True,
                            ignore=shutil.ignore_patterns(".tools"))
            for line in exports:
                shell.run(line)
        elif block.kind == "<now":
            shell.now(block.text)
        elif block.kind == "<file":
            waiting = ("file", block.text)
        elif said and said[0] == "file":
            (shell.folder / said[1]).write_text(block.text, "utf-8")
        elif block.kind == "console":
            whole = ""
            for command, shown in commands(block.text):
                code, real = shell.run(command)
                told = any(line.startswith("seatbook: ") for line in real)
                if not fits(shown, real):
                    wrong.append((block.line, f"$ {command}\n" + "\n".join(real)))
                elif (code != 0) != told:
                    wrong.append((block.line, f"$ {command}\nended with {code}"))
                kept = shown if "..." in shown and fits(shown, real) else real
                whole += "".join(f"{line}\n" for line in ["$ " + command, *kept])
            outputs.append((block, whole))
        elif block.kind == "python":
            code, real = shell.python(block.text)
            if code:
                wrong.append((block.line, "\n".join(real)))
            waiting = ("printed", real, block.end)
        elif block.kind == "text" and said and said[0] == "printed":
            between = page.read_text("utf-8")[said[2] : block.begin]
            if between.strip() == "```\n\n```text":
                shown = block.text.splitlines()
                if not fits(shown, said[1]):
                    wrong.append((block.line, "printed:\n" + "\n".join(said[1])))
                outputs.append((block, "".join(f"{line}\n" for line in said[1])))
        elif block.kind == "sh":
            wrong += [(block.line, text) for text in wrong_lines(block.text)]
    return wrong, outputs


def wrong_lines(text):
    """What a block for a clone names that is not there."""
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    packaging = (PROJECT / "pyproject.toml").read_text("utf-8")
    for line in text.splitlines():
        words = line.split("#")[0].split()
        words = [word for word in words if not re.fullmatch(r"[A-Z_]+=.*", word)]
        if not words:
            continue
        if words[0] == "make":
            for target in words[1:]:
                if not re.search(rf"^{re.escape(target)}:", makefile, re.M):
                    yield f"make has no target {target}"
        elif words[:2] == ["pip", "install"]:
            for extra in re.findall(r"\[(.*?)\]", line):
                for name in extra.split(","):
                    if not re.search(rf"^{name} = \[", packaging, re.M):
                        yield f"the package has no extra {name}"
        elif "/" in words[0] and not (PROJECT / words[0]).exists() and words[0][:5] != "build":
            yield f"there is no {words[0]}"


@functools.lru_cache(maxsize=None)
def after(page):
    """The folder that a page leaves, and what its shell exports; run once for all who ask."""
    kept = tempfile.TemporaryDirectory(prefix="seatbook-docs-")
    shell = Shell(Path(kept.name))
    run_page(page, shell)  # what is wrong there is told where that page is tested
    _, lines = shell.run("export -p")
    shell.close()
    atexit.register(kept.cleanup)
    return Path(kept.name), [line for line in lines if " SEATBOOK_" in line]


def in_a_folder(page):
    with tempfile.TemporaryDirectory(prefix="seatbook-docs-") as folder:
        shell = Shell(Path(folder))
        try:
            return run_page(page, shell)
        finally:
            shell.close()


def rewrite(page):
    """Puts the real outputs into the page; says whether that changed it."""
    _, outputs = in_a_folder(page)
    text = page.read_text("utf-8")
    for block, real in sorted(outputs, key=lambda output: -output[0].begin):
        text = text[: block.begin] + real + text[block.end :]
    if text == page.read_text("utf-8"):
        return False
    page.write_text(text, "utf-8")
    return True


class ThePages(unittest.TestCase):
    """One test for each page that shows something to run; see below."""

    def show_what_happens(self, page):
        wrong, _ = in_a_folder(page)
        name = page.relative_to(PROJECT)
        self.assertEqual([], [f"{name}:{line}: {text}" for line, text in wrong])

    def test_a_task_ends_in_the_command_and_in_python(self):
        tasks = ("offboarding", "renewals", "audits", "last-use", "from-another-product")
        for task in tasks:
            text = (PROJECT / "docs/guides" / f"{task}.md").read_text("utf-8")
            end = text[text.index("\n## In short\n") :]
            self.assertIn("```console\n$ seatbook ", end, task)
            self.assertIn("```python\n", end, task)


class TheCheck(unittest.TestCase):
    """That a page which shows something else is found."""

    def wrong(self, text):
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder) / "page.md"
            page.write_text(text, "utf-8")
            return [line for line, _ in in_a_folder(page)[0]]

    def test_outputs(self):
        self.assertEqual([], self.wrong(
            "```console\n$ echo a\na\n$ printf 'b\\nc\\n'\n...\nc\n```\n"))
        self.assertEqual([1], self.wrong("```console\n$ echo a\nb\n```\n"))
        self.assertEqual([1], self.wrong("```console\n$ echo a\n```\n"))
        self.assertEqual([], self.wrong("```python\nprint(1)\n```\n\n```text\n1\n```\n"))
        self.assertEqual([5], self.wrong("```python\nprint(1)\n```\n\n```text\n2\n```\n"))
        self.assertEqual([1], self.wrong("```python\n1 / 0\n```\n"))

    def test_failures_are_shown(self):
        self.assertEqual([1], self.wrong("```console\n$ false\n```\n"))
        self.assertEqual([1], self.wrong("```console\n$ echo 'seatbook: no'\nseatbook: no\n```\n"))

    def test_files_and_the_present(self):
        self.assertEqual([], self.wrong(
            "<!-- file: a.txt -->\n```text\nhello\n```\n<!-- now: 2026-03-02 -->\n"
            "```console\n$ cat a.txt; echo $SEATBOOK_NOW\nhello\n2026-03-02T09:00:00Z\n```\n"
        ))

    def test_what_is_typed_in_a_clone(self):
        self.assertEqual([], self.wrong("```sh\nmake demo # a tour\npip install \".[cli]\"\n```\n"))
        self.assertEqual([1, 4], self.wrong(
            "```sh\nmake nonsense\n```\n```sh\npip install \".[nonsense]\"\n```\n"))


for each in pages():
    if any(block.kind in ("console", "python", "sh") for block in blocks(each)):
        name = re.sub(r"\W+", "_", str(each.relative_to(PROJECT).with_suffix("")))
        setattr(ThePages, f"test_{name}",
                functools.partialmethod(ThePages.show_what_happens, each))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--rewrite"]:
        wanted = [Path(name).resolve() for name in sys.argv[2:]] or pages()
        for each in wanted:
            if rewrite(each):
                print(f"rewritten: {each.relative_to(PROJECT)}")
    else:
        unittest.main()
