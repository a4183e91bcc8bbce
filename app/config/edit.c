/* See edit.h. The text is scanned for where sections, keys and values begin and end, again after each change: a
 * configuration is small, and nothing can get out of step. */
#include "edit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct part {
	size_t start, end;
};

struct edit_key {
	struct part name, value;
	size_t section;
};

struct edit_section {
	struct part name, title; /* the title with its quotation marks; empty: none */
	struct part body;        /* between the braces */
	size_t end;              /* behind the closing one */
};

struct config_edit {
	char *text;
	struct edit_section *sections;
	size_t section_count;
	struct edit_key *keys;
	size_t key_count;
};

/* One run over the text. */
struct scanner {
	struct config_edit *edit;
	size_t at;
};

static void skip_blanks(struct scanner *scanner)
{
	const char *text = scanner->edit->text;
	for (;;) {
		const char *at = text + scanner->at;
		if (*at && strchr(" \t\r\n", *at)) {
			scanner->at++;
		} else if (*at == '#' || strncmp(at, "//", 2) == 0) {
			scanner->at += strcspn(at, "\n");
		} else if (strncmp(at, "/*", 2) == 0) {
			const char *end = strstr(at + 2, "*/");
			scanner->at = end ? (size_t)(end + 2 - text) : strlen(text);
		} else {
			return;
		}
	}
}

static bool take_mark(struct scanner *scanner, char mark)
{
	skip_blanks(scanner);
	bool is_there = scanner->edit->text[scanner->at] == mark;
	scanner->at += is_there;
	return is_there;
}

/* A word, or a text in quotation marks. */
static bool take_token(struct scanner *scanner, struct part *out)
{
	skip_blanks(scanner);
	const char *text = scanner->edit->text, *from = text + scanner->at;
	size_t length = 0;
	if (*from == '"' || *from == '\'') {
		length = 1;
		while (from[length] && from[length] != *from) {
			length += from[length] == '\\' && from[length + 1] ? 2 : 1;
		}
		length = from[length] ? length + 1 : 0;
	} else {
		length = strcspn(from, " \t\r\n={}(),+\"'#");
	}
	*out = (struct part){scanner->at, scanner->at + length};
	scanner->at += length;
	return length > 0;
}

static bool take_value(struct scanner *scanner, struct part *out)
{
	struct part token;
	if (!take_mark(scanner, '{')) {
		return take_token(scanner, out);
	}
	out->start = scanner->at - 1;
	while (!take_mark(scanner, '}')) {
		if (!take_token(scanner, &token)) {
			return false;
		}
		take_mark(scanner, ',');
	}
	out->end = scanner->at;
	return true;
}

static bool add_key(struct config_edit *edit, const struct edit_key *key)
{
	struct edit_key *keys = reallocarray(edit->keys, edit->key_count + 1, sizeof(*keys));
	if (keys) {
		edit->keys = keys;
		keys[edit->key_count++] = *key;
	}
	return keys != NULL;
}

static bool add_section(struct config_edit *edit, const struct edit_section *section)
{
	struct edit_section *sections = reallocarray(edit->sections, edit->section_count + 1, sizeof(*sections));
	if (sections) {
		edit->sections = sections;
		sections[edit->section_count++] = *section;
	}
	return sections != NULL;
}

static bool scan_section(struct scanner *scanner)
{
	struct edit_section section = {{0, 0}, {0, 0}, {0, 0}, 0};
	if (!take_token(scanner, &section.name)) {
		return false;
	}
	if (!take_mark(scanner, '{')) {
		if (!take_token(scanner, &section.title) || !take_mark(scanner, '{')) {
			return false;
		}
	}
	section.body.start = scanner->at;
	while (!take_mark(scanner, '}')) {
		struct edit_key key = {.section = scanner->edit->section_count};
		if (!take_token(scanner, &key.name)) {
			return false;
		}
		take_mark(scanner, '+');
		if (!take_mark(scanner, '=') || !take_value(scanner, &key.value) || !add_key(scanner->edit, &key)) {
			return false;
		}
	}
	section.body.end = scanner->at - 1;
	section.end = scanner->at;
	return add_section(scanner->edit, &section);
}

