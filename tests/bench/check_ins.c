/* See check_ins.h. */
#include "check_ins.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { BATCH = 10000, BOXES = 5, OF_A_RUN = 300 };

static char *print(const char *format, long number)
{
	char *text = NULL;
	if (asprintf(&text, format, number) < 0) {
		abort();
	}
	return text;
}

/* As the worker makes them: a random number of each run of the program, and a number that counts up within it. */
static char *print_token(long number)
{
	char *text = NULL;
	uint64_t run = (uint64_t)(number / OF_A_RUN + 1) * 0x9e3779b97f4a7c15;
	if (asprintf(&text, "%016" PRIx64 "-%ld", run, number % OF_A_RUN) < 0) {
		abort();
	}
	return text;
}

struct journal_entry check_ins_make(long number, int64_t at_utc)
{
	return (struct journal_entry){.token = print_token(number),
				      .box = print("old-%ld", number % BOXES),
				      .seq = number + 1,
				      .at_utc = at_utc,
				      .action = JOURNAL_CHECK_IN,
				      .place = print("%ld", number % 8 + 1),
				      .feed = print("desks", 0),
				      .uid = print("u%040ld", number),
				      .recurrence_id = print("", 0),
				      .label = print("Person %ld", number % 100),
				      .start_utc = at_utc,
				      .end_utc = at_utc + 4 * 3600,
				      .target = print("", 0)};
}

static bool add_batch(struct journal *journal, long first, long count, int64_t oldest_utc, double step_s)
{
	struct err err = {""};
	size_t added = 0;
	struct journal_entries entries = {.items = calloc((size_t)count, sizeof(struct journal_entry))};
	for (long i = 0; entries.items && i < count; i++) {
		int64_t at_utc = oldest_utc + (int64_t)(step_s * (double)(first + i));
		entries.items[entries.count++] = check_ins_make(first + i, at_utc);
	}
	bool ok = journal_merge(journal, &entries, &added, &err) && added == (size_t)count;
	journal_entries_finish(&entries);
	if (!ok) {
		fprintf(stderr, "%s\n", err.text);
	}
	return ok;
}

bool check_ins_fill(const char *dir, long count, int64_t oldest_utc, int64_t newest_utc)
{
	struct err err = {""};
	struct journal *journal = NULL;
	double step_s = (double)(newest_utc - oldest_utc) / (double)(count ? count : 1);
	if (journal_open(dir, NULL, &journal, &err) == JOURNAL_FAILED) {
		fprintf(stderr, "%s\n", err.text);
		return false;
	}
	bool ok = true;
	for (long first = 0; ok && first < count; first += BATCH) {
		ok = add_batch(journal, first, count - first < BATCH ? count - first : BATCH, oldest_utc, step_s);
	}
	journal_close(journal);
	return ok;
}
