/* Plays samples on the audio device. The device is open only while there is something to play, because SDL's audio
 * threads wake up many times a second as long as it is. */
#ifndef APP_SPEECH_PLAYER_H
#define APP_SPEECH_PLAYER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ical/err.h"

struct player;

/* `begun` is called in SDL's audio thread when the first sample of a request goes to the device; it may be NULL.
 * Returns NULL when memory ran out. */
struct player *player_create(void (*begun)(void *context), void *context);
void player_destroy(struct player *player);

/* These may be called in any thread; none of them waits for the device. */
void player_cut(struct player *player,
		uint64_t request);                       /* drops what is not played yet; only this request plays now */
void player_set_volume(struct player *player, int step); /* 1 to SPEECH_VOLUMES */
void player_pause(struct player *player, bool is_paused);

/* These belong to the thread that has the samples, and may wait. `device` is a part of the wanted device's name; the
 * system's default is used when it is "" or no device has such a name. An open device stays open. */
bool player_open(struct player *player, int rate_hz, const char *device, struct err *err);
/* Returns false when the request is not the one that plays. */
bool player_write(struct player *player, uint64_t request, const int16_t *samples, size_t count);
void player_drain(struct player *player, uint64_t request); /* returns when all is played or the request was cut */
void player_close(struct player *player);
/* Ends SDL's audio, too, whose driver for ALSA looks for new devices ten times a second. */
void player_rest(struct player *player);

#endif
