/* See file.h. libconfuse parses the file. Every value is kept as text together with its line, so that a later message
 * can name file:line. libconfuse's functions (include) and its look-ups in the environment are refused: everything
 * stands in the file itself. */
#include "file.h"

#include <confuse.h>
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/limits.h"
#include "ical/utf8.h"
#include "nearest.h"
#include "app/base/regular.h"

/* This is added after the last line of the file. libconfuse silently closes sections that the file left open, but it
 * does not find this section inside another one. */
static const char end_mark[] = "end-of-file";

struct config_file {
	const char *name; /* for messages while reading */
	cfg_t *root;
	char *bytes;
	int last_line;
};

static char *read_bytes(const char *file, size_t *out_length, struct err *err)
{
	char *bytes = NULL;
	bool ok = false;
	FILE *stream = regular_stream(file);
	if (!stream) {
		err_set(err, "%s: cannot be opened: %s; check the path and who may read it", file,
			regular_reason(errno));
		goto out;
	}
	bytes = malloc(CONFIG_FILE_MAX + 2 + sizeof(end_mark) + 8);
	if (!bytes) {
		err_set(err, "%s: out of memory", file);
		goto out;
	}
	size_t length = fread(bytes, 1, CONFIG_FILE_MAX + 1, stream);
	if (ferror(stream)) {
		err_set(err, "%s: cannot be read: %s", file, strerror(errno));
		goto out;
	}
	if (length > CONFIG_FILE_MAX) {
		err_set(err, "%s: is larger than %d bytes; is it the right file?", file, (int)CONFIG_FILE_MAX);
		goto out;
	}
	bytes[length] = '\0';
	*out_length = length;
	ok = true;
out:
	if (stream) {
		fclose(stream);
	}
	if (!ok) {
		free(bytes);
		bytes = NULL;
	}
	return bytes;
}

static bool bytes_are_text(const char *file, const char *bytes, size_t length, struct err *err)
{
	int line = 1;
	for (size_t i = 0; i < length;) {
		const unsigned char *at = (const unsigned char *)bytes + i;
		if (utf8_next(bytes, length, &i) <= 0) {
			return err_set(err, "%s:%d: not text in UTF-8; save the file as UTF-8", file, line);
		}
		if (at[0] == '$' && at[1] == '{') {
			return err_set(err, "%s:%d: ${…} is not replaced here; write the value itself", file, line);
		}
		bool is_layout = at[0] == '\n' || at[0] == '\t' || at[0] == '\r';
		if (at[0] == 0x7f || (at[0] < 0x20 && !is_layout)) {
			return err_set(err, "%s:%d: a control character; remove it", file, line);
		}
		line += at[0] == '\n';
	}
	return true;
}

static int count_lines(const char *bytes, size_t length)
{
	int lines = length > 0 && bytes[length - 1] != '\n';
	for (size_t i = 0; i < length; i++) {
		lines += bytes[i] == '\n';
	}
	return lines;
}

static const char *end_of_text(const char *quote)
{
	const char *at = quote + 1;
	while (*at && *at != *quote) {
		at += at[0] == '\\' && at[1] ? 2 : 1;
	}
	return *at ? at + 1 : at;
}

static char *blank(char *from, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		from[i] = from[i] == '\n' ? '\n' : ' ';
	}
	return from + length;
}

/* libconfuse 3.3 counts the line of a comment more than once, which would make messages name the wrong line. Comments
 * are therefore blanked where libconfuse would see them: outside texts, and (for slashes) where a word would begin. */
static bool blank_comments(const char *file, char *bytes, struct err *err)
{
	for (char *at = bytes; *at;) {
		bool begins_word = at == bytes || strchr(" \t\r\n={}(),+\"'", at[-1]);
		if (*at == '"' || *at == '\'') {
			at += end_of_text(at) - at;
		} else if (*at == '#' || (begins_word && strncmp(at, "//", 2) == 0)) {
			at = blank(at, strcspn(at, "\n"));
		} else if (begins_word && strncmp(at, "/*", 2) == 0) {
			const char *end = strstr(at + 2, "*/");
			if (!end) {
				return err_set(err, "%s:%d: a comment is not closed; add */", file,
					       count_lines(bytes, (size_t)(at + 1 - bytes)));
			}
			at = blank(at, (size_t)(end + 2 - at));
		} else {
			at++;
		}
	}
	return true;
}

/* libconfuse passes no context of ours through, so the first message is kept with the section that it concerns. */
static void keep_message(cfg_t *section, const char *format, va_list args)
{
	if (section->comment) {
		return;
	}
	char text[ERR_TEXT_MAX];
	vsnprintf(text, sizeof(text), format, args);
	section->comment = strdup(text);
}

