/* The message: all words, whole or as a teaser; nothing hostile gets out; sizes,
 * headers, placeholders, regions. */
#include "test.h"

#include "email/email.h"
#include "email/sample.h"
#include "model/encoded.h"

static struct message *compose(struct sample *s, const char *region)
{
	struct segment segment = { s->publication.language, str_from(region) };
	return email_compose(s->arena, &s->document, &s->layout, &segment, NULL, &s->world,
			     s->diags);
}

/* The wire form for a subscriber of plain values. */
static struct str wire_of(struct sample *s, const struct message *m)
{
	struct hole_values v = { {
		[HOLE_ADDRESS] = STR_INIT("anna@example.org"),
		[HOLE_NAME] = STR_INIT("Anna"),
		[HOLE_TOKEN] = STR_INIT("tok123"),
		[HOLE_MESSAGE_ID] = STR_INIT("mid456"),
		[HOLE_DATE] = STR_INIT("Tue, 17 Mar 2026 08:00:00 +0000"),
	} };
	struct buf out;
	buf_init(&out, 1 << 24);
	message_render(m, &v, &out);
	struct str wire = str_copy(s->arena, buf_str(&out));
	buf_release(&out);
	return wire;
}

static struct str headers_of(struct str wire)
{
	return str_sub(wire, 0, str_find(wire, STR("\r\n\r\n"), 0) + 2);
}

static size_t count_of(struct str s, const char *text)
{
	size_t count = 0;
	struct str needle = str_from(text);
	for (size_t at = str_find(s, needle, 0); at < s.len; at = str_find(s, needle, at + 1))
		count++;
	return count;
}

static void assert_has(struct str s, const char *text)
{
	if (!sample_has(s, text))
		print_message("# not found: %s\n", text);
	assert_true(sample_has(s, text));
}

static void whole_articles_keep_every_word(void **unused)
{
	(void)unused;
	struct sample *s = sample_new();
	struct article *a = sample_article(s, "list", "Tytuł listu", "letter");
	a->lead = STR("Zajawka listu");
	sample_fill(s, "/x.jpg");
	const struct message *m = compose(s, "");
	for (size_t i = 0; i < sizeof sample_words / sizeof *sample_words; i++) {
		assert_has(m->html, sample_words[i]);
		assert_has(m->text, sample_words[i]);
	}
	assert_has(m->html, "Tytuł listu");
	assert_has(m->html, "Zajawka listu");
	assert_false(sample_has(m->html, "tylko druk"));
	assert_false(sample_has(m->html, "tylko Śląsk"));
	assert_false(diags_failed(s->diags));
	sample_close(s);
}

static void telephones_can_be_dialled(void **unused)
{
	(void)unused;
	struct sample *s = sample_new();
	sample_article(s, "list", "Tytuł", "letter");
	sample_paragraph(s, NULL, "Witaj, {name}: tel. +48 800 000 000, dla {name}");
	struct node *contact = sample_block(s, NODE_CONTACT, NULL);
	sample_paragraph(s, contact, "800 000 001");
	struct node *link = node_new(s->arena, NODE_LINK, contact->place,
				     sample_paragraph(s, contact, "tel. "));
	link->link.url = STR("tel:800000002");
	sample_text(s, link, "dwójka");
	const struct message *m = compose(s, "");
	assert_has(m->html, "\" href=\"tel:+48800000000\">+48\u00a0800\u00a0000\u00a0000</a>, dla");
	assert_has(m->html, ";font-weight:bold\" href=\"tel:800000001\">800");
	assert_has(m->html, ";font-weight:bold\" href=\"tel:800000002\">dwójka</a>");
	assert_has(m->text, "tel. +48 800 000 000, dla");
	assert_int_equal(count_of(m->html, "tel:"), 3);
	assert_int_equal(count_of(m->html, "<a class=\"l n\" "), 2); /* with a thumb's room */
	assert_int_equal(count_of(wire_of(s, m), "Anna"), 4); /* both texts, both places */
	sample_close(s);
}

