/* Addresses taken apart, and that a message about one repeats nothing of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "../../ical/address.h"

static const struct {
	const char *text, *url, *user, *password;
} good[] = {
	{"https://a.se/c.ics", "https://a.se/c.ics", "", ""},
	{"HTTPS://A.se/c.ics", "https://A.se/c.ics", "", ""},
	{"webcal://a.se/c.ics", "https://a.se/c.ics", "", ""},
	{"webcals://a.se:8443/c.ics?x=1#y", "https://a.se:8443/c.ics?x=1#y", "", ""},
	{"WebCal://a.se", "https://a.se", "", ""},
	{"https://anna:hemligt@a.se/c", "https://a.se/c", "anna", "hemligt"},
	{"webcal://anna:hemligt@a.se", "https://a.se", "anna", "hemligt"},
	{"https://anna@a.se/c", "https://a.se/c", "anna", ""},
	{"https://anna:@a.se/c", "https://a.se/c", "anna", ""},
	{"https://an%40na:l%C3%b6sen%3A%25@a.se/c", "https://a.se/c", "an@na", "lösen:%"},
	{"https://anna:a:b@a.se/c", "https://a.se/c", "anna", "a:b"},
	{"https://anna@kontor:x@a.se/c", "https://a.se/c", "anna@kontor", "x"},
	{"https://a.se/owa/x@b.se/c.ics", "https://a.se/owa/x@b.se/c.ics", "", ""}, /* as Microsoft's are */
	{"https://a.se?to=b:c@d.se", "https://a.se?to=b:c@d.se", "", ""},
	{"https://50%:1%zz@a.se/", "https://a.se/", "50%", "1%zz"},
	{"https://[2001:db8::1]:8443/c", "https://[2001:db8::1]:8443/c", "", ""},
};

static const struct {
	const char *text, *says;
} bad[] = {
	{"", "begin with https://"},
	{"http://kanarie.se/c", "begin with https://"},
	{"ftp://kanarie.se/c", "begin with https://"},
	{"kanarie.se/c", "begin with https://"},
	{"https:kanarie", "begin with https://"},
	{"webcal:kanarie", "begin with https://"},
	{"https://", "names no server"},
	{"webcal:///kanarie", "names no server"},
	{"https://:443/kanarie", "names no server"},
	{"https://kanarie:x@/c", "names no server"},
	{"https://kanarie se/c", "a space"},
	{"https://a.se/\"kanarie", "a space or another character"},
	{"https://kanarie%0a:x@a.se/c", "a user or a password"},
	{"https://x:kanarie%00@a.se/c", "a user or a password"},
};

static void test_addresses(void **state)
{
	(void)state;
	struct address address;
	struct err err;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		print_message("%s\n", good[i].text);
		assert_true(address_read(good[i].text, &address, &err));
		assert_string_equal(address.url, good[i].url);
		assert_string_equal(address.user, good[i].user);
		assert_string_equal(address.password, good[i].password);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		static const struct address nothing;
		print_message("%s\n", bad[i].text);
		assert_false(address_read(bad[i].text, &address, &err));
		assert_non_null(strstr(err.text, bad[i].says));
		assert_null(strstr(err.text, "kanarie"));
		assert_memory_equal(&address, &nothing, sizeof(nothing)); /* wiped */
	}
}

static void test_proxies(void **state)
{
	(void)state;
	static const struct {
		const char *text, *url, *user; /* url NULL: none */
	} cases[] = {
		{"http://proxy.se:3128", "http://proxy.se:3128", ""},
		{"http://proxy.se:3128/", "http://proxy.se:3128/", ""},
		{"HTTPS://proxy.se:443", "https://proxy.se:443", ""},
		{"http://anna:hemligt@proxy.se:3128", "http://proxy.se:3128", "anna"},
		{"http://[::1]:3128", "http://[::1]:3128", ""},
		{"http://proxy.se", NULL, NULL},
		{"http://proxy.se:", NULL, NULL},
		{"http://proxy.se:0", NULL, NULL},
		{"http://proxy.se:65536", NULL, NULL},
		{"http://proxy.se:3128/path", NULL, NULL},
		{"http://proxy.se:http", NULL, NULL},
		{"proxy.se:3128", NULL, NULL},
		{"socks5://proxy.se:1080", NULL, NULL},
		{"webcal://proxy.se:3128", NULL, NULL},
		{"http://:3128", NULL, NULL},
		{"none", NULL, NULL},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct address address;
		struct err err;
		print_message("%s\n", cases[i].text);
		assert_int_equal(address_read_proxy(cases[i].text, &address, &err), cases[i].url != NULL);
		if (cases[i].url) {
			assert_string_equal(address.url, cases[i].url);
			assert_string_equal(address.user, cases[i].user);
		}
	}
}

/* At each bound, and one byte past it. */
static void test_bounds(void **state)
{
	(void)state;
	char *text = malloc(2 * ADDRESS_MAX);
	struct address address;
	struct err err;
	for (size_t length = ADDRESS_MAX - 1; length <= ADDRESS_MAX; length++) {
		memset(text, 'a', length);
		memcpy(text, "https://", 8);
		text[length] = '\0';
		assert_int_equal(address_read(text, &address, &err), length < ADDRESS_MAX);
	}
	for (size_t extra = 0; extra <= 1; extra++) {
		size_t user = ADDRESS_USER_MAX - 1 + extra, password = ADDRESS_PASSWORD_MAX - 1;
		char *to = text + 8;
		memcpy(text, "https://", 8);
		memset(to, 'u', user);
		to[user] = ':';
		memset(to + user + 1, 'p', password);
		strcpy(to + user + 1 + password, "@a.se/");
		assert_int_equal(address_read(text, &address, &err), extra == 0);
		user = ADDRESS_USER_MAX - 1;
		password += extra;
		to[user] = ':';
		memset(to + user + 1, 'p', password);
		strcpy(to + user + 1 + password, "@a.se/");
		assert_int_equal(address_read(text, &address, &err), extra == 0);
	}
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_proxies),
		cmocka_unit_test(test_bounds),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
