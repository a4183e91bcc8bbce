/* "Veckan": how much is booked on the next days on which the office is open. Each day is an office of its own, so that
 * closures, hours and the edge of knowledge count as they do today. Names are left out. */
#include <string.h>

#include "ical/civil.h"
#include "ical/small.h"
#include "app/base/limits.h"
#include "private.h"

enum { WEEK_CHOICE_ROOM = 1 }; /* the visitor wants the room's code */

static const struct office_place *find_room(const struct office *office)
{
	for (size_t i = 0; i < office->place_count; i++) {
		if (office->places[i].config->kind == PLACE_ROOM) {
			return &office->places[i];
		}
	}
	return NULL;
}

/* On the wall's clock, within the hours that are shown. */
static struct model_span span_of(const struct maker *maker, const struct office *office, int64_t from_utc,
				 int64_t to_utc)
{
	const struct model_week *week = &maker->model->days;
	int64_t from_s = zone_local(maker->config->zone, small_max(from_utc, office->day_start_utc));
	int64_t to_s = zone_local(maker->config->zone, small_min(to_utc, office->day_end_utc));
	int64_t start = (from_s - (int64_t)office->day * DAY_S) / 60, end = (to_s - (int64_t)office->day * DAY_S) / 60;
	return (struct model_span){(int)small_max(start, week->axis_start_min),
				   (int)small_min(end, week->axis_end_min)};
}

/* Nobody can see or plan with so many spans: those that stand close together become one. */
static void join_crowd(struct model_week_day *day)
{
	size_t count = 0;
	for (size_t i = 0; day->booked_count > ROW_BLOCKS_MAX && i < day->booked_count; i++) {
		struct model_span *last = count > 0 ? &day->booked[count - 1] : NULL;
		if (last && day->booked[i].start_min - last->end_min < ROW_CROWD_S / 60) {
			last->end_min = day->booked[i].end_min;
		} else {
			day->booked[count++] = day->booked[i];
		}
	}
	day->booked_count = count > 0 ? count : day->booked_count;
}

/* A meeting that was ended early, or was extended, counts as long as it has the room. */
static void add_booked(struct maker *maker, const struct office *office, const struct office_place *room,
		       struct model_week_day *day)
{
	day->booked = arena_alloc(maker->arena, (room->count + 1) * sizeof(*day->booked));
	for (size_t i = room->first; day->booked && i < room->first + room->count; i++) {
		const struct office_booking *booking = &office->bookings[i];
		struct model_span span = span_of(maker, office, booking->start_utc, booking->until_utc);
		struct model_span *last = day->booked_count > 0 ? &day->booked[day->booked_count - 1] : NULL;
		if (span.end_min <= span.start_min) {
			continue;
		}
		if (last && span.start_min < last->end_min) {
			last->end_min = span.end_min > last->end_min ? span.end_min : last->end_min;
		} else {
			day->booked[day->booked_count++] = span;
		}
	}
	join_crowd(day);
}

static void add_gone(struct maker *maker, const struct office *office, struct model_week_day *day, int64_t from_utc,
		     int64_t to_utc)
{
	struct model_span span = span_of(maker, office, from_utc, to_utc);
	if (span.end_min > span.start_min) {
		day->gone[day->gone_count++] = span;
	}
}

static const char *room_words(const struct model_week_day *day)
{
	if (!day->room_is_known) {
		return tr("not known yet");
	}
	if (day->booked_count > 0) {
		return "";
	}
	return day->gone_count > 0 ? tr_in("room", "Free for the rest of the day") : tr_in("room", "Free all day");
}

static void add_room(struct maker *maker, const struct office *office, struct model_week_day *day)
{
	const struct office_place *room = find_room(office);
	day->room = "";
	if (!room) {
		return;
	}
	day->room_is_known = room->doubt == DOUBT_NONE;
	add_booked(maker, office, room, day);
	if (day->is_today) {
		add_gone(maker, office, day, office->day_start_utc, maker->time->now_utc);
	}
	if (office->closed_from_utc < office->day_end_utc) {
		add_gone(maker, office, day, office->closed_from_utc, office->closed_until_utc);
	}
	day->room = room_words(day);
}

