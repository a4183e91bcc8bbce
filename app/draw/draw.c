/* See draw.h. Shapes with soft edges are painted once, kept, and copied; plain areas are filled. A whole picture thus
 * costs little more than clearing the window. No graphics processor is used: the picture changes a few times a minute,
 * so it would gain nothing, and it would cost memory and start-up time and could lose its context. */
#include "draw.h"

#include <stdlib.h>
#include <string.h>
#include <SDL.h>

#include "canvas_private.h"
#include "icons.h"
#include "app/base/lru.h"
#include "paint.h"
#include "shapes.h"
#include "walls.h"

struct draw {
	struct canvas canvas;
	SDL_Surface *surface;  /* the surface of the canvas when it was drawn on last */
	int width, height;     /* of that surface */
	struct paint paint;    /* this part's */
	struct ui_parts begun; /* the parts of this frame */
	struct text *text;
	struct icons *icons;
	const struct walls *walls; /* NULL: no floor plan */
	struct lru *maps;          /* struct image, of the walls in each size; the others must not push them out */
	struct lru *pictures;      /* struct image; without pixels there is nothing to see */
};

/* The content of a kept picture. The whole struct is compared, so it is zeroed before use because of the padding. */
enum picture_kind { PICTURE_CORNERS, PICTURE_HATCH, PICTURE_TEXT, PICTURE_ICON, PICTURE_RING, PICTURE_CODE };

struct picture_key {
	enum picture_kind kind;
	union {
		struct {
			struct shape_box box;
			int stripe_px;
		} shape;
		struct {
			int weight, font_px, is_tabular;
			uint32_t rgb;
		} text;
		struct {
			int icon, size_px;
			uint32_t rgb;
		} icon;
		struct {
			int count, host, following, stroke_px, size_px;
			uint32_t host_rgb, following_rgb, other_rgb;
		} ring;
		struct {
			int size_px;
			uint32_t dark_rgb, light_rgb;
		} code;
	};
};

static void picture_destroy(void *value)
{
	struct image *picture = value;
	image_finish(picture);
	free(picture);
}

static struct draw *draw_create(const struct canvas *canvas, struct text *text, const char *share, struct err *err)
{
	struct draw *draw = calloc(1, sizeof(*draw));
	if (!draw) {
		err_set(err, "draw: out of memory");
		return NULL;
	}
	draw->canvas = *canvas;
	draw->text = text;
	draw->icons = icons_create(share, err);
	draw->pictures = lru_create(DRAW_CACHE_MAX, picture_destroy);
	draw->maps = lru_create(DRAW_MAPS_MAX, picture_destroy);
	if (draw->icons && draw->pictures && draw->maps) {
		return draw;
	}
	if (!draw->pictures || !draw->maps) {
		err_set(err, "draw: out of memory");
	}
	draw_destroy(draw);
	return NULL;
}

struct draw *draw_create_for_window(SDL_Window *window, int rotation, struct text *text, const char *share,
				    struct err *err)
{
	return draw_create(&(struct canvas){.window = window, .rotation = rotation}, text, share, err);
}

struct draw *draw_create_for_surface(SDL_Surface *surface, struct text *text, const char *share, struct err *err)
{
	return draw_create(&(struct canvas){.given = surface}, text, share, err);
}

void draw_destroy(struct draw *draw)
{
	if (!draw) {
		return;
	}
	lru_destroy(draw->pictures);
	lru_destroy(draw->maps);
	icons_destroy(draw->icons);
	canvas_finish(&draw->canvas);
	free(draw);
}

void draw_forget(struct draw *draw)
{
	lru_clear(draw->pictures);
}

struct text *draw_text_of(struct draw *draw)
{
	return draw->text;
}

void draw_size(const struct draw *draw, int *out_width_px, int *out_height_px)
{
	canvas_size(&draw->canvas, out_width_px, out_height_px);
}

bool draw_begin(struct draw *draw, uint32_t paper, const struct rect *part)
{
	SDL_Surface *surface = canvas_surface(&draw->canvas);
	if (!surface) {
		return false;
	}
	struct rect all = {0, 0, surface->w, surface->h};
	bool is_known = surface == draw->surface && surface->w == draw->width && surface->h == draw->height;
	draw->surface = surface;
	draw->width = surface->w;
	draw->height = surface->h;
	draw->paint = (struct paint){surface->pixels, surface->pitch / 4,
				     part && is_known ? paint_intersect(*part, all) : all};
	ui_parts_add(&draw->begun, draw->paint.clip);
	paint_fill(&draw->paint, all, paper | 0xFF000000U);
	return true;
}

