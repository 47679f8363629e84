#!/usr/bin/env bash
# tools/configure.sh PRESET: configures a preset of CMakePresets.json. Prints the output of CMake
# only if it fails or warns.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

status=0
output=$(cmake --preset "$1" 2>&1) || status=$?
if [[ $status -ne 0 || $output == *'CMake Warning'* ]]; then
  printf '%s\n' "$output" >&2
fi
exit "$status"
