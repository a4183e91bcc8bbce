/* See report.h. Findings are printed when all of them are known, because the one line begins with the worst. */
#include "report.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

struct line {
	enum finding finding;
	const char *what;
	char *text;
};

struct report {
	struct line *lines;
	size_t count;
	bool is_incomplete; /* memory ran out */
};

struct report *report_create(void)
{
	return calloc(1, sizeof(struct report));
}

void report_destroy(struct report *report)
{
	for (size_t i = 0; report && i < report->count; i++) {
		free(report->lines[i].text);
	}
	free(report ? report->lines : NULL);
	free(report);
}

void report_add(struct report *report, enum finding finding, const char *what, const char *format, ...)
{
	va_list args;
	char *text = NULL;
	struct line *lines = reallocarray(report->lines, report->count + 1, sizeof(*lines));
	va_start(args, format);
	bool ok = lines && vasprintf(&text, format, args) >= 0;
	va_end(args);
	report->lines = lines ? lines : report->lines;
	report->is_incomplete = report->is_incomplete || !ok;
	if (ok) {
		report->lines[report->count++] = (struct line){finding, what, text};
	}
}

static size_t count_of(const struct report *report, enum finding finding)
{
	size_t count = 0;
	for (size_t i = 0; i < report->count; i++) {
		count += report->lines[i].finding == finding;
	}
	return count;
}

static int print_text(const struct report *report)
{
	static const char *const words[] = {[FINE] = "ok", [DOUBTFUL] = "CHECK", [BROKEN] = "WRONG"};
	for (size_t i = 0; i < report->count; i++) {
		cli_column(words[report->lines[i].finding], 5);
		cli_column(report->lines[i].what, 14);
		cli_line("", report->lines[i].text);
	}
	return count_of(report, BROKEN) > 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}

static int print_json(const struct report *report)
{
	static const char *const words[] = {[FINE] = "ok", [DOUBTFUL] = "check", [BROKEN] = "wrong"};
	json_t *document = json_array();
	for (size_t i = 0; i < report->count; i++) {
		const struct line *line = &report->lines[i];
		json_array_append_new(document, json_pack("{s:s, s:s, s:o}", "finding", words[line->finding], "what",
							  line->what, "text", cli_json_path(line->text)));
	}
	bool ok = json_array_size(document) == report->count;
	if (!ok) {
		json_decref(document);
		return EXIT_FAILURE;
	}
	return cli_json_print(document) && count_of(report, BROKEN) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* A bar would begin figures, so there is none in the line. */
static void print_plain(const char *text)
{
	char *plain = cli_clean(text);
	for (const char *c = plain; c && *c; c++) {
		putchar(*c == '|' || *c == '\n' ? ' ' : *c);
	}
	free(plain);
}

static int print_brief(const struct report *report)
{
	static const char *const words[] = {[FINE] = "OK", [DOUBTFUL] = "WARNING", [BROKEN] = "CRITICAL"};
	enum finding worst = count_of(report, BROKEN) > 0 ? BROKEN : count_of(report, DOUBTFUL) > 0 ? DOUBTFUL : FINE;
	const char *before = "";
	printf("SATELLITKIOSK %s - ", words[worst]);
	for (size_t i = 0; i < report->count && worst != FINE; i++) {
		const struct line *line = &report->lines[i];
		if (line->finding == worst) {
			printf("%s%s: ", before, line->what);
			print_plain(line->text);
			before = "; ";
		}
	}
	if (worst == FINE) {
		printf("%zu checks", report->count);
	}
	putchar('\n');
	return (int)worst;
}

int report_print(const struct report *report, enum output output)
{
	int status = output == OUTPUT_BRIEF  ? print_brief(report)
		     : output == OUTPUT_JSON ? print_json(report)
					     : print_text(report);
	if (report->is_incomplete) {
		fputs("satellitkiosk: out of memory: some findings are missing\n", stderr);
		return output == OUTPUT_BRIEF ? 3 : EXIT_FAILURE;
	}
	return status;
}
