/* See collection.h. */
#include "collection.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "app/base/limits.h"
#include "davlist.h"
#include "objects.h"
#include "reach.h"

enum question { ASK_NOTHING, ASK_KIND, ASK_LIST, ASK_OBJECTS };

struct collection {
	struct source source;
	struct fetch_transfer *transfer; /* NULL: nothing is asked */
	enum question question;          /* ASK_NOTHING: the round is done */
	struct davlist list;
	struct objects *objects;
	bool is_checked; /* the server has said that it is a calendar */
	bool is_basic;
	size_t chunk, chunk_max; /* how many objects are asked for at a time; as many as fit into an answer */
	int refused;             /* single objects in a row that the server has refused in this round */
	uint64_t run;            /* distinguishes what this process has from what another one had */
	int64_t end_ms;          /* of the round */
	int64_t whole_ms;        /* when a whole list is due, whatever the server says of changes */
	size_t bytes_max;
	enum feed_trouble trouble; /* of the round; NONE: it went well */
	struct err err;
	int64_t retry_after_s, server_utc;
};

#define KIND "<propfind xmlns=\"DAV:\"><prop><resourcetype/></prop></propfind>"

struct collection *collection_create(const struct source *source)
{
	struct collection *collection = calloc(1, sizeof(*collection));
	if (collection) {
		collection->source = *source;
		collection->objects = objects_create();
	}
	if (!collection || !collection->objects ||
	    getrandom(&collection->run, sizeof(collection->run), 0) != (ssize_t)sizeof(collection->run)) {
		collection_destroy(collection);
		return NULL;
	}
	return collection;
}

void collection_destroy(struct collection *collection)
{
	if (!collection) {
		return;
	}
	collection_stop(collection);
	objects_destroy(collection->objects);
	free(collection);
}

bool collection_is_done(const struct collection *collection)
{
	return collection->question == ASK_NOTHING;
}

bool collection_is_ready(const struct collection *collection)
{
	return collection->transfer && fetch_is_done(collection->transfer);
}

void collection_stop(struct collection *collection)
{
	struct fetch_result result;
	struct err err;
	if (collection->transfer) {
		fetch_end(collection->transfer, &result, &err);
		fetch_result_finish(&result);
		collection->transfer = NULL;
	}
	collection->question = ASK_NOTHING;
}

/* A list that was broken off in the middle is asked for anew. */
static void fail(struct collection *collection, enum feed_trouble trouble)
{
	if (collection->question == ASK_LIST &&
	    (collection->list.parts > 0 || objects_is_listing(collection->objects))) {
		davlist_forget(&collection->list);
	}
	objects_drop_list(collection->objects);
	collection->trouble = trouble;
	collection->question = ASK_NOTHING;
}

static void too_large(struct collection *collection)
{
	fail(collection, FEED_TROUBLE_TOO_LARGE);
	objects_clear(collection->objects);
	davlist_forget(&collection->list);
}

static void send(struct collection *collection, enum question question, struct fetch_request request)
{
	struct source *source = &collection->source;
	struct reach reach = {&source->feed->network, source->feed->ca_file, source->credentials_dir};
	struct address own = {0};
	collection->question = question;
	request.is_basic = collection->is_basic;
	collection->transfer = source_address(source, &own, &collection->err)
				       ? reach_begin(&reach, source->fetch, &own, request, &collection->err)
				       : NULL;
	address_wipe(&own);
	if (!collection->transfer) {
		fail(collection, FEED_TROUBLE_SETUP);
	}
}

static void ask_kind(struct collection *collection)
{
	send(collection, ASK_KIND,
	     (struct fetch_request){.method = FETCH_PROPFIND, .text = KIND, .body_max = COLLECTION_ANSWER_MAX});
}

static void ask_list(struct collection *collection)
{
	char text[DAVLIST_TEXT_SIZE];
	if (davlist_begins_whole(&collection->list)) {
		objects_drop_list(collection->objects);
	}
	struct fetch_request request = davlist_ask(&collection->list, text);
	request.body_max = COLLECTION_ANSWER_MAX;
	send(collection, ASK_LIST, request);
}

/* Asks for objects that are wanted; without any the round is done. */
static void ask_objects(struct collection *collection, int64_t now_ms)
{
	char *text = malloc(COLLECTION_TEXT_MAX);
	if (!text) {
		err_set(&collection->err, "out of memory");
		fail(collection, FEED_TROUBLE_SETUP);
	} else if (objects_ask(collection->objects, collection->chunk, text, COLLECTION_TEXT_MAX) == 0) {
		collection->question = ASK_NOTHING;
	} else if (now_ms >= collection->end_ms) {
		err_set(&collection->err,
			"the server needs more than %d min for the calendar's objects; it is asked for the rest later",
			COLLECTION_ROUND_MS / 60000);
		fail(collection, FEED_TROUBLE_NO_CONTACT);
	} else {
		send(collection, ASK_OBJECTS,
		     (struct fetch_request){.method = FETCH_REPORT, .text = text, .body_max = COLLECTION_ANSWER_MAX});
	}
	free(text);
}

