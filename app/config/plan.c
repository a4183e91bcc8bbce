/* See plan_private.h. */
#include "plan_private.h"

#include <stdlib.h>
#include <string.h>

#include "app/base/limits.h"
#include "svg.h"

/* Reads points up to the end of the value. Returns false when something else stands there, or more of them. */
static bool points_read(const char *text, struct floorplan_point *points, size_t max, size_t *out_count)
{
	struct svg_span rest = {text, strlen(text)};
	size_t count = 0;
	while (rest.length > 0) {
		struct floorplan_point point;
		if (count == max || !svg_number(&rest, &point.x) || !svg_number(&rest, &point.y)) {
			return false;
		}
		points[count++] = point;
	}
	*out_count = count;
	return count > 0;
}

bool config_take_point(const struct taker *taker, const char *key, struct config_spot *spot)
{
	const struct config_value *value = config_file_value(taker->source, taker->section, taker->index, key);
	size_t count = 0;
	if (!value) {
		return true;
	}
	spot->is_known = points_read(value->text, &spot->at, 1, &count);
	return spot->is_known || tell_key(taker, key, "\"%.*s\" is no point of the plan; write \"412,230\"",
					  (int)CONFIG_SHOWN_MAX, value->text);
}

bool config_take_way(const struct taker *taker, const char *key, struct config_spot *spot)
{
	const struct config_value *value = config_file_value(taker->source, taker->section, taker->index, key);
	struct floorplan_point points[FLOORPLAN_WAY_MAX];
	size_t count = 0;
	if (!value) {
		return true;
	}
	if (!points_read(value->text, points, FLOORPLAN_WAY_MAX, &count)) {
		return tell_key(taker, key, "is not 1 to %d points of the plan; write \"620,440 520,400\"",
				FLOORPLAN_WAY_MAX);
	}
	spot->way = malloc(count * sizeof(*spot->way));
	if (!spot->way) {
		return tell_key(taker, key, "out of memory");
	}
	memcpy(spot->way, points, count * sizeof(*spot->way));
	spot->way_count = count;
	return true;
}

static void note_mistake(struct config *config, const char *text)
{
	if (!config->plan_mistake) {
		config->plan_mistake = strdup(text);
	}
}

/* The key comes before what was found in the drawing. A point beside the plan counts as none, and is reported. */
static void spot_place(const struct taker *taker, struct config *config, const char *key, struct config_spot *spot,
		       const struct floorplan_spot *found)
{
	const struct floorplan *floorplan = config->floorplan;
	if (!spot->is_known) {
		spot->is_known = found && found->is_known;
		spot->at = found ? found->at : spot->at;
	} else if (!floorplan_place(floorplan, spot->at, &spot->at)) {
		struct err err;
		struct taker at = *taker;
		at.err = &err;
		spot->is_known = false;
		tell_key(&at, key, "the point lies outside the plan, which reaches from %g,%g to %g,%g",
			 floorplan->left, floorplan->top, floorplan->left + floorplan->width,
			 floorplan->top + floorplan->height);
		note_mistake(config, err.text);
	}
	for (size_t i = 0; i < spot->way_count; i++) {
		spot->way[i].x -= floorplan->left;
		spot->way[i].y -= floorplan->top;
	}
}

/* Returns the place that a section of the file describes; the places have been sorted since they were read. */
static struct config_place *place_at(struct taker *taker, struct config *config)
{
	const char *title = config_file_title(taker->source, "place", taker->index);
	struct config_place *place = NULL;
	for (size_t i = 0; title && i < config->place_count && !place; i++) {
		place = strcmp(config->places[i].id, title) == 0 ? &config->places[i] : NULL;
	}
	return place;
}

static void spots_place(struct taker *taker, struct config *config, const struct floorplan_spot *found)
{
	taker->section = "office";
	taker->index = 0;
	spot_place(taker, config, "you-are-here", &config->here, NULL);
	taker->section = "place";
	for (taker->index = 0; taker->index < config->place_count; taker->index++) {
		struct config_place *place = place_at(taker, config);
		size_t index = place ? (size_t)(place - config->places) : 0;
		if (place) {
			spot_place(taker, config, "at", &place->spot, &found[index]);
			spot_place(taker, config, "at", &config->english->places[index].spot, &found[index]);
		}
	}
}

bool config_read_plan(struct taker *taker, struct config *config)
{
	struct err reason = {""}, err = {""};
	struct floorplan_spot *found = NULL;
	if (!config->plan_file) {
		config_drop_plan(config, NULL);
		return true;
	}
	found = calloc(config->place_count + 1, sizeof(*found));
	if (!found) {
		return err_set(taker->err, "%s: out of memory", taker->file);
	}
	for (size_t i = 0; i < config->place_count; i++) {
		found[i].id = config->places[i].id;
	}
	config->floorplan = floorplan_read(config->plan_file, found, config->place_count, &reason);
	if (config->floorplan) {
		spots_place(taker, config, found);
	} else {
		struct taker at = *taker;
		at.section = "office";
		at.index = 0;
		at.err = &err;
		tell_key(&at, "plan", "%s", reason.text);
		config_drop_plan(config, &err);
	}
	free(found);
	return true;
}
