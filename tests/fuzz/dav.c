/* What a CalDAV server answers about a calendar: a list, and behind a byte 0xFF an answer with objects of it. Both go
 * through the reader of such answers into the table of objects, which must stay sound whatever they say. */
#include <stdlib.h>
#include <string.h>

#include "app/base/limits.h"
#include "app/sync/objects.h"
#include "fuzz.h"

enum { ASK_MAX = 16 << 10 };

struct reading {
	struct objects *objects;
	const char *bytes;
	size_t length;
};

static void must(bool holds)
{
	if (!holds) {
		abort();
	}
}

/* Every text is one of the answer's own, or empty. */
static void check_inside(const struct reading *reading, const char *text)
{
	must(!*text || (text >= reading->bytes && text + strlen(text) < reading->bytes + reading->length));
}

static void check_item(const struct reading *reading, const struct multistatus_item *item)
{
	check_inside(reading, item->href);
	check_inside(reading, item->etag);
	check_inside(reading, item->ctag);
	check_inside(reading, item->data);
	must(strlen(item->href) < DAV_HREF_MAX && strlen(item->data) == item->data_length);
	must(item->status >= 100 && item->status < 600);
}

static bool take_listed(void *context, const struct multistatus_item *item)
{
	struct reading *reading = context;
	char name[COLLECTION_NAME_MAX];
	check_item(reading, item);
	multistatus_name(item->href, name, sizeof(name));
	must(!strchr(name, '/'));
	return objects_list(reading->objects, item->href, item->etag, item->status != 200);
}

static bool take_object(void *context, const struct multistatus_item *item)
{
	struct reading *reading = context;
	check_item(reading, item);
	return objects_put(reading->objects, item);
}

static bool read_answer(struct reading *reading, const uint8_t *data, size_t size, multistatus_take *take)
{
	char token[DAV_TOKEN_MAX], *bytes = malloc(size + 1);
	struct err err = {""};
	must(bytes != NULL);
	memcpy(bytes, data, size);
	reading->bytes = bytes;
	reading->length = size;
	bool ok = multistatus_read(bytes, size, take, reading, token, &err);
	must(ok || err.text[0]);
	must(strlen(token) < DAV_TOKEN_MAX);
	free(bytes);
	return ok;
}

/* The row has as many texts as there are names. */
static void check_row(const struct objects *objects)
{
	size_t length = 0, count = 0;
	char *row = objects_join(objects, &length);
	must(row != NULL);
	for (size_t at = 0; at < length; at += strlen(row + at) + 1) {
		must(objects_name(objects, count++) != NULL);
	}
	must(!objects_name(objects, count));
	must(count <= objects_count(objects));
	free(row);
}

/* Asks as the worker does, until nothing is wanted or the server has been tried often enough. */
static void fetch_objects(struct reading *reading, const uint8_t *data, size_t size)
{
	static char text[ASK_MAX];
	for (size_t asked = 1, rounds = 0; asked > 0 && rounds < COLLECTION_TRIES_MAX; rounds++) {
		asked = objects_ask(reading->objects, COLLECTION_CHUNK_MAX, text, sizeof(text));
		must(asked <= COLLECTION_CHUNK_MAX && strlen(text) < sizeof(text));
		must(strcmp(text + strlen(text) - strlen("multiget>"), "multiget>") == 0);
		read_answer(reading, data, size, take_object);
		objects_settle(reading->objects);
		check_row(reading->objects);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *divider = size > 0 ? memchr(data, 0xFF, size) : NULL;
	size_t list_size = divider ? (size_t)(divider - data) : size;
	const uint8_t *answer = divider ? divider + 1 : data;
	struct reading reading = {.objects = objects_create()};
	must(reading.objects != NULL);
	for (int round = 0; round < 2; round++) {
		objects_begin(reading.objects);
		if (read_answer(&reading, data, list_size, take_listed)) {
			must(objects_take_list(reading.objects, round == 0));
		} else {
			objects_drop_list(reading.objects);
		}
		fetch_objects(&reading, answer, divider ? size - list_size - 1 : size);
	}
	objects_destroy(reading.objects);
	return 0;
}
