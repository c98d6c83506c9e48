/* Inside serve/: what the pages and the message say, in the languages of the readers.
 * $ in them is a value that is poured in. */
#ifndef SERVE_SAY_H
#define SERVE_SAY_H

#include "base/str.h"

/* SAY(ENUM, pl, nb, uk, en) */
/* clang-format off */
#define SAYINGS(X) \
	X(OWN_NAME, "Polski", "Norsk", "Українська", "English") \
	X(LANGUAGES, "Język strony", "Språk på siden", "Мова сторінки", "Language of this page") \
	X(PRIVACY, "Ochrona danych osobowych", "Personvern", "Захист персональних даних", "Privacy") \
	X(SUBSCRIBE, "Zapisz się na listę", "Meld deg på", "Підписатися на розсилку", "Subscribe") \
	X(SUBSCRIBE_INTRO, "Nowe numery przychodzą pocztą elektroniczną, bezpłatnie. Wystarczy adres.", "Nye utgaver kommer på e-post, gratis. En adresse er nok.", "Нові номери надходять електронною поштою, безкоштовно. Достатньо адреси.", "New issues come by e-mail, free of charge. An address is all it takes.") \
	X(EMAIL, "Adres e-mail", "E-postadresse", "Адреса електронної пошти", "E-mail address") \
	X(NAME, "Imię lub imię i nazwisko", "Navn", "Ім’я", "Name") \
	X(OPTIONAL, "nieobowiązkowo", "valgfritt", "необов’язково", "optional") \
	X(LANGUAGE, "W jakim języku wysyłać numery?", "Hvilket språk vil du ha utgavene på?", "Якою мовою надсилати номери?", "In which language would you like the issues?") \
	X(REGIONS, "Z których regionów wysyłać wiadomości?", "Hvilke regioner vil du ha nyheter fra?", "З яких регіонів надсилати новини?", "Which regions would you like news from?") \
	X(CONSENT, "Zgadzam się na otrzymywanie „$” pocztą elektroniczną. Wydawca: $. Zgodę mogę wycofać w każdej chwili: odnośnik jest w każdej wiadomości.", "Jeg samtykker til å få «$» på e-post. Utgiver: $. Jeg kan når som helst trekke samtykket: lenken står i hver e-post.", "Я погоджуюся отримувати «$» електронною поштою. Видавець: $. Я можу будь-коли відкликати згоду: посилання є в кожному листі.", "I agree to receive “$” by e-mail. Publisher: $. I can withdraw my consent at any time: the link is in every message.") \
	X(CONSENT_NOTE, "Naciśnięcie przycisku wyraża tę zgodę. Potem wyślemy wiadomość z prośbą o potwierdzenie.", "Når du trykker på knappen, gir du dette samtykket. Deretter sender vi en e-post der du bekrefter.", "Натискаючи кнопку, ви даєте цю згоду. Потім ми надішлемо лист із проханням підтвердити.", "Pressing the button gives this consent. We then send you a message that asks you to confirm.") \
	X(ASKED, "Sprawdź pocztę", "Sjekk e-posten din", "Перевірте пошту", "Check your mail") \
	X(ASKED_TEXT, "Na podany adres wysyłamy wiadomość. Jest w niej odnośnik, który potwierdza zapis. Może minąć kilka minut; jeśli wiadomości nie ma, zajrzyj do folderu ze spamem.", "Vi sender en e-post til adressen du oppga. I den er det en lenke som bekrefter påmeldingen. Det kan ta noen minutter; finner du den ikke, se i mappen for søppelpost.", "На вказану адресу ми надсилаємо лист. У ньому є посилання, яке підтверджує підписку. Це може тривати кілька хвилин; якщо листа немає, перевірте теку «Спам».", "We are sending a message to this address. It has a link that confirms the subscription. It may take a few minutes; if you cannot find it, look in the spam folder.") \
	X(ERRORS, "Formularz wymaga poprawki", "Noe i skjemaet må rettes", "Форму потрібно виправити", "The form needs a correction") \
	X(EMAIL_WRONG, "To nie jest adres e-mail. Wpisz go tak: imie@example.org", "Dette er ikke en e-postadresse. Skriv den slik: navn@example.org", "Це не адреса електронної пошти. Напишіть її так: name@example.org", "This is not an e-mail address. Write it like name@example.org") \
	X(NAME_WRONG, "Imię może mieć najwyżej 100 znaków.", "Navnet kan ha høyst 100 tegn.", "Ім’я може мати щонайбільше 100 символів.", "A name may have 100 characters at most.") \
	X(EXPIRED, "Formularz był otwarty zbyt długo. Naciśnij przycisk jeszcze raz.", "Skjemaet har stått åpent for lenge. Trykk på knappen en gang til.", "Форма була відкрита надто довго. Натисніть кнопку ще раз.", "The form was open for too long. Please press the button once more.") \
	X(CONFIRM, "Potwierdź zapis", "Bekreft påmeldingen", "Підтвердьте підписку", "Confirm your subscription") \
	X(CONFIRM_TEXT, "Adres, na który będą przychodzić numery:", "Adressen utgavene skal sendes til:", "Адреса, на яку надходитимуть номери:", "The issues will be sent to:") \
	X(CONFIRM_BUTTON, "Potwierdzam", "Jeg bekrefter", "Підтверджую", "I confirm") \
	X(CONFIRMED, "Zapis potwierdzony", "Påmeldingen er bekreftet", "Підписку підтверджено", "You are subscribed") \
	X(CONFIRMED_TEXT, "Dziękujemy. Następny numer przyjdzie pocztą elektroniczną.", "Takk. Neste utgave kommer på e-post.", "Дякуємо. Наступний номер надійде електронною поштою.", "Thank you. The next issue will come by e-mail.") \
	X(PREFERENCES, "Ustawienia", "Innstillinger", "Налаштування", "Your settings") \
	X(ADDRESS, "Adres", "Adresse", "Адреса", "Address") \
	X(SAVE, "Zapisz ustawienia", "Lagre innstillingene", "Зберегти налаштування", "Save the settings") \
	X(SAVED, "Ustawienia zapisane.", "Innstillingene er lagret.", "Налаштування збережено.", "The settings are saved.") \
	X(PAUSE, "Przerwa", "Pause", "Перерва", "A pause") \
	X(PAUSE_TEXT, "Najbliższy numer nie przyjdzie; kolejne tak.", "Du får ikke neste utgave, men de etterpå.", "Найближчий номер не надійде, а наступні надходитимуть.", "The next issue will not be sent to you; those after it will.") \
	X(PAUSE_BUTTON, "Pomiń najbliższy numer", "Hopp over neste utgave", "Пропустити найближчий номер", "Skip the next issue") \
	X(PAUSED, "Trwa przerwa: najbliższy numer nie przyjdzie.", "Pause: du får ikke neste utgave.", "Перерва: найближчий номер не надійде.", "Paused: the next issue will not be sent to you.") \
	X(RESUME_BUTTON, "Zakończ przerwę", "Avslutt pausen", "Завершити перерву", "End the pause") \
	X(RESUMED, "Numery będą przychodzić bez przerwy.", "Du får utgavene uten pause.", "Номери надходитимуть без перерви.", "Issues will be sent to you without a pause.") \
	X(UNSUBSCRIBE, "Wypisz się z listy", "Meld deg av", "Відписатися від розсилки", "Unsubscribe") \
	X(UNSUBSCRIBE_TEXT, "Po naciśnięciu przycisku nic więcej nie przyjdzie na adres:", "Når du trykker på knappen, sender vi ikke mer til:", "Після натискання кнопки нічого більше не надходитиме на адресу:", "Once you press the button, nothing more will be sent to:") \
	X(UNSUBSCRIBE_BUTTON, "Wypisuję się", "Meld meg av", "Відписуюся", "Unsubscribe me") \
	X(UNSUBSCRIBED, "Wypisano z listy", "Du er meldt av", "Підписку скасовано", "You are unsubscribed") \
	X(UNSUBSCRIBED_TEXT, "Nic więcej nie wyślemy na ten adres.", "Vi sender ikke mer til denne adressen.", "Ми більше нічого не надсилатимемо на цю адресу.", "We will send nothing more to this address.") \
	X(BACK_TO_LIST, "To pomyłka? Można zapisać się ponownie.", "Var det en feil? Du kan melde deg på igjen.", "Це помилка? Можна підписатися знову.", "Was it a mistake? You can subscribe again.") \
	X(DATA, "Moje dane", "Mine opplysninger", "Мої дані", "My data") \
	X(EXPORT, "Pobierz wszystko, co o mnie przechowujecie (JSON)", "Last ned alt dere har lagret om meg (JSON)", "Завантажити все, що ви про мене зберігаєте (JSON)", "Download everything you keep about me (JSON)") \
	X(ERASE, "Usuń moje dane", "Slett opplysningene mine", "Видалити мої дані", "Erase my data") \
	X(ERASE_TEXT, "Usuniemy adres, imię, ustawienia i historię. Zostanie tylko skrót adresu, z którego nie da się go odtworzyć: dzięki niemu nikt przypadkiem nie wpisze go ponownie. Tego nie można cofnąć.", "Vi sletter adresse, navn, innstillinger og historikk. Bare et kontrolltall som adressen ikke kan leses ut av, blir igjen, så ingen legger den inn på nytt ved en feil. Dette kan ikke angres.", "Ми видалимо адресу, ім’я, налаштування та історію. Залишиться лише геш, з якого адресу не відновити: завдяки йому ніхто випадково не внесе її знову. Це не можна скасувати.", "We erase the address, name, settings and history. Only a keyed hash stays, from which the address cannot be read, so that nobody adds it again by mistake. This cannot be undone.") \
	X(ERASE_BUTTON, "Usuwam bezpowrotnie", "Slett for godt", "Видалити назавжди", "Erase for good") \
	X(ERASED, "Dane usunięte", "Opplysningene er slettet", "Дані видалено", "Your data are erased") \
	X(ERASED_TEXT, "Nie przechowujemy już niczego, co wskazuje na tę osobę.", "Vi har ikke lenger noe som peker på deg.", "Ми більше не зберігаємо нічого, що вказує на вас.", "We no longer keep anything that points to you.") \
	X(CANCEL, "Wróć do ustawień", "Tilbake til innstillingene", "Назад до налаштувань", "Back to the settings") \
	X(LOST, "Ten odnośnik nie działa", "Lenken virker ikke", "Це посилання не працює", "This link does not work") \
	X(LOST_TEXT, "Mógł się skrócić w drodze albo stracić ważność. Najnowsza wiadomość od nas ma odnośnik, który działa.", "Den kan være avkortet underveis eller utløpt. Den nyeste e-posten fra oss har en lenke som virker.", "Можливо, його обрізано дорогою або він застарів. У найновішому нашому листі є посилання, яке працює.", "It may have been cut short on its way, or be too old. The latest message from us has one that works.") \
	X(MISSING, "Nie ma takiej strony", "Siden finnes ikke", "Такої сторінки немає", "There is no such page") \
	X(REFUSED, "Nie możemy tego przyjąć", "Vi kan ikke ta imot dette", "Ми не можемо цього прийняти", "We cannot take this") \
	X(REFUSED_TEXT, "To, co przyszło, nie pochodzi z naszego formularza. Otwórz stronę na nowo i spróbuj jeszcze raz.", "Det som kom, er ikke fra skjemaet vårt. Åpne siden på nytt og prøv en gang til.", "Те, що надійшло, не з нашої форми. Відкрийте сторінку заново і спробуйте ще раз.", "What arrived does not come from our form. Open the page anew and try again.") \
	X(BUSY, "Zbyt wiele zapisów naraz", "For mange påmeldinger på en gang", "Забагато підписок одночасно", "Too many subscriptions at once") \
	X(BUSY_TEXT, "Z tej sieci przyszło ich wiele w krótkim czasie. Spróbuj za kilka minut.", "Det kom mange fra dette nettet på kort tid. Prøv igjen om noen minutter.", "З цієї мережі їх надійшло багато за короткий час. Спробуйте за кілька хвилин.", "Many came from this network in a short time. Please try again in a few minutes.") \
	X(FAILED, "Chwilowo nie działa", "Virker ikke akkurat nå", "Тимчасово не працює", "Out of order for the moment") \
	X(FAILED_TEXT, "To nasza wina. Spróbuj za kilka minut.", "Det er vår feil. Prøv igjen om noen minutter.", "Це наша вина. Спробуйте за кілька хвилин.", "The fault is ours. Please try again in a few minutes.") \
	X(MAIL_SUBJECT, "Potwierdź zapis: $", "Bekreft påmeldingen: $", "Підтвердьте підписку: $", "Confirm your subscription: $") \
	X(MAIL_TEXT, "Ktoś, zapewne Ty, wpisał ten adres, aby otrzymywać „$”. Aby potwierdzić zapis, otwórz odnośnik i naciśnij przycisk:", "Noen, trolig du, har oppgitt denne adressen for å få «$». Åpne lenken og trykk på knappen for å bekrefte:", "Хтось, імовірно ви, вказав цю адресу, щоб отримувати «$». Щоб підтвердити підписку, відкрийте посилання і натисніть кнопку:", "Somebody, probably you, gave this address to receive “$”. To confirm, open the link and press the button:") \
	X(MAIL_LINK, "Potwierdź zapis", "Bekreft påmeldingen", "Підтвердити підписку", "Confirm the subscription") \
	X(MAIL_NOT_YOU, "Odnośnik działa przez $ dni. Jeśli to nie Ty, nic nie rób: bez potwierdzenia nic nie przyjdzie, a adres usuniemy.", "Lenken virker i $ dager. Var det ikke deg, trenger du ikke gjøre noe: uten bekreftelse sender vi ingenting, og adressen slettes.", "Посилання діє $ днів. Якщо це були не ви, нічого не робіть: без підтвердження нічого не надходитиме, а адресу ми видалимо.", "The link works for $ days. If it was not you, do nothing: without confirmation nothing will be sent, and the address is erased.")
/* clang-format on */

enum say {
#define SAY(name, pl, nb, uk, en) SAY_##name,
	SAYINGS(SAY)
#undef SAY
		SAY_COUNT
};

enum tongue { TONGUE_PL, TONGUE_NB, TONGUE_UK, TONGUE_EN, TONGUE_COUNT };

struct str say(enum say what, enum tongue t);
/* "pl", "nb", … */
struct str tongue_tag(enum tongue t);
/* That of a language tag; no and nn are nb. False when it is none of ours. */
bool tongue_from(struct str tag, enum tongue *t);

/* The first of Accept-Language that is ours, by its weights (RFC 9110, 12.5.4); else
 * `otherwise`. */
enum tongue tongue_choose(struct str accept, enum tongue otherwise);

#endif
