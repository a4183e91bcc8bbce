/* Converts a person's name to the form that the office decided to keep. Pure. */
#ifndef APP_SYNC_PERSON_H
#define APP_SYNC_PERSON_H

#include "app/config/config.h"

/* `name` is clean (clean.h): "Nils Svensson", "Svensson, Nils" or in any script. NAMES_SHORT: "Nils S.";
 * NAMES_INITIALS: "N.S."; NAMES_NONE: "". NULL: out of memory. */
char *person_reduce(const char *name, enum name_form form);

#endif
