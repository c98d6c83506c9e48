#!/bin/sh
# Wrong input ends with the right status, a message that names the place and
# what to do, and nothing half-written.
. "$(dirname "$0")/tap.sh"
export GLOS_DATA=$GLOS_ROOT

# fresh: a small publication that builds, in $root.
fresh() {
	root=$story_folder/case
	rm -rf "$root" "$story_folder/out"
	mkdir -p "$root/issues/1/images"
	printf 'title: Próba\npublisher: My\nlanguage: pl\nsite: https://proba.example.org/\n' > "$root/glos.yaml"
	printf 'number: 1/2026\ndate: 2026-03-17\ntitle: Próba\ncontents:\n  - section: Dział\n    articles: [a.md]\n' \
		> "$root/issues/1/issue.yaml"
	printf -- '---\ntitle: Artykuł\n---\n\nTreść artykułu.\n' > "$root/issues/1/a.md"
	cp "$GLOS_ROOT"/issues/2026-1/images/ksiazka.jpg "$root/issues/1/images/x.jpg" 2>/dev/null ||
		cp "$(ls "$GLOS_ROOT"/issues/2026-1/images/*.jpg | head -n 1)" "$root/issues/1/images/x.jpg"
}
article() { printf -- '---\ntitle: Artykuł\n---\n\n%b' "$1" > "$root/issues/1/a.md"; }
# fails STATUS CODE PLACE: building ends so, says so, and writes no edition.
fails() {
	exits "$1" timeout 60 "$GLOS" -C "$root" build -o "$story_folder/out" || return 1
	says "[$2]" || return 1
	says "$3" || return 1
	[ -z "$(find "$story_folder/out" -type f 2>/dev/null)" ] || { echo "files were written"; return 1; }
}

fresh; ok "the small publication builds" exits 0 "$GLOS" -C "$root" build -o "$story_folder/out"

fresh; rm "$root/glos.yaml"; ok "no glos.yaml" fails 1 publication-missing glos.yaml
fresh; ok "an issue that is not there" exits 1 "$GLOS" -C "$root" build 2
fresh; printf 'title:\tx\n\tlanguage: pl\n' > "$root/glos.yaml"; ok "a tab in YAML" fails 1 yaml-syntax glos.yaml:
fresh; printf 'title: A\ntitle: B\n' >> "$root/glos.yaml"; ok "a key twice" fails 1 yaml-duplicate glos.yaml:5:1
fresh; printf 'pubisher: X\n' >> "$root/glos.yaml"
ok "an unknown key is a warning" exits 0 "$GLOS" -C "$root" check
ok "with the nearest name" says publisher
fresh; printf 'mail: [a, b]\n' >> "$root/glos.yaml"; ok "a wrong type" fails 1 value-type glos.yaml:5
fresh; printf 'smtp:\n  url: smtp://127.0.0.1:25\n  password: tajne\n' >> "$root/glos.yaml"
ok "a password in the file" fails 1 password-in-file glos.yaml:7
ok "which is not repeated" says_not tajne

