/* Parses the output of icsread on the parent's side; every line is hostile until proven otherwise. */
#ifndef ICAL_RECORD_H
#define ICAL_RECORD_H

#include <stddef.h>

#include "err.h"
#include "occurrence.h"
#include "reader.h"

/* Appends the occurrence that `line` describes. Returns false when it is no such line or memory ran out; the list then
 * stays as it was. */
bool record_read(const char *line, size_t length, struct occurrence_list *list, struct err *err);

/* Reads the counts that icsread writes last on its standard error. *out_occurrences is SIZE_MAX when the line lacks it.
 */
void record_read_report(const char *text, size_t length, struct reader_result *result, size_t *out_occurrences);

#endif
