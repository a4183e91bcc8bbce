/* How feeds and the share are reached: the keys that the section network has for all of them and each for itself.
 * config.c only. */
#ifndef APP_CONFIG_NETWORK_PRIVATE_H
#define APP_CONFIG_NETWORK_PRIVATE_H

#include "config.h"
#include "take_private.h"

bool config_network_read(const struct taker *taker, struct config_network *network);

/* The own keys of a feed or a share, and for what it does not say the network's. A path has none of them. */
bool config_network_of(const struct taker *taker, const struct config_network *all, const char *path,
		       struct config_network *own);

/* Whether the loudspeaker may speak depends on the feeds, unless it is written: names are only for a headset. */
bool config_speech_read(const struct taker *taker, struct config_speech *speech);
void config_speech_settle(struct config *config);

/* The address of a collection on a CalDAV server; made to end with a slash. */
bool config_take_collection(const struct taker *taker, const char *key, char **out);

/* Everything but the name. */
bool config_share_read(const struct taker *taker, const struct config_network *all, struct config_share *share);

#endif
