/* See wire.h. Texts are percent-encoded, so that no server has a letter in them that it would escape, fold or recode in
 * a way of its own. */
#include "wire.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/limits.h"
#include "ical/civil.h"
#include "ical/small.h"
#include "ical/utf8.h"

enum { FOLD_BYTES = 72 };

#define LAST_SECOND INT64_C(253402300799) /* of the year 9999 */

/* What stands behind X-SK- . */
enum field {
	FIELD_ACTION,
	FIELD_BOX,
	FIELD_SEQ,
	FIELD_AT,
	FIELD_DOUBT,
	FIELD_TOKEN,
	FIELD_PLACE,
	FIELD_FEED,
	FIELD_BOOKING,
	FIELD_RECURRENCE,
	FIELD_PERSON,
	FIELD_START,
	FIELD_END,
	FIELD_TARGET,
	FIELD_COUNT
};

static const char *const field_names[FIELD_COUNT] = {
	"X-SK-ACTION", "X-SK-BOX",     "X-SK-SEQ",   "X-SK-AT",     "X-SK-DOUBT", "X-SK-TOKEN", "X-SK-PLACE",
	"X-SK-FEED",   "X-SK-BOOKING", "X-SK-RECUR", "X-SK-PERSON", "X-SK-START", "X-SK-END",   "X-SK-TARGET"};

bool wire_is_box(const char *text)
{
	size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-");
	return length > 0 && length <= SHARE_BOX_MAX && text[length] == '\0' && text[0] != '-' &&
	       text[length - 1] != '-' && !strstr(text, "--");
}

void wire_name(const struct journal_entry *entry, char out[WIRE_NAME_SIZE])
{
	struct civil day = civil_from_local(entry->at_utc);
	snprintf(out, WIRE_NAME_SIZE, "%04d%02d%02d-%s-%" PRId64 ".ics", day.year, day.month, day.day, entry->box,
		 entry->seq);
}

/* Digits only, no leading zero, at most `max`. */
static bool read_number(const char *text, size_t length, int64_t max, int64_t *out)
{
	int64_t value = 0;
	if (length == 0 || length > 16 || (length > 1 && text[0] == '0')) {
		return false;
	}
	for (size_t i = 0; i < length; i++) {
		if (text[i] < '0' || text[i] > '9') {
			return false;
		}
		value = value * 10 + (text[i] - '0');
	}
	*out = value;
	return value <= max;
}

static bool read_day(const char *text, int32_t *out_day)
{
	int year = 0, month = 0, day = 0;
	if (strspn(text, "0123456789") != 8 || sscanf(text, "%4d%2d%2d", &year, &month, &day) != 3 || month < 1 ||
	    month > 12 || day < 1 || year < 1 || day > civil_days_in_month(year, month)) {
		return false;
	}
	*out_day = civil_day(year, month, day);
	return true;
}

bool wire_name_read(const char *name, struct wire_name *out)
{
	size_t length = strlen(name);
	struct wire_name read = {0};
	if (length >= WIRE_NAME_SIZE || length < 8 + 1 + 1 + 1 + 1 + 4 || name[8] != '-' ||
	    strcmp(name + length - 4, ".ics") != 0 || !read_day(name, &read.day)) {
		return false;
	}
	const char *box = name + 9, *end = name + length - 4, *dash = end;
	while (dash > box && dash[-1] != '-') {
		dash--;
	}
	size_t box_length = dash > box ? (size_t)(dash - 1 - box) : 0;
	if (box_length == 0 || box_length > SHARE_BOX_MAX ||
	    !read_number(dash, (size_t)(end - dash), JOURNAL_SEQ_MAX, &read.seq)) {
		return false;
	}
	memcpy(read.box, box, box_length);
	*out = read;
	return wire_is_box(read.box);
}

/* Letters that stand for themselves. */
static bool is_plain(unsigned char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
	       byte == '.' || byte == '_' || byte == '-';
}

static void put_line(FILE *out, const char *name, const char *value)
{
	size_t column = strlen(name) + 1;
	fprintf(out, "%s:", name);
	for (const char *p = value; *p; p++) {
		if (column >= FOLD_BYTES) {
			fputs("\r\n ", out);
			column = 1;
		}
		fputc(*p, out);
		column++;
	}
	fputs("\r\n", out);
}

static bool put_text(FILE *out, enum field field, const char *text)
{
	char coded[3 * SHARE_TEXT_MAX + 1];
	char *to = coded;
	if (strlen(text) > SHARE_TEXT_MAX) {
		return false;
	}
	for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
		if (is_plain(*p)) {
			*to++ = (char)*p;
		} else {
			to += snprintf(to, 4, "%%%02X", *p);
		}
	}
	*to = '\0';
	put_line(out, field_names[field], coded);
	return true;
}

