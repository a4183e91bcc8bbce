/* See transfer.h. libcurl does HTTP and TLS; the bounds, the decoding and every word that is reported about a failure
 * are ours, because libcurl's own size limit does not hold for chunked or compressed bodies and its messages name
 * hosts. */
#include "transfer.h"

#include <curl/curl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "fetchtext.h"
#include "refusal.h"
#include "request.h"
#include "unpack.h"

enum { BODY_FIRST_CAPACITY = 64 << 10, STATUS_TOO_MANY = 429, STATUS_UNAVAILABLE = 503 };

/* CURLE_TOO_LARGE, which the headers of libcurl 7.88 do not have yet; that version reports CURLE_OUT_OF_MEMORY. */
enum { CODE_TOO_LARGE = 100 };

struct transfer {
	CURL *easy;
	void *headers; /* of the request; a struct curl_slist */
	enum fetch_method method;
	struct fetch_result result;
	struct unpack *unpack; /* NULL when the body is not compressed */
	size_t body_max, body_capacity;
	size_t *held, held_max; /* bytes of all bodies that have come at the same time */
	size_t held_here;       /* the share of this transfer */
	size_t header_bytes;
	size_t dropped; /* bytes of a body that nobody needs */
	int64_t retry_after_s;
	time_t retry_at, server_date; /* the server's Date header; 0 none */
	unsigned int signs;           /* enum refusal_sign, over all redirects but REFUSAL_PAGE */
	bool is_conditional, has_login, has_proxy, is_basic;
	bool headers_ended; /* libcurl takes a connection that ends among the headers for an answer without a body */
	bool offers_login;  /* a 401 names a kind of sign-in that we can do */
	bool offers_basic, offers_digest; /* of any answer */
	bool too_large, too_crowded, headers_too_large, out_of_memory, is_foreign_encoding;
};

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

static long get_long(CURL *easy, CURLINFO info)
{
	long value = 0;
	curl_easy_getinfo(easy, info, &value);
	return value;
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
	char *body = realloc(transfer->result.body, capacity);
	if (!body) {
		transfer->out_of_memory = true;
		return false;
	}
	transfer->result.body = body;
	transfer->body_capacity = capacity;
	return true;
}

/* Returns whether an answer with that status has the body that was asked for. */
static bool has_body(const struct transfer *transfer, long status)
{
	bool is_list = transfer->method == FETCH_PROPFIND || transfer->method == FETCH_REPORT;
	bool is_get = transfer->method == FETCH_GET || transfer->method == FETCH_GET_OBJECT;
	return (is_list && status == 207) || (is_get && status == 200);
}

static bool is_done(const struct transfer *transfer, long status)
{
	bool is_change = transfer->method == FETCH_PUT || transfer->method == FETCH_DELETE;
	return has_body(transfer, status) || (is_change && status / 100 == 2 && status != 207);
}

/* A short body is read to its end, so that the connection can be kept. */
static bool drop_bytes(struct transfer *transfer, size_t length)
{
	transfer->dropped += length < FETCH_PAGE_MAX ? length : FETCH_PAGE_MAX;
	return transfer->dropped < FETCH_PAGE_MAX;
}

/* Takes decoded bytes. Only the beginning of an error page is examined; the transfer then ends. */
static bool take_bytes(void *context, const char *bytes, size_t length)
{
	struct transfer *transfer = context;
	struct fetch_result *result = &transfer->result;
	if (!has_body(transfer, http_status(transfer->easy))) {
		refusal_see_page(&transfer->signs, bytes, length);
		return transfer->method != FETCH_GET && drop_bytes(transfer, length);
	}
	if (length > transfer->body_max - result->body_length) {
		transfer->too_large = true;
		return false;
	}
	if (*transfer->held > transfer->held_max || length > transfer->held_max - *transfer->held) {
		transfer->too_crowded = true;
		return false;
	}
	if (!body_reserve(transfer, result->body_length + length + 1)) {
		return false;
	}
	*transfer->held += length;
	transfer->held_here += length;
	memcpy(result->body + result->body_length, bytes, length);
	result->body_length += length;
	return true;
}

static size_t on_body(char *bytes, size_t size, size_t count, void *context)
{
	struct transfer *transfer = context;
	size_t length = size * count;
	bool ok = transfer->unpack ? unpack_feed(transfer->unpack, bytes, length, take_bytes, transfer)
				   : take_bytes(transfer, bytes, length);
	return ok ? length : 0;
}

