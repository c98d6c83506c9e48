/* No line ends with a word of one letter, whatever the language, as long as
 * anything else fits. */
#include "type/sample.h"

#include "base/utf8.h"
#include "type/letter.h"

struct vocabulary {
	const char *language;
	const char *words[14];
};

static const struct vocabulary vocabularies[] = {
	{ "pl", { "a", "i", "o", "u", "w", "z", "koordynator", "leczenie", "dom", "„i", "czas" } },
	{ "nb", { "i", "å", "I", "være", "pasienten", "tid", "samtalen", "hjelp", "ikke", "nå" } },
	{ "uk",
	  { "я", "і", "у", "в", "з", "лікар", "пацієнт", "дім", "розмова", "час", "завжди" } },
	{ "en", { "a", "I", "patient", "time", "the", "coordinator", "home", "talk", "always" } },
	{ "de", { "à", "o", "Patientin", "Zeit", "und", "Gespräch", "immer", "zuhause", "Tag" } },
};

static uint32_t next_random(uint32_t *seed, uint32_t below)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 8) % below;
}

static bool ends_with_one_letter(struct str line)
{
	line = str_trim(line);
	size_t start = 0, letters = 0;
	for (size_t i = 0; i < line.len; i++)
		if (line.ptr[i] == ' ')
			start = i + 1;
	struct str last = str_sub(line, start, line.len - start);
	for (size_t at = 0; at < last.len;)
		letters += letter_is(utf8_next(last, &at));
	return letters == 1;
}

/* Words at random, short ones between longer ones. */
static struct str sentence(struct sample *s, const struct vocabulary *v, uint32_t *seed)
{
	struct str text = STR("");
	uint32_t known = 0;
	while (v->words[known])
		known++;
	for (int i = 0; i < 60;) {
		struct str word = str_from(v->words[next_random(seed, known)]);
		if (ends_with_one_letter(word) && (!text.len || ends_with_one_letter(text)))
			continue;
		text = str_join(s->arena, text, i++ ? STR(" ") : STR(""));
		text = str_join(s->arena, text, word);
	}
	return text;
}

static void no_line_ends_with_one_letter(void **state)
{
	(void)state;
	static const enum text_align aligns[] = { TEXT_JUSTIFIED, TEXT_LEFT };
	struct sample *s = sample_open();
	uint32_t seed = 7;
	int lines_seen = 0;
	for (size_t v = 0; v < sizeof vocabularies / sizeof *vocabularies; v++)
		for (int width = 190 * PT; width <= 370 * PT; width += 20 * PT)
			for (int a = 0; a < 2; a++) {
				struct lines l =
					sample_set(s, sentence(s, &vocabularies[v], &seed),
						   vocabularies[v].language, width, aligns[a]);
				for (size_t i = 0; i + 1 < l.count; i++) {
					struct str line = sample_line(s, &l.line[i]);
					lines_seen++;
					if (ends_with_one_letter(line))
						fail_msg("%s, %d pt: %.*s",
							 vocabularies[v].language, width / PT,
							 STR_ARG(line));
				}
			}
	assert_true(lines_seen > 500);
	sample_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_line_ends_with_one_letter),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
