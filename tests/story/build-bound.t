#!/bin/sh
# The printer wants a cover of its own, and sheets ready to be stitched: a small
# issue is bound in both ways, and what does not fit together is told.
. "$(dirname "$0")/tap.sh"
export GLOS_DATA=$GLOS_ROOT
root=$story_folder/case
out=$story_folder/out/1

mkdir -p "$root/issues/1/images"
printf 'title: Próba\npublisher: My\nlanguage: pl\n' > "$root/glos.yaml"
cp "$GLOS_ROOT/issues/2026-1/images/okladka.jpg" "$root/issues/1/images/x.jpg"
for n in 1 2 3 4 5 6 7; do
	printf -- '---\ntitle: Artykuł%s\nimage: {src: images/x.jpg, alt: Opis}\n---\n\n' $n > "$root/issues/1/$n.md"
	for line in 1 2 3 4 5 6 7 8; do
		printf 'Żółta łódź płynie przez zatokę, a zdanie %s artykułu %s kończy się dopiero tutaj.\n\n' $line $n
	done >> "$root/issues/1/$n.md"
done
printf -- '---\ntitle: Koniec\nlayout: back\n---\n\nTył okładki.\n' > "$root/issues/1/8.md"
# press LINES…: issue.yaml whose line 8 is `press:`, with these lines below it.
press() {
	printf 'number: 1/2026\ndate: 2026-03-17\ntitle: Wszyscy razem\n' > "$root/issues/1/issue.yaml"
	printf 'cover: {image: images/x.jpg, alt: Opis}\ncontents:\n  - section: Dział\n    articles: [%s]\n' \
		"${articles:-1.md, 2.md, 3.md, 4.md, 5.md, 6.md, 7.md, 8.md}" >> "$root/issues/1/issue.yaml"
	printf 'press:\n' >> "$root/issues/1/issue.yaml"
	for line; do printf '  %s\n' "$line"; done >> "$root/issues/1/issue.yaml"
}
build() { "$GLOS" -C "$root" build -e print -o "$story_folder/out"; }
sound() { qpdf --check "$1" && mutool draw -q -r 20 "$1" && pdfinfo "$1" | grep -F 'PDF/X-4'; }

# boxes FILE: page, box, width and height in pt, and its left edge.
boxes() { pdfinfo -box -l 999 "$1" | awk '$1 == "Page" && $3 ~ /Box/ { sub(":", "", $3); printf "%s %s %.2f %.2f %.2f\n", $2, $3, $6 - $4, $7 - $5, $4 }'; }
# Words of a part of a page of the file, below the slug, at 72 dpi: FILE PAGE X WIDTH.
part() { pdftotext -r 72 -f "$2" -l "$2" -x "$3" -y 20 -W "$4" -H 1000 "$1" - | tr '\n\f' '  ' | sed 's/  *$//'; }

press
ok "bound as the layout says" exits 0 build
cp "$out/print.pdf" "$story_folder/whole.pdf"
pages() { pdfinfo "$1" | awk '/^Pages:/ { print $2 }'; }
whole=$(pages "$story_folder/whole.pdf")
ok "its pages fill sheets" test $((whole % 4)) = 0
ok "nobody asked for a cover or sheets" test ! -e "$out/cover.pdf" -a ! -e "$out/imposed.pdf"

press 'cover: separate' 'imposed: true' 'paper: {weight: 90, bulk: 1.25}' 'cover_paper: {weight: 200, bulk: 0.9}'
ok "stitched in a cover of its own" exits 0 build
ok "without a warning" says_not warning
for file in print cover imposed; do
	ok "$file.pdf is sound, and PDF/X-4" sound "$out/$file.pdf"
