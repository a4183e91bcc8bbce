/* SQL cannot read past a broken header, schema or inner page, so this file searches every byte of every page: whatever
 * is encoded as a row of `entry` and carries the right checksum is one. Format: sqlite.org/fileformat2.html, sections
 * 1.6 (cells, overflow pages) and 2.1 (records). */
#include "salvage.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "entry.h"
#include "identity.h"
#include "limits.h"
#include "transaction.h"

enum {
	COLUMNS_FIRST = 13, /* of older schemas; rows that it wrote stay that short */
	COLUMNS = 17,
	HEADER_MAX = 1 + COLUMNS * 9,
	ROW_MAX = 8 * JOURNAL_TEXT_MAX + 1024,
	LOCAL_MAX = STORE_PAGE_BYTES - 35, /* bytes of a row that may stay in its page */
	LOCAL_MIN = (STORE_PAGE_BYTES - 12) * 32 / 255 -
		    23, /* bytes of it that must stay there when the whole does not fit */
	OVERFLOW_BYTES = STORE_PAGE_BYTES - 4
};

/* The column's type: i a number, s a text, 0 always NULL (the id, which is the key of the cell). */
static const char column_types[COLUMNS + 1] = "0siisssssiiiisiis";

struct scan {
	sqlite3_file *file;
	sqlite3_int64 size;
	unsigned char page[STORE_PAGE_BYTES];
	unsigned char *row; /* ROW_MAX bytes */
};

/* A slice of bytes that is read from its start. */
struct bytes {
	const unsigned char *at;
	size_t left;
	bool no_memory; /* a text could not be copied, which says nothing about the bytes */
};

/* Reads a big-endian number in base 128 of nine bytes at most; the last of nine counts in full. */
static bool take_varint(struct bytes *bytes, uint64_t *out)
{
	uint64_t value = 0;
	for (size_t i = 0; i < 9 && i < bytes->left; i++) {
		value = i < 8 ? value << 7 | (bytes->at[i] & 0x7fU) : value << 8 | bytes->at[i];
		if (i == 8 || (bytes->at[i] & 0x80U) == 0) {
			bytes->at += i + 1;
			bytes->left -= i + 1;
			*out = value;
			return true;
		}
	}
	return false;
}

static bool take_int(struct bytes *bytes, uint64_t type, int64_t *out)
{
	static const size_t sizes[] = {0, 1, 2, 3, 4, 6, 8};
	if (type == 8 || type == 9) {
		*out = (int64_t)type - 8;
		return true;
	}
	if (type < 1 || type > 6 || sizes[type] > bytes->left) {
		return false;
	}
	uint64_t value = (bytes->at[0] & 0x80U) ? UINT64_MAX : 0;
	for (size_t i = 0; i < sizes[type]; i++) {
		value = value << 8 | bytes->at[i];
	}
	bytes->at += sizes[type];
	bytes->left -= sizes[type];
	*out = (int64_t)value;
	return true;
}

static bool take_text(struct bytes *bytes, uint64_t type, char **out)
{
	uint64_t length = type >= 13 && type % 2 == 1 ? (type - 13) / 2 : UINT64_MAX;
	if (length > bytes->left) {
		return false;
	}
	*out = strndup((const char *)bytes->at, (size_t)length);
	bytes->at += length;
	bytes->left -= (size_t)length;
	bytes->no_memory = *out == NULL;
	return *out != NULL;
}

static bool take_types(struct bytes *bytes, uint64_t types[COLUMNS], size_t *out_count)
{
	size_t count = 0;
	struct bytes header = *bytes;
	uint64_t size = 0;
	if (!take_varint(&header, &size) || size > HEADER_MAX || size > bytes->left) {
		return false;
	}
	const unsigned char *end = bytes->at + size;
	while (count < COLUMNS && header.at < end) {
		if (!take_varint(&header, &types[count++])) {
			return false;
		}
	}
	bytes->at += size;
	bytes->left -= (size_t)size;
	*out_count = count;
	return header.at == end && types[0] == 0 && (count == COLUMNS_FIRST || count == COLUMNS);
}

