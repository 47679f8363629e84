#!/usr/bin/env python3
"""Checks what type checkers are told: that the stub is what the module says of itself, by stubtest,
and that the package and its examples are sound, by mypy --strict.

    PYTHONPATH=build/release/python bindings/python/tools/check_types.py

It needs mypy in the Python that runs it, and checks the package that this Python imports.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

TOOLS = Path(__file__).resolve().parent
EXAMPLES = sorted((TOOLS.parent / "examples").glob("*.py"))


def run(*arguments, folder):
    command = [sys.executable, "-m", *map(str, arguments)]
    paths = [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(os.path.abspath, paths))}
    if subprocess.run(command, cwd=folder, env=environment).returncode != 0:
        sys.exit(f"failed: {' '.join(command)}")


def main():
    assert EXAMPLES
    # In a folder of its own: no other configuration, and no cache left behind.
    with tempfile.TemporaryDirectory(prefix="seatbook-types-") as folder:
        run("mypy.stubtest", "seatbook._core", "--allowlist", TOOLS / "stubtest_allowed.txt",
            folder=folder)  # fmt: skip
        run("mypy", "--strict", "--cache-dir=cache", *EXAMPLES, folder=folder)
        run("mypy", "--strict", "--cache-dir=cache", "-p", "seatbook.testing", "-p", "seatbook.cli",
            folder=folder)  # fmt: skip
    print(f"types: the stub, {len(EXAMPLES)} examples, the package: sound")


if __name__ == "__main__":
    main()