bool draw_reaches(const struct draw *draw, const struct rect *rect)
{
	return paint_intersect(*rect, draw->paint.clip).w > 0;
}

bool draw_end(struct draw *draw)
{
	struct ui_parts begun = draw->begun;
	draw->begun = (struct ui_parts){0};
	return canvas_show(&draw->canvas, &begun);
}

static void fill_rect(struct draw *draw, int x, int y, int width, int height, uint32_t argb)
{
	paint_fill(&draw->paint, (struct rect){x, y, width, height}, argb);
}

static bool picture_paint(struct draw *draw, const struct picture_key *key, const char *string, size_t length,
			  struct image *out_image)
{
	struct text_style style;
	struct ui_ring ring;
	switch (key->kind) {
	case PICTURE_CORNERS:
		return shape_corners(&key->shape.box, out_image);
	case PICTURE_HATCH:
		return shape_hatch(&key->shape.box, key->shape.stripe_px, out_image);
	case PICTURE_TEXT:
		style = (struct text_style){(enum ui_weight)key->text.weight, key->text.font_px,
					    key->text.is_tabular != 0};
		return text_paint(draw->text, &style, string, length, key->text.rgb, out_image);
	case PICTURE_ICON:
		return icons_paint(draw->icons, (enum ui_icon)key->icon.icon, key->icon.size_px, key->icon.rgb,
				   out_image);
	case PICTURE_RING:
		ring = (struct ui_ring){key->ring.count,     key->ring.host,     key->ring.following,
					key->ring.stroke_px, key->ring.host_rgb, key->ring.following_rgb,
					key->ring.other_rgb};
		return icons_paint_ring(&ring, key->ring.size_px, out_image);
	case PICTURE_CODE:
		return shape_code(string, key->code.size_px, key->code.dark_rgb, key->code.light_rgb, out_image);
	}
	return false;
}

/* Returns NULL when there is nothing to see. What cannot be painted is kept as a picture without pixels, so that it is
 * not tried again in every frame. */
static const struct image *picture_get(struct draw *draw, const struct picture_key *key, const char *string,
				       size_t length)
{
	unsigned char small[512], *bytes = small;
	size_t size = sizeof(*key) + length;
	if (size > sizeof(small) && !(bytes = malloc(size))) {
		return NULL;
	}
	memcpy(bytes, key, sizeof(*key));
	memcpy(bytes + sizeof(*key), string, length);
	struct image *picture = lru_get(draw->pictures, bytes, size);
	if (!picture && (picture = calloc(1, sizeof(*picture)))) {
		picture_paint(draw, key, string, length, picture);
		size_t cost =
			sizeof(*picture) + (size_t)picture->width * (size_t)picture->height * sizeof(*picture->argb);
		if (!lru_put(draw->pictures, bytes, size, picture, cost)) {
			picture = NULL;
		}
	}
	if (bytes != small) {
		free(bytes);
	}
	return picture && picture->argb ? picture : NULL;
}

static void picture_copy(struct draw *draw, const struct image *picture, int x, int y)
{
	struct rect all = {0, 0, picture->width, picture->height};
	paint_copy(&draw->paint, picture, all, x + picture->left, y + picture->top);
}

static void picture_copy_middle(struct draw *draw, const struct image *picture, const struct rect *rect)
{
	picture_copy(draw, picture, rect->x + (rect->w - picture->width) / 2,
		     rect->y + (rect->h - picture->height) / 2);
}

static struct shape_box shape_of(const struct draw_box *box)
{
	struct shape_box shape = {box->rect.w,   box->rect.h,    box->radius_px, box->border_px,
				  box->fill_rgb, box->fill2_rgb, box->border_rgb};
	int side = shape.width < shape.height ? shape.width : shape.height;
	if (box->fill == FILL_NONE) {
		shape.fill_rgb = 0;
	}
	if (shape.border_rgb >> 24 == 0 || shape.border_px < 0) {
		shape.border_px = 0;
	}
	if (shape.border_px > side / 2) {
		shape.border_px = side / 2;
	}
	if (shape.radius_px > side / 2) {
		shape.radius_px = side / 2;
	}
	if (shape.radius_px < 0) {
		shape.radius_px = 0;
	}
	return shape;
}

