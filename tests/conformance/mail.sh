#!/bin/sh
# mail.sh: judges from npm, and Debian's Chromium, look at the e-mail of the samples and
# of the reference issue. Those that Debian has are in tests/story/mail.t.
# SHOTS=FOLDER keeps what the messages look like, for people.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/conformance/common.sh

if ! npm_judges; then
	could_not "the judges from npm" "the e-mail was"
	exit $failed
fi
if ! browser; then
	could_not chromium "the e-mail was"
	exit $failed
fi
/usr/bin/python3 tests/servers/reference.py "$out" || exit 1
node tests/conformance/mail_signature.mjs "$out/signed.eml" "$(cat "$out/record")" || fail "mailauth"
build/glos -q build -e web,email -o "$out/built" || exit 1
mv "$out/p/out/wzor" "$out/built/wzor"

for issue in wzor $(cd issues && echo *); do
	for page in "$out/built/$issue"/email/*.html; do
		name=$issue/$(basename "$page")
		node tests/conformance/mail.mjs "$name" "$page" "${page%.html}.eml" "$out/built/$issue/web" \
			"https://glos.example.org/$issue/" || fail "$name"
		[ -z "${SHOTS:-}" ] || { mkdir -p "$SHOTS" && node tests/conformance/mail_shots.mjs "$page" \
			"$out/built/$issue/web" "https://glos.example.org/$issue/" \
			"$SHOTS/$issue-$(basename "$page" .html)"; }
	done
done

# Styles of Outlook's own, mso-*, are no fault.
vnu=build/npm/node_modules/vnu-jar/build/dist/vnu.jar
command -v java >/dev/null || sh tests/deps.sh openjdk-17-jre-headless
if command -v java >/dev/null; then
	java -jar "$vnu" --format gnu --errors-only "$out/built"/*/email/*.html 2>&1 |
		grep -v 'mso-' >"$out/vnu"
	if [ -s "$out/vnu" ]; then
		head -20 "$out/vnu"
		fail "vnu"
	else
		echo "ok: vnu has nothing against $(echo "$out/built"/*/email/*.html | wc -w) messages"
	fi
else
	could_not java "HTML was"
fi
exit $failed
