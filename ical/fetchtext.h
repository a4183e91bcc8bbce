/* What failed, in words of our own: libcurl's name hosts and addresses, which are secret. */
#ifndef ICAL_FETCHTEXT_H
#define ICAL_FETCHTEXT_H

#include "err.h"
#include "fetch.h"

/* A CURLcode other than CURLE_OK, and libcurl's verify result for when it was about the certificate. */
enum fetch_failure fetchtext_code(int code, long verify_result, struct err *err);

/* A status that is neither 200 nor an expected 304. */
void fetchtext_status(long status, struct err *err);

#endif
