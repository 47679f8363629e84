# shellcheck shell=bash
# Sourced: runs the parts of a job in order, and prints the time of each at the end.
#
#   part <title> <command> [argument ...]
#
# Needs `set -e`. The first part that fails ends the script, after the table is printed.

part_titles=()
part_seconds=()
running_part=
running_since=0

part() {
  running_part=$1
  running_since=$SECONDS
  printf '\n=== %s\n' "$running_part"
  shift
  "$@"
  end_part
}

end_part() {
  part_titles+=("$running_part")
  part_seconds+=("$((SECONDS - running_since))")
  running_part=
}

print_parts() {
  local status=$? failed=$running_part i
  [[ -z $failed ]] || end_part
  printf '\n%-44s %8s\n' part seconds
  for i in "${!part_titles[@]}"; do
    printf '%-44s %8d\n' "${part_titles[$i]}" "${part_seconds[$i]}"
  done
  printf '%-44s %8d\n' 'all' "$SECONDS"
  [[ -z $failed ]] || printf 'FAILED in: %s\n' "$failed"
  return "$status"
}

trap print_parts EXIT
