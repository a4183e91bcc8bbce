/* Builds a sheet: every sheet has the same parts, and "Stäng" is always last. */
#include <string.h>

#include "private.h"

enum { DETAIL_FACTS = 6 };
enum { PARAGRAPHS_MAX = sizeof(((struct model_sheet *)0)->paragraphs) / sizeof(char *) };

void sheet_begin(struct maker *maker, struct sheet_maker *out_sheet, const char *title)
{
	*out_sheet = (struct sheet_maker){.maker = maker, .sheet = &maker->model->sheet};
	out_sheet->sheet->title = title;
	out_sheet->sheet->outside = button_close().action;
}

void sheet_state(struct sheet_maker *sheet, enum shown_state state, const char *status)
{
	sheet->sheet->has_state = true;
	sheet->sheet->state = state;
	sheet->sheet->status = status;
}

void sheet_paragraph(struct sheet_maker *sheet, const char *text)
{
	if (text[0] && sheet->sheet->paragraph_count < PARAGRAPHS_MAX) {
		sheet->sheet->paragraphs[sheet->sheet->paragraph_count++] = text;
	}
}

void sheet_button(struct sheet_maker *sheet, struct model_button button)
{
	enum { ROOM = sizeof(sheet->buttons) / sizeof(sheet->buttons[0]) - 1 }; /* the last button is "Stäng" */
	if (sheet->sheet->button_count < ROOM) {
		sheet->buttons[sheet->sheet->button_count++] = button;
	}
}

void sheet_end(struct sheet_maker *sheet)
{
	sheet->buttons[sheet->sheet->button_count++] = button_close();
	size_t bytes = sheet->sheet->button_count * sizeof(sheet->buttons[0]);
	sheet->sheet->buttons = arena_alloc(sheet->maker->arena, bytes);
	if (sheet->sheet->buttons) {
		memcpy(sheet->sheet->buttons, sheet->buttons, bytes);
	}
}

void detail_fact(struct maker *maker, const char *key, const char *text, const char *more)
{
	struct model_detail *detail = &maker->model->detail;
	if (!detail->facts) {
		detail->facts = arena_alloc(maker->arena, DETAIL_FACTS * sizeof(*detail->facts));
	}
	if (text[0] && detail->facts && detail->fact_count < DETAIL_FACTS) {
		detail->facts[detail->fact_count++] = (struct model_fact){key, text, more};
	}
}

void detail_note(struct maker *maker, const char *text)
{
	enum { NOTES_MOST = sizeof(maker->model->detail.notes) / sizeof(char *) };
	struct model_detail *detail = &maker->model->detail;
	if (text[0] && detail->note_count < NOTES_MOST) {
		detail->notes[detail->note_count++] = text;
	}
}
