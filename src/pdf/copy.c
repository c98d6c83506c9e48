#include "pdf/copy.h"

#include "base/file.h"
#include "pdf/flate.h"
#include "pdf/rewrite.h"

#include <string.h>

/* Deeper and larger than any honest page. Arrays are copied at each mention, so
 * that a few that name each other could grow without end. */
enum { DEPTH_AT_MOST = 100, VALUES_AT_MOST = 2000000, PROFILE_AT_MOST = 64 << 20 };

static void put_object(struct copying *i, struct buf *b, qpdf_oh o, int depth);

/* Whether a dictionary has a key, by way of one that may be missing itself. */
static bool has_key(const struct qpdf *q, qpdf_oh o, const char *key)
{
	return q->oh_is_dictionary(q->data, o) && q->oh_has_key(q->data, o, key);
}

bool entry_is_name(const struct qpdf *q, qpdf_oh o, const char *key, const char *name)
{
	qpdf_oh value = q->oh_get_key(q->data, o, key);
	bool is = q->oh_is_name_and_equals(q->data, value, name);
	q->oh_release(q->data, value);
	return is;
}

/* Notes what of a font another program would have to supply. */
static void judge_font(struct copying *i, qpdf_oh font)
{
	const struct qpdf *q = i->q;
	bool composite = entry_is_name(q, font, "/Subtype", "/Type0");
	bool descendant = entry_is_name(q, font, "/Subtype", "/CIDFontType0") ||
			  entry_is_name(q, font, "/Subtype", "/CIDFontType2");
	if (!descendant && !q->oh_has_key(q->data, font, "/ToUnicode"))
		i->foreign.mute_fonts = true;
	if (composite || entry_is_name(q, font, "/Subtype", "/Type3"))
		return;
	qpdf_oh descriptor = q->oh_get_key(q->data, font, "/FontDescriptor");
	if (!has_key(q, descriptor, "/FontFile") && !has_key(q, descriptor, "/FontFile2") &&
	    !has_key(q, descriptor, "/FontFile3"))
		i->foreign.loose_fonts = true;
	q->oh_release(q->data, descriptor);
}

/* What becomes of a stream's data. */
enum packing { PACKING_NONE, PACKING_KEPT, PACKING_NEW }; /* NONE: it is no stream */

static bool is_among(const char *key, const char *const *keys, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(key, keys[i]) == 0)
			return true;
	return false;
}

/* Keys that point back into the other document, or say what is not so here. */
static bool is_dropped(const char *key, enum packing packing)
{
	static const char *const dropped[] = { "/StructParent", "/StructParents", "/Parent",
					       "/PieceInfo", "/Metadata", "/LastModified",
					       /* not for PDF/X (ISO 15930-7): other
						  versions of a picture, curves of a
						  device, work left to a server */
					       "/Alternates", "/OPI", "/HTP" };
	static const char *const packed[] = { "/Filter", "/DecodeParms", "/DL" };
	return is_among(key, dropped, sizeof dropped / sizeof *dropped) ||
	       (packing != PACKING_NONE && strcmp(key, "/Length") == 0) ||
	       (packing == PACKING_NEW && is_among(key, packed, sizeof packed / sizeof *packed));
}

static bool is_one(const struct qpdf *q, qpdf_oh value)
{
	return q->oh_is_number(q->data, value) && q->oh_get_numeric_value(q->data, value) >= 1;
}

/* Whether an entry, of a graphics state or a group, mixes colours (ISO 32000-1, 11). */
static bool mixes(const struct qpdf *q, const char *key, qpdf_oh value)
{
	if (strcmp(key, "/SMask") == 0)
		return !q->oh_is_name_and_equals(q->data, value, "/None");
	if (strcmp(key, "/CA") == 0 || strcmp(key, "/ca") == 0)
		return !is_one(q, value);
	if (strcmp(key, "/BM") == 0)
		return !q->oh_is_name_and_equals(q->data, value, "/Normal") &&
		       !q->oh_is_name_and_equals(q->data, value, "/Compatible");
	return strcmp(key, "/Group") == 0 && q->oh_is_dictionary(q->data, value) &&
	       entry_is_name(q, value, "/S", "/Transparency");
}

