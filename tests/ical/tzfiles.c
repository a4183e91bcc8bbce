/* Written from RFC 9636, not from the reader: what both have wrong would otherwise look right. */
#include "tzfiles.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct writer {
	unsigned char *at;
};

static void put(struct writer *writer, uint64_t value, int bytes)
{
	for (int i = bytes - 1; i >= 0; i--) {
		*writer->at++ = (unsigned char)(value >> (8 * i));
	}
}

static void put_block(struct writer *writer, const struct tzfiles_zone *zone, int time_bytes, size_t time_count)
{
	static const char name[] = "LMT"; /* with its final NUL */
	const size_t counts[] = {0, 0, 0, time_count, zone->offset_count, sizeof(name)};

	memcpy(writer->at, "TZif", 4);
	writer->at += 4;
	put(writer, (unsigned char)zone->version, 1);
	memset(writer->at, 0, 15);
	writer->at += 15;
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		put(writer, counts[i], 4);
	}
	for (size_t i = 0; i < time_count; i++) {
		put(writer, (uint64_t)zone->times[i], time_bytes);
	}
	for (size_t i = 0; i < time_count; i++) {
		put(writer, zone->leads[i], 1);
	}
	for (size_t i = 0; i < zone->offset_count; i++) {
		put(writer, (uint32_t)zone->offsets[i], 4);
		put(writer, i % 2, 1);
		put(writer, 0, 1);
	}
	memcpy(writer->at, name, sizeof(name));
	writer->at += sizeof(name);
}

size_t tzfiles_make(const struct tzfiles_zone *zone, unsigned char out[TZFILES_BYTES_MAX])
{
	struct writer writer = {out};

	put_block(&writer, zone, 4, zone->version == 0 ? zone->time_count : 0);
	if (zone->version != 0) {
		put_block(&writer, zone, 8, zone->time_count);
		writer.at += sprintf((char *)writer.at, "\n%s\n", zone->rule);
	}
	return (size_t)(writer.at - out);
}

void tzfiles_create(char out_folder[TZFILES_PATH_MAX])
{
	/* In memory where there is such a disk: some tests make thousands of files. */
	snprintf(out_folder, TZFILES_PATH_MAX, "%s/zoneinfo.XXXXXX",
		 access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	assert_non_null(mkdtemp(out_folder));
}

static int remove_entry(const char *path, const struct stat *status, int flag, struct FTW *where)
{
	(void)status;
	(void)flag;
	(void)where;
	return remove(path);
}

void tzfiles_remove(const char *folder)
{
	assert_int_equal(nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS), 0);
}

void tzfiles_put(const char *folder, const char *name, const void *bytes, size_t length)
{
	char path[2 * TZFILES_PATH_MAX];
	const char *slash = strchr(name, '/');
	FILE *file;

	if (slash) {
		snprintf(path, sizeof(path), "%s/%.*s", folder, (int)(slash - name), name);
		mkdir(path, 0755);
	}
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
}

void tzfiles_put_rule(const char *folder, const char *name, const char *rule)
{
	static const int32_t offsets[] = {0};
	const struct tzfiles_zone zone = {.version = '2', .offsets = offsets, .offset_count = 1, .rule = rule};
	unsigned char *bytes = malloc(TZFILES_BYTES_MAX);

	assert_non_null(bytes);
	tzfiles_put(folder, name, bytes, tzfiles_make(&zone, bytes));
	free(bytes);
}
