/* See scene.h. */
#include "scene.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/i18n.h"

#ifndef SCENE_LOCALE_DIR
#define SCENE_LOCALE_DIR KIOSK_LOCALE_DIR
#endif

#define DAY "2026-11-23T"

static void must(bool holds)
{
	if (!holds) {
		abort();
	}
}
static void book_the_picture(struct world *world)
{
	static const struct {
		const char *place, *from, *to, *name, *checked_in;
	} day[] = {
		{"K", "08:00", "09:30", "Personalchefsgruppen", ""},
		{"K", "10:00", "12:00", "KC-gruppen, beredning", ""},
		{"K", "13:00", "14:30", "Digitaliseringsgruppen", ""},
		{"K", "15:00", "16:00", "Avstämning Visit Umeå", ""},
		{"1", "08:00", "12:00", "Åsa L.", "08:01"},
		{"2", "08:30", "16:30", "Örjan Ö.", "08:40"},
		{"3", "09:00", "10:00", "Per P.", ""},
		{"3", "13:00", "17:00", "Märta N.", ""},
		{"5", "10:30", "15:00", "Nils S.", ""},
		{"6", "07:30", "09:30", "Sara H.", "07:35"},
		{"6", "12:00", "16:00", "Elin W.", ""},
		{"7", "08:00", "17:00", "Ingrid N.", "08:00"},
		{"8", "11:00", "12:30", "Jonas Å.", ""},
	};
	for (size_t i = 0; i < sizeof(day) / sizeof(day[0]); i++) {
		char from[32], to[32], at[32], uid[16];
		snprintf(from, sizeof(from), DAY "%s", day[i].from);
		snprintf(to, sizeof(to), DAY "%s", day[i].to);
		world_book(world, day[i].place, from, to, day[i].name);
		if (day[i].checked_in[0]) {
			snprintf(at, sizeof(at), DAY "%s", day[i].checked_in);
			snprintf(uid, sizeof(uid), "u%zu", i + 1);
			world_now(world, at);
			must(world_check_in(world, uid, "") == OFFICE_ALLOWED);
		}
	}
	world_add(world, WORLD_COUNCIL, "kc", "2026-12-04T13:00", "2026-12-04T15:00", "KC-gruppen",
		  "Microsoft Teams-möte");
	world_add(world, WORLD_COUNCIL, "council", "2026-11-27T09:00", "2026-11-27T12:00", "Umeåregionrådet", "Vännäs");
	world_now(world, DAY "10:42");
}

struct scene scene_begin(const char *language)
{
	i18n_init(SCENE_LOCALE_DIR, &(struct err){""});
	i18n_set_language(language);
	struct err err;
	struct scene scene = {.world = world_create(), .mono_ms = SCENE_MONO_MS};
	scene.region = region_read(KIOSK_SOURCE_DIR "/assets/region.conf", &err);
	must(scene.region != NULL);
	visit_init(&scene.visit, &scene.world->config, SCENE_MONO_MS);
	snprintf(scene.visit.language, sizeof(scene.visit.language), "%s", language);
	return scene;
}

struct scene scene_of_picture(const char *language)
{
	struct scene scene = scene_begin(language);
	book_the_picture(scene.world);
	return scene;
}

const struct model *scene_look(struct scene *scene)
{
	struct model_time time = {scene->world->now_utc, scene->mono_ms, scene->world->is_trusted};
	model_destroy(scene->model);
	scene->model =
		model_create(&scene->world->config, scene->region, &scene->world->snapshot, &scene->visit, &time);
	must(scene->model != NULL);
	return scene->model;
}

const struct model *scene_look_at(struct scene *scene, enum view_kind view, const char *id)
{
	scene->visit.view = view;
	snprintf(scene->visit.id, sizeof(scene->visit.id), "%s", id);
	scene->visit.choice = 1;
	return scene_look(scene);
}

void scene_end(struct scene *scene)
{
	model_destroy(scene->model);
	region_destroy(scene->region);
	world_destroy(scene->world);
}

const struct model_row *scene_row(const struct model *model, const char *id)
{
	for (size_t i = 0; i < model->row_count; i++) {
		if (strcmp(model->rows[i].id, id) == 0) {
			return &model->rows[i];
		}
	}
	fprintf(stderr, "no row %s\n", id);
	must(false);
	return NULL;
}
