/* A real CalDAV or WebDAV server on loopback for one test program: dav_server.py. */
#ifndef TESTS_APP_SYNC_SERVER_H
#define TESTS_APP_SYNC_SERVER_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

enum { SERVER_STARTED = 0, SERVER_FAILED = 1, SERVER_MISSING = 77 };

struct server {
	char dir[64], ca_file[96];
	char url[160]; /* of the collection; USER and PASSWORD are those of dav_server.py */
	pid_t pid;
	FILE *to, *from;
};

/* SERVER_MISSING: it is not installed. */
int server_start(struct server *server, const char *kind);
void server_stop(struct server *server);

/* "stop", "start", "kill", "empty", "backup" or "restore"; returns when it is done. */
bool server_do(struct server *server, const char *command);

#endif
