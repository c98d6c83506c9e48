#!/bin/sh
# preview.sh: `glos preview` of the sample magazine in Debian's Chromium, driven by
# playwright-core: how long a save takes until it is seen, whether the place is kept,
# mistakes, and axe-core on its page. BAR_MS: the longest that may take (1000).
. tests/conformance/common.sh
export BAR_MS="${BAR_MS:-1000}"
if ! browser; then
	could_not "Chromium from Debian" "the preview was"
elif ! npm_judges; then
	could_not "playwright-core and axe-core from npm" "the preview was"
else
	mkdir "$out/magazine"
	cp -R glos.yaml issues layouts fonts "$out/magazine/"
	NODE_PATH=build/npm/node_modules node tests/conformance/preview.mjs "${GLOS:-build/glos}" "$out/magazine" ||
		fail "preview"
fi
exit $failed
