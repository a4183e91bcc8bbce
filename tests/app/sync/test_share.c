/* Machines of one office that exchange check-ins by a common folder: what one does is seen on the others, also after
 * partitions, restarts, wrong clocks, and a folder that was emptied or restored from an old backup. --long plays weeks.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/office/office.h"
#include "app/sync/wire.h"
#include "ical/civil.h"
#include "worker.h"

enum { BOXES_MAX = 5, DAYS = 3, DAYS_LONG = 20, ACTS_A_DAY = 60, ROUNDS_TO_HEAL = 4 };

static struct worker boxes[BOXES_MAX];
static bool is_cut_off[BOXES_MAX], has_wrong_clock[BOXES_MAX];
static size_t box_count;
static char common[64], backup[64];
static uint64_t number;
static int64_t now_utc;
static bool is_long, have_one_name;

bool __wrap_clock_is_trusted(struct clock *clock);
bool __wrap_clock_is_trusted(struct clock *clock)
{
	for (size_t i = 0; i < box_count; i++) {
		if (clock == &boxes[i].clock) {
			return !has_wrong_clock[i];
		}
	}
	return true;
}

static void shell(const char *format, const char *a, const char *b)
{
	char line[512];
	snprintf(line, sizeof(line), format, a, b);
	assert_int_equal(system(line), 0);
}

static void copy(const char *from, const char *to)
{
	shell("find %s -type f -delete%s", to, "");
	shell("cp -a %s/. %s", from, to);
}

/* The folder is a link, so that it can be out of reach. */
static void connect(size_t i, bool is_connected)
{
	char path[sizeof(boxes[i].dir) + 16];
	strcpy(path, boxes[i].dir);
	strcat(path, "/common");
	unlink(path);
	is_cut_off[i] = !is_connected;
	assert_int_equal(symlink(is_connected ? common : "/nowhere", path), 0);
}

static void set_clocks(void)
{
	for (size_t i = 0; i < box_count; i++) {
		clock_init_still(&boxes[i].clock, now_utc - (has_wrong_clock[i] ? 100 * 86400 : 0));
	}
}

static void make_box(size_t i)
{
	char text[768], *calendar = worker_calendar(8, 1);
	snprintf(text, sizeof(text),
		 "checkin { retention-days = 5 }\n"
		 "share \"office\" { path = \"common\" credential = \"share\" box = \"box-%zu\" }\n"
		 "feed \"desks\" { kind = bookings path = \"desks.ics\" refresh = 86400 }\n"
		 "place \"1\" { feed = \"desks\" match = \"Kontorsplats 1\" }\n"
		 "place \"2\" { feed = \"desks\" match = \"Kontorsplats 2\" }\n"
		 "place \"3\" { feed = \"desks\" match = \"Kontorsplats 3\" }\n",
		 have_one_name ? 0 : i);
	worker_set_up(&boxes[i], text);
	worker_write(&boxes[i], "credentials/share", "user = \"office\"\npassword = \"a secret\"\n");
	worker_write(&boxes[i], "desks.ics", calendar);
	free(calendar);
	connect(i, true);
}

static void start_office(size_t count)
{
	box_count = count;
	number = 0;
	strcpy(common, "/tmp/test_share.XXXXXX");
	strcpy(backup, "/tmp/test_share.XXXXXX");
	assert_non_null(mkdtemp(common));
	assert_non_null(mkdtemp(backup));
	int64_t local_s = 0;
	assert_true(civil_parse(WORKER_NOW, &local_s));
	for (size_t i = 0; i < count; i++) {
		has_wrong_clock[i] = false;
		make_box(i);
		now_utc = zone_utc(boxes[i].config->zone, local_s);
		clock_init_still(&boxes[i].clock, now_utc);
		worker_open(&boxes[i]);
	}
}

static void end_office(void)
{
	for (size_t i = 0; i < box_count; i++) {
		worker_tear_down(&boxes[i]);
	}
	shell("rm -rf %s %s", common, backup);
	box_count = 0;
}

/* The program ends without warning, and is started again. */
static void restart(size_t i)
{
	struct worker again = boxes[i];
	struct worker joined;
	worker_close(&boxes[i]);
	worker_join(&joined, &again);
	boxes[i] = joined;
	set_clocks();
	worker_open(&boxes[i]);
}

static bool exchange(size_t i)
{
	return sync_run_once(boxes[i].sync, NULL, NULL);
}

static struct snapshot_result act(size_t i, enum command_kind kind, const char *place, int64_t until_utc, int64_t entry)
{
	struct err err = {""};
	struct command command = {
		.kind = kind, .number = ++number, .until_utc = until_utc, .entry = entry, .is_anyway = true};
	snprintf(command.place, sizeof(command.place), "%s", place);
	return sync_do(boxes[i].sync, &command, &err);
}

