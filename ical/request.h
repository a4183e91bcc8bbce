/* Puts a request and its bounds on a handle of libcurl. Nothing from the environment or the home folder (proxies,
 * netrc, cookies, tickets) takes part. Only transfer.c uses it. */
#ifndef ICAL_REQUEST_H
#define ICAL_REQUEST_H

#include <stdbool.h>

#include "fetch.h"
#include "netlimits.h"

/* Only these encodings are offered, and no other is accepted: each further decoder would read hostile bytes in this
 * process. */
#define REQUEST_ENCODINGS "gzip, deflate"

/* `easy` is libcurl's handle. *out_headers, a struct curl_slist *, is always set; it is freed after the handle. Returns
 * false when memory ran out. */
bool request_set(void *easy, const struct fetch_request *request, const struct fetch_limits *limits,
		 void **out_headers);

#endif