served() { fresh; printf '%s\nsmtp: {url: "smtp://127.0.0.1:9"}\nserve: %s\n' "$mail" "$1" >> "$root/glos.yaml"; }
mail='mail: {from: "A <a@proba.example.org>", unsubscribe: "https://proba.example.org/u/{token}", preferences: "https://proba.example.org/p/{token}"}'
served '{proxies: [127.0.0.1, foo], metrics: "10.0.0.1:1"}'
ok "a proxy that is no address" exits 1 "$GLOS" -C "$root" check
ok "is told where it stands" says 'glos.yaml:7:30: error: cannot serve with these settings: proxies: foo'
ok "with all other settings of serve" says 'glos.yaml:7:45: error: cannot serve with these settings: metrics: 10.0.0.1:1'
ok "the issue is judged all the same" says "1: 1 entry, no errors"
served '{listen: "[::1]:8017", proxies: 10.0.0.0/8}'; ok "settings that serve" exits 0 "$GLOS" -C "$root" check
signed() { fresh; printf 'dkim: {domain: a.example.org, selector: s, key: dkim.pem}\n' >> "$root/glos.yaml"; }
signed; openssl genrsa -out "$root/dkim.pem" 1024 2> /dev/null; ok "a short DKIM key" exits 1 "$GLOS" -C "$root" check
ok "is told where it is named" says 'glos.yaml:5:49: error: cannot sign with the DKIM key: dkim.pem: neither RSA of 2048'
signed; echo x > "$root/dkim.pem"; ok "what is no key" exits 1 "$GLOS" -C "$root" check
signed; ok "a key of another machine" exits 0 "$GLOS" -C "$root" check
ok "is a warning" says 'glos.yaml:5:49: warning: the DKIM key cannot be looked at: dkim.pem: No such file'
signed; mkdir "$root/dkim.pem"; ok "a folder in its place" exits 1 "$GLOS" -C "$root" check
ok "is an error" says 'glos.yaml:5:49: error: cannot sign with the DKIM key: dkim.pem: is a folder, not a file'
dkim() { fresh; printf 'dkim: %s\n' "$1" >> "$root/glos.yaml"; exits 1 "$GLOS" -C "$root" check; }
ok "a list instead of a key" dkim '{domain: a.example.org, selector: s, key: [dkim.pem]}'
ok "is looked for nowhere" says_not dkim-unseen
ok "a list without keys" dkim '{domain: a.example.org, keys: []}'; ok "is told" says 'required key is missing: key'
ok "a selector that no name server knows" dkim '{domain: a.example.org, selector: klucz główny, key: dkim.pem}'
ok "is told, too" says 'glos.yaml:5:41: error: invalid value: selector: klucz główny'
served '{}'; ok "an option of serve" exits 1 "$GLOS" -C "$root" serve --listen foo
ok "is not looked for in glos.yaml" says 'glos: error: cannot serve with these settings: listen: foo'

# "ż" of these names is two characters, as macOS writes them; whoever names them types one.
apart() { fresh; mv "$root/issues/1" "$root/issues/$(printf 'z\314\207o\314\201\305\202w')"; }
apart; ok "an issue is found however its letters are written" exits 0 "$GLOS" -C "$root" check żółw
ok "its mail has the name that it has on other machines" exits 0 "$GLOS" -C "$root" build -o "$root/out" -e email
ok "so that no ledger takes it for another one" exits 0 test -f "$root/out/żółw/email/pl.eml"
ok "and gets its articles" exits 0 "$GLOS" -C "$root" new article żółw/b
ok "while no other of that name begins" exits 1 "$GLOS" -C "$root" new issue żółw
fresh; mkdir "$root/layouts"; cp -r "$GLOS_ROOT/layouts/glos" "$root/layouts/$(printf 'z\314\207yto')"
printf 'layout: żyto\n' >> "$root/issues/1/issue.yaml"; ok "so is a layout" exits 0 "$GLOS" -C "$root" check
fresh; mkdir "$root/issues/1/$(printf 'z\314\207')"; article '![Wieża](ż/wieza.jpg)\n'
cp "$root/issues/1/images/x.jpg" "$root/issues/1/$(printf 'z\314\207/wiez\314\207a.jpg')"
ok "a picture that is not in such a folder" fails 1 image-missing issues/1/a.md:5:1
ok "is told what is there" says 'the folder has'

fresh; mv "$root/issues/1" "$root/issues/web"
ok "an issue called web, where the site stands" fails 1 issue-name issues/web/issue.yaml:1:1
ok "is told what to do" says "rename the folder"
fresh; mv "$root/issues/1" "$root/issues/index.html"; ok "or like a page of it" fails 1 issue-name issues/index.html/issue.yaml
fresh; ok "no such issue is begun either" exits 1 "$GLOS" -C "$root" new issue web
not_begun() { [ ! -e "$root/issues/web" ]; }
ok "nothing of it is left" not_begun
fresh; printf 'number: "1\\0"\n"ti\\x9btle": x\n' > "$root/issues/1/issue.yaml"
ok "NUL as an escape" fails 1 control-character issues/1/issue.yaml:1:9
ok "and a control in the name of a key" says issues/1/issue.yaml:2:1
fresh; rm "$root/issues/1/a.md"; ok "an article that is not there" fails 1 article-missing issues/1/issue.yaml:6
fresh; : > "$root/issues/1/a.md"; ok "an empty article" fails 1 article-empty issues/1/a.md
fresh; printf -- '---\ntitle: T\n---\n\nza\305\273\377 \n' > "$root/issues/1/a.md"
ok "an article that is not UTF-8" fails 1 encoding issues/1/a.md:5:4
fresh; printf -- '---\ntitle: T\n---\n\nab\000c\n' > "$root/issues/1/a.md"
ok "an article with NUL" fails 1 control-character issues/1/a.md:5:3

