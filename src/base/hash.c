#include "base/hash.h"

uint64_t hash_more(uint64_t hash, struct str bytes)
{
	for (size_t i = 0; i < bytes.len; i++)
		hash = (hash ^ (unsigned char)bytes.ptr[i]) * UINT64_C(0x100000001B3);
	return hash;
}

uint64_t hash_of(struct str bytes)
{
	return hash_more(HASH_START, bytes);
}
