/* `privacy-audit`: looks for texts that must be nowhere in everything that the kiosk keeps, shows and tells. */
#ifndef APP_CLI_PRIVACY_H
#define APP_CLI_PRIVACY_H

#include <stdbool.h>
#include <stddef.h>

#include "app/screen/program.h"

/* What is looked for, and what was looked at. */
struct audit {
	const char *const *canaries;
	size_t canary_count;
	size_t found; /* places that hold one */
};

/* Looks at the bytes, and tells "PLACE: found …" when one is there. The canary itself is not told again. */
void audit_bytes(struct audit *audit, const char *place, const void *bytes, size_t size);
void audit_text(struct audit *audit, const char *place, const char *text);

/* Every screen that taps can reach from the home view, of kiosk and wall, in every language. */
bool audit_screens(struct audit *audit, struct program *program, size_t *out_screens, struct err *err);

/* Returns the program's exit status: 0 nowhere, 1 found or could not be looked for. */
int privacy_run(struct program *program);

#endif
