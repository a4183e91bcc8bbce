/* The voice, heard through SDL's disk driver: what is said is in the file, at the chosen volume, undistorted, and
 * nothing of it after an interruption. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <dirent.h>
#include <math.h>
#include <pthread.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "app/base/clock.h"
#include "app/base/limits.h"
#include "app/speech/speech.h"

enum { SAMPLES_MOST = 22050 * 60, BUFFER = 256, RUNS = 20 };

static const char sentence[] = "Checka in: Per-Erik D, Plats 5, klockan tio trettio till fjorton. Knapp, 1 av 2.";

struct heard {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	int begun, silent, failed;
	struct speech *stops; /* at the first sample; NULL: nothing stops it */
	char folder[64], file[96];
	int16_t *samples;
	size_t count;
};

static void count_one(struct heard *heard, int *counter)
{
	pthread_mutex_lock(&heard->lock);
	++*counter;
	pthread_cond_broadcast(&heard->changed);
	pthread_mutex_unlock(&heard->lock);
}

static void on_begun(void *context)
{
	struct heard *heard = context;
	if (heard->stops) {
		speech_stop(heard->stops);
	}
	count_one(heard, &heard->begun);
}

static void on_silent(void *context)
{
	struct heard *heard = context;
	count_one(heard, &heard->silent);
}

static void on_failed(void *context, const struct err *why)
{
	struct heard *heard = context;
	assert_non_null(strstr(why->text, "speech: "));
	count_one(heard, &heard->failed);
}

static void wait_for(struct heard *heard, const int *counter, int wanted)
{
	pthread_mutex_lock(&heard->lock);
	while (*counter < wanted) {
		pthread_cond_wait(&heard->changed, &heard->lock);
	}
	pthread_mutex_unlock(&heard->lock);
}

static struct speech *start(struct heard *heard)
{
	struct err err = {""};
	const struct speech_setup setup = {.words_per_minute = SPEECH_RATE_DEFAULT,
					   .begun = on_begun,
					   .silent = on_silent,
					   .failed = on_failed,
					   .context = heard};
	struct speech *speech = speech_create(&setup, &err);
	assert_non_null(speech);
	return speech;
}

static void say(struct speech *speech, const char *text, const char *language)
{
	speech_say(speech, &(struct speech_part){text, language}, 1);
}

static int set_up(void **state)
{
	struct heard *heard = calloc(1, sizeof(*heard));
	pthread_mutex_init(&heard->lock, NULL);
	pthread_cond_init(&heard->changed, NULL);
	strcpy(heard->folder, "/tmp/kiosk-speech-XXXXXX");
	assert_non_null(mkdtemp(heard->folder));
	snprintf(heard->file, sizeof(heard->file), "%s/sound", heard->folder);
	heard->samples = malloc(SAMPLES_MOST * sizeof(*heard->samples));
	setenv("SDL_AUDIODRIVER", "disk", 1);
	setenv("SDL_DISKAUDIOFILE", heard->file, 1);
	setenv("SDL_DISKAUDIODELAY", "1", 1); /* a minute is heard in seconds */
	*state = heard;
	return 0;
}

static int tear_down(void **state)
{
	struct heard *heard = *state;
	unlink(heard->file);
	rmdir(heard->folder);
	free(heard->samples);
	free(heard);
	return 0;
}

/* Ends the voice, whereupon the file is whole. */
static void end(struct heard *heard, struct speech *speech)
{
	speech_destroy(speech);
	FILE *file = fopen(heard->file, "re");
	assert_non_null(file);
	heard->count = fread(heard->samples, sizeof(*heard->samples), SAMPLES_MOST, file);
	fclose(file);
}

static void hear(struct heard *heard, const char *text, const char *language, int volume)
{
	struct speech *speech = start(heard);
	int silent = heard->silent;
	speech_set_volume(speech, volume);
	say(speech, text, language);
	assert_true(speech_is_talking(speech));
	wait_for(heard, &heard->silent, silent + 1);
	assert_false(speech_is_talking(speech));
	end(heard, speech);
}