static int take_value(cfg_t *section, cfg_opt_t *key, const char *text, void *result)
{
	/* A list that is written a second time begins anew; a further value of the first one comes behind others. */
	if (key->comment && key->nvalues <= 1) {
		cfg_error(section, "%s: given twice, first in line %s; remove one", key->name, key->comment);
		return -1;
	}
	size_t length = strlen(text);
	if (length > CONFIG_VALUE_MAX) {
		cfg_error(section, "%s: longer than %d bytes; shorten it", key->name, (int)CONFIG_VALUE_MAX);
		return -1;
	}
	struct config_value *value = malloc(sizeof(*value) + length + 1);
	/* libconfuse drops the first value when a key is repeated, so the line of the first one is kept beside it. */
	char *line = NULL;
	if (!value || (!key->comment && asprintf(&line, "%d", section->line) < 0)) {
		free(value);
		cfg_error(section, "%s: out of memory", key->name);
		return -1;
	}
	key->comment = key->comment ? key->comment : line;
	value->line = section->line;
	memcpy(value->text, text, length + 1);
	*(void **)result = value;
	return 0;
}

static bool is_among(const char *const *names, const char *name)
{
	for (size_t i = 0; names && names[i]; i++) {
		if (strcmp(names[i], name) == 0) {
			return true;
		}
	}
	return false;
}

static cfg_opt_t *make_keys(const char *const *keys, const char *const *lists)
{
	size_t count = 0;
	while (keys[count]) {
		count++;
	}
	cfg_opt_t *opts = calloc(count + 1, sizeof(*opts));
	const cfg_opt_t end = CFG_END();
	for (size_t i = 0; opts && i < count; i++) {
		cfg_flag_t flags = CFGF_NODEFAULT | (is_among(lists, keys[i]) ? CFGF_LIST : CFGF_NONE);
		const cfg_opt_t key = CFG_PTR_CB(keys[i], NULL, flags, take_value, free);
		opts[i] = key;
	}
	if (opts) {
		opts[count] = end;
	}
	return opts;
}

/* Single sections are parsed as if there could be several, because libconfuse would silently let the last one win. */
static cfg_t *make_root(const struct config_schema *schema)
{
	cfg_t *root = NULL;
	size_t count = 0;
	while (schema[count].section) {
		count++;
	}
	cfg_opt_t *opts = calloc(count + 2, sizeof(*opts));
	if (!opts) {
		return NULL;
	}
	bool is_whole = true;
	for (size_t i = 0; i < count; i++) {
		cfg_flag_t flags = CFGF_MULTI | (schema[i].has_title ? CFGF_TITLE | CFGF_NO_TITLE_DUPES : CFGF_NONE);
		cfg_opt_t *keys = make_keys(schema[i].keys, schema[i].lists);
		const cfg_opt_t section = CFG_SEC(schema[i].section, keys, flags);
		opts[i] = section;
		is_whole = is_whole && keys;
	}
	cfg_opt_t none[] = {CFG_END()};
	const cfg_opt_t mark = CFG_SEC(end_mark, none, CFGF_MULTI);
	opts[count] = mark;
	opts[count + 1] = none[0];
	if (is_whole) {
		root = cfg_init(opts, CFGF_NONE); /* copies */
	}
	for (size_t i = 0; i < count; i++) {
		free(opts[i].subopts);
	}
	free(opts);
	return root;
}

static const cfg_t *find_message(cfg_t *section)
{
	if (section->comment) {
		return section;
	}
	for (cfg_opt_t *opt = section->opts; opt->name; opt++) {
		for (unsigned i = 0; opt->type == CFGT_SEC && i < opt->nvalues; i++) {
			const cfg_t *found = opt->values[i]->section ? find_message(opt->values[i]->section) : NULL;
			if (found) {
				return found;
			}
		}
	}
	return NULL;
}

/* The name is taken from libconfuse's message "no such option 'refesh'", because libconfuse reports it in no other way.
 */
static bool tell_unknown(const struct config_file *source, const cfg_t *section, struct err *err)
{
	char name[64];
	if (sscanf(section->comment, "no such option '%63[^']", name) != 1) {
		return false;
	}
	if (strcmp(name, end_mark) == 0) {
		err_set(err, "%s:%d: %s: the section is not closed; add }", source->name, source->last_line,
			section->name);
		return true;
	}
	const char *names[64];
	size_t count = 0;
	for (const cfg_opt_t *opt = section->opts; opt->name && count < sizeof(names) / sizeof(*names); opt++) {
		if (strcmp(opt->name, end_mark) != 0) {
			names[count++] = opt->name;
		}
	}
	const char *near = nearest_name(name, names, count);
	bool is_root = strcmp(section->name, "root") == 0;
	const char *what = is_root ? "section" : "key";
	const char *where = is_root ? "the file" : section->name;
	if (near) {
		err_set(err, "%s:%d: %s: there is no such %s in %s; did you mean %s?", source->name, section->line,
			name, what, where, near);
	} else {
		err_set(err, "%s:%d: %s: there is no such %s in %s; remove it, or see kiosk.conf(5)", source->name,
			section->line, name, what, where);
	}
	return true;
}

