/* See pattern.h. PCRE2's own match limit starts anew at each position of the text where a match might begin, so it does
 * not bound the sum. PCRE2 therefore calls back before each element of an expression, and the calls are counted. */
#define PCRE2_CODE_UNIT_WIDTH 8

#include "pattern.h"

#include "ere_private.h"
#include "limits.h"

#include <pcre2.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	OVECTOR_PAIRS = 2,   /* the match and the first group */
	BYTES_A_UNIT = 8,    /* the part of the text that is searched for a place to start */
	REPEATS_A_UNIT = 64, /* characters that a repeat in braces passes between two calls */
	PATTERN_NEEDLE_SIZE = 64
};

struct pattern {
	pcre2_code *code;
	size_t groups;
	uint64_t step_units; /* the cost of one call; the work until the next one is invisible */
	/* Letters of ASCII that every match holds, in any case; "" none are known. */
	char needle[PATTERN_NEEDLE_SIZE];
};

struct matcher {
	pcre2_match_context *context;
	pcre2_match_data *data;
	uint64_t work, work_max;
	uint64_t step_units;
	size_t position;
};

static const uint32_t base_options =
	PCRE2_UTF | PCRE2_UCP | PCRE2_DOTALL | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C | PCRE2_AUTO_CALLOUT;