void collection_begin(struct collection *collection, size_t bytes_max, int64_t now_ms)
{
	collection->bytes_max = bytes_max;
	collection->end_ms = now_ms + COLLECTION_ROUND_MS;
	collection->trouble = FEED_TROUBLE_NONE;
	collection->retry_after_s = collection->server_utc = 0;
	collection->refused = 0;
	collection->chunk = collection->chunk_max = COLLECTION_CHUNK_MAX;
	objects_begin(collection->objects);
	if (now_ms >= collection->whole_ms) {
		davlist_forget(&collection->list);
		collection->whole_ms = now_ms + COLLECTION_WHOLE_MS;
	}
	if (collection->is_checked) {
		ask_list(collection);
	} else {
		ask_kind(collection);
	}
}

/* What an address is; the first item is the collection itself. */
struct kind {
	bool is_known, is_calendar, is_principal, is_collection;
};

static bool take_kind_item(void *context, const struct multistatus_item *item)
{
	struct kind *kind = context;
	if (!kind->is_known) {
		*kind = (struct kind){true, item->is_calendar, item->is_principal, item->is_collection};
	}
	return true;
}

static void take_kind(struct collection *collection, struct fetch_result *result)
{
	char token[DAV_TOKEN_MAX];
	struct kind kind = {0};
	if (!multistatus_read(result->body, result->body_length, take_kind_item, &kind, token, &collection->err)) {
		fail(collection, FEED_TROUBLE_NOT_CALENDAR);
		return;
	}
	if (!kind.is_calendar) {
		err_set(&collection->err, "caldav: %s",
			kind.is_principal
				? "this is the address of a user, not of a calendar; write the calendar's own "
				  "address, see kiosk.conf(5)"
			: kind.is_collection
				? "this is the address of a folder, not of a calendar; write the address of one of the "
				  "calendars in it, see kiosk.conf(5)"
				: "this is not the address of a calendar; correct it, see kiosk.conf(5)");
		fail(collection, FEED_TROUBLE_NOT_CALENDAR);
		return;
	}
	collection->is_checked = true;
	ask_list(collection);
}

static bool take_listed(void *context, const struct multistatus_item *item)
{
	return objects_list(context, item->href, item->etag, item->status != 200);
}

static bool is_too_large(struct collection *collection)
{
	if (objects_count(collection->objects) > COLLECTION_OBJECTS_MAX) {
		return !err_set(&collection->err,
				"the calendar has more than %d objects; move old ones into another calendar",
				COLLECTION_OBJECTS_MAX);
	}
	if (objects_bytes(collection->objects) > collection->bytes_max) {
		return !err_set(
			&collection->err,
			"the calendar's objects take more than %.1f MiB of memory, which is what is left of what "
			"all calendars of CalDAV servers may take; move old ones into another calendar",
			(double)collection->bytes_max / (1 << 20));
	}
	return false;
}

static void take_list(struct collection *collection, struct fetch_result *result, int64_t now_ms)
{
	bool is_whole = false;
	enum davlist_outcome outcome =
		davlist_take(&collection->list, result, take_listed, collection->objects, &is_whole, &collection->err);
	if (outcome == DAVLIST_ANEW) {
		objects_drop_list(collection->objects);
	}
	bool is_more = outcome == DAVLIST_MORE || outcome == DAVLIST_ANEW;
	if (outcome == DAVLIST_FAILED || !davlist_count(&collection->list, is_more, &collection->err)) {
		fail(collection, FEED_TROUBLE_NOT_CALENDAR);
	} else if (is_too_large(collection)) {
		too_large(collection);
	} else if (is_more) {
		ask_list(collection);
	} else if (!objects_take_list(collection->objects, is_whole)) {
		err_set(&collection->err, "out of memory");
		fail(collection, FEED_TROUBLE_SETUP);
	} else {
		ask_objects(collection, now_ms);
	}
}

static bool take_object(void *context, const struct multistatus_item *item)
{
	return objects_put(context, item);
}

static void take_objects(struct collection *collection, struct fetch_result *result, int64_t now_ms)
{
	char token[DAV_TOKEN_MAX];
	if (!multistatus_read(result->body, result->body_length, take_object, collection->objects, token,
			      &collection->err)) {
		fail(collection, FEED_TROUBLE_NOT_CALENDAR);
		return;
	}
	objects_settle(collection->objects);
	collection->refused = 0;
	collection->chunk =
		2 * collection->chunk < collection->chunk_max ? 2 * collection->chunk : collection->chunk_max;
	if (is_too_large(collection)) {
		too_large(collection);
	} else {
		ask_objects(collection, now_ms);
	}
}

/* One object that the server does not hand out must not keep the others back: fewer are asked for, down to itself. */
static bool can_ask_for_fewer(struct collection *collection, const struct fetch_result *result)
{
	bool is_about_objects = result->failure == FETCH_FAILURE_TOO_LARGE || davlist_is_about_question(result);
	if (collection->question != ASK_OBJECTS || !is_about_objects) {
		return false;
	}
	size_t asked = objects_asked(collection->objects);
	if (asked > 1) {
		collection->chunk = asked / 2;
		collection->chunk_max = result->failure == FETCH_FAILURE_TOO_LARGE ? asked / 2 : collection->chunk_max;
		return true;
	}
	objects_give_up(collection->objects);
	return ++collection->refused < COLLECTION_REFUSED_MAX;
}

