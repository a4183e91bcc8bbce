/* The screens that are kept as goldens: what is shown, and on which screen. */
#ifndef TESTS_GOLDEN_CASES_H
#define TESTS_GOLDEN_CASES_H

#include "tests/app/layout/fixture.h"

struct golden_case {
	const char *name;
	struct fixture fixture;
	int width_px, height_px;
	int text_percent; /* 0: 100 */
	bool high_contrast, low_reach;
	double diagonal_in, distance_m; /* 0: a 24" screen at 0.6 m */
};

extern const struct golden_case golden_cases[];
extern const size_t golden_case_count;

#endif
