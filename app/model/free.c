/* The sheet of a place: a visitor takes it now for a while, or books it with the phone. */
#include "app/base/limits.h"
#include "private.h"

struct offer {
	struct model_button buttons[DROP_IN_CHOICES_MAX];
	int64_t until_utc[DROP_IN_CHOICES_MAX];
	size_t count;
};

static const char *clock_of(struct maker *maker, int64_t utc)
{
	return words_clock(maker->arena, maker->config->zone, utc);
}

static void add_choice(struct maker *maker, struct offer *offer, int64_t until_utc, const char *text)
{
	size_t number = offer->count++;
	struct action action = {.kind = ACTION_CHOOSE, .id = "", .place = "", .number = (int)number};
	offer->until_utc[number] = until_utc;
	offer->buttons[number] =
		button_make(arena_print(maker->arena, "choice:%zu", number), text, BUTTON_SECONDARY, action);
}

/* The time is rounded to whole minutes, so that the button shows exactly the time that is meant. */
static struct offer make_offer(struct maker *maker, const struct office_place *place)
{
	struct offer offer = {.count = 0};
	int64_t now_utc = maker->time->now_utc;
	int64_t minute_utc = now_utc - (now_utc % 60 + 60) % 60;
	if (minute_utc + DROP_IN_SHORT_S < place->free_until_utc) {
		add_choice(maker, &offer, minute_utc + DROP_IN_SHORT_S,
			   arena_print(maker->arena, tr("%d min"), DROP_IN_SHORT_S / 60));
	}
	if (minute_utc + DROP_IN_LONG_S < place->free_until_utc) {
		unsigned long hours = DROP_IN_LONG_S / 3600;
		add_choice(maker, &offer, minute_utc + DROP_IN_LONG_S,
			   arena_print(maker->arena, tr_n("%lu hour", "%lu hours", hours), hours));
	}
	/* After closing nobody means midnight. */
	if (place->free_until_utc < maker->office->day_end_utc || offer.count == 0) {
		add_choice(maker, &offer, place->free_until_utc,
			   arena_print(maker->arena, tr("Until %s"), clock_of(maker, place->free_until_utc)));
	}
	return offer;
}

static void offer_place(struct maker *maker, struct sheet_maker *sheet, const struct office_place *place)
{
	struct offer offer = make_offer(maker, place);
	size_t chosen = maker->visit->choice < 0 ? 0 : (size_t)maker->visit->choice;
	chosen = chosen < offer.count ? chosen : offer.count - 1;
	offer.buttons[chosen].style = BUTTON_CHOSEN;
	sheet->sheet->subtitle = tr("How long would you like to sit here?");
	sheet->sheet->choices = arena_alloc(maker->arena, sizeof(offer.buttons));
	for (size_t i = 0; sheet->sheet->choices && i < offer.count; i++) {
		sheet->sheet->choices[sheet->sheet->choice_count++] = offer.buttons[i];
	}
	struct action take = {
		.kind = ACTION_DROP_IN,
		.id = "",
		.place = place->config->id,
		.until_utc = offer.until_utc[chosen],
		.is_anyway = place->may_be_taken_anyway,
	};
	const char *format = take.is_anyway ? tr("Sit here anyway until %s") : tr("Take the place until %s");
	const char *text = arena_print(maker->arena, format, clock_of(maker, take.until_utc));
	sheet_button(sheet, button_make("take", text, BUTTON_SUCCESS, take));
}

static const char *free_status(struct maker *maker, const struct office_place *place)
{
	if (place->state == PLACE_FREE && maker->office->is_closed_now) {
		return closed_words(maker);
	}
	if (place->state == PLACE_FREE) {
		return free_until(maker, place);
	}
	if (place->current >= 0 && place->state != PLACE_UNKNOWN && place->state != PLACE_WAITING) {
		const struct office_booking *booking = &maker->office->bookings[place->current];
		return arena_print(maker->arena, tr("Taken until %s"), clock_of(maker, booking->until_utc));
	}
	return state_word(place_shown(place));
}

/* Says whose booking nobody came to, and for whom the place is kept. */
static void tell_bookings(struct maker *maker, struct sheet_maker *sheet, const struct office_place *place)
{
	int64_t now_utc = maker->time->now_utc;
	for (size_t i = place->first; i < place->first + place->count; i++) {
		const struct office_booking *booking = &maker->office->bookings[i];
		if (booking->state == BOOKING_NO_SHOW && booking->until_utc > now_utc) {
			sheet_paragraph(sheet, arena_print(maker->arena, tr("Booked %s, but nobody has checked in."),
							   booking_times(maker, booking)));
			return;
		}
	}
	if (place->state != PLACE_FREE && place->current >= 0) {
		const struct office_booking *booking = &maker->office->bookings[place->current];
		/* who, when */
		sheet_paragraph(sheet, arena_print(maker->arena, tr("%s, %s"), booking_name(maker, booking),
						   booking_times(maker, booking)));
	}
}

/* What is not known about a place that seems to be nobody's. */
static void tell_doubt(struct maker *maker, struct sheet_maker *sheet, const struct office_place *place)
{
	if (place->may_be_taken_anyway && place->doubt == DOUBT_NEVER_READ) {
		sheet_paragraph(sheet, tr("The bookings have not been fetched yet. The place may be booked."));
	} else if (place->may_be_taken_anyway) {
		sheet_paragraph(sheet,
				arena_print(maker->arena,
					    tr("Bookings last updated %s. The place may have been booked since."),
					    when_words(maker, place->agreed_utc)));
	} else if (place->may_be_taken && place->skipped > 0) {
		sheet_paragraph(sheet, words_sentence(maker->arena, skipped_words(maker, place->skipped)));
	}
}

void make_free_sheet(struct maker *maker)
{
	struct sheet_maker sheet;
	const struct office_place *place = NULL;
	const struct config_place *wanted = config_place_by_id(maker->config, maker->visit->id);
	if (wanted) {
		place = &maker->office->places[wanted - maker->config->places];
	}
	if (!place) {
		sheet_begin(maker, &sheet, tr("There is no such place"));
		sheet_end(&sheet);
		return;
	}
	sheet_begin(maker, &sheet, wanted->title);
	sheet_state(&sheet, place_shown(place), free_status(maker, place));
	tell_doubt(maker, &sheet, place);
	tell_bookings(maker, &sheet, place);
	if (place->may_be_taken || place->may_be_taken_anyway) {
		offer_place(maker, &sheet, place);
	} else {
		unsigned long seats = (unsigned long)(wanted->seats > 0 ? wanted->seats : 0);
		sheet.sheet->subtitle =
			seats == 0 ? "" : arena_print(maker->arena, tr_n("%lu seat", "%lu seats", seats), seats);
		if (wanted->equipment) {
			sheet_paragraph(&sheet, words_sentence(maker->arena, wanted->equipment));
		}
	}
	if (wanted->booking_page) {
		sheet.sheet->code = wanted->booking_page;
		sheet.sheet->code_title = tr("Book another day");
		sheet.sheet->code_text = tr("Scan with your phone and the booking page opens");
	}
	sheet_end(&sheet);
}
