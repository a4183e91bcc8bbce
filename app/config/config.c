/* The meaning, default and bounds of each key: one table of keys, and one function for each section. */
#include "config.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "info_private.h"
#include "network_private.h"
#include "plan_private.h"
#include "take_private.h"
#include "app/base/limits.h"
#include "ical/address.h"
#include "paths.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char *const office_keys[] = {"title-en",
					  BILINGUAL("region"),
					  BILINGUAL("address"),
					  "zone",
					  "opens",
					  "closes",
					  "closed",
					  "rotation-table",
					  "plan",
					  "you-are-here",
					  NULL};
static const char *const office_lists[] = {"closed", NULL};
static const char *const screen_keys[] = {"mode", "language", "diagonal", "distance", "rotation", "night", NULL};
static const char *const checkin_keys[] = {"opens", "grace", "hold-all-day", "undo", "retention-days", NULL};
static const char *const network_keys[] = {"user-agent", "proxy", "proxy-credential", NULL};
static const char *const feed_keys[] = {"kind",
					"url",
					"credential",
					"path",
					"caldav",
					"ca-file",
					"user-agent",
					"proxy",
					"proxy-credential",
					"refresh",
					"covers",
					BILINGUAL("body"),
					BILINGUAL("agenda-by"),
					"names",
					"person",
					"person-in",
					"organizer",
					NULL};
static const char *const share_keys[] = {"url",        "path",  "credential",       "box", "ca-file",
					 "user-agent", "proxy", "proxy-credential", NULL};
static const char *const speech_keys[] = {"enabled", "headset", "loudspeaker", "device", "rate", NULL};
static const char *const place_keys[] = {BILINGUAL("name"),
					 BILINGUAL("title"),
					 "kind",
					 "feed",
					 "match",
					 "booking-page",
					 "seats",
					 "checkin",
					 BILINGUAL("equipment"),
					 "at",
					 "way",
					 BILINGUAL("where"),
					 NULL};
static const struct config_schema schema[] = {{"office", true, office_keys, office_lists},
					      {"screen", false, screen_keys, NULL},
					      {"checkin", false, checkin_keys, NULL},
					      {"network", false, network_keys, NULL},
					      {"share", true, share_keys, NULL},
					      {"speech", false, speech_keys, NULL},
					      {"feed", true, feed_keys, NULL},
					      {"place", true, place_keys, NULL},
					      {"info", true, info_keys, NULL},
					      {NULL, false, NULL, NULL}};

static const struct choice modes[] = {{"kiosk", MODE_KIOSK}, {"wall", MODE_WALL}};
static const struct choice feed_kinds[] = {{"bookings", FEED_BOOKINGS},
					   {"meetings", FEED_MEETINGS},
					   {"notices", FEED_NOTICES},
					   {"closures", FEED_CLOSURES}};
/* The values are those of civil_weekday. */
static const struct choice weekdays[] = {{"mon", 0}, {"tue", 1}, {"wed", 2}, {"thu", 3},
					 {"fri", 4}, {"sat", 5}, {"sun", 6}};
static const struct choice checkins[] = {{"yes", CHECKIN_YES},  {"no", CHECKIN_NO},    {"optional", CHECKIN_OPTIONAL},
					 {"true", CHECKIN_YES}, {"false", CHECKIN_NO}, {"on", CHECKIN_YES},
					 {"off", CHECKIN_NO}};
static const struct choice place_kinds[] = {{"desk", PLACE_DESK}, {"room", PLACE_ROOM}};
static const struct choice name_forms[] = {
	{"full", NAMES_FULL}, {"short", NAMES_SHORT}, {"initials", NAMES_INITIALS}, {"none", NAMES_NONE}};
static const struct choice fields[] = {{"summary", FIELD_SUMMARY},
				       {"location", FIELD_LOCATION},
				       {"description", FIELD_DESCRIPTION},
				       {"resources", FIELD_RESOURCES},
				       {"organizer", FIELD_ORGANIZER}};
static const struct choice nights[] = {{"dim", NIGHT_DIM}, {"off", NIGHT_OFF}};
static const struct choice rotations[] = {{"0", 0}, {"90", 90}, {"180", 180}, {"270", 270}};

