#!/bin/sh
# web.sh: the Nu HTML checker and html-validate read every page of the samples, of forty
# small documents, one feature each, and of a hostile one; Debian's Chromium opens the
# pages of samples and hostile one, with axe-core (web.js says what for).
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/conformance/common.sh

build/glos -q build -e screen,large,web -o "$out/built" || exit 1
small=$(/usr/bin/python3 tests/conformance/features.py "$out/small") || exit 1
build/glos -q -C "$out/small" build -e web -o "$out/small/out" || exit 1
/usr/bin/python3 tests/story/hostile.py "$out/hostile" || exit 1
build/glos -q -C "$out/hostile" build -e web -o "$out/hostile/out" || fail "the hostile issue is not built"

if ! npm_judges; then
	could_not "packages from npm" "the web edition was"
	exit $failed
fi
modules=build/npm/node_modules
pages() { find -L "$out/built/web" "$out/small/out/web" "$out/hostile/out/web" -name '*.html' "$@"; }

command -v java >/dev/null || sh tests/deps.sh default-jre-headless
if command -v java >/dev/null; then
	vnu="java -jar $modules/vnu-jar/build/dist/vnu.jar"
	pages -print0 | xargs -0 $vnu >"$out/vnu" 2>&1 && $vnu --css "$out/built/web/"*/style.css >>"$out/vnu" 2>&1 &&
		echo "ok: vnu reads $(pages | wc -l) pages" || { cat "$out/vnu"; fail "vnu"; }
else
	could_not java "HTML and CSS were"
fi

# How long a title may be is the editor's affair: the hostile issue's are not judged.
rules='"root": true, "extends": ["html-validate:recommended", "html-validate:a11y"]'
echo "{$rules}" >"$out/validate.json"
echo "{$rules, \"rules\": {\"long-title\": \"off\"}}" >"$out/hostile.json"
validate() {
	rules=$1
	shift
	find -L "$@" -name '*.html' -print0 | xargs -0 "$modules/.bin/html-validate" -c "$rules" >"$out/validate" 2>&1 ||
		{ cat "$out/validate"; return 1; }
}
if validate "$out/validate.json" "$out/built/web" "$out/small/out/web" &&
	validate "$out/hostile.json" "$out/hostile/out/web"; then
	echo "ok: html-validate reads them"
else
	fail "html-validate"
fi

if browser; then
	for site in built "hostile/out"; do
		node tests/conformance/web.js "$out/$site/web" || fail "browser: $site"
	done
else
	could_not "Debian's chromium" "contrast, first screens and sideways scrolling were"
fi
[ -n "$small" ] || fail "no small documents"

exit $failed
