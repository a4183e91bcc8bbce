/* See text.h. Columns are counted with wcwidth, so that å, ö and Sámi letters stand in line. */
#include "text.h"

#include "ical/utf8.h"

#include <jansson.h>

#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "ical/civil.h"

const char *cli_utc(char *out, int64_t utc_s)
{
	struct civil at = civil_from_local(utc_s);
	snprintf(out, CLI_TIME_MAX, "%04d-%02d-%02dT%02d:%02d:%02dZ", at.year, at.month, at.day, at.hour, at.minute,
		 at.second);
	return out;
}

const char *cli_date(char *out, int32_t day)
{
	struct civil at = civil_from_local((int64_t)day * DAY_S);
	snprintf(out, CLI_TIME_MAX, "%04d-%02d-%02d", at.year, at.month, at.day);
	return out;
}

const char *cli_local(char *out, const struct zone *zone, int64_t utc_s)
{
	struct civil at = civil_from_local(zone_local(zone, utc_s));
	snprintf(out, CLI_TIME_MAX, "%04d-%02d-%02d %02d:%02d", at.year, at.month, at.day, at.hour, at.minute);
	return out;
}

const char *cli_clock(char *out, const struct zone *zone, int64_t utc_s)
{
	struct civil at = civil_from_local(zone_local(zone, utc_s));
	snprintf(out, CLI_TIME_MAX, "%02d:%02d", at.hour, at.minute);
	return out;
}

const char *cli_count(size_t count, const char *one, const char *many)
{
	return count == 1 ? one : many;
}

const char *cli_ago(char *out, int64_t seconds)
{
	static const struct {
		int64_t length_s;
		const char *unit;
	} units[] = {{2 * DAY_S, "days"}, {2 * 3600, "h"}, {2 * 60, "min"}};
	static const int64_t divisors_s[] = {DAY_S, 3600, 60};
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		if (seconds >= units[i].length_s) {
			snprintf(out, CLI_TIME_MAX, "%" PRId64 " %s", seconds / divisors_s[i], units[i].unit);
			return out;
		}
	}
	snprintf(out, CLI_TIME_MAX, "%" PRId64 " s", seconds);
	return out;
}

json_t *cli_json_utc(int64_t utc_s)
{
	char text[CLI_TIME_MAX];
	return utc_s ? json_string(cli_utc(text, utc_s)) : json_null();
}

/* A path may hold any bytes; each replacement character takes the room of at most three of them. */
char *cli_clean(const char *text)
{
	size_t length = strlen(text);
	char *clean = malloc(3 * length + 1);
	if (clean) {
		utf8_clean(text, length, clean, 3 * length);
	}
	return clean;
}

json_t *cli_json_path(const char *path)
{
	char *text = cli_clean(path);
	json_t *string = text ? json_string(text) : NULL;
	free(text);
	return string;
}

json_t *cli_json_text(const char *text)
{
	return text[0] ? json_string(text) : json_null();
}

static json_t *json_moment(bool is_date, int32_t day, int64_t utc_s)
{
	char text[CLI_TIME_MAX];
	return json_string(is_date ? cli_date(text, day) : cli_utc(text, utc_s));
}

json_t *cli_json_start(const struct span *span)
{
	return json_moment(span->all_day, span->start_day, span->start_utc);
}

json_t *cli_json_end(const struct span *span)
{
	return json_moment(span->all_day, span->end_day, span->end_utc);
}

bool cli_json_print(json_t *document)
{
	if (!document) {
		return false;
	}
	bool ok = json_dumpf(document, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(12)) == 0;
	json_decref(document);
	putchar('\n');
	return ok;
}

int cli_width(const char *text)
{
	int width = 0;
	mbstate_t state = {0};
	for (;;) {
		wchar_t letter = 0;
		size_t length = mbrtowc(&letter, text, MB_LEN_MAX, &state);
		if (length == 0 || length == (size_t)-1 || length == (size_t)-2) {
			return width;
		}
		int columns = wcwidth(letter);
		width += columns > 0 ? columns : 0;
		text += length;
	}
}

void cli_column(const char *text, int width)
{
	int padding = width - cli_width(text);
	printf("%s%*s", text, (padding > 0 ? padding : 0) + 2, "");
}

static void csv_field(const char *before, const char *text, bool is_last)
{
	bool must_quote = strpbrk(text, "\",\r\n") != NULL;
	if (must_quote) {
		putchar('"');
	}
	fputs(before, stdout);
	for (const char *at = text; *at; at++) {
		if (*at == '"') {
			putchar('"');
		}
		putchar(*at);
	}
	if (must_quote) {
		putchar('"');
	}
	fputs(is_last ? "\r\n" : ",", stdout);
}

void cli_line(const char *label, const char *text)
{
	char *clean = cli_clean(text);
	printf("%s%s\n", label, clean ? clean : "");
	free(clean);
}

void cli_csv(const char *text, bool is_last)
{
	csv_field("", text, is_last);
}

void cli_csv_foreign(const char *text, bool is_last)
{
	bool is_formula = text[0] && strchr("=+-@\t\r", text[0]);
	csv_field(is_formula ? "'" : "", text, is_last);
}
