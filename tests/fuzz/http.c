/* What a server answers, byte by byte: libcurl reads it from a socket, and transfer.c judges it. A byte 0xFF divides
 * the answers to one connection after another, as after a redirect. The program is linked with
 * --wrap=curl_easy_setopt, so that http stands for https. */
#include <curl/curl.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "fuzz.h"
#include "ical/fetch.h"
#include "ical/transfer.h"

#define SECRET "hemlig-adress"

enum { PEERS_MAX = 16, BODY_MAX = 64 << 10 };

static struct server {
	const char *at, *end;
	int listener;
	int peers[PEERS_MAX];
	size_t peer_count;
} server = {.listener = -1};

CURLcode __real_curl_easy_setopt(CURL *easy, CURLoption option, ...);
CURLcode __wrap_curl_easy_setopt(CURL *easy, CURLoption option, ...);

/* A socket of the Unix domain without a name in the file system, which no other program uses. */
static void address_make(struct sockaddr_un *out, socklen_t *out_length)
{
	*out = (struct sockaddr_un){.sun_family = AF_UNIX};
	int length = snprintf(out->sun_path + 1, sizeof(out->sun_path) - 1, "fuzz-http-%d", (int)getpid());
	*out_length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + (size_t)length);
}

static void listen_once(void)
{
	struct sockaddr_un address;
	socklen_t length;
	address_make(&address, &length);
	server.listener = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (server.listener < 0 || bind(server.listener, (struct sockaddr *)&address, length) != 0 ||
	    listen(server.listener, PEERS_MAX) != 0) {
		abort();
	}
}

/* Leads every connection to the listener. */
static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct sockaddr_un own;
	socklen_t length;
	(void)context;
	(void)purpose;
	address_make(&own, &length);
	if (server.peer_count == PEERS_MAX) {
		return CURL_SOCKET_BAD;
	}
	address->family = AF_UNIX;
	address->addrlen = length;
	memcpy(&address->addr, &own, length);
	return socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
}

/* Answers before the request is sent. A connection that is used again has its answer already. */
static int answer(void *context, char *local, char *remote, int local_port, int remote_port)
{
	int peer = accept(server.listener, NULL, NULL);
	const char *divider = server.at < server.end ? memchr(server.at, 0xFF, (size_t)(server.end - server.at)) : NULL;
	const char *end = divider ? divider : server.end;
	(void)context;
	(void)local;
	(void)remote;
	(void)local_port;
	(void)remote_port;
	if (peer < 0) {
		return CURL_PREREQFUNC_OK;
	}
	bool is_sent = send(peer, server.at, (size_t)(end - server.at), MSG_DONTWAIT | MSG_NOSIGNAL) >= 0;
	shutdown(peer, SHUT_WR);
	server.at = divider ? divider + 1 : server.end;
	server.peers[server.peer_count++] = peer;
	return is_sent ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
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
		__real_curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
		__real_curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, answer);
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
	if (server.listener < 0) {
		listen_once();
	}
	server.at = (const char *)data + 1;
	server.end = (const char *)data + size;
	server.peer_count = 0;
	struct transfer *transfer = transfer_create(&request, &limits, &held, NULL, &err);
	must(transfer != NULL);
	transfer_conclude(transfer, (int)curl_easy_perform(transfer_handle(transfer)), &result, &err);
	if (getenv("KIOSK_FUZZ_SHOW")) {
		printf("%d %ld %s\n", result.outcome, result.http_status, err.text);
	}
	check(&result, &err);
	fetch_result_finish(&result);
	transfer_destroy(transfer);
	must(held == 0);
	for (size_t i = 0; i < server.peer_count; i++) {
		close(server.peers[i]);
	}
	return 0;
}