static size_t sounding(const struct heard *heard)
{
	size_t count = 0;
	for (size_t i = 0; i < heard->count; i++) {
		count += heard->samples[i] != 0;
	}
	return count;
}

static double loudness(const struct heard *heard)
{
	double sum = 0;
	for (size_t i = 0; i < heard->count; i++) {
		sum += (double)heard->samples[i] * heard->samples[i];
	}
	return 10 * log10(sum);
}

static void test_a_sentence_is_heard_undistorted(void **state)
{
	struct heard *heard = *state;
	static const char *const languages[] = {"sv", "en"};
	for (size_t l = 0; l < sizeof(languages) / sizeof(*languages); l++) {
		hear(heard, sentence, languages[l], SPEECH_VOLUMES);
		assert_true(sounding(heard) > 3 * 22050);
		for (size_t i = 0; i < heard->count; i++) {
			assert_in_range(heard->samples[i] + 32768, 68, 65467); /* 100 below the largest */
		}
	}
	assert_int_equal(heard->failed, 0);
}

static void test_steps_of_volume(void **state)
{
	struct heard *heard = *state;
	double before = 0, lowest = 0;
	for (int step = 1; step <= SPEECH_VOLUMES; step++) {
		hear(heard, "Volym", "sv", step);
		double now = loudness(heard);
		assert_true(step == 1 || now > before + 2);
		lowest = step == 1 ? now : lowest;
		before = now;
	}
	assert_true(before - lowest >= 18);
}

static void test_languages(void **state)
{
	struct heard *heard = *state;
	hear(heard, "Plats 5", "sv", SPEECH_VOLUMES);
	double swedish = loudness(heard);
	hear(heard, "Plats 5", "en", SPEECH_VOLUMES);
	double english = loudness(heard), length = (double)heard->count;
	hear(heard, "Plats 5", "qps", SPEECH_VOLUMES); /* no voice speaks it */
	assert_true(fabs(swedish - english) > 0.5);
	assert_true(fabs(loudness(heard) - english) < 0.3 && fabs((double)heard->count / length - 1) < 0.05);
}

/* It is stopped at its first sample, in the device's own thread, so at most one buffer was heard. */
static void test_nothing_is_heard_after_an_interruption(void **state)
{
	struct heard *heard = *state;
	struct speech *speech = start(heard);
	speech_set_volume(speech, SPEECH_VOLUMES);
	heard->stops = speech;
	say(speech, sentence, "sv");
	wait_for(heard, &heard->begun, 1);
	heard->stops = NULL;
	assert_false(speech_is_talking(speech));
	end(heard, speech);
	assert_in_range(sounding(heard), 0, BUFFER);
	assert_true(heard->count > 0);
	assert_int_equal(heard->silent, 0);
}

static void test_the_next_text_replaces_the_last(void **state)
{
	struct heard *heard = *state;
	struct speech *speech = start(heard);
	for (int i = 0; i < 50; i++) {
		say(speech, sentence, i % 2 ? "sv" : "en");
	}
	say(speech, "Ja", "sv");
	wait_for(heard, &heard->silent, 1);
	end(heard, speech);
	assert_true(heard->begun >= 1);
	assert_int_equal(heard->silent, 1);
}

static void test_parts_follow_each_other(void **state)
{
	struct heard *heard = *state;
	hear(heard, "Hej", "sv", SPEECH_VOLUMES);
	size_t alone = sounding(heard);
	struct speech *speech = start(heard);
	int silent = heard->silent;
	const struct speech_part parts[] = {{"Hej", "sv"}, {"Hello there, how are you", "en"}};
	speech_set_volume(speech, SPEECH_VOLUMES);
	speech_say(speech, parts, 2);
	wait_for(heard, &heard->silent, silent + 1);
	end(heard, speech);
	assert_true(sounding(heard) > 2 * alone);
}