/* Dashes are 3 and gaps 2 border widths long, stretched so that both corners look alike. */
static void draw_dashes(struct draw *draw, int x, int y, int length, int thick, bool is_row, uint32_t argb)
{
	int count = length / (5 * thick);
	for (int i = 0; i < count; i++) {
		int from = (length * (5 * i + 1)) / (5 * count), to = (length * (5 * i + 4)) / (5 * count);
		if (is_row) {
			fill_rect(draw, x + from, y, to - from, thick, argb);
		} else {
			fill_rect(draw, x, y + from, thick, to - from, argb);
		}
	}
}

static void draw_edges(struct draw *draw, const struct draw_box *box, const struct shape_box *shape, int corner)
{
	int x = box->rect.x, y = box->rect.y, width = shape->width, height = shape->height, thick = shape->border_px;
	if (thick == 0) {
		return;
	}
	uint32_t argb = shape->border_rgb;
	if (box->is_dashed) {
		draw_dashes(draw, x + corner, y, width - 2 * corner, thick, true, argb);
		draw_dashes(draw, x + corner, y + height - thick, width - 2 * corner, thick, true, argb);
		draw_dashes(draw, x, y + corner, height - 2 * corner, thick, false, argb);
		draw_dashes(draw, x + width - thick, y + corner, height - 2 * corner, thick, false, argb);
		return;
	}
	fill_rect(draw, x + corner, y, width - 2 * corner, thick, argb);
	fill_rect(draw, x + corner, y + height - thick, width - 2 * corner, thick, argb);
	fill_rect(draw, x, y + corner, thick, height - 2 * corner, argb);
	fill_rect(draw, x + width - thick, y + corner, thick, height - 2 * corner, argb);
}

static void draw_corners(struct draw *draw, const struct draw_box *box, const struct shape_box *shape, int corner)
{
	struct picture_key key;
	memset(&key, 0, sizeof(key));
	key.kind = PICTURE_CORNERS;
	key.shape.box = *shape;
	key.shape.box.width = key.shape.box.height = 0; /* the same for every size */
	key.shape.box.radius_px = corner;
	key.shape.box.fill2_rgb = 0;
	const struct image *picture = picture_get(draw, &key, "", 0);
	if (!picture) {
		return;
	}
	for (int i = 0; i < 4; i++) {
		int right = i & 1, low = i >> 1;
		struct rect from = {right * corner, low * corner, corner, corner};
		paint_copy(&draw->paint, picture, from, box->rect.x + right * (shape->width - corner),
			   box->rect.y + low * (shape->height - corner));
	}
}

static void draw_hatched(struct draw *draw, const struct draw_box *box, const struct shape_box *shape)
{
	struct picture_key key;
	memset(&key, 0, sizeof(key));
	key.kind = PICTURE_HATCH;
	key.shape.box = *shape;
	key.shape.stripe_px = box->stripe_px > 0 ? box->stripe_px : 10;
	const struct image *picture = picture_get(draw, &key, "", 0);
	if (picture) {
		picture_copy(draw, picture, box->rect.x, box->rect.y);
	}
}

/* Fills the area between the four corners. */
static void draw_inside(struct draw *draw, const struct draw_box *box, const struct shape_box *shape, int inset)
{
	int x = box->rect.x, y = box->rect.y, width = shape->width, height = shape->height;
	int corner = shape->radius_px > inset ? shape->radius_px : inset;
	uint32_t argb = shape->fill_rgb;
	fill_rect(draw, x + corner, y + inset, width - 2 * corner, corner - inset, argb);
	fill_rect(draw, x + inset, y + corner, width - 2 * inset, height - 2 * corner, argb);
	fill_rect(draw, x + corner, y + height - corner, width - 2 * corner, corner - inset, argb);
}

void draw_box(struct draw *draw, const struct draw_box *box)
{
	struct shape_box shape = shape_of(box);
	if (shape.width <= 0 || shape.height <= 0) {
		return;
	}
	if (box->fill == FILL_HATCH) {
		draw_hatched(draw, box, &shape);
		return;
	}
	int corner = shape.radius_px;
	int inset = box->is_dashed ? 0 : shape.border_px; /* gaps between dashes show the fill */
	if (shape.fill_rgb >> 24 != 0) {
		draw_inside(draw, box, &shape, inset);
	}
	draw_edges(draw, box, &shape, corner);
	if (corner > 0) {
		draw_corners(draw, box, &shape, corner);
	}
}

