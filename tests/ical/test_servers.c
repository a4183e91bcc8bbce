/* Servers as they really behave: how Exchange Online and its like say no, signing in, cookies, proxies and encodings.
 * Each case is a path of https_server.py; no sentence may hold anything of an address or a password. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../ical/fetch.h"
#include "https.h"

#define CANARY "s3cret-canary"
#define USER "anna"
#define PASSWORD "hemligt:lösen" /* what https_server.py wants */

static const char calendar[] = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nEND:VCALENDAR\r\n";

/* Short enough for a test, long enough for a busy machine to answer in. */
static const struct fetch_limits patient = {2 << 20, 20000, 20000, 1, 20, 4 << 20, 0};

static void assert_secret_is_kept(const char *path, const struct err *err)
{
	static const char *const secrets[] = {CANARY,   "localhost", "127.0.0.1", ".invalid",
					      USER ":", PASSWORD,    "errorfe"};
	for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++) {
		if (strstr(err->text, secrets[i])) {
			fail_msg("%s: \"%s\" gives \"%s\" away", path, err->text, secrets[i]);
		}
	}
}

/* Fetches `path` with what else `request` says; the caller finishes the result. */
static void get(const char *path, struct fetch_request request, struct fetch_result *out, struct err *err)
{
	char url[HTTPS_URL_MAX], whole[128];
	struct fetch *fetch = fetch_create(NULL);
	assert_non_null(fetch);
	fetch_set_limits(fetch, &patient);
	snprintf(whole, sizeof(whole), "%s?key=" CANARY, path);
	request.url = https_url(&https, "good", whole, url);
	request.ca_file = https.ca_file;
	*err = (struct err){""};
	fetch_get(fetch, &request, NULL, out, err);
	assert_secret_is_kept(path, err);
	fetch_destroy(fetch);
}

static void assert_calendar(const char *path, struct fetch_request request)
{
	struct fetch_result result;
	struct err err;
	get(path, request, &result, &err);
	if (result.outcome != FETCH_NEW || strcmp(result.body, calendar) != 0) {
		fail_msg("%s: status %ld, \"%s\", body \"%.40s\"", path, result.http_status, err.text,
			 result.body ? result.body : "");
	}
	fetch_result_finish(&result);
}

static void assert_failure(const char *path, struct fetch_request request, enum fetch_failure failure,
			   const char *words)
{
	struct fetch_result result;
	struct err err;
	get(path, request, &result, &err);
	if (result.outcome != FETCH_FAILED || result.failure != failure || !strstr(err.text, words)) {
		fail_msg("%s: outcome %d, failure %d, status %ld, \"%s\", body \"%.40s\"", path, (int)result.outcome,
			 (int)result.failure, result.http_status, err.text, result.body ? result.body : "");
	}
	fetch_result_finish(&result);
}

