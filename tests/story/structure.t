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
ok "the small documents are built" exits 0 "$GLOS" -q -C "$small" build -e screen,large,web,email -o "$out"
while read -r name; do
	ok "$name reads so too" $structure "$small/issues/$name" "$out/$name/screen.pdf" "$out/$name/large.pdf"
done <"$story_folder/names"

# What things are: has NAME COUNT PATTERN, in the lines that tagged.py prints.
has() {
	/usr/bin/python3 "$GLOS_ROOT/tests/story/tagged.py" "$out/$1/screen.pdf" >"$story_folder/elements"
	n=$(grep -cE "$3" "$story_folder/elements")
	[ "$n" = "$2" ] || { echo "$n, not $2: $3"; grep -v '^P ' "$story_folder/elements"; return 1; }
}
ok "headers of columns say so" has table-row-heads 2 "^TH .*/Scope': '/Column'"
ok "cells below an empty corner head their rows" has table-row-heads 2 "^TH .*/Scope': '/Row'.*(rano|wieczór)"
ok "an empty corner heads nothing" has table-row-heads 5 "^TD "
heads_rows() { n=$(grep -rhoE '<th scope="row"' "$out/table-row-heads/$1" --include='*.html' | wc -l); [ "$n" -gt 1 ] && [ $((n % 2)) = 0 ]; }
ok "so do they on the web" heads_rows web
ok "and in the e-mail" heads_rows email
ok "a header beside an empty one heads its column" has table-gaps 2 "^TH .*/Scope': '/Column'"
ok "a table whose header is empty has no headers" has table-empty-head 0 "^TH "
ok "code is code" has code 2 "^Code "
ok "each note has a name of its own" has notes 3 "^Note .*/ID u:note-"
ok "lists within lists are numbered or not" has lists-nested 1 "^L .*/Decimal"
ok "an ornament is none of the figures" has picture-decorative 0 "^Figure "
ok "words of another language say which" has language-passage 7 "/Lang u:(en|nb|de)"
ok "pictures say what they show" has gallery 3 "^Figure .*/Alt u:"
ok "headings that skip a level are mended" has headings-skipped 0 "^H[456] "

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