static bool scan(struct config_edit *edit, size_t *out_at)
{
	/* Some editors write it at the beginning, and the configuration's reader skips it. */
	static const char byte_order[] = "\xEF\xBB\xBF";
	size_t mark = strlen(byte_order);
	struct scanner scanner = {edit, strncmp(edit->text, byte_order, mark) == 0 ? mark : 0};
	bool ok = true;
	for (skip_blanks(&scanner); ok && edit->text[scanner.at]; skip_blanks(&scanner)) {
		ok = scan_section(&scanner);
	}
	*out_at = scanner.at;
	return ok;
}

void config_edit_destroy(struct config_edit *edit)
{
	if (edit) {
		free(edit->text);
		free(edit->sections);
		free(edit->keys);
		free(edit);
	}
}

struct config_edit *config_edit_create(const char *text, struct err *err)
{
	struct config_edit *edit = calloc(1, sizeof(*edit));
	size_t at = 0;
	if (edit) {
		edit->text = strdup(text);
	}
	if (!edit || !edit->text) {
		config_edit_destroy(edit);
		err_set(err, "out of memory");
		return NULL;
	}
	if (!scan(edit, &at)) {
		int line = 1;
		for (size_t i = 0; i < at; i++) {
			line += text[i] == '\n';
		}
		config_edit_destroy(edit);
		err_set(err, "line %d: neither a section nor a key of one; see kiosk.conf(5)", line);
		return NULL;
	}
	return edit;
}

const char *config_edit_text(const struct config_edit *edit)
{
	return edit->text;
}

static bool part_is(const struct config_edit *edit, struct part part, const char *word)
{
	size_t length = part.end - part.start;
	return strlen(word) == length && strncmp(edit->text + part.start, word, length) == 0;
}

/* Undoes the quotation as libconfuse does. */
static char *plain(const struct config_edit *edit, struct part part)
{
	const char *from = edit->text + part.start, *end = edit->text + part.end;
	char *out = malloc(part.end - part.start + 1), *to = out;
	if (!out) {
		return NULL;
	}
	char quote = from < end && (*from == '"' || *from == '\'') ? *from : '\0';
	from += quote != '\0';
	end -= quote != '\0';
	while (from < end) {
		bool is_escape = quote && *from == '\\' && from + 1 < end;
		if (is_escape && quote == '"') {
			from++;
			*to++ = *from == 'n' ? '\n' : *from == 't' ? '\t' : *from;
			from++;
		} else if (is_escape && (from[1] == '\\' || from[1] == '\'')) {
			*to++ = from[1];
			from += 2;
		} else {
			*to++ = *from++;
		}
	}
	*to = '\0';
	return out;
}

/* Returns the position of the section in `sections`, or section_count. */
static size_t locate(const struct config_edit *edit, const char *section, size_t index)
{
	for (size_t i = 0; i < edit->section_count; i++) {
		if (part_is(edit, edit->sections[i].name, section) && index-- == 0) {
			return i;
		}
	}
	return edit->section_count;
}

size_t config_edit_count(const struct config_edit *edit, const char *section)
{
	size_t count = 0;
	for (size_t i = 0; i < edit->section_count; i++) {
		count += part_is(edit, edit->sections[i].name, section);
	}
	return count;
}

char *config_edit_title(const struct config_edit *edit, const char *section, size_t index)
{
	size_t at = locate(edit, section, index);
	return at < edit->section_count ? plain(edit, edit->sections[at].title) : NULL;
}

size_t config_edit_find(const struct config_edit *edit, const char *section, const char *title)
{
	size_t count = config_edit_count(edit, section);
	for (size_t i = 0; i < count; i++) {
		char *own = config_edit_title(edit, section, i);
		bool is_it = !title || (own && strcmp(own, title) == 0);
		free(own);
		if (is_it) {
			return i;
		}
	}
	return count;
}

static const struct edit_key *find_key(const struct config_edit *edit, size_t section, const char *name)
{
	for (size_t i = 0; i < edit->key_count; i++) {
		if (edit->keys[i].section == section && part_is(edit, edit->keys[i].name, name)) {
			return &edit->keys[i];
		}
	}
	return NULL;
}

static char *copy_part(const struct config_edit *edit, struct part part)
{
	return strndup(edit->text + part.start, part.end - part.start);
}

char *config_edit_get_raw(const struct config_edit *edit, const char *section, size_t index, const char *key)
{
	const struct edit_key *found = find_key(edit, locate(edit, section, index), key);
	return found ? copy_part(edit, found->value) : NULL;
}

