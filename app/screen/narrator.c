/* See narrator.h. The narrator remembers what the screen was like, and says what differs: the view, what it holds, or
 * the widget with the focus. A new text replaces the one that is being said. */
#include "narrator.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <SDL.h>

#include "app/base/arena.h"
#include "app/base/i18n.h"
#include "app/base/limits.h"
#include "app/layout/said.h"
#include "app/speech/speech.h"
#include "ical/utf8.h"
#include "keys.h"

struct kept_part {
	char *text;
	char language[16];
};

struct narrator {
	struct narrator_setup setup;
	struct speech *speech;
	FILE *log;
	SDL_mutex *lock; /* of the next two */
	bool is_plugged; /* as it was reported last */
	char device[SPEECH_DEVICE_MAX + 1];

	bool has_headset, is_paused, is_warning;
	struct kept_part last[SPEECH_PARTS_MAX]; /* for those who want to hear it again */
	size_t last_count;

	/* The screen as it was. */
	bool was_on, was_answering; /* a key or touch came since */
	enum view_kind view;
	int64_t view_ms, warned_ms;
	int page, choice;
	bool shows_map;
	char language[16], id[VISIT_ID_MAX], focus[VISIT_ID_MAX];
	uint64_t focus_sum; /* of what it said */
};

/* What is about to be said. */
struct words {
	struct arena *arena;
	struct speech_part parts[SPEECH_PARTS_MAX];
	size_t count;
};

struct narrator *narrator_create(const struct narrator_setup *setup, struct err *err)
{
	if (setup->config->speech.enabled == SPEECH_OFF || setup->config->mode == MODE_WALL) {
		return NULL;
	}
	struct narrator *narrator = calloc(1, sizeof(*narrator));
	if (!narrator) {
		err_set(err, "speech: out of memory");
		return NULL;
	}
	narrator->setup = *setup;
	const struct speech_setup voice = {.words_per_minute = setup->config->speech.rate,
					   .silent = setup->silent,
					   .failed = setup->failed,
					   .context = setup->context};
	narrator->speech = speech_create(&voice, err);
	narrator->log = setup->log ? fopen(setup->log, "ae") : NULL;
	if (setup->log && !narrator->log) {
		err_set(err, "--speech-log: %s cannot be written", setup->log);
	}
	narrator->lock = SDL_CreateMutex();
	if (narrator->speech && narrator->lock && (narrator->log || !setup->log)) {
		speech_set_device(narrator->speech, setup->config->speech.device ? setup->config->speech.device : "");
		return narrator;
	}
	narrator_destroy(narrator);
	return NULL;
}

static void forget_last(struct narrator *narrator)
{
	while (narrator->last_count > 0) {
		free(narrator->last[--narrator->last_count].text);
	}
}

void narrator_hush(struct narrator *narrator)
{
	if (narrator) {
		speech_destroy(narrator->speech);
		narrator->speech = NULL;
	}
}

void narrator_destroy(struct narrator *narrator)
{
	if (!narrator) {
		return;
	}
	narrator_hush(narrator);
	SDL_DestroyMutex(narrator->lock);
	forget_last(narrator);
	if (narrator->log) {
		fclose(narrator->log);
	}
	free(narrator);
}

static void add(struct words *words, const char *language, const char *text)
{
	if (text[0] && words->count < SPEECH_PARTS_MAX) {
		words->parts[words->count++] = (struct speech_part){.text = text, .language = language};
	}
}

static void keep(struct narrator *narrator, const struct words *words)
{
	forget_last(narrator);
	for (size_t i = 0; i < words->count; i++) {
		struct kept_part *part = &narrator->last[narrator->last_count];
		part->text = strdup(words->parts[i].text);
		snprintf(part->language, sizeof(part->language), "%s", words->parts[i].language);
		narrator->last_count += part->text != NULL;
	}
}

/* One announcement is one line. */
static void write_log(struct narrator *narrator, const struct words *words)
{
	const char *language = "";
	for (size_t i = 0; narrator->log && i < words->count; i++) {
		const struct speech_part *part = &words->parts[i];
		fputs(i > 0 ? " | " : "", narrator->log);
		if (strcmp(language, part->language) != 0) {
			fprintf(narrator->log, "%s: ", part->language);
		}
		language = part->language;
		fputs(part->text, narrator->log);
	}
	if (narrator->log && words->count > 0) {
		fputc('\n', narrator->log);
		fflush(narrator->log);
	}
}

