#include "pdf/import.h"

#include "pdf/flate.h"

#include <math.h>
#include <qpdf/qpdf-c.h>

/* Deeper and larger than any honest page. Arrays are copied at each mention, so
 * that a few that name each other could grow without end. */
enum { DEPTH_AT_MOST = 100, VALUES_AT_MOST = 2000000 };

struct importing {
	struct making *m;
	qpdf_data q;
	int *copies; /* by number of the object there: its number here, or 0 */
	size_t count, capacity;
	struct foreign foreign;
	size_t values; /* written so far */
	bool damaged;
};

static void put_object(struct importing *i, struct buf *b, qpdf_oh o, int depth);

/* Whether a dictionary has a key, by way of one that may be missing itself. */
static bool has_key(qpdf_data q, qpdf_oh o, const char *key)
{
	return qpdf_oh_is_dictionary(q, o) && qpdf_oh_has_key(q, o, key);
}

static bool is_name(qpdf_data q, qpdf_oh o, const char *key, const char *name)
{
	qpdf_oh value = qpdf_oh_get_key(q, o, key);
	bool is = qpdf_oh_is_name_and_equals(q, value, name);
	qpdf_oh_release(q, value);
	return is;
}

/* Notes what of a font another program would have to supply. */
static void judge_font(struct importing *i, qpdf_oh font)
{
	qpdf_data q = i->q;
	bool composite = is_name(q, font, "/Subtype", "/Type0");
	bool descendant = is_name(q, font, "/Subtype", "/CIDFontType0") ||
			  is_name(q, font, "/Subtype", "/CIDFontType2");
	if (!descendant && !qpdf_oh_has_key(q, font, "/ToUnicode"))
		i->foreign.mute_fonts = true;
	if (composite || is_name(q, font, "/Subtype", "/Type3"))
		return;
	qpdf_oh descriptor = qpdf_oh_get_key(q, font, "/FontDescriptor");
	if (!has_key(q, descriptor, "/FontFile") && !has_key(q, descriptor, "/FontFile2") &&
	    !has_key(q, descriptor, "/FontFile3"))
		i->foreign.loose_fonts = true;
	qpdf_oh_release(q, descriptor);
}

/* Keys that point back into the other document, or say what is not so here. */
static bool is_dropped(const char *key, bool of_stream)
{
	static const char *const dropped[] = { "/StructParent", "/StructParents", "/Parent",
					       "/PieceInfo",    "/Metadata",      "/LastModified" };
	for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
		if (strcmp(key, dropped[i]) == 0)
			return true;
	return of_stream && strcmp(key, "/Length") == 0;
}

static bool is_one(qpdf_data q, qpdf_oh value)
{
	return qpdf_oh_is_number(q, value) && qpdf_oh_get_numeric_value(q, value) >= 1;
}

/* Whether an entry, of a graphics state or a group, mixes colours (ISO 32000-1, 11). */
static bool mixes(qpdf_data q, const char *key, qpdf_oh value)
{
	if (strcmp(key, "/SMask") == 0)
		return !qpdf_oh_is_name_and_equals(q, value, "/None");
	if (strcmp(key, "/CA") == 0 || strcmp(key, "/ca") == 0)
		return !is_one(q, value);
	if (strcmp(key, "/BM") == 0)
		return !qpdf_oh_is_name_and_equals(q, value, "/Normal") &&
		       !qpdf_oh_is_name_and_equals(q, value, "/Compatible");
	return strcmp(key, "/Group") == 0 && qpdf_oh_is_dictionary(q, value) &&
	       is_name(q, value, "/S", "/Transparency");
}

static void put_entries(struct importing *i, struct buf *b, qpdf_oh o, bool of_stream, int depth)
{
	/* qpdf has one iterator a document: the keys are collected first. */
	char **keys = NULL;
	size_t count = 0, capacity = 0;
	for (qpdf_oh_begin_dict_key_iter(i->q, o); qpdf_oh_dict_more_keys(i->q);) {
		char *key = str_c(i->m->arena, str_from(qpdf_oh_dict_next_key(i->q)));
		PUSH(i->m->arena, keys, count, capacity, key);
	}
	for (size_t n = 0; n < count; n++) {
		if (is_dropped(keys[n], of_stream))
			continue;
		qpdf_oh value = qpdf_oh_get_key(i->q, o, keys[n]);
		put_name(b, str_from(keys[n] + 1));
		buf_put_byte(b, ' ');
		i->foreign.mixed = i->foreign.mixed || mixes(i->q, keys[n], value);
		put_object(i, b, value, depth + 1);
		buf_put_byte(b, '\n');
		qpdf_oh_release(i->q, value);
	}
}

