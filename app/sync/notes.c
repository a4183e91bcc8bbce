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

static json_t *names_of(const struct objects_left_out *left_out)
{
	json_t *names = json_array();
	for (size_t i = 0; names && i < left_out->name_count; i++) {
		char name[NOTES_MAX / (2 * COLLECTION_NAMED_MAX)];
		size_t length = 0;
		for (const char *from = left_out->names[i]; *from && length + 1 < sizeof(name); from++) {
			bool is_plain = *from > ' ' && *from <= '~' && *from != '"' && *from != '\\';
			name[length++] = is_plain ? *from : '?';
		}
		name[length] = '\0';
		json_array_append_new(names, json_string(name));
	}
	return names;
}

void notes_write(const struct reader_result *read, uint32_t given_up, const struct objects_left_out *left_out,
		 char *out)
{
	json_t *skipped = reasons(read->skips, read->skip_count);
	if (given_up > 0) {
		json_object_set_new(skipped, "pattern-limit", json_integer((json_int_t)given_up));
	}
	if (left_out->missing > 0) {
		json_object_set_new(skipped, "missing-object", json_integer((json_int_t)left_out->missing));
	}
	json_t *notes =
		json_pack("{s:o, s:o}", "skipped", skipped, "assumed", reasons(read->assumed, read->assumed_count));
	if (notes && left_out->name_count > 0) {
		json_object_set_new(notes, "objects", names_of(left_out));
	}
	char *text = notes ? json_dumps(notes, JSON_COMPACT) : NULL;
	out[0] = '\0';
	if (text && strlen(text) < NOTES_MAX) {
		memcpy(out, text, strlen(text) + 1);
	}
	free(text);
	json_decref(notes);
}
