#include "pdf/standard.h"

#include "pdf/colour.h"
#include "pdf/intent.h"
#include "pdf/pdf.h"

/* What a file says it conforms to. */
struct claims {
	bool x4, x1a, a2a, ua1;
};

static struct claims claims(const struct making *m)
{
	bool screen = m->layout->edition == EDITION_SCREEN;
	const struct foreign *f = &m->foreign;
	bool x = m->press && m->layout->cmyk && colours_profile(m->colours).len > 0 && !f->rgb &&
		 !f->loose_fonts && !f->lzw;
	bool old = m->layout->pdfx == PDFX_1A;
	return (struct claims){
		.x4 = x && !old,
		.x1a = x && old && !f->mixed && !f->profiled,
		/* Inks of ready-made pages have no profile in a screen's file. */
		.a2a = screen && !f->any,
		.ua1 = !m->press && !f->loose_fonts && !f->mute_fonts,
	};
}

void standard_media(struct making *m)
{
	const struct grid *g = &m->layout->grid;
	m->margin = m->press ? layout_reach(m->layout) : 0;
	m->width = g->width + 2 * m->margin;
	m->height = g->height + 2 * m->margin;
}

/* A rect of a sheet as a box of its media. */
static void put_sheet_box(struct buf *b, struct rect media, struct rect r)
{
	int foot = media.y + media.height;
	put_box(b, r.x - media.x, foot - r.y - r.height, r.x - media.x + r.width, foot - r.y);
}

/* The sheet is cut at its trim; at its folds nothing bleeds. */
static struct str sheet_boxes(const struct making *m, const struct side *side)
{
	int bleed = m->layout->grid.bleed;
	struct rect t = side->trim, media = m->sheets->media;
	struct buf b;
	buf_init(&b, PUT_CEILING);
	buf_put_c(&b, "/MediaBox ");
	put_sheet_box(&b, media, media);
	buf_put_c(&b, "\n/BleedBox ");
	put_sheet_box(&b, media,
		      (struct rect){ t.x - bleed, t.y - bleed, t.width + 2 * bleed,
				     t.height + 2 * bleed });
	buf_put_c(&b, "\n/TrimBox ");
	put_sheet_box(&b, media, t);
	buf_put_byte(&b, '\n');
	return put_settle(m->arena, &b);
}

struct str standard_boxes(const struct making *m, size_t page)
{
	if (m->sheets)
		return sheet_boxes(m, &m->sheets->sides[page]);
	struct buf b;
	buf_init(&b, PUT_CEILING);
	buf_put_c(&b, "/MediaBox ");
	put_box(&b, 0, 0, m->width, m->height);
	if (m->press) {
		/* ISO 15930-7: TrimBox within BleedBox within MediaBox. */
		int trim = m->margin, bleed = m->margin - m->layout->grid.bleed;
		buf_put_c(&b, "\n/BleedBox ");
		put_box(&b, bleed, bleed, m->width - bleed, m->height - bleed);
		buf_put_c(&b, "\n/TrimBox ");
		put_box(&b, trim, trim, m->width - trim, m->height - trim);
	}
	buf_put_byte(&b, '\n');
	return put_settle(m->arena, &b);
}

struct str pdf_title(struct arena *a, const struct document *d)
{
	struct str title = d->publication->title;
	if (d->number.len)
		title = str_format(a, "%.*s %.*s", STR_ARG(title), STR_ARG(d->number));
	if (d->title.len)
		title = str_format(a, "%.*s – %.*s", STR_ARG(title), STR_ARG(d->title));
	return title;
}

static void put_escaped(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '<')
			buf_put_c(b, "&lt;");
		else if (s.ptr[i] == '>')
			buf_put_c(b, "&gt;");
		else if (s.ptr[i] == '&')
			buf_put_c(b, "&amp;");
		else
			buf_put_byte(b, s.ptr[i]);
	}
}

