#!/usr/bin/env bash
# tools/lint.sh [FILE ...]: the include boundaries, Python by ruff, shell by shellcheck, JavaScript by
# eslint, then src/ (or these files) by clang-tidy. Each prints one line when it finds nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# The version in lint-requirements.txt, in a folder of the build: Debian has no package of it.
python_lint() {
  local environment=build/lint
  if ! cmp -s tools/lint-requirements.txt "$environment/installed.txt"; then
    python3 -m venv "$environment"
    "$environment/bin/python" -m pip install --quiet --requirement tools/lint-requirements.txt
    cp tools/lint-requirements.txt "$environment/installed.txt"
  fi
  "$environment/bin/ruff" check --quiet .
  echo 'ruff: no findings'
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
  # By clang's own compile commands: those of g++ have options that clang does not know.
  tools/configure.sh clang
  local -a files=("$@")
  [[ ${#files[@]} -gt 0 ]] || mapfile -t files < <(find src -name '*.cpp' | sort)
  # It prints how many warnings it suppressed in others' headers, for each file.
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
