/* See unitmemory.h. Only the unified hierarchy (cgroup v2) counts: systemd uses no other on the releases of Debian that
 * are supported. */
#include "unitmemory.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "regular.h"

enum { PATH_BYTES = 4096 };

/* Reads the group's path: the line that begins with "0::". */
static bool read_group(const char *list, char out[PATH_BYTES])
{
	char line[PATH_BYTES];
	bool is_found = false;
	FILE *stream = regular_stream(list);
	while (stream && !is_found && fgets(line, sizeof(line), stream)) {
		is_found = strncmp(line, "0::/", 4) == 0;
	}
	if (stream) {
		fclose(stream);
	}
	if (is_found) {
		line[strcspn(line, "\n")] = '\0';
		snprintf(out, PATH_BYTES, "%s", line + strlen("0::"));
	}
	return is_found && !strstr(out, "/.."); /* a group that is outside of what can be seen here */
}

/* "max" is no limit. */
static int64_t read_limit(const char *root, const char *group, const char *name)
{
	char path[2 * PATH_BYTES + 32];
	int64_t bytes = 0;
	snprintf(path, sizeof(path), "%s%s/%s", root, group, name);
	FILE *stream = regular_stream(path);
	bool is_read = stream && fscanf(stream, "%" SCNd64, &bytes) == 1 && bytes >= 0;
	if (stream) {
		fclose(stream);
	}
	return is_read ? bytes : INT64_MAX;
}

static int64_t lesser(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

int64_t unitmemory_limit(const char *list, const char *root)
{
	char group[PATH_BYTES];
	int64_t least = INT64_MAX;
	if (!read_group(list, group)) {
		return INT64_MAX;
	}
	for (char *slash = group + strlen(group); slash; slash = strrchr(group, '/')) {
		*slash = '\0';
		least = lesser(least, read_limit(root, group, "memory.max"));
		least = lesser(least, read_limit(root, group, "memory.high"));
	}
	return least;
}
