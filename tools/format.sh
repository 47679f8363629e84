#!/usr/bin/env bash
# tools/format.sh [--check]: formats the project's C++ files, or only says which are not formatted.
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

# New files too, but nothing that git ignores, and no file that is deleted but not yet committed.
files=()
while IFS= read -r -d '' file; do
  [[ ! -f $file ]] || files+=("$file")
done < <(git ls-files -z --cached --others --exclude-standard -- '*.cpp' '*.hpp' '*.h')
[[ ${#files[@]} -gt 0 ]] || { echo 'format: no C++ files' >&2; exit 1; }

clang-format-19 "${mode[@]}" "${files[@]}"
echo "format: ${#files[@]} files"
