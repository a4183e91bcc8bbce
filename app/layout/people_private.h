/* People who can check in: their tiles on the home screen and their rows in the list of everybody. */
#ifndef APP_LAYOUT_PEOPLE_PRIVATE_H
#define APP_LAYOUT_PEOPLE_PRIVATE_H

#include "parts_private.h"

struct person_look {
	uint32_t fill, border, name, where; /* name and where: the colours of the two lines */
	enum ui_icon icon;
	bool is_dashed;
};
struct person_look person_look_of(const struct plan *plan, const struct model_waiting *person);

struct people_form {
	struct font name, where, button;
	int gap, button_w;
	int least_w, least_h; /* of one person, without the button */
	int wish_h;           /* with the height of a main button */
	bool is_list;
};
struct people_form people_form(const struct plan *plan, bool is_list);
/* Puts one person; the whole box checks in. */
void person_put(struct plan *plan, int parent, const struct people_form *form, struct rect box,
		const struct model_waiting *person);
void late_heading_put(struct plan *plan, int parent, struct rect box);

#endif
