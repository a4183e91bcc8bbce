/* What doctor has found: a list of findings, printed as lines, as JSON, or as the one line that monitoring systems
 * expect from a check (Monitoring Plugins Development Guidelines). */
#ifndef APP_CLI_REPORT_H
#define APP_CLI_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "app/config/options.h"

enum finding { FINE, DOUBTFUL, BROKEN };

struct report;

struct report *report_create(void); /* NULL: out of memory */
void report_destroy(struct report *report);

/* `what` is borrowed. A finding that there is no memory for makes report_print fail. */
void report_add(struct report *report, enum finding finding, const char *what, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* Returns the exit status: with OUTPUT_BRIEF that of a check (0 ok, 1 warning, 2 critical, 3 unknown), else failure
 * when something is broken. */
int report_print(const struct report *report, enum output output);

#endif
