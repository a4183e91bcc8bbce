/* Carries check-ins by a collection on a CalDAV server, or a plain WebDAV server. Names are unique by construction:
 * nothing rests on a server's locks. */
#include "carrier.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/limits.h"
#include "credential.h"
#include "davlist.h"
#include "ical/multistatus.h"
#include "reach.h"

struct dav {
	struct carrier carrier;
	const struct config_share *config; /* borrowed, like the two below */
	struct fetch *fetch;
	const char *credentials_dir;
	struct fetch_transfer *transfer; /* NULL: nothing is asked */
	enum carrier_op op;
	struct davlist list;
	bool is_basic;
};

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
	char text[DAVLIST_TEXT_SIZE];
	return ask(dav, "", davlist_ask(&dav->list, text), err);
}

static bool begin(struct carrier *carrier, enum carrier_op op, const char *name, const char *text, struct err *err)
{
	struct dav *dav = (struct dav *)carrier;
	struct fetch_request request = {.text = text, .body_max = SHARE_OBJECT_MAX};
	dav->op = op;
	if (op == CARRIER_LIST) {
		return ask_list(dav, err);
	}
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
	davlist_forget(&((struct dav *)carrier)->list);
}

static void destroy(struct carrier *carrier)
{
	stop(carrier);
	free(carrier);
}

static bool take_item(void *context, const struct multistatus_item *item)
{
	struct carrier_answer *answer = context;
	char name[WIRE_NAME_SIZE];
	if (!*item->href) {
		return true;
	}
	multistatus_name(item->href, name, sizeof(name));
	if (answer->count >= SHARE_NAMES_MAX) {
		answer->foreign++;
		return true;
	}
	return carrier_list(answer, name, item->status != 200);
}

static void take_list(struct dav *dav, struct fetch_result *result, struct carrier_answer *answer, struct err *err)
{
	static const enum carrier_outcome outcomes[] = {[DAVLIST_DONE] = CARRIER_DONE,
							[DAVLIST_MORE] = CARRIER_MORE,
							[DAVLIST_ANEW] = CARRIER_MORE,
							[DAVLIST_FAILED] = CARRIER_FAILED};
	enum davlist_outcome outcome = davlist_take(&dav->list, result, take_item, answer, &answer->is_whole, err);
	if (outcome == DAVLIST_ANEW) {
		carrier_answer_finish(answer);
	}
	answer->outcome = outcomes[outcome];
}

/* One object that the server does not hand out must not keep the others back. */
static bool is_spoilt(const struct dav *dav, const struct fetch_result *result)
{
	return dav->op == CARRIER_GET &&
	       (result->failure == FETCH_FAILURE_TOO_LARGE || davlist_is_about_question(result));
}

static void take_refusal(struct dav *dav, const struct fetch_result *result, struct carrier_answer *answer)
{
	bool is_missing = result->http_status == 404 || result->http_status == 410 ||
			  (result->http_status == 409 && dav->op == CARRIER_PUT);
	dav->is_basic = dav->is_basic && result->http_status != 401;
	answer->outcome = CARRIER_FAILED;
	answer->retry_after_s = result->retry_after_s;
	if (dav->op == CARRIER_LIST) {
		bool goes_on = davlist_can_ask_otherwise(&dav->list, result);
		answer->outcome = goes_on ? CARRIER_MORE : CARRIER_FAILED;
	} else if (is_missing) {
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
	if (dav->op == CARRIER_LIST) {
		take_list(dav, result, answer, err);
	} else {
		answer->body = result->body;
		answer->length = result->body_length;
		result->body = NULL;
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
	if (dav->op == CARRIER_LIST && !davlist_count(&dav->list, answer->outcome == CARRIER_MORE, err)) {
		carrier_answer_finish(answer);
		answer->outcome = CARRIER_FAILED;
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