static void put_number(FILE *out, enum field field, int64_t number)
{
	char text[24];
	snprintf(text, sizeof(text), "%" PRId64, number);
	put_line(out, field_names[field], text);
}

static void put_instant(FILE *out, const char *name, int64_t utc_s)
{
	struct civil at = civil_from_local(utc_s);
	fprintf(out, "%s:%04d%02d%02dT%02d%02d%02dZ\r\n", name, at.year, at.month, at.day, at.hour, at.minute,
		at.second);
}

static bool put_entry(FILE *out, const struct journal_entry *entry)
{
	const struct {
		enum field field;
		const char *text;
	} texts[] = {{FIELD_BOX, entry->box},      {FIELD_TOKEN, entry->token},
		     {FIELD_PLACE, entry->place},  {FIELD_FEED, entry->feed},
		     {FIELD_BOOKING, entry->uid},  {FIELD_RECURRENCE, entry->recurrence_id},
		     {FIELD_PERSON, entry->label}, {FIELD_TARGET, entry->target}};
	put_number(out, FIELD_ACTION, entry->action);
	put_number(out, FIELD_SEQ, entry->seq);
	put_number(out, FIELD_AT, entry->at_utc);
	put_number(out, FIELD_DOUBT, entry->doubt);
	put_number(out, FIELD_START, entry->start_utc);
	put_number(out, FIELD_END, entry->end_utc);
	bool ok = true;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		ok = ok && put_text(out, texts[i].field, texts[i].text);
	}
	return ok;
}

/* Servers want an event with a UID and times. It is transparent and private, in case somebody subscribes to it. */
char *wire_write(const struct journal_entry *entry)
{
	char *text = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);
	if (!out) {
		return NULL;
	}
	fputs("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Satellitkiosk//share 1//EN\r\nBEGIN:VEVENT\r\n", out);
	fprintf(out, "UID:%s-%" PRId64 "@satellitkiosk\r\n", entry->box, entry->seq);
	put_instant(out, "DTSTAMP", entry->at_utc);
	put_instant(out, "DTSTART", entry->at_utc);
	fputs("SUMMARY:Satellitkiosk\r\nCLASS:PRIVATE\r\nTRANSP:TRANSPARENT\r\n", out);
	bool ok = put_entry(out, entry);
	fputs("END:VEVENT\r\nEND:VCALENDAR\r\n", out);
	if (fclose(out) != 0 || !ok) {
		free(text);
		return NULL;
	}
	return text;
}

/* Undoes the folding into `out`, which has room for `length` + 1 bytes. Lines end with a single LF. */
static size_t unfold(const char *bytes, size_t length, char *out)
{
	size_t written = 0;
	for (size_t i = 0; i < length; i++) {
		bool is_fold = bytes[i] == '\n' && i + 1 < length && (bytes[i + 1] == ' ' || bytes[i + 1] == '\t');
		if (is_fold) {
			i++;
		} else if (bytes[i] != '\r') {
			out[written++] = bytes[i];
		}
	}
	out[written] = '\0';
	return written;
}

static int hex_value(char digit)
{
	return digit >= '0' && digit <= '9' ? digit - '0' : digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
}

/* Decodes in place. Only what put_text writes is accepted: nothing that is plain is encoded, no control character, and
 * nothing that would turn the text around it on a screen or in a terminal. */
static bool decode_text(char *text)
{
	char *to = text;
	for (const char *from = text; *from; from++) {
		unsigned char byte = (unsigned char)*from;
		if (byte == '%') {
			int high = hex_value(from[1]), low = high < 0 ? -1 : hex_value(from[2]);
			byte = (unsigned char)(high * 16 + low);
			if (low < 0 || byte < ' ' || byte == 0x7f || is_plain(byte)) {
				return false;
			}
			from += 2;
		} else if (!is_plain(byte)) {
			return false;
		}
		*to++ = (char)byte;
	}
	*to = '\0';
	size_t length = (size_t)(to - text);
	for (size_t i = 0; i < length;) {
		int32_t code = utf8_next(text, length, &i);
		if (code <= 0 || utf8_is_unwanted(code)) {
			return false;
		}
	}
	return length <= SHARE_TEXT_MAX;
}

struct reading {
	char *values[FIELD_COUNT]; /* into the unfolded text; NULL not seen */
	int events, ends;
};

/* "NAME;parameters:value" of one line. Servers may add properties and parameters of their own. */
static bool take_line(struct reading *reading, char *line)
{
	char *colon = strchr(line, ':');
	if (strcmp(line, "BEGIN:VEVENT") == 0 || strcmp(line, "END:VEVENT") == 0) {
		reading->events += line[0] == 'B';
		reading->ends += line[0] == 'E';
		return reading->events == 1;
	}
	for (int field = 0; colon && field < FIELD_COUNT; field++) {
		if (small_is_named(line, strlen(line), field_names[field])) {
			bool is_first = !reading->values[field];
			reading->values[field] = colon + 1;
			return is_first && reading->events == 1 && reading->ends == 0;
		}
	}
	return true;
}

