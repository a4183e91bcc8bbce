/* See journal.h. An entry is acknowledged after its COMMIT, which with synchronous=EXTRA returns when the pages and the
 * removal of the rollback journal are on the disk. */
#include "journal.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "entry.h"
#include "file.h"
#include "limits.h"
#include "salvage.h"
#include "opening.h"
#include "transaction.h"

struct journal {
	struct store *store;
	uint64_t seen_opening; /* of the last journal_read */
	int64_t seen_version;
};

static bool next_id(struct store *store, int64_t *out_id, struct err *err)
{
	bool ok = store_step(store, STMT_ENTRY_NEXT_ID, err) == STEP_ROW;
	int64_t id = ok ? store_int(store, STMT_ENTRY_NEXT_ID, 0) : 0;
	store_reset(store, STMT_ENTRY_NEXT_ID);
	/* One check-in a second would take 68 years to reach that. */
	if (ok && (id < 1 || id > INT32_MAX)) {
		return store_mark_damaged(store, err, "the number of the last check-in is not one");
	}
	if (ok) {
		*out_id = id;
	}
	return ok;
}

static bool verify(struct store *store, struct err *err)
{
	int64_t id = 0;
	return entry_check(store, err) && next_id(store, &id, err);
}

/* The mode is DELETE rather than TRUNCATE or PERSIST: EXTRA is defined for it, no old rows stay behind in a file of
 * their own, and other programs notice the commit by the removal of the rollback journal. */
static const struct store_kind journal_kind = {
	.file = JOURNAL_FILE,
	.schema = &schema_journal,
	.pragmas = "PRAGMA synchronous = EXTRA; PRAGMA journal_mode = DELETE",
	.is_precious = true,
	.is_wiped = true,
	.whole_bytes = JOURNAL_WHOLE_BYTES,
	.verify = verify,
	.salvage = salvage_entries,
};

enum journal_opened journal_open(const char *dir, struct identity *identity, struct journal **out_journal,
				 struct err *err)
{
	static const enum journal_opened results[] = {
		[STORE_OPENED] = JOURNAL_OPENED, [STORE_CREATED] = JOURNAL_CREATED, [STORE_MENDED] = JOURNAL_SALVAGED};
	struct journal *journal = calloc(1, sizeof(*journal));
	if (!journal) {
		err_set(err, "out of memory");
		return JOURNAL_FAILED;
	}
	enum store_opened opened = store_open(&journal_kind, dir, identity, &journal->store, err);
	if (opened == STORE_FAILED) {
		free(journal);
		return JOURNAL_FAILED;
	}
	journal->seen_version = -1;
	*out_journal = journal;
	return results[opened];
}

void journal_close(struct journal *journal)
{
	if (journal) {
		store_close(journal->store);
		free(journal);
	}
}

const char *journal_notice(const struct journal *journal)
{
	return journal->store->notice.text;
}

/* *out_id 0: no entry has the token. */
static bool find_token(struct store *store, const char *token, int64_t *out_id, struct err *err)
{
	enum step step = STEP_FAILED;
	int64_t id = 0;
	if (!store_bind(store, STMT_ENTRY_BY_TOKEN, err, "s", token)) {
		return false;
	}
	step = store_step(store, STMT_ENTRY_BY_TOKEN, err);
	if (step == STEP_ROW) {
		id = store_int(store, STMT_ENTRY_BY_TOKEN, 0);
	}
	store_reset(store, STMT_ENTRY_BY_TOKEN);
	if (step != STEP_FAILED) {
		*out_id = id;
	}
	return step != STEP_FAILED;
}

/* Gives the entry the number that it asks for, or the next one of its box. The write lock is held. */
static bool number_in_box(struct store *store, struct journal_entry *entry, struct err *err)
{
	if (!entry->box[0]) {
		entry->seq = 0;
		return true;
	}
	bool ok = store_bind(store, STMT_ENTRY_LAST_SEQ, err, "s", entry->box) &&
		  store_step(store, STMT_ENTRY_LAST_SEQ, err) == STEP_ROW;
	int64_t last = ok ? store_int(store, STMT_ENTRY_LAST_SEQ, 0) : 0;
	store_reset(store, STMT_ENTRY_LAST_SEQ);
	if (ok && last >= JOURNAL_SEQ_MAX) {
		return err_set(err, "%s: the box \"%s\" has used up its numbers; give it another name", JOURNAL_FILE,
			       entry->box);
	}
	entry->seq = entry->seq > last ? entry->seq : last + 1;
	return ok;
}

