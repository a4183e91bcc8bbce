/* The separate reader: it reads a calendar from stdin, and writes its occurrences to stdout and counts to stderr. It
 * opens nothing but time zones, and enters its sandbox before it reads the first byte. See icsread(1). */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "answer.h"
#include "calendar.h"
#include "civil.h"
#include "sandbox.h"
#include "utf8.h"
#include "zone.h"
#include "zoneinfo.h"
#include "zonewindows.h"

enum { EXIT_READ = 0, EXIT_NOT_CALENDAR = 1, EXIT_USAGE = 2, CHUNK_BYTES = 256 << 10 };

struct options {
	const char *from, *to, *zone, *zoneinfo;
	bool text, cancelled, description, objects;
};

static const char usage_text[] =
	"Usage: icsread --from DATE --to DATE --zone ZONE [--zoneinfo FOLDER] [--json|--text]\n"
	"               [--cancelled] [--description] [--objects] < feed.ics\n"
	"Prints the occurrences that touch the days from DATE up to, but not including, DATE.\n"
	"\n"
	"  --from DATE, --to DATE  2026-11-01, or a local time such as 2026-11-01T08:00\n"
	"  --zone ZONE             the office's time zone, such as Europe/Stockholm\n"
	"  --zoneinfo FOLDER       where the time zones are (default: " ZONEINFO_FOLDER ")\n"
	"  --json                  one JSON object a line (the default)\n"
	"  --text                  a line for people instead\n"
	"  --cancelled             cancelled occurrences too\n"
	"  --description           with the key \"description\"\n"
	"  --objects               a row of calendars, each ended by a NUL: one that is spoilt is left out\n"
	"  --help, --version\n";

#ifdef KIOSK_SANITIZED
int __lsan_is_turned_off(void);

/* The leak checker would start a process, which the sandbox forbids. The tests of each module check for leaks instead.
 */
int __lsan_is_turned_off(void)
{
	return 1;
}
#endif

/* A sentence may quote the calendar or the command line, and a quotation must not reach a terminal as a command.
 * Control characters and broken bytes are therefore printed as \xNN. */
static void complain(const char *text)
{
	size_t length = strlen(text);
	fputs("icsread: ", stderr);
	for (size_t at = 0; at < length;) {
		size_t first = at;
		int32_t character = utf8_next(text, length, &at);
		if (character >= ' ' && !utf8_is_unwanted(character)) {
			fwrite(text + first, 1, at - first, stderr);
			continue;
		}
		for (size_t i = first; i < at; i++) {
			fprintf(stderr, "\\x%02x", (unsigned int)(unsigned char)text[i]);
		}
	}
	putc('\n', stderr);
}

static int usage_error(const char *text)
{
	complain(text);
	fputs(usage_text, stderr);
	return EXIT_USAGE;
}

/* getopt's own message would print the word unescaped. */
static int option_error(int option, char **argv)
{
	char text[ERR_TEXT_MAX];
	snprintf(text, sizeof(text), option == ':' ? "%s needs a value" : "there is no option %s", argv[optind - 1]);
	return usage_error(text);
}

enum {
	OPTION_FROM = 1,
	OPTION_TO,
	OPTION_ZONE,
	OPTION_ZONEINFO,
	OPTION_JSON,
	OPTION_TEXT,
	OPTION_CANCELLED,
	OPTION_DESCRIPTION,
	OPTION_OBJECTS,
	OPTION_HELP,
	OPTION_VERSION
};

