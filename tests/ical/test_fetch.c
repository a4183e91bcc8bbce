/* The fetcher against a real TLS server that does everything wrong that a server can do. Each case has a path of
 * https_server.py, the result that the fetcher must return, and words of the sentence that it reports. No sentence may
 * hold anything of the address. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dlfcn.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "ical/fetch.h"
#include "fetch_cases.h"
#include "https.h"

#define CANARY "s3cret-canary"
#define HANGING_HOST "hangs.test"

/* A name look-up that never ends, as a dead DNS server makes it. */

static pthread_mutex_t dns_mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t dns_freed = PTHREAD_COND_INITIALIZER;
static bool dns_is_free;

int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **out)
{
	int (*real)(const char *, const char *, const struct addrinfo *, struct addrinfo **) = NULL;
	*(void **)&real = dlsym(RTLD_NEXT, "getaddrinfo");
	if (node && strcmp(node, HANGING_HOST) == 0) {
		pthread_mutex_lock(&dns_mutex);
		while (!dns_is_free) {
			pthread_cond_wait(&dns_freed, &dns_mutex);
		}
		pthread_mutex_unlock(&dns_mutex);
		return EAI_AGAIN;
	}
	return real(node, service, hints, out);
}

static void free_dns(void)
{
	pthread_mutex_lock(&dns_mutex);
	dns_is_free = true;
	pthread_cond_broadcast(&dns_freed);
	pthread_mutex_unlock(&dns_mutex);
}

static const struct fetch_limits patient = {2 << 20, 20000, 20000, 1, 20, 4 << 20, 0};
static const struct fetch_limits hasty = {2 << 20, 300, 300, 1, 20, 4 << 20, 0};

static bool must_wait_out(const char *words)
{
	return strcmp(words, "in time") == 0;
}

static void assert_secret_is_kept(const struct err *err, const char *url)
{
	const char *const secrets[] = {CANARY, "localhost", "127.0.0.1", HANGING_HOST, url};
	for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++) {
		if (strstr(err->text, secrets[i])) {
			fail_msg("\"%s\" gives away the address %s", err->text, url);
		}
	}
}

static struct fetch_request request_for(const char *url)
{
	return (struct fetch_request){.url = url, .ca_file = https.ca_file};
}

static void check_case(struct fetch *fetch, const struct fetch_case *c)
{
	char path[128], url[HTTPS_URL_MAX];
	snprintf(path, sizeof(path), "%s?key=" CANARY, c->path);
	struct fetch_request request = request_for(https_url(&https, c->listener, path, url));
	struct fetch_result result;
	struct err err = {""};
	fetch_set_limits(fetch, must_wait_out(c->words) ? &hasty : &patient);
	enum fetch_outcome outcome = fetch_get(fetch, &request, NULL, &result, &err);
	if (outcome != c->outcome || result.outcome != outcome || result.failure != c->failure ||
	    (result.http_status != c->status && !must_wait_out(c->words)) || !strstr(err.text, c->words)) {
		fail_msg("%s %s: outcome %d, failure %d, status %ld, \"%s\"", c->listener, c->path, (int)outcome,
			 (int)result.failure, result.http_status, err.text);
	}
	assert_int_equal(result.retry_after_s, c->retry_after_s);
	assert_non_null(result.etag);
	assert_non_null(result.last_modified);
	if (c->body) {
		assert_int_equal(result.body_length, strlen(c->body));
		assert_string_equal(result.body, c->body);
	}
	assert_true((result.body != NULL) == (outcome == FETCH_NEW));
	assert_secret_is_kept(&err, url);
	fetch_result_finish(&result);
}

static void test_cases(void **state)
{
	(void)state;
	/* What the environment says about proxies and keys must not matter. */
	setenv("https_proxy", "http://127.0.0.1:1", 1);
	setenv("ALL_PROXY", "http://127.0.0.1:1", 1);
	struct fetch *fetch = fetch_create(NULL);
	assert_non_null(fetch);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		check_case(fetch, &cases[i]);
	}
	fetch_destroy(fetch);
	unsetenv("https_proxy");
	unsetenv("ALL_PROXY");
}

