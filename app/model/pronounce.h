/* Writes a text as a person says it, in Swedish or English: "måndag 30 november, 10:42" becomes "måndag den trettionde
 * november, klockan tio fyrtiotvå", and "Nils S." becomes "Nils S". In other languages only signs that have no sound
 * are replaced. Pure. */
#ifndef APP_MODEL_PRONOUNCE_H
#define APP_MODEL_PRONOUNCE_H

#include "app/base/arena.h"

/* Results live in the arena. */
const char *pronounce(struct arena *arena, const char *language, const char *text);

/* Returns the letters of a text, one by one: "N, i, l, s, S". */
const char *pronounce_letters(struct arena *arena, const char *text);

#endif
