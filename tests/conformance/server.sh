#!/bin/sh
# server.sh: what a server needs around glos: the units of share/systemd, by systemd's own judge,
# and the lines of glos(1) for nginx and Caddy, put into both as they stand there, with TLS in
# front and glos serve behind.
. tests/conformance/common.sh
if command -v systemd-analyze >/dev/null; then
	mkdir "$out/units"
	for unit in share/systemd/*; do
		sed "s|/usr/local/bin/glos|$PWD/build/release/glos|" "$unit" >"$out/units/${unit##*/}"
	done
	systemd-analyze verify --man=no "$out"/units/* 2>"$out/said" && [ ! -s "$out/said" ] &&
		echo "ok: systemd has nothing to say of the units" || fail "systemd on share/systemd: $(cat "$out/said")"
	# 0 is locked up, 10 open to all; systemd calls up to 3.0 "OK".
	for unit in "$out"/units/*.service; do
		systemd-analyze security --offline=yes --threshold=30 --no-pager "$unit" >"$out/said" 2>&1 &&
			echo "ok: $(tail -n 1 "$out/said" | grep -o 'exposure.*[0-9]')" ||
			fail "${unit##*/}: $(grep -e ✗ -e exposure "$out/said")"
	done
else
	could_not "systemd" "the units were"
fi
for proxy in nginx caddy; do
	command -v $proxy >/dev/null || sh tests/deps.sh $proxy
	if command -v $proxy >/dev/null; then
		GLOS="$PWD/build/release/glos" GLOS_BUILD="$PWD/build/release" GLOS_ROOT="$PWD" \
			/usr/bin/python3 tests/conformance/proxy.py $proxy || fail "$proxy"
	else
		could_not "$proxy from Debian" "the lines for it were"
	fi
done
exit $failed
