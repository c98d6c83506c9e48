/* fontfile: a face's used glyphs as a PDF font (ISO 32000-1, 9.7 and 9.9).
 *
 * HarfBuzz cuts the face down. TrueType glyphs get new, compact numbers, and
 * CIDToGIDMap leads from codes to them; CFF faces keep their numbers, for there
 * a code is a glyph number. Layout tables stay out: all text is shaped. */
#include "base/hash.h"
#include "pdf/flate.h"
#include "pdf/font.h"

#include <hb-ot.h>
#include <hb-subset.h>

static hb_subset_plan_t *plan(const struct font *f)
{
	static const char dropped[][5] = {
		"GSUB", "GPOS", "GDEF", "BASE", "JSTF", "MATH", "kern", "name", "OS/2", "DSIG",
		"LTSH", "VDMX", "hdmx", "gasp", "PCLT", "STAT", "meta", "FFTM", "cmap", "post",
		"morx", "mort", "feat", "kerx", "prop", "trak", "TTFA", "PfEd", "webf", "fvar",
		"gvar", "avar", "cvar", "HVAR", "MVAR", "VVAR", "COLR", "CPAL", "SVG ", "Silf",
		"Sill", "Glat", "Gloc", "Feat", "VORG", "vhea", "vmtx",
	};
	hb_subset_input_t *input = hb_subset_input_create_or_fail();
	if (!input)
		out_of_memory();
	hb_set_t *glyphs = hb_subset_input_glyph_set(input);
	hb_set_add(glyphs, 0);
	for (size_t i = 0; i < f->meaning_count; i++)
		hb_set_add(glyphs, f->meanings[i].glyph);
	hb_set_t *tables = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
	for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
		hb_set_add(tables,
			   HB_TAG(dropped[i][0], dropped[i][1], dropped[i][2], dropped[i][3]));
	unsigned flags = HB_SUBSET_FLAGS_NOTDEF_OUTLINE | HB_SUBSET_FLAGS_NO_HINTING;
	if (f->cff)
		flags |= HB_SUBSET_FLAGS_RETAIN_GIDS;
	hb_subset_input_set_flags(input, flags);
	hb_subset_plan_t *p = hb_subset_plan_create_or_fail(f->hb, input);
	hb_subset_input_destroy(input);
	return p;
}

/* "ABCDEF+PostScriptName": the tag from the bytes, so that equal subsets have
 * equal names and others differ (9.6.4). */
static struct str subset_name(struct font *f, const char *program, unsigned len)
{
	uint64_t hash = hash_of((struct str){ program, len });
	char name[128];
	unsigned size = sizeof name;
	hb_ot_name_get_utf8(f->hb, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &size, name);
	struct str written = size ? (struct str){ name, size } : f->face->family;
	struct buf b;
	buf_init(&b, PUT_CEILING);
	for (int i = 0; i < 6; i++, hash /= 26)
		buf_put_byte(&b, (char)('A' + hash % 26));
	buf_put_byte(&b, '+');
	for (size_t i = 0; i < written.len; i++)
		if (written.ptr[i] > 0x20 && written.ptr[i] < 0x7F)
			buf_put_byte(&b, written.ptr[i]);
	return put_settle(f->arena, &b);
}

/* Font units to 1/1000 em, rounded. */
static int per_mille(const struct font *f, int64_t value)
{
	int64_t units = f->units;
	return (int)((value * 1000 + (value < 0 ? -units : units) / 2) / units);
}

static int metric(const struct font *f, hb_ot_metrics_tag_t tag)
{
	hb_position_t value = 0;
	hb_ot_metrics_get_position_with_fallback(f->metrics, tag, &value);
	return per_mille(f, value);
}