static void test_a_pause(void **state)
{
	struct heard *heard = *state;
	struct speech *speech = start(heard);
	say(speech, sentence, "sv");
	wait_for(heard, &heard->begun, 1);
	speech_pause(speech, true);
	assert_true(speech_is_talking(speech) || heard->silent > 0);
	speech_pause(speech, false);
	wait_for(heard, &heard->silent, 1);
	end(heard, speech);
	assert_true(sounding(heard) > 3 * 22050);
}

static void test_no_sound_card(void **state)
{
	struct heard *heard = *state;
	setenv("SDL_AUDIODRIVER", "none-such", 1);
	struct speech *speech = start(heard);
	say(speech, sentence, "sv");
	wait_for(heard, &heard->silent, 1);
	say(speech, sentence, "sv");
	wait_for(heard, &heard->silent, 2);
	speech_destroy(speech);
	assert_int_equal(heard->failed, 1); /* it is reported once */
	assert_int_equal(heard->begun, 0);
}

static int threads(void)
{
	int count = 0;
	DIR *folder = opendir("/proc/self/task");
	assert_non_null(folder);
	for (const struct dirent *entry; (entry = readdir(folder));) {
		count += entry->d_name[0] != '.';
	}
	closedir(folder);
	return count;
}

/* A thread that sleeps without a time limit costs nothing; only SDL's would wake up. */
static void test_silence_has_no_audio_thread(void **state)
{
	struct heard *heard = *state;
	struct speech *speech = start(heard);
	int before = threads();
	say(speech, "Ja", "sv");
	wait_for(heard, &heard->begun, 1);
	assert_true(threads() > before);
	wait_for(heard, &heard->silent, 1);
	while (threads() > before) {
		sched_yield();
	}
	end(heard, speech);
}

static int64_t now_us(void)
{
	static struct clock clock;
	static bool is_made;
	if (!is_made) {
		clock_init(&clock);
		is_made = true;
	}
	return clock_mono_us(&clock);
}

static int compare(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
	return (left > right) - (left < right);
}

static int64_t bare_us(void)
{
	char *const argv[] = {"espeak-ng", "-v", "sv", "-w", "/dev/null", (char *)(uintptr_t)sentence, NULL};
	extern char **environ;
	pid_t child = 0;
	int status = 0;
	int64_t begun = now_us();
	assert_int_equal(posix_spawnp(&child, "espeak-ng", NULL, NULL, argv, environ), 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	return now_us() - begun;
}

/* The time from a key to the first sample, beside that of a program that does nothing but say the sentence. */
static void test_how_soon_it_begins(void **state)
{
	struct heard *heard = *state;
	int64_t ours[RUNS], bare[RUNS];
	setenv("SDL_DISKAUDIODELAY", "11", 1); /* as slow as a device */
	struct speech *speech = start(heard);
	say(speech, sentence, "sv"); /* loads the voices */
	wait_for(heard, &heard->begun, 1);
	for (int i = 0; i < RUNS; i++) {
		int64_t begun = now_us();
		say(speech, sentence, "sv");
		wait_for(heard, &heard->begun, i + 2);
		ours[i] = now_us() - begun;
		bare[i] = bare_us();
	}
	speech_destroy(speech);
	qsort(ours, RUNS, sizeof(*ours), compare);
	qsort(bare, RUNS, sizeof(*bare), compare);
	print_message("first sample after a key: p50 %lld, p95 %lld us; espeak-ng alone: p50 %lld, p95 %lld us\n",
		      (long long)ours[RUNS / 2], (long long)ours[RUNS * 19 / 20], (long long)bare[RUNS / 2],
		      (long long)bare[RUNS * 19 / 20]);
	assert_true(ours[RUNS / 2] <= 3 * bare[RUNS / 2]);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_a_sentence_is_heard_undistorted),
		TEST(test_steps_of_volume),
		TEST(test_languages),
		TEST(test_nothing_is_heard_after_an_interruption),
		TEST(test_the_next_text_replaces_the_last),
		TEST(test_parts_follow_each_other),
		TEST(test_a_pause),
		TEST(test_no_sound_card),
		TEST(test_silence_has_no_audio_thread),
		TEST(test_how_soon_it_begins),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
