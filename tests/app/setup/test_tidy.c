/* What people paste as an address. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "app/setup/tidy.h"

static const struct {
	const char *pasted;
	enum tidy_kind kind;
	const char *is, *next; /* the addresses */
} pastes[] = {
	{"https://a.se/b.ics", TIDY_ADDRESS, "https://a.se/b.ics", NULL},
	{"  <https://a.se/b.ics> ", TIDY_ADDRESS, "https://a.se/b.ics", NULL},
	{"\"https://a.se/b.ics\"", TIDY_ADDRESS, "https://a.se/b.ics", NULL},
	{"”https://a.se/b.ics”", TIDY_ADDRESS, "https://a.se/b.ics", NULL},
	{"https://a.se/lo ng/b.ics", TIDY_ADDRESS, "https://a.se/long/b.ics", NULL},
	{"url = \"https://a.se/b.ics\"", TIDY_ADDRESS, "https://a.se/b.ics", NULL},
	{"webcal://a.se/b.ics", TIDY_ADDRESS, "webcal://a.se/b.ics", NULL},
	{"outlook.office365.com/owa/calendar/x/calendar.ics", TIDY_ADDRESS,
	 "https://outlook.office365.com/owa/calendar/x/calendar.ics", NULL},
	{"http://a.se/b.ics", TIDY_ADDRESS, "https://a.se/b.ics", NULL},
	{"https://outlook.office365.com/owa/calendar/x/calendar.html", TIDY_ADDRESS,
	 "https://outlook.office365.com/owa/calendar/x/calendar.ics", NULL},
	{"https://outlook.office.com/book/K@umea.onmicrosoft.com/", TIDY_BOOKING,
	 "https://outlook.office.com/book/K@umea.onmicrosoft.com/", NULL},
	{"https://outlook.office365.com/owa/calendar/K@umea.onmicrosoft.com/bookings/", TIDY_BOOKING,
	 "https://outlook.office365.com/owa/calendar/K@umea.onmicrosoft.com/bookings/", NULL},
	{"https://a.se/1.ics https://a.se/2.ics", TIDY_ADDRESS, "https://a.se/1.ics", "https://a.se/2.ics"},
	{"<https://a.se/1.ics>, <https://a.se/2.ics>", TIDY_ADDRESS, "https://a.se/1.ics", "https://a.se/2.ics"},
	{"/srv/kalender för alla.ics", TIDY_FILE, "/srv/kalender för alla.ics", NULL},
	{"file:///srv/a.ics", TIDY_FILE, "/srv/a.ics", NULL},
	{"platser", TIDY_NONSENSE, "platser", NULL},
	{"https://moln.se/remote.php/dav/calendars/kiosk/platser_shared_by_anna/", TIDY_COLLECTION,
	 "https://moln.se/remote.php/dav/calendars/kiosk/platser_shared_by_anna/", NULL},
	{"https://moln.se/remote.php/dav/calendars/kiosk/platser", TIDY_COLLECTION,
	 "https://moln.se/remote.php/dav/calendars/kiosk/platser", NULL},
	{"https://moln.se/remote.php/dav/public-calendars/x?export", TIDY_ADDRESS,
	 "https://moln.se/remote.php/dav/public-calendars/x?export", NULL},
	{"CalDAV URL: https://a.se/SOGo/dav/kiosk/Calendar/personal/", TIDY_COLLECTION,
	 "https://a.se/SOGo/dav/kiosk/Calendar/personal/", NULL},
	{"https://a.se/SOGo/dav/public/kiosk/Calendar/personal.ics", TIDY_ADDRESS,
	 "https://a.se/SOGo/dav/public/kiosk/Calendar/personal.ics", NULL},
	{"https://kiosk:x%40@a.se:5232/kiosk/platser/", TIDY_COLLECTION, "https://kiosk:x%40@a.se:5232/kiosk/platser/",
	 NULL},
	{"anna@umea.se", TIDY_NONSENSE, "anna@umea.se", NULL},
};

static void test_pastes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(pastes) / sizeof(*pastes); i++) {
		const char *rest = pastes[i].pasted;
		enum tidy_kind kind = TIDY_NONSENSE;
		char *out = NULL;
		assert_true(tidy_next(&rest, &kind, &out));
		assert_string_equal(out, pastes[i].is);
		assert_int_equal(kind, pastes[i].kind);
		free(out);
		bool has_next = tidy_next(&rest, &kind, &out);
		assert_int_equal(has_next, pastes[i].next != NULL);
		if (has_next) {
			assert_string_equal(out, pastes[i].next);
			free(out);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_pastes)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
