/* Every limit of the db layer. assets/doc/limits.md lists them, too. */
#ifndef DB_LIMITS_H
#define DB_LIMITS_H

enum {
	STORE_BUSY_MS = 2000,              /* how long to wait for another program's lock before reporting it */
	STORE_LOCK_MS = 3000,              /* how long to wait while another program makes, moves or mends a file */
	STORE_VALUE_MAX = 4 * 1024 * 1024, /* bytes of one stored text or row */
	STORE_PAUSE_ROWS = 16,             /* rows that are read or written before a command gets its turn */
	STORE_PAUSE_STEPS = 10 * 1000,     /* steps of SQLite's machine within one long statement before the same */
	STORE_PAGE_BYTES = 4096,           /* fixed, so that a file without a readable header can be salvaged */
	STORE_VERSION_MAX = 9999,          /* a greater schema version means damage, not a newer program */
	STORE_ASIDE_MAX = 9999,            /* damaged files that are kept side by side */
	CACHE_ROWS_BYTES_MAX = 192 << 20,  /* bytes of all occurrences in memory; a cache with more is made anew */
	CACHE_TOUCH_S = 3600,              /* an unchanged feed's age reaches the disk at most this often */
	JOURNAL_WHOLE_BYTES = 2 << 20,     /* a journal up to this size is checked whole when it is opened */
	JOURNAL_NEWEST = 256,              /* check-ins that are checked in a larger one: the last */
	JOURNAL_TEXT_MAX = 64 * 1024,      /* bytes of one text of a check-in */
	JOURNAL_PROBE_BYTES = 64 * 1024    /* what saving a check-in writes at most, with the rollback journal */
};

#define JOURNAL_SEQ_MAX (1L << 53) /* the number of a box's last check-in */

#endif
