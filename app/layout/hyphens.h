/* Finds where a word may be hyphenated: at the joints of a compound ("räddnings-nämnden") and, where no joint fits,
 * between syllables. libhyphen's Swedish patterns give every possible break, and a list of names and word parts gives
 * the joints among them. Both are read once and never change, so that a word is always hyphenated alike. */
#ifndef APP_LAYOUT_HYPHENS_H
#define APP_LAYOUT_HYPHENS_H

#include <stddef.h>

#include "ical/err.h"

/* The patterns of Debian's package hyphen-sv. */
#define HYPHENS_PATTERNS "/usr/share/hyphen/hyph_sv_SE.dic"

struct hyphens;

/* Reads the list of joints and the patterns. With `patterns` NULL only words whose joint has letters of the list on
 * both sides are hyphenated. Returns NULL and fills err when a file cannot be read or memory ran out. */
struct hyphens *hyphens_create(const char *joints, const char *patterns, struct err *err);
void hyphens_destroy(struct hyphens *hyphens);

/* Returns the length in bytes of the longest beginning of `word`, at most `most` bytes, that may end with a hyphen; 0
 * none. Joints are preferred to syllables. With `hyphens` NULL no word is hyphenated. */
size_t hyphens_part(const struct hyphens *hyphens, const char *word, size_t length, size_t most);

#endif