/* Returns the header's value when `line` is that header; NULL otherwise. */
static const char *header_value(const char *line, const char *name)
{
	size_t length = strlen(name);
	if (strncasecmp(line, name, length) != 0 || line[length] != ':') {
		return NULL;
	}
	const char *value = line + length + 1;
	return value + strspn(value, " \t");
}

/* A validator is sent back unchanged, so one that could not stand in a header is not kept. */
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

/* Retry-After holds seconds or a date (RFC 9110 section 10.2.3). */
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

/* Accepts one encoding that was offered, or none. Any other encoding, or a second layer, was not requested. */
static bool take_encoding(struct transfer *transfer, const char *value)
{
	if (*value == '\0' || strcasecmp(value, "identity") == 0) {
		return true;
	}
	bool is_gzip = strcasecmp(value, "gzip") == 0 || strcasecmp(value, "x-gzip") == 0;
	if (transfer->unpack || (!is_gzip && strcasecmp(value, "deflate") != 0)) {
		transfer->is_foreign_encoding = true;
		return false;
	}
	transfer->unpack = unpack_create(is_gzip ? UNPACK_GZIP : UNPACK_DEFLATE);
	transfer->out_of_memory = transfer->out_of_memory || !transfer->unpack;
	return transfer->unpack != NULL;
}

/* Starts a new answer after a redirect or a sign-in. Everything that the previous one said is forgotten, except where
 * it led. */
static void begin_answer(struct transfer *transfer)
{
	free(transfer->result.etag);
	free(transfer->result.last_modified);
	transfer->result.etag = transfer->result.last_modified = NULL;
	unpack_destroy(transfer->unpack);
	transfer->unpack = NULL;
	transfer->headers_ended = transfer->offers_login = false;
	transfer->retry_after_s = 0;
	transfer->retry_at = transfer->server_date = 0;
	transfer->signs &= ~(unsigned int)REFUSAL_PAGE;
}

static void see_challenge(struct transfer *transfer, const char *challenge)
{
	bool is_basic = strcasestr(challenge, "basic"), is_digest = strcasestr(challenge, "digest");
	transfer->offers_login = transfer->offers_login || is_basic || is_digest;
	transfer->offers_basic = transfer->offers_basic || is_basic;
	transfer->offers_digest = transfer->offers_digest || is_digest;
}

/* False: the transfer ends here. */
static bool keep_header(struct transfer *transfer, const char *line)
{
	const char *value = NULL;
	if (strncasecmp(line, "HTTP/", 5) == 0) {
		begin_answer(transfer);
	} else if ((value = header_value(line, "ETag")) != NULL) {
		keep_validator(&transfer->result.etag, value);
	} else if ((value = header_value(line, "Last-Modified")) != NULL) {
		keep_validator(&transfer->result.last_modified, value);
	} else if ((value = header_value(line, "Retry-After")) != NULL) {
		keep_retry_after(transfer, value);
	} else if ((value = header_value(line, "Date")) != NULL) {
		transfer->server_date = curl_getdate(value, NULL);
	} else if ((value = header_value(line, "Location")) != NULL) {
		refusal_see_redirect(&transfer->signs, value);
	} else if ((value = header_value(line, "WWW-Authenticate")) != NULL) {
		see_challenge(transfer, value);
	} else if ((value = header_value(line, "Content-Encoding")) != NULL) {
		return take_encoding(transfer, value);
	} else if ((value = header_value(line, "Transfer-Encoding")) != NULL) {
		transfer->is_foreign_encoding = strcasecmp(value, "chunked") != 0 && strcasecmp(value, "identity") != 0;
		return !transfer->is_foreign_encoding;
	} else if ((value = header_value(line, "Content-Type")) != NULL) {
		transfer->signs |= strncasecmp(value, "text/html", 9) == 0 ? (unsigned int)REFUSAL_PAGE : 0;
	} else if (line[0] == '\0') {
		transfer->headers_ended = true;
	} else {
		refusal_see_header(&transfer->signs, line);
	}
	return true;
}

