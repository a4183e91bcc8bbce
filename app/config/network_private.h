/* How feeds are reached: the keys that the section network has for all of them and each feed for itself. config.c only.
 */
#ifndef APP_CONFIG_NETWORK_PRIVATE_H
#define APP_CONFIG_NETWORK_PRIVATE_H

#include "config.h"
#include "take_private.h"

bool config_network_read(const struct taker *taker, struct config_network *network);

/* The feed's own keys, and for what it does not say the network's. */
bool config_network_of_feed(const struct taker *taker, const struct config_network *all, struct config_feed *feed);

/* Everything but the name. */
bool config_share_read(const struct taker *taker, struct config_share *share);

#endif
