/* The few words glos itself says to readers, in their language. */
#ifndef MODEL_WORDS_H
#define MODEL_WORDS_H

#include "base/world.h"

/* WORD(ENUM, pl, nb, uk, en) */
/* clang-format off */
#define WORDS(X) \
	X(CONTENTS, "W numerze", "I dette nummeret", "У номері", "In this issue") \
	X(EDITORIAL, "Od redakcji", "Fra redaksjonen", "Від редакції", "From the editors") \
	X(PAGE_SHORT, "s.", "s.", "с.", "p.") \
	X(ISSUE_SHORT, "nr", "nr.", "№", "no.") \
	X(READ_ON, "Czytaj dalej", "Les mer", "Читати далі", "Read on") \
	X(READ_ON_WEB, "Czytaj w przeglądarce", "Les i nettleseren", "Читати в браузері", "Read in the browser") \
	X(UNSUBSCRIBE, "Wypisz się z listy", "Meld deg av", "Відписатися", "Unsubscribe") \
	X(PREFERENCES, "Zmień ustawienia", "Endre innstillinger", "Змінити налаштування", "Change your settings") \
	X(WHY_YOU, "Otrzymujesz tę wiadomość, ponieważ zapisałaś lub zapisałeś się na listę", "Du får denne e-posten fordi du har meldt deg på listen", "Ви отримали цей лист, оскільки підписалися на розсилку", "You receive this message because you joined the list") \
	X(NOTES, "Przypisy", "Noter", "Примітки", "Notes") \
	X(NOTE_BACK, "Wróć do tekstu", "Tilbake til teksten", "Назад до тексту", "Back to the text") \
	X(CONTINUED, "cd.", "forts.", "прод.", "cont.") \
	X(COVER, "Okładka", "Forside", "Обкладинка", "Cover") \
	X(IMPRINT, "Stopka redakcyjna", "Kolofon", "Вихідні дані", "Imprint") \
	X(SKIP, "Przejdź do treści", "Gå til innholdet", "Перейти до змісту", "Skip to the content") \
	X(ARCHIVE, "Archiwum numerów", "Arkiv", "Архів номерів", "Archive of issues") \
	X(ALL_ARTICLES, "Spis artykułów", "Alle artikler", "Усі статті", "All articles") \
	X(PREVIOUS, "Poprzedni artykuł", "Forrige artikkel", "Попередня стаття", "Previous article") \
	X(NEXT, "Następny artykuł", "Neste artikkel", "Наступна стаття", "Next article") \
	X(DOWNLOAD, "Pobierz numer w PDF", "Last ned som PDF", "Завантажити PDF", "Download as PDF") \
	X(PDF_SCREEN, "PDF dostępny cyfrowo", "Tilgjengelig PDF", "Доступний PDF", "Accessible PDF") \
	X(PDF_LARGE, "PDF dużym drukiem", "PDF med stor skrift", "PDF великим шрифтом", "Large-print PDF") \
	X(IMAGE_DESCRIPTION, "Opis ilustracji", "Bildebeskrivelse", "Опис ілюстрації", "Description of the picture") \
	X(FREE, "bezpłatny", "gratis", "безкоштовно", "free") \
	X(PUBLISHER, "Wydawca", "Utgiver", "Видавець", "Publisher") \
	X(GREETING, "Dzień dobry", "Hei", "Вітаємо", "Hello") \
	X(MAIN, "Treść główna", "Hovedinnhold", "Основний зміст", "Main content") \
	X(NAVIGATION, "Nawigacja", "Navigasjon", "Навігація", "Navigation") \
	X(NOTE, "Przypis", "Note", "Примітка", "Note") \
	X(TABLE, "Tabela", "Tabell", "Таблиця", "Table") \
	X(GALLERY, "Galeria", "Galleri", "Галерея", "Gallery") \
	X(FEED, "Kanał Atom", "Atom-strøm", "Стрічка Atom", "Atom feed") \
	X(SITE_INTRO, "Numer na stronie internetowej", "Nummeret på nettet", "Номер на сайті", "The issue on the web") \
	X(NOTE_PAGE, "Notatki", "Notater", "Нотатки", "Notes") \
	X(JUMP_ON, "Ciąg dalszy na s.", "Fortsettelse på s.", "Продовження на с.", "Continued on p.") \
	X(JUMP_FROM, "Dokończenie ze s.", "Fortsatt fra s.", "Закінчення. Початок на с.", "Continued from p.") \
	X(SHEET, "arkusz", "ark", "аркуш", "sheet") \
	X(SHEET_FRONT, "przód", "forside", "лице", "front") \
	X(SHEET_BACK, "tył", "bakside", "зворот", "back") \
	X(COVER_OUTSIDE, "okładka, strona zewnętrzna", "omslag, utside", "обкладинка, зовнішній бік", "cover, outside") \
	X(COVER_INSIDE, "okładka, strona wewnętrzna", "omslag, innside", "обкладинка, внутрішній бік", "cover, inside") \
	X(PAGE, "strona", "side", "сторінка", "page")

