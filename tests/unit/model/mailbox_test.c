#include "test.h"

#include "model/mailbox.h"

static void mailboxes_are_taken_apart(void **state)
{
	(void)state;
	static const struct {
		const char *given, *name, *address, *domain;
	} cases[] = {
		{ "Głos <redakcja@glos.example>", "Głos", "redakcja@glos.example", "glos.example" },
		{ "\"Głos, redakcja\" <r@glos.example>", "Głos, redakcja", "r@glos.example",
		  "glos.example" },
		{ "\"a <b>\" < c@d.example >", "a <b>", "c@d.example", "d.example" },
		{ "  r@glos.example ", "", "r@glos.example", "glos.example" },
		{ "<r@glos.example>", "", "r@glos.example", "glos.example" },
		{ "Głos <r@glos.example", "", "Głos <r@glos.example", "glos.example" },
		{ "nobody", "", "nobody", "" },
		{ "r@", "", "r@", "" },
		{ "", "", "", "" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct mailbox m = mailbox_of(str_from(cases[i].given));
		assert_str(m.name, cases[i].name);
		assert_str(m.address, cases[i].address);
		assert_str(mailbox_domain(m.address), cases[i].domain);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mailboxes_are_taken_apart),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
