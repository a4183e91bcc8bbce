/* See objects.h. Objects are ordered by name, the last part of their address: servers write the rest of an address in
 * several ways. */
#include "objects.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/limits.h"

struct object {
	char *name, *href, *etag; /* etag: of the text; "" unknown */
	char *text;               /* NULL: none has come */
	size_t length;
	bool is_wanted, is_asked, is_gone;
	bool is_missing; /* the server does not hand it out */
	int tries;       /* answers that lacked it in this round */
};

struct listed {
	char *name, *href, *etag;
	bool is_gone;
	size_t order;
};

struct objects {
	struct object *items; /* by name */
	size_t count;
	struct listed *list;
	size_t list_count, list_capacity;
	size_t nameless, nameless_listed; /* objects whose address cannot be used */
	size_t bytes, list_bytes;
	size_t asked;
	uint64_t version;
};

static void finish_object(struct object *object)
{
	free(object->name);
	free(object->href);
	free(object->etag);
	free(object->text);
}

static size_t bytes_of(const struct object *object)
{
	return sizeof(*object) + strlen(object->name) + strlen(object->href) + strlen(object->etag) + object->length;
}

struct objects *objects_create(void)
{
	return calloc(1, sizeof(struct objects));
}

void objects_drop_list(struct objects *objects)
{
	for (size_t i = 0; i < objects->list_count; i++) {
		free(objects->list[i].name);
		free(objects->list[i].href);
		free(objects->list[i].etag);
	}
	free(objects->list);
	objects->list = NULL;
	objects->list_count = objects->list_capacity = objects->list_bytes = objects->nameless_listed = 0;
}

void objects_clear(struct objects *objects)
{
	objects_drop_list(objects);
	for (size_t i = 0; i < objects->count; i++) {
		finish_object(&objects->items[i]);
	}
	free(objects->items);
	objects->items = NULL;
	objects->count = objects->bytes = objects->nameless = objects->asked = 0;
	objects->version++;
}

void objects_destroy(struct objects *objects)
{
	if (objects) {
		objects_clear(objects);
		free(objects);
	}
}

void objects_begin(struct objects *objects)
{
	for (size_t i = 0; i < objects->count; i++) {
		struct object *object = &objects->items[i];
		object->is_wanted = object->is_wanted || object->is_missing;
		object->tries = 0;
	}
}

/* An address whose last part cannot be decoded is a name by itself. */
static void name_of(const char *href, char out[DAV_HREF_MAX])
{
	multistatus_name(href, out, COLLECTION_NAME_MAX);
	if (!out[0]) {
		snprintf(out, DAV_HREF_MAX, "%s", href);
	}
}

static bool grow_list(struct objects *objects)
{
	size_t capacity = objects->list_capacity ? objects->list_capacity * 2 : 64;
	struct listed *list = objects->list_count < objects->list_capacity
				      ? objects->list
				      : reallocarray(objects->list, capacity, sizeof(*list));
	if (list && objects->list_count == objects->list_capacity) {
		objects->list = list;
		objects->list_capacity = capacity;
	}
	return list != NULL;
}

bool objects_list(struct objects *objects, const char *href, const char *etag, bool is_gone)
{
	char name[DAV_HREF_MAX];
	if (!*href) {
		objects->nameless_listed++;
		return true;
	}
	if (!grow_list(objects)) {
		return false;
	}
	name_of(href, name);
	struct listed *listed = &objects->list[objects->list_count];
	*listed = (struct listed){strdup(name), strdup(href), strdup(etag), is_gone, objects->list_count};
	if (!listed->name || !listed->href || !listed->etag) {
		free(listed->name);
		free(listed->href);
		free(listed->etag);
		return false;
	}
	objects->list_count++;
	objects->list_bytes += sizeof(*listed) + strlen(name) + strlen(href) + strlen(etag);
	return true;
}

bool objects_is_listing(const struct objects *objects)
{
	return objects->list_count > 0;
}

static int compare_listed(const void *left, const void *right)
{
	const struct listed *a = left, *b = right;
	int order = strcmp(a->name, b->name);
	return order ? order : a->order < b->order ? -1 : a->order > b->order;
}

