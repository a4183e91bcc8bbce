/* Writes times, dates and names as a person says them, in the visitor's language. Results live in the arena. */
#ifndef APP_MODEL_WORDS_H
#define APP_MODEL_WORDS_H

#include <stdint.h>

#include "ical/zone.h"
#include "app/base/arena.h"
#include "app/base/limits.h"

const char *words_clock(struct arena *arena, const struct zone *zone, int64_t utc);             /* "10:42" */
const char *words_span(struct arena *arena, const struct zone *zone, int64_t from, int64_t to); /* "10:30–15:00" */

const char *words_weekday(int32_t day);                         /* "måndag" */
const char *words_weekday_short(int32_t day);                   /* "mån" */
const char *words_month_short(int32_t day);                     /* "nov" */
const char *words_date(struct arena *arena, int32_t day);       /* "måndag 23 november" */
const char *words_date_short(struct arena *arena, int32_t day); /* "23 november" */
const char *words_date_brief(struct arena *arena, int32_t day); /* "mån 23 nov" */
const char *words_month_year(struct arena *arena, int32_t day); /* "december 2026" */
const char *words_week(struct arena *arena, int32_t day);       /* "vecka 48" */
const char *words_in_days(struct arena *arena, int32_t days);   /* "i dag", "i morgon", "om 4 dagar" */
const char *words_moment(struct arena *arena, const struct zone *zone, int64_t utc,
			 int32_t today); /* with the day when it is not today */

/* Returns the first word of a name that has more than initials: "Nils" for "Nils S.", "" for "N.S.". */
const char *words_first_name(struct arena *arena, const char *name);
const char *words_initials(struct arena *arena, const char *name); /* "N.S."; "" when it would not be shorter */
const char *words_sentence(struct arena *arena, const char *text); /* with a full stop */
const char *words_capital(struct arena *arena, const char *text);  /* with a capital, when it begins with a to z */
/* What a Swedish directory sorts a name by: letters of any case, other accents as their base, Å Ä Ö last. Keys are
 * compared with memcmp; names that differ later than in NAME_SORTED_LETTERS letters have equal ones. */
enum { WORDS_KEY_LETTER = 3, WORDS_KEY_BYTES = NAME_SORTED_LETTERS * WORDS_KEY_LETTER };
void words_sort_key(const char *name, unsigned char out_key[WORDS_KEY_BYTES]);
/* Returns the letter under which a name stands in such a directory; 0 none. */
int32_t words_letter(const char *name);
const char *words_capital_letter(struct arena *arena, const char *name); /* the same as a text */

#endif
