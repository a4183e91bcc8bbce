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

static bool is_room(const struct office_place *place)
{
	return place->config->kind == PLACE_ROOM;
}

static void add_choice(struct maker *maker, struct offer *offer, int64_t until_utc, const char *text)
{
	size_t number = offer->count++;
	struct action action = {.kind = ACTION_CHOOSE, .id = "", .place = "", .number = (int)number};
	offer->until_utc[number] = until_utc;
	offer->buttons[number] =
		button_make(arena_print(maker->arena, "choice:%zu", number), text, BUTTON_SECONDARY, action);
}

static const char *length_words(struct maker *maker, int64_t length_s)
{
	unsigned long hours = (unsigned long)(length_s / 3600);
	return hours > 0 ? arena_print(maker->arena, tr_n("%lu hour", "%lu hours", hours), hours)
			 : arena_print(maker->arena, tr("%d min"), (int)(length_s / 60));
}

/* Offers the two longest times that end before the next booking, and all of it. A meeting may be brief. The times are
 * rounded to whole minutes, so that the button shows exactly the time that is meant. */
static struct offer make_offer(struct maker *maker, const struct office_place *place)
{
	static const int64_t lengths_s[] = {DROP_IN_BRIEF_S, DROP_IN_SHORT_S, DROP_IN_LONG_S};
	struct offer offer = {.count = 0};
	int64_t now_utc = maker->time->now_utc;
	int64_t minute_utc = now_utc - (now_utc % 60 + 60) % 60;
	size_t first = is_room(place) && minute_utc + DROP_IN_LONG_S >= place->free_until_utc ? 0 : 1;
	for (size_t i = first; i < sizeof(lengths_s) / sizeof(lengths_s[0]); i++) {
		if (minute_utc + lengths_s[i] < place->free_until_utc) {
			add_choice(maker, &offer, minute_utc + lengths_s[i], length_words(maker, lengths_s[i]));
		}
	}
	/* After closing nobody means midnight. */
	if (place->free_until_utc < maker->office->day_end_utc || offer.count == 0) {
		add_choice(maker, &offer, place->free_until_utc,
			   arena_print(maker->arena, tr("Until %s"), clock_of(maker, place->free_until_utc)));
	}
	return offer;
}

static const char *next_at(struct maker *maker, const struct office_place *place)
{
	return place->next < 0 ? "" : booked_from(maker, &maker->office->bookings[place->next]);
}

static void offer_place(struct maker *maker, struct sheet_maker *sheet, const struct office_place *place)
{
	struct offer offer = make_offer(maker, place);
	size_t chosen = maker->visit->choice < 0 ? 0 : (size_t)maker->visit->choice;
	chosen = chosen < offer.count ? chosen : offer.count - 1;
	button_choose(maker, &offer.buttons[chosen]);
	sheet->sheet->choices = arena_alloc(maker->arena, sizeof(offer.buttons));
	for (size_t i = 0; sheet->sheet->choices && i < offer.count; i++) {
		sheet->sheet->choices[sheet->sheet->choice_count++] = offer.buttons[i];
	}
	const char *next = next_at(maker, place);
	if (is_room(place)) {
		sheet->sheet->question = tr("How long do you need the room?");
		sheet->sheet->note = next;
	} else {
		/* the question, who has the desk afterwards */
		sheet->sheet->question =
			next[0] ? arena_print(maker->arena, "%s %s", tr("How long?"), next) : tr("How long?");
	}
	sheet_button(sheet, take_button(maker, place, offer.until_utc[chosen]));
}

/* The owner is late, and may still come. */
static void offer_owner(struct maker *maker, struct sheet_maker *sheet, const struct office_place *place)
{
	const struct office_booking *absent = absent_at(maker, place);
	if (!absent) {
		return;
	}
	sheet->sheet->has_card = true;
	sheet->sheet->card_name = booking_name(maker, absent);
	sheet->sheet->card_times = booking_times(maker, absent);
	if (office_is_awaited(maker->office, &maker->input, absent)) {
		struct action action = {.kind = ACTION_CHECK_IN, .id = keep(maker, absent->id), .place = ""};
		struct model_button button =
			button_make(arena_print(maker->arena, "checkin:%s", place->config->id),
				    arena_print(maker->arena, "%s\n%s", tr("Check in"), sheet->sheet->card_name),
				    BUTTON_SECONDARY, action);
		/* what, who */
		button.spoken = arena_print(maker->arena, tr("%s: %s"), tr("Check in"), sheet->sheet->card_name);
		sheet_button(sheet, button);
	}
}

