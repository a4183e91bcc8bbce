/* Where a word may be parted with a hyphen: at the joints of a compound ("räddnings-nämnden"), and where no joint
 * fits, between syllables. Two sources: libhyphen's Swedish patterns say where a break
 * is possible at all, and a list of names and word parts says which of those places are joints. Read once; does not
 * change after that, so that the same word is always parted alike. */
#ifndef APP_LAYOUT_HYPHENS_H
#define APP_LAYOUT_HYPHENS_H

#include <stddef.h>

#include "ical/err.h"

/* The patterns of Debian's package hyphen-sv. */
#define HYPHENS_PATTERNS "/usr/share/hyphen/hyph_sv_SE.dic"

struct hyphens;

/* Reads the list of joints and the patterns. `patterns` NULL: only words whose joint has letters of the list on both
 * sides are parted. NULL and a filled err: a file cannot be read, or memory ran out. */
struct hyphens *hyphens_create(const char *joints, const char *patterns, struct err *err);
void hyphens_destroy(struct hyphens *hyphens);

/* The bytes of the longest beginning of `word`, not longer than `most` bytes, that may end with a hyphen; joints come
 * before syllables. 0: none. `hyphens` may be NULL: no word is parted. */
size_t hyphens_part(const struct hyphens *hyphens, const char *word, size_t length, size_t most);

#endif
