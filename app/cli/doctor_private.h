/* What the parts of doctor share. */
#ifndef APP_CLI_DOCTOR_PRIVATE_H
#define APP_CLI_DOCTOR_PRIVATE_H

#include "app/office/snapshot.h"
#include "app/screen/program.h"
#include "report.h"

struct doctor {
	struct program *program;
	struct report *report;
	struct snapshot *snapshot; /* NULL: the databases could not be opened */
};

/* Looks at the services, the display and the touch panel. */
void doctor_look_at_machine(struct doctor *doctor);

#endif
