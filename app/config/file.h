/* The configuration file as sections, keys and values with their line numbers, before they are interpreted. This is the
 * only module that knows libconfuse. */
#ifndef APP_CONFIG_FILE_H
#define APP_CONFIG_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "ical/err.h"

/* A key whose text visitors read, and the same text in English. See take_words. */
#define BILINGUAL(key) key, key CONFIG_ENGLISH
#define CONFIG_ENGLISH "-en"

/* A section that the file may have, and its keys (NULL at the end). A table of sections ends with a NULL name. */
struct config_schema {
	const char *section;
	bool has_title;
	const char *const *keys;
	const char *const *lists; /* those of the keys that take {several, values}; NULL: none */
};

struct config_value {
	int line;
	char text[];
};

struct config_file;

/* Refuses what the schema lacks, what is set twice, and bytes that are not UTF-8 text. Returns NULL and fills err
 * ("file:line: …") at the first mistake. The caller owns the result. */
struct config_file *config_file_read(const char *file, const struct config_schema *schema, struct err *err);
void config_file_destroy(struct config_file *config_file);

/* The sections of one name, in the order of the file. Everything that is returned lives as long as config_file. */
size_t config_file_count(const struct config_file *config_file, const char *section);
const char *config_file_title(const struct config_file *config_file, const char *section, size_t index);
int config_file_line(const struct config_file *config_file, const char *section, size_t index);
/* NULL when the key is not set. The first value of a list. */
const struct config_value *config_file_value(const struct config_file *config_file, const char *section, size_t index,
					     const char *key);
/* The values of a list one by one; NULL after the last one. */
const struct config_value *config_file_value_at(const struct config_file *config_file, const char *section,
						size_t index, const char *key, size_t position);

#endif