static void postcodes_stay_on_a_line(void **unused)
{
	(void)unused;
	struct sample *s = sample_new();
	sample_article(s, "list", "Tytuł", "letter");
	sample_paragraph(s, NULL, "Piszcie: 85-001 Bydgoszcz");
	sample_paragraph(s, NULL, "Biuro ({name}\u00a085-002\u00a0Bydgoszcz, Rynek\u00a01)");
	sample_paragraph(s, NULL, "Dzwoń: tel.\u00a022-111-22-33, do\u00a0piątku");
	struct node *parted = sample_paragraph(s, NULL, "Rynek\u00a01, 85-003\u00a0");
	sample_text(s, node_new(s->arena, NODE_STRONG, parted->place, parted), "Bydgoszcz");
	const struct message *m = compose(s, "");
#define BLOCK "<span style=\"display:inline-block\">"
	assert_has(m->html, ": " BLOCK "85-001</span> Bydgoszcz");
	/* A line could end beside a block, also at a space that binds: those are within. */
	assert_has(m->html, "Biuro " BLOCK "(");
	assert_has(m->html, "\u00a085-002\u00a0Bydgoszcz,</span> Rynek\u00a01)");
	assert_has(m->html, "Dzwoń: " BLOCK "tel.\u00a0<a ");
	assert_has(m->html, "\">22-111-22-33</a>,</span> do");
	assert_has(m->html, "Rynek\u00a01, 85-003\u00a0<strong");
	assert_has(m->html, "<br>ul. Przykładowa 1, " BLOCK "00-001</span>");
#undef BLOCK
	assert_has(m->text, "85-001 Bydgoszcz");
	sample_close(s);
}

static void the_layout_says_what_is_read_in(void **unused)
{
	(void)unused;
	struct sample *s = sample_new();
	sample_article(s, "list", "Tytuł", "letter");
	sample_fill(s, "/x.jpg");
	assert_has(compose(s, "")->html, "Lato,");
	s->layout.web_text = STR("'PT Sans',sans-serif");
	s->layout.web_display = STR("'Vollkorn',serif");
	const struct message *m = compose(s, "");
	assert_has(m->html, "17px/26px 'PT Sans',sans-serif");
	assert_has(m->html, "'Vollkorn',serif");
	assert_false(sample_has(m->html, "Lato"));
	assert_false(sample_has(m->html, "Georgia"));
	sample_close(s);
}

static void teasers_lead_to_the_article(void **unused)
{
	(void)unused;
	struct sample *s = sample_new();
	struct article *a = sample_article(s, "tekst", "Tytuł tekstu", "feature");
	a->lead = STR("Zajawka tekstu");
	sample_fill(s, "/x.jpg");
	const struct message *m = compose(s, "");
	assert_has(m->html, "href=\"https://glos.example.org/2026-1/tekst/\"");
	assert_has(m->html, "Czytaj dalej: Tytuł tekstu");
	assert_has(m->html, "Zajawka tekstu");
	assert_false(sample_has(m->html, "w ramce"));
	assert_has(m->text, "\nhttps://glos.example.org/2026-1/tekst/\n");
	sample_close(s);
}

/* A thumb's room is padding, which Outlook for Windows leaves out. */
static void links_of_outlook_stay_apart(void **unused)
{
	(void)unused;
	struct sample *s = sample_new();
	struct picture *cover = sample_picture(s, "images/okladka.jpg", "/okladka.jpg");
	struct cover_line line = { .text = STR("Wiersz okładki") };
	sample_article(s, "tekst", "Tytuł", "feature");
	cover->credit = STR("Rys. Ewa");
	s->document.cover = (struct cover){ .image = cover, .lines = &line, .line_count = 1 };
	struct str html = compose(s, "")->html;
	assert_has(html, "mso-padding-alt:11px 0;");
	assert_has(html, "margin:0;mso-margin-bottom-alt:6px;font:17px/24px");
	assert_has(html, "mso-margin-bottom-alt:16px\"><a ");
	assert_has(html, "margin:0;mso-margin-bottom-alt:8px;");
	assert_has(html, "<p class=\"m\" style=\"margin:10px 28px 14px;");
	sample_close(s);
}

