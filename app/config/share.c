/* Where the machines of one office exchange their check-ins, and what this one is called among them. */
#include <stdlib.h>
#include <string.h>

#include "app/base/limits.h"
#include "network_private.h"

static bool check_box(const struct taker *taker, const struct config_share *share)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
	const char *box = share->box;
	if (!box) {
		return tell_key(taker, "box",
				"is not written; give each machine of the office a name of its own, such as \"entre\"");
	}
	size_t length = strlen(box);
	bool is_name = length > 0 && length <= SHARE_BOX_MAX && strspn(box, letters) == length && box[0] != '-' &&
		       box[length - 1] != '-' && !strstr(box, "--");
	return is_name ||
	       tell_key(taker, "box", "is not a name of at most %d small letters a–z, digits and single hyphens",
			SHARE_BOX_MAX);
}

static bool check_source(const struct taker *taker, const struct config_share *share)
{
	if (!share->path && !share->url) {
		return tell_key(taker, "url",
				"is not written, and neither is path; write the address of a collection on a CalDAV "
				"server, or the folder that all machines have in common");
	}
	if (share->path && share->url) {
		return tell_key(taker, "path", "stands beside url; keep one of them");
	}
	return !share->path || !share->ca_file || tell_key(taker, "ca-file", "goes with url, not with path; remove it");
}

static bool check_share(const struct taker *taker, const struct config_share *share)
{
	if (!check_source(taker, share)) {
		return false;
	}
	if (!share->credential) {
		return tell_key(taker, "credential",
				"is not written; write the name of the file with user and password, which all machines "
				"of the office have");
	}
	return check_box(taker, share);
}

/* Names are appended to the address. */
static bool end_with_slash(const struct taker *taker, const char *key, char **url)
{
	size_t length = *url ? strlen(*url) : 0;
	if (length == 0 || (*url)[length - 1] == '/') {
		return true;
	}
	if (strpbrk(*url, "?#")) {
		return tell_key(taker, key, "has a question mark or a hash sign in it; write the collection's address");
	}
	char *longer = realloc(*url, length + 2);
	if (!longer) {
		return tell_key(taker, key, "out of memory");
	}
	longer[length] = '/';
	longer[length + 1] = '\0';
	*url = longer;
	return true;
}

bool config_take_collection(const struct taker *taker, const char *key, char **out)
{
	return take_url(taker, key, out) && end_with_slash(taker, key, out);
}

bool config_share_read(const struct taker *taker, const struct config_network *all, struct config_share *share)
{
	return config_take_collection(taker, "url", &share->url) && take_path(taker, "path", &share->path) &&
	       take_credential(taker, "credential", &share->credential) && take_text(taker, "box", &share->box) &&
	       take_path(taker, "ca-file", &share->ca_file) && check_share(taker, share) &&
	       config_network_of(taker, all, share->path, &share->network);
}
