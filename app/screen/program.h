/* What every command needs and finds in the same way: the configuration, the clock, the folders. Made in main, lives
 * until the program ends. */
#ifndef APP_SCREEN_PROGRAM_H
#define APP_SCREEN_PROGRAM_H

#include "ical/err.h"
#include "app/base/clock.h"
#include "app/config/config.h"
#include "app/config/options.h"
#include "app/config/region.h"
#include "app/sync/sync.h"

struct program {
	struct options options;
	char *config_file;
	struct config *config;
	struct region *region; /* NULL: no table */
	struct clock clock;
	char *state;  /* folder of the databases */
	char *reader; /* icsread */
	char *share;  /* folder of icons, translations, … */
};

/* False: *out_exit is what the program should end with, and err says why. Finish it also then. */
bool program_init(struct program *program, const struct options *options, int *out_exit, struct err *err);
void program_finish(struct program *program);

/* The folder of the databases, made when it is missing. Not for commands that store nothing. A sub-command of root goes
 * on as the user whom the folder belongs to. */
bool program_need_state(struct program *program, struct err *err);

/* The rotation table; a table that cannot be read is logged, and the screen does without. */
void program_read_region(struct program *program);

/* Takes the configuration over and lets go of the one before, which may be the same, and of its table. Whoever
 * borrowed them must be gone. */
void program_use_config(struct program *program, struct config *config);

/* What the options change in a configuration: --mode and --lang. False: out of memory. */
bool program_override(const struct options *options, struct config *config);

/* `on_publish` may be NULL. NULL and a filled err on failure; the caller destroys the result before the program. */
struct sync *program_sync(struct program *program, void (*on_publish)(void *context), void *context, struct err *err);

#endif
