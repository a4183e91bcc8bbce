/* How the running kiosk is, in numbers that another process may read at any time without waking it: a page of shared
 * memory in $RUNTIME_DIRECTORY, which is no disk. Nothing about any person. */
#ifndef APP_SCREEN_VITALS_H
#define APP_SCREEN_VITALS_H

#include <stdbool.h>
#include <stdint.h>

enum { VITAL_BUCKETS = 5 };

enum vital {
	VITAL_STARTED_UTC,
	VITAL_IS_SHOWN, /* a picture is on a display */
	VITAL_IS_DEAF,  /* no touch panel can be read */
	VITAL_MEMORY_BYTES,
	VITAL_FRAMES,
	VITAL_FRAMES_US,     /* what all of them took */
	VITAL_FRAMES_WITHIN, /* so many took at most vital_bucket_us[0], … */
	VITAL_COUNT = VITAL_FRAMES_WITHIN + VITAL_BUCKETS
};

extern const int64_t vital_bucket_us[VITAL_BUCKETS];

struct vitals;

/* `folder` is the service's runtime folder. NULL: there is none, or no memory; then nobody asks, and all calls take
 * NULL. The file goes with the folder. */
struct vitals *vitals_create(const char *folder, int64_t now_utc);
void vitals_destroy(struct vitals *vitals);

/* Any thread; none of them waits or calls the kernel. */
void vitals_set(struct vitals *vitals, enum vital which, int64_t value);
void vitals_frame(struct vitals *vitals, int64_t took_us);

/* Looks how much memory the process has; reads a file. */
void vitals_measure(struct vitals *vitals);

/* Of a kiosk that runs now. False: none does, or one of another version. */
bool vitals_read(const char *folder, int64_t out_values[VITAL_COUNT]);

/* Where the kiosk's are, as a service: $RUNTIME_DIRECTORY when they are there, else that of satellitkiosk.service. */
const char *vitals_folder(void);

#endif
