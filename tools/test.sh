#!/usr/bin/env bash
# tools/test.sh PRESET [PROGRAM ...]: builds with a preset and runs its tests. With names of test
# programs (seatbook_unit_tests ...), builds and runs only those. Without names, reports which rules
# the tests cover. Prints the time of each part at the end.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. tools/parts.sh

preset=$1
shift
only=()
[[ $# -eq 0 ]] || only=(--tests-regex "^($(IFS='|' && printf '%s' "$*"))\$")

run_tests() {
  # The log is for the last line of this script.
  ctest --preset "$preset" "${only[@]}" 2>&1 | tee "build/$preset/ctest.log"
}

setup=(build bench)
[[ $preset != asan ]] || setup+=(clang)
part 'set-up' tools/setup.sh "${setup[@]}"
part "build ($preset)" tools/build.sh "$preset" "$@"
part "tests ($preset)" run_tests
[[ $# -gt 0 ]] || part 'rules' python3 tests/support/rules_report.py "build/$preset/rules-log" --require-areas core,lists,csv,reports

trap - EXIT
print_parts
grep -E '^[0-9]+% tests passed' "build/$preset/ctest.log"
