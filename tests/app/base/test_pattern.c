/* The configuration's expressions: what is valid, what it matches, and that neither an expression nor a text can cost
 * more than its bound. Work is counted in units, not timed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <regex.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/limits.h"
#include "app/base/pattern.h"

static const struct {
	const char *expression, *words; /* words NULL: valid */
} validity[] = {
	{"", NULL},
	{"Kontorsplats 5", NULL},
	{"^(.*) [–-] ", NULL},
	{"()", NULL},
	{"a||b", NULL},
	{"a)", NULL}, /* closes nothing: stands for itself */
	{"a}", NULL},
	{"]", NULL},
	{"[]a]", NULL},
	{"[^]a-c[:space:]-]", NULL},
	{"[[.-.][=a=]]", NULL},
	{"a**", NULL},
	{"a{3}b{3,}c{3,5}d{,5}", NULL},
	{"(a{1,10}){1,100}", NULL},
	{"[a", "character 1: [ is not closed by ]"},
	{"[]", "[ is not closed"},
	{"å[[:lower:]", "character 2: [ is not closed"},
	{"(a", "character 1: ( is not closed by )"},
	{"((a)", "character 1: ( is not closed"},
	{"*a", "character 1: there is nothing before the *"},
	{"a|+b", "character 3: there is nothing before the +"},
	{"(?:a)", "character 2: there is nothing before the ?"},
	{"(*UTF)", "character 2: there is nothing before the *"},
	{"^*", "nothing before the *"},
	{"a{", "character 2: { must be followed by numbers"},
	{"a{x}", "{ must be followed"},
	{"a{3", "{ must be followed"},
	{"a{5,3}", "{ must be followed"},
	{"a\\", "character 2: nothing stands behind the backslash"},
	{"(a)\\1", "\\1 would refer to what a group matched"},
	{"\\Qa\\E", "\\Q is not known"},
	{"\\pL", "\\p is not known"},
	{"[[:letter:]]", "there is no class of characters [:letter:]"},
	{"[[:alpha]", "[: is not closed by :]"},
	{"[[.ch.]]", "only one character"},
	{"[z-a]", "range out of order"},
	{"\xFF", "UTF-8"},
	{"a{2001}", "more than 2000 elements"},
	{"a{99999999999999999999}", "more than 2000 elements"},
	{"(((a{1,100}){1,100}){1,100})", "more than 2000 elements"},
	{"((((((((((a{2}){2}){2}){2}){2}){2}){2}){2}){2}){2}){2}", "more than 2000 elements"},
	{"(((((((((((((((((a)))))))))))))))))", "more than 16 groups"},
};

static void test_validity(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(validity) / sizeof(validity[0]); i++) {
		struct err err = {""};
		struct pattern *pattern = pattern_create(validity[i].expression, PATTERN_WORDS, &err);
		bool is_right = validity[i].words ? !pattern && strstr(err.text, validity[i].words) : pattern != NULL;
		if (!is_right) {
			fail_msg("%s: \"%s\"", validity[i].expression, err.text);
		}
		pattern_destroy(pattern);
	}
}

/* Whatever is not refused for its own size is small when it is prepared, or is refused then. */
static void test_size(void **state)
{
	(void)state;
	static const char *const pieces[] = {"[[:alpha:]]",        "[å-öa-z0-9]", "(a|b)",
					     "(a|[[:punct:]]){2}", ".{9}",        "(|)"};
	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		char text[PATTERN_TEXT_MAX + 64] = "";
		while (strlen(text) + strlen(pieces[i]) <= PATTERN_TEXT_MAX) {
			strcat(text, pieces[i]);
		}
		struct err err = {""};
		struct pattern *pattern = pattern_create(text, PATTERN_WORDS, &err);
		assert_true(pattern || strstr(err.text, "more than") || strstr(err.text, "too large"));
		pattern_destroy(pattern);
		strcat(text, "aaaaaaaaaaaaaaaaaaaaaaaaa");
		assert_null(pattern_create(text, PATTERN_WORDS, &err));
		assert_non_null(strstr(err.text, "longer than 1024 bytes"));
	}
}

