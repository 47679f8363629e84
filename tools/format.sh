#!/usr/bin/env bash
# tools/format.sh [--check]: formats the project's C++ files. With --check, only lists unformatted
# files and fails if there are any.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

case ${1:-} in
  '') mode=(-i) ;;
  --check) mode=(--dry-run --Werror) ;;
  *)
    echo "format: unknown argument '$1'" >&2
    exit 2
    ;;
esac

# Includes untracked files; excludes ignored files and deleted files that are not yet committed.
files=()
while IFS= read -r -d '' file; do
  [[ ! -f $file ]] || files+=("$file")
done < <(git ls-files -z --cached --others --exclude-standard -- '*.cpp' '*.hpp' '*.h')
[[ ${#files[@]} -gt 0 ]] || { echo 'format: no C++ files' >&2; exit 1; }

clang-format-19 "${mode[@]}" "${files[@]}"
echo "format: ${#files[@]} files"
