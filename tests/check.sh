#!/bin/sh
# check.sh BUILD-FOLDER: every test that `make check` runs, through prove, from
# the root of the checkout. All layers run even when one fails; the last line says which did.
set -u
out=$1
export GLOS="$PWD/$out/glos" GLOS_BUILD="$PWD/$out" GLOS_ROOT="$PWD"
export CMOCKA_MESSAGE_OUTPUT=TAP LC_ALL=C.UTF-8
failed=
sh tests/lint/run.sh "$out/libglos.a" || failed="$failed, lint"
# shellcheck disable=SC2046
prove -f -j2 --exec '' $(find "$out/tests/unit" -type f -name '*_test' | sort) || failed="$failed, unit tests"
prove -f -o -j2 tests/story/*.t || failed="$failed, stories"
for of_bench in typography_test generate_test peers/convert_test; do
	/usr/bin/python3 "tests/bench/$of_bench.py" || failed="$failed, tests/bench/$of_bench.py"
done
[ -z "$failed" ] || echo "check: failed: ${failed#, }" >&2
[ -z "$failed" ]
