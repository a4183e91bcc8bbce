/* See catalogue.h. The whole file is checked when it is read, so that a look-up is nothing but a binary search. */
#include "catalogue.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "limits.h"
#include "plural.h"
#include "regular.h"

enum { HEADER_BYTES = 20, CONTEXT_END = 4 /* msgctxt and msgid are joined by this byte */ };

struct catalogue {
	char *bytes;
	size_t size;
	size_t count, originals, translations; /* entries, and where the two tables of (length, offset) stand */
	bool is_swapped;
	struct plural *plural; /* NULL: the first form is for 1 and the second for every other number, as in English */
};

static uint32_t number_at(const struct catalogue *catalogue, size_t at)
{
	uint32_t number;
	memcpy(&number, catalogue->bytes + at, sizeof(number));
	return catalogue->is_swapped ? __builtin_bswap32(number) : number;
}

/* Entry `index` of the table that stands at `table`. */
static const char *string_at(const struct catalogue *catalogue, size_t table, size_t index, size_t *out_length)
{
	*out_length = number_at(catalogue, table + 8 * index);
	return catalogue->bytes + number_at(catalogue, table + 8 * index + 4);
}

static bool table_is_sound(const struct catalogue *catalogue, size_t table)
{
	if (table > catalogue->size || catalogue->count > (catalogue->size - table) / 8) {
		return false;
	}
	for (size_t i = 0; i < catalogue->count; i++) {
		size_t length = number_at(catalogue, table + 8 * i), at = number_at(catalogue, table + 8 * i + 4);
		if (at >= catalogue->size || length >= catalogue->size - at || catalogue->bytes[at + length] != '\0') {
			return false;
		}
	}
	return true;
}

static bool is_sorted(const struct catalogue *catalogue)
{
	size_t length;
	for (size_t i = 1; i < catalogue->count; i++) {
		if (strcmp(string_at(catalogue, catalogue->originals, i - 1, &length),
			   string_at(catalogue, catalogue->originals, i, &length)) >= 0) {
			return false;
		}
	}
	return true;
}

static bool is_sound(struct catalogue *catalogue)
{
	static const uint32_t magic = 0x950412de, swapped_magic = 0xde120495;
	if (catalogue->size < HEADER_BYTES) {
		return false;
	}
	uint32_t found = number_at(catalogue, 0);
	catalogue->is_swapped = found == swapped_magic;
	if ((found != magic && found != swapped_magic) || number_at(catalogue, 4) >> 16 > 1) {
		return false;
	}
	catalogue->count = number_at(catalogue, 8);
	catalogue->originals = number_at(catalogue, 12);
	catalogue->translations = number_at(catalogue, 16);
	return table_is_sound(catalogue, catalogue->originals) && table_is_sound(catalogue, catalogue->translations) &&
	       is_sorted(catalogue);
}

static bool read_bytes(struct catalogue *catalogue, const char *path, struct err *err)
{
	FILE *file = regular_stream(path);
	if (!file) {
		return err_set(err, "%s: %s", path, regular_reason(errno));
	}
	catalogue->bytes = malloc(CATALOGUE_FILE_MAX + 1);
	if (catalogue->bytes) {
		catalogue->size = fread(catalogue->bytes, 1, CATALOGUE_FILE_MAX + 1, file);
	}
	bool ok = catalogue->bytes && !ferror(file);
	fclose(file);
	if (!ok) {
		return err_set(err, "%s: cannot be read", path);
	}
	if (catalogue->size > CATALOGUE_FILE_MAX) {
		return err_set(err, "%s: larger than %d bytes", path, (int)CATALOGUE_FILE_MAX);
	}
	char *fitting = realloc(catalogue->bytes, catalogue->size + 1);
	catalogue->bytes = fitting ? fitting : catalogue->bytes;
	return true;
}

/* The entry of the empty text is the header; its line Plural-Forms says which form is for how many. */
static bool read_plural(struct catalogue *catalogue, const char *path, struct err *err)
{
	const char *header = catalogue_find(catalogue, NULL, "");
	const char *line = header ? strstr(header, "Plural-Forms:") : NULL;
	if (!line) {
		return true;
	}
	catalogue->plural = plural_parse(line + strlen("Plural-Forms:"));
	return catalogue->plural || err_set(err, "%s: its Plural-Forms cannot be read", path);
}

struct catalogue *catalogue_read(const char *file, struct err *err)
{
	struct catalogue *catalogue = calloc(1, sizeof(*catalogue));
	if (!catalogue) {
		err_set(err, "out of memory");
		return NULL;
	}
	if (!read_bytes(catalogue, file, err)) {
		goto fail;
	}
	if (!is_sound(catalogue)) {
		err_set(err, "%s: this is no catalogue of translations; install the program's files again", file);
		goto fail;
	}
	if (!read_plural(catalogue, file, err)) {
		goto fail;
	}
	return catalogue;
fail:
	catalogue_destroy(catalogue);
	return NULL;
}

void catalogue_destroy(struct catalogue *catalogue)
{
	if (catalogue) {
		plural_destroy(catalogue->plural);
		free(catalogue->bytes);
		free(catalogue);
	}
}

/* Compares a key of the table with "context\4text", or with the text alone. */
static int compare_key(const char *key, const char *context, const char *text)
{
	if (context) {
		size_t length = strlen(context);
		int order = strncmp(key, context, length);
		if (order != 0) {
			return order;
		}
		if (key[length] != CONTEXT_END) {
			return (unsigned char)key[length] < CONTEXT_END ? -1 : 1;
		}
		key += length + 1;
	}
	return strcmp(key, text);
}

static const char *find(const struct catalogue *catalogue, const char *context, const char *text, size_t *out_length)
{
	size_t low = 0, high = catalogue->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2, length;
		int order = compare_key(string_at(catalogue, catalogue->originals, middle, &length), context, text);
		if (order == 0) {
			return string_at(catalogue, catalogue->translations, middle, out_length);
		}
		if (order < 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return NULL;
}

const char *catalogue_find(const struct catalogue *catalogue, const char *context, const char *text)
{
	size_t length = 0;
	const char *found = find(catalogue, context, text, &length);
	return found && length > 0 ? found : NULL;
}

const char *catalogue_find_plural(const struct catalogue *catalogue, const char *one, unsigned long n)
{
	size_t length = 0;
	const char *form = find(catalogue, NULL, one, &length), *end = form ? form + length : NULL;
	unsigned long index = catalogue->plural ? plural_form(catalogue->plural, n) : n != 1;
	for (; form && index > 0; index--) {
		form += strlen(form) + 1;
		form = form <= end ? form : NULL;
	}
	return form && form[0] ? form : NULL;
}
