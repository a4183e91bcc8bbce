/* The layer below db/: SQLite's own file system, and our few system calls (linked with --wrap). Both can be made to
 * fail at the n-th operation, and both report every change to disk.h. */
#ifndef TESTS_DB_FAULTS_H
#define TESTS_DB_FAULTS_H

#include <stdbool.h>

enum fault {
	FAULT_NONE,
	FAULT_IO,        /* any operation: EIO */
	FAULT_FULL,      /* what needs room: ENOSPC */
	FAULT_READ_ONLY, /* what changes anything: EROFS */
	FAULT_COUNT
};

void faults_install(void); /* once; it becomes SQLite's default */

/* The n-th operation (from 1) that `fault` concerns fails, and with for_good every one after it. */
void faults_set(enum fault fault, long n, bool for_good);
void faults_clear(void);
long faults_struck(void); /* how many have failed since faults_set */

long long faults_written(void); /* bytes that SQLite has written to files, and how often it has synced one */
long faults_syncs(void);

#endif
