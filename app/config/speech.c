/* When the screen speaks, and through what. */
#include "network_private.h"

#include <string.h>

#include "app/base/limits.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct choice enabled[] = {
	{"auto", SPEECH_AUTO}, {"on", SPEECH_ON}, {"off", SPEECH_OFF}, {"yes", SPEECH_ON}, {"no", SPEECH_OFF}};
static const struct choice headsets[] = {{"any", HEADSET_ANY}, {"usb", HEADSET_USB}, {"jack", HEADSET_JACK}};
static const struct choice loudspeakers[] = {{"yes", 1}, {"no", 0}, {"true", 1}, {"false", 0}, {"on", 1}, {"off", 0}};

bool config_speech_read(const struct taker *taker, struct config_speech *speech)
{
	int when = (int)speech->enabled, headset = (int)speech->headset;
	if (!take_choice(taker, "enabled", enabled, COUNT(enabled), &when) ||
	    !take_choice(taker, "headset", headsets, COUNT(headsets), &headset) ||
	    !take_choice(taker, "loudspeaker", loudspeakers, COUNT(loudspeakers), &speech->loudspeaker) ||
	    !take_text(taker, "device", &speech->device) ||
	    !take_whole(taker, "rate", SPEECH_RATE_MIN, SPEECH_RATE_MAX, "words per minute", &speech->rate)) {
		return false;
	}
	speech->enabled = (enum speech_enabled)when;
	speech->headset = (enum speech_headset)headset;
	return !speech->device || strlen(speech->device) <= SPEECH_DEVICE_MAX ||
	       tell_key(taker, "device", "has %zu bytes; write a part of the name with at most %d",
			strlen(speech->device), SPEECH_DEVICE_MAX);
}

void config_speech_settle(struct config *config)
{
	bool has_names = false;
	for (size_t i = 0; i < config->feed_count; i++) {
		const struct config_feed *feed = &config->feeds[i];
		has_names = has_names || ((feed->person || feed->keeps_organizer) && feed->names != NAMES_NONE);
	}
	if (config->speech.loudspeaker < 0) {
		config->speech.loudspeaker = !has_names;
	}
}