struct question {
	int64_t since_utc;
	bool (*allowed)(void *context, const struct journal_entries *so_far);
	void *context;
};

static bool ask(struct store *store, const struct question *question, bool *out_yes, struct err *err)
{
	struct journal_entries so_far = {0};
	bool ok = true;
	if (question->allowed) {
		ok = entry_collect(store, question->since_utc, &so_far, err);
		*out_yes = ok && question->allowed(question->context, &so_far);
		journal_entries_finish(&so_far);
	} else {
		*out_yes = true;
	}
	return ok;
}

/* A visible entry may still be lost in a power cut until the folder is synced: its commit may have been interrupted
 * after the rollback journal was removed but before that removal reached the disk. */
static enum journal_appended confirm(struct store *store, enum journal_appended outcome, int64_t id, int64_t *out_id,
				     struct err *err)
{
	if (!file_sync_directory(store->dir, err)) {
		return JOURNAL_NOT_SAVED;
	}
	*out_id = id;
	return outcome;
}

static bool is_storable(const struct journal_entry *entry, struct err *err)
{
	const char *const texts[] = {entry->token,         entry->place, entry->feed, entry->uid,
				     entry->recurrence_id, entry->label, entry->box,  entry->target};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		if (strlen(texts[i]) > JOURNAL_TEXT_MAX) {
			return err_set(err, "%s: a text of the check-in is longer than %d bytes", JOURNAL_FILE,
				       JOURNAL_TEXT_MAX);
		}
	}
	return true;
}

/* The write lock is held. */
static enum journal_appended append_locked(struct store *store, const struct journal_entry *entry,
					   const struct question *question, int64_t *out_id, struct err *err)
{
	int64_t found = 0;
	bool yes = false;
	if (!find_token(store, entry->token, &found, err)) {
		return JOURNAL_NOT_SAVED;
	}
	if (found != 0) {
		return confirm(store, JOURNAL_REPEATED, found, out_id, err);
	}
	if (!ask(store, question, &yes, err)) {
		return JOURNAL_NOT_SAVED;
	}
	if (!yes) {
		return JOURNAL_REFUSED;
	}
	struct journal_entry own = *entry; /* borrows every text */
	if (!is_storable(entry, err) || !next_id(store, &own.id, err) || !number_in_box(store, &own, err) ||
	    !entry_write(store, STMT_ENTRY_APPEND, &own, err)) {
		return JOURNAL_NOT_SAVED;
	}
	if (transaction_commit(store, err)) {
		*out_id = own.id;
		return JOURNAL_APPENDED;
	}
	/* The very last step of a commit may fail after it took effect. */
	struct err ignored;
	if (find_token(store, entry->token, &found, &ignored) && found != 0) {
		return confirm(store, JOURNAL_APPENDED, found, out_id, err);
	}
	return JOURNAL_NOT_SAVED;
}

enum journal_appended journal_append(struct journal *journal, const struct journal_entry *entry, int64_t since_utc,
				     bool (*allowed)(void *context, const struct journal_entries *so_far),
				     void *context, int64_t *out_id, struct err *err)
{
	const struct question question = {since_utc, allowed, context};
	enum journal_appended outcome = JOURNAL_NOT_SAVED;
	if (entry->token[0] == '\0') {
		err_set(err, "%s: a check-in without a token", JOURNAL_FILE);
		return JOURNAL_NOT_SAVED;
	}
	/* There are two tries at most: the second works on a file that was mended, was moved or has become writable. */
	for (int i = 0; i < 2 && outcome == JOURNAL_NOT_SAVED && (i == 0 || store_wants_reopening(journal->store));
	     i++) {
		if (transaction_begin(journal->store, STMT_BEGIN_WRITE, err)) {
			outcome = append_locked(journal->store, entry, &question, out_id, err);
			transaction_end(journal->store);
		}
	}
	return outcome;
}