static void long_words_fit_a_telephone(void **unused)
{
	(void)unused;
	struct sample *s = sample_new();
	struct article *a = sample_article(s, "tekst", "Krótki tytuł", "feature");
	s->document.title = STR("Co\u00a0się\u00a0zmienia w\u00a0opiece");
	struct str html = compose(s, "")->html;
	assert_false(sample_has(html, "word-break"));
	assert_false(sample_has(html, "class=\"f\""));
	s->document.title = STR("Konsylium wielospecjalistyczne");
	a->title = STR("Pasientjournalopplysningsforskriften");
	html = compose(s, "")->html;
	assert_has(html, "<h1 class=\"f\" style=\"");
	assert_int_equal(count_of(html, " class=\"f\" style=\""), 2);
	/* both, the contents, and what leads to the article */
	assert_int_equal(count_of(html, ";word-break:break-word\">"), 4);
	sample_close(s);
}

static void teasers_leave_addresses_out(void **unused)
{
	(void)unused;
	struct sample *s = sample_new();
	sample_article(s, "adresy", "Adresy", "feature");
	sample_paragraph(s, sample_block(s, NODE_CONTACT, NULL), "Klub Nad Wisłą");
	const struct message *m = compose(s, "");
	assert_false(sample_has(m->html, "Klub"));
	assert_has(m->text, "------\n\nCzytaj dalej: Adresy\n");
	sample_paragraph(s, NULL, "Zadzwoń, zanim przyjedziesz.");
	assert_has(compose(s, "")->html, ">Zadzwoń, zanim przyjedziesz.</p>");
	sample_close(s);
}

static void words_stand_before_the_cover(void **unused)
{
	(void)unused;
	struct sample *s = sample_new();
	struct picture *cover = sample_picture(s, "images/okladka.jpg", "/okladka.jpg");
	sample_article(s, "tekst", "Tytuł", "feature");
	cover->credit = STR("Rys. Ewa");
	s->document.cover.image = cover;
	struct str html = compose(s, "")->html;
	size_t words = str_find(html, STR("<h1"), 0), picture = str_find(html, STR("<img"), 0);
	assert_true(words < picture && picture < str_find(html, STR("Rys. Ewa"), 0));
	sample_close(s);
}

static void tall_pictures_stay_beside_the_words(void **unused)
{
	(void)unused;
	struct sample *s = sample_new();
	struct article *a = sample_article(s, "tekst", "Tytuł", "feature");
	a->image = sample_picture(s, "images/wys.jpg", "/wys.jpg");
	a->image->columns = 800;
	a->image->rows = 1200;
	sample_paragraph(s, NULL, "Słowa");
	assert_has(compose(s, "")->html,
		   "<div style=\"display:inline-block;width:100%;max-width:196px");
	a->image->columns = 1800;
	struct str wide = compose(s, "")->html;
	assert_has(wide, "width=\"544\"");
	assert_false(sample_has(wide, "max-width:196px"));
	a->template = STR("letter");
	assert_has(compose(s, "")->html, "max-width:544px");
	a->image->columns = 800;
	assert_has(compose(s, "")->html, "max-width:320px");
	sample_close(s);
}

static void without_a_page_on_the_web_all_is_whole(void **unused)
{
	(void)unused;
	struct sample *s = sample_new();
	sample_article(s, "tekst", "Tytuł", "feature")->editions = EDITION_EMAIL;
	sample_fill(s, "/x.jpg");
	assert_has(compose(s, "")->html, "w ramce");
	s->article->editions = EDITION_ALL;
	s->publication.site = STR("");
	const struct message *m = compose(s, "");
	assert_has(m->html, "w ramce");
	assert_false(sample_has(m->html, "<img"));
	assert_has(m->html, "Podpis");
	sample_close(s);
}

