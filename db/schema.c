/* A released migration is never edited; a change becomes a new migration at the end of its table. Tables are STRICT, so
 * that SQLite's own check finds a value of the wrong type. Each row ends with its checksum (sum.h). */
#include "schema.h"

#define OCCURRENCE_NUMBERS "all_day, first, last, is_person, is_private, busy, status"
#define ENTRY_NUMBERS "id, at_utc, action, start_utc, end_utc, undoes"

static const struct migration cache_migrations[] = {
	{.sql = "CREATE TABLE feed ("
		" name TEXT PRIMARY KEY,"
		" settings TEXT NOT NULL,"
		" etag TEXT NOT NULL,"
		" last_modified TEXT NOT NULL,"
		" body_hash TEXT NOT NULL,"
		" agreed_utc INTEGER NOT NULL,"
		" changed_utc INTEGER NOT NULL,"
		" from_day INTEGER NOT NULL,"
		" to_day INTEGER NOT NULL,"
		" skipped INTEGER NOT NULL,"
		" sum INTEGER NOT NULL"
		") STRICT, WITHOUT ROWID;"
		/* first and last are UTC seconds, or days when all_day is set. There is one tree and no further index,
		 * so that nothing can disagree. */
		"CREATE TABLE occurrence ("
		" feed TEXT NOT NULL,"
		" uid TEXT NOT NULL,"
		" recurrence_id TEXT NOT NULL,"
		" all_day INTEGER NOT NULL CHECK (all_day IN (0, 1)),"
		" first INTEGER NOT NULL,"
		" last INTEGER NOT NULL,"
		" place TEXT NOT NULL,"
		" title TEXT NOT NULL,"
		" is_person INTEGER NOT NULL CHECK (is_person IN (0, 1)),"
		" is_private INTEGER NOT NULL CHECK (is_private IN (0, 1)),"
		" location TEXT NOT NULL,"
		" url TEXT NOT NULL,"
		" busy INTEGER NOT NULL CHECK (busy BETWEEN 0 AND 4),"
		" status INTEGER NOT NULL CHECK (status BETWEEN 0 AND 2),"
		" sum INTEGER NOT NULL,"
		" PRIMARY KEY (feed, uid, recurrence_id)"
		") STRICT, WITHOUT ROWID;"},
	{.sql = "ALTER TABLE occurrence ADD COLUMN organizer TEXT NOT NULL DEFAULT '';"},
	/* UIDs become names, and locations go until their feed is read again. A checksum that was wrong stays wrong. */
	{.sql = "UPDATE occurrence SET uid = booking_name(uid), location = '', sum ="
		" CASE sum"
		" WHEN checksum(feed, uid, recurrence_id, place, title, location, url, " OCCURRENCE_NUMBERS ")"
		" THEN checksum(feed, booking_name(uid), recurrence_id, place, title, '', url, " OCCURRENCE_NUMBERS ")"
		" WHEN checksum(feed, uid, recurrence_id, place, title, location, url, " OCCURRENCE_NUMBERS
		", organizer)"
		" THEN checksum(feed, booking_name(uid), recurrence_id, place, title, '', url, " OCCURRENCE_NUMBERS
		", organizer)"
		" ELSE sum END;",
	 .scrubs = true},
};

static const struct migration journal_migrations[] = {
	/* With AUTOINCREMENT an id is never given twice, not even after the newest entry was purged: an undo refers to
	 * ids. salvage.c knows the order of the columns. */
	{.sql = "CREATE TABLE entry ("
		" id INTEGER PRIMARY KEY AUTOINCREMENT,"
		" token TEXT NOT NULL UNIQUE,"
		" at_utc INTEGER NOT NULL,"
		" action INTEGER NOT NULL CHECK (action BETWEEN 1 AND 4),"
		" place TEXT NOT NULL,"
		" feed TEXT NOT NULL,"
		" uid TEXT NOT NULL,"
		" recurrence_id TEXT NOT NULL,"
		" label TEXT NOT NULL,"
		" start_utc INTEGER NOT NULL,"
		" end_utc INTEGER NOT NULL,"
		" undoes INTEGER NOT NULL,"
		" sum INTEGER NOT NULL"
		") STRICT;"},
	/* UIDs become names. */
	{.sql = "UPDATE entry SET uid = booking_name(uid), sum ="
		" CASE sum"
		" WHEN checksum(token, place, feed, uid, recurrence_id, label, " ENTRY_NUMBERS ")"
		" THEN checksum(token, place, feed, booking_name(uid), recurrence_id, label, " ENTRY_NUMBERS ")"
		" ELSE sum END"
		" WHERE uid <> '';",
	 .scrubs = true},
	/* Rows from before stay as they are, checksum included: entry.c leaves default values out of the sum. Only
	 * they name an undone entry by its id. */
	{.sql = "ALTER TABLE entry ADD COLUMN box TEXT NOT NULL DEFAULT '';"
		"ALTER TABLE entry ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;"
		"ALTER TABLE entry ADD COLUMN doubt INTEGER NOT NULL DEFAULT 0 CHECK (doubt BETWEEN 0 AND 2);"
		"ALTER TABLE entry ADD COLUMN target TEXT NOT NULL DEFAULT '';"
		"CREATE UNIQUE INDEX entry_of_box ON entry (box, seq) WHERE box <> '';"},
	/* What is read and erased is found by its time. The pages from before may hold remains of erased rows. */
	{.sql = "CREATE INDEX entry_at ON entry (at_utc);"
		"CREATE INDEX entry_doubtful ON entry (at_utc) WHERE doubt = 1;",
	 .scrubs = true},
};

/* "SkCa" and "SkJo" */
const struct schema schema_cache = {
	0x536b4361,
	(int)(sizeof(cache_migrations) / sizeof(cache_migrations[0])),
	cache_migrations,
};

const struct schema schema_journal = {
	0x536b4a6f,
	(int)(sizeof(journal_migrations) / sizeof(journal_migrations[0])),
	journal_migrations,
};
