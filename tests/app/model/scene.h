/* The office of the design pictures, or any other made-up one, as the screens would show it at one instant. */
#ifndef TESTS_APP_MODEL_SCENE_H
#define TESTS_APP_MODEL_SCENE_H

#include "app/model/model.h"
#include "tests/app/office/world.h"

enum { SCENE_MONO_MS = 5000 * 1000 };

struct scene {
	struct world *world;
	struct visit visit;
	struct region *region;
	struct model *model; /* the last look; NULL none */
	int64_t mono_ms;
};

struct scene scene_begin(const char *language);      /* nobody has booked anything */
struct scene scene_of_picture(const char *language); /* Monday 23 November 2026, 10:42 */
void scene_end(struct scene *scene);

/* The model as it is now; lives until the next look. */
const struct model *scene_look(struct scene *scene);
const struct model *scene_look_at(struct scene *scene, enum view_kind view, const char *id);

const struct model_row *scene_row(const struct model *model, const char *id); /* fails the test when there is none */

#endif
