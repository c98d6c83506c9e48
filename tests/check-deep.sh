#!/bin/sh
# check-deep.sh: what is too slow for every commit: both compilers with warnings as
# errors, all tests under the sanitizers, threads under the one for them, valgrind on a
# build, 100,000 deliveries through crashes, clang-tidy.
set -eu
sh tests/deps.sh valgrind clang-tidy libclang-rt-14-dev
for compiler in gcc clang; do
	echo "== $compiler -Werror"
	make --no-print-directory -s CC=$compiler WERROR=1 all
done
echo "== address and undefined-behaviour sanitizers"
make --no-print-directory -s CC=gcc BUILD=asan WERROR=1 check
echo "== thread sanitizer: the threads of serve, the crew that signs, the clerk of the ledger"
threaded=$(ls tests/unit/base/crew_test.c tests/unit/base/errand_test.c \
	tests/unit/delivery/*_test.c tests/unit/serve/*_test.c | sed 's|\(.*\)\.c|build/tsan/\1|')
# shellcheck disable=SC2086
make --no-print-directory -s CC=gcc BUILD=tsan WERROR=1 all $threaded build/tsan/tests/servers/sink \
	build/tsan/tests/servers/storm
(
	export GLOS="$PWD/build/tsan/glos" GLOS_BUILD="$PWD/build/tsan" GLOS_ROOT="$PWD"
	export CMOCKA_MESSAGE_OUTPUT=TAP LC_ALL=C.UTF-8
	# shellcheck disable=SC2086
	prove --exec '' $threaded
	prove tests/story/serve.t tests/story/delivery-mta.t tests/story/postgresql.t
)
echo "== valgrind"
make --no-print-directory -s CC=gcc all
out=$(mktemp -d)
valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite \
	build/release/glos -q build 2026-1 -o "$out"
rm -rf "$out"
echo "== 100,000 deliveries: kill -9, power loss, a network that breaks at every phase"
make --no-print-directory -s CC=gcc all build/release/tests/servers/sink \
	build/release/tests/story/powerloss.so
GLOS_DEEP=1 GLOS="$PWD/build/release/glos" GLOS_BUILD="$PWD/build/release" GLOS_ROOT="$PWD" \
	/usr/bin/python3 tests/story/delivery-killed.t
echo "== 100,000 deliveries by three senders on PostgreSQL: kills, a stop, a crash"
GLOS_DEEP=1 GLOS="$PWD/build/release/glos" GLOS_BUILD="$PWD/build/release" GLOS_ROOT="$PWD" \
	tests/story/postgresql.t
echo "== clang-tidy"
for file in $(git ls-files 'src/*.c'); do
	clang-tidy --quiet "$file" -- -std=c17 -D_GNU_SOURCE -DGLOS_VERSION='"0"' \
		-Isrc -include src/base/banned.h $(pkg-config --cflags libcmark-gfm harfbuzz sqlite3)
done
