/* See info_private.h. A card that could not be shown whole, or a code that no phone could read, is a mistake. */
#include "info_private.h"

#include <string.h>

#include "app/base/limits.h"
#include "region.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

const char *const info_keys[] = {"title-en", BILINGUAL("text"), "qr", BILINGUAL("button"), "icon", "statement", NULL};

static const struct choice icons[] = {{"info", INFO_PLAIN},       {"wifi", INFO_WIFI},   {"printer", INFO_PRINTER},
				      {"phone", INFO_PHONE},      {"exit", INFO_EXIT},   {"accessibility", INFO_ACCESS},
				      {"question", INFO_PRIVACY}, {"place", INFO_PLACE}, {"people", INFO_PEOPLE}};

static bool check_length(const struct taker *taker, const char *key, const char *text, size_t max)
{
	return !text || strlen(text) <= max ||
	       tell_key(taker, key, "has %zu bytes; a card has room for %zu, so shorten it", strlen(text), max);
}

bool config_info_read(const struct taker *taker, struct config_info *info)
{
	int icon = INFO_PLAIN;
	if (!take_title(taker, INFO_TITLE_MAX, &info->title) || !take_english(taker, "title", &info->title) ||
	    !take_lines(taker, "text", &info->text) || !take_code(taker, "qr", &info->code) ||
	    !take_words(taker, "button", &info->button) || !take_choice(taker, "icon", icons, COUNT(icons), &icon) ||
	    !take_bool(taker, "statement", &info->is_statement)) {
		return false;
	}
	info->icon = (enum info_icon)icon;
	if (!info->text && !info->code) {
		return tell_key(taker, "text", "is not written; write what visitors should know, or a qr");
	}
	if (info->button && !info->code) {
		return tell_key(taker, "button", "shows the code of qr; write qr, too, or remove it");
	}
	const char *text_key = taker->is_english ? "text-en" : "text";
	const char *button_key = taker->is_english ? "button-en" : "button";
	return check_length(taker, "title-en", info->title, INFO_TITLE_MAX) &&
	       check_length(taker, text_key, info->text, INFO_TEXT_MAX) &&
	       check_length(taker, button_key, info->button, INFO_BUTTON_MAX);
}

bool config_roles_check(const struct taker *taker, const char *text)
{
	const char *key = taker->is_english ? "agenda-by-en" : "agenda-by";
	for (const char *at = strchr(text, '{'); at; at = strchr(at + 1, '{')) {
		size_t length = 0;
		if (region_role_of(at, &length) == REGION_NO_ROLE) {
			return tell_key(taker, key,
					"\"%.40s\": no such role; write {chair}, {vice-chair}, {kc-chair} or "
					"{kc-vice-chair-name}",
					at);
		}
	}
	return true;
}
