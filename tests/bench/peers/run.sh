#!/bin/sh
# run.sh [PROGRAM]: the same text by glos, Typst and LuaLaTeX, under the same ruler: a table
# for the generated issue without pictures and one for the sample's text, with time from a
# fresh process (median of RUNS, in turns), its ratio to glos, peak memory and every figure.
#
#   RUNS=5    processes timed; LuaLaTeX runs until its references settle, fonts cached
#   PAGES=32  of the generated issue
#   LIST=1    also the lines found wanting
#
# Installs nothing: what is missing is said, with the way to get it, and left out. "glos" is
# the issue as its layouts set it, three columns among them; "glos 2 col" has every
# article in two, as the peers do. Peers set no cover, contents or running heads, so their
# pages are fewer; of the sample they set no pictures, so there the times do not compare.
set -eu
glos=${1:+$(realpath "$1")}
cd "$(dirname "$0")/../../.."
root=$PWD
here=$root/tests/bench
glos=${glos:-$root/build/release/glos}
runs=${RUNS:-5}
size=${PAGES:-32}
modules=$root/build/peers
fonts="/usr/share/fonts/truetype/noto /usr/share/fonts/truetype/lato"
folder=$(mktemp -d "${TMPDIR:-/tmp}/glos-peers-XXXXXX")
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM
export SOURCE_DATE_EPOCH=1773734400 LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1

typst=no
if command -v node >/dev/null && [ -d "$modules/node_modules/@myriaddreamin/typst-ts-node-compiler" ]; then
	typst=yes
else
	echo "Typst is missing: with Node.js, npm install --prefix build/peers @myriaddreamin/typst-ts-node-compiler@0.7.0"
fi
latex=no
if command -v lualatex >/dev/null && kpsewhich luavlna.sty multicol.sty microtype.sty enumitem.sty \
	ragged2e.sty norsk.ldf ukraineb.ldf polish.ldf >/dev/null; then
	latex=yes
else
	echo "LuaLaTeX is missing: apt-get install --no-install-recommends texlive-luatex texlive-latex-recommended" \
		"texlive-latex-extra texlive-lang-polish texlive-lang-european texlive-lang-cyrillic"
fi
[ -x "$glos" ] || { echo "glos is not built: make" >&2; exit 1; }

# set_latex NAME: runs LuaLaTeX in the folder from nothing until its .aux rests.
cat >"$folder/set_latex" <<'END'
#!/bin/sh
cd "$1" && rm -f "$2.aux" && : >"$2.old"
for _ in 1 2 3 4 5; do
	lualatex -interaction=batchmode -halt-on-error "$2.tex" >/dev/null || { grep -A3 '^!' "$2.log" >&2; exit 1; }
	cmp -s "$2.aux" "$2.old" && exit 0
	cp "$2.aux" "$2.old"
done
END

# add NAME PDF COMMAND…: one more column; its command goes to a file of its own.
add() {
	columns=$((columns + 1))
	echo "$1" >"$folder/$columns.name"
	echo "$2" >"$folder/$columns.pdf"
	shift 2
	printf '%s\n' "$@" >"$folder/$columns.command"
}

# measure: RUNS rounds, each column once a round, so that a busy machine slows all alike.
measure() {
	round=0
	while [ $round -lt "$runs" ]; do
		column=0
		while [ $column -lt $columns ]; do
			column=$((column + 1))
			xargs -d '\n' "$here/timer" --runs 1 -- <"$folder/$column.command" >>"$folder/$column.times"
		done
		round=$((round + 1))
	done
}

# row FIELD FORMAT DIVISOR TITLE: medians of a figure of the timer, as arguments for the table.
row() {
	printf '%s\n' --row "$4" >>"$folder/arguments"
	column=0
	while [ $column -lt $columns ]; do
		column=$((column + 1))
		value=$(awk -v field="$1" '{ print $field }' "$folder/$column.times" | sort -n |
			awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }')
		case $3 in
		first) [ $column -gt 1 ] || first=$value; by=$first ;;
		*) by=$3 ;;
		esac
		awk -v value="$value" -v by="$by" -v form="$2\n" 'BEGIN { printf form, value / (by ? by : 1) }' \
			>>"$folder/arguments"
	done
}

# compare TITLE ISSUE-FOLDER SOURCES…: one table.
compare() {
	title=$1 place=$2 columns=0
	shift 2
	rm -f "$folder"/*.times "$folder/arguments"
	add glos "$folder/$title/2026-1/print.pdf" "$glos" -q -C "$place" build 2026-1 -e print -o "$folder/$title"
	if [ "$title" = generated ]; then
		cp -R "$place" "$folder/narrow"
		sed -i 's/^layout: .*/layout: story/' "$folder"/narrow/issues/2026-1/*.md
		add 'glos 2 col' "$folder/narrow-out/2026-1/print.pdf" \
			"$glos" -q -C "$folder/narrow" build 2026-1 -e print -o "$folder/narrow-out"
	fi
	if [ $typst = yes ]; then
		"$here/peers/convert" typst "$place/issues/2026-1" >"$folder/$title.typ"
		# shellcheck disable=SC2086
		add Typst "$folder/$title-typst.pdf" node "$here/peers/typst.mjs" "$modules" "$folder/$title.typ" \
			"$folder/$title-typst.pdf" $fonts
	fi
	if [ $latex = yes ]; then
		"$here/peers/convert" latex "$place/issues/2026-1" >"$folder/$title.tex" 2>/dev/null
		sh "$folder/set_latex" "$folder" "$title"       # fills the caches of fonts
		add LuaLaTeX "$folder/$title.pdf" sh "$folder/set_latex" "$folder" "$title"
	fi
	measure
	row 1 '%.2f s' 1000 'time, cold process'
	[ "$title" = sample ] || row 1 '%.1f' first '  times that of glos'
	row 2 '%.2f s' 1000 'time of the processor'
	row 3 '%.0f MB' 1 'peak memory'
	[ $# = 0 ] || printf '%s\n' --source "$@" >>"$folder/arguments"
	[ -z "${LIST:-}" ] || echo --list >>"$folder/arguments"
	column=0
	while [ $column -lt $columns ]; do
		column=$((column + 1))
		printf '%s\n' --name "$(cat "$folder/$column.name")" >>"$folder/arguments"
		pdfs="${pdfs:+$pdfs }$(cat "$folder/$column.pdf")"
	done
	echo
	echo "$title"
	# shellcheck disable=SC2086
	xargs -d '\n' "$here/typography" $pdfs <"$folder/arguments"
	pdfs=
}

"$here/generate" --plain "$size" "$folder/issue"
compare generated "$folder/issue" "$folder"/issue/issues/2026-1/*.md
compare sample "$root"
