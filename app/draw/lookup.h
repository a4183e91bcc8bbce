/* Finds fonts for letters on a thread of its own: the UI thread asks, goes on without an answer, and takes it when it
 * has arrived. For fonts.c only. All functions belong to the UI thread. */
#ifndef APP_DRAW_LOOKUP_H
#define APP_DRAW_LOOKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/base/limits.h"
#include "fontfile.h"

struct lookup;

/* The key is compared byte by byte, so it is zeroed before it is filled. */
struct lookup_question {
	enum ui_weight weight;
	uint32_t count;
	uint32_t chars[LOOKUP_CHARS_MAX]; /* a letter and its marks */
};

struct lookup_answer {
	struct lookup_question question;
	int number; /* the number of the font, the same for all its letters; -1 when no installed font has them */
	struct fontfile file; /* the caller frees it; it has no bytes when the file was handed over before and not
				 released since */
};

/* `ready` is called on the other thread whenever answers have arrived; it must return soon. With NULL there is no other
 * thread, and each question is answered before lookup_ask returns. Returns NULL when memory or threads ran out. */
struct lookup *lookup_create(void (*ready)(void *context), void *context);
/* Waits for the question that is being answered. */
void lookup_destroy(struct lookup *lookup);

/* Returns false when LOOKUP_QUEUE_MAX questions are open; ask again after taking some answers. */
bool lookup_ask(struct lookup *lookup, const struct lookup_question *question);

/* Takes the oldest answer. Returns false when there is none. */
bool lookup_take(struct lookup *lookup, struct lookup_answer *out_answer);

/* Reports that the file of this font was freed; the next answer brings it again. */
void lookup_release(struct lookup *lookup, int number);

#endif
