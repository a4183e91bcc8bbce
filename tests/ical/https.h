/* A real TLS server on loopback for one test program: https_server.py, with certificates of its own. */
#ifndef TESTS_HTTPS_H
#define TESTS_HTTPS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum { HTTPS_PORTS_MAX = 12, HTTPS_URL_MAX = 256 };

struct https {
	char dir[64]; /* what /file/NAME serves; ca.pem is the test CA */
	char ca_file[96];
	pid_t pid;
	int input; /* the server ends when this is closed */
	struct {
		char name[16];
		int port;
	} ports[HTTPS_PORTS_MAX];
	size_t port_count;
};

bool https_start(struct https *server);
void https_stop(struct https *server); /* removes the folder too */
int https_port(const struct https *server, const char *name);

/* "https://localhost:PORT" + path, on the listener `name`; in a buffer of the caller's. */
const char *https_url(const struct https *server, const char *name, const char *path, char out[HTTPS_URL_MAX]);

/* Makes DIR/name hold the text, at once. */
bool https_put(const struct https *server, const char *name, const char *text);

/* A test program's own, for a group of cmocka tests. */
extern struct https https;
int https_set_up(void **state);
int https_tear_down(void **state);

#endif
