#!/bin/sh
# Contents that nearly fill their frame: pages are kept for what they take with the true
# numbers, which are narrower than those they were counted with.
. "$(dirname "$0")/tap.sh"
root=$story_folder/magazine
mkdir -p "$root/issues/x" "$root/layouts"
cp -R layouts/glos "$root/layouts/glos"
cp -R fonts "$root/fonts"
printf 'title: T\npublisher: P\nlanguage: pl\nlayout: glos\n' > "$root/glos.yaml"
number=0
while read -r title; do
	printf -- '---\ntitle: %s\n---\n\nTekst.\n' "$title" > "$root/issues/x/$number.md"
	number=$((number + 1))
done <<'T'
Dieta szpital koordynator lato opieka
Ruch droga sen rozmowa opieka
Koordynator sen szpital lekarz dom wynik leczenie wynik
Dieta dom lato
Badania opieka leczenie dieta rozmowa badania praca sen pacjent
T
# contents: the issue has the sections on standard input.
contents() {
	{ printf 'number: 1/2026\ndate: 2026-03-17\ntitle: T\nlead: L\ncontents:\n'; cat; } > "$root/issues/x/issue.yaml"
}
contents <<'Y'
  - section: D
    articles: [0.md, 1.md, 2.md, 3.md, 4.md]
Y
frame='{role: contents, units: \[8, 12\], line: 5, lines: 39, fixed: true}'
layout=layouts/glos/layout.yaml pdf=$story_folder/out/x/screen.pdf

# The pages of the articles follow, and all have more words than their folio.
has_no_empty_page() {
	for page in 1 2 3 4 5; do
		[ "$(pdftotext -f $page -l $page "$pdf" - | wc -w)" -gt 4 ] || return 1
	done
}

ok "the layout has the frame that is cut here" grep -q "$frame" $layout
for lines in 7 8 9 10 11 12; do
	sed "s/$frame/{role: contents, units: [8, 12], line: 5, lines: $lines, fixed: true}/" \
		$layout > "$root/$layout"
	ok "a frame of $lines lines builds" exits 0 "$GLOS" -C "$root" build x -e screen -o "$story_folder/out"
	ok "and its pages settle" says_not contents-unsettled
	ok "and none is empty" has_no_empty_page
done

# A section that the foot of the page would divide goes on to the next page whole.
contents <<'Y'
  - section: Pierwszy
    articles: [0.md, 1.md, 2.md, 3.md, 4.md]
  - section: Drugi
    articles: [5.md, 6.md]
Y
for number in 5 6; do
	printf -- '---\ntitle: Słowo\n---\n\nTekst.\n' > "$root/issues/x/$number.md"
done
sections_begin_pages() {
	pdftotext -f 2 -l 2 "$pdf" - | grep -q "Badania opieka" &&
		pdftotext -f 3 -l 3 "$pdf" - | sed -n 1p | grep -qi drugi
}
sed "s/$frame/{role: contents, units: [8, 12], line: 5, lines: 11, fixed: true}/" $layout > "$root/$layout"
ok "a list of two sections builds" exits 0 "$GLOS" -C "$root" build x -e screen -o "$story_folder/out"
ok "and the second is not divided" sections_begin_pages
done_testing
