#!/usr/bin/env python3
"""Checks the words of this project: prose, comments, messages and identifiers.

    words.py                 the checks: words that tools/words.txt replaces, common typos, and the
                             subjects of the commits since tools/commit-msg came
    words.py --counts        how often they occur, and return and no one for comparison, per 1,000
                             words of prose and comments
    words.py --subject FILE  the subject of the commit message in FILE

codespell finds the words. An exception is a line of tools/words_allowed.txt: a pattern of paths, the
word (`*`: any of the list), and the reason. An exception that is not needed any more is an error.
"""

import argparse
import fnmatch
import io
import re
import subprocess
import sys
import tempfile
import tokenize
from pathlib import Path
from typing import Iterator, List, Tuple

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "tools/words.txt"
ALLOWED = ROOT / "tools/words_allowed.txt"
CODESPELL = ROOT / "build/lint/bin/codespell"
SUBJECT_LIMIT = 70

def listed() -> List[str]:
    return [line.split("->")[0] for line in LIST.read_text().splitlines()]


def files() -> List[str]:
    """The text files that people write here: what generators write follows from them."""
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split("\0")[:-1]
    attributes = subprocess.run(
        ["git", "check-attr", "-z", "--stdin", "linguist-generated", "text"],
        cwd=ROOT, check=True, capture_output=True, text=True, input="\0".join(names) + "\0",
    ).stdout.split("\0")  # fmt: skip
    left_out = {
        path
        for path, name, value in zip(attributes[::3], attributes[1::3], attributes[2::3])
        if (name == "linguist-generated" and value == "set") or (name == "text" and value == "unset")
    }
    own = {"tools/words.txt", "tools/words_allowed.txt", "tools/words.py"}
    return [
        name
        for name in names
        if name not in left_out | own and not name.endswith((".svg", ".png", ".db"))
    ]


