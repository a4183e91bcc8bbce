/* Searches bytes of any kind for texts that must not occur anywhere ("canaries"). Pure. */
#ifndef APP_CLI_CANARY_H
#define APP_CLI_CANARY_H

#include <stdbool.h>
#include <stddef.h>

#include "app/base/limits.h"

/* Returns whether the bytes contain `canary`: as UTF-8 with ASCII letters in any case, as UTF-16 of either byte order,
 * or with every special character encoded as in an address (%2F). */
bool canary_is_in(const char *canary, const unsigned char *bytes, size_t size);

#endif