static void put_entry(struct copying *i, struct buf *b, const char *key, qpdf_oh value, int depth)
{
	bool glyphs = i->glyphs;
	put_name(b, str_from(key + 1));
	buf_put_byte(b, ' ');
	i->foreign.mixed = i->foreign.mixed || mixes(i->q, key, value);
	i->glyphs = strcmp(key, "/CharProcs") == 0 ||
		    (glyphs && !i->q->oh_is_dictionary(i->q->data, value));
	put_object(i, b, value, depth);
	i->glyphs = glyphs;
	buf_put_byte(b, '\n');
}

/* The entries of a dictionary; of a stream's, those about how it is packed are left
 * out where it has been unpacked. */
static void put_entries(struct copying *i, struct buf *b, qpdf_oh o, enum packing packing,
			int depth)
{
	/* qpdf has one iterator a document: the keys are collected first. */
	char **keys = NULL;
	size_t count = 0, capacity = 0;
	for (i->q->oh_begin_dict_key_iter(i->q->data, o); i->q->oh_dict_more_keys(i->q->data);) {
		char *key = str_c(i->m->arena, str_from(i->q->oh_dict_next_key(i->q->data)));
		PUSH(i->m->arena, keys, count, capacity, key);
	}
	for (size_t n = 0; n < count; n++) {
		/* A device's own curve is not for PDF/X; a soft mask's is part of it. */
		bool curve = strcmp(keys[n], "/TR") == 0 && !i->q->oh_has_key(i->q->data, o, "/G");
		if (is_dropped(keys[n], packing) || curve)
			continue;
		qpdf_oh value = i->q->oh_get_key(i->q->data, o, keys[n]);
		put_entry(i, b, keys[n], value, depth + 1);
		i->q->oh_release(i->q->data, value);
	}
}

/* LZW is not for PDF/X and PDF/A (ISO 15930-7, 6.3; ISO 19005-2, 6.1.7). */
static bool is_lzw(const struct qpdf *q, qpdf_oh dictionary)
{
	qpdf_oh filter = q->oh_get_key(q->data, dictionary, "/Filter");
	bool is = strstr(q->oh_unparse_resolved(q->data, filter), "/LZW") != NULL;
	q->oh_release(q->data, filter);
	return is;
}

static int integer_at(const struct qpdf *q, qpdf_oh dictionary, const char *key)
{
	qpdf_oh value = q->oh_get_key(q->data, dictionary, key);
	int number =
		q->oh_is_integer(q->data, value) ? q->oh_get_int_value_as_int(q->data, value) : 0;
	q->oh_release(q->data, value);
	return number;
}

/* Whether a stream paints: a form, a tile of a pattern, a glyph of a Type 3 font. */
static bool is_content(const struct copying *i, qpdf_oh dictionary)
{
	return entry_is_name(i->q, dictionary, "/Subtype", "/Form") ||
	       integer_at(i->q, dictionary, "/PatternType") == 1 ||
	       (i->glyphs && !i->q->oh_has_key(i->q->data, dictionary, "/Subtype"));
}

struct str copy_content(struct copying *i, struct str content, bool uncoloured, bool *changed)
{
	struct rewritten r = rewrite_content(i->m->arena, i->q, content, uncoloured);
	i->foreign.rgb = i->foreign.rgb || r.rgb;
	i->lzw = i->lzw || r.lzw;
	*changed = r.changed;
	return r.content;
}

