/* fonts.yaml: families, and where their files are.
 *
 * Only families that the layout calls are looked for: a list may name many that
 * are not installed. A relative name is looked for in the publication's fonts/,
 * in the program's, and then by its last part among the system's fonts, which
 * are listed once, when first needed. */
#include "base/file.h"
#include "source/layout_reader.h"
#include "source/nearest.h"

#include <stdio.h>

enum { FOLDERS_DEEP = 8 };

static void folder_index(struct layout_reader *lr, struct str folder, int depth)
{
	struct arena *a = lr->reader->arena;
	size_t count;
	const struct str *names = folder_list(a, folder.ptr, &count);
	for (size_t i = 0; i < count; i++) {
		char *path = path_join(a, folder, names[i]);
		if (file_exists(path)) {
			if (!map_find(lr->font_files, names[i]))
				map_put(lr->font_files, names[i], path);
		} else if (depth < FOLDERS_DEEP && folder_exists(path)) {
			folder_index(lr, str_from(path), depth + 1);
		}
	}
}

static const char *system_file(struct layout_reader *lr, struct str name)
{
	static const struct str folders[] = { STR_INIT("/usr/share/fonts"),
					      STR_INIT("/usr/local/share/fonts") };
	if (!lr->font_files) {
		lr->font_files = map_new(lr->reader->arena);
		for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
			folder_index(lr, folders[i], 0);
	}
	return map_find(lr->font_files, name);
}

static struct str base_name(struct str path)
{
	size_t cut = path.len;
	while (cut > 0 && path.ptr[cut - 1] != '/')
		cut--;
	return str_sub(path, cut, path.len);
}

static const char *file_find(struct layout_reader *lr, struct str name)
{
	struct arena *a = lr->reader->arena;
	struct str roots[] = { lr->publication->root, lr->data_folder };
	if (str_starts(name, STR("/")))
		return file_exists(str_c(a, name)) ? str_c(a, name) : NULL;
	for (size_t i = 0; i < 2; i++) {
		struct str fonts = str_from(path_join(a, roots[i], STR("fonts")));
		const char *path = path_join(a, fonts, name);
		if (roots[i].len && file_exists(path))
			return path;
	}
	return system_file(lr, base_name(name));
}

/* ---- is it a font at all ---- */