static bool compile(struct pattern *pattern, const char *text, uint32_t options, struct err *err)
{
	int error = 0;
	PCRE2_SIZE offset = 0, size = 0;
	pcre2_compile_context *context = pcre2_compile_context_create(NULL);
	if (!context) {
		return err_set(err, "out of memory");
	}
	pcre2_set_parens_nest_limit(context, 2 * PATTERN_DEPTH_MAX + 2); /* some are added around repeats */
	pattern->code = pcre2_compile((PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED, options, &error, &offset, context);
	pcre2_compile_context_free(context);
	if (!pattern->code) {
		PCRE2_UCHAR reason[128] = "";
		pcre2_get_error_message(error, reason, sizeof(reason));
		return err_set(err, "%s", (const char *)reason);
	}
	pcre2_pattern_info(pattern->code, PCRE2_INFO_SIZE, &size);
	return size <= PATTERN_COMPILED_MAX ||
	       err_set(err, "it takes more than %d KiB when it is prepared; shorten it", PATTERN_COMPILED_MAX >> 10);
}

static bool prepare(struct pattern *pattern, const char *expression, enum pattern_form form, struct err *err)
{
	struct ere ere = {0};
	char *text = NULL;
	bool is_words = form == PATTERN_WORDS;
	if (!ere_translate(expression, &ere, err)) {
		return false;
	}
	int length = asprintf(&text, is_words ? "(?<![[:alnum:]_])(?:%s)(?![[:alnum:]_])" : "%s", ere.text);
	free(ere.text);
	if (length < 0) {
		return err_set(err, "out of memory");
	}
	pattern->groups = ere.groups;
	pattern->step_units = 1 + ere.repeat_max / REPEATS_A_UNIT;
	bool ok = compile(pattern, text, base_options | (is_words ? PCRE2_CASELESS : 0), err);
	free(text);
	return ok;
}

/* An expression that stands for nothing but itself is looked for without PCRE2, as most names of places are. Only its
 * longest part of ASCII is: the cases of other letters are PCRE2's. */
static void find_needle(struct pattern *pattern, const char *expression)
{
	size_t best = 0, best_length = 0, length = 0;
	if (strpbrk(expression, "\\.[](){}*+?|^$")) {
		return;
	}
	for (size_t i = 0; expression[i]; i++) {
		bool is_ascii = (unsigned char)expression[i] < 0x80;
		length = is_ascii ? length + 1 : 0;
		if (length > best_length && length < sizeof(pattern->needle)) {
			best_length = length;
			best = i + 1 - length;
		}
	}
	memcpy(pattern->needle, expression + best, best_length);
}

/* Returns false when the text surely has no match. The Kelvin sign and the long s are other cases of k and s. */
static bool may_match(const struct pattern *pattern, const char *text)
{
	return !pattern->needle[0] || strcasestr(text, pattern->needle) || strstr(text, "\xE2\x84\xAA") ||
	       strstr(text, "\xC5\xBF");
}

struct pattern *pattern_create(const char *expression, enum pattern_form form, struct err *err)
{
	struct pattern *pattern = calloc(1, sizeof(*pattern));
	if (!pattern) {
		err_set(err, "out of memory");
		return NULL;
	}
	if (!prepare(pattern, expression, form, err)) {
		pattern_destroy(pattern);
		return NULL;
	}
	find_needle(pattern, expression);
	return pattern;
}

void pattern_destroy(struct pattern *pattern)
{
	if (pattern) {
		pcre2_code_free(pattern->code);
		free(pattern);
	}
}

size_t pattern_groups(const struct pattern *pattern)
{
	return pattern->groups;
}

/* Called before each element of the expression. The distance in the text since the last call is the work of a repeat.
 */
static int on_element(pcre2_callout_block *block, void *context)
{
	struct matcher *matcher = context;
	size_t position = block->current_position;
	size_t passed = position > matcher->position ? position - matcher->position : matcher->position - position;
	matcher->position = position;
	matcher->work += matcher->step_units + passed;
	return matcher->work > matcher->work_max ? PCRE2_ERROR_MATCHLIMIT : 0;
}

struct matcher *matcher_create(struct err *err)
{
	struct matcher *matcher = calloc(1, sizeof(*matcher));
	if (matcher) {
		matcher->context = pcre2_match_context_create(NULL);
		matcher->data = pcre2_match_data_create(OVECTOR_PAIRS, NULL);
	}
	if (!matcher || !matcher->context || !matcher->data) {
		matcher_destroy(matcher);
		err_set(err, "out of memory");
		return NULL;
	}
	pcre2_set_match_limit(matcher->context, PATTERN_WORK_MAX);
	pcre2_set_depth_limit(matcher->context, PATTERN_BACKTRACK_MAX);
	pcre2_set_heap_limit(matcher->context, PATTERN_HEAP_KIB);
	pcre2_set_callout(matcher->context, on_element, matcher);
	return matcher;
}

void matcher_destroy(struct matcher *matcher)
{
	if (matcher) {
		pcre2_match_data_free(matcher->data);
		pcre2_match_context_free(matcher->context);
		free(matcher);
	}
}

enum match matcher_find(struct matcher *matcher, const struct pattern *pattern, const char *text,
			struct match_part *out_part)
{
	size_t length = strlen(text);
	matcher->position = 0;
	matcher->step_units = pattern->step_units;
	matcher->work += 1 + length / BYTES_A_UNIT;
	matcher->work_max = matcher->work + PATTERN_WORK_MAX;
	if (!may_match(pattern, text)) {
		return MATCH_NONE;
	}
	int found = pcre2_match(pattern->code, (PCRE2_SPTR)text, length, 0, 0, matcher->data, matcher->context);
	if (found < 0) {
		bool is_known = found == PCRE2_ERROR_NOMATCH ||
				(found <= PCRE2_ERROR_UTF8_ERR1 && found >= PCRE2_ERROR_UTF8_ERR21);
		return is_known ? MATCH_NONE : MATCH_GIVEN_UP;
	}
	if (out_part) {
		const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(matcher->data);
		size_t pair = pattern->groups > 0 ? 1 : 0;
		bool is_set = pair < pcre2_get_ovector_count(matcher->data) && ends[2 * pair] != PCRE2_UNSET;
		*out_part = is_set ? (struct match_part){ends[2 * pair], ends[2 * pair + 1]} : (struct match_part){0};
	}
	return MATCH_FOUND;
}

uint64_t matcher_work(const struct matcher *matcher)
{
	return matcher->work;
}
