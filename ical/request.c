/* See request.h. */
#include "request.h"

#include <curl/curl.h>
#include <stdio.h>
#include <string.h>

/* Basic and Digest, whichever the server asks for. The others (Negotiate, NTLM) would look for tickets in the
 * environment or sign a connection in instead of a request. */
#define SIGN_IN_KINDS (CURLAUTH_BASIC | CURLAUTH_DIGEST)

/* Appends "name: value" to *list. False when memory ran out. */
static bool add_header(struct curl_slist **list, const char *name, const char *value)
{
	if (!value || !*value) {
		return true;
	}
	if (strpbrk(value, "\r\n")) { /* the validator comes from a damaged cache, so the request is unconditional */
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

/* The first code that is not CURLE_OK stays. */
#define SET(option, value) (code = code ? code : curl_easy_setopt(easy, (option), (value)))

static CURLcode set_limits(CURL *easy, const struct fetch_limits *limits)
{
	CURLcode code = CURLE_OK;
	SET(CURLOPT_CONNECTTIMEOUT_MS, limits->connect_ms);
	SET(CURLOPT_TIMEOUT_MS, limits->total_ms);
	SET(CURLOPT_LOW_SPEED_LIMIT, limits->slow_bytes);
	SET(CURLOPT_LOW_SPEED_TIME, limits->slow_s);
	SET(CURLOPT_MAXREDIRS, (long)FETCH_REDIRECTS_MAX);
	/* A hanging name look-up must not delay the end of the program; its thread ends by itself. */
	SET(CURLOPT_QUICK_EXIT, 1L);
	return code;
}

/* An empty list of exceptions is needed, too: without one libcurl reads them from the environment. */
static CURLcode set_proxy(CURL *easy, const struct fetch_request *request)
{
	CURLcode code = CURLE_OK;
	SET(CURLOPT_PROXY, request->proxy ? request->proxy : "");
	SET(CURLOPT_NOPROXY, "");
	if (request->proxy) {
		SET(CURLOPT_HTTPPROXYTUNNEL, 1L);
		SET(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
		SET(CURLOPT_PROXYAUTH, (long)SIGN_IN_KINDS);
		SET(CURLOPT_PROXYUSERNAME, request->proxy_user);
		SET(CURLOPT_PROXYPASSWORD, request->proxy_password);
	}
	return code;
}

static CURLcode set_trust(CURL *easy, const char *ca_file)
{
	CURLcode code = CURLE_OK;
	SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	SET(CURLOPT_PROXY_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (ca_file) {
		SET(CURLOPT_CAINFO, ca_file);
		SET(CURLOPT_CAPATH, NULL);
		SET(CURLOPT_PROXY_CAINFO, ca_file);
		SET(CURLOPT_PROXY_CAPATH, NULL);
	}
	return code;
}

/* Redirects are followed for a feed only: libcurl would repeat or drop what is written into a collection. */
static CURLcode set_address(CURL *easy, const struct fetch_request *request)
{
	CURLcode code = CURLE_OK;
	SET(CURLOPT_URL, request->url);
	SET(CURLOPT_PROTOCOLS_STR, "https");
	SET(CURLOPT_REDIR_PROTOCOLS_STR, "https");
	SET(CURLOPT_FOLLOWLOCATION, request->method == FETCH_GET ? 1L : 0L);
	SET(CURLOPT_USERAGENT, request->user_agent ? request->user_agent : FETCH_USER_AGENT);
	SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	SET(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	SET(CURLOPT_COOKIEFILE, ""); /* cookies that a redirect sets are sent back as long as the handle lives */
	SET(CURLOPT_NOSIGNAL, 1L);
	return code;
}

static CURLcode set_login(CURL *easy, const struct fetch_request *request)
{
	CURLcode code = CURLE_OK;
	if (request->user) {
		SET(CURLOPT_HTTPAUTH, request->is_basic ? (long)CURLAUTH_BASIC : (long)SIGN_IN_KINDS);
		SET(CURLOPT_USERNAME, request->user);
		SET(CURLOPT_PASSWORD, request->password ? request->password : "");
		SET(CURLOPT_UNRESTRICTED_AUTH, 0L);
	}
	return code;
}

static CURLcode set_method(CURL *easy, const struct fetch_request *request)
{
	static const char *const names[] = {[FETCH_PUT] = "PUT",
					    [FETCH_DELETE] = "DELETE",
					    [FETCH_PROPFIND] = "PROPFIND",
					    [FETCH_REPORT] = "REPORT"};
	CURLcode code = CURLE_OK;
	if (request->text) {
		SET(CURLOPT_POSTFIELDSIZE, (long)strlen(request->text));
		SET(CURLOPT_COPYPOSTFIELDS, request->text);
	}
	if (request->method != FETCH_GET && request->method != FETCH_GET_OBJECT) {
		SET(CURLOPT_CUSTOMREQUEST, names[request->method]);
	}
	return code;
}

/* Of what a listing has, servers that know Prefer leave out what is not there. */
static bool add_headers(struct curl_slist **list, const struct fetch_request *request)
{
	bool is_put = request->method == FETCH_PUT;
	bool is_list = request->method == FETCH_PROPFIND || request->method == FETCH_REPORT;
	const char *type = is_put ? "text/calendar; charset=utf-8" : is_list ? "application/xml; charset=utf-8" : NULL;
	return add_header(list, "Accept", is_list ? "application/xml, text/xml" : "text/calendar, */*;q=0.1") &&
	       add_header(list, "Accept-Encoding", REQUEST_ENCODINGS) &&
	       add_header(list, "If-None-Match", is_put ? "*" : request->etag) &&
	       add_header(list, "If-Modified-Since", request->last_modified) &&
	       add_header(list, "Content-Type", type) &&
	       add_header(list, "Depth", is_list ? (request->is_deep ? "1" : "0") : NULL) &&
	       add_header(list, "Prefer", is_list ? "return=minimal" : NULL);
}

bool request_set(void *easy, const struct fetch_request *request, const struct fetch_limits *limits, void **out_headers)
{
	struct curl_slist *headers = NULL;
	bool ok = add_headers(&headers, request);
	CURLcode code = set_limits(easy, limits);
	code = code ? code : set_address(easy, request);
	code = code ? code : set_login(easy, request);
	code = code ? code : set_method(easy, request);
	code = code ? code : set_proxy(easy, request);
	code = code ? code : set_trust(easy, request->ca_file);
	SET(CURLOPT_HTTPHEADER, headers);
	*out_headers = headers;
	return ok && code == CURLE_OK;
}
