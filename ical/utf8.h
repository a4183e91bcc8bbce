/* UTF-8 (RFC 3629), for every layer: reading it a character at a time, cutting it where nothing is torn, and making a
 * text from outside safe to store and to show. Pure; lengths are bytes. */
#ifndef ICAL_UTF8_H
#define ICAL_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { UTF8_BROKEN = -1 };

/* Returns the character at text[*at], which is before `length`, and moves *at behind it. Bytes that are no character
 * (an overlong form, a surrogate, the beginning of one that was cut off) are UTF8_BROKEN; at least one byte is taken.
 */
int32_t utf8_next(const char *text, size_t length, size_t *at);

/* True for what must not be parted from the character before it: combining marks of any script, joiners, variation
 * selectors, skin tones and the tags of flags. */
bool utf8_joins(int32_t character);

/* Returns the length of the letter with which a text begins: a character, and what joins it, up to UTF8_LETTER_MAX
 * bytes. 0: the text is empty. */
size_t utf8_letter(const char *text, size_t length);

/* Returns `length`, or less where a text that goes on would be cut inside a character there. */
size_t utf8_cut(const char *text, size_t length);

/* Unicode's White_Space: blanks, line ends, and spaces of any width. */
bool utf8_is_space(int32_t character);

/* True for what shows nothing, or turns the text around it: control characters, Unicode's bidirectional controls, soft
 * hyphens, tags and noncharacters. The joiners U+200C and U+200D are wanted: words and emoji of some scripts need them.
 */
bool utf8_is_unwanted(int32_t character);

/* Writes at most `max` bytes and a NUL to `out` (which has room for both), cut at a character; returns the length.
 * Line breaks stay as '\n', a tab and a no-break space become a space, what is broken becomes U+FFFD, and what
 * is unwanted is left out. */
size_t utf8_clean(const char *text, size_t length, char *out, size_t max);

#endif
