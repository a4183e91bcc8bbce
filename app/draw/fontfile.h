/* Which installed font has a letter, and that font's file in memory. fontconfig is asked and files are read here and
 * nowhere else, so these functions may wait for a disk. Known only to fonts.c and lookup.c. One thread at a time. */
#ifndef APP_DRAW_FONTFILE_H
#define APP_DRAW_FONTFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/layout/ui.h"

struct fontfile {
	unsigned char *bytes;
	size_t size;
	long index; /* of the font in its file */
};

/* False: the file cannot be read, or is larger than FONT_FILE_MAX. */
bool fontfile_read(const char *path, struct fontfile *out_file);
void fontfile_finish(struct fontfile *file); /* zeroed is fine */

/* The installed fonts. Nothing is read before the first call that needs it. */
struct fontfiles;

struct fontfiles *fontfiles_create(void); /* NULL: out of memory */
void fontfiles_destroy(struct fontfiles *files);

/* The number of the outline font that is most like Inter in this weight and has all the characters; invisible ones are
 * not looked for. A font keeps its number as long as `files` lives. -1: no installed font has them. */
int fontfiles_find(struct fontfiles *files, enum ui_weight weight, const uint32_t *chars, size_t count);

bool fontfiles_read(const struct fontfiles *files, int number, struct fontfile *out_file);

#endif
