#include "test.h"

#include "base/sha256.h"

static void is(const char *text, const char *wanted)
{
	struct sha256 sum = sha256_of(str_from(text));
	struct buf b;
	buf_init(&b, 128);
	sha256_put(&b, &sum);
	assert_string_equal(b.ptr, wanted);
	buf_release(&b);
}

/* Vectors of FIPS 180-4's examples, and of an empty message. */
static void known_answers(void **state)
{
	(void)state;
	is("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	is("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	is("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
	   "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
	is("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnop"
	   "qrlmnopqrsmnopqrstnopqrstu",
	   "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
}

/* As sha256sum has it, at every length around the ends of blocks. */
static void every_length(void **state)
{
	(void)state;
	static const char letters[] =
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
	for (int n = 50; n < 130; n++) {
		char command[256], line[80] = "";
		snprintf(command, sizeof command, "printf '%.*s' | sha256sum", n, letters);
		FILE *pipe = popen(command, "r");
		assert_non_null(pipe);
		assert_non_null(fgets(line, sizeof line, pipe));
		pclose(pipe);
		line[64] = '\0';
		char text[160];
		snprintf(text, sizeof text, "%.*s", n, letters);
		is(text, line);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_answers),
		cmocka_unit_test(every_length),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
