/* See speech.h. A request is a number. speech_say and speech_stop take the next one and cut the player, whereupon the
 * synthesis of the request before it ends with its next samples. */
#include "speech.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <SDL.h>

#include "app/base/limits.h"
#include "engine.h"
#include "player.h"

struct text {
	char *words;
	char language[16];
};

struct request {
	uint64_t number;
	struct text texts[SPEECH_PARTS_MAX];
	size_t count;
};

struct speech {
	struct speech_setup setup;
	char device[SPEECH_DEVICE_MAX + 1];
	pthread_t thread;
	bool has_thread;
	struct player *player;
	SDL_mutex *lock;
	SDL_cond *changed;
	uint64_t number;      /* of the newest request */
	struct request asked; /* that the thread has not taken yet; count 0: none */
	bool is_talking, is_ended;

	/* The rest belongs to the thread. */
	struct engine *engine; /* NULL until the first text */
	bool has_failed;       /* and that was reported */
};

static void request_clear(struct request *request)
{
	for (size_t i = 0; i < request->count; i++) {
		free(request->texts[i].words);
	}
	*request = (struct request){0};
}

static void fail(struct speech *speech, const struct err *why)
{
	if (!speech->has_failed && speech->setup.failed) {
		speech->setup.failed(speech->setup.context, why);
	}
	speech->has_failed = true;
}

/* Returns whether the engine and the device are ready. */
static bool prepare(struct speech *speech)
{
	struct err err = {""};
	char device[sizeof(speech->device)];
	SDL_LockMutex(speech->lock);
	memcpy(device, speech->device, sizeof(device));
	SDL_UnlockMutex(speech->lock);
	if (!speech->engine) {
		speech->engine = engine_create(speech->setup.words_per_minute, &err);
	}
	if (!speech->engine || !player_open(speech->player, engine_rate_hz(speech->engine), device, &err)) {
		fail(speech, &err);
		return false;
	}
	speech->has_failed = false;
	return true;
}

struct taking {
	struct player *player;
	uint64_t number;
};

static bool take(void *context, const int16_t *samples, size_t count)
{
	const struct taking *taking = context;
	return player_write(taking->player, taking->number, samples, count);
}

static void say(struct speech *speech, const struct request *request)
{
	struct taking taking = {speech->player, request->number};
	bool ok = prepare(speech);
	for (size_t i = 0; ok && i < request->count; i++) {
		ok = engine_say(speech->engine, request->texts[i].words, request->texts[i].language, take, &taking);
	}
	if (ok) {
		player_drain(speech->player, request->number);
	}
}

/* Returns false when the thread has to end. Between two requests that follow each other soon, as keys do, SDL's audio
 * stays as it is. */
static bool wait_for_request(struct speech *speech, struct request *out_request)
{
	bool is_late = false;
	SDL_LockMutex(speech->lock);
	while (!speech->is_ended && speech->asked.count == 0) {
		if (is_late) {
			SDL_CondWait(speech->changed, speech->lock);
			continue;
		}
		is_late = SDL_CondWaitTimeout(speech->changed, speech->lock, SPEECH_REST_MS) == SDL_MUTEX_TIMEDOUT;
		if (is_late) {
			SDL_UnlockMutex(speech->lock);
			player_rest(speech->player);
			SDL_LockMutex(speech->lock);
		}
	}
	bool goes_on = !speech->is_ended;
	if (goes_on) {
		*out_request = speech->asked;
		speech->asked = (struct request){0};
	}
	SDL_UnlockMutex(speech->lock);
	return goes_on;
}

static void note_silence(struct speech *speech, const struct request *request)
{
	SDL_LockMutex(speech->lock);
	bool is_last = speech->is_talking && speech->number == request->number;
	speech->is_talking = speech->is_talking && !is_last;
	SDL_UnlockMutex(speech->lock);
	if (is_last && speech->setup.silent) {
		speech->setup.silent(speech->setup.context);
	}
}