static size_t on_header(char *bytes, size_t size, size_t count, void *context)
{
	struct transfer *transfer = context;
	size_t length = size * count;
	transfer->header_bytes += length;
	if (transfer->header_bytes > FETCH_HEADERS_MAX) {
		transfer->headers_too_large = true;
		return 0;
	}
	char line[FETCH_LOCATION_MAX +
		  64]; /* only the beginning of a longer line matters, and no validator is that long */
	size_t end = length;
	while (end > 0 && strchr("\r\n\t ", bytes[end - 1])) {
		end--;
	}
	end = end < sizeof(line) ? end : sizeof(line) - 1;
	memcpy(line, bytes, end);
	line[end] = '\0';
	bool goes_on = memchr(line, '\0', end) || keep_header(transfer, line);
	explicit_bzero(line, end); /* a redirect may repeat the secret part of the address */
	return goes_on ? length : 0;
}

static bool set_callbacks(struct transfer *transfer, void *owner)
{
	CURL *easy = transfer->easy;
	return curl_easy_setopt(easy, CURLOPT_PRIVATE, owner) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_WRITEDATA, transfer) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_HEADERDATA, transfer) == CURLE_OK;
}

struct transfer *transfer_create(const struct fetch_request *request, const struct fetch_limits *limits, size_t *held,
				 void *owner, struct err *err)
{
	if (strncasecmp(request->url, "https://", 8) != 0) {
		err_set(err, "the address does not begin with https://");
		return NULL;
	}
	struct transfer *transfer = calloc(1, sizeof(*transfer));
	if (transfer) {
		transfer->easy = curl_easy_init();
		transfer->method = request->method;
		transfer->is_basic = request->is_basic;
		transfer->body_max = request->body_max && request->body_max < limits->body_max ? request->body_max
											       : limits->body_max;
		transfer->held = held;
		transfer->held_max = limits->held_max;
		transfer->is_conditional =
			(request->etag && *request->etag) || (request->last_modified && *request->last_modified);
		transfer->has_login = request->user != NULL;
		transfer->has_proxy = request->proxy != NULL;
	}
	if (!transfer || !transfer->easy || !request_set(transfer->easy, request, limits, &transfer->headers) ||
	    !set_callbacks(transfer, owner)) {
		transfer_destroy(transfer);
		err_set(err, "out of memory");
		return NULL;
	}
	return transfer;
}

void transfer_destroy(struct transfer *transfer)
{
	if (!transfer) {
		return;
	}
	curl_easy_cleanup(transfer->easy);
	curl_slist_free_all(transfer->headers);
	unpack_destroy(transfer->unpack);
	fetch_result_finish(&transfer->result);
	if (transfer->held) {
		*transfer->held -= transfer->held_here;
	}
	free(transfer);
}

