/* See player.h. A ring lies between the thread that makes samples and SDL's audio thread, which takes them. The lock
 * is held only to copy. */
#include "player.h"

#include <stdlib.h>
#include <string.h>
#include <SDL.h>

#include "app/base/limits.h"

enum { GAIN_ONE = 1 << 15, DEVICE_SAMPLES = 256 };

struct player {
	SDL_mutex *lock;
	SDL_cond *changed;
	void (*begun)(void *context);
	void *context;
	uint64_t request; /* that plays */
	int gain;
	bool is_paused, is_begun;
	size_t first, count; /* of the ring */
	int16_t ring[SPEECH_RING_SAMPLES];

	/* The rest belongs to the thread that makes samples. */
	SDL_AudioDeviceID device; /* 0: closed */
	bool is_started;          /* SDL's audio runs */
};

struct player *player_create(void (*begun)(void *context), void *context)
{
	struct player *player = calloc(1, sizeof(*player));
	if (!player) {
		return NULL;
	}
	player->lock = SDL_CreateMutex();
	player->changed = SDL_CreateCond();
	player->begun = begun;
	player->context = context;
	player_set_volume(player, SPEECH_VOLUME_DEFAULT);
	if (player->lock && player->changed) {
		return player;
	}
	player_destroy(player);
	return NULL;
}

void player_destroy(struct player *player)
{
	if (!player) {
		return;
	}
	player_rest(player);
	SDL_DestroyCond(player->changed);
	SDL_DestroyMutex(player->lock);
	free(player);
}

void player_cut(struct player *player, uint64_t request)
{
	SDL_LockMutex(player->lock);
	player->request = request;
	player->first = player->count = 0;
	player->is_begun = player->is_paused = false;
	SDL_CondBroadcast(player->changed);
	SDL_UnlockMutex(player->lock);
}

/* Each step is 4 dB above the one before it, and the highest is what the engine makes. */
void player_set_volume(struct player *player, int step)
{
	static const int gains[] = {3277, 5193, 8231, 13045, 20675, GAIN_ONE};
	_Static_assert(sizeof(gains) / sizeof(gains[0]) == SPEECH_VOLUMES, "one gain for each step");
	SDL_LockMutex(player->lock);
	player->gain = gains[step < 1 ? 0 : step > SPEECH_VOLUMES ? SPEECH_VOLUMES - 1 : step - 1];
	SDL_UnlockMutex(player->lock);
}

void player_pause(struct player *player, bool is_paused)
{
	SDL_LockMutex(player->lock);
	player->is_paused = is_paused;
	SDL_UnlockMutex(player->lock);
}

/* Returns true when these are the first samples of a request. */
static bool take(struct player *player, int16_t *samples, size_t wanted)
{
	size_t given = player->is_paused ? 0 : player->count < wanted ? player->count : wanted;
	for (size_t i = 0; i < given; i++) {
		samples[i] = (int16_t)(player->ring[player->first] * player->gain / GAIN_ONE);
		player->first = (player->first + 1) % SPEECH_RING_SAMPLES;
	}
	player->count -= given;
	bool is_first = given > 0 && !player->is_begun;
	player->is_begun = player->is_begun || is_first;
	if (given > 0) {
		SDL_CondBroadcast(player->changed);
	}
	return is_first;
}

static void SDLCALL on_device(void *context, Uint8 *stream, int bytes)
{
	struct player *player = context;
	memset(stream, 0, (size_t)bytes);
	SDL_LockMutex(player->lock);
	bool is_first = take(player, (int16_t *)(void *)stream, (size_t)bytes / sizeof(int16_t));
	SDL_UnlockMutex(player->lock);
	if (is_first && player->begun) {
		player->begun(player->context);
	}
}

static const char *device_named(const char *part)
{
	for (int i = 0; part[0] && i < SDL_GetNumAudioDevices(0); i++) {
		const char *name = SDL_GetAudioDeviceName(i, 0);
		if (name && strstr(name, part)) {
			return name;
		}
	}
	return NULL;
}

bool player_open(struct player *player, int rate_hz, const char *device, struct err *err)
{
	if (player->device) {
		return true;
	}
	if (!player->is_started && SDL_InitSubSystem(SDL_INIT_AUDIO) != 0) {
		return err_set(err, "speech: there is no sound: %s", SDL_GetError());
	}
	player->is_started = true;
	const SDL_AudioSpec wanted = {.freq = rate_hz,
				      .format = AUDIO_S16SYS,
				      .channels = 1,
				      .samples = DEVICE_SAMPLES,
				      .callback = on_device,
				      .userdata = player};
	player->device = SDL_OpenAudioDevice(device_named(device), 0, &wanted, NULL, 0);
	if (!player->device) {
		return err_set(err, "speech: the sound device cannot be opened: %s", SDL_GetError());
	}
	SDL_PauseAudioDevice(player->device, 0);
	return true;
}

bool player_write(struct player *player, uint64_t request, const int16_t *samples, size_t count)
{
	SDL_LockMutex(player->lock);
	while (count > 0 && player->request == request) {
		size_t room = SPEECH_RING_SAMPLES - player->count, part = count < room ? count : room;
		for (size_t i = 0; i < part; i++) {
			player->ring[(player->first + player->count + i) % SPEECH_RING_SAMPLES] = samples[i];
		}
		player->count += part;
		samples += part;
		count -= part;
		if (count > 0) {
			SDL_CondWait(player->changed, player->lock);
		}
	}
	bool is_playing = player->request == request;
	SDL_UnlockMutex(player->lock);
	return is_playing;
}

void player_drain(struct player *player, uint64_t request)
{
	SDL_LockMutex(player->lock);
	while (player->request == request && player->count > 0) {
		SDL_CondWait(player->changed, player->lock);
	}
	SDL_UnlockMutex(player->lock);
}

void player_close(struct player *player)
{
	if (player->device) {
		SDL_CloseAudioDevice(player->device);
		player->device = 0;
	}
}

void player_rest(struct player *player)
{
	player_close(player);
	if (player->is_started) {
		SDL_QuitSubSystem(SDL_INIT_AUDIO);
		player->is_started = false;
	}
}
