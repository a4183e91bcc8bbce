/* Runs a fuzzer's target over each file of its corpus, so that what was once found stays found without a fuzzer. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

static int replay_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	size_t size;
	uint8_t *data = malloc(1 << 20);

	if (!file || !data) {
		fprintf(stderr, "%s: cannot be read\n", path);
		return 1;
	}
	size = fread(data, 1, 1 << 20, file);
	fclose(file);
	/* A block of its own size, so that a sanitizer sees a read past the end. */
	data = realloc(data, size > 0 ? size : 1);
	LLVMFuzzerTestOneInput(data, size);
	free(data);
	return 0;
}

int main(int argc, char **argv)
{
	int failed = 0, count = 0;

	for (int i = 1; i < argc; i++) {
		DIR *folder = opendir(argv[i]);
		const struct dirent *entry;

		while (folder && (entry = readdir(folder))) {
			char path[4096];

			if (entry->d_name[0] == '.') {
				continue;
			}
			snprintf(path, sizeof(path), "%s/%s", argv[i], entry->d_name);
			failed |= replay_file(path);
			count++;
		}
		if (folder) {
			closedir(folder);
		}
	}
	printf("%d inputs\n", count);
	return failed || count == 0;
}