static void nothing_hostile_gets_out(void **unused)
{
	(void)unused;
	static const char evil[] =
		"\"><script>alert(1)</script>\r\nBcc: x@y\xC2\x9B\xE2\x80\xAE\xF0\x9F\x98\x80";
	struct sample *s = sample_new();
	struct article *a = sample_article(s, "zly", evil, "letter");
	a->kicker = a->lead = a->author = a->number = a->section = str_from(evil);
	a->language = STR("pl\" onload=\"x");
	struct node *p = sample_paragraph(s, NULL, evil);
	struct node *link = node_new(s->arena, NODE_LINK, p->place, p);
	link->link.url = STR("javascript:alert(1)");
	sample_text(s, link, "tekst odnośnika");
	link = node_new(s->arena, NODE_LINK, p->place, p);
	link->link.url = STR("https://x/\" onclick=\"alert(1)");
	sample_text(s, link, "drugi");
	struct picture *picture = sample_picture(s, "images/\"><script>.jpg", "/x.jpg");
	picture->alt = picture->caption = picture->credit = str_from(evil);
	sample_block(s, NODE_FIGURE, NULL)->picture = picture;
	s->document.title = s->document.subject = s->document.preheader = str_from(evil);
	s->document.number = str_from(evil);
	s->publication.title = s->publication.publisher = str_from(evil);
	const struct message *m = compose(s, "");
	struct str headers = headers_of(wire_of(s, m));
	assert_int_equal(count_of(m->html, "<script"), 0);
	assert_int_equal(count_of(m->html, "javascript:"), 0);
	assert_int_equal(count_of(m->html, " onclick=\""), 0);
	assert_int_equal(count_of(m->html, " onload=\""), 0);
	assert_int_equal(count_of(m->html, "\xC2\x9B"), 0);
	assert_int_equal(count_of(m->html, "\r"), 0);
	assert_has(m->html, "tekst odnośnika");
	assert_int_equal(count_of(headers, "\r\nBcc"), 0);
	assert_int_equal(count_of(headers, "\xE2\x80\xAE"), 0);
	assert_int_equal(diags_level_count(s->diags, DIAG_LEVEL_ERROR), 1);
	assert_int_equal(diags_at(s->diags, 0)->code, DIAG_HEADER_INVALID);
	sample_close(s);
}

static void headers_stand_as_agreed(void **unused)
{
	(void)unused;
	static const char *const order[] = {
		"From: =?UTF-8?",
		"\r\nTo: anna@example.org\r\n",
		"\r\nSubject: =?UTF-8?",
		"\r\nDate: Tue, 17 Mar 2026 08:00:00 +0000\r\n",
		"\r\nReply-To: redakcja@glos.example.org\r\n",
		"\r\nMessage-ID: <2026-1.pl.mid456@glos.example.org>\r\n",
		"\r\nMIME-Version: 1.0\r\n",
		"\r\nContent-Language: pl\r\n",
		"\r\nList-Id: ",
		("\r\nList-Unsubscribe: <https://glos.example.org/u/tok123>, "
		 "<mailto:redakcja@glos.example.org?subject=unsubscribe%20tok123>\r\n"),
		"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
		"\r\nList-Archive: <https://glos.example.org/>\r\n",
		"\r\nList-Help: <mailto:redakcja@glos.example.org>\r\n",
		"\r\nList-Owner: <mailto:redakcja@glos.example.org>\r\n",
		"\r\nList-Post: NO\r\n",
		"\r\nFeedback-ID: 2026-1:pl:issue:glos",
		"\r\nPrecedence: bulk\r\n",
		"Auto-Submitted: auto-generated\r\n",
		"Content-Type: multipart/alternative;\r\n boundary=",
	};
	struct sample *s = sample_new();
	sample_article(s, "a", "A", "letter");
	sample_paragraph(s, NULL, "słowa");
	struct str headers = headers_of(wire_of(s, compose(s, "")));
	size_t at = 0;
	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		size_t next = str_find(headers, str_from(order[i]), at);
		if (next == headers.len)
			print_message("# missing or out of order: %s\n", order[i]);
		assert_true(next < headers.len);
		at = next;
	}
	sample_close(s);
}

