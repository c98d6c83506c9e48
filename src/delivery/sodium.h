/* libsodium, opened when something is signed by Ed25519. */
#ifndef DELIVERY_SODIUM_H
#define DELIVERY_SODIUM_H

#include "base/late.h"

#include <sodium.h>

#define SODIUM_CALLS(X)                                                                            \
	X(sodium_init)                                                                             \
	X(crypto_sign_seed_keypair)                                                                \
	X(crypto_sign_detached)

/* Named as libsodium names them. */
struct sodium_calls {
#define SODIUM_CALL(name) __typeof__(name) *name;
	SODIUM_CALLS(SODIUM_CALL)
#undef SODIUM_CALL
};

/* False when there is no libsodium, or it cannot be used (reported). */
bool sodium_open(struct sodium_calls *s, struct diags *d) __attribute__((warn_unused_result));

#endif
