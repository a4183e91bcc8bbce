/* See rule.h. Parses the text of a rule into sets of bits, one for each BY part. */
#include "rule.h"
#include "icslimits.h"

#include <string.h>
#include <strings.h>

enum { INTERVAL_DIGITS = 9, COUNT_DIGITS = 18 };

static bool is_word(const char *text, size_t length, const char *word)
{
	return strlen(word) == length && strncasecmp(text, word, length) == 0;
}

static bool read_number(const char *text, size_t length, size_t digits_max, int64_t *out_number)
{
	int64_t number = 0;

	if (length == 0 || length > digits_max) {
		return false;
	}
	for (size_t i = 0; i < length; i++) {
		if (text[i] < '0' || text[i] > '9') {
			return false;
		}
		number = number * 10 + (text[i] - '0');
	}
	*out_number = number;
	return true;
}

/* "+3", "-12", "5" */
static bool read_signed(const char *text, size_t length, int64_t *out_number)
{
	bool negative = length > 0 && text[0] == '-';
	size_t sign = negative || (length > 0 && text[0] == '+') ? 1 : 0;

	if (!read_number(text + sign, length - sign, 4, out_number)) {
		return false;
	}
	if (negative) {
		*out_number = -*out_number;
	}
	return true;
}

static bool read_weekday(const char *text, size_t length, int *out_weekday)
{
	static const char names[7][3] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

	for (int i = 0; i < 7; i++) {
		if (is_word(text, length, names[i])) {
			*out_weekday = i;
			return true;
		}
	}
	return false;
}

static void ordinals_add(struct rule_ordinals *ordinals, int64_t n)
{
	uint64_t *words = n > 0 ? ordinals->forward : ordinals->backward;
	uint64_t ordinal = (uint64_t)(n > 0 ? n : -n);

	words[ordinal / 64] |= UINT64_C(1) << (ordinal % 64);
	ordinals->any = true;
}

/* Calls take for each element of a comma list. */
static bool each_element(const char *text, size_t length, bool (*take)(void *, const char *, size_t), void *context)
{
	const char *end = text + length;

	for (;;) {
		const char *comma = memchr(text, ',', (size_t)(end - text));
		const char *stop = comma ? comma : end;
		const char *last = stop;

		while (text < last && *text == ' ') {
			text++;
		}
		while (last > text && last[-1] == ' ') {
			last--;
		}
		if (!take(context, text, (size_t)(last - text))) {
			return false;
		}
		if (!comma) {
			return true;
		}
		text = comma + 1;
	}
}

struct range {
	int64_t low, high;
	uint64_t bits; /* result, for plain ranges */
	struct rule_ordinals *ordinals;
};

static bool take_bit(void *context, const char *text, size_t length)
{
	struct range *range = context;
	int64_t number;

	if (!read_number(text, length, 4, &number) || number < range->low || number > range->high) {
		return false;
	}
	range->bits |= UINT64_C(1) << number;
	return true;
}

static bool take_ordinal(void *context, const char *text, size_t length)
{
	struct range *range = context;
	int64_t number;

	if (!read_signed(text, length, &number) || number == 0 || number > range->high || number < -range->high) {
		return false;
	}
	ordinals_add(range->ordinals, number);
	return true;
}

static bool take_weekday(void *context, const char *text, size_t length)
{
	struct rule *rule = context;
	int weekday;
	int64_t n;

	if (length < 2 || !read_weekday(text + length - 2, 2, &weekday)) {
		return false;
	}
	if (length == 2) {
		rule->weekdays |= 1U << weekday;
		return true;
	}
	if (!read_signed(text, length - 2, &n) || n == 0 || n > 53 || n < -53) {
		return false;
	}
	if (n > 0) {
		rule->nth_weekdays[weekday] |= UINT64_C(1) << n;
	} else {
		rule->nth_weekdays_from_end[weekday] |= UINT64_C(1) << -n;
	}
	rule->any_nth_weekday = true;
	return true;
}

static bool read_bits(const char *text, size_t length, int64_t low, int64_t high, uint64_t *out_bits)
{
	struct range range = {.low = low, .high = high};

	if (!each_element(text, length, take_bit, &range)) {
		return false;
	}
	*out_bits |= range.bits;
	return true;
}

static bool read_ordinals(const char *text, size_t length, int64_t high, struct rule_ordinals *out_ordinals)
{
	struct range range = {.high = high, .ordinals = out_ordinals};
	return each_element(text, length, take_ordinal, &range);
}

static bool read_freq(const char *text, size_t length, enum rule_freq *out_freq)
{
	static const char *const names[] = {"SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (is_word(text, length, names[i])) {
			*out_freq = (enum rule_freq)i;
			return true;
		}
	}
	return false;
}

