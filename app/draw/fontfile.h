/* Finds the installed font that has a letter, and reads the file of a font into memory. Only this module asks
 * fontconfig and reads font files, so its functions may wait for a disk. For fonts.c and lookup.c only. One thread at a
 * time. */
#ifndef APP_DRAW_FONTFILE_H
#define APP_DRAW_FONTFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/layout/ui.h"

struct fontfile {
	unsigned char *bytes;
	size_t size;
	long index; /* the index of the font in its file */
};

/* False: the file cannot be read, or is larger than FONT_FILE_MAX. */
bool fontfile_read(const char *path, struct fontfile *out_file);
void fontfile_finish(struct fontfile *file); /* zeroed is fine */

/* The installed fonts. Nothing is read before a call needs it. */
struct fontfiles;

struct fontfiles *fontfiles_create(void); /* NULL: out of memory */
void fontfiles_destroy(struct fontfiles *files);

/* Returns the number of the outline font that is most like Inter in this weight and has all the characters (invisible
 * ones are ignored), or -1 when no installed font has them. A font keeps its number as long as `files` lives. */
int fontfiles_find(struct fontfiles *files, enum ui_weight weight, const uint32_t *chars, size_t count);

bool fontfiles_read(const struct fontfiles *files, int number, struct fontfile *out_file);

#endif
