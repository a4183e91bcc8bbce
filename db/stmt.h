/* Every SQL statement of the program, each with the words in which its failure is reported. */
#ifndef DB_STMT_H
#define DB_STMT_H

enum stmt_id {
	STMT_BEGIN_READ,
	STMT_BEGIN_WRITE,
	STMT_COMMIT,
	STMT_ROLLBACK,
	STMT_DATA_VERSION,
	STMT_VACUUM,
	STMT_FEEDS,
	STMT_FEED_BY_NAME,
	STMT_FEED_PUT,
	STMT_FEED_DROP,
	STMT_ROWS,
	STMT_ROWS_BY_FEED,
	STMT_ROWS_BY_DAYS,
	STMT_ROWS_BY_BOOKING,
	STMT_BOOKINGS,
	STMT_ROW_PUT,
	STMT_ROW_DROP,
	STMT_ROWS_DROP,
	STMT_ENTRIES_SINCE,
	STMT_ENTRY_BY_TOKEN,
	STMT_ENTRY_NEXT_ID,
	STMT_ENTRY_APPEND,
	STMT_ENTRY_RESTORE,
	STMT_ENTRIES_PURGE,
	STMT_ENTRIES_HOMELESS,
	STMT_ENTRY_FULL_BY_TOKEN,
	STMT_ENTRY_LAST_SEQ,
	STMT_ENTRY_REPLACE,
	STMT_COUNT
};

enum stmt_set { STMT_FOR_BOTH = 1, STMT_FOR_CACHE = 2, STMT_FOR_JOURNAL = 4 };

struct stmt {
	const char *doing; /* "append a check-in": after "cannot" */
	const char *sql;
	enum stmt_set set;
};

extern const struct stmt stmt_table[STMT_COUNT];

#endif
