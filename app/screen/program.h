/* What every command needs: the configuration, the clock, the folders. It is made in main and lives until the program
 * ends. */
#ifndef APP_SCREEN_PROGRAM_H
#define APP_SCREEN_PROGRAM_H

#include "ical/err.h"
#include "app/base/clock.h"
#include "app/config/config.h"
#include "app/config/options.h"
#include "app/config/region.h"
#include "app/layout/hyphens.h"
#include "app/sync/sync.h"
#include "app/draw/walls.h"

struct program {
	struct options options;
	char *config_file;
	struct config *config;
	struct region *region;           /* NULL: no table */
	struct hyphens *hyphens;         /* NULL: no word is parted */
	struct walls_painting *painting; /* of the floor plan, begun and not ended */
	struct walls *walls;             /* of the floor plan; NULL: there is none */
	struct clock clock;
	char *state;  /* folder of the databases */
	char *reader; /* icsread */
	char *share;  /* folder of icons, translations, … */
};

/* On failure returns false, sets *out_exit to the exit status and fills err. Call program_finish also then. */
bool program_init(struct program *program, const struct options *options, int *out_exit, struct err *err);
void program_finish(struct program *program);

/* Finds the folder of the databases and makes it when it is missing. Commands that store nothing do not call it. A
 * sub-command that root runs goes on as the user who owns the folder. */
bool program_need_state(struct program *program, struct err *err);

/* Reads the rotation table. When it cannot be read, that is logged and the screen does without it. */
void program_read_region(struct program *program);

/* Paints the floor plan. When that fails, it is logged and the screen does without it. Call it before the program has
 * other threads. */
void program_read_plan(struct program *program);
/* Begins the same while the program has no other threads; program_read_plan then ends it. */
void program_begin_plan(struct program *program);

/* Reads where words may be parted. When that cannot be read, it is logged and no word is parted. */
void program_read_hyphens(struct program *program);

/* Takes ownership of the configuration, and frees the previous one (which may be the same) and its table. Nothing may
 * borrow them any more. */
void program_use_config(struct program *program, struct config *config);

/* Applies --mode and --lang to a configuration. Returns false when memory ran out. */
bool program_override(const struct options *options, struct config *config);

/* Makes the worker; `on_publish` may be NULL. Returns NULL and fills err on failure. The caller destroys the result
 * before the program. */
struct sync *program_sync(struct program *program, void (*on_publish)(void *context), void *context, struct err *err);

#endif