static bool take_zone(const struct taker *taker, struct config *config)
{
	char *name = NULL;
	bool ok = false;
	if (!take_text(taker, "zone", &name)) {
		goto out;
	}
	struct err reason;
	config->zone = zone_create(name ? name : "Europe/Stockholm", &reason);
	if (!config->zone) {
		/* Without the system's zones no other name would help either. */
		tell_key(taker, "zone",
			 strstr(reason.text, "tzdata") ? "%s" : "%s; write a name such as \"Europe/Stockholm\"",
			 reason.text);
		goto out;
	}
	ok = true;
out:
	free(name);
	return ok;
}

/* The packaged table is used unless the file names another one, or none. */
static bool take_region_file(const struct taker *taker, struct config *config)
{
	const struct config_value *value = config_file_value(taker->source, "office", taker->index, "rotation-table");
	if (value && strcmp(value->text, "none") == 0) {
		return true;
	}
	if (value) {
		return take_path(taker, "rotation-table", &config->region_file);
	}
	config->region_file = paths_share("region.conf");
	return config->region_file || tell_key(taker, "rotation-table", "out of memory");
}

static bool read_office(const struct taker *taker, struct config *config)
{
	if (!take_title(taker, OFFICE_NAME_MAX, &config->office) || !take_english(taker, "title", &config->office) ||
	    !take_words(taker, "region", &config->region) || !take_words(taker, "address", &config->address) ||
	    !take_zone(taker, config) || !take_minutes(taker, "opens", &config->opens_min) ||
	    !take_minutes(taker, "closes", &config->closes_min) ||
	    !take_choices(taker, "closed", weekdays, COUNT(weekdays), &config->closed_weekdays) ||
	    !take_region_file(taker, config) || !take_path(taker, "plan", &config->plan_file) ||
	    !config_take_point(taker, "you-are-here", &config->here)) {
		return false;
	}
	if (config->opens_min >= config->closes_min) {
		return tell_key(taker, "closes",
				"%02d:%02d is not after opens (%02d:%02d); the office must open before it closes",
				config->closes_min / 60, config->closes_min % 60, config->opens_min / 60,
				config->opens_min % 60);
	}
	return true;
}

static bool take_language(const struct taker *taker, struct config *config)
{
	if (!take_text(taker, "language", &config->language)) {
		return false;
	}
	size_t letters = strspn(config->language, "abcdefghijklmnopqrstuvwxyz");
	bool is_code = letters >= 2 && letters <= 3 && strlen(config->language) == letters;
	return is_code ||
	       tell_key(taker, "language", "\"%.20s\" is no language code; write \"sv\" or \"en\"", config->language);
}

static bool read_screen(const struct taker *taker, struct config *config)
{
	int mode = (int)config->mode, night = (int)config->night;
	bool ok = take_choice(taker, "mode", modes, COUNT(modes), &mode) && take_language(taker, config) &&
		  take_decimal(taker, "diagonal", 3, 200, "inches", &config->diagonal_in) &&
		  take_decimal(taker, "distance", 0.2, 50, "metres", &config->distance_m) &&
		  take_choice(taker, "rotation", rotations, COUNT(rotations), &config->rotation) &&
		  take_choice(taker, "night", nights, COUNT(nights), &night);
	config->mode = (enum config_mode)mode;
	config->night = (enum config_night)night;
	return ok;
}

static bool read_checkin(const struct taker *taker, struct config *config)
{
	int opens_min = config->checkin_opens_s / 60, grace_min = config->checkin_grace_s / 60;
	bool ok = take_whole(taker, "opens", 0, CHECKIN_OPENS_MAX_MIN, "minutes", &opens_min) &&
		  take_whole(taker, "grace", 0, CHECKIN_GRACE_MAX_MIN, "minutes", &grace_min) &&
		  take_minutes(taker, "hold-all-day", &config->hold_all_day_min) &&
		  take_whole(taker, "undo", 1, UNDO_MAX_S, "seconds", &config->undo_s) &&
		  take_whole(taker, "retention-days", RETENTION_MIN_DAYS, RETENTION_MAX_DAYS, "days",
			     &config->retention_days);
	config->checkin_opens_s = opens_min * 60;
	config->checkin_grace_s = grace_min * 60;
	return ok;
}

static bool read_network(const struct taker *taker, struct config *config)
{
	return config_network_read(taker, &config->network);
}

