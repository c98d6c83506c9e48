/* One function, for vectors of LANES words on processors with TARGET: included once for each
 * width by sha256_many.c, which has the constants. No guard against that.
 *
 * state[i] has word i of every lane; from[l] is where lane l reads `blocks` blocks. */

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
		for (size_t i = 0; i < 16; i++) {
			uint32_t words[LANES];
			for (size_t l = 0; l < LANES; l++) {
				memcpy(&words[l], from[l] + at + 4 * i, sizeof words[l]);
				words[l] = __builtin_bswap32(words[l]); /* big-endian, 3.1 */
			}
			memcpy(&w[i], words, sizeof w[i]);
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
					     (g ^ (e & (f ^ g))) + constants[t + i] + w[i];
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