static struct journal_entries journal_of(size_t i)
{
	struct journal *journal = NULL;
	struct journal_entries entries = {0};
	struct err err = {""};
	assert_int_equal(journal_open(boxes[i].state_dir, NULL, &journal, &err), JOURNAL_OPENED);
	assert_true(journal_read(journal, INT64_MIN, &entries, &err));
	journal_close(journal);
	return entries;
}

static size_t count_objects(void)
{
	size_t count = 0;
	DIR *dir = opendir(common);
	for (const struct dirent *file = readdir(dir); file; file = readdir(dir)) {
		count += strstr(file->d_name, ".ics") != NULL;
	}
	closedir(dir);
	return count;
}

/* Who sits where on a box, and what it shows as taken twice: "1 checked-in TOKEN TOKEN". */
static void describe(size_t i, char *out, size_t size)
{
	struct snapshot *snapshot = sync_snapshot(boxes[i].sync);
	struct office_input input = office_input_from_snapshot(boxes[i].config, snapshot, now_utc, true);
	struct office *office = office_create(&input);
	out[0] = '\0';
	for (size_t p = 0; p < office->place_count; p++) {
		const struct office_place *place = &office->places[p];
		const struct journal_entry *holder =
			place->current >= 0 ? office->bookings[place->current].entry : NULL;
		const struct journal_entry *rival = place->rival >= 0 ? office->bookings[place->rival].entry : NULL;
		size_t used = strlen(out);
		snprintf(out + used, size - used, "%s %d %s %s; ", place->config->id, (int)place->state,
			 holder ? holder->token : "-", rival ? rival->token : "-");
	}
	office_destroy(office);
	snapshot_unref(snapshot);
}

static void heal(void)
{
	for (size_t i = 0; i < box_count; i++) {
		connect(i, true);
		has_wrong_clock[i] = false;
	}
	set_clocks();
	for (int round = 0; round < ROUNDS_TO_HEAL; round++) {
		for (size_t i = 0; i < box_count; i++) {
			assert_true(exchange(i));
		}
	}
}

/* All boxes have the same entries, and show the same. */
static void assert_equal(void)
{
	char first[1024], other[1024];
	struct journal_entries entries = journal_of(0);
	describe(0, first, sizeof(first));
	for (size_t i = 1; i < box_count; i++) {
		struct journal_entries others = journal_of(i);
		assert_int_equal(others.count, entries.count);
		for (size_t e = 0; e < entries.count; e++) {
			assert_string_equal(others.items[e].token, entries.items[e].token);
			assert_string_equal(others.items[e].box, entries.items[e].box);
			assert_int_equal(others.items[e].seq, entries.items[e].seq);
			assert_int_equal(others.items[e].at_utc, entries.items[e].at_utc);
			assert_string_equal(others.items[e].target, entries.items[e].target);
		}
		journal_entries_finish(&others);
		describe(i, other, sizeof(other));
		assert_string_equal(other, first);
	}
	journal_entries_finish(&entries);
}

static void one_act_is_seen_on_the_other(void **state)
{
	(void)state;
	start_office(2);
	struct snapshot_result result = act(0, COMMAND_DROP_IN, "2", now_utc + 3600, 0);
	assert_int_equal(result.outcome, JOURNAL_APPENDED);
	assert_true(exchange(0));
	assert_int_equal(count_objects(), 1);
	assert_true(exchange(1));
	assert_equal();
	/* It is undone on the other one. */
	struct snapshot *snapshot = sync_snapshot(boxes[1].sync);
	assert_int_equal(snapshot->entries.count, 1);
	int64_t entry = snapshot->entries.items[0].id;
	assert_true(snapshot->share.is_on && !snapshot->share.is_lost && snapshot->share.outbox == 0);
	snapshot_unref(snapshot);
	assert_int_equal(act(1, COMMAND_UNDO, "", 0, entry).outcome, JOURNAL_APPENDED);
	assert_true(exchange(1) && exchange(0));
	assert_equal();
	assert_int_equal(act(0, COMMAND_DROP_IN, "2", now_utc + 3600, 0).outcome, JOURNAL_APPENDED);
	end_office();
}

static void two_at_one_place_while_cut_off(void **state)
{
	(void)state;
	char shown[1024];
	start_office(2);
	connect(1, false);
	assert_int_equal(act(0, COMMAND_DROP_IN, "2", now_utc + 3600, 0).outcome, JOURNAL_APPENDED);
	now_utc += 60;
	set_clocks();
	assert_int_equal(act(1, COMMAND_DROP_IN, "2", now_utc + 3600, 0).outcome, JOURNAL_APPENDED);
	assert_true(exchange(0));
	assert_false(exchange(1));
	struct snapshot *snapshot = sync_snapshot(boxes[1].sync);
	assert_non_null(strstr(snapshot->share.message, "folder"));
	snapshot_unref(snapshot);
	heal();
	assert_equal();
	describe(0, shown, sizeof(shown));
	struct journal_entries entries = journal_of(0);
	assert_int_equal(entries.count, 2);
	char both[256];
	snprintf(both, sizeof(both), "2 3 %s %s;", entries.items[0].token, entries.items[1].token);
	assert_non_null(strstr(shown, both)); /* taken, and twice */
	journal_entries_finish(&entries);
	end_office();
}