static void test_refusals(void **state)
{
	(void)state;
	static const struct {
		const char *path;
		enum fetch_failure failure;
		const char *words;
	} cases[] = {
		/* no browser: Exchange Online's shapes */
		{"/gate/moved", FETCH_FAILURE_REFUSED, "user agent (OwaBasicUnsupportedException)"},
		{"/gate/loop", FETCH_FAILURE_REFUSED, "user agent (OwaBasicUnsupportedException)"},
		{"/gate/header", FETCH_FAILURE_REFUSED, "user agent (OwaBasicUnsupportedException)"},
		{"/gate/page", FETCH_FAILURE_NOT_CALENDAR, "user agent (OwaBasicUnsupportedException)"},
		{"/gate/nameless_loop", FETCH_FAILURE_REFUSED, "may refuse this program's user agent"},
		/* revoked, or a wrong address */
		{"/to_mail", FETCH_FAILURE_NOT_CALENDAR, "revoked"},
		{"/to_other_mail", FETCH_FAILURE_REFUSED, "revoked"},
		{"/to_sign_in_host", FETCH_FAILURE_REFUSED, "revoked"},
		{"/to_plain_sign_in", FETCH_FAILURE_REFUSED, "revoked"},
		{"/to_login", FETCH_FAILURE_REFUSED, "revoked"},
		{"/html", FETCH_FAILURE_NOT_CALENDAR, "revoked"},
		{"/exchange/FolderNotPublishedException", FETCH_FAILURE_REFUSED, "revoked"},
		{"/exchange_header/404/PublishedFolderAccessDeniedException", FETCH_FAILURE_REFUSED, "revoked"},
		{"/status/404", FETCH_FAILURE_REFUSED, "no calendar at this address any more"},
		/* forbidden */
		{"/exchange/NotAllowedPublishingByPolicyException", FETCH_FAILURE_REFUSED, "policy forbids publishing"},
		{"/exchange_header/403/NotAllowedPublishingByPolicyException", FETCH_FAILURE_REFUSED,
		 "policy forbids publishing"},
		{"/policy_page/403", FETCH_FAILURE_REFUSED, "policy forbids publishing"},
		{"/policy_page/200", FETCH_FAILURE_NOT_CALENDAR, "policy forbids publishing"},
		{"/status/403", FETCH_FAILURE_REFUSED, "denies access"},
		/* no mailbox */
		{"/exchange/MailboxNotFoundException", FETCH_FAILURE_REFUSED, "mailbox behind the address is gone"},
		{"/exchange_header/500/ObjectNotFoundException", FETCH_FAILURE_REFUSED,
		 "mailbox behind the address is gone"},
		{"/status/410", FETCH_FAILURE_REFUSED, "gone for good"},
		/* later */
		{"/status/429", FETCH_FAILURE_REFUSED, "asked too often"},
		{"/retry_seconds/429/120", FETCH_FAILURE_REFUSED, "a pause of 120 s"},
		{"/retry_date", FETCH_FAILURE_REFUSED, "a pause of 120 s"},
		{"/exchange/OverBudgetException", FETCH_FAILURE_REFUSED, "throttled"},
		{"/exchange_header/503/ServerBusyException", FETCH_FAILURE_REFUSED, "throttled"},
		{"/maintenance/503", FETCH_FAILURE_REFUSED, "down for maintenance"},
		{"/maintenance/500", FETCH_FAILURE_REFUSED, "down for maintenance"},
		{"/maintenance/200", FETCH_FAILURE_NOT_CALENDAR, "down for maintenance"},
		{"/exchange/MailboxInTransitException", FETCH_FAILURE_REFUSED, "down for maintenance"},
		/* users and passwords, of which none were given */
		{"/basic", FETCH_FAILURE_REFUSED, "the credential needs user and password"},
		{"/digest", FETCH_FAILURE_REFUSED, "the credential needs user and password"},
	};
	static const char *const agents[] = {"curl/7.88.1", "Mozilla/5.0", ""};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fetch_request request = {.user_agent = agents[i % 3]};
		assert_failure(cases[i].path, request, cases[i].failure, cases[i].words);
	}
}

/* What an administrator writes, and what is sent when none is written. */
static void test_user_agent(void **state)
{
	(void)state;
	assert_calendar("/gate/moved", (struct fetch_request){0});
	assert_calendar("/gate/moved", (struct fetch_request){.user_agent = "Office (Linux) like Chrome/200"});
	assert_failure("/gate/moved", (struct fetch_request){.user_agent = "Mozilla/5.0"}, FETCH_FAILURE_REFUSED,
		       "agent");
	assert_memory_equal(FETCH_USER_AGENT, "satellitkiosk/", 14); /* it says what it is */
}

