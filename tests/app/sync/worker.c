/* See worker.h. */
#include "worker.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "db/journal.h"
#include "ical/civil.h"

enum { FAR_TOO_LONG_S = 60 };

static void on_publish(void *context)
{
	struct worker *worker = context;
	pthread_mutex_lock(&worker->mutex);
	worker->publishings++;
	pthread_cond_broadcast(&worker->published);
	pthread_mutex_unlock(&worker->mutex);
}

static void read_config(struct worker *worker)
{
	char file[96];
	struct err err = {""};
	snprintf(file, sizeof(file), "%s/kiosk.conf", worker->dir);
	worker->config = config_read(file, &err);
	if (!worker->config) {
		fail_msg("%s", err.text);
	}
	int64_t local_s = 0;
	assert_true(civil_parse(WORKER_NOW, &local_s));
	clock_init_at(&worker->clock, zone_utc(worker->config->zone, local_s));
	pthread_mutex_init(&worker->mutex, NULL);
	pthread_cond_init(&worker->published, NULL);
}

void worker_set_up(struct worker *worker, const char *feeds_and_places)
{
	*worker = (struct worker){0};
	/* In memory where there is such a disk: much of what is tested here waits for the disk. */
	snprintf(worker->dir, sizeof(worker->dir), "%s/test_worker.XXXXXX",
		 access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	assert_non_null(mkdtemp(worker->dir));
	snprintf(worker->state_dir, sizeof(worker->state_dir), "%s/state", worker->dir);
	snprintf(worker->credentials_dir, sizeof(worker->credentials_dir), "%s/credentials", worker->dir);
	assert_int_equal(mkdir(worker->state_dir, 0700), 0);
	assert_int_equal(mkdir(worker->credentials_dir, 0700), 0);
	char *text = NULL;
	assert_true(asprintf(&text,
			     "office \"O\" { zone = \"Europe/Stockholm\" opens = \"07:00\" closes = \"18:00\" }\n%s",
			     feeds_and_places) > 0);
	worker_write(worker, "kiosk.conf", text);
	free(text);
	read_config(worker);
}

void worker_join(struct worker *worker, const struct worker *first)
{
	*worker = (struct worker){0};
	strcpy(worker->dir, first->dir);
	strcpy(worker->state_dir, first->state_dir);
	strcpy(worker->credentials_dir, first->credentials_dir);
	read_config(worker);
}

void worker_open(struct worker *worker)
{
	struct err err = {""};
	struct sync_options options = {.config = worker->config,
				       .clock = &worker->clock,
				       .state_dir = worker->state_dir,
				       .credentials_dir = worker->credentials_dir,
				       .reader = worker->reader ? worker->reader : KIOSK_BINARY_DIR "/bin/icsread",
				       .zoneinfo = worker->zoneinfo,
				       .on_publish = on_publish,
				       .context = worker,
				       .fetch_limits = worker->fetch_limits,
				       .feeds_bytes_max = worker->feeds_bytes_max,
				       .cgroup_list = worker->cgroup_list,
				       .cgroup_root = worker->cgroup_root,
				       .shown_days_only = worker->shown_days_only};
	worker->sync = sync_create(&options, &err);
	if (!worker->sync) {
		fail_msg("%s", err.text);
	}
}

void worker_close(struct worker *worker)
{
	sync_destroy(worker->sync);
	worker->sync = NULL;
	config_destroy(worker->config);
	worker->config = NULL;
	pthread_cond_destroy(&worker->published);
	pthread_mutex_destroy(&worker->mutex);
}

void worker_tear_down(struct worker *worker)
{
	worker_close(worker);
	char rm[] = "/bin/rm", option[] = "-rf";
	char *const argv[] = {rm, option, worker->dir, NULL};
	char *const env[] = {NULL};
	pid_t pid = 0;
	assert_int_equal(posix_spawn(&pid, rm, NULL, NULL, argv, env), 0);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
}

void worker_write(const struct worker *worker, const char *name, const char *text)
{
	char path[128], fresh[160];
	snprintf(path, sizeof(path), "%s/%s", worker->dir, name);
	snprintf(fresh, sizeof(fresh), "%s.new", path);
	FILE *file = fopen(fresh, "we");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(rename(fresh, path), 0);
}

void worker_name(const struct worker *worker, const char *uid, char out[IDENTITY_NAME_SIZE])
{
	struct err err = {""};
	struct identity *identity = identity_open(worker->state_dir, NULL, &err);
	assert_non_null(identity);
	assert_true(identity_name(identity, uid, out));
	identity_close(identity);
}

void worker_wait(struct worker *worker, bool (*is_so)(const struct snapshot *snapshot, const void *context),
		 const void *context)
{
	struct timespec limit;
	timespec_get(&limit, TIME_UTC); /* the real time, also where a test replaces clock_gettime */
	limit.tv_sec += FAR_TOO_LONG_S;
	for (bool yes = false; !yes;) {
		pthread_mutex_lock(&worker->mutex);
		uint64_t seen = worker->publishings;
		pthread_mutex_unlock(&worker->mutex);
		struct snapshot *snapshot = sync_snapshot(worker->sync);
		yes = is_so(snapshot, context);
		snapshot_unref(snapshot);
		pthread_mutex_lock(&worker->mutex);
		while (!yes && worker->publishings == seen) {
			if (pthread_cond_timedwait(&worker->published, &worker->mutex, &limit) != 0) {
				pthread_mutex_unlock(&worker->mutex);
				fail_msg("waited in vain for a snapshot");
			}
		}
		pthread_mutex_unlock(&worker->mutex);
	}
}

char *worker_calendar(int first_hour, int count)
{
	char *text = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);
	assert_non_null(out);
	fputs("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n", out);
	for (int i = 0; i < count; i++) {
		fprintf(out,
			"BEGIN:VEVENT\r\nUID:booking-%d\r\nDTSTAMP:20261101T000000Z\r\n"
			"DTSTART:20261123T%02d0000Z\r\nDTEND:20261123T%02d0000Z\r\n"
			"SUMMARY:Nils Svensson – Kontorsplats %d\r\nLOCATION:Kontorsplats %d\r\n"
			"DESCRIPTION:Telefon 090-16 10 00\\, nils.svensson@example.org\r\nEND:VEVENT\r\n",
			i, first_hour, first_hour + 1, i + 1, i + 1);
	}
	fputs("END:VCALENDAR\r\n", out);
	assert_int_equal(fclose(out), 0);
	return text;
}

char *worker_laborious_calendar(int count)
{
	char *text = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);
	fputs("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n", out);
	for (int i = 0; i < count; i++) {
		fprintf(out,
			"BEGIN:VEVENT\r\nUID:%d\r\nDTSTART:20261123T090000Z\r\nDTEND:20261123T100000Z\r\n"
			"SUMMARY:%d aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 1\r\n"
			"LOCATION:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa %d 1\r\nEND:VEVENT\r\n",
			i, i, i);
	}
	fputs("END:VCALENDAR\r\n", out);
	fclose(out);
	return text;
}

size_t worker_count_stored(const struct worker *worker)
{
	struct err err = {""};
	struct journal *journal = NULL;
	struct journal_entries entries = {0};
	assert_int_equal(journal_open(worker->state_dir, NULL, &journal, &err), JOURNAL_OPENED);
	assert_true(journal_read(journal, 0, &entries, &err));
	size_t count = entries.count;
	journal_entries_finish(&entries);
	journal_close(journal);
	return count;
}
