/* See convert.h. */
#include "convert.h"

#include <sqlite3.h>

#include "identity.h"
#include "ical/sum.h"

static void name_booking(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct identity *identity = sqlite3_user_data(context);
	char name[IDENTITY_NAME_SIZE];
	const char *uid = (const char *)sqlite3_value_text(values[0]);
	(void)count;
	if (!identity) {
		sqlite3_result_error(context, "the key of the bookings' names is missing", -1);
		sqlite3_result_error_code(context, SQLITE_AUTH); /* which says nothing about the file */
	} else if (uid && identity_is_name(uid)) {
		sqlite3_result_value(context, values[0]);
	} else if (uid && identity_name(identity, uid, name)) {
		sqlite3_result_text(context, name, -1, SQLITE_TRANSIENT);
	} else {
		sqlite3_result_error_nomem(context);
	}
}

static void add_up(sqlite3_context *context, int count, sqlite3_value **values)
{
	uint64_t sum = sum_start();
	for (int i = 0; i < count; i++) {
		if (sqlite3_value_type(values[i]) == SQLITE_INTEGER) {
			sum = sum_int(sum, sqlite3_value_int64(values[i]));
			continue;
		}
		const char *text = (const char *)sqlite3_value_text(values[i]);
		if (!text) {
			sqlite3_result_error_nomem(context);
			return;
		}
		sum = sum_text(sum, text);
	}
	sqlite3_result_int64(context, (int64_t)sum);
}

bool convert_register(struct store *store, struct err *err)
{
	const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
	bool ok = sqlite3_create_function_v2(store->db, "booking_name", 1, flags, store->identity, name_booking, NULL,
					     NULL, NULL) == SQLITE_OK &&
		  sqlite3_create_function_v2(store->db, "checksum", -1, flags, NULL, add_up, NULL, NULL, NULL) ==
			  SQLITE_OK;
	return ok || err_set(err, "%s: %s", store->path, sqlite3_errmsg(store->db));
}