char *config_edit_get(const struct config_edit *edit, const char *section, size_t index, const char *key)
{
	const struct edit_key *found = find_key(edit, locate(edit, section, index), key);
	return found ? plain(edit, found->value) : NULL;
}

/* Puts `text` in the place of a part, and scans the result. */
static bool replace(struct config_edit *edit, struct part part, const char *text)
{
	char *result = NULL;
	if (asprintf(&result, "%.*s%s%s", (int)part.start, edit->text, text, edit->text + part.end) < 0) {
		return false;
	}
	struct config_edit *fresh = config_edit_create(result, NULL);
	free(result);
	if (!fresh) {
		return false;
	}
	struct config_edit before = *edit;
	*edit = *fresh;
	*fresh = before;
	config_edit_destroy(fresh);
	return true;
}

/* Words that the configuration chooses from, and numbers, are written without quotation marks. */
static bool is_bare(const char *key, const char *value)
{
	static const char *const keys[] = {"mode",    "language",  "kind",      "names",
					   "checkin", "person-in", "organizer", "icon"};
	bool is_choice = false;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		is_choice = is_choice || strcmp(keys[i], key) == 0;
	}
	return value[0] && (strspn(value, "0123456789.") == strlen(value) ||
			    (is_choice && strspn(value, "abcdefghijklmnopqrstuvwxyz") == strlen(value)));
}

/* Expressions are easier to read in single quotation marks, where a backslash is one. The caller frees the result. */
static char *quote(const char *key, const char *value)
{
	bool can_be_single = strpbrk(value, "\\^[*+|") && !strpbrk(value, "'\n") && !strstr(value, "\\\\") &&
			     value[strlen(value) - 1] != '\\';
	char *out = malloc(2 * strlen(value) + 3), *to = out;
	if (!out) {
		return NULL;
	}
	if (is_bare(key, value)) {
		return strcpy(out, value);
	}
	char mark = can_be_single ? '\'' : '"';
	*to++ = mark;
	for (const char *from = value; *from; from++) {
		if (!can_be_single && strchr("\\\"\n", *from)) {
			*to++ = '\\';
		}
		*to++ = *from == '\n' ? 'n' : *from;
	}
	*to++ = mark;
	*to = '\0';
	return out;
}

/* The line of a key, when nothing else stands on it; else only the key. */
static struct part line_of(const struct config_edit *edit, const struct edit_key *key)
{
	struct part part = {key->name.start, key->value.end};
	size_t start = part.start, end = part.end;
	while (start > 0 && strchr(" \t", edit->text[start - 1])) {
		start--;
	}
	end += strspn(edit->text + end, " \t\r");
	bool is_alone = start > 0 && edit->text[start - 1] == '\n' && edit->text[end] == '\n';
	return is_alone ? (struct part){start, end + 1} : part;
}

/* Returns where a further key goes: behind the last one and what stands on its line, else at the section's beginning.
 */
static size_t place_for_key(const struct config_edit *edit, size_t section)
{
	size_t at = edit->sections[section].body.start;
	for (size_t i = 0; i < edit->key_count; i++) {
		at = edit->keys[i].section == section ? edit->keys[i].value.end : at;
	}
	size_t blanks = at + strspn(edit->text + at, " \t");
	return edit->text[blanks] == '#' ? blanks + strcspn(edit->text + blanks, "\n") : at;
}

static bool insert_key(struct config_edit *edit, size_t section, const char *key, const char *value)
{
	size_t at = place_for_key(edit, section);
	bool line_goes_on = edit->text[at + strspn(edit->text + at, " \t\r")] != '\n';
	char *line = NULL;
	if (asprintf(&line, "\n\t%s = %s%s", key, value, line_goes_on ? "\n" : "") < 0) {
		return false;
	}
	bool ok = replace(edit, (struct part){at, at}, line);
	free(line);
	return ok;
}

bool config_edit_set_raw(struct config_edit *edit, const char *section, size_t index, const char *key,
			 const char *value)
{
	size_t at = locate(edit, section, index);
	const struct edit_key *found = find_key(edit, at, key);
	if (at == edit->section_count) {
		return false;
	}
	if (!value) {
		return !found || replace(edit, line_of(edit, found), "");
	}
	return found ? replace(edit, found->value, value) : insert_key(edit, at, key, value);
}

