/* The sheet of everybody who can check in, by name; many people are divided by letters. */
#include <string.h>

#include "app/base/limits.h"
#include "private.h"

struct letters {
	size_t from, to; /* of those who wait, by name */
};

static size_t end_of_letter(struct maker *maker, size_t from)
{
	int32_t letter = words_letter(waiter_name(maker, from));
	size_t to = from + 1;
	while (to < maker->waiter_count && words_letter(waiter_name(maker, to)) == letter) {
		to++;
	}
	return to;
}

/* Cuts between letters, so that each group has about as many people. */
static size_t make_groups(struct maker *maker, struct letters groups[LETTER_GROUPS_MAX])
{
	size_t count = 0, share = (maker->waiter_count + LETTER_GROUPS_MAX - 1) / LETTER_GROUPS_MAX;
	for (size_t at = 0; at < maker->waiter_count;) {
		struct letters *group = count > 0 ? &groups[count - 1] : NULL;
		size_t end = end_of_letter(maker, at);
		bool is_full = !group || (group->to - group->from) + (end - at) / 2 >= share;
		if (is_full && count < LETTER_GROUPS_MAX) {
			groups[count++] = (struct letters){at, end};
		} else {
			group->to = end;
		}
		at = end;
	}
	return count;
}

/* Returns "A–D", or "S" alone. */
static const char *group_words(struct maker *maker, const struct letters *group)
{
	const char *first = words_capital_letter(maker->arena, waiter_name(maker, group->from));
	const char *last = words_capital_letter(maker->arena, waiter_name(maker, group->to - 1));
	return strcmp(first, last) == 0 ? first : arena_print(maker->arena, "%s–%s", first, last);
}

static void add_letters(struct maker *maker, struct model_sheet *sheet, const struct letters *groups, size_t count)
{
	sheet->choices = arena_alloc(maker->arena, (count + 1) * sizeof(*sheet->choices));
	for (size_t i = 0; sheet->choices && i <= count; i++) {
		struct action action = {.kind = ACTION_CHOOSE, .id = "", .place = "", .number = (int)i};
		bool is_chosen = (int)i == maker->visit->choice;
		struct model_button *button = &sheet->choices[sheet->choice_count++];
		*button =
			button_make(arena_print(maker->arena, "letters:%zu", i),
				    i == 0 ? tr("All") : group_words(maker, &groups[i - 1]), BUTTON_SECONDARY, action);
		if (is_chosen) {
			button_choose(maker, button);
		}
	}
}

void make_all_sheet(struct maker *maker)
{
	struct model *model = maker->model;
	struct sheet_maker sheet;
	struct letters groups[LETTER_GROUPS_MAX] = {{0, 0}};
	unsigned long count = (unsigned long)model->waiting_total;
	sheet_begin(maker, &sheet, tr("Check in"));
	sheet.sheet->subtitle = count == 0
					? model->waiting_empty
					: arena_print(maker->arena,
						      tr_n("Tap your name – %lu waiting, in alphabetical order",
							   "Tap your name – %lu waiting, in alphabetical order", count),
						      count);
	sheet_paragraph(&sheet, tr("Can’t find your name? The booking may be too new. Ask the office."));
	model->listed_page = maker->visit->page;
	model->previous_page = tr("Previous page");
	model->next_page = tr("Next page");
	size_t from = 0, to = maker->waiter_count;
	if (maker->waiter_count > LETTERS_FROM) {
		size_t group_count = make_groups(maker, groups);
		size_t chosen = maker->visit->choice > 0 ? (size_t)maker->visit->choice : 0;
		add_letters(maker, sheet.sheet, groups, group_count);
		if (chosen > 0 && chosen <= group_count) {
			from = groups[chosen - 1].from;
			to = groups[chosen - 1].to;
		}
	}
	list_waiters(maker, from, to - from, model->listed_page);
	sheet_end(&sheet);
}
