/* Memory given back all at once: texts of any length, at any place in a block. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app/base/arena.h"

/* Lengths around every boundary: of the alignment, of a block, of more than a block. */
static void test_texts_of_any_length(void **state)
{
	(void)state;
	static char long_text[70001];
	static const size_t lengths[] = {0, 1, 14, 15, 16, 17, 31, 32, 65503, 65504, 65519, 65520, 65535, 65536, 70000};
	enum { COUNT = sizeof(lengths) / sizeof(lengths[0]) };
	memset(long_text, 'x', sizeof(long_text) - 1);
	for (size_t first = 0; first < COUNT; first++) {
		struct arena *arena = arena_create();
		assert_non_null(arena);
		const char *texts[COUNT];
		for (size_t i = 0; i < COUNT; i++) {
			size_t length = lengths[(first + i) % COUNT];
			texts[i] = arena_print(arena, "%.*s", (int)length, long_text);
			assert_true((uintptr_t)texts[i] % 16 == 0);
		}
		for (size_t i = 0; i < COUNT; i++) {
			assert_int_equal(strlen(texts[i]), lengths[(first + i) % COUNT]);
		}
		assert_false(arena_failed(arena));
		arena_destroy(arena);
	}
}

static void test_memory_is_zeroed_after_texts(void **state)
{
	(void)state;
	struct arena *arena = arena_create();
	assert_non_null(arena);
	for (int i = 0; i < 3000; i++) {
		arena_print(arena, "%s", "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy");
		const unsigned char *bytes = arena_alloc(arena, 48);
		for (size_t j = 0; j < 48; j++) {
			assert_int_equal(bytes[j], 0);
		}
	}
	arena_destroy(arena);
}

static void test_failure_is_remembered(void **state)
{
	(void)state;
	struct arena *arena = arena_create();
	assert_non_null(arena);
	assert_string_equal(arena_print(arena, "%d", 1), "1");
	assert_null(arena_alloc(arena, SIZE_MAX));
	assert_true(arena_failed(arena));
	assert_null(arena_alloc(arena, 1));
	assert_string_equal(arena_print(arena, "%d", 2), "");
	assert_string_equal(arena_copy(arena, "abc", 3), "");
	arena_destroy(arena);
	arena_destroy(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts_of_any_length),
		cmocka_unit_test(test_memory_is_zeroed_after_texts),
		cmocka_unit_test(test_failure_is_remembered),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
