#!/usr/bin/env python3
"""Checks that shared libraries of the C API export only its functions.

    exports_test.py LIBRARY...
"""

import subprocess
import sys

failed = False
for library in sys.argv[1:]:
    run = subprocess.run(["nm", "-D", "--defined-only", library], check=True,
                         capture_output=True, text=True)  # fmt: skip
    names = [line.split()[-1].split("@")[0] for line in run.stdout.splitlines()]
    ours = [name for name in names if name.startswith("seatbook_")]
    others = [name for name in names if not name.startswith(("seatbook_", "SEATBOOK_"))]
    print(f"{library}: {len(ours)} functions, {len(others)} other symbols")
    if others or len(ours) < 50:
        print("\n".join(others[:20]))
        failed = True
sys.exit(1 if failed else 0)
