#!/bin/sh
# What a printer would refuse is told before anything is written, at its place in the
# editor's or the designer's file; and what a printer would take, is not.
. "$(dirname "$0")/tap.sh"
export GLOS_DATA=$GLOS_ROOT
plant=$GLOS_ROOT/tests/story/plant.py

for issue in 2026-1 ulotka-slaskie-2026; do
	ok "nothing is wrong with $issue" exits 0 "$GLOS" -C "$GLOS_ROOT" check $issue
	ok "not even a warning" says_not warning
done
for kind in $(/usr/bin/python3 "$plant" --kinds); do
	ok "five faults are found: $(echo $kind | tr _ ' ')" \
		/usr/bin/python3 "$plant" "$story_folder" "$kind"
done
done_testing