done
same_profile() {
	for file in print cover imposed; do
		qpdf --qdf --object-streams=disable "$out/$file.pdf" - | grep -a -c 'OutputConditionIdentifier (FOGRA39)'
	done | uniq | grep -x 1
}
ok "all for the same printing condition" same_profile
inner=$((whole - 4))
ok "print.pdf has the pages inside the cover" test "$(pages "$out/print.pdf")" = $inner
inner_text() {
	for n in $(seq 1 $inner); do
		pdftotext -f $n -l $n "$out/print.pdf" "$story_folder/a.txt"
		pdftotext -f $((n + 2)) -l $((n + 2)) "$story_folder/whole.pdf" "$story_folder/b.txt"
		cmp "$story_folder/a.txt" "$story_folder/b.txt" || return 1
	done
}
ok "with the folios they had, from 3 on" inner_text
ok "the cover is two sides" test "$(pages "$out/cover.pdf")" = 2
cover_boxes() {
	boxes "$out/cover.pdf" > "$story_folder/boxes"
	cat "$story_folder/boxes"
	# 2 x 210 mm and 3 mm of bleed outside alone
	grep -qx '1 TrimBox 1190.56 841.89 8.50' "$story_folder/boxes" &&
		grep -qx '2 BleedBox 1207.56 858.90 0.00' "$story_folder/boxes"
}
ok "trimmed as a whole" cover_boxes
# cover_side SIDE LEFT-PAGE RIGHT-PAGE LEFT-EDGE-OF-RIGHT
cover_side() {
	left=$(part "$out/cover.pdf" $1 0 603) right=$(part "$out/cover.pdf" $1 $4 620)
	[ "$left" = "$(part "$story_folder/whole.pdf" $2 0 620)" ] && [ "$right" = "$(part "$story_folder/whole.pdf" $3 0 620)" ] ||
		{ echo "$left | $right"; return 1; }
}
ok "back and front outside" cover_side 1 $whole 1 604
ok "the others inside" cover_side 2 2 $((whole - 1)) 604

slug() { pdftotext -r 72 -f $2 -l $2 -x 0 -y 0 -W 2000 -H 20 "$1" - | tr -s ' \n\f' ' ' | grep -F "$3"; }
ok "each side says what it is" slug "$out/imposed.pdf" 2 "Próba nr 1/2026 arkusz 1/$((inner / 4)) tył Cyan Magenta Yellow Black $(date -u -d "@${SOURCE_DATE_EPOCH:-0}" +%Y-)"
ok "the cover has no marks and no slug" sh -c "! pdftotext '$out/cover.pdf' - | grep -q Cyan"
ok "sheets have four pages each" test "$(pages "$out/imposed.pdf")" = $((inner / 2))
order() {
	for side in $(seq 1 $((inner / 2))); do
		sheet=$(((side - 1) / 2))
		if [ $((side % 2)) = 1 ]; then
			left=$((inner - 2 * sheet)) right=$((2 * sheet + 1))
		else
			left=$((2 * sheet + 2)) right=$((inner - 2 * sheet - 1))
		fi
		[ "$(part "$out/imposed.pdf" $side 0 623)" = "$(part "$out/print.pdf" $left 0 620)" ] &&
			[ "$(part "$out/imposed.pdf" $side 624 640)" = "$(part "$out/print.pdf" $right 0 620)" ] ||
			{ echo "side $side is not $left | $right"; return 1; }
		[ -n "$(part "$out/imposed.pdf" $side 624 640)" ] || { echo "side $side is empty"; return 1; }
	done
}
ok "the outermost has the first and the last, and so on inwards" order
creep() {
	boxes "$out/imposed.pdf" | grep TrimBox > "$story_folder/boxes"
	cat "$story_folder/boxes"
	# Within 180 um of cover, each sheet within 112.5 um more.
	awk '{ push = (180 + 112.5 * int(($1 - 1) / 2)) / 1000 * 72 / 25.4
		if (($3 - (1190.552 - 2 * push)) ^ 2 > 0.0004 || ($5 - (28.346 + push)) ^ 2 > 0.0004) { print "wrong: " $0; bad = 1 } }
		END { exit bad || !NR }' "$story_folder/boxes"
}
ok "pushed out as far as paper and cover are thick" creep
once() { pdffonts "$1" | awk 'NR > 2 { sub(/.*\+/, "", $1); if (seen[$1]++) { print; bad = 1 } } END { exit bad }'; }
ok "each font is in imposed.pdf once" once "$out/imposed.pdf"
vector() { [ "$(pdfimages -list "$out/imposed.pdf" | wc -l)" -le "$(pdfimages -list "$out/print.pdf" | wc -l)" ]; }
ok "pages stand there as letters and shapes" vector

