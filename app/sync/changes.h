/* Logs the changes between the worker's snapshots: a feed or a database that begins to fail, fails differently, or is
 * well again. An unchanged state is not logged again. The worker's thread only. */
#ifndef APP_SYNC_CHANGES_H
#define APP_SYNC_CHANGES_H

#include "app/office/snapshot.h"

struct changes;

/* Starts without a snapshot. Returns NULL when memory ran out. */
struct changes *changes_create(void);
void changes_destroy(struct changes *changes);

/* Keeps a reference to the snapshot until the next one. */
void changes_tell(struct changes *changes, struct snapshot *snapshot);

#endif
