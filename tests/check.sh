#!/bin/sh
# check.sh BUILD-FOLDER: every test that `make check` runs, through prove, from
# the root of the checkout. All layers run even when one fails.
set -u
out=$1
export GLOS="$PWD/$out/glos" GLOS_BUILD="$PWD/$out" GLOS_ROOT="$PWD"
export CMOCKA_MESSAGE_OUTPUT=TAP LC_ALL=C.UTF-8
failed=0
sh tests/lint/run.sh "$out/libglos.a" || failed=1
# shellcheck disable=SC2046
prove -j2 --exec '' $(find "$out/tests/unit" -type f -name '*_test' | sort) || failed=1
prove -j2 tests/story/*.t || failed=1
/usr/bin/python3 tests/bench/typography_test.py || failed=1
/usr/bin/python3 tests/bench/generate_test.py || failed=1
/usr/bin/python3 tests/bench/peers/convert_test.py || failed=1
exit $failed
