/* A feed's text made fit to be stored: hostile bytes, telephone numbers and what only looks like one, addresses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "app/sync/clean.h"

struct text_case {
	const char *in;
	size_t max;
	const char *out;
};

static const struct text_case texts[] = {
	{"", 99, ""},
	{"Möte", 99, "Möte"},
	{"  two\t\r\n words ", 99, "two words"},
	{"a\x01\x7F\xC2\x85z", 99, "a z"}, /* NEL is a space, DEL nothing */
	{"\xE2\x80\xAE"
	 "desrever\xE2\x80\xAC",
	 99, "desrever"},                                   /* direction override */
	{"\xE2\x81\xA6x\xE2\x81\xA9\xE2\x80\x8F", 99, "x"}, /* isolates, RLM */
	{"\xEF\xBB\xBFx\xE2\x80\x8By", 99, "xy"},           /* BOM, zero width space */
	{"a\xC2\xA0"
	 "b\xE2\x80\xA8"
	 "c",
	 99, "a b c"}, /* NBSP, line separator */
	{"\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB", 99, "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB"},
	{"a\xFF"
	 "b\xC3",
	 99, "a b"}, /* broken bytes */
	{"\xC0\xAF"
	 "x\xED\xA0\x80y\xF5\x80\x80\x80z",
	 99, "x y z"}, /* overlong, surrogate, too large */
	{"a\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81z", 99,
	 "a\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81z"},   /* a tower of marks */
	{"ｎｉｌｓ＠ｅｘａｍｐｌｅ．ｏｒｇ　０７０", 99, "nils@example.org 070"}, /* as wide as Chinese */
	{"\xE2\x82", 99, ""},
	{"åäö", 5, "åä"},
	{"åäö", 6, "åäö"},
	{"ab cd", 3, "ab"}, /* no space at the end */
	{"x", 0, ""},
};

static void test_texts(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		char *out = clean_text(texts[i].in, texts[i].max);
		assert_non_null(out);
		assert_string_equal(out, texts[i].out);
		free(out);
	}
}