static struct str descriptor(struct font *f)
{
	enum { SYMBOLIC = 4, ITALIC = 64, BOX_IN_HEAD = 36 };
	hb_blob_t *head = hb_face_reference_table(f->hb, HB_TAG('h', 'e', 'a', 'd'));
	const unsigned char *data = (const unsigned char *)hb_blob_get_data(head, NULL);
	int box[4];
	for (int i = 0; i < 4; i++) {
		const unsigned char *p = data + BOX_IN_HEAD + 2 * i;
		box[i] = per_mille(f, (int16_t)(p[0] << 8 | p[1]));
	}
	hb_blob_destroy(head);
	int weight = f->face->weight ? f->face->weight : 400;
	struct buf b;
	buf_init(&b, PUT_CEILING);
	buf_put_c(&b, "/Type /FontDescriptor /FontName ");
	put_name(&b, f->name);
	buf_format(&b, "\n/Flags %d /FontBBox [%d %d %d %d] /ItalicAngle %d\n",
		   SYMBOLIC | (f->face->italic ? ITALIC : 0), box[0], box[1], box[2], box[3],
		   f->face->italic ? -12 : 0);
	/* No face tells its StemV; the estimate by weight is pdfTeX's. */
	buf_format(&b, "/Ascent %d /Descent %d /CapHeight %d /XHeight %d /StemV %d\n",
		   metric(f, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER),
		   metric(f, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER),
		   metric(f, HB_OT_METRICS_TAG_CAP_HEIGHT), metric(f, HB_OT_METRICS_TAG_X_HEIGHT),
		   50 + weight * weight / 4225);
	return put_settle(f->arena, &b);
}

static int compare_signs(const void *a, const void *b)
{
	const struct meaning *one = a, *other = b;
	if (one->variant != other->variant)
		return one->variant < other->variant ? -1 : 1;
	return (one->code > other->code) - (one->code < other->code);
}

static struct str widths(struct font *f, const struct meaning *list, size_t count)
{
	struct buf b;
	buf_init(&b, PUT_CEILING);
	buf_put_c(&b, "/DW 0 /W [");
	int previous = -2;
	for (size_t i = 0; i < count; i++) {
		if (list[i].code != previous + 1) {
			if (i)
				buf_put_byte(&b, ']');
			put_int(&b, list[i].code);
			buf_put_byte(&b, '[');
		} else {
			buf_put_byte(&b, ' ');
		}
		put_milli(&b, 10 * (int64_t)font_width(f, list[i].glyph));
		previous = list[i].code;
	}
	buf_put_c(&b, count ? "]]" : "]");
	return put_settle(f->arena, &b);
}

