/* Writes one line for each event that may need somebody's attention. It goes to the journal, with fields, when systemd
 * started the program, and else to standard error. It never contains an address. Any thread. */
#ifndef APP_BASE_LOG_H
#define APP_BASE_LOG_H

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARNING, LOG_LEVEL_INFO };

void log_line(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Writes the same about one feed, which the field KIOSK_FEED names. */
void log_feed(enum log_level level, const char *feed, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
