#include "layout_parts.h"
void wall_put(struct plan *plan)
{
	home_put(plan);
}
