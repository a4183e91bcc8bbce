/* See hyphens.h. The patterns and the list are compared in lower-case Latin-1, which suffices for Swedish; any other
 * letter ends the search. */
#include "hyphens.h"

#include <errno.h>
#include <hyphen.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/limits.h"
#include "ical/utf8.h"
#include "app/base/regular.h"

/* An entry such as "umeåregion-råd": its letters, and how many of them stand before the joint. */
struct joint {
	unsigned char letters[HYPHENS_WORD_MAX];
	size_t count, before;
};

struct hyphens {
	HyphenDict *patterns; /* NULL: none */
	struct joint *joints; /* longer entries come first, because they are more specific */
	size_t joint_count;
};

enum grade { GRADE_NONE, GRADE_SYLLABLE, GRADE_JOINT };

/* A run of letters in a word. */
struct run {
	unsigned char letters[HYPHENS_WORD_MAX];
	size_t ends[HYPHENS_WORD_MAX];         /* the byte of the word behind each */
	unsigned char after[HYPHENS_WORD_MAX]; /* enum grade of a hyphen behind each */
	bool is_possible[HYPHENS_WORD_MAX];    /* the patterns allow a hyphen behind it */
	bool is_settled[HYPHENS_WORD_MAX];     /* inside an entry of the list, where shorter entries do not count */
	bool is_named[HYPHENS_WORD_MAX];       /* inside an entry that is certain, where no syllable counts either */
	size_t count;
};

/* Returns the letter in lower-case Latin-1; 0 when it is no letter. */
static unsigned char latin_letter(int32_t character)
{
	if ((character >= 'A' && character <= 'Z') || (character >= 0xC0 && character <= 0xDE && character != 0xD7)) {
		return (unsigned char)(character + 0x20);
	}
	bool is_small = (character >= 'a' && character <= 'z') || (character >= 0xDF && character <= 0xFF);
	return is_small && character != 0xF7 ? (unsigned char)character : 0;
}

static bool read_joint(const char *line, size_t length, struct joint *out_joint)
{
	struct joint joint = {.before = SIZE_MAX};
	for (size_t at = 0; at < length;) {
		int32_t character = utf8_next(line, length, &at);
		unsigned char letter = latin_letter(character);
		if (character == '-' && joint.before == SIZE_MAX) {
			joint.before = joint.count;
		} else if (letter && joint.count < HYPHENS_WORD_MAX) {
			joint.letters[joint.count++] = letter;
		} else {
			return false;
		}
	}
	*out_joint = joint;
	return joint.count > 0 && joint.before != SIZE_MAX;
}

static int compare_joints(const void *left, const void *right)
{
	const struct joint *a = left, *b = right;
	if (a->count != b->count) {
		return a->count < b->count ? 1 : -1;
	}
	return memcmp(a->letters, b->letters, a->count);
}

static bool read_line(struct hyphens *hyphens, const char *path, int number, const char *line, struct err *err)
{
	struct joint joint;
	size_t length = strcspn(line, "\n");
	if (length == 0 || line[0] == '#') {
		return true;
	}
	if (!read_joint(line, length, &joint)) {
		return err_set(err, "%s:%d: write letters with one hyphen where the word has its joint", path, number);
	}
	struct joint *grown = reallocarray(hyphens->joints, hyphens->joint_count + 1, sizeof(joint));
	if (!grown) {
		return err_set(err, "out of memory");
	}
	hyphens->joints = grown;
	hyphens->joints[hyphens->joint_count++] = joint;
	return true;
}

static bool read_joints(struct hyphens *hyphens, const char *path, struct err *err)
{
	char line[2 * HYPHENS_WORD_MAX + 2];
	FILE *stream = regular_stream(path);
	bool ok = stream != NULL;
	if (!stream) {
		return err_set(err, "%s: cannot be read: %s; install the package again", path, regular_reason(errno));
	}
	for (int number = 1; ok && fgets(line, (int)sizeof(line), stream); number++) {
		ok = read_line(hyphens, path, number, line, err);
	}
	fclose(stream);
	if (ok && hyphens->joint_count > 0) {
		qsort(hyphens->joints, hyphens->joint_count, sizeof(hyphens->joints[0]), compare_joints);
	}
	return ok;
}

static bool read_patterns(struct hyphens *hyphens, const char *path, struct err *err)
{
	hyphens->patterns = hnj_hyphen_load(path);
	if (!hyphens->patterns) {
		return err_set(err, "%s: cannot be read; install the package hyphen-sv", path);
	}
	if (strcmp(hyphens->patterns->cset, "ISO8859-1") != 0) {
		return err_set(err, "%s: is not in ISO8859-1; install the package hyphen-sv of Debian", path);
	}
	return true;
}