/* A box that is installed anew gets its own entries back, and numbers on. */
static void a_new_box_of_the_same_name(void **state)
{
	(void)state;
	start_office(2);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(act(0, COMMAND_DROP_IN,
				     i == 0   ? "1"
				     : i == 1 ? "2"
					      : "3",
				     now_utc + 3600, 0)
					 .outcome,
				 JOURNAL_APPENDED);
	}
	assert_true(exchange(0) && exchange(1));
	worker_close(&boxes[0]);
	shell("rm -rf %s/state/*%s", boxes[0].dir, "");
	struct worker joined;
	worker_join(&joined, &boxes[0]);
	boxes[0] = joined;
	set_clocks();
	worker_open(&boxes[0]);
	assert_int_equal(act(0, COMMAND_DROP_IN, "1", now_utc + 3600, 0).outcome, JOURNAL_APPENDED); /* not known yet */
	heal();
	assert_equal();
	struct journal_entries entries = journal_of(1);
	assert_int_equal(entries.count, 4);
	journal_entries_finish(&entries);
	assert_int_equal(count_objects(), 4);
	end_office();
}

static bool is_said(size_t i, const char *words)
{
	struct snapshot *snapshot = sync_snapshot(boxes[i].sync);
	bool is = strstr(snapshot->share.message, words) != NULL;
	assert_false(snapshot->share.is_lost);
	snapshot_unref(snapshot);
	return is;
}

/* By mistake. Everything goes on as with two names, and each machine says so as soon as it can know. */
static void two_machines_of_one_name(void **state)
{
	(void)state;
	static const char words[] = "another machine also has the box \"box-0\"";
	char shown[1024];
	have_one_name = true;
	start_office(2);
	assert_int_equal(act(0, COMMAND_DROP_IN, "1", now_utc + 3600, 0).outcome, JOURNAL_APPENDED);
	assert_true(exchange(0) && exchange(1));
	assert_false(is_said(1, words)); /* it may have written that itself before it was installed anew */
	connect(1, false);
	for (size_t i = 0; i < 2; i++) {
		now_utc += 60;
		clock_advance(&boxes[0].clock, 60 * 1000);
		clock_advance(&boxes[1].clock, 60 * 1000);
		assert_int_equal(act(i, COMMAND_DROP_IN, "2", now_utc + 3600, 0).outcome, JOURNAL_APPENDED);
	}
	connect(1, true);
	for (int round = 0; round < 2; round++) {
		assert_true(exchange(0) && exchange(1));
	}
	assert_true(is_said(0, words) && is_said(1, words));
	assert_equal();
	describe(0, shown, sizeof(shown));
	assert_null(strstr(shown, "; 2 3 - "));
	assert_null(strstr(strstr(shown, "; 2 3 "), " -; 3")); /* taken, and twice */
	have_one_name = false;
	end_office();
}

static void an_empty_folder_is_filled_again(void **state)
{
	(void)state;
	start_office(3);
	assert_int_equal(act(0, COMMAND_DROP_IN, "1", now_utc + 3600, 0).outcome, JOURNAL_APPENDED);
	assert_int_equal(act(1, COMMAND_DROP_IN, "2", now_utc + 3600, 0).outcome, JOURNAL_APPENDED);
	heal();
	shell("rm -f %s/*.ics%s", common, "");
	connect(1, false); /* a box that is gone for good */
	assert_true(exchange(0));
	assert_int_equal(count_objects(), 2);
	assert_true(exchange(2));
	connect(1, true);
	heal();
	assert_equal();
	end_office();
}