/* Whatever byte an answer ends after, it is either whole or refused. */
static void test_closed_at_every_byte(void **state)
{
	(void)state;
	struct fetch *fetch = fetch_create(NULL);
	struct err err;
	size_t whole = 0;
	for (int at = 0; at < 300 && whole == 0; at++) {
		char path[32], url[HTTPS_URL_MAX];
		snprintf(path, sizeof(path), "/cut/%d", at);
		struct fetch_request request = request_for(https_url(&https, "good", path, url));
		struct fetch_result result;
		if (fetch_get(fetch, &request, NULL, &result, &err) == FETCH_NEW) {
			assert_string_equal(result.body, calendar);
			assert_string_equal(result.etag, "\"cut\"");
			whole = (size_t)at;
		} else {
			assert_int_equal(result.failure, FETCH_FAILURE_NO_CONTACT);
		}
		fetch_result_finish(&result);
	}
	assert_true(whole > sizeof(calendar));
	fetch_destroy(fetch);
}

/* An older OpenSSL takes a connection that is closed without a farewell for an end, a newer one for a fault. Both
 * answers are right, because the reader sees whether a calendar is whole. */
static void test_closed_without_farewell(void **state)
{
	(void)state;
	struct fetch *fetch = fetch_create(NULL);
	char url[HTTPS_URL_MAX];
	struct fetch_request request = request_for(https_url(&https, "good", "/open_end_abrupt", url));
	struct fetch_result result;
	struct err err;
	if (fetch_get(fetch, &request, NULL, &result, &err) == FETCH_NEW) {
		assert_string_equal(result.body, calendar);
	} else {
		assert_int_equal(result.failure, FETCH_FAILURE_NO_CONTACT);
		assert_string_equal(err.text, "the answer was cut off");
	}
	fetch_result_finish(&result);
	fetch_destroy(fetch);
}

static void test_trickle_is_given_up(void **state)
{
	(void)state;
	const char *const paths[] = {"/trickle", "/trickle_head"};
	const struct fetch_limits limits = {2 << 20, 20000, 60000, 5000, 1, 4 << 20, 0};
	struct fetch *fetch = fetch_create(NULL);
	fetch_set_limits(fetch, &limits);
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		char url[HTTPS_URL_MAX];
		struct fetch_request request = request_for(https_url(&https, "good", paths[i], url));
		struct fetch_result result;
		struct err err;
		assert_int_equal(fetch_get(fetch, &request, NULL, &result, &err), FETCH_FAILED);
		assert_string_equal(err.text, "the server did not answer in time");
		fetch_result_finish(&result);
	}
	fetch_destroy(fetch);
}

/* The real cap, on the wire and behind compression, and without being set. A busy machine may take longer for as much
 * than a feed may. */
static void test_body_cap(void **state)
{
	(void)state;
	static const struct {
		const char *path;
		bool is_patient;
	} rows[] = {{"/big/200", true}, {"/bomb/200", true}, {"/bomb/200", false}};
	const struct fetch_limits limits = {FETCH_BODY_MAX, 600000, 600000, 1, 600, FETCH_HELD_MAX, 0};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct fetch *fetch = fetch_create(NULL);
		if (rows[i].is_patient) {
			fetch_set_limits(fetch, &limits);
		}
		char url[HTTPS_URL_MAX];
		struct fetch_request request = request_for(https_url(&https, "good", rows[i].path, url));
		struct fetch_result result;
		struct err err;
		assert_int_equal(fetch_get(fetch, &request, NULL, &result, &err), FETCH_FAILED);
		if (rows[i].is_patient || strcmp(err.text, "the server did not answer in time") != 0) {
			assert_int_equal(result.failure, FETCH_FAILURE_TOO_LARGE);
			assert_string_equal(err.text, "the answer is larger than the limit (131072 KiB)");
		}
		fetch_result_finish(&result);
		fetch_destroy(fetch);
	}
}

