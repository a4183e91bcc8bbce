/* What reading the texts of a feed may cost, in counted units: the same text is looked at once, a row with a
 * text that costs too much is kept without what could not be found, and a feed that costs too much is refused as a
 * whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/sync/ingest.h"

enum { PLACES = 60, TEXT_BYTES = 1000 };

static char empty[] = "", uid[] = "u", feed_name[] = "f";

struct office {
	struct config_feed feed;
	struct config_place places[PLACES];
	char ids[PLACES][8], matches[PLACES][64];
	struct config config;
	struct ingest *ingest;
};

/* PLACES places with `match`, in which %d is the place's number; and `person`, or NULL. */
static void set_up(struct office *office, const char *match, const char *person)
{
	struct err err = {""};
	*office = (struct office){.feed = {.name = feed_name, .kind = FEED_BOOKINGS, .names = NAMES_SHORT}};
	office->feed.person = person ? strdup(person) : NULL;
	const char *number = strchr(match, '%');
	for (int i = 0; i < PLACES; i++) {
		snprintf(office->ids[i], sizeof(office->ids[i]), "%d", i + 1);
		snprintf(office->matches[i], sizeof(office->matches[i]), "%.*s%s%s",
			 (int)(number ? number - match : (ptrdiff_t)strlen(match)), match, number ? office->ids[i] : "",
			 number ? number + 1 : "");
		office->places[i] =
			(struct config_place){.id = office->ids[i], .feed = feed_name, .match = office->matches[i]};
	}
	office->config = (struct config){
		.feeds = &office->feed, .feed_count = 1, .places = office->places, .place_count = PLACES};
	office->ingest = ingest_create(&office->config, &office->feed, &err);
	if (!office->ingest) {
		fail_msg("%s", err.text);
	}
}

static void tear_down(struct office *office)
{
	ingest_destroy(office->ingest);
	free(office->feed.person);
}

/* TEXT_BYTES of `words`, again and again; `number` makes it another text. */
static char *long_text(const char *words, int number)
{
	char *text = calloc(1, TEXT_BYTES + 64);
	size_t length = (size_t)sprintf(text, "%d ", number);
	while (length + strlen(words) < TEXT_BYTES) {
		length += (size_t)sprintf(text + length, "%s", words);
	}
	return text;
}

static bool add(struct office *office, char *summary, char *location, struct cache_rows *rows, bool *out_too_many,
		struct err *err)
{
	struct occurrence o = {.uid = uid,
			       .description = empty,
			       .organizer = empty,
			       .url = empty,
			       .resources = location,
			       .summary = summary,
			       .location = location,
			       .busy = OCCURRENCE_BUSY};
	return ingest_add(office->ingest, &o, rows, out_too_many, err);
}

/* A series of thousands says the same each time: it costs what one booking costs, and a little for each. */
static void test_a_text_is_looked_at_once(void **state)
{
	(void)state;
	enum { ROWS = 7800 };
	struct office office;
	struct cache_rows rows = {0};
	struct err err = {""};
	bool too_many = false;
	char *text = long_text("Kontorsplats 0 ", 0);
	set_up(&office, "Kontorsplats %", NULL);
	assert_true(add(&office, text, text, &rows, &too_many, &err));
	uint64_t first = ingest_work(office.ingest);
	for (int i = 1; i < ROWS; i++) {
		assert_true(add(&office, text, text, &rows, &too_many, &err));
	}
	assert_int_equal(rows.count, ROWS);
	assert_in_range(ingest_work(office.ingest), first, first + ROWS);
	assert_int_equal(ingest_given_up(office.ingest), 0);
	cache_rows_finish(&rows);
	free(text);
	tear_down(&office);
}

/* A feed that costs too much is refused, long before it has been read to its end; the next reading begins anew. */
static void test_a_reading_is_bounded(void **state)
{
	(void)state;
	static const char *const matches[] = {"(Konto|rsplats |Kontorsplats )*%", "(Kontorsplats) %", "(.*)(.*)(.*)%"};
	for (size_t m = 0; m < sizeof(matches) / sizeof(matches[0]); m++) {
		struct office office;
		struct cache_rows rows = {0};
		struct err err = {""};
		bool too_many = false, goes_on = true;
		set_up(&office, matches[m], NULL);
		for (int i = 0; i < INGEST_ROWS_MAX && goes_on; i++) {
			char *text = long_text("Kontorsplats 0 ", 100 + i);
			uint64_t before = ingest_work(office.ingest);
			goes_on = add(&office, text, text, &rows, &too_many, &err);
			assert_in_range(ingest_work(office.ingest) - before, 1, 4 * INGEST_TEXT_WORK_MAX);
			free(text);
		}
		assert_false(goes_on);
		assert_true(too_many);
		assert_non_null(strstr(err.text, "more work than a reading may cost"));
		assert_in_range(ingest_work(office.ingest), INGEST_WORK_MAX,
				INGEST_WORK_MAX + 4 * INGEST_TEXT_WORK_MAX);
		ingest_reset(office.ingest);
		assert_true(add(&office, empty, empty, &rows, &too_many, &err));
		cache_rows_finish(&rows);
		tear_down(&office);
	}
}

/* A booking whose place could not be found is kept, stands at no place, and is counted; so are the names. */
static void test_what_is_given_up_is_counted(void **state)
{
	(void)state;
	struct office office;
	struct cache_rows rows = {0};
	struct err err = {""};
	bool too_many = false;
	char *text = long_text("aaaa", 0), place[] = "a 7", person[] = "Nils Svensson";
	strcat(text, " x0123456789"); /* or it would be plain at once that nothing can match */
	set_up(&office, "(a|aa)+ %", "^(([[:alpha:]]|[[:alpha:]][[:alpha:]])+ ([[:alpha:]]|[[:alpha:]][[:alpha:]])+)$");
	assert_true(add(&office, person, text, &rows, &too_many, &err));
	assert_int_equal(ingest_given_up(office.ingest), 1);
	assert_string_equal(rows.items[0].place, "");
	assert_string_equal(rows.items[0].title, "Nils S.");
	assert_true(add(&office, person, place, &rows, &too_many, &err));
	assert_int_equal(ingest_given_up(office.ingest), 1);
	assert_string_equal(rows.items[1].place, "7");
	assert_true(add(&office, person, text, &rows, &too_many, &err)); /* remembered, and counted again */
	assert_int_equal(ingest_given_up(office.ingest), 2);
	char *name = long_text("a", 0);
	memmove(name, name + 2, strlen(name + 2) + 1);
	strcat(name, " x1");
	assert_true(add(&office, name, place, &rows, &too_many, &err));
	assert_int_equal(ingest_given_up(office.ingest), 3);
	assert_string_equal(rows.items[3].title, ""); /* it may be a name */
	cache_rows_finish(&rows);
	free(name);
	free(text);
	tear_down(&office);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_text_is_looked_at_once),
		cmocka_unit_test(test_a_reading_is_bounded),
		cmocka_unit_test(test_what_is_given_up_is_counted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