/* On another day a desk is free when nobody has booked it at all. Today it is free when it is free now. */
static bool desk_is_free(const struct maker *maker, const struct office_place *desk, bool is_now)
{
	return is_now ? place_now(maker, desk) == SHOWN_FREE && !maker->office->is_closed_now : desk->count == 0;
}

/* When something is unknown about one desk, the number would claim too much. */
static void add_desks(struct maker *maker, const struct office *office, struct model_week_day *day)
{
	bool is_now = day->is_today && maker->time->now_utc >= office->opens_utc;
	day->desks_are_known = true;
	for (size_t i = 0; i < office->place_count; i++) {
		const struct office_place *place = &office->places[i];
		if (place->config->kind == PLACE_DESK) {
			day->desks_are_known = day->desks_are_known && place->doubt == DOUBT_NONE;
			day->desks_free += desk_is_free(maker, place, is_now);
		}
	}
	day->count = "";
	if (!day->desks_are_known) {
		day->when = tr("not known yet");
		return;
	}
	/* free desks, all desks */
	day->count = arena_print(maker->arena, tr("%lu of %lu"), (unsigned long)day->desks_free,
				 (unsigned long)office->desk_count);
	day->when = is_now ? tr("right now") : tr("all day");
}

static const char *minutes_words(struct maker *maker, const struct model_span *span)
{
	return arena_print(maker->arena, "%02d:%02d–%02d:%02d", span->start_min / 60, span->start_min % 60,
			   span->end_min / 60, span->end_min % 60);
}

static const char *day_spoken(struct maker *maker, const struct office *office, const struct model_week_day *day)
{
	const struct model_week *week = &maker->model->days;
	const char *spoken =
		day->is_today ? arena_print(maker->arena, "%s, %s.", day->name, words_date(maker->arena, office->day))
			      : words_sentence(maker->arena,
					       words_capital(maker->arena, words_date(maker->arena, office->day)));
	if (week->desk_count > 0) {
		spoken = arena_print(maker->arena, "%s %s: %s%s%s.", spoken, week->desks_heading, day->count,
				     day->count[0] ? " " : "", day->when);
	}
	if (!week->room_heading[0]) {
		return spoken;
	}
	const char *room = day->room;
	for (size_t i = 0; day->room_is_known && i < day->booked_count; i++) {
		const char *span = minutes_words(maker, &day->booked[i]);
		room = i == 0 ? arena_print(maker->arena, tr("booked %s"), span)
			      : arena_print(maker->arena, "%s, %s", room, span);
	}
	return arena_print(maker->arena, "%s %s: %s.", spoken, week->room_heading, room);
}

static void add_day(struct maker *maker, const struct office *office)
{
	struct model_week *week = &maker->model->days;
	struct model_week_day *day = &week->days[week->day_count++];
	struct civil civil = civil_from_local((int64_t)office->day * DAY_S);
	*day = (struct model_week_day){.is_today = office->day == maker->today};
	day->id = arena_print(maker->arena, "day:%04d-%02d-%02d", civil.year, civil.month, civil.day);
	day->name = words_capital(maker->arena,
				  day->is_today ? words_in_days(maker->arena, 0) : words_weekday(office->day));
	/* day of the month, month */
	day->date = arena_print(maker->arena, tr("%d %s"), civil.day, words_month_short(office->day));
	add_desks(maker, office, day);
	add_room(maker, office, day);
	day->spoken = day_spoken(maker, office, day);
}

