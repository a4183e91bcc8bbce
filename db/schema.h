/* Defines the two databases, and how an older one becomes a newer one, by a table of migrations for each. */
#ifndef DB_SCHEMA_H
#define DB_SCHEMA_H

#include <stdbool.h>
#include <stdint.h>

struct migration {
	const char *sql;
	bool scrubs; /* the old content must not stay in freed pages either */
};

struct schema {
	int32_t application_id;             /* marks the file as this program's; see sqlite.org/fileformat2.html */
	int version;                        /* how many migrations there are; user_version after the last */
	const struct migration *migrations; /* entry n migrates version n to version n + 1 */
};

extern const struct schema schema_cache;
extern const struct schema schema_journal;

#endif
