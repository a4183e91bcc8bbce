/* The sheets about the screen itself: how it looks, and what to do before there is a calendar. */
#include "private.h"

static struct model_button switch_button(struct maker *maker, const char *id, const char *text, bool is_on,
					 enum action_kind kind)
{
	struct action action = {.kind = kind, .id = "", .place = "", .number = !is_on};
	/* what, on or off */
	const char *spoken = arena_print(maker->arena, tr("%s: %s"), text, is_on ? tr("on") : tr("off"));
	struct model_button button = button_make(id, text, is_on ? BUTTON_CHOSEN : BUTTON_SECONDARY, action);
	button.spoken = spoken;
	return button;
}

struct model_button reach_button(struct maker *maker, enum button_style style)
{
	bool is_low = maker->visit->low_reach;
	struct action action = {.kind = ACTION_REACH, .id = "", .place = "", .number = !is_low};
	return button_make("reach", is_low ? tr("Raise the buttons") : tr("Lower the buttons"), style, action);
}

void make_access_sheet(struct maker *maker)
{
	static const struct {
		int percent;
		const char *word;
	} sizes[] = {{100, TR_MARK("Normal")}, {130, TR_MARK("Larger")}, {160, TR_MARK("Largest")}};
	enum { COUNT = sizeof(sizes) / sizeof(sizes[0]) };
	struct sheet_maker sheet;
	const struct visit *visit = maker->visit;
	sheet_begin(maker, &sheet, tr("Accessibility"));
	sheet.sheet->subtitle = tr("Text size");
	sheet.sheet->choices = arena_alloc(maker->arena, COUNT * sizeof(*sheet.sheet->choices));
	for (size_t i = 0; sheet.sheet->choices && i < COUNT; i++) {
		struct action action = {.kind = ACTION_TEXT_SIZE, .id = "", .place = "", .number = sizes[i].percent};
		bool is_chosen = visit->text_percent == sizes[i].percent;
		struct model_button button = button_make(arena_print(maker->arena, "text:%d", sizes[i].percent),
							 tr(sizes[i].word), BUTTON_SECONDARY, action);
		/* what, size */
		button.spoken = arena_print(maker->arena, tr("%s: %s"), tr("Text size"), button.text);
		if (is_chosen) {
			button_choose(maker, &button);
		}
		sheet.sheet->choices[sheet.sheet->choice_count++] = button;
	}
	sheet_paragraph(&sheet, tr("Everything is reset when you leave."));
	sheet_button(&sheet,
		     switch_button(maker, "contrast", tr("High contrast"), visit->high_contrast, ACTION_CONTRAST));
	sheet_button(&sheet, reach_button(maker, BUTTON_SECONDARY));
	sheet_end(&sheet);
}

/* This text addresses the administrator, who alone can do something about it. */
static void make_mistake_sheet(struct maker *maker)
{
	struct sheet_maker sheet;
	sheet_begin(maker, &sheet, tr("The configuration has a mistake"));
	sheet.sheet->subtitle = maker->config->office;
	sheet_paragraph(&sheet, maker->config->mistake);
	sheet_paragraph(&sheet, tr("Correct it and restart the kiosk."));
}

void make_setup_sheet(struct maker *maker)
{
	struct sheet_maker sheet;
	if (maker->config->mistake) {
		make_mistake_sheet(maker);
		return;
	}
	sheet_begin(maker, &sheet, tr("This screen is not set up yet"));
	sheet.sheet->subtitle = maker->config->office;
	sheet_paragraph(&sheet, tr("It does not know any calendar, so it cannot show any bookings."));
	sheet_paragraph(&sheet, tr("1. Run the command satellitkiosk setup on this computer."));
	sheet_paragraph(&sheet, arena_print(maker->arena, tr("2. Or write each calendar’s address into the file %s."),
					    maker->config->file));
	sheet_paragraph(&sheet, tr("3. Restart the kiosk."));
}
