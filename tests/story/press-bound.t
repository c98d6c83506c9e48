#!/bin/sh
# All that a printer may ask for at once: a cover of its own and sheets, marks on all
# plates, an ink of its own, a code, the job sheet; as PDF/X-4 and as PDF/X-1a. The boxes
# are looked at, and Ghostscript's plates.
. "$(dirname "$0")/tap.sh"
export GLOS_DATA=$GLOS_ROOT
root=$story_folder/case
out=$story_folder/out/1
ink='PANTONE 321 C'

mkdir -p "$root/issues/1/images" "$root/layouts"
cp -R "$GLOS_ROOT/layouts/glos" "$root/layouts/spot"
printf 'title: Próba\npublisher: My\nlanguage: pl\nlayout: spot\n' > "$root/glos.yaml"
cp "$GLOS_ROOT/issues/2026-1/images/okladka.jpg" "$root/issues/1/images/x.jpg"
for n in 1 2 3 4 5 6 7; do
	printf -- '---\ntitle: Artykuł%s\n---\n\nŻółta łódź płynie przez zatokę.\n\n' $n > "$root/issues/1/$n.md"
	printf '::: button {qr}\n[Lista pytań](https://glos.example.org/%s)\n:::\n' $n >> "$root/issues/1/$n.md"
done
printf -- '---\ntitle: Koniec\nlayout: back\n---\n\nTył okładki.\n' > "$root/issues/1/8.md"

# press MARKS LINES…: what the layout and the issue ask for.
press() {
	awk -v marks="$1" -v ink="$ink" '/^  print:$/ { print
			printf "    colours: {accent: {spot: \"%s\"}, tint: {spot: \"%s\", tint: 20, cmyk: null}}\n", ink, ink
			print "    masters: {page-opening: {background: tint}}"
			next }
		{ sub(/marks: false/, "marks: " marks); print }' "$GLOS_ROOT/layouts/glos/layout.yaml" > "$root/layouts/spot/layout.yaml"
	shift
	printf 'number: 1/2026\ndate: 2026-03-17\ntitle: Wszyscy razem\n' > "$root/issues/1/issue.yaml"
	printf 'cover: {image: images/x.jpg, alt: Opis}\ncontents:\n  - section: Dział\n' >> "$root/issues/1/issue.yaml"
	printf '    articles: [1.md, 2.md, 3.md, 4.md, 5.md, 6.md, 7.md, 8.md]\npress:\n' >> "$root/issues/1/issue.yaml"
	for line; do printf '  %s\n' "$line"; done >> "$root/issues/1/issue.yaml"
}
build() { "$GLOS" -C "$root" build -e print -o "$story_folder/out"; }
plates() { /usr/bin/python3 "$GLOS_ROOT/tests/story/plates.py" "$out/$@"; }
# on_all FILE PAGE X,Y: registration colour stands there; mm from the trim's corner.
on_all() { plates "$1" "$2" "$3" Cyan=100 Magenta=100 Yellow=100 Black=100 "$ink=100"; }
# box FILE PAGE NAME: left, foot, width and height in mm.
box() {
	pdfinfo -box -f "$2" -l "$2" "$out/$1" | awk -v name="$3:" '{ mm = 25.4 / 72 }
		$3 == name { printf "%.2f %.2f %.2f %.2f\n", $4 * mm, $5 * mm, ($6 - $4) * mm, ($7 - $5) * mm }'
}
is() { [ "$1" = "$2" ] || { echo "$1, not $2"; return 1; }; }
marks='{registration: true, colour_bar: true, offset: 4mm, length: 6mm, weight: 0.3pt}'

press "$marks" 'cover: separate' 'imposed: true' 'paper: {weight: 90, bulk: 1.25}' 'cover_paper: {weight: 200, bulk: 0.9}'
ok "cover, sheets, marks and an ink are built" exits 0 build
ok "without a warning" says_not warning
sound() { qpdf --check "$out/$1" && pdfinfo "$out/$1" | grep -F "PDF subtype:" | grep -F "$2"; }
for file in print cover imposed; do
	ok "$file.pdf is sound, and PDF/X-4" sound $file.pdf PDF/X-4
