/* Finds fonts for letters on a thread of its own: the UI thread asks, goes on without an answer, and takes it when it
 * is there. Known only to fonts.c. All functions belong to the UI thread. */
#ifndef APP_DRAW_LOOKUP_H
#define APP_DRAW_LOOKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/base/limits.h"
#include "fontfile.h"

struct lookup;

/* Compared byte for byte as a key, so it is zeroed before it is filled. */
struct lookup_question {
	enum ui_weight weight;
	uint32_t count;
	uint32_t chars[LOOKUP_CHARS_MAX]; /* a letter and its marks */
};

struct lookup_answer {
	struct lookup_question question;
	int number;           /* of the font, the same for all its letters; -1: no installed font has them */
	struct fontfile file; /* the caller's to free; without bytes: handed over already and not released since */
};

/* `ready` is called on the other thread whenever answers have come; it must return soon. NULL: there is no other
 * thread, and each question is answered before lookup_ask returns. NULL is returned when memory or threads ran out. */
struct lookup *lookup_create(void (*ready)(void *context), void *context);
/* Waits for the answer that is being looked for. */
void lookup_destroy(struct lookup *lookup);

/* False: LOOKUP_QUEUE_MAX questions are open; ask again when some of the answers have been taken. */
bool lookup_ask(struct lookup *lookup, const struct lookup_question *question);

/* The oldest answer that was not taken yet. False: there is none. */
bool lookup_take(struct lookup *lookup, struct lookup_answer *out_answer);

/* The file of this font was freed; the next answer brings it again. */
void lookup_release(struct lookup *lookup, int number);

#endif
