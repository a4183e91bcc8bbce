/* See https.h. */
#include "https.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static bool read_ports(struct https *https, FILE *output)
{
	char name[16];
	int port = 0;
	while (fscanf(output, "%15s %d", name, &port) == 2) {
		if (strcmp(name, "ready") == 0) {
			return true;
		}
		if (https->port_count < HTTPS_PORTS_MAX) {
			strcpy(https->ports[https->port_count].name, name);
			https->ports[https->port_count++].port = port;
		}
	}
	return false;
}

bool https_start(struct https *https)
{
	int in[2], out[2];
	*https = (struct https){.dir = "/tmp/test_https.XXXXXX", .input = -1};
	if (!mkdtemp(https->dir) || pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0) {
		return false;
	}
	snprintf(https->ca_file, sizeof https->ca_file, "%s/ca.pem", https->dir);
	char script[] = KIOSK_SOURCE_DIR "/tests/ical/https_server.py";
	char python[] = "/usr/bin/python3";
	char path[] = "PATH=/usr/bin:/bin";
	char *const argv[] = {python, script, https->dir, NULL};
	char *const env[] = {path, NULL};
	posix_spawn_file_actions_t actions;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
	int error = posix_spawn(&https->pid, python, &actions, NULL, argv, env);
	posix_spawn_file_actions_destroy(&actions);
	close(in[0]);
	close(out[1]);
	https->input = in[1];
	FILE *output = fdopen(out[0], "r");
	bool ok = error == 0 && output && read_ports(https, output);
	if (output) {
		fclose(output);
	}
	return ok;
}

static void remove_folder(char *dir)
{
	char rm[] = "/bin/rm", option[] = "-rf", separator[] = "--";
	char *const argv[] = {rm, option, separator, dir, NULL};
	char *const env[] = {NULL};
	pid_t pid = 0;
	if (posix_spawn(&pid, rm, NULL, NULL, argv, env) == 0) {
		waitpid(pid, NULL, 0);
	}
}

void https_stop(struct https *https)
{
	if (https->input >= 0) {
		close(https->input);
		waitpid(https->pid, NULL, 0);
		remove_folder(https->dir);
	}
}

int https_port(const struct https *https, const char *name)
{
	for (size_t i = 0; i < https->port_count; i++) {
		if (strcmp(https->ports[i].name, name) == 0) {
			return https->ports[i].port;
		}
	}
	return 0;
}

const char *https_url(const struct https *https, const char *name, const char *path, char out[HTTPS_URL_MAX])
{
	snprintf(out, HTTPS_URL_MAX, "https://localhost:%d%s", https_port(https, name), path);
	return out;
}

bool https_put(const struct https *https, const char *name, const char *text)
{
	char path[128], fresh[128];
	snprintf(path, sizeof path, "%s/%s", https->dir, name);
	snprintf(fresh, sizeof fresh, "%s/.%s", https->dir, name);
	FILE *file = fopen(fresh, "we");
	bool ok = file && fputs(text, file) >= 0;
	if (file) {
		ok = fclose(file) == 0 && ok;
	}
	return ok && rename(fresh, path) == 0;
}
