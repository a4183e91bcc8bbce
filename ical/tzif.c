/* Version 1 has one block of data with 32-bit times; later versions repeat it with 64-bit times, and end in a rule for
 * the time after the last change. Names, and whether an offset is called summer time, are of no use here. */
#include "tzif.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "civil.h"
#include "icslimits.h"
#include "tzrule.h"
#include "zonetable.h"

enum {
	HEADER_BYTES = 44,
	TYPE_BYTES = 6, /* offset, summer time or not, place of the name */
	/* RFC 9636 section 3.2: no offset is beyond these. */
	OFFSET_MIN_S = -25 * 3600 + 1,
	OFFSET_MAX_S = 26 * 3600 - 1,
	RULE_YEARS = ZONE_LAST_YEAR - ZONE_FIRST_YEAR + 3
};

/* Some thousand years before and after our time: what lies outside can be no change that a calendar needs. */
#define CHANGE_UTC_MAX (INT64_C(1) << 40)

struct header {
	unsigned char version;
	uint32_t utc_flags, standard_flags, leaps, times, types, characters;
};

/* One block: where its parts lie in the file. */
struct block {
	struct header header;
	size_t time_bytes;
	const unsigned char *times, *indices, *types;
};

struct reading {
	const unsigned char *at, *end;
};

static uint32_t read_u32(const unsigned char *bytes)
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static int64_t read_time(const struct block *block, size_t index)
{
	const unsigned char *bytes = block->times + index * block->time_bytes;

	if (block->time_bytes == 4) {
		return (int32_t)read_u32(bytes);
	}
	return (int64_t)((uint64_t)read_u32(bytes) << 32 | read_u32(bytes + 4));
}

static int32_t type_offset_s(const struct block *block, size_t type)
{
	return (int32_t)read_u32(block->types + type * TYPE_BYTES);
}

/* The offset that is valid from a change on. */
static int32_t change_offset_s(const struct block *block, size_t index)
{
	return type_offset_s(block, block->indices[index]);
}

static bool read_header(struct reading *reading, struct header *out_header, struct err *err)
{
	const unsigned char *bytes = reading->at;

	if (reading->end - bytes < HEADER_BYTES) {
		return err_set(err, "it is cut off");
	}
	if (memcmp(bytes, "TZif", 4) != 0) {
		return err_set(err, "it is no TZif file");
	}
	*out_header = (struct header){
		.version = bytes[4],
		.utc_flags = read_u32(bytes + 20),
		.standard_flags = read_u32(bytes + 24),
		.leaps = read_u32(bytes + 28),
		.times = read_u32(bytes + 32),
		.types = read_u32(bytes + 36),
		.characters = read_u32(bytes + 40),
	};
	reading->at += HEADER_BYTES;
	return true;
}

/* Takes a header and the data behind it, whose length is computed in 64 bits, where no count can overflow it. */
static bool read_block(struct reading *reading, size_t time_bytes, struct block *out_block, struct err *err)
{
	struct block block = {.time_bytes = time_bytes};
	const struct header *header = &block.header;
	uint64_t length;

	if (!read_header(reading, &block.header, err)) {
		return false;
	}
	length = (uint64_t)header->times * (time_bytes + 1) + (uint64_t)header->types * TYPE_BYTES +
		 header->characters + (uint64_t)header->leaps * (time_bytes + 4) + header->standard_flags +
		 header->utc_flags;
	if (length > (uint64_t)(reading->end - reading->at)) {
		return err_set(err, "it is cut off");
	}
	block.times = reading->at;
	block.indices = block.times + header->times * time_bytes;
	block.types = block.indices + header->times;
	reading->at += length;
	*out_block = block;
	return true;
}

static bool check_block(const struct block *block, struct err *err)
{
	const struct header *header = &block->header;

	if (header->leaps > 0) {
		return err_set(err, "it counts leap seconds");
	}
	if (header->types == 0 || header->types > TZIF_TYPES_MAX || header->times > TZIF_CHANGES_MAX) {
		return err_set(err, "it has %u changes among %u offsets; up to %d and %d are read",
			       (unsigned)header->times, (unsigned)header->types, TZIF_CHANGES_MAX, TZIF_TYPES_MAX);
	}
	for (size_t i = 0; i < header->types; i++) {
		int32_t offset_s = type_offset_s(block, i);

		if (offset_s < OFFSET_MIN_S || offset_s > OFFSET_MAX_S) {
			return err_set(err, "an offset of %d s makes no sense", (int)offset_s);
		}
	}
	for (size_t i = 0; i < header->times; i++) {
		if (block->indices[i] >= header->types) {
			return err_set(err, "a change leads to an offset that is not there");
		}
		if (i > 0 && read_time(block, i) <= read_time(block, i - 1)) {
			return err_set(err, "its changes are not in order");
		}
	}
	return true;
}

