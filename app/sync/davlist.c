/* See davlist.h. */
#include "davlist.h"

#include <stdio.h>
#include <string.h>

#include "app/base/limits.h"

#define CHANGES                                                                                                        \
	"<sync-collection xmlns=\"DAV:\"><sync-token>%s</sync-token><sync-level>1</sync-level><prop><getetag/></prop>" \
	"</sync-collection>"
#define TAG                                                                                                            \
	"<propfind xmlns=\"DAV:\" xmlns:c=\"http://calendarserver.org/ns/\"><prop><c:getctag/><getetag/></prop>"       \
	"</propfind>"
#define TAG_OF_WEBDAV "<propfind xmlns=\"DAV:\"><prop><getetag/></prop></propfind>"
#define NAMES "<propfind xmlns=\"DAV:\"><prop><getetag/><resourcetype/></prop></propfind>"

bool davlist_begins_whole(const struct davlist *list)
{
	return list->has_no_changes ? list->tag_is_new : !list->token[0];
}

struct fetch_request davlist_ask(struct davlist *list, char text[DAVLIST_TEXT_SIZE])
{
	struct fetch_request request = {.method = FETCH_PROPFIND, .body_max = DAV_LIST_MAX, .text = text};
	char token[DAV_TOKEN_MAX * 5];
	if (!list->has_no_changes) {
		list->question = DAVLIST_ASK_CHANGES;
		multistatus_escape(list->token, token, sizeof(token));
		snprintf(text, DAVLIST_TEXT_SIZE, CHANGES, token);
		request.method = FETCH_REPORT;
	} else if (!list->tag_is_new) {
		list->question = DAVLIST_ASK_TAG;
		snprintf(text, DAVLIST_TEXT_SIZE, "%s", list->has_no_ctag ? TAG_OF_WEBDAV : TAG);
	} else {
		list->question = DAVLIST_ASK_NAMES;
		snprintf(text, DAVLIST_TEXT_SIZE, "%s", NAMES);
		request.is_deep = true;
	}
	return request;
}

/* What is passed on of a list. */
struct passing {
	multistatus_take *take;
	void *context;
	size_t count;
	bool is_cut_off, is_out_of_memory;
};

static bool pass_on(void *context, const struct multistatus_item *item)
{
	struct passing *passing = context;
	size_t length = strlen(item->href);
	bool is_gone = item->status == 404 || item->status == 410;
	bool is_inside = length > 0 && item->href[length - 1] != '/' && !item->is_collection;
	passing->is_cut_off = passing->is_cut_off || item->status == 507;
	bool is_nameless = length == 0 && !item->is_collection; /* its address was too long */
	if ((!is_inside && !is_nameless) || (item->status != 200 && !is_gone)) {
		return true;
	}
	passing->count++;
	passing->is_out_of_memory = !passing->take(passing->context, item);
	return !passing->is_out_of_memory;
}

static bool read_list(struct passing *passing, struct fetch_result *result, char token[DAV_TOKEN_MAX], struct err *err)
{
	return multistatus_read(result->body, result->body_length, pass_on, passing, token, err) ||
	       (passing->is_out_of_memory && err_set(err, "out of memory"));
}

/* Returns whether the whole list has to be asked for, because the server may have lost what it does not speak of. */
static bool is_suspect(struct davlist *list, bool is_quiet, const char *token)
{
	if (strcmp(token, list->token) == 0) {
		list->calm = DAVLIST_CALM;
	} else if (is_quiet && list->calm == DAVLIST_SUSPECT) {
		list->calm = DAVLIST_RESTLESS;
	} else if (is_quiet && list->calm == DAVLIST_CALM) {
		list->calm = DAVLIST_SUSPECT;
		return true;
	}
	return false;
}

