/* One request and its answer, on a libcurl handle of its own: the address, the password and the cookies of a fetch end
 * with it. Only fetch.c uses it. */
#ifndef ICAL_TRANSFER_H
#define ICAL_TRANSFER_H

#include "err.h"
#include "fetch.h"
#include "netlimits.h"

struct transfer;

/* *held, which is borrowed, counts the bytes of all bodies that are being received; those of this one leave it with
 * transfer_destroy. `owner` becomes the handle's CURLOPT_PRIVATE. NULL and a filled err when the request cannot be
 * made; then the failure is FETCH_FAILURE_SETUP. */
struct transfer *transfer_create(const struct fetch_request *request, const struct fetch_limits *limits, size_t *held,
				 void *owner, struct err *err);
/* Must not be called while a multi handle holds it. */
void transfer_destroy(struct transfer *transfer);

void *transfer_handle(const struct transfer *transfer); /* libcurl's easy handle; lives as long as the transfer */

/* Computes the outcome after libcurl ended the transfer with `code` (a CURLcode). Call it once; out_result is always
 * filled. */
void transfer_conclude(struct transfer *transfer, int code, struct fetch_result *out_result, struct err *err);

#endif
