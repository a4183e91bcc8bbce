/* See digest.h. An event is whatever stands between BEGIN:VEVENT and its END. All occurrences of a UID follow from the
 * events with that UID and from the text outside all events. The events of the concerned UIDs, with that text,
 * therefore form a calendar that gives the same occurrences for them as the whole one. */
#include "digest.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <xxhash.h>

#include "encoding.h"
#include "icslimits.h"
#include "icstime.h"
#include "netlimits.h"
#include "sum.h"
#include "wait.h"

/* The two lines of an event that say when it was written. A server may write them anew in each answer. */
enum stamp { STAMP_DTSTAMP, STAMP_LAST_MODIFIED, STAMP_COUNT };

struct part {
	uint64_t sum;   /* the sum of its bytes but the stamps, and of the amount of text outside events before it */
	uint64_t uid;   /* the sum of the UID; 0 when it has none that can be compared */
	uint64_t stamp; /* DTSTAMP, then LAST-MODIFIED, as far as they are left out of the sum */
	uint32_t start, length;
};

struct digest {
	struct part *parts;
	size_t count, capacity;
	bool is_plain; /* every event has a UID that does not depend on how it is written, and only events matter */
	uint64_t around, whole;
	size_t length, stamps_length; /* of the body, and of the stamps in it */
};

struct name {
	const char *text;
	size_t length;
};

struct stamp_line {
	size_t start, length; /* in the body, with its end; length 0: there is none */
	uint32_t time;
	bool is_seen;
};

/* The state of the splitting. */
struct cursor {
	struct digest *digest;
	const char *body, *end;
	size_t gap_start; /* the first byte after the last event */
	uint64_t gaps;
	size_t start;                     /* of the open event */
	int depth;                        /* open components in it, itself included; 0 between events */
	struct name names[ICS_DEPTH_MAX]; /* of those components */
	int uid_lines;                    /* in the event itself */
	uint64_t uid;
	struct stamp_line stamps[STAMP_COUNT];
};

static uint64_t sum_of(const void *bytes, size_t length, uint64_t seed)
{
	return XXH3_64bits_withSeed(bytes, length, seed);
}

/* The answer would hold another UID, because the reader cuts, unescapes or cleans it. */
static bool is_plain_uid(const char *uid, size_t length)
{
	if (length == 0 || length > ICS_UID_MAX) {
		return false;
	}
	for (size_t i = 0; i < length; i++) {
		if (uid[i] <= ' ' || uid[i] > '~' || uid[i] == '\\') {
			return false;
		}
	}
	return true;
}

static bool is_word(const char *line, size_t length, const char *word, size_t word_length)
{
	while (length > word_length && (line[length - 1] == ' ' || line[length - 1] == '\t')) {
		length--;
	}
	return length == word_length && strncasecmp(line, word, word_length) == 0;
}

static bool begins(const char *line, size_t length, const char *word, size_t word_length)
{
	return length > word_length && strncasecmp(line, word, word_length) == 0;
}

static bool is_property(const char *line, size_t length, const char *name, size_t name_length)
{
	return begins(line, length, name, name_length) && (line[name_length] == ':' || line[name_length] == ';');
}

static size_t without_returns(const char *line, size_t length)
{
	while (length > 0 && line[length - 1] == '\r') {
		length--;
	}
	return length;
}

/* Sums the whole UID, whose line may be folded (RFC 5545 section 3.1). */
static void take_uid(struct cursor *cursor, const char *line, size_t length, const char *next, const char *end)
{
	char uid[ICS_UID_MAX + 1];
	size_t used = 0;
	const char *value = line + strlen("UID:");

	cursor->uid = 0;
	if (++cursor->uid_lines > 1 || line[3] != ':') {
		return;
	}
	length -= strlen("UID:");
	for (;;) {
		if (length > sizeof(uid) - used) {
			return;
		}
		memcpy(uid + used, value, length);
		used += length;
		if (next < end && (*next == '\r' || *next == '\n')) { /* the scanner ignores an empty line */
			return;
		}
		if (next == end || (*next != ' ' && *next != '\t')) {
			break;
		}
		value = next + 1;
		next = memchr(value, '\n', (size_t)(end - value));
		length = without_returns(value, (size_t)((next ? next : end) - value));
		next = next ? next + 1 : end;
	}
	if (is_plain_uid(uid, used)) {
		cursor->uid = sum_uid(uid, used);
	}
}

static bool add_part(struct digest *digest, const struct part *part)
{
	if (digest->count == digest->capacity) {
		size_t capacity = digest->capacity ? 2 * digest->capacity : 64;
		struct part *grown = realloc(digest->parts, capacity * sizeof(*grown));

		if (!grown) {
			return false;
		}
		digest->parts = grown;
		digest->capacity = capacity;
	}
	digest->parts[digest->count++] = *part;
	return true;
}

