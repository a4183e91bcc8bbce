/* See take_private.h. Every message names the file, line and key, and says what is wrong and what to write instead. It
 * never repeats an address: addresses are secrets, and messages end up in logs. */
#include "take_private.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ical/address.h"
#include "app/base/pattern.h"
#include "nearest.h"
#include "paths.h"
#include "app/base/limits.h"

static const struct config_value *value_of(const struct taker *taker, const char *key)
{
	return config_file_value(taker->source, taker->section, taker->index, key);
}

bool tell_key(const struct taker *taker, const char *key, const char *format, ...)
{
	char text[ERR_TEXT_MAX];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	const struct config_value *value = value_of(taker, key);
	int line = value ? value->line : config_file_line(taker->source, taker->section, taker->index);
	const char *title = config_file_title(taker->source, taker->section, taker->index);
	if (value) {
		return err_set(taker->err, "%s:%d: %s: %s", taker->file, line, key, text);
	}
	return err_set(taker->err, "%s:%d: %s%s%s%s: %s: %s", taker->file, line, taker->section, title ? " \"" : "",
		       title ? title : "", title ? "\"" : "", key, text);
}

static bool copy_text(const struct taker *taker, const char *key, const char *text, char **out)
{
	char *copy = strdup(text);
	if (!copy) {
		return tell_key(taker, key, "out of memory");
	}
	free(*out);
	*out = copy;
	return true;
}

static bool take_filled(const struct taker *taker, const char *key, char **out)
{
	const struct config_value *value = value_of(taker, key);
	if (!value) {
		return true;
	}
	if (!value->text[0]) {
		return tell_key(taker, key, "is empty; write something, or remove the line");
	}
	return copy_text(taker, key, value->text, out);
}

bool take_text(const struct taker *taker, const char *key, char **out)
{
	const struct config_value *value = value_of(taker, key);
	if (value && strpbrk(value->text, "\r\n")) {
		return tell_key(taker, key, "goes over several lines; is a quotation mark missing?");
	}
	return take_filled(taker, key, out);
}

bool take_english(const struct taker *taker, const char *key, char **out)
{
	char english[64];
	snprintf(english, sizeof(english), "%s" CONFIG_ENGLISH, key);
	return !taker->is_english || take_text(taker, english, out);
}

bool take_lines(const struct taker *taker, const char *key, char **out)
{
	char english[64];
	snprintf(english, sizeof(english), "%s" CONFIG_ENGLISH, key);
	return take_filled(taker, key, out) && (!taker->is_english || take_filled(taker, english, out));
}

bool take_words(const struct taker *taker, const char *key, char **out)
{
	return take_text(taker, key, out) && take_english(taker, key, out);
}

bool take_title(const struct taker *taker, size_t max, char **out)
{
	const char *title = config_file_title(taker->source, taker->section, taker->index);
	int line = config_file_line(taker->source, taker->section, taker->index);
	if (!title || !title[0] || strlen(title) > max || strpbrk(title, "\r\n\t")) {
		return err_set(taker->err,
			       "%s:%d: %s: its name is empty, too long or goes over lines; write 1 to %zu bytes",
			       taker->file, line, taker->section, max);
	}
	*out = strdup(title);
	return *out || err_set(taker->err, "%s:%d: out of memory", taker->file, line);
}

static bool check_code(const struct taker *taker, const char *key, const char *code)
{
	size_t length = strlen(code);
	return length <= CODE_BYTES_MAX ||
	       tell_key(taker, key,
			"has %zu bytes; a code that a phone can read from the screen holds %d, so use a shorter one",
			length, (int)CODE_BYTES_MAX);
}

bool take_code(const struct taker *taker, const char *key, char **out)
{
	const struct config_value *value = value_of(taker, key);
	return !value || (take_text(taker, key, out) && check_code(taker, key, value->text));
}

bool take_whole(const struct taker *taker, const char *key, int low, int high, const char *unit, int *out)
{
	const struct config_value *value = value_of(taker, key);
	if (!value) {
		return true;
	}
	char *end = NULL;
	errno = 0;
	long number = strtol(value->text, &end, 10);
	if (end == value->text || *end) {
		return tell_key(taker, key, "\"%.*s\" is not a whole number; write %s, %d to %d, without a unit",
				(int)CONFIG_SHOWN_MAX, value->text, unit, low, high);
	}
	if (errno || number < low || number > high) {
		return tell_key(taker, key, "%.*s is out of range; write %s, %d to %d", (int)CONFIG_SHOWN_MAX,
				value->text, unit, low, high);
	}
	*out = (int)number;
	return true;
}

bool take_decimal(const struct taker *taker, const char *key, double low, double high, const char *unit, double *out)
{
	const struct config_value *value = value_of(taker, key);
	if (!value) {
		return true;
	}
	char *end = NULL;
	double number = strtod(value->text, &end);
	if (end == value->text || *end || !isfinite(number)) {
		return tell_key(taker, key, "\"%.*s\" is not a number; write %s, %g to %g, with a decimal point",
				(int)CONFIG_SHOWN_MAX, value->text, unit, low, high);
	}
	if (number < low || number > high) {
		return tell_key(taker, key, "%.*s is out of range; write %s, %g to %g", (int)CONFIG_SHOWN_MAX,
				value->text, unit, low, high);
	}
	*out = number;
	return true;
}

