/* Reads a card of "Bra att veta" from the configuration file. */
#ifndef APP_CONFIG_INFO_PRIVATE_H
#define APP_CONFIG_INFO_PRIVATE_H

#include "config.h"
#include "take_private.h"

extern const char *const info_keys[];

bool config_info_read(const struct taker *taker, struct config_info *info);

/* Returns whether each pair of braces of an agenda-by holds the name of a role; else reports a mistake. */
bool config_roles_check(const struct taker *taker, const char *text);

#endif
