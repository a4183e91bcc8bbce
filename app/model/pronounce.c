/* See pronounce.h. The text is read once. At each position the first rule that finds something writes it as it is said;
 * where none does, the character stays. */
#include "pronounce.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "ical/utf8.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* What is said is at most so many times as long as what is written: a clock is the longest. */
enum { GROWTH = 8, SPARE = 64 };

struct writer {
	struct arena *arena;
	bool is_swedish, is_english;
	const char *text; /* all of it, so that a rule can look back */
	char *out;
	size_t size, length;
};

static void write_bytes(struct writer *writer, const char *bytes, size_t count)
{
	if (writer->length + count < writer->size) {
		memcpy(writer->out + writer->length, bytes, count);
		writer->length += count;
		writer->out[writer->length] = '\0';
	}
}

static void write_text(struct writer *writer, const char *text)
{
	write_bytes(writer, text, strlen(text));
}

static bool ends_with(const struct writer *writer, const char *end)
{
	size_t length = strlen(end);
	return writer->length >= length && strcmp(writer->out + writer->length - length, end) == 0;
}

/* Writes a word before what follows, unless it has just been said. */
static void write_before(struct writer *writer, const char *word)
{
	if (!ends_with(writer, word)) {
		write_text(writer, word);
	}
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_word_start(const struct writer *writer, const char *at)
{
	return at == writer->text ||
	       !(isalnum((unsigned char)at[-1]) || (unsigned char)at[-1] >= 0x80 || at[-1] == ':' || at[-1] == '-') ||
	       (at - writer->text >= 3 && (memcmp(at - 3, "–", 3) == 0));
}

static bool is_word_end(const char *at)
{
	return !(isalnum((unsigned char)*at) || (unsigned char)*at >= 0xC3);
}

static const char *const swedish_ones[] = {"noll",    "ett",    "två",    "tre",     "fyra",  "fem",   "sex",
					   "sju",     "åtta",   "nio",    "tio",     "elva",  "tolv",  "tretton",
					   "fjorton", "femton", "sexton", "sjutton", "arton", "nitton"};
static const char *const swedish_tens[] = {"", "", "tjugo", "trettio", "fyrtio", "femtio"};

static void write_swedish(struct writer *writer, int number)
{
	if (number < 20) {
		write_text(writer, swedish_ones[number]);
		return;
	}
	write_text(writer, swedish_tens[number / 10]);
	if (number % 10 > 0) {
		write_text(writer, swedish_ones[number % 10]);
	}
}

struct clock_time {
	int hour, minute;
};

/* Returns the length of "10:42"; 0 when it is none. */
static size_t read_clock(const char *at, struct clock_time *out)
{
	size_t digits = is_digit(at[0]) ? is_digit(at[1]) ? 2 : 1 : 0;
	if (digits == 0 || at[digits] != ':' || !is_digit(at[digits + 1]) || !is_digit(at[digits + 2]) ||
	    is_digit(at[digits + 3]) || at[digits + 3] == ':') {
		return 0;
	}
	out->hour = digits == 2 ? (at[0] - '0') * 10 + at[1] - '0' : at[0] - '0';
	out->minute = (at[digits + 1] - '0') * 10 + at[digits + 2] - '0';
	return out->hour <= 24 && out->minute < 60 ? digits + 3 : 0;
}

static void write_clock(struct writer *writer, const struct clock_time *time)
{
	if (writer->is_swedish) {
		write_swedish(writer, time->hour);
		if (time->minute > 0) {
			write_text(writer, time->minute < 10 ? " noll " : " ");
			write_swedish(writer, time->minute);
		}
		return;
	}
	int hour = time->hour % 12 == 0 ? 12 : time->hour % 12;
	const char *half = time->hour % 24 < 12 ? "a.m." : "p.m.";
	const char *format = time->minute == 0 ? "%d %.0d%s" : time->minute < 10 ? "%d oh %d %s" : "%d:%02d %s";
	write_text(writer, arena_print(writer->arena, format, hour, time->minute, half));
}

static size_t say_clock(struct writer *writer, const char *at)
{
	struct clock_time from = {0}, to = {0};
	size_t length = is_word_start(writer, at) ? read_clock(at, &from) : 0;
	if (length == 0 || !(writer->is_swedish || writer->is_english)) {
		return 0;
	}
	if (writer->is_swedish) {
		write_before(writer, "klockan ");
	}
	write_clock(writer, &from);
	static const char dash[] = "–";
	if (strncmp(at + length, dash, strlen(dash)) == 0) {
		size_t more = read_clock(at + length + strlen(dash), &to);
		if (more > 0) {
			write_text(writer, writer->is_swedish ? " till " : " to ");
			write_clock(writer, &to);
			return length + strlen(dash) + more;
		}
	}
	return length;
}

static const char *const swedish_days[] = {"",           "första",       "andra",       "tredje",       "fjärde",
					   "femte",      "sjätte",       "sjunde",      "åttonde",      "nionde",
					   "tionde",     "elfte",        "tolfte",      "trettonde",    "fjortonde",
					   "femtonde",   "sextonde",     "sjuttonde",   "artonde",      "nittonde",
					   "tjugonde",   "tjugoförsta",  "tjugoandra",  "tjugotredje",  "tjugofjärde",
					   "tjugofemte", "tjugosjätte",  "tjugosjunde", "tjugoåttonde", "tjugonionde",
					   "trettionde", "trettioförsta"};
static const char *const english_days[] = {"",
					   "first",
					   "second",
					   "third",
					   "fourth",
					   "fifth",
					   "sixth",
					   "seventh",
					   "eighth",
					   "ninth",
					   "tenth",
					   "eleventh",
					   "twelfth",
					   "thirteenth",
					   "fourteenth",
					   "fifteenth",
					   "sixteenth",
					   "seventeenth",
					   "eighteenth",
					   "nineteenth",
					   "twentieth",
					   "twenty-first",
					   "twenty-second",
					   "twenty-third",
					   "twenty-fourth",
					   "twenty-fifth",
					   "twenty-sixth",
					   "twenty-seventh",
					   "twenty-eighth",
					   "twenty-ninth",
					   "thirtieth",
					   "thirty-first"};
static const char *const swedish_months[] = {"januari", "februari", "mars",      "april",   "maj",      "juni",
					     "juli",    "augusti",  "september", "oktober", "november", "december"};
static const char *const english_months[] = {"January", "February", "March",     "April",   "May",      "June",
					     "July",    "August",   "September", "October", "November", "December"};

/* Returns the length of a month's name, or of its first three letters; 0 when it is none. */
static size_t read_month(const struct writer *writer, const char *at, const char **out_name)
{
	const char *const *months = writer->is_swedish ? swedish_months : english_months;
	for (size_t i = 0; i < COUNT(swedish_months); i++) {
		size_t length = strlen(months[i]);
		if (strncmp(at, months[i], length) != 0) {
			length = 3;
		}
		if (strncmp(at, months[i], length) == 0 && is_word_end(at + length)) {
			*out_name = months[i];
			return length;
		}
	}
	return 0;
}

static size_t say_date(struct writer *writer, const char *at)
{
	const char *month = NULL;
	size_t digits = is_digit(at[0]) ? is_digit(at[1]) ? 2 : 1 : 0;
	if (digits == 0 || at[digits] != ' ' || !is_word_start(writer, at) ||
	    !(writer->is_swedish || writer->is_english)) {
		return 0;
	}
	int day = digits == 2 ? (at[0] - '0') * 10 + at[1] - '0' : at[0] - '0';
	size_t length = day >= 1 && day <= 31 ? read_month(writer, at + digits + 1, &month) : 0;
	if (length == 0) {
		return 0;
	}
	if (writer->is_swedish) {
		write_before(writer, "den ");
		write_text(writer, arena_print(writer->arena, "%s %s", swedish_days[day], month));
	} else {
		write_before(writer, "the ");
		write_text(writer, arena_print(writer->arena, "%s of %s", english_days[day], month));
	}
	return digits + 1 + length;
}

/* "30 min", "3 tr": the number is written, and the word in full. */
static size_t say_unit(struct writer *writer, const char *at)
{
	static const struct {
		const char *unit;
		bool is_swedish;
		const char *one, *many;
	} units[] = {{" min", true, " minut", " minuter"},
		     {" min", false, " minute", " minutes"},
		     {" tr", true, " trappa", " trappor"}};
	size_t digits = strspn(at, "0123456789");
	if (digits == 0 || !is_word_start(writer, at)) {
		return 0;
	}
	for (size_t i = 0; i < COUNT(units); i++) {
		size_t length = strlen(units[i].unit);
		bool is_language = units[i].is_swedish ? writer->is_swedish : writer->is_english;
		if (is_language && strncmp(at + digits, units[i].unit, length) == 0 &&
		    is_word_end(at + digits + length)) {
			write_bytes(writer, at, digits);
			write_text(writer, digits == 1 && at[0] == '1' ? units[i].one : units[i].many);
			return digits + length;
		}
	}
	return 0;
}

/* A telephone number is said digit by digit, with a pause between its groups. */
static size_t say_phone(struct writer *writer, const char *at)
{
	size_t area = strspn(at, "0123456789"), length = area;
	if (!is_word_start(writer, at) || area == 0) {
		return 0;
	}
	bool is_emergency = area == 3 && strncmp(at, "112", 3) == 0 && is_word_end(at + 3);
	if (at[0] == '0' && area <= 4 && at[area] == '-' && is_digit(at[area + 1])) {
		length += 1 + strspn(at + area + 1, "0123456789 ");
		while (at[length - 1] == ' ') {
			length--;
		}
	} else if (!is_emergency) {
		return 0;
	}
	for (size_t i = 0; i < length; i++) {
		if (is_digit(at[i])) {
			write_bytes(writer, at + i, 1);
			write_text(writer, i + 1 < length && is_digit(at[i + 1]) ? " " : "");
		} else {
			write_text(writer, ", ");
		}
	}
	return length;
}

static bool is_capital(int32_t letter)
{
	return (letter >= 'A' && letter <= 'Z') || (letter >= 0xC0 && letter <= 0xDE && letter != 0xD7);
}

/* Returns the length of "S."; 0 when it is no initial. */
static size_t initial_length(const char *at)
{
	size_t length = 0;
	int32_t letter = at[0] ? utf8_next(at, strlen(at), &length) : 0;
	return is_capital(letter) && at[length] == '.' ? length + 1 : 0;
}

/* "N.S." becomes "N S": the point would be heard as the end of a sentence. */
static size_t say_initial(struct writer *writer, const char *at)
{
	size_t length = initial_length(at);
	bool begins = at == writer->text || strchr(" .-(", at[-1]);
	if (length == 0 || !begins) {
		return 0;
	}
	bool has_next = initial_length(at + length) > 0;
	if (!has_next && at[length] != '\0' && !strchr(" ,:;)\n", at[length])) {
		return 0;
	}
	write_bytes(writer, at, length - 1);
	write_text(writer, has_next ? " " : "");
	return length;
}

/* Signs that have no sound of their own become pauses. */
static size_t say_sign(struct writer *writer, const char *at)
{
	static const struct {
		const char *sign, *said;
	} signs[] = {{" – ", ", "}, {" — ", ", "}, {"·", ", "}, {"…", "."},
		     {"”", ""},     {"“", ""},     {"\"", ""},  {"’", "'"}};
	static const char dash[] = "–";
	static const char point[] = " · ";
	if (strncmp(at, point, strlen(point)) == 0 && at > writer->text) {
		struct clock_time time = {0};
		const char *next = at + strlen(point);
		bool ends_list = is_digit(at[-1]) && is_digit(*next) && read_clock(next, &time) == 0;
		write_text(writer, strchr(".!?", at[-1]) ? " " : ends_list ? "; " : ", ");
		return strlen(point);
	}
	if (*at == '\n') {
		bool has_end = writer->length == 0 || strchr(".,:;!?", writer->out[writer->length - 1]);
		write_text(writer, has_end ? " " : ". ");
		return 1;
	}
	if (strncmp(at, dash, strlen(dash)) == 0 && at > writer->text && is_digit(at[-1]) &&
	    is_digit(at[strlen(dash)])) {
		write_text(writer, writer->is_swedish ? " till " : writer->is_english ? " to " : " ");
		return strlen(dash);
	}
	for (size_t i = 0; i < COUNT(signs); i++) {
		size_t length = strlen(signs[i].sign);
		if (strncmp(at, signs[i].sign, length) == 0) {
			write_text(writer, signs[i].said);
			return length;
		}
	}
	return 0;
}

const char *pronounce(struct arena *arena, const char *language, const char *text)
{
	static size_t (*const rules[])(struct writer *writer, const char *at) = {say_clock, say_date,    say_unit,
										 say_phone, say_initial, say_sign};
	struct writer writer = {.arena = arena,
				.is_swedish = strcmp(language, "sv") == 0,
				.is_english = strcmp(language, "en") == 0,
				.text = text,
				.size = strlen(text) * GROWTH + SPARE};
	writer.out = arena_alloc(arena, writer.size);
	if (!writer.out) {
		return "";
	}
	for (const char *at = text; *at;) {
		size_t taken = 0;
		for (size_t i = 0; i < COUNT(rules) && taken == 0; i++) {
			taken = rules[i](&writer, at);
		}
		if (taken == 0) {
			write_bytes(&writer, at++, 1);
		} else {
			at += taken;
		}
	}
	return writer.out;
}

const char *pronounce_letters(struct arena *arena, const char *text)
{
	const char *letters = "";
	for (size_t at = 0, length = 0; text[at]; at += length) {
		length = utf8_letter(text + at, strlen(text + at));
		if (length == 0) {
			break;
		}
		if (strchr(" .,·", text[at]) || text[at] == '\n') {
			continue;
		}
		letters = arena_print(arena, "%s%s%.*s", letters, letters[0] ? ", " : "", (int)length, text + at);
	}
	return letters;
}