static const struct {
	const char *expression;
	enum pattern_form form;
	const char *text;
	enum match match;
	const char *part; /* of the first group, or all of it */
} matches[] = {
	{"Kontorsplats 1", PATTERN_WORDS, "plan 3, KONTORSPLATS 1.", MATCH_FOUND, "KONTORSPLATS 1"},
	{"Kontorsplats 1", PATTERN_WORDS, "Kontorsplats 12", MATCH_NONE, NULL},
	{"Kontorsplats 1", PATTERN_WORDS, "Hemkontorsplats 1", MATCH_NONE, NULL},
	{"Sammanträdesrum", PATTERN_WORDS, "i SAMMANTRÄDESRUM nu", MATCH_FOUND, "SAMMANTRÄDESRUM"},
	{"Sammanträdesrum", PATTERN_WORDS, "i sammantradesrum nu", MATCH_NONE, NULL},
	{"Kontorsplats", PATTERN_WORDS, "\xE2\x84\xAAontor\xC5\xBFplat\xC5\xBF", MATCH_FOUND,
	 "\xE2\x84\xAAontor\xC5\xBFplat\xC5\xBF"}, /* the Kelvin sign and the long s are k and s */
	{"åäö", PATTERN_WORDS, "ÅÄÖ", MATCH_FOUND, "ÅÄÖ"},
	{"plats", PATTERN_ANYWHERE, "Plats", MATCH_NONE, NULL},
	{"a|b c", PATTERN_WORDS, "x b c", MATCH_FOUND, "b c"},
	{"a|b c", PATTERN_WORDS, "ab c", MATCH_NONE, NULL},
	{"plats|platsen 3", PATTERN_WORDS, "platsen 3", MATCH_FOUND,
	 "platsen 3"}, /* the longer one, when only it fits */
	{"ÅSA", PATTERN_WORDS, "åsa", MATCH_FOUND, "åsa"},
	{"åsa", PATTERN_ANYWHERE, "ÅSA", MATCH_NONE, NULL},
	{"^(.*) [–-] ", PATTERN_ANYWHERE, "Nils Svensson – Kontorsplats 1", MATCH_FOUND, "Nils Svensson"},
	{"^(.*) [–-] ", PATTERN_ANYWHERE, "Nils – A - B", MATCH_FOUND, "Nils – A"},
	{"^([^,]*), *([[:digit:]]+)$", PATTERN_ANYWHERE, "Nils, 12", MATCH_FOUND, "Nils"},
	{"(x)?a", PATTERN_ANYWHERE, "a", MATCH_FOUND, ""},
	{"[[:alpha:]]+", PATTERN_ANYWHERE, "12 čđŋ 3", MATCH_FOUND, "čđŋ"},
	{"[]\\]+", PATTERN_ANYWHERE, "a]\\b", MATCH_FOUND, "]\\"},
	{"[a\\d]+", PATTERN_ANYWHERE, "7d\\a7", MATCH_FOUND, "d\\a"}, /* in a set a backslash is one */
	{"[a-]+", PATTERN_ANYWHERE, "b-a", MATCH_FOUND, "-a"},
	{"[^[:space:]]+", PATTERN_ANYWHERE, " [x] ", MATCH_FOUND, "[x]"},
	{"[[.a.]-c]+", PATTERN_ANYWHERE, "xabcd", MATCH_FOUND, "abc"},
	{"a{,2}b", PATTERN_ANYWHERE, "aaab", MATCH_FOUND, "aab"},
	{"a+?b", PATTERN_ANYWHERE, "aab", MATCH_FOUND, "aab"}, /* a repeat of a repeat, and not a lazy one */
	{"<(a+?)", PATTERN_ANYWHERE, "<aaa", MATCH_FOUND, "aaa"},
	{"å{2}", PATTERN_ANYWHERE, "xåå", MATCH_FOUND, "åå"},
	{"rum\\.3", PATTERN_ANYWHERE, "rum.3", MATCH_FOUND, "rum.3"},
	{"rum\\.3", PATTERN_ANYWHERE, "rumx3", MATCH_NONE, NULL},
	{"a-b#c", PATTERN_ANYWHERE, "a-b#c", MATCH_FOUND, "a-b#c"},
	{"\\<rum\\> \\w+", PATTERN_ANYWHERE, "brum a rum åä", MATCH_FOUND, "rum åä"},
	{"\\d+", PATTERN_ANYWHERE, "plats 17", MATCH_FOUND, "17"},
	{"a)", PATTERN_WORDS, "(a)", MATCH_FOUND, "a)"},
	{"x$", PATTERN_ANYWHERE, "x\n", MATCH_NONE, NULL},
	{"a.b", PATTERN_ANYWHERE, "a\nb", MATCH_FOUND, "a\nb"},
	{"a", PATTERN_ANYWHERE,
	 "\xFF"
	 "a",
	 MATCH_NONE, NULL},
	{"(a|aa)+$", PATTERN_ANYWHERE, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", MATCH_GIVEN_UP, NULL},
};

static void test_matches(void **state)
{
	(void)state;
	struct err err = {""};
	struct matcher *matcher = matcher_create(&err);
	assert_non_null(matcher);
	for (size_t i = 0; i < sizeof(matches) / sizeof(matches[0]); i++) {
		struct pattern *pattern = pattern_create(matches[i].expression, matches[i].form, &err);
		struct match_part part = {0};
		assert_non_null(pattern);
		enum match match = matcher_find(matcher, pattern, matches[i].text, &part);
		bool is_right = match == matches[i].match;
		if (is_right && matches[i].part) {
			is_right = strlen(matches[i].part) == part.end - part.start &&
				   strncmp(matches[i].text + part.start, matches[i].part, part.end - part.start) == 0;
		}
		if (!is_right) {
			fail_msg("%s in \"%s\": %d, %zu to %zu", matches[i].expression, matches[i].text, (int)match,
				 part.start, part.end);
		}
		pattern_destroy(pattern);
	}
	matcher_destroy(matcher);
}

/* Expressions in use, against the C library's reading of them. */
static void test_same_as_regcomp(void **state)
{
	(void)state;
	static const char *const expressions[] = {"^(.*) [–-] ",          "^([^-]+) - ",
						  "Kontorsplats [0-9]+",  "plats ?0*5",
						  "(plats|desk) (1|2|3)", "^(.+), (heldag|förmiddag)$",
						  "[^()]*\\((.*)\\)",     "^([[:upper:]][[:alpha:]]+ )+",
						  "a{2,3}(b|c)?$",        ".*"};
	static const char *const texts[] = {"",
					    "Anna Andersson - Kontorsplats 3 (heldag)",
					    "Kontorsplats 3 - Anna",
					    "plats 05",
					    "desk 2",
					    "Åsa Öberg, förmiddag",
					    "aaab",
					    "aac",
					    "Nils – Kontorsplats 12",
					    "PLATS 5"};
	struct err err = {""};
	struct matcher *matcher = matcher_create(&err);
	locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	locale_t before = uselocale(utf8);
	for (size_t e = 0; e < sizeof(expressions) / sizeof(expressions[0]); e++) {
		struct pattern *pattern = pattern_create(expressions[e], PATTERN_ANYWHERE, &err);
		regex_t regex;
		assert_non_null(pattern);
		assert_int_equal(regcomp(&regex, expressions[e], REG_EXTENDED), 0);
		assert_int_equal(regex.re_nsub, pattern_groups(pattern));
		for (size_t t = 0; t < sizeof(texts) / sizeof(texts[0]); t++) {
			regmatch_t groups[2];
			struct match_part part = {0};
			bool found = regexec(&regex, texts[t], 2, groups, 0) == 0;
			assert_int_equal(matcher_find(matcher, pattern, texts[t], &part),
					 found ? MATCH_FOUND : MATCH_NONE);
			const regmatch_t *group = &groups[regex.re_nsub > 0];
			if (found && group->rm_so >= 0) {
				assert_int_equal(part.start, group->rm_so);
				assert_int_equal(part.end, group->rm_eo);
			}
		}
		regfree(&regex);
		pattern_destroy(pattern);
	}
	uselocale(before);
	freelocale(utf8);
	matcher_destroy(matcher);
}

/* Whatever the expression and the text are, one match costs no more than its bound and what one step more can add. */
static void test_work_is_bounded(void **state)
{
	(void)state;
	static const char *const expressions[] = {"(a+)+$",
						  "(a|aa)+$",
						  "(a*)*b",
						  "(.*)(.*)(.*)(.*)x",
						  "(a?){20}a{20}",
						  "([a-z]*[0-9])*!",
						  ".*.*.*.*=.*",
						  "(x|.*y)*z",
						  "(.{500}x|q)",
						  "a{1000}b",
						  "^(([a-z])+.)+x$",
						  "(a|b|ab)*(c|d)",
						  "((a{0,5}){0,5}){0,5}X",
						  "[[:alpha:]]*[[:digit:]]",
						  "(|a)+(|a)+x"};
	char *text = malloc(INGEST_FIELD_MAX + 1);
	memset(text, 'a', INGEST_FIELD_MAX);
	text[INGEST_FIELD_MAX] = '\0';
	struct err err = {""};
	for (size_t i = 0; i < sizeof(expressions) / sizeof(expressions[0]); i++) {
		for (int form = PATTERN_ANYWHERE; form <= PATTERN_WORDS; form++) {
			struct matcher *matcher = matcher_create(&err);
			struct pattern *pattern = pattern_create(expressions[i], (enum pattern_form)form, &err);
			assert_non_null(matcher);
			assert_non_null(pattern);
			matcher_find(matcher, pattern, text, NULL);
			assert_in_range(matcher_work(matcher), 1, PATTERN_WORK_MAX + 2 * INGEST_FIELD_MAX);
			pattern_destroy(pattern);
			matcher_destroy(matcher);
		}
	}
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_validity),        cmocka_unit_test(test_size),
		cmocka_unit_test(test_matches),         cmocka_unit_test(test_same_as_regcomp),
		cmocka_unit_test(test_work_is_bounded),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
