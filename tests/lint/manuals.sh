#!/bin/sh
# manuals.sh: the manual pages are clean mdoc.
command -v mandoc >/dev/null || exit 0
out=$(mandoc -Tlint -W warning docs/*.[15] 2>&1)
[ -z "$out" ] && exit 0
echo "$out"
exit 1