static void spoilt_and_foreign_objects_are_counted(void **state)
{
	(void)state;
	start_office(1);
	char path[128];
	static const struct {
		const char *name, *text;
	} objects[] = {{"20261123-box-9-77.ics", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"},
		       {"20261123-box-9-78.ics", ""},
		       {"notes.txt", "hello"},
		       {"20261123-box-9-079.ics", "a number with a zero before it"}};
	for (size_t i = 0; i < 4; i++) {
		snprintf(path, sizeof(path), "%s/%s", common, objects[i].name);
		FILE *file = fopen(path, "we");
		fputs(objects[i].text, file);
		fclose(file);
	}
	for (int again = 0; again < 2; again++) {
		assert_true(exchange(0));
		struct snapshot *snapshot = sync_snapshot(boxes[0].sync);
		assert_int_equal(snapshot->entries.count, 0);
		snapshot_unref(snapshot);
	}
	assert_int_equal(act(0, COMMAND_DROP_IN, "2", now_utc + 3600, 0).outcome, JOURNAL_APPENDED);
	assert_true(exchange(0));
	struct snapshot *snapshot = sync_snapshot(boxes[0].sync);
	assert_int_equal(snapshot->share.skipped, 4);
	snapshot_unref(snapshot);
	end_office();
}

static void what_is_old_goes_everywhere(void **state)
{
	(void)state;
	start_office(2);
	assert_int_equal(act(0, COMMAND_DROP_IN, "1", now_utc + 3600, 0).outcome, JOURNAL_APPENDED);
	heal();
	assert_int_equal(count_objects(), 1);
	now_utc += INT64_C(8) * 86400;
	clock_advance(&boxes[0].clock, INT64_C(8) * 86400 * 1000);
	clock_advance(&boxes[1].clock, INT64_C(8) * 86400 * 1000);
	assert_true(exchange(1)); /* it is not its own */
	assert_int_equal(count_objects(), 1);
	assert_true(exchange(0));
	assert_int_equal(count_objects(), 0);
	end_office();
}

static void random_act(void)
{
	size_t i = (size_t)rand() % box_count;
	char place[2] = {(char)('1' + rand() % 3), '\0'};
	switch (rand() % 12) {
	case 0:
		connect(i, is_cut_off[i]);
		break;
	case 1:
		restart(i);
		break;
	case 2:
		has_wrong_clock[i] = !has_wrong_clock[i];
		set_clocks();
		break;
	case 3:
		act(i, COMMAND_CHECK_OUT, place, 0, 0);
		break;
	case 4:
		act(i, COMMAND_EXTEND, place, now_utc + 7200, 0);
		break;
	case 5: {
		struct snapshot *snapshot = sync_snapshot(boxes[i].sync);
		size_t count = snapshot->entries.count;
		int64_t entry = count ? snapshot->entries.items[(size_t)rand() % count].id : 0;
		snapshot_unref(snapshot);
		act(i, COMMAND_UNDO, "", 0, entry);
		break;
	}
	case 6:
	case 7:
		exchange(i);
		break;
	default:
		act(i, COMMAND_DROP_IN, place, now_utc + 1800 + rand() % 3600, 0);
	}
}

/* What was confirmed to a visitor is there in the end, once, on every box. */
static void weeks_of_trouble(void **state)
{
	(void)state;
	unsigned seed = is_long ? (unsigned)getpid() : 7;
	print_message("seed %u\n", seed);
	srand(seed);
	start_office(BOXES_MAX);
	size_t before = 0;
	for (int day = 0; day < (is_long ? DAYS_LONG : DAYS); day++) {
		for (int n = 0; n < ACTS_A_DAY; n++) {
			random_act();
			now_utc += rand() % 600;
			set_clocks();
		}
		size_t confirmed = 0;
		int64_t oldest_utc = now_utc - INT64_C(4) * 86400;
		for (size_t i = 0; i < box_count; i++) {
			char box[32];
			snprintf(box, sizeof(box), "box-%zu", i);
			struct journal_entries own = journal_of(i);
			for (size_t e = 0; e < own.count; e++) {
				bool is_young =
					own.items[e].doubt == JOURNAL_DOUBTFUL || own.items[e].at_utc > oldest_utc;
				confirmed += is_young && strcmp(own.items[e].box, box) == 0;
			}
			journal_entries_finish(&own);
		}
		if (day == 1) {
			copy(common, backup);
		} else if (day == 2) {
			copy(backup, common);
		}
		heal();
		assert_equal();
		struct journal_entries all = journal_of(0);
		size_t young = 0;
		for (size_t e = 0; e < all.count; e++) {
			young += all.items[e].at_utc > oldest_utc;
		}
		assert_int_equal(young, confirmed);
		assert_true(all.count > before || day > 4);
		before = all.count;
		journal_entries_finish(&all);
		now_utc += 12 * 3600;
		set_clocks();
	}
	end_office();
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_act_is_seen_on_the_other),
		cmocka_unit_test(two_at_one_place_while_cut_off),
		cmocka_unit_test(a_new_box_of_the_same_name),
		cmocka_unit_test(two_machines_of_one_name),
		cmocka_unit_test(an_empty_folder_is_filled_again),
		cmocka_unit_test(spoilt_and_foreign_objects_are_counted),
		cmocka_unit_test(what_is_old_goes_everywhere),
		cmocka_unit_test(weeks_of_trouble),
	};
	is_long = argc > 1 && strcmp(argv[1], "--long") == 0;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
