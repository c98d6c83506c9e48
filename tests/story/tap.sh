# Sourced by the stories in shell: TAP, a folder of one's own, and its end.
set -u
story_count=0
story_folder=$(mktemp -d "${TMPDIR:-/tmp}/glos-story-XXXXXX")
trap 'chmod -R u+w "$story_folder" 2>/dev/null; rm -rf "$story_folder"' EXIT
trap 'exit 1' INT TERM
: "${GLOS_ROOT:=$(pwd)}" "${GLOS:=$GLOS_ROOT/build/glos}"
export SOURCE_DATE_EPOCH=1773734400 LC_ALL=C.UTF-8 GLOS_ROOT GLOS

# ok NAME COMMAND…: passes when the command does.
ok() {
	story_count=$((story_count + 1))
	story_name=$1
	shift
	if "$@" >"$story_folder/.said" 2>&1; then
		echo "ok $story_count - $story_name"
	else
		echo "not ok $story_count - $story_name"
		sed 's/^/# /' "$story_folder/.said" | head -n 30
	fi
}

# exits STATUS COMMAND…: passes when the command ends with that status.
# What it said on both channels is kept in $story_folder/.out
exits() {
	wanted=$1
	shift
	"$@" >"$story_folder/.out" 2>&1
	got=$?
	cat "$story_folder/.out"
	[ "$got" = "$wanted" ] || { echo "ended with $got, not $wanted"; return 1; }
}

# says TEXT: the last `exits` said so. says_not: it did not.
says() {
	grep -qF -- "$1" "$story_folder/.out" || { echo "not said: $1"; cat "$story_folder/.out"; return 1; }
}
says_not() {
	! grep -qF -- "$1" "$story_folder/.out" || { echo "said: $1"; return 1; }
}

done_testing() {
	echo "1..$story_count"
}
