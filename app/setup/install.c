/* Writes the configuration, the addresses and the drop-ins that hand them to the service, each as a whole or not at
 * all; and starts the kiosk. Nothing that is the same already is written again. */
#include "state_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/config/paths.h"

static const char service_group[] = "satellitkiosk";
static const char written_by[] = "# Written by satellitkiosk setup.\n[Service]\n";
static const char *const units[] = {"satellitkiosk", "satellitkiosk-kms"};

/* Writes a file unless it has this text already. */
static bool put_file(const char *path, const char *text, unsigned int mode, const char *group, bool *changed,
		     struct err *err)
{
	char *before = setup_slurp(path);
	bool is_same = before && strcmp(before, text) == 0;
	if (before) {
		explicit_bzero(before, strlen(before));
	}
	free(before);
	if (is_same) {
		return true;
	}
	*changed = true;
	return setup_make_folders(path, 0755, err) && setup_write_file(path, text, mode, group, err);
}

/* Runs systemd-creds with a text as its input, and returns its output; NULL: it failed. */
static char *run_creds(const char *verb, const char *name, const char *input, const char *file)
{
	int to[2], from[2];
	char option[128], *output = NULL;
	snprintf(option, sizeof(option), "--name=%s", name);
	if (pipe2(to, O_CLOEXEC) != 0) {
		return NULL;
	}
	if (pipe2(from, O_CLOEXEC) != 0) {
		close(to[0]);
		close(to[1]);
		return NULL;
	}
	fflush(NULL);
	pid_t child = fork();
	if (child == 0) {
		dup2(to[0], STDIN_FILENO);
		dup2(from[1], STDOUT_FILENO);
		execlp("systemd-creds", "systemd-creds", verb, option, file, "-", (char *)NULL);
		_exit(127);
	}
	close(to[0]);
	close(from[1]);
	bool ok = child > 0 && write(to[1], input, strlen(input)) == (ssize_t)strlen(input);
	close(to[1]);
	FILE *stream = fdopen(from[0], "r");
	size_t size = 0;
	ok = stream && getdelim(&output, &size, '\0', stream) > 0 && ok;
	if (stream) {
		fclose(stream);
	}
	int status = 1;
	while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
	}
	if (!ok || status != 0) {
		free(output);
		output = NULL;
	}
	return output;
}

/* A sealed address differs each time that it is sealed, so the one that is there is opened and compared. */
static bool put_sealed(const char *name, const char *path, const char *text, bool *changed, struct err *err)
{
	char *before = access(path, F_OK) == 0 ? run_creds("decrypt", name, "", path) : NULL;
	bool is_same = before && strcmp(before, text) == 0;
	free(before);
	if (is_same) {
		return true;
	}
	char *sealed = run_creds("encrypt", name, text, "-");
	bool ok = sealed ? put_file(path, sealed, 0600, NULL, changed, err)
			 : err_set(err, "systemd-creds: the address could not be sealed");
	free(sealed);
	return ok;
}

static bool put_address(struct setup *setup, const struct setup_feed *feed, bool *changed, struct err *err)
{
	size_t index = config_edit_find(setup->edit, "feed", feed->name);
	char *name = config_edit_get(setup->edit, "feed", index, "credential");
	char *plain = NULL, *sealed = NULL, *text = NULL;
	bool ok = name && asprintf(&plain, "%s/etc/credstore/%s", setup->root, name) > 0 &&
		  asprintf(&sealed, "%s/etc/credstore.encrypted/%s", setup->root, name) > 0 &&
		  asprintf(&text, "%s\n", feed->address) > 0;
	if (ok && setup->options->seal) {
		ok = put_sealed(name, sealed, text, changed, err) && (unlink(plain) == 0 || errno == ENOENT);
	} else if (ok) {
		ok = setup_make_folders(plain, 0700, err) && put_file(plain, text, 0600, NULL, changed, err) &&
		     (unlink(sealed) == 0 || errno == ENOENT);
	}
	if (text) {
		explicit_bzero(text, strlen(text));
	}
	free(text);
	free(name);
	free(plain);
	free(sealed);
	return ok;
}

static bool is_there(const struct setup *setup, const char *folder, const char *name)
{
	char *path = NULL;
	bool found = asprintf(&path, "%s/etc/%s/%s", setup->root, folder, name) > 0 && access(path, F_OK) == 0;
	free(path);
	return found;
}

/* A line for each credential that the configuration names, where the file is. */
static bool make_dropin(const struct setup *setup, char **out)
{
	static const struct {
		const char *section, *key;
	} uses[] = {{"feed", "credential"},
		    {"feed", "proxy-credential"},
		    {"network", "proxy-credential"},
		    {"share", "credential"}};
	size_t size = 0;
	FILE *stream = open_memstream(out, &size);
	if (!stream) {
		return false;
	}
	fputs(written_by, stream);
	for (size_t use = 0; use < sizeof(uses) / sizeof(*uses); use++) {
		for (size_t i = 0; i < config_edit_count(setup->edit, uses[use].section); i++) {
			char *name = config_edit_get(setup->edit, uses[use].section, i, uses[use].key);
			if (name && is_there(setup, "credstore.encrypted", name)) {
				fprintf(stream, "LoadCredentialEncrypted=%s:/etc/credstore.encrypted/%s\n", name, name);
			} else if (name && is_there(setup, "credstore", name)) {
				fprintf(stream, "LoadCredential=%s:/etc/credstore/%s\n", name, name);
			}
			free(name);
		}
	}
	return fclose(stream) == 0;
}

