/* What icsread answers, a line an occurrence, and what is kept of it: nothing but clean text of bounded length
 * without links and e-mail addresses. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/sync/clean.h"
#include "app/sync/ingest.h"
#include "fuzz.h"
#include "ical/record.h"
#include "ical/utf8.h"

#define TEXT(text) ((char *)(uintptr_t)(text))

static struct config_place places[] = {
	{.id = TEXT("5"), .feed = TEXT("f"), .match = TEXT("Kontorsplats 5")},
	{.id = TEXT("F"), .feed = TEXT("f"), .match = TEXT("(fönster|vägg)plats [0-9]+")},
};
static struct config_feed feeds[] = {
	{.name = TEXT("f"),
	 .kind = FEED_BOOKINGS,
	 .names = NAMES_SHORT,
	 .person = TEXT("^(.+?)( - .*)?$"),
	 .person_in = FIELD_SUMMARY},
	{.name = TEXT("m"), .kind = FEED_MEETINGS, .names = NAMES_FULL, .keeps_organizer = true},
};
static const struct config config = {.feeds = feeds, .feed_count = 2, .places = places, .place_count = 2};

static void must(bool holds, const char *what, const char *text)
{
	if (!holds) {
		fprintf(stderr, "%s: \"%s\"\n", what, text);
		abort();
	}
}

static int count_signs(const char *text)
{
	int count = 0;
	for (; *text; text++) {
		count += *text == '@';
	}
	return count;
}

/* What was taken out of a text may leave digits side by side that look like a number, so numbers are not looked for. */
static void check_text(const char *text, size_t max)
{
	size_t length = strlen(text);
	must(length <= max, "too long", text);
	for (size_t at = 0; at < length;) {
		int32_t code = utf8_next(text, length, &at);
		must(code > 0 && !utf8_is_unwanted(code), "not clean", text);
	}
	char *again = strdup(text);
	clean_links(again);
	must(strcmp(text, again) == 0, "a link was left", text);
	clean_contacts(again);
	must(count_signs(text) == count_signs(again), "an e-mail address was left", text);
	free(again);
}

static void check_rows(const struct cache_rows *rows)
{
	for (size_t i = 0; i < rows->count; i++) {
		const struct cache_row *row = &rows->items[i];
		check_text(row->title, INGEST_TITLE_MAX);
		check_text(row->organizer, INGEST_TITLE_MAX);
		check_text(row->location, INGEST_LOCATION_MAX);
		must(strlen(row->url) <= INGEST_URL_MAX && !strpbrk(row->url + (row->url[0] ? 8 : 0), "/?#@"),
		     "more than a host", row->url);
	}
}

static void keep(const struct config_feed *feed, const struct occurrence_list *list)
{
	struct err err = {""};
	struct ingest *ingest = ingest_create(&config, feed, &err);
	struct cache_rows rows = {0};
	bool is_too_many = false;
	must(ingest != NULL, "no ingest", err.text);
	for (size_t i = 0; i < list->count; i++) {
		if (!ingest_add(ingest, &list->items[i], &rows, &is_too_many, &err)) {
			must(is_too_many, "not kept", err.text);
			break;
		}
	}
	check_rows(&rows);
	cache_rows_finish(&rows);
	ingest_destroy(ingest);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct reader_result result = {0};
	struct err err = {""};
	const char *text = (const char *)data, *end = text + size;
	size_t count = 0;
	record_read_report(text, size, &result, &count);
	for (const char *line = text, *next; line < end; line = next) {
		const char *stop = memchr(line, '\n', (size_t)(end - line));
		next = stop ? stop + 1 : end;
		record_read(line, (size_t)((stop ? stop : end) - line), &result.occurrences, &err);
	}
	for (size_t i = 0; i < sizeof(feeds) / sizeof(feeds[0]); i++) {
		keep(&feeds[i], &result.occurrences);
	}
	reader_result_finish(&result);
	return 0;
}