/* What was said of an object last counts. */
static bool is_overruled(const struct objects *objects, size_t i)
{
	return i + 1 < objects->list_count && strcmp(objects->list[i].name, objects->list[i + 1].name) == 0;
}

static void remove_object(struct objects *objects, struct object *object)
{
	objects->version += object->text || object->is_missing;
	finish_object(object);
}

/* Takes what the list says of one object; `known` is NULL when it is new. *out receives the object if it is there. Its
 * etag stays that of its text: it comes with the text. */
static bool take_listed(struct objects *objects, struct object *known, struct listed *listed, struct object *out)
{
	bool is_changed = !known || !known->text || !*listed->etag || strcmp(known->etag, listed->etag) != 0;
	if (listed->is_gone) {
		if (known) {
			remove_object(objects, known);
		}
		return false;
	}
	if (known) {
		*out = *known;
		free(out->href);
	} else {
		*out = (struct object){.name = listed->name, .etag = listed->etag};
		out->etag[0] = '\0';
		listed->name = listed->etag = NULL;
	}
	out->href = listed->href;
	listed->href = NULL;
	out->is_wanted = out->is_wanted || is_changed;
	return true;
}

bool objects_take_list(struct objects *objects, bool is_whole)
{
	struct object *merged = calloc(objects->count + objects->list_count + 1, sizeof(*merged));
	size_t i = 0, j = 0, count = 0;
	if (!merged) {
		return false;
	}
	if (objects->list_count > 1) {
		qsort(objects->list, objects->list_count, sizeof(*objects->list), compare_listed);
	}
	while (i < objects->count || j < objects->list_count) {
		struct object *known = i < objects->count ? &objects->items[i] : NULL;
		struct listed *listed = j < objects->list_count ? &objects->list[j] : NULL;
		int order = !known ? 1 : !listed ? -1 : strcmp(known->name, listed->name);
		if (listed && is_overruled(objects, j)) {
			j++;
		} else if (order < 0 && is_whole) {
			remove_object(objects, known);
			i++;
		} else if (order < 0) {
			merged[count++] = *known;
			i++;
		} else {
			count += take_listed(objects, order == 0 ? known : NULL, listed, &merged[count]);
			i += order == 0;
			j++;
		}
	}
	free(objects->items);
	objects->items = merged;
	objects->count = count;
	objects->nameless = (is_whole ? 0 : objects->nameless) + objects->nameless_listed;
	objects->bytes = 0;
	for (i = 0; i < count; i++) {
		objects->bytes += bytes_of(&merged[i]);
	}
	objects_drop_list(objects);
	return true;
}

#define BEGIN                                                                                                          \
	"<c:calendar-multiget xmlns=\"DAV:\" xmlns:c=\"urn:ietf:params:xml:ns:caldav\"><prop><getetag/>"               \
	"<c:calendar-data/></prop>"
#define END "</c:calendar-multiget>"

size_t objects_ask(struct objects *objects, size_t max, char *out, size_t size)
{
	size_t length = (size_t)snprintf(out, size, BEGIN);
	objects->asked = 0;
	for (size_t i = 0; i < objects->count; i++) {
		struct object *object = &objects->items[i];
		char escaped[DAV_HREF_MAX * 5];
		object->is_asked = object->is_wanted && objects->asked < max &&
				   multistatus_escape(object->href, escaped, sizeof(escaped)) &&
				   length + strlen(escaped) + sizeof("<href></href>" END) <= size;
		if (object->is_asked) {
			length += (size_t)snprintf(out + length, size - length, "<href>%s</href>", escaped);
			objects->asked++;
		}
	}
	snprintf(out + length, size - length, END);
	return objects->asked;
}

size_t objects_asked(const struct objects *objects)
{
	return objects->asked;
}

static struct object *find(struct objects *objects, const char *name)
{
	size_t low = 0, high = objects->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(objects->items[middle].name, name);
		if (order == 0) {
			return &objects->items[middle];
		}
		low = order < 0 ? middle + 1 : low;
		high = order < 0 ? high : middle;
	}
	return NULL;
}

