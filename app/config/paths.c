/* See paths.h. Paths are derived from /proc/self/exe, so that none is compiled in and a copied folder works. */
#include "paths.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *own_folder(void)
{
	char *path = realpath("/proc/self/exe", NULL);
	char *slash = path ? strrchr(path, '/') : NULL;
	if (slash) {
		*slash = '\0';
	}
	return path;
}

char *paths_join(const char *folder, const char *name)
{
	char *path = NULL;
	return asprintf(&path, "%s/%s", folder, name) < 0 ? NULL : path;
}

char *paths_program(const char *name)
{
	char *folder = own_folder();
	char *path = folder ? paths_join(folder, name) : NULL;
	free(folder);
	return path;
}

char *paths_share(const char *name)
{
	char *path = NULL;
	char *folder = own_folder();
	char *slash = folder ? strrchr(folder, '/') : NULL;
	if (slash) {
		*slash = '\0';
		if (asprintf(&path, "%s/share/satellitkiosk/%s", folder, name) < 0) {
			path = NULL;
		}
	}
	free(folder);
	return path;
}

char *paths_config(const char *given)
{
	static const char installed[] = "/etc/satellitkiosk/kiosk.conf";
	if (given) {
		return strdup(given);
	}
	if (access(installed, F_OK) == 0) {
		return strdup(installed);
	}
	return paths_share("kiosk.conf");
}

static const char service_state[] = "/var/lib/satellitkiosk"; /* the folder that systemd gives to the service */

static char *choose_state(const char *given)
{
	const char *folder = given ? given : getenv("STATE_DIRECTORY");
	if (folder && *folder) {
		return strndup(folder, given ? strlen(folder) : strcspn(folder, ":")); /* systemd may list several */
	}
	const char *xdg = getenv("XDG_STATE_HOME");
	if (xdg && xdg[0] == '/') { /* the XDG specification says to ignore relative paths */
		return paths_join(xdg, "satellitkiosk");
	}
	if (geteuid() == 0 && access(service_state, F_OK) == 0) {
		return strdup(service_state);
	}
	const char *home = getenv("HOME");
	return home && *home ? paths_join(home, ".local/state/satellitkiosk") : NULL;
}

static bool make_folders(char *path, struct err *err)
{
	for (char *slash = strchr(path + 1, '/');; slash = strchr(slash + 1, '/')) {
		if (slash) {
			*slash = '\0';
		}
		bool is_made = mkdir(path, 0700) == 0 || errno == EEXIST || errno == EISDIR || errno == EROFS;
		if (!is_made) {
			err_set(err, "%s: cannot be made: %s; name another folder with --state", path, strerror(errno));
		}
		if (slash) {
			*slash = '/';
		}
		if (!is_made || !slash) {
			return is_made;
		}
	}
}

char *paths_state(const char *given, struct err *err)
{
	char *path = choose_state(given);
	if (!path) {
		err_set(err, "no folder for the databases is known; name one with --state");
		return NULL;
	}
	struct stat found;
	bool ok = make_folders(path, err);
	if (ok && (stat(path, &found) != 0 || !S_ISDIR(found.st_mode))) {
		ok = err_set(err, "%s: is not a folder; name another one with --state", path);
	}
	if (!ok) {
		free(path);
		path = NULL;
	}
	return path;
}