struct hyphens *hyphens_create(const char *joints, const char *patterns, struct err *err)
{
	struct hyphens *hyphens = calloc(1, sizeof(*hyphens));
	if (!hyphens) {
		err_set(err, "out of memory");
		return NULL;
	}
	if (!read_joints(hyphens, joints, err) || (patterns && !read_patterns(hyphens, patterns, err))) {
		hyphens_destroy(hyphens);
		return NULL;
	}
	return hyphens;
}

void hyphens_destroy(struct hyphens *hyphens)
{
	if (hyphens) {
		if (hyphens->patterns) {
			hnj_hyphen_free(hyphens->patterns);
		}
		free(hyphens->joints);
		free(hyphens);
	}
}

/* Reads the letters from word[*at] on, up to the first other character or the limit. */
static void take_run(const char *word, size_t length, size_t *at, struct run *out_run)
{
	*out_run = (struct run){.count = 0};
	while (*at < length && out_run->count < HYPHENS_WORD_MAX) {
		unsigned char letter = latin_letter(utf8_next(word, length, at));
		if (!letter) {
			return;
		}
		out_run->letters[out_run->count] = letter;
		out_run->ends[out_run->count++] = *at;
	}
}

/* Marks where the patterns allow a hyphen that adds or removes no letter. */
static void find_possible(const struct hyphens *hyphens, struct run *run)
{
	char marks[HYPHENS_WORD_MAX + 8] = "";
	char **replaced = NULL;
	int *at = NULL, *cut = NULL;
	if (!hyphens->patterns || hnj_hyphen_hyphenate2(hyphens->patterns, (const char *)run->letters, (int)run->count,
							marks, NULL, &replaced, &at, &cut) != 0) {
		return;
	}
	for (size_t i = 0; i < run->count; i++) {
		run->is_possible[i] = (marks[i] & 1) && !(replaced && replaced[i]);
		if (replaced) {
			free(replaced[i]);
		}
	}
	free(replaced);
	free(at);
	free(cut);
}

/* A part of the list begins at a letter of the run. */
static void settle(struct run *run, const struct joint *joint, size_t start)
{
	size_t place = start + joint->before; /* letters of the run before the hyphen */
	bool is_whole = joint->before > 0 && joint->before < joint->count;
	if (place < HYPHENS_JOINT_LETTERS || run->count - place < HYPHENS_JOINT_LETTERS || run->is_settled[place - 1] ||
	    !(is_whole || run->is_possible[place - 1])) {
		return;
	}
	run->after[place - 1] = GRADE_JOINT;
	for (size_t i = start; i + 1 < start + joint->count; i++) {
		run->is_settled[i] = true;
		run->is_named[i] = run->is_named[i] || is_whole;
	}
}

static void find_joints(const struct hyphens *hyphens, struct run *run)
{
	for (size_t i = 0; i < hyphens->joint_count; i++) {
		const struct joint *joint = &hyphens->joints[i];
		for (size_t start = 0; start + joint->count <= run->count; start++) {
			if (memcmp(run->letters + start, joint->letters, joint->count) == 0) {
				settle(run, joint, start);
			}
		}
	}
}

/* Returns whether a hyphen between syllables is acceptable: not inside a name of the list, far from both ends, and not
 * inside a doubled letter as in "kom-mun", where there is no joint. */
static void find_syllables(struct run *run)
{
	for (size_t i = HYPHENS_SYLLABLE_LETTERS; i + HYPHENS_SYLLABLE_LETTERS <= run->count; i++) {
		if (run->is_possible[i - 1] && !run->is_named[i - 1] && run->after[i - 1] == GRADE_NONE &&
		    run->letters[i - 1] != run->letters[i]) {
			run->after[i - 1] = GRADE_SYLLABLE;
		}
	}
}

size_t hyphens_part(const struct hyphens *hyphens, const char *word, size_t length, size_t most)
{
	size_t best[] = {[GRADE_NONE] = 0, [GRADE_SYLLABLE] = 0, [GRADE_JOINT] = 0};
	struct run run;
	for (size_t at = 0; hyphens && at < length && at < most;) {
		take_run(word, length, &at, &run);
		find_possible(hyphens, &run);
		find_joints(hyphens, &run);
		find_syllables(&run);
		for (size_t i = 0; i < run.count && run.ends[i] <= most; i++) {
			best[run.after[i]] = run.ends[i];
		}
	}
	return best[GRADE_JOINT] ? best[GRADE_JOINT] : best[GRADE_SYLLABLE];
}
