/* Look-ups in a configuration that was read, and freeing it. Pure, so that the rules can be tested without a file. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

static void finish_network(struct config_network *network)
{
	free(network->user_agent);
	free(network->proxy);
	free(network->proxy_credential);
}

static void finish_feed(struct config_feed *feed)
{
	free(feed->name);
	free(feed->url);
	free(feed->credential);
	free(feed->caldav);
	free(feed->path);
	free(feed->ca_file);
	finish_network(&feed->network);
	free(feed->body);
	free(feed->agenda_by);
	free(feed->person);
}

static void finish_share(struct config_share *share)
{
	free(share->name);
	free(share->url);
	free(share->path);
	free(share->credential);
	free(share->box);
	free(share->ca_file);
	finish_network(&share->network);
}

static void finish_place(struct config_place *place)
{
	free(place->id);
	free(place->name);
	free(place->title);
	free(place->feed);
	free(place->match);
	free(place->booking_page);
	free(place->equipment);
	free(place->where);
	free(place->spot.way);
}

static void finish_info(struct config_info *info)
{
	free(info->title);
	free(info->text);
	free(info->code);
	free(info->button);
}

void config_destroy(struct config *config)
{
	if (!config) {
		return;
	}
	for (size_t i = 0; i < config->feed_count; i++) {
		finish_feed(&config->feeds[i]);
	}
	for (size_t i = 0; i < config->place_count; i++) {
		finish_place(&config->places[i]);
	}
	for (size_t i = 0; i < config->info_count; i++) {
		finish_info(&config->infos[i]);
	}
	finish_share(&config->share);
	free(config->speech.device);
	finish_network(&config->network);
	free(config->infos);
	free(config->feeds);
	free(config->places);
	free(config->file);
	free(config->mistake);
	free(config->office);
	free(config->region);
	free(config->address);
	zone_destroy(config->zone);
	free(config->language);
	free(config->region_file);
	free(config->plan_file);
	free(config->plan_mistake);
	floorplan_destroy(config->floorplan);
	config_destroy(config->english);
	free(config);
}

/* What decides anything is never taken from the English form: options may have changed it since it was read. */
struct config config_in_language(const struct config *config, const char *language)
{
	struct config wanted = *config;
	if (config->english && strcmp(language, "en") == 0) {
		wanted.office = config->english->office;
		wanted.region = config->english->region;
		wanted.address = config->english->address;
		wanted.feeds = config->english->feeds;
		wanted.places = config->english->places;
		wanted.infos = config->english->infos;
	}
	return wanted;
}

void config_drop_plan(struct config *config, const struct err *mistake)
{
	floorplan_destroy(config->floorplan);
	config->floorplan = NULL;
	free(config->plan_mistake);
	config->plan_mistake = mistake ? strdup(mistake->text) : NULL;
	config->here.is_known = false;
	for (size_t i = 0; i < config->place_count; i++) {
		config->places[i].spot.is_known = false;
	}
	if (config->english) {
		config_drop_plan(config->english, NULL);
	}
}

const struct config_feed *config_feed_by_name(const struct config *config, const char *name)
{
	for (size_t i = 0; i < config->feed_count; i++) {
		if (strcmp(config->feeds[i].name, name) == 0) {
			return &config->feeds[i];
		}
	}
	return NULL;
}

const struct config_place *config_place_by_id(const struct config *config, const char *id)
{
	for (size_t i = 0; i < config->place_count; i++) {
		if (strcmp(config->places[i].id, id) == 0) {
			return &config->places[i];
		}
	}
	return NULL;
}

bool config_is_first_run(const struct config *config)
{
	return config->feed_count == 0;
}
