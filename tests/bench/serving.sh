#!/bin/sh
# serving.sh: what hostile requests cost glos serve; builds what it needs. See serving.py.
set -eu
cd "$(dirname "$0")/../.."
make --no-print-directory -s BUILD=release all build/release/tests/servers/storm \
	build/release/tests/bench/bare
export GLOS="$PWD/build/release/glos" GLOS_BUILD="$PWD/build/release" GLOS_ROOT="$PWD" LC_ALL=C.UTF-8
exec /usr/bin/python3 tests/bench/serving.py "$@"
