/* Where the machines of one office exchange their check-ins, and what this one is called among them. */
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

static bool check_share(const struct taker *taker, const struct config_share *share)
{
	if (!share->path) {
		return tell_key(taker, "path", "is not written; write the folder that all machines have in common");
	}
	if (!share->credential) {
		return tell_key(taker, "credential",
				"is not written; write the name of the file with user and password, which all machines "
				"of the office have");
	}
	return check_box(taker, share);
}

bool config_share_read(const struct taker *taker, struct config_share *share)
{
	return take_path(taker, "path", &share->path) && take_credential(taker, "credential", &share->credential) &&
	       take_text(taker, "box", &share->box) && check_share(taker, share);
}
