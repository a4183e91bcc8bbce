/* See settled.h. */
#include "settled.h"

#include "limits.h"

void settled_pass(struct settled *settled, int64_t elapsed_s)
{
	if (settled->utc_s > 0 && elapsed_s > 0) {
		settled->utc_s += elapsed_s;
	}
}

bool settled_witness(struct settled *settled, int64_t clock_utc_s, int64_t server_utc_s)
{
	int64_t apart_s = clock_utc_s - server_utc_s;
	if (apart_s > SETTLED_AGREE_S || apart_s < -SETTLED_AGREE_S) {
		settled->seen_utc_s = 0;
		return false;
	}
	int64_t earlier_s = apart_s < 0 ? clock_utc_s : server_utc_s;
	bool is_step = settled->utc_s == 0 || earlier_s - settled->utc_s > SETTLED_STEP_S;
	bool is_first = settled->seen_utc_s == 0 || settled->seen_utc_s > earlier_s;
	if (is_step && is_first) {
		settled->seen_utc_s = earlier_s;
	} else if (!is_step || earlier_s - settled->seen_utc_s >= SETTLED_STEP_S) {
		settled->utc_s = earlier_s;
		settled->seen_utc_s = 0;
	}
	return true;
}

void settled_go_back(struct settled *settled, int64_t clock_utc_s)
{
	if (settled->utc_s > clock_utc_s) {
		settled->utc_s = clock_utc_s;
	}
}

int64_t settled_until(const struct settled *settled, int64_t clock_utc_s)
{
	return settled->utc_s < clock_utc_s ? settled->utc_s : clock_utc_s;
}
