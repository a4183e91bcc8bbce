/* See log.h. The fields need the journal's own protocol, which is used only when standard error leads to the journal
 * anyway. */
#include "log.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <syslog.h>
#include <unistd.h>

#define SD_JOURNAL_SUPPRESS_LOCATION
#include <systemd/sd-journal.h>

#include "ical/err.h"
#include "ical/utf8.h"

/* See systemd.exec(5): JOURNAL_STREAM names the device and inode of the stream that leads to the journal. */
static bool goes_to_journal(void)
{
	struct stat found;
	uintmax_t device = 0, inode = 0;
	const char *stream = getenv("JOURNAL_STREAM");
	return stream && sscanf(stream, "%ju:%ju", &device, &inode) == 2 && fstat(STDERR_FILENO, &found) == 0 &&
	       found.st_dev == device && found.st_ino == inode;
}

static void write_line(enum log_level level, const char *feed, const char *format, va_list args)
{
	static const int priorities[] = {LOG_ERR, LOG_WARNING, LOG_INFO};
	char raw[ERR_TEXT_MAX + 128], text[sizeof(raw)];
	vsnprintf(raw, sizeof(raw), format, args);
	/* A path or an argument may hold what a terminal takes for commands. */
	utf8_clean(raw, strlen(raw), text, sizeof(text) - 1);
	if (goes_to_journal() && feed) {
		sd_journal_send("MESSAGE=%s: %s", feed, text, "PRIORITY=%i", priorities[level], "KIOSK_FEED=%s", feed,
				NULL);
	} else if (goes_to_journal()) {
		sd_journal_send("MESSAGE=%s", text, "PRIORITY=%i", priorities[level], NULL);
	} else {
		fprintf(stderr, "satellitkiosk: %s%s%s\n", feed ? feed : "", feed ? ": " : "", text);
	}
}

void log_line(enum log_level level, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	write_line(level, NULL, format, args);
	va_end(args);
}

void log_feed(enum log_level level, const char *feed, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	write_line(level, feed, format, args);
	va_end(args);
}
