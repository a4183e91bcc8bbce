/* One line of icsread's output, as the parent reads it: hostile until proven otherwise. */
#ifndef ICAL_RECORD_H
#define ICAL_RECORD_H

#include <stddef.h>

#include "err.h"
#include "occurrence.h"
#include "reader.h"

/* Appends the occurrence that `line` describes. False: not such a line (the list is as before), or out of memory. */
bool record_read(const char *line, size_t length, struct occurrence_list *list, struct err *err);

/* Reads the counts that icsread writes last on its standard error. *out_occurrences is SIZE_MAX when not told. */
void record_read_report(const char *text, size_t length, struct reader_result *result, size_t *out_occurrences);

#endif