fresh; article '![Wieża](images/tower.jpg)\n'; ok "a picture that is missing" fails 1 image-missing issues/1/a.md:5
fresh; article '![Wieża](images/X.jpg)\n'; ok "a picture in another case" fails 1 image-missing issues/1/a.md:5
ok "gets a hint" says x.jpg
fresh; article '![](images/x.jpg)\n'; ok "a missing alt" fails 1 image-alt issues/1/a.md:5
fresh; article '![Wieża](images/t.jpg)\n'; head -c 3000 "$root/issues/1/images/x.jpg" > "$root/issues/1/images/t.jpg"
ok "a truncated picture" fails 1 image-damaged issues/1/a.md:5
# damage FILE: the middle third of it is gone, or a bit of a PNG's pixels is another one.
damage() {
	/usr/bin/python3 - "$1" <<'P'
import sys
with open(sys.argv[1], "rb") as f:
    b = bytearray(f.read())
if b[:4] == b"\x89PNG":
    b[b.index(b"IDAT") + 100] ^= 1
else:
    del b[len(b) // 3:len(b) // 3 * 2]
with open(sys.argv[1], "wb") as f:
    f.write(b)
P
}
fresh; article '![Wieża](images/x.jpg)\n'; damage "$root/issues/1/images/x.jpg"
ok "a picture that is damaged inside" fails 1 image-damaged issues/1/a.md:5
ok "is found by check" exits 1 "$GLOS" -C "$root" check
ok "at its place" says issues/1/a.md:5
mail='mail: {from: "A <a@proba.example.org>", list_id: a.example.org, return_path: b@proba.example.org, unsubscribe: "https://proba.example.org/u/{token}", postal_address: x}'
printf '%s\nsmtp: {url: "smtp://127.0.0.1:9"}\n' "$mail" >> "$root/glos.yaml"
ok "and keeps the issue from leaving" exits 1 "$GLOS" -C "$root" send 1 --dry-run
ok "with the same words" says image-damaged
draft_of_damage() {
	exits 1 "$GLOS" -C "$root" build --draft -o "$story_folder/out" || return 1
	[ -e "$story_folder/out/1/web/a/index.html" ] || return 1
	! grep -rl 'img/x' "$story_folder/out/1" | grep .
}
ok "a draft shows the rest and names no such picture" draft_of_damage
fresh; cp "$GLOS_ROOT/issues/2026-1/images/obieg.png" "$root/issues/1/images/x.png"
article '![Wieża](images/x.png)\n'; damage "$root/issues/1/images/x.png"
ok "so is a PNG with a bit of another value" fails 1 image-damaged issues/1/a.md:5

fresh; article '![Wieża](images/t.jpg)\n'; printf 'GIF89a nothing' > "$root/issues/1/images/t.jpg"
ok "a picture that is something else" fails 1 image-format issues/1/a.md:5
fresh; article '::: box\ntekst\n\nwięcej\n'; ok "a directive left open" fails 1 directive-open issues/1/a.md:5
fresh; article '::: box {title=„Zapytaj koordynatora”}\ntekst\n:::\n'
ok "typographic quotation marks in an attribute" fails 1 attribute-invalid issues/1/a.md:5:1
ok "are told" says 'write straight quotation marks: title="…"'
fresh; article '::: box {title="Zapytaj”}\ntekst\n:::\n'
ok "and one that closes a straight one" fails 1 attribute-invalid issues/1/a.md:5:1
fresh; article '![Wieża](images/x.jpg „Podpis”)\n'; ok "and those of a caption" fails 1 link-invalid issues/1/a.md:5:9
ok "are told, too" says 'write straight quotation marks: (address "caption")'
fresh; article '::: bxo\ntekst\n:::\n'; ok "an unknown directive" fails 1 directive-unknown issues/1/a.md:5
fresh; article 'a <b>gruby</b> tekst\n'; ok "raw HTML" fails 1 raw-html issues/1/a.md:5:3
fresh; article '<script>alert(1)</script>\n'; ok "a script" fails 1 raw-html issues/1/a.md:5
fresh; article '[x](javascript:alert(1))\n'; ok "a hostile link" fails 1 link-invalid issues/1/a.md:5

fresh; article 'Jest **ważne **dla nas.\n\n:: box\n'
ok "bold words that end with a space" exits 0 "$GLOS" -C "$root" check
ok "are a warning" says 'issues/1/a.md:5:6: warning: this would stand in the text as it is typed: **ważne **'
ok "and so are two colons" says 'issues/1/a.md:7:1: warning: this would stand in the text as it is typed: :: box'
fresh; article 'Jest <o:p></o:p>\n'; ok "a tag of a word processor" fails 1 raw-html issues/1/a.md:5:6

fresh; article 'Koniec części.\n---\n\nDalej.\n'; ok "a rule right below a paragraph" exits 0 "$GLOS" -C "$root" check
ok "is told to make a heading" says 'issues/1/a.md:6:1: warning: hyphens below a paragraph make it a heading'
fresh; sed -i 's|^number: .*|number: Numer jesienny 2026|' "$root/issues/1/issue.yaml"
ok "a number too long for the cover" fails 1 overset issues/1/issue.yaml:1:9
fresh; article 'Zob. [](https://a.pl) i [b](b.pl/c).\n'; ok "a link without words" fails 1 link-invalid issues/1/a.md:5:6
ok "and one without a scheme" says "write https://b.pl/c"

nested() { /usr/bin/python3 -c "print('---\ntitle: T\n---\n\nslowo ' + '$1' * 10000 + ' koniec')" > "$root/issues/1/a.md"; }
ends() { timeout 60 "$GLOS" -C "$root" build -o "$story_folder/out" > "$story_folder/.out" 2>&1; s=$?; head -c 600 "$story_folder/.out"; [ $s = 0 ] || [ $s = 1 ]; }
fresh; nested '['; ok "10,000 nested brackets end" ends
fresh; nested '> '; ok "10,000 quote signs end" ends
marks() { /usr/bin/python3 -c "print('---\ntitle: T\n---\n\na' + chr(0x301) * 100000)" > "$root/issues/1/a.md"; }
fresh; marks; ok "and so do 100,000 marks on a letter" ends
fresh; /usr/bin/python3 -c "print('---\ntitle: T\n---\n\n' + '>' * 10000 + ' koniec')" > "$root/issues/1/a.md"
ok "10,000 nested quotes" fails 1 nesting issues/1/a.md:5
fresh; /usr/bin/python3 - "$root/issues/1/a.md" <<'P'
import sys
with open(sys.argv[1], "w") as f:
    f.write("---\ntitle: T\n---\n\n")
    line = "Zdanie, które nic nie mówi, ale zajmuje miejsce w pliku i w pamięci. " * 8 + "\n\n"
    f.write(line * (70 * 1024 * 1024 // len(line.encode())))
P
ok "a 70 MB article is refused" fails 1 file-too-large a.md

fresh; /usr/bin/python3 -c "print('---\ntitle: T\n---\n\n' + '- a\n' * 30000)" > "$root/issues/1/a.md"
ok "so is one of 30,000 lines" fails 1 file-too-large a.md:20001:1
fresh; printf -- '---\ntitle: T\nregion: [../x]\n---\n\ntekst\n' > "$root/issues/1/a.md"
ok "a region that would be another folder" fails 1 value-invalid issues/1/a.md:3

fresh; mkdir -p "$root/fonts"; printf 'Noto Serif:\n  - {file: /no/such/font.ttf, weight: 400, package: fonts-noto-core}\n' > "$root/fonts/fonts.yaml"
ok "a font that is missing" exits 1 "$GLOS" -C "$root" build -o "$story_folder/out"
ok "is told with its package" says fonts-noto-core
fresh; mkdir -p "$root/fonts"; cp "$GLOS_ROOT/fonts/fonts.yaml" "$root/fonts/"
head -c 20000 /usr/share/fonts/truetype/noto/NotoSerif-Regular.ttf > "$root/fonts/NotoSerif-Regular.ttf"
sed -i 's|/usr/share/fonts/truetype/noto/NotoSerif-Regular.ttf|NotoSerif-Regular.ttf|' "$root/fonts/fonts.yaml"
ok "a damaged font" fails 1 font-damaged NotoSerif-Regular.ttf

# What stands in a file's place is told as what it is, not as a file that the folder has.
fresh; rm "$root/issues/1/a.md"; mkdir "$root/issues/1/a.md"
ok "an article that is a folder" fails 1 article-missing "a.md is a folder, not a file"
ok "is not said to be there" says_not "the folder has"
fresh; rm "$root/issues/1/a.md"; ln -s nowhere.md "$root/issues/1/a.md"
ok "or a link to nothing" fails 1 article-missing "a.md is a link that leads nowhere"
fresh; article '![Wieża](images/t.jpg)\n'; mkfifo "$root/issues/1/images/t.jpg"
ok "a picture that is a pipe" fails 1 image-missing "images/t.jpg is a pipe, socket or device, not a file"
fresh; rm "$root/issues/1/issue.yaml"; mkdir "$root/issues/1/issue.yaml"
ok "an issue.yaml that is a folder" fails 1 issue-missing "issues/1/issue.yaml is a folder, not a file"
ok "is told of the issue by name, too" exits 1 "$GLOS" -C "$root" check 1
ok "with the same words" says "issues/1/issue.yaml is a folder, not a file"
fresh; mkdir -p "$root/layouts/foo/layout.yaml"; echo 'layout: foo' >> "$root/glos.yaml"
ok "a layout.yaml that is a folder" fails 1 layout-missing "layouts/foo/layout.yaml is a folder, not a file"
fresh; rm "$root/glos.yaml"; mkdir "$root/glos.yaml"
ok "a glos.yaml that is a folder" fails 1 publication-missing "glos.yaml is a folder, not a file"

# nobody COMMAND…: as somebody whom permissions bind.
nobody() {
	if [ "$(id -u)" = 0 ]; then
		setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
	else
		"$@"
	fi
}
chmod 755 "$story_folder"
if nobody "$GLOS" version > /dev/null 2>&1; then
	denied() { fresh; chmod "$1" "$root/$2"; shift 2; ended=0
		exits 3 nobody "$GLOS" -C "$root" "$@" || ended=1
		chmod -R u+rwX "$root"
		says "Permission denied" && return $ended; }
	ok "issues/ that may not be read" denied 000 issues check
	ok "nor searched" denied 444 issues check 1
	ok "an issue that may not be" denied 000 issues/1 check
	ok "is not called missing" says_not "no such issue"
	ok "a glos.yaml that may not be" denied 000 glos.yaml check
	ok "an issue.yaml" denied 000 issues/1/issue.yaml check
	ok "an article" denied 000 issues/1/a.md check
	ok "a folder that may not be written: build" denied 555 . build
	ok "new issue" denied 555 issues new issue 2
	init_there() {
		mkdir -p "$story_folder/shut" && chmod 555 "$story_folder/shut"
		exits 3 nobody "$GLOS" init "$story_folder/shut/neu/tief" && says "Permission denied"
	}
	ok "init" init_there
fi

# Places are those of the words, not of the file's head.
fresh; printf -- '---\ntitle: A\nkicker: B\nlayout: featrue\nlead: Droga {imie}\n---\n\nTekst.\n' > "$root/issues/1/a.md"
ok "a template that is not there" fails 1 template-unknown issues/1/a.md:4:9
sed -i 's/featrue/feature/' "$root/issues/1/a.md"
ok "a placeholder in a lead" fails 1 hole-unknown issues/1/a.md:5:7
fresh; echo 'subject: Droga {imie}' >> "$root/issues/1/issue.yaml"
ok "and in the subject" fails 1 hole-unknown issues/1/issue.yaml:7:10
fresh; echo 'subject: "Tu stoi' >> "$root/issues/1/issue.yaml"
ok "a quote left open" fails 1 yaml-syntax issues/1/issue.yaml:7:10

fresh; cp "$root/issues/1/a.md" "$root/issues/1/b.md"; echo 'Notatki.' > "$root/issues/1/README.md"
ok "an article that contents does not name" exits 0 "$GLOS" -C "$root" check
ok "is a warning" says 'issues/1/b.md:1:1: warning: article is not in the issue'
ok "notes are none" says_not README
sed -i 's|a\.md|./a.md|' "$root/issues/1/issue.yaml"
ok "one that it spells in another way" exits 0 "$GLOS" -C "$root" check
ok "is named" says_not 'issues/1/a.md:1:1: warning'
ok "one entry is one" says "1: 1 entry, no errors"
fresh; printf 'number: 1\ndate: 2026-03-17\ntitle: T\ncontents:\n' > "$root/issues/1/issue.yaml"
ok "contents with nothing behind it" fails 1 key-missing issues/1/issue.yaml:4:1
ok "is called empty" says "contents: is empty"
fresh; sed -i 's/^title: .*/title: " "/' "$root/issues/1/a.md"; ok "a title of a space" fails 1 key-missing issues/1/a.md:2:1
fresh; ok "an article for no issue" exits 1 "$GLOS" -C "$root" new article 2026-9/a
ok "is told how to begin one" says "glos new issue 2026-9"
ok "an output of no name" exits 2 "$GLOS" -C "$root" build -o ''

# layout SED-SCRIPT: the publication gets a design of its own, with this mistake in it.
layout() {
	fresh
	mkdir -p "$root/layouts/moj"
	sed "$1" "$GLOS_ROOT/layouts/glos/layout.yaml" > "$root/layouts/moj/layout.yaml"
	echo 'layout: moj' >> "$root/glos.yaml"
}
layout 's/^  page: .*/  page: [210mm, 10m]/'; ok "a page of ten metres" fails 1 value-type layouts/moj/layout.yaml:9:17
layout 's/^  page: .*/  page: [210mm, 0]/'; ok "a page of no height" fails 1 value-invalid layouts/moj/layout.yaml:9:17
ok "is told what is possible" says "from 36pt to 14000pt"
layout 's/^  baseline: .*/  baseline: 0/'; ok "a baseline grid of no lines" fails 1 value-invalid layouts/moj/layout.yaml:14:13
layout 's/^  gutter: .*/  gutter: 300mm/'; ok "a gutter wider than the page" fails 1 value-invalid layouts/moj/layout.yaml:13:11
layout 's/^  body: {based_on: base/  body: {based_on: list/'; ok "styles based on one another" fails 1 layout-loop layouts/moj/layout.yaml
layout 's/^  title: {based_on: display,/  title: {based_on: dispaly,/'; ok "a style that is not there" fails 1 style-unknown layouts/moj/layout.yaml
ok "gets a hint" says "did you mean display?"
layout 's/units: \[7, 12\], top: 0/units: [7, 13], top: 0/'; ok "a frame beyond its units" fails 1 layout-frame layouts/moj/layout.yaml
layout 's/^  heading2:/  heding2:/'; ok "a role that is misspelt" exits 0 "$GLOS" -C "$root" check
ok "is warned of" says "layout-unused"
ok "with the right name" says "did you mean heading2?"
fresh; echo 'layout: glso' >> "$root/issues/1/issue.yaml"; ok "an issue with a layout that is not there" fails 1 layout-missing issues/1/issue.yaml:7:9
ok "gets a hint" says "did you mean glos?"

fresh; : > "$story_folder/out"; ok "an output that is no folder" exits 3 "$GLOS" -C "$root" build -o "$story_folder/out"
rm -f "$story_folder/out"
if [ "$(id -u)" != 0 ]; then
	fresh; mkdir -p "$story_folder/out"; chmod a-w "$story_folder/out"
	ok "a read-only output" exits 3 "$GLOS" -C "$root" build -o "$story_folder/out"
	chmod u+w "$story_folder/out"
fi
full() {
	fresh
	exits 3 sh -c "ulimit -f 20; trap '' XFSZ; exec '$GLOS' -C '$root' build -e print -o '$story_folder/out'" || return 1
	says "[file-write]" && [ -z "$(find "$story_folder/out" -type f)" ]
}
ok "a disk that is full leaves nothing half-written" full
limited() {
	fresh
	exits 3 sh -c "ulimit -f 20; exec '$GLOS' -C '$root' build -e print -o '$story_folder/out'" || return 1
	says "[file-write]" && [ -z "$(find "$story_folder/out" -type f)" ]
}
ok "nor does a limit on file sizes that nobody catches" limited
# Some containers keep /dev/full to root.
[ ! -w /dev/full ] || ok "a full standard output is told" sh -c "'$GLOS' help > /dev/full; [ \$? = 3 ]"

# An article too long for its cell of a shared page.
jumps() {
	fresh
	{
		printf -- '---\ntitle: Kalendarium\nlayout: calendar\n---\n'
		for i in $(seq 150); do
			printf '\nKoordynator leczenia pilnuje, żeby jedna rzecz wynikała z drugiej.\n'
		done
	} > "$root/issues/1/a.md"
	exits 0 "$GLOS" -C "$root" build -e screen -o "$story_folder/out" || return 1
	says "[jump]" && says issues/1/a.md:2:1 || return 1
	pdftotext "$story_folder/out/1/screen.pdf" - | tr '\302\240' '  ' > "$story_folder/.text"
	grep -q 'Ciąg dalszy na s. *4' "$story_folder/.text" &&
		grep -q 'Dokończenie ze s. *3' "$story_folder/.text"
}
ok "an article too long for its slot is told, and says where it goes on" jumps

# sentences N [BEFORE-THE-LAST]: an article of so many, seven to a paragraph.
sentences() {
	fresh
	{
		printf -- '---\ntitle: Artykuł\nlayout: story\n---\n'
		for i in $(seq "$1"); do
			[ $((i % 7)) = 1 ] && printf '\n'
			[ "$i" != "$1" ] || printf "${2-}"
			printf 'Koordynator leczenia pilnuje, żeby jedna rzecz wynikała z drugiej.\n'
		done
	} > "$root/issues/1/a.md"
	exits 0 "$GLOS" -C "$root" check
}
ok "an article of a page" sentences 70
ok "is one" says_not page-tail
ok "of a page and a few lines" sentences 76
ok "is a warning" says 'issues/1/a.md:2:1: warning: article ends on a page that is nearly empty: page 4 has'
ok "with what to do" says 'shorten it by up to'
ok "of a page and a column" sentences 110; ok "is none" says_not page-tail
ok "a last page that the article asks for" sentences 50 '\n::: break {page}\n:::\n\n'
ok "is meant so" says_not page-tail

two() { fails 1 image-missing issues/1/a.md:5 && says "[raw-html]" && says "issues/1/a.md:7"; }
fresh; article '![Wieża](images/tower.jpg)\n\na <i>b</i>\n'; ok "all mistakes are told at once" two
json() {
	"$GLOS" -C "$root" check --json 2>/dev/null > "$story_folder/.json"
	/usr/bin/python3 -c "
import json, sys
rows = [json.loads(l) for l in open(sys.argv[1])]
assert {'code', 'level', 'file', 'line', 'column', 'message', 'hint'} == set(rows[0]), rows[0]
assert {'image-missing', 'raw-html'} <= {r['code'] for r in rows}, rows" "$story_folder/.json"
}
ok "check --json is JSON" json
ok "no such command" exits 2 "$GLOS" biuld
ok "gets a hint" says build
ok "no such option" exits 2 "$GLOS" -C "$root" build --edtion print
ok "no such edition" exits 2 "$GLOS" -C "$root" build -e papyrus
ok "no command at all is help" exits 0 "$GLOS"
done_testing