/* WORD(ENUM, nn, de): what is missing is said in nb, in en. */
#define WORDS_LATER(X) \
	X(CONTENTS, "I dette nummeret", "In diesem Heft") \
	X(EDITORIAL, "Frå redaksjonen", "Aus der Redaktion") \
	X(PAGE_SHORT, "s.", "S.") \
	X(ISSUE_SHORT, "nr.", "Nr.") \
	X(READ_ON, "Les meir", "Weiterlesen") \
	X(READ_ON_WEB, "Les i nettlesaren", "Im Browser lesen") \
	X(UNSUBSCRIBE, "Meld deg av", "Abmelden") \
	X(PREFERENCES, "Endre innstillingar", "Einstellungen ändern") \
	X(WHY_YOU, "Du får denne e-posten fordi du har meldt deg på lista", "Sie erhalten diese Nachricht, weil Sie sich in die Liste eingetragen haben") \
	X(NOTES, "Notar", "Anmerkungen") \
	X(NOTE_BACK, "Tilbake til teksten", "Zurück zum Text") \
	X(CONTINUED, "framh.", "Forts.") \
	X(COVER, "Framside", "Umschlag") \
	X(IMPRINT, "Kolofon", "Impressum") \
	X(SKIP, "Gå til innhaldet", "Zum Inhalt springen") \
	X(ARCHIVE, "Arkiv", "Archiv der Ausgaben") \
	X(ALL_ARTICLES, "Alle artiklar", "Alle Artikel") \
	X(PREVIOUS, "Førre artikkel", "Vorheriger Artikel") \
	X(NEXT, "Neste artikkel", "Nächster Artikel") \
	X(DOWNLOAD, "Last ned som PDF", "Als PDF herunterladen") \
	X(PDF_SCREEN, "Tilgjengeleg PDF", "Barrierefreies PDF") \
	X(PDF_LARGE, "PDF med stor skrift", "PDF in Großdruck") \
	X(IMAGE_DESCRIPTION, "Biletomtale", "Bildbeschreibung") \
	X(FREE, "gratis", "kostenlos") \
	X(PUBLISHER, "Utgjevar", "Herausgeber") \
	X(GREETING, "Hei", "Guten Tag") \
	X(MAIN, "Hovudinnhald", "Hauptinhalt") \
	X(NAVIGATION, "Navigasjon", "Navigation") \
	X(NOTE, "Note", "Anmerkung") \
	X(TABLE, "Tabell", "Tabelle") \
	X(GALLERY, "Galleri", "Galerie") \
	X(FEED, "Atom-straum", "Atom-Feed") \
	X(SITE_INTRO, "Nummeret på nettet", "Die Ausgabe im Web") \
	X(NOTE_PAGE, "Notatar", "Notizen") \
	X(JUMP_ON, "Framhald på s.", "Fortsetzung auf S.") \
	X(JUMP_FROM, "Framhald frå s.", "Fortsetzung von S.") \
	X(SHEET, "ark", "Bogen") \
	X(SHEET_FRONT, "framside", "Vorderseite") \
	X(SHEET_BACK, "bakside", "Rückseite") \
	X(COVER_OUTSIDE, "omslag, utside", "Umschlag, außen") \
	X(COVER_INSIDE, "omslag, innside", "Umschlag, innen") \
	X(PAGE, "side", "Seite")
/* clang-format on */

enum word {
#define WORD(name, pl, nb, uk, en) WORD_##name,
	WORDS(WORD)
#undef WORD
		WORD_COUNT
};

/* The word in a language (BCP 47; only the first subtag counts, no counts as nb);
 * English for languages not known. */
struct str word(enum word w, struct str language);

/* "marzec 2026", "mars 2026", "березень 2026", "March 2026". */
void word_put_month(struct buf *b, struct date d, struct str language);
/* "17 marca 2026" in the language's order and case, no-break spaces within. */
void word_put_date(struct buf *b, struct date d, struct str language);

#endif
