/* See scan.h. Works on physical lines as they arrive: memchr finds the end, the name decides, and an unwanted line is
 * never examined again. Wanted lines are unfolded into one buffer that every component reuses. */
#include "scan.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "icslimits.h"
#include "known.h"
#include "quoted.h"
#include "scanstate.h"

struct scan *scan_create(const struct scan_sink *sink)
{
	struct scan *scan = calloc(1, sizeof(*scan));

	if (!scan) {
		return NULL;
	}
	scan->sink = *sink;
	known_index_init(&scan->known);
	return scan;
}

void scan_destroy(struct scan *scan)
{
	if (!scan) {
		return;
	}
	free(scan->carry.bytes);
	free(scan->text.bytes);
	free(scan->outer.bytes);
	free(scan->kept);
	free(scan);
}

/* The beginning of a text is enough; what an event's times are made of has to be there whole. */
static bool is_text(const struct scan *scan)
{
	return scan->sort == SORT_HEADER || scan->sort == SORT_ATTENDEE ||
	       (scan->sort == SORT_EVENT && scan->property >= SCAN_PROPERTY_COUNT);
}

/* How much more of the open line fits. */
static size_t room_of(const struct scan *scan)
{
	size_t room, line_room;

	if (scan->sort == SORT_ZONE) {
		return scan_left_of(ICS_ZONE_TEXT_MAX, scan->text.length);
	}
	if (!is_text(scan)) {
		return scan_left_of(ICS_EVENT_TEXT_MAX, scan->text.length - scan->text_length);
	}
	line_room = scan_left_of(ICS_TEXT_LINE_MAX, scan->text.length - scan->line_start);
	room = scan_left_of(ICS_EVENT_OTHER_MAX, scan->text_length + scan->text.length - scan->line_start);
	return room < line_room ? room : line_room;
}

static bool append(struct scan *scan, const char *bytes, size_t length, struct err *err)
{
	return scan->any_nul ? buffer_append_without_nul(&scan->text, bytes, length, err)
			     : buffer_append(&scan->text, bytes, length, err);
}

static bool keep(struct scan *scan, const char *bytes, size_t length, struct err *err)
{
	size_t room;

	if (scan->text.length + length <= ICS_TEXT_LINE_MAX) { /* the least of the caps that room_of applies */
		return append(scan, bytes, length, err);
	}
	room = room_of(scan);
	if (length > room && is_text(scan)) {
		length = room;
	}
	if (length > room) {
		if (scan->sort != SORT_ZONE) {
			scan->event.trouble = "too-large";
		}
		scan->sort = SORT_IGNORED;
		scan->text.length = scan->line_start;
		return true;
	}
	return append(scan, bytes, length, err);
}

static bool is_word(const char *text, size_t length, const char *word)
{
	return length == strlen(word) && strncasecmp(text, word, length) == 0;
}

/* Puts the quotes around a TZID that needs them. */
static bool quote_zone(struct scan *scan, struct err *err)
{
	char *line = scan->text.bytes + scan->line_start;
	size_t length = scan->text.length - scan->line_start, start, stop;

	if (!scan_find_bare_zone(line, length, &start, &stop)) {
		return true;
	}
	if (!buffer_append(&scan->text, "\"\"", 2, err)) {
		return false;
	}
	line = scan->text.bytes + scan->line_start;
	memmove(line + stop + 2, line + stop, length - stop);
	memmove(line + start + 1, line + start, stop - start);
	line[start] = line[stop + 1] = '"';
	return true;
}

static bool reserve_line(struct scan *scan, struct err *err)
{
	size_t capacity = scan->kept_capacity ? 2 * scan->kept_capacity : 64;
	struct scan_line *grown;

	if (scan->event.kept_count < scan->kept_capacity) {
		return true;
	}
	grown = realloc(scan->kept, capacity * sizeof(*grown));
	if (!grown) {
		return err_set(err, "out of memory");
	}
	scan->kept = grown;
	scan->kept_capacity = capacity;
	return true;
}

/* Enters a line of the open event into its lists, which have room for it. */
static void list_line(struct scan *scan, size_t start, size_t length)
{
	struct scan_event *event = &scan->event;
	bool is_plain = length > scan->name_length && scan->text.bytes[start + scan->name_length] == ':';
	struct scan_line line = {{start, length, is_plain ? scan->name_length + 1 : 0}, scan->property};

	scan->kept[event->kept_count++] = line;
	if (line.property >= SCAN_PROPERTY_COUNT) {
		scan->text_length += length;
	} else if (event->counts[line.property]++ == 0) {
		event->lines[line.property] = line.slice;
	}
}

