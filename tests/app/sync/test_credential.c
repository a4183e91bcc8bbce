/* What may stand in a credential, and what is said about the rest: never anything that stands in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/base/limits.h"
#include "app/sync/credential.h"

static char folder[] = "/tmp/test_credential.XXXXXX";

static void write_credential(const char *text, size_t length)
{
	char path[64];
	snprintf(path, sizeof(path), "%s/desks", folder);
	FILE *file = fopen(path, "we");
	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
}

static const struct {
	const char *text, *url, *user, *password;
} good[] = {
	{"https://a.se/c", "https://a.se/c", "", ""},
	{"  https://a.se/c \r\n\r\n", "https://a.se/c", "", ""},
	{"\xef\xbb\xbfhttps://a.se/c\n", "https://a.se/c", "", ""},
	{"# desks\n\nwebcal://a.se/c\n", "https://a.se/c", "", ""},
	{"https://a.se/url=x", "https://a.se/url=x", "", ""},
	{"https://anna:hem%20ligt@a.se/c\n", "https://a.se/c", "anna", "hem ligt"},
	{"url = \"https://a.se/c\"\nuser = \"anna\"\npassword = \"hemligt\"\n", "https://a.se/c", "anna", "hemligt"},
	{"\xef\xbb\xbfurl=https://a.se/c\r\nuser=anna\r\npassword=hem ligt\r\n", "https://a.se/c", "anna", "hem ligt"},
	{"password = 'a\"b\\'\nuser = 'anna' # she\nurl = \"webcals://a.se/c\"", "https://a.se/c", "anna", "a\"b\\"},
	{"url = \"https://a.se/c\"\nuser = \"anna\"\npassword = \"a\\\"b\\\\c\\d#:\"", "https://a.se/c", "anna",
	 "a\"b\\c\\d#:"},
	{"url = \"https://a.se/c\"\nuser = \"anna:hem:ligt\"\n", "https://a.se/c", "anna",
	 "hem:ligt"}, /* curl's form */
	{"url = \"https://a.se/c\"\nuser = \"anna\"\n", "https://a.se/c", "anna", ""},
	{"url = \"https://a.se/c\"\nuser = \"anna\"\npassword = \"\"\n", "https://a.se/c", "anna", ""},
	{"https://a.se/c\nuser = \"anna\"\npassword = \"hemligt\"", "https://a.se/c", "anna", "hemligt"},
	{"url = \"https://anna:hemligt@a.se/c\"", "https://a.se/c", "anna", "hemligt"},
	{"url = \"https://a.se/c\"\nuser = \"ånna\"\npassword = \"lösen\"\n", "https://a.se/c", "ånna", "lösen"},
};

static const struct {
	const char *text, *says;
} bad[] = {
	{"", "credential desks: there is no address in it"},
	{"\n# kanarie\n", "there is no address in it"},
	{"http://kanarie.se/c", "must begin with https://"},
	{"kanarie", "must begin with https://"},
	{"https://kanarie.se/c d", "a space"},
	{"https://kanarie.se/c\nhttps://kanarie.se/d", "line 2: only url, user and password"},
	{"url = \"https://kanarie.se/c\"\npasword = \"x\"", "line 2: only url, user and password"},
	{"url = \"https://kanarie.se/c\"\nurl = \"https://a.se\"", "line 2: the same key was given before"},
	{"url = \"https://kanarie.se/c", "line 1: a quotation mark is missing"},
	{"url = \"https://kanarie.se/c\" x", "line 1: something stands behind"},
	{"url = \"https://kanarie.se/c\"\npassword = \"x\"", "a password but no user"},
	{"user = \"kanarie\"\npassword = \"x\"", "there is no address in it"},
	{"url = \"https://kanarie:x@a.se/c\"\nuser = \"anna\"", "keep one"},
	{"url = \"https://kanarie.se/c\"\nuser = \"a\x01\"", "line 2: there is a control character"},
	{"\xff\xfeh", "UTF-16"},
};

static void test_forms(void **state)
{
	(void)state;
	struct address address;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct err err = {""};
		write_credential(good[i].text, strlen(good[i].text));
		if (!credential_read(folder, "desks", &address, &err)) {
			fail_msg("%s\n%s", good[i].text, err.text);
		}
		assert_string_equal(address.url, good[i].url);
		assert_string_equal(address.user, good[i].user);
		assert_string_equal(address.password, good[i].password);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		static const struct address nothing;
		struct err err = {""};
		write_credential(bad[i].text, strlen(bad[i].text));
		if (credential_read(folder, "desks", &address, &err) || !strstr(err.text, bad[i].says) ||
		    strstr(err.text, "kanarie")) {
			fail_msg("%s\n%s", bad[i].text, err.text);
		}
		assert_memory_equal(&address, &nothing, sizeof(nothing));
	}
}

/* Nothing is read up to a zero byte only. */
static void test_zero_bytes(void **state)
{
	(void)state;
	static const char utf16[] = "\xff\xfeh\0t\0t\0p\0s\0", cut[] = "https://kanarie.se/c\0d";
	struct address address;
	struct err err = {""};
	write_credential(utf16, sizeof(utf16) - 1);
	assert_false(credential_read(folder, "desks", &address, &err));
	assert_non_null(strstr(err.text, "as UTF-16 does; save it as UTF-8"));
	write_credential(cut, sizeof(cut) - 1);
	assert_false(credential_read(folder, "desks", &address, &err));
	assert_null(strstr(err.text, "kanarie"));
}

static void test_proxies(void **state)
{
	(void)state;
	static const struct {
		const char *text, *url, *user;
	} cases[] = {
		{"http://anna:hemligt@proxy.se:3128", "http://proxy.se:3128", "anna"},
		{"url = \"http://proxy.se:3128\"\nuser = \"anna\"\npassword = \"hemligt\"", "http://proxy.se:3128",
		 "anna"},
		{"user = \"anna\"\npassword = \"hemligt\"", "", "anna"},
		{"user = \"anna:hemligt\"", "", "anna"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct address address;
		struct err err = {""};
		write_credential(cases[i].text, strlen(cases[i].text));
		assert_true(credential_read_proxy(folder, "desks", &address, &err));
		assert_string_equal(address.url, cases[i].url);
		assert_string_equal(address.user, cases[i].user);
		assert_string_equal(address.password, "hemligt");
	}
}

static void test_files(void **state)
{
	(void)state;
	char text[CREDENTIAL_MAX + 1], path[64];
	struct address address;
	struct err err = {""};
	memset(text, '\n', sizeof(text));
	memcpy(text, "https://a.se", 12);
	write_credential(text, CREDENTIAL_MAX - 1);
	assert_true(credential_read(folder, "desks", &address, &err));
	write_credential(text, CREDENTIAL_MAX);
	assert_false(credential_read(folder, "desks", &address, &err));
	assert_non_null(strstr(err.text, "File too large"));
	assert_false(credential_read(NULL, "desks", &address, &err));
	assert_non_null(strstr(err.text, "only the service has it"));
	assert_false(credential_read(folder, "../desks", &address, &err));
	assert_non_null(strstr(err.text, "no name of a credential"));
	snprintf(path, sizeof(path), "%s/fifo", folder);
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_false(credential_read(folder, "fifo", &address, &err)); /* which would never end */
	unlink(path);
}

static int set_up(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	char path[64];
	snprintf(path, sizeof(path), "%s/desks", folder);
	unlink(path);
	return rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_zero_bytes),
		cmocka_unit_test(test_proxies),
		cmocka_unit_test(test_files),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