static void put_property(struct buf *b, const char *name, struct str value)
{
	buf_format(b, "<%s>", name);
	put_escaped(b, value);
	buf_format(b, "</%s>\n", name);
}

/* A property that is a list of one: kind is Alt, Seq or Bag. */
static void put_list(struct buf *b, const char *name, const char *kind, const char *attribute,
		     struct str value)
{
	if (!value.len)
		return;
	buf_format(b, "<%s><rdf:%s><rdf:li%s>", name, kind, attribute);
	put_escaped(b, value);
	buf_format(b, "</rdf:li></rdf:%s></%s>\n", kind, name);
}

static struct str producer(const struct making *m)
{
	return m->press ? str_format(m->arena, "glos, libharu %s", writer_library_version())
			: STR("glos");
}

/* PDF/A wants foreign properties described (ISO 19005-2, 6.6.2.3). */
static const char ua_schema[] =
	"<rdf:Description rdf:about=\"\" "
	"xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\"\n"
	" xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" "
	"xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
	"<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
	"<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\n"
	"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\n"
	"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
	"<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
	"<pdfaProperty:name>part</pdfaProperty:name>\n"
	"<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
	"<pdfaProperty:category>internal</pdfaProperty:category>\n"
	"<pdfaProperty:description>part of ISO 14289</pdfaProperty:description>\n"
	"</rdf:li></rdf:Seq></pdfaSchema:property>\n"
	"</rdf:li></rdf:Bag></pdfaExtension:schemas>\n</rdf:Description>\n";

static void put_identification(struct buf *b, struct claims c)
{
	if (c.x4)
		buf_put_c(b, "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>\n");
	if (c.x1a)
		buf_put_c(b, "<pdfx:GTS_PDFXVersion>PDF/X-1a:2003</pdfx:GTS_PDFXVersion>\n");
	if (c.ua1)
		buf_put_c(b, "<pdfuaid:part>1</pdfuaid:part>\n");
	if (c.a2a)
		buf_put_c(b, "<pdfaid:part>2</pdfaid:part>\n"
			     "<pdfaid:conformance>A</pdfaid:conformance>\n");
}

/* A UUID of the name-based kind (RFC 4122, version 5) from a digest. */
static struct str uuid(struct arena *a, const unsigned char digest[16])
{
	const unsigned char *d = digest;
	return str_format(
		a, "uuid:%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
		d[0], d[1], d[2], d[3], d[4], d[5], (d[6] & 0x0F) | 0x50, d[7],
		(d[8] & 0x3F) | 0x80, d[9], d[10], d[11], d[12], d[13], d[14], d[15]);
}

static int write_metadata(struct making *m, struct claims c, const unsigned char digest[16])
{
	const struct publication *publication = m->pages->document->publication;
	struct buf moment, b;
	buf_init(&moment, PUT_CEILING);
	time_put_rfc3339(&moment, m->world->now);
	struct str date = put_settle(m->arena, &moment);
	buf_init(&b, PUT_CEILING);
	buf_put_c(&b, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
		      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
		      "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
		      "<rdf:Description rdf:about=\"\"\n"
		      " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
		      " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
		      " xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\"\n"
		      " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n");
	if (c.x4)
		buf_put_c(&b, " xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\"\n");
	if (c.x1a)
		buf_put_c(&b, " xmlns:pdfx=\"http://ns.adobe.com/pdfx/1.3/\"\n");
	buf_put_c(&b, " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"\n"
		      " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n"
		      "<dc:format>application/pdf</dc:format>\n");
	put_list(&b, "dc:title", "Alt", " xml:lang=\"x-default\"",
		 pdf_title(m->arena, m->pages->document));
	put_list(&b, "dc:creator", "Seq", "", publication->publisher);
	put_list(&b, "dc:language", "Bag", "", publication->language);
	put_property(&b, "xmp:CreatorTool", STR("glos"));
	put_property(&b, "xmp:CreateDate", date);
	put_property(&b, "xmp:ModifyDate", date);
	put_property(&b, "xmp:MetadataDate", date);
	put_property(&b, "pdf:Producer", producer(m));
	if (m->press)
		put_property(&b, "pdf:Trapped", STR("False"));
	put_property(&b, "xmpMM:DocumentID", uuid(m->arena, digest));
	put_property(&b, "xmpMM:RenditionClass", STR("default"));
	put_property(&b, "xmpMM:VersionID", STR("1"));
	put_identification(&b, c);
	buf_put_c(&b, "</rdf:Description>\n");
	if (c.a2a && c.ua1)
		buf_put_c(&b, ua_schema);
	buf_put_c(&b, "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>");
	return writer_stream(m->writer, STR("/Type /Metadata /Subtype /XML"),
			     put_settle(m->arena, &b));
}