/* A content stream as it may stand in our file; empty where it may as it is. */
static struct str new_content(struct copying *i, qpdf_oh stream, qpdf_oh dictionary)
{
	unsigned char *data = NULL;
	size_t len = 0;
	QPDF_BOOL filtered = QPDF_FALSE;
	bool changed = false, failed;
	failed = i->q->oh_get_stream_data(i->q->data, stream, qpdf_dl_specialized, &filtered, &data,
					  &len) &
		 QPDF_ERRORS;
	struct str content = { (const char *)data, len }, packed = STR("");
	i->damaged = i->damaged || failed || !filtered;
	if (!i->damaged) {
		content = copy_content(i, content, integer_at(i->q, dictionary, "/PaintType") == 2,
				       &changed);
		if (changed)
			packed = flate(i->m->arena, content, FLATE_NORMAL);
	}
	heap_free(data);
	return packed;
}

/* JPEG 2000 may tell its colours itself (ISO 15444-1, I.5.3.3: box colr, enumerated). */
static void judge_jpeg_2000(struct copying *i, qpdf_oh dictionary, struct str data)
{
	enum { INKS = 12, GREY = 17, BOX = 11 };
	qpdf_oh filter = i->q->oh_get_key(i->q->data, dictionary, "/Filter");
	if (strstr(i->q->oh_unparse_resolved(i->q->data, filter), "/JPXDecode") &&
	    !i->q->oh_has_key(i->q->data, dictionary, "/ColorSpace")) {
		size_t at = str_find(data, STR("colr"), 0);
		int space = at + BOX <= data.len && data.ptr[at + 4] == 1
				    ? (unsigned char)data.ptr[at + BOX - 1]
				    : 0;
		i->foreign.rgb = i->foreign.rgb || (space != INKS && space != GREY);
	}
	i->q->oh_release(i->q->data, filter);
}

/* The other file's stream data as it is coded there, or deflated where that may not be. */
static struct str stream_data(struct copying *i, qpdf_oh stream, qpdf_oh dictionary,
			      enum packing *packing)
{
	struct str content =
		is_content(i, dictionary) ? new_content(i, stream, dictionary) : STR("");
	*packing = PACKING_NEW;
	if (content.len)
		return content;
	unsigned char *data = NULL;
	size_t len = 0;
	QPDF_BOOL filtered = QPDF_FALSE;
	bool lzw = is_lzw(i->q, dictionary);
	if (i->q->oh_get_stream_data(i->q->data, stream, lzw ? qpdf_dl_specialized : qpdf_dl_none,
				     &filtered, &data, &len) &
	    QPDF_ERRORS)
		i->damaged = true;
	*packing = lzw && filtered ? PACKING_NEW : PACKING_KEPT;
	i->lzw = i->lzw || (lzw && !filtered);
	struct str coded = { (const char *)data, len };
	judge_jpeg_2000(i, dictionary, coded);
	struct str copy = *packing == PACKING_NEW ? flate(i->m->arena, coded, FLATE_NORMAL)
						  : str_copy(i->m->arena, coded);
	heap_free(data);
	return copy;
}

/* The copy of an indirect object, made at its first mention. */
static int copy_of(struct copying *i, qpdf_oh o, int depth)
{
	size_t id = (size_t)i->q->oh_get_object_id(i->q->data, o);
	while (i->count <= id)
		PUSH(i->m->arena, i->copies, i->count, i->capacity, 0);
	if (i->copies[id])
		return i->copies[id];
	bool stream = i->q->oh_is_stream(i->q->data, o);
	qpdf_oh dictionary = stream ? i->q->oh_get_dict(i->q->data, o) : o;
	enum packing packing = PACKING_NONE;
	struct writer *w = i->m->writer;
	/* Numbered before its contents are copied: they may lead back to it. */
	int object = stream ? writer_reserve_stream(w, stream_data(i, o, dictionary, &packing))
			    : writer_reserve(w);
	i->copies[id] = object;
	struct buf b;
	buf_init(&b, PUT_CEILING);
	if (entry_is_name(i->q, dictionary, "/Type", "/Font"))
		judge_font(i, dictionary);
	put_entries(i, &b, dictionary, packing, depth);
	if (packing == PACKING_NEW)
		buf_put_c(&b, "/Filter /FlateDecode\n");
	if (stream)
		i->q->oh_release(i->q->data, dictionary);
	writer_fill(w, object, put_settle(i->m->arena, &b));
	return object;
}

