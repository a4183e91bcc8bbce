/* See lookup.h. Questions and answers wait in two rings under one lock. The thread answers one question at a time,
 * without the lock. It also counts the files that it has handed over: while there are many, a further one comes only
 * every LOOKUP_PACE_MS, because each replaces another one, which may be requested again at once. */
#include "lookup.h"

#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { HELD_MAX = FONTS_OPEN_MAX + LOOKUP_QUEUE_MAX };

struct held {
	int number;
	size_t size;
};

struct lookup {
	void (*ready)(void *context);
	void *context;
	struct fontfiles *files; /* the thread's, if there is one */
	pthread_t thread;
	bool has_thread;
	int end_fd; /* readable once the thread has to end */

	pthread_mutex_t lock; /* over the rest */
	pthread_cond_t asked;
	struct lookup_question questions[LOOKUP_QUEUE_MAX];
	struct lookup_answer answers[LOOKUP_QUEUE_MAX];
	size_t first_question, question_count, first_answer, answer_count;
	bool is_answering; /* a question has left its ring, and its answer is not in the other one yet */
	bool has_ended;
	struct held held[HELD_MAX]; /* files that were handed over and not released */
	size_t held_count, held_bytes;
};

static bool is_held(struct lookup *lookup, int number)
{
	bool is_held = false;
	pthread_mutex_lock(&lookup->lock);
	for (size_t i = 0; i < lookup->held_count; i++) {
		is_held |= lookup->held[i].number == number;
	}
	pthread_mutex_unlock(&lookup->lock);
	return is_held;
}

static bool is_crowded(struct lookup *lookup, size_t size)
{
	pthread_mutex_lock(&lookup->lock);
	bool is_crowded = lookup->held_count >= FONTS_OPEN_MAX || lookup->held_bytes + size > FONTS_BYTES_MAX;
	pthread_mutex_unlock(&lookup->lock);
	return is_crowded;
}

static struct lookup_answer find(struct lookup *lookup, const struct lookup_question *question)
{
	struct lookup_answer answer = {.question = *question};
	answer.number = fontfiles_find(lookup->files, question->weight, question->chars, question->count);
	if (answer.number >= 0 && !is_held(lookup, answer.number) &&
	    !fontfiles_read(lookup->files, answer.number, &answer.file)) {
		answer.number = -1;
	}
	return answer;
}

/* The caller holds the lock. */
static struct lookup_question next_question(struct lookup *lookup)
{
	struct lookup_question question = lookup->questions[lookup->first_question];
	lookup->first_question = (lookup->first_question + 1) % LOOKUP_QUEUE_MAX;
	lookup->question_count--;
	lookup->is_answering = true;
	return question;
}

/* The caller holds the lock. */
static void add_answer(struct lookup *lookup, const struct lookup_answer *answer)
{
	lookup->answers[(lookup->first_answer + lookup->answer_count++) % LOOKUP_QUEUE_MAX] = *answer;
	lookup->is_answering = false;
	if (answer->file.bytes && lookup->held_count < HELD_MAX) {
		lookup->held[lookup->held_count++] = (struct held){answer->number, answer->file.size};
		lookup->held_bytes += answer->file.size;
	}
}

static void *run(void *argument)
{
	struct lookup *lookup = argument;
	struct pollfd end = {.fd = lookup->end_fd, .events = POLLIN};
	pthread_mutex_lock(&lookup->lock);
	while (!lookup->has_ended) {
		if (lookup->question_count == 0) {
			pthread_cond_wait(&lookup->asked, &lookup->lock);
			continue;
		}
		struct lookup_question question = next_question(lookup);
		pthread_mutex_unlock(&lookup->lock);
		struct lookup_answer answer = find(lookup, &question);
		if (answer.file.bytes && is_crowded(lookup, answer.file.size)) {
			poll(&end, 1, LOOKUP_PACE_MS);
		}
		pthread_mutex_lock(&lookup->lock);
		add_answer(lookup, &answer);
		bool is_last = lookup->question_count == 0;
		pthread_mutex_unlock(&lookup->lock);
		if (is_last) {
			lookup->ready(lookup->context);
		}
		pthread_mutex_lock(&lookup->lock);
	}
	pthread_mutex_unlock(&lookup->lock);
	return NULL;
}

struct lookup *lookup_create(void (*ready)(void *context), void *context)
{
	struct lookup *lookup = calloc(1, sizeof(*lookup));
	if (!lookup) {
		return NULL;
	}
	lookup->ready = ready;
	lookup->context = context;
	pthread_mutex_init(&lookup->lock, NULL);
	pthread_cond_init(&lookup->asked, NULL);
	lookup->end_fd = ready ? eventfd(0, EFD_CLOEXEC) : -1;
	lookup->files = fontfiles_create();
	if (ready && lookup->files && lookup->end_fd >= 0) {
		lookup->has_thread = pthread_create(&lookup->thread, NULL, run, lookup) == 0;
	}
	if (!lookup->files || lookup->has_thread != (ready != NULL)) {
		lookup_destroy(lookup);
		return NULL;
	}
	return lookup;
}

void lookup_destroy(struct lookup *lookup)
{
	struct lookup_answer answer;
	if (!lookup) {
		return;
	}
	if (lookup->has_thread) {
		pthread_mutex_lock(&lookup->lock);
		lookup->has_ended = true;
		pthread_cond_signal(&lookup->asked);
		pthread_mutex_unlock(&lookup->lock);
		eventfd_write(lookup->end_fd, 1);
		pthread_join(lookup->thread, NULL);
	}
	while (lookup_take(lookup, &answer)) {
		fontfile_finish(&answer.file);
	}
	if (lookup->end_fd >= 0) {
		close(lookup->end_fd);
	}
	fontfiles_destroy(lookup->files);
	pthread_cond_destroy(&lookup->asked);
	pthread_mutex_destroy(&lookup->lock);
	free(lookup);
}

static bool has_room(const struct lookup *lookup)
{
	return lookup->question_count + lookup->is_answering + lookup->answer_count < LOOKUP_QUEUE_MAX;
}

bool lookup_ask(struct lookup *lookup, const struct lookup_question *question)
{
	pthread_mutex_lock(&lookup->lock);
	bool is_asked = has_room(lookup);
	if (is_asked) {
		lookup->questions[(lookup->first_question + lookup->question_count++) % LOOKUP_QUEUE_MAX] = *question;
		pthread_cond_signal(&lookup->asked);
	}
	pthread_mutex_unlock(&lookup->lock);
	if (is_asked && !lookup->ready) {
		struct lookup_question only = next_question(lookup);
		struct lookup_answer answer = find(lookup, &only);
		add_answer(lookup, &answer);
	}
	return is_asked;
}

bool lookup_take(struct lookup *lookup, struct lookup_answer *out_answer)
{
	pthread_mutex_lock(&lookup->lock);
	bool is_there = lookup->answer_count > 0;
	if (is_there) {
		*out_answer = lookup->answers[lookup->first_answer];
		lookup->first_answer = (lookup->first_answer + 1) % LOOKUP_QUEUE_MAX;
		lookup->answer_count--;
	}
	pthread_mutex_unlock(&lookup->lock);
	return is_there;
}

void lookup_release(struct lookup *lookup, int number)
{
	pthread_mutex_lock(&lookup->lock);
	for (size_t i = 0; i < lookup->held_count; i++) {
		if (lookup->held[i].number == number) {
			lookup->held_bytes -= lookup->held[i].size;
			lookup->held[i] = lookup->held[--lookup->held_count];
			break;
		}
	}
	pthread_mutex_unlock(&lookup->lock);
}
