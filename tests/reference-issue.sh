#!/bin/sh
# reference-issue.sh FOLDER: writes a publication with one issue, `wzor`, by which the
# e-mail is measured: a letter with quote, list and button, five teasers, a footer.
# Its pictures are the sample's. Run from the root of the checkout.
set -eu
root=$1
issue=$root/issues/wzor
mkdir -p "$issue/images"
for name in korytarz laboratorium lawka notes zima; do
	cp "issues/2026-1/images/$name.jpg" "$issue/images/"
done
cat >"$root/glos.yaml" <<'Y'
title: Głos Pacjenta Onkologicznego
publisher: Polska Koalicja Pacjentów Onkologicznych
language: pl
site: https://glos.example.org/
layout: glos
mail:
  from: "Głos Pacjenta <redakcja@glos.example.org>"
  reply_to: redakcja@glos.example.org
  list_id: glos.glos.example.org
  return_path: odbicia@glos.example.org
  unsubscribe: https://glos.example.org/u/{token}
  preferences: https://glos.example.org/p/{token}
  postal_address: "ul. Przykładowa 1, 00-001 Warszawa"
Y
cat >"$issue/issue.yaml" <<'Y'
number: 2/2026
date: 2026-03-17
title: Co się zmienia w opiece
subject: "Głos Pacjenta 2/2026: co się zmienia w opiece"
preheader: "Pięć tekstów, jeden cytat i jedna lista pytań, którą warto zabrać do gabinetu."
contents:
  - section: Od redakcji
    articles: [list.md]
  - section: Temat numeru
    articles: [koordynator.md, rozmowa.md]
  - section: Wsparcie
    articles: [psychoonkolog.md, wizyta.md, badania.md]
Y
cat >"$issue/list.md" <<'M'
---
title: Drodzy Czytelnicy
author: Redakcja
layout: letter
---

Ten numer mieści się w jednej wiadomości. Opowiadamy w nim, kto prowadzi pacjenta przez
leczenie, o co pytać w gabinecie i gdzie szukać wsparcia, kiedy brakuje sił.

::: pullquote
Najgorsze było to, że nie wiedziałam, do kogo zadzwonić.
:::

Przed wizytą dobrze jest mieć pod ręką trzy rzeczy:

- listę leków z dawkami,
- wyniki ostatnich badań,
- pytania zapisane na kartce.

Jeśli chcesz opowiedzieć nam swoją historię, napisz. Odpowiadamy na każdy list.

::: button
[Napisz do redakcji](https://glos.example.org/kontakt)
:::
M
teaser() {
	printf -- '---\ntitle: %s\nkicker: %s\nlead: %s\nimage: {src: images/%s.jpg, alt: "%s"}\n---\n\n' \
		"$3" "$2" "$4" "$5" "$6"
	printf 'Cały tekst czeka na stronie.\n'
} >"$issue/$1.md"
teaser koordynator Koordynacja "Ktoś, kto zna całą drogę" \
	"Koordynator umawia badania, pilnuje terminów i odbiera telefon. Sprawdziliśmy, jak to działa w trzech szpitalach." \
	korytarz "Koordynatorka i pacjent idą szpitalnym korytarzem."
teaser rozmowa Rozmowa "Najpierw słuchać, potem planować" \
	"O telefonach, które dzwonią za późno, i o zeszycie, w którym jest wszystko." \
	laboratorium "Mikroskop na stole, za nim notatki."
teaser psychoonkolog Psychoonkologia "Miejsce na oddech" \
	"Ciałem zajmuje się cały szpital. Kto zajmuje się lękiem? Pytamy o pierwszą wizytę." \
	lawka "Dwie osoby siedzą na ławce pod drzewem."
teaser wizyta Poradnik "Dwadzieścia minut, które można przygotować" \
	"Wizyta trwa krótko. Lista pytań sprawia, że wystarcza na to, co ważne." \
	notes "Otwarty notes, okulary i kubek herbaty."
teaser badania "Badania kliniczne" "Badanie kliniczne bez tajemnic" \
	"Kto może wziąć udział, kto czuwa nad bezpieczeństwem i jak się wycofać." \
	zima "Zimowy pejzaż z domem na wzgórzu."