/* The logical line is complete when the next one begins. */
static bool end_line(struct scan *scan, struct err *err)
{
	enum sort sort = scan->sort;
	size_t start = scan->line_start, length;
	bool ok = true;

	scan->sort = SORT_IGNORED;
	if (sort == SORT_IGNORED) {
		return true;
	}
	if (sort == SORT_EVENT && scan_is_time(scan->property) && !quote_zone(scan, err)) {
		return false;
	}
	length = scan->text.length - start;
	if (sort == SORT_HEADER) {
		ok = scan->sink.on_header(scan->sink.context, scan->text.bytes + start, length, err);
		scan->text.length = 0;
		return ok;
	}
	if (sort == SORT_ATTENDEE && !scan_is_resource(scan->text.bytes + start, length)) {
		scan->text.length = start;
		return true;
	}
	if (sort != SORT_ZONE) {
		if (!reserve_line(scan, err)) {
			return false;
		}
		list_line(scan, start, length);
	}
	return buffer_append(&scan->text, "\r\n", 2, err);
}

static size_t name_length_of(const char *line, size_t length)
{
	size_t i = 0;

	while (i < length && i < ICS_PROPERTY_NAME_MAX && line[i] != ':' && line[i] != ';') {
		i++;
	}
	return i;
}

static enum sort sort_property(struct scan *scan, const struct known *known)
{
	if (!known || scan->event.trouble || (known->once & scan->seen)) {
		return SORT_IGNORED;
	}
	if ((known->use == KNOWN_DESCRIPTION && !scan->sink.want_description) ||
	    (known->use == KNOWN_FREEBUSY && !scan->event.is_freebusy)) {
		return SORT_IGNORED;
	}
	scan->seen |= known->once;
	scan->property = known->property;
	scan->name_length = known->length;
	return known->use == KNOWN_ATTENDEE ? SORT_ATTENDEE : SORT_EVENT;
}

static enum sort sort_line(struct scan *scan, const char *line, size_t length)
{
	size_t name_length;

	switch (scan_top(scan)) {
	case PART_EVENT:
		return sort_property(scan, known_find(&scan->known, line, length, NULL));
	case PART_ZONE:
	case PART_ZONE_RULE:
		return SORT_ZONE;
	case PART_CALENDAR:
		name_length = name_length_of(line, length);
		if (is_word(line, name_length, "METHOD") || is_word(line, name_length, "X-WR-TIMEZONE")) {
			return SORT_HEADER;
		}
		return SORT_IGNORED;
	case PART_OTHER:
		break;
	}
	return SORT_IGNORED;
}

static bool is_outside_line_fine(const char *line, size_t length, struct err *err)
{
	return scan_is_blank(line, length) || err_set(err, "not a calendar");
}

/* More of the open logical line. `is_cut`: only the beginning of a physical line that is longer than the cap. */
static bool go_on(struct scan *scan, const char *line, size_t length, bool is_cut, struct err *err)
{
	if (scan->sort == SORT_IGNORED) {
		return true;
	}
	if (is_cut && !is_text(scan)) {
		if (scan->sort == SORT_EVENT) {
			scan->event.trouble = "line-too-long";
		}
		scan->sort = SORT_IGNORED;
		scan->text.length = scan->line_start;
		return true;
	}
	return keep(scan, line, length, err);
}

static inline bool begins(const char *line, size_t length, const char *word, size_t word_length)
{
	return length > word_length && ((line[0] ^ word[0]) & ~0x20) == 0 &&
	       (memcmp(line, word, word_length) == 0 || strncasecmp(line, word, word_length) == 0);
}

static bool is_property(const char *line, size_t length, const char *name, size_t name_length)
{
	return begins(line, length, name, name_length) && (line[name_length] == ':' || line[name_length] == ';');
}

/* The lines that digest.c knows. No text swallows them, or the two would not see the same events. */
static bool is_structure(const char *line, size_t length)
{
	return begins(line, length, "BEGIN:", 6) || begins(line, length, "END:", 4) ||
	       is_property(line, length, "UID", 3) || is_property(line, length, "DTSTAMP", 7) ||
	       is_property(line, length, "LAST-MODIFIED", 13);
}

/* vCalendar 1.0: a line of QUOTED-PRINTABLE that ends in "=" goes on in the next, which begins with white space only
 * where somebody has folded it as well. `header` is the beginning of the logical line, as far as it is at hand. */