/* An ink that needs a plate of its own which nobody ordered. */
static void judge_ink(struct copying *i, qpdf_oh name)
{
	static const char *const process[] = { "/Cyan",  "/Magenta", "/Yellow",
					       "/Black", "/All",     "/None" };
	if (!i->q->oh_is_name(i->q->data, name))
		return;
	const char *ink = i->q->oh_get_name(i->q->data, name);
	for (size_t n = 0; n < sizeof process / sizeof *process; n++)
		if (strcmp(ink, process[n]) == 0)
			return;
	const struct layout *l = i->m->layout;
	for (size_t n = 0; n < l->spot_count; n++)
		if (str_equal(l->spots[n].name, str_from(ink + 1)))
			return;
	if (!i->spot.len)
		i->spot = str_copy(i->m->arena, str_from(ink + 1));
}

/* A colour space: its first item says which kind, the second what of. */
static void judge_space(struct copying *i, qpdf_oh o)
{
	const struct qpdf *q = i->q;
	qpdf_oh kind = q->oh_get_array_item(q->data, o, 0),
		what = q->oh_get_array_item(q->data, o, 1);
	if (q->oh_is_name_and_equals(q->data, kind, "/Separation")) {
		judge_ink(i, what);
	} else if (q->oh_is_name_and_equals(q->data, kind, "/DeviceN") &&
		   q->oh_is_array(q->data, what)) {
		int count = q->oh_get_array_n_items(q->data, what);
		for (int n = 0; n < count && n < 64; n++) {
			qpdf_oh name = q->oh_get_array_item(q->data, what, n);
			judge_ink(i, name);
			q->oh_release(q->data, name);
		}
	} else if (q->oh_is_name_and_equals(q->data, kind, "/ICCBased") &&
		   q->oh_is_stream(q->data, what)) {
		qpdf_oh dictionary = q->oh_get_dict(q->data, what);
		qpdf_oh channels = q->oh_get_key(q->data, dictionary, "/N");
		if (q->oh_is_integer(q->data, channels) &&
		    q->oh_get_int_value_as_int(q->data, channels) == 3)
			i->lit = true;
		q->oh_release(q->data, channels);
		q->oh_release(q->data, dictionary);
	} else if ((q->oh_is_name_and_equals(q->data, kind, "/Lab") ||
		    q->oh_is_name_and_equals(q->data, kind, "/CalGray")) &&
		   q->oh_is_dictionary(q->data, what)) {
		i->measured = i->measured || !i->alternate;
	}
	q->oh_release(q->data, what);
	q->oh_release(q->data, kind);
}

/* Inks by a profile are plain inks when it is the press's own, and may only be written so
 * (ISO 15930-7). */
static bool is_of_our_press(struct copying *i, qpdf_oh profile)
{
	struct making *m = i->m;
	const char *path = str_c(m->arena, m->layout->profile);
	int id = i->q->oh_get_object_id(i->q->data, profile);
	if (id && id == i->profile)
		return i->ours;
	struct str ours = STR("");
	unsigned char *data = NULL;
	size_t len = 0;
	QPDF_BOOL filtered = QPDF_FALSE;
	i->profile = id;
	i->ours = m->layout->profile.len > 0 && file_exists(path) &&
		  file_read(m->arena, path, PROFILE_AT_MOST, m->diags, m->layout->profile_place,
			    &ours) &&
		  !(i->q->oh_get_stream_data(i->q->data, profile, qpdf_dl_generalized, &filtered,
					     &data, &len) &
		    QPDF_ERRORS) &&
		  len > 0 && str_equal((struct str){ (const char *)data, len }, ours);
	heap_free(data);
	return i->ours;
}

