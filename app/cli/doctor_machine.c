/* See doctor_private.h. systemd answers over D-Bus; monitors and panels are found where the kernel lists them. */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-bus.h>

#include "app/screen/devices.h"
#include "app/screen/vitals.h"
#include "doctor_private.h"

struct machine {
	struct report *report;
	bool is_wall; /* it needs no touch panel */
	bool is_off_at_night;
	bool is_running; /* a kiosk runs as a service, and its vitals are known */
	int64_t vitals[VITAL_COUNT];
};

/* Reads which monitors the kernel sees. Everybody may read that, whichever program draws. */
static bool is_monitor_connected(void)
{
	glob_t found = {0};
	bool is_connected = false;
	if (glob("/sys/class/drm/card*-*/status", 0, NULL, &found) == 0) {
		for (size_t i = 0; i < found.gl_pathc; i++) {
			char word[16] = "";
			FILE *file = fopen(found.gl_pathv[i], "re");
			is_connected = is_connected || (file && fgets(word, sizeof(word), file) &&
							strncmp(word, "connected", strlen("connected")) == 0);
			if (file) {
				fclose(file);
			}
		}
	}
	globfree(&found);
	return is_connected;
}

static void look_at_display(struct machine *machine)
{
	const char *wayland = getenv("WAYLAND_DISPLAY"), *x11 = getenv("DISPLAY");
	if (machine->is_running && machine->vitals[VITAL_IS_OFF]) {
		report_add(machine->report, FINE, "display",
			   "it is switched off for the night; a touch switches it on");
	} else if (machine->is_running && machine->vitals[VITAL_IS_SHOWN]) {
		report_add(machine->report, FINE, "display", "the picture is on the screen");
	} else if (machine->is_running && is_monitor_connected()) {
		report_add(machine->report, BROKEN, "display",
			   "a monitor is connected, but the kiosk cannot draw on it; see journalctl -u "
			   "satellitkiosk-display");
	} else if (machine->is_running) {
		report_add(machine->report, BROKEN, "display",
			   "the kiosk waits for one: is the monitor on, and its cable plugged in?");
	} else if ((wayland && *wayland) || (x11 && *x11)) {
		report_add(machine->report, FINE, "display", "%s", wayland && *wayland ? "Wayland" : "X11");
	} else if (is_monitor_connected()) {
		report_add(machine->report, FINE, "display", "a monitor is connected");
	} else {
		report_add(machine->report, BROKEN, "display",
			   "no monitor is connected: is it on, and its cable plugged in?");
	}
}

/* Which ways there are depends on who draws, so only the running kiosk knows. */
static void look_at_night(struct machine *machine)
{
	if (!machine->is_off_at_night || !machine->is_running) {
		return;
	}
	if (machine->vitals[VITAL_POWER] == POWER_UNABLE) {
		report_add(machine->report, DOUBTFUL, "night",
			   "night = off, but nothing here can switch the display off, and it shows a dark clock; "
			   "administration.md, \"The screen at night\", says what can");
	} else if (machine->vitals[VITAL_POWER] == POWER_ABLE) {
		report_add(machine->report, FINE, "night", "the display is switched off outside opening hours");
	}
}

/* Under a compositor seatd opens the panel, and seatd may read every device. */
static void look_at_touch(struct machine *machine)
{
	struct devices devices = devices_for_touch("");
	if (machine->is_wall) {
		report_add(machine->report, FINE, "touch", "a wall display needs none");
	} else if (devices.present == 0) {
		report_add(machine->report, DOUBTFUL, "touch",
			   "no touch panel or mouse is there: is its USB cable plugged in?");
	} else if (machine->is_running && machine->vitals[VITAL_IS_DEAF]) {
		report_add(machine->report, BROKEN, "touch",
			   "the kiosk has no right to read %s: is its user in the group input?", devices.name);
	} else {
		report_add(machine->report, FINE, "touch", "%s", devices.name);
	}
}

/* systemd's names of the kiosk's services, the usual one first. */
enum unit { UNIT_KIOSK, UNIT_KMS, UNIT_DISPLAY, UNIT_COUNT };

static const struct {
	const char *name, *path;
} units[UNIT_COUNT] = {
	[UNIT_KIOSK] = {"satellitkiosk", "/org/freedesktop/systemd1/unit/satellitkiosk_2eservice"},
	[UNIT_KMS] = {"satellitkiosk-kms", "/org/freedesktop/systemd1/unit/satellitkiosk_2dkms_2eservice"},
	[UNIT_DISPLAY] = {"satellitkiosk-display", "/org/freedesktop/systemd1/unit/satellitkiosk_2ddisplay_2eservice"},
};

