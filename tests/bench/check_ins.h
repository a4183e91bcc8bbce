/* Puts many check-ins into a journal. For measurements only. */
#ifndef TESTS_BENCH_CHECK_INS_H
#define TESTS_BENCH_CHECK_INS_H

#include "db/journal.h"

/* The check-in with this number, of one of five machines. */
struct journal_entry check_ins_make(long number, int64_t at_utc);

/* Adds that many, evenly between two instants. A failure is printed. */
bool check_ins_fill(const char *dir, long count, int64_t oldest_utc, int64_t newest_utc);

#endif
