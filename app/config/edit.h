/* Changes single values of a configuration and leaves all the rest of its text as it is: comments, order, blank lines,
 * and keys that nobody asked about. Text in, text out. Only the syntax is read here; config_read decides whether
 * the result is right. */
#ifndef APP_CONFIG_EDIT_H
#define APP_CONFIG_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "ical/err.h"

struct config_edit;

/* Copies the text. Returns NULL and fills err ("line 3: …") when the text is not made of sections and keys. */
struct config_edit *config_edit_create(const char *text, struct err *err);
void config_edit_destroy(struct config_edit *edit);

/* Lives until the next change. */
const char *config_edit_text(const struct config_edit *edit);

/* The sections of one name are numbered from 0, in the order of the text. */
size_t config_edit_count(const struct config_edit *edit, const char *section);
/* Returns the number of the section with that title, or config_edit_count(…) when there is none. title NULL: any. */
size_t config_edit_find(const struct config_edit *edit, const char *section, const char *title);

/* The caller frees these results. NULL: there is none, or memory ran out. */
char *config_edit_title(const struct config_edit *edit, const char *section, size_t index);
char *config_edit_get(const struct config_edit *edit, const char *section, size_t index, const char *key);
/* The value as it is written, with its quotation marks or braces. */
char *config_edit_get_raw(const struct config_edit *edit, const char *section, size_t index, const char *key);

/* These return false when memory ran out, or when the text would no longer be one that can be read. The text is then
 * as it was. */

/* Sets a key, and quotes the value where it must be. value NULL: removes the key. */
bool config_edit_set(struct config_edit *edit, const char *section, size_t index, const char *key, const char *value);
bool config_edit_set_raw(struct config_edit *edit, const char *section, size_t index, const char *key,
			 const char *value);
bool config_edit_set_title(struct config_edit *edit, const char *section, size_t index, const char *title);
/* Adds an empty section after the last one of its name, else at the end. title NULL: it has none. */
bool config_edit_add(struct config_edit *edit, const char *section, const char *title);
bool config_edit_remove(struct config_edit *edit, const char *section, size_t index);

/* Calls `each` for every key of every section, in the order of the text, until it returns false; returns the same. */
bool config_edit_each(const struct config_edit *edit,
		      bool (*each)(void *context, const char *section, const char *title, const char *key,
				   const char *raw),
		      void *context);

#endif
