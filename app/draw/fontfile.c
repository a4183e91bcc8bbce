/* See fontfiles.h. fontconfig sorts all installed fonts by likeness, once for each weight. Only outline fonts without
 * colours are used: text is drawn in one colour at any size, and so are emoji. */
#include "fontfile.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <fontconfig/fontconfig.h>

#include "app/base/limits.h"
#include "ical/letters.h"
#include "app/base/regular.h"

static const int weights[WEIGHT_COUNT] = {
	[WEIGHT_REGULAR] = FC_WEIGHT_REGULAR,
	[WEIGHT_MEDIUM] = FC_WEIGHT_MEDIUM,
	[WEIGHT_SEMIBOLD] = FC_WEIGHT_DEMIBOLD,
	[WEIGHT_BOLD] = FC_WEIGHT_BOLD,
};

struct fontfiles {
	FcConfig *config; /* NULL: not loaded yet */
	FcFontSet *sorted[WEIGHT_COUNT];
	const FcPattern **known; /* by number; they belong to the sets */
	int known_count;
};

static bool read_all(int file, unsigned char *bytes, size_t size)
{
	for (size_t at = 0; at < size;) {
		ssize_t got = read(file, bytes + at, size - at);
		if (got <= 0) {
			return false;
		}
		at += (size_t)got;
	}
	return true;
}

bool fontfile_read(const char *path, struct fontfile *out_file)
{
	struct stat about;
	struct fontfile file = {0};
	bool ok = false;
	int opened = regular_open(path, &about);
	if (opened < 0 || about.st_size <= 0 || about.st_size > FONT_FILE_MAX) {
		goto out;
	}
	file.size = (size_t)about.st_size;
	file.bytes = malloc(file.size);
	ok = file.bytes && read_all(opened, file.bytes, file.size);
out:
	if (opened >= 0) {
		close(opened);
	}
	if (ok) {
		*out_file = file;
	} else {
		fontfile_finish(&file);
	}
	return ok;
}

void fontfile_finish(struct fontfile *file)
{
	free(file->bytes);
	*file = (struct fontfile){0};
}

struct fontfiles *fontfiles_create(void)
{
	return calloc(1, sizeof(struct fontfiles));
}

void fontfiles_destroy(struct fontfiles *files)
{
	if (!files) {
		return;
	}
	for (size_t i = 0; i < WEIGHT_COUNT; i++) {
		if (files->sorted[i]) {
			FcFontSetDestroy(files->sorted[i]);
		}
	}
	if (files->config) {
		FcConfigDestroy(files->config);
	}
	free(files->known);
	free(files);
}

/* The fonts that are most like Inter in this weight come first. */
static const FcFontSet *fonts_sorted(struct fontfiles *files, enum ui_weight weight)
{
	if (!files->config) {
		files->config = FcInitLoadConfigAndFonts();
	}
	if (files->sorted[weight] || !files->config) {
		return files->sorted[weight];
	}
	FcPattern *wanted = FcPatternCreate();
	FcResult result = FcResultMatch;
	if (!wanted) {
		return NULL;
	}
	FcPatternAddString(wanted, FC_FAMILY, (const FcChar8 *)"Inter");
	FcPatternAddString(wanted, FC_FAMILY, (const FcChar8 *)"Noto Sans");
	FcPatternAddString(wanted, FC_FAMILY, (const FcChar8 *)"sans-serif");
	FcPatternAddInteger(wanted, FC_WEIGHT, weights[weight]);
	FcPatternAddInteger(wanted, FC_SLANT, FC_SLANT_ROMAN);
	FcConfigSubstitute(files->config, wanted, FcMatchPattern);
	FcDefaultSubstitute(wanted);
	files->sorted[weight] = FcFontSort(files->config, wanted, FcFalse, NULL, &result);
	FcPatternDestroy(wanted);
	return files->sorted[weight];
}

static bool is_outline(const FcPattern *pattern)
{
	FcBool has_outline = FcFalse, has_colour = FcFalse;
	return FcPatternGetBool(pattern, FC_OUTLINE, 0, &has_outline) == FcResultMatch && has_outline &&
	       (FcPatternGetBool(pattern, FC_COLOR, 0, &has_colour) != FcResultMatch || !has_colour);
}

static bool has_chars(const FcPattern *pattern, const uint32_t *chars, size_t count)
{
	FcCharSet *set = NULL;
	if (FcPatternGetCharSet(pattern, FC_CHARSET, 0, &set) != FcResultMatch) {
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		if (!letters_is_invisible(chars[i]) && !FcCharSetHasChar(set, chars[i])) {
			return false;
		}
	}
	return true;
}

static bool where(const FcPattern *pattern, const char **out_path, int *out_index)
{
	FcChar8 *path = NULL;
	*out_index = 0;
	FcPatternGetInteger(pattern, FC_INDEX, 0, out_index);
	if (FcPatternGetString(pattern, FC_FILE, 0, &path) != FcResultMatch) {
		return false;
	}
	*out_path = (const char *)path;
	return true;
}

/* Returns -1 when the font has no file or memory ran out. */
static int number_of(struct fontfiles *files, const FcPattern *pattern)
{
	const char *path, *other_path;
	int index, other_index;
	if (!where(pattern, &path, &index)) {
		return -1;
	}
	for (int i = 0; i < files->known_count; i++) {
		if (where(files->known[i], &other_path, &other_index) && other_index == index &&
		    strcmp(other_path, path) == 0) {
			return i;
		}
	}
	const FcPattern **known = reallocarray(files->known, (size_t)files->known_count + 1, sizeof(*files->known));
	if (!known) {
		return -1;
	}
	files->known = known;
	known[files->known_count] = pattern;
	return files->known_count++;
}

int fontfiles_find(struct fontfiles *files, enum ui_weight weight, const uint32_t *chars, size_t count)
{
	const FcFontSet *sorted = fonts_sorted(files, weight);
	for (int i = 0; sorted && i < sorted->nfont; i++) {
		const FcPattern *pattern = sorted->fonts[i];
		if (is_outline(pattern) && has_chars(pattern, chars, count)) {
			return number_of(files, pattern);
		}
	}
	return -1;
}

bool fontfiles_read(const struct fontfiles *files, int number, struct fontfile *out_file)
{
	const char *path;
	int index;
	if (number < 0 || number >= files->known_count || !where(files->known[number], &path, &index) ||
	    !fontfile_read(path, out_file)) {
		return false;
	}
	out_file->index = index;
	return true;
}
