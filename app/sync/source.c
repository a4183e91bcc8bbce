/* See source.h. The address is read when it is needed, and wiped afterwards. */
#include "source.h"

#include "app/base/regular.h"
#include "credential.h"
#include "reach.h"
#include "ical/sum.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A calendar on a CalDAV server has its address in the configuration; who asks may stand in a credential. */
static bool read_collection(const struct source *source, struct address *out, struct err *err)
{
	const struct config_feed *feed = source->feed;
	struct address login = {0};
	bool ok = (address_read(feed->caldav, out, err) || err_prefix(err, "caldav")) &&
		  (!feed->credential || credential_read_login(source->credentials_dir, feed->credential, &login, err));
	if (ok && feed->credential) {
		memcpy(out->user, login.user, sizeof(out->user));
		memcpy(out->password, login.password, sizeof(out->password));
	}
	address_wipe(&login);
	return ok;
}

bool source_address(const struct source *source, struct address *out, struct err *err)
{
	const struct config_feed *feed = source->feed;
	if (feed->caldav) {
		return read_collection(source, out, err);
	}
	if (feed->url) {
		return address_read(feed->url, out, err) || err_prefix(err, "url");
	}
	return credential_read(source->credentials_dir, feed->credential, out, err);
}

unsigned int source_address_bits(const struct source *source)
{
	struct address address;
	struct err err;
	uint64_t sum = 0;
	if (!source->feed->path && source_address(source, &address, &err)) {
		sum = sum_text(sum_text(sum_start(), address.url), address.user);
		address_wipe(&address);
	}
	return (unsigned int)(sum & 0xFFFF);
}

/* Calendars that Microsoft publishes reach three months ahead, unless the owner widened PublishDateRangeTo. */
static bool is_microsoft(const char *address)
{
	static const char *const hosts[] = {"outlook.office365.com", "outlook.office.com", "outlook.live.com"};
	const char *host = strstr(address, "://");
	for (size_t i = 0; host && i < sizeof(hosts) / sizeof(hosts[0]); i++) {
		size_t length = strlen(hosts[i]);
		if (strncasecmp(host + 3, hosts[i], length) == 0 && strchr("/:?", host[3 + length])) {
			return true;
		}
	}
	return false;
}

int32_t source_covers_days(const struct source *source)
{
	struct address address;
	struct err err;
	bool has_limit = false;
	if (source->feed->covers_days > 0) {
		return source->feed->covers_days;
	}
	if (!source->feed->path && source_address(source, &address, &err)) {
		has_limit = is_microsoft(address.url);
		address_wipe(&address);
	}
	return has_limit ? FEED_COVERS_MICROSOFT_DAYS : INT32_MAX;
}

enum feed_trouble source_trouble(enum fetch_failure failure)
{
	switch (failure) {
	case FETCH_FAILURE_REFUSED:
		return FEED_TROUBLE_REFUSED;
	case FETCH_FAILURE_NOT_CALENDAR:
		return FEED_TROUBLE_NOT_CALENDAR;
	case FETCH_FAILURE_TOO_LARGE:
		return FEED_TROUBLE_TOO_LARGE;
	case FETCH_FAILURE_SETUP:
		return FEED_TROUBLE_SETUP;
	case FETCH_FAILURE_NONE:
	case FETCH_FAILURE_NO_CONTACT:
		break;
	}
	return FEED_TROUBLE_NO_CONTACT;
}

struct fetch_transfer *source_begin(const struct source *source, const char *etag, const char *last_modified,
				    struct err *err)
{
	const struct config_feed *feed = source->feed;
	struct reach reach = {&feed->network, feed->ca_file, source->credentials_dir};
	struct fetch_request request = {.etag = etag, .last_modified = last_modified};
	struct address own = {0};
	struct fetch_transfer *transfer =
		source_address(source, &own, err) ? reach_begin(&reach, source->fetch, &own, request, err) : NULL;
	address_wipe(&own);
	return transfer;
}

enum source_outcome source_end(struct fetch_transfer *transfer, struct source_body *out_body, struct err *err)
{
	*out_body = (struct source_body){0};
	switch (fetch_end(transfer, &out_body->result, err)) {
	case FETCH_NEW:
		return SOURCE_NEW;
	case FETCH_NOT_MODIFIED:
		return SOURCE_SAME;
	case FETCH_STOPPED:
		return SOURCE_STOPPED;
	case FETCH_FAILED:
		break;
	}
	out_body->trouble = source_trouble(out_body->result.failure);
	return SOURCE_FAILED;
}

static struct source_file identity(const struct stat *about)
{
	return (struct source_file){(int64_t)about->st_dev, (int64_t)about->st_ino, about->st_size,
				    about->st_mtim.tv_sec, about->st_mtim.tv_nsec};
}

static bool is_same_file(const struct source_file *a, const struct source_file *b)
{
	return a->device == b->device && a->inode == b->inode && a->size == b->size && a->changed_s == b->changed_s &&
	       a->changed_ns == b->changed_ns;
}

static bool slurp(int fd, size_t size, struct fetch_result *result)
{
	result->body = malloc(size + 1);
	if (!result->body || !regular_read(fd, result->body, size)) {
		return false;
	}
	result->body[size] = '\0';
	result->body_length = size;
	return true;
}

enum source_outcome source_read_file(const struct source *source, const struct source_file *known,
				     struct source_body *body, struct err *err)
{
	*body = (struct source_body){0};
	struct stat about = {0};
	enum source_outcome outcome = SOURCE_FAILED;
	int fd = regular_open(source->feed->path, &about);
	body->trouble = FEED_TROUBLE_SETUP;
	if (fd < 0) {
		err_set(err, "the file cannot be read: %s", regular_reason(errno));
		return SOURCE_FAILED;
	}
	body->file = identity(&about);
	if (known && is_same_file(known, &body->file)) {
		outcome = SOURCE_SAME;
	} else if (about.st_size > FETCH_BODY_MAX) {
		body->trouble = FEED_TROUBLE_TOO_LARGE;
		err_set(err, "the file is larger than the limit (%d KiB)", FETCH_BODY_MAX >> 10);
	} else if (slurp(fd, (size_t)about.st_size, &body->result)) {
		outcome = SOURCE_NEW;
	} else {
		err_set(err, "the file cannot be read: %s", strerror(errno));
	}
	close(fd);
	return outcome;
}
