/* What the voice says about a tree, in the language that i18n speaks: the view as a whole, and the widget with the
 * focus with its role and state. Texts only; results live in the arena. Pure. */
#ifndef APP_LAYOUT_SAID_H
#define APP_LAYOUT_SAID_H

#include "app/base/arena.h"
#include "ui.h"

/* "Checka in: Nils S, Plats 5, klockan tio trettio till fjorton. Knapp, 1 av 2"; "" when there is no such widget. */
const char *said_widget(struct arena *arena, const struct ui *ui, int index);

/* The name of the view and what it says beside its buttons; of the home screen the date, the time and what is free. */
const char *said_view(struct arena *arena, const struct ui *ui);

/* Everything that stands in the view, its buttons included, in the order of the focus. */
const char *said_all(struct arena *arena, const struct ui *ui);

/* The letters of the name that the widget says, or of its first words. */
const char *said_letters(struct arena *arena, const struct ui *ui, int index);

#endif
