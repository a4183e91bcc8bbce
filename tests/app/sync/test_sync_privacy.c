/* Canaries stand in a feed's address, user and password, in a proxy's, and in what a feed says about people. After good
 * fetches and fetches that failed in every way, none of them may be found in the databases, on the board, in messages,
 * or in what the system shows of the process. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/ical/https.h"
#include "worker.h"

#define ADDRESS_CANARY "kanariefagel-4711"
#define NAME_CANARY "Gullkanarie"
#define USER_CANARY "sjungande-anna"
#define PASSWORD_CANARY "sjungande-losen"
#define PROXY_CANARY "sjungande-ombud"

/* The canary that the file holds; NULL: none, or there is no such file. */
static const char *find_canary(const char *path)
{
	static const char *const canaries[] = {ADDRESS_CANARY,    NAME_CANARY,  "070-555",
					       "gul@example.org", "sjungande-", "hemlig adress"};
	FILE *file = fopen(path, "re");
	const char *found = NULL;
	char *text = NULL;
	size_t length = 0;
	if (!file) {
		return NULL;
	}
	FILE *copy = open_memstream(&text, &length);
	for (int c = fgetc(file); c != EOF; c = fgetc(file)) {
		fputc(c, copy);
	}
	fclose(copy);
	fclose(file);
	for (size_t i = 0; i < sizeof(canaries) / sizeof(canaries[0]); i++) {
		found = memmem(text, length, canaries[i], strlen(canaries[i])) ? canaries[i] : found;
	}
	free(text);
	return found;
}

static void search_file(const char *path)
{
	const char *found = find_canary(path);
	if (found) {
		fail_msg("%s holds \"%s\"", path, found);
	}
}

static size_t search_folder(const char *folder)
{
	DIR *dir = opendir(folder);
	size_t found = 0;
	assert_non_null(dir);
	for (const struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
		char path[400];
		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		if (entry->d_type == DT_REG) {
			search_file(path);
			found++;
		}
	}
	closedir(dir);
	return found;
}

static void search_board(const struct worker *worker)
{
	char path[128], id[33] = "", board[192];
	snprintf(path, sizeof(path), "%s/sync.lock", worker->state_dir);
	FILE *file = fopen(path, "re");
	assert_non_null(file);
	assert_int_equal(fread(id, 1, 32, file), 32);
	fclose(file);
	snprintf(board, sizeof(board), "%s/board-%s.json", worker->state_dir, id);
	search_file(board);
}

static void check_messages(void *context, const struct snapshot_feed *feed)
{
	(void)context;
	assert_null(strstr(feed->message, ADDRESS_CANARY));
	assert_null(strstr(feed->message, "sjungande-"));
	assert_null(strstr(feed->message, "localhost"));
	assert_null(strstr(feed->message, "127.0.0.1"));
}

static void search_snapshot(struct worker *worker)
{
	struct snapshot *snapshot = sync_snapshot(worker->sync);
	for (size_t i = 0; i < snapshot->rows.count; i++) {
		const struct cache_row *row = &snapshot->rows.items[i];
		assert_null(strstr(row->title, NAME_CANARY));
		assert_null(strstr(row->location, NAME_CANARY));
	}
	assert_null(strstr(snapshot->store_message, ADDRESS_CANARY));
	snapshot_unref(snapshot);
}

/* Through a proxy that wants a password, and gets a wrong one or goes the right way. */
static void test_proxy_canaries(void **state)
{
	(void)state;
	static const char *const listeners[] = {"proxy", "loginproxy", "nobody"};
	for (size_t i = 0; i < sizeof(listeners) / sizeof(listeners[0]); i++) {
		struct worker worker;
		char text[768], url[HTTPS_URL_MAX];
		int port = https_port(&https, listeners[i]);
		snprintf(text, sizeof(text),
			 "network { proxy = \"http://127.0.0.1:%d\" proxy-credential = \"proxy\" }\n"
			 "feed \"desks\" { kind = bookings credential = \"desks-url\" ca-file = \"%s\" "
			 "user-agent = \"Firefox/1\" }\n",
			 port > 0 ? port : 1, https.ca_file);
		worker_set_up(&worker, text);
		worker_write(&worker, "credentials/desks-url",
			     https_url(&https, "good", "/gate/moved?key=" ADDRESS_CANARY, url));
		worker_write(&worker, "credentials/proxy",
			     "user = \"" PROXY_CANARY "\"\npassword = \"" PASSWORD_CANARY "\"\n");
		worker_open(&worker);
		sync_run_once(worker.sync, check_messages, NULL);
		struct snapshot *snapshot = sync_snapshot(worker.sync);
		const char *words = i == 0 ? "user agent" : "the proxy";
		assert_non_null(strstr(snapshot->feeds[0].message, words));
		snapshot_unref(snapshot);
		assert_true(search_folder(worker.state_dir) >= 3);
		search_board(&worker);
		search_file("/proc/self/cmdline");
		search_file("/proc/self/environ");
		worker_tear_down(&worker);
	}
}

