/* See https.h. */
#include "https.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static bool read_ports(struct https *server, FILE *output)
{
	char name[16];
	int port = 0;
	while (fscanf(output, "%15s %d", name, &port) == 2) {
		if (strcmp(name, "ready") == 0) {
			return true;
		}
		if (server->port_count < HTTPS_PORTS_MAX) {
			strcpy(server->ports[server->port_count].name, name);
			server->ports[server->port_count++].port = port;
		}
	}
	return false;
}

bool https_start(struct https *server)
{
	int in[2], out[2];
	*server = (struct https){.dir = "/tmp/test_https.XXXXXX", .input = -1};
	if (!mkdtemp(server->dir) || pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0) {
		return false;
	}
	snprintf(server->ca_file, sizeof(server->ca_file), "%s/ca.pem", server->dir);
	char script[] = KIOSK_SOURCE_DIR "/tests/ical/https_server.py";
	char python[] = "/usr/bin/python3";
	char path[] = "PATH=/usr/bin:/bin";
	char *const argv[] = {python, script, server->dir, NULL};
	char *const env[] = {path, NULL};
	posix_spawn_file_actions_t actions;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
	int error = posix_spawn(&server->pid, python, &actions, NULL, argv, env);
	posix_spawn_file_actions_destroy(&actions);
	close(in[0]);
	close(out[1]);
	server->input = in[1];
	FILE *output = fdopen(out[0], "r");
	bool ok = error == 0 && output && read_ports(server, output);
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

void https_stop(struct https *server)
{
	if (server->input >= 0) {
		close(server->input);
		waitpid(server->pid, NULL, 0);
		remove_folder(server->dir);
	}
}

int https_port(const struct https *server, const char *name)
{
	for (size_t i = 0; i < server->port_count; i++) {
		if (strcmp(server->ports[i].name, name) == 0) {
			return server->ports[i].port;
		}
	}
	return 0;
}

const char *https_url(const struct https *server, const char *name, const char *path, char out[HTTPS_URL_MAX])
{
	snprintf(out, HTTPS_URL_MAX, "https://localhost:%d%s", https_port(server, name), path);
	return out;
}

bool https_put(const struct https *server, const char *name, const char *text)
{
	char path[128], fresh[128];
	snprintf(path, sizeof(path), "%s/%s", server->dir, name);
	snprintf(fresh, sizeof(fresh), "%s/.%s", server->dir, name);
	FILE *file = fopen(fresh, "we");
	bool ok = file && fputs(text, file) >= 0;
	if (file) {
		ok = fclose(file) == 0 && ok;
	}
	return ok && rename(fresh, path) == 0;
}

struct https https;

int https_set_up(void **state)
{
	(void)state;
	return https_start(&https) ? 0 : -1;
}

int https_tear_down(void **state)
{
	(void)state;
	https_stop(&https);
	return 0;
}
