/* One line for each thing that somebody may have to do something about, where the program decides what to do itself.
 * To the journal with fields when systemd started us, else to standard error. Any thread. Never an address. */
#ifndef APP_BASE_LOG_H
#define APP_BASE_LOG_H

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARNING, LOG_LEVEL_INFO, LOG_LEVEL_DEBUG };

/* What is less important is not written; LOG_LEVEL_INFO unless set. */
void log_set_level(enum log_level level);

void log_line(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The same about one feed: field KIOSK_FEED. */
void log_feed(enum log_level level, const char *feed, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
