/* See state_private.h. Everything is done to a text in memory; files are written at the end, except for the draft. */
#include "state_private.h"

#include <errno.h>
#include <grp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/base/clock.h"
#include "app/base/i18n.h"
#include "app/base/limits.h"
#include "app/base/regular.h"
#include "app/base/whole.h"
#include "app/config/paths.h"
#include "ical/civil.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char fresh[] =
	"# kiosk.conf(5) describes every key. `satellitkiosk setup` changes only what it asks about.\n"
	"office \"Satellitkontoret\" {\n}\n";

char *setup_slurp(const char *path)
{
	char *text = malloc(CONFIG_FILE_MAX + 2);
	if (text && !regular_slurp(path, text, CONFIG_FILE_MAX + 1)) {
		int error = errno;
		free(text);
		text = NULL;
		errno = error;
	}
	return text;
}

/* In memory, because what a calendar says of people reaches no disk as it is. */
static char *make_scratch(void)
{
	const char *temporary = getenv("TMPDIR");
	const char *folder = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : temporary ? temporary : "/tmp";
	char *path = paths_join(folder, "satellitkiosk-setup.XXXXXX");
	if (path && !mkdtemp(path)) {
		free(path);
		path = NULL;
	}
	return path;
}

static bool find_paths(struct setup *setup, struct err *err)
{
	const struct options *options = setup->options;
	setup->root = strdup(options->root ? options->root : "");
	setup->reader = paths_program("icsread");
	setup->scratch = make_scratch();
	if (setup->root && options->config) {
		setup->file = strdup(options->config);
	} else if (setup->root) {
		setup->file = paths_join(setup->root, "etc/satellitkiosk/kiosk.conf");
	}
	char *target = setup->file ? realpath(setup->file, NULL) : NULL;
	if (target) { /* a link stays one */
		free(setup->file);
		setup->file = target;
	}
	if (setup->file && asprintf(&setup->draft, "%s.draft", setup->file) < 0) {
		setup->draft = NULL;
	}
	return (setup->draft && setup->reader && setup->scratch) || err_set(err, "out of memory");
}

/* The packaged file says that nothing is set up, which would no longer be true. */
static bool is_packaged(const char *text)
{
	char *path = paths_share("kiosk.conf");
	char *packaged = path ? setup_slurp(path) : NULL;
	bool is_same = packaged && strcmp(packaged, text) == 0;
	free(packaged);
	free(path);
	return is_same;
}

static bool read_before(struct setup *setup, struct err *err)
{
	setup->before = setup_slurp(setup->file);
	if (!setup->before && errno != ENOENT) {
		return err_set(err, "%s: %s", setup->file, regular_reason(errno));
	}
	bool is_blank = setup->before && strspn(setup->before, " \t\r\n") == strlen(setup->before);
	bool is_new = !setup->before || is_blank || is_packaged(setup->before);
	setup->before = setup->before ? setup->before : strdup("");
	setup->edit = setup->before ? config_edit_create(is_new ? fresh : setup->before, err) : NULL;
	if (!setup->edit) {
		return err_prefix(err, "%s", setup->file);
	}
	return true;
}

static bool wants_swedish(const struct options *options)
{
	static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
	const char *language = options->language;
	for (size_t i = 0; i < COUNT(names) && !language; i++) {
		language = getenv(names[i]);
		language = language && language[0] ? language : NULL;
	}
	return language && strncmp(language, "sv", 2) == 0;
}

static void find_today(struct setup *setup)
{
	struct clock clock;
	clock_init(&clock);
	int64_t now_s = setup->options->has_now ? setup->options->now_local_s : clock_utc_s(&clock);
	setup->today = civil_day_of(now_s);
}

bool setup_open(struct setup *setup, const struct options *options, struct err *err)
{
	*setup = (struct setup){.options = options};
	i18n_init("/nonexistent", NULL); /* for the width of letters; the texts are in dialog.h's way */
	dialog_init(&setup->dialog, STDIN_FILENO, stdout, wants_swedish(options));
	find_today(setup);
	if (!find_paths(setup, err)) {
		return false;
	}
	bool is_missing = !options->root && !options->config && geteuid() != 0;
	if (is_missing) {
		return err_set(err, "%s",
			       dialog_pick(&setup->dialog, "run it as root, or with --root DIR to write elsewhere",
					   "kör det som root, eller med --root MAPP för att skriva någon annanstans"));
	}
	return read_before(setup, err);
}

static void finish_feed(struct setup_feed *feed)
{
	if (feed->address) {
		explicit_bzero(feed->address, strlen(feed->address));
	}
	free(feed->name);
	free(feed->address);
	probe_finish(&feed->probe);
	proposal_destroy(feed->proposal);
}

static void remove_scratch(const char *folder)
{
	static const char *const names[] = {"kiosk.conf", "preview.conf"};
	for (size_t i = 0; i < COUNT(names); i++) {
		char *path = paths_join(folder, names[i]);
		if (path) {
			unlink(path);
		}
		free(path);
	}
	rmdir(folder);
}

void setup_close(struct setup *setup)
{
	for (size_t i = 0; i < setup->feed_count; i++) {
		finish_feed(&setup->feeds[i]);
	}
	if (setup->scratch) {
		remove_scratch(setup->scratch);
	}
	config_edit_destroy(setup->edit);
	dialog_finish(&setup->dialog);
	free(setup->feeds);
	free(setup->root);
	free(setup->file);
	free(setup->draft);
	free(setup->before);
	free(setup->scratch);
	free(setup->reader);
	free(setup->ca_file);
}

