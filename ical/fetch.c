/* See fetch.h. libcurl does HTTP and TLS; the bounds, the redirect rule and every word that is told about a failure
 * are ours, because libcurl's own size limit does not hold for chunked or compressed bodies and its messages name
 * hosts. Nothing from the environment or the home folder (proxies, netrc, cookies) takes part. */
#include "fetch.h"

#include "fetchtext.h"
#include "quietpipe.h"

#include <assert.h>
#include <curl/curl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { BODY_FIRST_CAPACITY = 64 << 10, POLL_MAX_MS = 60 * 1000, STATUS_TOO_MANY = 429, STATUS_UNAVAILABLE = 503 };

struct fetch {
	CURLM *multi;
	CURL *easy;
	struct fetch_limits limits;
};

/* What the callbacks of one request fill. */
struct transfer {
	CURL *easy;
	struct fetch_result *result;
	size_t body_max, body_capacity;
	size_t header_bytes;
	int64_t retry_after_s;
	time_t retry_at, server_date; /* as the server's own clock sees it; 0 not said */
	bool is_conditional;
	bool headers_ended; /* libcurl takes a connection that ends among the headers for an answer without a body */
	bool too_large, out_of_memory;
};

struct fetch *fetch_create(struct err *err)
{
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
	fetch->easy = curl_easy_init();
	if (!fetch->multi || !fetch->easy) {
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
	curl_easy_cleanup(fetch->easy);
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

static long http_status(CURL *easy)
{
	long status = 0;
	curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
	return status;
}

static long verify_result(CURL *easy)
{
	long result = 0;
	curl_easy_getinfo(easy, CURLINFO_SSL_VERIFYRESULT, &result);
	return result;
}

static bool body_reserve(struct transfer *transfer, size_t needed)
{
	if (needed <= transfer->body_capacity) {
		return true;
	}
	size_t capacity = transfer->body_capacity ? transfer->body_capacity : BODY_FIRST_CAPACITY;
	while (capacity < needed) {
		capacity *= 2;
	}
	char *body = realloc(transfer->result->body, capacity);
	if (!body) {
		transfer->out_of_memory = true;
		return false;
	}
	transfer->result->body = body;
	transfer->body_capacity = capacity;
	return true;
}

/* Called with decoded bytes. The text of an error page interests nobody: the transfer ends there. */
static size_t on_body(char *bytes, size_t size, size_t count, void *context)
{
	struct transfer *transfer = context;
	struct fetch_result *result = transfer->result;
	size_t length = size * count;
	if (http_status(transfer->easy) != 200) {
		return 0;
	}
	if (length > transfer->body_max - result->body_length) {
		transfer->too_large = true;
		return 0;
	}
	if (!body_reserve(transfer, result->body_length + length + 1)) {
		return 0;
	}
	memcpy(result->body + result->body_length, bytes, length);
	result->body_length += length;
	return length;
}

/* A header's value when `line` is that header; NULL otherwise. */
static const char *header_value(const char *line, const char *name)
{
	size_t length = strlen(name);
	if (strncasecmp(line, name, length) != 0 || line[length] != ':') {
		return NULL;
	}
	const char *value = line + length + 1;
	return value + strspn(value, " \t");
}

/* A validator is sent back as it came, so one that could not stand in a header again is not kept. */
static void keep_validator(char **slot, const char *value)
{
	free(*slot);
	*slot = NULL;
	size_t length = strlen(value);
	if (length > FETCH_VALIDATOR_MAX) {
		return;
	}
	for (const char *p = value; *p; p++) {
		if ((unsigned char)*p < ' ' || *p == 0x7F) {
			return;
		}
	}
	*slot = strdup(value);
}

/* RFC 9110 section 10.2.3: seconds or a date. */
static void keep_retry_after(struct transfer *transfer, const char *value)
{
	char *end = NULL;
	long long seconds = strtoll(value, &end, 10);
	if (end != value && *end == '\0') {
		transfer->retry_after_s = seconds > 0 ? seconds : 0;
		return;
	}
	time_t at = curl_getdate(value, NULL);
	transfer->retry_at = at > 0 ? at : 0;
}

static void keep_header(struct transfer *transfer, const char *line)
{
	const char *value = NULL;
	if (strncasecmp(line, "HTTP/", 5) == 0) { /* a new answer after a redirect: forget the one before */
		free(transfer->result->etag);
		free(transfer->result->last_modified);
		transfer->result->etag = transfer->result->last_modified = NULL;
		transfer->headers_ended = false;
		transfer->retry_after_s = 0;
		transfer->retry_at = transfer->server_date = 0;
	} else if ((value = header_value(line, "ETag")) != NULL) {
		keep_validator(&transfer->result->etag, value);
	} else if ((value = header_value(line, "Last-Modified")) != NULL) {
		keep_validator(&transfer->result->last_modified, value);
	} else if ((value = header_value(line, "Retry-After")) != NULL) {
		keep_retry_after(transfer, value);
	} else if ((value = header_value(line, "Date")) != NULL) {
		transfer->server_date = curl_getdate(value, NULL);
	} else if (line[0] == '\0') {
		transfer->headers_ended = true;
	}
}

static size_t on_header(char *bytes, size_t size, size_t count, void *context)
{
	struct transfer *transfer = context;
	size_t length = size * count;
	transfer->header_bytes += length;
	if (transfer->header_bytes > FETCH_HEADERS_MAX) {
		transfer->too_large = true;
		return 0;
	}
	char line[FETCH_VALIDATOR_MAX + 64]; /* a line that does not fit is none that we keep */
	size_t end = length;
	while (end > 0 && strchr("\r\n\t ", bytes[end - 1])) {
		end--;
	}
	if (end < sizeof(line) && !memchr(bytes, '\0', end)) {
		memcpy(line, bytes, end);
		line[end] = '\0';
		keep_header(transfer, line);
	}
	return length;
}

/* Appends "name: value" to *list. False when memory ran out. */
static bool add_header(struct curl_slist **list, const char *name, const char *value)
{
	if (!value || !*value) {
		return true;
	}
	if (strpbrk(value, "\r\n")) { /* from a damaged cache: ask unconditionally instead */
		return true;
	}
	char line[FETCH_VALIDATOR_MAX + 64];
	int length = snprintf(line, sizeof(line), "%s: %s", name, value);
	if (length < 0 || (size_t)length >= sizeof(line)) {
		return true;
	}
	struct curl_slist *longer = curl_slist_append(*list, line);
	if (!longer) {
		return false;
	}
	*list = longer;
	return true;
}

static void set_limits(CURL *easy, const struct fetch_limits *limits)
{
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, limits->connect_ms);
	curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, limits->total_ms);
	curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, limits->slow_bytes);
	curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, limits->slow_s);
	curl_easy_setopt(easy, CURLOPT_MAXREDIRS, (long)FETCH_REDIRECTS_MAX);
	/* A name look-up that hangs must not hold us up when we stop; its thread ends by itself. */
	curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
}