static bool check_source(const struct taker *taker, const struct config_feed *feed)
{
	bool is_address = feed->credential && !feed->caldav;
	int sources = (feed->url != NULL) + is_address + (feed->path != NULL) + (feed->caldav != NULL);
	const char *key = feed->url ? "url" : feed->caldav ? "caldav" : feed->credential ? "credential" : "path";
	if (sources == 0) {
		return tell_key(taker, "url", "none of url, credential, path and caldav is written; write one of them");
	}
	if (sources > 1) {
		return tell_key(taker, key,
				"more than one of url, credential, path and caldav is written; keep one of them");
	}
	return true;
}

/* This address is no secret, and everybody may read the file. */
static bool check_collection(const struct taker *taker, const struct config_feed *feed)
{
	struct address address;
	bool has_login = feed->caldav && address_read(feed->caldav, &address, NULL) && address.user[0];
	address_wipe(&address);
	return !has_login || tell_key(taker, "caldav",
				      "holds a user; write user and password into a file, and its name as credential");
}

/* A key that only the other kind of feed reads would be silently ignored, so it is an error. */
static bool check_kind(const struct taker *taker, const struct config_feed *feed)
{
	if (feed->kind != FEED_MEETINGS && feed->body) {
		return tell_key(taker, "body", "belongs to meetings; remove it, or write kind = meetings");
	}
	if (feed->kind != FEED_MEETINGS && feed->agenda_by) {
		return tell_key(taker, "agenda-by", "belongs to meetings; remove it, or write kind = meetings");
	}
	if (feed->agenda_by && !config_roles_check(taker, feed->agenda_by)) {
		return false;
	}
	if (feed->keeps_organizer && feed->person) {
		return tell_key(taker, "organizer",
				"goes with meetings' titles; where person = … finds the name, remove it");
	}
	return true;
}

static bool read_feed(const struct taker *taker, const struct config *config, struct config_feed *feed)
{
	int kind = FEED_BOOKINGS, names = NAMES_SHORT, person_in = FIELD_SUMMARY;
	feed->refresh_s = FEED_REFRESH_DEFAULT_S;
	bool ok = take_title(taker, FEED_NAME_MAX, &feed->name) &&
		  take_choice(taker, "kind", feed_kinds, COUNT(feed_kinds), &kind) &&
		  take_url(taker, "url", &feed->url) && take_credential(taker, "credential", &feed->credential) &&
		  take_path(taker, "path", &feed->path) && config_take_collection(taker, "caldav", &feed->caldav) &&
		  take_path(taker, "ca-file", &feed->ca_file) &&
		  take_whole(taker, "refresh", FEED_REFRESH_MIN_S, FEED_REFRESH_MAX_S, "seconds", &feed->refresh_s) &&
		  take_whole(taker, "covers", 1, FEED_COVERS_MAX_DAYS, "days", &feed->covers_days) &&
		  take_words(taker, "body", &feed->body) && take_words(taker, "agenda-by", &feed->agenda_by) &&
		  take_choice(taker, "names", name_forms, COUNT(name_forms), &names) &&
		  take_pattern(taker, "person", PATTERN_ANYWHERE, 1, &feed->person) &&
		  take_choice(taker, "person-in", fields, COUNT(fields), &person_in) &&
		  take_bool(taker, "organizer", &feed->keeps_organizer);
	feed->kind = (enum feed_kind)kind;
	feed->names = (enum name_form)names;
	feed->person_in = (enum feed_field)person_in;
	return ok && check_source(taker, feed) && check_collection(taker, feed) && check_kind(taker, feed) &&
	       config_network_of(taker, &config->network, feed->path, &feed->network);
}

static bool read_share(const struct taker *taker, struct config *config)
{
	return take_title(taker, OFFICE_NAME_MAX, &config->share.name) &&
	       config_share_read(taker, &config->network, &config->share);
}

static bool read_speech(const struct taker *taker, struct config *config)
{
	return config_speech_read(taker, &config->speech);
}

static bool check_place_feed(const struct taker *taker, const struct config *config, const struct config_place *place)
{
	if (!place->feed) {
		return tell_key(taker, "feed", "is not written; write the name of the feed that holds its bookings");
	}
	const struct config_feed *feed = config_feed_by_name(config, place->feed);
	if (!feed) {
		return tell_key(taker, "feed", "there is no feed \"%.60s\"; write the name of one, or add it",
				place->feed);
	}
	if (feed->kind != FEED_BOOKINGS) {
		return tell_key(taker, "feed", "\"%.60s\" holds no bookings; name a feed with kind = bookings",
				place->feed);
	}
	return true;
}