/* Fetches twice, the second time with the validators of the first. */
static void check_conditional(const char *path, const char *etag, const char *last_modified)
{
	struct fetch *fetch = fetch_create(NULL);
	char url[HTTPS_URL_MAX];
	struct fetch_request request = request_for(https_url(&https, "good", path, url));
	struct fetch_result first, second;
	struct err err;
	assert_int_equal(fetch_get(fetch, &request, NULL, &first, &err), FETCH_NEW);
	assert_string_equal(first.etag, etag);
	assert_string_equal(first.last_modified, last_modified);
	request.etag = first.etag;
	request.last_modified = first.last_modified;
	assert_int_equal(fetch_get(fetch, &request, NULL, &second, &err), FETCH_NOT_MODIFIED);
	assert_int_equal(second.http_status, 304);
	fetch_result_finish(&second);
	request.etag = "\"another\"\r\nX-Smuggled: yes"; /* from a damaged cache */
	request.last_modified = "";
	assert_int_equal(fetch_get(fetch, &request, NULL, &second, &err), FETCH_NEW);
	fetch_result_finish(&second);
	fetch_result_finish(&first);
	fetch_destroy(fetch);
}

static void test_conditional(void **state)
{
	(void)state;
	check_conditional("/ok", "\"v1\"", "Mon, 23 Nov 2026 09:00:00 GMT");
	check_conditional("/dated", "", "Mon, 23 Nov 2026 09:00:00 GMT");
	check_conditional("/redirect/2", "\"v1\"", "Mon, 23 Nov 2026 09:00:00 GMT");
}

static void test_request_headers(void **state)
{
	(void)state;
	struct fetch *fetch = fetch_create(NULL);
	char url[HTTPS_URL_MAX];
	struct fetch_request request = request_for(https_url(&https, "good", "/echo", url));
	struct fetch_result result;
	struct err err;
	request.etag = "W/\"x\"";
	request.last_modified = "Mon, 23 Nov 2026 09:00:00 GMT\nX-Smuggled: yes";
	assert_int_equal(fetch_get(fetch, &request, NULL, &result, &err), FETCH_NEW);
	assert_non_null(strstr(result.body, "accept-encoding: gzip, deflate\n"));
	assert_non_null(strstr(result.body, "accept: text/calendar"));
	assert_non_null(strstr(result.body, "if-none-match: W/\"x\"\n"));
	assert_non_null(strstr(result.body, "user-agent: satellitkiosk/"));
	assert_null(strstr(result.body, "smuggled"));
	assert_null(strstr(result.body, "if-modified-since"));
	assert_null(strstr(result.body, "cookie"));
	fetch_result_finish(&result);
	fetch_destroy(fetch);
}

static void test_longest_validator(void **state)
{
	(void)state;
	struct fetch *fetch = fetch_create(NULL);
	for (size_t length = FETCH_VALIDATOR_MAX; length <= FETCH_VALIDATOR_MAX + 1; length++) {
		char path[32], url[HTTPS_URL_MAX];
		snprintf(path, sizeof(path), "/etag_of/%zu", length);
		struct fetch_request request = request_for(https_url(&https, "good", path, url));
		struct fetch_result result;
		struct err err;
		assert_int_equal(fetch_get(fetch, &request, NULL, &result, &err), FETCH_NEW);
		assert_int_equal(strlen(result.etag), length <= FETCH_VALIDATOR_MAX ? length : 0);
		fetch_result_finish(&result);
	}
	fetch_destroy(fetch);
}

