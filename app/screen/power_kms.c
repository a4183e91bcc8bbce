/* See power.h. The kernel lets only the program that set the mode change the property "DPMS" of a connector. */
#include "power_private.h"

#include <errno.h>
#include <string.h>
#include <SDL.h>
#include <SDL_syswm.h>
#include <xf86drm.h>
#include <xf86drmMode.h>

#include "app/base/limits.h"

/* Returns the number of a connector's property "DPMS"; 0 none. */
static uint32_t find_dpms(int fd, const drmModeConnector *connector)
{
	uint32_t found = 0;
	for (int i = 0; i < connector->count_props && !found; i++) {
		drmModePropertyRes *property = drmModeGetProperty(fd, connector->props[i]);
		if (property && strcmp(property->name, "DPMS") == 0) {
			found = property->prop_id;
		}
		drmModeFreeProperty(property);
	}
	return found;
}

struct tally {
	int switched, refused;
};

/* A monitor that is off may count as unplugged, so what is not connected is switched on, too; there a refusal means
 * nothing. */
static void switch_connector(int fd, uint32_t id, bool is_on, struct tally *tally)
{
	drmModeConnector *connector = drmModeGetConnectorCurrent(fd, id);
	bool is_connected = connector && connector->connection == DRM_MODE_CONNECTED;
	if (connector && (is_on || is_connected)) {
		uint32_t dpms = find_dpms(fd, connector);
		bool ok = dpms &&
			  drmModeConnectorSetProperty(fd, id, dpms, is_on ? DRM_MODE_DPMS_ON : DRM_MODE_DPMS_OFF) == 0;
		tally->switched += ok;
		tally->refused += !ok && is_connected;
	}
	drmModeFreeConnector(connector);
}

bool power_switch_kms(SDL_Window *window, bool is_on, struct err *err)
{
	SDL_SysWMinfo info;
	SDL_VERSION(&info.version);
	if (!SDL_GetWindowWMInfo(window, &info) || info.subsystem != SDL_SYSWM_KMSDRM) {
		return err_set(err, "SDL does not lend its console: %s", SDL_GetError());
	}
	int fd = info.info.kmsdrm.drm_fd;
	struct tally tally = {0};
	drmModeRes *resources = drmModeGetResources(fd);
	for (int i = 0; resources && i < resources->count_connectors && i < POWER_MONITORS_MAX; i++) {
		switch_connector(fd, resources->connectors[i], is_on, &tally);
	}
	drmModeFreeResources(resources);
	return (tally.switched > 0 && tally.refused == 0) ||
	       err_set(err, "the graphics driver refused DPMS: %s", strerror(errno));
}
