/* See reader.h. The program starts with no environment and no descriptors but its three pipes. One poll loop watches
 * its pipes, its end (pidfd), its deadline (timerfd) and the caller's wake-ups. */
#include "reader.h"

#include "civil.h"
#include "quietpipe.h"
#include "record.h"
#include "zoneinfo.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum { READ_CHUNK = 64 << 10, WRITE_CHUNK = 64 << 10, FIRST_OWN_FD = 3 };
enum { EXIT_READ = 0, EXIT_NOT_CALENDAR = 1, EXIT_USAGE = 2 };

struct run {
	const struct reader_request *request;
	const struct wait *wait;
	struct reader_limits limits;
	struct reader_result *result;
	pid_t pid; /* 0: not started, or reaped */
	int pidfd, timer;
	int in, out, report; /* our ends of the pipes; -1 closed */
	size_t written;
	size_t output_bytes;
	char *line; /* the occurrence that is being read */
	size_t line_length, line_capacity;
	char report_text[READER_REPORT_MAX];
	size_t report_length;
	enum reader_outcome verdict; /* READER_OK means none yet */
	int exit_status;             /* the status from waitpid */
	struct err *err;
};

static void close_fd(int *fd)
{
	if (*fd >= 0) {
		close(*fd);
	}
	*fd = -1;
}

/* Ends the run with a reason; the first reason counts. */
static void give_up(struct run *run, enum reader_outcome verdict, const char *text)
{
	if (run->verdict == READER_OK) {
		run->verdict = verdict;
		err_set(run->err, "%s", text);
	}
}

/* Moves a descriptor away from 0, 1 and 2, which dup2 replaces in the child. */
static bool above_stdio(int *fd)
{
	if (*fd >= FIRST_OWN_FD) {
		return true;
	}
	int higher = fcntl(*fd, F_DUPFD_CLOEXEC, FIRST_OWN_FD);
	close_fd(fd);
	*fd = higher;
	return higher >= 0;
}

/* ends[0] is for reading, ends[1] for writing; `ours` is the one that must not block. */
static bool make_pipe(int ends[2], int ours)
{
	if (pipe2(ends, O_CLOEXEC) != 0) {
		ends[0] = ends[1] = -1;
		return false;
	}
	return above_stdio(&ends[0]) && above_stdio(&ends[1]) && fcntl(ends[ours], F_SETFL, O_NONBLOCK) == 0;
}

static int spawn(const struct reader_request *request, const int fds[3], pid_t *out_pid)
{
	struct civil from = civil_from_local((int64_t)request->from_day * DAY_S);
	struct civil to = civil_from_local((int64_t)request->to_day * DAY_S);
	char from_text[40], to_text[40];
	snprintf(from_text, sizeof(from_text), "%04d-%02d-%02d", from.year, from.month, from.day);
	snprintf(to_text, sizeof(to_text), "%04d-%02d-%02d", to.year, to.month, to.day);
	const char *zoneinfo = request->zoneinfo ? request->zoneinfo : ZONEINFO_FOLDER;
	const char *argv[] = {"icsread",    "--from", from_text, "--to", to_text, "--zone", request->zone,
			      "--zoneinfo", zoneinfo, "--json",  NULL,   NULL,    NULL};
	size_t count = 0;
	while (argv[count]) {
		count++;
	}
	if (request->want_description) {
		argv[count++] = "--description";
	}
	if (request->has_objects) {
		argv[count++] = "--objects";
	}
	const char *env[] = {"LC_ALL=C", NULL};
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t none, all;
	sigemptyset(&none);
	sigfillset(&all);
	if (posix_spawn_file_actions_init(&actions) != 0) {
		return ENOMEM;
	}
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &all);
	int error = 0;
	for (int i = 0; i < FIRST_OWN_FD; i++) {
		error = error ? error : posix_spawn_file_actions_adddup2(&actions, fds[i], i);
	}
	/* Closes descriptors of libraries that forgot close-on-exec, too. */
	error = error ? error : posix_spawn_file_actions_addclosefrom_np(&actions, FIRST_OWN_FD);
	error = error ? error
		      : posix_spawn(out_pid, request->program, &actions, &attributes, (char *const *)argv,
				    (char *const *)env);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return error;
}

