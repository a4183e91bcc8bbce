/* What the log is told of the worker's snapshots: a feed that begins to fail, fails differently or is well again, and
 * databases that do. What goes on as it was is not told again. The worker's thread only. */
#ifndef APP_SYNC_CHANGES_H
#define APP_SYNC_CHANGES_H

#include "app/office/snapshot.h"

struct changes;

/* Nothing is known yet. NULL: out of memory. */
struct changes *changes_create(void);
void changes_destroy(struct changes *changes);

/* Keeps a reference to the snapshot until the next one. */
void changes_tell(struct changes *changes, struct snapshot *snapshot);

#endif