/* What was known of it may be wrong by now. */
static void give_up(struct objects *objects, struct object *object)
{
	objects->version += !object->is_missing;
	objects->bytes -= object->length;
	free(object->text);
	object->text = NULL;
	object->length = 0;
	object->is_asked = object->is_wanted = false;
	object->is_missing = true;
}

void objects_give_up(struct objects *objects)
{
	for (size_t i = 0; i < objects->count; i++) {
		if (objects->items[i].is_asked) {
			give_up(objects, &objects->items[i]);
		}
	}
	objects->asked = 0;
}

static bool keep(struct objects *objects, struct object *object, const struct multistatus_item *item)
{
	bool is_same = object->text && object->length == item->data_length &&
		       memcmp(object->text, item->data, item->data_length) == 0;
	char *text = malloc(item->data_length + 1), *etag = strdup(item->etag);
	if (!text || !etag) {
		free(text);
		free(etag);
		return false;
	}
	memcpy(text, item->data, item->data_length);
	text[item->data_length] = '\0';
	objects->bytes -= bytes_of(object);
	free(object->text);
	free(object->etag);
	object->text = text;
	object->length = item->data_length;
	object->etag = etag;
	objects->bytes += bytes_of(object);
	objects->version += !is_same;
	object->is_asked = object->is_wanted = object->is_missing = false;
	return true;
}

bool objects_put(struct objects *objects, const struct multistatus_item *item)
{
	char name[DAV_HREF_MAX];
	name_of(item->href, name);
	struct object *object = find(objects, name);
	if (!object || !object->is_asked) {
		return true;
	}
	if (item->status == 404 || item->status == 410) {
		object->is_gone = true;
		object->is_asked = false;
	} else if (item->status != 200 || item->data_length == 0 || item->data_length > COLLECTION_OBJECT_MAX) {
		give_up(objects, object);
	} else {
		return keep(objects, object, item);
	}
	return true;
}

void objects_settle(struct objects *objects)
{
	size_t left = 0;
	for (size_t i = 0; i < objects->count; i++) {
		struct object *object = &objects->items[i];
		if (object->is_asked && ++object->tries >= COLLECTION_TRIES_MAX) {
			give_up(objects, object);
		}
		object->is_asked = false;
		if (object->is_gone) {
			objects->bytes -= bytes_of(object);
			remove_object(objects, object);
		} else {
			objects->items[left++] = *object;
		}
	}
	objects->count = left;
	objects->asked = 0;
}

char *objects_join(const struct objects *objects, size_t *out_length)
{
	size_t length = 0;
	for (size_t i = 0; i < objects->count; i++) {
		length += objects->items[i].text ? objects->items[i].length + 1 : 0;
	}
	char *joined = malloc(length + 1);
	*out_length = length;
	length = 0;
	for (size_t i = 0; joined && i < objects->count; i++) {
		const struct object *object = &objects->items[i];
		if (object->text) {
			memcpy(joined + length, object->text, object->length + 1);
			length += object->length + 1;
		}
	}
	if (joined) {
		joined[length] = '\0';
	}
	return joined;
}

const char *objects_name(const struct objects *objects, size_t number)
{
	for (size_t i = 0; i < objects->count; i++) {
		if (objects->items[i].text && number-- == 0) {
			return objects->items[i].name;
		}
	}
	return NULL;
}

uint64_t objects_version(const struct objects *objects)
{
	return objects->version;
}

size_t objects_count(const struct objects *objects)
{
	return objects->list_count > objects->count ? objects->list_count : objects->count;
}

size_t objects_bytes(const struct objects *objects)
{
	return objects->bytes + objects->list_bytes;
}

size_t objects_missing(const struct objects *objects, const char **out_names, size_t max)
{
	size_t count = 0;
	for (size_t i = 0; i < objects->count; i++) {
		if (objects->items[i].is_missing && count < max) {
			out_names[count] = objects->items[i].name;
		}
		count += objects->items[i].is_missing;
	}
	return count + objects->nameless;
}
