/* A request to the worker to write into the journal, made by a tap on the screen or by a sub-command. Plain data. */
#ifndef APP_OFFICE_COMMAND_H
#define APP_OFFICE_COMMAND_H

#include <stdbool.h>
#include <stdint.h>

#include "app/base/limits.h"

enum command_kind { COMMAND_NONE, COMMAND_CHECK_IN, COMMAND_DROP_IN, COMMAND_CHECK_OUT, COMMAND_EXTEND, COMMAND_UNDO };

struct command {
	enum command_kind kind;
	uint64_t number;          /* ascending within a run; the result in the snapshot carries it */
	char id[VISIT_ID_MAX];    /* booking, or "dropin:PLACE"; "" none */
	char place[VISIT_ID_MAX]; /* "" the booking's own */
	int64_t until_utc;        /* drop-in, extend */
	bool is_anyway;           /* the visitor has seen what is unknown about the place, and takes it all the same */
	int64_t entry;            /* undo: the journal entry */
	bool is_slow;             /* undo: the visitor listens, which takes longer than to read */
};

#endif