char *setup_absolute(const struct setup *setup, const char *path)
{
	char *folder = path[0] == '/' ? NULL : strdup(setup->file);
	char *slash = folder ? strrchr(folder, '/') : NULL;
	if (slash) {
		*slash = '\0';
	}
	char *joined = slash ? paths_join(folder, path) : strdup(path);
	free(folder);
	return joined;
}

struct config *setup_read(struct setup *setup, struct err *err)
{
	char *path = paths_join(setup->scratch, "kiosk.conf");
	struct config *config = NULL;
	if (!path || !setup_write_file(path, config_edit_text(setup->edit), 0600, NULL, err)) {
		free(path);
		return NULL;
	}
	config = config_read(path, err);
	size_t length = strlen(path);
	if (!config && strncmp(err->text, path, length) == 0) {
		const char *rest = err->text + length;
		rest += strspn(rest, ":0123456789 ");
		memmove(err->text, rest, strlen(rest) + 1);
	}
	free(path);
	return config;
}

/* Only root may give a file to another group; anybody else's file keeps the group that it has. */
static bool give_to(int fd, const char *group)
{
	const struct group *found = group && geteuid() == 0 ? getgrnam(group) : NULL;
	return !found || fchown(fd, (uid_t)-1, found->gr_gid) == 0;
}

bool setup_write_file(const char *path, const char *text, unsigned int mode, const char *group, struct err *err)
{
	struct whole whole;
	if (!whole_begin(&whole, path, err)) {
		return false;
	}
	int fd = fileno(whole.out);
	bool is_given = (give_to(fd, group) && fchmod(fd, mode) == 0) || err_set(err, "%s: %s", path, strerror(errno));
	fputs(text, whole.out);
	return whole_end(&whole, is_given, WHOLE_DURABLE, err);
}

bool setup_make_folders(const char *file, unsigned int mode, struct err *err)
{
	char *path = strdup(file);
	bool ok = path != NULL;
	for (char *slash = path ? strchr(path + 1, '/') : NULL; ok && slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		bool is_last = !strchr(slash + 1, '/');
		ok = mkdir(path, is_last ? mode : 0755) == 0 || errno == EEXIST ||
		     err_set(err, "%s: %s", path, strerror(errno));
		*slash = '/';
	}
	free(path);
	return ok;
}

/* The draft is a configuration in which the feeds have their addresses, as in a file of answers. */
void setup_save_draft(struct setup *setup)
{
	struct config_edit *draft = config_edit_create(config_edit_text(setup->edit), NULL);
	for (size_t i = 0; draft && i < setup->feed_count; i++) {
		size_t index = config_edit_find(draft, "feed", setup->feeds[i].name);
		if (setup->feeds[i].address && index < config_edit_count(draft, "feed")) {
			config_edit_set(draft, "feed", index, "address", setup->feeds[i].address);
		}
	}
	struct err err = {"out of memory"};
	setup->is_drafted = draft && setup_make_folders(setup->draft, 0755, &err) &&
			    setup_write_file(setup->draft, config_edit_text(draft), 0600, NULL, &err);
	if (!setup->is_drafted && !setup->is_warned) {
		dialog_say(&setup->dialog, "  ! The answers cannot be kept on the disk meanwhile: %s",
			   "  ! Svaren kan inte sparas på disken under tiden: %s", err.text);
		setup->is_warned = true;
	}
	config_edit_destroy(draft);
}

size_t setup_section(struct setup *setup, const char *section, const char *title)
{
	if (config_edit_find(setup->edit, section, title) == config_edit_count(setup->edit, section)) {
		config_edit_add(setup->edit, section, title);
	}
	return config_edit_find(setup->edit, section, title);
}

struct setup_feed *setup_feed_of(const struct setup *setup, const char *name)
{
	for (size_t i = 0; i < setup->feed_count; i++) {
		if (strcmp(setup->feeds[i].name, name) == 0) {
			return &setup->feeds[i];
		}
	}
	return NULL;
}

struct setup_feed *setup_add_feed(struct setup *setup, const char *name)
{
	struct setup_feed *feed = setup_feed_of(setup, name);
	if (feed) {
		char *own = feed->name;
		feed->name = NULL;
		finish_feed(feed);
		*feed = (struct setup_feed){.name = own};
		return feed;
	}
	struct setup_feed *more = reallocarray(setup->feeds, setup->feed_count + 1, sizeof(*more));
	if (!more) {
		return NULL;
	}
	setup->feeds = more;
	more[setup->feed_count] = (struct setup_feed){.name = strdup(name)};
	return more[setup->feed_count].name ? &more[setup->feed_count++] : NULL;
}

void setup_forget_feed(struct setup *setup, const char *name)
{
	struct setup_feed *feed = setup_feed_of(setup, name);
	if (feed) {
		finish_feed(feed);
		*feed = setup->feeds[--setup->feed_count];
	}
}

void setup_drop_feed(struct setup *setup, const char *name)
{
	for (size_t i = config_edit_count(setup->edit, "place"); i-- > 0;) {
		char *feed = config_edit_get(setup->edit, "place", i, "feed");
		if (feed && strcmp(feed, name) == 0) {
			config_edit_remove(setup->edit, "place", i);
		}
		free(feed);
	}
	size_t index = config_edit_find(setup->edit, "feed", name);
	if (index < config_edit_count(setup->edit, "feed")) {
		config_edit_remove(setup->edit, "feed", index);
	}
	setup_forget_feed(setup, name);
}
