/* See headset.h. sysfs names the sound cards and their bus, and which input devices report plugs; only the device
 * itself knows whether a plug is in. */
#include "headset.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <limits.h>
#include <linux/input.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static bool find(const char *root, const char *pattern, glob_t *out_found)
{
	char *whole = NULL;
	bool ok = asprintf(&whole, "%s%s", root, pattern) >= 0 && glob(whole, 0, NULL, out_found) == 0;
	free(whole);
	return ok;
}

static bool reports_plugs(const char *folder)
{
	char *path = NULL, line[64] = "";
	FILE *file = asprintf(&path, "%s/device/capabilities/sw", folder) < 0 ? NULL : fopen(path, "re");
	bool ok = file && fgets(line, sizeof(line), file);
	if (file) {
		fclose(file);
	}
	free(path);
	return ok && (strtoul(line, NULL, 16) >> SW_HEADPHONE_INSERT & 1U);
}

static void open_jack(struct headset *headset, const char *folder)
{
	char *path = NULL;
	int fd = asprintf(&path, "%s/dev/input/%s", headset->root, strrchr(folder, '/') + 1) < 0
			 ? -1
			 : open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	free(path);
	if (fd >= 0) {
		headset->jacks[headset->jack_count++] = fd;
	}
}

void headset_renew(struct headset *headset)
{
	glob_t found = {0};
	headset_finish(headset);
	if (headset->kind != HEADSET_USB && find(headset->root, "/sys/class/input/event*", &found)) {
		for (size_t i = 0; i < found.gl_pathc && headset->jack_count < HEADSET_JACKS_MAX; i++) {
			if (reports_plugs(found.gl_pathv[i])) {
				open_jack(headset, found.gl_pathv[i]);
			}
		}
	}
	globfree(&found);
}

void headset_init(struct headset *headset, const char *root, enum speech_headset kind)
{
	*headset = (struct headset){.root = root, .kind = kind};
	headset_renew(headset);
}

void headset_finish(struct headset *headset)
{
	while (headset->jack_count > 0) {
		close(headset->jacks[--headset->jack_count]);
	}
}

static bool is_plugged(int fd)
{
	unsigned char state[SW_MAX / 8 + 1] = {0};
	return ioctl(fd, EVIOCGSW(sizeof(state)), state) >= 0 &&
	       (state[SW_HEADPHONE_INSERT / 8] >> SW_HEADPHONE_INSERT % 8 & 1U);
}

/* A device that is gone stays readable for ever, so it is closed. */
static bool look_at_jacks(struct headset *headset)
{
	bool is_in = false;
	for (int i = headset->jack_count - 1; i >= 0; i--) {
		struct input_event events[16];
		errno = 0;
		while (read(headset->jacks[i], events, sizeof(events)) > 0) {
		}
		if (errno == ENODEV) {
			close(headset->jacks[i]);
			headset->jacks[i] = headset->jacks[--headset->jack_count];
			continue;
		}
		is_in = is_in || is_plugged(headset->jacks[i]);
	}
	return is_in;
}

/* The path of a card's PCM goes through its USB device, which has a file with the product's name. */
static void read_product(const char *pcm, char *out, size_t size)
{
	char *path = NULL;
	FILE *file = asprintf(&path, "%s/../../../../product", pcm) < 0 ? NULL : fopen(path, "re");
	if (file && fgets(out, (int)size, file)) {
		out[strcspn(out, "\n")] = '\0';
	}
	if (file) {
		fclose(file);
	}
	free(path);
}

/* A card that plays and hangs on USB. */
static bool has_usb_card(struct headset *headset)
{
	glob_t found = {0};
	bool is_there = false;
	headset->device[0] = '\0';
	if (headset->kind != HEADSET_JACK && find(headset->root, "/sys/class/sound/card*/pcmC*D*p", &found)) {
		for (size_t i = 0; i < found.gl_pathc && !is_there; i++) {
			char *path = realpath(found.gl_pathv[i], NULL);
			is_there = path && strstr(path, "/usb");
			if (is_there) {
				read_product(path, headset->device, sizeof(headset->device));
			}
			free(path);
		}
	}
	globfree(&found);
	return is_there;
}

bool headset_look(struct headset *headset)
{
	bool is_in = look_at_jacks(headset);
	return has_usb_card(headset) || is_in;
}
