/* A recurrence rule (RFC 5545 section 3.3.10) read from text, and the local times that it generates.
 * Our own, because libical 3.0.16 reads COUNT modulo 2^32, ignores BYSETPOS on DAILY, refuses some legal rules and
 * can be made to run for hours. Here every rule is a filter over the days of one period at a time: work is bounded,
 * and a rule without COUNT starts at the window, however old the series is. */
#ifndef ICAL_RULE_H
#define ICAL_RULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "icstime.h"

enum rule_freq { RULE_SECONDLY, RULE_MINUTELY, RULE_HOURLY, RULE_DAILY, RULE_WEEKLY, RULE_MONTHLY, RULE_YEARLY };

/* RFC 7529: what becomes of a date that a month or year does not have. */
enum rule_skip { RULE_SKIP_OMIT, RULE_SKIP_BACKWARD, RULE_SKIP_FORWARD };

enum { RULE_ORDINAL_MAX = 366, RULE_ORDINAL_WORDS = RULE_ORDINAL_MAX / 64 + 1 };

/* A set of ordinals 1..366, or -1..-366 counted from the end. */
struct rule_ordinals {
	uint64_t forward[RULE_ORDINAL_WORDS];
	uint64_t backward[RULE_ORDINAL_WORDS];
	bool any;
};

struct rule {
	enum rule_freq freq;
	int64_t interval;
	int64_t count; /* 0: no COUNT */
	bool has_until;
	struct ics_time until;
	int week_start; /* 0 = Monday */
	enum rule_skip skip;

	/* Bit n stands for the value n; 0: the part is not given. */
	uint64_t seconds, minutes;
	uint32_t hours, months;
	uint32_t weekdays;                                  /* BYDAY without a number; bit 0 = Monday */
	uint64_t nth_weekdays[7], nth_weekdays_from_end[7]; /* BYDAY with a number, bit n = the n-th */
	bool any_nth_weekday;
	struct rule_ordinals month_days, year_days, weeks, positions;
};

/* False: not a rule that anybody could follow. */
bool rule_parse(const char *text, size_t length, struct rule *out_rule);

enum rule_end {
	RULE_DONE,    /* nothing more up to the end of the window */
	RULE_STOPPED, /* on_time returned false */
	RULE_TOO_MUCH_WORK
};

struct rule_query {
	int64_t start_s; /* DTSTART, local */
	bool is_date;
	bool only_generated;  /* DTSTART belongs to the set only where the rule gives it, as in an EXRULE */
	int64_t from_s, to_s; /* the local times of interest: [from, to) */
	int64_t *steps_left;  /* is counted down */
};

/* Calls on_time for each local time of the set in [from, to), ascending. DTSTART is the first of the set and counts
 * for COUNT even where the rule does not generate it. UNTIL is the caller's affair: it may need a zone. */
enum rule_end rule_expand(const struct rule *rule, const struct rule_query *query,
			  bool (*on_time)(void *context, int64_t local_s), void *context);

#endif