void draw_text(struct draw *draw, const struct text_style *style, const char *line, size_t length, int x_px,
	       int baseline_px, uint32_t rgb)
{
	struct picture_key key;
	memset(&key, 0, sizeof(key));
	key.kind = PICTURE_TEXT;
	key.text.weight = (int)style->weight;
	key.text.font_px = style->font_px;
	key.text.is_tabular = style->is_tabular;
	key.text.rgb = rgb;
	const struct image *picture = length > 0 ? picture_get(draw, &key, line, length) : NULL;
	if (picture) {
		picture_copy(draw, picture, x_px, baseline_px);
	}
}

void draw_icon(struct draw *draw, enum ui_icon icon, int x_px, int y_px, int size_px, uint32_t rgb)
{
	struct picture_key key;
	memset(&key, 0, sizeof(key));
	key.kind = PICTURE_ICON;
	key.icon.icon = (int)icon;
	key.icon.size_px = size_px;
	key.icon.rgb = rgb;
	const struct image *picture = picture_get(draw, &key, "", 0);
	if (picture) {
		picture_copy(draw, picture, x_px, y_px);
	}
}

void draw_ring(struct draw *draw, const struct rect *rect, const struct ui_ring *ring)
{
	struct picture_key key;
	memset(&key, 0, sizeof(key));
	key.kind = PICTURE_RING;
	key.ring.count = ring->count;
	key.ring.host = ring->host;
	key.ring.following = ring->following;
	key.ring.stroke_px = ring->stroke_px;
	key.ring.size_px = rect->w < rect->h ? rect->w : rect->h;
	key.ring.host_rgb = ring->host_rgb;
	key.ring.following_rgb = ring->following_rgb;
	key.ring.other_rgb = ring->other_rgb;
	const struct image *picture = picture_get(draw, &key, "", 0);
	if (picture) {
		picture_copy_middle(draw, picture, rect);
	}
}

void draw_code(struct draw *draw, const struct rect *rect, const char *code, uint32_t dark_rgb, uint32_t light_rgb)
{
	struct picture_key key;
	memset(&key, 0, sizeof(key));
	key.kind = PICTURE_CODE;
	key.code.size_px = rect->w < rect->h ? rect->w : rect->h;
	key.code.dark_rgb = dark_rgb;
	key.code.light_rgb = light_rgb;
	const struct image *picture = picture_get(draw, &key, code, strlen(code) + 1);
	if (picture) {
		picture_copy_middle(draw, picture, rect);
	}
}

void draw_use_walls(struct draw *draw, const struct walls *walls)
{
	draw->walls = walls;
	lru_clear(draw->maps);
}

static const struct image *map_get(struct draw *draw, const struct rect *rect, const struct ui_map *map)
{
	struct walls_look look;
	memset(&look, 0, sizeof(look));
	look.width_px = rect->w;
	look.height_px = rect->h;
	look.floor_rgb = map->floor_rgb;
	look.wall_rgb = map->wall_rgb;
	look.glass_rgb = map->glass_rgb;
	look.behind_rgb = map->behind_rgb;
	struct image *picture = draw->walls ? lru_get(draw->maps, &look, sizeof(look)) : NULL;
	if (draw->walls && !picture && (picture = calloc(1, sizeof(*picture)))) {
		walls_paint(draw->walls, &look, picture);
		size_t cost =
			sizeof(*picture) + (size_t)picture->width * (size_t)picture->height * sizeof(*picture->argb);
		if (!lru_put(draw->maps, &look, sizeof(look), picture, cost)) {
			picture = NULL;
		}
	}
	return picture && picture->argb ? picture : NULL;
}

void draw_prepare_map(struct draw *draw, const struct rect *rect, const struct ui_map *map)
{
	map_get(draw, rect, map);
}

void draw_map(struct draw *draw, const struct rect *rect, const struct ui_map *map)
{
	const struct image *picture = map_get(draw, rect, map);
	if (picture) {
		picture_copy(draw, picture, rect->x, rect->y);
	}
}

void draw_dots(struct draw *draw, const struct ui_dots *dots)
{
	for (size_t i = 0; i < dots->count; i++) {
		int side = dots->size_px;
		struct draw_box dot = {
			.rect = {dots->points[i].x - side / 2, dots->points[i].y - side / 2, side, side},
			.fill = FILL_SOLID,
			.fill_rgb = dots->rgb,
			.radius_px = side / 2,
		};
		draw_box(draw, &dot);
	}
}
