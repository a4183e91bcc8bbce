/* Everything that keeps a kiosk from working, looked at one after the other; each line says what to do about it. */
#include <fcntl.h>
#include <glob.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <systemd/sd-bus.h>
#include <unistd.h>

#include "cli.h"
#include "cli_text.h"
#include "limits.h"
#include "log.h"
#include "office.h"
#include "text.h"

enum finding { FINE, DOUBTFUL, BROKEN };

struct doctor {
	struct program *program;
	struct snapshot *snapshot; /* NULL: the databases could not be opened */
	bool is_broken;
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
	if (config_is_first_run(config))
		tell(doctor, BROKEN, "configuration", "%s names no feed; run satellitkiosk-setup", config->file);
	else
		tell(doctor, FINE, "configuration", "%s: %zu feeds, %zu places", config->file, config->feed_count,
		     config->place_count);
	struct region *region = config->region_file ? region_read(config->region_file, &err) : NULL;
	if (region)
		tell(doctor, FINE, "rotation table", "%s", config->region_file);
	else if (config->region_file)
		tell(doctor, BROKEN, "rotation table", "%s", err.text);
	region_destroy(region);
}

static void look_at_programs(struct doctor *doctor)
{
	struct err err = {""};
	if (access(doctor->program->reader, X_OK) == 0)
		tell(doctor, FINE, "reader", "%s", doctor->program->reader);
	else
		tell(doctor, BROKEN, "reader", "%s cannot be run; install the package again", doctor->program->reader);
	struct text *text = text_create(&err);
	if (text)
		tell(doctor, FINE, "fonts", "text can be drawn");
	else
		tell(doctor, BROKEN, "fonts", "%s; install fonts-inter", err.text);
	text_destroy(text);
}

static void look_at_state(struct doctor *doctor)
{
	struct statvfs disk;
	const struct snapshot *snapshot = doctor->snapshot;
	const char *state = doctor->program->state;
	if (statvfs(state, &disk) != 0 || disk.f_bavail * disk.f_frsize < (uint64_t)DISK_FREE_MIN)
		tell(doctor, DOUBTFUL, "disk", "less than %d MiB are free at %s; make room", DISK_FREE_MIN >> 20,
		     state);
	else
		tell(doctor, FINE, "disk", "%ju MiB are free at %s", (uintmax_t)(disk.f_bavail * disk.f_frsize >> 20),
		     state);
	if (!snapshot->journal_ok)
		tell(doctor, BROKEN, "check-ins", "cannot be saved: %s; who owns %s, and is the disk full?",
		     snapshot->store_message, state);
	else if (snapshot->store_message[0])
		tell(doctor, DOUBTFUL, "check-ins", "%s", snapshot->store_message);
	else
		tell(doctor, FINE, "check-ins", "can be saved");
}

/* Only whether it can be read: what is in it is nobody's business. */
static bool credential_is_there(const struct config_feed *feed)
{
	const char *folder = getenv("CREDENTIALS_DIRECTORY");
	char *path = NULL;
	if (!folder || asprintf(&path, "%s/%s", folder, feed->credential) < 0)
		return false;
	bool is_there = access(path, R_OK) == 0;
	free(path);
	return is_there;
}

static void look_at_feed(struct doctor *doctor, const struct config_feed *feed, const struct snapshot_feed *seen)
{
	char ago[CLI_TIME_MAX];
	int64_t now_utc = clock_utc_s(&doctor->program->clock);
	enum feed_age age = office_feed_age(feed, seen->agreed_utc, now_utc);
	if (seen->trouble)
		tell(doctor, age == AGE_FRESH ? DOUBTFUL : BROKEN, "feed", "%s: %s", feed->name, seen->message);
	else if (feed->credential && !seen->agreed_utc && !credential_is_there(feed))
		tell(doctor, BROKEN, "feed",
		     "%s: the credential %s is not in $CREDENTIALS_DIRECTORY; run satellitkiosk-setup", feed->name,
		     feed->credential);
	else if (age == AGE_UNKNOWN)
		tell(doctor, DOUBTFUL, "feed", "%s: was never read; run satellitkiosk sync", feed->name);
	else if (age == AGE_OLD)
		tell(doctor, DOUBTFUL, "feed", "%s: was last read %s ago; does the kiosk run?", feed->name,
		     cli_ago(ago, now_utc - seen->agreed_utc));
	else
		tell(doctor, FINE, "feed", "%s", feed->name);
}