static int make_deadline(int64_t after_ms)
{
	int timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
	struct itimerspec spec = {
		.it_value = {.tv_sec = (time_t)(after_ms / 1000), .tv_nsec = (long)(after_ms % 1000) * 1000000 + 1}};
	if (timer >= 0 && timerfd_settime(timer, 0, &spec, NULL) != 0) {
		close_fd(&timer);
	}
	return timer;
}

static bool start(struct run *run)
{
	int in[2] = {-1, -1}, out[2] = {-1, -1}, report[2] = {-1, -1};
	bool ok = make_pipe(in, 1) && make_pipe(out, 0) && make_pipe(report, 0);
	int error = ok ? 0 : errno;
	run->timer = make_deadline(run->limits.deadline_ms);
	if (ok && run->timer >= 0) {
		pid_t pid = 0;
		error = spawn(run->request, (int[]){in[0], out[1], report[1]}, &pid);
		run->pid = error ? 0 : pid;
		run->pidfd = error ? -1 : pidfd_open(pid, 0);
	}
	run->in = in[1];
	run->out = out[0];
	run->report = report[0];
	close_fd(&in[0]);
	close_fd(&out[1]);
	close_fd(&report[1]);
	if (run->pidfd < 0) {
		run->verdict = READER_UNAVAILABLE;
		return err_set(run->err, "the calendar reader could not be started (%s)",
			       strerror(error ? error : errno));
	}
	return true;
}

static void feed(struct run *run)
{
	size_t left = run->request->body_length - run->written;
	size_t length = left < WRITE_CHUNK ? left : WRITE_CHUNK;
	ssize_t written = length ? write(run->in, run->request->body + run->written, length) : 0;
	if (written > 0) {
		run->written += (size_t)written;
	}
	bool may_retry = written < 0 && (errno == EAGAIN || errno == EINTR);
	if (!may_retry && (written < 0 || run->written == run->request->body_length)) {
		close_fd(
			&run->in); /* everything is written, or the reader wants no more; its exit status shows which */
	}
}

static void end_line(struct run *run)
{
	struct occurrence_list *list = &run->result->occurrences;
	if (list->count >= run->limits.occurrences_max) {
		give_up(run, READER_OVER_LIMIT, "the calendar has too many occurrences");
	} else if (!record_read(run->line, run->line_length, list, run->err)) {
		run->verdict = READER_CRASHED;
	}
	run->line_length = 0;
}

static bool line_append(struct run *run, const char *bytes, size_t length)
{
	size_t needed = run->line_length + length;
	if (needed > READER_LINE_MAX) {
		give_up(run, READER_OVER_LIMIT, "the reader wrote a line that is too long");
		return false;
	}
	if (needed > run->line_capacity) {
		size_t capacity = needed * 2;
		char *line = realloc(run->line, capacity);
		if (!line) {
			give_up(run, READER_UNAVAILABLE, "out of memory");
			return false;
		}
		run->line = line;
		run->line_capacity = capacity;
	}
	memcpy(run->line + run->line_length, bytes, length);
	run->line_length = needed;
	return true;
}

static void take_output(struct run *run, const char *bytes, size_t length)
{
	run->output_bytes += length;
	if (run->output_bytes > run->limits.output_max) {
		give_up(run, READER_OVER_LIMIT, "the reader wrote too much");
	}
	const char *end = bytes + length;
	while (bytes < end && run->verdict == READER_OK) {
		const char *newline = memchr(bytes, '\n', (size_t)(end - bytes));
		if (!line_append(run, bytes, (size_t)((newline ? newline : end) - bytes))) {
			return;
		}
		if (!newline) {
			return;
		}
		end_line(run);
		bytes = newline + 1;
	}
}

/* Only the end of the report matters, so the older half is dropped to make room. */
static void take_report(struct run *run, const char *bytes, size_t length)
{
	while (length > 0) {
		if (run->report_length == READER_REPORT_MAX) {
			run->report_length = READER_REPORT_MAX / 2;
			memmove(run->report_text, run->report_text + READER_REPORT_MAX / 2, READER_REPORT_MAX / 2);
		}
		size_t room = READER_REPORT_MAX - run->report_length;
		size_t part = length < room ? length : room;
		memcpy(run->report_text + run->report_length, bytes, part);
		run->report_length += part;
		bytes += part;
		length -= part;
	}
}

