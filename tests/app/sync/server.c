/* See server.h. */
#include "server.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t start_script(const char *kind, const char *dir, int in, int out)
{
	char script[] = KIOSK_SOURCE_DIR "/tests/app/sync/dav_server.py";
	char python[] = "/usr/bin/python3", path[] = "PATH=/usr/bin:/bin:/usr/sbin:/sbin",
	     bytecode[] = "PYTHONDONTWRITEBYTECODE=1";
	char kind_text[32], dir_text[64];
	snprintf(kind_text, sizeof(kind_text), "%s", kind);
	snprintf(dir_text, sizeof(dir_text), "%s", dir);
	char *const argv[] = {python, script, kind_text, dir_text, NULL};
	char *const env[] = {path, bytecode, NULL};
	posix_spawn_file_actions_t actions;
	pid_t pid = -1;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
	int error = posix_spawn(&pid, python, &actions, NULL, argv, env);
	posix_spawn_file_actions_destroy(&actions);
	return error == 0 ? pid : -1;
}

static bool is_ready(struct server *server)
{
	char word[16];
	while (fscanf(server->from, "%15s", word) == 1) {
		if (strcmp(word, "ready") == 0) {
			return true;
		}
		if (strcmp(word, "url") == 0 && fscanf(server->from, "%159s", server->url) != 1) {
			return false;
		}
	}
	return false;
}

int server_start(struct server *server, const char *kind)
{
	int in[2], out[2], status = 0;
	*server = (struct server){.dir = "/tmp/test_server.XXXXXX", .pid = -1};
	if (!mkdtemp(server->dir) || pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0) {
		return SERVER_FAILED;
	}
	snprintf(server->ca_file, sizeof(server->ca_file), "%s/ca.pem", server->dir);
	server->pid = start_script(kind, server->dir, in[0], out[1]);
	close(in[0]);
	close(out[1]);
	server->to = fdopen(in[1], "w");
	server->from = fdopen(out[0], "r");
	if (server->pid > 0 && server->to && server->from && is_ready(server)) {
		return SERVER_STARTED;
	}
	waitpid(server->pid, &status, 0);
	server->pid = -1;
	return WIFEXITED(status) && WEXITSTATUS(status) == SERVER_MISSING ? SERVER_MISSING : SERVER_FAILED;
}

void server_stop(struct server *server)
{
	char rm[] = "/bin/rm", option[] = "-rf";
	char *const argv[] = {rm, option, server->dir, NULL};
	char *const env[] = {NULL};
	pid_t pid = 0;
	fclose(server->to);
	fclose(server->from);
	if (server->pid > 0) {
		waitpid(server->pid, NULL, 0);
	}
	if (posix_spawn(&pid, rm, NULL, NULL, argv, env) == 0) {
		waitpid(pid, NULL, 0);
	}
}

bool server_do(struct server *server, const char *command)
{
	char answer[16];
	return fprintf(server->to, "%s\n", command) > 0 && fflush(server->to) == 0 &&
	       fscanf(server->from, "%15s", answer) == 1 && strcmp(answer, "done") == 0;
}
