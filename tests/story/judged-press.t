#!/bin/sh
# An independent preflight finds nothing in the samples' press files, by the rules of
# GWG 2022 and PDF/X-4, and finds five planted faults of each of its rules, on their pages.
. "$(dirname "$0")/tap.sh"
ok "the samples are built for the press" exits 0 "$GLOS" -q -C "$GLOS_ROOT" build -e print -o "$story_folder/out"
for issue in "$GLOS_ROOT"/issues/*/; do
	name=$(basename "$issue")
	ok "nothing is wrong with $name" /usr/bin/python3 "$GLOS_ROOT/tests/conformance/preflight.py" \
		"$story_folder/out/$name/print.pdf"
done
ok "five faults of each rule are told" /usr/bin/python3 "$GLOS_ROOT/tests/conformance/preflight_test.py" --fives
done_testing
