/* A checksum: FNV-1a with 64 bits. The databases keep one with each row, because SQLite notices a broken page but not a
 * letter or a time that changed inside one. */
#ifndef ICAL_SUM_H
#define ICAL_SUM_H

#include <stddef.h>
#include <stdint.h>

uint64_t sum_start(void);
uint64_t sum_text(uint64_t sum, const char *text); /* includes the final NUL, so that "a","bc" differs from "ab","c" */
uint64_t sum_bytes(uint64_t sum, const void *bytes, size_t count);
uint64_t sum_int(uint64_t sum, int64_t value);
uint64_t sum_uid(const char *uid, size_t length); /* the sum of an event's UID, which is never 0 */

#endif
