#!/bin/sh
# Who listens hears what who looks reads: the tagged editions give every article
# whole, in order, words unbroken, by their structure; samples and small documents.
. "$(dirname "$0")/tap.sh"
structure="/usr/bin/python3 $GLOS_ROOT/tests/story/structure.py"
out=$story_folder/out

ok "the samples are built" exits 0 "$GLOS" -q -C "$GLOS_ROOT" build -e screen,large -o "$out"
for issue in "$GLOS_ROOT"/issues/*/; do
	name=$(basename "$issue")
	ok "$name reads by its structure as it is written" $structure "$issue" \
		"$out/$name/screen.pdf" "$out/$name/large.pdf"
done

small=$story_folder/small
/usr/bin/python3 "$GLOS_ROOT/tests/conformance/features.py" "$small" >"$story_folder/names"
ok "the small documents are built" exits 0 "$GLOS" -q -C "$small" build -e screen,large -o "$out"
while read -r name; do
	ok "$name reads so too" $structure "$small/issues/$name" "$out/$name/screen.pdf" "$out/$name/large.pdf"
done <"$story_folder/names"

# The judge sees what is missing, out of place, or in two parts.
altered() {
	mkdir -p "$story_folder/altered"
	cp "$small/issues/notes/"*.md "$small/issues/notes/issue.yaml" "$story_folder/altered/"
	sed -i "$1" "$story_folder/altered/notes.md"
	! cmp -s "$small/issues/notes/notes.md" "$story_folder/altered/notes.md" || return 1
	! $structure "$story_folder/altered" "$out/notes/screen.pdf"
}
ok "a word too many would be seen" altered 's/ma przypis/ma swój przypis/'
ok "a word that is missing would be seen" altered 's/po drugim//'
ok "words in another order would be seen" altered 's/Krajowa Sieć/Sieć Krajowa/'
ok "a word in two parts would be seen" altered 's/Onkologiczna/Onko logiczna/'
ok "notes in another order would be seen" altered 's/\[^a\] Drugie/[^b] Drugie/'
done_testing