/* Reads one chunk. Returns false when nothing is there for now or the pipe is closed. */
static bool read_chunk(struct run *run, int *fd, void (*take)(struct run *, const char *, size_t))
{
	char chunk[READ_CHUNK];
	ssize_t length = *fd >= 0 ? read(*fd, chunk, sizeof(chunk)) : 0;
	if (length > 0) {
		take(run, chunk, (size_t)length);
		return true;
	}
	if (length == 0 || (errno != EAGAIN && errno != EINTR)) {
		close_fd(fd);
	}
	return false;
}

/* Waits for the end of the child, which has ended already or ends by SIGKILL. */
static void reap(struct run *run)
{
	pid_t got = 0;
	do {
		got = waitpid(run->pid, &run->exit_status, 0);
	} while (got < 0 && errno == EINTR);
	run->pid = 0;
	if (got < 0) {
		give_up(run, READER_CRASHED, "the calendar reader vanished");
	}
}

enum { WATCH_IN, WATCH_OUT, WATCH_REPORT, WATCH_END, WATCH_TIMER, WATCH_WAKE, WATCH_COUNT };

static void serve(struct run *run, const struct pollfd *watch)
{
	if (watch[WATCH_IN].revents) {
		feed(run);
	}
	if (watch[WATCH_OUT].revents) {
		read_chunk(run, &run->out, take_output);
	}
	if (watch[WATCH_REPORT].revents) {
		read_chunk(run, &run->report, take_report);
	}
	if (watch[WATCH_TIMER].revents) {
		give_up(run, READER_OVER_LIMIT, "the calendar took too long to read");
	}
	if (watch[WATCH_WAKE].revents && !run->wait->on_wake(run->wait->context)) {
		give_up(run, READER_STOPPED, "stopped");
	}
}

/* Runs until the child has ended and been reaped, or must be killed. Output from before its end is still read. */
static void watch_child(struct run *run)
{
	while (run->verdict == READER_OK) {
		struct pollfd watch[WATCH_COUNT] = {
			[WATCH_IN] = {.fd = run->in, .events = POLLOUT},
			[WATCH_OUT] = {.fd = run->out, .events = POLLIN},
			[WATCH_REPORT] = {.fd = run->report, .events = POLLIN},
			[WATCH_END] = {.fd = run->pidfd, .events = POLLIN},
			[WATCH_TIMER] = {.fd = run->timer, .events = POLLIN},
			[WATCH_WAKE] = {.fd = run->wait ? run->wait->wake_fd : -1, .events = POLLIN},
		};
		if (poll(watch, WATCH_COUNT, -1) < 0) {
			if (errno == EINTR) {
				continue;
			}
			give_up(run, READER_UNAVAILABLE, "the calendar reader could not be watched");
			return;
		}
		serve(run, watch);
		if (watch[WATCH_END].revents && run->verdict == READER_OK) {
			reap(run);
			while (run->verdict == READER_OK && read_chunk(run, &run->out, take_output)) {
			}
			while (read_chunk(run, &run->report, take_report)) {
			}
			return;
		}
	}
}

static bool is_html(const struct reader_request *request)
{
	const char *body = request->body;
	size_t i = 0;
	while (i < request->body_length && i < 64 && (unsigned char)body[i] <= ' ') {
		i++;
	}
	return i < request->body_length && body[i] == '<';
}

static bool is_printable(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (text[i] < ' ' || text[i] > '~') {
			return false;
		}
	}
	return true;
}

/* Takes the reader's own sentence, the last line "icsread: …" on its standard error. A hostile calendar may have taken
 * the reader over, so only harmless characters are taken. Returns false when there is none. */
static bool take_reason(const struct run *run, char out[READER_SENTENCE_MAX])
{
	static const char prefix[] = "icsread: ";
	const size_t skip = sizeof(prefix) - 1;
	const char *end = run->report_text + run->report_length;
	bool found = false;
	for (const char *line = run->report_text; line < end;) {
		const char *newline = memchr(line, '\n', (size_t)(end - line));
		size_t length = (size_t)((newline ? newline : end) - line);
		if (length > skip && length - skip < READER_SENTENCE_MAX && memcmp(line, prefix, skip) == 0 &&
		    is_printable(line, length)) {
			memcpy(out, line + skip, length - skip);
			out[length - skip] = '\0';
			found = true;
		}
		line = newline ? newline + 1 : end;
	}
	return found;
}

