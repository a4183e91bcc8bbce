/* See network_private.h. A proxy's password is a secret like a feed's address, so it is not written here. */
#include "network_private.h"

#include <stdlib.h>
#include <string.h>

#include "app/base/limits.h"
#include "ical/address.h"

static const char no_proxy[] = "none";

/* It stands in a header of each request. */
static bool take_user_agent(const struct taker *taker, char **out)
{
	if (!take_text(taker, "user-agent", out)) {
		return false;
	}
	for (const char *p = *out ? *out : ""; *p; p++) {
		if (*p < ' ' || *p > '~') {
			return tell_key(taker, "user-agent",
					"has a character that is not in ASCII; write plain letters");
		}
	}
	return !*out || strlen(*out) <= USER_AGENT_MAX ||
	       tell_key(taker, "user-agent", "is longer than %d bytes; shorten it", USER_AGENT_MAX);
}

static bool take_proxy(const struct taker *taker, char **out)
{
	struct address address;
	struct err reason;
	if (!take_text(taker, "proxy", out)) {
		return false;
	}
	if (!*out || strcmp(*out, no_proxy) == 0) {
		return true;
	}
	if (!address_read_proxy(*out, &address, &reason)) {
		return tell_key(taker, "proxy", "%s", reason.text);
	}
	bool has_login = address.user[0] || address.password[0];
	address_wipe(&address);
	return !has_login || tell_key(taker, "proxy",
				      "holds a user; put user and password into a file, and write its name as "
				      "proxy-credential");
}

bool config_network_read(const struct taker *taker, struct config_network *network)
{
	if (!take_user_agent(taker, &network->user_agent) || !take_proxy(taker, &network->proxy) ||
	    !take_credential(taker, "proxy-credential", &network->proxy_credential)) {
		return false;
	}
	if (network->proxy && strcmp(network->proxy, no_proxy) == 0) {
		if (network->proxy_credential) {
			return tell_key(taker, "proxy-credential", "goes with a proxy; remove it, or proxy = none");
		}
		free(network->proxy);
		network->proxy = NULL;
		network->has_no_proxy = true;
	}
	return true;
}

static bool copy(const struct taker *taker, const char *key, const char *from, char **out)
{
	if (from && !*out) {
		*out = strdup(from);
		return *out || tell_key(taker, key, "out of memory");
	}
	return true;
}

bool config_network_of(const struct taker *taker, const struct config_network *all, const char *path,
		       struct config_network *own)
{
	if (!config_network_read(taker, own)) {
		return false;
	}
	if (path) {
		const char *key = own->user_agent ? "user-agent" : own->proxy_credential ? "proxy-credential" : "proxy";
		bool is_alone = !own->user_agent && !own->proxy && !own->proxy_credential && !own->has_no_proxy;
		return is_alone || tell_key(taker, key, "goes with an address, not with a path; remove it");
	}
	bool has_own_proxy = own->proxy || own->proxy_credential || own->has_no_proxy;
	return copy(taker, "user-agent", all->user_agent, &own->user_agent) &&
	       (has_own_proxy || (copy(taker, "proxy", all->proxy, &own->proxy) &&
				  copy(taker, "proxy-credential", all->proxy_credential, &own->proxy_credential)));
}