static enum davlist_outcome take_changes(struct davlist *list, struct fetch_result *result, struct passing *passing,
					 bool *out_is_whole, struct err *err)
{
	char token[DAV_TOKEN_MAX];
	bool was_whole = !list->token[0] || list->is_whole_part;
	if (!read_list(passing, result, token, err)) {
		return DAVLIST_FAILED;
	}
	if (!token[0]) {
		list->has_no_changes = true;
		return DAVLIST_ANEW;
	}
	bool is_more = passing->is_cut_off;
	*out_is_whole = was_whole;
	if (!was_whole && !is_more && is_suspect(list, passing->count == 0, token)) {
		is_more = true;
		token[0] = '\0';
	}
	list->is_whole_part = was_whole && passing->is_cut_off;
	memcpy(list->token, token, sizeof(token));
	return is_more ? DAVLIST_MORE : DAVLIST_DONE;
}

static bool take_collection(void *context, const struct multistatus_item *item)
{
	struct davlist *list = context;
	const char *tag = *item->ctag ? item->ctag : item->etag;
	snprintf(list->new_tag, sizeof(list->new_tag), "%s", strlen(tag) < sizeof(list->new_tag) ? tag : "");
	list->tag_moves = list->tag_moves || *item->ctag;
	list->has_no_ctag = !*item->ctag;
	return true;
}

/* A ctag changes by definition. Any other tag of a collection has to be seen changing before it counts. */
static enum davlist_outcome take_tag(struct davlist *list, struct fetch_result *result, struct err *err)
{
	char token[DAV_TOKEN_MAX];
	list->new_tag[0] = '\0';
	if (!multistatus_read(result->body, result->body_length, take_collection, list, token, err)) {
		return DAVLIST_FAILED;
	}
	bool is_same = list->tag[0] && strcmp(list->tag, list->new_tag) == 0;
	list->tag_moves = list->tag_moves || (list->tag[0] && list->new_tag[0] && !is_same);
	list->tag_is_new = !is_same || !list->tag_moves;
	return list->tag_is_new ? DAVLIST_MORE : DAVLIST_DONE;
}

static enum davlist_outcome take_names(struct davlist *list, struct fetch_result *result, struct passing *passing,
				       bool *out_is_whole, struct err *err)
{
	char token[DAV_TOKEN_MAX];
	if (!read_list(passing, result, token, err)) {
		return DAVLIST_FAILED;
	}
	*out_is_whole = true;
	list->tag_is_new = false;
	memcpy(list->tag, list->new_tag, sizeof(list->tag));
	return DAVLIST_DONE;
}

enum davlist_outcome davlist_take(struct davlist *list, struct fetch_result *result, multistatus_take *take,
				  void *context, bool *out_is_whole, struct err *err)
{
	struct passing passing = {.take = take, .context = context};
	*out_is_whole = false;
	switch (list->question) {
	case DAVLIST_ASK_CHANGES:
		return take_changes(list, result, &passing, out_is_whole, err);
	case DAVLIST_ASK_TAG:
		return take_tag(list, result, err);
	case DAVLIST_ASK_NAMES:
		break;
	}
	return take_names(list, result, &passing, out_is_whole, err);
}

static bool is_one_of(long status, const long *statuses, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (statuses[i] == status) {
			return true;
		}
	}
	return false;
}

bool davlist_is_about_question(const struct fetch_result *result)
{
	static const long others[] = {401, 407, 408, 429, 502, 503, 504};
	return result->failure == FETCH_FAILURE_REFUSED &&
	       !is_one_of(result->http_status, others, sizeof(others) / sizeof(others[0]));
}

bool davlist_can_ask_otherwise(struct davlist *list, const struct fetch_result *result)
{
	bool is_elsewhere = result->http_status == 404 || result->http_status / 100 == 3;
	if (list->question != DAVLIST_ASK_CHANGES || !davlist_is_about_question(result) || is_elsewhere) {
		return false;
	}
	list->has_no_changes = !list->token[0];
	list->token[0] = '\0';
	return true;
}

bool davlist_count(struct davlist *list, bool is_more, struct err *err)
{
	list->parts = is_more ? list->parts + 1 : 0;
	if (list->parts <= SHARE_PARTS_MAX) {
		return true;
	}
	davlist_forget(list);
	return err_set(err, "the server's list of the collection does not end");
}

void davlist_forget(struct davlist *list)
{
	list->token[0] = list->tag[0] = '\0';
	list->has_no_changes = list->tag_is_new = list->is_whole_part = false;
	list->parts = 0;
}
