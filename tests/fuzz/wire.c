/* A check-in that another machine of the office has left on the server: its name in the first line, then the object.
 * What is read can be written, and gives the same bytes when it is read and written again. */
#include <stdlib.h>
#include <string.h>

#include "app/sync/wire.h"
#include "fuzz.h"
#include "ical/utf8.h"

static void must(bool holds)
{
	if (!holds) {
		abort();
	}
}

/* The texts stand on screens and in terminals. */
static void check_text(const char *text)
{
	size_t length = strlen(text);
	must(length <= SHARE_TEXT_MAX);
	for (size_t at = 0; at < length;) {
		int32_t code = utf8_next(text, length, &at);
		must(code > 0 && !utf8_is_unwanted(code));
	}
}

static void check_entry(const struct journal_entry *entry)
{
	const char *const texts[] = {entry->token, entry->box,           entry->place, entry->feed,
				     entry->uid,   entry->recurrence_id, entry->label, entry->target};
	char name[WIRE_NAME_SIZE];
	struct wire_name parts;
	struct journal_entry again;
	const char *reason = "";
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		check_text(texts[i]);
	}
	wire_name(entry, name);
	must(wire_name_read(name, &parts));
	char *text = wire_write(entry);
	must(text && wire_read(name, text, strlen(text), &again, &reason));
	char *twice = wire_write(&again);
	must(twice && strcmp(text, twice) == 0);
	journal_entry_finish(&again);
	free(twice);
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data, *line_end = size > 0 ? memchr(text, '\n', size) : NULL;
	struct journal_entry entry;
	struct wire_name parts;
	const char *reason = "";
	if (!line_end) {
		return 0;
	}
	char *name = strndup(text, (size_t)(line_end - text));
	wire_name_read(name, &parts);
	if (wire_read(name, line_end + 1, size - (size_t)(line_end + 1 - text), &entry, &reason)) {
		check_entry(&entry);
		journal_entry_finish(&entry);
	} else {
		must(reason && reason[0]);
	}
	free(name);
	return 0;
}
