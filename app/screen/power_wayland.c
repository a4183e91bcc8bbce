/* See power.h. The protocol is wlr-output-power-management, which sway, labwc and other compositors made with wlroots
 * have; cage has it in no release. Its two interfaces are written down here, so that building needs neither its
 * description nor a generator. Each call makes a connection of its own, because the mode outlives its client, and SDL's
 * connection is left alone. */
#include "power_private.h"

#include <poll.h>
#include <string.h>
#include <wayland-client.h>

#include "app/base/limits.h"

enum { MODE_OFF = 0, MODE_ON = 1, MODE_UNKNOWN = 2 };
enum { MANAGER_GET_POWER = 0, MANAGER_DESTROY = 1, POWER_SET_MODE = 0, POWER_DESTROY = 1 };

static const struct wl_message power_requests[] = {{"set_mode", "u", (const struct wl_interface *[]){NULL}},
						   {"destroy", "", NULL}};
static const struct wl_message power_events[] = {{"mode", "u", (const struct wl_interface *[]){NULL}},
						 {"failed", "", NULL}};
static const struct wl_interface power_interface = {"zwlr_output_power_v1", 1, 2, power_requests, 2, power_events};

static const struct wl_interface *get_power_types[] = {&power_interface, &wl_output_interface};
static const struct wl_message manager_requests[] = {{"get_output_power", "no", get_power_types},
						     {"destroy", "", NULL}};
static const struct wl_interface manager_interface = {"zwlr_output_power_manager_v1", 1, 2, manager_requests, 0, NULL};

struct monitor {
	struct wl_output *output;
	struct wl_proxy *power;
	bool has_failed;
	uint32_t mode; /* as the compositor last reported it; MODE_UNKNOWN not yet */
};

struct session {
	struct wl_display *display;
	struct wl_registry *registry;
	struct wl_proxy *manager; /* NULL: the compositor has none */
	struct monitor monitors[POWER_MONITORS_MAX];
	int monitor_count;
	bool is_answered;
};

static void on_global(void *data, struct wl_registry *registry, uint32_t name, const char *interface, uint32_t version)
{
	struct session *session = data;
	(void)version;
	if (strcmp(interface, manager_interface.name) == 0 && !session->manager) {
		session->manager = wl_registry_bind(registry, name, &manager_interface, 1);
	} else if (strcmp(interface, wl_output_interface.name) == 0 && session->monitor_count < POWER_MONITORS_MAX) {
		struct wl_output *output = wl_registry_bind(registry, name, &wl_output_interface, 1);
		if (output) {
			session->monitors[session->monitor_count++] =
				(struct monitor){.output = output, .mode = MODE_UNKNOWN};
		}
	}
}

static void on_global_gone(void *data, struct wl_registry *registry, uint32_t name)
{
	(void)data;
	(void)registry;
	(void)name; /* its power reports that it has failed */
}

static void on_mode(void *data, struct wl_proxy *power, uint32_t mode)
{
	struct monitor *monitor = data;
	(void)power;
	monitor->mode = mode;
}

static void on_failed(void *data, struct wl_proxy *power)
{
	struct monitor *monitor = data;
	(void)power;
	monitor->has_failed = true;
}

static void on_answer(void *data, struct wl_callback *callback, uint32_t serial)
{
	struct session *session = data;
	(void)callback;
	(void)serial;
	session->is_answered = true;
}

static const struct wl_registry_listener registry_listener = {on_global, on_global_gone};
static const struct wl_callback_listener answer_listener = {on_answer};
static void (*const power_listener[])(void) = {(void (*)(void))on_mode, (void (*)(void))on_failed};

/* Returns false when the compositor is gone or silent. */
static bool read_events(struct wl_display *display)
{
	while (wl_display_prepare_read(display) != 0) {
		if (wl_display_dispatch_pending(display) < 0) {
			return false;
		}
	}
	struct pollfd socket = {.fd = wl_display_get_fd(display), .events = POLLIN};
	wl_display_flush(display);
	if (poll(&socket, 1, POWER_ANSWER_MS) <= 0) {
		wl_display_cancel_read(display);
		return false;
	}
	return wl_display_read_events(display) >= 0 && wl_display_dispatch_pending(display) >= 0;
}

