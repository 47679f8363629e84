#!/usr/bin/env bash
# Installs the npm packages of the lock file of bindings/node, without running package scripts. Does
# nothing if they are installed already.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../bindings/node"

installed=node_modules/.package-lock.of-seatbook.json
if cmp -s package-lock.json "$installed"; then
  exit 0
fi
echo "node: npm ci in bindings/node"
npm ci --ignore-scripts --no-audit --no-fund ||
  {
    echo "node: npm could not install what bindings/node/package-lock.json lists (see above)" >&2
    exit 1
  }
cp package-lock.json "$installed"
