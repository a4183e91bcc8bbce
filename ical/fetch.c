/* See fetch.h. Each fetch is a transfer of its own. A driver runs all of them on one descriptor and keeps their
 * connections. The feeds of one server are fetched in turn, so that they share a connection; when one of them takes
 * long, the others no longer wait for it. */
#include "fetch.h"

#include "driver.h"
#include "sum.h"
#include "transfer.h"

#include <assert.h>
#include <curl/curl.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <unistd.h>

enum { TURN_TICKS = 2 /* the timer's ticks after which a transfer takes long; the first one may come early */ };

struct fetch {
	struct driver *driver;
	struct fetch_limits limits;
	struct fetch_transfer *transfers; /* begun and not ended, in that order */
	size_t held;                      /* bytes of their bodies */
	int turn_timer;                   /* ticks while a transfer waits for its turn */
	bool is_ticking;
};

struct fetch_transfer {
	struct fetch *fetch;
	struct fetch_transfer *next;
	struct transfer *running; /* NULL: done */
	uint64_t server;          /* a sum over the server and the proxy */
	bool takes_turns, is_waiting;
	int ticks; /* of the timer, since it was started */
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
	if (!transfer->is_waiting) {
		driver_remove(fetch->driver, transfer_handle(transfer->running));
	}
	transfer->is_waiting = false;
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
	fetch->limits = (struct fetch_limits){FETCH_BODY_MAX, FETCH_CONNECT_MS, FETCH_TOTAL_MS, FETCH_SLOW_BYTES,
					      FETCH_SLOW_S,   FETCH_HELD_MAX,   FETCH_TURN_MS};
	fetch->driver = driver_create(on_end, err);
	fetch->turn_timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
	if (!fetch->driver || fetch->turn_timer < 0 || !driver_watch(fetch->driver, fetch->turn_timer)) {
		if (fetch->driver) {
			err_set(err, "out of memory or descriptors");
		}
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
	if (fetch->turn_timer >= 0) {
		close(fetch->turn_timer);
	}
	free(fetch);
	curl_global_cleanup();
}

void fetch_set_limits(struct fetch *fetch, const struct fetch_limits *limits)
{
	fetch->limits = *limits;
}

/* Sums up what a connection leads to. Letters of another case are another server here, which costs no more than a
 * connection. */
static uint64_t server_of(const struct fetch_request *request)
{
	const char *mark = strstr(request->url, "://");
	const char *host = mark ? mark + 3 : request->url;
	uint64_t sum = sum_bytes(sum_start(), host, strcspn(host, "/?#"));
	return sum_text(sum, request->proxy ? request->proxy : "");
}

/* Returns whether a transfer need not wait: its server is asked nothing else, or is too slow to be waited for. */
static bool may_start(const struct fetch_transfer *transfer)
{
	bool is_busy = false;
	if (transfer->fetch->limits.turn_ms == 0) {
		return true;
	}
	for (const struct fetch_transfer *other = transfer->fetch->transfers; other; other = other->next) {
		bool is_before = other != transfer && other->running && !other->is_waiting && other->takes_turns &&
				 other->server == transfer->server;
		if (is_before && other->ticks >= TURN_TICKS) {
			return true;
		}
		is_busy = is_busy || is_before;
	}
	return !is_busy;
}

static void start(struct fetch_transfer *transfer)
{
	transfer->is_waiting = false;
	if (!driver_add(transfer->fetch->driver, transfer_handle(transfer->running))) {
		transfer_destroy(transfer->running);
		transfer->running = NULL;
		err_set(&transfer->err, "out of memory");
	}
}

static void set_ticking(struct fetch *fetch, bool is_ticking)
{
	const long tick_ms = is_ticking ? fetch->limits.turn_ms / TURN_TICKS : 0;
	const struct timespec tick = {tick_ms / 1000, tick_ms % 1000 * 1000000};
	const struct itimerspec spec = {tick, tick};
	if (fetch->is_ticking != is_ticking) {
		timerfd_settime(fetch->turn_timer, 0, &spec, NULL);
		fetch->is_ticking = is_ticking;
	}
}

static void start_those_whose_turn_it_is(struct fetch *fetch)
{
	bool is_any_waiting = false;
	for (struct fetch_transfer *transfer = fetch->transfers; transfer; transfer = transfer->next) {
		if (transfer->is_waiting && may_start(transfer)) {
			start(transfer);
		}
		is_any_waiting = is_any_waiting || transfer->is_waiting;
	}
	set_ticking(fetch, is_any_waiting);
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
	transfer->server = server_of(request);
	transfer->takes_turns = request->method == FETCH_GET;
	transfer->running = transfer_create(request, &fetch->limits, &fetch->held, transfer, &transfer->err);
	struct fetch_transfer **end = &fetch->transfers;
	while (*end) {
		end = &(*end)->next;
	}
	*end = transfer;
	if (transfer->running && transfer->takes_turns) {
		transfer->is_waiting = true;
		start_those_whose_turn_it_is(fetch);
	} else if (transfer->running) {
		start(transfer);
	}
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

static void count_ticks(struct fetch *fetch)
{
	uint64_t ticks = 0;
	if (read(fetch->turn_timer, &ticks, sizeof(ticks)) == (ssize_t)sizeof(ticks)) {
		for (struct fetch_transfer *transfer = fetch->transfers; transfer; transfer = transfer->next) {
			transfer->ticks += !transfer->is_waiting && transfer->ticks < TURN_TICKS;
		}
	}
}

void fetch_drive(struct fetch *fetch)
{
	bool ok = driver_run(fetch->driver);
	for (struct fetch_transfer *transfer = fetch->transfers; transfer && !ok; transfer = transfer->next) {
		if (transfer->running) {
			on_end(transfer, CURLE_OUT_OF_MEMORY);
		}
	}
	count_ticks(fetch);
	start_those_whose_turn_it_is(fetch);
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
		if (!transfer->is_waiting) {
			driver_remove(fetch->driver, transfer_handle(transfer->running));
		}
		transfer_destroy(transfer->running);
		transfer->result.outcome = FETCH_STOPPED;
		transfer->result.failure = FETCH_FAILURE_NONE;
		err_set(&transfer->err, "stopped");
	}
	fetch->held -= transfer->result.body_length;
	*out_result = transfer->result;
	*err = transfer->err;
	free(transfer);
	start_those_whose_turn_it_is(fetch);
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
