/* The bounded cache: finds what is there, keeps to its limit, lets the oldest go, frees everything once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "app/base/lru.h"

static int destroyed;

static void count_and_free(void *value)
{
	destroyed++;
	free(value);
}

static void put(struct lru *lru, int key, size_t cost)
{
	int *value = malloc(sizeof(*value));
	assert_non_null(value);
	*value = key * 10;
	assert_true(lru_put(lru, &key, sizeof(key), value, cost));
}

static int get(struct lru *lru, int key)
{
	const int *value = lru_get(lru, &key, sizeof(key));
	return value ? *value : -1;
}

static void the_least_recently_used_goes_first(void **state)
{
	struct lru *lru = lru_create(30, count_and_free);
	(void)state;
	destroyed = 0;
	put(lru, 1, 10);
	put(lru, 2, 10);
	put(lru, 3, 10);
	assert_int_equal(get(lru, 1), 10);
	put(lru, 4, 10);
	assert_int_equal(get(lru, 2), -1);
	assert_int_equal(get(lru, 1), 10);
	assert_int_equal(get(lru, 3), 30);
	assert_int_equal(get(lru, 4), 40);
	assert_int_equal(destroyed, 1);
	lru_destroy(lru);
	assert_int_equal(destroyed, 4);
}

static void the_limit_holds_however_many_come(void **state)
{
	struct lru *lru = lru_create(1000, count_and_free);
	(void)state;
	destroyed = 0;
	for (int i = 0; i < 100000; i++) {
		put(lru, i, 1 + (size_t)i % 7);
		assert_true(lru_cost(lru) <= 1000);
	}
	assert_int_equal(get(lru, 99999), 999990);
	lru_clear(lru);
	assert_int_equal(lru_cost(lru), 0);
	assert_int_equal(destroyed, 100000);
	lru_destroy(lru);
}

static void one_that_is_too_large_stays_until_the_next(void **state)
{
	struct lru *lru = lru_create(10, count_and_free);
	(void)state;
	put(lru, 1, 500);
	assert_int_equal(get(lru, 1), 10);
	put(lru, 2, 1);
	assert_int_equal(get(lru, 1), -1);
	assert_int_equal(get(lru, 2), 20);
	lru_destroy(lru);
	lru_destroy(NULL);
}

static void keys_are_compared_whole(void **state)
{
	static char kept[] = "value";
	struct lru *lru = lru_create(10, NULL);
	(void)state;
	assert_true(lru_put(lru, "Nils", 4, kept, 1));
	assert_ptr_equal(lru_get(lru, "Nils S.", 4), kept);
	assert_null(lru_get(lru, "Nils", 5));
	assert_null(lru_get(lru, "Nil", 3));
	lru_destroy(lru);
}

/* However many there are, each is found, and the one that was not asked for longest is forgotten first. */
static void many_are_found(void **state)
{
	(void)state;
	enum { COUNT = 5000 };
	static int values[COUNT + 1];
	struct lru *lru = lru_create(COUNT, NULL);
	for (int i = 0; i <= COUNT; i++) {
		assert_true(lru_put(lru, &i, sizeof(i), &values[i], 1));
	}
	int first = 0;
	assert_null(lru_get(lru, &first, sizeof(first)));
	for (int i = 1; i <= COUNT; i++) {
		assert_ptr_equal(lru_get(lru, &i, sizeof(i)), &values[i]);
	}
	lru_clear(lru);
	assert_int_equal(lru_cost(lru), 0);
	assert_true(lru_put(lru, &first, sizeof(first), &values[0], 1));
	assert_ptr_equal(lru_get(lru, &first, sizeof(first)), &values[0]);
	lru_destroy(lru);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_least_recently_used_goes_first),
		cmocka_unit_test(the_limit_holds_however_many_come),
		cmocka_unit_test(one_that_is_too_large_stays_until_the_next),
		cmocka_unit_test(keys_are_compared_whole),
		cmocka_unit_test(many_are_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
