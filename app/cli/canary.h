/* Texts that must be nowhere ("canaries"), looked for in bytes of any kind. Pure. */
#ifndef APP_CLI_CANARY_H
#define APP_CLI_CANARY_H

#include <stdbool.h>
#include <stddef.h>

enum { CANARY_MIN = 4, CANARY_MAX = 1024 }; /* bytes: shorter ones would be found everywhere by chance */

/* Whether `canary` is in the bytes: as UTF-8 with ASCII letters in any case, as UTF-16 of either order, and
 * with every special character written as in an address (%2F). */
bool canary_is_in(const char *canary, const unsigned char *bytes, size_t size);

#endif
