/* What the files of the office share. */
#ifndef APP_OFFICE_PRIVATE_H
#define APP_OFFICE_PRIVATE_H

#include "app/base/arena.h"
#include "office.h"
#include "stay_private.h"

/* Like office_create_day, with one entry of the journal, which its token names, treated as undone; "" none. */
struct office *office_create_trial(const struct office_input *input, int32_t day, const char *also_undone);

/* Orders the bookings by place, marks overlaps, and computes the state of each place. */
void office_settle(struct office *office, const struct office_input *input);

/* closure.c: fills in when the office is closed, and the notices. Returns false when memory ran out. */
bool closure_settle(struct office *office, const struct office_input *input);

/* Records an instant at which the office changes, unless it is past. */
void office_changes_at(struct office *office, int64_t utc);

/* Returns from when a check-in may claim its place: a person who comes early waits for the booking before. */
int64_t office_claim_start(const struct office_booking *booking);

int64_t office_at_minute(const struct config *config, int32_t day, int minute); /* of the civil day */

const char *office_id(struct arena *arena, const char *uid, const char *recurrence_id);

#endif