bool journal_read(struct journal *journal, int64_t since_utc, struct journal_entries *out_entries, struct err *err)
{
	struct store *store = journal->store;
	struct journal_entries entries = {0};
	int64_t version = -1;
	bool ok = false;
	for (int i = 0; i < 2 && !ok && (i == 0 || store->is_damaged); i++) {
		journal_entries_finish(&entries);
		if (transaction_begin(store, STMT_BEGIN_READ, err)) {
			version = store_data_version(store);
			ok = entry_collect(store, since_utc, &entries, err);
			transaction_end(store);
		}
	}
	if (ok) {
		journal->seen_opening = store->openings;
		journal->seen_version = version;
		*out_entries = entries;
	} else {
		journal_entries_finish(&entries);
	}
	return ok;
}

bool journal_read_old(struct journal *journal, int64_t before_utc, struct journal_entries *out_entries, struct err *err)
{
	struct journal_entries entries = {0};
	if (!transaction_begin(journal->store, STMT_BEGIN_READ, err)) {
		return false;
	}
	bool ok = entry_collect_old(journal->store, before_utc, &entries, err);
	transaction_end(journal->store);
	if (ok) {
		*out_entries = entries;
	} else {
		journal_entries_finish(&entries);
	}
	return ok;
}

static bool find_instant(struct journal *journal, enum stmt_id id, int64_t *out_utc, struct err *err)
{
	struct store *store = journal->store;
	if (!transaction_begin(store, STMT_BEGIN_READ, err)) {
		return false;
	}
	enum step step = store_step(store, id, err);
	int64_t at_utc = step == STEP_ROW ? store_int(store, id, 0) : INT64_MAX;
	store_reset(store, id);
	transaction_end(store);
	if (step != STEP_FAILED) {
		*out_utc = at_utc;
	}
	return step != STEP_FAILED;
}

bool journal_find_oldest(struct journal *journal, int64_t *out_utc, struct err *err)
{
	return find_instant(journal, STMT_ENTRY_OLDEST, out_utc, err);
}

bool journal_find_last(struct journal *journal, int64_t *out_utc, struct err *err)
{
	return find_instant(journal, STMT_ENTRY_LAST, out_utc, err);
}

/* The write lock is held. */
static bool merge_locked(struct store *store, const struct journal_entries *entries, size_t *out_added, struct err *err)
{
	size_t added = 0;
	for (size_t i = 0; i < entries->count; i++) {
		struct journal_entry own = entries->items[i]; /* borrows every text */
		if (!is_storable(&own, err) || !next_id(store, &own.id, err) ||
		    !entry_write(store, STMT_ENTRY_RESTORE, &own, err)) {
			return false;
		}
		added += store_changes(store) > 0;
	}
	if (added > 0 && !transaction_commit(store, err)) {
		return false;
	}
	*out_added = added;
	return true;
}

bool journal_merge(struct journal *journal, const struct journal_entries *entries, size_t *out_added, struct err *err)
{
	bool ok = false;
	for (int i = 0; i < 2 && !ok && (i == 0 || store_wants_reopening(journal->store)); i++) {
		if (transaction_begin(journal->store, STMT_BEGIN_WRITE, err)) {
			ok = merge_locked(journal->store, entries, out_added, err);
			transaction_end(journal->store);
		}
	}
	return ok;
}

/* The token of the entry is not given away before the row is written, so an undo keeps what it was read with. */
static bool adopt_locked(struct store *store, const char *box, int64_t first_seq, struct err *err)
{
	struct journal_entries entries = {0};
	bool ok = entry_collect_all(store, STMT_ENTRIES_HOMELESS, &entries, err);
	size_t count = entries.count;
	for (size_t i = 0; ok && i < entries.count; i++) {
		struct journal_entry own = entries.items[i]; /* borrows every text, but that of the box */
		own.box = (char *)(uintptr_t)box;
		own.seq = first_seq;
		own.undoes_id = 0;
		ok = number_in_box(store, &own, err) && entry_write(store, STMT_ENTRY_REPLACE, &own, err);
	}
	journal_entries_finish(&entries);
	return ok && (count == 0 || transaction_commit(store, err));
}

bool journal_adopt(struct journal *journal, const char *box, int64_t first_seq, struct err *err)
{
	if (!transaction_begin(journal->store, STMT_BEGIN_WRITE, err)) {
		return false;
	}
	bool ok = adopt_locked(journal->store, box, first_seq, err);
	transaction_end(journal->store);
	return ok;
}

