/* See words.h. Weekdays and months are texts of the catalogue, so that a language needs nothing but a .po file. */
#include "words.h"

#include <stddef.h>
#include <string.h>

#include "ical/civil.h"
#include "ical/utf8.h"
#include "app/base/i18n.h"

static const char *const weekdays[] = {TR_MARK("Monday"),   TR_MARK("Tuesday"), TR_MARK("Wednesday"),
				       TR_MARK("Thursday"), TR_MARK("Friday"),  TR_MARK("Saturday"),
				       TR_MARK("Sunday")};
static const char *const short_weekdays[] = {TR_MARK("Mon"), TR_MARK("Tue"), TR_MARK("Wed"), TR_MARK("Thu"),
					     TR_MARK("Fri"), TR_MARK("Sat"), TR_MARK("Sun")};
static const char *const months[] = {TR_MARK("January"), TR_MARK("February"), TR_MARK("March"),
				     TR_MARK("April"),   TR_MARK("May"),      TR_MARK("June"),
				     TR_MARK("July"),    TR_MARK("August"),   TR_MARK("September"),
				     TR_MARK("October"), TR_MARK("November"), TR_MARK("December")};
static const char *const short_months[] = {TR_MARK("Jan"), TR_MARK("Feb"), TR_MARK("Mar"), TR_MARK("Apr"),
					   TR_MARK("May"), TR_MARK("Jun"), TR_MARK("Jul"), TR_MARK("Aug"),
					   TR_MARK("Sep"), TR_MARK("Oct"), TR_MARK("Nov"), TR_MARK("Dec")};

static struct civil civil_of_day(int32_t day)
{
	return civil_from_local((int64_t)day * DAY_S);
}

/* Times look the same in every language, because the screen shows a 24-hour clock. */
static struct civil civil_at(const struct zone *zone, int64_t utc)
{
	return civil_from_local(zone_local(zone, utc));
}

const char *words_clock(struct arena *arena, const struct zone *zone, int64_t utc)
{
	struct civil civil = civil_at(zone, utc);
	return arena_print(arena, "%02d:%02d", civil.hour, civil.minute);
}

const char *words_span(struct arena *arena, const struct zone *zone, int64_t from, int64_t to)
{
	struct civil start = civil_at(zone, from), end = civil_at(zone, to);
	return arena_print(arena, "%02d:%02d–%02d:%02d", start.hour, start.minute, end.hour, end.minute);
}

const char *words_weekday(int32_t day)
{
	return tr(weekdays[civil_weekday(day)]);
}

const char *words_weekday_short(int32_t day)
{
	return tr(short_weekdays[civil_weekday(day)]);
}

const char *words_month_short(int32_t day)
{
	return tr(short_months[civil_of_day(day).month - 1]);
}

const char *words_date(struct arena *arena, int32_t day)
{
	struct civil civil = civil_of_day(day);
	/* weekday, day of the month, month */
	return arena_print(arena, tr("%s %d %s"), words_weekday(day), civil.day, tr(months[civil.month - 1]));
}

const char *words_date_short(struct arena *arena, int32_t day)
{
	struct civil civil = civil_of_day(day);
	/* day of the month, month */
	return arena_print(arena, tr("%d %s"), civil.day, tr(months[civil.month - 1]));
}

const char *words_date_brief(struct arena *arena, int32_t day)
{
	/* weekday, day of the month, month; all shortened */
	return arena_print(arena, tr("%s %d %s"), words_weekday_short(day), civil_of_day(day).day,
			   words_month_short(day));
}

const char *words_month_year(struct arena *arena, int32_t day)
{
	struct civil civil = civil_of_day(day);
	/* month, year */
	return arena_print(arena, tr("%s %d"), tr(months[civil.month - 1]), civil.year);
}

const char *words_week(struct arena *arena, int32_t day)
{
	return arena_print(arena, tr("Week %d"), civil_iso_week(day, NULL));
}

const char *words_in_days(struct arena *arena, int32_t days)
{
	if (days <= 0) {
		return tr("today");
	}
	if (days == 1) {
		return tr("tomorrow");
	}
	return arena_print(arena, tr_n("in %lu day", "in %lu days", (unsigned long)days), (unsigned long)days);
}

const char *words_moment(struct arena *arena, const struct zone *zone, int64_t utc, int32_t today)
{
	int32_t day = zone_day(zone, utc);
	const char *clock = words_clock(arena, zone, utc);
	/* date, time */
	return day == today ? clock : arena_print(arena, tr("%s at %s"), words_date(arena, day), clock);
}

