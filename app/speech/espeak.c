/* See engine.h. In its synchronous mode libespeak-ng opens no audio device and has no thread: espeak_Synth returns when
 * everything has been handed to the callback. Its espeak_Cancel has no effect there, so the callback's answer ends the
 * synthesis. The library stays as it is until the process ends: version 1.51 waits for ever in espeak_Terminate when it
 * was ended and begun once before. */
#include "engine.h"

#include <stdlib.h>
#include <string.h>
#include <espeak-ng/espeak_ng.h>
#include <espeak-ng/speak_lib.h>

#include "app/base/limits.h"

/* At 100 the loudest vowels of the Swedish voice reach the largest sample there is, and are distorted. */
enum { UNDISTORTED_VOLUME = 70 };

struct engine {
	int rate_hz;
	char language[16]; /* of the voice that is set; "" none yet */
};

struct taking {
	engine_take *take;
	void *context;
	bool is_ended;
};

/* Every event carries what espeak_Synth was given. The list always has one, its end. */
static int on_samples(short *samples, int count, espeak_EVENT *events)
{
	struct taking *taking = events->user_data;
	if (!taking->is_ended && samples && count > 0) {
		taking->is_ended = !taking->take(taking->context, samples, (size_t)count);
	}
	return taking->is_ended;
}

struct engine *engine_create(int words_per_minute, struct err *err)
{
	struct engine *engine = calloc(1, sizeof(*engine));
	if (!engine) {
		err_set(err, "speech: out of memory");
		return NULL;
	}
	engine->rate_hz = espeak_ng_GetSampleRate();
	if (engine->rate_hz <= 0) {
		engine->rate_hz =
			espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, SPEECH_CHUNK_MS, NULL, espeakINITIALIZE_DONT_EXIT);
	}
	if (engine->rate_hz <= 0) {
		err_set(err,
			"speech: the voices of espeak-ng cannot be read: is the package espeak-ng-data installed?");
		free(engine);
		return NULL;
	}
	espeak_SetSynthCallback(on_samples);
	espeak_SetParameter(espeakRATE, words_per_minute, 0);
	espeak_SetParameter(espeakVOLUME, UNDISTORTED_VOLUME, 0);
	return engine;
}

void engine_destroy(struct engine *engine)
{
	free(engine);
}

int engine_rate_hz(const struct engine *engine)
{
	return engine->rate_hz;
}

/* Setting a voice reads a file, so it is done only for another language. */
static bool use_language(struct engine *engine, const char *language)
{
	if (strcmp(engine->language, language) == 0) {
		return true;
	}
	if (strlen(language) >= sizeof(engine->language) || espeak_SetVoiceByName(language) != EE_OK) {
		if (espeak_SetVoiceByName("en") != EE_OK) {
			return false;
		}
		language = "en";
	}
	strcpy(engine->language, language);
	return true;
}

bool engine_say(struct engine *engine, const char *text, const char *language, engine_take *take, void *context)
{
	struct taking taking = {.take = take, .context = context};
	return use_language(engine, language) &&
	       espeak_Synth(text, strlen(text) + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8 | espeakENDPAUSE, NULL,
			    &taking) == EE_OK &&
	       !taking.is_ended;
}
