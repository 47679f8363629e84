#!/usr/bin/env python3
"""Runs the examples of the documentation and compares their output with the pages.

    pages_test.py                       compares
    pages_test.py --rewrite [PAGE ...]  writes the actual output into the pages

Each page runs from top to bottom in a new shell and a new folder, on today's date, as a reader
types it. Nothing is set that the page does not show: a page that needs a fixed date shows
`export SEATBOOK_NOW=...`, one that needs a fixed login name shows `export LOGNAME=...`.

    ```console                  commands after `$ `, each followed by its output
    ```python                   a program; a ```text block that follows immediately is its output
    ```text                     below a paragraph that ends in "`staff.csv`:", the file's contents
    <!-- after: tutorial.md --> starts in the folder that this page leaves, in a new shell; the page
                                links to that one

In an output, a line `...` matches any number of lines. If a command fails, the page must show it:
its output has a line that begins with `seatbook: `. A ```sh block is not run, because it is typed
in a clone. The make targets, scripts and extras that it names must exist.
"""

import atexit
import datetime
import functools
import os
import re
import shlex
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
# A login name that no page uses: output that contains it differs for every reader.
LOGIN = "any-login-name"
HIDDEN_VARIABLES = ("SEATBOOK_BOOK", "SEATBOOK_NOW", "SEATBOOK_NAME", "NO_COLOR", "COLUMNS")


def pages():
    """Lists the pages whose examples are run."""
    found = [PROJECT / "README.md", PROJECT / "bindings/python/README.md"]
    return found + sorted((PROJECT / "docs").rglob("*.md"))


@dataclass
class Block:
    """A fenced block, or a directive to this program in an HTML comment."""

    kind: str
    text: str
    line: int
    begin: int = 0  # position of the text in the page
    end: int = 0


def blocks(page):
    """Yields the blocks in page order."""
    pattern = re.compile(
        r"^<!-- (?P<directive>now|after|file|example): (?P<value>.*?) -->$"
        r"|^(?P<fence>```+)(?P<kind>\S*)[^\n]*\n(?P<text>.*?)^(?P=fence)$",
        re.M | re.S,
    )
    text = page.read_text("utf-8")
    in_example = False  # the next block is part of a source file, which has its own test
    for match in pattern.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        if match["directive"] == "example":
            in_example = True
        elif in_example:
            in_example = False
        elif match["directive"]:
            yield Block("<" + match["directive"], match["value"], line)
        else:
            kind, name = match["kind"], file_above(text[: match.start()])
            if kind == "text" and name:
                yield Block("<file", name, line)
            yield Block(kind, match["text"], line, match.start("text"), match.end("text"))


def file_above(text):
    """Returns the file that the paragraph just above a block introduces, or an empty string."""
    match = re.search(r"`([\w.-]+\.csv)`:\n\n\Z", text)
    return match[1] if match else ""


def commands(text):
    """Returns [command, output lines] pairs. A command continues after a trailing backslash."""
    pairs = []
    continued = False
    for line in text.splitlines():
        if continued:
            pairs[-1][0] += "\n" + line.removeprefix("> ")
        elif line.startswith("$ "):
            pairs.append([line[2:], []])
        elif pairs:
            pairs[-1][1].append(line)
        else:
            raise ValueError("a console block begins with a command")
        continued = (line.startswith("$ ") or continued) and line.endswith("\\")
    return pairs


def matches(shown, actual):
    """Reports whether the output matches; `...` matches any lines."""
    pattern = "".join(
        r"(?:.*\n)*" if line == "..." else re.escape(line) + "\n" for line in shown
    )
    return re.fullmatch(pattern, "".join(line + "\n" for line in actual)) is not None


class Shell:
    """A bash in a folder that keeps its state from command to command."""

    def __init__(self, folder):
        self.folder = folder
        self.tools = folder / ".tools"
        self.tools.mkdir()
        command = self.tools / "seatbook"
        command.write_text(f'#!/bin/sh\nexec {sys.executable} -m seatbook.cli "$@"\n')
        command.chmod(0o755)
        variables = {
            name: text for name, text in os.environ.items() if name not in HIDDEN_VARIABLES
        }
        variables.update(
            PATH=f"{self.tools}{os.pathsep}{os.environ['PATH']}",
            PYTHONPATH=str(PACKAGE),
            PYTHONIOENCODING="utf-8",
            PYTHONDONTWRITEBYTECODE="1",
            LOGNAME=LOGIN,
            HOME=str(folder),
            TERM="dumb",
            LC_ALL="C.UTF-8",
        )
        self.process = subprocess.Popen(
            ["bash", "--noprofile", "--norc"], cwd=folder, env=variables,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )

    def run(self, command):
        """Returns the exit code and the output lines."""
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

    def python(self, code):
        """Runs a program in the environment of the shell."""
        program = self.tools / "example.py"
        program.write_text(textwrap.dedent(code), "utf-8")
        return self.run(f"{shlex.quote(sys.executable)} - <{shlex.quote(str(program))}")

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


