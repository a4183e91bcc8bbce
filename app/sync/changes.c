/* See changes.h. Only the last snapshot has to be remembered. */
#include "changes.h"

#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"

struct changes {
	struct snapshot *seen; /* NULL: none yet */
};

struct changes *changes_create(void)
{
	return calloc(1, sizeof(struct changes));
}

void changes_destroy(struct changes *changes)
{
	if (!changes) {
		return;
	}
	snapshot_unref(changes->seen);
	free(changes);
}

static const struct snapshot_feed *told_feed(const struct changes *changes, const char *name)
{
	for (size_t i = 0; changes->seen && i < changes->seen->feed_count; i++) {
		if (strcmp(changes->seen->feeds[i].name, name) == 0) {
			return &changes->seen->feeds[i];
		}
	}
	return NULL;
}

static void tell_feed(const struct changes *changes, const struct snapshot_feed *feed)
{
	const struct snapshot_feed *before = told_feed(changes, feed->name);
	enum feed_trouble trouble_before = before ? before->trouble : FEED_TROUBLE_NONE;
	if (feed->trouble && (trouble_before != feed->trouble || strcmp(before->message, feed->message) != 0)) {
		log_feed(LOG_LEVEL_WARNING, feed->name, "%s", feed->message);
	} else if (!feed->trouble && trouble_before) {
		log_feed(LOG_LEVEL_INFO, feed->name, "can be read again");
	}
}

static void tell_stores(const struct changes *changes, const struct snapshot *snapshot)
{
	const char *before = changes->seen ? changes->seen->store_message : "";
	bool was_ok = !changes->seen || changes->seen->journal_ok;
	if (snapshot->store_message[0] && strcmp(before, snapshot->store_message) != 0) {
		log_line(snapshot->journal_ok ? LOG_LEVEL_WARNING : LOG_LEVEL_ERROR, "%s", snapshot->store_message);
	}
	if (was_ok && !snapshot->journal_ok) {
		log_line(LOG_LEVEL_ERROR, "check-ins cannot be saved");
	} else if (!was_ok && snapshot->journal_ok) {
		log_line(LOG_LEVEL_INFO, "check-ins can be saved again");
	}
}

void changes_tell(struct changes *changes, struct snapshot *snapshot)
{
	tell_stores(changes, snapshot);
	for (size_t i = 0; i < snapshot->feed_count; i++) {
		tell_feed(changes, &snapshot->feeds[i]);
	}
	snapshot_unref(changes->seen);
	changes->seen = snapshot_ref(snapshot);
}
