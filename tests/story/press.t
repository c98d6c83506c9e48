#!/bin/sh
# What a printer may ask for beside plain pages: marks, inks of their own. The leaflet is
# built with them, and Ghostscript's plates are looked at.
. "$(dirname "$0")/tap.sh"
name=ulotka-slaskie-2026
root=$story_folder/press
mkdir -p "$root/issues" "$root/layouts"
cp -R "$GLOS_ROOT/issues/$name" "$root/issues/"
cp -R "$GLOS_ROOT/layouts/ulotka" "$root/layouts/"
cp "$GLOS_ROOT/glos.yaml" "$root/"
pdf=$root/out/$name/print.pdf
layout=$root/layouts/ulotka/layout.yaml

# with TEXT: the print edition's part of the layout begins with that.
with() {
	awk -v text="$1" '/^  print:$/ { print; print text; next } { print }' \
		"$GLOS_ROOT/layouts/ulotka/layout.yaml" | sed 's/, marks: false}/, marks: '"$2"'}/' > "$layout"
	"$GLOS" -C "$root" build -e print
}
plates() { /usr/bin/python3 "$GLOS_ROOT/tests/story/plates.py" "$pdf" "$@"; }
names() { plates 1 | tr '\n' ' '; }

inks='    colours: {accent: {spot: "PANTONE 289 C"}, lamp: {spot: "PANTONE 289 C", tint: 20, cmyk: null}}'
ok "marks and an ink of its own are built" exits 0 with "$inks" \
	"{registration: true, colour_bar: true, offset: 4mm, length: 6mm, weight: 0.3pt}"
ok "without a warning" says_not warning
ok "qpdf finds nothing" qpdf --check "$pdf"
ok "it is PDF/X-4 all the same" sh -c "pdfinfo '$pdf' | grep -q 'PDF/X-4'"
ok "the ink has a plate" sh -c "/usr/bin/python3 '$GLOS_ROOT/tests/story/plates.py' '$pdf' 1 |
	grep -qx 'PANTONE 289 C'"

# A5: 148 x 210 mm. Marks begin 4 mm from the trim and are 6 mm long.
on_all() { plates 2 "$1" Cyan=100 Magenta=100 Yellow=100 Black=100 "PANTONE 289 C=100"; }
ok "the cut's line stands on all plates" on_all -7,0
ok "at every corner" on_all 148,217
ok "so does the cross" on_all 74,-7
ok "and its ring" on_all 75.75,-7
ok "which is open" plates 2 75.2,-6
ok "on the other sides, too" on_all -7,105
ok "within 4 mm of the trim stands no mark" plates 2 -3.5,0
patch() { plates 2 "$1,217" "$2"; }
ok "the bar begins with black" patch 7 Black=100
ok "it has cyan" patch 15 Cyan=100
ok "and half magenta" patch 45 Magenta=50
ok "and the ink itself" patch 63 "PANTONE 289 C=100"
ok "grey of three" plates 2 57,217 Cyan=50 Magenta=40 Yellow=40
ok "a colour of the ink is its plate's alone" plates 1 5,20 "PANTONE 289 C=100"
ok "a tint is a part of it" plates 4 2,2 "PANTONE 289 C=20"
ok "and reaches to the edge of the bleed" plates 4 -2.8,-2.8 "PANTONE 289 C=20"
boxes() {
	pdfinfo -box "$pdf" | awk '/^MediaBox/ { m = $4 } /^TrimBox/ { t = $4 - $2 } END {
		print m, t; exit !(m - t - 2 * (10 + 1.5) * 72 / 25.4 < 0.02 && t - 419.528 < 0.02) }'
}
ok "the paper is as large as the marks need" boxes

sheet=${pdf%print.pdf}jobsheet.txt
on_sheet() { grep -qF -- "$1" "$sheet" || { cat "$sheet"; return 1; }; }
ok "the job sheet names the ink" on_sheet "CMYK + PANTONE 289 C (C 95 M 75 Y 45 K 45)"
ok "and the marks" on_sheet "cięcia / crop, pasowania / registration, pasek kontrolny / colour bar"
ok "and the sum of the file" on_sheet "$(sha256sum < "$pdf" | cut -c 1-64)"
told() {
	"$GLOS" -C "$root" build -e print --json | /usr/bin/python3 -c '
import json, os, sys
files = {os.path.basename(o["path"]): o for o in map(json.loads, sys.stdin)}
print(files)
sys.exit(set(files) != {"print.pdf", "jobsheet.txt"} or any(
	os.path.getsize(o["path"]) != o["bytes"] or o["edition"] != "print" for o in files.values()))'
}
ok "build tells of it, to scripts as well" told
ok "a draft" exits 0 "$GLOS" -q -C "$root" build -e print --draft
gone() { [ -s "$pdf" ] && [ ! -e "$sheet" ]; }
ok "is not for the printer: it leaves no job sheet" gone

ok "other editions know nothing of it" exits 0 "$GLOS" -C "$root" build -e screen
ok "no plate, no mark" sh -c "! grep -aq Separation '${pdf%print.pdf}screen.pdf' &&
	pdfinfo '${pdf%print.pdf}screen.pdf' | grep -q 'Page size: *419.528 x 595.276'"

ok "a printer with an old machine gets PDF/X-1a" exits 0 with "$inks" "true, pdfx: 1a"
ok "that is PDF 1.4" sh -c "pdfinfo '$pdf' | grep -q 'PDF version: *1.4' &&
	pdfinfo '$pdf' | grep -q 'PDF/X-1a:2003'"
ok "with the ink's plate" plates 1 5,20 "PANTONE 289 C=100"
ok "in which qpdf finds nothing" qpdf --check "$pdf"

ok "marks: true are the lines alone" exits 0 with "" true
ok "on four plates" sh -c "[ \"\$(/usr/bin/python3 '$GLOS_ROOT/tests/story/plates.py' '$pdf' 1 | wc -l)\" = 4 ]"
ok "half a millimetre outside the bleed" plates 2 -5,0 Cyan=100 Magenta=100 Yellow=100 Black=100
ok "no cross" plates 2 74,-6
done_testing
