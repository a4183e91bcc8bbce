/* The report as one HTML page: charts are drawn in it (SVG), the same numbers stand in tables for who cannot see them,
 * and it loads nothing. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "app/base/i18n.h"
#include "app/base/limits.h"
#include "text.h"
#include "usage_private.h"

/* Measures of the charts, in CSS pixels. */
enum {
	CHART_WIDTH = 860,
	COLUMNS_HEIGHT = 180,
	ROW_HEIGHT = 30,
	NAME_WIDTH = 230,
	NUMBER_WIDTH = 60,
	LABELS_HEIGHT = 26
};

static const char *const titles[USAGE_KIND_COUNT] = {[USAGE_BY_DAY] = TR_MARK("Stays by day"),
						     [USAGE_BY_HOUR] = TR_MARK("Stays by hour of the day"),
						     [USAGE_BY_WEEKDAY] = TR_MARK("Stays by weekday"),
						     [USAGE_BY_PLACE] = TR_MARK("Stays by desk and room")};

static void put_text(const char *text)
{
	for (; *text; text++) {
		switch (*text) {
		case '<':
			fputs("&lt;", stdout);
			break;
		case '>':
			fputs("&gt;", stdout);
			break;
		case '&':
			fputs("&amp;", stdout);
			break;
		case '"':
			fputs("&quot;", stdout);
			break;
		default:
			putchar(*text);
		}
	}
}

static void put_element(const char *name, const char *text)
{
	printf("<%s>", name);
	put_text(text);
	printf("</%s>\n", name);
}

static uint32_t greatest(const struct usage_table *table)
{
	uint32_t most = 1;
	for (size_t i = 0; i < table->count; i++) {
		most = table->rows[i].stays > most ? table->rows[i].stays : most;
	}
	return most;
}

