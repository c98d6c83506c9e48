#!/bin/sh
# The web edition: sound pages, an archive that follows what is built, files that are left
# alone when nothing changed, and nothing hostile that gets out.
. "$(dirname "$0")/tap.sh"
export GLOS_DATA=$GLOS_ROOT
reads="/usr/bin/python3 $GLOS_ROOT/tests/story/web.py"

out=$story_folder/samples
ok "the samples are built" exits 0 "$GLOS" -q -C "$GLOS_ROOT" build -e screen,large,web -o "$out"
ok "their pages are sound" $reads "$out/web" --address https://glos.example.org/
xml() { for file in "$1"/web/*.xml "$1"/*/web/*.xml; do xmllint --noout "$file" || return 1; done; }
ok "xmllint reads feeds and sitemap" xml "$out"
offered() { cmp "$out/2026-1/screen.pdf" "$out/web/2026-1/2026-1.pdf" && cmp "$out/2026-1/large.pdf" "$out/web/2026-1/2026-1-large.pdf"; }
ok "the PDFs that are offered are those of the issue" offered
languages() { grep -q 'hreflang="uk" href="index.uk.html"' "$out/web/index.html" && grep -q 'lang="uk"' "$out/web/index.uk.html"; }
ok "articles in other languages have an archive of their own" languages
light() {
	for file in "$out"/*/web/img/*.jpg; do
		bytes=$(wc -c < "$file")
		[ "$bytes" -le 150000 ] || { echo "$file: $bytes"; return 1; }
	done
}
ok "no picture weighs more than a first screen may" light

# traces: every file below out/ with what would change if it were written again.
traces() { find "$1" -type f -not -path '*/.cache/*' -printf '%P %i %T@ %s\n' | sort; }
traces "$out" > "$story_folder/before"
ok "the web edition is built again" exits 0 "$GLOS" -q -C "$GLOS_ROOT" build -e web -o "$out"
traces "$out" > "$story_folder/after"
ok "nothing was written anew" diff "$story_folder/before" "$story_folder/after"

root=$story_folder/small
issue() { # ID DATE ARTICLE…
	mkdir -p "$root/issues/$1"
	printf 'number: %s\ndate: %s\ntitle: Numer %s\ncontents:\n  - section: Dział\n    articles: [' "$1" "$2" "$1" \
		> "$root/issues/$1/issue.yaml"
	id=$1
	shift 2
	for name in "$@"; do
		printf '%s.md, ' "$name" >> "$root/issues/$id/issue.yaml"
		printf -- '---\ntitle: Artykuł %s\nlead: Zajawka.\n---\n\nTreść %s.\n' "$name" "$name" \
			> "$root/issues/$id/$name.md"
	done
	echo ']' >> "$root/issues/$id/issue.yaml"
}
mkdir -p "$root"
printf 'title: Próba\npublisher: My\nlanguage: pl\nsite: https://proba.example.org/pismo/\n' > "$root/glos.yaml"
issue 2026-1 2026-03-17 a b
issue 2026-2 2026-06-17 c
web() { "$GLOS" -q -C "$root" build -e web -o "$root/out" "$@"; }
sound() { $reads "$root/out/web" --address https://proba.example.org/pismo/; }
ok "one issue is built" exits 0 web 2026-1
ok "its pages are sound" sound
traces "$root/out/2026-1" > "$story_folder/first"
ok "the next one is built" exits 0 web 2026-2
ok "all pages are sound" sound
traces "$root/out/2026-1" > "$story_folder/second"
ok "the first was left alone" diff "$story_folder/first" "$story_folder/second"
newest() { grep -o 'href="2026-[12]/index.html"' "$root/out/web/index.html" | tr '\n' ' ' | grep -q '2026-2.*2026-1'; }
ok "the archive begins with the newest" newest
changed() { traces "$root/out" | diff "$story_folder/then" - | sed -n 's/^> \([^ ]*\).*/\1/p' | tr '\n' ' '; }
only() { [ "$(changed)" = "$1" ] || { changed; return 1; }; }
traces "$root/out" > "$story_folder/then"
printf -- '---\ntitle: Artykuł a\nlead: Zajawka.\n---\n\nInna treść.\n' > "$root/issues/2026-1/a.md"
ok "a text is changed" exits 0 web
ok "only its page is written anew" only "2026-1/web/a/index.html "
issue 2026-1 2026-03-17 a
ok "an article is taken out" exits 0 web
gone() { ! grep -rl '2026-1/b\|Artykuł b' "$root/out/2026-1/web" "$root/out/web" && [ ! -e "$root/out/2026-1/web/b" ]; }
ok "its page is gone, and nothing speaks of it" gone
ok "the pages are sound still" sound
rm -r "$root/out/2026-2" "$root/issues/2026-2"
ok "an issue is removed" exits 0 web
forgotten() { [ ! -L "$root/out/web/2026-2" ] && ! grep -r '2026-2' "$root/out/web"; }
ok "the archive knows it no more" forgotten
ok "and the pages are sound" sound
printf 'title: Próba\nlanguage: pl\n' > "$root/glos.yaml"
ok "without an address it is built too" exits 0 web
placeless() { [ ! -e "$root/out/web/sitemap.xml" ] && $reads "$root/out/web"; }
ok "with no sitemap, and sound" placeless

hostile=$story_folder/hostile
/usr/bin/python3 "$GLOS_ROOT/tests/story/hostile.py" "$hostile"
ok "a hostile issue is built" exits 0 "$GLOS" -q -C "$hostile" build -e web
ok "none of it gets out" $reads "$hostile/out/web" --address https://glos.example.org/
ok "xmllint reads its feeds" xml "$hostile/out"
words() { grep -q '&lt;script&gt;alert(1)&lt;/script&gt;' "$hostile"/out/*/web/a-b/index.html; }
ok "but its words are all there" words
right_to_left() { grep -q '<article lang="he" dir="rtl">' "$hostile"/out/*/web/rtl/index.html && grep -q 'lang="pl" dir="ltr"' "$hostile"/out/*/web/rtl/index.html; }
ok "text that runs from right to left says so" right_to_left
done_testing