/* The caller frees the result; NULL when systemd does not answer. */
static char *state_of(sd_bus *bus, enum unit unit)
{
	char *state = NULL;
	int result = sd_bus_get_property_string(bus, "org.freedesktop.systemd1", units[unit].path,
						"org.freedesktop.systemd1.Unit", "ActiveState", NULL, &state);
	return result < 0 ? NULL : state;
}

/* A masked unit cannot be started, and neither can one that is not installed. */
static const char *why_not_started(sd_bus *bus, enum unit unit)
{
	char *load = NULL;
	const char *why = "not started; systemctl enable --now satellitkiosk starts it";
	if (sd_bus_get_property_string(bus, "org.freedesktop.systemd1", units[unit].path,
				       "org.freedesktop.systemd1.Unit", "LoadState", NULL, &load) < 0) {
		return why;
	}
	if (strcmp(load, "masked") == 0) {
		why = "masked, so that nothing can start it; systemctl unmask satellitkiosk, then systemctl enable "
		      "--now satellitkiosk";
	} else if (strcmp(load, "not-found") == 0) {
		why = "systemd knows no satellitkiosk.service; install the package again, or systemctl daemon-reload";
	} else if (strcmp(load, "bad-setting") == 0 || strcmp(load, "error") == 0) {
		why = "systemd cannot use satellitkiosk.service or a drop-in of it; systemd-analyze verify "
		      "satellitkiosk.service says why";
	}
	free(load);
	return why;
}

static bool names_wall(const char *options)
{
	const char *mode = strstr(options, "--mode");
	return mode && (strncmp(mode, "--mode wall", strlen("--mode wall")) == 0 ||
			strncmp(mode, "--mode=wall", strlen("--mode=wall")) == 0);
}

/* A drop-in may make this machine a wall display; the configuration does not say so. */
static bool is_wall_by_unit(sd_bus *bus, enum unit unit)
{
	static const char key[] = "KIOSK_OPTIONS=";
	char **environment = NULL;
	bool is_wall = false;
	if (sd_bus_get_property_strv(bus, "org.freedesktop.systemd1", units[unit].path,
				     "org.freedesktop.systemd1.Service", "Environment", NULL, &environment) < 0) {
		return false;
	}
	for (size_t i = 0; environment && environment[i]; i++) {
		if (strncmp(environment[i], key, strlen(key)) == 0) {
			is_wall = names_wall(environment[i]);
		}
		free(environment[i]);
	}
	free(environment);
	return is_wall;
}

static void look_at_compositor(struct machine *machine, sd_bus *bus)
{
	char *state = state_of(bus, UNIT_DISPLAY);
	if (state && strcmp(state, "failed") == 0) {
		report_add(machine->report, BROKEN, "service",
			   "the compositor has failed; see journalctl -u satellitkiosk-display");
	}
	free(state);
}

static void look_at_kiosk(struct machine *machine, sd_bus *bus, enum unit unit, const char *state)
{
	const char *name = units[unit].name;
	if (strcmp(state, "active") == 0) {
		report_add(machine->report, FINE, "service", "%s is active", name);
	} else if (strcmp(state, "inactive") == 0) {
		report_add(machine->report, BROKEN, "service", "%s", why_not_started(bus, unit));
	} else {
		report_add(machine->report, strcmp(state, "failed") == 0 ? BROKEN : DOUBTFUL, "service",
			   "%s is %s; see journalctl -u %s", name, state, name);
	}
}

/* The kiosk runs as one of two services. */
static void look_at_units(struct machine *machine)
{
	sd_bus *bus = NULL;
	enum unit unit = UNIT_KMS;
	char *state = sd_bus_open_system(&bus) < 0 ? NULL : state_of(bus, unit);
	if (state && strcmp(state, "inactive") == 0) {
		free(state);
		unit = UNIT_KIOSK;
		state = state_of(bus, unit);
	}
	if (state) {
		look_at_kiosk(machine, bus, unit, state);
		machine->is_wall = machine->is_wall || is_wall_by_unit(bus, unit);
	} else {
		report_add(machine->report, DOUBTFUL, "service",
			   "systemd does not answer: is the kiosk started by something else?");
	}
	if (state && unit == UNIT_KIOSK) {
		look_at_compositor(machine, bus);
	}
	free(state);
	sd_bus_unref(bus);
}

void doctor_look_at_machine(struct doctor *doctor)
{
	const struct config *config = doctor->program->config;
	struct machine machine = {.report = doctor->report,
				  .is_wall = config->mode == MODE_WALL,
				  .is_off_at_night = config->night == NIGHT_OFF};
	machine.is_running = vitals_read(vitals_folder(), machine.vitals);
	look_at_units(&machine);
	look_at_display(&machine);
	look_at_night(&machine);
	look_at_touch(&machine);
}
