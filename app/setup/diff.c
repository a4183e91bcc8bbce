/* The difference of two texts, line by line, with three lines of context. What begins and ends alike is left out of the
 * comparison, so that a table of the rest stays small. */
#include "state_private.h"

#include <stdlib.h>
#include <string.h>

#include "app/base/limits.h"

struct lines {
	char *text;
	char **at;
	size_t count;
};

/* A run of the result: lines that stay (' '), go ('-') or come ('+'). */
struct step {
	char sign;
	const char *line;
};

static bool split(const char *text, struct lines *out)
{
	out->text = strdup(text);
	out->at = calloc(strlen(text) + 2, sizeof(*out->at));
	out->count = 0;
	char *rest = out->text;
	while (out->text && out->at && rest && *rest) {
		char *end = strchr(rest, '\n');
		out->at[out->count++] = rest;
		if (end) {
			*end = '\0';
		}
		rest = end ? end + 1 : NULL;
	}
	return out->text && out->at;
}

/* Fills table[i][j] with the length of the longest common subsequence of what is left from line i and j on. */
static void measure(const struct lines *a, const struct lines *b, unsigned int *table)
{
	size_t width = b->count + 1;
	for (size_t i = a->count; i-- > 0;) {
		for (size_t j = b->count; j-- > 0;) {
			unsigned int down = table[(i + 1) * width + j], right = table[i * width + j + 1];
			bool is_same = strcmp(a->at[i], b->at[j]) == 0;
			table[i * width + j] = is_same        ? table[(i + 1) * width + j + 1] + 1
					       : down > right ? down
							      : right;
		}
	}
}

static size_t compare(const struct lines *a, const struct lines *b, struct step *steps)
{
	size_t count = 0, i = 0, j = 0, width = b->count + 1;
	unsigned int *table = calloc((a->count + 1) * width, sizeof(*table));
	if (!table) {
		return 0;
	}
	measure(a, b, table);
	while (i < a->count || j < b->count) {
		bool is_same = i < a->count && j < b->count && strcmp(a->at[i], b->at[j]) == 0;
		if (is_same) {
			steps[count++] = (struct step){' ', a->at[i++]};
			j++;
		} else if (j == b->count || (i < a->count && table[(i + 1) * width + j] >= table[i * width + j + 1])) {
			steps[count++] = (struct step){'-', a->at[i++]};
		} else {
			steps[count++] = (struct step){'+', b->at[j++]};
		}
	}
	free(table);
	return count;
}

/* An address that stands in the file itself is a secret all the same. */
static void print_line(FILE *out, const struct step *step)
{
	const char *text = step->line + strspn(step->line, " \t");
	bool is_secret = strncmp(text, "url", 3) == 0 && strchr(" \t=", text[3]);
	fprintf(out, "%c%.*s%s\n", step->sign, is_secret ? (int)(text + 3 - step->line) : (int)strlen(step->line),
		step->line, is_secret ? " = …" : "");
}

static bool is_near(const struct step *steps, size_t count, size_t at)
{
	size_t from = at < DIFF_CONTEXT_MAX ? 0 : at - DIFF_CONTEXT_MAX;
	for (size_t i = from; i < count && i <= at + DIFF_CONTEXT_MAX; i++) {
		if (steps[i].sign != ' ') {
			return true;
		}
	}
	return false;
}

static void print_hunk(FILE *out, const struct step *steps, size_t from, size_t to, size_t before, size_t after)
{
	size_t removed = 0, added = 0;
	for (size_t i = from; i < to; i++) {
		removed += steps[i].sign != '+';
		added += steps[i].sign != '-';
	}
	fprintf(out, "@@ -%zu,%zu +%zu,%zu @@\n", before + (removed > 0), removed, after + (added > 0), added);
	for (size_t i = from; i < to; i++) {
		print_line(out, &steps[i]);
	}
}

static void print_steps(FILE *out, const struct step *steps, size_t count)
{
	size_t before = 0, after = 0;
	for (size_t i = 0; i < count;) {
		size_t end = i;
		while (end < count && is_near(steps, count, end)) {
			end++;
		}
		if (end > i) {
			print_hunk(out, steps, i, end, before, after);
		}
		end += end == i;
		for (; i < end; i++) {
			before += steps[i].sign != '+';
			after += steps[i].sign != '-';
		}
	}
}

void setup_print_diff(FILE *out, const char *name, const char *before, const char *after)
{
	struct lines a = {0}, b = {0};
	struct step *steps = NULL;
	if (strcmp(before, after) != 0 && split(before, &a) && split(after, &b)) {
		steps = calloc(a.count + b.count + 1, sizeof(*steps));
	}
	if (steps && a.count <= DIFF_LINES_MAX && b.count <= DIFF_LINES_MAX) {
		fprintf(out, "--- %s\n+++ %s\n", name, name);
		print_steps(out, steps, compare(&a, &b, steps));
	}
	free(steps);
	free(a.text);
	free(a.at);
	free(b.text);
	free(b.at);
}