static void long_subjects_fold(void **unused)
{
	(void)unused;
	struct sample *s = sample_new();
	sample_article(s, "a", "A", "letter");
	struct buf subject;
	buf_init(&subject, 1 << 16);
	for (int kind = 0; kind < 3; kind++) {
		buf_clear(&subject);
		for (int i = 0; i < 300; i++)
			buf_put_c(&subject, kind == 0 ? "word " : kind == 1 ? "słowo " : "x");
		s->document.subject = str_trim(buf_str(&subject));
		struct str rest = headers_of(wire_of(s, compose(s, ""))), line;
		while (str_cut(&rest, '\n', &line))
			if (!str_starts(line, STR("List-Unsubscribe:")))
				assert_in_range(line.len, 0, 79); /* with its CR */
	}
	buf_release(&subject);
	sample_close(s);
}

static void broken_senders_are_reported(void **unused)
{
	(void)unused;
	static const char *const senders[] = { "redakcja@exa\r\nmple.org", "Głos <brak-małpy>",
					       "Głos <ż@example.org>" };
	for (size_t i = 0; i < sizeof senders / sizeof *senders; i++) {
		struct sample *s = sample_new();
		sample_article(s, "a", "A", "letter");
		s->publication.mail.from = str_from(senders[i]);
		struct str headers = headers_of(wire_of(s, compose(s, "")));
		assert_false(sample_has(headers, "From: "));
		assert_true(diags_failed(s->diags));
		assert_int_equal(diags_at(s->diags, 0)->code, DIAG_HEADER_INVALID);
		sample_close(s);
	}
}

