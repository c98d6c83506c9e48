#!/bin/sh
# serve.sh: the pages of `glos serve`, with a real mail server behind them: the way from the
# form to the last issue driven in Debian's Chromium by playwright-core, each page judged by
# axe-core in light and dark, narrow and wide, and by the Nu HTML checker. Then the whole story
# of serve, storm and all, under valgrind: no wrong access, nothing lost.
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
command -v valgrind >/dev/null || sh tests/deps.sh valgrind
if command -v valgrind >/dev/null; then
	mkdir "$out/memory"
	# In glos's place; --child-silent: what it starts is not ours.
	cat >"$out/glos" <<-END
		#!/bin/sh
		exec valgrind -q --error-exitcode=9 --leak-check=full --child-silent-after-fork=yes \\
			--errors-for-leak-kinds=definite,possible --log-file="$out/memory/%p" \\
			"$PWD/build/release/glos" "\$@"
	END
	chmod +x "$out/glos"
	GLOS="$out/glos" GLOS_BUILD="$PWD/build/release" GLOS_ROOT="$PWD" GLOS_INSTRUMENTED=valgrind LC_ALL=C.UTF-8 \
		prove tests/story/serve.t || fail "the story of serve under valgrind"
	find "$out/memory" -type f -size +0 -exec cat {} + | head -n 60
	[ -n "$(find "$out/memory" -type f -size 0)" ] && [ -z "$(find "$out/memory" -type f -size +0)" ] &&
		echo "ok: valgrind has nothing to say of serve" || fail "valgrind on serve"
else
	could_not "valgrind from Debian" "the memory of serve was"
fi
exit $failed