static void test_logins(void **state)
{
	(void)state;
	static const struct {
		const char *path, *user, *password, *words; /* words NULL: lets in */
	} cases[] = {
		{"/basic", USER, PASSWORD, NULL},
		{"/digest", USER, PASSWORD, NULL},
		{"/ticket_or_basic", USER, PASSWORD, NULL},
		{"/ok", USER, PASSWORD, NULL},
		{"/basic", USER, "wrong", "the user or the password is not accepted"},
		{"/basic", USER, NULL, "the user or the password is not accepted"},
		{"/digest", "bo", PASSWORD, "the user or the password is not accepted"},
		{"/ticket", USER, PASSWORD, "neither Basic nor Digest"},
		/* another host gets nothing, however it asks */
		{"/basic_elsewhere", USER, PASSWORD, "answered 401"},
		{"/signed_in_elsewhere", USER, PASSWORD, "answered 401"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fetch_request request = {.user = cases[i].user, .password = cases[i].password};
		if (cases[i].words) {
			assert_failure(cases[i].path, request, FETCH_FAILURE_REFUSED, cases[i].words);
		} else {
			assert_calendar(cases[i].path, request);
		}
	}
}

static void test_password_is_kept_until_asked_for(void **state)
{
	(void)state;
	struct fetch_result result;
	struct err err;
	get("/echo", (struct fetch_request){.user = USER, .password = PASSWORD}, &result, &err);
	assert_int_equal(result.outcome, FETCH_NEW);
	assert_null(strstr(result.body, "authorization"));
	fetch_result_finish(&result);
}

/* In one fetch a cookie comes back; the next fetch, by the same pool, begins without. */
static void test_cookies(void **state)
{
	(void)state;
	char url[HTTPS_URL_MAX];
	struct fetch *fetch = fetch_create(NULL);
	struct fetch_request request = {.url = https_url(&https, "good", "/cookie", url), .ca_file = https.ca_file};
	for (int round = 0; round < 2; round++) {
		struct fetch_result result;
		struct err err = {""};
		assert_int_equal(fetch_get(fetch, &request, NULL, &result, &err), FETCH_NEW);
		assert_string_equal(result.body, calendar);
		fetch_result_finish(&result);
	}
	fetch_destroy(fetch);
}

static void test_proxies(void **state)
{
	(void)state;
	static const struct {
		const char *listener, *user, *password;
		enum fetch_failure failure;
		const char *words; /* NULL: goes through */
	} cases[] = {
		{"proxy", NULL, NULL, FETCH_FAILURE_NONE, NULL},
		{"loginproxy", USER, PASSWORD, FETCH_FAILURE_NONE, NULL},
		{"loginproxy", USER, "wrong", FETCH_FAILURE_NO_CONTACT, "proxy does not accept"},
		{"loginproxy", NULL, NULL, FETCH_FAILURE_NO_CONTACT, "407"},
		{"nobody", NULL, NULL, FETCH_FAILURE_NO_CONTACT, "the proxy could not be reached"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char proxy[64];
		int port = https_port(&https, cases[i].listener);
		snprintf(proxy, sizeof(proxy), "http://127.0.0.1:%d", port > 0 ? port : 1);
		struct fetch_request request = {
			.proxy = proxy, .proxy_user = cases[i].user, .proxy_password = cases[i].password};
		if (cases[i].words) {
			assert_failure("/ok", request, cases[i].failure, cases[i].words);
		} else {
			assert_calendar("/ok", request);
			request.user = USER;
			request.password = PASSWORD;
			assert_calendar("/digest", request);
		}
	}
}

static void test_proxy_that_blocks(void **state)
{
	(void)state;
	char proxy[64];
	struct fetch *fetch = fetch_create(NULL);
	snprintf(proxy, sizeof(proxy), "http://127.0.0.1:%d", https_port(&https, "proxy"));
	struct fetch_request request = {.url = "https://" CANARY ".invalid/", .proxy = proxy};
	struct fetch_result result;
	struct err err = {""};
	assert_int_equal(fetch_get(fetch, &request, NULL, &result, &err), FETCH_FAILED);
	assert_string_equal(err.text, "the proxy refuses to connect to the feed's server (403); ask who runs it");
	fetch_result_finish(&result);
	fetch_destroy(fetch);
}

/* What the environment says changes nothing, with a proxy and without. */
static void test_environment(void **state)
{
	(void)state;
	static const char *const names[] = {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"};
	static const char *const exceptions[] = {"no_proxy", "NO_PROXY"};
	char proxy[64];
	snprintf(proxy, sizeof(proxy), "http://127.0.0.1:%d", https_port(&https, "loginproxy"));
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		setenv(names[i], "http://127.0.0.1:1", 1);
	}
	assert_calendar("/ok", (struct fetch_request){0});
	for (size_t i = 0; i < sizeof(exceptions) / sizeof(exceptions[0]); i++) {
		setenv(exceptions[i], "localhost,127.0.0.1", 1);
	}
	struct fetch_request request = {.proxy = proxy}; /* which is asked, or it could not refuse */
	assert_failure("/ok", request, FETCH_FAILURE_NO_CONTACT, "407");
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		unsetenv(names[i]);
	}
	for (size_t i = 0; i < sizeof(exceptions) / sizeof(exceptions[0]); i++) {
		unsetenv(exceptions[i]);
	}
}

static void test_encodings(void **state)
{
	(void)state;
	static const char *const good[] = {"/members",      "/chunked_members", "/raw_deflate",
					   "/encoded/gzip", "/encoded/GZIP",    "/encoded/x-gzip"};
	static const char *const unasked[] = {"/encoded/br",         "/encoded/zstd",    "/encoded/compress",
					      "/encoded/gzip+gzip",  "/encoded/gzip+br", "/transfer_encoded/gzip",
					      "/transfer_encoded/br"};
	static const struct {
		const char *path, *words;
	} damaged[] = {{"/half_member", "cut off"},
		       {"/gzip_and_rubbish", "compression is damaged"},
		       {"/encoded/deflate", "compression is damaged"}};
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_calendar(good[i], (struct fetch_request){0});
	}
	for (size_t i = 0; i < sizeof(unasked) / sizeof(unasked[0]); i++) {
		assert_failure(unasked[i], (struct fetch_request){0}, FETCH_FAILURE_REFUSED, "not asked for");
	}
	for (size_t i = 0; i < sizeof(damaged) / sizeof(damaged[0]); i++) {
		assert_failure(damaged[i].path, (struct fetch_request){0}, FETCH_FAILURE_NO_CONTACT, damaged[i].words);
	}
}