static void test_canaries(void **state)
{
	(void)state;
	static const struct {
		const char *listener, *path;
	} places[] = {{"good", "/file/canary.ics"},
		      {"good", "/file/canary.ics"},
		      {"good", "/basic"},
		      {"good", "/digest"},
		      {"good", "/basic_elsewhere"},
		      {"good", "/exchange/MailboxNotFoundException"},
		      {"good", "/to_mail"},
		      {"good", "/status/404"},
		      {"good", "/downgrade"},
		      {"good", "/html"},
		      {"good", "/loop"},
		      {"expired", "/ok"},
		      {"other", "/ok"},
		      {"plain", "/ok"},
		      {"good", "/cut/20"}};
	struct worker worker;
	char text[512], url[HTTPS_URL_MAX], path[96];
	char credential[2 * HTTPS_URL_MAX];
	assert_true(https_put(&https, "canary.ics",
			      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n"
			      "BEGIN:VEVENT\r\nUID:a\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:20261123T090000Z\r\n"
			      "DTEND:20261123T100000Z\r\nSUMMARY:Nils " NAME_CANARY " – Kontorsplats 1\r\n"
			      "ORGANIZER;CN=Nils " NAME_CANARY ":mailto:gul@example.org\r\n"
			      "LOCATION:Kontorsplats 1\\, 070-555 12 34\r\n"
			      "DESCRIPTION:hemlig adress\\, gul@example.org\r\nEND:VEVENT\r\n"
			      "BEGIN:VEVENT\r\nUID:b\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:20261123T110000Z\r\n"
			      "DTEND:20261123T120000Z\r\nSUMMARY:" NAME_CANARY "\r\nEND:VEVENT\r\n"
			      "BEGIN:VEVENT\r\nUID:c\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:20261123T130000Z\r\n"
			      "DTEND:20261123T140000Z\r\nCLASS:PRIVATE\r\nSUMMARY:Nils " NAME_CANARY " – P\r\n"
			      "LOCATION:" NAME_CANARY "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"));
	snprintf(text, sizeof(text),
		 "feed \"desks\" { kind = bookings credential = \"desks-url\" ca-file = \"%s\" names = short\n"
		 "person = '^(.*) [–-] ' }\n"
		 "place \"1\" { name = \"Plats 1\" kind = desk feed = \"desks\" match = \"Kontorsplats 1\" }\n",
		 https.ca_file);
	worker_set_up(&worker, text);
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		snprintf(path, sizeof(path), "%s?key=" ADDRESS_CANARY, places[i].path);
		https_url(&https, places[i].listener, path, url);
		/* The two forms by turns. */
		snprintf(credential, sizeof(credential),
			 i % 2 ? "https://" USER_CANARY ":" PASSWORD_CANARY "@%s"
			       : "url = \"https://%s\"\nuser = \"" USER_CANARY "\"\npassword = \"" PASSWORD_CANARY
				 "\"\n",
			 url + strlen("https://"));
		worker_write(&worker, "credentials/desks-url", credential);
		worker_open(&worker);
		sync_run_once(worker.sync, check_messages, NULL);
		search_snapshot(&worker);
		assert_true(search_folder(worker.state_dir) >= 3); /* two databases and the lock */
		search_board(&worker);
		search_file("/proc/self/cmdline");
		search_file("/proc/self/environ");
		sync_destroy(worker.sync);
		worker.sync = NULL;
	}
	worker_open(&worker);
	struct snapshot *snapshot = sync_snapshot(worker.sync);
	assert_int_equal(snapshot->rows.count, 3);
	assert_string_equal(snapshot->rows.items[0].title, "Nils G.");
	assert_string_equal(snapshot->rows.items[1].title, "");
	assert_string_equal(snapshot->rows.items[2].title, "");
	snapshot_unref(snapshot);
	worker_tear_down(&worker);
}

/* The search itself must be able to find something. */
static void test_search_finds(void **state)
{
	(void)state;
	char path[] = "/tmp/test_privacy.XXXXXX", bytes[] = "\0x" ADDRESS_CANARY "x";
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	FILE *file = fdopen(fd, "w");
	fwrite(bytes, 1, sizeof(bytes), file);
	fclose(file);
	assert_string_equal(find_canary(path), ADDRESS_CANARY);
	remove(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_search_finds),
		cmocka_unit_test(test_canaries),
		cmocka_unit_test(test_proxy_canaries),
	};
	return cmocka_run_group_tests(tests, https_set_up, https_tear_down);
}
