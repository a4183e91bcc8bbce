/* The sub-commands: what the kiosk knows and does, without a display. The texts are English, for administrators; --json
 * is for programs. Each function returns the exit status of the program and reports errors on standard error. */
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
int cli_backup(struct program *program);
int cli_report(struct program *program);

#endif
