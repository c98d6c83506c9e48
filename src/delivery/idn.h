/* Domains beyond ASCII, by libidn2: opened when one is met. */
#ifndef DELIVERY_IDN_H
#define DELIVERY_IDN_H

#include "base/str.h"

struct arena;

/* "MÜNCHEN.example" as "xn--mnchen-3ya.example" (IDNA 2008, RFC 5891), in a. False and the
 * reason in *problem when there can be no such domain, or libidn2 is not there. */
bool idn_to_ascii(struct arena *a, struct str domain, struct str *ascii, const char **problem);

#endif
