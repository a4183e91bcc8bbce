/* Frees what an occurrence owns. */
#include "occurrence.h"

#include <stdlib.h>

void occurrence_finish(struct occurrence *occurrence)
{
	free(occurrence->uid);
	free(occurrence->recurrence_id);
	free(occurrence->summary);
	free(occurrence->location);
	free(occurrence->description);
	free(occurrence->organizer);
	free(occurrence->resources);
	free(occurrence->url);
	*occurrence = (struct occurrence){0};
}

void occurrence_list_finish(struct occurrence_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		occurrence_finish(&list->items[i]);
	}
	free(list->items);
	*list = (struct occurrence_list){0};
}
