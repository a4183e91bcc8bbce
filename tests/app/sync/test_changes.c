/* What is written to the log as one snapshot follows another: standard error, caught in a file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/sync/changes.h"

static struct snapshot *snapshot_with(enum feed_trouble trouble, const char *message, bool journal_ok,
				      const char *store)
{
	struct snapshot *snapshot = snapshot_create();
	assert_non_null(snapshot);
	snapshot->feeds = calloc(1, sizeof(*snapshot->feeds));
	assert_non_null(snapshot->feeds);
	snapshot->feed_count = 1;
	snapshot->feeds[0].name = strdup("desks");
	snapshot->feeds[0].message = strdup(message);
	snapshot->feeds[0].trouble = trouble;
	snapshot->journal_ok = journal_ok;
	free(snapshot->store_message);
	snapshot->store_message = strdup(store);
	return snapshot;
}

static const struct {
	enum feed_trouble trouble;
	const char *message;
	bool journal_ok;
	const char *store;
	const char *logged; /* the lines that this snapshot adds to the log */
} steps[] = {
	{FEED_TROUBLE_NONE, "", true, "", ""},
	{FEED_TROUBLE_NO_CONTACT, "no answer", true, "", "satellitkiosk: desks: no answer\n"},
	{FEED_TROUBLE_NO_CONTACT, "no answer", true, "", ""},
	{FEED_TROUBLE_REFUSED, "status 404", true, "", "satellitkiosk: desks: status 404\n"},
	{FEED_TROUBLE_NONE, "", true, "", "satellitkiosk: desks: can be read again\n"},
	{FEED_TROUBLE_NONE, "", true, "", ""},
	{FEED_TROUBLE_NONE, "", false, "the disk is full",
	 "satellitkiosk: the disk is full\nsatellitkiosk: check-ins cannot be saved\n"},
	{FEED_TROUBLE_NONE, "", false, "the disk is full", ""},
	{FEED_TROUBLE_NONE, "", true, "", "satellitkiosk: check-ins can be saved again\n"},
};

static void test_each_change_is_logged_once(void **state)
{
	(void)state;
	char file[] = "/tmp/test_changes.XXXXXX", log[512];
	int fd = mkstemp(file), before = dup(STDERR_FILENO);
	assert_true(fd >= 0 && before >= 0 && dup2(fd, STDERR_FILENO) >= 0);
	struct changes *changes = changes_create();
	assert_non_null(changes);
	const char *wrong = NULL;
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps) && !wrong; i++) {
		off_t start = lseek(fd, 0, SEEK_END);
		struct snapshot *snapshot =
			snapshot_with(steps[i].trouble, steps[i].message, steps[i].journal_ok, steps[i].store);
		changes_tell(changes, snapshot);
		snapshot_unref(snapshot);
		ssize_t length = pread(fd, log, sizeof(log) - 1, start);
		log[length > 0 ? length : 0] = '\0';
		wrong = strcmp(log, steps[i].logged) == 0 ? NULL : steps[i].logged;
	}
	changes_destroy(changes);
	dup2(before, STDERR_FILENO);
	close(before);
	close(fd);
	unlink(file);
	if (wrong) {
		fail_msg("instead of \"%s\" the log held \"%s\"", wrong, log);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_each_change_is_logged_once)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
