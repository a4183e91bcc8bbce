/* Divides a line of characters into runs that are drawn in one piece, in visual order. For text.c only. UI thread only.
 */
#ifndef APP_DRAW_LINE_H
#define APP_DRAW_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct face;

struct run {
	size_t start, count; /* the characters, in reading order */
	int level;           /* odd means right to left */
	const char *script;  /* ISO 15924, such as "Latn" */
	struct face *face;
	bool joins_before, joins_after; /* its first or last letter is joined to one in another face */
};

struct runs {
	struct run *items;
	size_t count;
};

/* `faces` holds one for each character. False: out of memory. */
bool line_divide(const uint32_t *chars, size_t count, struct face *const *faces, struct runs *out_runs);
void line_finish(struct runs *runs); /* zeroed is fine */

#endif
