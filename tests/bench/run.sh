#!/bin/sh
# run.sh [PROGRAM]: times the composing of 8, 32 and 128 pages and lays the ruler on
# them. Figures to read, never assertions: they depend on the machine. The ruler itself
# is tested first.
#
#   RUNS=5          warm runs of each case; their median is printed
#   PAGES="8 32"    other sizes
#   EDITION=screen  another edition, whose pictures need no conversion
set -eu
glos=${1:+$(realpath "$1")}
cd "$(dirname "$0")/../.."
root=$PWD
here=tests/bench
glos=${glos:-$root/build/release/glos}
runs=${RUNS:-5}
edition=${EDITION:-print}
folder=$(mktemp -d "${TMPDIR:-/tmp}/glos-bench-XXXXXX")
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM
export SOURCE_DATE_EPOCH=1773734400 LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1

/usr/bin/python3 $here/typography_test.py -q
GLOS=$glos /usr/bin/python3 $here/generate_test.py -q

fonts=$(sed -n 's/.*file: \(\/[^,}]*\)\/[^,}]*.*/--evict \1/p' fonts/fonts.yaml | sort -u)

echo
echo "glos build -e $edition: median of $runs runs warm, of 3 cold (files dropped from the cache first)"
printf '%-22s %6s %9s %9s %9s %9s %9s %9s %8s\n' issue pages 'cold ms' 'warm ms' '± ms' 'user ms' \
	'peak MB' 'PDF kB' 'pages/s'
for kind in plain pictures; do
	before=
	for size in ${PAGES:-8 32 128}; do
		place=$folder/$size-$kind
		out=$folder/out-$size-$kind
		if [ $kind = plain ]; then
			$here/generate --plain "$size" "$place"
		else
			$here/generate "$size" "$place"
		fi
		sync "$place" 2>/dev/null || sync
		set -- "$glos" -q -C "$place" build 2026-1 -e "$edition" -o "$out"
		# shellcheck disable=SC2086
		read -r cold rest <<-END
			$($here/timer --runs 3 --evict "$place" --evict "$root/layouts" $fonts \
				--evict "$(dirname "$glos")" -- "$@")
		END
		read -r wall user peak rest spread <<-END
			$($here/timer --runs "$runs" -- "$@")
		END
		pages=$(pdfinfo "$out/2026-1/$edition.pdf" | awk '/^Pages:/ { print $2 }')
		bytes=$(wc -c <"$out/2026-1/$edition.pdf")
		echo "$size $kind $pages $cold $wall $spread $user $peak $bytes" | awk '{
			printf "%-22s %6d %9d %9d %9d %9d %9.1f %9d %8.0f\n", $1 " " $2, $3, $4, $5, $6,
				$7, $8, $9 / 1000, 1000 * $3 / ($5 ? $5 : 1) }'
		if [ -n "$before" ]; then
			echo "$before $pages $wall $user $peak" | awk '{
				printf "  growth: pages x %.2f, warm x %.2f, user x %.2f, memory x %.2f\n",
					$5 / $1, $6 / ($2 ? $2 : 1), $7 / ($3 ? $3 : 1), $8 / $4 }'
		fi
		before="$pages $wall $user $peak"
	done
done

echo
"$glos" -q -C "$root" build 2026-1 -e "$edition" -o "$folder/sample"
set -- --name sample "$folder/sample/2026-1/$edition.pdf"
if [ -f "$folder/out-32-pictures/2026-1/$edition.pdf" ]; then
	set -- --name sample --name '32 pages' "$folder/sample/2026-1/$edition.pdf" \
		"$folder/out-32-pictures/2026-1/$edition.pdf"
fi
$here/typography --list "$@"

echo
echo "the message: patched for one recipient, and e-mail and web together of 32 pages without pictures"
sh tests/reference-issue.sh "$folder/reference"
if [ -x build/release/tests/bench/patch ]; then
	GLOS_DATA=$root build/release/tests/bench/patch "$folder/reference" wzor
	GLOS_DATA=$root build/release/tests/bench/patch . 2026-1
fi
$here/generate --plain 32 "$folder/flowing"
echo 'site: https://glos.example.org/' >>"$folder/flowing/glos.yaml"
for run in $(seq "$runs"); do
	"$glos" -C "$folder/flowing" build -e email,web -o "$folder/flowing-$run" |
		awk -v run="$run" '/ ms$/ { ms += $(NF - 1) } END { print "run " run ": " ms " ms for both" }'
done
