/* Pictures that stand alone: figures with caption, credit and width. */
#include "source/body.h"
#include "source/image.h"

static bool is_type(cmark_node *n, const char *type)
{
	return strcmp(cmark_node_get_type_string(n), type) == 0;
}

/* Text between pictures that is only attributes and blanks. */
static bool is_attributes(struct str s)
{
	bool inside = false;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		if (c == MASK_ATTRIBUTES)
			inside = true;
		else if (c == MASK_ATTRIBUTES_END)
			inside = false;
		else if (!inside && c != ' ' && c != '\t')
			return false;
	}
	return true;
}

static bool is_pictures_alone(cmark_node *paragraph)
{
	bool inside = false, any = false;
	for (cmark_node *n = cmark_node_first_child(paragraph); n; n = cmark_node_next(n)) {
		if (is_type(n, "image")) {
			any = true;
		} else if (is_type(n, "text")) {
			struct str s = literal_of(n);
			/* Attributes may run over a line's end. */
			if (inside || (s.len && memchr(s.ptr, MASK_ATTRIBUTES, s.len)))
				inside = !memchr(s.ptr, MASK_ATTRIBUTES_END, s.len);
			else if (!is_attributes(s))
				return false;
		} else if (!is_type(n, "softbreak")) {
			return false;
		}
	}
	return any;
}

/* The words in a picture's brackets, without marks. */
static void put_text(struct buf *b, cmark_node *n, int depth)
{
	if (is_type(n, "text") || is_type(n, "code"))
		buf_put(b, literal_of(n));
	if (is_type(n, "softbreak") || is_type(n, "linebreak"))
		buf_put_byte(b, ' ');
	for (cmark_node *c = cmark_node_first_child(n); c && depth < NESTING_MAX;
	     c = cmark_node_next(c))
		put_text(b, c, depth + 1);
}

static struct str alternative(struct body *b, cmark_node *image)
{
	struct buf text;
	buf_init(&text, ARTICLE_MAX);
	put_text(&text, image, 0);
	struct str alt = str_trim(unmasked(b->reader->arena, buf_str(&text)));
	buf_release(&text);
	return alt;
}

static struct str caption(struct body *b, cmark_node *image)
{
	struct str title = unmasked(b->reader->arena, str_from(cmark_node_get_title(image)));
	char *text = str_c(b->reader->arena, title);
	for (size_t i = 0; i < title.len; i++)
		if (text[i] == '\n')
			text[i] = ' ';
	return str_trim((struct str){ text, title.len });
}

static void width_read(struct body *b, const struct attributes *attributes, struct picture *p)
{
	static const struct {
		struct str name;
		enum picture_width width;
	} widths[] = {
		{ STR_INIT("column"), PICTURE_COLUMN }, { STR_INIT("inset"), PICTURE_INSET },
		{ STR_INIT("wide"), PICTURE_WIDE },     { STR_INIT("full"), PICTURE_FULL },
		{ STR_INIT("bleed"), PICTURE_BLEED },
	};
	const struct str *value = attributes_find(attributes, STR("width"));
	if (!value)
		return;
	for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
		if (str_equal(widths[i].name, *value)) {
			p->width = widths[i].width;
			return;
		}
	}
	diag_report_hint(b->reader->diags, DIAG_ATTRIBUTE_INVALID, attributes->place,
			 STR("width is column, inset, wide, full or bleed"), "width=%.*s",
			 STR_ARG(*value));
}

/* The text of the nodes behind an image up to its attributes' end. */
static struct str attribute_text(struct body *b, cmark_node *image)
{
	struct buf text;
	buf_init(&text, ARTICLE_MAX);
	for (cmark_node *n = cmark_node_next(image); n && !is_type(n, "image");
	     n = cmark_node_next(n)) {
		struct str s = is_type(n, "text") ? literal_of(n) : STR("\n");
		if (text.len == 0 && (s.len == 0 || s.ptr[0] != MASK_ATTRIBUTES))
			break;
		size_t end = str_find(s, STR("\x02"), 0);
		buf_put(&text, str_sub(s, 0, end + 1));
		if (end < s.len)
			break;
	}
	struct str result = unmasked(b->reader->arena, buf_str(&text));
	buf_release(&text);
	return result;
}

static void attributes_apply(struct body *b, struct node *figure, struct str text)
{
	static const struct str keys[] = { STR_INIT("credit"), STR_INIT("width"), STR_INIT("alt"),
					   STR_INIT("caption"), STR_INIT("lang") };
	struct picture *p = figure->picture;
	const struct attribute_block *block = attribute_block_find(b, figure->place, text);
	struct attributes attributes;
	attributes_read(b->reader, text, block ? block->place : figure->place, &attributes);
	attributes_known(b->reader, &attributes, keys, sizeof keys / sizeof *keys);
	width_read(b, &attributes, p);
	const struct str *value;
	if ((value = attributes_find(&attributes, STR("credit"))))
		p->credit = *value;
	if ((value = attributes_find(&attributes, STR("caption"))))
		p->caption = *value;
	attributes_language(b->reader, &attributes, &figure->language);
	if ((value = attributes_find(&attributes, STR("alt")))) {
		p->alt = *value;
		p->decorative = value->len == 0;
	}
}

static void figure_read(struct body *b, cmark_node *image, struct node *parent)
{
	size_t offset = inline_offset(b, image, STR("!["), "");
	struct node *figure =
		node_new(b->reader->arena, NODE_FIGURE, body_place(b, offset), parent);
	struct picture *p = NEW(b->reader->arena, struct picture);
	figure->picture = p;
	p->place = figure->place;
	p->src = unmasked(b->reader->arena, str_from(cmark_node_get_url(image)));
	p->alt = alternative(b, image);
	p->caption = caption(b, image);
	struct str text = attribute_text(b, image);
	if (text.len)
		attributes_apply(b, figure, text);
	if (p->alt.len == 0 && !p->decorative)
		diag_report_hint(b->reader->diags, DIAG_IMAGE_ALT, p->place,
				 STR("say in the brackets what it shows; a mere ornament takes "
				     "{alt=\"\"}"),
				 "%.*s", STR_ARG(p->src));
	image_read(b->reader, b->folder, p);
}

bool figures_read(struct body *b, cmark_node *paragraph, struct node *parent)
{
	if (!is_pictures_alone(paragraph))
		return false;
	for (cmark_node *n = cmark_node_first_child(paragraph); n; n = cmark_node_next(n))
		if (is_type(n, "image"))
			figure_read(b, n, parent);
	return true;
}
