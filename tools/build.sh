#!/usr/bin/env bash
# tools/build.sh PRESET [TARGET ...]: configures and builds with a preset of CMakePresets.json.
# Runs JOBS compilers in parallel; by default one per core.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

preset=$1
shift
targets=()
[[ $# -eq 0 ]] || targets=(--target "$@")

tools/configure.sh "$preset"
cmake --build --preset "$preset" --parallel "${JOBS:-$(nproc)}" "${targets[@]}"
