/* See fetch.h. One transfer at a time runs on a multi handle, which keeps the connections, so that a descriptor of the
 * caller's can be served meanwhile. */
#include "fetch.h"

#include "quietpipe.h"
#include "transfer.h"

#include <assert.h>
#include <curl/curl.h>
#include <stdbool.h>
#include <stdlib.h>

enum { POLL_MAX_MS = 60 * 1000 };

struct fetch {
	CURLM *multi;
	struct fetch_limits limits;
};

/* libcurl would write the keys of every connection to the file that this names. It reads it once, when it starts; no
 * thread of ours is there yet that could be reading the environment. */
static void ignore_key_log(void)
{
	if (getenv("SSLKEYLOGFILE")) {
		unsetenv("SSLKEYLOGFILE");
	}
}

struct fetch *fetch_create(struct err *err)
{
	ignore_key_log();
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
		err_set(err, "the network library could not be started");
		return NULL;
	}
	struct fetch *fetch = calloc(1, sizeof(*fetch));
	if (!fetch) {
		curl_global_cleanup();
		err_set(err, "out of memory");
		return NULL;
	}
	fetch->limits =
		(struct fetch_limits){FETCH_BODY_MAX, FETCH_CONNECT_MS, FETCH_TOTAL_MS, FETCH_SLOW_BYTES, FETCH_SLOW_S};
	fetch->multi = curl_multi_init();
	if (!fetch->multi) {
		fetch_destroy(fetch);
		err_set(err, "out of memory");
		return NULL;
	}
	return fetch;
}

void fetch_destroy(struct fetch *fetch)
{
	if (!fetch) {
		return;
	}
	curl_multi_cleanup(fetch->multi);
	free(fetch);
	curl_global_cleanup();
}

void fetch_set_limits(struct fetch *fetch, const struct fetch_limits *limits)
{
	fetch->limits = *limits;
}

void fetch_result_finish(struct fetch_result *result)
{
	free(result->body);
	free(result->etag);
	free(result->last_modified);
	*result = (struct fetch_result){0};
}

static CURLcode finished_code(CURLM *multi)
{
	int left = 0;
	CURLMsg *message = NULL;
	CURLcode code = CURLE_OUT_OF_MEMORY;
	while ((message = curl_multi_info_read(multi, &left)) != NULL) {
		if (message->msg == CURLMSG_DONE) {
			code = message->data.result;
		}
	}
	return code;
}

/* Runs the transfer to its end. False: on_wake wants to stop. */
static bool run_transfer(CURLM *multi, const struct wait *wait, CURLcode *out_code)
{
	for (;;) {
		int running = 0;
		if (curl_multi_perform(multi, &running) != CURLM_OK) {
			*out_code = CURLE_OUT_OF_MEMORY;
			return true;
		}
		if (running == 0) {
			*out_code = finished_code(multi);
			return true;
		}
		struct curl_waitfd wake = {.fd = wait ? wait->wake_fd : -1, .events = CURL_WAIT_POLLIN};
		unsigned int extra = wake.fd >= 0 ? 1 : 0;
		if (curl_multi_poll(multi, extra ? &wake : NULL, extra, POLL_MAX_MS, NULL) != CURLM_OK) {
			*out_code = CURLE_OUT_OF_MEMORY;
			return true;
		}
		if (extra && wake.revents && !wait->on_wake(wait->context)) {
			return false;
		}
	}
}

static enum fetch_outcome perform(struct fetch *fetch, struct transfer *transfer, const struct wait *wait,
				  struct fetch_result *out_result, struct err *err)
{
	CURLcode code = CURLE_OUT_OF_MEMORY;
	struct quietpipe quiet; /* TLS libraries write to sockets without MSG_NOSIGNAL */
	quietpipe_begin(&quiet);
	bool is_added = curl_multi_add_handle(fetch->multi, transfer_handle(transfer)) == CURLM_OK;
	bool has_ended = !is_added || run_transfer(fetch->multi, wait, &code);
	if (has_ended) {
		transfer_conclude(transfer, (int)code, out_result, err);
	} else {
		out_result->outcome = FETCH_STOPPED;
		out_result->failure = FETCH_FAILURE_NONE;
		err_set(err, "stopped");
	}
	if (is_added) {
		curl_multi_remove_handle(fetch->multi, transfer_handle(transfer));
	}
	quietpipe_end(&quiet);
	return out_result->outcome;
}

enum fetch_outcome fetch_get(struct fetch *fetch, const struct fetch_request *request, const struct wait *wait,
			     struct fetch_result *out_result, struct err *err)
{
	assert(request->url);
	*out_result = (struct fetch_result){.outcome = FETCH_FAILED, .failure = FETCH_FAILURE_SETUP};
	struct transfer *transfer = transfer_create(request, &fetch->limits, err);
	if (transfer) {
		perform(fetch, transfer, wait, out_result, err);
	}
	transfer_destroy(transfer);
	return out_result->outcome;
}
