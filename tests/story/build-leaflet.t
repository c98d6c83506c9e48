#!/bin/sh
# An issue with a layout of its own: a leaflet of four pages, A5, that shares
# nothing with the magazine's design but the program.
. "$(dirname "$0")/tap.sh"
name=ulotka-slaskie-2026
issue=$GLOS_ROOT/issues/$name
out=$story_folder/out/$name

ok "the leaflet has no mistakes" exits 0 "$GLOS" -C "$GLOS_ROOT" check $name
ok "and nothing to warn of" says_not warning
ok "it is built" exits 0 "$GLOS" -C "$GLOS_ROOT" build $name -o "$story_folder/out"
ok "without a warning, either" says_not warning
for file in print.pdf jobsheet.txt screen.pdf large.pdf web/index.html web/feed.xml email/pl.html email/pl.txt \
	email/pl.eml; do
	ok "$file is there" test -s "$out/$file"
done
for edition in print screen large web email; do
	ok "every word stands in $edition" /usr/bin/python3 "$GLOS_ROOT/tests/story/words.py" \
		"$issue" "$out" $edition
done

pages() { n=$(pdfinfo "$out/$1.pdf" | awk '/^Pages:/ { print $2 }'); echo "$n pages"; [ "$n" "$2" "$3" ]; }
ok "print.pdf is one sheet folded once" pages print -eq 4
ok "so is screen.pdf" pages screen -eq 4
ok "large print takes more" pages large -gt 4

boxes() {
	pdfinfo -box -f 1 -l 4 "$out/print.pdf" | /usr/bin/python3 -c '
import re, sys
boxes = re.findall(r"Page +(\d+) (\w+Box):((?: +[-\d.]+){4})", sys.stdin.read())
seen = {}
for page, name, numbers in boxes:
    a = [float(x) for x in numbers.split()]
    seen.setdefault(name, []).append((a[2] - a[0], a[3] - a[1]))
near = lambda a, b: abs(a - b) < 0.02
print(seen)
sys.exit(not (len(seen["TrimBox"]) == 4
	and all(near(w, 419.528) and near(h, 595.276) for w, h in seen["TrimBox"])
	and all(near(w, 419.528 + 17.008) and near(h, 595.276 + 17.008) for w, h in seen["BleedBox"])))'
}
ok "all its pages are A5 with 3 mm of bleed" boxes

embedded() {
	pdffonts "$1" | awk 'NR > 2 { n++; if ($(NF-4) != "yes" || $(NF-3) != "yes" || $(NF-2) != "yes") { print; bad = 1 } }
		END { exit bad || !n }'
}
# PT Sans calls itself PTSans, PT Sans Caption PTSans-Caption.
own_fonts() {
	pdffonts "$1" | awk 'NR > 2 { n++; if ($1 !~ /\+(Vollkorn|PTSans)-/) { print; bad = 1 } } END { exit bad || !n }'
}
for pdf in print screen large; do
	ok "qpdf finds $pdf.pdf clean" qpdf --check "$out/$pdf.pdf"
	ok "all fonts of $pdf.pdf are embedded, subset, with Unicode" embedded "$out/$pdf.pdf"
	ok "and are the leaflet's own" own_fonts "$out/$pdf.pdf"
done
gives_back() { pdftotext -raw "$out/$1.pdf" - | tr -s '\n\302\240' '  ' | grep -qF "$2"; }
ok "print.pdf gives Polish back" gives_back print "Zadzwoń. Odbierze człowiek."

# pdftohtml measures in pixels, one and a half to the point.
large_letters() {
	pdftohtml -q -xml -stdout -i "$out/large.pdf" | grep -o '<fontspec [^>]*' |
		sed 's/.* size="\([0-9]*\)".*/\1/' | awk '{ n++; if ($1 < 27) { print $1 / 1.5 " pt"; bad = 1 } } END { exit bad || !n }'
}
ok "no letter of large print is below 18 pt" large_letters
left_colours() {
	for colour in 0d5c63 b5401a e8f1f0 084a50; do
		! grep -rliF "$colour" "$out/web" "$out/email" || { echo "$colour"; return 1; }
	done
	grep -rqiF 1b2a3d "$out/web/style.css"
}
ok "web and e-mail have the leaflet's colours, none of the magazine's" left_colours
left_families() { ! grep -E 'Lato|Noto Serif|Noto Sans[^ ]' "$out/web/style.css" "$out/email/pl.html" && grep -q "'Vollkorn'" "$out/web/style.css"; }
ok "and ask for its families" left_families

# Alone: no other layout, no other fonts, no data folder.
root=$story_folder/alone
mkdir -p "$root/issues" "$root/layouts" "$root/fonts"
cp -R "$issue" "$root/issues/"
cp -R "$GLOS_ROOT/layouts/ulotka" "$root/layouts/"
sed -n '/^Vollkorn:/,$p' "$GLOS_ROOT/fonts/fonts.yaml" > "$root/fonts/fonts.yaml"
cp "$GLOS_ROOT/glos.yaml" "$root/"
export GLOS_DATA="$story_folder/nothing"
ok "its folder builds alone" exits 0 "$GLOS" -C "$root" build -o "$story_folder/again"
# The archive above it is in the publication's design, which this folder has not.
ok "into the same bytes" diff -r "$out" "$story_folder/again/ulotka-slaskie-2026"
archive_in_its_design() { grep -q "'Vollkorn'" "$story_folder/again/web/style.css" && grep -qF 'Światło' "$story_folder/again/web/index.html"; }
ok "with an archive in the leaflet's design" archive_in_its_design
done_testing