static void look_at_feeds(struct doctor *doctor)
{
	const struct config *config = doctor->program->config;
	for (size_t i = 0; i < doctor->snapshot->feed_count; i++) {
		const struct snapshot_feed *seen = &doctor->snapshot->feeds[i];
		const struct config_feed *feed = config_feed_by_name(config, seen->name);
		if (feed)
			look_at_feed(doctor, feed, seen);
	}
}

static void look_at_clock(struct doctor *doctor)
{
	char text[CLI_TIME_MAX];
	const struct zone *zone = doctor->program->config->zone;
	cli_local(text, zone, clock_utc_s(&doctor->program->clock));
	if (clock_is_trusted(&doctor->program->clock))
		tell(doctor, FINE, "clock", "%s %s", text, zone_name(zone));
	else
		tell(doctor, DOUBTFUL, "clock", "%s %s is not trusted: not set or not synchronised; see timedatectl",
		     text, zone_name(zone));
}

static size_t count_openable(const char *pattern, int flags)
{
	glob_t found = {0};
	size_t count = 0;
	if (glob(pattern, 0, NULL, &found) == 0) {
		for (size_t i = 0; i < found.gl_pathc; i++) {
			int fd = open(found.gl_pathv[i], flags | O_NONBLOCK | O_CLOEXEC);
			if (fd >= 0) {
				count++;
				close(fd);
			}
		}
	}
	globfree(&found);
	return count;
}

/* Under a compositor it is the compositor that must be able to. */
static void look_at_display(struct doctor *doctor)
{
	const char *wayland = getenv("WAYLAND_DISPLAY"), *x11 = getenv("DISPLAY");
	if ((wayland && *wayland) || (x11 && *x11)) {
		tell(doctor, FINE, "display", "%s", wayland && *wayland ? "Wayland" : "X11");
		return;
	}
	if (count_openable("/dev/dri/card*", O_RDWR) > 0)
		tell(doctor, FINE, "display", "a graphics card can be drawn on");
	else
		tell(doctor, DOUBTFUL, "display",
		     "neither Wayland, X11 nor /dev/dri here; look at systemctl status satellitkiosk-display");
	if (count_openable("/dev/input/event*", O_RDONLY) > 0)
		tell(doctor, FINE, "touch", "input devices can be read");
	else
		tell(doctor, DOUBTFUL, "touch",
		     "no input device can be read by this user; under a compositor that is as it should be");
}

static void look_at_unit(struct doctor *doctor)
{
	static const char path[] = "/org/freedesktop/systemd1/unit/satellitkiosk_2eservice";
	sd_bus *bus = NULL;
	char *state = NULL;
	int result = sd_bus_open_system(&bus);
	if (result >= 0)
		result = sd_bus_get_property_string(bus, "org.freedesktop.systemd1", path,
						    "org.freedesktop.systemd1.Unit", "ActiveState", NULL, &state);
	if (result < 0)
		tell(doctor, DOUBTFUL, "service", "systemd does not answer: is the kiosk started by something else?");
	else if (strcmp(state, "active") == 0)
		tell(doctor, FINE, "service", "satellitkiosk is active");
	else
		tell(doctor, DOUBTFUL, "service", "satellitkiosk is %s; see journalctl -u satellitkiosk", state);
	free(state);
	sd_bus_unref(bus);
}

int cli_doctor(struct program *program)
{
	struct err err = {""};
	struct doctor doctor = {.program = program};
	look_at_configuration(&doctor);
	look_at_programs(&doctor);
	look_at_clock(&doctor);
	struct sync *sync = program_sync(program, NULL, NULL, &err);
	if (sync) {
		doctor.snapshot = sync_snapshot(sync);
		look_at_state(&doctor);
		look_at_feeds(&doctor);
	} else {
		tell(&doctor, BROKEN, "databases", "%s", err.text);
	}
	look_at_display(&doctor);
	look_at_unit(&doctor);
	snapshot_unref(doctor.snapshot);
	sync_destroy(sync);
	return doctor.is_broken ? EXIT_FAILURE : EXIT_SUCCESS;
}
