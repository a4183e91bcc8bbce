/* Checks one after the other everything that can keep a kiosk from working. Each line says what to do. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli.h"
#include "doctor_private.h"
#include "rows.h"
#include "db/journal.h"
#include "ical/small.h"
#include "ical/zoneinfo.h"
#include "text.h"
#include "app/base/i18n.h"
#include "app/base/limits.h"
#include "app/base/log.h"
#include "app/config/paths.h"
#include "app/office/office.h"
#include "app/draw/icons.h"
#include "app/draw/text.h"

static void look_at_configuration(struct doctor *doctor)
{
	struct err err = {""};
	const struct config *config = doctor->program->config;
	if (config->mistake) {
		report_add(doctor->report, BROKEN, "configuration", "%s", config->mistake);
		return;
	}
	if (config_is_first_run(config)) {
		report_add(doctor->report, BROKEN, "configuration", "%s names no feed; run satellitkiosk setup",
			   config->file);
	} else {
		report_add(doctor->report, FINE, "configuration", "%s: %zu %s, %zu %s", config->file,
			   config->feed_count, cli_count(config->feed_count, "feed", "feeds"), config->place_count,
			   cli_count(config->place_count, "place", "places"));
	}
	struct region *region = config->region_file ? region_read(config->region_file, &err) : NULL;
	if (region) {
		report_add(doctor->report, FINE, "rotation table", "%s", config->region_file);
	} else if (config->region_file) {
		report_add(doctor->report, BROKEN, "rotation table", "%s", err.text);
	}
	region_destroy(region);
	program_read_plan(doctor->program);
	if (config->plan_mistake) {
		report_add(doctor->report, BROKEN, "floor plan", "%s", config->plan_mistake);
	} else if (config->floorplan) {
		report_add(doctor->report, FINE, "floor plan", "%s", config->plan_file);
	}
}

enum credential {
	CREDENTIAL_MISSING,
	CREDENTIAL_THERE,
	CREDENTIAL_EMPTY, /* or no file at all */
	CREDENTIAL_OPEN   /* everybody may read it */
};

/* Checks only whether the credential exists and who may read it, and never reads it. */
static enum credential find_credential(const char *folder, const char *name)
{
	char *path = NULL;
	struct stat about = {0};
	if (asprintf(&path, "%s/%s", folder, name) < 0) {
		return CREDENTIAL_MISSING;
	}
	bool is_there = stat(path, &about) == 0;
	bool is_hidden = !is_there && errno == EACCES; /* it exists, but we may not look at it */
	free(path);
	if (!is_there) {
		return is_hidden ? CREDENTIAL_THERE : CREDENTIAL_MISSING;
	}
	bool is_empty = !S_ISREG(about.st_mode) || about.st_size == 0;
	return is_empty                                     ? CREDENTIAL_EMPTY
	       : (about.st_mode & (S_IROTH | S_IWOTH)) != 0 ? CREDENTIAL_OPEN
							    : CREDENTIAL_THERE;
}