/* The line behind the last block. An empty one, or none in version 1, says nothing. */
static bool read_rule(const struct reading *reading, bool *out_has_rule, struct tzrule *out_rule, struct err *err)
{
	const unsigned char *start, *newline;

	if (reading->at == reading->end || *reading->at != '\n') {
		return err_set(err, "it is cut off");
	}
	start = reading->at + 1;
	newline = memchr(start, '\n', (size_t)(reading->end - start));
	if (!newline) {
		return err_set(err, "it is cut off");
	}
	*out_has_rule = newline > start;
	if (*out_has_rule && !tzrule_parse((const char *)start, (size_t)(newline - start), out_rule)) {
		return err_set(err, "its last line is no rule");
	}
	return true;
}

struct change {
	int64_t utc_s;
	int32_t offset_s;
	bool is_summer;
};

/* Where summer time ends and begins at the same instant it never ends: that is how a rule writes it for ever. */
static int compare_changes(const void *left, const void *right)
{
	const struct change *a = left, *b = right;

	if (a->utc_s != b->utc_s) {
		return a->utc_s < b->utc_s ? -1 : 1;
	}
	return (int)a->is_summer - (int)b->is_summer;
}

/* The changes that the rule makes after `after_utc`. */
static bool follow_rule(struct zone *zone, const struct tzrule *rule, int64_t after_utc, struct err *err)
{
	struct change *changes = calloc(2 * RULE_YEARS, sizeof(*changes));
	size_t count = 0;
	bool ok = changes != NULL;

	if (!ok) {
		return err_set(err, "out of memory");
	}
	for (int year = ZONE_FIRST_YEAR - 1; year <= ZONE_LAST_YEAR + 1; year++) {
		changes[count++] = (struct change){tzrule_begin_utc(rule, year), rule->summer_s, true};
		changes[count++] = (struct change){tzrule_end_utc(rule, year), rule->standard_s, false};
	}
	qsort(changes, count, sizeof(*changes), compare_changes);
	for (size_t i = 0; ok && i < count; i++) {
		bool is_overtaken = i + 1 < count && changes[i + 1].utc_s == changes[i].utc_s;

		if (changes[i].utc_s > after_utc && !is_overtaken) {
			ok = zone_add_change(zone, changes[i].utc_s, changes[i].offset_s, err);
		}
	}
	free(changes);
	return ok;
}

static struct zone *make_zone(const char *name, const struct block *block, const struct tzrule *rule, struct err *err)
{
	size_t count = block->header.times, i = 0;
	int32_t first_s = count == 0 && rule ? rule->standard_s : type_offset_s(block, 0);
	int64_t last_utc = -CHANGE_UTC_MAX;
	struct zone *zone;
	bool ok = true;

	/* Some files begin with a change long before there was anybody to see it. */
	while (i < count && read_time(block, i) < -CHANGE_UTC_MAX) {
		first_s = change_offset_s(block, i++);
	}
	zone = zone_create_fixed(name, first_s, err);
	for (; zone && ok && i < count && read_time(block, i) < CHANGE_UTC_MAX; i++) {
		last_utc = read_time(block, i);
		ok = zone_add_change(zone, last_utc, change_offset_s(block, i), err);
	}
	if (zone && ok && rule && rule->has_summer) {
		ok = follow_rule(zone, rule, last_utc, err);
	}
	if (!ok) {
		zone_destroy(zone);
		return NULL;
	}
	return zone;
}

struct zone *tzif_read(const char *name, const unsigned char *bytes, size_t length, struct err *err)
{
	struct reading reading = {bytes, bytes + length};
	struct block block;
	struct tzrule rule;
	bool has_rule = false;

	if (length > TZIF_FILE_MAX) {
		err_set(err, "it is longer than %d bytes", TZIF_FILE_MAX);
		return NULL;
	}
	if (!read_block(&reading, 4, &block, err)) {
		return NULL;
	}
	if (block.header.version != 0 &&
	    (!read_block(&reading, 8, &block, err) || !read_rule(&reading, &has_rule, &rule, err))) {
		return NULL;
	}
	return check_block(&block, err) ? make_zone(name, &block, has_rule ? &rule : NULL, err) : NULL;
}
