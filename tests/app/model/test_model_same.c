/* When a later snapshot shows what the one before it showed, so that the screen need not be made anew. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "scene.h"

enum change {
	LOOKED_AT_ANOTHER_FEED, /* the oldest one stays as it is */
	LOOKED_AT_THE_OLDEST_FEED,
	LOOKED_WITHIN_THE_MINUTE,
	LOOKED_AT_WHILE_A_SHEET_IS_OPEN,
	FEED_IS_NO_LONGER_FRESH,
	FEED_WAS_OLD,
	TROUBLE,
	OTHER_DAYS,
	SKIPPED,
	ROWS,
	ENTRIES,
	RESULT,
	JOURNAL,
	SHARE,
	NOTHING,
};

static const struct {
	const char *name;
	enum change change;
	bool is_same;
} cases[] = {
	{"nothing", NOTHING, true},
	{"another feed was looked at", LOOKED_AT_ANOTHER_FEED, true},
	{"the feed was looked at again within the minute", LOOKED_WITHIN_THE_MINUTE, true},
	{"the time in 'Updated 10:40' moved on", LOOKED_AT_THE_OLDEST_FEED, false},
	{"a sheet may name the feed's own time", LOOKED_AT_WHILE_A_SHEET_IS_OPEN, false},
	{"a feed is old", FEED_IS_NO_LONGER_FRESH, false},
	{"an old feed is fresh again", FEED_WAS_OLD, false},
	{"a feed has failed", TROUBLE, false},
	{"a feed covers other days", OTHER_DAYS, false},
	{"a booking could not be read", SKIPPED, false},
	{"a booking has changed", ROWS, false},
	{"somebody has checked in", ENTRIES, false},
	{"a command was answered", RESULT, false},
	{"check-ins cannot be saved", JOURNAL, false},
	{"the other screen is out of reach", SHARE, false},
};

/* Two feeds of desks: the first was looked at at 10:38, the second at 10:40; it is 10:42. */
static void change(struct scene *scene, struct snapshot *a, struct snapshot *b, enum change change,
		   struct snapshot_part *other)
{
	struct snapshot_feed *from = a->feeds, *to = b->feeds;
	int64_t now_utc = scene->world->now_utc;
	switch (change) {
	case LOOKED_AT_ANOTHER_FEED:
		to[WORLD_ROOM].agreed_utc = now_utc;
		break;
	case LOOKED_WITHIN_THE_MINUTE:
		to[WORLD_DESKS].agreed_utc += 20;
		break;
	case LOOKED_AT_WHILE_A_SHEET_IS_OPEN:
		scene->visit.view = VIEW_WEEK;
		to[WORLD_ROOM].agreed_utc = now_utc;
		break;
	case LOOKED_AT_THE_OLDEST_FEED:
		to[WORLD_DESKS].agreed_utc = now_utc;
		break;
	case FEED_IS_NO_LONGER_FRESH:
		to[WORLD_ROOM].agreed_utc = now_utc - FEED_AGEING_S;
		break;
	case FEED_WAS_OLD:
		from[WORLD_ROOM].agreed_utc = now_utc - FEED_AGEING_S;
		break;
	case TROUBLE:
		to[WORLD_ROOM].trouble = FEED_TROUBLE_REFUSED;
		break;
	case OTHER_DAYS:
		to[WORLD_ROOM].to_day++;
		break;
	case SKIPPED:
		to[WORLD_ROOM].skipped++;
		break;
	case ROWS:
		b->rows_part = other;
		break;
	case ENTRIES:
		b->entries_part = other;
		break;
	case RESULT:
		b->results[b->result_count++] = (struct snapshot_result){1, JOURNAL_APPENDED, 7};
		break;
	case JOURNAL:
		b->journal_ok = !a->journal_ok;
		break;
	case SHARE:
		b->share.is_lost = true;
		break;
	case NOTHING:
		break;
	}
}

static void what_looks_the_same_is_known(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct scene scene = scene_begin("en");
		struct snapshot *a = &scene.world->snapshot, b;
		struct snapshot_part *part = snapshot_part_create(), *other = snapshot_part_create();
		struct snapshot_feed feeds[4];
		a->feeds[WORLD_DESKS].agreed_utc = world_utc(scene.world, "2026-11-23T10:38");
		memcpy(&b, a, sizeof(b));
		memcpy(feeds, a->feeds, a->feed_count * sizeof(*feeds));
		b.feeds = feeds;
		a->rows_part = a->entries_part = b.rows_part = b.entries_part = part;
		change(&scene, a, &b, cases[i].change, other);
		bool is_same = model_shows_same(&scene.world->config, &scene.visit, a, &b, scene.world->now_utc);
		if (is_same != cases[i].is_same) {
			fail_msg("%s", cases[i].name);
		}
		a->rows_part = a->entries_part = NULL;
		snapshot_part_unref(part);
		snapshot_part_unref(other);
		scene_end(&scene);
	}
}

/* The words about the age of the feeds are those that the screen would show if it were made anew. */
static void the_words_would_be_the_same(void **state)
{
	(void)state;
	struct scene scene = scene_begin("en");
	struct world *world = scene.world;
	world->snapshot.feeds[WORLD_DESKS].agreed_utc = world_utc(world, "2026-11-23T10:38");
	char before[200];
	snprintf(before, sizeof(before), "%s", scene_look(&scene)->notes[0].text);
	assert_string_equal(before, "Updated 10:38");
	world->snapshot.feeds[WORLD_ROOM].agreed_utc = world->now_utc;
	world->snapshot.feeds[WORLD_DESKS].agreed_utc += 20;
	assert_string_equal(scene_look(&scene)->notes[0].text, before);
	scene_end(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_looks_the_same_is_known),
		cmocka_unit_test(the_words_would_be_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