/* Returns -1 to go on, else the exit status. */
static int parse_options(int argc, char **argv, struct options *options)
{
	static const struct option known[] = {
		{"from", required_argument, NULL, OPTION_FROM},
		{"to", required_argument, NULL, OPTION_TO},
		{"zone", required_argument, NULL, OPTION_ZONE},
		{"zoneinfo", required_argument, NULL, OPTION_ZONEINFO},
		{"json", no_argument, NULL, OPTION_JSON},
		{"text", no_argument, NULL, OPTION_TEXT},
		{"cancelled", no_argument, NULL, OPTION_CANCELLED},
		{"description", no_argument, NULL, OPTION_DESCRIPTION},
		{"objects", no_argument, NULL, OPTION_OBJECTS},
		{"help", no_argument, NULL, OPTION_HELP},
		{"version", no_argument, NULL, OPTION_VERSION},
		{0},
	};
	int option;

	opterr = 0;
	while ((option = getopt_long(argc, argv, ":", known, NULL)) != -1) {
		switch (option) {
		case OPTION_FROM:
			options->from = optarg;
			break;
		case OPTION_TO:
			options->to = optarg;
			break;
		case OPTION_ZONE:
			options->zone = optarg;
			break;
		case OPTION_ZONEINFO:
			options->zoneinfo = optarg;
			break;
		case OPTION_JSON:
			options->text = false;
			break;
		case OPTION_TEXT:
			options->text = true;
			break;
		case OPTION_CANCELLED:
			options->cancelled = true;
			break;
		case OPTION_DESCRIPTION:
			options->description = true;
			break;
		case OPTION_OBJECTS:
			options->objects = true;
			break;
		case OPTION_HELP:
			fputs(usage_text, stdout);
			return EXIT_READ;
		case OPTION_VERSION:
			puts("icsread " KIOSK_VERSION);
			return EXIT_READ;
		default:
			return option_error(option, argv);
		}
	}
	if (optind < argc) {
		return usage_error("there is a word too many");
	}
	if (!options->from || !options->to || !options->zone) {
		return usage_error("--from, --to and --zone are needed");
	}
	return -1;
}

static bool feed_all(struct calendar *calendar, struct err *err)
{
	char *chunk = malloc(CHUNK_BYTES);
	ssize_t got = 1;
	bool ok = chunk != NULL;

	if (!ok) {
		err_set(err, "out of memory");
	}
	while (ok && got > 0) {
		got = read(STDIN_FILENO, chunk, CHUNK_BYTES);
		if (got < 0 && errno == EINTR) {
			got = 1;
			continue;
		}
		if (got < 0) {
			ok = err_set(err, "stdin: %s", strerror(errno));
		} else {
			ok = calendar_feed(calendar, chunk, (size_t)got, err);
		}
	}
	free(chunk);
	return ok;
}

static bool print_result(const struct options *options, const struct calendar_result *result, const struct zone *office)
{
	if (options->text) {
		answer_print_text(stdout, result, office);
	} else {
		answer_print_json(stdout, result, options->description);
	}
	if (fflush(stdout) != 0 || ferror(stdout)) {
		return false;
	}
	answer_print_counts(stderr, result);
	return true;
}

static int read_calendar(const struct options *options, const struct calendar_request *request,
			 struct zoneinfo *zoneinfo)
{
	struct calendar *calendar = calendar_create(request);
	const struct calendar_result *result = NULL;
	struct err err = {0};
	int code = EXIT_NOT_CALENDAR;

	if (!calendar) {
		err_set(&err, "out of memory");
	} else if (sandbox_enter(zoneinfo, &err) && feed_all(calendar, &err)) {
		result = calendar_finish(calendar, &err);
	}
	if (!result) {
		complain(err.text);
	} else if (print_result(options, result, request->office)) {
		code = EXIT_READ;
	}
	calendar_destroy(calendar);
	return code;
}

int main(int argc, char **argv)
{
	struct options options = {.zoneinfo = ZONEINFO_FOLDER};
	struct calendar_request request = {0};
	struct zoneinfo *zoneinfo;
	struct zone *office;
	char iana[ZONE_NAME_MAX];
	struct err err;
	int code = parse_options(argc, argv, &options);

	if (code >= 0) {
		return code;
	}
	if (!civil_parse(options.from, &request.from_local_s) || !civil_parse(options.to, &request.to_local_s) ||
	    request.from_local_s >= request.to_local_s) {
		return usage_error("--from and --to are dates such as 2026-11-01, the second after the first");
	}
	zoneinfo = zoneinfo_create(options.zoneinfo, &err);
	if (!zoneinfo) {
		return usage_error(err.text);
	}
	office = zone_create_from(zoneinfo, options.zone, &err);
	if (!office) {
		zoneinfo_destroy(zoneinfo);
		return usage_error(err.text);
	}
	/* Loads ICU's table of Windows names before any hostile byte is read. */
	zonewindows_find("W. Europe Standard Time", iana);
	request.office = office;
	request.zoneinfo = zoneinfo;
	request.with_cancelled = options.cancelled;
	request.want_description = options.description;
	request.has_objects = options.objects;
	code = read_calendar(&options, &request, zoneinfo);
	zone_destroy(office);
	zoneinfo_destroy(zoneinfo);
	return code;
}
