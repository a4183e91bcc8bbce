/* The widths that the program will see: its own fonts, opened once. */
#include "measure.h"

#include <stdio.h>

#include "app/draw/text.h"

static struct text *text;

const struct measure *measure_get(void)
{
	struct err err = {0};
	text = text ? text : text_create(&err);
	if (!text) {
		printf("%s\n", err.text);
		return NULL;
	}
	return text_measure(text);
}

void measure_free(void)
{
	text_destroy(text);
	text = NULL;
}