static bool choose(const struct taker *taker, const char *key, const struct config_value *value,
		   const struct choice *choices, size_t count, int *out)
{
	const char *names[16];
	char all[256] = "";
	size_t length = 0;
	for (size_t i = 0; i < count && i < sizeof(names) / sizeof(*names); i++) {
		if (strcmp(choices[i].name, value->text) == 0) {
			*out = choices[i].value;
			return true;
		}
		names[i] = choices[i].name;
		length += (size_t)snprintf(all + length, sizeof(all) - length, "%s%s", i ? ", " : "", names[i]);
	}
	return tell_key(taker, key, "\"%.*s\" is none of %s; did you mean %s?", (int)CONFIG_SHOWN_MAX, value->text, all,
			nearest_name(value->text, names, count));
}

bool take_choice(const struct taker *taker, const char *key, const struct choice *choices, size_t count, int *out)
{
	const struct config_value *value = value_of(taker, key);
	return !value || choose(taker, key, value, choices, count, out);
}

bool take_choices(const struct taker *taker, const char *key, const struct choice *choices, size_t count, unsigned *out)
{
	const struct config_value *value = NULL;
	for (size_t i = 0; (value = config_file_value_at(taker->source, taker->section, taker->index, key, i)); i++) {
		int chosen = 0;
		if (!choose(taker, key, value, choices, count, &chosen)) {
			return false;
		}
		*out |= 1U << chosen;
	}
	return true;
}

bool take_bool(const struct taker *taker, const char *key, bool *out)
{
	static const struct choice choices[] = {{"yes", 1},   {"no", 0}, {"true", 1},
						{"false", 0}, {"on", 1}, {"off", 0}};
	int value = *out;
	if (!take_choice(taker, key, choices, sizeof(choices) / sizeof(*choices), &value)) {
		return false;
	}
	*out = value != 0;
	return true;
}

bool take_minutes(const struct taker *taker, const char *key, int *out)
{
	const struct config_value *value = value_of(taker, key);
	if (!value) {
		return true;
	}
	int hour = 0, minute = 0, length = 0;
	bool is_time = strspn(value->text, "0123456789:") == strlen(value->text) && strlen(value->text) <= 5 &&
		       sscanf(value->text, "%2d:%2d%n", &hour, &minute, &length) == 2 && !value->text[length];
	if (!is_time || minute > 59 || hour * 60 + minute > 24 * 60) {
		return tell_key(taker, key, "\"%.*s\" is not a time of day; write it as \"07:00\"",
				(int)CONFIG_SHOWN_MAX, value->text);
	}
	*out = hour * 60 + minute;
	return true;
}

bool take_pattern(const struct taker *taker, const char *key, enum pattern_form form, size_t groups, char **out)
{
	const struct config_value *value = value_of(taker, key);
	if (!value) {
		return true;
	}
	if (!take_text(taker, key, out)) {
		return false;
	}
	struct err reason;
	struct pattern *pattern = pattern_create(value->text, form, &reason);
	if (!pattern) {
		return tell_key(taker, key,
				"is not a pattern: %s; see EXPRESSIONS in kiosk.conf(5), and write patterns in "
				"'single quotes'",
				reason.text);
	}
	size_t found = pattern_groups(pattern);
	pattern_destroy(pattern);
	if (found < groups) {
		return tell_key(taker, key, "has no group; put what is looked for in parentheses, as in '^(.*) - '");
	}
	return true;
}

bool take_path(const struct taker *taker, const char *key, char **out)
{
	const struct config_value *value = value_of(taker, key);
	if (!value || !take_text(taker, key, out)) {
		return !value;
	}
	if (value->text[0] == '/') {
		return true;
	}
	char *path = paths_join(taker->folder, value->text);
	if (!path) {
		return tell_key(taker, key, "out of memory");
	}
	free(*out);
	*out = path;
	return true;
}

static bool take_address(const struct taker *taker, const char *key, bool is_shown, char **out)
{
	const struct config_value *value = value_of(taker, key);
	if (!value) {
		return true;
	}
	struct address address;
	struct err reason;
	if (is_shown && strncasecmp(value->text, "https://", 8) != 0) {
		return tell_key(taker, key, "is not an https address; it must begin with https://");
	}
	if (!address_read(value->text, &address, &reason)) {
		return tell_key(taker, key, "%s", reason.text);
	}
	bool has_login = address.user[0] || address.password[0];
	address_wipe(&address);
	if (is_shown && has_login) {
		return tell_key(taker, key, "holds a user, and everybody can read it; remove what stands before the @");
	}
	return copy_text(taker, key, value->text, out);
}

bool take_url(const struct taker *taker, const char *key, char **out)
{
	return take_address(taker, key, false, out);
}

bool take_shown_url(const struct taker *taker, const char *key, char **out)
{
	const struct config_value *value = value_of(taker, key);
	return take_address(taker, key, true, out) && (!value || check_code(taker, key, value->text));
}

/* A name, never a path: it is looked up in the one folder that systemd made for the service. */
bool take_credential(const struct taker *taker, const char *key, char **out)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
	if (!take_text(taker, key, out)) {
		return false;
	}
	const char *name = *out;
	bool is_name = !name || (name[0] != '.' && strspn(name, letters) == strlen(name));
	return is_name || tell_key(taker, key,
				   "is not a name of letters, digits, '-', '_' and '.'; write only "
				   "the name of the file in $CREDENTIALS_DIRECTORY");
}
