/* "Bra att veta": the cards of the configuration. A code that the phone uses at once, such as the Wi-Fi's, stands on
 * its card. An address is behind a button, which shows the card alone with its code. */
#include <string.h>

#include "app/base/limits.h"
#include "private.h"

/* The choice that opens the accessibility statement; those before it open a card alone. */
enum { STATEMENT = INFOS_MAX + 1 };

static bool is_address(const char *code)
{
	return strncasecmp(code, "https://", 8) == 0 || strncasecmp(code, "http://", 7) == 0;
}

static struct model_card make_card(struct maker *maker, size_t number, bool is_alone)
{
	const struct config_info *info = &maker->config->infos[number];
	struct model_card card = {
		.title = info->title, .text = info->text ? info->text : "", .hint = "", .code = "", .icon = info->icon};
	card.id = arena_print(maker->arena, "info:%zu", number + 1);
	card.more = button_make("", "", BUTTON_SECONDARY, no_action);
	card.code_spoken = "";
	if (!info->code) {
		return card;
	}
	if (is_alone || !is_address(info->code)) {
		bool is_network = strncasecmp(info->code, "WIFI:", 5) == 0;
		card.code = info->code;
		/* the title of the card */
		card.code_spoken =
			arena_print(maker->arena, tr("QR code: %s"), info->button ? info->button : info->title);
		card.hint = is_network ? tr("Scan the code and your phone connects.")
				       : tr("Scan the code with your phone.");
	} else {
		const char *label = info->button ? info->button : tr("Read more");
		struct action show = {.kind = ACTION_CHOOSE, .id = "", .place = "", .number = (int)number + 1};
		card.more =
			button_make(arena_print(maker->arena, "more:%zu", number + 1), label, BUTTON_SECONDARY, show);
		card.more.spoken = arena_print(maker->arena, "%s: %s", info->title, label);
	}
	return card;
}

static bool has_statement(const struct config *config)
{
	bool has = false;
	for (size_t i = 0; i < config->info_count; i++) {
		has = has || config->infos[i].is_statement;
	}
	return has;
}

/* The statement is a page of its own, so that it takes no room from what everybody needs to know. */
static void add_statement_button(struct maker *maker, struct sheet_maker *sheet)
{
	struct action show = {.kind = ACTION_CHOOSE, .id = "", .place = "", .number = STATEMENT};
	if (has_statement(maker->config)) {
		sheet_button(sheet, button_make("statement", tr("Accessibility statement"), BUTTON_SECONDARY, show));
	}
}

void make_info_sheet(struct maker *maker)
{
	struct model *model = maker->model;
	const struct config *config = maker->config;
	struct sheet_maker sheet;
	size_t chosen = maker->visit->choice > 0 ? (size_t)maker->visit->choice : 0;
	bool is_statement = chosen == STATEMENT && has_statement(config);
	bool is_alone = chosen > 0 && chosen <= config->info_count && config->infos[chosen - 1].code;
	sheet_begin(maker, &sheet, is_statement ? tr("Accessibility statement") : tr("Good to know"));
	sheet.sheet->subtitle = config->address[0]
					? arena_print(maker->arena, "%s, %s", config->office, config->address)
					: config->office;
	model->cards = arena_alloc(maker->arena, (config->info_count + 1) * sizeof(*model->cards));
	for (size_t i = 0; model->cards && i < config->info_count; i++) {
		bool is_shown = is_alone ? i == chosen - 1 : config->infos[i].is_statement == is_statement;
		if (is_shown) {
			model->cards[model->card_count++] = make_card(maker, i, is_alone);
		}
	}
	model->sheet_page = is_alone ? 0 : maker->visit->page;
	model->previous_page = tr("Previous page");
	model->next_page = tr("Next page");
	if (is_alone || is_statement) {
		struct action back = {.kind = ACTION_CHOOSE, .id = "", .place = "", .number = 0};
		sheet_button(&sheet, button_make("back", tr("Back"), BUTTON_SECONDARY, back));
	} else {
		add_statement_button(maker, &sheet);
	}
	sheet_end(&sheet);
}