/* A calendar that ends too early was cut off on its way, whatever length the server named. The next fetch may bring all
 * of it. */
static void describe_damage(struct run *run, const char *reason)
{
	char text[ERR_TEXT_MAX];
	bool is_cut = strstr(reason, "never closed") != NULL;
	snprintf(text, sizeof(text), "%s%s", reason,
		 is_cut ? ", so it was cut off before END:VCALENDAR; the next fetch may bring all of it" : "");
	give_up(run, READER_NOT_CALENDAR, text);
}

static void describe_not_calendar(struct run *run)
{
	char reason[READER_SENTENCE_MAX];
	if (run->request->body_length == 0) {
		give_up(run, READER_NOT_CALENDAR,
			"it is empty: not a byte came; if it stays so, publish the calendar again");
	} else if (is_html(run->request)) {
		give_up(run, READER_NOT_CALENDAR, "a web page came instead of a calendar");
	} else {
		describe_damage(run, take_reason(run, reason) ? reason : "not a whole calendar");
	}
}

static void judge_signal(struct run *run, int signal)
{
	/* These are the kernel's answers when a limit of CPU, memory or output is used up. */
	if (signal == SIGXCPU || signal == SIGKILL || signal == SIGXFSZ) {
		give_up(run, READER_OVER_LIMIT, "the calendar needs more time or memory than it may have");
		return;
	}
	char text[64];
	snprintf(text, sizeof(text), "the calendar reader crashed on it (signal %d)", signal);
	give_up(run, READER_CRASHED, text);
}

static void judge(struct run *run)
{
	size_t reported = SIZE_MAX;
	if (run->verdict != READER_OK) {
		return;
	}
	if (WIFSIGNALED(run->exit_status)) {
		judge_signal(run, WTERMSIG(run->exit_status));
		return;
	}
	switch (WEXITSTATUS(run->exit_status)) {
	case EXIT_READ:
		record_read_report(run->report_text, run->report_length, run->result, &reported);
		if (run->line_length > 0 || (reported != SIZE_MAX && reported != run->result->occurrences.count)) {
			give_up(run, READER_CRASHED, "the calendar reader did not finish its answer");
		}
		return;
	case EXIT_NOT_CALENDAR:
		describe_not_calendar(run);
		return;
	case EXIT_USAGE:
		give_up(run, READER_UNAVAILABLE, "the calendar reader is of another version");
		return;
	default:
		give_up(run, READER_CRASHED, "the calendar reader failed on it");
	}
}

static void run_finish(struct run *run)
{
	if (run->pid > 0) {
		kill(-run->pid, SIGKILL); /* its whole group: POSIX_SPAWN_SETPGROUP */
		reap(run);
	}
	close_fd(&run->in);
	close_fd(&run->out);
	close_fd(&run->report);
	close_fd(&run->pidfd);
	close_fd(&run->timer);
	free(run->line);
	if (run->verdict != READER_OK) {
		reader_result_finish(run->result);
	}
}

void reader_result_finish(struct reader_result *result)
{
	occurrence_list_finish(&result->occurrences);
	*result = (struct reader_result){0};
}

enum reader_outcome reader_run(const struct reader_request *request, const struct wait *wait,
			       struct reader_result *out_result, struct err *err)
{
	assert(request->program && request->zone && request->from_day < request->to_day);
	*out_result = (struct reader_result){0};
	struct run *run = calloc(1, sizeof(*run));
	if (!run) {
		err_set(err, "out of memory");
		return READER_UNAVAILABLE;
	}
	*run = (struct run){.request = request,
			    .wait = wait,
			    .result = out_result,
			    .err = err,
			    .pidfd = -1,
			    .timer = -1,
			    .limits = {READER_DEADLINE_MS, READER_OUTPUT_MAX, READER_OCCURRENCES_MAX}};
	run->limits = request->limits ? *request->limits : run->limits;
	struct quietpipe quiet;
	quietpipe_begin(&quiet);
	if (start(run)) {
		watch_child(run);
		judge(run);
	}
	run_finish(run);
	quietpipe_end(&quiet);
	enum reader_outcome outcome = run->verdict;
	free(run);
	return outcome;
}
