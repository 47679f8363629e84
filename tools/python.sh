#!/usr/bin/env bash
# tools/python.sh ARGUMENT ...: runs the Python that the release was built for, with the package in
# build/release. Build it with `tools/build.sh release seatbook_python`.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

python=$(sed -n 's/^_\?Python_EXECUTABLE:[A-Z]*=//p' "$here/build/release/CMakeCache.txt" | head -n 1)
PYTHONPATH="$here/build/release/python" exec "${python:-python3}" "$@"