static void test_odd_answers(void **state)
{
	(void)state;
	struct fetch *fetch = fetch_create(NULL);
	char url[HTTPS_URL_MAX];
	struct fetch_request request = request_for(https_url(&https, "good", "/long_validators", url));
	struct fetch_result result;
	struct err err;
	assert_int_equal(fetch_get(fetch, &request, NULL, &result, &err), FETCH_NEW);
	assert_string_equal(result.etag, "");
	assert_string_equal(result.last_modified, "");
	fetch_result_finish(&result);
	request.url = https_url(&https, "good", "/nul", url);
	assert_int_equal(fetch_get(fetch, &request, NULL, &result, &err), FETCH_NEW);
	assert_int_equal(result.body_length, 9);
	assert_memory_equal(result.body, "BEGIN\0END", 10);
	fetch_result_finish(&result);
	request.url = https_url(&https, "good", "/retry_own_date", url);
	assert_int_equal(fetch_get(fetch, &request, NULL, &result, &err), FETCH_FAILED);
	assert_in_range(result.retry_after_s, 3000, 3600);
	fetch_result_finish(&result);
	fetch_destroy(fetch);
}

static void test_addresses_that_are_none(void **state)
{
	(void)state;
	const char *const urls[] = {"http://localhost/" CANARY, "file:///etc/" CANARY, "", CANARY, "https://",
				    "https://[" CANARY,         "HTTPS ://" CANARY};
	struct fetch *fetch = fetch_create(NULL);
	for (size_t i = 0; i < sizeof(urls) / sizeof(urls[0]); i++) {
		struct fetch_request request = request_for(urls[i]);
		struct fetch_result result;
		struct err err;
		assert_int_equal(fetch_get(fetch, &request, NULL, &result, &err), FETCH_FAILED);
		assert_int_equal(result.failure, FETCH_FAILURE_SETUP);
		assert_null(strstr(err.text, CANARY));
		fetch_result_finish(&result);
	}
	fetch_destroy(fetch);
}

static void test_system_certificates_are_the_default(void **state)
{
	(void)state;
	struct fetch *fetch = fetch_create(NULL);
	char url[HTTPS_URL_MAX];
	struct fetch_request request = {.url = https_url(&https, "good", "/ok", url)};
	struct fetch_result result;
	struct err err;
	assert_int_equal(fetch_get(fetch, &request, NULL, &result, &err), FETCH_FAILED);
	assert_int_equal(result.failure, FETCH_FAILURE_NO_CONTACT);
	fetch_result_finish(&result);
	request.ca_file = "/nonexistent/ca.pem";
	assert_int_equal(fetch_get(fetch, &request, NULL, &result, &err), FETCH_FAILED);
	assert_int_equal(result.failure, FETCH_FAILURE_SETUP);
	assert_string_equal(err.text, "the certificate file cannot be read");
	fetch_result_finish(&result);
	fetch_destroy(fetch);
}

static void test_nobody_listens(void **state)
{
	(void)state;
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t length = sizeof(address);
	assert_int_equal(bind(listener, (struct sockaddr *)&address, length), 0); /* bound, but not listening */
	assert_int_equal(getsockname(listener, (struct sockaddr *)&address, &length), 0);
	char url[HTTPS_URL_MAX];
	snprintf(url, sizeof(url), "https://localhost:%d/" CANARY, ntohs(address.sin_port));
	struct fetch *fetch = fetch_create(NULL);
	struct fetch_request request = request_for(url);
	struct fetch_result result;
	struct err err;
	assert_int_equal(fetch_get(fetch, &request, NULL, &result, &err), FETCH_FAILED);
	assert_string_equal(err.text, "the server could not be reached");
	fetch_result_finish(&result);
	fetch_destroy(fetch);
	close(listener);
}

/* Being woken. */

struct waker {
	int calls, stop_at;
};

static bool on_wake(void *context)
{
	struct waker *waker = context;
	waker->calls++;
	return waker->calls != waker->stop_at; /* not drained: called again in the next turn */
}

static void check_stopped(const char *url)
{
	struct fetch *fetch = fetch_create(NULL);
	struct waker waker = {.stop_at = 3};
	struct wait wait = {.wake_fd = eventfd(1, EFD_CLOEXEC), .on_wake = on_wake, .context = &waker};
	struct fetch_request request = request_for(url);
	struct fetch_result result;
	struct err err;
	assert_int_equal(fetch_get(fetch, &request, &wait, &result, &err), FETCH_STOPPED);
	assert_int_equal(waker.calls, 3);
	fetch_result_finish(&result);
	fetch_destroy(fetch); /* does not wait for the name look-up either */
	close(wait.wake_fd);
}

