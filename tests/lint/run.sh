#!/bin/sh
# run.sh LIBRARY: the lints of the house. Each says file:line and what is wrong.
set -u
cd "$(dirname "$0")/../.." || exit 1
failed=0
for lint in tests/lint/includes.awk tests/lint/libraries.awk; do
	awk -f "$lint" src/*/*.[ch] || failed=1
done
sh tests/lint/globals.sh "$1" || failed=1
sh tests/lint/manuals.sh || failed=1
if command -v clang-format >/dev/null; then
	git ls-files 'src/*.[ch]' 'tests/*.[ch]' 2>/dev/null |
		xargs -r clang-format --dry-run --Werror --ferror-limit=3 || failed=1
fi
[ $failed = 0 ] && echo "lint: every line stands in its room"
exit $failed