static void begin_svg(const char *title, int height)
{
	printf("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"", CHART_WIDTH, height);
	put_text(title);
	fputs("\">\n", stdout);
}

static void put_hint(const struct usage_row *row)
{
	fputs("<title>", stdout);
	put_text(row->label);
	printf(": %" PRIu32 "</title>", row->stays);
}

/* A bar of a row each, with its name and its number. */
static void draw_rows(const struct usage_table *table, const char *title)
{
	double scale = (CHART_WIDTH - NAME_WIDTH - NUMBER_WIDTH) / (double)greatest(table);
	begin_svg(title, (int)table->count * ROW_HEIGHT);
	for (size_t i = 0; i < table->count; i++) {
		const struct usage_row *row = &table->rows[i];
		int top = (int)i * ROW_HEIGHT;
		double width = row->stays * scale;
		printf("<g>");
		put_hint(row);
		printf("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">", NAME_WIDTH - 12, top + 20);
		if (cli_width(row->label) > 26) { /* all of it stands in the table */
			int length = 0;
			for (int letters = 0; letters < 25; length++) {
				letters += ((unsigned char)row->label[length + 1] & 0xC0) != 0x80;
			}
			printf("%.*s…", length, row->label);
		} else {
			put_text(row->label);
		}
		printf("</text><rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>", NAME_WIDTH, top + 5, width,
		       ROW_HEIGHT - 10);
		printf("<text x=\"%.1f\" y=\"%d\">%" PRIu32 "</text></g>\n", NAME_WIDTH + width + 8, top + 20,
		       row->stays);
	}
	puts("</svg>");
}

/* A column each; the first, the last and some between them have their names below. */
static void draw_columns(const struct usage_table *table, const char *title)
{
	enum { NAMED_COLUMNS = 8 };
	double step = (double)CHART_WIDTH / (double)table->count;
	double scale = (COLUMNS_HEIGHT - 24) / (double)greatest(table);
	size_t every = (table->count + NAMED_COLUMNS - 1) / NAMED_COLUMNS;
	begin_svg(title, COLUMNS_HEIGHT + LABELS_HEIGHT);
	for (size_t i = 0; i < table->count; i++) {
		const struct usage_row *row = &table->rows[i];
		double height = row->stays * scale, left = (double)i * step, gap = step > 8 ? 3 : step / 5;
		printf("<g>");
		put_hint(row);
		printf("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>", left, COLUMNS_HEIGHT - height,
		       step - gap, height);
		if (step > 24) {
			printf("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%" PRIu32 "</text>",
			       left + (step - gap) / 2, COLUMNS_HEIGHT - height - 6, row->stays);
		}
		puts("</g>");
		if (i % every == 0) {
			printf("<text x=\"%.1f\" y=\"%d\">", left, COLUMNS_HEIGHT + 18);
			put_text(row->from);
			puts("</text>");
		}
	}
	printf("<line x1=\"0\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n</svg>\n", COLUMNS_HEIGHT, CHART_WIDTH, COLUMNS_HEIGHT);
}

static void put_table(const struct usage_table *table)
{
	fputs("<details><summary>", stdout);
	put_text(tr("The numbers"));
	puts("</summary><table>");
	for (size_t i = 0; i < table->count; i++) {
		fputs("<tr><th scope=\"row\">", stdout);
		put_text(table->rows[i].label);
		printf("</th><td>%" PRIu32 "</td></tr>\n", table->rows[i].stays);
	}
	puts("</table></details>");
}

static void put_summary(const struct usage_report *report)
{
	char from[CLI_TIME_MAX], through[CLI_TIME_MAX], text[256];
	cli_date(from, report->from_day);
	cli_date(through, report->through_day);
	if (report->is_too_few) {
		snprintf(text, sizeof(text), tr("%s to %s: fewer than %d stays, so no numbers are shown"), from,
			 through, USAGE_LEAST);
	} else {
		snprintf(text, sizeof(text), tr("%s to %s: %lu stays"), from, through, (unsigned long)report->stays);
	}
	put_element("p", text);
	snprintf(text, sizeof(text),
		 tr("Counted are check-ins, without persons. Numbers below %d are merged with their neighbours."),
		 USAGE_LEAST);
	put_element("p", text);
}

void usage_print_html(const struct usage_report *report)
{
	static const char style[] =
		"body{font:16px/1.5 Inter,system-ui,sans-serif;color:#1c2024;background:#fff;max-width:860px;"
		"margin:32px auto;padding:0 24px}h1{font-size:28px;line-height:1.2;margin:0 0 8px}"
		"h2{font-size:20px;margin:40px 0 12px}p{margin:0 0 8px}svg{width:100%;height:auto;display:block}"
		"svg rect{fill:#0b5b7f}svg text{font-size:14px;fill:#1c2024}svg line{stroke:#6b7680}"
		"summary{cursor:pointer;padding:8px 0}table{border-collapse:collapse}"
		"th,td{padding:4px 24px 4px 0;text-align:left;font-weight:normal;border-bottom:1px solid #d5dade}"
		"td{text-align:right;font-variant-numeric:tabular-nums}@media print{details{display:none}}";
	printf("<!DOCTYPE html>\n<html lang=\"%s\">\n<head><meta charset=\"utf-8\">\n"
	       "<meta name=\"viewport\" content=\"width=device-width\">\n<style>%s</style>\n",
	       i18n_language(), style);
	put_element("title", report->config->office);
	puts("</head>\n<body>");
	put_element("h1", report->config->office);
	put_summary(report);
	for (enum usage_kind kind = 0; kind < USAGE_KIND_COUNT; kind++) {
		const struct usage_table *table = &report->tables[kind];
		if (table->count == 0) {
			continue;
		}
		const char *title = tr(titles[kind]);
		put_element("h2", title);
		if (kind == USAGE_BY_DAY || kind == USAGE_BY_HOUR) {
			draw_columns(table, title);
		} else {
			draw_rows(table, title);
		}
		put_table(table);
	}
	puts("</body>\n</html>");
}
