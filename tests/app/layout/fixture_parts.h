/* What the two halves of the fixture share. */
#ifndef TESTS_APP_LAYOUT_FIXTURE_PARTS_H
#define TESTS_APP_LAYOUT_FIXTURE_PARTS_H

#include "fixture.h"

extern const char fixture_long_name[];

const char *fixture_words(struct arena *arena, const struct fixture *fixture, const char *text);
const char *fixture_person(const struct fixture *fixture, const char *name);
struct action fixture_open(enum view_kind view, const char *id);
struct model_button fixture_button(const char *id, const char *text, enum button_style style, enum action_kind kind);
void fixture_sheet_add(struct arena *arena, const struct fixture *fixture, struct model *model);
void fixture_page_add(struct arena *arena, const struct fixture *fixture, struct model *model);
void fixture_map_add(struct arena *arena, const struct fixture *fixture, struct model *model);
void fixture_closed_add(struct arena *arena, const struct fixture *fixture, struct model *model);

#endif
