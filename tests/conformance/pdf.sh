#!/bin/sh
# pdf.sh: veraPDF (through Maven) judges the tagged editions of the samples and of forty
# small documents, one feature each; poppler reads them back by their structure; the
# sheet's rules are looked for in print.pdf (preflight.py).
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/conformance/common.sh

build/glos -q build -e print,screen,large -o "$out/built" || exit 1
samples=$(cd issues && echo *)
small=$(/usr/bin/python3 tests/conformance/features.py "$out/small") || exit 1
build/glos -q -C "$out/small" build -e print,screen,large -o "$out/built" || exit 1

# A ready-made page has inks without a profile: such a file does not claim PDF/A.
for name in $samples $small; do
	echo "ua1 $out/built/$name/screen.pdf"
	[ "$name" = advertisement ] || echo "2a $out/built/$name/screen.pdf"
	echo "ua1 $out/built/$name/large.pdf"
done >"$out/list"
command -v mvn >/dev/null || sh tests/deps.sh maven openjdk-17-jdk-headless
vera="mvn -q -B -f tests/conformance/verapdf/pom.xml"
if command -v mvn >/dev/null && $vera compile >"$out/maven" 2>&1; then
	$vera exec:java -Dexec.args="$out/list" || fail "veraPDF"
else
	could_not "veraPDF from Maven" "PDF/UA-1 and PDF/A-2a were"
fi

# Poppler draws a page anew for each element: two at a time, the long sample apart.
read_back() {
	for name in $small; do
		echo "$out/small/issues/$name $out/built/$name/screen.pdf $out/built/$name/large.pdf"
	done
	for name in $samples; do
		echo "issues/$name $out/built/$name/screen.pdf"
		echo "issues/$name $out/built/$name/large.pdf"
	done
}
if read_back | xargs -P2 -L1 /usr/bin/python3 tests/story/structure.py --poppler >"$out/poppler"; then
	echo "ok: poppler reads $(grep -c ' 0 differences' "$out/poppler") files as they are written"
else
	cat "$out/poppler"
	fail "poppler reads otherwise"
fi

command -v gs >/dev/null || sh tests/deps.sh ghostscript
if command -v gs >/dev/null; then
	/usr/bin/python3 tests/conformance/preflight_test.py >"$out/preflight" || fail "the preflight misses faults"
	grep '^not ok' "$out/preflight"
	echo "preflight: $(grep -c '^ok' "$out/preflight") planted faults and near ones told apart"
	for name in $samples; do
		/usr/bin/python3 tests/conformance/preflight.py "$out/built/$name/print.pdf" || fail "press file of $name"
	done
	# With all that printers may ask for: marks, a cover of its own, sheets.
	mkdir -p "$out/asked" && cp -R glos.yaml fonts issues layouts "$out/asked/"
	sed -i 's/marks: false/marks: {registration: true, colour_bar: true}/' "$out"/asked/layouts/*/layout.yaml
	for name in $samples; do
		[ "$(pdfinfo "$out/built/$name/print.pdf" | awk '/^Pages:/ { print $2 }')" -le 8 ] ||
			printf '%s\n' press: '  cover: separate' '  imposed: true' '  paper: {weight: 90, bulk: 1.25}' \
				>>"$out/asked/issues/$name/issue.yaml"
	done
	GLOS_DATA=$PWD build/glos -q -C "$out/asked" build -e print -o "$out/asked/built" || fail "files with marks"
	for file in "$out"/asked/built/*/*.pdf; do
		sheets=
		[ "${file##*/}" != imposed.pdf ] || sheets=--sheets
		/usr/bin/python3 tests/conformance/preflight.py $sheets "$file" || fail "press file with marks"
	done
else
	could_not ghostscript "total ink, PDF/X-4 and GWG were"
fi

exit $failed
