#include "pdf/separation.h"

#include "base/arena.h"

enum {
	SIDE = SEPARATION_SIDE,
	STEPS = SIDE - 1,
	WHOLE = 256, /* weights of the corners of a tetrahedron add up to it */
	/* A key says how far a sample has gone from a grid point to the next, of WHOLE,
	 * and in the bits below where the next one is. */
	KEY_FAR = 16,
	KEY_NEXT = (1 << KEY_FAR) - 1,
};

/* From a grid point to the next along red, green, blue. */
static const uint32_t strides[3] = { SIDE * SIDE, SIDE, 1 };

struct sample {
	uint32_t below; /* index of the grid point below it, of its colour's share */
	uint32_t key;
};

struct separation {
	struct sample samples[3][256];
	/* Four values of 8 bits, 16 bits apart: weighted sums of one do not reach into
	 * the next. */
	uint64_t inks[SEPARATION_POINTS];
	uint64_t jpeg[SEPARATION_POINTS];
};

uint16_t *separation_points(struct arena *a)
{
	uint16_t *points = NEW_ARRAY(a, uint16_t, 3 * SEPARATION_POINTS), *at = points;
	for (int red = 0; red < SIDE; red++)
		for (int green = 0; green < SIDE; green++)
			for (int blue = 0; blue < SIDE; blue++) {
				*at++ = (uint16_t)((red * 65535 + STEPS / 2) / STEPS);
				*at++ = (uint16_t)((green * 65535 + STEPS / 2) / STEPS);
				*at++ = (uint16_t)((blue * 65535 + STEPS / 2) / STEPS);
			}
	return points;
}

static uint64_t corner_of(const int value[4])
{
	uint64_t corner = 0;
	for (int i = 4; i-- > 0;)
		corner = corner << 16 | (uint64_t)value[i];
	return corner;
}

/* A sum of millionths as a sample. */
static int rounded(int64_t millionths)
{
	int64_t value = (millionths + 500000) / 1000000;
	return value > 255 ? 255 : (int)value;
}

/* As JPEG keeps it (ITU-T T.871, 7), of inks up to 65535. */
static uint64_t jpeg_corner(const uint16_t inks[4])
{
	int64_t light[3]; /* 255 times as much as a sample */
	for (int k = 0; k < 3; k++)
		light[k] = 65535 - inks[k];
	int64_t r = light[0], g = light[1], b = light[2], middle = INT64_C(128) * 257 * 1000000;
	return corner_of((int[]){
		rounded((299000 * r + 587000 * g + 114000 * b) / 257),
		rounded((middle - 168736 * r - 331264 * g + 500000 * b) / 257),
		rounded((middle + 500000 * r - 418688 * g - 81312 * b) / 257),
		(inks[3] + 128) / 257,
	});
}

const struct separation *separation_new(struct arena *a, const uint16_t *inks)
{
	struct separation *s = NEW(a, struct separation);
	for (uint32_t i = 0; i < 256; i++) {
		/* 255 lies at the end of the last step: there is no point behind it. */
		uint32_t below = i < 255 ? i * STEPS / 255 : STEPS - 1;
		uint32_t far = ((i * STEPS - below * 255) * WHOLE + 127) / 255;
		for (int c = 0; c < 3; c++)
			s->samples[c][i] =
				(struct sample){ below * strides[c], far << KEY_FAR | strides[c] };
	}
	for (size_t i = 0; i < SEPARATION_POINTS; i++, inks += 4) {
		int value[4];
		for (int k = 0; k < 4; k++)
			value[k] = (inks[k] + 128) / 257;
		s->inks[i] = corner_of(value);
		s->jpeg[i] = jpeg_corner(inks);
	}
	return s;
}

/* The larger first. */
static inline void order(uint32_t *a, uint32_t *b)
{
	uint32_t more = *a > *b ? *a : *b;
	*b = *a > *b ? *b : *a;
	*a = more;
}

void separation_run(const struct separation *s, const unsigned char *rgb, unsigned char *inks,
		    size_t count, bool for_jpeg)
{
	const uint64_t *grid = for_jpeg ? s->jpeg : s->inks;
	for (size_t i = 0; i < count; i++, rgb += 3, inks += 4) {
		const struct sample *red = &s->samples[0][rgb[0]];
		const struct sample *green = &s->samples[1][rgb[1]];
		const struct sample *blue = &s->samples[2][rgb[2]];
		/* From the point below all three samples to the one above them, first
		 * along the sample that has gone farthest. */
		const uint64_t *corner = grid + red->below + green->below + blue->below;
		uint32_t first = red->key, second = green->key, third = blue->key;
		order(&first, &second);
		order(&second, &third);
		order(&first, &second);
		uint64_t sum = UINT64_C(0x0080008000800080); /* halves: to round */
		sum += (WHOLE - (first >> KEY_FAR)) * *corner;
		corner += first & KEY_NEXT;
		sum += ((first >> KEY_FAR) - (second >> KEY_FAR)) * *corner;
		corner += second & KEY_NEXT;
		sum += ((second >> KEY_FAR) - (third >> KEY_FAR)) * *corner;
		corner += third & KEY_NEXT;
		sum += (third >> KEY_FAR) * *corner;
		inks[0] = (unsigned char)(sum >> 8);
		inks[1] = (unsigned char)(sum >> 24);
		inks[2] = (unsigned char)(sum >> 40);
		inks[3] = (unsigned char)(sum >> 56);
	}
}