/* "D:20260317080000Z" (ISO 32000-1, 7.9.4) */
static struct str pdf_date(const struct making *m)
{
	struct buf moment, b;
	buf_init(&moment, PUT_CEILING);
	time_put_rfc3339(&moment, m->world->now);
	buf_init(&b, PUT_CEILING);
	buf_put_c(&b, "D:");
	for (size_t i = 0; i < moment.len; i++)
		if (moment.ptr[i] >= '0' && moment.ptr[i] <= '9')
			buf_put_byte(&b, moment.ptr[i]);
	buf_put_byte(&b, 'Z');
	buf_release(&moment);
	return put_settle(m->arena, &b);
}

static void write_info(struct making *m, struct claims c)
{
	struct buf b;
	buf_init(&b, PUT_CEILING);
	buf_put_c(&b, "/Title ");
	put_text(&b, pdf_title(m->arena, m->pages->document));
	if (m->pages->document->publication->publisher.len) {
		buf_put_c(&b, "\n/Author ");
		put_text(&b, m->pages->document->publication->publisher);
	}
	buf_put_c(&b, "\n/Creator (glos)\n/Producer ");
	put_text(&b, producer(m));
	struct str date = pdf_date(m);
	buf_format(&b, "\n/CreationDate (%.*s)\n/ModDate (%.*s)", STR_ARG(date), STR_ARG(date));
	if (m->press)
		buf_put_c(&b, "\n/Trapped /False");
	if (c.x4)
		buf_put_c(&b, "\n/GTS_PDFXVersion (PDF/X-4)");
	if (c.x1a)
		buf_put_c(&b, "\n/GTS_PDFXVersion (PDF/X-1a:2003)");
	writer_info(m->writer, put_settle(m->arena, &b));
}

void standard_write(struct making *m, const struct catalog *c)
{
	struct claims claimed = claims(m);
	unsigned char digest[16];
	write_info(m, claimed);
	struct buf b;
	buf_init(&b, PUT_CEILING);
	intent_put(&b, m, claimed.a2a);
	buf_put_c(&b, "/Lang ");
	put_text(&b, m->pages->document->publication->language);
	buf_put_c(&b, "\n/ViewerPreferences <</DisplayDocTitle true>>\n");
	if (c->structure)
		buf_format(&b, "/MarkInfo <</Marked true>> /StructTreeRoot %d 0 R\n", c->structure);
	if (c->destinations)
		buf_format(&b, "/Names <</Dests %d 0 R>>\n", c->destinations);
	if (c->outline)
		buf_format(&b, "/Outlines %d 0 R /PageMode /UseOutlines\n", c->outline);
	writer_digest(m->writer, digest);
	buf_format(&b, "/Metadata %d 0 R", write_metadata(m, claimed, digest));
	writer_catalog(m->writer, put_settle(m->arena, &b));
	writer_digest(m->writer, digest);
	buf_init(&b, PUT_CEILING);
	buf_put_c(&b, "/ID [");
	put_hex(&b, digest, sizeof digest);
	put_hex(&b, digest, sizeof digest);
	buf_put_byte(&b, ']');
	writer_trailer(m->writer, put_settle(m->arena, &b));
}
