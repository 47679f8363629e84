#!/usr/bin/env bash
# tools/configure.sh PRESET: configures a preset of CMakePresets.json. It says nothing if all is
# well: what CMake has found is of no use to the reader of a test run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

status=0
output=$(cmake --preset "$1" 2>&1) || status=$?
if [[ $status -ne 0 || $output == *'CMake Warning'* ]]; then
  printf '%s\n' "$output" >&2
fi
exit "$status"