def differs_by_reader(lines):
    """Returns why the output depends on who runs it or when, or an empty string."""
    today = datetime.datetime.now(datetime.timezone.utc).date().isoformat()
    text = "\n".join(lines)
    if today in text:
        return "the output has today's date: show `export SEATBOOK_NOW=...` in the page"
    if LOGIN in text:
        return "the output has the login name: show `export LOGNAME=...` in the page"
    return ""


def run_page(page, shell):
    """Returns the differences as (line, text), and (block, actual text) of each output."""
    differences, outputs = [], []
    pending = None  # a file whose contents come next, or what a program has printed
    for block in blocks(page):
        previous, pending = pending, None
        if block.kind == "<now":
            differences.append((block.line, "readers do not see this comment: show "
                                            "`export SEATBOOK_NOW=...` in a console block"))
        elif block.kind == "<after":
            if f"]({block.text})" not in page.read_text("utf-8"):
                differences.append((block.line, f"the page does not link to {block.text}"))
            shutil.copytree(folder_after((page.parent / block.text).resolve()), shell.folder,
                            dirs_exist_ok=True, ignore=shutil.ignore_patterns(".tools"))
        elif block.kind == "<file":
            pending = ("file", block.text)
        elif previous and previous[0] == "file":
            (shell.folder / previous[1]).write_text(block.text, "utf-8")
        elif block.kind == "console":
            whole = ""
            for command, shown in commands(block.text):
                code, actual = shell.run(command)
                shows_failure = any(line.startswith("seatbook: ") for line in actual)
                if not matches(shown, actual):
                    differences.append((block.line, f"$ {command}\n" + "\n".join(actual)))
                elif (code != 0) != shows_failure:
                    differences.append((block.line, f"$ {command}\nexit code {code}"))
                kept = shown if "..." in shown and matches(shown, actual) else actual
                if differs_by_reader(kept):
                    differences.append((block.line, f"$ {command}\n{differs_by_reader(kept)}"))
                whole += "".join(f"{line}\n" for line in ["$ " + command, *kept])
            outputs.append((block, whole))
        elif block.kind == "python":
            code, actual = shell.python(block.text)
            if code:
                differences.append((block.line, "\n".join(actual)))
            pending = ("printed", actual, block.end)
        elif block.kind == "text" and previous and previous[0] == "printed":
            between = page.read_text("utf-8")[previous[2] : block.begin]
            if between.strip() == "```\n\n```text":
                shown = block.text.splitlines()
                if not matches(shown, previous[1]):
                    differences.append((block.line, "printed:\n" + "\n".join(previous[1])))
                if differs_by_reader(previous[1]):
                    differences.append((block.line, differs_by_reader(previous[1])))
                outputs.append((block, "".join(f"{line}\n" for line in previous[1])))
        elif block.kind == "sh":
            differences += [(block.line, text) for text in missing_names(block.text)]
    return differences, outputs


def missing_names(text):
    """Yields the targets, extras and scripts of a ```sh block that do not exist."""
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
            yield f"{words[0]} does not exist"


@functools.lru_cache(maxsize=None)
def folder_after(page):
    """Returns the folder that a page leaves. The page runs once, whatever the number of callers."""
    kept = tempfile.TemporaryDirectory(prefix="seatbook-docs-")
    shell = Shell(Path(kept.name))
    run_page(page, shell)  # the page's own test reports its differences
    shell.close()
    atexit.register(kept.cleanup)
    return Path(kept.name)


def run_in_new_folder(page):
    with tempfile.TemporaryDirectory(prefix="seatbook-docs-") as folder:
        shell = Shell(Path(folder))
        try:
            return run_page(page, shell)
        finally:
            shell.close()


def rewrite(page):
    """Writes the actual output into the page and reports whether that changed it.

    Refuses output that depends on the reader or the day, because it would be wrong tomorrow, and a
    usage error that the page does not show, because the page would then teach a mistake.
    """
    differences, outputs = run_in_new_folder(page)
    hidden = [f"{page}:{line}: {text}" for line, text in differences if "`export " in text]
    if hidden:
        sys.exit("\n".join(hidden))
    for block, actual in outputs:
        if "Usage: " in actual and "Usage: " not in block.text:
            sys.exit(f"{page}:{block.line}: the command is used wrongly now:\n{actual}")
    text = page.read_text("utf-8")
    for block, actual in sorted(outputs, key=lambda output: -output[0].begin):
        text = text[: block.begin] + actual + text[block.end :]
    if text == page.read_text("utf-8"):
        return False
    page.write_text(text, "utf-8")
    return True


