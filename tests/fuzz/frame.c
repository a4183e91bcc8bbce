/* An office whose calendar holds the bytes as titles: cleaned as they are before they are stored, on any screen. The
 * work of the frame is counted, as in tests/app/layout/test_work.c. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/limits.h"
#include "app/sync/clean.h"
#include "fuzz.h"
#include "tests/app/layout/work.h"
#include "tests/app/model/crowd.h"

enum { HEAD_BYTES = 4, TITLES_MAX = 64, COUNT_BITS_MAX = 12 };

struct titles {
	char *texts[TITLES_MAX];
	size_t count;
};

static char *title_of(const char *bytes, size_t length)
{
	char *raw = strndup(bytes, length);
	char *text = clean_text(raw, INGEST_TITLE_MAX);
	free(raw);
	clean_links(text);
	clean_contacts(text);
	return text;
}

static void titles_read(struct titles *titles, const char *bytes, size_t size)
{
	while (titles->count < TITLES_MAX && (size > 0 || titles->count == 0)) {
		const char *end = size > 0 ? memchr(bytes, '\n', size) : NULL;
		size_t length = end ? (size_t)(end - bytes) : size;
		titles->texts[titles->count++] = title_of(bytes, length);
		bytes += length + (end ? 1 : 0);
		size -= length + (end ? 1 : 0);
	}
}

/* A number before the title keeps the caches of texts from knowing it. */
static void fill(struct world *world, const struct crowd *crowd, const struct titles *titles, bool is_numbered)
{
	char text[INGEST_TITLE_MAX + 32];
	for (size_t i = 0; i < crowd->count; i++) {
		const char *title = titles->texts[i % titles->count], *other = titles->texts[(i + 1) % titles->count];
		snprintf(text, sizeof(text), is_numbered ? "%s%s%zu" : "%s", title, i % 2 ? "" : " ", i);
		crowd_add(world, crowd, i, text, other);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool has_begun;
	struct titles titles = {.count = 0};
	if (size < HEAD_BYTES || (!has_begun && !work_begin())) {
		return 0;
	}
	has_begun = true;
	struct crowd crowd = {.count = (size_t)1 << data[2] % (COUNT_BITS_MAX + 1),
			      .where = data[1] % CROWD_WHERES,
			      .when = data[1] / CROWD_WHERES % CROWD_WHENS};
	titles_read(&titles, (const char *)data + HEAD_BYTES, size - HEAD_BYTES);
	struct scene scene = scene_begin(data[3] & 1 ? "sv" : "en");
	fill(scene.world, &crowd, &titles, data[3] & 2);
	struct work work = work_measure(&scene, &work_views[data[0] % work_view_count]);
	const char *excess = work_excess(&work);
	if (excess) {
		fprintf(stderr, "too many %s: %zu texts, %zu bytes, %zu shaped, %zu words, %zu widgets\n", excess,
			work.texts, work.bytes, work.shaped, work.words, work.widgets);
		abort();
	}
	scene_end(&scene);
	for (size_t i = 0; i < titles.count; i++) {
		free(titles.texts[i]);
	}
	return 0;
}