static bool has_soft_break(struct scan *scan, const char *header, size_t header_length, const char *line, size_t length)
{
	if (length == 0 || line[length - 1] != '=' || scan_top(scan) != PART_EVENT) {
		return false;
	}
	scan->is_quoted = scan->is_quoted || quoted_is_used(header, header_length);
	return scan->is_quoted;
}

/* A physical line that belongs to the logical line before it. */
static bool take_continuation(struct scan *scan, const char *line, size_t length, bool is_cut, struct err *err)
{
	bool is_kept = scan->sort != SORT_IGNORED;

	if (length > 0 && (line[0] == ' ' || line[0] == '\t')) {
		line++;
		length--;
	}
	scan->is_soft_broken = has_soft_break(scan, is_kept ? scan->text.bytes + scan->line_start : "",
					      is_kept ? scan->text.length - scan->line_start : 0, line, length);
	return go_on(scan, line, length - scan->is_soft_broken, is_cut, err);
}

/* The first physical line of a property, or of what is taken for one. */
static bool begin_line(struct scan *scan, enum sort sort, const char *line, size_t length, bool is_cut, struct err *err)
{
	scan->sort = sort;
	scan->line_start = scan->text.length;
	scan->is_soft_broken = line[length - 1] == '=' && has_soft_break(scan, line, length, line, length);
	return sort == SORT_IGNORED || go_on(scan, line, length - scan->is_soft_broken, is_cut, err);
}

/* A physical line that is not empty. */
static bool take_any_line(struct scan *scan, const char *line, size_t length, bool is_cut, struct err *err)
{
	bool goes_on = scan->is_soft_broken, ok;

	scan->is_soft_broken = false;
	if (scan->depth == 0 && length >= 3 && memcmp(line, "\xEF\xBB\xBF", 3) == 0) { /* a byte order mark */
		line += 3;
		length -= 3;
	}
	if (length == 0) {
		return true;
	}
	if (line[0] == ' ' || line[0] == '\t' || (goes_on && !is_structure(line, length))) {
		return scan->depth > 0 ? take_continuation(scan, line, length, is_cut, err)
				       : is_outside_line_fine(line, length, err);
	}
	if (!end_line(scan, err)) {
		return false;
	}
	scan->is_quoted = false;
	if (is_cut && (begins(line, length, "BEGIN:", 6) || begins(line, length, "END:", 4))) {
		return scan_event_level(scan) >= 0 || err_set(err, "not a calendar: a component without a usable name");
	}
	if (begins(line, length, "BEGIN:", 6)) {
		ok = scan_begin_component(scan, line + 6, length - 6, err);
		scan->in_event = scan_top(scan) == PART_EVENT;
		return ok;
	}
	if (begins(line, length, "END:", 4)) {
		ok = scan_end_component(scan, line + 4, length - 4, err);
		scan->in_event = scan_top(scan) == PART_EVENT;
		return ok;
	}
	if (scan->depth == 0) {
		return is_outside_line_fine(line, length, err);
	}
	return begin_line(scan, sort_line(scan, line, length), line, length, is_cut, err);
}

/* Keeps a logical line that consists of one physical line, in one step; nearly all do. Returns false when the line
 * needs the other way, where begin_line and end_line take it. */
static bool take_whole_line(struct scan *scan, enum sort sort, const char *line, size_t length)
{
	struct buffer *text = &scan->text;

	if (sort != SORT_EVENT || scan->any_nul || text->length + length > ICS_TEXT_LINE_MAX ||
	    length + 2 > text->capacity - text->length || scan->event.kept_count == scan->kept_capacity ||
	    (scan_is_time(scan->property) && scan_has_bare_zone(line, length))) {
		return false;
	}
	memcpy(text->bytes + text->length, line, length);
	memcpy(text->bytes + text->length + length, "\r\n", 2);
	list_line(scan, text->length, length);
	text->length += length + 2;
	return true;
}

/* Returns whether the line, which follows no soft break, certainly begins a property: none that the scanner knows as
 * something else begins with this letter. */
static bool is_plain_property(const char *line)
{
	char letter = (char)(line[0] & ~0x20);
	return letter >= 'A' && letter <= 'Z' && letter != 'B' && letter != 'E';
}

