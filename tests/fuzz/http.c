/* What a server answers, byte by byte: libcurl reads it from a socket that is connected already, and transfer.c judges
 * it. A byte 0xFF divides the answers to one connection after another, as after a redirect. The program is linked with
 * --wrap=curl_easy_setopt, so that http stands for https. */
#include <curl/curl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fuzz.h"
#include "ical/fetch.h"
#include "ical/transfer.h"

#define SECRET "hemlig-adress"

enum { PEERS_MAX = 16, BODY_MAX = 64 << 10 };

static struct server {
	const char *at, *end;
	int peers[PEERS_MAX];
	size_t peer_count;
} server;

CURLcode __real_curl_easy_setopt(CURL *easy, CURLoption option, ...);
CURLcode __wrap_curl_easy_setopt(CURL *easy, CURLoption option, ...);

static curl_socket_t open_answer(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
	int pair[2];
	(void)context;
	(void)purpose;
	(void)address;
	if (server.at >= server.end || server.peer_count == PEERS_MAX ||
	    socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0) {
		return CURL_SOCKET_BAD;
	}
	const char *divider = memchr(server.at, 0xFF, (size_t)(server.end - server.at));
	const char *end = divider ? divider : server.end;
	if (send(pair[1], server.at, (size_t)(end - server.at), MSG_DONTWAIT | MSG_NOSIGNAL) < 0) {
		close(pair[0]);
		close(pair[1]);
		return CURL_SOCKET_BAD;
	}
	shutdown(pair[1], SHUT_WR);
	server.at = divider ? divider + 1 : server.end;
	server.peers[server.peer_count++] = pair[1];
	return pair[0];
}

static int take_socket(void *context, curl_socket_t handle, curlsocktype purpose)
{
	(void)context;
	(void)handle;
	(void)purpose;
	return CURL_SOCKOPT_ALREADY_CONNECTED;
}

/* A proxy, so that no name that a redirect holds is looked up. */
CURLcode __wrap_curl_easy_setopt(CURL *easy, CURLoption option, ...)
{
	va_list arguments;
	CURLcode code;
	va_start(arguments, option);
	if (option == CURLOPT_URL) {
		code = __real_curl_easy_setopt(easy, option, "http://kalender.test/" SECRET "/kalender.ics");
	} else if (option == CURLOPT_PROTOCOLS_STR || option == CURLOPT_REDIR_PROTOCOLS_STR) {
		code = __real_curl_easy_setopt(easy, option, "http");
	} else if (option == CURLOPT_PROXY) {
		code = __real_curl_easy_setopt(easy, option, "http://127.0.0.1:9");
	} else if (option < CURLOPTTYPE_OBJECTPOINT) {
		code = __real_curl_easy_setopt(easy, option, va_arg(arguments, long));
	} else {
		code = __real_curl_easy_setopt(easy, option, va_arg(arguments, void *));
	}
	va_end(arguments);
	if (option == CURLOPT_PRIVATE) {
		__real_curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_answer);
		__real_curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, take_socket);
	}
	return code;
}

static void must(bool holds)
{
	if (!holds) {
		abort();
	}
}

static void check_validator(const char *text)
{
	must(text && strlen(text) <= FETCH_VALIDATOR_MAX);
	for (; *text; text++) {
		must((unsigned char)*text >= ' ' && *text != 0x7F);
	}
}

/* What is reported goes to logs and screens. */
static void check_words(const struct err *err)
{
	must(err->text[0] && !strstr(err->text, SECRET));
	for (const char *c = err->text; *c; c++) {
		must((unsigned char)*c >= ' ' && *c != 0x7F);
	}
}

static void check(const struct fetch_result *result, const struct err *err)
{
	must(result->retry_after_s >= 0 && result->retry_after_s <= FETCH_RETRY_AFTER_MAX_S);
	must(result->body_length <= BODY_MAX);
	must((result->outcome == FETCH_NEW) == (result->body != NULL));
	must(result->outcome != FETCH_NEW || (result->http_status == 200 && !result->body[result->body_length]));
	must(result->outcome != FETCH_NOT_MODIFIED || result->http_status == 304);
	must((result->outcome == FETCH_FAILED) == (result->failure != FETCH_FAILURE_NONE));
	check_validator(result->etag);
	check_validator(result->last_modified);
	if (result->outcome == FETCH_FAILED) {
		check_words(err);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fetch_limits limits = {.connect_ms = 2000, .total_ms = 3000, .slow_bytes = 1, .slow_s = 3};
	struct fetch_request request = {.url = "https://kalender.test/" SECRET "/kalender.ics", .last_modified = ""};
	struct fetch_result result;
	struct err err = {""};
	size_t held = 0;
	if (size == 0) {
		return 0;
	}
	limits.body_max = BODY_MAX;
	limits.held_max = 2 * BODY_MAX;
	request.etag = data[0] & 1 ? "\"1\"" : "";
	request.user = data[0] & 2 ? "kiosk" : NULL;
	request.password = data[0] & 2 ? SECRET : NULL;
	server = (struct server){.at = (const char *)data + 1, .end = (const char *)data + size};
	struct transfer *transfer = transfer_create(&request, &limits, &held, NULL, &err);
	must(transfer != NULL);
	transfer_conclude(transfer, curl_easy_perform(transfer_handle(transfer)), &result, &err);
	check(&result, &err);
	fetch_result_finish(&result);
	transfer_destroy(transfer);
	must(held == 0);
	for (size_t i = 0; i < server.peer_count; i++) {
		close(server.peers[i]);
	}
	return 0;
}
