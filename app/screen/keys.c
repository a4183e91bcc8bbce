/* See keys.h. Keypads such as Storm's NavPad or AudioNav can be set to send arrows, function keys or media keys. */
#include "keys.h"

#include <SDL.h>

enum key keys_meaning(const SDL_KeyboardEvent *event)
{
	static const struct {
		SDL_Keycode sym;
		enum key key;
	} keys[] = {{SDLK_RIGHT, KEY_NEXT},
		    {SDLK_LEFT, KEY_PREVIOUS},
		    {SDLK_AUDIONEXT, KEY_NEXT},
		    {SDLK_AUDIOPREV, KEY_PREVIOUS},
		    {SDLK_RETURN, KEY_SELECT},
		    {SDLK_KP_ENTER, KEY_SELECT},
		    {SDLK_SPACE, KEY_SELECT},
		    {SDLK_SELECT, KEY_SELECT},
		    {SDLK_ESCAPE, KEY_BACK},
		    {SDLK_BACKSPACE, KEY_BACK},
		    {SDLK_AC_BACK, KEY_BACK},
		    {SDLK_UP, KEY_LOUDER},
		    {SDLK_DOWN, KEY_QUIETER},
		    {SDLK_VOLUMEUP, KEY_LOUDER},
		    {SDLK_VOLUMEDOWN, KEY_QUIETER},
		    {SDLK_F1, KEY_HELP},
		    {SDLK_HELP, KEY_HELP},
		    {SDLK_F2, KEY_REPEAT},
		    {SDLK_F3, KEY_PAUSE},
		    {SDLK_AUDIOPLAY, KEY_PAUSE},
		    {SDLK_F4, KEY_SPELL},
		    {SDLK_F5, KEY_ALL},
		    {SDLK_F6, KEY_MORE_TIME},
		    {SDLK_F7, KEY_VOLUME},
		    {SDLK_F8, KEY_DARK},
		    {SDLK_F9, KEY_SPEECH},
		    {SDLK_AUDIOMUTE, KEY_SPEECH}};
	if (event->keysym.mod & (KMOD_ALT | KMOD_CTRL | KMOD_GUI)) {
		return KEY_OTHER; /* these keys belong to the system */
	}
	if (event->keysym.sym == SDLK_TAB) {
		return event->keysym.mod & KMOD_SHIFT ? KEY_PREVIOUS : KEY_NEXT;
	}
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (keys[i].sym == event->keysym.sym) {
			return keys[i].key;
		}
	}
	return KEY_OTHER;
}

bool keys_rewrite(SDL_KeyboardEvent *event, enum key key)
{
	switch (key) {
	case KEY_NEXT:
	case KEY_PREVIOUS:
		event->keysym.sym = SDLK_TAB;
		event->keysym.mod = key == KEY_PREVIOUS ? KMOD_LSHIFT : KMOD_NONE;
		return true;
	case KEY_SELECT:
		event->keysym.sym = SDLK_RETURN;
		return true;
	case KEY_BACK:
		event->keysym.sym = SDLK_ESCAPE;
		return true;
	default:
		return key == KEY_OTHER;
	}
}
