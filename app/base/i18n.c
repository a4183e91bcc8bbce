/* gettext chooses its catalogue by the environment, and setenv is not safe beside other threads. So one LANGUAGE=…
 * of our own is put into the environment before there are threads, and only its letters change. Only the UI thread's
 * locale has messages: what the others log stays English. */
#include "i18n.h"

#include <dirent.h>
#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char domain[] = "satellitkiosk";

enum { LANGUAGE_MAX = 15, LANGUAGE_NAME_MAX = 63 };

/* gettext's interface has no context either: there is one language in a process. */
static char variable[sizeof("LANGUAGE=") + LANGUAGE_MAX] = "LANGUAGE=en";
static char *const language_now = variable + sizeof("LANGUAGE=") - 1;
static char *catalogues; /* the folder; NULL before i18n_init */

/* English and every catalogue there was at the start, in the order of their codes. */
static struct language {
	char code[LANGUAGE_MAX + 1], name[LANGUAGE_NAME_MAX + 1];
} *languages;
static size_t language_count;

extern int _nl_msg_cat_cntr; /* glibc: "look again", as the gettext manual (11.5) tells to */

bool i18n_has(const char *language)
{
	size_t letters = strspn(language, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_");
	if (letters == 0 || letters > LANGUAGE_MAX || language[letters]) {
		return false;
	}
	if (strcmp(language, "en") == 0) {
		return true;
	}
	char *file = NULL;
	if (!catalogues || asprintf(&file, "%s/%s/LC_MESSAGES/%s.mo", catalogues, language, domain) < 0) {
		return false;
	}
	bool is_there = access(file, R_OK) == 0;
	free(file);
	return is_there;
}

void i18n_set_language(const char *language)
{
	if (strcmp(language_now, language) == 0) {
		return;
	}
	snprintf(language_now, LANGUAGE_MAX + 1, "%s", i18n_has(language) ? language : "en");
	_nl_msg_cat_cntr++;
}

const char *i18n_language(void)
{
	return language_now;
}

const char *tr(const char *text)
{
	return text[0] ? dgettext(domain, text) : text; /* the empty text is the catalogue's own header */
}

const char *tr_n(const char *one, const char *many, unsigned long n)
{
	return dngettext(domain, one, many, n);
}

static int is_offered(const struct dirent *entry)
{
	return strcmp(entry->d_name, "en") != 0 && i18n_has(entry->d_name);
}

static int compare_languages(const void *a, const void *b)
{
	const struct language *left = a, *right = b;
	return strcmp(left->code, right->code);
}

/* A catalogue translates "English" by its own language's name; where it does not, its code must do. */
static void add_language(const char *code)
{
	struct language *language = &languages[language_count++];
	snprintf(language->code, sizeof(language->code), "%s", code);
	i18n_set_language(code);
	const char *name = tr(TR_MARK("English"));
	bool is_named = strcmp(code, "en") == 0 || strcmp(name, "English") != 0;
	snprintf(language->name, sizeof(language->name), "%s", is_named ? name : code);
}

static void list_languages(void)
{
	char before[LANGUAGE_MAX + 1];
	memcpy(before, language_now, sizeof(before));
	struct dirent **found = NULL;
	int count = scandir(catalogues ? catalogues : "", &found, is_offered, NULL);
	free(languages);
	language_count = 0;
	languages = calloc((size_t)(count > 0 ? count : 0) + 1, sizeof(*languages));
	if (languages) {
		add_language("en");
	}
	for (int i = 0; i < count; i++) {
		if (languages) {
			add_language(found[i]->d_name);
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
	return language_count > 0 ? languages[0].code : "en";
}

const char *i18n_name(const char *language)
{
	for (size_t i = 0; i < language_count; i++) {
		if (strcmp(languages[i].code, language) == 0) {
			return languages[i].name;
		}
	}
	return language;
}

void i18n_init(const char *dir)
{
	free(catalogues);
	catalogues = strdup(dir);
	setlocale(LC_CTYPE, "C.UTF-8");
	locale_t base = duplocale(LC_GLOBAL_LOCALE);
	locale_t with_messages = base ? newlocale(LC_MESSAGES_MASK, "C.UTF-8", base) : (locale_t)0;
	if (with_messages) {
		locale_t before = uselocale(with_messages);
		if (before != LC_GLOBAL_LOCALE) {
			freelocale(before);
		}
	} else if (base) {
		freelocale(base);
	}
	putenv(variable);
	bindtextdomain(domain, dir);
	bind_textdomain_codeset(domain, "UTF-8");
	list_languages();
}
