/* Shows other programs on the same state directory (a wall, `status`) how the feeds are doing. It is a small file: in
 * the service's folder in memory (/run/satellitkiosk), which does not wear the flash, or else in the state directory;
 * never where others may write. Its name stands in the lock file. It may vanish at any time; others then only see less.
 */
#ifndef APP_SYNC_BOARD_H
#define APP_SYNC_BOARD_H

#include <stdbool.h>
#include <stddef.h>

#include "app/office/snapshot.h"

enum { BOARD_ID_LENGTH = 32 };

struct board;

/* lock_fd is the lock file, which gets a name for the board when it has none. Returns NULL when there is no board. */
struct board *board_create(int lock_fd, const char *state_dir);
void board_destroy(struct board *board);
const char *board_path(const struct board *board); /* lives as long as the board */

void board_write(const struct board *board, const struct snapshot_feed *feeds, size_t count,
		 const struct snapshot_share *share);

/* Calls `found` for each feed on the board; its strings live until `found` returns. Fills *out_share when the board has
 * it. */
void board_read(const struct board *board, void (*found)(void *context, const struct snapshot_feed *feed),
		void *context, struct snapshot_share *out_share);

#endif