/* "N.S." is already reduced to initials, and "N" is no name to greet anybody with. */
static bool begins_with_initial(const char *name)
{
	size_t length = strcspn(name, " ");
	return memchr(name, '.', length) || length <= utf8_letter(name, length);
}

const char *words_first_name(struct arena *arena, const char *name)
{
	return begins_with_initial(name) ? "" : arena_copy(arena, name, strcspn(name, " "));
}

const char *words_initials(struct arena *arena, const char *name)
{
	const char *initials = "";
	for (const char *word = begins_with_initial(name) ? "" : name; *word;) {
		size_t length = strcspn(word, " ");
		if (length > 0) {
			const char *letter = arena_copy(arena, word, utf8_letter(word, length));
			initials = arena_print(arena, "%s%s.", initials, letter);
		}
		word += length + strspn(word + length, " ");
	}
	return strlen(initials) < strlen(name) ? initials : "";
}

const char *words_sentence(struct arena *arena, const char *text)
{
	size_t length = strlen(text);
	bool has_end = length > 0 && strchr(".!?", text[length - 1]);
	return has_end ? arena_copy(arena, text, length) : arena_print(arena, "%s.", text);
}

const char *words_capital(struct arena *arena, const char *text)
{
	bool is_small = text[0] >= 'a' && text[0] <= 'z';
	return is_small ? arena_print(arena, "%c%s", text[0] - 'a' + 'A', text + 1) : text;
}

/* Returns where a letter stands in the Swedish alphabet, as the capital letter that it is filed under. */
static int32_t filed_under(int32_t letter)
{
	static const struct {
		int32_t letter, under;
	} letters[] = {{0xC0, 'A'}, {0xC1, 'A'}, {0xC2, 'A'}, {0xC3, 'A'}, {0xC6, 0xC4}, {0xC7, 'C'}, {0xC8, 'E'},
		       {0xC9, 'E'}, {0xCA, 'E'}, {0xCB, 'E'}, {0xCC, 'I'}, {0xCD, 'I'},  {0xCE, 'I'}, {0xCF, 'I'},
		       {0xD0, 'D'}, {0xD1, 'N'}, {0xD2, 'O'}, {0xD3, 'O'}, {0xD4, 'O'},  {0xD5, 'O'}, {0xD8, 0xD6},
		       {0xD9, 'U'}, {0xDA, 'U'}, {0xDB, 'U'}, {0xDC, 'Y'}, {0xDD, 'Y'}};
	if (letter >= 'a' && letter <= 'z') {
		return letter - 'a' + 'A';
	}
	letter = letter >= 0xE0 && letter <= 0xFE && letter != 0xF7 ? letter - 0x20 : letter;
	bool has_accent = letter >= 0xC0 && letter <= 0xDD;
	for (size_t i = 0; has_accent && i < sizeof(letters) / sizeof(letters[0]); i++) {
		if (letters[i].letter == letter) {
			return letters[i].under;
		}
	}
	return letter;
}

int32_t words_letter(const char *name)
{
	size_t at = 0;
	return name[0] ? filed_under(utf8_next(name, strlen(name), &at)) : 0;
}

/* Å comes before Ä although its number is higher. */
static int32_t rank_of(int32_t letter)
{
	return letter == 0xC5 ? 0xC4 * 2 - 1 : letter * 2;
}

void words_sort_key(const char *name, unsigned char out_key[WORDS_KEY_BYTES])
{
	size_t at = 0, length = strlen(name);
	memset(out_key, 0, WORDS_KEY_BYTES);
	for (size_t i = 0; i < WORDS_KEY_BYTES && at < length; i += WORDS_KEY_LETTER) {
		int32_t rank = rank_of(filed_under(utf8_next(name, length, &at))) + 1;
		out_key[i] = (unsigned char)(rank >> 16);
		out_key[i + 1] = (unsigned char)(rank >> 8);
		out_key[i + 2] = (unsigned char)rank;
	}
}

const char *words_capital_letter(struct arena *arena, const char *name)
{
	int32_t letter = words_letter(name);
	if (letter < 0x80) {
		return letter > 0 ? arena_print(arena, "%c", (int)letter) : "";
	}
	/* Capitals of Latin-1 are the only ones that differ from what the name begins with. */
	return letter < 0x100 ? arena_print(arena, "%c%c", (char)(0xC0 | (letter >> 6)), (char)(0x80 | (letter & 0x3F)))
			      : arena_copy(arena, name, utf8_letter(name, strlen(name)));
}