/* With the real limits of 10 s and 60 s: that these tests end at once is the point. */
static void test_stops_while_waiting(void **state)
{
	(void)state;
	const char *const places[][2] = {{"good", "/stall_head"}, {"good", "/stall_body"}, {"silent", "/ok"}};
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		char url[HTTPS_URL_MAX];
		check_stopped(https_url(&https, places[i][0], places[i][1], url));
	}
	check_stopped("https://" HANGING_HOST "/" CANARY);
}

static void test_dead_dns_ends(void **state)
{
	(void)state;
	struct fetch *fetch = fetch_create(NULL);
	struct fetch_request request = request_for("https://" HANGING_HOST "/" CANARY);
	struct fetch_result result;
	struct err err;
	fetch_set_limits(fetch, &hasty);
	assert_int_equal(fetch_get(fetch, &request, NULL, &result, &err), FETCH_FAILED);
	assert_string_equal(err.text, "the server did not answer in time");
	fetch_result_finish(&result);
	fetch_destroy(fetch);
}

static void test_wake_goes_on(void **state)
{
	(void)state;
	struct fetch *fetch = fetch_create(NULL);
	struct waker waker = {.stop_at = -1};
	struct wait wait = {.wake_fd = eventfd(1, EFD_CLOEXEC), .on_wake = on_wake, .context = &waker};
	char url[HTTPS_URL_MAX];
	struct fetch_request request = request_for(https_url(&https, "good", "/chunked", url));
	struct fetch_result result;
	struct err err;
	assert_int_equal(fetch_get(fetch, &request, &wait, &result, &err), FETCH_NEW);
	assert_string_equal(result.body, calendar);
	assert_true(waker.calls > 0);
	fetch_result_finish(&result);
	fetch_destroy(fetch);
	close(wait.wake_fd);
}

/* Waits for one of several transfers, as a program does that serves other things, too. */
static void drive_until_done(struct fetch *fetch, const struct fetch_transfer *transfer)
{
	while (!fetch_is_done(transfer)) {
		struct pollfd watch = {.fd = fetch_fd(fetch), .events = POLLIN};
		assert_true(poll(&watch, 1, 60 * 1000) > 0);
		fetch_drive(fetch);
	}
}

/* With the real limits: that the healthy one ends while the others still stall is the point. */
static void test_stalled_fetches_delay_nobody(void **state)
{
	(void)state;
	enum { STALLED = 64 };
	static const char *const places[][2] = {{"good", "/stall_head"}, {"good", "/stall_body"}, {"silent", "/ok"}};
	struct fetch *fetch = fetch_create(NULL);
	struct fetch_transfer *stalled[STALLED];
	struct fetch_result result;
	struct err err;
	for (size_t i = 0; i < STALLED; i++) {
		char url[HTTPS_URL_MAX];
		struct fetch_request request = request_for(https_url(&https, places[i % 3][0], places[i % 3][1], url));
		stalled[i] = fetch_begin(fetch, &request);
		assert_non_null(stalled[i]);
	}
	for (int round = 0; round < 3; round++) {
		char url[HTTPS_URL_MAX];
		struct fetch_request request = request_for(https_url(&https, "good", "/ok", url));
		struct fetch_transfer *healthy = fetch_begin(fetch, &request);
		drive_until_done(fetch, healthy);
		assert_int_equal(fetch_end(healthy, &result, &err), FETCH_NEW);
		assert_string_equal(result.body, calendar);
		fetch_result_finish(&result);
	}
	for (size_t i = 0; i < STALLED; i++) {
		assert_false(fetch_is_done(stalled[i]));
		assert_int_equal(fetch_end(stalled[i], &result, &err), FETCH_STOPPED);
		fetch_result_finish(&result);
	}
	fetch_destroy(fetch);
}

