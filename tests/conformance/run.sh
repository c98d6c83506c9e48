#!/bin/sh
# run.sh: do others agree? Every NAME.sh beside this one asks judges that are not ours
# about one kind of edition. All run even when one fails. What could not be got is said;
# with STRICT=1 that is a failure.
set -u
cd "$(dirname "$0")/../.." || exit 1
failed=0
for part in tests/conformance/*.sh; do
	case $part in
	*/run.sh | */common.sh) continue ;;
	esac
	echo "# ${part##*/}"
	sh "$part" || failed=1
done
[ $failed = 0 ] && echo "conformance: no failure"
exit $failed
