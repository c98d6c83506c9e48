# common.sh: what the parts of `make conformance` share; sourced from the root of the
# checkout. $out is a folder that is gone at the end.
# shellcheck shell=sh disable=SC2034
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
trap 'exit 1' INT TERM
export SOURCE_DATE_EPOCH=1773734400
failed=0
fail() { echo "NOT ok: $*"; failed=1; }
could_not() {
	echo "could not get $1: $2 not checked"
	[ "${STRICT:-0}" = 0 ] || failed=1
}

# The judges from npm, once for each package.json: build/npm/node_modules.
npm_judges() {
	command -v npm >/dev/null || sh tests/deps.sh nodejs npm
	command -v npm >/dev/null || return 1
	mkdir -p build/npm
	cmp -s tests/conformance/package.json build/npm/package.json &&
		[ -d build/npm/node_modules ] && return 0
	cp tests/conformance/package.json build/npm/package.json
	npm --prefix build/npm install --no-audit --no-fund --ignore-scripts >build/npm/log 2>&1 && return 0
	rm -f build/npm/package.json
	return 1
}

# Debian's browser.
browser() {
	command -v chromium >/dev/null || sh tests/deps.sh chromium
	command -v chromium >/dev/null
}