static const char *free_status(struct maker *maker, const struct office_place *place, enum shown_state shown)
{
	if (place->state == PLACE_FREE && maker->office->is_closed_now) {
		return closed_words(maker);
	}
	return shown == SHOWN_FREE ? free_until(maker, place) : state_word(shown);
}

/* What is not known about a place that seems to be nobody's. */
static void tell_doubt(struct maker *maker, struct sheet_maker *sheet, const struct office_place *place)
{
	if (maker->snapshot->share.is_lost && (place->may_be_taken || place->may_be_taken_anyway)) {
		sheet->sheet->warning =
			is_room(place) ? tr("The other screen cannot be reached – the room may be taken there.")
				       : tr("The other screen cannot be reached – the desk may be taken there.");
	}
	if (place->may_be_taken_anyway && place->doubt == DOUBT_NEVER_READ) {
		sheet_paragraph(sheet, is_room(place)
					       ? tr("The bookings have not been fetched yet. The room may be booked.")
					       : tr("The bookings have not been fetched yet. The desk may be booked."));
	} else if (place->may_be_taken_anyway) {
		const char *format = is_room(place)
					     ? tr("Bookings last updated %s. The room may have been booked since.")
					     : tr("Bookings last updated %s. The desk may have been booked since.");
		sheet_paragraph(sheet, arena_print(maker->arena, format, when_words(maker, place->agreed_utc)));
	} else if (place->may_be_taken && place->skipped > 0) {
		sheet_paragraph(sheet, words_sentence(maker->arena, skipped_words(maker, place->skipped)));
	}
}

/* "12 sittplatser. Utrustning för digitala möten finns i rummet." */
static const char *room_words(struct maker *maker, const struct config_place *room)
{
	unsigned long seats = (unsigned long)(room->seats > 0 ? room->seats : 0);
	const char *words =
		seats == 0 ? ""
			   : words_sentence(maker->arena,
					    arena_print(maker->arena, tr_n("%lu seat", "%lu seats", seats), seats));
	const char *equipment = room->equipment ? words_sentence(maker->arena, room->equipment) : "";
	return words[0] && equipment[0] ? arena_print(maker->arena, "%s %s", words, equipment)
	       : words[0]               ? words
					: equipment;
}

static void make_sheet_of_place(struct maker *maker, const struct office_place *place)
{
	struct sheet_maker sheet;
	enum shown_state shown = place_now(maker, place);
	bool is_offered = place->may_be_taken || place->may_be_taken_anyway;
	sheet_begin(maker, &sheet, place->config->title);
	sheet_state(&sheet, shown, free_status(maker, place, shown));
	sheet.sheet->subtitle = is_room(place) ? room_words(maker, place->config) : "";
	tell_doubt(maker, &sheet, place);
	if (is_offered) {
		offer_place(maker, &sheet, place);
		offer_owner(maker, &sheet, place);
	} else {
		sheet.sheet->note = next_at(maker, place);
	}
	make_place_part(maker, sheet.sheet, place);
	sheet_end(&sheet);
}

/* A place that somebody has, or is awaited at, shows that booking. */
void make_free_sheet(struct maker *maker)
{
	const struct config_place *wanted = config_place_by_id(maker->config, maker->visit->id);
	if (!wanted) {
		struct sheet_maker sheet;
		sheet_begin(maker, &sheet, tr("There is no such desk"));
		sheet_end(&sheet);
		return;
	}
	const struct office_place *place = &maker->office->places[wanted - maker->config->places];
	if (place->current >= 0 && !place->may_be_taken && !place->may_be_taken_anyway) {
		make_sheet_of_booking(maker, &maker->office->bookings[place->current]);
	} else {
		make_sheet_of_place(maker, place);
	}
}
