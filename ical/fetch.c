/* See fetch.h. Each fetch is a transfer of its own. A driver runs all of them on one descriptor and keeps their
 * connections. */
#include "fetch.h"

#include "driver.h"
#include "transfer.h"

#include <assert.h>
#include <curl/curl.h>
#include <poll.h>
#include <stdlib.h>

struct fetch {
	struct driver *driver;
	struct fetch_limits limits;
	struct fetch_transfer *transfers; /* begun and not ended */
	size_t held;                      /* bytes of their bodies */
};

struct fetch_transfer {
	struct fetch *fetch;
	struct fetch_transfer *next;
	struct transfer *running; /* NULL: done */
	struct fetch_result result;
	struct err err;
};

/* libcurl would write the keys of every connection to the file that this variable names. libcurl reads it once, when it
 * starts; at that time no other thread exists that could be reading the environment. */
static void ignore_key_log(void)
{
	if (getenv("SSLKEYLOGFILE")) {
		unsetenv("SSLKEYLOGFILE");
	}
}

/* Records that the transfer has ended. Its result waits for fetch_end. */
static void on_end(void *private, int code)
{
	struct fetch_transfer *transfer = private;
	struct fetch *fetch = transfer->fetch;
	transfer_conclude(transfer->running, code, &transfer->result, &transfer->err);
	driver_remove(fetch->driver, transfer_handle(transfer->running));
	transfer_destroy(transfer->running);
	transfer->running = NULL;
	fetch->held += transfer->result.body_length;
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
	fetch->limits = (struct fetch_limits){FETCH_BODY_MAX,   FETCH_CONNECT_MS, FETCH_TOTAL_MS,
					      FETCH_SLOW_BYTES, FETCH_SLOW_S,     FETCH_HELD_MAX};
	fetch->driver = driver_create(on_end, err);
	if (!fetch->driver) {
		fetch_destroy(fetch);
		return NULL;
	}
	return fetch;
}

void fetch_destroy(struct fetch *fetch)
{
	if (!fetch) {
		return;
	}
	assert(!fetch->transfers);
	driver_destroy(fetch->driver);
	free(fetch);
	curl_global_cleanup();
}

void fetch_set_limits(struct fetch *fetch, const struct fetch_limits *limits)
{
	fetch->limits = *limits;
}

struct fetch_transfer *fetch_begin(struct fetch *fetch, const struct fetch_request *request)
{
	assert(request->url);
	struct fetch_transfer *transfer = calloc(1, sizeof(*transfer));
	if (!transfer) {
		return NULL;
	}
	transfer->fetch = fetch;
	transfer->result = (struct fetch_result){.outcome = FETCH_FAILED, .failure = FETCH_FAILURE_SETUP};
	transfer->running = transfer_create(request, &fetch->limits, &fetch->held, transfer, &transfer->err);
	if (transfer->running && !driver_add(fetch->driver, transfer_handle(transfer->running))) {
		transfer_destroy(transfer->running);
		transfer->running = NULL;
		err_set(&transfer->err, "out of memory");
	}
	transfer->next = fetch->transfers;
	fetch->transfers = transfer;
	return transfer;
}

bool fetch_is_done(const struct fetch_transfer *transfer)
{
	return !transfer->running;
}

int fetch_fd(const struct fetch *fetch)
{
	return driver_fd(fetch->driver);
}

void fetch_drive(struct fetch *fetch)
{
	bool ok = driver_run(fetch->driver);
	for (struct fetch_transfer *transfer = fetch->transfers; transfer && !ok; transfer = transfer->next) {
		if (transfer->running) {
			on_end(transfer, CURLE_OUT_OF_MEMORY);
		}
	}
}

enum fetch_outcome fetch_end(struct fetch_transfer *transfer, struct fetch_result *out_result, struct err *err)
{
	struct fetch *fetch = transfer->fetch;
	struct fetch_transfer **link = &fetch->transfers;
	while (*link != transfer) {
		link = &(*link)->next;
	}
	*link = transfer->next;
	if (transfer->running) {
		driver_remove(fetch->driver, transfer_handle(transfer->running));
		transfer_destroy(transfer->running);
		transfer->result.outcome = FETCH_STOPPED;
		transfer->result.failure = FETCH_FAILURE_NONE;
		err_set(&transfer->err, "stopped");
	}
	fetch->held -= transfer->result.body_length;
	*out_result = transfer->result;
	*err = transfer->err;
	free(transfer);
	return out_result->outcome;
}

/* Returns false when on_wake wants to stop. */
static bool wait_for(const struct fetch *fetch, const struct wait *wait)
{
	struct pollfd watch[] = {{.fd = fetch_fd(fetch), .events = POLLIN},
				 {.fd = wait ? wait->wake_fd : -1, .events = POLLIN}};
	if (poll(watch, 2, -1) < 0) {
		return true; /* a signal */
	}
	return !watch[1].revents || wait->on_wake(wait->context);
}

enum fetch_outcome fetch_get(struct fetch *fetch, const struct fetch_request *request, const struct wait *wait,
			     struct fetch_result *out_result, struct err *err)
{
	struct fetch_transfer *transfer = fetch_begin(fetch, request);
	if (!transfer) {
		*out_result = (struct fetch_result){.outcome = FETCH_FAILED, .failure = FETCH_FAILURE_SETUP};
		err_set(err, "out of memory");
		return FETCH_FAILED;
	}
	while (!fetch_is_done(transfer) && wait_for(fetch, wait)) {
		fetch_drive(fetch);
	}
	return fetch_end(transfer, out_result, err);
}