bool config_edit_set(struct config_edit *edit, const char *section, size_t index, const char *key, const char *value)
{
	char *before = config_edit_get(edit, section, index, key);
	bool is_same = value && before && strcmp(before, value) == 0;
	free(before);
	if (is_same) {
		return true; /* also when it is written in another way */
	}
	char *quoted = value ? quote(key, value) : NULL;
	bool ok = (quoted || !value) && config_edit_set_raw(edit, section, index, key, quoted);
	free(quoted);
	return ok;
}

/* A title is always in double quotation marks. */
static char *quote_title(const char *title)
{
	char *out = malloc(2 * strlen(title) + 3), *to = out;
	if (!out) {
		return NULL;
	}
	*to++ = '"';
	for (const char *from = title; *from; from++) {
		if (strchr("\\\"", *from)) {
			*to++ = '\\';
		}
		*to++ = *from;
	}
	*to++ = '"';
	*to = '\0';
	return out;
}

bool config_edit_set_title(struct config_edit *edit, const char *section, size_t index, const char *title)
{
	size_t at = locate(edit, section, index);
	char *before = config_edit_title(edit, section, index);
	bool is_same = before && strcmp(before, title) == 0;
	char *quoted = quote_title(title);
	bool ok = is_same || (quoted && at < edit->section_count &&
			      replace(edit,
				      edit->sections[at].title.end
					      ? edit->sections[at].title
					      : (struct part){edit->sections[at].name.end, edit->sections[at].name.end},
				      quoted));
	free(quoted);
	free(before);
	return ok;
}

bool config_edit_add(struct config_edit *edit, const char *section, const char *title)
{
	size_t at = strlen(edit->text);
	char *quoted = title ? quote_title(title) : strdup("");
	char *text = NULL;
	for (size_t i = 0; i < edit->section_count; i++) {
		at = part_is(edit, edit->sections[i].name, section) ? edit->sections[i].end : at;
	}
	bool needs_break = at > 0 && edit->text[at - 1] != '\n';
	bool line_goes_on = edit->text[at] && edit->text[at] != '\n';
	if (!quoted || asprintf(&text, "%s%s%s%s%s {\n}%s", needs_break ? "\n" : "", at > 0 ? "\n" : "", section,
				title ? " " : "", quoted, edit->text[at] && !line_goes_on ? "" : "\n") < 0) {
		free(quoted);
		return false;
	}
	bool ok = replace(edit, (struct part){at, at}, text);
	free(text);
	free(quoted);
	return ok;
}

/* The comment that stands right above a section belongs to it. */
static size_t with_comment(const struct config_edit *edit, size_t at)
{
	for (size_t line = at; line > 0;) {
		size_t before = line - 1;
		while (before > 0 && edit->text[before - 1] != '\n') {
			before--;
		}
		if (edit->text[before + strspn(edit->text + before, " \t")] != '#') {
			return line;
		}
		line = before;
		at = before;
	}
	return at;
}

bool config_edit_remove(struct config_edit *edit, const char *section, size_t index)
{
	size_t at = locate(edit, section, index);
	if (at == edit->section_count) {
		return false;
	}
	struct part part = {edit->sections[at].name.start, edit->sections[at].end};
	if (part.start == 0 || edit->text[part.start - 1] == '\n') {
		part.start = with_comment(edit, part.start);
		part.end += strspn(edit->text + part.end, " \t\r");
		part.end += edit->text[part.end] == '\n';
		bool has_blank_before = part.start > 1 && edit->text[part.start - 2] == '\n';
		part.end += has_blank_before && edit->text[part.end] == '\n';
	}
	return replace(edit, part, "");
}

bool config_edit_each(const struct config_edit *edit,
		      bool (*each)(void *context, const char *section, const char *title, const char *key,
				   const char *raw),
		      void *context)
{
	bool ok = true;
	for (size_t i = 0; ok && i < edit->key_count; i++) {
		const struct edit_section *at = &edit->sections[edit->keys[i].section];
		char *section = copy_part(edit, at->name), *title = plain(edit, at->title);
		char *key = copy_part(edit, edit->keys[i].name), *raw = copy_part(edit, edit->keys[i].value);
		ok = section && title && key && raw && each(context, section, title, key, raw);
		free(section);
		free(title);
		free(key);
		free(raw);
	}
	return ok;
}