# Rendered: each half of a side is the page, to the pixel but for the fold's strip.
seen() {
	pdftoppm -r 72 -gray -f 1 -l 1 "$out/imposed.pdf" "$story_folder/i" &&
		pdftoppm -r 72 -gray -f 1 -l 1 "$out/print.pdf" "$story_folder/p" &&
		/usr/bin/python3 - "$story_folder" <<'END'
import glob, sys
def pgm(name):
    data = open(glob.glob(name)[0], "rb").read()
    _, w, h, _ = data.split(None, 4)[:4]
    w, h = int(w), int(h)
    body = data[-w * h:]
    return w, [body[i * w:(i + 1) * w] for i in range(h)]
_, sheet = pgm(sys.argv[1] + "/i-*.pgm")
width, page = pgm(sys.argv[1] + "/p-*.pgm")
ink = lambda rows: sum(255 - v for row in rows for v in row) / 255
# The right half: fold at 28.346 + 595.276; the page, moved 0.51 pt to it, with bleed.
right = [row[624:624 + 604] for row in sheet[20:20 + 858]]
own = [row[9:] for row in page[:858]]
a, b = ink(right), ink(own)
print(a, b)
sys.exit(not (b > 1000 and abs(a - b) < 0.02 * b))
END
}
ok "the eye finds the same on sheet and page" seen

press 'binding: perfect' 'cover: separate' 'spine: 8mm'
ok "glued, with a spine" exits 0 build
ok "sheets of the last time are gone" test ! -e "$out/imposed.pdf"
ok "cover.pdf is sound" sound "$out/cover.pdf"
ok "and wider by the spine" sh -c "pdfinfo -box -l 1 '$out/cover.pdf' | grep -E 'TrimBox: +8.50 +8.50 +1221.73 +850.39'"
spine() { pdftotext -f 1 -l 1 -r 72 -x 604 -y 0 -W 22 -H 900 "$out/cover.pdf" - | tr '\n\302\240' '   ' | grep -E 'Próba.*Wszyscy +razem.*nr +1/2026'; }
ok "title, issue and number stand on it" spine
ok "glos dump shows it" sh -c "'$GLOS' -C '$root' dump page 1 | grep -x '  spine'"

press 'binding: perfect' 'cover: separate' 'paper: {weight: 90, bulk: 1.25}'
ok "a spine of few pages is built" exits 0 build
ok "but told to be too thin" says "issues/1/issue.yaml:10:10: warning: spine is thin"
ok "with its width" says "around $inner pages, glue wants 3 mm"
ok "and what to do" says "binding: saddle"

# fails PLACE WORDS: nothing is built, check tells the same.
fails() {
	rm -rf "$out"
	exits 1 build || return 1
	says "issues/1/issue.yaml:$1" && says "$2" && says "^" && says hint || return 1
	[ -z "$(find "$story_folder/out" -type f 2>/dev/null)" ] || { echo "files were written"; return 1; }
	exits 1 "$GLOS" -C "$root" check && says "issues/1/issue.yaml:$1" && says "$2"
}
articles=8.md
mkdir -p "$root/layouts"
cp -R "$GLOS_ROOT/layouts/glos" "$root/layouts/lone"
sed -i 's/, filler: notes, back: back-plain}/}/; s/, contents: contents//' "$root/layouts/lone/layout.yaml"
printf 'layout: lone\n' >> "$root/glos.yaml"
press 'imposed: true' 'paper: {weight: 90, bulk: 1.25}'
ok "two pages do not fill a sheet" fails 9:12 '[binding-pages]'
press 'cover: separate'
ok "and are no more than a cover" fails 9:10 '[binding-pages]'
sed -i '$d' "$root/glos.yaml"
articles=
press 'imposed: true'
ok "creep needs a paper" fails 9:12 '[key-missing]'
press 'binding: perfect' 'cover: separate'
ok "so does a spine" fails 10:10 '[key-missing]'
press 'binding: stapled'
ok "a binding nobody knows" fails 9:12 'known are: saddle, perfect, flat'
press 'paper: {weight: 90, bulk: thick}'
ok "a bulk that is none" fails 9:29 'cm³/g'
done_testing