void *transfer_handle(const struct transfer *transfer)
{
	return transfer->easy;
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

/* Refines libcurl's code for the end of the transfer: libcurl reports several causes by one code that must be
 * distinguished here. */
static int plain_code(const struct transfer *transfer, int code)
{
	bool is_asked = get_long(transfer->easy, CURLINFO_REQUEST_SIZE) > 0;
	if (code == CURLE_OK && !transfer->headers_ended) {
		return CURLE_PARTIAL_FILE;
	}
	if (code == CURLE_OK && transfer->unpack && !unpack_is_complete(transfer->unpack)) {
		return CURLE_PARTIAL_FILE;
	}
	if (code == CURLE_WRITE_ERROR && transfer->unpack && unpack_is_damaged(transfer->unpack)) {
		return CURLE_BAD_CONTENT_ENCODING;
	}
	if (code == CURLE_UNSUPPORTED_PROTOCOL && http_status(transfer->easy) / 100 != 3) { /* HTTP/0.9 */
		return CURLE_WEIRD_SERVER_REPLY;
	}
	bool is_line_too_long = code == CURLE_OUT_OF_MEMORY || code == CODE_TOO_LARGE; /* a line of more than 100 KiB */
	if (is_line_too_long && is_asked && !transfer->headers_ended) {
		return FETCHTEXT_HEADERS_TOO_LARGE;
	}
	return code;
}

/* Judges a whole answer by its status, its signs and its body. */
static void judge_answer(struct transfer *transfer, long status, struct err *err)
{
	struct fetch_result *result = &transfer->result;
	struct fetchtext_answer answer = {.status = status,
					  .is_collection = transfer->method != FETCH_GET,
					  .signs = transfer->signs,
					  .has_login = transfer->has_login,
					  .offers_login = transfer->offers_login};
	bool is_page = transfer->method == FETCH_GET && status == 200 && result->body &&
		       refusal_is_page(result->body, result->body_length);
	if (status == 304 && transfer->is_conditional) {
		result->outcome = FETCH_NOT_MODIFIED;
		return;
	}
	if (is_page) {
		refusal_see_page(&answer.signs, result->body, result->body_length);
	} else if (is_done(transfer, status)) {
		result->outcome = FETCH_NEW;
		return;
	}
	bool may_say = status == STATUS_TOO_MANY || status == STATUS_UNAVAILABLE;
	answer.retry_after_s = result->retry_after_s = may_say ? retry_after(transfer) : 0;
	result->failure = fetchtext_answer(&answer, err);
}

/* A status above 400 counts, not how its page was cut off; but a 401 may be the question to which our sign-in was lost.
 */
static bool is_answer(const struct transfer *transfer, int code, long status)
{
	bool is_question = status == 401 && transfer->has_login && !transfer->is_basic;
	return code == CURLE_OK || (code == CURLE_WRITE_ERROR && !has_body(transfer, status)) ||
	       (status >= 400 && !is_question);
}

/* A newer libcurl refuses a Transfer-Encoding that it was not asked to undo before it hands us the header; an older one
 * hands it over. Damage is found later, in the body. */
static bool is_refused_encoding(const struct transfer *transfer, int code)
{
	return code == CURLE_BAD_CONTENT_ENCODING && !transfer->headers_ended;
}

static void judge(struct transfer *transfer, int curl_code, struct err *err)
{
	struct fetch_result *result = &transfer->result;
	long status = result->http_status = http_status(transfer->easy);
	int code = plain_code(transfer, curl_code);
	struct fetchtext_broken broken = {.code = code,
					  .signs = transfer->signs,
					  .verify_result = get_long(transfer->easy, CURLINFO_SSL_VERIFYRESULT),
					  .has_proxy = transfer->has_proxy,
					  .proxy_status = get_long(transfer->easy, CURLINFO_HTTP_CONNECTCODE)};
	result->outcome = FETCH_FAILED;
	if (transfer->headers_too_large || code == FETCHTEXT_HEADERS_TOO_LARGE) {
		result->failure = FETCH_FAILURE_TOO_LARGE;
		err_set(err, "the answer's headers are larger than the limit (%d KiB in all, 100 KiB a line)",
			FETCH_HEADERS_MAX >> 10);
	} else if (transfer->too_large) {
		result->failure = FETCH_FAILURE_TOO_LARGE;
		err_set(err, "the answer is larger than the limit (%zu KiB)", transfer->body_max >> 10);
	} else if (transfer->too_crowded) {
		result->failure = FETCH_FAILURE_TOO_LARGE;
		err_set(err, "the answers that came at the same time are together larger than the limit (%zu KiB)",
			transfer->held_max >> 10);
	} else if (transfer->is_foreign_encoding || is_refused_encoding(transfer, code)) {
		result->failure = FETCH_FAILURE_REFUSED;
		err_set(err, "the answer is encoded in a way that was not asked for (only " REQUEST_ENCODINGS " are)");
	} else if (transfer->out_of_memory) {
		result->failure = FETCH_FAILURE_SETUP;
		err_set(err, "out of memory");
	} else if (is_answer(transfer, code, status)) {
		judge_answer(transfer, status, err);
	} else {
		result->failure = fetchtext_broken(&broken, err);
	}
}

/* Every result has its strings, and only FETCH_NEW has a body. */
static void complete_result(struct transfer *transfer, struct err *err)
{
	struct fetch_result *result = &transfer->result;
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

void transfer_conclude(struct transfer *transfer, int code, struct fetch_result *out_result, struct err *err)
{
	judge(transfer, code, err);
	complete_result(transfer, err);
	if (transfer->result.outcome != FETCH_FAILED && transfer->server_date > 0) {
		transfer->result.server_utc = (int64_t)transfer->server_date;
	}
	transfer->result.takes_basic = transfer->offers_basic && !transfer->offers_digest;
	*out_result = transfer->result;
	transfer->result = (struct fetch_result){0};
}