static void take_gap(struct cursor *cursor, size_t end)
{
	struct digest *digest = cursor->digest;

	if (end > cursor->gap_start) {
		cursor->gaps++;
		digest->around = sum_of(cursor->body + cursor->gap_start, end - cursor->gap_start, digest->around);
	}
}

static bool is_letter(char byte)
{
	return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
}

/* Of several lines of one kind the scanner uses the first. A stamp in an unusual form may mean something else to the
 * scanner, so that it is uncertain which version of the event is the newest. `time` is at the line's value. */
static void take_stamp(struct cursor *cursor, enum stamp kind, const char *line, const char *time, size_t length,
		       const char *next)
{
	struct stamp_line *stamp = &cursor->stamps[kind];
	bool is_whole = next == cursor->end || is_letter(*next); /* it does not go on in the next line */

	if (stamp->is_seen) {
		return;
	}
	stamp->is_seen = true;
	stamp->time = is_whole && time[-1] == ':' ? ics_stamp(time, length) : 0;
	if (stamp->time == 0) {
		cursor->digest->is_plain = false;
		return;
	}
	stamp->start = (size_t)(line - cursor->body);
	stamp->length = (size_t)(next - line);
}

/* Sums the event without its stamps. */
static void sum_event(struct cursor *cursor, struct part *part)
{
	const struct stamp_line *dtstamp = &cursor->stamps[STAMP_DTSTAMP];
	const struct stamp_line *modified = &cursor->stamps[STAMP_LAST_MODIFIED];
	bool is_modified_first = modified->start < dtstamp->start;
	const struct stamp_line *in_order[] = {is_modified_first ? modified : dtstamp,
					       is_modified_first ? dtstamp : modified};
	size_t from = part->start;

	part->sum = cursor->gaps;
	for (size_t i = 0; i < sizeof(in_order) / sizeof(in_order[0]); i++) {
		if (in_order[i]->length > 0) {
			part->sum = sum_of(cursor->body + from, in_order[i]->start - from, part->sum);
			from = in_order[i]->start + in_order[i]->length;
		}
	}
	cursor->digest->stamps_length += dtstamp->length + modified->length;
	part->stamp = (uint64_t)dtstamp->time << 32 | modified->time;
	part->sum = sum_of(cursor->body + from, part->start + part->length - from, part->sum);
}

static bool end_event(struct cursor *cursor, size_t end)
{
	struct digest *digest = cursor->digest;
	struct part part = {
		.uid = cursor->uid, .start = (uint32_t)cursor->start, .length = (uint32_t)(end - cursor->start)};

	take_gap(cursor, cursor->start);
	sum_event(cursor, &part);
	cursor->gap_start = end;
	digest->is_plain = digest->is_plain && part.uid != 0;
	if (digest->count < DIGEST_EVENTS_MAX) {
		return add_part(digest, &part);
	}
	digest->is_plain = false;
	return true;
}

static struct name name_of(const char *text, size_t length)
{
	while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t')) {
		length--;
	}
	return (struct name){text, length};
}

/* The scanner refuses what is nested deeper. */
static void begin_inside(struct cursor *cursor, const char *text, size_t length)
{
	if (cursor->depth == ICS_DEPTH_MAX) {
		cursor->digest->is_plain = false;
		return;
	}
	cursor->names[cursor->depth++] = name_of(text, length);
}

static bool end_inside(struct cursor *cursor, const char *text, size_t length, const char *next)
{
	struct name name = name_of(text, length), open = cursor->names[cursor->depth - 1];

	if (name.length != open.length || strncasecmp(name.text, open.text, open.length) != 0) {
		cursor->digest->is_plain = false; /* the scanner decides whether it ends anything */
		return true;
	}
	return --cursor->depth > 0 || end_event(cursor, (size_t)(next - cursor->body));
}

static void begin_outside(struct cursor *cursor, const char *line, size_t length)
{
	if (is_word(line, length, "BEGIN:VEVENT", 12)) {
		cursor->start = (size_t)(line - cursor->body);
		cursor->uid = 0;
		cursor->uid_lines = 0;
		memset(cursor->stamps, 0, sizeof(cursor->stamps));
		begin_inside(cursor, line + 6, length - 6);
	} else if (is_word(line, length, "BEGIN:VFREEBUSY", 15)) {
		cursor->digest->is_plain = false; /* its periods are in every excerpt */
	}
}

/* `line` excludes its end, and `next` begins the following line. A BEGIN, END or UID must be one for scan.c exactly
 * when it is one here, and a stamp too. */
