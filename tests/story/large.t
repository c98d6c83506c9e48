#!/bin/sh
# Large print, read back from the PDF: size of letters, length of lines, contrast,
# nothing near the edge or on a picture; samples and small documents.
. "$(dirname "$0")/tap.sh"
large="/usr/bin/python3 $GLOS_ROOT/tests/story/large.py"
out=$story_folder/out small=$story_folder/small

ok "the samples are built" exits 0 "$GLOS" -q -C "$GLOS_ROOT" build -e screen,large -o "$out"
/usr/bin/python3 "$GLOS_ROOT/tests/conformance/features.py" "$small" >/dev/null
ok "the small documents are built" exits 0 "$GLOS" -q -C "$small" build -e large -o "$out"
for pdf in "$out"/*/large.pdf; do
	name=${pdf%/large.pdf}
	ok "${name##*/} can be read by eyes that see little" $large "$pdf"
done
# Its lead, its byline and the first words below them.
opens_on_one_page() {
	pdftotext "$out/2026-1/large.pdf" - | tr '\n' ' ' | tr '\f' '\n' |
		grep "Z koordynatorką leczenia" | grep -q "To rozmowa przykładowa"
}
ok "an interview opens with its head and first words on one page" opens_on_one_page
told() { ! $large "$1" >"$story_folder/told" && grep -q "$2" "$story_folder/told"; }
ok "letters of the usual size would be told" told "$out/ulotka-slaskie-2026/screen.pdf" "11.0 pt"
ok "long lines would be told" told "$out/ulotka-slaskie-2026/screen.pdf" "characters in a line"
ok "words on a picture would be told" told "$out/2026-1/screen.pdf" "on a picture"
ok "weak contrast would be told" told "$out/2026-1/screen.pdf" "contrast"
done_testing
