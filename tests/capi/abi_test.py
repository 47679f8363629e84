#!/usr/bin/env python3
"""Compares the ABI with the recorded one: symbols, layouts, constants, headers.

    abi_test.py LIBRARY CC CXX              compare
    abi_test.py LIBRARY CC CXX --record     record the current ABI in capi/abi/

Until 1.0 the record may change, if the commit message says so. From then on recorded lines stay and
new ones are added. capi/abi/ has a copy of the headers: programs compiled with it must work with
the current library.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
HEADERS = PROJECT / "capi/include"
RECORD = PROJECT / "capi/abi"
NAMES = ("seatbook.h", "seatbook_storage.h")
LIBRARY = CC = CXX = None


def run(*command, **more):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, **more)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


def without_comments(text):
    return re.sub(r"/\*.*?\*/", " ", text, flags=re.S)


def text_of(folder):
    return without_comments("\n".join((folder / name).read_text("utf-8") for name in NAMES))


def structs_in(text):
    """Yields each declared struct with its members."""
    for body, name in re.findall(r"typedef struct \w+ \{(.*?)\} (\w+);", text, re.S):
        members = []
        for line in body.split(";"):
            callback = re.search(r"\(\*(\w+)\)\(", line)
            plain = re.search(r"(\w+)(?:\[\d+\])?\s*$", line.strip())
            if callback or plain:
                members.append((callback or plain)[1])
        yield name, members


def constants_in(text):
    """Yields the enumerators and the numeric macros."""
    for block in re.findall(r"enum\s+\w+\s*\{(.*?)\}", text, re.S):
        yield from re.findall(r"(SEATBOOK_\w+)\s*=", block)
    for name, _ in re.findall(r"^#define (SEATBOOK_\w+) (.+)$", text, re.M):
        if not name.endswith("_INIT") and name != "SEATBOOK_H_VERSION" and "_API" not in name:
            yield name


def measured(folder):
    """Returns the layouts and constants that a C compiler computes, one line each."""
    text = text_of(folder)
    lines = []
    for name, members in structs_in(text):
        lines.append(f'printf("sizeof {name} = %zu\\n", sizeof({name}));')
        lines.extend(f'printf("offsetof {name} {m} = %zu, size %zu\\n", offsetof({name}, {m}), '
                     f"sizeof((({name} *)0)->{m}));" for m in members)  # fmt: skip
    for name in constants_in(text):
        lines.append(f'printf("{name} = %lld\\n", (long long)({name}));')
    program = ('#include "seatbook_storage.h"\n#include <stdio.h>\nint main(void) {\n'
               + "\n".join(lines) + "\nreturn 0;\n}\n")  # fmt: skip
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch, "measure.c")
        source.write_text(program, "utf-8")
        run(CC, "-std=c99", f"-I{folder}", source, "-o", Path(scratch, "measure"))
        return run(Path(scratch, "measure"))


def symbols():
    names = {line.split()[2] for line in run("nm", "-D", "--defined-only", LIBRARY).splitlines()}
    return "\n".join(sorted(names)) + "\n"


def signatures(folder):
    found = re.findall(r"^SEATBOOK_API\s+([^;]*?);", text_of(folder), re.S | re.M)
    return "\n".join(sorted(" ".join(s.split()) for s in found)) + "\n"


RECORDS = {
    "layout.txt": lambda: measured(HEADERS),
    "symbols.txt": symbols,
    "functions.txt": lambda: signatures(HEADERS),
}


def record():
    for name, make in RECORDS.items():
        (RECORD / name).write_text(make(), "utf-8")
    for name in NAMES:  # comments are not part of the ABI
        lines = without_comments((HEADERS / name).read_text("utf-8")).splitlines()
        text = "\n".join(line.rstrip() for line in lines if line.strip())
        note = f"/* What {name} declares, as recorded by tests/capi/abi_test.py. */\n"
        (RECORD / name).write_text(note + text + "\n", "utf-8")


class AbiTest(unittest.TestCase):
    maxDiff = 2000

    def test_abi_equals_the_record(self):
        for name, make in RECORDS.items():
            with self.subTest(name):
                recorded = (RECORD / name).read_text("utf-8").splitlines()
                self.assertGreater(len(recorded), 100)
                now = make().splitlines()
                self.assertEqual([line for line in recorded if line not in set(now)], [])
                self.assertEqual([line for line in now if line not in set(recorded)], [],
                                 "new: record it (abi_test.py ... --record)")  # fmt: skip

    def test_description_equals_the_compiled_layout(self):
        lines = dict(line.split(" = ") for line in measured(HEADERS).splitlines())
        described = json.loads((PROJECT / "capi/seatbook.api.json").read_text("utf-8"))
        for struct in described["structs"]:
            self.assertEqual(lines[f"sizeof {struct['name']}"], str(struct["size"]))
            for member in struct["members"]:
                self.assertEqual(lines[f"offsetof {struct['name']} {member['name']}"],
                                 f"{member['offset']}, size {member['size']}")  # fmt: skip
        constants = {c["name"]: c["value"] for c in described["constants"]}
        del constants["SEATBOOK_NUL_TERMINATED"], constants["SEATBOOK_H_VERSION"]  # not printed
        for name, value in constants.items():
            self.assertEqual(lines[name], str(value), name)
        names = set(lines) - {"SEATBOOK_NUL_TERMINATED"}
        self.assertEqual({n for n in names if n.startswith("SEATBOOK_")} - set(constants), set())

    def test_structs_have_no_unnamed_padding(self):
        end, name, whole = 0, None, 0
        for line in measured(HEADERS).splitlines():
            size = re.fullmatch(r"sizeof (\w+) = (\d+)", line)
            if size:
                if name:
                    self.assertEqual(end, whole, name)
                name, whole, end = size[1], int(size[2]), 0
            member = re.fullmatch(r"offsetof (\w+) (\w+) = (\d+), size (\d+)", line)
            if member:
                self.assertEqual(int(member[3]), end, line)
                end += int(member[4])

    def test_each_header_compiles_as_c99_and_cpp17(self):
        compilers = [(CC, "c", "c99"), (CXX, "c++", "c++17")]
        for c, cxx in (("gcc", "g++"), ("clang-19", "clang++-19")):
            if shutil.which(c) and shutil.which(cxx):
                compilers += [(c, "c", "c99"), (cxx, "c++", "c++17")]
        for compiler, language, standard in dict.fromkeys(compilers):
            for folder in (HEADERS, RECORD):
                for name in NAMES:
                    run(compiler, f"-std={standard}", "-Wall", "-Wextra", "-pedantic", "-Werror",
                        "-fsyntax-only", "-x", language, folder / name)  # fmt: skip

    def test_every_init_macro_initializes_its_struct(self):
        text = text_of(HEADERS)
        inits = re.findall(r"#define (SEATBOOK_\w+_INIT)", text)
        self.assertGreater(len(inits), 40)
        types = {f"{name.upper()}_INIT": name for name, _ in structs_in(text)}
        for language, compiler, standard in (("c", CC, "c99"), ("c++", CXX, "c++17")):
            body = "".join(f"  {types[i]} v{n} = {i}; (void)v{n};\n" for n, i in enumerate(inits))
            program = f'#include "seatbook_storage.h"\nint main(void) {{\n{body}  return 0;\n}}\n'
            run(compiler, f"-std={standard}", "-Wall", "-Wextra", "-pedantic", "-Werror",
                f"-I{HEADERS}", "-fsyntax-only", "-x", language, "-", input=program)  # fmt: skip

    def test_program_compiled_with_the_record_runs(self):
        folder = Path(LIBRARY).resolve().parent
        with tempfile.TemporaryDirectory() as scratch:
            program = Path(scratch, "client")
            run(CC, "-std=c99", "-D_POSIX_C_SOURCE=200809L", f"-I{RECORD}",
                PROJECT / "tests/capi/client.c", PROJECT / "tests/capi/plug_in.c", "-o", program,
                LIBRARY, f"-Wl,-rpath,{folder}", "-pthread")  # fmt: skip
            self.assertEqual(run(program), "client: ok\n")

    def test_abidiff_finds_no_difference(self):
        if not shutil.which("abidiff"):
            print("abidiff is not installed: only this test compares symbols and layouts")
            return
        # abidiff compares the types of two libraries of empty functions, with old and new headers.
        with tempfile.TemporaryDirectory() as scratch:
            libraries = []
            for name, folder in (("then", RECORD), ("now", HEADERS)):
                source = Path(scratch, f"{name}.c")
                bodies = [f"{s} {{ {'' if s.startswith('void ') else 'return 0;'} }}"
                          for s in signatures(folder).splitlines()]  # fmt: skip
                source.write_text('#include "seatbook_storage.h"\n' + "\n".join(bodies), "utf-8")
                libraries.append(Path(scratch, f"{name}.so"))
                run(CC, "-std=c99", "-g", "-w", "-shared", "-fPIC", f"-I{folder}", source, "-o",
                    libraries[-1])  # fmt: skip
            run("abidiff", *libraries)


if __name__ == "__main__":
    LIBRARY, CC, CXX = sys.argv[1:4]
    if sys.argv[4:] == ["--record"]:
        record()
    else:
        unittest.main(argv=sys.argv[:1] + sys.argv[4:])
