/* A world that stands still, and a store in a folder of its own. */
#ifndef TESTS_DELIVERY_FIXTURE_H
#define TESTS_DELIVERY_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "delivery/delivery.h"
#include "delivery/store.h"

#include <unistd.h>

struct fixture {
	struct arena *arena;
	struct diags *diags;
	struct world world;
	struct publication publication;
	struct store *store;
	int64_t now;
	uint64_t seed;
	char folder[64];
};

static inline int64_t fixture_clock(void *context)
{
	const struct fixture *f = context;
	return f->now;
}

static inline int64_t fixture_ms(void *context)
{
	const struct fixture *f = context;
	return f->now * 1000;
}

static inline bool fixture_random(void *context, void *ptr, size_t len)
{
	struct fixture *f = context;
	unsigned char *bytes = ptr;
	for (size_t i = 0; i < len; i++) {
		f->seed = f->seed * 6364136223846793005u + 1442695040888963407u;
		bytes[i] = (unsigned char)(f->seed >> 56);
	}
	return true;
}

static inline void fixture_reopen(struct fixture *f)
{
	store_close(f->store);
	f->store = store_open(&f->publication, STORE_WRITE, &f->world, f->diags);
	assert_non_null(f->store);
}

static inline int fixture_open(void **state)
{
	struct arena *a = arena_open();
	struct fixture *f = NEW(a, struct fixture);
	f->arena = a;
	f->diags = diags_new(a);
	f->now = 1773705600; /* 2026-03-17 */
	f->seed = 20260317;
	f->world = (struct world){ .now = f->now,
				   .clock = fixture_clock,
				   .monotonic_ms = fixture_ms,
				   .random = fixture_random,
				   .context = f };
	snprintf(f->folder, sizeof f->folder, "/tmp/glos-unit-XXXXXX");
	assert_non_null(mkdtemp(f->folder));
	f->publication.root = str_from(f->folder);
	f->publication.store = STR("sqlite:var/glos.db");
	fixture_reopen(f);
	*state = f;
	return 0;
}

static inline int fixture_close(void **state)
{
	struct fixture *f = *state;
	char path[128];
	static const char *const files[] = { "var/glos.db", "var/glos.db-wal", "var/glos.db-shm",
					     "var/glos.db.lock" };
	store_close(f->store);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		snprintf(path, sizeof path, "%s/%s", f->folder, files[i]);
		unlink(path);
	}
	snprintf(path, sizeof path, "%s/var", f->folder);
	rmdir(path);
	rmdir(f->folder);
	arena_close(f->arena);
	return 0;
}

#endif