static bool take_line(struct cursor *cursor, const char *line, size_t length, const char *next, const char *end)
{
	switch (length > 0 ? line[0] & ~0x20 : 0) {
	case 'B':
		if (cursor->depth == 0) {
			begin_outside(cursor, line, length);
		} else if (begins(line, length, "BEGIN:", 6)) {
			begin_inside(cursor, line + 6, length - 6);
		}
		break;
	case 'E':
		if (cursor->depth > 0 && begins(line, length, "END:", 4)) {
			return end_inside(cursor, line + 4, length - 4, next);
		}
		break;
	case 'D':
		if (cursor->depth == 1 && is_property(line, length, "DTSTAMP", 7)) {
			take_stamp(cursor, STAMP_DTSTAMP, line, line + 8, length - 8, next);
		}
		break;
	case 'L':
		if (cursor->depth == 1 && is_property(line, length, "LAST-MODIFIED", 13)) {
			take_stamp(cursor, STAMP_LAST_MODIFIED, line, line + 14, length - 14, next);
		}
		break;
	case 'U':
		if (cursor->depth == 1 && is_property(line, length, "UID", 3)) {
			take_uid(cursor, line, length, next, end);
		}
		break;
	}
	return true;
}

struct ranked {
	uint64_t uid, stamp;
	struct part *part;
};

static int compare_ranked(const void *left, const void *right)
{
	const struct ranked *a = left, *b = right;

	if (a->uid != b->uid) {
		return a->uid < b->uid ? -1 : 1;
	}
	return a->stamp < b->stamp ? -1 : a->stamp > b->stamp;
}

/* Of several events with one UID the stamps decide which version is the newest. What decides is their order and not the
 * times themselves, so the order goes into the sums. */
static void add_ranks(struct ranked *ranked, size_t count)
{
	uint64_t rank = 0;

	for (size_t i = 0; i < count; i++) {
		bool follows = i > 0 && ranked[i - 1].uid == ranked[i].uid;
		rank = !follows ? 0 : rank + (ranked[i - 1].stamp != ranked[i].stamp);
		if (rank > 0) {
			ranked[i].part->sum = sum_of(&rank, sizeof(rank), ranked[i].part->sum);
		}
	}
}

static bool rank_versions(struct digest *digest)
{
	struct ranked *ranked = calloc(digest->count + 1, sizeof(*ranked));

	if (!ranked) {
		return false;
	}
	for (size_t i = 0; i < digest->count; i++) {
		struct part *part = &digest->parts[i];
		ranked[i] = (struct ranked){part->uid, part->stamp, part};
	}
	qsort(ranked, digest->count, sizeof(*ranked), compare_ranked);
	add_ranks(ranked, digest->count);
	free(ranked);
	return true;
}

/* Stamps are left out only where it is certain which events they belong to. */
static bool sum_whole(struct digest *digest, const char *body)
{
	if (!digest->is_plain) {
		digest->stamps_length = 0;
		digest->whole = sum_of(body, digest->length, 0);
		return true;
	}
	if (!rank_versions(digest)) {
		return false;
	}
	for (size_t i = 0; i < digest->count; i++) {
		digest->whole = sum_of(&digest->parts[i].sum, sizeof(digest->parts[i].sum), digest->whole);
	}
	digest->whole = sum_of(&digest->around, sizeof(digest->around), digest->whole);
	return true;
}

struct digest *digest_create(const char *body, size_t length, const struct wait *wait)
{
	struct digest *digest = calloc(1, sizeof(*digest));
	const char *end = body + length, *served = body;
	struct cursor cursor = {.digest = digest, .body = body, .end = end};

	if (!digest) {
		return NULL;
	}
	digest->length = length;
	digest->is_plain = length <= UINT32_MAX && encoding_is_plain(body, length);
	for (const char *line = body, *next; line < end; line = next) {
		const char *feed = memchr(line, '\n', (size_t)(end - line));
		size_t line_length = without_returns(line, (size_t)((feed ? feed : end) - line));

		next = feed ? feed + 1 : end;
		if (!take_line(&cursor, line, line_length, next, end)) {
			digest_destroy(digest);
			return NULL;
		}
		if (next - served >= DIGEST_PAUSE_BYTES) {
			served = next;
			wait_serve(wait);
		}
	}
	take_gap(&cursor, length);
	if (!sum_whole(digest, body)) {
		digest_destroy(digest);
		return NULL;
	}
	return digest;
}

void digest_destroy(struct digest *digest)
{
	if (!digest) {
		return;
	}
	free(digest->parts);
	free(digest);
}

size_t digest_bytes(const struct digest *digest)
{
	return sizeof(*digest) + digest->capacity * sizeof(*digest->parts);
}

void digest_print(const struct digest *digest, char out[DIGEST_TEXT_SIZE])
{
	snprintf(out, DIGEST_TEXT_SIZE, "%016" PRIx64 "-%zu", digest->whole, digest->length - digest->stamps_length);
}