static bool stamp_locked(struct store *store, const char *token, int64_t arrived_utc, struct err *err)
{
	struct journal_entries entries = {0};
	bool ok = store_bind(store, STMT_ENTRY_FULL_BY_TOKEN, err, "s", token) &&
		  entry_collect_all(store, STMT_ENTRY_FULL_BY_TOKEN, &entries, err);
	if (ok && entries.count == 1 && entries.items[0].doubt == JOURNAL_DOUBTFUL) {
		struct journal_entry *entry = &entries.items[0];
		int64_t late_s = arrived_utc - entry->at_utc;
		bool begins = entry->action == JOURNAL_DROP_IN && entry->start_utc == entry->at_utc;
		if (begins) {
			entry->start_utc += late_s;
			entry->end_utc += late_s;
		}
		entry->at_utc = arrived_utc;
		entry->doubt = JOURNAL_ARRIVED;
		ok = entry_write(store, STMT_ENTRY_REPLACE, entry, err) && transaction_commit(store, err);
	}
	journal_entries_finish(&entries);
	return ok;
}

bool journal_stamp(struct journal *journal, const char *token, int64_t arrived_utc, struct err *err)
{
	if (!transaction_begin(journal->store, STMT_BEGIN_WRITE, err)) {
		return false;
	}
	bool ok = stamp_locked(journal->store, token, arrived_utc, err);
	transaction_end(journal->store);
	return ok;
}

bool journal_copy(struct journal *journal, void **out_bytes, size_t *out_size, struct err *err)
{
	struct store *store = journal->store;
	if (!transaction_begin(store, STMT_BEGIN_READ, err)) {
		return false;
	}
	bool ok = store_copy(store, out_bytes, out_size, err);
	transaction_end(store);
	return ok;
}

bool journal_changed(struct journal *journal)
{
	return journal->store->openings != journal->seen_opening || store_has_moved(journal->store) ||
	       store_data_version(journal->store) != journal->seen_version;
}

static bool is_aside(const char *name)
{
	static const char prefix[] = JOURNAL_FILE FILE_ASIDE;
	return strncmp(name, prefix, sizeof(prefix) - 1) == 0;
}

size_t journal_count_damaged(const char *dir)
{
	size_t count = 0;
	DIR *folder = opendir(dir);
	if (folder) {
		for (const struct dirent *file = readdir(folder); file; file = readdir(folder)) {
			count += is_aside(file->d_name);
		}
		closedir(folder);
	}
	return count;
}

/* A file that was put aside before then holds only check-ins from before then. */
static bool remove_aside(const struct store *store, int64_t before_utc, struct err *err)
{
	bool ok = true;
	DIR *dir = opendir(store->dir);
	if (!dir) {
		return err_set(err, "cannot read the folder %s", store->dir);
	}
	for (const struct dirent *file = readdir(dir); file; file = readdir(dir)) {
		struct stat about;
		if (!is_aside(file->d_name)) {
			continue;
		}
		/* No test can remove it in between. GCOVR_EXCL_BR_START */
		if (fstatat(dirfd(dir), file->d_name, &about, AT_SYMLINK_NOFOLLOW) != 0) {
			continue; /* GCOVR_EXCL_LINE */
		}
		/* GCOVR_EXCL_BR_STOP */
		if (about.st_mtim.tv_sec >= before_utc) {
			continue;
		}
		if (unlinkat(dirfd(dir), file->d_name, 0) != 0) {
			ok = err_set(err, "cannot remove %s", file->d_name);
		}
	}
	closedir(dir);
	return ok;
}

bool journal_purge(struct journal *journal, int64_t before_utc, int64_t *out_removed, struct err *err)
{
	struct store *store = journal->store;
	int64_t removed = 0;
	if (!transaction_begin(store, STMT_BEGIN_WRITE, err)) {
		return false;
	}
	bool ok = store_bind(store, STMT_ENTRIES_PURGE, err, "i", before_utc) &&
		  store_run(store, STMT_ENTRIES_PURGE, err);
	removed = ok ? store_changes(store) : 0;
	ok = ok && transaction_commit(store, err);
	transaction_end(store);
	if (!ok) {
		return false;
	}
	if (out_removed) {
		*out_removed = removed;
	}
	return remove_aside(store, before_utc, err);
}