static void look_at_credential(struct doctor *doctor, const char *name, const char *holds, const char *feed)
{
	const char *given = getenv("CREDENTIALS_DIRECTORY");
	const char *folder = given ? given : "/etc/credstore";
	enum credential found = find_credential(folder, name);
	if (found == CREDENTIAL_MISSING && !given) {
		found = find_credential("/etc/credstore.encrypted", name);
	}
	if (found == CREDENTIAL_OPEN) {
		report_add(doctor->report, BROKEN, "credential",
			   "%s/%s: every user of this machine may read it, but it is a secret; chmod 600 %s/%s", folder,
			   name, folder, name);
	} else if (found == CREDENTIAL_EMPTY) {
		report_add(doctor->report, BROKEN, "credential",
			   "%s/%s is empty, but should hold the %s %s; run satellitkiosk setup", folder, name, holds,
			   feed);
	} else if (found == CREDENTIAL_THERE) {
		report_add(doctor->report, FINE, "credential", "%s", name);
	} else {
		report_add(doctor->report, given ? BROKEN : DOUBTFUL, "credential",
			   "%s: the %s %s is not in %s; run satellitkiosk setup", name, holds, feed, folder);
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
	if (config->share.name) {
		look_at_credential(doctor, config->share.credential, "password of the share", config->share.name);
	}
	for (size_t i = 0; i < config->feed_count; i++) {
		const struct config_feed *feed = &config->feeds[i];
		if (feed->credential) {
			look_at_credential(doctor, feed->credential,
					   feed->caldav ? "password of the feed" : "address of the feed", feed->name);
		}
		if (feed->network.proxy_credential && is_first_with(config, i)) {
			look_at_credential(doctor, feed->network.proxy_credential, "proxy's password of the feed",
					   feed->name);
		}
	}
}

/* A program may be there and still not run, such as one of another processor, or half of one. */
static bool can_run(const char *program)
{
	char *const arguments[] = {(char *)program, "--version", NULL};
	posix_spawn_file_actions_t actions;
	pid_t child = -1;
	int status = -1;
	if (posix_spawn_file_actions_init(&actions) != 0) {
		return false;
	}
	bool ok = posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0) == 0 &&
		  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0) == 0 &&
		  posix_spawn(&child, program, &actions, NULL, arguments, environ) == 0;
	posix_spawn_file_actions_destroy(&actions);
	while (ok && waitpid(child, &status, 0) < 0 && errno == EINTR) {
	}
	return ok && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void look_at_programs(struct doctor *doctor)
{
	struct err err = {""};
	if (can_run(doctor->program->reader)) {
		report_add(doctor->report, FINE, "reader", "%s", doctor->program->reader);
	} else {
		report_add(doctor->report, BROKEN, "reader", "%s cannot be run; install the package again",
			   doctor->program->reader);
	}
	struct text *text = text_create(&err);
	if (text) {
		report_add(doctor->report, FINE, "fonts", "text can be drawn");
	} else {
		report_add(doctor->report, BROKEN, "fonts", "%s; install fonts-inter", err.text);
	}
	text_destroy(text);
	struct icons *icons = icons_create(doctor->program->share, &err);
	if (icons) {
		report_add(doctor->report, FINE, "icons", "all of them are there");
	} else {
		report_add(doctor->report, BROKEN, "icons", "%s", err.text);
	}
	icons_destroy(icons);
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
		report_add(doctor->report, BROKEN, "translation",
			   "there is none for \"%s\", so the screen is in English%s%s; %s", language,
			   err.text[0] ? ": " : "", err.text, "install the package again, or set another language");
	} else {
		report_add(doctor->report, FINE, "translation", "%s", i18n_name(language));
	}
	i18n_set_language("en");
}

/* This runs when root has become the kiosk's user. */
static void look_at_readable(struct doctor *doctor)
{
	const char *file = doctor->program->config_file;
	if (access(file, R_OK) != 0) {
		report_add(
			doctor->report, BROKEN, "configuration",
			"%s: the kiosk's user cannot read it: %s; chgrp satellitkiosk and chmod 640 give it the right",
			file, strerror(errno));
	}
}

static void look_at_certificates(struct doctor *doctor, const char *file, const char *name)
{
	if (file && access(file, R_OK) != 0) {
		report_add(doctor->report, BROKEN, "certificates",
			   "%s: the kiosk's user cannot read the ca-file %s: %s; copy it there and chmod 644", name,
			   file, strerror(errno));
	}
}

/* This runs when root has become the kiosk's user. */
static void look_at_authorities(struct doctor *doctor)
{
	const struct config *config = doctor->program->config;
	for (size_t i = 0; i < config->feed_count; i++) {
		look_at_certificates(doctor, config->feeds[i].ca_file, config->feeds[i].name);
	}
	look_at_certificates(doctor, config->share.ca_file, config->share.name);
}

static void look_at_disk(struct doctor *doctor)
{
	struct statvfs disk;
	const char *state = doctor->program->state;
	if (statvfs(state, &disk) != 0 || disk.f_bavail * disk.f_frsize < (uint64_t)DISK_FREE_MIN) {
		report_add(doctor->report, DOUBTFUL, "disk", "less than %d MiB are free at %s; make room",
			   DISK_FREE_MIN >> 20, state);
	} else {
		report_add(doctor->report, FINE, "disk", "%ju MiB are free at %s",
			   (uintmax_t)(disk.f_bavail * disk.f_frsize >> 20), state);
	}
}

