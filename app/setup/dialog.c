/* See dialog.h. Lines are read without stdio: a signal must end a question at once, and what was typed ahead must not
 * be lost when the terminal's echo is switched. */
#include "dialog.h"

#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "app/base/limits.h"
#include "ical/utf8.h"

static volatile sig_atomic_t interrupted;

static void on_interrupt(int signal)
{
	(void)signal;
	interrupted = 1;
}

void dialog_init(struct dialog *dialog, int in, FILE *out, bool is_swedish)
{
	*dialog = (struct dialog){.in = in, .out = out, .is_swedish = is_swedish};
	interrupted = 0;
	struct sigaction action = {.sa_handler = on_interrupt}; /* without SA_RESTART, so that read() returns */
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGHUP, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
}

void dialog_finish(struct dialog *dialog)
{
	free(dialog->rest);
	dialog->rest = NULL;
}

const char *dialog_pick(const struct dialog *dialog, const char *english, const char *swedish)
{
	return dialog->is_swedish ? swedish : english;
}

void dialog_say(struct dialog *dialog, const char *english, const char *swedish, ...)
{
	va_list args;
	va_start(args, swedish);
	vfprintf(dialog->out, dialog_pick(dialog, english, swedish), args);
	va_end(args);
	fputc('\n', dialog->out);
	fflush(dialog->out);
}

/* Reads more behind what is there. Returns false at the end of input, and when a signal came. */
static bool read_more(struct dialog *dialog)
{
	char *rest = realloc(dialog->rest, dialog->rest_length + SETUP_LINE_MAX + 1);
	if (!rest) {
		return false;
	}
	dialog->rest = rest;
	if (interrupted) {
		return false;
	}
	ssize_t length = read(dialog->in, rest + dialog->rest_length, SETUP_LINE_MAX);
	if (length <= 0) {
		return false;
	}
	dialog->rest_length += (size_t)length;
	return true;
}

/* Takes the first line out of what was read. Returns NULL when there is none yet. */
static char *cut_line(struct dialog *dialog, bool is_end)
{
	char *end = dialog->rest ? memchr(dialog->rest, '\n', dialog->rest_length) : NULL;
	if (!end && !(is_end && dialog->rest_length > 0)) {
		return NULL;
	}
	size_t length = end ? (size_t)(end - dialog->rest) : dialog->rest_length;
	size_t used = length + (end != NULL);
	char *line = strndup(dialog->rest, length);
	memmove(dialog->rest, dialog->rest + used, dialog->rest_length - used);
	dialog->rest_length -= used;
	return line;
}

/* Removes what a terminal puts around a paste, and what nobody sees. */
static void clean_line(char *line)
{
	static const char *const pastes[] = {"\x1b[200~", "\x1b[201~"};
	for (size_t i = 0; i < sizeof(pastes) / sizeof(*pastes); i++) {
		for (char *at = strstr(line, pastes[i]); at; at = strstr(at, pastes[i])) {
			memmove(at, at + strlen(pastes[i]), strlen(at + strlen(pastes[i])) + 1);
		}
	}
	size_t length = strlen(line), used = 0;
	for (size_t at = 0; at < length;) {
		size_t from = at;
		int32_t code = utf8_next(line, length, &at);
		bool is_space = code >= 0 && utf8_is_space(code);
		if (is_space) {
			line[used++] = ' ';
		} else if (code >= 0 && !utf8_is_unwanted(code)) {
			memmove(line + used, line + from, at - from);
			used += at - from;
		}
	}
	while (used > 0 && line[used - 1] == ' ') {
		used--;
	}
	line[used] = '\0';
	size_t blanks = strspn(line, " ");
	memmove(line, line + blanks, strlen(line + blanks) + 1);
}

static char *read_line(struct dialog *dialog)
{
	char *line = cut_line(dialog, false);
	while (!line && !dialog->has_ended) {
		dialog->has_ended = !read_more(dialog);
		line = cut_line(dialog, dialog->has_ended && !interrupted);
	}
	if (line) {
		clean_line(line);
	}
	return line;
}

/* Returns the line, with Enter as `before` and a hyphen as nothing. */
static bool take_answer(struct dialog *dialog, const char *before, char **out)
{
	char *line = dialog->has_ended ? NULL : read_line(dialog);
	dialog->asked++;
	if (!line) {
		dialog->has_ended = true;
		fputc('\n', dialog->out);
		fflush(dialog->out);
		return false;
	}
	const char *answer = !line[0] ? (before ? before : "") : strcmp(line, "-") == 0 ? "" : line;
	*out = strdup(answer);
	free(line);
	return *out != NULL;
}

bool dialog_ask(struct dialog *dialog, const char *before, char **out, const char *english, const char *swedish, ...)
{
	va_list args;
	va_start(args, swedish);
	vfprintf(dialog->out, dialog_pick(dialog, english, swedish), args);
	va_end(args);
	if (before && before[0]) {
		fprintf(dialog->out, " [%s]", before);
	}
	fputs(": ", dialog->out);
	fflush(dialog->out);
	return take_answer(dialog, before, out);
}

bool dialog_ask_secret(struct dialog *dialog, char **out, const char *english, const char *swedish)
{
	struct termios shown, hidden;
	bool is_terminal = tcgetattr(dialog->in, &shown) == 0;
	if (is_terminal) { /* before the question, which somebody may answer at once */
		hidden = shown;
		hidden.c_lflag &= ~(tcflag_t)ECHO;
		tcsetattr(dialog->in, TCSANOW, &hidden); /* not TCSAFLUSH, which drops what was typed ahead */
	}
	fprintf(dialog->out, "%s: ", dialog_pick(dialog, english, swedish));
	fflush(dialog->out);
	bool ok = take_answer(dialog, NULL, out);
	if (is_terminal) {
		tcsetattr(dialog->in, TCSANOW, &shown);
		fputc('\n', dialog->out);
		fflush(dialog->out);
	}
	return ok;
}

bool dialog_agrees(struct dialog *dialog, bool before, bool *out, const char *english, const char *swedish, ...)
{
	char question[512];
	va_list args;
	va_start(args, swedish);
	vsnprintf(question, sizeof(question), dialog_pick(dialog, english, swedish), args);
	va_end(args);
	for (;;) {
		char *answer = NULL;
		if (!dialog_ask(dialog, before ? dialog_pick(dialog, "yes", "ja") : dialog_pick(dialog, "no", "nej"),
				&answer, "%s", "%s", question)) {
			return false;
		}
		bool is_yes = strchr("jJyY", answer[0]) && answer[0], is_no = strchr("nN", answer[0]) != NULL;
		free(answer);
		if (is_yes || is_no) {
			*out = is_yes;
			return true;
		}
		dialog_say(dialog, "  Answer yes or no.", "  Svara ja eller nej.");
	}
}
