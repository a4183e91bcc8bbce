/* FNV-1a with 64 bits detects accidents. It is not meant to withstand a person who can write the file. */
#include "sum.h"

#include <string.h>

uint64_t sum_bytes(uint64_t sum, const void *bytes, size_t count)
{
	const unsigned char *byte = bytes;
	for (size_t i = 0; i < count; i++) {
		sum = (sum ^ byte[i]) * UINT64_C(0x100000001b3);
	}
	return sum;
}

uint64_t sum_start(void)
{
	return UINT64_C(0xcbf29ce484222325);
}

uint64_t sum_text(uint64_t sum, const char *text)
{
	return sum_bytes(sum, text, strlen(text) + 1);
}

/* 0 stands for none. */
uint64_t sum_uid(const char *uid, size_t length)
{
	return sum_bytes(sum_start(), uid, length) | 1;
}

uint64_t sum_int(uint64_t sum, int64_t value)
{
	unsigned char bytes[8];
	for (size_t i = 0; i < sizeof(bytes); i++) {
		bytes[i] = (unsigned char)((uint64_t)value >> (8 * i));
	}
	return sum_bytes(sum, bytes, sizeof(bytes));
}