static void sender_names_are_quoted_or_encoded(void **unused)
{
	(void)unused;
	static const struct {
		const char *from, *header;
	} cases[] = {
		{ "a@example.org", "From: <a@example.org>\r\n" },
		{ "Glos <a@example.org>", "From: Glos <a@example.org>\r\n" },
		{ "Glos, PKPO <a@example.org>",
		  "From: =?UTF-8?Q?Glos=2C_PKPO?= <a@example.org>\r\n" },
		{ "\"Glos\" <a@example.org>", "From: Glos <a@example.org>\r\n" },
		{ "Glos a@b <a@example.org>", "From: =?UTF-8?Q?Glos_a=40b?= <a@example.org>\r\n" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct sample *s = sample_new();
		sample_article(s, "a", "A", "letter");
		s->publication.mail.from = str_from(cases[i].from);
		assert_has(headers_of(wire_of(s, compose(s, ""))), cases[i].header);
		sample_close(s);
	}
}

static void placeholders_become_holes(void **unused)
{
	(void)unused;
	struct sample *s = sample_new();
	struct article *a = sample_article(s, "a", "Dla {name} z {org}", "letter");
	struct node *p = sample_paragraph(s, NULL, "Region: {region}, klamra {Nie}, {}, {a b}.");
	struct node *link = node_new(s->arena, NODE_LINK, p->place, p);
	link->link.url = STR("https://glos.example.org/p/{token}?x=%7Btoken%7D");
	sample_text(s, link, "zmień");
	node_new(s->arena, NODE_CODE, p->place, p)->text = STR("{name} {dowolne}");
	(void)a;
	const struct message *m = compose(s, "");
	assert_false(diags_failed(s->diags));
	assert_has(m->html, "Dla {name} z Polska Koalicja");
	assert_has(m->html, "Region: {region}, klamra {Nie}, {}, {a b}.");
	assert_has(m->html, "/p/{token}?x={token}\"");
	struct str wire = wire_of(s, m);
	assert_has(wire, "Dla=20=\r\nAnna=\r\n z ");
	assert_has(wire, "/p/=\r\ntok123=\r\n?x=3D=\r\ntok123=\r\n");
	assert_has(wire, "{name} {dowolne}"); /* code is code */
	sample_close(s);
}

static void unknown_placeholders_are_reported_once(void **unused)
{
	(void)unused;
	struct sample *s = sample_new();
	sample_article(s, "a", "Dla {imie}", "letter");
	sample_paragraph(s, NULL, "Witaj, {nazwisko}.");
	compose(s, "");
	assert_int_equal(diags_count(s->diags), 2);
	assert_int_equal(diags_at(s->diags, 0)->code, DIAG_HOLE_UNKNOWN);
	assert_str(diags_at(s->diags, 0)->detail, "{imie}");
	assert_str(diags_at(s->diags, 1)->detail, "{nazwisko}");
	sample_close(s);
}

static void subjects_take_names_but_no_segments(void **unused)
{
	(void)unused;
	struct sample *s = sample_new();
	sample_article(s, "a", "A", "letter");
	s->document.subject = STR("{name}, oto nowy numer");
	struct str wire = wire_of(s, compose(s, ""));
	assert_has(wire, "Subject:\r\n =?UTF-8?Q?Anna?=\r\n =?UTF-8?Q?=2C_oto_nowy_numer?=\r\n");
	assert_false(diags_failed(s->diags));
	s->document.subject = STR("Numer dla {region}");
	compose(s, "");
	assert_true(diags_failed(s->diags));
	assert_int_equal(diags_at(s->diags, 0)->code, DIAG_HOLE_UNKNOWN);
	sample_close(s);
}

static void names_never_stand_in_addresses(void **unused)
{
	(void)unused;
	struct sample *s = sample_new();
	sample_article(s, "a", "A", "letter");
	struct node *p = sample_paragraph(s, NULL, "");
	struct node *link = node_new(s->arena, NODE_LINK, p->place, p);
	link->link.url = STR("https://example.org/{name}");
	sample_text(s, link, "x");
	const struct message *m = compose(s, "");
	assert_true(diags_failed(s->diags));
	assert_has(m->html, "https://example.org/%7Bname%7D");
	sample_close(s);
}

static void regions_get_their_passages(void **unused)
{
	(void)unused;
	struct sample *s = sample_new();
	struct article *a = sample_article(s, "a", "Dla wszystkich", "letter");
	sample_fill(s, "/x.jpg");
	a = sample_article(s, "b", "Dla Mazowsza", "letter");
	a->regions = NEW(s->arena, struct str);
	a->regions[0] = STR("mazowieckie");
	a->region_count = 1;
	sample_paragraph(s, NULL, "tekst");
	size_t count;
	const struct segment *segments = email_segments(s->arena, &s->document, &count);
	assert_int_equal(count, 3);
	assert_str(segments[0].region, "");
	assert_str(segments[1].region, "mazowieckie");
	assert_str(segments[2].region, "śląskie");
	assert_false(sample_has(compose(s, "")->html, "Dla Mazowsza"));
	assert_false(sample_has(compose(s, "śląskie")->html, "Dla Mazowsza"));
	assert_has(compose(s, "śląskie")->html, "tylko Śląsk");
	assert_has(compose(s, "mazowieckie")->html, "Dla Mazowsza");
	/* A header that named the region would tell it to every server on the way. */
	struct str headers = headers_of(wire_of(s, compose(s, "mazowieckie")));
	assert_false(sample_has(headers, "mazowieckie"));
	sample_close(s);
}

static void languages_have_messages_of_their_own(void **unused)
{
	(void)unused;
	static struct translation translation = { .language = STR_INIT("uk"),
						  .title = STR_INIT("Ви не самі"),
						  .subject = STR_INIT("Тема"),
						  .preheader = STR_INIT("Перше речення") };
	struct sample *s = sample_new();
	sample_article(s, "a", "Po polsku", "letter");
	sample_fill(s, "/x.jpg");
	struct article *a = sample_article(s, "b", "Українською", "feature");
	a->language = STR("uk");
	sample_paragraph(s, NULL, "Текст.");
	a = sample_article(s, "c", "Українською для Сілезії", "letter");
	a->language = STR("uk-UA");
	a->regions = NEW(s->arena, struct str);
	a->regions[0] = STR("Сілезія");
	a->region_count = 1;
	sample_paragraph(s, NULL, "Текст.");
	s->document.translations = &translation;
	s->document.translation_count = 1;
	size_t count;
	const struct segment *segments = email_segments(s->arena, &s->document, &count);
	static const char *const wanted[][2] = { { "pl", "" },
						 { "pl", "śląskie" },
						 { "pl", "Сілезія" },
						 { "uk", "" },
						 { "uk", "Сілезія" } };
	assert_int_equal(count, 5);
	for (size_t i = 0; i < count; i++) {
		assert_str(segments[i].language, wanted[i][0]);
		assert_str(segments[i].region, wanted[i][1]);
	}
	assert_has(compose(s, "")->html, "Українською");
	const struct message *m = email_compose(s->arena, &s->document, &s->layout, &segments[3],
						NULL, &s->world, s->diags);
	assert_str(m->language, "uk");
	assert_has(m->html, "<html lang=\"uk\"");
	assert_has(m->html, "Ви не самі</h1>");
	assert_has(m->html, "Перше речення");
	assert_has(m->html, "Читати далі: Українською");
	assert_has(m->text, "Відписатися\nhttps://glos.example.org/u/{token}");
	assert_false(sample_has(m->html, "Po polsku"));
	assert_false(sample_has(m->html, "Сілезії"));
	assert_false(sample_has(m->html, "Dział"));
	assert_false(sample_has(m->text, "Dział"));
	struct str headers = headers_of(wire_of(s, m));
	assert_has(headers, "\r\nContent-Language: uk\r\n");
	assert_has(headers, "\r\nMessage-ID: <2026-1.uk.mid456@glos.example.org>\r\n");
	m = email_compose(s->arena, &s->document, &s->layout, &segments[4], NULL, &s->world,
			  s->diags);
	assert_has(m->html, "Сілезії");
	sample_close(s);
}

static void pdfs_are_linked_unless_told(void **unused)
{
	(void)unused;
	struct sample *s = sample_new();
	sample_article(s, "a", "A", "letter");
	sample_paragraph(s, NULL, "słowa");
	const struct message *m = compose(s, "");
	assert_has(m->html,
		   "href=\"https://glos.example.org/2026-1/2026-1.pdf\">PDF dostępny cyfrowo");
	assert_has(m->html, "href=\"https://glos.example.org/2026-1/2026-1-large.pdf\"");
	assert_has(m->text,
		   "PDF dużym drukiem\nhttps://glos.example.org/2026-1/2026-1-large.pdf\n");
	s->publication.mail.without_pdf = true;
	m = compose(s, "");
	assert_false(sample_has(m->html, ".pdf"));
	assert_false(sample_has(m->text, ".pdf"));
	sample_close(s);
}

static void articles_of_other_editions_stay_out(void **unused)
{
	(void)unused;
	struct sample *s = sample_new();
	sample_article(s, "a", "Tylko w druku", "letter")->editions = EDITION_PRINT;
	sample_paragraph(s, NULL, "druk");
	assert_false(sample_has(compose(s, "")->html, "Tylko w druku"));
	sample_close(s);
}

static void fill_to(struct sample *s, size_t bytes)
{
	sample_article(s, "dlugi", "Długi", "letter");
	for (size_t i = 0; i < bytes / 100; i++)
		sample_paragraph(s, NULL,
				 "Zdanie na sto bajtow bez znakow, ktore zakodowane zajmuja wiecej "
				 "niz jeden bajt.");
}

static void large_messages_name_their_articles(void **unused)
{
	(void)unused;
	static const struct {
		size_t bytes;
		int warnings, errors;
	} cases[] = { { 40 << 10, 0, 0 }, { 68 << 10, 1, 0 }, { 120 << 10, 0, 1 } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct sample *s = sample_new();
		fill_to(s, cases[i].bytes);
		compose(s, "");
		assert_int_equal(diags_level_count(s->diags, DIAG_LEVEL_WARNING),
				 cases[i].warnings);
		assert_int_equal(diags_level_count(s->diags, DIAG_LEVEL_ERROR), cases[i].errors);
		for (size_t k = 0; k < diags_count(s->diags); k++)
			assert_has(diags_at(s->diags, k)->detail, "issues/2026-1/dlugi.md");
		sample_close(s);
	}
}

static void wire_lines_are_legal_and_ascii(void **unused)
{
	(void)unused;
	struct sample *s = sample_new();
	sample_article(s, "a", "Заголовок", "letter");
	sample_fill(s, "/x.jpg");
	struct str rest = wire_of(s, compose(s, "")), line;
	bool body = false;
	while (str_cut(&rest, '\n', &line)) {
		if (!rest.ptr && !line.len)
			break;
		assert_true(line.len && line.ptr[line.len - 1] == '\r');
		line.len--;
		for (size_t i = 0; i < line.len; i++)
			assert_in_range(line.ptr[i], '\t', '~');
		body = body || line.len == 0;
		assert_in_range(line.len, 0, body ? 76 : 998);
	}
	sample_close(s);
}

static void structure_survives_without_styles(void **unused)
{
	(void)unused;
	struct sample *s = sample_new();
	sample_article(s, "a", "Tytuł", "letter");
	sample_fill(s, "/x.jpg");
	struct str html = compose(s, "")->html;
	size_t style = str_find(html, STR("<style>"), 0), end = str_find(html, STR("</style>"), 0);
	assert_in_range(end - style, 100, 1024);
	assert_int_equal(count_of(html, "<style"), 1);
	assert_int_equal(count_of(html, "<h1"), 1);
	assert_int_equal(count_of(html, "role=\"article\""), 1);
	assert_int_equal(count_of(html, "<th scope=\"col\""), 2);
	assert_int_equal(count_of(html, "display:none"), 0);
	assert_int_equal(count_of(html, "src=\"data:"), 0);
	assert_int_equal(count_of(html, "<table"), count_of(html, "</table"));
	assert_int_equal(count_of(html, "<div"), count_of(html, "</div"));
	/* The preheader is the first text of the body, the web link the second. */
	size_t body = str_find(html, STR("</head>"), 0);
	size_t preheader = str_find(html, STR("Kto pilnuje terminów?"), body);
	/* On one line. */
	size_t link = str_find(html, STR("Czytaj\u00a0w\u00a0przeglądarce"), body);
	assert_true(preheader < link && link < html.len);
	assert_true(preheader < str_find(html, STR("<h1"), body));
	sample_close(s);
}

static void composing_twice_gives_the_same_bytes(void **unused)
{
	(void)unused;
	struct sample *s = sample_new();
	sample_article(s, "a", "Tytuł", "letter");
	sample_fill(s, "/x.jpg");
	struct str first = wire_of(s, compose(s, "")), second = wire_of(s, compose(s, ""));
	assert_true(str_equal(first, second));
	sample_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_articles_keep_every_word),
		cmocka_unit_test(telephones_can_be_dialled),
		cmocka_unit_test(postcodes_stay_on_a_line),
		cmocka_unit_test(the_layout_says_what_is_read_in),
		cmocka_unit_test(teasers_lead_to_the_article),
		cmocka_unit_test(links_of_outlook_stay_apart),
		cmocka_unit_test(long_words_fit_a_telephone),
		cmocka_unit_test(teasers_leave_addresses_out),
		cmocka_unit_test(words_stand_before_the_cover),
		cmocka_unit_test(tall_pictures_stay_beside_the_words),
		cmocka_unit_test(without_a_page_on_the_web_all_is_whole),
		cmocka_unit_test(nothing_hostile_gets_out),
		cmocka_unit_test(headers_stand_as_agreed),
		cmocka_unit_test(long_subjects_fold),
		cmocka_unit_test(broken_senders_are_reported),
		cmocka_unit_test(sender_names_are_quoted_or_encoded),
		cmocka_unit_test(placeholders_become_holes),
		cmocka_unit_test(unknown_placeholders_are_reported_once),
		cmocka_unit_test(subjects_take_names_but_no_segments),
		cmocka_unit_test(names_never_stand_in_addresses),
		cmocka_unit_test(regions_get_their_passages),
		cmocka_unit_test(languages_have_messages_of_their_own),
		cmocka_unit_test(pdfs_are_linked_unless_told),
		cmocka_unit_test(articles_of_other_editions_stay_out),
		cmocka_unit_test(large_messages_name_their_articles),
		cmocka_unit_test(wire_lines_are_legal_and_ascii),
		cmocka_unit_test(structure_survives_without_styles),
		cmocka_unit_test(composing_twice_gives_the_same_bytes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
