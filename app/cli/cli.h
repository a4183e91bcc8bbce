/* The sub-commands: what the kiosk knows and does, without a display. Texts are English, for administrators; --json is
 * for programs. Each returns the program's exit status; what went wrong is on standard error. */
#ifndef APP_CLI_CLI_H
#define APP_CLI_CLI_H

#include "app/screen/program.h"

int cli_run(struct program *program);

int cli_check_config(struct program *program);
int cli_sync(struct program *program);
int cli_agenda(struct program *program);
int cli_status(struct program *program);
int cli_checkins(struct program *program);
int cli_check_in(struct program *program);
int cli_check_out(struct program *program);
int cli_doctor(struct program *program);
int cli_metrics(struct program *program);

#endif
