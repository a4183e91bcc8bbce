/* Checks one after the other everything that can keep a kiosk from working. Each line says what to do. */
#include <errno.h>
#include <glob.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <systemd/sd-bus.h>
#include <unistd.h>

#include "cli.h"
#include "rows.h"
#include "ical/zoneinfo.h"
#include "text.h"
#include "app/screen/devices.h"
#include "app/base/i18n.h"
#include "app/base/limits.h"
#include "app/base/log.h"
#include "app/config/paths.h"
#include "app/office/office.h"
#include "app/draw/text.h"
#include "app/screen/vitals.h"

enum finding { FINE, DOUBTFUL, BROKEN };

struct doctor {
	struct program *program;
	struct snapshot *snapshot; /* NULL: the databases could not be opened */
	bool is_broken;
	bool is_running; /* a kiosk runs as a service, and its vitals are known */
	int64_t vitals[VITAL_COUNT];
};

static void tell(struct doctor *doctor, enum finding finding, const char *what, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

static void tell(struct doctor *doctor, enum finding finding, const char *what, const char *format, ...)
{
	static const char *const words[] = {[FINE] = "ok", [DOUBTFUL] = "CHECK", [BROKEN] = "WRONG"};
	va_list args;
	cli_column(words[finding], 5);
	cli_column(what, 14);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
	doctor->is_broken = doctor->is_broken || finding == BROKEN;
}

static void look_at_configuration(struct doctor *doctor)
{
	struct err err = {""};
	const struct config *config = doctor->program->config;
	if (config_is_first_run(config)) {
		tell(doctor, BROKEN, "configuration", "%s names no feed; run satellitkiosk-setup", config->file);
	} else {
		tell(doctor, FINE, "configuration", "%s: %zu feeds, %zu places", config->file, config->feed_count,
		     config->place_count);
	}
	struct region *region = config->region_file ? region_read(config->region_file, &err) : NULL;
	if (region) {
		tell(doctor, FINE, "rotation table", "%s", config->region_file);
	} else if (config->region_file) {
		tell(doctor, BROKEN, "rotation table", "%s", err.text);
	}
	region_destroy(region);
}

/* Checks only whether the credential exists, and never reads it. */
static bool has_credential(const char *folder, const char *name)
{
	char *path = NULL;
	if (asprintf(&path, "%s/%s", folder, name) < 0) {
		return false;
	}
	bool is_there = access(path, F_OK) == 0 || errno == EACCES; /* it exists, but we may not open it */
	free(path);
	return is_there;
}

static void look_at_credential(struct doctor *doctor, const char *name, const char *holds, const char *feed)
{
	const char *given = getenv("CREDENTIALS_DIRECTORY");
	bool is_there =
		given ? has_credential(given, name)
		      : has_credential("/etc/credstore", name) || has_credential("/etc/credstore.encrypted", name);
	if (is_there) {
		tell(doctor, FINE, "credential", "%s", name);
	} else {
		tell(doctor, given ? BROKEN : DOUBTFUL, "credential",
		     "%s: the %s of the feed %s is not in %s; run satellitkiosk-setup", name, holds, feed,
		     given ? given : "/etc/credstore");
	}
}

/* A proxy's credential may serve many feeds, and is looked at once. */
static bool is_first_with(const struct config *config, size_t index)
{
	const char *name = config->feeds[index].network.proxy_credential;
	for (size_t i = 0; i < index; i++) {
		const char *before = config->feeds[i].network.proxy_credential;
		if (before && strcmp(before, name) == 0) {
			return false;
		}
	}
	return true;
}

/* This runs before the databases are opened, because root then becomes the kiosk's user, who sees only the kiosk's own
 * credentials. */
static void look_at_credentials(struct doctor *doctor)
{
	const struct config *config = doctor->program->config;
	for (size_t i = 0; i < config->feed_count; i++) {
		const struct config_feed *feed = &config->feeds[i];
		if (feed->credential) {
			look_at_credential(doctor, feed->credential, "address", feed->name);
		}
		if (feed->network.proxy_credential && is_first_with(config, i)) {
			look_at_credential(doctor, feed->network.proxy_credential, "proxy's password", feed->name);
		}
	}
}

static void look_at_programs(struct doctor *doctor)
{
	struct err err = {""};
	if (access(doctor->program->reader, X_OK) == 0) {
		tell(doctor, FINE, "reader", "%s", doctor->program->reader);
	} else {
		tell(doctor, BROKEN, "reader", "%s cannot be run; install the package again", doctor->program->reader);
	}
	struct text *text = text_create(&err);
	if (text) {
		tell(doctor, FINE, "fonts", "text can be drawn");
	} else {
		tell(doctor, BROKEN, "fonts", "%s; install fonts-inter", err.text);
	}
	text_destroy(text);
}

/* A screen in the wrong language looks intended, so nobody would report it. */
static void look_at_translation(struct doctor *doctor)
{
	static const char probe[] = "Check in"; /* a text of every screen */
	struct err err = {""};
	const char *language = doctor->program->config->language;
	char *catalogues = paths_join(doctor->program->share, "locale");
	if (catalogues) {
		i18n_init(catalogues, &err);
	}
	free(catalogues);
	i18n_set_language(language);
	bool is_english = strcmp(language, "en") == 0;
	if (!is_english && strcmp(tr(probe), probe) == 0) {
		tell(doctor, BROKEN, "translation", "there is none for \"%s\", so the screen is in English%s%s; %s",
		     language, err.text[0] ? ": " : "", err.text, "install the package again, or set another language");
	} else {
		tell(doctor, FINE, "translation", "%s", i18n_name(language));
	}
	i18n_set_language("en");
}

static void look_at_state(struct doctor *doctor)
{
	struct statvfs disk;
	const struct snapshot *snapshot = doctor->snapshot;
	const char *state = doctor->program->state;
	if (statvfs(state, &disk) != 0 || disk.f_bavail * disk.f_frsize < (uint64_t)DISK_FREE_MIN) {
		tell(doctor, DOUBTFUL, "disk", "less than %d MiB are free at %s; make room", DISK_FREE_MIN >> 20,
		     state);
	} else {
		tell(doctor, FINE, "disk", "%ju MiB are free at %s", (uintmax_t)(disk.f_bavail * disk.f_frsize >> 20),
		     state);
	}
	if (!snapshot->journal_ok) {
		tell(doctor, BROKEN, "check-ins", "cannot be saved: %s; who owns %s, and is the disk full?",
		     snapshot->store_message, state);
	} else if (snapshot->store_message[0]) {
		tell(doctor, DOUBTFUL, "check-ins", "%s", snapshot->store_message);
	} else {
		tell(doctor, FINE, "check-ins", "can be saved");
	}
}

static void look_at_feed(struct doctor *doctor, const struct config_feed *feed, const struct snapshot_feed *seen)
{
	char ago[CLI_TIME_MAX];
	int64_t now_utc = clock_utc_s(&doctor->program->clock);
	enum feed_age age = office_feed_age(feed, seen->agreed_utc, now_utc);
	if (seen->trouble) {
		tell(doctor, age == AGE_FRESH ? DOUBTFUL : BROKEN, "feed", "%s: %s", feed->name, seen->message);
	} else if (age == AGE_UNKNOWN) {
		tell(doctor, DOUBTFUL, "feed", "%s: was never read; is the kiosk started?", feed->name);
	} else if (age == AGE_OLD) {
		tell(doctor, DOUBTFUL, "feed", "%s: was last read %s ago; does the kiosk run?", feed->name,
		     cli_ago(ago, now_utc - seen->agreed_utc));
	} else {
		tell(doctor, FINE, "feed", "%s", feed->name);
	}
}

static void look_at_persons(struct doctor *doctor, const struct config_feed *feed)
{
	size_t unnamed = rows_unnamed(doctor->snapshot, feed);
	if (unnamed > 0) {
		tell(doctor, DOUBTFUL, "names",
		     "%s: person finds nobody in %zu of %zu bookings, which are shown without a name; compare it with "
		     "the "
		     "titles in the calendar",
		     feed->name, unnamed, rows_count(doctor->snapshot, feed));
	}
}

static void look_at_feeds(struct doctor *doctor)
{
	const struct config *config = doctor->program->config;
	for (size_t i = 0; i < doctor->snapshot->feed_count; i++) {
		const struct snapshot_feed *seen = &doctor->snapshot->feeds[i];
		const struct config_feed *feed = config_feed_by_name(config, seen->name);
		if (feed) {
			look_at_feed(doctor, feed, seen);
			look_at_persons(doctor, feed);
		}
	}
}

static void look_at_clock(struct doctor *doctor)
{
	char text[CLI_TIME_MAX];
	const struct zone *zone = doctor->program->config->zone;
	cli_local(text, zone, clock_utc_s(&doctor->program->clock));
	if (clock_is_trusted(&doctor->program->clock)) {
		tell(doctor, FINE, "clock", "%s %s", text, zone_name(zone));
	} else {
		tell(doctor, DOUBTFUL, "clock", "%s %s is not trusted: not set or not synchronised; see timedatectl",
		     text, zone_name(zone));
	}
}

/* Reports which laws the kiosk knows. Without any zone the configuration would not have been read. */
static void look_at_zones(struct doctor *doctor)
{
	struct zoneinfo *zoneinfo = zoneinfo_create(ZONEINFO_FOLDER, NULL);
	const char *version = zoneinfo ? zoneinfo_version(zoneinfo) : "";
	if (version[0]) {
		tell(doctor, FINE, "time zones", "tzdata %s", version);
	} else {
		tell(doctor, DOUBTFUL, "time zones", "%s does not say its version; install the package tzdata again",
		     ZONEINFO_FOLDER);
	}
	zoneinfo_destroy(zoneinfo);
}

/* Reads which monitors the kernel sees. Everybody may read that, whichever program draws. */
static bool is_monitor_connected(void)
{
	glob_t found = {0};
	bool is_connected = false;
	if (glob("/sys/class/drm/card*-*/status", 0, NULL, &found) == 0) {
		for (size_t i = 0; i < found.gl_pathc; i++) {
			char word[16] = "";
			FILE *file = fopen(found.gl_pathv[i], "re");
			is_connected = is_connected || (file && fgets(word, sizeof(word), file) &&
							strncmp(word, "connected", strlen("connected")) == 0);
			if (file) {
				fclose(file);
			}
		}
	}
	globfree(&found);
	return is_connected;
}

static void look_at_display(struct doctor *doctor)
{
	const char *wayland = getenv("WAYLAND_DISPLAY"), *x11 = getenv("DISPLAY");
	if (doctor->is_running && doctor->vitals[VITAL_IS_SHOWN]) {
		tell(doctor, FINE, "display", "the picture is on the screen");
	} else if (doctor->is_running && is_monitor_connected()) {
		tell(doctor, BROKEN, "display",
		     "a monitor is connected, but the kiosk cannot draw on it; see journalctl -u "
		     "satellitkiosk-display");
	} else if (doctor->is_running) {
		tell(doctor, BROKEN, "display",
		     "the kiosk waits for one: is the monitor on, and its cable plugged in?");
	} else if ((wayland && *wayland) || (x11 && *x11)) {
		tell(doctor, FINE, "display", "%s", wayland && *wayland ? "Wayland" : "X11");
	} else if (is_monitor_connected()) {
		tell(doctor, FINE, "display", "a monitor is connected");
	} else {
		tell(doctor, DOUBTFUL, "display", "no monitor is connected: is it on, and its cable plugged in?");
	}
}

/* Under a compositor seatd opens the panel, and seatd may read every device. */
static void look_at_touch(struct doctor *doctor)
{
	struct devices devices = devices_for_touch("");
	if (doctor->program->config->mode == MODE_WALL) {
		tell(doctor, FINE, "touch", "a wall display needs none");
	} else if (devices.present == 0) {
		tell(doctor, DOUBTFUL, "touch", "no touch panel or mouse is there: is its USB cable plugged in?");
	} else if (doctor->is_running && doctor->vitals[VITAL_IS_DEAF]) {
		tell(doctor, BROKEN, "touch", "the kiosk has no right to read %s: is its user in the group input?",
		     devices.name);
	} else {
		tell(doctor, FINE, "touch", "%s", devices.name);
	}
}

/* The kiosk runs as one of two services. The caller frees *out_state. Returns false when systemd does not answer. */
static bool ask_systemd(char **out_state, const char **out_unit)
{
	static const char *const units[] = {"satellitkiosk", "satellitkiosk-kms"};
	static const char *const paths[] = {"/org/freedesktop/systemd1/unit/satellitkiosk_2eservice",
					    "/org/freedesktop/systemd1/unit/satellitkiosk_2dkms_2eservice"};
	sd_bus *bus = NULL;
	int result = sd_bus_open_system(&bus);
	for (int i = 1; i >= 0 && result >= 0; i--) {
		free(*out_state);
		*out_state = NULL;
		*out_unit = units[i];
		result = sd_bus_get_property_string(bus, "org.freedesktop.systemd1", paths[i],
						    "org.freedesktop.systemd1.Unit", "ActiveState", NULL, out_state);
		if (result >= 0 && strcmp(*out_state, "inactive") != 0) {
			break;
		}
	}
	sd_bus_unref(bus);
	return result >= 0;
}

static void look_at_unit(struct doctor *doctor)
{
	char *state = NULL;
	const char *unit = NULL;
	if (!ask_systemd(&state, &unit)) {
		tell(doctor, DOUBTFUL, "service", "systemd does not answer: is the kiosk started by something else?");
	} else if (strcmp(state, "active") == 0) {
		tell(doctor, FINE, "service", "%s is active", unit);
	} else if (strcmp(state, "inactive") == 0) {
		tell(doctor, DOUBTFUL, "service", "not started; systemctl enable --now satellitkiosk starts it");
	} else {
		tell(doctor, DOUBTFUL, "service", "%s is %s; see journalctl -u %s", unit, state, unit);
	}
	free(state);
}

int cli_doctor(struct program *program)
{
	struct err err = {""};
	struct doctor doctor = {.program = program};
	look_at_configuration(&doctor);
	look_at_credentials(&doctor);
	look_at_translation(&doctor);
	look_at_programs(&doctor);
	look_at_clock(&doctor);
	look_at_zones(&doctor);
	struct sync *sync = program_sync(program, NULL, NULL, &err);
	if (sync) {
		doctor.snapshot = sync_snapshot(sync);
		look_at_state(&doctor);
		look_at_feeds(&doctor);
	} else {
		tell(&doctor, BROKEN, "databases", "%s", err.text);
	}
	doctor.is_running = vitals_read(vitals_folder(), doctor.vitals);
	look_at_display(&doctor);
	look_at_touch(&doctor);
	look_at_unit(&doctor);
	snapshot_unref(doctor.snapshot);
	sync_destroy(sync);
	return doctor.is_broken ? EXIT_FAILURE : EXIT_SUCCESS;
}
