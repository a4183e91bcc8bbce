/* The display at night, as far as it concerns the loop: what is drawn, reported and waited for. */
#include "loop_private.h"

static void note(struct loop *loop)
{
	const struct night *night = &loop->night;
	vitals_set(loop->setup.vitals, VITAL_IS_OFF, night->is_off);
	vitals_set(loop->setup.vitals, VITAL_POWER, night->is_unable ? POWER_UNABLE : POWER_ABLE);
}

bool loop_follow_night(struct loop *loop, struct err *err)
{
	struct err why = {""};
	int64_t mono_ms = clock_mono_ms(loop->setup.clock);
	switch (night_follow(&loop->night, loop->window, loop->visit.is_night, mono_ms, &why)) {
	case NIGHT_NO_NEWS:
		return true;
	case NIGHT_UNABLE:
		if (loop->setup.unable) {
			loop->setup.unable(loop->setup.context, &why);
		}
		break;
	case NIGHT_SWITCHED:
		loop->must_draw_all = true;
		break;
	case NIGHT_STUCK:
		return err_set(err, "the display was switched off for the night and does not go on again: %s",
			       why.text);
	}
	note(loop);
	return true;
}

bool loop_sleeps_unplugged(struct loop *loop)
{
	if (!loop->night.is_missing) {
		return false;
	}
	visit_tick(&loop->visit, loop->setup.config, clock_utc_s(loop->setup.clock), clock_mono_ms(loop->setup.clock));
	vitals_set(loop->setup.vitals, VITAL_IS_OFF, loop->visit.is_night);
	return loop->visit.is_night;
}