static bool read_bits32(const char *text, size_t length, int64_t low, int64_t high, uint32_t *out_bits)
{
	uint64_t bits = 0;

	if (!read_bits(text, length, low, high, &bits)) {
		return false;
	}
	*out_bits |= (uint32_t)bits;
	return true;
}

static bool read_list_part(struct rule *rule, const char *name, size_t name_length, const char *value, size_t length)
{
	if (is_word(name, name_length, "BYSECOND")) {
		return read_bits(value, length, 0, 60, &rule->seconds);
	}
	if (is_word(name, name_length, "BYMINUTE")) {
		return read_bits(value, length, 0, 59, &rule->minutes);
	}
	if (is_word(name, name_length, "BYHOUR")) {
		return read_bits32(value, length, 0, 23, &rule->hours);
	}
	if (is_word(name, name_length, "BYMONTH")) {
		return read_bits32(value, length, 1, 12, &rule->months);
	}
	if (is_word(name, name_length, "BYDAY")) {
		return each_element(value, length, take_weekday, rule);
	}
	if (is_word(name, name_length, "BYMONTHDAY")) {
		return read_ordinals(value, length, 31, &rule->month_days);
	}
	if (is_word(name, name_length, "BYYEARDAY")) {
		return read_ordinals(value, length, 366, &rule->year_days);
	}
	if (is_word(name, name_length, "BYWEEKNO")) {
		return read_ordinals(value, length, 53, &rule->weeks);
	}
	if (is_word(name, name_length, "BYSETPOS")) {
		return read_ordinals(value, length, 366, &rule->positions);
	}
	return name_length > 2 && strncasecmp(name, "X-", 2) == 0;
}

static bool read_skip(const char *text, size_t length, enum rule_skip *out_skip)
{
	static const char *const names[] = {"OMIT", "BACKWARD", "FORWARD"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (is_word(text, length, names[i])) {
			*out_skip = (enum rule_skip)i;
			return true;
		}
	}
	return false;
}

static bool read_part(struct rule *rule, const char *name, size_t name_length, const char *value, size_t length)
{
	if (is_word(name, name_length, "FREQ")) {
		return read_freq(value, length, &rule->freq);
	}
	if (is_word(name, name_length, "INTERVAL")) {
		return read_number(value, length, INTERVAL_DIGITS, &rule->interval) && rule->interval > 0;
	}
	if (is_word(name, name_length, "COUNT")) {
		return read_number(value, length, COUNT_DIGITS, &rule->count) && rule->count > 0;
	}
	if (is_word(name, name_length, "UNTIL")) {
		rule->has_until = true;
		return ics_time_parse(value, length, &rule->until);
	}
	if (is_word(name, name_length, "WKST")) {
		return read_weekday(value, length, &rule->week_start);
	}
	/* RFC 7529; the second name is Unicode's. */
	if (is_word(name, name_length, "RSCALE")) {
		return is_word(value, length, "GREGORIAN") || is_word(value, length, "GREGORY");
	}
	if (is_word(name, name_length, "SKIP")) {
		return read_skip(value, length, &rule->skip);
	}
	return read_list_part(rule, name, name_length, value, length);
}

/* Which part it is, as a bit; 0: none that may occur only once. */
static unsigned part_bit(const char *name, size_t length)
{
	static const char *const names[] = {"FREQ",       "INTERVAL",  "COUNT",    "UNTIL",   "WKST",    "RSCALE",
					    "SKIP",       "BYSECOND",  "BYMINUTE", "BYHOUR",  "BYMONTH", "BYDAY",
					    "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (is_word(name, length, names[i])) {
			return 1U << i;
		}
	}
	return 0;
}

bool rule_parse(const char *text, size_t length, struct rule *out_rule)
{
	struct rule rule = {.interval = 1};
	const char *end = text + length;
	unsigned seen = 0, bit;
	const unsigned freq = part_bit("FREQ", 4), scale = part_bit("RSCALE", 6);

	if (length > ICS_RULE_TEXT_MAX) {
		return false;
	}
	while (text < end) {
		const char *semicolon = memchr(text, ';', (size_t)(end - text));
		const char *stop = semicolon ? semicolon : end;
		const char *last = stop;
		const char *equals;

		while (text < last && *text == ' ') {
			text++;
		}
		while (last > text && last[-1] == ' ') {
			last--;
		}
		equals = memchr(text, '=', (size_t)(last - text));
		if (equals) {
			bit = part_bit(text, (size_t)(equals - text));
			if ((bit & seen) != 0 || /* which of the two would count? */
			    !read_part(&rule, text, (size_t)(equals - text), equals + 1, (size_t)(last - equals - 1))) {
				return false;
			}
			seen |= bit;
		} else if (text < last) {
			return false;
		}
		text = stop + 1;
	}
	if ((seen & freq) == 0 || (rule.skip != RULE_SKIP_OMIT && (seen & scale) == 0)) {
		return false;
	}
	*out_rule = rule;
	return true;
}
