#!/bin/sh
# Advertisers' pages: what is wrong with them is told by `glos check` as by `glos build`,
# at their place in issue.yaml; for readers who listen they have their words.
. "$(dirname "$0")/tap.sh"
export GLOS_DATA=$GLOS_ROOT
root=$story_folder/case
place=issues/1/issue.yaml:7:21
mkdir -p "$root/issues/1"
printf 'title: Próba\npublisher: My\nlanguage: pl\nsite: https://proba.example.org/\n' >"$root/glos.yaml"
printf -- '---\ntitle: Artykuł\n---\n\nTreść artykułu.\n' >"$root/issues/1/a.md"
# issue TEXT: its running order ends with the advertisement and these keys.
issue() {
	printf 'number: 1/2026\ndate: 2026-03-17\ntitle: Próba\ncontents:\n  - section: Dział\n    articles: [a.md]\n  - {advertisement: ad.pdf%s}\n' \
		"$1" >"$root/issues/1/issue.yaml"
}
issue ', alt: Grupa wsparcia'
# page ENTRIES CONTENTS [OBJECTS]: the advertisement, put in order by qpdf.
page() {
	printf '%%PDF-1.6\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/Contents 4 0 R %s>>\nendobj\n4 0 obj\n<</Length 99>>\nstream\n%s\nendstream\nendobj\n%s\ntrailer\n<</Root 1 0 R/Size 9>>\nstartxref\n0\n%%%%EOF\n' \
		"$1" "$2" "${3:-}" >"$story_folder/raw.pdf"
	qpdf "$story_folder/raw.pdf" "$root/issues/1/ad.pdf" 2>/dev/null
	true
}
boxes='/MediaBox[0 0 612.284 858.898]/TrimBox[8.504 8.504 603.78 850.394]'
# told STATUS CODE WORDS: check says so there; so does build, which writes nothing if it
# is an error.
told() {
	for command in "check" "build -e print,screen -o $story_folder/out"; do
		rm -rf "$story_folder/out"
		# shellcheck disable=SC2086
		exits "$1" timeout 60 "$GLOS" -C "$root" $command || return 1
		says "[$2]" || return 1
		says "$place" || return 1
		says "$3" || return 1
	done
	[ "$1" = 0 ] || [ -z "$(find "$story_folder/out" -type f 2>/dev/null)" ] || { echo "files were written"; return 1; }
}
quiet() { exits 0 "$GLOS" -C "$root" check && says_not advertisement; }

page "$boxes" '0 0 0 1 k 0 0 99 99 re f'; ok "a page as it should be" quiet
exits 0 "$GLOS" -C "$root" build -e screen,large -o "$story_folder/out" >/dev/null
for edition in screen large; do
	ok "is a figure with its words in $edition.pdf" sh -c \
		"qpdf --qdf --object-streams=disable '$story_folder/out/1/$edition.pdf' - | grep -aq '/Alt (Grupa wsparcia)'"
	ok "behind the article before it ($edition)" sh -c \
		"pdfinfo -struct '$story_folder/out/1/$edition.pdf' | grep -E '^ *(Art|Figure)' | tail -n 1 | grep -q Figure"
done
issue ', alt: ""'; exits 0 "$GLOS" -C "$root" build -e screen -o "$story_folder/out" >/dev/null
ok "is none as mere decoration" sh -c "! pdfinfo -struct '$story_folder/out/1/screen.pdf' | grep -q Figure"
issue ''; ok "no alt" told 1 image-alt "alt:"
issue ', alt: Grupa wsparcia'

