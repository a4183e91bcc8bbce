/* See nearest.h. The edit distance counts two swapped neighbours as one mistake (optimal string alignment). */
#include "nearest.h"
#include "app/base/limits.h"

#include <stdint.h>
#include <string.h>

static size_t min2(size_t a, size_t b)
{
	return a < b ? a : b;
}

static size_t distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
	size_t rows[3][NEAREST_NAME_MAX + 1]; /* the current row, and the two before it */
	for (size_t j = 0; j <= b_length; j++) {
		rows[0][j] = j;
	}
	for (size_t i = 1; i <= a_length; i++) {
		size_t *row = rows[i % 3];
		const size_t *above = rows[(i - 1) % 3], *above2 = rows[(i + 1) % 3];
		row[0] = i;
		for (size_t j = 1; j <= b_length; j++) {
			size_t change = above[j - 1] + (a[i - 1] != b[j - 1]);
			row[j] = min2(change, 1 + min2(above[j], row[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
				row[j] = min2(row[j], above2[j - 2] + 1);
			}
		}
	}
	return rows[a_length % 3][b_length];
}

const char *nearest_name(const char *name, const char *const *names, size_t count)
{
	const char *nearest = NULL;
	size_t length = strlen(name);
	size_t fewest = SIZE_MAX;
	for (size_t i = 0; i < count && length <= NEAREST_NAME_MAX; i++) {
		size_t other = strlen(names[i]);
		if (other > NEAREST_NAME_MAX) {
			continue;
		}
		size_t mistakes = distance(name, length, names[i], other);
		if (mistakes < fewest) {
			fewest = mistakes;
			nearest = names[i];
		}
	}
	return nearest;
}
