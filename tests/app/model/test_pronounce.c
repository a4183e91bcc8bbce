/* What is written, and how it is said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "app/base/arena.h"
#include "app/model/pronounce.h"

static const struct {
	const char *language, *written, *said;
} rows[] = {
	{"sv", "10:42", "klockan tio fyrtiotvå"},
	{"sv", "Ledig till 13:00", "Ledig till klockan tretton"},
	{"sv", "Startar klockan 07:05.", "Startar klockan sju noll fem."},
	{"sv", "Plats 5 · 10:30–14:00", "Plats 5, klockan tio trettio till fjorton"},
	{"sv", "Lediga nu: 3, 4 och 6 · 1 och 7 får tas", "Lediga nu: 3, 4 och 6; 1 och 7 får tas"},
	{"sv", "Tryck på en grön plats. · Uppdaterad 10:42",
	 "Tryck på en grön plats. Uppdaterad klockan tio fyrtiotvå"},
	{"sv", "08:00–09:30, 10:00–12:00", "klockan åtta till nio trettio, klockan tio till tolv"},
	{"sv", "00:00, 24:00", "klockan noll, klockan tjugofyra"},
	{"sv", "måndag 30 november", "måndag den trettionde november"},
	{"sv", "fredag 4 december, 13:00, Teams", "fredag den fjärde december, klockan tretton, Teams"},
	{"sv", "1 dec", "den första december"},
	{"sv", "till och med den 28 februari.", "till och med den tjugoåttonde februari."},
	{"sv", "21 maj 2027", "den tjugoförsta maj 2027"},
	{"sv", "32 maj", "32 maj"},
	{"sv", "3 decimeter", "3 decimeter"},
	{"sv", "Nils S.", "Nils S"},
	{"sv", "Checka in: Nils S., Plats 5", "Checka in: Nils S, Plats 5"},
	{"sv", "N.S.", "N S"},
	{"sv", "Åsa Å.", "Åsa Å"},
	{"sv", "Anna-Karin M.E.J. är här.", "Anna-Karin M E J är här."},
	{"sv", "Välj UR-Satellit.", "Välj UR-Satellit."},
	{"sv", "30 min", "30 minuter"},
	{"sv", "1 min", "1 minut"},
	{"sv", "Renmarkstorget 5D, 3 tr", "Renmarkstorget 5D, 3 trappor"},
	{"sv", "Ring 070-174 06 05 vardagar", "Ring 0 7 0, 1 7 4, 0 6, 0 5 vardagar"},
	{"sv", "Ring 112.", "Ring 1 1 2."},
	{"sv", "1123", "1123"},
	{"sv", "2023–2027", "2023 till 2027"},
	{"sv", "Ej incheckad – får tas", "Ej incheckad, får tas"},
	{"sv", "Nät: A\nLösen: b", "Nät: A. Lösen: b"},
	{"sv", "”Hej”…", "Hej."},
	{"sv", "10:4", "10:4"},
	{"sv", "25:00", "25:00"},
	{"sv", "10:42:17", "10:42:17"},
	{"sv", "", ""},
	{"en", "10:42", "10:42 a.m."},
	{"en", "Free until 13:00", "Free until 1 p.m."},
	{"en", "10:30–14:00", "10:30 a.m. to 2 p.m."},
	{"en", "12:05", "12 oh 5 p.m."},
	{"en", "Monday 30 November", "Monday the thirtieth of November"},
	{"en", "30 min", "30 minutes"},
	{"en", "Nils S.", "Nils S"},
	{"en", "3 tr", "3 tr"},
	{"fi", "10:42 · Nils S.", "10:42, Nils S"},
};

static void test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct arena *arena = arena_create();
		assert_string_equal(pronounce(arena, rows[i].language, rows[i].written), rows[i].said);
		arena_destroy(arena);
	}
}

/* What a calendar holds may be anything. */
static void test_the_longest_growth_fits(void **state)
{
	(void)state;
	static const char worst[] = "20:20–20:20 23:23–23:23,27 sep,1 1,112 112 112 N.N.N.N.";
	struct arena *arena = arena_create();
	const char *said = pronounce(arena, "sv", worst);
	const char *end = "N N N N";
	assert_string_equal(said + strlen(said) - strlen(end), end);
	arena_destroy(arena);
}

static void test_letters(void **state)
{
	(void)state;
	struct arena *arena = arena_create();
	assert_string_equal(pronounce_letters(arena, "Nils S."), "N, i, l, s, S");
	assert_string_equal(pronounce_letters(arena, "Åsa-Li"), "Å, s, a, -, L, i");
	assert_string_equal(pronounce_letters(arena, ""), "");
	arena_destroy(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_the_longest_growth_fits),
		cmocka_unit_test(test_letters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
