/* Keeps the certain time (app/base/settled.h) over restarts, in a small file of the state folder. It is written every
 * few hours, and whenever a server said something new. */
#include "private.h"

#include "app/base/regular.h"
#include "app/base/whole.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define CERTAIN_FILE "time.settled"

static bool read_file(const struct sync *sync, struct settled *out)
{
	char path[4096], text[64];
	struct settled read = {0};
	snprintf(path, sizeof(path), "%s/%s", sync->state_dir, CERTAIN_FILE);
	bool ok = regular_slurp(path, text, sizeof(text)) &&
		  sscanf(text, "%" SCNd64 " %" SCNd64, &read.utc_s, &read.seen_utc_s) == 2 && read.utc_s > 0 &&
		  read.seen_utc_s >= 0;
	if (ok) {
		*out = read;
	}
	return ok;
}

/* A file that cannot be written is no trouble of its own: later, less is certain, and less is erased. */
static void write_file(struct sync *sync)
{
	char path[4096], text[64];
	snprintf(path, sizeof(path), "%s/%s", sync->state_dir, CERTAIN_FILE);
	snprintf(text, sizeof(text), "%" PRId64 " %" PRId64 "\n", sync->settled.utc_s, sync->settled.seen_utc_s);
	if (whole_write(path, text, WHOLE_QUICK, NULL)) {
		sync->settled_written = sync->settled;
	}
}

/* The time of the check-in that was written last; 0 when there is none, -1 when that cannot be read. */
static int64_t last_entry(struct sync *sync)
{
	struct err err;
	int64_t at_utc = 0;
	if (!journal_find_last(sync->journal, &at_utc, &err)) {
		return -1;
	}
	return at_utc == INT64_MAX ? 0 : at_utc;
}

/* Without the file, the last check-in says how late it is at least. Where there is none yet, nothing can be lost by a
 * clock that is wrong. */
static void begin_anew(struct sync *sync)
{
	int64_t last_utc = last_entry(sync);
	if (last_utc == 0 && clock_is_trusted(sync->options.clock)) {
		last_utc = clock_utc_s(sync->options.clock);
	}
	sync->settled.utc_s = last_utc > 0 ? last_utc : 0;
}

void sync_certain_open(struct sync *sync)
{
	sync->settled_ms = sync_mono_ms(sync);
	if (read_file(sync, &sync->settled)) {
		sync->settled_written = sync->settled;
	} else {
		begin_anew(sync);
	}
}

static void pass(struct sync *sync)
{
	int64_t elapsed_s = (sync_mono_ms(sync) - sync->settled_ms) / 1000;
	settled_pass(&sync->settled, elapsed_s);
	sync->settled_ms += elapsed_s * 1000;
	if (sync->settled.utc_s == 0 && sync->journal) {
		begin_anew(sync);
	}
	if (clock_is_trusted(sync->options.clock)) {
		settled_go_back(&sync->settled, clock_utc_s(sync->options.clock));
	}
}

static void save(struct sync *sync)
{
	const struct settled *now = &sync->settled, *written = &sync->settled_written;
	int64_t moved_s = now->utc_s - written->utc_s;
	if (now->utc_s > 0 && (now->seen_utc_s != written->seen_utc_s || moved_s < 0 || moved_s >= SETTLED_SAVE_S)) {
		write_file(sync);
	}
}

void sync_saw_server(struct sync *sync, int64_t server_utc)
{
	if (server_utc <= 0) {
		return;
	}
	pass(sync);
	int64_t now_utc = clock_utc_s(sync->options.clock);
	if (settled_witness(&sync->settled, now_utc, server_utc)) {
		clock_confirm(sync->options.clock);
	}
	save(sync);
}

int64_t sync_certain_utc(struct sync *sync)
{
	pass(sync);
	save(sync);
	return settled_until(&sync->settled, clock_utc_s(sync->options.clock));
}