static uint32_t big32(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* Why a file is no usable font, or NULL. OpenType 1.9, "Organization of an
 * OpenType font": every table of the directory lies within the file. */
static const char *fault_of(FILE *f)
{
	unsigned char head[12], entry[16];
	fseeko(f, 0, SEEK_END);
	off_t size = ftello(f);
	fseeko(f, 0, SEEK_SET);
	if (size < 12 || fread(head, 1, 12, f) != 12)
		return "the file is cut off";
	if (memcmp(head, "wOFF", 4) == 0 || memcmp(head, "wOF2", 4) == 0)
		return "a web font: get it as TTF or OTF";
	if (memcmp(head, "ttcf", 4) == 0)
		return "a collection: get it as a single TTF or OTF";
	if (big32(head) != 0x00010000 && memcmp(head, "OTTO", 4) != 0 &&
	    memcmp(head, "true", 4) != 0)
		return "the file is no font";
	unsigned tables = (unsigned)(head[4] << 8 | head[5]);
	if (tables == 0)
		return "the file is no font";
	for (unsigned i = 0; i < tables; i++) {
		if (fread(entry, 1, 16, f) != 16 ||
		    (uint64_t)big32(entry + 8) + big32(entry + 12) > (uint64_t)size)
			return "the file is cut off";
	}
	return NULL;
}

static bool font_is_whole(struct layout_reader *lr, const char *path, struct str name,
			  struct place place)
{
	FILE *f = file_stream(path);
	const char *fault = f ? fault_of(f) : "it cannot be read";
	if (f)
		fclose(f);
	if (fault)
		diag_report_hint(lr->reader->diags, DIAG_FONT_DAMAGED, place,
				 STR("install or copy the font again"), "%.*s: %s", STR_ARG(name),
				 fault);
	return !fault;
}

/* ---- families ---- */

static void report_missing(struct layout_reader *lr, const struct yaml *entry, struct str file)
{
	struct str package = { "", 0 };
	keys_text(lr->reader, entry, "package", &package);
	struct str hint = package.len ? str_format(lr->reader->arena, "apt-get install %.*s",
						   STR_ARG(package))
				      : str_format(lr->reader->arena, "put %.*s into fonts/",
						   STR_ARG(base_name(file)));
	diag_report_hint(lr->reader->diags, DIAG_FONT_MISSING, keys_place(entry, "file"), hint,
			 "%.*s", STR_ARG(file));
}

static void face_read(struct layout_reader *lr, const struct yaml *entry, struct family *family)
{
	static const struct str known[] = { STR_INIT("file"), STR_INIT("weight"), STR_INIT("style"),
					    STR_INIT("package") };
	static const struct str styles[] = { STR_INIT("normal"), STR_INIT("italic") };
	struct reader *r = lr->reader;
	struct str file;
	if (entry->kind != YAML_TABLE) {
		keys_wrong_type(r, entry, "{file, weight, style, package}");
		return;
	}
	KEYS_KNOWN(r, entry, known);
	if (!keys_require(r, entry, "file") || !keys_text(r, entry, "file", &file))
		return;
	struct face *face = NEW(r->arena, struct face);
	int italic = 0;
	face->weight = 400;
	keys_int(r, entry, "weight", 1, 1000, &face->weight);
	keys_choice(r, entry, "style", styles, 2, &italic);
	face->italic = italic == 1;
	face->place = keys_place(entry, "file");
	face->family = family->name;
	const char *path = file_find(lr, file);
	if (!path)
		report_missing(lr, entry, file);
	else if (font_is_whole(lr, path, file, keys_place(entry, "file"))) {
		face->path = str_from(path);
		family->faces[family->face_count++] = face;
	}
}

static void report_unknown(struct layout_reader *lr, struct str name, struct place place)
{
	size_t count = 0;
	struct str *names =
		NEW_ARRAY(lr->reader->arena, struct str, lr->fonts ? lr->fonts->count + 1 : 1);
	for (const struct yaml *v = lr->fonts ? lr->fonts->first : NULL; v; v = v->next)
		names[count++] = v->key;
	diag_report_hint(lr->reader->diags, DIAG_FONT_FAMILY_UNKNOWN, place,
			 count ? did_you_mean_or_list(lr->reader->arena, names, count, name)
			       : STR("fonts/fonts.yaml names the families; there is none"),
			 "%.*s", STR_ARG(name));
}

const struct family *family_find(struct layout_reader *lr, struct str name, struct place place)
{
	struct family *family = map_find(lr->families, name);
	if (family)
		return family;
	const struct yaml *list = yaml_find(lr->fonts, name);
	family = NEW(lr->reader->arena, struct family);
	family->name = name;
	map_put(lr->families, name, family);
	if (!list) {
		report_unknown(lr, name, place);
		return family;
	}
	if (list->kind != YAML_LIST || list->count == 0) {
		keys_wrong_type(lr->reader, list, "a list of files");
		return family;
	}
	family->faces = NEW_ARRAY(lr->reader->arena, struct face *, list->count);
	for (const struct yaml *entry = list->first; entry; entry = entry->next)
		face_read(lr, entry, family);
	return family;
}

void families_open(struct layout_reader *lr)
{
	lr->families = map_new(lr->reader->arena);
}

void fallbacks_read(struct layout_reader *lr)
{
	struct layout *l = lr->layout;
	size_t count;
	const struct str *names = keys_texts(lr->reader, lr->root, "fallbacks", &count);
	l->fallbacks = NEW_ARRAY(lr->reader->arena, const struct family *, count + 1);
	for (size_t i = 0; i < count; i++)
		l->fallbacks[l->fallback_count++] =
			family_find(lr, names[i], keys_place(lr->root, "fallbacks"));
}

/* ---- browsers and mail clients ---- */

/* Nothing that would mean something to CSS. */
static bool is_family_name(struct str name)
{
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i], low = (char)(c | 0x20);
		if (!(low >= 'a' && low <= 'z') && !(c >= '0' && c <= '9') && c != ' ' && c != '-')
			return false;
	}
	return name.len > 0;
}

static bool is_generic(struct str name)
{
	return str_equal(name, STR("serif")) || str_equal(name, STR("sans-serif"));
}

/* The list ends with a generic family, which every device has. */
static void web_family_read(struct layout_reader *lr, const struct yaml *web, const char *key,
			    struct str *list)
{
	size_t count;
	const struct str *names = keys_texts(lr->reader, web, key, &count);
	struct buf css;
	buf_init(&css, 1 << 16);
	for (size_t i = 0; i < count; i++) {
		const char *quote = is_generic(names[i]) ? "" : "'";
		if (!is_family_name(names[i]))
			diag_report_hint(
				lr->reader->diags, DIAG_VALUE_INVALID, keys_place(web, key),
				STR("a family's name has letters, digits, spaces, hyphens"),
				"%s: %.*s", key, STR_ARG(names[i]));
		buf_format(&css, "%s%s%.*s%s", i ? "," : "", quote, STR_ARG(names[i]), quote);
	}
	if (count && !is_generic(names[count - 1]))
		diag_report_hint(lr->reader->diags, DIAG_VALUE_INVALID, keys_place(web, key),
				 STR("end the list with serif or sans-serif"), "%s", key);
	*list = str_copy(lr->reader->arena, buf_str(&css));
	buf_release(&css);
}

void web_families_read(struct layout_reader *lr)
{
	static const struct str known[] = { STR_INIT("text"), STR_INIT("display") };
	const struct yaml *web = keys_table(lr->reader, lr->root, "web");
	KEYS_KNOWN(lr->reader, web, known);
	web_family_read(lr, web, "text", &lr->layout->web_text);
	web_family_read(lr, web, "display", &lr->layout->web_display);
}