class PagesTest(unittest.TestCase):
    """One test for each page that has examples; they are added below."""

    def check_page(self, page):
        differences, _ = run_in_new_folder(page)
        name = page.relative_to(PROJECT)
        self.assertEqual([], [f"{name}:{line}: {text}" for line, text in differences])

    def test_guides_to_tasks_end_with_the_command_and_python(self):
        tasks = ("offboarding", "renewals", "audits", "last-use", "from-another-product")
        for task in tasks:
            text = (PROJECT / "docs/guides" / f"{task}.md").read_text("utf-8")
            end = text[text.index("\n## Summary\n") :]
            self.assertIn("```console\n$ seatbook ", end, task)
            self.assertIn("```python\n", end, task)


class CheckerTest(unittest.TestCase):
    """The check finds pages whose examples are wrong."""

    def failing_lines(self, text):
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder) / "page.md"
            page.write_text(text, "utf-8")
            return [line for line, _ in run_in_new_folder(page)[0]]

    def test_compares_outputs(self):
        self.assertEqual([], self.failing_lines(
            "```console\n$ echo a\na\n$ printf 'b\\nc\\n'\n...\nc\n```\n"))
        self.assertEqual([1], self.failing_lines("```console\n$ echo a\nb\n```\n"))
        self.assertEqual([1], self.failing_lines("```console\n$ echo a\n```\n"))
        self.assertEqual([], self.failing_lines("```python\nprint(1)\n```\n\n```text\n1\n```\n"))
        self.assertEqual([5], self.failing_lines("```python\nprint(1)\n```\n\n```text\n2\n```\n"))
        self.assertEqual([1], self.failing_lines("```python\n1 / 0\n```\n"))

    def test_failures_must_be_shown(self):
        self.assertEqual([1], self.failing_lines("```console\n$ false\n```\n"))
        self.assertEqual([1], self.failing_lines(
            "```console\n$ echo 'seatbook: no'\nseatbook: no\n```\n"))

    def test_creates_the_files_that_a_page_shows(self):
        self.assertEqual([], self.failing_lines(
            "The file `a.csv`:\n\n```text\nhello\n```\n\n```console\n$ cat a.csv\nhello\n```\n"))

    def test_python_runs_in_the_environment_of_the_shell(self):
        now = "2026-01-12T09:00:00Z"
        self.assertEqual([], self.failing_lines(
            f"```console\n$ export SEATBOOK_NOW={now}\n```\n"
            "```python\nimport os\nprint(os.environ['SEATBOOK_NOW'])\n```\n\n"
            f"```text\n{now}\n```\n"))

    def test_pages_have_no_hidden_clock(self):
        self.assertEqual([1], self.failing_lines("<!-- now: 2026-03-02 -->\n"))
        self.assertEqual([], self.failing_lines(
            "```console\n$ echo \"[$SEATBOOK_NOW$SEATBOOK_BOOK]\"\n[]\n```\n"))

    def test_outputs_do_not_depend_on_the_day_or_the_login(self):
        today = datetime.datetime.now(datetime.timezone.utc).date().isoformat()
        self.assertEqual([1], self.failing_lines(
            f"```console\n$ date --utc +%Y-%m-%d\n{today}\n```\n"))
        self.assertEqual([1], self.failing_lines(
            f"```console\n$ echo $LOGNAME\n{LOGIN}\n```\n"))

    def test_names_in_a_clone_exist(self):
        self.assertEqual([], self.failing_lines(
            "```sh\nmake demo # a tour\npip install \".[cli]\"\n```\n"))
        self.assertEqual([1, 4], self.failing_lines(
            "```sh\nmake nonsense\n```\n```sh\npip install \".[nonsense]\"\n```\n"))


for each in pages():
    if any(block.kind in ("console", "python", "sh") for block in blocks(each)):
        name = re.sub(r"\W+", "_", str(each.relative_to(PROJECT).with_suffix("")))
        setattr(PagesTest, f"test_{name}", functools.partialmethod(PagesTest.check_page, each))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--rewrite"]:
        paths = [Path(name).resolve() for name in sys.argv[2:]] or pages()
        for each in paths:
            if rewrite(each):
                print(f"rewritten: {each.relative_to(PROJECT)}")
    else:
        unittest.main()
