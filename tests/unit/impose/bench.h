/* Empty pages of 200 by 300 pt to be imposed. */
#ifndef TESTS_UNIT_IMPOSE_BENCH_H
#define TESTS_UNIT_IMPOSE_BENCH_H

#include "test.h"

#include "impose/impose.h"

/* REACH: of marks as bench_open sets them, with 1.5 mm of paper beyond. */
enum { WIDTH = 200 * PT, HEIGHT = 300 * PT, BLEED = 9 * PT, REACH = 11 * PT + 15 * PT + 4252 };

struct bench {
	struct arena *arena;
	struct diags *diags;
	struct layout layout;
	struct pages pages;
};

static inline struct bench *bench_open(size_t count)
{
	static const struct place issue = { STR_INIT("issues/1/issue.yaml"), 7, 10 };
	struct arena *a = arena_open();
	struct bench *b = NEW(a, struct bench);
	b->arena = a;
	b->diags = diags_new(a);
	b->layout.grid.width = WIDTH;
	b->layout.grid.height = HEIGHT;
	b->layout.grid.bleed = BLEED;
	b->layout.marks = (struct marks){ .offset = 11 * PT, .length = 15 * PT, .weight = 300 };
	b->layout.production = production_usual();
	b->layout.production.paper.caliper = 100000;
	b->layout.production.cover_place = b->layout.production.imposed_place = issue;
	b->pages.layout = &b->layout;
	for (size_t i = 0; i < count; i++) {
		struct page page = { .number = (int)i + 1, .recto = i % 2 == 0 };
		PUSH(a, b->pages.page, b->pages.count, b->pages.capacity, page);
	}
	return b;
}

static inline void bench_close(struct bench *b)
{
	arena_close(b->arena);
}

static inline void assert_rect(struct rect r, int x, int y, int width, int height)
{
	const int actual[] = { r.x, r.y, r.width, r.height }, wanted[] = { x, y, width, height };
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(actual[i], wanted[i]);
}

/* The one diagnostic, as "code detail (hint)"; empty when there is none. */
static inline struct str bench_said(const struct bench *b)
{
	if (diags_count(b->diags) == 0)
		return STR("");
	assert_int_equal(diags_count(b->diags), 1);
	const struct diag *d = diags_at(b->diags, 0);
	assert_int_equal(d->place.line, 7);
	assert_true(d->hint.len > 0);
	return str_format(b->arena, "%s %.*s", diag_name(d->code), STR_ARG(d->detail));
}

#endif