/* Of a redirect only the beginning is searched, and its line may be longer. */
static void test_long_redirects(void **state)
{
	(void)state;
	assert_failure("/long_redirect/100", (struct fetch_request){0}, FETCH_FAILURE_REFUSED, "policy forbids");
	assert_failure("/long_redirect/9000", (struct fetch_request){0}, FETCH_FAILURE_REFUSED,
		       "answered 403: it denies");
}

static void test_floods_of_headers(void **state)
{
	(void)state;
	assert_calendar("/header_line/90000", (struct fetch_request){0});
	assert_failure("/header_line/110000", (struct fetch_request){0}, FETCH_FAILURE_TOO_LARGE,
		       "headers are larger than the limit (256 KiB in all, 100 KiB a line)");
	assert_failure("/headers", (struct fetch_request){0}, FETCH_FAILURE_TOO_LARGE,
		       "headers are larger than the limit (256 KiB in all, 100 KiB a line)");
}

static char key_log[] = "/tmp/test_servers.keys.XXXXXX";

/* The keys of the connections above would be in there. */
static void test_keys_are_not_logged(void **state)
{
	(void)state;
	assert_int_not_equal(access(key_log, F_OK), 0);
}

int main(void)
{
	int fd = mkstemp(key_log);
	if (fd < 0 || close(fd) != 0 || unlink(key_log) != 0 || setenv("SSLKEYLOGFILE", key_log, 1) != 0) {
		return EXIT_FAILURE;
	}
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_user_agent),
		cmocka_unit_test(test_logins),
		cmocka_unit_test(test_password_is_kept_until_asked_for),
		cmocka_unit_test(test_cookies),
		cmocka_unit_test(test_proxies),
		cmocka_unit_test(test_proxy_that_blocks),
		cmocka_unit_test(test_environment),
		cmocka_unit_test(test_encodings),
		cmocka_unit_test(test_long_redirects),
		cmocka_unit_test(test_floods_of_headers),
		cmocka_unit_test(test_keys_are_not_logged),
	};
	return cmocka_run_group_tests(tests, https_set_up, https_tear_down);
}
