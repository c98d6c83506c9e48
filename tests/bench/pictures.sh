#!/bin/sh
# pictures.sh PROGRAM CONVERSION: what pictures cost. A photograph's way into print, a
# megapixel; then the three paged editions of 32 pages with pictures, each alone and all
# together, without anything kept from an earlier build and with it. Figures to read.
#
#   RUNS=5          runs of each case; their median is printed
#   PAGES=32        another size
set -eu
glos=$(realpath "$1")
conversion=$(realpath "$2")
cd "$(dirname "$0")/../.."
runs=${RUNS:-5}
size=${PAGES:-32}
folder=$(mktemp -d "${TMPDIR:-/tmp}/glos-bench-XXXXXX")
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM
export SOURCE_DATE_EPOCH=1773734400 LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1

echo
"$conversion" issues/2026-1/images/okladka.jpg

tests/bench/generate "$size" "$folder/issue"
set -- print screen large print,screen,large
# The median of so many runs with nothing kept, or with all.
cold() {
	for _ in $(seq "$runs"); do
		rm -rf "$folder/issue/out"
		tests/bench/timer --runs 1 -- "$glos" -q -C "$folder/issue" build 2026-1 -e "$1"
	done | sort -n | sed -n "$(((runs + 1) / 2))p"
}
warm() {
	tests/bench/timer --runs "$runs" -- "$glos" -q -C "$folder/issue" build 2026-1 -e "$1"
}
echo
echo "glos build, $size pages with pictures: median of $runs runs"
printf '%-22s %9s %9s %9s\n' editions 'wall ms' 'user ms' 'peak MB'
for kind in cold warm; do
	slowest=0
	for editions in "$@"; do
		read -r wall user peak rest <<-END
			$($kind "$editions")
		END
		printf '%-22s %9d %9d %9.1f\n' "$kind $editions" "$wall" "$user" "$peak"
		case $editions in
		*,*) echo "$wall $slowest" | awk '{ printf "  all: x %.2f of the slowest alone\n", $1 / ($2 ? $2 : 1) }' ;;
		*) [ "$wall" -le "$slowest" ] || slowest=$wall ;;
		esac
	done
done
