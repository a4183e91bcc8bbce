/* Answers zones.py: for each line "NAME u|l SECOND" of its input, the second of the other side, or "unknown". */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ical/zone.h"

int main(void)
{
	char name[128] = "", wanted[128], direction;
	struct zone *zone = NULL;
	int64_t second;

	while (scanf("%127s %c %" SCNd64, wanted, &direction, &second) == 3) {
		if (strcmp(name, wanted) != 0) {
			zone_destroy(zone);
			zone = zone_create(wanted, NULL);
			memcpy(name, wanted, sizeof(name));
		}
		if (zone) {
			printf("%" PRId64 "\n", direction == 'u' ? zone_local(zone, second) : zone_utc(zone, second));
		} else {
			puts("unknown");
		}
	}
	zone_destroy(zone);
	return EXIT_SUCCESS;
}
