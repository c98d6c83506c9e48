#!/bin/sh
# run.sh: do others agree? Every NAME.sh beside this one asks judges that are not ours
# about one kind of edition. All run even when one fails; what failed is said once more
# at the end. What could not be got is said; with STRICT=1 that is a failure.
set -u
cd "$(dirname "$0")/../.." || exit 1
log=$(mktemp -d)
trap 'rm -rf "$log"' EXIT
trap 'exit 1' INT TERM
for part in tests/conformance/*.sh; do
	name=${part##*/}
	case $name in
	run.sh | common.sh) continue ;;
	esac
	echo "# $name"
	{ sh "$part" 2>&1 || echo "NOT ok: $name"; } | tee "$log/said"
	grep '^NOT ok\|^could not get' "$log/said" | sed "s/^/$name: /" >>"$log/again"
	! grep -q "^NOT ok: $name\$" "$log/said" || touch "$log/failed"
done
[ ! -s "$log/again" ] || { echo "# once more:"; cat "$log/again"; }
[ -e "$log/failed" ] && exit 1
echo "conformance: no failure"
