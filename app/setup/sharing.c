/* See sharing.h. A child of its own asks, because it gives up root's rights for good. It gets a copy of the credential,
 * which only root may read, in a folder in memory. */
#include "sharing.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/base/limits.h"
#include "app/base/regular.h"
#include "app/sync/carrier.h"
#include "probe.h"

struct trial {
	struct fetch *fetch;
	struct carrier *carrier;
	char name[64]; /* none of a check-in's */
	char text[512];
};

static void make_object(struct trial *trial)
{
	uint64_t number = 0;
	if (getrandom(&number, sizeof(number), 0) != sizeof(number)) {
		number = (uint64_t)getpid();
	}
	snprintf(trial->name, sizeof(trial->name), "satellitkiosk-setup-%016" PRIx64 ".ics", number);
	snprintf(trial->text, sizeof(trial->text),
		 "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Satellitkiosk//setup//EN\r\nBEGIN:VEVENT\r\n"
		 "UID:%016" PRIx64 "@satellitkiosk\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260101T000000Z\r\n"
		 "SUMMARY:Satellitkiosk\r\nCLASS:PRIVATE\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
		 number);
}

/* Whoever waits for it decides how long it may take. */
static bool ask(struct trial *trial, enum carrier_op op, const char *text, struct carrier_answer *out, struct err *err)
{
	struct carrier *carrier = trial->carrier;
	const char *name = op == CARRIER_LIST ? "" : trial->name;
	if (!carrier->kind->begin(carrier, op, name, text, err)) {
		return false;
	}
	while (!carrier->kind->is_ready(carrier)) {
		struct pollfd ready = {.fd = fetch_fd(trial->fetch), .events = POLLIN};
		poll(&ready, 1, -1);
		fetch_drive(trial->fetch);
	}
	carrier->kind->finish(carrier, out, err);
	return out->outcome != CARRIER_FAILED;
}

static bool look_around(struct trial *trial, struct err *err)
{
	struct carrier_answer answer = {.outcome = CARRIER_MORE};
	bool ok = true;
	for (int part = 0; ok && answer.outcome == CARRIER_MORE && part < SHARE_PARTS_MAX; part++) {
		ok = ask(trial, CARRIER_LIST, NULL, &answer, err);
		enum carrier_outcome outcome = answer.outcome;
		carrier_answer_finish(&answer);
		answer.outcome = outcome;
	}
	return ok;
}

static bool read_back(struct trial *trial, struct err *err)
{
	struct carrier_answer answer = {0};
	const char *uid = strstr(trial->text, "UID:");
	char wanted[32] = "";
	snprintf(wanted, sizeof(wanted), "%.*s", (int)strcspn(uid, "\r"), uid);
	bool ok = ask(trial, CARRIER_GET, NULL, &answer, err);
	bool is_same = ok && answer.body && strstr(answer.body, wanted);
	carrier_answer_finish(&answer);
	return !ok || is_same ||
	       err_set(err, "a test object was written, but something else was read; ask who runs it");
}

static bool act(struct trial *trial, enum carrier_op op, const char *text, struct err *err)
{
	struct carrier_answer answer = {0};
	bool ok = ask(trial, op, text, &answer, err);
	bool is_done = answer.outcome == CARRIER_DONE;
	carrier_answer_finish(&answer);
	return ok && (is_done || err_set(err, "a test object cannot be %s; check the address or the folder",
					 op == CARRIER_PUT ? "written" : "removed"));
}

static bool try_carrier(struct trial *trial, struct err *err)
{
	make_object(trial);
	if (!look_around(trial, err) || !act(trial, CARRIER_PUT, trial->text, err)) {
		return false;
	}
	struct err later = {""};
	bool is_read = read_back(trial, err);
	bool is_removed = act(trial, CARRIER_REMOVE, NULL, is_read ? err : &later);
	return is_read && is_removed;
}

/* The child's whole life. */
static void try_as_service(const struct config_share *share, const char *folder, int fd)
{
	struct err err = {""};
	struct trial trial = {0};
	signal(SIGINT, SIG_DFL);
	bool ok = probe_become_service(&err);
	trial.fetch = ok ? fetch_create(&err) : NULL;
	if (trial.fetch) {
		trial.carrier = share->url ? dav_create(share, trial.fetch, folder) : folder_create(share);
		ok = trial.carrier ? try_carrier(&trial, &err) : err_set(&err, "out of memory");
	} else {
		ok = false;
	}
	err.text[0] = ok ? '\0' : err.text[0];
	ssize_t written = write(fd, &err, sizeof(err)); /* whole: it is shorter than what a pipe takes at once */
	_exit(written == sizeof(err) ? 0 : 1);
}

/* Root may read every folder, so the user of the service gets the folder. */
static bool copy_credential(const char *from, const char *folder, const char *name, struct err *err)
{
	char source[PATH_MAX], target[PATH_MAX], text[CREDENTIAL_MAX + 1];
	snprintf(source, sizeof(source), "%s/%s", from, name);
	snprintf(target, sizeof(target), "%s/%s", folder, name);
	if (!regular_slurp(source, text, sizeof(text))) {
		int error = errno;
		snprintf(target, sizeof(target), "%s.encrypted/%s", from, name);
		if (error == ENOENT && access(target, F_OK) == 0) {
			return err_set(err, "it was not tried, because the credential is sealed; run satellitkiosk "
					    "doctor when the kiosk has started");
		}
		errno = error;
		return err_set(err, "the credential %s cannot be read: %s; write user and password into it", source,
			       strerror(errno));
	}
	int fd = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	size_t length = strlen(text);
	bool ok = fd >= 0 && write(fd, text, length) == (ssize_t)length && probe_give_to_service(fd);
	explicit_bzero(text, sizeof(text));
	if (fd >= 0) {
		close(fd);
	}
	int dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	ok = ok && dir >= 0 && probe_give_to_service(dir);
	if (dir >= 0) {
		close(dir);
	}
	return ok || err_set(err, "cannot write %s: %s", target, strerror(errno));
}

static void run_child(const struct config_share *share, const char *folder, struct err *err)
{
	int ends[2];
	if (pipe(ends) != 0) {
		err_set(err, "no pipe: %s", strerror(errno));
		return;
	}
	fflush(NULL);
	pid_t child = fork();
	if (child == 0) {
		close(ends[0]);
		try_as_service(share, folder, ends[1]);
	}
	close(ends[1]);
	ssize_t got = 0;
	do {
		got = child > 0 ? read(ends[0], err, sizeof(*err)) : 0;
	} while (got < 0 && errno == EINTR);
	if (got != sizeof(*err)) {
		err_set(err, "the trial was broken off");
	}
	close(ends[0]);
	while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR) {
	}
}

bool sharing_try(const struct config_share *share, const char *store, struct err *err)
{
	char folder[] = "/dev/shm/satellitkiosk-setup.XXXXXX", file[PATH_MAX];
	err->text[0] = '\0';
	if (!mkdtemp(folder)) {
		return err_set(err, "cannot make a folder in /dev/shm: %s", strerror(errno));
	}
	if (copy_credential(store, folder, share->credential, err)) {
		run_child(share, folder, err);
	}
	snprintf(file, sizeof(file), "%s/%s", folder, share->credential);
	unlink(file);
	rmdir(folder);
	return err->text[0] == '\0';
}