/* Fills the entry as far as the bytes go and reports in *out_whole whether they are a row. False only when memory ran
 * out. */
static bool decode(const unsigned char *row, size_t size, struct journal_entry *entry, bool *out_whole)
{
	struct bytes bytes = {row, size, false};
	uint64_t types[COLUMNS];
	size_t count = 0;
	int64_t numbers[COLUMNS] = {0};
	char **const texts[COLUMNS] = {
		NULL,        &entry->token,         NULL,          NULL, &entry->place, &entry->feed,
		&entry->uid, &entry->recurrence_id, &entry->label, NULL, NULL,          NULL,
		NULL,        &entry->box,           NULL,          NULL, &entry->target};
	*out_whole = false;
	if (!take_types(&bytes, types, &count)) {
		return true;
	}
	for (size_t i = 1; i < count; i++) {
		if (column_types[i] == 's' ? !take_text(&bytes, types[i], texts[i])
					   : !take_int(&bytes, types[i], &numbers[i])) {
			return !bytes.no_memory;
		}
	}
	entry->at_utc = numbers[2];
	entry->action = (enum journal_action)numbers[3];
	entry->start_utc = numbers[9];
	entry->end_utc = numbers[10];
	entry->undoes_id = numbers[11];
	entry->seq = numbers[14];
	entry->doubt = (enum journal_doubt)numbers[15];
	if (count == COLUMNS_FIRST && (!(entry->box = strdup("")) || !(entry->target = strdup("")))) {
		return false;
	}
	*out_whole = bytes.left == 0 && entry_sum(entry) == (uint64_t)numbers[12];
	return true;
}

static bool read_page(struct scan *scan, sqlite3_int64 number, unsigned char *page, struct err *err)
{
	int code = scan->file->pMethods->xRead(scan->file, page, STORE_PAGE_BYTES, (number - 1) * STORE_PAGE_BYTES);
	return code == SQLITE_OK || code == SQLITE_IOERR_SHORT_READ || /* the rest is then zero */
	       err_set(err, "the damaged file cannot be read: %s (%d)", sqlite3_errstr(code), code);
}

/* Reads the part of a row that does not fit into its cell from a chain of pages. *out_whole is false when the chain is
 * broken. */
static bool read_overflow(struct scan *scan, uint32_t first, size_t have, size_t size, bool *out_whole, struct err *err)
{
	unsigned char page[STORE_PAGE_BYTES];
	sqlite3_int64 pages = (scan->size + STORE_PAGE_BYTES - 1) / STORE_PAGE_BYTES;
	uint32_t next = first;
	while (have < size && next >= 1 && next <= pages) { /* this ends, because each round adds bytes */
		if (!read_page(scan, next, page, err)) {
			return false;
		}
		size_t part = size - have < OVERFLOW_BYTES ? size - have : OVERFLOW_BYTES;
		memcpy(scan->row + have, page + 4, part);
		have += part;
		next = (uint32_t)page[0] << 24 | (uint32_t)page[1] << 16 | (uint32_t)page[2] << 8 | page[3];
	}
	*out_whole = have == size;
	return true;
}

