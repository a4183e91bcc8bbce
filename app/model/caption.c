/* The caption: what the voice says, and how loud. */
#include "app/base/limits.h"
#include "private.h"

void make_caption(struct maker *maker)
{
	const struct visit_speech *speech = &maker->visit->speech;
	struct model_caption *caption = &maker->model->caption;
	*caption = (struct model_caption){.text = "", .volume = "", .keys = ""};
	if (maker->config->mode == MODE_WALL || !speech->is_on) {
		return;
	}
	caption->is_shown = true;
	caption->is_dark = speech->is_dark;
	caption->text = keep(maker, speech->caption);
	caption->keys = tr("◀ ▶ browse · ● choose\n▲ ▼ volume");
	caption->step = speech->volume;
	/* step, number of steps */
	caption->volume = arena_print(maker->arena, tr("Volume %d of %d"), speech->volume, SPEECH_VOLUMES);
}