/* A day that is over, or on which the office does not open, is left out. */
static bool find_days(struct maker *maker, bool *out_has_weekend)
{
	struct model_week *week = &maker->model->days;
	*out_has_weekend = false;
	for (int32_t ahead = 0; ahead < WEEK_LOOK_DAYS && week->day_count < WEEK_DAYS; ahead++) {
		struct office *office = office_create_day(&maker->input, maker->today + ahead);
		if (!office) {
			return false;
		}
		if (office_opens(office)) {
			add_day(maker, office);
			*out_has_weekend = *out_has_weekend || civil_weekday(office->day) > 4;
		}
		office_destroy(office);
	}
	return true;
}

/* Returns when the oldest of the feeds of these bookings last agreed with its source; 0: one never has. */
static int64_t agreed_utc(const struct office *office)
{
	int64_t oldest = INT64_MAX;
	for (size_t i = 0; i < office->place_count; i++) {
		oldest = small_min(oldest, office->places[i].agreed_utc);
	}
	return oldest == INT64_MAX ? 0 : oldest;
}

static const char *subtitle(struct maker *maker, bool has_weekend)
{
	const char *days = has_weekend ? tr("The next five days") : tr("The next five working days");
	int64_t at_utc = agreed_utc(maker->office);
	if (at_utc == 0) {
		return days;
	}
	const char *when = words_moment(maker->arena, maker->config->zone, at_utc, maker->today);
	/* "The next five working days", a time */
	return arena_print(maker->arena, tr("%s, as booked at %s"), days, when);
}

static const char *page_of(const struct maker *maker, enum place_kind kind)
{
	for (size_t i = 0; i < maker->config->place_count; i++) {
		const struct config_place *place = &maker->config->places[i];
		if (place->kind == kind && place->booking_page) {
			return place->booking_page;
		}
	}
	return "";
}

/* Desks and room may be booked on pages of their own; one of the two codes is shown. */
static void add_code(struct maker *maker, struct model_sheet *sheet)
{
	struct model_week *week = &maker->model->days;
	const char *desks = page_of(maker, PLACE_DESK), *room = page_of(maker, PLACE_ROOM);
	bool has_both = desks[0] && room[0] && strcmp(desks, room) != 0;
	bool is_room = !desks[0] || (has_both && maker->visit->choice == WEEK_CHOICE_ROOM);
	sheet->code = is_room ? room : desks;
	if (!sheet->code[0]) {
		return;
	}
	sheet->code_title = has_both && is_room ? tr("Book the room") : tr("Book online");
	sheet->code_spoken = arena_print(maker->arena, tr("QR code: %s"), sheet->code_title);
	sheet->code_text = !has_both ? tr("Scan the code with your phone.")
			   : is_room ? tr("Scan the code with your phone. The desks have a code of their own:")
				     : tr("Scan the code with your phone. The conference room has a code of its own:");
	if (has_both) {
		struct action choose = {
			.kind = ACTION_CHOOSE, .id = "", .place = "", .number = is_room ? 0 : WEEK_CHOICE_ROOM};
		week->swap = button_make("code-other", is_room ? tr("Book a desk") : tr("Book the room"),
					 BUTTON_SECONDARY, choose);
	}
}

bool week_is_offered(const struct maker *maker)
{
	return maker->config->place_count > 0;
}

void make_week_sheet(struct maker *maker)
{
	struct model_week *week = &maker->model->days;
	const struct office_place *room = find_room(maker->office);
	struct sheet_maker sheet;
	bool has_weekend = false;
	sheet_begin(maker, &sheet, tr("This week"));
	week->desk_count = maker->office->desk_count;
	week->desks_heading = tr("Free desks");
	week->room_heading = room ? room->config->title : "";
	week->axis_start_min = maker->config->opens_min / 60 * 60;
	week->axis_end_min = (maker->config->closes_min + 59) / 60 * 60;
	week->free = tr_in("desk", "Free");
	week->booked = tr("Booked");
	week->booked_room = tr_in("room", "Booked");
	week->hint = tr("Shows only how much is booked, no names.");
	maker->is_out_of_memory = !find_days(maker, &has_weekend);
	sheet.sheet->subtitle = subtitle(maker, has_weekend);
	add_code(maker, sheet.sheet);
	sheet_end(&sheet);
}