static struct str to_unicode(struct arena *a, const struct meaning *list, size_t count)
{
	enum { BLOCK = 100 }; /* 9.10.3 */
	struct buf b;
	buf_init(&b, PUT_CEILING);
	buf_put_c(&b, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
		      "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
		      "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
		      "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
	for (size_t i = 0; i < count; i++) {
		size_t left = count - i;
		if (i % BLOCK == 0)
			buf_format(&b, "%zu beginbfchar\n", left < BLOCK ? left : BLOCK);
		buf_format(&b, "<%04X> <", list[i].code);
		put_utf16_digits(&b, list[i].text);
		buf_put_c(&b, ">\n");
		if (i % BLOCK == BLOCK - 1 || left == 1)
			buf_put_c(&b, "endbfchar\n");
	}
	buf_put_c(&b, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
	struct str plain = put_settle(a, &b);
	return flate(a, plain, FLATE_NORMAL);
}

/* CIDToGIDMap: two bytes a code up to the last. */
static struct str code_map(struct arena *a, const struct meaning *list, size_t count,
			   const hb_map_t *numbers)
{
	size_t len = count ? 2 * ((size_t)list[count - 1].code + 1) : 2;
	unsigned char *map = arena_alloc(a, len);
	for (size_t i = 0; i < count; i++) {
		hb_codepoint_t glyph = hb_map_get(numbers, list[i].glyph);
		map[2 * list[i].code] = (unsigned char)(glyph >> 8);
		map[2 * list[i].code + 1] = (unsigned char)glyph;
	}
	return flate(a, (struct str){ (const char *)map, len }, FLATE_NORMAL);
}

static void prepare_variants(struct font *f, const hb_map_t *numbers)
{
	/* From here on nobody looks meanings up by glyph. */
	if (f->meaning_count)
		qsort(f->meanings, f->meaning_count, sizeof *f->meanings, compare_signs);
	f->variants = NEW_ARRAY(f->arena, struct variant, f->variant_count);
	size_t at = 0;
	for (unsigned i = 0; i < f->variant_count; i++) {
		const struct meaning *list = f->meanings + at;
		size_t count = 0;
		while (at + count < f->meaning_count && list[count].variant == i)
			count++;
		at += count;
		struct variant *v = &f->variants[i];
		v->widths = widths(f, list, count);
		v->to_unicode = to_unicode(f->arena, list, count);
		v->map = f->cff ? STR("") : code_map(f->arena, list, count, numbers);
	}
}

void font_prepare(struct font *f)
{
	hb_subset_plan_t *p = plan(f);
	hb_face_t *subset = p ? hb_subset_plan_execute_or_fail(p) : NULL;
	f->broken = !subset;
	if (subset) {
		hb_blob_t *blob =
			f->cff ? hb_face_reference_table(subset, HB_TAG('C', 'F', 'F', ' '))
			       : hb_face_reference_blob(subset);
		unsigned len;
		const char *data = hb_blob_get_data(blob, &len);
		f->broken = len == 0;
		f->name = subset_name(f, data, len);
		f->program = flate(f->arena, (struct str){ data, len }, FLATE_NORMAL);
		f->program_entries = f->cff ? STR("/Subtype /CIDFontType0C")
					    : str_format(f->arena, "/Length1 %u", len);
		f->descriptor = descriptor(f);
		prepare_variants(f, hb_subset_plan_old_to_new_glyph_mapping(p));
		hb_blob_destroy(blob);
	}
	hb_face_destroy(subset);
	hb_subset_plan_destroy(p);
}

static int write_descendant(const struct font *f, struct writer *w, const struct variant *v,
			    int described)
{
	struct buf b;
	buf_init(&b, PUT_CEILING);
	buf_format(&b, "/Type /Font /Subtype /CIDFontType%d /BaseFont ", f->cff ? 0 : 2);
	put_name(&b, f->name);
	buf_format(&b,
		   "\n/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>\n"
		   "/FontDescriptor %d 0 R ",
		   described);
	if (v->map.len)
		buf_format(&b, "/CIDToGIDMap %d 0 R ",
			   writer_stream(w, STR("/Filter /FlateDecode"), v->map));
	buf_put_byte(&b, '\n');
	buf_put(&b, v->widths);
	return writer_dictionary(w, put_settle(f->arena, &b));
}

void font_write(struct font *f, struct writer *w)
{
	struct arena *a = f->arena;
	struct str entries =
		str_format(a, "/Filter /FlateDecode %.*s", STR_ARG(f->program_entries));
	int program = writer_stream(w, entries, f->program);
	int described =
		writer_dictionary(w, str_format(a, "%.*s/FontFile%d %d 0 R", STR_ARG(f->descriptor),
						f->cff ? 3 : 2, program));
	for (unsigned i = 0; i < f->variant_count; i++) {
		struct variant *v = &f->variants[i];
		int descendant = write_descendant(f, w, v, described);
		int unicode = writer_stream(w, STR("/Filter /FlateDecode"), v->to_unicode);
		struct buf b;
		buf_init(&b, PUT_CEILING);
		buf_put_c(&b, "/Type /Font /Subtype /Type0 /BaseFont ");
		put_name(&b, f->name);
		buf_format(&b,
			   " /Encoding /Identity-H\n/DescendantFonts [%d 0 R] /ToUnicode %d 0 R",
			   descendant, unicode);
		v->object = writer_dictionary(w, put_settle(a, &b));
	}
}