done

judge() { /usr/bin/python3 "$GLOS_ROOT/tests/conformance/preflight.py" --spots 1 "$@"; }
ok "an independent preflight finds nothing in the pages with their marks" judge "$out/print.pdf"
ok "nor in the cover with its" judge "$out/cover.pdf"
ok "nor in the sheets" judge --sheets "$out/imposed.pdf"
slug() { pdftotext -layout "$out/print.pdf" - | tr -s ' ' | grep -qF "Próba nr 1/2026 strona $1 Cyan Magenta Yellow Black, $ink 20"; }
ok "pages say which they are" slug 3
ok "to the last" slug 6

# Marks reach 4 + 6 + 1.5 mm; the cover is two pages of 210 mm; sheets lie within 0.18 mm
# of cover and each within 0.1125 mm more.
ok "the cover is trimmed as a whole, within its marks" is "$(box cover.pdf 1 TrimBox)" "11.50 11.50 420.00 297.00"
ok "with bleed around it" is "$(box cover.pdf 2 BleedBox)" "8.50 8.50 426.00 303.00"
ok "on paper for its marks" is "$(box cover.pdf 1 MediaBox)" "0.00 0.00 443.00 320.00"
ok "the first sheet is narrower by the cover" is "$(box imposed.pdf 1 TrimBox)" "11.68 11.50 419.64 297.00"
ok "the second by a leaf more" is "$(box imposed.pdf 3 TrimBox)" "11.79 11.50 419.41 297.00"
ok "on the same paper" is "$(box imposed.pdf 3 MediaBox)" "0.00 0.00 443.00 320.00"

ok "the cover is cut by lines on all plates" on_all cover.pdf 1 -7,0
ok "at its other end, too" on_all cover.pdf 1 427,297
ok "the fold is marked on them" on_all cover.pdf 1 210,-4.5
ok "and the cross stands beside it" on_all cover.pdf 1 315,-7
ok "the bar ends with the ink" plates cover.pdf 1 63,304 "$ink=100"
ok "the back is the ink alone" plates cover.pdf 1 5,150 "$ink=100"
ok "and bleeds" plates cover.pdf 1 -2.5,150 "$ink=100"

ok "a sheet is cut by lines on all plates" on_all imposed.pdf 1 -7,0
ok "at the foot of its other end" on_all imposed.pdf 1 426.64,297
ok "it is folded at a mark on them" on_all imposed.pdf 1 209.82,-4.5
ok "the cross stands beside it" on_all imposed.pdf 1 314.73,-7
ok "with its ring" on_all imposed.pdf 1 316.48,-7
ok "the bar has its cyan" plates imposed.pdf 1 15,304 Cyan=100
ok "and the ink" plates imposed.pdf 1 63,304 "$ink=100"
ok "within 4 mm stands no mark" plates imposed.pdf 1 -3.5,0
ok "a page's tint is a part of the ink" plates imposed.pdf 1 417,2 "$ink=20"
ok "to the edge of the bleed" plates imposed.pdf 1 422.4,-2.8 "$ink=20"
ok "and up to the fold, but not over it" plates imposed.pdf 1 210,150 "$ink=20"
ok "where the page beside it is white" plates imposed.pdf 1 209.6,150
ok "no mark of that page stands on this one" plates imposed.pdf 1 217,0 "$ink=20"

