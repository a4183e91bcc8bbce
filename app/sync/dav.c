/* Carries check-ins by a collection on a CalDAV server. It asks what has changed since the last time (RFC 6578); a
 * server that does not know that is listed whenever its collection's tag has changed, and one without such tags every
 * time, so that plain WebDAV serves as well. Names are unique by construction: nothing rests on a server's locks. */
#include "carrier.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/limits.h"
#include "credential.h"
#include "ical/multistatus.h"
#include "reach.h"

enum question {
	ASK_CHANGES, /* since the token, or everything */
	ASK_TAG,
	ASK_NAMES,
	ASK_OBJECT /* one object is read, written or removed */
};

/* A server that was restored from a backup may count on from a lower number. It then says nothing of what it has lost,
 * but its token is another one although nothing has changed. */
enum calm {
	TOKEN_CALM,
	TOKEN_SUSPECT, /* a whole list was asked for to be sure */
	TOKEN_RESTLESS /* its tokens change for no reason */
};

struct dav {
	struct carrier carrier;
	const struct config_share *config; /* borrowed, like the two below */
	struct fetch *fetch;
	const char *credentials_dir;
	struct fetch_transfer *transfer; /* NULL: nothing is asked */
	enum question question;
	enum carrier_op op;
	char token[DAV_TOKEN_MAX];                                   /* "" none: the next list is whole */
	char tag[FETCH_VALIDATOR_MAX], new_tag[FETCH_VALIDATOR_MAX]; /* of the last list, and of the next */
	bool is_whole_part;  /* the list that is not at its end is a whole one */
	bool has_no_changes; /* the server does not know what has changed */
	bool tag_is_new;     /* and what it has is to be listed */
	bool has_no_ctag;
	bool tag_moves; /* a tag was seen to change, so that it can be relied on */
	bool is_basic;
	enum calm calm;
	size_t parts; /* requests for the list that is not at its end */
};

#define CHANGES                                                                                                        \
	"<sync-collection xmlns=\"DAV:\"><sync-token>%s</sync-token><sync-level>1</sync-level><prop><getetag/></prop>" \
	"</sync-collection>"
#define TAG                                                                                                            \
	"<propfind xmlns=\"DAV:\" xmlns:c=\"http://calendarserver.org/ns/\"><prop><c:getctag/><getetag/></prop>"       \
	"</propfind>"
#define TAG_OF_WEBDAV "<propfind xmlns=\"DAV:\"><prop><getetag/></prop></propfind>"
#define NAMES "<propfind xmlns=\"DAV:\"><prop><getetag/><resourcetype/></prop></propfind>"

static bool ask(struct dav *dav, const char *name, struct fetch_request request, struct err *err)
{
	const struct config_share *config = dav->config;
	struct reach reach = {&config->network, config->ca_file, dav->credentials_dir};
	struct address own = {0}, login = {0};
	bool ok = address_read(config->url, &own, err) &&
		  credential_read_login(dav->credentials_dir, config->credential, &login, err);
	size_t length = strlen(own.url);
	ok = ok && (length + strlen(name) < sizeof(own.url) || err_set(err, "the share's url is too long"));
	if (ok) {
		strcpy(own.url + length, name);
		memcpy(own.user, login.user, sizeof(own.user));
		memcpy(own.password, login.password, sizeof(own.password));
	}
	request.is_basic = dav->is_basic;
	dav->transfer = ok ? reach_begin(&reach, dav->fetch, &own, request, err) : NULL;
	address_wipe(&own);
	address_wipe(&login);
	return dav->transfer != NULL;
}

static bool ask_list(struct dav *dav, struct err *err)
{
	struct fetch_request request = {.method = FETCH_PROPFIND, .body_max = DAV_LIST_MAX};
	char token[DAV_TOKEN_MAX * 5], text[sizeof(token) + sizeof(CHANGES)]; /* "&" takes five bytes in XML */
	if (!dav->has_no_changes) {
		dav->question = ASK_CHANGES;
		multistatus_escape(dav->token, token, sizeof(token));
		snprintf(text, sizeof(text), CHANGES, token);
		request.method = FETCH_REPORT;
		request.text = text;
	} else if (!dav->tag_is_new) {
		dav->question = ASK_TAG;
		request.text = dav->has_no_ctag ? TAG_OF_WEBDAV : TAG;
	} else {
		dav->question = ASK_NAMES;
		request.text = NAMES;
		request.is_deep = true;
	}
	return ask(dav, "", request, err);
}

static bool begin(struct carrier *carrier, enum carrier_op op, const char *name, const char *text, struct err *err)
{
	struct dav *dav = (struct dav *)carrier;
	struct fetch_request request = {.text = text, .body_max = SHARE_OBJECT_MAX};
	dav->op = op;
	if (op == CARRIER_LIST) {
		return ask_list(dav, err);
	}
	dav->question = ASK_OBJECT;
	request.method = op == CARRIER_GET ? FETCH_GET_OBJECT : op == CARRIER_PUT ? FETCH_PUT : FETCH_DELETE;
	return ask(dav, name, request, err);
}