static const char *refusal_words(long status)
{
	static const struct {
		long status;
		const char *words;
	} table[] = {
		{200, "there is no CalDAV server at this address; correct it, see kiosk.conf(5)"},
		{400, "there is no calendar at this address; correct it, see kiosk.conf(5)"},
		{403, "the user may not read this calendar; share it with that user, or correct the address"},
		{404, "there is no calendar at this address; correct it, or share the calendar with the user"},
		{405, "there is no CalDAV server at this address; correct it, see kiosk.conf(5)"},
		{410, "the calendar is gone; replace the address"},
		{501, "there is no CalDAV server at this address; correct it, see kiosk.conf(5)"},
	};
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		if (table[i].status == status) {
			return table[i].words;
		}
	}
	return NULL;
}

static void take_refusal(struct collection *collection, const struct fetch_result *result, int64_t now_ms)
{
	const char *words = result->failure == FETCH_FAILURE_REFUSED ? refusal_words(result->http_status) : NULL;
	collection->is_basic = collection->is_basic && result->http_status != 401;
	collection->retry_after_s = result->retry_after_s;
	if (collection->question == ASK_LIST && davlist_can_ask_otherwise(&collection->list, result) &&
	    davlist_count(&collection->list, true, &collection->err)) {
		ask_list(collection);
	} else if (can_ask_for_fewer(collection, result)) {
		ask_objects(collection, now_ms);
	} else {
		if (words) {
			err_set(&collection->err, "the server answered %ld: %s", result->http_status, words);
			collection->is_checked = false;
		}
		fail(collection, source_trouble(result->failure));
	}
}

void collection_go_on(struct collection *collection, int64_t now_ms)
{
	struct fetch_result result;
	if (!collection_is_ready(collection)) {
		return;
	}
	enum fetch_outcome outcome = fetch_end(collection->transfer, &result, &collection->err);
	collection->transfer = NULL;
	collection->is_basic = collection->is_basic || result.takes_basic;
	if (outcome != FETCH_NEW) {
		take_refusal(collection, &result, now_ms);
	} else {
		collection->server_utc = result.server_utc;
		switch (collection->question) {
		case ASK_KIND:
			take_kind(collection, &result);
			break;
		case ASK_LIST:
			take_list(collection, &result, now_ms);
			break;
		case ASK_OBJECTS:
		case ASK_NOTHING:
			take_objects(collection, &result, now_ms);
			break;
		}
	}
	fetch_result_finish(&result);
}

static bool make_body(struct collection *collection, const char *etag, struct fetch_result *result)
{
	result->body = objects_join(collection->objects, &result->body_length);
	result->etag = strdup(etag);
	result->last_modified = strdup("");
	result->outcome = FETCH_NEW;
	return result->body && result->etag && result->last_modified;
}

enum source_outcome collection_end(struct collection *collection, const char *etag, struct source_body *out_body,
				   struct err *err)
{
	char own[64];
	*out_body = (struct source_body){.has_objects = true};
	out_body->result.server_utc = collection->server_utc;
	if (collection->trouble != FEED_TROUBLE_NONE) {
		out_body->trouble = collection->trouble;
		out_body->result.retry_after_s = collection->retry_after_s;
		*err = collection->err;
		return SOURCE_FAILED;
	}
	if (objects_count(collection->objects) > 0 &&
	    objects_missing(collection->objects, NULL, 0) == objects_count(collection->objects)) {
		out_body->trouble = FEED_TROUBLE_NOT_CALENDAR;
		err_set(err, "the server lists the calendar's %zu objects, but hands none of them out",
			objects_count(collection->objects));
		return SOURCE_FAILED;
	}
	snprintf(own, sizeof(own), "objects-%016" PRIx64 "-%" PRIu64, collection->run,
		 objects_version(collection->objects));
	if (etag && strcmp(etag, own) == 0) {
		return SOURCE_SAME;
	}
	if (!make_body(collection, own, &out_body->result)) {
		out_body->trouble = FEED_TROUBLE_SETUP;
		err_set(err, "out of memory");
		return SOURCE_FAILED;
	}
	return SOURCE_NEW;
}

void collection_find_left_out(const struct collection *collection, const struct reader_result *read,
			      struct objects_left_out *out)
{
	*out = (struct objects_left_out){0};
	out->missing = objects_missing(collection->objects, out->names, COLLECTION_NAMED_MAX);
	while (out->name_count < COLLECTION_NAMED_MAX && out->names[out->name_count]) {
		out->name_count++;
	}
	for (size_t i = 0; i < read->unreadable_count && out->name_count < COLLECTION_NAMED_MAX; i++) {
		const char *name = objects_name(collection->objects, read->unreadable[i]);
		if (name) {
			out->names[out->name_count++] = name;
		}
	}
}

size_t collection_bytes(const struct collection *collection)
{
	return objects_bytes(collection->objects);
}
