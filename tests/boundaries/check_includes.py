#!/usr/bin/env python3
"""Checks what each folder includes and uses against the boundaries of docs/architecture.md.

    check_includes.py [PROJECT_FOLDER]

Prints each violation as `file:line: reason`. Exit status: 0 for none, 1 for some, 2 if there are no
files to check.

Checks only direct includes: a file must include what it uses.
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

# --- The table -----------------------------------------------------------------------------------

STANDARD_17 = frozenset(
    """
    algorithm any array atomic bitset cassert cctype cerrno cfenv cfloat charconv chrono cinttypes
    climits clocale cmath codecvt complex condition_variable csetjmp csignal cstdarg cstddef cstdint
    cstdio cstdlib cstring ctime cuchar cwchar cwctype deque exception execution filesystem
    forward_list fstream functional future initializer_list iomanip ios iosfwd iostream istream
    iterator limits list locale map memory memory_resource mutex new numeric optional ostream queue
    random ratio regex scoped_allocator set shared_mutex sstream stack stdexcept streambuf string
    string_view system_error thread tuple type_traits typeindex typeinfo unordered_map unordered_set
    utility valarray variant vector
    """.split()
)
# Without <format>, which g++ 12 does not have.
STANDARD_20 = STANDARD_17 | frozenset(
    """
    barrier bit compare concepts coroutine latch numbers ranges semaphore source_location span
    stop_token syncstream version
    """.split()
)
# Headers that pure decisions and views must not use: locks, threads, clocks, files, randomness.
IMPURE = frozenset(
    """
    barrier chrono condition_variable csignal ctime filesystem fstream future iostream latch
    mutex random semaphore shared_mutex stop_token syncstream thread
    """.split()
)
PURE = STANDARD_20 - IMPURE

MULTI_INDEX = r"boost/multi_index(/.+|_container(_fwd)?\.hpp)"
DATE_TIME = r"boost/date_time(/.+|\.hpp)"
JSON = r"nlohmann/.+"
UTF8PROC = r"utf8proc\.h"
XXHASH = r"xxhash\.h"
PYTHON = r"(pybind11/.+|datetime|structmember)\.h"
POSIX = r"(fcntl|poll|pthread|sched|unistd|sys/\w+)\.h"


@dataclass(frozen=True)
class Folder:
    """The headers that the files of a folder and its subfolders may include."""

    standard: frozenset = STANDARD_20
    ours: tuple = ()  # the first folder of "seatbook/types.hpp", "text/utf8.hpp" ...
    not_ours: tuple = ()  # headers of `ours` that are forbidden
    others: tuple = ()  # patterns of other libraries' headers


WITH_A_CLOCK_OR_LOCK = ("seatbook/book.hpp", "seatbook/clock.hpp", "seatbook/seatbook.hpp")
WITH_THE_BOOK = ("seatbook/book.hpp", "seatbook/seatbook.hpp")
# What decisions, queries and tables must not know.
OUTSIDE = (*WITH_A_CLOCK_OR_LOCK, "seatbook/storage.hpp", "seatbook/record_codec.hpp")

# What bytes and cells need to know of the public headers.
CSV_HEADERS = frozenset(f"seatbook/{name}.hpp" for name in ("csv", "dates", "money", "result", "types"))
ALL_HEADERS = frozenset(
    f"seatbook/{path.name}"
    for path in (Path(__file__).resolve().parents[2] / "include/seatbook").glob("*.hpp")
)

FOLDERS = {
    "include": Folder(standard=STANDARD_17, ours=("seatbook",)),
    "src/types": Folder(ours=("seatbook", "types"), others=(DATE_TIME,)),
    "src/text": Folder(ours=("seatbook", "text"), others=(UTF8PROC, XXHASH)),
    "src/codec": Folder(ours=("seatbook", "types", "text", "codec"), others=(JSON,)),
    "src/csv": Folder(
        ours=("seatbook", "types", "text", "csv"), not_ours=tuple(sorted(ALL_HEADERS - CSV_HEADERS))
    ),
    "src/model": Folder(
        ours=("seatbook", "types", "text", "model"), not_ours=OUTSIDE, others=(MULTI_INDEX,)
    ),
    "src/rules": Folder(
        standard=PURE,
        ours=("seatbook", "types", "model", "text", "rules"),
        not_ours=OUTSIDE,
    ),
    "src/views": Folder(
        standard=PURE,
        ours=("seatbook", "model", "text", "codec", "views"),
        not_ours=OUTSIDE,
    ),
    # Reads a file, validates its rows, decides on them with the rules, and reports.
    "src/imports": Folder(
        standard=PURE,
        ours=("seatbook", "types", "text", "csv", "model", "rules", "imports"),
        not_ours=OUTSIDE,
    ),
    "src/exports": Folder(ours=("seatbook", "csv", "exports"), not_ours=WITH_THE_BOOK),
    "src/storage": Folder(
        ours=("seatbook", "types", "storage", "text"),
        not_ours=WITH_THE_BOOK,
        others=(JSON, POSIX, XXHASH),
    ),
    "src/book": Folder(
        ours=(
            "seatbook", "types", "text", "model", "rules", "views", "csv", "imports", "exports",
            "storage", "book",
        ),
        others=(POSIX,),
    ),
    # A binding uses only the public headers.
    "bindings/python/src": Folder(ours=("seatbook", "python", "common"), others=(PYTHON,)),
    "capi/include": Folder(others=(r"(stddef|stdint|seatbook)\.h",)),
    "capi/abi": Folder(others=(r"(stddef|stdint|seatbook)\.h",)),  # the headers as recorded
    "capi/src": Folder(
        ours=("seatbook", "capi", "common"), others=(r"seatbook(_storage)?\.h",)
    ),
    "capi/tools": Folder(ours=("seatbook", "capi", "common")),
    # The other languages use only the C headers.
    "bindings/go": Folder(others=(r"(stdint|stdlib|seatbook)\.h",)),
    # Shared by the C++ bindings.
    "bindings/common": Folder(standard=STANDARD_17, ours=("seatbook",)),
}

# Only a database's own storage may use its client library, and only one source may load libraries:
# the files whose path starts with the given prefix.
DATABASES = {r"sqlite3(ext)?\.h": "src/storage/sqlite", r"libpq.*": "src/storage/postgres",
             r"dlfcn\.h": "src/storage/postgres/libpq_loaded"}

# Forbidden in the library. Comments and string literals are removed before the check.
FORBIDDEN_CODE = (
    (re.compile(r"\bstd\s*::\s*(cout|cerr|clog)\b"), "the library does not print"),
    (re.compile(r"(?<![\w.>])(printf|vprintf|fprintf|vfprintf|puts|fputs|putchar|perror)\s*\("),
     "the library does not print"),
    (re.compile(r"(?<![\w.>])(abort|exit|_exit|_Exit|quick_exit|terminate)\s*\("),
     "the library does not end its host"),
)  # fmt: skip
MODIFY = (
    re.compile(r"(\.|->)\s*(modify|modify_key)\s*\("),
    "modify() erases the row on a clash: use replace()",
)

# --- The check -----------------------------------------------------------------------------------

SUFFIXES = {".cpp", ".hpp", ".h"}
INCLUDE = re.compile(r'\s*#\s*include\s*(?:<([^>]*)>|"([^"]*)"|(\S.*))')
TOKEN = re.compile(
    r"(?P<number>\b[0-9](?:'?[\w.])*)"  # its ' does not start a character literal
    r"|(?P<comment>//(?:\\\n|[^\n])*|/\*.*?\*/)"
    r'|(?P<string>R"([^()\\\s]{0,16})\(.*?\)\4"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\')',
    re.DOTALL,
)


def blanked(text, *kinds):
    """Replaces the matches of these TOKEN groups with spaces. Keeps the line numbers."""

    def blank(match):
        return re.sub(r"[^\n]", " ", match[0]) if match.lastgroup in kinds else match[0]

    return TOKEN.sub(blank, text)


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def why_not(path, folder, header, angled):
    """Returns why the file at `path` may not include this header, or None."""
    for pattern, owner in DATABASES.items():
        if re.fullmatch(pattern, header):
            return None if path.startswith(owner) else f"<{header}> only in {owner}*"
    if any(re.fullmatch(pattern, header) for pattern in folder.others):
        return None
    if angled and re.fullmatch(r"\w+", header):
        return None if header in folder.standard else f"<{header}> may not be used here"
    first, slash, _ = header.partition("/")
    if angled or not slash or ".." in header.split("/"):
        if angled:
            return f"<{header}> may not be used here"
        return f'"{header}": must be a path relative to include/ or src/'
    if first not in folder.ours or header in folder.not_ours:
        return f'"{header}" may not be included here'
    return None


def check_file(root, file, folder):
    path = file.relative_to(root).as_posix()
    text = file.read_text(encoding="utf-8")
    found = []
    without_comments = blanked(text, "comment")
    for number, line in enumerate(without_comments.splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        if match[3]:
            why = f"an include that cannot be checked: {match[3]}"
        else:
            why = why_not(path, folder, match[1] or match[2] or "", match[1] is not None)
        if why:
            found.append((path, number, why))

    code = blanked(text, "comment", "string")
    rules = FORBIDDEN_CODE + ((MODIFY,) if path.startswith("src/model/") else ())
    if path.startswith("capi/tools/"):  # programs, not the library
        rules = ()
    for pattern, why in rules:
        for match in pattern.finditer(code):
            found.append((path, line_of(code, match.start()), f"{match[0].strip()}: {why}"))
    return sorted(found)


def check(root):
    """Returns all violations as (path, line, reason), and the number of files."""
    found, count = [], 0
    for top in ("include", "src", "capi", "bindings"):
        for file in sorted((root / top).rglob("*")):
            if file.suffix not in SUFFIXES or not file.is_file():
                continue
            if "node_modules" in file.parts:  # npm packages in bindings/node
                continue
            count += 1
            parts = file.relative_to(root).parts
            depth = {"include": 1, "src": 2, "capi": 2, "bindings": len(parts) - 1}[top]
            folder = FOLDERS.get("/".join(parts[:depth]))
            if folder is None:
                path = "/".join(parts)
                found.append((path, 1, "this folder has no boundaries: add it to FOLDERS"))
            else:
                found.extend(check_file(root, file, folder))
    return found, count


def main(arguments):
    root = Path(arguments[0] if arguments else ".").resolve()
    found, count = check(root)
    for path, line, why in found:
        print(f"{path}:{line}: {why}")
    if count == 0:
        print(f"check_includes: no sources under {root}", file=sys.stderr)
        return 2
    print(f"include boundaries: {count} files, {len(found)} violations")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
