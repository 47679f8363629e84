#!/usr/bin/env bash
# Installs the missing Debian packages of the given groups.
#
#   tools/setup.sh [build] [python] [bench] [docs] [lint] [clang] [node] [go]   (no group: build)
#
#   build  compile the library, its tests and examples, and run them
#   python the package as pip installs it: what tools/test_python.sh needs
#   bench  the benchmarks: Google Benchmark
#   docs   the documentation as a site: Sphinx
#   lint   what make lint runs: clang's formatter and linter, shellcheck, and what ruff needs
#   clang  the second compiler, with its sanitizers and its fuzzer
#   node   Node.js and npm, for bindings/node, unless Node.js 18 or newer is installed
#   go     Go, for bindings/go, unless any Go is installed
#
# SEATBOOK_SKIP_SETUP=1 skips it, for machines that provide the tools in other ways.
set -euo pipefail

# Package, and how to detect it without dpkg: by a command, a header, a file or a Python module.
declare -Ar groups=(
  [build]='
    g++                  command g++
    make                 command make
    cmake                command cmake
    ninja-build          command ninja
    pkgconf              command pkg-config
    libboost-dev         header  boost/multi_index_container.hpp
    nlohmann-json3-dev   header  nlohmann/json.hpp
    libutf8proc-dev      header  utf8proc.h
    libgtest-dev         header  gtest/gtest.h
    libsqlite3-dev       header  sqlite3.h
    libxxhash-dev        header  xxhash.h
    libpq-dev            file    /usr/include/postgresql/libpq-fe.h
    postgresql-15        command initdb
    pgbouncer            file    /usr/sbin/pgbouncer
    python3              command python3
    python3-dev          command python3-config
    pybind11-dev         header  pybind11/pybind11.h
    python3-jsonschema   python  jsonschema
    python3-cffi         python  cffi
    python3-typer        python  typer
    python3-rich         python  rich
    python3-matplotlib   python  matplotlib
    python3-hypothesis   python  hypothesis
    mypy                 command mypy'
  [python]='
    python3-venv         python  ensurepip'
  [docs]='
    python3-sphinx       python  sphinx
    python3-myst-parser  python  myst_parser
    furo                 python  furo'
  [bench]='
    libbenchmark-dev     header  benchmark/benchmark.h'
  [lint]='
    git                  command git
    python3              command python3
    g++                  command g++
    clang-19             command clang++-19
    clang-tidy-19        command clang-tidy-19
    clang-format-19      command clang-format-19
    shellcheck           command shellcheck
    python3-venv         python  ensurepip'
  [node]='
    nodejs               command node
    npm                  command npm'
  [clang]='
    clang-19             command clang-19
    libclang-rt-19-dev   file    /usr/lib/llvm-19/lib/clang/19/lib'
  [go]='
    g++                  command g++
    golang-go            command go'
)

fail() {
  printf 'setup: %s\n' "$@" >&2
  exit 1
}

# Returns whether Node.js 18 or newer is installed. Debian's version is older.
has_node() {
  command -v npm >/dev/null && command -v node >/dev/null &&
    node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)'
}

# Reads lines `package kind what`; prints the packages that dpkg does not list as installed.
missing_by_dpkg() {
  local package installed
  local -a wanted=()
  while read -r package _; do
    [[ -z $package ]] || wanted+=("$package")
  done
  # dpkg-query fails if it does not know one of the packages.
  installed=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' "${wanted[@]}" 2>/dev/null) || true
  for package in "${wanted[@]}"; do
    grep -qxF "$package installed" <<<"$installed" || printf '%s\n' "$package"
  done
}

# Reads the same lines; prints the packages whose command, header, file or module is missing.
missing_by_probe() {
  local package kind what
  while read -r package kind what; do
    case $kind in
      '') ;;
      command) command -v "$what" >/dev/null || printf '%s\n' "$package" ;;
      header)
        printf '#include <%s>\n' "$what" | "${CXX:-g++}" -E -x c++ - >/dev/null 2>&1 ||
          printf '%s\n' "$package"
        ;;
      file) [[ -e $what ]] || printf '%s\n' "$package" ;;
      python) python3 -c "import $what" 2>/dev/null || printf '%s\n' "$package" ;;
    esac
  done
}

main() {
  [[ ${SEATBOOK_SKIP_SETUP:-0} != 1 ]] || return 0
  [[ $# -gt 0 ]] || set -- build

  local group table=''
  for group in "$@"; do
    [[ -n ${groups[$group]:-} ]] || fail "unknown group '$group': must be one of ${!groups[*]}"
    [[ $group != node ]] || ! has_node || continue
    [[ $group != go ]] || ! command -v go >/dev/null || continue
    table+=${groups[$group]}$'\n'
  done
  table=$(sort -u <<<"$table")

  local -a missing
  if ! command -v dpkg-query >/dev/null; then
    mapfile -t missing < <(missing_by_probe <<<"$table")
    [[ ${#missing[@]} -eq 0 ]] ||
      fail "this is not a Debian system, and tools are missing. Debian's packages for them are:" \
        "  ${missing[*]}" \
        "install them with this system's package manager (SEATBOOK_SKIP_SETUP=1 skips this check)"
    return 0
  fi

  mapfile -t missing < <(missing_by_dpkg <<<"$table")
  [[ ${#missing[@]} -gt 0 ]] || return 0

  command -v apt-get >/dev/null ||
    fail "apt-get not found; install these packages in another way:" "  ${missing[*]}"
  local -a install=(apt-get install -y --no-install-recommends "${missing[@]}")
  local -a as_root=()
  if [[ $(id -u) -ne 0 ]]; then
    # sudo works without a password, or with a terminal to type it.
    if ! command -v sudo >/dev/null || ! { sudo -n true 2>/dev/null || [[ -t 0 ]]; }; then
      fail "packages are missing, and only root can install them; run as root:" \
        "  ${install[*]}" \
        "(SEATBOOK_SKIP_SETUP=1 skips this check)"
    fi
    as_root=(sudo)
  fi

  echo "setup: installing ${missing[*]}"
  # A new machine may still hold the lock for automatic updates.
  local -a options=(-qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0)
  "${as_root[@]}" apt-get update "${options[@]}" ||
    echo "setup: could not update the package lists; trying with the present ones" >&2
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive "${install[@]}" "${options[@]}" ||
    fail "apt-get failed (see above); the command was:" "  ${install[*]}"
  echo "setup: done"
}

main "$@"
