/* See memory.h. */
#include "memory.h"

#include <errno.h>
#include <sqlite3.h>
#include <stddef.h>

#include "state.h"

static struct {
	long n, seen, struck, live;
	bool is_armed, for_good;
} memory;

static sqlite3_mem_methods real_methods;

void memory_set(long n, bool for_good)
{
	memory.n = n;
	memory.for_good = for_good;
	memory.seen = 0;
	memory.struck = 0;
	memory.is_armed = true;
}

void memory_clear(void)
{
	memory.is_armed = false;
}

long memory_struck(void)
{
	return memory.struck;
}

long memory_live(void)
{
	return memory.live;
}

static bool strikes(void)
{
	if (!memory.is_armed) {
		return false;
	}
	memory.seen++;
	bool strike = memory.for_good ? memory.seen >= memory.n : memory.seen == memory.n;
	memory.struck += strike;
	return strike;
}

static void *count(void *block)
{
	memory.live += block != NULL;
	return block;
}

static void *sqlite_malloc(int size)
{
	return strikes() ? NULL : count(real_methods.xMalloc(size));
}

static void sqlite_free(void *block)
{
	memory.live -= block != NULL;
	real_methods.xFree(block);
}

static void *sqlite_realloc(void *block, int size)
{
	return strikes() ? NULL : real_methods.xRealloc(block, size);
}

void memory_install(void)
{
	sqlite3_mem_methods methods;
	assert_int_equal(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real_methods), SQLITE_OK);
	methods = real_methods;
	methods.xMalloc = sqlite_malloc;
	methods.xFree = sqlite_free;
	methods.xRealloc = sqlite_realloc;
	assert_int_equal(sqlite3_config(SQLITE_CONFIG_MALLOC, &methods), SQLITE_OK);
	assert_int_equal(sqlite3_initialize(), SQLITE_OK);
}

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *block, size_t size);
void __real_free(void *block);
char *__real_strdup(const char *text);
char *__real_strndup(const char *text, size_t size);
char *__real_realpath(const char *path, char *out);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t number, size_t size);
void *__wrap_realloc(void *block, size_t size);
void __wrap_free(void *block);
char *__wrap_strdup(const char *text);
char *__wrap_strndup(const char *text, size_t size);
char *__wrap_realpath(const char *path, char *out);

static void *out_of_memory(void)
{
	errno = ENOMEM;
	return NULL;
}

void *__wrap_malloc(size_t size)
{
	return strikes() ? out_of_memory() : count(__real_malloc(size));
}

void *__wrap_calloc(size_t number, size_t size)
{
	return strikes() ? out_of_memory() : count(__real_calloc(number, size));
}

void *__wrap_realloc(void *block, size_t size)
{
	if (strikes()) {
		return out_of_memory();
	}
	void *grown = __real_realloc(block, size);
	memory.live += !block && grown;
	return grown;
}

void __wrap_free(void *block)
{
	memory.live -= block != NULL;
	__real_free(block);
}

char *__wrap_strdup(const char *text)
{
	return strikes() ? out_of_memory() : count(__real_strdup(text));
}

char *__wrap_strndup(const char *text, size_t size)
{
	return strikes() ? out_of_memory() : count(__real_strndup(text, size));
}

char *__wrap_realpath(const char *path, char *out)
{
	return strikes() ? out_of_memory() : count(__real_realpath(path, out));
}
