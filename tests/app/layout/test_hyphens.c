/* Where words are parted: with the list of the program and the patterns of hyphen-sv, and without the patterns. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/layout/hyphens.h"

static const char joints[] = KIOSK_SOURCE_DIR "/assets/joints";

static struct hyphens *load(const char *patterns)
{
	struct err err = {""};
	struct hyphens *hyphens = hyphens_create(joints, patterns, &err);
	if (!hyphens) {
		fail_msg("%s", err.text);
	}
	return hyphens;
}

/* Writes the word with the hyphens that it gets as its line becomes shorter, down to `least` bytes. */
static void part(const struct hyphens *hyphens, const char *word, size_t least, char *out)
{
	size_t length = strlen(word), used = 0, last = 0;
	for (size_t most = least; most <= length; most++) {
		size_t end = hyphens_part(hyphens, word, length, most);
		if (end > last) {
			memcpy(out + used, word + last, end - last);
			used += end - last;
			out[used++] = '|';
			last = end;
		}
	}
	strcpy(out + used, word + last);
}

static void expect_all(const struct hyphens *hyphens, const char *const *rows, size_t count)
{
	size_t wrong = 0;
	for (size_t i = 0; i < count; i++) {
		char word[256] = "", parted[256];
		for (size_t at = 0, to = 0; rows[i][at]; at++) {
			if (rows[i][at] != '|') {
				word[to++] = rows[i][at];
			}
		}
		part(hyphens, word, strcspn(rows[i], "|"), parted);
		if (strcmp(parted, rows[i]) != 0) {
			print_message("%s: expected %s, got %s\n", word, rows[i], parted);
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
}

/* "|" is every hyphen that may be set, unless the line is shorter than the first of them. */
static void compounds(void **state)
{
	static const char *const rows[] = {
		"Umeå|region|rådet",
		"Umeå|regionen",
		"Kommun|chefs|gruppen",
		"Näringslivs|gruppen",
		"Turism|gruppen",
		"Personal|chefs|gruppen",
		"Skol|chefs|gruppen",
		"Kommunikatörs|gruppen",
		"Samhälls|byggnads|gruppen",
		"Digitaliserings|gruppen",
		"Upphandlings|gruppen",
		"avfalls|planen",
		"Räddnings|nämnden",
		"Personal|administrativa",
		"Överförmyndar|nämnden",
		"Satellit|kontoret",
		"Kontors|plats",
		"Konferens|rum",
		"Sammanträdes|rum",
		"Värd|kommun",
		"Värd|kommuns|möte",
		"Budget|uppföljning",
		"Budget|uppföljnings|möte",
		"Budget|beredning",
		"Kommun|styrelsens",
		"Kommun|fullmäktige",
		"Kommun|direktören",
		"Verksamhets|uppföljning",
		"Verksamhets|plan",
		"Verksamhets|område",
		"Arbetsplats|träff",
		"Medarbetar|samtal",
		"Utvecklings|samtal",
		"Avdelnings|möte",
		"Lednings|grupps|möte",
		"Projekt|grupp",
		"Berednings|grupp",
		"Presidie|möte",
		"Arbets|utskottet",
		"Kris|lednings|nämnden",
		"Miljö|nämnden",
		"Social|nämnden",
		"Förvaltnings|chef",
		"Region|utveckling",
		"Lands|bygds|utveckling",
		"Infrastruktur|plan",
		"Kollektiv|trafik",
		"Bredbands|samordning",
		"Tillgänglighets|redogörelse",
		"Kompetens|försörjning",
		"Besöks|näring",
		"Närings|livs|utveckling",
		"Års|redovisning",
		"Delårs|bokslut",
		"Intern|kontroll",
		"Sekretess|avtal",
		"Medborgar|förslag",
		"Överlämnings|möte",
		"Introduktions|utbildning",
		"Friskvårds|timme",
		"Telefon|konferens",
		"RÄDDNINGS|NÄMNDEN",
		/* No joint is known, and nothing else is far enough from both ends or outside a doubled letter. */
		"Kommunen",
		"Grupper",
		"Forum",
		"Nils",
		"",
	};
	struct hyphens *hyphens = load(HYPHENS_PATTERNS);
	(void)state;
	expect_all(hyphens, rows, sizeof(rows) / sizeof(rows[0]));
	hyphens_destroy(hyphens);
}

/* The line is too short for the first joint: a syllable, or nothing at all. */
static void syllables(void **state)
{
	static const struct {
		const char *word;
		size_t most;
		const char *part;
	} rows[] = {
		{"Personalchefsgruppen", 7, "Perso"},
		{"Digitaliseringsgruppen", 14, "Digitalise"},
		{"Kommunikatörer", 9, "Kommunika"},
		{"Handlingar", 9, "Hand"},
		{"Umeåregionrådet", 10, "Umeå"}, /* never "Umeåre-gionrådet" */
		{"Umeåregionrådet", 4, ""},
		{"Räddningsnämnden", 9, ""},     /* never "Räddning-snämnden" */
		{"Budgetuppföljning", 5, ""},    /* never "Budge-tuppföljning" */
		{"Värdkommunsmöte", 11, "Värd"}, /* never "Värdkom-munsmöte" */
		{"Värdkommun", 4, ""},
	};
	struct hyphens *hyphens = load(HYPHENS_PATTERNS);
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t end = hyphens_part(hyphens, rows[i].word, strlen(rows[i].word), rows[i].most);
		if (end != strlen(rows[i].part)) {
			fail_msg("%s: expected \"%s\", got \"%.*s\"", rows[i].word, rows[i].part, (int)end,
				 rows[i].word);
		}
	}
	hyphens_destroy(hyphens);
}

/* What stands around a word, and what it has inside. */
static void signs(void **state)
{
	static const char *const rows[] = {
		"(Räddnings|nämnden),",
		"”Budget|uppföljning”",
		"räddnings|nämnden/värd|kommunen",
		"Räddnings|nämnden😀budget|uppföljning",
		"Přerov|návání", /* a letter that the patterns do not know is no part of what they look at */
		"Администрация",
		"\xFF\xFE",
	};
	struct hyphens *hyphens = load(HYPHENS_PATTERNS);
	(void)state;
	expect_all(hyphens, rows, sizeof(rows) / sizeof(rows[0]));
	hyphens_destroy(hyphens);
}

/* Only a joint that the list knows from both sides is certain. */
static void without_patterns(void **state)
{
	static const char *const rows[] = {"Umeå|region|rådet", "Räddnings|nämnden", "Värd|kommunsmöte",
					   "Budgetuppföljning", "Handlingar"};
	struct hyphens *hyphens = load(NULL);
	(void)state;
	expect_all(hyphens, rows, sizeof(rows) / sizeof(rows[0]));
	hyphens_destroy(hyphens);
}

static void without_anything(void **state)
{
	(void)state;
	assert_int_equal(hyphens_part(NULL, "Budgetuppföljning", 18, 18), 0);
	hyphens_destroy(NULL);
}

/* A word longer than any: no more of it is looked at than the limit says, and nothing is written past an end. */
static void long_words(void **state)
{
	enum { LENGTH = 5000 };
	static char word[LENGTH + 1];
	struct hyphens *hyphens = load(HYPHENS_PATTERNS);
	(void)state;
	for (size_t i = 0; i < LENGTH; i++) {
		word[i] = "budgetmöte"[i % 11];
	}
	for (size_t most = 0; most <= LENGTH; most += 97) {
		assert_true(hyphens_part(hyphens, word, LENGTH, most) <= most);
	}
	hyphens_destroy(hyphens);
}

static void mistakes(void **state)
{
	static const struct {
		const char *text, *error;
	} rows[] = {
		{"# a comment\n\nbudget-möte\n", NULL},
		{"budgetmöte\n", ":1: write letters with one hyphen where the word has its joint"},
		{"-möte\nbudget-upp-följning\n", ":2: write letters with one hyphen where the word has its joint"},
		{"-\n", ":1: write letters with one hyphen where the word has its joint"},
		{"möte 2-rum\n", ":1: write letters with one hyphen where the word has its joint"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char path[] = "/tmp/joints-XXXXXX", expected[128];
		struct err err = {""};
		int file = mkstemp(path);
		assert_true(write(file, rows[i].text, strlen(rows[i].text)) > 0);
		close(file);
		struct hyphens *hyphens = hyphens_create(path, NULL, &err);
		unlink(path);
		assert_int_equal(hyphens != NULL, rows[i].error == NULL);
		snprintf(expected, sizeof(expected), "%s%s", rows[i].error ? path : "",
			 rows[i].error ? rows[i].error : "");
		assert_string_equal(err.text, expected);
		hyphens_destroy(hyphens);
	}
	struct err err = {""};
	assert_null(hyphens_create("/nowhere/joints", NULL, &err));
	assert_string_equal(err.text,
			    "/nowhere/joints: cannot be read: No such file or directory; install the package again");
	assert_null(hyphens_create(joints, "/nowhere/hyph.dic", &err));
	assert_string_equal(err.text, "/nowhere/hyph.dic: cannot be read; install the package hyphen-sv");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(compounds),        cmocka_unit_test(syllables),        cmocka_unit_test(signs),
		cmocka_unit_test(without_patterns), cmocka_unit_test(without_anything), cmocka_unit_test(long_words),
		cmocka_unit_test(mistakes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
