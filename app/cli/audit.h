/* What the privacy audit looks for, and what it has found. */
#ifndef APP_CLI_AUDIT_H
#define APP_CLI_AUDIT_H

#include <stddef.h>

struct audit {
	const char *const *canaries;
	size_t canary_count;
	size_t found; /* places that hold one */
};

/* Searches the bytes and prints "PLACE: FOUND" when they hold a canary. The canary itself is not printed. */
void audit_bytes(struct audit *audit, const char *place, const void *bytes, size_t size);
void audit_text(struct audit *audit, const char *place, const char *text);

#endif
