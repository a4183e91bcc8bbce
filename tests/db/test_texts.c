/* The texts of many rows: each is kept once, and all of them are counted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "db/texts.h"

static void test_equal_texts_are_kept_once(void **state)
{
	(void)state;
	struct texts *texts = texts_create();
	char text[32];
	const char *first = texts_keep(texts, "Umeåregionrådet"), *none = texts_keep(texts, "");
	assert_string_equal(first, "Umeåregionrådet");
	assert_string_equal(none, "");
	for (int i = 0; i < 10000; i++) { /* the table grows meanwhile */
		snprintf(text, sizeof(text), "%d", i);
		assert_string_equal(texts_keep(texts, text), text);
	}
	size_t bytes = texts_bytes(texts);
	for (int i = 0; i < 10000; i++) {
		snprintf(text, sizeof(text), "%d", i);
		assert_ptr_equal(texts_keep(texts, text), texts_keep(texts, text));
	}
	assert_ptr_equal(texts_keep(texts, "Umeåregionrådet"), first);
	assert_ptr_equal(texts_keep(texts, ""), none);
	assert_int_equal(texts_bytes(texts), bytes);
	texts_destroy(texts);
	texts_destroy(NULL);
}

static void test_a_long_text_has_a_block_of_its_own(void **state)
{
	(void)state;
	static char text[100 * 1000];
	struct texts *texts = texts_create();
	memset(text, 'x', sizeof(text) - 1);
	const char *short_one = texts_keep(texts, "y");
	const char *kept = texts_keep(texts, text);
	assert_ptr_not_equal(kept, text);
	assert_string_equal(kept, text);
	assert_string_equal(short_one, "y");
	assert_true(texts_bytes(texts) >= sizeof(text));
	texts_destroy(texts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_equal_texts_are_kept_once),
		cmocka_unit_test(test_a_long_text_has_a_block_of_its_own),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