static bool is_waited_for(struct speech *speech)
{
	SDL_LockMutex(speech->lock);
	bool is_waited = speech->asked.count > 0;
	SDL_UnlockMutex(speech->lock);
	return is_waited;
}

static void *run(void *argument)
{
	struct speech *speech = argument;
	struct request request = {0};
	while (wait_for_request(speech, &request)) {
		say(speech, &request);
		note_silence(speech, &request);
		request_clear(&request);
		if (!is_waited_for(speech)) {
			player_close(speech->player);
		}
	}
	player_rest(speech->player);
	engine_destroy(speech->engine);
	SDL_TLSCleanup(); /* SDL's last error, of a thread that SDL did not make */
	return NULL;
}

struct speech *speech_create(const struct speech_setup *setup, struct err *err)
{
	struct speech *speech = calloc(1, sizeof(*speech));
	if (!speech) {
		err_set(err, "speech: out of memory");
		return NULL;
	}
	speech->setup = *setup;
	speech->player = player_create(setup->begun, setup->context);
	speech->lock = SDL_CreateMutex();
	speech->changed = SDL_CreateCond();
	if (!speech->player || !speech->lock || !speech->changed) {
		err_set(err, "speech: out of memory");
		goto out;
	}
	int failure = pthread_create(&speech->thread, NULL, run, speech);
	if (failure != 0) {
		err_set(err, "speech: %s", strerror(failure));
		goto out;
	}
	speech->has_thread = true;
	return speech;
out:
	speech_destroy(speech);
	return NULL;
}

void speech_destroy(struct speech *speech)
{
	if (!speech) {
		return;
	}
	if (speech->has_thread) {
		SDL_LockMutex(speech->lock);
		speech->is_ended = true;
		speech->is_talking = false;
		player_cut(speech->player, ++speech->number);
		SDL_CondSignal(speech->changed);
		SDL_UnlockMutex(speech->lock);
		pthread_join(speech->thread, NULL);
	}
	request_clear(&speech->asked);
	player_destroy(speech->player);
	SDL_DestroyCond(speech->changed);
	SDL_DestroyMutex(speech->lock);
	free(speech);
}

static void copy_parts(struct request *request, const struct speech_part *parts, size_t count)
{
	for (size_t i = 0; i < count && request->count < SPEECH_PARTS_MAX; i++) {
		struct text *text = &request->texts[request->count];
		if (strlen(parts[i].language) >= sizeof(text->language) || !(text->words = strdup(parts[i].text))) {
			continue;
		}
		strcpy(text->language, parts[i].language);
		request->count++;
	}
}

void speech_say(struct speech *speech, const struct speech_part *parts, size_t count)
{
	struct request request = {0};
	copy_parts(&request, parts, count);
	SDL_LockMutex(speech->lock);
	request_clear(&speech->asked);
	request.number = ++speech->number;
	player_cut(speech->player, request.number);
	speech->asked = request;
	speech->is_talking = request.count > 0;
	SDL_CondSignal(speech->changed);
	SDL_UnlockMutex(speech->lock);
}

void speech_set_device(struct speech *speech, const char *device)
{
	SDL_LockMutex(speech->lock);
	strncpy(speech->device, device, SPEECH_DEVICE_MAX);
	SDL_UnlockMutex(speech->lock);
}

void speech_stop(struct speech *speech)
{
	speech_say(speech, NULL, 0);
}

void speech_pause(struct speech *speech, bool is_paused)
{
	player_pause(speech->player, is_paused);
}

void speech_set_volume(struct speech *speech, int step)
{
	player_set_volume(speech->player, step);
}

bool speech_is_talking(struct speech *speech)
{
	SDL_LockMutex(speech->lock);
	bool is_talking = speech->is_talking;
	SDL_UnlockMutex(speech->lock);
	return is_talking;
}