def exceptions() -> List[Tuple[str, str]]:
    found = []
    for number, line in enumerate(ALLOWED.read_text().splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        parts = line.split(None, 2)
        if len(parts) < 3:
            sys.exit(f"{ALLOWED.name}:{number}: needs a path, a word and the reason")
        found.append((parts[0], parts[1].replace("_", " ")))
    return found


def codespell(paths: List[str], text: str = "") -> List[str]:
    # Parts of identifiers count: told_once, toldOnce and TOLD_ONCE have the word too; and so do
    # phrases as identifiers, take_back and takeBack.
    lines = LIST.read_text()
    phrases = []
    for phrase in sorted((word for word in listed() if " " in word), key=len, reverse=True):
        parts = [f"[{part[0].upper()}{part[0]}]{part[1:]}" for part in phrase.split()]
        phrases += [r"\b" + r"[ _]".join(parts) + r"(?![a-z])", "".join(parts) + "(?![a-z])"]
        better = lines.split(f"{phrase}->")[1].splitlines()[0]
        lines += "".join(f"{phrase.replace(' ', blank)}->{better}\n" for blank in ("_", ""))
    words = "|".join([*phrases, "[A-Z]?[a-z]+", "[A-Z]+(?![a-z])"])
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as dictionary:
        dictionary.write(lines)
        dictionary.flush()
        run = subprocess.run(
            [
                str(CODESPELL), "--disable-colors", "--check-hidden", "--regex", words,
                "-D", dictionary.name, "-D", "-", "--ignore-words", "tools/words_known.txt",
                *(paths or ["-"]),
            ],
            cwd=ROOT, capture_output=True, text=True, input=text,
        )  # fmt: skip
    if run.returncode not in (0, 65):
        sys.exit(run.stderr)
    return run.stdout.splitlines()


def check_words() -> int:
    allowed = exceptions()
    needed = set()
    words = set(listed())
    failures = 0
    for line in codespell(files()):
        found = re.match(r"(?:\./)?([^:]+):(\d+): (.+?) ==> (.*)", line)
        if not found:
            if line.startswith("WARNING: "):  # a binary file
                continue
            sys.exit(f"codespell printed an unknown line: {line}")
        path, number, word, better = found.groups()
        excuses = [
            entry
            for entry in allowed
            if fnmatch.fnmatch(path, entry[0])
            and (word.lower().replace("_", " ") == entry[1] or (entry[1] == "*" and word.lower() in words))
        ]
        needed.update(excuses)
        if not excuses:
            print(f"{path}:{number}: '{word}': use {better}")
            failures += 1
    for path, word in allowed:
        if (path, word) not in needed:
            print(f"tools/words_allowed.txt: '{path} {word}' is not needed any more: remove it")
            failures += 1
    return failures


def subject_errors(subject: str) -> Iterator[str]:
    if len(subject) > SUBJECT_LIMIT:
        yield f"has {len(subject)} characters: at most {SUBJECT_LIMIT}"
    if not re.match(r"[a-z][a-z0-9_, ./-]*: ([^A-Z\s]|[A-Z]{2})", subject):
        yield "must be 'area: imperative, lower case'"
    if subject.endswith("."):
        yield "ends with a full stop"
    if CODESPELL.exists():  # `make lint` installs it
        for line in codespell([], subject + "\n"):
            if "==>" in line:
                word, better = line.split(" ==> ")
                yield f"'{word.strip()}': use {better}"


def check_subjects() -> int:
    def git(*arguments: str) -> List[str]:
        run = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
        return run.stdout.splitlines()

    if git("rev-parse", "--is-shallow-repository") == ["true"]:
        print("words: the subjects of commits are not checked in a shallow clone")
        return 0
    first = git("log", "--diff-filter=A", "--format=%H", "--", "tools/commit-msg")
    if not first:
        return 0
    failures = 0
    for subject in git("log", "--no-merges", "--format=%s", f"{first[-1]}..HEAD"):
        for error in subject_errors(subject):
            print(f"commit '{subject}': {error}")
            failures += 1
    return failures


def prose_of(path: str, text: str) -> str:
    """The prose of a document without its code, and the comments of a program."""
    if path.endswith(".md"):
        return re.sub(r"`[^`\n]*`", " ", re.sub(r"^```.*?^```", " ", text, flags=re.S | re.M))
    if path.endswith(".py"):
        parts = []
        try:
            for token in tokenize.generate_tokens(io.StringIO(text).readline):
                if token.type == tokenize.COMMENT or token.string.startswith(('"""', 'r"""')):
                    parts.append(token.string)
        except (tokenize.TokenError, IndentationError):
            pass
        return " ".join(parts)
    if path.endswith((".cpp", ".hpp", ".c", ".h", ".in", ".go", ".js", ".ts")):
        strings = re.sub(r'"(?:\\.|[^"\\\n])*"', '""', text)
        return " ".join(re.findall(r"//.*|/\*(?:.|\n)*?\*/", strings))
    if path.endswith((".sh", ".cmake", ".yml", ".toml")) or path in ("Makefile", ".ci/run"):
        return " ".join(re.findall(r"^\s*#.*", text, flags=re.M))
    return ""


def print_counts() -> None:
    prose = ""
    for path in files():
        try:
            prose += "\n" + prose_of(path, (ROOT / path).read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            continue
    total = len(re.findall(r"[A-Za-z][A-Za-z'-]*", prose))
    print(f"{'word':<30} {'count':>6} {'per 1,000':>10}   of {total:,} words")
    for words in [*listed(), "return(s|ed|ing)?", "someone|anyone|no one"]:
        count = len(re.findall(rf"\b(?:{words})\b", prose, flags=re.I))
        print(f"{words:<30} {count:>6} {count * 1000 / total:>10.2f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--counts", action="store_true")
    parser.add_argument("--subject", metavar="FILE")
    arguments = parser.parse_args()
    if arguments.counts:
        print_counts()
        return 0
    if arguments.subject:
        lines = Path(arguments.subject).read_text(encoding="utf-8").splitlines()
        subject = next((line for line in lines if line.strip() and not line.startswith("#")), "")
        # Git writes these itself, and refuses an empty message itself.
        if re.match(r"(Merge|Revert|fixup!|squash!|amend!) |$", subject):
            return 0
        errors = list(subject_errors(subject))
        for error in errors:
            print(f"commit '{subject}': {error}")
        return 1 if errors else 0
    failures = check_words() + check_subjects()
    print(f"words: {failures or 'no'} findings")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
