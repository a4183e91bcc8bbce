/* See notes.h. */
#include "notes.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static json_t *reasons(const struct reader_skip *items, size_t count)
{
	json_t *object = json_object();
	for (size_t i = 0; object && i < count; i++) {
		json_object_set_new(object, items[i].reason, json_integer((json_int_t)items[i].count));
	}
	return object;
}

void notes_write(const struct reader_result *read, uint32_t given_up, char *out)
{
	json_t *skipped = reasons(read->skips, read->skip_count);
	if (given_up > 0) {
		json_object_set_new(skipped, "pattern-limit", json_integer((json_int_t)given_up));
	}
	json_t *notes =
		json_pack("{s:o, s:o}", "skipped", skipped, "assumed", reasons(read->assumed, read->assumed_count));
	char *text = notes ? json_dumps(notes, JSON_COMPACT) : NULL;
	out[0] = '\0';
	if (text && strlen(text) < NOTES_MAX) {
		memcpy(out, text, strlen(text) + 1);
	}
	free(text);
	json_decref(notes);
}