static bool set_options(struct fetch *fetch, const struct fetch_request *request, struct transfer *transfer,
			struct curl_slist *headers)
{
	CURL *easy = fetch->easy;
	curl_easy_reset(easy);
	set_limits(easy, &fetch->limits);
	CURLcode code = curl_easy_setopt(easy, CURLOPT_URL, request->url);
	code = code ? code : curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https");
	code = code ? code : curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "https");
	code = code ? code : curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 1L);
	code = code ? code : curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
	code = code ? code : curl_easy_setopt(easy, CURLOPT_USERAGENT, "satellitkiosk/" KIOSK_VERSION);
	/* Only what is common: each further decoder would be one more that reads hostile bytes in this process. */
	code = code ? code : curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
	code = code ? code : curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	code = code ? code : curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	code = code ? code : curl_easy_setopt(easy, CURLOPT_PROXY, "");
	code = code ? code : curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	code = code ? code : curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	code = code ? code : curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
	code = code ? code : curl_easy_setopt(easy, CURLOPT_WRITEDATA, transfer);
	code = code ? code : curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
	code = code ? code : curl_easy_setopt(easy, CURLOPT_HEADERDATA, transfer);
	if (request->ca_file) {
		code = code ? code : curl_easy_setopt(easy, CURLOPT_CAINFO, request->ca_file);
		code = code ? code : curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
	}
	return code == CURLE_OK;
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

/* A date is compared with the server's own, so that a kiosk with a wrong clock waits as long as was meant. */
static int64_t retry_after(const struct transfer *transfer)
{
	int64_t seconds = transfer->retry_after_s;
	if (transfer->retry_at > 0 && transfer->server_date > 0) {
		seconds = (int64_t)transfer->retry_at - (int64_t)transfer->server_date;
	} else if (transfer->retry_at > 0) {
		curl_off_t by_own_clock = 0;
		curl_easy_getinfo(transfer->easy, CURLINFO_RETRY_AFTER, &by_own_clock);
		seconds = by_own_clock;
	}
	seconds = seconds > 0 ? seconds : 0;
	return seconds < FETCH_RETRY_AFTER_MAX_S ? seconds : FETCH_RETRY_AFTER_MAX_S;
}

/* An answer that is neither the calendar nor "not modified". Its status counts, not how its text was cut off. */
static bool is_refusal(const struct transfer *transfer, CURLcode code, long status)
{
	if (status >= 400 || code == CURLE_WRITE_ERROR) {
		return true;
	}
	return code == CURLE_OK && status != 200 && !(status == 304 && transfer->is_conditional);
}

