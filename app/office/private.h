/* Shared by the files of office only. */
#ifndef APP_OFFICE_PRIVATE_H
#define APP_OFFICE_PRIVATE_H

#include "app/base/arena.h"
#include "office.h"
#include "stay_private.h"

/* office_create_day, with one entry of the journal taken as undone; 0 none. */
struct office *office_create_trial(const struct office_input *input, int32_t day, int64_t also_undone);

/* Orders the bookings by place, tells overlaps, and finds what each place is now. */
void office_settle(struct office *office, const struct office_input *input);

const char *office_id(struct arena *arena, const char *uid, const char *recurrence_id);

#endif
