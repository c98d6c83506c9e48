#!/bin/sh
# demo.sh: what `make demo` shows once everything is built. Composes the sample
# issues into every edition, sends the magazine to 200 subscribers through a local mail
# server (STARTTLS, login), and says where to look.
set -eu
glos=$PWD/build/glos
sink=$PWD/build/release/tests/servers/sink
demo=$PWD/build/demo
say() { printf '\n== %s\n' "$*"; }

say "The sample issues, a magazine and a leaflet, checked and composed into every edition"
"$glos" check
"$glos" build

say "A local mail server"
rm -rf "$demo"
mkdir -p "$demo/tls" "$demo/mail"
"$sink" --tls "$demo/tls" --auth glos:demo --mail "$demo/mail" --log "$demo/accepted.log" \
	> "$demo/port" &
server=$!
trap 'kill $server 2>/dev/null || true; wait $server 2>/dev/null || true' EXIT
trap 'exit 1' INT TERM
tries=0
until grep -q '^port ' "$demo/port"; do
	tries=$((tries + 1))
	[ $tries -lt 100 ] || { echo "the mail server did not start" >&2; exit 3; }
	sleep 0.1
done
port=$(sed -n 's/^port //p' "$demo/port")
echo "listening on 127.0.0.1:$port (stopped at the end)"

# The publication as it stands, but for the server it sends through.
ln -s "$PWD/issues" "$PWD/layouts" "$PWD/fonts" "$demo/"
sed '/^smtp:/,/^[a-z]/{/^smtp:/d;/^  /d;}' glos.yaml > "$demo/glos.yaml"
cat >> "$demo/glos.yaml" <<Y
smtp:
  url: smtp://localhost:$port
  tls: required
  ca_file: tls/ca.pem
  user: glos
  password_env: GLOS_SMTP_PASSWORD
  connections: 4
Y
export GLOS_SMTP_PASSWORD=demo

say "200 sample subscribers, from a file as a spreadsheet saves it"
awk -f tests/sample-subscribers.awk > "$demo/subscribers.csv"
"$glos" -C "$demo" subscribers import "$demo/subscribers.csv"
"$glos" -C "$demo" subscribers stats

say "Sending the magazine"
"$glos" -C "$demo" send 2026-1
"$glos" -C "$demo" status 2026-1

say "The server stops. It accepted"
kill $server
wait $server 2>/dev/null || true
trap - EXIT
recipients=$(cut -d ' ' -f 1 "$demo/accepted.log" | sort -u | wc -l)
messages=$(wc -l < "$demo/accepted.log")
echo "$messages messages for $recipients recipients"
[ "$messages" = 200 ] && [ "$recipients" = 200 ] || {
	echo "each of the 200 should have got one" >&2
	exit 4
}

say "Where to look"
cat <<T
out/2026-1/print.pdf        for the printer: CMYK, 3 mm of bleed, with jobsheet.txt
out/2026-1/screen.pdf       for screens: links, bookmarks, structure
out/2026-1/large.pdf        large print
out/web/index.html          the web edition with its archive, as it would stand on a server
out/2026-1/email/pl.html    the message, with a sample subscriber filled in
out/ulotka-slaskie-2026/    the same of the leaflet, which has a design of its own
build/demo/mail/            what the 200 subscribers received
T
