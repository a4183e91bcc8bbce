/* See said.h. What is inside a button, or inside something that speaks for itself, is said by that. */
#include "said.h"

#include <stdlib.h>
#include <string.h>

#include "app/base/i18n.h"
#include "app/model/pronounce.h"
#include "app/model/words.h"

/* So long a text is not said twice. A shorter one, such as a name in a table, may mean something else each time. */
enum { REPEATED_BYTES = 15 };

struct said {
	struct arena *arena;
	const struct ui *ui;
	const char *text;
};

static bool has_end(const char *text)
{
	size_t length = strlen(text);
	return length > 0 && strchr(".!?:", text[length - 1]);
}

static const char *join(struct arena *arena, const char *before, const char *after)
{
	if (!before[0] || !after[0]) {
		return before[0] ? before : after;
	}
	return arena_print(arena, "%s%s %s", before, has_end(before) ? "" : ".", after);
}

static bool begins(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
}

/* Two texts are the same when they differ by a full stop. */
static bool same_words(const char *a, const char *b)
{
	size_t length_a = strlen(a), length_b = strlen(b);
	length_a -= length_a > 0 && a[length_a - 1] == '.';
	length_b -= length_b > 0 && b[length_b - 1] == '.';
	return length_a == length_b && memcmp(a, b, length_a) == 0;
}

/* Returns whether the text was said already, by itself or as a part of another one. */
static bool was_said(const struct said *said, const char *text)
{
	size_t length = strlen(text);
	const char *known = arena_copy(said->arena, text, length - (length > 0 && text[length - 1] == '.'));
	return length >= REPEATED_BYTES && strstr(said->text, known);
}

static void say(struct said *said, const char *spoken)
{
	const char *text = words_capital(said->arena, pronounce(said->arena, i18n_language(), spoken));
	if (text[0] && !was_said(said, text)) {
		said->text = join(said->arena, said->text, text);
	}
}

static bool takes_focus(const struct widget *widget)
{
	return ui_is_reachable(widget) && !widget->is_backdrop;
}

/* Hours on the axis and days of the month mean nothing without their picture. Years do. */
static bool is_figure(const char *text)
{
	size_t length = strlen(text);
	return strspn(text, "0123456789:") == length && length != strlen("2026");
}

static bool is_inside_speaker(const struct ui *ui, const struct widget *widget)
{
	for (int at = widget->parent; at >= 0; at = ui->widgets[at].parent) {
		const struct widget *outer = &ui->widgets[at];
		if (outer->is_backdrop) {
			continue; /* the whole screen lies in it */
		}
		if (outer->role == UI_BUTTON || outer->role == UI_IMAGE || outer->spoken[0]) {
			return true;
		}
	}
	return false;
}

/* A small map says where the place is, and so does the text beside it. */
static bool is_text_elsewhere(const struct ui *ui, const struct widget *image)
{
	for (size_t i = 0; image->role == UI_IMAGE && i < ui->count; i++) {
		const struct widget *widget = &ui->widgets[i];
		if (widget->role == UI_TEXT && !widget->is_covered && same_words(widget->spoken, image->spoken)) {
			return true;
		}
	}
	return false;
}

/* Returns whether the widget is a text of its own. The caption repeats what was said. */
static bool speaks(const struct ui *ui, const struct widget *widget)
{
	return !begins(widget->id, "caption") && !is_text_elsewhere(ui, widget) && !widget->is_covered &&
	       widget->role != UI_BUTTON && widget->spoken[0] && !is_figure(widget->spoken) &&
	       !is_inside_speaker(ui, widget);
}

static const char *backdrop_words(const struct ui *ui)
{
	for (size_t i = 0; i < ui->count; i++) {
		if (ui->widgets[i].is_backdrop) {
			return ui->widgets[i].spoken;
		}
	}
	return "";
}

/* What is said last, and what concerns only a finger: where a touch beside all buttons would lead. */
static bool is_kept_back(const struct ui *ui, const struct widget *widget)
{
	return strcmp(widget->id, "countdown") == 0 || strcmp(widget->spoken, backdrop_words(ui)) == 0;
}

static int index_of(const struct ui *ui, const char *id)
{
	const struct widget *widget = ui_by_id(ui, id);
	return widget ? (int)(widget - ui->widgets) : -1;
}

/* What the home screen begins with. */
static const char *const home_ids[] = {"office", "date", "clock", "free"};
enum { HOME_IDS = sizeof(home_ids) / sizeof(home_ids[0]) };

static bool came_first(const struct widget *widget)
{
	bool came = strcmp(widget->id, "title") == 0 || begins(widget->id, "note");
	for (size_t i = 0; i < HOME_IDS; i++) {
		came = came || strcmp(widget->id, home_ids[i]) == 0;
	}
	return came;
}

