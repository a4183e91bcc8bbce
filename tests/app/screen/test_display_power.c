/* Switching a display off through a compositor and an X server: small ones of the test's own, which have monitors and
 * nothing else. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
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

/* As much of the X protocol as DPMS takes. */
enum {
	X_QUERY_EXTENSION = 98,
	X_GET_INPUT_FOCUS = 43,
	X_DPMS = 150, /* the number that this server gives the extension */
	DPMS_CAPABLE = 1,
	DPMS_ENABLE = 4,
	DPMS_DISABLE = 5,
	DPMS_FORCE = 6,
	LEVEL_ON = 0,
	LEVEL_OFF = 3
};

struct x_server {
	int fd; /* listens */
	bool has_dpms, is_capable, refuses;
	bool is_enabled;
	int level; /* of the monitor; it is on while DPMS is disabled */
};

static bool read_all(int fd, void *to, size_t size)
{
	return size == 0 || recv(fd, to, size, MSG_WAITALL) == (ssize_t)size;
}

static void answer_x(struct x_server *server, int fd, const uint8_t *request, uint16_t sequence)
{
	uint8_t reply[32] = {1, 0, (uint8_t)sequence, (uint8_t)(sequence >> 8)};
	bool is_answered = true;
	if (request[0] == X_QUERY_EXTENSION) {
		reply[8] = server->has_dpms;
		reply[9] = X_DPMS;
	} else if (request[0] == X_DPMS && request[1] == DPMS_CAPABLE) {
		reply[8] = server->is_capable;
	} else if (request[0] == X_DPMS && request[1] == DPMS_FORCE && (server->refuses || !server->is_enabled)) {
		reply[0] = 0; /* an error, … */
		reply[1] = 8; /* … BadMatch */
	} else {
		is_answered = request[0] == X_GET_INPUT_FOCUS;
		if (request[0] == X_DPMS && request[1] == DPMS_FORCE) {
			server->level = request[4];
		} else if (request[0] == X_DPMS && (request[1] == DPMS_ENABLE || request[1] == DPMS_DISABLE)) {
			server->is_enabled = request[1] == DPMS_ENABLE;
		}
	}
	if (is_answered) {
		assert_int_equal(send(fd, reply, sizeof(reply), MSG_NOSIGNAL), sizeof(reply));
	}
}

static void *serve_x(void *context)
{
	struct x_server *server = context;
	int fd = accept(server->fd, NULL, NULL);
	uint8_t setup[40] = {1, 0, 11, 0, 0, 0, 8}, hello[12], request[256];
	setup[20] = 0xff; /* numbers that the client may give its resources */
	setup[26] = setup[27] = 0xff;
	bool ok = read_all(fd, hello, sizeof(hello)) && send(fd, setup, sizeof(setup), MSG_NOSIGNAL) == sizeof(setup);
	for (uint16_t sequence = 1; ok && read_all(fd, request, 4); sequence++) {
		size_t rest = 4 * (size_t)(request[2] | request[3] << 8) - 4;
		ok = rest <= sizeof(request) - 4 && read_all(fd, request + 4, rest);
		if (ok) {
			answer_x(server, fd, request, sequence);
		}
	}
	close(fd);
	return NULL;
}

static bool switch_x(struct x_server *server, bool is_on, struct err *err)
{
	pthread_t thread;
	assert_int_equal(pthread_create(&thread, NULL, serve_x, server), 0);
	bool ok = power_switch_x11(is_on, err);
	pthread_join(thread, NULL);
	return ok;
}

static void an_x_server(void **state)
{
	static const struct {
		bool has_dpms, is_capable, refuses;
		const char *why;
	} rows[] = {
		{true, true, false, NULL},
		{false, true, false, "has no DPMS"},
		{true, false, false, "has no DPMS"},
		{true, true, true, "refused"},
	};
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	char display[32];
	(void)state;
	snprintf(display, sizeof(display), ":%d", 10000 + (int)getpid() % 40000);
	mkdir("/tmp/.X11-unix", 01777);
	snprintf(address.sun_path, sizeof(address.sun_path), "/tmp/.X11-unix/X%s", display + 1);
	setenv("DISPLAY", display, 1);
	setenv("XAUTHORITY", "/dev/null", 1);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	unlink(address.sun_path);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	assert_int_equal(listen(fd, 1), 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct x_server server = {.fd = fd,
					  .has_dpms = rows[i].has_dpms,
					  .is_capable = rows[i].is_capable,
					  .refuses = rows[i].refuses};
		struct err err = {""};
		assert_int_equal(switch_x(&server, false, &err), rows[i].why == NULL);
		assert_int_equal(server.level, rows[i].why ? LEVEL_ON : LEVEL_OFF);
		if (rows[i].why) {
			assert_non_null(strstr(err.text, rows[i].why));
			continue;
		}
		assert_true(server.is_enabled);
		assert_true(switch_x(&server, true, &err));
		assert_int_equal(server.level, LEVEL_ON);
		assert_false(server.is_enabled); /* so that it never goes off by itself */
	}
	close(fd);
	unlink(address.sun_path);
}

int main(void)
{
	char folder[] = "/tmp/test_power_XXXXXX";
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nobody_answers),
		cmocka_unit_test(monitors_of_a_compositor),
		cmocka_unit_test(an_x_server),
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
