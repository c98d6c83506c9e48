/* One function, for vectors of LANES words on processors with TARGET: included once for each
 * width by sha256_many.c. No guard against that.
 *
 * state[i] has word i of every lane; from[l] is where lane l reads `blocks` blocks.
 *
 * EACH(f, d) lists f(lane, d) for every lane. Rows of words, one for each lane, are turned into
 * rows of lanes, one for each word, by exchanging what lies d off the diagonal. */

#define UPPER(l, d) ((l) & (d) ? LANES + (l) - (d) : (l))
#define LOWER(l, d) ((l) & (d) ? LANES + (l) : (l) + (d))
#define EXCHANGE(d)                                                                                \
	_Pragma("GCC unroll 16") for (size_t i = 0; i < LANES; i++)                                \
	{                                                                                          \
		if (i & (d))                                                                       \
			continue;                                                                  \
		vector x = row[i], y = row[i + (d)];                                               \
		row[i] = __builtin_shufflevector(x, y, EACH(UPPER, d));                            \
		row[i + (d)] = __builtin_shufflevector(x, y, EACH(LOWER, d));                      \
	}

__attribute__((target(TARGET))) static void BLOCKS(uint32_t (*state)[SHA256_LANES_MOST],
						   const unsigned char *const *from, size_t blocks)
{
	typedef uint32_t vector __attribute__((vector_size(4 * LANES)));
	vector v[8], w[16];
	for (size_t i = 0; i < 8; i++)
		memcpy(&v[i], state[i], sizeof v[i]);
	for (size_t at = 0; at < 64 * blocks; at += 64) {
		vector a = v[0], b = v[1], c = v[2], d = v[3];
		vector e = v[4], f = v[5], g = v[6], h = v[7];
#pragma GCC unroll 2
		for (size_t half = 0; half < 16; half += LANES) {
			vector row[16];
#pragma GCC unroll 16
			for (size_t i = 0; i < LANES; i++) {
				memcpy(&row[i], from[i] + at + 4 * half, sizeof row[i]);
				/* Words are big-endian (3.1). */
				row[i] = (TURNED(row[i], 8) & 0xff00ff00) |
					 (TURNED(row[i], 24) & 0x00ff00ff);
			}
			EXCHANGE(1)
			EXCHANGE(2)
			EXCHANGE(4)
#if LANES == 16
			EXCHANGE(8)
#endif
#pragma GCC unroll 16
			for (size_t i = 0; i < LANES; i++)
				w[half + i] = row[i];
		}
		/* Sixteen rounds are written out, so that no word has to be moved (6.2.2). */
#pragma GCC unroll 1
		for (size_t t = 0; t < 64; t += 16) {
#pragma GCC unroll 16
			for (size_t i = 0; i < 16 && t; i++) {
				vector x = w[(i + 1) % 16], y = w[(i + 14) % 16];
				w[i] += w[(i + 9) % 16] + (TURNED(x, 7) ^ TURNED(x, 18) ^ x >> 3) +
					(TURNED(y, 17) ^ TURNED(y, 19) ^ y >> 10);
			}
#pragma GCC unroll 16
			for (size_t i = 0; i < 16; i++) {
				vector one = h + (TURNED(e, 6) ^ TURNED(e, 11) ^ TURNED(e, 25)) +
					     (g ^ (e & (f ^ g))) + sha256_constants[t + i] + w[i];
				vector two = (TURNED(a, 2) ^ TURNED(a, 13) ^ TURNED(a, 22)) +
					     ((a & b) | (c & (a | b)));
				h = g, g = f, f = e, e = d + one;
				d = c, c = b, b = a, a = one + two;
			}
		}
		v[0] += a, v[1] += b, v[2] += c, v[3] += d;
		v[4] += e, v[5] += f, v[6] += g, v[7] += h;
	}
	for (size_t i = 0; i < 8; i++)
		memcpy(state[i], &v[i], sizeof v[i]);
}

#undef UPPER
#undef LOWER
#undef EXCHANGE