static void look_at_check_ins(struct doctor *doctor)
{
	struct err err = {""};
	const struct snapshot *snapshot = doctor->snapshot;
	const char *state = doctor->program->state;
	if (!snapshot->journal_ok || !journal_probe(state, &err)) {
		report_add(doctor->report, BROKEN, "check-ins",
			   "cannot be saved: %s; who owns %s, and is the disk full?",
			   err.text[0] ? err.text : snapshot->store_message, state);
	} else if (snapshot->store_message[0]) {
		report_add(doctor->report, DOUBTFUL, "check-ins", "%s", snapshot->store_message);
	} else {
		report_add(doctor->report, FINE, "check-ins", "can be saved");
	}
}

static void look_at_feed(struct doctor *doctor, const struct config_feed *feed, const struct snapshot_feed *seen)
{
	char ago[CLI_TIME_MAX];
	int64_t now_utc = clock_utc_s(&doctor->program->clock);
	enum feed_age age = office_feed_age(feed, seen->agreed_utc, now_utc);
	if (seen->trouble) {
		report_add(doctor->report, age == AGE_FRESH ? DOUBTFUL : BROKEN, "feed", "%s: %s", feed->name,
			   seen->message);
	} else if (age == AGE_UNKNOWN) {
		report_add(doctor->report, DOUBTFUL, "feed", "%s: was never read; is the kiosk started?", feed->name);
	} else if (seen->agreed_utc > now_utc + CLOCK_JUMP_S) {
		report_add(doctor->report, DOUBTFUL, "feed",
			   "%s: was last read at a time that has not come yet; is the clock right? See timedatectl",
			   feed->name);
	} else if (age == AGE_OLD) {
		report_add(doctor->report, DOUBTFUL, "feed", "%s: was last read %s ago; does the kiosk run?",
			   feed->name, cli_ago(ago, now_utc - seen->agreed_utc));
	} else if (seen->skipped > 0) {
		report_add(doctor->report, DOUBTFUL, "feed",
			   "%s: %" PRIu32 " %s cannot be read and %s left out; satellitkiosk status says why",
			   feed->name, seen->skipped, cli_count(seen->skipped, "event", "events"),
			   cli_count(seen->skipped, "is", "are"));
	} else {
		report_add(doctor->report, FINE, "feed", "%s", feed->name);
	}
}

static void look_at_persons(struct doctor *doctor, const struct config_feed *feed)
{
	size_t unnamed = rows_unnamed(doctor->snapshot, feed);
	if (unnamed > 0) {
		report_add(doctor->report, DOUBTFUL, "names",
			   "%s: person finds nobody in %zu of %zu bookings, which are shown without a name; compare it "
			   "with the titles in the calendar",
			   feed->name, unnamed, rows_count(doctor->snapshot, feed));
	}
}

/* An exchange without news is reported only now and then. */
static bool is_share_late(const struct doctor *doctor)
{
	int64_t late_ms = SHARE_CLOSED_MS + SHARE_BOARD_MS + SHARE_LOST_MS;
	int64_t age_s = clock_utc_s(&doctor->program->clock) - doctor->snapshot->share.agreed_utc;
	return age_s > late_ms / 1000;
}