/* Finds the parts of two digests between their common beginning and their common end. */
struct middle {
	const struct part *before, *now;
	size_t before_count, now_count;
};

static struct middle middle_of(const struct digest *before, const struct digest *now)
{
	size_t least = before->count < now->count ? before->count : now->count, head = 0, tail = 0;

	while (head < least && before->parts[head].sum == now->parts[head].sum) {
		head++;
	}
	while (tail < least - head &&
	       before->parts[before->count - 1 - tail].sum == now->parts[now->count - 1 - tail].sum) {
		tail++;
	}
	return (struct middle){before->parts + head, now->parts + head, before->count - head - tail,
			       now->count - head - tail};
}

static int compare_sums(const void *left, const void *right)
{
	uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
	return a < b ? -1 : a > b;
}

static bool has_sum(const uint64_t *sums, size_t count, uint64_t sum)
{
	return count > 0 && bsearch(&sum, sums, count, sizeof(*sums), compare_sums);
}

static uint64_t *sorted_sums(const struct part *parts, size_t count)
{
	uint64_t *sums = calloc(count + 1, sizeof(*sums));

	for (size_t i = 0; sums && i < count; i++) {
		sums[i] = parts[i].sum;
	}
	if (sums) {
		qsort(sums, count, sizeof(*sums), compare_sums);
	}
	return sums;
}

/* Lists the UIDs of events that are in only one of the two. Returns false when common events have changed their order,
 * which decides between equal versions of an event. */
static bool list_uids(const struct middle *middle, const uint64_t *old, const uint64_t *fresh,
		      struct digest_change *change)
{
	size_t i = 0, j = 0;

	while (i < middle->before_count || j < middle->now_count) {
		bool is_old = i < middle->before_count, is_fresh = j < middle->now_count;

		if (is_old && !has_sum(fresh, middle->now_count, middle->before[i].sum)) {
			change->uids[change->uid_count++] = middle->before[i++].uid;
		} else if (is_fresh && !has_sum(old, middle->before_count, middle->now[j].sum)) {
			change->uids[change->uid_count++] = middle->now[j++].uid;
		} else if (!is_old || !is_fresh || middle->before[i++].sum != middle->now[j++].sum) {
			return false;
		}
	}
	qsort(change->uids, change->uid_count, sizeof(*change->uids), compare_sums);
	return true;
}

static bool find_uids(const struct middle *middle, struct digest_change *change)
{
	uint64_t *old = sorted_sums(middle->before, middle->before_count);
	uint64_t *fresh = sorted_sums(middle->now, middle->now_count);
	bool ok;

	change->uids = calloc(middle->before_count + middle->now_count + 1, sizeof(*change->uids));
	ok = old && fresh && change->uids && list_uids(middle, old, fresh, change);
	free(old);
	free(fresh);
	return ok;
}

/* Walks over the body without the unconcerned events, and copies it when there is a destination. */
static size_t walk_excerpt(const struct digest *now, const char *body, const struct digest_change *change, char *out)
{
	size_t from = 0, length = 0;

	for (size_t i = 0; i <= now->count; i++) {
		const struct part *part = i < now->count ? &now->parts[i] : NULL;
		size_t end = part ? part->start : now->length;

		if (part && has_sum(change->uids, change->uid_count, part->uid)) {
			continue;
		}
		if (out) {
			memcpy(out + length, body + from, end - from);
		}
		length += end - from;
		from = part ? part->start + part->length : end;
	}
	return length;
}

static bool make_excerpt(const struct digest *now, const char *body, struct digest_change *change)
{
	change->excerpt_length = walk_excerpt(now, body, change, NULL);
	if (change->excerpt_length > now->length / DIGEST_EXCERPT_PART) {
		return false;
	}
	change->excerpt = malloc(change->excerpt_length + 1);
	if (!change->excerpt) {
		return false;
	}
	walk_excerpt(now, body, change, change->excerpt);
	change->excerpt[change->excerpt_length] = '\0';
	return true;
}

bool digest_compare(const struct digest *before, const struct digest *now, const char *body,
		    struct digest_change *out_change)
{
	struct digest_change change = {0};
	struct middle middle;

	if (!before->is_plain || !now->is_plain || before->around != now->around) {
		return false;
	}
	if (before->count == 0 || now->count == 0) {
		return false;
	}
	middle = middle_of(before, now);
	if (!find_uids(&middle, &change) || !make_excerpt(now, body, &change)) {
		digest_change_finish(&change);
		return false;
	}
	*out_change = change;
	return true;
}

void digest_change_finish(struct digest_change *change)
{
	free(change->excerpt);
	free(change->uids);
	*change = (struct digest_change){0};
}
