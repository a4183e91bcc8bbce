/* Questions on a plain terminal, in Swedish or English. Both texts stand where they are used: they are for whoever sets
 * the kiosk up, not for visitors, so they are not in the catalogues of the screen. */
#ifndef APP_SETUP_DIALOG_H
#define APP_SETUP_DIALOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct dialog {
	int in;
	FILE *out;
	bool is_swedish;
	bool has_ended; /* by the end of input, or Ctrl-C: nothing is asked any more */
	size_t asked;   /* questions so far */
	char *rest;     /* what was read behind the last line */
	size_t rest_length;
};

/* Ctrl-C ends a question from now on instead of the program. */
void dialog_init(struct dialog *dialog, int in, FILE *out, bool is_swedish);
void dialog_finish(struct dialog *dialog);

/* Returns the text in the language of the dialog. */
const char *dialog_pick(const struct dialog *dialog, const char *english, const char *swedish)
	__attribute__((format_arg(2), format_arg(3)));

/* Prints a line. */
void dialog_say(struct dialog *dialog, const char *english, const char *swedish, ...)
	__attribute__((format(printf, 2, 4), format(printf, 3, 4)));

/* These ask a question and return false when the dialog has ended. `before` is what Enter answers; NULL: "". A hyphen
 * answers "". The caller frees *out, which is trimmed and stays untouched on failure. */
bool dialog_ask(struct dialog *dialog, const char *before, char **out, const char *english, const char *swedish, ...)
	__attribute__((format(printf, 4, 6), format(printf, 5, 6)));
/* The same for a secret, which the terminal does not show. */
bool dialog_ask_secret(struct dialog *dialog, char **out, const char *english, const char *swedish);
bool dialog_agrees(struct dialog *dialog, bool before, bool *out, const char *english, const char *swedish, ...)
	__attribute__((format(printf, 4, 6), format(printf, 5, 6)));

#endif