static bool is_ready(const struct carrier *carrier)
{
	const struct dav *dav = (const struct dav *)carrier;
	return dav->transfer && fetch_is_done(dav->transfer);
}

static void stop(struct carrier *carrier)
{
	struct dav *dav = (struct dav *)carrier;
	struct fetch_result result;
	struct err err;
	if (dav->transfer) {
		fetch_end(dav->transfer, &result, &err);
		fetch_result_finish(&result);
		dav->transfer = NULL;
	}
}

static void forget(struct carrier *carrier)
{
	struct dav *dav = (struct dav *)carrier;
	dav->token[0] = dav->tag[0] = '\0';
	dav->has_no_changes = dav->tag_is_new = dav->is_whole_part = false;
	dav->parts = 0;
}

static void destroy(struct carrier *carrier)
{
	stop(carrier);
	free(carrier);
}

/* What is read from a list. */
struct listing {
	struct carrier_answer *answer;
	bool is_cut_off, is_out_of_memory;
};

static bool take_item(void *context, const struct multistatus_item *item)
{
	struct listing *listing = context;
	struct carrier_answer *answer = listing->answer;
	char name[WIRE_NAME_SIZE];
	size_t length = strlen(item->href);
	bool is_gone = item->status == 404 || item->status == 410;
	bool is_inside = length > 0 && item->href[length - 1] != '/' && !item->is_collection;
	listing->is_cut_off = listing->is_cut_off || item->status == 507;
	if (!is_inside || (item->status != 200 && !is_gone)) {
		return true;
	}
	multistatus_name(item->href, name, sizeof(name));
	if (answer->count >= SHARE_NAMES_MAX) {
		answer->foreign++;
		return true;
	}
	listing->is_out_of_memory = !carrier_list(answer, name, is_gone);
	return !listing->is_out_of_memory;
}

static bool read_list(struct listing *listing, struct fetch_result *result, char token[DAV_TOKEN_MAX], struct err *err)
{
	return multistatus_read(result->body, result->body_length, take_item, listing, token, err) ||
	       (listing->is_out_of_memory && err_set(err, "out of memory"));
}

/* Returns whether the whole list has to be asked for, because the server may have lost what it does not speak of. */
static bool is_suspect(struct dav *dav, const struct carrier_answer *answer, const char *token)
{
	bool is_quiet = answer->count == 0 && answer->foreign == 0;
	if (strcmp(token, dav->token) == 0) {
		dav->calm = TOKEN_CALM;
	} else if (is_quiet && dav->calm == TOKEN_SUSPECT) {
		dav->calm = TOKEN_RESTLESS;
	} else if (is_quiet && dav->calm == TOKEN_CALM) {
		dav->calm = TOKEN_SUSPECT;
		return true;
	}
	return false;
}

static void take_changes(struct dav *dav, struct fetch_result *result, struct carrier_answer *answer, struct err *err)
{
	struct listing listing = {.answer = answer};
	char token[DAV_TOKEN_MAX];
	bool was_whole = !dav->token[0] || dav->is_whole_part;
	if (!read_list(&listing, result, token, err)) {
		answer->outcome = CARRIER_FAILED;
		return;
	}
	if (!token[0]) {
		carrier_answer_finish(answer);
		answer->outcome = CARRIER_MORE;
		dav->has_no_changes = true;
		return;
	}
	answer->is_whole = was_whole;
	answer->outcome = listing.is_cut_off ? CARRIER_MORE : CARRIER_DONE;
	if (!was_whole && !listing.is_cut_off && is_suspect(dav, answer, token)) {
		answer->outcome = CARRIER_MORE;
		token[0] = '\0';
	}
	dav->is_whole_part = was_whole && listing.is_cut_off;
	memcpy(dav->token, token, sizeof(token));
}

static bool take_collection(void *context, const struct multistatus_item *item)
{
	struct dav *dav = context;
	const char *tag = *item->ctag ? item->ctag : item->etag;
	snprintf(dav->new_tag, sizeof(dav->new_tag), "%s", strlen(tag) < sizeof(dav->new_tag) ? tag : "");
	dav->tag_moves = dav->tag_moves || *item->ctag;
	dav->has_no_ctag = !*item->ctag;
	return true;
}

/* A ctag changes by definition. Any other tag of a collection has to be seen changing before it counts. */
static void take_tag(struct dav *dav, struct fetch_result *result, struct carrier_answer *answer, struct err *err)
{
	char token[DAV_TOKEN_MAX];
	dav->new_tag[0] = '\0';
	if (!multistatus_read(result->body, result->body_length, take_collection, dav, token, err)) {
		answer->outcome = CARRIER_FAILED;
		return;
	}
	bool is_same = dav->tag[0] && strcmp(dav->tag, dav->new_tag) == 0;
	dav->tag_moves = dav->tag_moves || (dav->tag[0] && dav->new_tag[0] && !is_same);
	dav->tag_is_new = !is_same || !dav->tag_moves;
	answer->outcome = dav->tag_is_new ? CARRIER_MORE : CARRIER_DONE;
}

