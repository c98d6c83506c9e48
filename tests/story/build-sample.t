#!/bin/sh
# The sample issue becomes every edition, and others' tools find nothing wrong.
. "$(dirname "$0")/tap.sh"
issue=$GLOS_ROOT/issues/2026-1
out=$story_folder/out/2026-1
words="/usr/bin/python3 $GLOS_ROOT/tests/story/words.py"

ok "the sample has no mistakes" exits 0 "$GLOS" -C "$GLOS_ROOT" check 2026-1
ok "it is built" exits 0 "$GLOS" -C "$GLOS_ROOT" build 2026-1 -o "$story_folder/out"
for file in print.pdf jobsheet.txt screen.pdf large.pdf web/index.html web/feed.xml email/pl.html email/pl.txt \
	email/pl.eml; do
	ok "$file is there" test -s "$out/$file"
done
for edition in print screen large web email; do
	ok "every word stands in $edition" $words "$issue" "$out" $edition
done

pages() { pdfinfo "$1" | awk '/^Pages:/ { print $2 }'; }
at_least_28() { n=$(pages "$out/print.pdf"); echo "$n pages"; [ "$n" -ge 28 ] && [ $((n % 4)) = 0 ]; }
ok "28 pages or more, in sheets of four" at_least_28

embedded() {
	pdffonts "$1" | awk 'NR > 2 { n++; if ($(NF-4) != "yes" || $(NF-3) != "yes" || $(NF-2) != "yes") { print; bad = 1 } }
		END { exit bad || !n }'
}
for pdf in print screen large; do
	ok "qpdf finds $pdf.pdf clean" qpdf --check "$out/$pdf.pdf"
	ok "all fonts of $pdf.pdf are embedded, subset, with Unicode" embedded "$out/$pdf.pdf"
	ok "mutool draws $pdf.pdf without a word" sh -c \
		"! mutool draw -q -r 20 -o /dev/null '$out/$pdf.pdf' 2>&1 | grep -v 'ICC support is not available'"
done

gives_back() { pdftotext -raw "$out/$1.pdf" - | tr -s '\n\302\240' '  ' | grep -qF "$2"; }
for pdf in print screen large; do
	ok "$pdf.pdf gives Polish back" gives_back $pdf "Świętokrzyski"
	ok "$pdf.pdf gives Norwegian back" gives_back $pdf "Kreftforeningen"
	ok "$pdf.pdf gives Ukrainian back" gives_back $pdf "координатор"
done

boxes() {
	pdfinfo -box -f 1 -l 1 "$out/print.pdf" | /usr/bin/python3 -c '
import re, sys
box = {m[1]: [float(x) for x in m[2].split()] for m in re.finditer(r"(\w+Box):((?: +[-\d.]+){4})", sys.stdin.read())}
size = lambda b: (box[b][2] - box[b][0], box[b][3] - box[b][1])
near = lambda a, b: abs(a - b) < 0.02
trim, bleed = size("TrimBox"), size("BleedBox")
print(box)
sys.exit(not (near(trim[0], 595.276) and near(trim[1], 841.89)
	and near(bleed[0] - trim[0], 17.008) and near(bleed[1] - trim[1], 17.008)))'
}
ok "print.pdf is A4 with 3 mm of bleed" boxes
no_rgb() {
	mutool trace "$out/print.pdf" > "$story_folder/trace" 2>/dev/null
	grep -q 'colorspace="DeviceCMYK' "$story_folder/trace" || { echo "no inks at all"; return 1; }
	! grep -E 'colorspace="(DeviceRGB|DeviceGray|CalRGB)' "$story_folder/trace"
}
ok "print.pdf knows no RGB and no grey ink but K" no_rgb
no_annotations() {
	qpdf --json=latest --json-key=qpdf "$out/print.pdf" > "$story_folder/objects" || return 1
	grep -q '"/Page"' "$story_folder/objects" || return 1
	! grep -q '"/Annots"' "$story_folder/objects"
}
ok "print.pdf has no links" no_annotations
code() {
	page=$(for n in $(seq 1 40); do pdftotext -f $n -l $n "$out/print.pdf" - 2>/dev/null |
		grep -q 'Przejdź do stron' && echo $n; done)
	pdftoppm -r 200 -f "$page" -l "$page" -gray "$out/print.pdf" "$story_folder/code"
	read=$(zbarimg -q --raw "$story_folder"/code-*.pgm 2>/dev/null)
	echo "page $page: $read"
	[ "$read" = https://pkopo.pl ]
}
ok "the code of a button leads where its link does" code
has_bookmarks() { mutool show "$out/$1" outline | grep -c . | { read -r n; echo "$n bookmarks"; [ "$n" -ge 20 ]; }; }
ok "screen.pdf has bookmarks" has_bookmarks screen.pdf
has_links() { qpdf --json=latest --json-key=qpdf "$out/screen.pdf" | grep -c '"/Subtype": "/Link"' | { read -r n; echo "$n links"; [ "$n" -ge 30 ]; }; }
ok "screen.pdf has links" has_links
whole_words() {
	pdfinfo -struct-text "$out/screen.pdf" > "$story_folder/structure" || return 1
	grep -qF onkologiczn "$story_folder/structure" && grep -qF koordynator "$story_folder/structure"
}
ok "screen.pdf gives whole words by its structure" whole_words

same() {
	"$GLOS" -q -C "$GLOS_ROOT" build 2026-1 -o "$story_folder/again" || return 1
	diff -r "$story_folder/out" "$story_folder/again"
}
ok "two runs give the same bytes" same
no_trace() { find "$story_folder" -name '*.tmp-*' | { ! grep .; }; }
ok "no half-written file is left" no_trace

feed() { /usr/bin/python3 -c 'import sys, xml.dom.minidom as m; d = m.parse(sys.argv[1]); sys.exit(len(d.getElementsByTagName("entry")) < 20)' "$out/web/feed.xml"; }
ok "the feed is well-formed" feed
ok "links of the web edition lead somewhere" /usr/bin/python3 "$GLOS_ROOT/tests/story/web.py" "$story_folder/out/web"
no_script() { ! grep -rlE '<script|javascript:|document\.cookie' "$out/web" "$out/email"; }
ok "no script in web or e-mail" no_script
parses() {
	/usr/bin/python3 - "$out/email/pl.eml" "$out/email/pl.html" <<-'P'
	import email, email.policy, sys
	m = email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.SMTP)
	parts = list(m.walk())
	defects = [d for p in parts for d in p.defects]
	print(defects, [p.get_content_type() for p in parts])
	body = m.get_body(("html",)).get_content().replace("\r\n", "\n")
	sys.exit(bool(defects) or "multipart/alternative" not in [p.get_content_type() for p in parts]
		or not m["List-Unsubscribe"] or "Głos" not in m["Subject"] or "Koordynator" not in body)
	P
}
ok "Python parses the message without a defect" parses
done_testing
