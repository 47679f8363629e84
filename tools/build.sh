#!/usr/bin/env bash
# tools/build.sh PRESET [TARGET ...]: configures and builds with a preset of CMakePresets.json.
# With JOBS set, that many compilers at once; else as many as there are cores.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

preset=$1
shift
targets=()
[[ $# -eq 0 ]] || targets=(--target "$@")

tools/configure.sh "$preset"
cmake --build --preset "$preset" --parallel "${JOBS:-$(nproc)}" "${targets[@]}"