static void take_names(struct dav *dav, struct fetch_result *result, struct carrier_answer *answer, struct err *err)
{
	struct listing listing = {.answer = answer};
	char token[DAV_TOKEN_MAX];
	if (!read_list(&listing, result, token, err)) {
		answer->outcome = CARRIER_FAILED;
		return;
	}
	answer->is_whole = true;
	dav->tag_is_new = false;
	memcpy(dav->tag, dav->new_tag, sizeof(dav->tag));
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

/* Returns whether the status speaks of what was asked for, and not of who asked or of how the server is doing. */
static bool is_about_question(const struct fetch_result *result)
{
	static const long others[] = {401, 407, 408, 429, 502, 503, 504};
	return result->failure == FETCH_FAILURE_REFUSED &&
	       !is_one_of(result->http_status, others, sizeof(others) / sizeof(others[0]));
}

/* A token that the server does not know any more is dropped; a server that knows none is listed instead. */
static bool can_ask_otherwise(struct dav *dav, const struct fetch_result *result)
{
	bool is_elsewhere = result->http_status == 404 || result->http_status / 100 == 3;
	if (dav->question != ASK_CHANGES || !is_about_question(result) || is_elsewhere) {
		return false;
	}
	dav->has_no_changes = !dav->token[0];
	dav->token[0] = '\0';
	return true;
}

/* One object that the server does not hand out must not keep the others back. */
static bool is_spoilt(const struct dav *dav, const struct fetch_result *result)
{
	return dav->op == CARRIER_GET && (result->failure == FETCH_FAILURE_TOO_LARGE || is_about_question(result));
}

static void take_refusal(struct dav *dav, const struct fetch_result *result, struct carrier_answer *answer)
{
	bool is_missing = result->http_status == 404 || result->http_status == 410 ||
			  (result->http_status == 409 && dav->op == CARRIER_PUT);
	dav->is_basic = dav->is_basic && result->http_status != 401;
	answer->outcome = CARRIER_FAILED;
	answer->retry_after_s = result->retry_after_s;
	if (can_ask_otherwise(dav, result)) {
		answer->outcome = CARRIER_MORE;
	} else if (dav->question == ASK_OBJECT && is_missing) {
		answer->outcome = CARRIER_GONE;
	} else if (dav->op == CARRIER_PUT && result->http_status == 412) {
		answer->outcome = CARRIER_TAKEN;
	} else if (is_spoilt(dav, result)) {
		answer->outcome = CARRIER_DONE;
	}
}

static void take_answer(struct dav *dav, struct fetch_result *result, struct carrier_answer *answer, struct err *err)
{
	answer->date_utc = result->server_utc;
	switch (dav->question) {
	case ASK_CHANGES:
		take_changes(dav, result, answer, err);
		break;
	case ASK_TAG:
		take_tag(dav, result, answer, err);
		break;
	case ASK_NAMES:
		take_names(dav, result, answer, err);
		break;
	case ASK_OBJECT:
		answer->body = result->body;
		answer->length = result->body_length;
		result->body = NULL;
		break;
	}
}

/* A list that never ends would keep everything else back. */
static void count_parts(struct dav *dav, struct carrier_answer *answer, struct err *err)
{
	dav->parts = answer->outcome == CARRIER_MORE ? dav->parts + 1 : 0;
	if (dav->parts > SHARE_PARTS_MAX) {
		carrier_answer_finish(answer);
		forget(&dav->carrier);
		answer->outcome = CARRIER_FAILED;
		err_set(err, "the server's list of the collection does not end");
	}
}

static void finish(struct carrier *carrier, struct carrier_answer *answer, struct err *err)
{
	struct dav *dav = (struct dav *)carrier;
	struct fetch_result result;
	*answer = (struct carrier_answer){.outcome = CARRIER_DONE};
	enum fetch_outcome outcome = fetch_end(dav->transfer, &result, err);
	dav->transfer = NULL;
	dav->is_basic = dav->is_basic || result.takes_basic;
	if (outcome == FETCH_NEW) {
		take_answer(dav, &result, answer, err);
	} else {
		take_refusal(dav, &result, answer);
	}
	fetch_result_finish(&result);
	if (dav->op == CARRIER_LIST) {
		count_parts(dav, answer, err);
	} else if (dav->op == CARRIER_GET && answer->outcome == CARRIER_DONE && !answer->body) {
		answer->body = strdup(""); /* an object that cannot be used */
		answer->outcome = answer->body ? CARRIER_DONE : CARRIER_FAILED;
	}
}

struct carrier *dav_create(const struct config_share *share, struct fetch *fetch, const char *credentials_dir)
{
	static const struct carrier_kind kind = {destroy, begin, is_ready, finish, stop, forget};
	struct dav *dav = calloc(1, sizeof(*dav));
	if (dav) {
		dav->carrier.kind = &kind;
		dav->config = share;
		dav->fetch = fetch;
		dav->credentials_dir = credentials_dir;
	}
	return dav ? &dav->carrier : NULL;
}
