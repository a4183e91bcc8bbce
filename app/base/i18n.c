/* Every catalogue is read once, at the start: a change of language is a change of pointer, and no file is touched while
 * the screen runs. */
#include "i18n.h"

#include <dirent.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "catalogue.h"
#include "limits.h"

static const char domain[] = "satellitkiosk";

/* English, which has no catalogue, and every language there was at the start, in the order of their codes. */
static struct language {
	char code[LANGUAGE_MAX + 1], name[LANGUAGE_NAME_MAX + 1];
	struct catalogue *catalogue;
} *languages;
static size_t language_count;

/* Like gettext, this interface has no context argument: a process has one language at a time. */
static const struct language english = {.code = "en", .name = "English"};
static const struct language *current = &english;

static const struct language *find_language(const char *code)
{
	for (size_t i = 0; i < language_count; i++) {
		if (strcmp(languages[i].code, code) == 0) {
			return &languages[i];
		}
	}
	return NULL;
}

bool i18n_has(const char *language)
{
	return strcmp(language, english.code) == 0 || find_language(language);
}

void i18n_set_language(const char *language)
{
	const struct language *found = find_language(language);
	current = found ? found : &english;
}

const char *i18n_language(void)
{
	return current->code;
}

static const char *translate(const char *context, const char *text)
{
	const char *found = current->catalogue ? catalogue_find(current->catalogue, context, text) : NULL;
	return found ? found : text;
}

const char *tr(const char *text)
{
	return text[0] ? translate(NULL, text) : text; /* the empty text is the catalogue's own header */
}

const char *tr_in(const char *context, const char *text)
{
	return translate(context, text);
}

const char *tr_n(const char *one, const char *many, unsigned long n)
{
	const char *found = current->catalogue ? catalogue_find_plural(current->catalogue, one, n) : NULL;
	return found ? found : n == 1 ? one : many;
}

static int is_code(const struct dirent *entry)
{
	size_t letters = strspn(entry->d_name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_");
	return letters > 0 && letters <= LANGUAGE_MAX && !entry->d_name[letters] &&
	       strcmp(entry->d_name, english.code) != 0;
}

static int compare_languages(const void *a, const void *b)
{
	const struct language *left = a, *right = b;
	return strcmp(left->code, right->code);
}

/* A catalogue translates "English" by its own language's name; where it does not, its code must do. A folder without a
 * readable catalogue is no language. */
static void add_language(const char *dir, const char *code, struct err *err)
{
	char *file = NULL;
	struct err mistake = {""};
	if (asprintf(&file, "%s/%s/LC_MESSAGES/%s.mo", dir, code, domain) < 0) {
		return;
	}
	struct catalogue *catalogue = catalogue_read(file, &mistake);
	free(file);
	if (!catalogue) {
		*err = mistake;
		return;
	}
	struct language *language = &languages[language_count++];
	const char *name = catalogue_find(catalogue, NULL, TR_MARK("English"));
	snprintf(language->code, sizeof(language->code), "%s", code);
	snprintf(language->name, sizeof(language->name), "%s", name ? name : code);
	language->catalogue = catalogue;
}

static void forget_languages(void)
{
	for (size_t i = 0; i < language_count; i++) {
		catalogue_destroy(languages[i].catalogue);
	}
	free(languages);
	languages = NULL;
	language_count = 0;
	current = &english;
}

void i18n_init(const char *dir, struct err *err)
{
	char before[LANGUAGE_MAX + 1];
	memcpy(before, current->code, sizeof(before));
	setlocale(LC_CTYPE, "C.UTF-8"); /* for wcwidth, which the sub-commands' columns need */
	forget_languages();
	struct dirent **found = NULL;
	int count = scandir(dir, &found, is_code, NULL);
	languages = calloc((size_t)(count > 0 ? count : 0) + 1, sizeof(*languages));
	if (languages) {
		languages[language_count++] = english;
	}
	for (int i = 0; i < count; i++) {
		if (languages) {
			add_language(dir, found[i]->d_name, err);
		}
		free(found[i]);
	}
	free(found);
	if (languages) {
		qsort(languages, language_count, sizeof(*languages), compare_languages);
	}
	i18n_set_language(before);
}

const char *i18n_next(const char *language)
{
	for (size_t i = 0; i < language_count; i++) {
		if (strcmp(languages[i].code, language) > 0) {
			return languages[i].code;
		}
	}
	return language_count > 0 ? languages[0].code : english.code;
}

const char *i18n_name(const char *language)
{
	const struct language *found = find_language(language);
	return found ? found->name : language;
}