# Articles 3 to 6 stand inside: each sheet shows the codes of its pages.
codes() {
	pdftoppm -r 200 -gray "$1" "$story_folder/c" &&
		zbarimg -q --raw -Sdisable -Sqrcode.enable "$story_folder"/c-*.pgm | sort
	rm -f "$story_folder"/c-*.pgm
}
same_codes() {
	codes "$out/print.pdf" > "$story_folder/page-codes"
	codes "$out/imposed.pdf" > "$story_folder/sheet-codes"
	cat "$story_folder/page-codes"
	[ "$(wc -l < "$story_folder/page-codes")" -ge 4 ] && diff "$story_folder/page-codes" "$story_folder/sheet-codes"
}
ok "a telephone reads the same codes on sheets" same_codes

sheet=$out/jobsheet.txt
on_sheet() { grep -qF -- "$1" "$sheet" || { cat "$sheet"; return 1; }; }
for file in print cover imposed; do
	listed() {
		pages=$(pdfinfo "$out/$file.pdf" | awk '/^Pages:/ { print $2 }')
		awk -v file="  $file.pdf" -v pages="$pages" -v trim="$trim" -v bytes="$(wc -c < "$out/$file.pdf")" \
			-v sum="$(sha256sum < "$out/$file.pdf" | cut -c 1-64)" '
			{ if (/^  [^ ]/) mine = $0 == file }
			mine && $0 == "    Liczba stron / Pages: " pages { found++ }
			mine && $0 == "    Format netto / Trim size: " trim { found++ }
			mine && $0 == "    Norma / Standard: '"$1"'" { found++ }
			mine && $0 == "    " bytes " B" { found++ }
			mine && $0 == "    SHA-256: " sum { found++ }
			END { exit found != 5 }' "$sheet" || { cat "$sheet"; return 1; }
	}
	case $file in
	print) trim="210 × 297 mm" ;;
	cover) trim="420 × 297 mm" ;;
	imposed) trim="419,64–419,42 × 297 mm" ;; # the outer sheet, the inner one
	esac
	ok "the job sheet has $file.pdf with pages, size, bytes and sum" listed PDF/X-4
done
ok "and three files" sh -c "[ \"\$(grep -c SHA-256 '$sheet')\" = 3 ]"
ok "how they are bound" on_sheet "szyta drutem / saddle stitch"
ok "the papers" on_sheet "90 g/m², 0,113 mm"
ok "of the cover, too" on_sheet "200 g/m², 0,18 mm"
ok "the ink" on_sheet "CMYK + $ink ("
ok "and the marks" on_sheet "cięcia / crop, pasowania / registration, pasek kontrolny / colour bar"

press 'true, pdfx: 1a' 'cover: separate' 'imposed: true' 'paper: {weight: 90, bulk: 1.25}'
ok "an old machine is served" exits 0 build
for file in print cover imposed; do
	ok "$file.pdf is PDF/X-1a" sound $file.pdf PDF/X-1a
	ok "in PDF 1.4" sh -c "pdfinfo '$out/$file.pdf' | grep -q 'PDF version: *1.4'"
done
ok "as the job sheet says of all" sh -c "[ \"\$(grep -c 'Standard: PDF/X-1a:2003' '$sheet')\" = 3 ]"
ok "with the ink on its plate" plates imposed.pdf 1 417,2 "$ink=20"
ok "marks half a millimetre outside the bleed" on_all imposed.pdf 1 -5,0
ok "and no cross" plates imposed.pdf 1 315,-6

press "$marks" 'binding: perfect' 'cover: separate' 'spine: 8mm'
ok "glued around a spine" exits 0 build
ok "the spine is in the ink" plates cover.pdf 1 214,5 "$ink=100"
ok "folded at both its edges" on_all cover.pdf 1 210,-4.5
ok "that is" on_all cover.pdf 1 218,-4.5
ok "the inner one is left to the glue" plates cover.pdf 2 214,150
ok "the job sheet tells its width" on_sheet "Grzbiet / Spine:                         8 mm"
ok "and that it is glued" on_sheet "klejona / perfect binding"
ok "and forgets the sheets" sh -c "! grep -q imposed.pdf '$sheet'"
done_testing
