#!/usr/bin/env python3
"""Checks that each public header compiles alone, as C++17 and C++23, without warnings.

    check_headers.py --compiler COMPILER INCLUDE_FOLDER

The include path contains only the given folder. Each header is included twice, so that a missing
include guard is detected.
"""

import argparse
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

STANDARDS = ("c++17", "c++23")
WARNINGS = ("-Wall", "-Wextra", "-Wconversion", "-Wshadow", "-Werror")


def compile_alone(compiler, folder, header, standard):
    line = f'#include "{header}"\n'
    command = [compiler, f"-std={standard}", *WARNINGS, "-fsyntax-only", "-I", str(folder)]
    result = subprocess.run(
        [*command, "-x", "c++", "-"], input=line * 2, capture_output=True, text=True, check=False
    )
    return result.returncode, result.stdout + result.stderr


def main(arguments=None):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--compiler", required=True)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args(arguments)

    headers = sorted(path.relative_to(options.folder).as_posix()
                     for path in options.folder.rglob("*.hpp"))  # fmt: skip
    if not headers:
        print(f"check_headers: no headers under {options.folder}", file=sys.stderr)
        return 2

    jobs = [(header, standard) for header in headers for standard in STANDARDS]
    failures = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = pool.map(lambda job: compile_alone(options.compiler, options.folder, *job), jobs)
        for (header, standard), (status, output) in zip(jobs, results):
            if status != 0:
                failures += 1
                print(f"{header} does not compile alone as {standard}:\n{output}")
    print(f"headers alone: {len(headers)} headers, {len(STANDARDS)} standards, {failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
