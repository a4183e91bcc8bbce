/* See power.h. XCB reports a refusal, where Xlib would end the program. The server's own times after which it darkens
 * the display are set to never, because a kiosk is looked at without being touched. */
#include "power_private.h"

#include <stdlib.h>
#include <xcb/dpms.h>

static bool is_capable(xcb_connection_t *server)
{
	xcb_dpms_capable_reply_t *reply = xcb_dpms_capable_reply(server, xcb_dpms_capable(server), NULL);
	bool is_capable = reply && reply->capable;
	free(reply);
	return is_capable;
}

/* The level can be set only while DPMS is enabled. Afterwards it stays enabled only as long as the display is off. */
static bool force(xcb_connection_t *server, bool is_on)
{
	xcb_dpms_set_timeouts(server, 0, 0, 0);
	xcb_dpms_enable(server);
	xcb_generic_error_t *error = xcb_request_check(
		server, xcb_dpms_force_level_checked(server, is_on ? XCB_DPMS_DPMS_MODE_ON : XCB_DPMS_DPMS_MODE_OFF));
	bool ok = !error && !xcb_connection_has_error(server);
	free(error);
	if (is_on) {
		error = xcb_request_check(server, xcb_dpms_disable_checked(server));
		free(error);
	}
	return ok;
}

bool power_switch_x11(bool is_on, struct err *err)
{
	xcb_connection_t *server = xcb_connect(NULL, NULL);
	bool ok = false;
	if (xcb_connection_has_error(server)) {
		err_set(err, "the X server does not answer");
	} else if (!is_capable(server)) {
		err_set(err, "the X server has no DPMS");
	} else if (!(ok = force(server, is_on))) {
		err_set(err, "the X server refused");
	}
	xcb_disconnect(server);
	return ok;
}
