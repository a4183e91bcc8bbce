/* The keys of keypads and keyboards, and a headset that is plugged in. Folders take the place of the real sysfs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <SDL.h>

#include "app/screen/headset.h"
#include "app/screen/keys.h"

static const struct {
	SDL_Keycode sym;
	uint16_t mod;
	enum key key;
	SDL_Keycode becomes; /* for the screen; 0: the voice alone hears it */
	uint16_t becomes_mod;
} keys[] = {
	{SDLK_RIGHT, 0, KEY_NEXT, SDLK_TAB, 0},
	{SDLK_LEFT, 0, KEY_PREVIOUS, SDLK_TAB, KMOD_LSHIFT},
	{SDLK_TAB, 0, KEY_NEXT, SDLK_TAB, 0},
	{SDLK_TAB, KMOD_RSHIFT, KEY_PREVIOUS, SDLK_TAB, KMOD_LSHIFT},
	{SDLK_AUDIONEXT, 0, KEY_NEXT, SDLK_TAB, 0},
	{SDLK_KP_ENTER, 0, KEY_SELECT, SDLK_RETURN, 0},
	{SDLK_SPACE, 0, KEY_SELECT, SDLK_RETURN, 0},
	{SDLK_AC_BACK, 0, KEY_BACK, SDLK_ESCAPE, 0},
	{SDLK_BACKSPACE, 0, KEY_BACK, SDLK_ESCAPE, 0},
	{SDLK_UP, 0, KEY_LOUDER, 0, 0},
	{SDLK_VOLUMEDOWN, 0, KEY_QUIETER, 0, 0},
	{SDLK_F7, 0, KEY_VOLUME, 0, 0},
	{SDLK_F8, 0, KEY_DARK, 0, 0},
	{SDLK_AUDIOMUTE, 0, KEY_SPEECH, 0, 0},
	{SDLK_F9, KMOD_CTRL, KEY_OTHER, SDLK_F9, KMOD_CTRL},
	{SDLK_a, 0, KEY_OTHER, SDLK_a, 0},
};

static void test_meanings(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		SDL_KeyboardEvent event = {.type = SDL_KEYDOWN, .keysym = {.sym = keys[i].sym, .mod = keys[i].mod}};
		assert_int_equal(keys_meaning(&event), keys[i].key);
		assert_int_equal(keys_rewrite(&event, keys[i].key), keys[i].becomes != 0);
		if (keys[i].becomes != 0) {
			assert_int_equal(event.keysym.sym, keys[i].becomes);
			assert_int_equal(event.keysym.mod, keys[i].becomes_mod);
		}
	}
}

static void run(const char *format, ...)
{
	char command[1024];
	va_list args;
	va_start(args, format);
	vsnprintf(command, sizeof(command), format, args);
	va_end(args);
	assert_int_equal(system(command), 0);
}

/* A card in the machine, and a headset on USB. */
static void test_a_usb_card_is_a_headset(void **state)
{
	(void)state;
	static const struct {
		enum speech_headset kind;
		bool is_there;
	} kinds[] = {{HEADSET_ANY, true}, {HEADSET_USB, true}, {HEADSET_JACK, false}};
	char root[] = "/tmp/test_keys_XXXXXX";
	struct headset headset;
	assert_non_null(mkdtemp(root));
	run("mkdir -p %s/sys/class/sound %s/sys/class/input %s/sys/devices/pci0/sound/card0/pcmC0D0p", root, root,
	    root);
	run("ln -s ../../devices/pci0/sound/card0 %s/sys/class/sound/card0", root);
	headset_init(&headset, root, HEADSET_ANY);
	assert_false(headset_look(&headset));
	run("mkdir -p %s/sys/devices/pci0/usb1/1-1/1-1:1.0/sound/card1/pcmC1D0p", root);
	run("echo 'Logi Headset' >%s/sys/devices/pci0/usb1/1-1/product", root);
	run("ln -s ../../devices/pci0/usb1/1-1/1-1:1.0/sound/card1 %s/sys/class/sound/card1", root);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		headset_init(&headset, root, kinds[i].kind);
		assert_int_equal(headset_look(&headset), kinds[i].is_there);
		assert_string_equal(headset.device, kinds[i].is_there ? "Logi Headset" : "");
		headset_finish(&headset);
	}
	run("rm %s/sys/class/sound/card1", root);
	headset_init(&headset, root, HEADSET_ANY);
	assert_false(headset_look(&headset));
	assert_string_equal(headset.device, "");
	headset_finish(&headset);
	run("rm -rf %s", root);
}

/* Bit 2 of the switches is that of a headphone's plug. Devices without it are not opened. */
static void test_sockets(void **state)
{
	(void)state;
	static const char *const switches[] = {"4", "0", "1", "14"};
	char root[] = "/tmp/test_keys_XXXXXX";
	struct headset headset;
	assert_non_null(mkdtemp(root));
	run("mkdir -p %s/dev/input", root);
	for (size_t i = 0; i < sizeof(switches) / sizeof(*switches); i++) {
		run("mkdir -p %s/sys/class/input/event%zu/device/capabilities", root, i);
		run("echo %s >%s/sys/class/input/event%zu/device/capabilities/sw && : >%s/dev/input/event%zu",
		    switches[i], root, i, root, i);
	}
	headset_init(&headset, root, HEADSET_JACK);
	assert_int_equal(headset.jack_count, 2);
	assert_false(headset_look(&headset)); /* a file is no socket with a plug in it */
	headset_renew(&headset);
	assert_int_equal(headset.jack_count, 2);
	headset_finish(&headset);
	headset_init(&headset, root, HEADSET_USB);
	assert_int_equal(headset.jack_count, 0);
	headset_finish(&headset);
	run("rm -rf %s", root);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_meanings),
		cmocka_unit_test(test_a_usb_card_is_a_headset),
		cmocka_unit_test(test_sockets),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