/* The other file's stream data as it is coded there. */
static struct str coded_data(struct importing *i, qpdf_oh stream)
{
	unsigned char *data = NULL;
	size_t len = 0;
	QPDF_BOOL filtered;
	if (qpdf_oh_get_stream_data(i->q, stream, qpdf_dl_none, &filtered, &data, &len) &
	    QPDF_ERRORS)
		i->damaged = true;
	struct str copy = str_copy(i->m->arena, (struct str){ (const char *)data, len });
	heap_free(data);
	return copy;
}

/* The copy of an indirect object, made at its first mention. */
static int copy_of(struct importing *i, qpdf_oh o, int depth)
{
	size_t id = (size_t)qpdf_oh_get_object_id(i->q, o);
	while (i->count <= id)
		PUSH(i->m->arena, i->copies, i->count, i->capacity, 0);
	if (i->copies[id])
		return i->copies[id];
	bool stream = qpdf_oh_is_stream(i->q, o);
	/* Numbered before its contents are copied: they may lead back to it. */
	int object = stream ? writer_reserve_stream(i->m->writer, coded_data(i, o))
			    : writer_reserve(i->m->writer);
	i->copies[id] = object;
	struct buf b;
	buf_init(&b, PUT_CEILING);
	qpdf_oh dictionary = stream ? qpdf_oh_get_dict(i->q, o) : o;
	if (is_name(i->q, dictionary, "/Type", "/Font"))
		judge_font(i, dictionary);
	put_entries(i, &b, dictionary, stream, depth);
	if (stream)
		qpdf_oh_release(i->q, dictionary);
	writer_fill(i->m->writer, object, put_settle(i->m->arena, &b));
	return object;
}

static void put_array(struct importing *i, struct buf *b, qpdf_oh o, int depth)
{
	int count = qpdf_oh_get_array_n_items(i->q, o);
	buf_put_byte(b, '[');
	for (int n = 0; n < count; n++) {
		qpdf_oh item = qpdf_oh_get_array_item(i->q, o, n);
		put_object(i, b, item, depth + 1);
		buf_put_byte(b, ' ');
		qpdf_oh_release(i->q, item);
	}
	buf_put_byte(b, ']');
}

static void put_object(struct importing *i, struct buf *b, qpdf_oh o, int depth)
{
	qpdf_data q = i->q;
	if (depth > DEPTH_AT_MOST || ++i->values > VALUES_AT_MOST)
		i->damaged = true;
	if (i->damaged) {
		buf_put_c(b, "null");
	} else if (qpdf_oh_is_stream(q, o) ||
		   (qpdf_oh_is_dictionary(q, o) && qpdf_oh_is_indirect(q, o))) {
		put_reference(b, copy_of(i, o, depth));
	} else if (qpdf_oh_is_dictionary(q, o)) {
		if (is_name(q, o, "/Type", "/Font"))
			judge_font(i, o);
		buf_put_c(b, "<<");
		put_entries(i, b, o, false, depth);
		buf_put_c(b, ">>");
	} else if (qpdf_oh_is_array(q, o)) {
		put_array(i, b, o, depth);
	} else if (qpdf_oh_is_string(q, o)) {
		size_t len;
		const char *bytes = qpdf_oh_get_binary_string_value(q, o, &len);
		put_hex(b, bytes, len);
	} else {
		if (qpdf_oh_is_name_and_equals(q, o, "/DeviceRGB") ||
		    qpdf_oh_is_name_and_equals(q, o, "/CalRGB"))
			i->foreign.rgb = true;
		if (qpdf_oh_is_name_and_equals(q, o, "/ICCBased") ||
		    qpdf_oh_is_name_and_equals(q, o, "/Lab") ||
		    qpdf_oh_is_name_and_equals(q, o, "/CalGray"))
			i->foreign.profiled = true;
		buf_put_c(b, qpdf_oh_unparse_resolved(q, o));
	}
}

/* x1 y1 x2 y2, in pt. */
struct box {
	double edge[4];
};

