/* How the sub-commands write times, columns, JSON and CSV. */
#ifndef APP_CLI_TEXT_H
#define APP_CLI_TEXT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "ical/occurrence.h"
#include "ical/zone.h"

enum { CLI_TIME_MAX = 48 }; /* bytes that hold any of the times below */

/* All write into `out` of CLI_TIME_MAX bytes and return it. */
const char *cli_utc(char *out, int64_t utc_s);                            /* "2026-11-23T09:00:00Z" */
const char *cli_date(char *out, int32_t day);                             /* "2026-11-23" */
const char *cli_local(char *out, const struct zone *zone, int64_t utc_s); /* "2026-11-23 10:00" */
const char *cli_clock(char *out, const struct zone *zone, int64_t utc_s); /* "10:00" */
const char *cli_ago(char *out, int64_t seconds);                          /* "5 min", "3 h", "2 days" */

struct json_t; /* jansson's */

/* JSON of an instant; null for 0, which everywhere means never. */
struct json_t *cli_json_utc(int64_t utc_s);
struct json_t *cli_json_text(const char *text); /* null for "" */
/* A span as icsread writes it: instants, or dates with an exclusive end. */
struct json_t *cli_json_start(const struct span *span);
struct json_t *cli_json_end(const struct span *span);
/* Takes the document over; false: out of memory. */
bool cli_json_print(struct json_t *document);

/* The text, then spaces up to `width` columns and two more. Width is counted as a terminal does. */
void cli_column(const char *text, int width);
int cli_width(const char *text);

/* One field of RFC 4180, quoted where it must be, then a comma or (is_last) the line's end. */
void cli_csv(const char *text, bool is_last);
/* The same for a text that comes from a feed: what a spreadsheet would carry out as a formula gets a ' before it. */
void cli_csv_foreign(const char *text, bool is_last);

#endif
