/* Only what moves and what paints pictures is followed; everything else is passed over. */
#include "pdf/inspect.h"

#include "pdf/scan.h"

#include <math.h>

enum {
	NUMBERS = 6, /* the last ones before an operator */
	STATES = 64, /* saved by q */
	DEPTH = 12, /* of forms in forms */
	CALLS = 20000, /* of forms and pictures, in all: those of forms multiply */
	FEW = 16, /* pixels: a picture of fewer is a drop of colour (GWG 2022 R0031) */
};

struct matrix_of {
	double v[6];
};

struct reading {
	struct arena *arena;
	const struct qpdf *q;
	int ppi; /* of the coarsest so far; 0: none */
	int calls;
	bool loops; /* a form draws itself */
};

struct stream {
	struct reading *r;
	qpdf_oh resources;
	struct str rest;
	double number[NUMBERS];
	struct str name; /* the last one before the operator */
	struct matrix_of matrix, saved[STATES];
	int depth, saved_count;
	int form; /* its object; 0: the page */
	const struct stream *outer; /* that it is called from */
};

static struct matrix_of times(const double *a, const struct matrix_of *b)
{
	const double *v = b->v;
	return (struct matrix_of){ { a[0] * v[0] + a[1] * v[2], a[0] * v[1] + a[1] * v[3],
				     a[2] * v[0] + a[3] * v[2], a[2] * v[1] + a[3] * v[3],
				     a[4] * v[0] + a[5] * v[2] + v[4],
				     a[4] * v[1] + a[5] * v[3] + v[5] } };
}

static int integer_of(const struct qpdf *q, qpdf_oh dictionary, const char *key)
{
	qpdf_oh value = q->oh_get_key(q->data, dictionary, key);
	int number =
		q->oh_is_integer(q->data, value) ? q->oh_get_int_value_as_int(q->data, value) : 0;
	q->oh_release(q->data, value);
	return number;
}

/* A picture in the unit square of m. */
static void measure(struct reading *r, qpdf_oh dictionary, const struct matrix_of *m)
{
	int columns = integer_of(r->q, dictionary, "/Width");
	int rows = integer_of(r->q, dictionary, "/Height");
	double width = hypot(m->v[0], m->v[1]), height = hypot(m->v[2], m->v[3]);
	/* Drawings of one bit are finer by nature, and judged by other figures. */
	if (columns <= FEW || rows <= FEW || width <= 0 || height <= 0 ||
	    integer_of(r->q, dictionary, "/BitsPerComponent") < 2)
		return;
	double ppi = fmin(columns * 72 / width, rows * 72 / height);
	if (ppi < 10000 && (!r->ppi || ppi < r->ppi))
		r->ppi = ppi < 1 ? 1 : (int)ppi;
}

static void run(struct stream *s);

static bool is_open(const struct stream *s, int form)
{
	while (s && (!form || s->form != form))
		s = s->outer;
	return s != NULL;
}

static void call_form(struct stream *s, qpdf_oh form, qpdf_oh dictionary)
{
	const struct qpdf *q = s->r->q;
	unsigned char *data = NULL;
	size_t len = 0;
	QPDF_BOOL filtered;
	int object = q->oh_get_object_id(q->data, form);
	s->r->loops = s->r->loops || is_open(s, object);
	if (s->r->loops || s->depth >= DEPTH ||
	    q->oh_get_stream_data(q->data, form, qpdf_dl_generalized, &filtered, &data, &len) &
		    QPDF_ERRORS)
		return;
	struct arena *a = arena_open();
	struct stream *inner = NEW(a, struct stream);
	qpdf_oh own = q->oh_get_key(q->data, dictionary, "/Resources");
	*inner = (struct stream){ .r = s->r,
				  .resources =
					  q->oh_is_dictionary(q->data, own) ? own : s->resources,
				  .rest = { (const char *)data, len },
				  .matrix = s->matrix,
				  .depth = s->depth + 1,
				  .form = object,
				  .outer = s };
	qpdf_oh matrix = q->oh_get_key(q->data, dictionary, "/Matrix");
	if (q->oh_is_array(q->data, matrix) && q->oh_get_array_n_items(q->data, matrix) == 6) {
		double v[6];
		for (int n = 0; n < 6; n++) {
			qpdf_oh item = q->oh_get_array_item(q->data, matrix, n);
			v[n] = q->oh_get_numeric_value(q->data, item);
			q->oh_release(q->data, item);
		}
		inner->matrix = times(v, &s->matrix);
	}
	if (filtered)
		run(inner);
	q->oh_release(q->data, matrix);
	q->oh_release(q->data, own);
	arena_close(a);
	heap_free(data);
}

/* The Do operator. */
static void call(struct stream *s)
{
	struct reading *r = s->r;
	const struct qpdf *q = r->q;
	if (++r->calls > CALLS)
		return;
	struct arena *a = arena_open();
	qpdf_oh all = q->oh_get_key(q->data, s->resources, "/XObject");
	char *key = str_c(a, str_format(a, "%.*s", STR_ARG(s->name)));
	if (q->oh_is_dictionary(q->data, all) && q->oh_has_key(q->data, all, key)) {
		qpdf_oh object = q->oh_get_key(q->data, all, key);
		if (q->oh_is_stream(q->data, object)) {
			qpdf_oh dictionary = q->oh_get_dict(q->data, object);
			qpdf_oh kind = q->oh_get_key(q->data, dictionary, "/Subtype");
			if (q->oh_is_name_and_equals(q->data, kind, "/Image"))
				measure(r, dictionary, &s->matrix);
			else if (q->oh_is_name_and_equals(q->data, kind, "/Form"))
				call_form(s, object, dictionary);
			q->oh_release(q->data, kind);
			q->oh_release(q->data, dictionary);
		}
		q->oh_release(q->data, object);
	}
	q->oh_release(q->data, all);
	arena_close(a);
}

static void operate(struct stream *s, const struct token *t)
{
	if (token_is_word(t, "q") && s->saved_count < STATES)
		s->saved[s->saved_count++] = s->matrix;
	else if (token_is_word(t, "Q") && s->saved_count > 0)
		s->matrix = s->saved[--s->saved_count];
	else if (token_is_word(t, "cm"))
		s->matrix = times(s->number, &s->matrix);
	else if (token_is_word(t, "Do"))
		call(s);
}

static void run(struct stream *s)
{
	struct token t;
	while (scan_next(&s->rest, &t)) {
		if (t.kind == SCAN_NUMBER) {
			memmove(s->number, s->number + 1, sizeof s->number - sizeof *s->number);
			s->number[NUMBERS - 1] = t.number;
		} else if (t.kind == SCAN_NAME) {
			s->name = t.raw;
		} else if (t.kind == SCAN_WORD) {
			operate(s, &t);
		}
	}
}

int coarsest_picture(struct arena *a, const struct qpdf *q, qpdf_oh page, double scale, bool *loops)
{
	struct reading r = { .arena = a, .q = q };
	struct stream *s = NEW(a, struct stream);
	unsigned char *data = NULL;
	size_t len = 0;
	if (q->oh_get_page_content_data(q->data, page, &data, &len) & QPDF_ERRORS)
		return r.ppi;
	qpdf_oh resources = q->oh_get_key(q->data, page, "/Resources");
	*s = (struct stream){ .r = &r,
			      .resources = resources,
			      .rest = { (const char *)data, len },
			      .matrix = { { scale, 0, 0, scale, 0, 0 } } };
	run(s);
	q->oh_release(q->data, resources);
	heap_free(data);
	*loops = r.loops;
	return r.ppi;
}
