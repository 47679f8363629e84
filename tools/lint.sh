#!/usr/bin/env bash
# tools/lint.sh [FILE ...]: the include boundaries, then clang-tidy over src/ (or over these files).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

python3 tests/boundaries/check_includes.py .

# By clang's own compile commands: those of g++ have options that clang does not know.
tools/configure.sh clang
if [[ $# -gt 0 ]]; then
  files=("$@")
else
  mapfile -t files < <(find src -name '*.cpp' | sort)
fi
# It says how many warnings it suppressed in others' headers, for each file; nobody wants to know.
printf '%s\0' "${files[@]}" |
  xargs -0 -n 1 -P "${JOBS:-$(nproc)}" clang-tidy-19 -p build/clang --quiet 2> \
    >(grep -vE '^[0-9]+ warnings? generated\.$' >&2)
echo "clang-tidy: ${#files[@]} files, no findings"
