/* Two programs at once: between the worker's look at the journal and its lock on it, another program writes. What is
 * written then follows from what is in the journal, not from what was there at the look. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "db/journal.h"
#include "worker.h"

#define OFFICE                                                                                                         \
	"feed \"desks\" { kind = bookings path = \"desks.ics\" refresh = 120 }\n"                                      \
	"place \"1\" { name = \"Plats 1\" kind = desk feed = \"desks\" match = \"Kontorsplats 1\" }\n"                 \
	"place \"9\" { name = \"Plats 9\" kind = desk feed = \"desks\" match = \"Kontorsplats 9\" }\n"

/* What the other program does just before the lock is taken; NULL: nothing. */
static void (*meanwhile)(void);
static struct worker here, there;
static uint64_t number;

enum journal_appended __real_journal_append(struct journal *journal, const struct journal_entry *entry,
					    int64_t since_utc,
					    bool (*allowed)(void *context, const struct journal_entries *so_far),
					    void *context, int64_t *out_id, struct err *err);
enum journal_appended __wrap_journal_append(struct journal *journal, const struct journal_entry *entry,
					    int64_t since_utc,
					    bool (*allowed)(void *context, const struct journal_entries *so_far),
					    void *context, int64_t *out_id, struct err *err);

enum journal_appended __wrap_journal_append(struct journal *journal, const struct journal_entry *entry,
					    int64_t since_utc,
					    bool (*allowed)(void *context, const struct journal_entries *so_far),
					    void *context, int64_t *out_id, struct err *err)
{
	void (*act)(void) = meanwhile;
	meanwhile = NULL;
	if (act) {
		act();
	}
	return __real_journal_append(journal, entry, since_utc, allowed, context, out_id, err);
}

static enum journal_appended carry_out(struct worker *worker, enum command_kind kind, const char *id, const char *place)
{
	struct err err = {""};
	struct command command = {.kind = kind, .number = ++number, .until_utc = INT64_MAX};
	strcpy(command.id, id);
	strcpy(command.place, place);
	return sync_do(worker->sync, &command, &err).outcome;
}

static int set_up(void **state)
{
	(void)state;
	char *calendar = worker_calendar(8, 1); /* from 09:00 in the office's zone: now */
	worker_set_up(&here, OFFICE);
	worker_write(&here, "desks.ics", calendar);
	free(calendar);
	worker_open(&here);
	assert_true(sync_run_once(here.sync, NULL, NULL));
	worker_join(&there, &here);
	worker_open(&there);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	meanwhile = NULL;
	worker_close(&there);
	worker_tear_down(&here);
	return 0;
}

/* Who sat there has left, and somebody without a booking sits there now. */
static void another_comes(void)
{
	assert_int_equal(carry_out(&there, COMMAND_CHECK_OUT, "", "1"), JOURNAL_APPENDED);
	assert_int_equal(carry_out(&there, COMMAND_DROP_IN, "", "1"), JOURNAL_APPENDED);
}

static void checks_out_who_sits_there(void **state)
{
	(void)state;
	assert_int_equal(carry_out(&here, COMMAND_CHECK_IN, "booking-0", ""), JOURNAL_APPENDED);
	meanwhile = another_comes;
	assert_int_equal(carry_out(&here, COMMAND_CHECK_OUT, "", "1"), JOURNAL_APPENDED);
	struct snapshot *snapshot = sync_snapshot(here.sync);
	const struct journal_entries *entries = &snapshot->entries;
	assert_int_equal(entries->count, 4);
	assert_int_equal(entries->items[3].action, JOURNAL_CHECK_OUT);
	assert_string_equal(entries->items[3].uid, ""); /* the drop-in, not the booking, which is gone already */
	snapshot_unref(snapshot);
}

static void takes_the_place(void)
{
	assert_int_equal(carry_out(&there, COMMAND_DROP_IN, "", "9"), JOURNAL_APPENDED);
}

static void gives_a_place_away_once(void **state)
{
	(void)state;
	meanwhile = takes_the_place;
	assert_int_equal(carry_out(&here, COMMAND_DROP_IN, "", "9"), JOURNAL_REFUSED);
	struct snapshot *snapshot = sync_snapshot(here.sync);
	assert_int_equal(snapshot->entries.count, 1);
	snapshot_unref(snapshot);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(checks_out_who_sits_there, set_up, tear_down),
		cmocka_unit_test_setup_teardown(gives_a_place_away_once, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
