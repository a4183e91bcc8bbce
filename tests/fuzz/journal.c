/* Files of the journal: spoilt ones, spoilt rollback journals and keys. Whatever they hold, the journal opens or says
 * that a newer program wrote it, and then takes a check-in that is there when it is opened again. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/identity.h"
#include "db/journal.h"
#include "fuzz.h"
#include "ical/utf8.h"

enum { PATH_BYTES = 320, FILE_MAX = 1 << 16, TRIES = 3, SEEDED = 12 };
enum kind { KIND_FILE, KIND_ROLLBACK, KIND_KEY, KIND_EDITS, KIND_COUNT };

static char folder[] = "/dev/shm/fuzz-journal-XXXXXX";
static uint8_t whole[FILE_MAX]; /* a sound journal */
static size_t whole_size;

static void must(bool holds, const char *what, const struct err *err)
{
	if (!holds) {
		fprintf(stderr, "%s: %s\n", what, err->text);
		abort();
	}
}

static const char *path_of(const char *name, char out[PATH_BYTES])
{
	snprintf(out, PATH_BYTES, "%s/%s", folder, name);
	return out;
}

static void save(const char *name, const uint8_t *bytes, size_t size)
{
	char path[PATH_BYTES];
	FILE *file = fopen(path_of(name, path), "wb");
	if (!file || fwrite(bytes, 1, size, file) != size || fclose(file) != 0) {
		abort();
	}
	chmod(path, 0600);
}

static void empty_folder(void)
{
	DIR *dir = opendir(folder);
	const struct dirent *entry;
	char path[PATH_BYTES];
	while (dir && (entry = readdir(dir))) {
		if (entry->d_name[0] != '.' || entry->d_type == DT_REG) {
			unlink(path_of(entry->d_name, path));
		}
	}
	closedir(dir);
}

static void remove_folder(void)
{
	empty_folder();
	rmdir(folder);
}

static struct journal_entry make_entry(const char *token, int number)
{
	static const enum journal_action actions[] = {JOURNAL_CHECK_IN, JOURNAL_DROP_IN, JOURNAL_CHECK_OUT,
						      JOURNAL_UNDO};
	int64_t at_utc = INT64_C(1796000000) + number * 60;
	return (struct journal_entry){.token = (char *)(uintptr_t)token,
				      .box = number % 3 == 0 ? "entre" : "",
				      .at_utc = at_utc,
				      .action = actions[number % 4],
				      .place = "5",
				      .feed = "platser",
				      .uid = "u0123456789abcdef01234567",
				      .recurrence_id = "20261128T080000Z",
				      .label = "Åsa L.",
				      .start_utc = at_utc,
				      .end_utc = at_utc + 3600,
				      .target = number % 4 == 3 ? "token0" : ""};
}

static void begin(void)
{
	struct err err = {""};
	struct journal *journal = NULL;
	char path[PATH_BYTES], token[16];
	must(mkdtemp(folder) != NULL, "no folder", &err);
	atexit(remove_folder);
	struct identity *identity = identity_open(folder, NULL, &err);
	must(identity && journal_open(folder, identity, &journal, &err) == JOURNAL_CREATED, "no journal", &err);
	for (int i = 0; i < SEEDED; i++) {
		snprintf(token, sizeof(token), "token%d", i);
		struct journal_entry entry = make_entry(token, i);
		int64_t id = 0;
		must(journal_append(journal, &entry, 0, NULL, NULL, &id, &err) == JOURNAL_APPENDED, "append", &err);
	}
	journal_close(journal);
	identity_close(identity);
	FILE *file = fopen(path_of(JOURNAL_FILE, path), "rb");
	whole_size = fread(whole, 1, sizeof(whole), file);
	fclose(file);
}

/* Each edit: the offset in two bytes, the length, the bytes that stand there from now on. */
static void save_edited(const uint8_t *data, size_t size)
{
	static uint8_t edited[FILE_MAX];
	memcpy(edited, whole, whole_size);
	while (size > 3) {
		size_t at = ((size_t)data[0] << 8 | data[1]) % whole_size, length = data[2];
		length = length < size - 3 ? length : size - 3;
		length = length < whole_size - at ? length : whole_size - at;
		memcpy(edited + at, data + 3, length);
		data += 3 + length;
		size -= 3 + length;
	}
	save(JOURNAL_FILE, edited, whole_size);
}

static void check_entries(struct journal *journal, const char *token)
{
	struct journal_entries entries = {0};
	struct err err = {""};
	bool is_there = false;
	must(journal_read(journal, INT64_MIN, &entries, &err), "cannot be read", &err);
	for (size_t i = 0; i < entries.count; i++) {
		const struct journal_entry *entry = &entries.items[i];
		must(entry->action >= JOURNAL_CHECK_IN && entry->action <= JOURNAL_UNDO, "no action", &err);
		must(entry->token && entry->box && entry->place && entry->feed && entry->uid && entry->recurrence_id &&
			     entry->label && entry->target,
		     "no text", &err);
		is_there = is_there || strcmp(entry->token, token) == 0;
	}
	must(is_there, "the check-in is not there", &err);
	journal_entries_finish(&entries);
}

/* Damage that is found only now is mended by the next try. */
static void check_in(struct journal *journal)
{
	struct journal_entry entry = make_entry("fresh", 4);
	enum journal_appended appended = JOURNAL_NOT_SAVED;
	struct err err = {""};
	int64_t id = 0;
	for (int i = 0; i < TRIES && appended == JOURNAL_NOT_SAVED; i++) {
		appended = journal_append(journal, &entry, 0, NULL, NULL, &id, &err);
	}
	must(appended == JOURNAL_APPENDED || appended == JOURNAL_REPEATED, "the check-in is not saved", &err);
	check_entries(journal, "fresh");
}

static struct journal *open_journal(struct identity *identity)
{
	struct journal *journal = NULL;
	struct err err = {""};
	if (journal_open(folder, identity, &journal, &err) == JOURNAL_FAILED) {
		must(strstr(err.text, "was written by a newer program") != NULL, "it does not open", &err);
		return NULL;
	}
	return journal;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct err err = {""};
	if (size == 0) {
		return 0;
	}
	if (whole_size == 0) {
		begin();
	}
	empty_folder();
	enum kind kind = data[0] % KIND_COUNT;
	if (kind == KIND_EDITS) {
		save_edited(data + 1, size - 1);
	} else if (kind == KIND_FILE) {
		save(JOURNAL_FILE, data + 1, size - 1);
	} else {
		save(JOURNAL_FILE, whole, whole_size);
		save(kind == KIND_KEY ? IDENTITY_FILE : JOURNAL_COMMIT_FILE, data + 1, size - 1);
	}
	struct identity *identity = identity_open(folder, NULL, &err);
	must(identity != NULL, "no key", &err);
	struct journal *journal = open_journal(identity);
	if (journal) {
		check_in(journal);
		must(journal_purge(journal, INT64_C(1796000200), NULL, &err), "purge", &err);
		journal_close(journal);
		journal = open_journal(identity);
		must(journal != NULL, "it does not open again", &err);
		check_entries(journal, "fresh");
		journal_close(journal);
	}
	identity_close(identity);
	return 0;
}
