/* See plural.h. The expression is kept as text and evaluated by recursive descent: it is short, and a picture needs it
 * a few times only. The length of the text bounds the depth. */
#include "plural.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "limits.h"

struct plural {
	unsigned long count;
	char text[PLURAL_TEXT_MAX + 1];
};

struct parser {
	const char *at;
	unsigned long n;
	bool failed;
};

static unsigned long choice(struct parser *parser);

static bool takes(struct parser *parser, const char *sign)
{
	parser->at += strspn(parser->at, " \t");
	size_t length = strlen(sign);
	if (strncmp(parser->at, sign, length) != 0) {
		return false;
	}
	parser->at += length;
	return true;
}

static unsigned long primary(struct parser *parser)
{
	if (takes(parser, "(")) {
		unsigned long value = choice(parser);
		parser->failed = parser->failed || !takes(parser, ")");
		return value;
	}
	if (takes(parser, "n")) {
		return parser->n;
	}
	if (takes(parser, "!")) {
		return !primary(parser);
	}
	char *end = NULL;
	size_t digits = strspn(parser->at, "0123456789");
	unsigned long value = strtoul(parser->at, &end, 10);
	parser->failed = parser->failed || digits == 0;
	parser->at = digits > 0 ? end : parser->at;
	return value;
}

static unsigned long apply(struct parser *parser, const char *sign, unsigned long a, unsigned long b)
{
	switch (sign[0]) {
	case '*':
		return a * b;
	case '/':
	case '%':
		parser->failed = parser->failed || b == 0;
		return b == 0 ? 0 : sign[0] == '/' ? a / b : a % b;
	case '+':
		return a + b;
	case '-':
		return a - b;
	case '<':
		return sign[1] ? a <= b : a < b;
	case '>':
		return sign[1] ? a >= b : a > b;
	case '=':
		return a == b;
	case '!':
		return a != b;
	case '&':
		return a && b;
	default:
		return a || b;
	}
}

/* The operators by level, the loosest first. Of two that begin alike the longer one comes first. */
static const char *const levels[][5] = {{"||"},     {"&&"},         {"==", "!="}, {"<=", ">=", "<", ">"},
					{"+", "-"}, {"*", "/", "%"}};
enum { LEVEL_COUNT = sizeof(levels) / sizeof(levels[0]) };

static unsigned long level(struct parser *parser, size_t depth)
{
	if (depth == LEVEL_COUNT) {
		return primary(parser);
	}
	unsigned long value = level(parser, depth + 1);
	for (size_t i = 0; levels[depth][i] && !parser->failed;) {
		if (takes(parser, levels[depth][i])) {
			value = apply(parser, levels[depth][i], value, level(parser, depth + 1));
			i = 0;
		} else {
			i++;
		}
	}
	return value;
}

static unsigned long choice(struct parser *parser)
{
	unsigned long value = level(parser, 0);
	if (parser->failed || !takes(parser, "?")) {
		return value;
	}
	unsigned long yes = choice(parser);
	parser->failed = parser->failed || !takes(parser, ":");
	unsigned long no = parser->failed ? 0 : choice(parser);
	return value ? yes : no;
}

static bool is_sound(const char *text)
{
	struct parser parser = {.at = text, .n = 1};
	choice(&parser);
	return !parser.failed && (takes(&parser, ";") || takes(&parser, "\n") || parser.at[0] == '\0');
}

struct plural *plural_parse(const char *text)
{
	unsigned long count = 0;
	int length = 0;
	size_t line = strcspn(text, "\n");
	if (line > PLURAL_TEXT_MAX || sscanf(text, " nplurals = %4lu ; plural = %n", &count, &length) != 1 ||
	    length == 0 || count == 0 || (size_t)length > line) {
		return NULL;
	}
	struct plural *plural = calloc(1, sizeof(*plural));
	if (!plural) {
		return NULL;
	}
	plural->count = count;
	memcpy(plural->text, text + length, line - (size_t)length);
	if (!is_sound(plural->text)) {
		free(plural);
		return NULL;
	}
	return plural;
}

void plural_destroy(struct plural *plural)
{
	free(plural);
}

unsigned long plural_form(const struct plural *plural, unsigned long n)
{
	struct parser parser = {.at = plural->text, .n = n};
	unsigned long form = choice(&parser);
	return parser.failed || form >= plural->count ? 0 : form;
}