/* Returns whether a line that begins with this byte may belong to the one before; an empty line ends none. */
static bool may_go_on(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* A physical line that begins a property of the open event. `next` and `end`: see take_line. */
static bool take_property(struct scan *scan, const struct known *known, const char *line, size_t length,
			  const char *next, const char *end, struct err *err)
{
	enum sort sort;

	if (scan->sort != SORT_IGNORED && !end_line(scan, err)) {
		return false;
	}
	scan->is_quoted = false;
	sort = sort_property(scan, known);
	if (line[length - 1] != '=' &&
	    (sort == SORT_IGNORED || (next < end && !may_go_on(*next) && take_whole_line(scan, sort, line, length)))) {
		scan->sort = SORT_IGNORED;
		return true;
	}
	return begin_line(scan, sort, line, length, false, err);
}

/* One physical line, without its line feed. `is_cut`: see go_on. `next`: where the next line begins in
 * memory, of which there are the bytes before `end`; both are NULL when this line stands elsewhere. The two kinds that
 * nearly all lines of a calendar are come first: what goes on with a description that nobody wants, and an event's
 * properties. */
static bool take_line(struct scan *scan, const char *line, size_t length, bool is_cut, const char *next,
		      const char *end, struct err *err)
{
	while (length > 0 && line[length - 1] == '\r') {
		length--;
	}
	if (length == 0) {
		scan->is_soft_broken = false;
		return true;
	}
	if (scan->depth == 0 || scan->is_soft_broken || is_cut) {
		return take_any_line(scan, line, length, is_cut, err);
	}
	if (line[0] == ' ' && scan->sort == SORT_IGNORED && line[length - 1] != '=') {
		return true;
	}
	if (!scan->in_event || !is_plain_property(line)) {
		return take_any_line(scan, line, length, is_cut, err);
	}
	return take_property(scan, known_find(&scan->known, line, length, next), line, length, next, end, err);
}

static bool finish_carried_line(struct scan *scan, struct err *err)
{
	bool ok = take_line(scan, scan->carry.bytes, scan->carry.length, scan->overlong, NULL, NULL, err);

	scan->overlong = false;
	scan->carry.length = 0;
	return ok;
}

static bool carry_on(struct scan *scan, const char *bytes, size_t length, struct err *err)
{
	if (length > ICS_LINE_MAX - scan->carry.length) {
		scan->overlong = true;
		length = ICS_LINE_MAX - scan->carry.length;
	}
	return buffer_append(&scan->carry, bytes, length, err);
}

/* Returns the first byte behind the line; NULL when its end has not come yet. */
static const char *next_line(const char *bytes, const char *end)
{
	const char *feed = memchr(bytes, '\n', (size_t)(end - bytes));
	return feed ? feed + 1 : NULL;
}

static bool complete_carried_line(struct scan *scan, const char **bytes, const char *end, struct err *err)
{
	const char *next = next_line(*bytes, end);
	size_t length = next ? (size_t)(next - *bytes) - 1 : (size_t)(end - *bytes);

	if (!carry_on(scan, *bytes, length, err)) {
		return false;
	}
	*bytes = next ? next : end;
	return !next || finish_carried_line(scan, err);
}

bool scan_feed(struct scan *scan, const char *bytes, size_t length, struct err *err)
{
	const char *end = bytes + length;

	if (length > ICS_BODY_MAX - scan->total) {
		return err_set(err, "larger than %d MiB", ICS_BODY_MAX >> 20);
	}
	scan->total += length;
	scan->any_nul = scan->any_nul || memchr(bytes, '\0', length);
	if (scan->carry.length > 0 && !complete_carried_line(scan, &bytes, end, err)) {
		return false;
	}
	while (bytes < end) {
		const struct known_hint *repeated = scan->in_event && !scan->is_soft_broken
							    ? known_repeated(&scan->known, bytes, (size_t)(end - bytes))
							    : NULL;
		const char *next = repeated ? bytes + repeated->whole_length : next_line(bytes, end);
		size_t line_length = (size_t)((next ? next - 1 : end) - bytes);
		bool is_cut = line_length > ICS_LINE_MAX;

		if (!next) {
			return carry_on(scan, bytes, line_length, err);
		}
		if (repeated ? !take_property(scan, repeated->known, bytes, repeated->line_length, next, end, err)
			     : !take_line(scan, bytes, is_cut ? ICS_LINE_MAX : line_length, is_cut, next, end, err)) {
			return false;
		}
		bytes = next;
	}
	return true;
}

bool scan_finish(struct scan *scan, struct err *err)
{
	if (scan->carry.length > 0 && !finish_carried_line(scan, err)) {
		return false;
	}
	if (!end_line(scan, err)) {
		return false;
	}
	if (scan->depth > 0) {
		return err_set(err, "not a whole calendar: %s is never closed", scan->levels[scan->depth - 1].name);
	}
	if (!scan->any_calendar) {
		return err_set(err, "not a calendar: it is empty");
	}
	return true;
}