static void set_caption(struct visit_speech *speech, const struct words *words)
{
	size_t length = 0;
	speech->caption[0] = '\0';
	for (size_t i = 0; i < words->count; i++) {
		const char *text = words->parts[i].text;
		size_t room = sizeof(speech->caption) - length - 2, size = strlen(text);
		size = size > room ? utf8_cut(text, room) : size;
		length += (size_t)snprintf(speech->caption + length, sizeof(speech->caption) - length, "%s%.*s",
					   length > 0 ? " " : "", (int)size, text);
	}
}

/* A warning stops no time limit. */
static void say(struct narrator *narrator, struct visit *visit, const struct words *words, bool is_warning)
{
	write_log(narrator, words);
	speech_set_volume(narrator->speech, visit->speech.volume);
	speech_say(narrator->speech, words->parts, words->count);
	narrator->is_paused = false;
	narrator->is_warning = is_warning;
	set_caption(&visit->speech, words);
	visit->speech.is_talking = words->count > 0 && !is_warning;
}

static void say_one(struct narrator *narrator, const struct narrated *now, const char *text)
{
	struct words words = {0};
	add(&words, now->visit->language, text);
	say(narrator, now->visit, &words, false);
}

static bool may_speak(const struct narrator *narrator)
{
	return narrator->has_headset || narrator->setup.config->speech.loudspeaker > 0;
}

static const char *how_to(void)
{
	return tr("Speech is on. Left and right move, Enter selects, Escape goes back, up and down change the volume. "
		  "F1 explains all keys.");
}

static void greet(struct words *words, const char *language)
{
	add(words, "sv", i18n_has("sv") ? (i18n_set_language("sv"), how_to()) : "");
	i18n_set_language("en");
	add(words, "en", how_to());
	i18n_set_language(language);
}

static bool begin(struct narrator *narrator, const struct narrated *now)
{
	if (now->visit->speech.is_on || now->visit->is_night || !may_speak(narrator)) {
		return false;
	}
	visit_speak(now->visit, true, now->mono_ms);
	return true;
}

static void repeat(struct narrator *narrator, struct visit *visit)
{
	struct words words = {0};
	for (size_t i = 0; i < narrator->last_count; i++) {
		add(&words, narrator->last[i].language, narrator->last[i].text);
	}
	say(narrator, visit, &words, false);
}

static void change_volume(struct narrator *narrator, const struct narrated *now, struct arena *arena, enum key key)
{
	int *volume = &now->visit->speech.volume;
	if (key == KEY_VOLUME) {
		*volume = *volume % SPEECH_VOLUMES + 1;
	} else {
		*volume += key == KEY_LOUDER ? *volume < SPEECH_VOLUMES : -(*volume > 1);
	}
	/* step, number of steps */
	say_one(narrator, now, arena_print(arena, tr("Volume %d of %d"), *volume, SPEECH_VOLUMES));
}

static void pause_or_go_on(struct narrator *narrator)
{
	if (speech_is_talking(narrator->speech)) {
		narrator->is_paused = !narrator->is_paused;
		speech_pause(narrator->speech, narrator->is_paused);
	}
}

static const char *all_keys(void)
{
	return tr("Right: next. Left: previous. Enter: select. Escape: back. Up: louder. Down: quieter. F1: help. "
		  "F2: repeat. F3: pause. F4: spell. F5: read everything. F6: more time. F7: volume. "
		  "F8: screen dark or light. F9: speech off.");
}

static void carry_out(struct narrator *narrator, const struct narrated *now, struct arena *arena, enum key key)
{
	struct visit *visit = now->visit;
	switch (key) {
	case KEY_LOUDER:
	case KEY_QUIETER:
	case KEY_VOLUME:
		change_volume(narrator, now, arena, key);
		break;
	case KEY_HELP:
		say_one(narrator, now, all_keys());
		break;
	case KEY_REPEAT:
		repeat(narrator, visit);
		break;
	case KEY_PAUSE:
		pause_or_go_on(narrator);
		break;
	case KEY_SPELL:
		say_one(narrator, now, said_letters(arena, now->ui, now->focused));
		break;
	case KEY_ALL:
		say_one(narrator, now, said_all(arena, now->ui));
		break;
	case KEY_DARK:
		visit->speech.is_dark = !visit->speech.is_dark;
		say_one(narrator, now, visit->speech.is_dark ? tr("The screen is dark.") : tr("The screen is light."));
		break;
	case KEY_SPEECH:
		visit_speak(visit, false, now->mono_ms);
		break;
	case KEY_MORE_TIME:
		say_one(narrator, now, tr("You have more time."));
		break;
	default:
		break;
	}
}