static const char *const contacts[][2] = {
	{"Nils Svensson", "Nils Svensson"},
	{"Nils nils.svensson@example.org", "Nils"},
	{"Nils <nils@example.org>", "Nils"},
	{"nils@example.org", ""},
	{"mailto:nils@example.org, Nils", "Nils"},
	{"Nils – 070-123 45 67", "Nils"},
	{"Nils, tel. +46 70 123 45 67", "Nils, tel."},
	{"Nils (090-16 10 00) Plats 5", "Nils Plats 5"},
	{"(090) 16 10 00 Nils", "Nils"},
	{"0701234567", ""},
	{"Nils 0701234567 – Kontorsplats 5", "Nils – Kontorsplats 5"},
	{"Möte 09.00-10.00", "Möte 09.00-10.00"},
	{"Nils tel:+46701234567", "Nils tel"},
	{"Nils mobil:070-123 45 67", "Nils mobil"},
	{"Lunch kl 9:00-10:00", "Lunch kl 9:00-10:00"},
	{"Möte 09:00-10:30 i rum 12", "Möte 09:00-10:30 i rum 12"},
	{"Budget 2027/2028", "Budget 2027/2028"},
	{"2026-11-23", "2026-11-23"},
	{"Dnr 2026/00123-45", "Dnr 2026/00123-45"},
	{"Plats 010", "Plats 010"},
	{"möte @ rådhuset", "möte @ rådhuset"},
	{"a@b", "a@b"},
	{"Nils nils.svensson@exam", "Nils"}, /* the end was cut off */
	{"Nils nils.svensson@", "Nils nils.svensson@"},
	{"C++ ()", "C++ ()"},
	{"Å070-1234567", "Å"},
	/* Numbers as they are written. */
	{"Ring 090-16 50 00", "Ring"},
	{"Ring 090-165000", "Ring"},
	{"090/16 50 00", ""},
	{"090 - 16 50 00", ""},
	{"08-12 34 56", ""},
	{"08-123 456 78", ""},
	{"(08) 123 456 78", ""},
	{"0910-123 45", ""},
	{"0910-77 12 34", ""},
	{"010-123 45 67", ""},
	{"0771-123 456", ""},
	{"020-12 34 56", ""},
	{"070-123-45-67", ""},
	{"070–123 45 67", ""},
	{"070.123.45.67", ""},
	{"0701-23 45 67", ""},
	{"07012 34567", ""},
	{"070 1234567", ""},
	{"07 01 23 45 67", ""},
	{"+46701234567", ""},
	{"+46 (0)70-123 45 67", ""},
	{"+46 (0) 70 123 45 67", ""},
	{"+46-90-16 50 00", ""},
	{"+46 070 123 45 67", ""},
	{"+358 40 123 4567", ""},
	{"Nils +1 (555) 123-4567", "Nils"},
	{"Nils +46 (90) 16 50 00 – plan 3", "Nils – plan 3"},
	{"Resultat +5 (12) poäng", "Resultat +5 (12) poäng"},
	{"+47 12 34 56 78", ""},
	{"0046 70 123 45 67", ""},
	{"0046-90-165000", ""},
	{"0046701234567", ""},
	{"0046 (0)90-16 50 00", ""},
	{"0047 12 34 56 78", ""},
	{"Nils 070-123 45 67 2026-11-23", "Nils 2026-11-23"},
	{"Nils 070-123 45 67 / 0910-123 45", "Nils"},
	{"Nils 090-16 50 00 – 12 platser", "Nils – 12 platser"},
	{"Nils 08-12 34 56 - 12 platser", "Nils - 12 platser"},
	{"Möte 0800-1700 Nils 070-123 45 67", "Möte 0800-1700 Nils"},
	/* What is none. */
	{"Öppet hus 0800-1700", "Öppet hus 0800-1700"},
	{"Öppet hus 0800–1700", "Öppet hus 0800–1700"},
	{"Öppet 0900 - 1030 12 platser", "Öppet 0900 - 1030 12 platser"},
	{"Natt 0000-0600", "Natt 0000-0600"},
	{"Öppet 0030-0130 0200-0400", "Öppet 0030-0130 0200-0400"},
	{"Öppet 0830-1200 och 1300-1630", "Öppet 0830-1200 och 1300-1630"},
	{"Workshop 05/12/2026", "Workshop 05/12/2026"},
	{"Workshop 08/12/2026", "Workshop 08/12/2026"},
	{"Workshop 05-12-2026 kl 09-11", "Workshop 05-12-2026 kl 09-11"},
	{"Workshop 05/12/26 09-11", "Workshop 05/12/26 09-11"},
	{"Workshop 07-12-26 09-11", "Workshop 07-12-26 09-11"},
	{"Workshop 05122026", "Workshop 05122026"},
	{"Workshop 05.12.2026", "Workshop 05.12.2026"},
	{"Workshop 08.30-10.30", "Workshop 08.30-10.30"},
	{"Ärende 0047-2026 samråd", "Ärende 0047-2026 samråd"},
	{"Ärende 0047-2026-11-23", "Ärende 0047-2026-11-23"},
	{"Ärende 0123-2026", "Ärende 0123-2026"},
	{"Ärende 02345-2026", "Ärende 02345-2026"},
	{"Rum 01-203-045 visning", "Rum 01-203-045 visning"},
	{"Rum 02.114.003", "Rum 02.114.003"},
	{"Plan 03-04 rum 012-34", "Plan 03-04 rum 012-34"},
	{"Vecka 08-10 1300-1500", "Vecka 08-10 1300-1500"},
	{"Mål +5 000 000 kr", "Mål +5 000 000 kr"},
	{"Kapitel 0 1 2 3 4 5 6 7 8", "Kapitel 0 1 2 3 4 5 6 7 8"},
};

static void test_contacts(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(contacts) / sizeof(contacts[0]); i++) {
		char *text = strdup(contacts[i][0]);
		clean_contacts(text);
		assert_string_equal(text, contacts[i][1]);
		free(text);
	}
}

static const char *const links[][2] = {
	{"https://teams.microsoft.com/l/meetup-join/19%3a@thread.v2/0?context=x", "https://teams.microsoft.com"},
	{"Rum 3; https://zoom.us/j/123?pwd=abc; Plan 2", "Rum 3; https://zoom.us; Plan 2"},
	{"HTTPS://User:Secret@Host.example:8443/x", "HTTPS://Host.example:8443"},
	{"<https://a.example/b>", "<https://a.example>"},
	{"http://a.example#x", "http://a.example"},
	{"https://", "https://"},
	{"https:///x", "https://"},
	{"xhttps://a/b", "xhttps://a"},
	{"Teams:https://a.example/l/b", "Teams:https://a.example"},
	{"https://a.example/19(3a)meeting?pwd=1", "https://a.example"}, /* the rest may let people in */
	{"https://a.example/b,c;d'e", "https://a.example"},
	{"https://a.ex(ample/b", "https://a.ex"},
	{"https://u:[p@a.example/b", "https://a.example"},
	{"(se https://a.example/b), rum 2", "(se https://a.example), rum 2"},
	{"KF/KS", "KF/KS"},
	{"", ""},
};

static void test_links(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++) {
		char *text = strdup(links[i][0]);
		clean_links(text);
		assert_string_equal(text, links[i][1]);
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_contacts),
		cmocka_unit_test(test_links),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