/* Returns whether the compositor has handled everything that was requested so far. */
static bool wait_for_answer(struct session *session)
{
	struct wl_callback *callback = wl_display_sync(session->display);
	bool ok = callback && wl_callback_add_listener(callback, &answer_listener, session) == 0;
	session->is_answered = false;
	while (ok && !session->is_answered) {
		ok = read_events(session->display);
	}
	if (callback) {
		wl_callback_destroy(callback);
	}
	return ok;
}

static void set_modes(struct session *session, uint32_t mode)
{
	for (int i = 0; i < session->monitor_count; i++) {
		struct monitor *monitor = &session->monitors[i];
		monitor->power = wl_proxy_marshal_flags(session->manager, MANAGER_GET_POWER, &power_interface, 1, 0,
							NULL, monitor->output);
		if (monitor->power) {
			wl_proxy_add_listener(monitor->power, (void (**)(void))power_listener, monitor);
			wl_proxy_marshal_flags(monitor->power, POWER_SET_MODE, NULL, 1, 0, mode);
		}
	}
}

static int count_in(const struct session *session, uint32_t mode)
{
	int count = 0;
	for (int i = 0; i < session->monitor_count; i++) {
		const struct monitor *monitor = &session->monitors[i];
		count += monitor->power && !monitor->has_failed && monitor->mode == mode;
	}
	return count;
}

static int count_failed(const struct session *session)
{
	int count = 0;
	for (int i = 0; i < session->monitor_count; i++) {
		count += !session->monitors[i].power || session->monitors[i].has_failed;
	}
	return count;
}

/* A compositor may switch a monitor some time after it was asked, and not every driver can, which it does not report:
 * only the mode that it reports counts. */
static bool wait_for_mode(struct session *session, uint32_t mode)
{
	bool ok = true;
	while (ok && count_in(session, mode) + count_failed(session) < session->monitor_count) {
		ok = read_events(session->display);
	}
	return count_in(session, mode) > 0;
}

static void close_session(struct session *session)
{
	for (int i = 0; i < session->monitor_count; i++) {
		if (session->monitors[i].power) {
			wl_proxy_marshal_flags(session->monitors[i].power, POWER_DESTROY, NULL, 1,
					       WL_MARSHAL_FLAG_DESTROY);
		}
		wl_output_destroy(session->monitors[i].output);
	}
	if (session->manager) {
		wl_proxy_marshal_flags(session->manager, MANAGER_DESTROY, NULL, 1, WL_MARSHAL_FLAG_DESTROY);
	}
	if (session->registry) {
		wl_registry_destroy(session->registry);
	}
	wl_display_disconnect(session->display);
}

bool power_switch_wayland(bool is_on, struct err *err)
{
	struct session session = {.display = wl_display_connect(NULL)};
	bool ok = false;
	if (!session.display) {
		return err_set(err, "the compositor does not answer");
	}
	session.registry = wl_display_get_registry(session.display);
	if (!session.registry || wl_registry_add_listener(session.registry, &registry_listener, &session) != 0 ||
	    !wait_for_answer(&session)) {
		err_set(err, "the compositor does not answer");
		goto out;
	}
	if (!session.manager) {
		err_set(err, "the compositor does not offer zwlr_output_power_manager_v1, as sway and labwc do");
		goto out;
	}
	uint32_t mode = is_on ? MODE_ON : MODE_OFF;
	set_modes(&session, mode);
	if (!(ok = wait_for_mode(&session, mode))) {
		err_set(err, "the compositor cannot switch its %d %s %s", session.monitor_count,
			session.monitor_count == 1 ? "monitor" : "monitors", is_on ? "on" : "off");
	}
out:
	close_session(&session);
	return ok;
}