bool narrator_key(struct narrator *narrator, const struct narrated *now, SDL_Event *event)
{
	if (!narrator || event->type != SDL_KEYDOWN || now->visit->is_night) {
		return false;
	}
	enum key key = keys_meaning(&event->key);
	if (key == KEY_OTHER) {
		return false;
	}
	narrator->was_answering = true;
	if (!now->visit->speech.is_on) {
		return begin(narrator, now);
	}
	/* The old text ends with the key, whatever the key does. */
	if (key != KEY_PAUSE) {
		speech_stop(narrator->speech);
		now->visit->speech.is_talking = false;
		now->visit->speech.quiet_ms = now->mono_ms;
	}
	if (keys_rewrite(&event->key, key)) {
		return false;
	}
	struct arena *arena = event->key.repeat && key != KEY_LOUDER && key != KEY_QUIETER ? NULL : arena_create();
	if (arena) {
		i18n_set_language(now->visit->language);
		carry_out(narrator, now, arena, key);
		arena_destroy(arena);
	}
	return true;
}

void narrator_touch(struct narrator *narrator, const struct narrated *now)
{
	if (!narrator) {
		return;
	}
	narrator->was_answering = true;
	now->visit->speech.is_dark = false;
	if (narrator->setup.config->speech.enabled == SPEECH_ON) {
		begin(narrator, now);
	}
}

void narrator_headset(struct narrator *narrator, bool is_there, const char *device)
{
	if (narrator) {
		SDL_LockMutex(narrator->lock);
		narrator->is_plugged = is_there;
		snprintf(narrator->device, sizeof(narrator->device), "%s", device);
		SDL_UnlockMutex(narrator->lock);
	}
}

static void heed_headset(struct narrator *narrator, const struct narrated *now)
{
	char device[sizeof(narrator->device)];
	SDL_LockMutex(narrator->lock);
	bool is_there = narrator->is_plugged;
	memcpy(device, narrator->device, sizeof(device));
	SDL_UnlockMutex(narrator->lock);
	if (is_there == narrator->has_headset) {
		return;
	}
	narrator->has_headset = is_there;
	if (!narrator->setup.config->speech.device) {
		speech_set_device(narrator->speech, device);
	}
	if (is_there) {
		now->visit->is_night = false;
		begin(narrator, now);
	} else if (now->visit->speech.is_on && !may_speak(narrator)) {
		speech_stop(narrator->speech);
		visit_end(now->visit, narrator->setup.config, now->mono_ms);
		narrator->was_on = false; /* nobody listens any more */
	}
}

static bool is_other_view(const struct narrator *narrator, const struct visit *visit)
{
	return visit->view != narrator->view || strcmp(visit->id, narrator->id) != 0 ||
	       strcmp(visit->language, narrator->language) != 0 ||
	       (visit->view == VIEW_DONE && visit->view_ms != narrator->view_ms);
}

static bool is_other_page(const struct narrator *narrator, const struct visit *visit)
{
	bool chooses = visit->view == VIEW_ALL || visit->view == VIEW_INFO || visit->view == VIEW_WEEK;
	return visit->page != narrator->page || visit->shows_map != narrator->shows_map ||
	       (chooses && visit->choice != narrator->choice);
}

/* FNV-1a. */
static uint64_t sum_of(const char *text)
{
	uint64_t sum = 0xCBF29CE484222325U;
	for (; *text; text++) {
		sum = (sum ^ (unsigned char)*text) * 0x100000001B3U;
	}
	return sum;
}

static void remember(struct narrator *narrator, const struct narrated *now)
{
	const struct visit *visit = now->visit;
	const struct widget *focus = now->focused >= 0 ? &now->ui->widgets[now->focused] : NULL;
	narrator->view = visit->view;
	narrator->view_ms = visit->view_ms;
	narrator->page = visit->page;
	narrator->choice = visit->choice;
	narrator->shows_map = visit->shows_map;
	narrator->was_answering = false;
	memcpy(narrator->language, visit->language, sizeof(narrator->language));
	memcpy(narrator->id, visit->id, sizeof(narrator->id));
	snprintf(narrator->focus, sizeof(narrator->focus), "%s", focus ? focus->id : "");
	narrator->focus_sum = sum_of(focus ? focus->spoken : "");
}

