/* The keys that concern the floor plan: the file, and where the screen and the places are on it. */
#ifndef APP_CONFIG_PLAN_PRIVATE_H
#define APP_CONFIG_PLAN_PRIVATE_H

#include "config.h"
#include "take_private.h"

/* "412,230"; the spot is known when the key is set. */
bool config_take_point(const struct taker *taker, const char *key, struct config_spot *spot);
/* "620,440 520,400": the points at which the way to a place turns. */
bool config_take_way(const struct taker *taker, const char *key, struct config_spot *spot);

/* Reads the plan and looks up the places in it, for both forms of the configuration. A plan that cannot be used is no
 * mistake that stops the kiosk: config->plan_mistake then says what is wrong. Returns false when memory ran out. */
bool config_read_plan(struct taker *taker, struct config *config);

#endif
