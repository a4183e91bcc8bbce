/* See line.h. Follows the Unicode bidirectional algorithm: embedding levels of the paragraph (FriBidi), runs of one
 * level, script and face, and the runs in visual order. */
#include "line.h"

#include <stdlib.h>
#include <string.h>
#include <fribidi.h>

#include "ical/letters.h"

static bool find_levels(const uint32_t *chars, size_t count, FriBidiLevel *levels)
{
	FriBidiCharType *types = calloc(count, sizeof(*types));
	FriBidiBracketType *brackets = calloc(count, sizeof(*brackets));
	FriBidiParType direction = FRIBIDI_PAR_ON;
	bool ok = types && brackets;
	if (ok) {
		fribidi_get_bidi_types(chars, (FriBidiStrIndex)count, types);
		fribidi_get_bracket_types(chars, (FriBidiStrIndex)count, types, brackets);
		ok = fribidi_get_par_embedding_levels_ex(types, brackets, (FriBidiStrIndex)count, &direction, levels) !=
		     0;
	}
	free(types);
	free(brackets);
	return ok;
}

/* Spaces, figures and marks belong to the script before them; at the beginning, to the first script after them. */
static void find_scripts(const uint32_t *chars, size_t count, const char **scripts)
{
	const char *last = "Latn";
	for (size_t i = count; i-- > 0;) {
		scripts[i] = letters_script(chars[i]);
		last = scripts[i] ? scripts[i] : last;
	}
	for (size_t i = 0; i < count; i++) {
		last = scripts[i] ? scripts[i] : last;
		scripts[i] = last;
	}
}

static void reverse(struct run *runs, size_t count)
{
	for (size_t i = 0; i < count / 2; i++) {
		struct run kept = runs[i];
		runs[i] = runs[count - 1 - i];
		runs[count - 1 - i] = kept;
	}
}

/* Rule L2 of the bidirectional algorithm: from the highest level down, reverse every sequence at that level or higher.
 */
static void put_in_visual_order(struct runs *runs)
{
	int highest = 0;
	for (size_t i = 0; i < runs->count; i++) {
		highest = runs->items[i].level > highest ? runs->items[i].level : highest;
	}
	for (int level = highest; level > 0; level--) {
		for (size_t start = 0, end; start < runs->count; start = end + 1) {
			for (end = start; end < runs->count && runs->items[end].level >= level;) {
				end++;
			}
			reverse(runs->items + start, end - start);
		}
	}
}

static bool joins_next(FriBidiJoiningType type)
{
	return type == FRIBIDI_JOINING_TYPE_D || type == FRIBIDI_JOINING_TYPE_L || type == FRIBIDI_JOINING_TYPE_C;
}

static bool joins_previous(FriBidiJoiningType type)
{
	return type == FRIBIDI_JOINING_TYPE_D || type == FRIBIDI_JOINING_TYPE_R || type == FRIBIDI_JOINING_TYPE_C;
}

/* Returns whether the letters on both sides of `at` are joined, as in Arabic; marks between them are ignored. */
static bool is_joint(const uint32_t *chars, size_t count, size_t at)
{
	size_t before = at, after = at;
	while (before > 0 && fribidi_get_joining_type(chars[before - 1]) == FRIBIDI_JOINING_TYPE_T) {
		before--;
	}
	while (after < count && fribidi_get_joining_type(chars[after]) == FRIBIDI_JOINING_TYPE_T) {
		after++;
	}
	return before > 0 && after < count && joins_next(fribidi_get_joining_type(chars[before - 1])) &&
	       joins_previous(fribidi_get_joining_type(chars[after]));
}

bool line_divide(const uint32_t *chars, size_t count, struct face *const *faces, struct runs *out_runs)
{
	struct runs runs = {.items = calloc(count + 1, sizeof(*runs.items))};
	FriBidiLevel *levels = calloc(count + 1, sizeof(*levels));
	const char **scripts = calloc(count + 1, sizeof(*scripts));
	bool ok = levels && scripts && runs.items && (count == 0 || find_levels(chars, count, levels));
	if (!ok) {
		goto out;
	}
	find_scripts(chars, count, scripts);
	for (size_t i = 0; i < count; i++) {
		struct run *last = runs.count > 0 ? &runs.items[runs.count - 1] : NULL;
		if (last && last->level == levels[i] && strcmp(last->script, scripts[i]) == 0 &&
		    last->face == faces[i]) {
			last->count++;
			continue;
		}
		bool is_joined = is_joint(chars, count, i);
		if (last) {
			last->joins_after = is_joined;
		}
		runs.items[runs.count++] = (struct run){i, 1, levels[i], scripts[i], faces[i], is_joined, false};
	}
	put_in_visual_order(&runs);
	*out_runs = runs;
out:
	free(levels);
	free(scripts);
	if (!ok) {
		line_finish(&runs);
	}
	return ok;
}

void line_finish(struct runs *runs)
{
	free(runs->items);
	*runs = (struct runs){0};
}