page "$boxes" 'q Q'; qpdf --encrypt user owner 256 -- "$root/issues/1/ad.pdf" "$story_folder/locked.pdf"
cp "$story_folder/locked.pdf" "$root/issues/1/ad.pdf"; ok "a locked page" told 1 advertisement-damaged password
page "$boxes" 'q Q'; head -c 300 "$root/issues/1/ad.pdf" >"$story_folder/cut.pdf"
cp "$story_folder/cut.pdf" "$root/issues/1/ad.pdf"; ok "a page cut off" told 1 advertisement-damaged ad.pdf
printf '%%PDF-1.7\nnothing\n' >"$root/issues/1/ad.pdf"; ok "no PDF but for its head" told 1 advertisement-damaged ad.pdf
page "$boxes/Resources<</XObject<</F 5 0 R>>>>" '/F Do' '5 0 obj
<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Filter/FlateDecode/Length 4>>
stream
xxxx
endstream
endobj'
ok "a form that cannot be unpacked" told 1 advertisement-damaged ad.pdf
issue ', page: 3, alt: x'; ok "a page that is not there" told 1 advertisement-damaged "page 3 of 1"
issue ', alt: Grupa wsparcia'
page "$boxes/Rotate 90" 'q Q'; ok "a page that lies" told 0 advertisement-size "ad.pdf"
page "$boxes/Rotate 180" 'q Q'; ok "a page upside down is turned" quiet
page '/MediaBox[0 0 612.284 858.898]' 'q Q'; ok "no TrimBox" told 0 advertisement-mended "no TrimBox"
page "$boxes/Resources<</Font<</F 5 0 R>>>>" 'BT /F 9 Tf (x) Tj ET' '5 0 obj
<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>
endobj'
ok "fonts that are not embedded" told 0 advertisement-press "not embedded"
ok "which costs PDF/X" sh -c "! pdfinfo '$story_folder/out/1/print.pdf' | grep -q PDF/X"
page "$boxes/Resources<</Pattern<</P 5 0 R>>>>" '/Pattern cs /P scn 0 0 99 99 re f' '5 0 obj
<</PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9/Resources<<>>/Length 24>>
stream
1 0 0 rg 0 0 5 5 re f
endstream
endobj'
ok "RGB in a pattern" told 0 advertisement-press RGB
page "$boxes" 'BI /W 1 /H 1 /BPC 8 /CS /G /F [/LZW /DCT] ID
xx
EI'
ok "a picture in LZW that cannot be packed anew" told 0 advertisement-press LZW
page '/MediaBox[0 0 612 858]/TrimBox[2000 2000 2595 2841]' 'q Q'; ok "trimmed where there is no sheet" told 1 advertisement-damaged "outside its own sheet"
page '/MediaBox[0 0 500 700]/TrimBox[-47 -70 548 771]' 'q Q'; ok "trimmed beyond the sheet" told 0 advertisement-size "176 x 247"
page '/MediaBox[0 0 1000000 9]' 'q Q'; ok "no size of a page" told 1 advertisement-damaged MediaBox
page "$boxes/UserUnit 1000000" 'q Q'; ok "no unit" told 0 advertisement-mended UserUnit
page "$boxes/Resources<</XObject<</F 5 0 R>>>>" '/F Do' '5 0 obj
<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>/Length 5>>
stream
/F Do
endstream
endobj'
ok "a form that draws itself" told 1 advertisement-damaged "draws itself"
page "$boxes/Resources<</XObject<</F 5 0 R>>>>" '/F Do /F Do' '5 0 obj
<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>/Length 1>>
stream
q
endstream
endobj'
ok "one that only knows itself, twice" quiet

# inks PROFILE: the page is painted in inks by that profile.
inks() {
	/usr/bin/python3 - "$1" "$root/issues/1/ad.pdf" <<-'END'
		import sys
		profile = open(sys.argv[1], "rb").read()
		parts = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
		         b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 612.284 858.898]/TrimBox"
		         b"[8.504 8.504 603.78 850.394]/Resources<</ColorSpace<</C[/ICCBased 5 0 R]>>>>>>",
		         b"<</Length 27>>stream\n/C cs 1 0 0 0 scn 0 0 9 9 re f\nendstream",
		         b"<</N 4/Length %d>>stream\n%s\nendstream" % (len(profile), profile)]
		parts[3] = parts[3].replace(b"27", b"30")
		out, at = b"%PDF-1.6\n", []
		for n, part in enumerate(parts, 1):
		    at.append(len(out))
		    out += b"%d 0 obj\n%s\nendobj\n" % (n, part)
		out += b"xref\n0 6\n0000000000 65535 f \n%strailer<</Root 1 0 R/Size 6>>\nstartxref\n%d\n%%%%EOF\n" % (
		    b"".join(b"%010d 00000 n \n" % a for a in at), len(out))
		open(sys.argv[2], "wb").write(out)
	END
}
press=/usr/share/scribus/profiles/ISOcoated_v2_300_bas.icc
spaces() { qpdf --qdf "$story_folder/out/1/print.pdf" - | grep -ac "$1"; }
inks "$press"; ok "inks by our own profile" quiet
exits 0 "$GLOS" -C "$root" build -e print -o "$story_folder/out" >/dev/null
ok "are plain ones" [ "$(spaces ICCBased)" = 0 ]
ok "under the page's own name for them" [ "$(spaces '/C /DeviceCMYK')" = 1 ]
head -c 900000 "$press" >"$story_folder/other.icc"
inks "$story_folder/other.icc"; ok "inks of another press" told 0 advertisement-press R0027
: >"$story_folder/none.icc"
inks "$story_folder/none.icc"; ok "inks by no profile" told 0 advertisement-press R0027
done_testing
