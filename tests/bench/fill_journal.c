/* fill_journal DIR COUNT OLDEST NEWEST: puts that many check-ins of five machines into the journal in DIR, evenly
 * between two instants in UTC seconds. For measurements only. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "db/journal.h"

enum { BATCH = 10000, BOXES = 5 };

static char *print(const char *format, long number)
{
	char *text = NULL;
	if (asprintf(&text, format, number) < 0) {
		abort();
	}
	return text;
}

static struct journal_entry make_entry(long number, int64_t at_utc)
{
	return (struct journal_entry){.token = print("token-of-measurement-%ld", number),
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
		entries.items[entries.count++] = make_entry(first + i, at_utc);
	}
	bool ok = journal_merge(journal, &entries, &added, &err) && added == (size_t)count;
	journal_entries_finish(&entries);
	if (!ok) {
		fprintf(stderr, "%s\n", err.text);
	}
	return ok;
}

int main(int argc, char **argv)
{
	struct err err = {""};
	struct journal *journal = NULL;
	if (argc != 5) {
		fputs("usage: fill_journal DIR COUNT OLDEST NEWEST\n", stderr);
		return 2;
	}
	long count = strtol(argv[2], NULL, 10);
	int64_t oldest_utc = strtoll(argv[3], NULL, 10), newest_utc = strtoll(argv[4], NULL, 10);
	double step_s = (double)(newest_utc - oldest_utc) / (double)(count ? count : 1);
	if (journal_open(argv[1], NULL, &journal, &err) == JOURNAL_FAILED) {
		fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	bool ok = true;
	for (long first = 0; ok && first < count; first += BATCH) {
		ok = add_batch(journal, first, count - first < BATCH ? count - first : BATCH, oldest_utc, step_s);
	}
	journal_close(journal);
	return ok ? 0 : 1;
}