/* Removes the addresses that an earlier run stored and that no feed has any more. */
static void forget_addresses(const struct setup *setup, const char *before, const char *now)
{
	const char *line = strstr(before, "LoadCredential");
	while (line) {
		const char *name = strchr(line, '=');
		size_t length = name ? strcspn(name, ":\n") : 0;
		char *wanted = name ? strndup(name, length) : NULL;
		char *path = NULL;
		const char *file = name && name[length] == ':' ? name + length + 1 : NULL;
		char *with_colon = NULL;
		if (wanted && file && asprintf(&with_colon, "%s:", wanted) > 0 && !strstr(now, with_colon) &&
		    asprintf(&path, "%s%.*s", setup->root, (int)strcspn(file, "\n"), file) > 0) {
			unlink(path);
		}
		free(path);
		free(with_colon);
		free(wanted);
		line = strstr(line + 1, "LoadCredential");
	}
}

static bool put_dropins(struct setup *setup, bool *changed, struct err *err)
{
	char *text = NULL;
	bool ok = make_dropin(setup, &text);
	for (size_t i = 0; ok && i < sizeof(units) / sizeof(*units); i++) {
		char *path = NULL;
		if (asprintf(&path, "%s/etc/systemd/system/%s.service.d/credentials.conf", setup->root, units[i]) < 0) {
			ok = false;
			break;
		}
		char *before = setup_slurp(path);
		/* One that somebody wrote by hand is theirs. */
		bool is_ours = !before || strncmp(before, "# Written by satellitkiosk", 26) == 0;
		bool is_needed = strstr(text, "LoadCredential") || before;
		if (is_ours && before) {
			forget_addresses(setup, before, text);
		}
		if (!is_ours && strstr(text, "LoadCredential")) {
			fprintf(stderr, "%s %s:\n%s", path,
				dialog_pick(&setup->dialog, "was written by hand and stays; it needs these lines",
					    "är skriven för hand och får stå kvar; den behöver de här raderna"),
				text + strlen(written_by));
		}
		ok = !is_ours || !is_needed || put_file(path, text, 0644, NULL, changed, err);
		free(before);
		free(path);
	}
	free(text);
	return ok;
}

static bool keep_earlier(const struct setup *setup, struct err *err)
{
	char *path = NULL;
	bool ok = asprintf(&path, "%s.before-setup", setup->file) > 0 &&
		  setup_write_file(path, setup->before, 0600, NULL, err);
	free(path);
	return ok;
}

bool setup_install(struct setup *setup, bool *out_changed, struct err *err)
{
	const char *text = config_edit_text(setup->edit);
	bool is_other = strcmp(text, setup->before) != 0, ok = true;
	*out_changed = false;
	err_set(err, "out of memory");
	for (size_t i = 0; ok && i < setup->feed_count; i++) {
		ok = !setup->feeds[i].address || put_address(setup, &setup->feeds[i], out_changed, err);
	}
	ok = ok && put_dropins(setup, out_changed, err);
	if (ok && is_other) {
		*out_changed = true;
		ok = setup_make_folders(setup->file, 0755, err) && (!setup->before[0] || keep_earlier(setup, err)) &&
		     setup_write_file(setup->file, text, 0640, service_group, err);
	}
	return ok;
}

static bool systemctl(const char *verb, const char *first, const char *second)
{
	fflush(NULL);
	pid_t child = fork();
	if (child == 0) {
		execlp("systemctl", "systemctl", "--quiet", verb, first, second, (char *)NULL);
		_exit(127);
	}
	int status = 1;
	while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
	}
	return child > 0 && status == 0;
}

void setup_start(struct setup *setup)
{
	bool can_start = !setup->root[0] && !setup->options->config && !setup->options->no_start &&
			 access("/run/systemd/system", F_OK) == 0 && geteuid() == 0;
	if (!can_start) {
		return;
	}
	bool is_bare = systemctl("is-enabled", "satellitkiosk-kms.service", NULL);
	bool ok = systemctl("daemon-reload", NULL, NULL) &&
		  (is_bare ? systemctl("restart", "satellitkiosk-kms.service", NULL)
			   : systemctl("enable", "satellitkiosk.service", "satellitkiosk-display.service") &&
				     systemctl("restart", "satellitkiosk.service", NULL));
	if (ok) {
		dialog_say(&setup->dialog, "The kiosk is started. If the screen stays black: satellitkiosk doctor",
			   "Kiosken är startad. Om skärmen förblir svart: satellitkiosk doctor");
	} else {
		dialog_say(&setup->dialog, "The kiosk could not be started: journalctl -u satellitkiosk",
			   "Kiosken gick inte att starta: journalctl -u satellitkiosk");
	}
}
