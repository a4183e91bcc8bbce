/* How the sub-commands write times, columns, JSON and CSV. */
#ifndef APP_CLI_TEXT_H
#define APP_CLI_TEXT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "ical/occurrence.h"
#include "ical/zone.h"

enum { CLI_TIME_MAX = 48 }; /* bytes; enough for each of the times below */

/* These functions write into `out`, which has CLI_TIME_MAX bytes, and return it. */
const char *cli_utc(char *out, int64_t utc_s);                            /* "2026-11-23T09:00:00Z" */
const char *cli_date(char *out, int32_t day);                             /* "2026-11-23" */
const char *cli_local(char *out, const struct zone *zone, int64_t utc_s); /* "2026-11-23 10:00" */
const char *cli_clock(char *out, const struct zone *zone, int64_t utc_s); /* "10:00" */
const char *cli_ago(char *out, int64_t seconds);                          /* "5 min", "3 h", "2 days" */

/* Returns "feed" for one and "feeds" for any other number. The texts are English. */
const char *cli_count(size_t count, const char *one, const char *many);

struct json_t; /* jansson's */

/* Returns the JSON of an instant; null for 0, which means never everywhere. */
struct json_t *cli_json_utc(int64_t utc_s);
struct json_t *cli_json_text(const char *text); /* null for "" */
struct json_t *cli_json_path(const char *path); /* what is no UTF-8 in it becomes U+FFFD */
/* The span as icsread writes it: instants, or dates with an exclusive end. */
struct json_t *cli_json_start(const struct span *span);
struct json_t *cli_json_end(const struct span *span);
/* Prints the document and takes ownership of it. Returns false when memory ran out. */
bool cli_json_print(struct json_t *document);

/* Prints the text, then spaces up to `width` columns, and two more. Columns are counted as a terminal counts them. */
void cli_column(const char *text, int width);
int cli_width(const char *text);

/* Returns a text that may hold a path, without what a terminal takes for commands; the caller frees it. NULL: out of
 * memory. */
char *cli_clean(const char *text);
/* Prints a line with such a text. */
void cli_line(const char *label, const char *text);

/* Prints one field of RFC 4180, quoted where necessary, then a comma or (is_last) the end of the line. */
void cli_csv(const char *text, bool is_last);
/* Prints a text that comes from a feed. A text that a spreadsheet would run as a formula gets a ' in front. */
void cli_csv_foreign(const char *text, bool is_last);

#endif
