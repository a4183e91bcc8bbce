/* What extends a stay: half an hour, an hour, or as long as nobody is next. */
#include "app/base/limits.h"
#include "private.h"

struct longer {
	struct maker *maker;
	struct model_sheet *sheet;
	const struct office_booking *booking;
	bool is_anyway;
};

static const char *clock_of(struct maker *maker, int64_t utc)
{
	return words_moment(maker->arena, maker->config->zone, utc, maker->today);
}

static void add(struct longer *longer, const char *id, int64_t until_utc, const char *text, const char *detail)
{
	struct action action = {.kind = ACTION_EXTEND,
				.id = keep(longer->maker, longer->booking->id),
				.place = "",
				.until_utc = until_utc,
				.is_anyway = longer->is_anyway};
	const char *words = arena_print(longer->maker->arena, "%s\n%s", text, detail);
	struct model_button button = button_make(id, words, BUTTON_PRIMARY, action);
	/* "Förläng: +30 min, till 12:30" */
	button.spoken = arena_print(longer->maker->arena, tr("%s: %s, %s"), tr("Extend"), text, detail);
	longer->sheet->longer[longer->sheet->longer_count++] = button;
}

static void add_choices(struct longer *longer, int64_t limit_utc)
{
	struct maker *maker = longer->maker;
	int64_t until_utc = longer->booking->until_utc;
	int64_t half_utc = until_utc + DROP_IN_SHORT_S, hour_utc = until_utc + DROP_IN_LONG_S;
	if (half_utc < limit_utc) {
		add(longer, "extend:30", half_utc, arena_print(maker->arena, tr("+%d min"), DROP_IN_SHORT_S / 60),
		    arena_print(maker->arena, tr("until %s"), clock_of(maker, half_utc)));
	}
	if (hour_utc < limit_utc) {
		unsigned long hours = DROP_IN_LONG_S / 3600;
		add(longer, "extend:60", hour_utc,
		    arena_print(maker->arena, tr_n("+%lu hour", "+%lu hours", hours), hours),
		    arena_print(maker->arena, tr("until %s"), clock_of(maker, hour_utc)));
	}
	if (limit_utc < maker->office->day_end_utc) { /* after closing nobody means midnight */
		add(longer, "extend:all", limit_utc,
		    arena_print(maker->arena, tr("Until %s"), clock_of(maker, limit_utc)), tr("as long as possible"));
	}
}

/* Returns who has the place when the stay cannot be extended any further; NULL nobody. */
static const struct office_booking *next_at(const struct maker *maker, int place, int64_t limit_utc)
{
	const struct office_place *at = &maker->office->places[place];
	for (size_t i = at->first; i < at->first + at->count; i++) {
		if (maker->office->bookings[i].start_utc == limit_utc) {
			return &maker->office->bookings[i];
		}
	}
	return NULL;
}

static const char *note_of(struct longer *longer, const struct office_booking *next)
{
	struct maker *maker = longer->maker;
	const char *note = tr("The extension shows here but does not change the online booking.");
	const char *who = next ? booked_from(maker, next) : "";
	if (longer->booking->is_drop_in) {
		return who; /* nothing is booked online */
	}
	/* "Hanna B. har platsen från 16:30." and the extension's limits */
	return who[0] ? arena_print(maker->arena, "%s %s", who, note) : note;
}

void offer_longer(struct maker *maker, struct model_sheet *sheet, const struct office_booking *booking)
{
	int64_t limit_utc = office_extends_until(maker->office, booking);
	struct longer longer = {maker, sheet, booking, false};
	if (booking->place < 0 || limit_utc <= booking->until_utc) {
		return;
	}
	longer.is_anyway = maker->office->places[booking->place].doubt != DOUBT_NONE;
	sheet->longer = arena_alloc(maker->arena, EXTEND_CHOICES_MAX * sizeof(*sheet->longer));
	if (!sheet->longer) {
		return;
	}
	add_choices(&longer, limit_utc);
	if (sheet->longer_count == 1) {
		struct model_button *only = &sheet->longer[0];
		only->id = "extend";
		only->text = only->spoken =
			arena_print(maker->arena, tr("Extend until %s"), clock_of(maker, only->action.until_utc));
	}
	sheet->longer_title = tr("Extend");
	sheet->longer_note = sheet->longer_count > 0 ? note_of(&longer, next_at(maker, booking->place, limit_utc)) : "";
}
