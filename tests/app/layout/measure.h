/* What the tests of the layout measure text with: the table in the fixture, or the fonts of the program. */
#ifndef TESTS_APP_LAYOUT_MEASURE_H
#define TESTS_APP_LAYOUT_MEASURE_H

#include "app/layout/ui.h"

/* NULL when there are no fonts. */
const struct measure *measure_get(void);
void measure_free(void);

#endif
