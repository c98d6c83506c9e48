#!/bin/sh
# check.sh BUILD-FOLDER: every test that `make check` runs, through prove.
set -eu
out=$1
export GLOS="$PWD/$out/glos" GLOS_BUILD="$PWD/$out" GLOS_ROOT="$PWD"
export CMOCKA_MESSAGE_OUTPUT=TAP LC_ALL=C.UTF-8
sh tests/lint/run.sh "$out/libglos.a"
units=$(cd "$out" && find tests/unit -type f -name '*_test' | sort)
cd "$out" && prove -j2 --exec '' $units && cd "$GLOS_ROOT"
prove -j2 tests/story/*.t
