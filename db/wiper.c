/* See wiper.h. The layout of a page: sqlite.org/fileformat2.html, section 1.6. Nothing reads the unused parts, so a
 * write that a power cut tears does no more harm than any other. */
#include "wiper.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "limits.h"

enum {
	FILE_HEADER = 100, /* of the first page */
	INDEX_NODE = 2,
	TABLE_NODE = 5,
	INDEX_LEAF = 10,
	TABLE_LEAF = 13,
	NODE_HEADER = 12,
	LEAF_HEADER = 8,
	FREE_BLOCK_HEADER = 4
};

struct wiper {
	sqlite3_io_methods methods; /* the first, so that a file's methods lead here */
	const sqlite3_io_methods *below;
};

static size_t number_at(const unsigned char *page, size_t at)
{
	return (size_t)page[at] << 8 | page[at + 1];
}

/* Free blocks stand in ascending order. A chain that does not is damage, which is left as it is. */
static void wipe_free_blocks(unsigned char *page, size_t at, size_t content)
{
	size_t end = content;
	while (at >= end && at + FREE_BLOCK_HEADER <= STORE_PAGE_BYTES) {
		size_t next = number_at(page, at), size = number_at(page, at + 2);
		if (size < FREE_BLOCK_HEADER || at + size > STORE_PAGE_BYTES) {
			return;
		}
		memset(page + at + FREE_BLOCK_HEADER, 0, size - FREE_BLOCK_HEADER);
		end = at + size;
		at = next;
	}
}

/* Pages without rows begin with the number of another page or with zeros. Below 128 GiB such a number has a first byte
 * that is none of the four. */
static void wipe_page(unsigned char *page, size_t header)
{
	unsigned char kind = page[header];
	bool is_leaf = kind == INDEX_LEAF || kind == TABLE_LEAF;
	if (!is_leaf && kind != INDEX_NODE && kind != TABLE_NODE) {
		return;
	}
	size_t unused = header + (is_leaf ? LEAF_HEADER : NODE_HEADER) + 2 * number_at(page, header + 3);
	size_t content = number_at(page, header + 5);
	if (unused <= content && content <= STORE_PAGE_BYTES) {
		memset(page + unused, 0, content - unused);
		wipe_free_blocks(page, number_at(page, header + 1), content);
	}
}

static int write_wiped(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 offset)
{
	const struct wiper *wiper = (const struct wiper *)file->pMethods;
	unsigned char page[STORE_PAGE_BYTES];
	if (size == STORE_PAGE_BYTES && offset % STORE_PAGE_BYTES == 0) {
		memcpy(page, bytes, sizeof(page));
		wipe_page(page, offset == 0 ? FILE_HEADER : 0);
		bytes = page;
	}
	return wiper->below->xWrite(file, bytes, size, offset);
}

struct wiper *wiper_create(struct sqlite3 *db, struct err *err)
{
	sqlite3_file *file = NULL;
	struct wiper *wiper = malloc(sizeof(*wiper));
	if (!wiper) {
		err_set(err, "out of memory");
		return NULL;
	}
	if (sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK || !file->pMethods) {
		err_set(err, "%s", sqlite3_errmsg(db));
		free(wiper);
		return NULL;
	}
	*wiper = (struct wiper){*file->pMethods, file->pMethods};
	wiper->methods.xWrite = write_wiped;
	file->pMethods = &wiper->methods;
	return wiper;
}

void wiper_destroy(struct wiper *wiper)
{
	free(wiper);
}
