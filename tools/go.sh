#!/usr/bin/env bash
# Runs the go command in bindings/go, with the C interface of a build folder:
#
#   tools/go.sh build/release test ./...
#   tools/go.sh build/release -C conformance test       in a subfolder
#
# Sets the paths of the header and the library for cgo, and the run path of the programs. Downloads
# nothing: the module has no dependencies, and the toolchain is the installed one or $GO.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$(cd "$1" && pwd)
shift
folder=.
if [[ $1 == -C ]]; then
  folder=$2
  shift 2
fi

export CGO_ENABLED=1 GOTOOLCHAIN=local GOPROXY=off GOWORK=off
[[ -n ${GOCACHE:-}${XDG_CACHE_HOME:-}${HOME:-} ]] || export GOCACHE=$build/go-cache
# Cgo splits the flags at blanks and supports quotes.
export CGO_CFLAGS="${CGO_CFLAGS:--O2 -g} '-I$root/capi/include'"
export CGO_LDFLAGS="${CGO_LDFLAGS:-} '-L$build/capi' '-Wl,-rpath,$build/capi'"
cd "$root/bindings/go/$folder"
exec "${GO:-go}" "$@"
