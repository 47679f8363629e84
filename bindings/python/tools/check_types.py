#!/usr/bin/env python3
"""Checks the types: that the stub matches the module, with stubtest, and that the package, its
examples and tests/typed.py pass mypy --strict.

    PYTHONPATH=build/release/python bindings/python/tools/check_types.py

Needs mypy in the Python that runs it. Checks the package that this Python imports.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

TOOLS = Path(__file__).resolve().parent
EXAMPLES = [*sorted((TOOLS.parent / "examples").glob("*.py")), TOOLS.parent / "tests/typed.py"]


def run(*arguments, folder):
    command = [sys.executable, "-m", *map(str, arguments)]
    paths = [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(os.path.abspath, paths))}
    if subprocess.run(command, cwd=folder, env=environment).returncode != 0:
        sys.exit(f"failed: {' '.join(command)}")


def main():
    assert len(EXAMPLES) > 1
    # In a temporary folder: without configuration files, and without leaving a cache.
    with tempfile.TemporaryDirectory(prefix="seatbook-types-") as folder:
        run("mypy.stubtest", "seatbook._core", "--allowlist", TOOLS / "stubtest_allowed.txt",
            folder=folder)  # fmt: skip
        run("mypy", "--strict", "--cache-dir=cache", *EXAMPLES, folder=folder)
        run("mypy", "--strict", "--cache-dir=cache", "-p", "seatbook.testing", "-p", "seatbook.cli",
            folder=folder)  # fmt: skip
    print(f"types: the stub, {len(EXAMPLES)} programs and the package: no errors")


if __name__ == "__main__":
    main()
