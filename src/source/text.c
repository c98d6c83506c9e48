/* Text files: encoding, control characters, line ends, composed letters.
 *
 * A clean file is handed on as it was read; only a file that needs a change is
 * copied. */
#include "source/text.h"

#include "base/file.h"
#include "base/utf8.h"
#include "source/letters.h"

enum { CONTROLS_REPORTED = 10 };

struct place text_place(struct str file, struct str text, size_t offset)
{
	struct place p = { file, 1, 1 };
	size_t start = 0;
	for (size_t i = 0; i < offset && i < text.len; i++) {
		if (text.ptr[i] == '\n') {
			p.line++;
			start = i + 1;
		}
	}
	p.column = 1 + (int)utf8_count(str_sub(text, start, offset - start));
	return p;
}

static struct str encoding_hint(struct reader *r, struct str bytes, size_t at)
{
	unsigned first = bytes.len ? (unsigned char)bytes.ptr[0] : 0;
	if (at == 0 && (first == 0xFF || first == 0xFE))
		return STR("the file is UTF-16: save it as UTF-8");
	return str_format(
		r->arena,
		"byte 0x%02X: the file may be Windows-1250 or ISO 8859-2; save it as UTF-8",
		(unsigned)(unsigned char)bytes.ptr[at]);
}

/* C0 but tab and line ends, DEL, and C1, which is C2 80 to C2 9F. */
static bool is_control(struct str s, size_t i)
{
	unsigned char c = (unsigned char)s.ptr[i];
	if (c < 0x20)
		return c != '\t' && c != '\n' && c != '\r';
	if (c == 0x7F)
		return true;
	return c == 0xC2 && i + 1 < s.len && (unsigned char)s.ptr[i + 1] < 0xA0;
}

/* What keeps a text from being used as it is. */
static bool needs_copy(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		if (c < 0x20 ? c != '\n' && c != '\t' : c == 0x7F || c == 0xC2 || c == 0xCC)
			if (c == '\r' || is_control(s, i) || letters_combine_at(s, i))
				return true;
	}
	return false;
}

static void report_controls(struct reader *r, struct str file, struct str s)
{
	int reported = 0;
	for (size_t i = 0; i < s.len && reported < CONTROLS_REPORTED; i++) {
		if (!is_control(s, i))
			continue;
		size_t at = i;
		uint32_t c = utf8_next(s, &at);
		diag_report_hint(r->diags, DIAG_CONTROL_CHARACTER, text_place(file, s, i),
				 STR("delete it"), c ? "U+%04X" : "NUL (U+%04X)", (unsigned)c);
		reported++;
	}
}

static struct str cleaned(struct reader *r, struct str s)
{
	struct buf b;
	buf_init(&b, 3 * s.len + 1);
	size_t kept = 0; /* everything before it is in b */
	for (size_t i = 0; i < s.len;) {
		char composed[4];
		size_t eaten = 0, put = 0;
		if (s.ptr[i] == '\r') {
			eaten = i + 1 < s.len && s.ptr[i + 1] == '\n' ? 2 : 1;
			composed[put++] = '\n';
		} else if (is_control(s, i)) {
			eaten = (unsigned char)s.ptr[i] == 0xC2 ? 2 : 1;
			put = utf8_encode(UTF8_REPLACEMENT, composed);
		} else if ((put = letters_compose(s, i, composed, &eaten)) == 0) {
			i++;
			continue;
		}
		buf_put_bytes(&b, s.ptr + kept, i - kept);
		buf_put_bytes(&b, composed, put);
		i += eaten;
		kept = i;
	}
	buf_put_bytes(&b, s.ptr + kept, s.len - kept);
	struct str result = str_copy(r->arena, buf_str(&b));
	buf_release(&b);
	return result;
}

bool text_normalise(struct reader *r, struct str file, struct str bytes, struct str *text)
{
	if (str_starts(bytes, STR("\xEF\xBB\xBF")))
		bytes = str_sub(bytes, 3, bytes.len);
	diags_add_text(r->diags, file, bytes);
	size_t invalid = utf8_invalid_at(bytes);
	if (invalid < bytes.len) {
		diag_report_hint(r->diags, DIAG_ENCODING, text_place(file, bytes, invalid),
				 encoding_hint(r, bytes, invalid), "%s", "");
		return false;
	}
	if (needs_copy(bytes)) {
		report_controls(r, file, bytes);
		bytes = cleaned(r, bytes);
		diags_add_text(r->diags, file, bytes);
	}
	*text = bytes;
	return true;
}

bool text_read(struct reader *r, const char *path, struct str file, size_t max_bytes,
	       struct place from, struct str *text)
{
	struct str bytes;
	return file_read(r->arena, path, max_bytes, r->diags, from, &bytes) &&
	       text_normalise(r, file, bytes, text);
}
