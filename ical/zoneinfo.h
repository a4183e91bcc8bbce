/* The system's folder of time zones (Debian's package tzdata): one TZif file a zone, and a list of links, tzdata.zi.
 * The folder is given by the caller; the environment (TZ, TZDIR) is never asked.
 *
 * Either each look-up opens a file, or zoneinfo_load has read them all and no file is opened any more. Used by one
 * thread at a time. */
#ifndef ICAL_ZONEINFO_H
#define ICAL_ZONEINFO_H

#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>

#include "err.h"

#define ZONEINFO_FOLDER "/usr/share/zoneinfo"

/* How a file of the folder is opened, exactly: the reader's sandbox allows nothing else. A pipe put there cannot hold
 * the program up, and a terminal cannot become its own. */
enum { ZONEINFO_OPEN_FLAGS = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC };

struct zoneinfo;

/* NULL with err: the folder cannot be opened. */
struct zoneinfo *zoneinfo_create(const char *folder, struct err *err);
void zoneinfo_destroy(struct zoneinfo *zoneinfo);

/* Reads every zone into memory, and closes the folder. */
bool zoneinfo_load(struct zoneinfo *zoneinfo, struct err *err);

/* The folder, to which look-ups are relative; -1 once everything is loaded. */
int zoneinfo_folder_fd(const struct zoneinfo *zoneinfo);

/* "2025b"; empty: the folder does not say. Lives as long as the zoneinfo. */
const char *zoneinfo_version(const struct zoneinfo *zoneinfo);

/* The TZif file of a zone, or of the zone that the name is a link to. NULL with err: unknown, or it cannot be read. The
 * caller frees the result. */
unsigned char *zoneinfo_read(const struct zoneinfo *zoneinfo, const char *name, size_t *out_length, struct err *err);

#endif
