#!/bin/sh
# serve.sh: the pages of `glos serve`, with a real mail server behind them: the way from the
# form to the last issue driven in Debian's Chromium by playwright-core, each page judged by
# axe-core in light and dark, narrow and wide, and by the Nu HTML checker.
. tests/conformance/common.sh
if ! browser; then
	could_not "Chromium from Debian" "the readers' pages were"
elif ! npm_judges; then
	could_not "playwright-core, axe-core and vnu-jar from npm" "the readers' pages were"
else
	command -v java >/dev/null || sh tests/deps.sh default-jre-headless
	mkdir "$out/magazine" "$out/mail" "$out/pages"
	cp -R glos.yaml issues layouts fonts "$out/magazine/"
	NODE_PATH=build/npm/node_modules GLOS_DATA="$PWD" \
		node tests/conformance/serve.mjs build/glos "$out/magazine" "$out/mail" "$out/pages" ||
		fail "serve"
	if command -v java >/dev/null; then
		java -jar build/npm/node_modules/vnu-jar/build/dist/vnu.jar "$out"/pages/*.html &&
			echo "ok: vnu has nothing to say of the readers' pages" || fail "vnu on the readers' pages"
	else
		could_not "Java from Debian" "the HTML of the readers' pages was"
	fi
fi
exit $failed
