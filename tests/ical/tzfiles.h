/* Makes TZif files, and folders of them, for tests of time zones. */
#ifndef TESTS_ICAL_TZFILES_H
#define TESTS_ICAL_TZFILES_H

#include <stddef.h>
#include <stdint.h>

enum { TZFILES_BYTES_MAX = 1 << 17, TZFILES_PATH_MAX = 256 };

struct tzfiles_zone {
	char version;         /* 0, '2', '3', '4' */
	const int64_t *times; /* changes */
	const uint8_t *leads; /* the offset that each leads to */
	size_t time_count;
	const int32_t *offsets;
	size_t offset_count;
	const char *rule; /* "CET-1CEST,M3.5.0,M10.5.0/3" */
};

/* The file's length. */
size_t tzfiles_make(const struct tzfiles_zone *zone, unsigned char out[TZFILES_BYTES_MAX]);

/* A new, empty folder; tzfiles_remove deletes it and all that is in it. */
void tzfiles_create(char out_folder[TZFILES_PATH_MAX]);
void tzfiles_remove(const char *folder);

/* `name` may have one slash. */
void tzfiles_put(const char *folder, const char *name, const void *bytes, size_t length);
/* A zone without changes, which follows a rule. */
void tzfiles_put_rule(const char *folder, const char *name, const char *rule);

#endif