static bool read_box(qpdf_data q, qpdf_oh page, const char *key, struct box *box)
{
	qpdf_oh array = qpdf_oh_get_key(q, page, key);
	bool is = qpdf_oh_is_array(q, array) && qpdf_oh_get_array_n_items(q, array) == 4;
	double v[4] = { 0 };
	for (int n = 0; is && n < 4; n++) {
		qpdf_oh item = qpdf_oh_get_array_item(q, array, n);
		v[n] = qpdf_oh_get_numeric_value(q, item);
		qpdf_oh_release(q, item);
	}
	qpdf_oh_release(q, array);
	*box = (struct box){ { fmin(v[0], v[2]), fmin(v[1], v[3]), fmax(v[0], v[2]),
			       fmax(v[1], v[3]) } };
	/* Larger ones are no pages (ISO 32000-1, annex C: 14,400 units). */
	return is && box->edge[2] - box->edge[0] > 1 && box->edge[3] - box->edge[1] > 1 &&
	       fabs(box->edge[0]) < 20000 && fabs(box->edge[1]) < 20000 && box->edge[2] < 20000 &&
	       box->edge[3] < 20000;
}

/* Quarter turns clockwise. */
static int turns_of(qpdf_data q, qpdf_oh page)
{
	qpdf_oh value = qpdf_oh_get_key(q, page, "/Rotate");
	int degrees = qpdf_oh_is_integer(q, value) ? qpdf_oh_get_int_value_as_int(q, value) : 0;
	qpdf_oh_release(q, value);
	return (degrees / 90 % 4 + 4) % 4;
}

static void put_double(struct buf *b, double value)
{
	/* Millionths: a scale wants more places than a length. */
	int64_t rounded = llround(value * 1e6);
	buf_format(b, "%s%lld.%06lld ", rounded < 0 ? "-" : "", llabs((long long)rounded) / 1000000,
		   llabs((long long)rounded) % 1000000);
}

/* How large the page is drawn: as it is when it has our size to a millimetre. */
static double scale_for(const struct making *m, const struct advertisement *ad, double width,
			double height)
{
	enum { TOLERANCE = 2835 }; /* 1 mm */
	const struct grid *g = &m->layout->grid;
	if (fabs(width * PT - g->width) <= TOLERANCE && fabs(height * PT - g->height) <= TOLERANCE)
		return 1;
	diag_report(m->diags, DIAG_ADVERTISEMENT_SIZE, ad->place,
		    "%.*s: %lld x %lld mm, the page %lld x %lld mm", STR_ARG(ad->src),
		    llround(width * 25.4 / 72), llround(height * 25.4 / 72),
		    (long long)(unit_to_um(g->width) + 500) / 1000,
		    (long long)(unit_to_um(g->height) + 500) / 1000);
	return fmin(g->width / (width * PT), g->height / (height * PT));
}

/* Lays the trim box t, after its turns, in the middle of our trim box. */
static struct str lay(const struct making *m, const struct advertisement *ad, const struct box *t,
		      int turns, double *scale)
{
	const double *e = t->edge;
	double width = e[2] - e[0], height = e[3] - e[1];
	double across = turns % 2 ? height : width, up = turns % 2 ? width : height;
	double s = *scale = scale_for(m, ad, across, up);
	double x = (m->width - across * s * PT) / 2 / PT, y = (m->height - up * s * PT) / 2 / PT;
	const double matrices[4][6] = {
		{ s, 0, 0, s, x - s * e[0], y - s * e[1] },
		{ 0, -s, s, 0, x - s * e[1], y + s * e[2] },
		{ -s, 0, 0, -s, x + s * e[2], y + s * e[3] },
		{ 0, s, -s, 0, x + s * e[3], y - s * e[0] },
	};
	struct buf b;
	buf_init(&b, PUT_CEILING);
	for (int n = 0; n < 6; n++)
		put_double(&b, matrices[turns][n]);
	return put_settle(m->arena, &b);
}

/* Operators that set colours of screens, as words of the stream. */
static bool sets_rgb(struct str content)
{
	static const char *const words[] = { " rg", " RG" };
	for (size_t w = 0; w < 2; w++) {
		struct str word = str_from(words[w]);
		for (size_t at = str_find(content, word, 0); at < content.len;
		     at = str_find(content, word, at + 1)) {
			char after = at + 3 < content.len ? content.ptr[at + 3] : ' ';
			if (after == ' ' || after == '\n' || after == '\r' || after == '\t')
				return true;
		}
	}
	return false;
}

