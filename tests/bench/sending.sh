#!/bin/sh
# sending.sh [PART…]: how fast issues leave; builds what it needs. See sending.py.
set -eu
cd "$(dirname "$0")/../.."
make --no-print-directory -s BUILD=release all build/release/tests/servers/sink \
	build/release/tests/bench/dialogue build/release/tests/bench/ledger build/release/tests/bench/wire
export GLOS="$PWD/build/release/glos" GLOS_BUILD="$PWD/build/release" GLOS_ROOT="$PWD" LC_ALL=C.UTF-8
exec /usr/bin/python3 tests/bench/sending.py "$@"
