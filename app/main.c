/* Reads the command line and runs the command that it names. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "app/cli/cli.h"
#include "app/screen/kiosk.h"
#include "app/base/log.h"
#include "app/config/options.h"
#include "app/screen/picture.h"
#include "app/screen/program.h"
#include "app/setup/setup.h"

static int run_program(struct program *program)
{
	const struct options *options = &program->options;
	if (options->run != RUN_KIOSK) {
		return cli_run(program);
	}
	if (options->screenshot || options->dump_ui) {
		return picture_run(program);
	}
	return kiosk_run(program);
}

/* Output that did not arrive is an error; otherwise a script would mistake half an answer for a whole one. */
static int finish_output(int status)
{
	if (fflush(stdout) == 0 && !ferror(stdout)) {
		return status;
	}
	log_line(LOG_LEVEL_ERROR, "standard output could not be written");
	return status ? status : EXIT_FAILURE;
}

/* Memory holds the addresses of the feeds, which are secrets, so it is never dumped and no process of the same user may
 * read it. The leak checker must be able to read it. */
static void keep_secrets(void)
{
#ifndef KIOSK_SANITIZED
	prctl(PR_SET_DUMPABLE, 0);
#endif
	setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
}

int main(int argc, char **argv)
{
	struct options options;
	struct program program;
	struct err err = {""};
	keep_secrets();
	if (!options_parse(argc, argv, &options, &err)) {
		log_line(LOG_LEVEL_ERROR, "%s", err.text);
		return EXIT_USAGE;
	}
	if (options.run == RUN_HELP || options.run == RUN_VERSION) {
		fputs(options.run == RUN_HELP ? options_help() : "satellitkiosk " KIOSK_VERSION "\n", stdout);
		return finish_output(EXIT_SUCCESS);
	}
	if (options.run == RUN_SETUP) { /* also when there is no configuration, or a wrong one */
		return finish_output(setup_run(&options));
	}
	int status = EXIT_FAILURE;
	if (program_init(&program, &options, &status, &err)) {
		status = run_program(&program);
	} else {
		log_line(LOG_LEVEL_ERROR, "%s", err.text);
	}
	program_finish(&program);
	return finish_output(status);
}
