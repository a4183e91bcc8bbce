/* See audit.h. */
#include "audit.h"

#include <stdio.h>
#include <string.h>

#include "canary.h"

void audit_bytes(struct audit *audit, const char *place, const void *bytes, size_t size)
{
	for (size_t i = 0; i < audit->canary_count; i++) {
		if (canary_is_in(audit->canaries[i], bytes, size)) {
			printf("%s: FOUND\n", place);
			audit->found++;
		}
	}
}

void audit_text(struct audit *audit, const char *place, const char *text)
{
	if (text) {
		audit_bytes(audit, place, text, strlen(text));
	}
}
