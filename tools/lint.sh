#!/usr/bin/env bash
# tools/lint.sh [FILE ...]: checks the include boundaries, words with codespell, Python with ruff, shell
# with shellcheck, JavaScript with eslint, and src/ (or the given files) with clang-tidy. Each check
# without findings prints one line.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Installs the version in lint-requirements.txt in the build folder: Debian has no package.
python_lint() {
  local environment=build/lint
  if ! cmp -s tools/lint-requirements.txt "$environment/installed.txt"; then
    python3 -m venv "$environment"
    "$environment/bin/python" -m pip install --quiet --requirement tools/lint-requirements.txt
    cp tools/lint-requirements.txt "$environment/installed.txt"
  fi
  "$environment/bin/ruff" check --quiet .
  echo 'ruff: no findings'
  python3 tools/words.py
}

shell_lint() {
  local -a scripts
  mapfile -t scripts < <(git ls-files '*.sh' .ci/run)
  shellcheck --external-sources "${scripts[@]}"
  echo "shellcheck: ${#scripts[@]} files, no findings"
}

javascript_lint() {
  tools/node.sh
  (cd bindings/node && node_modules/.bin/eslint .)
  echo 'eslint: no findings'
}

cpp_lint() {
  # Uses compile commands of clang: those of g++ have options that clang does not know.
  tools/configure.sh clang
  local -a files=("$@")
  [[ ${#files[@]} -gt 0 ]] || mapfile -t files < <(find src -name '*.cpp' | sort)
  # clang-tidy prints the number of suppressed warnings for each file; remove those lines.
  printf '%s\0' "${files[@]}" |
    xargs -0 -n 1 -P "${JOBS:-$(nproc)}" clang-tidy-19 -p build/clang --quiet 2> \
      >(grep -vE '^[0-9]+ warnings? generated\.$' >&2)
  echo "clang-tidy: ${#files[@]} files, no findings"
}

python3 tests/boundaries/check_includes.py .
python_lint
shell_lint
javascript_lint
cpp_lint "$@"
