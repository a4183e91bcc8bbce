/* gettext chooses its catalogue by the environment, and setenv is not safe beside other threads. So one LANGUAGE=…
 * of our own is put into the environment before there are threads, and only its letters change. Only the UI thread's
 * locale has messages: what the others log stays English. */
#include "i18n.h"

#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char domain[] = "satellitkiosk";

enum { LANGUAGE_MAX = 15 };

/* gettext's interface has no context either: there is one language in a process. */
static char variable[sizeof "LANGUAGE=" + LANGUAGE_MAX] = "LANGUAGE=en";
static char *const language_now = variable + sizeof "LANGUAGE=" - 1;
static char *catalogues; /* the folder; NULL before i18n_init */

extern int _nl_msg_cat_cntr; /* glibc: "look again", as the gettext manual (11.5) tells to */

void i18n_init(const char *dir)
{
	free(catalogues);
	catalogues = strdup(dir);
	setlocale(LC_CTYPE, "C.UTF-8");
	locale_t base = duplocale(LC_GLOBAL_LOCALE);
	locale_t with_messages = base ? newlocale(LC_MESSAGES_MASK, "C.UTF-8", base) : (locale_t)0;
	if (with_messages) {
		locale_t before = uselocale(with_messages);
		if (before != LC_GLOBAL_LOCALE)
			freelocale(before);
	} else if (base) {
		freelocale(base);
	}
	putenv(variable);
	bindtextdomain(domain, dir);
	bind_textdomain_codeset(domain, "UTF-8");
}

bool i18n_has(const char *language)
{
	size_t letters = strspn(language, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_");
	if (letters == 0 || letters > LANGUAGE_MAX || language[letters])
		return false;
	if (strcmp(language, "en") == 0)
		return true;
	char *file = NULL;
	if (!catalogues || asprintf(&file, "%s/%s/LC_MESSAGES/%s.mo", catalogues, language, domain) < 0)
		return false;
	bool is_there = access(file, R_OK) == 0;
	free(file);
	return is_there;
}

void i18n_set_language(const char *language)
{
	if (strcmp(language_now, language) == 0)
		return;
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
