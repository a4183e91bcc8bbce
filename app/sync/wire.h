/* A check-in as the machines of one office exchange it: an object of iCalendar with one event, whose properties hold
 * the journal's entry. It never changes. The same entry always gives the same bytes; a server may order and fold the
 * lines anew. What comes back is foreign: it is read line by line, by this file alone. Pure. */
#ifndef APP_SYNC_WIRE_H
#define APP_SYNC_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/base/limits.h"
#include "db/journal.h"

enum { WIRE_NAME_SIZE = 8 + 1 + SHARE_BOX_MAX + 1 + 20 + 4 + 1 };

/* "20261130-entre-123.ics": the day of the entry in UTC, its box and its number. */
void wire_name(const struct journal_entry *entry, char out[WIRE_NAME_SIZE]);

/* The parts of a name that wire_name may have written. */
struct wire_name {
	int32_t day;
	char box[SHARE_BOX_MAX + 1];
	int64_t seq;
};
bool wire_name_read(const char *name, struct wire_name *out);

/* Returns whether a box may be called that: small letters, digits and single hyphens between them. */
bool wire_is_box(const char *text);

/* The caller frees the text. NULL: out of memory, or a text of the entry is too long to be shared. */
char *wire_write(const struct journal_entry *entry);

/* Reads an object that was stored under `name`. On failure the entry is untouched and *out_reason is a short word for
 * the administrator, such as "spoilt"; NULL means that memory ran out. */
bool wire_read(const char *name, const char *bytes, size_t length, struct journal_entry *out_entry,
	       const char **out_reason);

#endif
