/* See devices.h. sysfs shows everybody which buttons a device has. Whether this process may read the device is known
 * only after opening it. */
#include "devices.h"

#include <fcntl.h>
#include <glob.h>
#include <linux/input-event-codes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WORD_BITS = 8 * sizeof(long) };

static bool read_line(const char *folder, const char *file, char *out, int size)
{
	char *path = NULL;
	FILE *stream = asprintf(&path, "%s/device/%s", folder, file) < 0 ? NULL : fopen(path, "re");
	bool ok = stream && fgets(out, size, stream);
	if (ok) {
		out[strcspn(out, "\n")] = '\0';
	}
	if (stream) {
		fclose(stream);
	}
	free(path);
	return ok;
}

/* Tests a bit of a mask as sysfs writes it: hexadecimal words, the highest first. */
static bool has_bit(const char *mask, int bit)
{
	int words = 0, at = 0;
	unsigned long word = 0;
	char *end = NULL;
	for (const char *text = mask; strtoul(text, &end, 16), end != text; text = end) {
		words++;
	}
	for (const char *text = mask; at < words - bit / WORD_BITS; text = end, at++) {
		word = strtoul(text, &end, 16);
	}
	return bit / WORD_BITS < words && (word >> bit % WORD_BITS & 1U);
}

static bool can_be_read(const char *root, const char *event)
{
	char *path = NULL;
	int fd = asprintf(&path, "%s/dev/input/%s", root, event) < 0 ? -1
								     : open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	free(path);
	if (fd >= 0) {
		close(fd);
	}
	return fd >= 0;
}

static void look_at(struct devices *devices, const char *root, const char *folder)
{
	char keys[1024], name[DEVICE_NAME_MAX];
	if (!read_line(folder, "capabilities/key", keys, sizeof(keys))) {
		return;
	}
	bool is_panel = has_bit(keys, BTN_TOUCH);
	if (!is_panel && !has_bit(keys, BTN_LEFT)) {
		return;
	}
	if ((is_panel || !devices->name[0]) && read_line(folder, "name", name, sizeof(name))) {
		strcpy(devices->name, name);
	}
	devices->present++;
	devices->readable += can_be_read(root, strrchr(folder, '/') + 1);
}

struct devices devices_for_touch(const char *root)
{
	struct devices devices = {0};
	glob_t found = {0};
	char *pattern = NULL;
	if (asprintf(&pattern, "%s/sys/class/input/event*", root) < 0) {
		return devices;
	}
	if (glob(pattern, 0, NULL, &found) == 0) {
		for (size_t i = 0; i < found.gl_pathc; i++) {
			look_at(&devices, root, found.gl_pathv[i]);
		}
	}
	globfree(&found);
	free(pattern);
	return devices;
}