static void look_at_share(struct doctor *doctor)
{
	char at[CLI_TIME_MAX];
	const struct snapshot_share *share = &doctor->snapshot->share;
	const char *box = doctor->program->config->share.box;
	cli_local(at, doctor->program->config->zone, share->agreed_utc);
	if (!share->is_on) {
		return;
	}
	if (share->message[0]) {
		report_add(doctor->report, share->is_lost ? BROKEN : DOUBTFUL, "share", "%s", share->message);
	} else if (!share->agreed_utc) {
		report_add(doctor->report, DOUBTFUL, "share", "%s: no exchange yet; is the kiosk started?", box);
	} else if (is_share_late(doctor)) {
		report_add(doctor->report, DOUBTFUL, "share", "%s: no exchange since %s; is the kiosk started?", box,
			   at);
	} else if (share->skipped > 0) {
		report_add(doctor->report, DOUBTFUL, "share",
			   "%s: %u objects cannot be used; does another program write there, or does another machine "
			   "have the same box?",
			   box, share->skipped);
	} else {
		char waiting[24] = "not known";
		if (share->outbox >= 0) {
			snprintf(waiting, sizeof(waiting), "%lld", (long long)share->outbox);
		}
		report_add(doctor->report, FINE, "share", "%s: last exchange %s, waiting to be delivered: %s", box, at,
			   waiting);
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

/* Privacy depends on it: what is not certain to be old is not erased. */
static void look_at_certain(struct doctor *doctor)
{
	char text[CLI_TIME_MAX];
	const struct snapshot *snapshot = doctor->snapshot;
	int64_t late_s = clock_utc_s(&doctor->program->clock) - snapshot->certain_utc;
	if (snapshot->certain_utc > 0 && late_s > SETTLED_LATE_S) {
		report_add(doctor->report, DOUBTFUL, "retention",
			   "the time is confirmed only up to %s, so old check-ins are kept; if the clock is right, let "
			   "the "
			   "kiosk reach its feeds' servers for two days; see timedatectl",
			   cli_local(text, doctor->program->config->zone, snapshot->certain_utc));
	} else {
		report_add(doctor->report, FINE, "retention", "check-ins older than %d %s are erased",
			   doctor->program->config->retention_days,
			   cli_count((size_t)doctor->program->config->retention_days, "day", "days"));
	}
}

static void look_at_clock(struct doctor *doctor)
{
	char text[CLI_TIME_MAX];
	const struct zone *zone = doctor->program->config->zone;
	cli_local(text, zone, clock_utc_s(&doctor->program->clock));
	if (clock_is_trusted(&doctor->program->clock)) {
		report_add(doctor->report, FINE, "clock", "%s %s", text, zone_name(zone));
	} else {
		report_add(doctor->report, DOUBTFUL, "clock",
			   "%s %s is not trusted: not set or not synchronised; see timedatectl", text, zone_name(zone));
	}
}

/* Reports which laws the kiosk knows. Without any zone the configuration would not have been read. */
static void look_at_zones(struct doctor *doctor)
{
	struct zoneinfo *zoneinfo = zoneinfo_create(ZONEINFO_FOLDER, NULL);
	const char *version = zoneinfo ? zoneinfo_version(zoneinfo) : "";
	if (version[0]) {
		report_add(doctor->report, FINE, "time zones", "tzdata %s", version);
	} else {
		report_add(doctor->report, DOUBTFUL, "time zones",
			   "%s does not say its version; install the package tzdata again", ZONEINFO_FOLDER);
	}
	zoneinfo_destroy(zoneinfo);
}

/* Without a configuration the databases are not opened: they would lose what belongs to feeds that seem to be gone. */
static void look_at_writing(struct doctor *doctor)
{
	struct err err = {""};
	struct program *program = doctor->program;
	if (!program_need_state(program, &err) || !journal_probe(program->state, &err)) {
		report_add(doctor->report, BROKEN, "check-ins", "cannot be saved: %s", err.text);
		return;
	}
	look_at_readable(doctor);
	look_at_disk(doctor);
}

static void look_at_databases(struct doctor *doctor)
{
	struct err err = {""};
	if (doctor->program->config->mistake) {
		look_at_writing(doctor);
		return;
	}
	struct sync *sync = program_sync(doctor->program, NULL, NULL, &err);
	if (sync) {
		doctor->snapshot = sync_snapshot(sync);
		look_at_readable(doctor);
		look_at_authorities(doctor);
		look_at_disk(doctor);
		look_at_check_ins(doctor);
		look_at_certain(doctor);
		look_at_feeds(doctor);
		look_at_share(doctor);
	} else {
		report_add(doctor->report, BROKEN, "databases", "%s", err.text);
	}
	snapshot_unref(doctor->snapshot);
	sync_destroy(sync);
}

int cli_doctor(struct program *program)
{
	struct doctor doctor = {.program = program, .report = report_create()};
	if (!doctor.report) {
		log_line(LOG_LEVEL_ERROR, "out of memory");
		return EXIT_FAILURE;
	}
	look_at_configuration(&doctor);
	look_at_credentials(&doctor);
	look_at_translation(&doctor);
	look_at_programs(&doctor);
	look_at_clock(&doctor);
	look_at_zones(&doctor);
	look_at_databases(&doctor);
	doctor_look_at_machine(&doctor);
	int status = report_print(doctor.report, program->options.output);
	report_destroy(doctor.report);
	bool is_check = program->options.output == OUTPUT_BRIEF;
	return program->config->mistake && !is_check ? EXIT_CONFIG : status;
}