/* Finds the bytes that would be a row if a cell began at `offset`. *out_size is 0 when none can begin there. */
static bool read_cell(struct scan *scan, size_t offset, size_t *out_size, uint64_t *out_id, struct err *err)
{
	struct bytes bytes = {scan->page + offset, STORE_PAGE_BYTES - offset, false};
	uint64_t size = 0;
	*out_size = 0;
	if (!take_varint(&bytes, &size) || size < COLUMNS_FIRST + 1 || size > ROW_MAX || !take_varint(&bytes, out_id) ||
	    *out_id == 0 || *out_id > INT64_MAX) {
		return true;
	}
	if (bytes.left < 2 || bytes.at[0] < COLUMNS_FIRST + 1 || bytes.at[0] > HEADER_MAX || bytes.at[1] != 0) {
		return true; /* most offsets end here cheaply: they hold no header of so many columns with an empty
				first */
	}
	if (size <= LOCAL_MAX) {
		if (size <= bytes.left) {
			memcpy(scan->row, bytes.at, (size_t)size);
			*out_size = (size_t)size;
		}
		return true;
	}
	size_t local = LOCAL_MIN + ((size_t)size - LOCAL_MIN) % OVERFLOW_BYTES;
	local = local <= LOCAL_MAX ? local : LOCAL_MIN;
	if (local + 4 > bytes.left) {
		return true;
	}
	const unsigned char *link = bytes.at + local;
	uint32_t first = (uint32_t)link[0] << 24 | (uint32_t)link[1] << 16 | (uint32_t)link[2] << 8 | link[3];
	bool whole = false;
	memcpy(scan->row, bytes.at, local);
	if (!read_overflow(scan, first, local, (size_t)size, &whole, err)) {
		return false;
	}
	*out_size = whole ? (size_t)size : 0;
	return true;
}

/* The row may come from a file in which bookings had no names yet. */
static bool name_booking(struct store *fresh, struct journal_entry *entry, struct err *err)
{
	char name[IDENTITY_NAME_SIZE];
	if (!fresh->identity || identity_is_name(entry->uid)) {
		return true;
	}
	char *copy = identity_name(fresh->identity, entry->uid, name) ? strdup(name) : NULL;
	free(entry->uid);
	entry->uid = copy;
	return copy || err_set(err, "out of memory");
}

static bool salvage_cell(struct scan *scan, size_t offset, struct store *fresh, int64_t *saved, struct err *err)
{
	size_t size = 0;
	uint64_t id = 0;
	bool ok = read_cell(scan, offset, &size, &id, err);
	if (!ok || size == 0) {
		return ok;
	}
	struct journal_entry entry = {.id = (int64_t)id};
	bool whole = false;
	if (!decode(scan->row, size, &entry, &whole)) {
		ok = err_set(err, "out of memory");
	} else if (whole) {
		ok = name_booking(fresh, &entry, err) && entry_write(fresh, STMT_ENTRY_RESTORE, &entry, err);
		*saved += ok ? store_changes(fresh)
			     : 0; /* counts nothing for a copy that a page kept of a row that moved */
	}
	journal_entry_finish(&entry);
	return ok;
}

static bool salvage_pages(struct scan *scan, struct store *fresh, int64_t *saved, struct err *err)
{
	for (sqlite3_int64 number = 1; (number - 1) * STORE_PAGE_BYTES < scan->size; number++) {
		if (!read_page(scan, number, scan->page, err)) {
			return false;
		}
		for (size_t offset = 0; offset < STORE_PAGE_BYTES; offset++) {
			if (!salvage_cell(scan, offset, fresh, saved, err)) {
				return false;
			}
		}
	}
	return true;
}

bool salvage_entries(struct store *damaged, struct store *fresh, int64_t *out_saved, struct err *err)
{
	struct scan scan = {.row = malloc(ROW_MAX)};
	int64_t saved = 0;
	bool ok = scan.row || err_set(err, "out of memory");
	ok = ok && ((sqlite3_file_control(damaged->db, "main", SQLITE_FCNTL_FILE_POINTER, &scan.file) == SQLITE_OK &&
		     scan.file->pMethods->xFileSize(scan.file, &scan.size) == SQLITE_OK) ||
		    err_set(err, "the damaged file cannot be read"));
	ok = ok && transaction_begin(fresh, STMT_BEGIN_WRITE, err) && salvage_pages(&scan, fresh, &saved, err) &&
	     transaction_commit(fresh, err);
	transaction_end(fresh);
	if (ok) {
		*out_saved = saved;
	}
	free(scan.row);
	return ok;
}