/* Feeds of one server come one after the other over one connection, and those of another do not wait for them. */
static void test_one_connection_a_server(void **state)
{
	(void)state;
	enum { FEEDS = 8 };
	const struct fetch_limits limits = {1 << 20, 60000, 60000, 1, 60, 8 << 20, 60000};
	struct fetch *fetch = fetch_create(NULL);
	struct fetch_transfer *transfers[FEEDS], *stalled = NULL, *broken_off = NULL;
	struct fetch_result result;
	struct err err;
	char url[HTTPS_URL_MAX], tag[16] = "";
	fetch_set_limits(fetch, &limits);
	struct fetch_request request = request_for(https_url(&https, "silent", "/ok", url));
	stalled = fetch_begin(fetch, &request);
	broken_off = fetch_begin(fetch, &request);
	request = request_for(https_url(&https, "good", "/kept", url));
	for (size_t i = 0; i < FEEDS; i++) {
		transfers[i] = fetch_begin(fetch, &request);
	}
	drive_until_done(fetch, transfers[FEEDS - 1]);
	for (size_t i = 0; i < FEEDS; i++) {
		assert_int_equal(fetch_end(transfers[i], &result, &err), FETCH_NEW);
		if (i == 0) {
			snprintf(tag, sizeof(tag), "%s", result.etag);
		}
		assert_string_equal(result.etag, tag);
		fetch_result_finish(&result);
	}
	assert_int_equal(fetch_end(broken_off, &result, &err), FETCH_STOPPED); /* before its turn came */
	fetch_result_finish(&result);
	assert_int_equal(fetch_end(stalled, &result, &err), FETCH_STOPPED);
	fetch_result_finish(&result);
	fetch_destroy(fetch);
}

/* Answers that wait to be taken count, and the one that no longer fits says so; afterwards there is room again. */
static void test_answers_share_their_memory(void **state)
{
	(void)state;
	const struct fetch_limits limits = {2 << 20, 20000, 20000, 1, 20, 3 << 20, 0};
	struct fetch *fetch = fetch_create(NULL);
	struct fetch_transfer *transfers[4];
	struct fetch_result result;
	struct err err;
	char url[HTTPS_URL_MAX];
	struct fetch_request request = request_for(https_url(&https, "good", "/big/1", url));
	fetch_set_limits(fetch, &limits);
	for (size_t i = 0; i < 4; i++) {
		transfers[i] = fetch_begin(fetch, &request);
		drive_until_done(fetch, transfers[i]);
	}
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(fetch_end(transfers[i], &result, &err), i < 3 ? FETCH_NEW : FETCH_FAILED);
		assert_int_equal(result.failure, i < 3 ? FETCH_FAILURE_NONE : FETCH_FAILURE_TOO_LARGE);
		assert_true(i < 3 || strstr(err.text, "together larger than the limit (3072 KiB)"));
		fetch_result_finish(&result);
	}
	assert_int_equal(fetch_get(fetch, &request, NULL, &result, &err), FETCH_NEW);
	fetch_result_finish(&result);
	fetch_destroy(fetch);
}

static int stop_server(void **state)
{
	free_dns();
	return https_tear_down(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_closed_at_every_byte),
		cmocka_unit_test(test_closed_without_farewell),
		cmocka_unit_test(test_trickle_is_given_up),
		cmocka_unit_test(test_body_cap),
		cmocka_unit_test(test_conditional),
		cmocka_unit_test(test_request_headers),
		cmocka_unit_test(test_longest_validator),
		cmocka_unit_test(test_odd_answers),
		cmocka_unit_test(test_addresses_that_are_none),
		cmocka_unit_test(test_system_certificates_are_the_default),
		cmocka_unit_test(test_nobody_listens),
		cmocka_unit_test(test_stops_while_waiting),
		cmocka_unit_test(test_dead_dns_ends),
		cmocka_unit_test(test_wake_goes_on),
		cmocka_unit_test(test_stalled_fetches_delay_nobody),
		cmocka_unit_test(test_one_connection_a_server),
		cmocka_unit_test(test_answers_share_their_memory),
	};
	return cmocka_run_group_tests(tests, https_set_up, stop_server);
}
