/* What the parts of set-up share: the configuration as it will be, and the calendars of this run. */
#ifndef APP_SETUP_STATE_PRIVATE_H
#define APP_SETUP_STATE_PRIVATE_H

#include "app/config/config.h"
#include "app/config/edit.h"
#include "app/config/options.h"
#include "dialog.h"
#include "probe.h"
#include "propose.h"

/* A calendar that was given in this run. */
struct setup_feed {
	char *name;     /* of its section */
	char *address;  /* to be stored; NULL: it is a file, or is stored already */
	bool is_secret; /* the address is a credential's, so it does not stand in the configuration */
	struct probe probe;
	struct proposal *proposal; /* NULL: nothing could be read */
};

struct setup {
	const struct options *options;
	struct dialog dialog;
	struct config_edit *edit; /* the configuration as it will be */
	char *root;               /* "" or the folder below which everything is written */
	char *file;               /* the configuration; so are the next ones */
	char *draft;
	bool is_drafted; /* the answers so far are in it */
	bool is_warned;  /* it has been said that they could not be written */
	char *before;    /* the file's text; "" when there is none */
	char *scratch;   /* a folder in memory, for what must have a name */
	char *reader;
	char *ca_file; /* the last one that was given; NULL: none */
	int32_t today;
	struct setup_feed *feeds;
	size_t feed_count;
	size_t failed; /* calendars that could not be read */
	bool is_full;  /* there were more places than a kiosk can have */
};

/* state.c */
bool setup_open(struct setup *setup, const struct options *options, struct err *err);
void setup_close(struct setup *setup);
/* A path as the configuration means it, from the configuration's folder on. The caller frees it; NULL: no memory. */
char *setup_absolute(const struct setup *setup, const char *path);
/* Reads the configuration as it will be. Returns NULL and fills err, without a file's name, when it would be wrong. */
struct config *setup_read(struct setup *setup, struct err *err);
/* Keeps all answers, with the addresses, in a file that only its owner may read. The first failure is shown. */
void setup_save_draft(struct setup *setup);
/* Makes the folder of a file, with that mode, and those above it. */
bool setup_make_folders(const char *file, unsigned int mode, struct err *err);
bool setup_write_file(const char *path, const char *text, unsigned int mode, const char *group, struct err *err);
char *setup_slurp(const char *path); /* NULL and errno: it cannot be read */
/* The section's number, which is added when it is missing; title NULL: any. */
size_t setup_section(struct setup *setup, const char *section, const char *title);
struct setup_feed *setup_feed_of(const struct setup *setup, const char *name); /* NULL: not of this run */
struct setup_feed *setup_add_feed(struct setup *setup, const char *name);      /* NULL: out of memory */
void setup_forget_feed(struct setup *setup, const char *name); /* as one of this run; its section stays */
void setup_drop_feed(struct setup *setup, const char *name);   /* with its section and its places */

/* settings.c: one value, checked when it is given */
bool setup_ask_setting(struct setup *setup, const char *section, size_t index, const char *key);
bool setup_more_settings(struct setup *setup);
bool setup_ask_office(struct setup *setup);
/* Tries the sharing, if there is one, and shows whether it works. */
void setup_try_sharing(struct setup *setup, FILE *out);

/* calendars.c */
bool setup_ask_calendars(struct setup *setup);
/* Fetches a calendar that has a section, and learns from it. */
bool setup_try_feed(struct setup *setup, struct setup_feed *feed);
/* Returns a name of plain letters for the file with the address, which no other feed has. The caller frees it. */
char *setup_choose_credential(const struct setup *setup, const char *name, size_t index);
void setup_tell_failure(struct setup *setup, const struct setup_feed *feed, FILE *out);
void setup_tell_found(struct setup *setup, const struct setup_feed *feed);
const char *setup_kind_name(const struct setup *setup, enum feed_kind kind);

/* reach.c: what a calendar's server may want */
/* These return false when the dialog has ended. *out_retry: something was given, with which it may succeed. */
bool setup_ask_ca_file(struct setup *setup, struct setup_feed *feed, bool *out_retry);
bool setup_ask_agent(struct setup *setup, struct setup_feed *feed, bool *out_retry);
/* Puts a user and a password into the address of a calendar on a CalDAV server, unless they stand there. */
bool setup_ask_login(struct setup *setup, char **address);
/* Writes the address into the feed's section, without user and password; NULL: it is no such calendar. */
bool setup_set_collection(struct setup *setup, size_t index, const char *address);

/* learn.c: fetches calendars of the configuration that had nothing to learn from when they were given */
void setup_learn_again(struct setup *setup);

/* places.c */
/* Numbered desks are added by setup_ask_places when that is to come. */
bool setup_take_proposal(struct setup *setup, struct setup_feed *feed, bool is_asked);
/* Adds a place unless the feed has it. match NULL: all bookings of the feed. */
bool setup_add_place(struct setup *setup, const char *feed, const char *name, const char *match, bool is_room);
bool setup_add_counted(struct setup *setup, const char *feed, const char *text); /* "Kontorsplats 1-8" */
size_t setup_count_places(const struct setup *setup, const char *feed);

/* singles.c */
bool setup_ask_places(struct setup *setup, struct setup_feed *feed);
/* Names the places of several calendars of one place each with one question. */
bool setup_ask_singles(struct setup *setup);

/* review.c */
bool setup_review(struct setup *setup);

/* finish.c */
int setup_finish(struct setup *setup, bool is_asked);

/* install.c */
bool setup_install(struct setup *setup, bool *out_changed, struct err *err);
void setup_start(struct setup *setup);

/* preview.c */
bool setup_preview(struct setup *setup, const char *picture, struct err *err);

/* answers.c */
int setup_answers(struct setup *setup);

/* diff.c: prints the difference of two texts as `diff -u` does, without values of `url`. */
void setup_print_diff(FILE *out, const char *name, const char *before, const char *after);

#endif
