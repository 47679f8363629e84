#!/usr/bin/env bash
# tools/test_python.sh [PYTHON ...]: installs the package with pip, as a user does, and runs its
# tests against the installed package, with the newest polars, pandas, pyarrow, duckdb, pydantic,
# FastAPI, orjson, msgspec, Hypothesis, typer and mypy from PyPI. Repeats this for each PYTHON
# (default: python3), in build/python-<version>/.
#
# Needs the network and, for the Python of Debian, the package python3-venv.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

libraries=(
  polars pandas pyarrow duckdb pydantic fastapi httpx orjson msgspec mypy jsonschema
)

test_with() {
  local python=$1 folder installed script under
  folder=$PWD/build/python-$("$python" -c 'import platform; print(platform.python_version())')
  installed=$folder/environment/bin/python
  printf '\n--- %s\n' "$("$python" --version)"
  [[ -x $installed ]] || "$python" -m venv "$folder/environment"
  "$installed" -m pip install --quiet --upgrade pip
  # The build folder is kept, to avoid compiling everything again. No optimization, to save time:
  # the release build runs the same tests with it.
  "$installed" -m pip install --quiet --config-settings "build-dir=$folder/build" \
    --config-settings 'cmake.define.CMAKE_CXX_FLAGS_RELEASE=-O0' '.[cli,plot,testing]'
  "$installed" -m pip install --quiet "${libraries[@]}"
  # From an empty folder, so that the installed package is imported.
  mkdir -p "$folder/empty"
  (
    cd "$folder/empty"
    export PYTHONDONTWRITEBYTECODE=1
    unset PYTHONPATH
    "$installed" -c 'import seatbook, sys; assert seatbook.__file__.startswith(sys.prefix), seatbook'
    "$installed" ../../../bindings/python/tools/check_types.py
    for script in ../../../bindings/python/{examples/*,tests/*_test,tests/libraries/*_test}.py; do
      printf '%s\n' "${script##*/python/}"
      under=()
      [[ $script != */database* ]] || under=(python3 ../../../tests/postgres/server.py run --)
      "${under[@]}" "$installed" "$script" >log 2>&1 || { cat log && return 1; }
      grep -E '^Ran ' log || true
    done
  )
}

[[ $# -gt 0 ]] || set -- python3
for python in "$@"; do
  test_with "$python"
done
printf '\npython: all tests passed with %s\n' "$*"
