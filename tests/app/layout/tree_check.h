/* What holds for every tree that the layout makes, whatever it shows. */
#ifndef TESTS_APP_LAYOUT_TREE_CHECK_H
#define TESTS_APP_LAYOUT_TREE_CHECK_H

#include "app/layout/layout.h"

/* WCAG 2: 1 … 21. */
double contrast(uint32_t a, uint32_t b);

/* Prints every fault with `name` and returns how many there are. */
int tree_check(const struct ui *ui, const struct model *model, const struct layout_screen *screen, const char *name);

#endif
