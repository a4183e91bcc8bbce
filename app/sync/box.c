/* What this machine is among those of its office: its name and numbers in the journal, the secret that it shares with
 * them, and how the exchange is doing. */
#include "private.h"

#include <stdlib.h>
#include <string.h>

#include "credential.h"
#include "ical/small.h"

bool sync_share_secret(const struct sync *sync, char out[ADDRESS_PASSWORD_MAX], struct err *err)
{
	struct address address;
	const char *name = sync->config->share.credential;
	bool ok = credential_read_login(sync->credentials_dir, name, &address, err);
	ok = ok && (address.password[0] || err_set(err, "credential %s: it has no password", name));
	if (ok) {
		memcpy(out, address.password, ADDRESS_PASSWORD_MAX);
	}
	address_wipe(&address);
	return ok;
}

/* Numbers grow with the time, so that a box that was installed anew, or whose disk was restored from a backup, does not
 * give a number again; the last bits differ from run to run. */
static int64_t first_seq(const struct sync *sync, int64_t at_utc)
{
	return (small_max(at_utc, 0) << 20 | (int64_t)(sync->run & 0xfffff)) + 1;
}

bool sync_share_adopt(const struct sync *sync, struct err *err)
{
	int64_t seq = first_seq(sync, clock_utc_s(sync->options.clock));
	return !sync->share || journal_adopt(sync->journal, sync->share->config->box, seq, err);
}

bool sync_share_sign(const struct sync *sync, struct journal_entry *entry)
{
	if (!sync->share) {
		return true;
	}
	char *box = strdup(sync->share->config->box);
	free(entry->box);
	entry->box = box;
	entry->seq = first_seq(sync, entry->at_utc);
	entry->doubt = clock_is_trusted(sync->options.clock) ? JOURNAL_TRUSTED : JOURNAL_DOUBTFUL;
	return box != NULL;
}

void sync_share_hurry(struct sync *sync)
{
	struct share *share = sync->share;
	if (share) {
		share->is_stale = true;
		share->is_due_again = share->step != SHARE_IDLE;
		share->due_ms = share->step == SHARE_IDLE ? 0 : share->due_ms;
	}
}

struct snapshot_share sync_share_seen(const struct sync *sync)
{
	const struct share *share = sync->share;
	struct snapshot_share seen = {.is_on = share != NULL};
	if (share && sync->leads) {
		seen.is_lost = share->is_lost;
		seen.agreed_utc = share->agreed_utc;
		seen.tried_utc = share->tried_utc;
		seen.outbox = share->was_listed ? (int64_t)(share->outbox.count - share->sent) : -1;
		seen.skipped = (uint32_t)small_min((int64_t)(share->foreign + share->spoilt), UINT32_MAX);
		seen.skipped = share->was_listed ? seen.skipped : share->seen.skipped; /* as the last program found */
		memcpy(seen.message, share->message, sizeof(seen.message));
	} else if (share) {
		seen = share->seen; /* what the board said; nothing yet when no program has ever exchanged anything */
		seen.outbox = seen.is_on ? seen.outbox : -1;
		seen.is_on = true;
	}
	return seen;
}
