/* The least that a program with a window can do: open it, show one colour, say so, and wait for its end. As programs
 * usually do it, through SDL's renderer; with the argument "lean" through the window's own pixels. */
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <SDL.h>
#include <systemd/sd-daemon.h>

static bool show_usual(SDL_Window *window)
{
	SDL_Renderer *renderer = SDL_CreateRenderer(window, -1, 0);
	if (!renderer || SDL_SetRenderDrawColor(renderer, 0xF3, 0xF0, 0xE8, 0xFF) != 0 ||
	    SDL_RenderClear(renderer) != 0) {
		return false;
	}
	SDL_RenderPresent(renderer);
	return true;
}

static bool show_lean(SDL_Window *window)
{
	SDL_Surface *surface = SDL_GetWindowSurface(window);
	return surface && SDL_FillRect(surface, NULL, 0xF3F0E8) == 0 && SDL_UpdateWindowSurface(window) == 0;
}

int main(int argc, char **argv)
{
	bool is_lean = argc > 1 && strcmp(argv[1], "lean") == 0;
	sigset_t end;
	int heard;
	sigemptyset(&end);
	sigaddset(&end, SIGTERM);
	sigprocmask(SIG_BLOCK, &end, NULL);
	SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
	if (is_lean) {
		SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
	}
	if (SDL_Init(SDL_INIT_VIDEO) != 0) {
		return EXIT_FAILURE;
	}
	SDL_Window *window = SDL_CreateWindow("bare", 0, 0, 1920, 1080, 0);
	if (!window || !(is_lean ? show_lean(window) : show_usual(window))) {
		return EXIT_FAILURE;
	}
	sd_notify(0, "READY=1");
	sigwait(&end, &heard);
	return EXIT_SUCCESS;
}