static bool copy_default(const struct taker *taker, const char *key, const char *from, char **out)
{
	if (!*out) {
		*out = strdup(from);
	}
	return *out || tell_key(taker, key, "out of memory");
}

static bool read_place(const struct taker *taker, const struct config *config, struct config_place *place)
{
	int kind = PLACE_DESK, checkin = CHECKIN_YES;
	bool ok = take_title(taker, PLACE_ID_MAX, &place->id) && take_words(taker, "name", &place->name) &&
		  copy_default(taker, "name", place->id, &place->name) && take_words(taker, "title", &place->title) &&
		  copy_default(taker, "title", place->name, &place->title) &&
		  take_choice(taker, "kind", place_kinds, COUNT(place_kinds), &kind) &&
		  take_text(taker, "feed", &place->feed) &&
		  take_pattern(taker, "match", PATTERN_WORDS, 0, &place->match) &&
		  take_shown_url(taker, "booking-page", &place->booking_page) &&
		  take_whole(taker, "seats", 1, PLACE_SEATS_MAX, "a number", &place->seats) &&
		  take_choice(taker, "checkin", checkins, COUNT(checkins), &checkin) &&
		  take_words(taker, "equipment", &place->equipment) && take_words(taker, "where", &place->where) &&
		  config_take_point(taker, "at", &place->spot) && config_take_way(taker, "way", &place->spot);
	place->kind = (enum place_kind)kind;
	place->checkin = (enum place_checkin)checkin;
	return ok && check_place_feed(taker, config, place);
}

static bool check_count(const struct taker *taker, const char *section, size_t count, size_t max)
{
	if (count <= max) {
		return true;
	}
	return err_set(taker->err, "%s:%d: %s: there are %zu; at most %zu are allowed", taker->file,
		       config_file_line(taker->source, section, max), section, count, max);
}

static bool read_feeds(struct taker *taker, struct config *config)
{
	size_t count = config_file_count(taker->source, "feed");
	if (!check_count(taker, "feed", count, FEEDS_MAX)) {
		return false;
	}
	config->feeds = calloc(count + 1, sizeof(*config->feeds));
	if (!config->feeds) {
		return err_set(taker->err, "%s: out of memory", taker->file);
	}
	taker->section = "feed";
	for (taker->index = 0; taker->index < count; taker->index++) {
		config->feed_count++;
		if (!read_feed(taker, config, &config->feeds[taker->index])) {
			return false;
		}
	}
	return true;
}

/* Rooms come first, as they are shown. qsort would not keep the order of the file. */
static void sort_places(struct config_place *places, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		struct config_place moved = places[i];
		size_t at = i;
		for (; at > 0 && moved.kind == PLACE_ROOM && places[at - 1].kind == PLACE_DESK; at--) {
			places[at] = places[at - 1];
		}
		places[at] = moved;
	}
}

static bool read_places(struct taker *taker, struct config *config)
{
	size_t count = config_file_count(taker->source, "place");
	if (!check_count(taker, "place", count, PLACES_MAX)) {
		return false;
	}
	config->places = calloc(count + 1, sizeof(*config->places));
	if (!config->places) {
		return err_set(taker->err, "%s: out of memory", taker->file);
	}
	taker->section = "place";
	for (taker->index = 0; taker->index < count; taker->index++) {
		config->place_count++;
		if (!read_place(taker, config, &config->places[taker->index])) {
			return false;
		}
	}
	sort_places(config->places, count);
	return true;
}

static bool read_infos(struct taker *taker, struct config *config)
{
	size_t count = config_file_count(taker->source, "info");
	if (!check_count(taker, "info", count, INFOS_MAX)) {
		return false;
	}
	config->infos = calloc(count + 1, sizeof(*config->infos));
	if (!config->infos) {
		return err_set(taker->err, "%s: out of memory", taker->file);
	}
	taker->section = "info";
	for (taker->index = 0; taker->index < count; taker->index++) {
		config->info_count++;
		if (!config_info_read(taker, &config->infos[taker->index])) {
			return false;
		}
	}
	return true;
}