static int make_form(struct importing *i, const struct advertisement *ad, qpdf_oh page,
		     struct str *matrix)
{
	static const char *const kept[] = { "/Resources", "/Group" };
	struct making *m = i->m;
	struct box media, trim;
	if (!read_box(i->q, page, "/MediaBox", &media))
		return 0;
	if (!read_box(i->q, page, "/TrimBox", &trim) && !read_box(i->q, page, "/CropBox", &trim))
		trim = media;
	double scale, bleed = m->press ? m->layout->grid.bleed / (double)PT : 0;
	*matrix = lay(m, ad, &trim, turns_of(i->q, page), &scale);
	unsigned char *data = NULL;
	size_t len = 0;
	if (qpdf_oh_get_page_content_data(i->q, page, &data, &len) & QPDF_ERRORS)
		return 0;
	struct str content = { (const char *)data, len };
	i->foreign.rgb = i->foreign.rgb || sets_rgb(content);
	int object = writer_reserve_stream(m->writer, flate(m->arena, content, FLATE_NORMAL));
	heap_free(data);
	struct buf b;
	buf_init(&b, PUT_CEILING);
	buf_put_c(&b, "/Type /XObject /Subtype /Form /Filter /FlateDecode /BBox [");
	for (int n = 0; n < 4; n++) {
		double reach = trim.edge[n] + (n < 2 ? -bleed : bleed) / scale;
		put_double(&b, n < 2 ? fmax(reach, media.edge[n]) : fmin(reach, media.edge[n]));
	}
	buf_put_c(&b, "]\n");
	for (size_t n = 0; n < sizeof kept / sizeof *kept; n++) {
		qpdf_oh value = qpdf_oh_get_key(i->q, page, kept[n]);
		if (!qpdf_oh_is_null(i->q, value)) {
			put_name(&b, str_from(kept[n] + 1));
			buf_put_byte(&b, ' ');
			i->foreign.mixed = i->foreign.mixed || mixes(i->q, kept[n], value);
			put_object(i, &b, value, 0);
			buf_put_byte(&b, '\n');
		}
		qpdf_oh_release(i->q, value);
	}
	writer_fill(m->writer, object, put_settle(m->arena, &b));
	return object;
}

static int import_from(struct importing *i, const struct advertisement *ad, struct str *matrix)
{
	if (qpdf_read(i->q, str_c(i->m->arena, ad->path), NULL) & QPDF_ERRORS ||
	    qpdf_push_inherited_attributes_to_page(i->q) & QPDF_ERRORS)
		return 0;
	int pages = qpdf_get_num_pages(i->q);
	if (pages < 0 || ad->page > pages) {
		diag_report(i->m->diags, DIAG_ADVERTISEMENT_DAMAGED, ad->place,
			    "%.*s: page %d of %d", STR_ARG(ad->src), ad->page, pages);
		return -1;
	}
	return make_form(i, ad, qpdf_get_page_n(i->q, (size_t)ad->page - 1), matrix);
}

static void judge(struct importing *i, const struct advertisement *ad)
{
	struct foreign *all = &i->m->foreign, *f = &i->foreign;
	bool old = i->m->layout->pdfx == PDFX_1A;
	const char *what = f->rgb            ? "colours of screens (RGB)"
			   : f->loose_fonts  ? "fonts that are not embedded"
			   : old && f->mixed ? "transparency, which PDF/X-1a does not know"
			   : old && f->profiled
				   ? "colours by profiles, which PDF/X-1a does not know"
				   : NULL;
	if (i->m->press && what)
		diag_report(i->m->diags, DIAG_ADVERTISEMENT_PRESS, ad->place, "%.*s: %s",
			    STR_ARG(ad->src), what);
	*all = (struct foreign){ true,
				 all->rgb || f->rgb,
				 all->loose_fonts || f->loose_fonts,
				 all->mute_fonts || f->mute_fonts,
				 all->mixed || f->mixed,
				 all->profiled || f->profiled };
}

int import_page(struct making *m, const struct advertisement *ad, struct str *matrix)
{
	struct importing i = { .m = m, .q = qpdf_init() };
	qpdf_silence_errors(i.q);
	qpdf_set_suppress_warnings(i.q, QPDF_TRUE);
	int object = import_from(&i, ad, matrix);
	if (object == 0 || i.damaged) {
		diag_report(m->diags, DIAG_ADVERTISEMENT_DAMAGED, ad->place, "%.*s: %s",
			    STR_ARG(ad->src),
			    qpdf_has_error(i.q)
				    ? qpdf_get_error_message_detail(i.q, qpdf_get_error(i.q))
				    : "its page cannot be read");
		object = 0;
	}
	if (object > 0)
		judge(&i, ad);
	qpdf_cleanup(&i.q);
	return object > 0 ? object : 0;
}
