/* See probe.h. A child of its own fetches, because it gives up root's rights for good; the bytes come back through a
 * pipe, and stay in memory. */
#include "probe.h"

#include <errno.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/base/limits.h"
#include "app/sync/clean.h"
#include "app/sync/collection.h"
#include "app/sync/source.h"

static const char service_user[] = "satellitkiosk";

/* What the child says before the bytes. */
struct answer {
	bool is_fetched, has_objects;
	size_t length;
	struct err err;
};

bool probe_become_service(struct err *err)
{
	const struct passwd *user = geteuid() == 0 ? getpwnam(service_user) : NULL;
	if (!user) {
		return true;
	}
	return (initgroups(user->pw_name, user->pw_gid) == 0 && setgid(user->pw_gid) == 0 &&
		setuid(user->pw_uid) == 0) ||
	       err_set(err, "going on as the user %s failed: %s", service_user, strerror(errno));
}

bool probe_give_to_service(int fd)
{
	const struct passwd *user = geteuid() == 0 ? getpwnam(service_user) : NULL;
	return !user || fchown(fd, user->pw_uid, user->pw_gid) == 0;
}

static void wait_for(struct fetch *fetch)
{
	struct pollfd ready = {.fd = fetch_fd(fetch), .events = POLLIN};
	poll(&ready, 1, -1);
	fetch_drive(fetch);
}

/* Whoever waits for it decides how long it may take. */
static void fetch_collection(struct source *source, struct source_body *out_body, struct answer *answer)
{
	struct collection *collection = collection_create(source);
	if (!collection) {
		err_set(&answer->err, "out of memory");
		return;
	}
	collection_begin(collection, FETCH_BODY_MAX, 0);
	while (!collection_is_done(collection)) {
		wait_for(source->fetch);
		collection_go_on(collection, 0);
	}
	answer->is_fetched = collection_end(collection, NULL, out_body, &answer->err) == SOURCE_NEW;
	answer->has_objects = true;
}

static void fetch_address(struct source *source, struct source_body *out_body, struct answer *answer)
{
	source->fetch = fetch_create(&answer->err);
	if (source->fetch && source->feed->caldav) {
		fetch_collection(source, out_body, answer);
		return;
	}
	struct fetch_transfer *transfer = source->fetch ? source_begin(source, NULL, NULL, &answer->err) : NULL;
	while (transfer && !fetch_is_done(transfer)) {
		wait_for(source->fetch);
	}
	if (transfer) {
		answer->is_fetched = source_end(transfer, out_body, &answer->err) == SOURCE_NEW;
	}
}

static bool write_all(int fd, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t written = write(fd, bytes, length);
		if (written <= 0) {
			return false;
		}
		bytes += written;
		length -= (size_t)written;
	}
	return true;
}

/* The child's whole life. */
static void fetch_as_service(const struct probe_request *request, int fd)
{
	struct answer answer = {.is_fetched = false};
	struct source_body body = {0};
	signal(SIGINT, SIG_DFL); /* Ctrl-C ends a fetch at once */
	struct source source = {.feed = &request->feed, .credentials_dir = request->credentials_dir};
	if (probe_become_service(&answer.err)) {
		if (request->feed.path) {
			answer.is_fetched = source_read_file(&source, NULL, &body, &answer.err) == SOURCE_NEW;
		} else {
			fetch_address(&source, &body, &answer);
		}
	}
	answer.length = answer.is_fetched ? body.result.body_length : 0;
	if (write_all(fd, (const char *)&answer, sizeof(answer))) {
		write_all(fd, body.result.body, answer.length);
	}
	_exit(0);
}

static bool read_all(int fd, char *out, size_t length)
{
	while (length > 0) {
		ssize_t got = read(fd, out, length);
		if (got < 0 && errno == EINTR) {
			continue;
		}
		if (got <= 0) {
			return false;
		}
		out += got;
		length -= (size_t)got;
	}
	return true;
}

static bool take_answer(int fd, struct probe *probe)
{
	struct answer answer;
	if (!read_all(fd, (char *)&answer, sizeof(answer))) {
		return err_set(&probe->err, "the fetch was broken off");
	}
	if (!answer.is_fetched) {
		probe->err = answer.err;
		return false;
	}
	probe->body = malloc(answer.length + 1);
	if (!probe->body || !read_all(fd, probe->body, answer.length)) {
		return err_set(&probe->err, "the fetch was broken off");
	}
	probe->body[answer.length] = '\0';
	probe->body_length = answer.length;
	probe->has_objects = answer.has_objects;
	return true;
}

static bool fetch(const struct probe_request *request, struct probe *probe)
{
	int ends[2];
	if (pipe(ends) != 0) {
		return err_set(&probe->err, "no pipe: %s", strerror(errno));
	}
	fflush(NULL);
	pid_t child = fork();
	if (child == 0) {
		close(ends[0]);
		fetch_as_service(request, ends[1]);
	}
	close(ends[1]);
	bool ok = child > 0 ? take_answer(ends[0], probe) : err_set(&probe->err, "no process: %s", strerror(errno));
	close(ends[0]);
	while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR) {
	}
	return ok;
}

/* The name stands in a line before the first event; a longer one than a line is no name that anybody gave. */
static char *find_name(const char *body)
{
	const char *line = strcasestr(body, "\nX-WR-CALNAME");
	const char *value = line ? strpbrk(line + 1, ":\n") : NULL;
	if (!value || *value != ':') {
		return NULL;
	}
	char *text = strndup(value + 1, strcspn(value + 1, "\r\n"));
	char *to = text;
	for (const char *from = text; from && *from; from++) {
		from += *from == '\\' && from[1];
		*to++ = *from;
	}
	if (to) {
		*to = '\0';
	}
	char *name = text ? clean_text(text, FEED_NAME_MAX) : NULL;
	free(text);
	if (name && !name[0]) {
		free(name);
		name = NULL;
	}
	return name;
}

static bool read_events(const struct probe_request *request, struct probe *probe)
{
	const struct reader_request reading = {.program = request->reader,
					       .body = probe->body,
					       .body_length = probe->body_length,
					       .from_day = request->today - SETUP_LEARN_DAYS / 4,
					       .to_day = request->today + SETUP_LEARN_DAYS,
					       .zone = request->zone,
					       .want_description = true,
					       .has_objects = probe->has_objects};
	return reader_run(&reading, NULL, &probe->events, &probe->err) == READER_OK;
}

bool probe_run(const struct probe_request *request, struct probe *out)
{
	*out = (struct probe){0};
	out->is_fetched = fetch(request, out);
	out->is_read = out->is_fetched && read_events(request, out);
	out->name = out->is_read ? find_name(out->body) : NULL;
	return out->is_read;
}

void probe_finish(struct probe *probe)
{
	reader_result_finish(&probe->events);
	free(probe->body);
	free(probe->name);
	*probe = (struct probe){0};
}