static bool tell_duplicate(const char *file, const cfg_t *section, struct err *err)
{
	char title[64];
	if (sscanf(section->comment, "found duplicate title '%63[^']", title) != 1) {
		return false;
	}
	err_set(err, "%s:%d: \"%s\": a section of this name was given before; choose another name", file, section->line,
		title);
	return true;
}

static const char *skip_byte_order_mark(const char *bytes)
{
	return strncmp(bytes, "\xef\xbb\xbf", 3) == 0 ? bytes + 3 : bytes;
}

static void tell_mistake(const struct config_file *source, struct err *err)
{
	const cfg_t *section = find_message(source->root);
	if (!section) {
		err_set(err, "%s:%d: cannot be understood; see kiosk.conf(5)", source->name, source->root->line);
	} else if (strstr(section->comment, "premature end of file")) {
		err_set(err, "%s:%d: a text is not closed; add the missing quotation mark", source->name,
			source->last_line);
	} else if (!tell_unknown(source, section, err) && !tell_duplicate(source->name, section, err)) {
		err_set(err, "%s:%d: %s", source->name, section->line, section->comment);
	}
}

/* The C locale is needed for numbers with a point, and for messages that tell_unknown recognises. */
static bool parse(const struct config_file *source, struct err *err)
{
	bool ok = false;
	locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
	locale_t before = plain ? uselocale(plain) : (locale_t)0;
	cfg_set_error_function(source->root, keep_message);
	if (cfg_parse_buf(source->root, skip_byte_order_mark(source->bytes)) != CFG_SUCCESS) {
		tell_mistake(source, err);
	} else {
		ok = true;
	}
	if (plain) {
		uselocale(before);
		freelocale(plain);
	}
	return ok;
}

struct config_file *config_file_read(const char *file, const struct config_schema *schema, struct err *err)
{
	size_t length = 0;
	bool ok = false;
	struct config_file *config_file = calloc(1, sizeof(*config_file));
	if (!config_file) {
		err_set(err, "%s: out of memory", file);
		goto out;
	}
	config_file->bytes = read_bytes(file, &length, err);
	if (!config_file->bytes || !bytes_are_text(file, config_file->bytes, length, err)) {
		goto out;
	}
	config_file->root = make_root(schema);
	if (!config_file->root) {
		err_set(err, "%s: out of memory", file);
		goto out;
	}
	if (!blank_comments(file, config_file->bytes, err)) {
		goto out;
	}
	config_file->name = file;
	config_file->last_line = count_lines(config_file->bytes, length);
	snprintf(config_file->bytes + length, sizeof(end_mark) + 8, "\n%s { }\n", end_mark);
	ok = parse(config_file, err);
out:
	if (!ok) {
		config_file_destroy(config_file);
		config_file = NULL;
	}
	return config_file;
}

void config_file_destroy(struct config_file *config_file)
{
	if (!config_file) {
		return;
	}
	if (config_file->root) {
		cfg_free(config_file->root);
	}
	free(config_file->bytes);
	free(config_file);
}

size_t config_file_count(const struct config_file *config_file, const char *section)
{
	return cfg_size(config_file->root, section);
}

static cfg_t *section_at(const struct config_file *config_file, const char *section, size_t index)
{
	return cfg_getnsec(config_file->root, section, (unsigned)index);
}

const char *config_file_title(const struct config_file *config_file, const char *section, size_t index)
{
	return cfg_title(section_at(config_file, section, index));
}

/* Returns the line of the first key that is set, because libconfuse does not keep where a section begins. */
int config_file_line(const struct config_file *config_file, const char *section, size_t index)
{
	const cfg_t *found = section_at(config_file, section, index);
	int line = found->line;
	for (const cfg_opt_t *opt = found->opts; opt->name; opt++) {
		const struct config_value *value = opt->nvalues > 0 ? opt->values[0]->ptr : NULL;
		if (value && value->line < line) {
			line = value->line;
		}
	}
	return line;
}

const struct config_value *config_file_value(const struct config_file *config_file, const char *section, size_t index,
					     const char *key)
{
	return config_file_value_at(config_file, section, index, key, 0);
}

const struct config_value *config_file_value_at(const struct config_file *config_file, const char *section,
						size_t index, const char *key, size_t position)
{
	cfg_opt_t *opt = cfg_getopt(section_at(config_file, section, index), key);
	return opt && cfg_opt_size(opt) > position ? cfg_opt_getnptr(opt, (unsigned)position) : NULL;
}