static void say_texts(struct said *said, int from, int to)
{
	for (int i = from; i < to; i++) {
		const struct widget *widget = &said->ui->widgets[i];
		if (speaks(said->ui, widget) && !came_first(widget) && !is_kept_back(said->ui, widget)) {
			say(said, widget->spoken);
		}
	}
}

/* The state of a place stands above its title. Returns where that begins in the tree. */
static int before_title(const struct ui *ui, int title)
{
	const struct rect *box = &ui->widgets[title].box;
	int from = title;
	while (from > 0) {
		const struct widget *widget = &ui->widgets[from - 1];
		bool is_above = widget->role == UI_TEXT && widget->box.y < box->y && widget->box.x >= box->x - box->h &&
				widget->box.x < box->x + box->w;
		if (!is_above || widget->is_covered) {
			break;
		}
		from--;
	}
	return from;
}

static void say_sheet(struct said *said, int title)
{
	int from = before_title(said->ui, title);
	say(said, said->ui->widgets[title].spoken);
	say_texts(said, from, (int)said->ui->count);
	say_texts(said, 0, from);
	const struct widget *countdown = ui_by_id(said->ui, "countdown");
	say(said, countdown ? countdown->spoken : "");
}

/* Returns what stands before the colon of an id: the same for buttons of one kind. */
static size_t kind_length(const char *id)
{
	const char *colon = strchr(id, ':');
	return colon ? (size_t)(colon - id) + 1 : 0;
}

static unsigned long count_kind(const struct ui *ui, const char *id, size_t length, int until)
{
	unsigned long count = 0;
	for (int i = 0; i < until; i++) {
		const struct widget *widget = &ui->widgets[i];
		count += takes_focus(widget) && strncmp(widget->id, id, length) == 0;
	}
	return count;
}

static void say_home(struct said *said)
{
	for (size_t i = 0; i < HOME_IDS; i++) {
		const struct widget *widget = ui_by_id(said->ui, home_ids[i]);
		say(said, widget ? widget->spoken : "");
	}
	unsigned long waiting = count_kind(said->ui, "checkin:", strlen("checkin:"), (int)said->ui->count);
	if (waiting > 0) {
		say(said, arena_print(said->arena, tr_n("%lu person can check in", "%lu people can check in", waiting),
				      waiting));
	}
	for (size_t i = 0; i < said->ui->count; i++) {
		const struct widget *widget = &said->ui->widgets[i];
		if (!widget->is_covered && begins(widget->id, "note")) {
			say(said, widget->spoken);
		}
	}
}

const char *said_view(struct arena *arena, const struct ui *ui)
{
	struct said said = {.arena = arena, .ui = ui, .text = ""};
	int title = index_of(ui, "title");
	if (title >= 0) {
		say_sheet(&said, title);
	} else {
		say_home(&said);
	}
	return said.text;
}

const char *said_all(struct arena *arena, const struct ui *ui)
{
	struct said said = {.arena = arena, .ui = ui, .text = ""};
	int title = index_of(ui, "title"), first = ui_focus_step(ui, -1, 1), at = first;
	if (title >= 0) {
		say_sheet(&said, title);
	} else {
		say_home(&said);
		say_texts(&said, 0, (int)ui->count);
	}
	while (at >= 0) {
		say(&said, ui->widgets[at].spoken);
		at = ui_focus_step(ui, at, 1);
		at = at == first ? -1 : at;
	}
	return said.text;
}

static bool is_focusable(const struct ui *ui, int index)
{
	return index >= 0 && index < (int)ui->count && takes_focus(&ui->widgets[index]);
}

const char *said_widget(struct arena *arena, const struct ui *ui, int index)
{
	if (!is_focusable(ui, index)) {
		return "";
	}
	const struct widget *widget = &ui->widgets[index];
	const char *words = words_capital(arena, pronounce(arena, i18n_language(), widget->spoken));
	size_t length = kind_length(widget->id);
	unsigned long count = length > 0 ? count_kind(ui, widget->id, length, (int)ui->count) : 0;
	if (count < 2) {
		return join(arena, words, tr("Button"));
	}
	unsigned long place = count_kind(ui, widget->id, length, index + 1);
	/* role of a widget, its number, how many there are */
	return join(arena, words, arena_print(arena, tr("%s, %lu of %lu"), tr("Button"), place, count));
}

const char *said_letters(struct arena *arena, const struct ui *ui, int index)
{
	if (!is_focusable(ui, index)) {
		return "";
	}
	/* "Checka in: Nils S., Plats 5": the name lies between. */
	const char *spoken = ui->widgets[index].spoken, *colon = strstr(spoken, ": ");
	const char *from = colon ? colon + 2 : spoken;
	return pronounce_letters(arena, arena_copy(arena, from, strcspn(from, ",")));
}
