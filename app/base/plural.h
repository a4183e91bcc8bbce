/* Which form of a word goes with a number: the C expression of a catalogue's Plural-Forms (GNU gettext manual, 11.2.6).
 * Immutable after it was parsed; any thread. */
#ifndef APP_BASE_PLURAL_H
#define APP_BASE_PLURAL_H

struct plural;

/* Parses "nplurals=2; plural=n != 1;". NULL when it is not of that form, is too long, or memory ran out. */
struct plural *plural_parse(const char *text);
void plural_destroy(struct plural *plural);

/* The number of the form, below nplurals; 0 when the expression gives something else. */
unsigned long plural_form(const struct plural *plural, unsigned long n);

#endif