/* [/ICCBased stream] of four inks, of our press: written as what it is. */
static bool put_plain_inks(struct copying *i, struct buf *b, qpdf_oh kind, qpdf_oh profile)
{
	if (!i->m->press || !i->q->oh_is_name_and_equals(i->q->data, kind, "/ICCBased") ||
	    !i->q->oh_is_stream(i->q->data, profile))
		return false;
	qpdf_oh dictionary = i->q->oh_get_dict(i->q->data, profile);
	bool inks = integer_at(i->q, dictionary, "/N") == 4;
	i->q->oh_release(i->q->data, dictionary);
	bool ours = inks && is_of_our_press(i, profile);
	i->separated = i->separated || (inks && !ours && !i->alternate);
	if (ours)
		buf_put_c(b, "/DeviceCMYK");
	return ours;
}

static void put_array(struct copying *i, struct buf *b, qpdf_oh o, int depth)
{
	int count = i->q->oh_get_array_n_items(i->q->data, o);
	bool outer = i->alternate;
	bool ink = false;
	if (count >= 2) { /* asking for what is not there would be a warning */
		qpdf_oh kind = i->q->oh_get_array_item(i->q->data, o, 0);
		qpdf_oh what = i->q->oh_get_array_item(i->q->data, o, 1);
		ink = count >= 4 && (i->q->oh_is_name_and_equals(i->q->data, kind, "/Separation") ||
				     i->q->oh_is_name_and_equals(i->q->data, kind, "/DeviceN"));
		bool plain = count == 2 && put_plain_inks(i, b, kind, what);
		i->q->oh_release(i->q->data, what);
		i->q->oh_release(i->q->data, kind);
		if (plain)
			return;
	}
	if (count >= 2)
		judge_space(i, o);
	buf_put_byte(b, '[');
	for (int n = 0; n < count; n++) {
		qpdf_oh item = i->q->oh_get_array_item(i->q->data, o, n);
		i->alternate = outer || (ink && n == 2);
		put_object(i, b, item, depth + 1);
		i->alternate = outer;
		buf_put_byte(b, ' ');
		i->q->oh_release(i->q->data, item);
	}
	buf_put_byte(b, ']');
}

static void put_object(struct copying *i, struct buf *b, qpdf_oh o, int depth)
{
	const struct qpdf *q = i->q;
	if (depth > DEPTH_AT_MOST || ++i->values > VALUES_AT_MOST)
		i->damaged = true;
	if (i->damaged) {
		buf_put_c(b, "null");
	} else if (q->oh_is_stream(q->data, o) ||
		   (q->oh_is_dictionary(q->data, o) && q->oh_is_indirect(q->data, o))) {
		put_reference(b, copy_of(i, o, depth));
	} else if (q->oh_is_dictionary(q->data, o)) {
		if (entry_is_name(q, o, "/Type", "/Font"))
			judge_font(i, o);
		buf_put_c(b, "<<");
		put_entries(i, b, o, PACKING_NONE, depth);
		buf_put_c(b, ">>");
	} else if (q->oh_is_array(q->data, o)) {
		put_array(i, b, o, depth);
	} else if (q->oh_is_string(q->data, o)) {
		size_t len;
		const char *bytes = q->oh_get_binary_string_value(q->data, o, &len);
		put_hex(b, bytes, len);
	} else {
		if (q->oh_is_name_and_equals(q->data, o, "/DeviceRGB") ||
		    q->oh_is_name_and_equals(q->data, o, "/CalRGB"))
			i->foreign.rgb = true;
		if (q->oh_is_name_and_equals(q->data, o, "/ICCBased") ||
		    q->oh_is_name_and_equals(q->data, o, "/Lab") ||
		    q->oh_is_name_and_equals(q->data, o, "/CalGray"))
			i->foreign.profiled = true;
		buf_put_c(b, q->oh_unparse_resolved(q->data, o));
	}
}

void copy_entry(struct copying *c, struct buf *b, const char *key, qpdf_oh value)
{
	put_entry(c, b, key, value, 0);
}
