/* The configuration file as sections, keys and values with their line numbers, before anybody asks what they mean.
 * The only place that knows libconfuse. */
#ifndef APP_CONFIG_FILE_H
#define APP_CONFIG_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "ical/err.h"

/* A section that may be written, and its keys (NULL at the end). A table of them ends with a NULL name. */
struct config_schema {
	const char *section;
	bool has_title;
	const char *const *keys;
};

struct config_value {
	int line;
	char text[];
};

struct config_file;

/* Refuses what the schema does not have, what is written twice, and bytes that are not UTF-8 text. NULL and a filled
 * err ("file:line: …") on the first mistake. The caller owns the result. */
struct config_file *config_file_read(const char *file, const struct config_schema *schema, struct err *err);
void config_file_destroy(struct config_file *config_file);

/* Sections of one name, in the file's order. All that is returned lives as long as config_file. */
size_t config_file_count(const struct config_file *config_file, const char *section);
const char *config_file_title(const struct config_file *config_file, const char *section, size_t index);
int config_file_line(const struct config_file *config_file, const char *section, size_t index);
/* NULL: not written. */
const struct config_value *config_file_value(const struct config_file *config_file, const char *section, size_t index,
					     const char *key);

#endif
