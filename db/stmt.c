/* See stmt.h. Parameters are bound, never printed into the text. */
#include "stmt.h"

#define FEED_COLUMNS                                                                                                   \
	"name, settings, etag, last_modified, body_hash, agreed_utc, changed_utc, from_day, to_day, skipped, sum"
#define ROW_COLUMNS                                                                                                    \
	"feed, uid, recurrence_id, all_day, first, last, place, title, is_person, is_private, location, url, busy, "   \
	"status, sum, organizer"
#define ENTRY_COLUMNS                                                                                                  \
	"id, token, at_utc, action, place, feed, uid, recurrence_id, label, start_utc, end_utc, undoes, sum, "         \
	"box, seq, doubt, target"
/* The last column is the token of the entry that a row of an older schema undoes. */
#define ENTRY_SELECT                                                                                                   \
	"SELECT " ENTRY_COLUMNS ", CASE undoes WHEN 0 THEN '' ELSE"                                                    \
	" COALESCE((SELECT other.token FROM entry AS other WHERE other.id = entry.undoes), '') END FROM entry "
#define ENTRY_VALUES "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"

const struct stmt stmt_table[STMT_COUNT] = {
	[STMT_BEGIN_READ] = {"begin to read", "BEGIN", STMT_FOR_BOTH},
	/* The write lock is taken at once, because a transaction that reads first and writes later could be refused
	 * half-way. */
	[STMT_BEGIN_WRITE] = {"begin to write", "BEGIN IMMEDIATE", STMT_FOR_BOTH},
	[STMT_COMMIT] = {"commit", "COMMIT", STMT_FOR_BOTH},
	[STMT_ROLLBACK] = {"roll back", "ROLLBACK", STMT_FOR_BOTH},
	[STMT_DATA_VERSION] = {"see whether anything was written", "PRAGMA data_version", STMT_FOR_BOTH},
	[STMT_VACUUM] = {"scrub what was deleted", "VACUUM", STMT_FOR_BOTH},

	[STMT_FEEDS] = {"read the feeds", "SELECT " FEED_COLUMNS " FROM feed ORDER BY name", STMT_FOR_CACHE},
	[STMT_FEED_BY_NAME] = {"read a feed", "SELECT " FEED_COLUMNS " FROM feed WHERE name = ?", STMT_FOR_CACHE},
	[STMT_FEED_PUT] = {"write a feed",
			   "INSERT OR REPLACE INTO feed (" FEED_COLUMNS ") VALUES (?,?,?,?,?,?,?,?,?,?,?)",
			   STMT_FOR_CACHE},
	[STMT_FEED_DROP] = {"forget a feed", "DELETE FROM feed WHERE name = ?", STMT_FOR_CACHE},
	[STMT_ROWS] = {"read the occurrences", "SELECT " ROW_COLUMNS " FROM occurrence", STMT_FOR_CACHE},
	[STMT_ROWS_BY_FEED] = {"read a feed's occurrences",
			       "SELECT " ROW_COLUMNS " FROM occurrence WHERE feed = ? ORDER BY uid, recurrence_id",
			       STMT_FOR_CACHE},
	/* A row that has no length touches the day at whose beginning it stands, and the one that ends there. */
	[STMT_ROWS_BY_DAYS] = {"read a feed's occurrences of some days",
			       "SELECT " ROW_COLUMNS " FROM occurrence WHERE feed = ?"
			       " AND CASE all_day WHEN 1 THEN last >= ? AND first < ? ELSE last >= ? AND first < ? END",
			       STMT_FOR_CACHE},
	[STMT_ROWS_BY_BOOKING] = {"read a booking's occurrences",
				  "SELECT " ROW_COLUMNS " FROM occurrence WHERE feed = ? AND uid = ?"
				  " ORDER BY recurrence_id",
				  STMT_FOR_CACHE},
	[STMT_BOOKINGS] = {"look for a feed's bookings",
			   "SELECT DISTINCT uid FROM occurrence WHERE feed = ? ORDER BY uid", STMT_FOR_CACHE},
	[STMT_ROW_PUT] = {"write an occurrence",
			  "INSERT OR REPLACE INTO occurrence (" ROW_COLUMNS
			  ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
			  STMT_FOR_CACHE},
	[STMT_ROW_DROP] = {"remove an occurrence",
			   "DELETE FROM occurrence WHERE feed = ? AND uid = ? AND recurrence_id = ?", STMT_FOR_CACHE},
	[STMT_ROWS_DROP] = {"remove a feed's occurrences", "DELETE FROM occurrence WHERE feed = ?", STMT_FOR_CACHE},

	[STMT_ENTRIES] = {"read the check-ins", ENTRY_SELECT "ORDER BY id", STMT_FOR_JOURNAL},
	/* The age of an entry from a clock that was wrong (JOURNAL_DOUBTFUL) is not known. With OR instead of UNION
	 * ALL, SQLite would read the whole table. */
	[STMT_ENTRIES_SINCE] = {"read the check-ins of some days",
				ENTRY_SELECT "INDEXED BY entry_at WHERE at_utc >= ?1 UNION ALL " ENTRY_SELECT
					     "INDEXED BY entry_doubtful WHERE doubt = 1 AND at_utc < ?1",
				STMT_FOR_JOURNAL},
	[STMT_ENTRIES_OLD] = {"read the old check-ins",
			      ENTRY_SELECT "INDEXED BY entry_at WHERE at_utc < ? AND doubt <> 1", STMT_FOR_JOURNAL},
	[STMT_ENTRIES_NEWEST] = {"read the newest check-ins", ENTRY_SELECT "ORDER BY id DESC LIMIT ?",
				 STMT_FOR_JOURNAL},
	[STMT_ENTRIES_UNLISTED] =
		{"look for the newest check-ins",
		 "SELECT COUNT(*) FROM (SELECT id, token, at_utc, box, seq, doubt FROM entry ORDER BY id DESC LIMIT ?)"
		 " AS new WHERE NOT EXISTS (SELECT 1 FROM entry INDEXED BY entry_at"
		 " WHERE at_utc = new.at_utc AND id = new.id)"
		 " OR NOT EXISTS (SELECT 1 FROM entry INDEXED BY sqlite_autoindex_entry_1"
		 " WHERE token = new.token AND id = new.id)"
		 " OR new.doubt = 1 AND NOT EXISTS (SELECT 1 FROM entry INDEXED BY entry_doubtful"
		 " WHERE doubt = 1 AND at_utc = new.at_utc AND id = new.id)"
		 " OR new.box <> '' AND NOT EXISTS (SELECT 1 FROM entry INDEXED BY entry_of_box"
		 " WHERE box = new.box AND box <> '' AND seq = new.seq AND id = new.id)",
		 STMT_FOR_JOURNAL},
	[STMT_ENTRY_OLDEST] = {"look for the oldest check-in",
			       "SELECT at_utc FROM entry INDEXED BY entry_at WHERE doubt <> 1 ORDER BY at_utc LIMIT 1",
			       STMT_FOR_JOURNAL},
	[STMT_ENTRY_LAST] = {"look for the last check-in", "SELECT at_utc FROM entry ORDER BY id DESC LIMIT 1",
			     STMT_FOR_JOURNAL},
	[STMT_ENTRY_BY_TOKEN] = {"look for a check-in", "SELECT id FROM entry WHERE token = ?", STMT_FOR_JOURNAL},
	/* The id is part of the row's checksum, so it is chosen before the row is written, under the write lock. */
	[STMT_ENTRY_NEXT_ID] =
		{"number a check-in",
		 "SELECT CASE"
		 " WHEN EXISTS (SELECT 1 FROM sqlite_sequence"
		 " WHERE name = 'entry' AND typeof(seq) <> 'integer') THEN 0"
		 " ELSE 1 + MAX(0, COALESCE((SELECT MAX(seq) FROM sqlite_sequence WHERE name = 'entry'), 0),"
		 " COALESCE((SELECT MAX(id) FROM entry), 0)) END",
		 STMT_FOR_JOURNAL},
	[STMT_ENTRY_APPEND] = {"append a check-in", "INSERT INTO entry (" ENTRY_COLUMNS ") VALUES " ENTRY_VALUES,
			       STMT_FOR_JOURNAL},
	[STMT_ENTRY_RESTORE] = {"restore a check-in",
				"INSERT OR IGNORE INTO entry (" ENTRY_COLUMNS ") VALUES " ENTRY_VALUES,
				STMT_FOR_JOURNAL},
	[STMT_ENTRIES_PURGE] = {"purge old check-ins",
				"DELETE FROM entry INDEXED BY entry_at WHERE at_utc < ? AND doubt <> 1",
				STMT_FOR_JOURNAL},
	[STMT_ENTRIES_HOMELESS] = {"read the check-ins without a box", ENTRY_SELECT "WHERE box = '' ORDER BY id",
				   STMT_FOR_JOURNAL},
	[STMT_ENTRY_FULL_BY_TOKEN] = {"read a check-in", ENTRY_SELECT "WHERE token = ?", STMT_FOR_JOURNAL},
	[STMT_ENTRY_LAST_SEQ] = {"number a check-in of this box",
				 "SELECT COALESCE(MAX(seq), 0) FROM entry WHERE box = ? AND box <> ''",
				 STMT_FOR_JOURNAL},
	[STMT_ENTRY_REPLACE] = {"rewrite a check-in", "REPLACE INTO entry (" ENTRY_COLUMNS ") VALUES " ENTRY_VALUES,
				STMT_FOR_JOURNAL},
};
