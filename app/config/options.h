/* The command line: which command to run, and how. Strings point into argv. */
#ifndef APP_CONFIG_OPTIONS_H
#define APP_CONFIG_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "ical/err.h"
#include "config.h"
#include "view_kind.h"

enum run {
	RUN_KIOSK,
	RUN_CHECK_CONFIG,
	RUN_HELP,
	RUN_VERSION,
	RUN_SYNC,
	RUN_AGENDA,
	RUN_STATUS,
	RUN_CHECKINS,
	RUN_CHECK_IN,
	RUN_CHECK_OUT,
	RUN_PRIVACY_AUDIT,
	RUN_DOCTOR,
	RUN_METRICS,
	RUN_BACKUP,
	RUN_SETUP,
	RUN_REPORT,
	RUN_PRIVACY_RECORD,
	RUN_PRIVACY_EXTRACT,
	RUN_PRIVACY_LOG
};

enum output { OUTPUT_TEXT, OUTPUT_JSON, OUTPUT_CSV, OUTPUT_BRIEF, OUTPUT_HTML };

struct options {
	enum run run;
	const char *config;   /* NULL: the default */
	const char *state;    /* NULL: the default */
	const char *language; /* NULL: as configured */
	bool has_mode;
	enum config_mode mode;
	bool has_now;
	int64_t now_local_s;                   /* in the office's zone */
	int window_width_px, window_height_px; /* 0: full screen */
	bool has_view;
	enum view_kind view; /* VIEW_HOME unless asked for */
	const char *view_id; /* "" none */
	int text_percent;    /* 100, 130 or 160 */
	bool high_contrast, low_reach;
	const char *screenshot; /* NULL: none */
	bool dump_ui;
	const char *speech_log; /* NULL: none */
	bool has_from;
	int32_t from_day;
	int days;
	enum output output;
	const char *metrics_file; /* NULL: standard output */
	const char *argument;     /* the place of checkin and checkout, the file of backup, a name */
	const char *canary;       /* of privacy-audit; NULL: not given */
	/* of setup; NULL: not given */
	const char *answers, *preview, *root;
	bool seal, no_start;
};

enum { EXIT_USAGE = 2, EXIT_CONFIG = 78 /* EX_CONFIG of sysexits.h */ };

/* Returns false and fills err at the first mistake; the program then exits with EXIT_USAGE. Call it once in a process,
 * because getopt has state. */
bool options_parse(int argc, char **argv, struct options *out_options, struct err *err);

const char *options_help(void);

#endif
