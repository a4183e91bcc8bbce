/* Switching a display off through a compositor: a small one of the test's own, which has monitors and nothing else. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include <wayland-server.h>

#include "app/screen/power_private.h"

enum { MONITORS_MAX = 3 };

enum kind { WORKS, REFUSES, IGNORES, LATE };

struct compositor {
	struct wl_display *display;
	enum kind kinds[MONITORS_MAX];
	uint32_t modes[MONITORS_MAX];
	int monitor_count;
	struct wl_event_source *timer, *pipe;
	struct wl_resource *late; /* its mode is reported some time after the request */
	uint32_t late_mode;
};

/* The protocol as the compositor's side needs it. */
static const struct wl_message power_requests[] = {{"set_mode", "u", (const struct wl_interface *[]){NULL}},
						   {"destroy", "", NULL}};
static const struct wl_message power_events[] = {{"mode", "u", (const struct wl_interface *[]){NULL}},
						 {"failed", "", NULL}};
static const struct wl_interface power_interface = {"zwlr_output_power_v1", 1, 2, power_requests, 2, power_events};
static const struct wl_interface *get_power_types[] = {&power_interface, &wl_output_interface};
static const struct wl_message manager_requests[] = {{"get_output_power", "no", get_power_types},
						     {"destroy", "", NULL}};
static const struct wl_interface manager_interface = {"zwlr_output_power_manager_v1", 1, 2, manager_requests, 0, NULL};
enum { EVENT_MODE = 0, EVENT_FAILED = 1 };

struct output {
	struct compositor *compositor;
	int index;
};

static struct output outputs[MONITORS_MAX];

static void destroy(struct wl_client *client, struct wl_resource *resource)
{
	(void)client;
	wl_resource_destroy(resource);
}

static int report_late(void *data)
{
	struct compositor *compositor = data;
	if (compositor->late) {
		wl_resource_post_event(compositor->late, EVENT_MODE, compositor->late_mode);
		compositor->late = NULL;
	}
	return 0;
}

static void set_mode(struct wl_client *client, struct wl_resource *resource, uint32_t mode)
{
	struct output *output = wl_resource_get_user_data(resource);
	struct compositor *compositor = output->compositor;
	enum kind kind = compositor->kinds[output->index];
	(void)client;
	if (kind == IGNORES || kind == REFUSES) {
		return;
	}
	compositor->modes[output->index] = mode;
	if (kind == LATE) {
		compositor->late = resource;
		compositor->late_mode = mode;
		wl_event_source_timer_update(compositor->timer, 20);
		return;
	}
	wl_resource_post_event(resource, EVENT_MODE, mode);
}

static const struct {
	void (*set_mode)(struct wl_client *client, struct wl_resource *resource, uint32_t mode);
	void (*destroy)(struct wl_client *client, struct wl_resource *resource);
} power_calls = {set_mode, destroy};

static void get_power(struct wl_client *client, struct wl_resource *manager, uint32_t id, struct wl_resource *monitor)
{
	struct output *output = wl_resource_get_user_data(monitor);
	struct wl_resource *power = wl_resource_create(client, &power_interface, 1, id);
	(void)manager;
	wl_resource_set_implementation(power, &power_calls, output, NULL);
	if (output->compositor->kinds[output->index] == REFUSES) {
		wl_resource_post_event(power, EVENT_FAILED);
	} else {
		wl_resource_post_event(power, EVENT_MODE, output->compositor->modes[output->index]);
	}
}

static const struct {
	void (*get_power)(struct wl_client *client, struct wl_resource *manager, uint32_t id,
			  struct wl_resource *monitor);
	void (*destroy)(struct wl_client *client, struct wl_resource *resource);
} manager_calls = {get_power, destroy};

static void bind_manager(struct wl_client *client, void *data, uint32_t version, uint32_t id)
{
	(void)version;
	wl_resource_set_implementation(wl_resource_create(client, &manager_interface, 1, id), &manager_calls, data,
				       NULL);
}

static void bind_output(struct wl_client *client, void *data, uint32_t version, uint32_t id)
{
	(void)version;
	wl_resource_set_implementation(wl_resource_create(client, &wl_output_interface, 1, id), NULL, data, NULL);
}

static void *serve(void *context)
{
	struct compositor *compositor = context;
	wl_display_run(compositor->display);
	wl_display_destroy_clients(compositor->display);
	return NULL;
}

