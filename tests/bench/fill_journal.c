/* fill_journal DIR COUNT OLDEST NEWEST: puts that many check-ins of five machines into the journal in DIR, evenly
 * between two instants in UTC seconds. For measurements only. */
#include <stdio.h>
#include <stdlib.h>

#include "check_ins.h"

int main(int argc, char **argv)
{
	if (argc != 5) {
		fputs("usage: fill_journal DIR COUNT OLDEST NEWEST\n", stderr);
		return 2;
	}
	bool ok = check_ins_fill(argv[1], strtol(argv[2], NULL, 10), strtoll(argv[3], NULL, 10),
				 strtoll(argv[4], NULL, 10));
	return ok ? 0 : 1;
}