static const char *hint(const struct visit *visit)
{
	return visit->view == VIEW_DONE          ? tr("F6 gives more time.")
	       : visit->view == VIEW_STILL_THERE ? tr("Press any key to stay.")
						 : "";
}

static bool is_other_focus(const struct narrator *narrator, const struct narrated *now)
{
	const struct widget *focus = now->focused >= 0 ? &now->ui->widgets[now->focused] : NULL;
	bool is_moved = strcmp(focus ? focus->id : "", narrator->focus) != 0;
	return focus && (is_moved || (narrator->was_answering && sum_of(focus->spoken) != narrator->focus_sum));
}

/* Says the view, its page or the focus, whichever is the largest that differs. */
static void find_words(const struct narrator *narrator, const struct narrated *now, struct words *words)
{
	const char *language = now->visit->language;
	bool begins = !narrator->was_on;
	if (begins) {
		greet(words, language);
	}
	bool is_view = begins || is_other_view(narrator, now->visit) || is_other_page(narrator, now->visit);
	if (is_view) {
		add(words, language, said_view(words->arena, now->ui));
		add(words, language, hint(now->visit));
	}
	if (is_view || is_other_focus(narrator, now)) {
		add(words, language, said_widget(words->arena, now->ui, now->focused));
	}
}

/* Returns whether the limit of the view is near, and that has not been said yet. */
static bool must_warn(const struct narrator *narrator, const struct narrated *now)
{
	int64_t left_ms = visit_left_ms(now->visit, narrator->setup.config, now->mono_ms);
	return left_ms <= SPEECH_WARN_MS && left_ms > 0 &&
	       narrator->warned_ms != visit_limit_ms(now->visit, now->mono_ms);
}

static void warn(struct narrator *narrator, const struct narrated *now, struct arena *arena)
{
	struct words words = {.arena = arena};
	int64_t left_ms = visit_left_ms(now->visit, narrator->setup.config, now->mono_ms);
	unsigned long seconds = (unsigned long)((left_ms + 999) / 1000);
	const char *countdown = tr_n("Back to start in %lu second.", "Back to start in %lu seconds.", seconds);
	add(&words, now->visit->language, arena_print(arena, countdown, seconds));
	add(&words, now->visit->language, hint(now->visit));
	narrator->warned_ms = visit_limit_ms(now->visit, now->mono_ms);
	say(narrator, now->visit, &words, true);
}

static void note_silence(struct narrator *narrator, const struct narrated *now)
{
	struct visit_speech *speech = &now->visit->speech;
	if (speech->is_talking && !speech_is_talking(narrator->speech)) {
		speech->is_talking = false;
		speech->quiet_ms = now->mono_ms;
	}
}

/* The visitor has gone, or wants no speech. */
static void say_goodbye(struct narrator *narrator, const struct narrated *now)
{
	struct words words = {0};
	add(&words, now->visit->language, tr("Speech is off. Any key starts it again."));
	say(narrator, now->visit, &words, true);
	now->visit->speech.caption[0] = '\0';
	narrator->was_on = false;
}

bool narrator_follow(struct narrator *narrator, const struct narrated *now)
{
	if (!narrator) {
		return false;
	}
	heed_headset(narrator, now);
	if (!now->visit->speech.is_on && !narrator->was_on) {
		return false;
	}
	struct words words = {.arena = arena_create()};
	if (!words.arena) {
		return false;
	}
	bool is_said = true;
	note_silence(narrator, now);
	if (!now->visit->speech.is_on) {
		say_goodbye(narrator, now);
	} else {
		find_words(narrator, now, &words);
		is_said = words.count > 0;
		if (is_said) {
			keep(narrator, &words);
			say(narrator, now->visit, &words, false);
		} else if (must_warn(narrator, now)) {
			is_said = true;
			warn(narrator, now, words.arena);
		}
		narrator->was_on = true;
		remember(narrator, now);
	}
	arena_destroy(words.arena);
	return is_said;
}