/* Another thread cannot end the loop of a display; a byte in a pipe can. */
static int end(int fd, uint32_t mask, void *data)
{
	(void)fd;
	(void)mask;
	wl_display_terminate(data);
	return 0;
}

struct table {
	const char *name;
	bool has_manager;
	int monitor_count;
	enum kind kinds[MONITORS_MAX];
	bool can;
	uint32_t modes[MONITORS_MAX]; /* after "off" */
	const char *why;
};

static const struct table table[] = {
	{"one monitor", true, 1, {WORKS}, true, {0}, NULL},
	{"three", true, 3, {WORKS, WORKS, WORKS}, true, {0, 0, 0}, NULL},
	{"one that answers late", true, 2, {WORKS, LATE}, true, {0, 0}, NULL},
	{"one that is another program's", true, 2, {REFUSES, WORKS}, true, {1, 0}, NULL},
	{"one whose driver cannot", true, 1, {IGNORES}, false, {1}, "cannot switch its 1 monitor off"},
	{"two that refuse", true, 2, {REFUSES, REFUSES}, false, {1, 1}, "cannot switch its 2 monitors off"},
	{"no monitor", true, 0, {WORKS}, false, {1}, "cannot switch its 0 monitors"},
	{"no protocol", false, 1, {WORKS}, false, {1}, "zwlr_output_power_manager_v1"},
};

static void run_row(const struct table *row)
{
	struct compositor compositor = {.monitor_count = row->monitor_count};
	struct err err = {""};
	pthread_t thread;
	int pipe_fds[2];
	assert_int_equal(pipe(pipe_fds), 0);
	compositor.display = wl_display_create();
	assert_non_null(compositor.display);
	assert_int_equal(wl_display_add_socket(compositor.display, "power-test"), 0);
	for (int i = 0; i < row->monitor_count; i++) {
		compositor.kinds[i] = row->kinds[i];
		compositor.modes[i] = 1;
		outputs[i] = (struct output){&compositor, i};
		wl_global_create(compositor.display, &wl_output_interface, 1, &outputs[i], bind_output);
	}
	if (row->has_manager) {
		wl_global_create(compositor.display, &manager_interface, 1, &compositor, bind_manager);
	}
	struct wl_event_loop *loop = wl_display_get_event_loop(compositor.display);
	compositor.timer = wl_event_loop_add_timer(loop, report_late, &compositor);
	compositor.pipe = wl_event_loop_add_fd(loop, pipe_fds[0], WL_EVENT_READABLE, end, compositor.display);
	assert_int_equal(pthread_create(&thread, NULL, serve, &compositor), 0);
	bool can = power_switch_wayland(false, &err);
	uint32_t modes[MONITORS_MAX];
	memcpy(modes, compositor.modes, sizeof(modes));
	bool can_on = power_switch_wayland(true, NULL);
	assert_int_equal(write(pipe_fds[1], "", 1), 1);
	pthread_join(thread, NULL);
	wl_event_source_remove(compositor.timer);
	wl_event_source_remove(compositor.pipe);
	wl_display_destroy(compositor.display);
	close(pipe_fds[0]);
	close(pipe_fds[1]);
	if (can != row->can || (row->why && !strstr(err.text, row->why))) {
		fail_msg("%s: %d, \"%s\"", row->name, can, err.text);
	}
	/* What was never off needs no switching on. */
	assert_int_equal(can_on, can || (row->has_manager && row->kinds[0] == IGNORES));
	for (int i = 0; i < row->monitor_count; i++) {
		assert_int_equal(modes[i], row->modes[i]);
		assert_int_equal(compositor.modes[i], 1);
	}
}

static void monitors_of_a_compositor(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		run_row(&table[i]);
	}
}

static void nobody_answers(void **state)
{
	struct err err = {""};
	(void)state;
	assert_false(power_switch_wayland(true, &err));
	assert_non_null(strstr(err.text, "does not answer"));
	setenv("DISPLAY", ":nowhere", 1);
	assert_false(power_switch_x11(true, &err));
	assert_non_null(strstr(err.text, "does not answer"));
}

int main(void)
{
	char folder[] = "/tmp/test_power_XXXXXX";
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nobody_answers),
		cmocka_unit_test(monitors_of_a_compositor),
	};
	if (!mkdtemp(folder)) {
		return EXIT_FAILURE;
	}
	setenv("XDG_RUNTIME_DIR", folder, 1);
	setenv("WAYLAND_DISPLAY", "power-test", 1);
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	rmdir(folder);
	return failed;
}
