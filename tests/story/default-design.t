#!/bin/sh
# A folder with glos.yaml and issues/ alone builds with the default design, with
# articles nobody here has seen.
. "$(dirname "$0")/tap.sh"
root=$story_folder/magazine
mkdir -p "$root/issues/2027-2"
cat > "$root/glos.yaml" <<'Y'
title: Nordlys
publisher: Foreningen
language: nb
Y
cat > "$root/issues/2027-2/issue.yaml" <<'Y'
number: 2/2027
date: 2027-05-02
title: Lyset kommer
contents:
  - section: Først
    articles: [a.md, b.md]
  - articles: [c.md, d.md]
Y
cat > "$root/issues/2027-2/a.md" <<'Y'
---
title: Blåbær på Ørnefjell
---

Én dag i august gikk ti av oss til fjells. «Været var vakkert», sa en av dem.
Vi hadde 35 000 grunner til å gå videre, og 17. mai var allerede langt unna.

#### Dypt først

Overskriften over hopper over nivåer med vilje.

## Så grunt

Tekst under en overskrift. Se [Kreftforeningen](https://kreftforeningen.no/).

# Enda grunnere

Slutten er kort.
Y
{
	printf -- '---\ntitle: Długa lista\nlanguage: pl\nlead: Sto dwadzieścia punktów i ani jednego mniej.\n---\n\n'
	i=1
	while [ $i -le 120 ]; do
		echo "$i. Punkt numer $i opowiada o tym, co w tej sprawie warto zapamiętać i komu to powtórzyć."
		[ $((i % 10)) = 0 ] && printf '    - podpunkt pierwszy do %s\n    - podpunkt drugi\n        - jeszcze głębiej\n' $i
		i=$((i + 1))
	done
} > "$root/issues/2027-2/b.md"
printf -- '---\ntitle: Ett ord\n---\n\nOrd.\n' > "$root/issues/2027-2/c.md"
cat > "$root/issues/2027-2/d.md" <<'Y'
---
title: Tabell, sitat og kode
author: Redaksjonen
---

> Et sitat som går over flere linjer, fordi den som snakket,
> hadde mye å si om saken og ikke ville slutte.

| Måned | Antall | Merknad |
|:------|-------:|:-------:|
| januar | 1 200 | kaldt |
| februar | 980 | kaldere |

Fotnote her.[^x] ~~Strøket~~ og `kode`.

[^x]: Noten selv.

::: box
Boks uten tittel med *kursiv* og **fet** skrift.
:::

::: qa
**Hvorfor?**

Derfor.
:::

::: pullquote
Den vet best hvor skoen trykker som har den på.
:::
Y
out=$story_folder/out
ok "it checks" exits 0 "$GLOS" -C "$root" check
ok "skipped headings are warned of" says "heading-skipped"
ok "it builds" exits 0 "$GLOS" -C "$root" build -o "$out"
for edition in print screen large web email; do
	ok "every word stands in $edition" /usr/bin/python3 "$GLOS_ROOT/tests/story/words.py" \
		"$root/issues/2027-2" "$out/2027-2" $edition
done
ok "print.pdf is clean" qpdf --check "$out/2027-2/print.pdf"
ok "nothing was written into the publication" sh -c "[ \$(find '$root' -type f | wc -l) = 6 ]"

cd "$story_folder" || exit 1
ok "init makes a publication" exits 0 "$GLOS" init nowy
ok "which checks and builds" exits 0 "$GLOS" -C nowy build
ok "new issue" exits 0 "$GLOS" -C nowy new issue 2031-2
ok "new article" exits 0 "$GLOS" -C nowy new article 2031-2/05-wywiad
ok "never over an old one" exits 1 "$GLOS" -C nowy new article 2031-2/05-wywiad
ok "and it says so" says "file-exists"
ok "found from a folder below" sh -c "cd nowy/issues/2031-2 && '$GLOS' check 2031-2"

# A title of a usual length stands on every cover; one that cannot is the editor's to mend.
ok "init makes another" exits 0 "$GLOS" init tytul
issue=$(ls -d tytul/issues/*)
sed -i 's/^title: .*/title: "Pakiet onkologiczny krok po kroku: o co pytać lekarza"\
lead: "Sześć pytań, które warto zadać, zanim zacznie się leczenie."/' "$issue/issue.yaml"
ok "a title of 54 letters with a lead of 60 has room" exits 0 "$GLOS" -C tytul build
ok "without a message" says_not "overset"
sed -i 's/^title: ".*"/title: "Pakiet onkologiczny krok po kroku: o co pytać lekarza, pielęgniarkę, koordynatora i psychologa, zanim zacznie się leczenie, w jego trakcie i jeszcze długo po nim, kiedy wszyscy inni już o nim zapomną i trzeba pytać, jak żyć dalej, z kim i o czym rozmawiać, i gdzie jest ktoś, kto odpowie od razu, po ludzku i do końca"/' "$issue/issue.yaml"
ok "one that has none is an error" exits 1 "$GLOS" -C tytul build
ok "of issue.yaml" says "issue.yaml:3:8: error: text does not fit"
ok "and not of the layout" says_not "layout.yaml"
done_testing