static bool read_single(struct taker *taker, struct config *config, const char *section, bool is_needed,
			bool (*read)(const struct taker *, struct config *))
{
	size_t count = config_file_count(taker->source, section);
	if (count == 0) {
		return !is_needed || err_set(taker->err, "%s:1: %s: is missing; write: %s \"Name\" { … }", taker->file,
					     section, section);
	}
	if (count > 1) {
		return err_set(taker->err, "%s:%d: %s: given twice, first in line %d; keep one", taker->file,
			       config_file_line(taker->source, section, 1), section,
			       config_file_line(taker->source, section, 0));
	}
	taker->section = section;
	taker->index = 0;
	return read(taker, config);
}

static bool set_defaults(struct config *config, const char *file)
{
	/* Makes the path absolute, so that an administrator finds the file wherever the kiosk was started. */
	config->file = realpath(file, NULL);
	config->file = config->file ? config->file : strdup(file);
	config->region = strdup("");
	config->address = strdup("");
	config->language = strdup("sv");
	config->opens_min = 7 * 60;
	config->closes_min = 18 * 60;
	config->mode = MODE_KIOSK;
	config->diagonal_in = 24;
	config->distance_m = 0.6;
	config->checkin_opens_s = 30 * 60;
	config->checkin_grace_s = 15 * 60;
	config->hold_all_day_min = 10 * 60;
	config->undo_s = 10;
	config->retention_days = 30;
	config->speech = (struct config_speech){.loudspeaker = -1, .rate = SPEECH_RATE_DEFAULT};
	return config->file && config->region && config->address && config->language;
}

static bool read_all(struct taker *taker, struct config *config)
{
	return read_single(taker, config, "office", true, read_office) &&
	       read_single(taker, config, "screen", false, read_screen) &&
	       read_single(taker, config, "checkin", false, read_checkin) &&
	       read_single(taker, config, "network", false, read_network) &&
	       read_single(taker, config, "share", false, read_share) &&
	       read_single(taker, config, "speech", false, read_speech) && read_feeds(taker, config) &&
	       read_places(taker, config) && read_infos(taker, config);
}

static char *folder_of(const char *file)
{
	char *path = realpath(file, NULL);
	char *slash = path ? strrchr(path, '/') : NULL;
	if (slash) {
		slash[slash == path] = '\0';
	}
	return path;
}

/* Reads everything in the file's own language, or again with the English form of each text that has one. */
static struct config *read_source(const struct config_file *source, const char *file, const char *folder,
				  bool is_english, struct err *err)
{
	struct config *config = calloc(1, sizeof(*config));
	struct taker taker = {.source = source, .file = file, .folder = folder, .is_english = is_english, .err = err};
	bool ok = false;
	if (!config || !set_defaults(config, file)) {
		err_set(err, "%s: out of memory", file);
	} else {
		ok = read_all(&taker, config);
		config_speech_settle(config);
	}
	if (!ok) {
		config_destroy(config);
		config = NULL;
	}
	return config;
}

struct config *config_read(const char *file, struct err *err)
{
	struct config *config = NULL;
	/* Numbers are written with a point, whatever the caller's locale is. */
	locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
	locale_t before = plain ? uselocale(plain) : (locale_t)0;
	struct config_file *source = config_file_read(file, schema, err);
	char *folder = source ? folder_of(file) : NULL;
	if (!source) {
		goto out;
	}
	if (!folder) {
		err_set(err, "%s: out of memory", file);
		goto out;
	}
	config = read_source(source, file, folder, false, err);
	if (!config) {
		goto out;
	}
	config->english = read_source(source, file, folder, true, err);
	struct taker taker = {.source = source, .file = file, .folder = folder, .err = err};
	if (!config->english || !config_read_plan(&taker, config)) {
		config_destroy(config);
		config = NULL;
	}
out:
	free(folder);
	config_file_destroy(source);
	if (plain) {
		uselocale(before);
		freelocale(plain);
	}
	return config;
}

struct config *config_read_stand_in(const char *stand_in, const char *file, const struct err *mistake)
{
	struct config *config = config_read(stand_in, NULL);
	char *name = strdup(file), *text = strdup(mistake->text);
	if (!config || !name || !text || !config_is_first_run(config)) {
		config_destroy(config);
		free(name);
		free(text);
		return NULL;
	}
	free(config->file);
	config->file = name;
	config->mistake = text;
	return config;
}