static void judge(struct transfer *transfer, CURLcode code, struct err *err)
{
	struct fetch_result *result = transfer->result;
	long status = result->http_status = http_status(transfer->easy);
	result->outcome = FETCH_FAILED;
	if (transfer->too_large) {
		result->failure = FETCH_FAILURE_TOO_LARGE;
		err_set(err, "the answer is larger than the limit (%zu KiB)", transfer->body_max >> 10);
	} else if (transfer->out_of_memory) {
		result->failure = FETCH_FAILURE_SETUP;
		err_set(err, "out of memory");
	} else if (code == CURLE_OK && !transfer->headers_ended) {
		result->failure = fetchtext_code(CURLE_PARTIAL_FILE, 0, err);
	} else if (is_refusal(transfer, code, status)) {
		result->failure = FETCH_FAILURE_REFUSED;
		fetchtext_status(status, err);
		bool may_say = status == STATUS_TOO_MANY || status == STATUS_UNAVAILABLE;
		result->retry_after_s = may_say ? retry_after(transfer) : 0;
	} else if (code == CURLE_UNSUPPORTED_PROTOCOL && status / 100 != 3) { /* so it tells HTTP/0.9 */
		result->failure = fetchtext_code(CURLE_WEIRD_SERVER_REPLY, 0, err);
	} else if (code != CURLE_OK) {
		result->failure = fetchtext_code((int)code, verify_result(transfer->easy), err);
	} else {
		result->outcome = status == 304 ? FETCH_NOT_MODIFIED : FETCH_NEW;
	}
}

/* Every result has its strings, and only FETCH_NEW has a body. */
static void complete_result(struct transfer *transfer, struct err *err)
{
	struct fetch_result *result = transfer->result;
	if (result->outcome != FETCH_NEW) {
		free(result->body);
		result->body = NULL;
		result->body_length = 0;
	} else if (body_reserve(transfer, result->body_length + 1)) {
		result->body[result->body_length] = '\0';
	}
	result->etag = result->etag ? result->etag : strdup("");
	result->last_modified = result->last_modified ? result->last_modified : strdup("");
	if (!result->etag || !result->last_modified || (result->outcome == FETCH_NEW && !result->body)) {
		fetch_result_finish(result);
		result->outcome = FETCH_FAILED;
		result->failure = FETCH_FAILURE_SETUP;
		err_set(err, "out of memory");
	}
}

static void perform(struct fetch *fetch, struct transfer *transfer, const struct wait *wait, struct err *err)
{
	if (curl_multi_add_handle(fetch->multi, fetch->easy) != CURLM_OK) {
		transfer->out_of_memory = true;
		judge(transfer, CURLE_OUT_OF_MEMORY, err);
		return;
	}
	CURLcode code = CURLE_OK;
	struct quietpipe quiet; /* TLS libraries write to sockets without MSG_NOSIGNAL */
	quietpipe_begin(&quiet);
	if (run_transfer(fetch->multi, wait, &code)) {
		judge(transfer, code, err);
	} else {
		transfer->result->outcome = FETCH_STOPPED;
		err_set(err, "stopped");
	}
	curl_multi_remove_handle(fetch->multi, fetch->easy);
	quietpipe_end(&quiet);
}

enum fetch_outcome fetch_get(struct fetch *fetch, const struct fetch_request *request, const struct wait *wait,
			     struct fetch_result *out_result, struct err *err)
{
	assert(request->url);
	struct curl_slist *headers = NULL;
	*out_result = (struct fetch_result){.outcome = FETCH_FAILED, .failure = FETCH_FAILURE_SETUP};
	struct transfer transfer = {.easy = fetch->easy, .result = out_result, .body_max = fetch->limits.body_max};
	transfer.is_conditional =
		(request->etag && *request->etag) || (request->last_modified && *request->last_modified);
	if (strncasecmp(request->url, "https://", 8) != 0) {
		err_set(err, "the address does not begin with https://");
	} else if (!add_header(&headers, "Accept", "text/calendar, */*;q=0.1") ||
		   !add_header(&headers, "If-None-Match", request->etag) ||
		   !add_header(&headers, "If-Modified-Since", request->last_modified) ||
		   !set_options(fetch, request, &transfer, headers)) {
		err_set(err, "out of memory");
	} else {
		out_result->failure = FETCH_FAILURE_NONE;
		perform(fetch, &transfer, wait, err);
	}
	curl_easy_reset(fetch->easy); /* it must not keep pointers into this frame, nor the address */
	curl_slist_free_all(headers);
	complete_result(&transfer, err);
	return out_result->outcome;
}
