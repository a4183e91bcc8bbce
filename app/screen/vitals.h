/* The condition of the running kiosk, in numbers that another process may read at any time without waking it: a page of
 * shared memory in $RUNTIME_DIRECTORY, which is no disk. It holds nothing about any person. */
#ifndef APP_SCREEN_VITALS_H
#define APP_SCREEN_VITALS_H

#include <stdbool.h>
#include <stdint.h>

enum { VITAL_BUCKETS = 5 };

enum vital {
	VITAL_STARTED_UTC,
	VITAL_IS_SHOWN, /* whether a picture is on a display */
	VITAL_IS_DEAF,  /* whether no touch panel can be read */
	VITAL_IS_OFF,   /* whether the display is switched off for the night */
	VITAL_POWER,    /* whether it can be, an enum vital_power */
	VITAL_MEMORY_BYTES,
	VITAL_FRAMES,
	VITAL_FRAMES_US,     /* the sum of their times */
	VITAL_FRAMES_WITHIN, /* how many took at most vital_bucket_us[0], … */
	VITAL_COUNT = VITAL_FRAMES_WITHIN + VITAL_BUCKETS
};

enum vital_power { POWER_UNTRIED, POWER_ABLE, POWER_UNABLE };

extern const int64_t vital_bucket_us[VITAL_BUCKETS];

struct vitals;

/* `folder` is the service's runtime folder. Returns NULL when there is none or memory ran out; all calls accept NULL.
 * The file vanishes with the folder. */
struct vitals *vitals_create(const char *folder, int64_t now_utc);
void vitals_destroy(struct vitals *vitals);

/* These may be called in any thread; none of them waits or calls the kernel. */
void vitals_set(struct vitals *vitals, enum vital which, int64_t value);
void vitals_frame(struct vitals *vitals, int64_t took_us);

/* Records how much memory the process has; this reads a file. */
void vitals_measure(struct vitals *vitals);

/* Reads the vitals of a running kiosk. Returns false when none runs, or one of another version. */
bool vitals_read(const char *folder, int64_t out_values[VITAL_COUNT]);

/* Returns the folder of the vitals of the kiosk that runs as a service: $RUNTIME_DIRECTORY when they are there, else
 * that of satellitkiosk.service. */
const char *vitals_folder(void);

#endif