static bool take_lines(struct reading *reading, char *text)
{
	char *rest = text;
	for (char *line = strsep(&rest, "\n"); line; line = strsep(&rest, "\n")) {
		if (!take_line(reading, line)) {
			return false;
		}
	}
	for (int field = 0; field < FIELD_COUNT; field++) {
		if (!reading->values[field]) {
			return false;
		}
	}
	return reading->events == 1 && reading->ends == 1;
}

static bool number_of(const struct reading *reading, enum field field, int64_t max, int64_t *out)
{
	const char *value = reading->values[field];
	bool is_negative = value[0] == '-' && max == INT64_MAX;
	bool ok = read_number(value + is_negative, strlen(value) - is_negative, max, out);
	*out = is_negative ? -*out : *out;
	return ok;
}

static bool numbers_of(const struct reading *reading, struct journal_entry *entry)
{
	int64_t action = 0, doubt = 0;
	bool ok = number_of(reading, FIELD_ACTION, JOURNAL_UNDO, &action) && action >= JOURNAL_CHECK_IN &&
		  number_of(reading, FIELD_SEQ, JOURNAL_SEQ_MAX, &entry->seq) && entry->seq > 0 &&
		  number_of(reading, FIELD_AT, LAST_SECOND, &entry->at_utc) &&
		  number_of(reading, FIELD_DOUBT, JOURNAL_ARRIVED, &doubt) && doubt != JOURNAL_DOUBTFUL &&
		  number_of(reading, FIELD_START, INT64_MAX, &entry->start_utc) &&
		  number_of(reading, FIELD_END, INT64_MAX, &entry->end_utc);
	entry->action = (enum journal_action)action;
	entry->doubt = (enum journal_doubt)doubt;
	return ok;
}

/* Undo and the rest of a stay name an entry; whoever sits down names a place. */
static bool is_sound(const struct journal_entry *entry)
{
	return entry->token[0] && wire_is_box(entry->box) && (entry->action != JOURNAL_UNDO || entry->target[0]) &&
	       (entry->place[0] || entry->action == JOURNAL_UNDO) &&
	       (entry->action != JOURNAL_CHECK_IN || entry->uid[0]) &&
	       (entry->action != JOURNAL_DROP_IN || !entry->uid[0]);
}

static bool copy_texts(struct journal_entry *entry)
{
	char **const texts[] = {&entry->token, &entry->box,           &entry->place, &entry->feed,
				&entry->uid,   &entry->recurrence_id, &entry->label, &entry->target};
	struct journal_entry copy = *entry;
	bool ok = true;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		*texts[i] = strdup(*texts[i]);
		ok = ok && *texts[i];
	}
	if (!ok) {
		journal_entry_finish(entry);
		*entry = copy;
	}
	return ok;
}

static const char *read_entry(const char *name, char *text, struct journal_entry *out_entry)
{
	struct reading reading = {0};
	struct journal_entry entry = {0};
	char own_name[WIRE_NAME_SIZE];
	if (!take_lines(&reading, text) || !numbers_of(&reading, &entry)) {
		return "spoilt";
	}
	for (int field = 0; field < FIELD_COUNT; field++) {
		if (!decode_text(reading.values[field])) {
			return "spoilt";
		}
	}
	entry.token = reading.values[FIELD_TOKEN];
	entry.box = reading.values[FIELD_BOX];
	entry.place = reading.values[FIELD_PLACE];
	entry.feed = reading.values[FIELD_FEED];
	entry.uid = reading.values[FIELD_BOOKING];
	entry.recurrence_id = reading.values[FIELD_RECURRENCE];
	entry.label = reading.values[FIELD_PERSON];
	entry.target = reading.values[FIELD_TARGET];
	if (!is_sound(&entry)) {
		return "spoilt";
	}
	wire_name(&entry, own_name);
	if (strcmp(own_name, name) != 0) {
		return "misnamed";
	}
	if (!copy_texts(&entry)) {
		return NULL;
	}
	*out_entry = entry;
	return "";
}

bool wire_read(const char *name, const char *bytes, size_t length, struct journal_entry *out_entry,
	       const char **out_reason)
{
	*out_reason = "too large";
	if (length > SHARE_OBJECT_MAX) {
		return false;
	}
	*out_reason = "spoilt";
	if (memchr(bytes, '\0', length)) {
		return false;
	}
	char *text = malloc(length + 1);
	if (!text) {
		*out_reason = NULL;
		return false;
	}
	unfold(bytes, length, text);
	*out_reason = read_entry(name, text, out_entry);
	free(text);
	return *out_reason && **out_reason == '\0';
}
