/* What has soft edges is painted once in memory, kept as a texture and copied; what is plain is filled. That keeps a
 * whole picture near the price of clearing the window. SDL's software renderer does it: the picture changes a few times
 * a minute, so a graphics processor has nothing to win, but memory and start-up time to cost and a context to lose. */
#include "draw.h"

#include <stdlib.h>
#include <string.h>
#include <SDL.h>

#include "canvas.h"
#include "icons.h"
#include "lru.h"
#include "shapes.h"

struct picture {
	SDL_Texture *texture; /* NULL: there is nothing to see */
	int left, top, width, height;
};

struct draw {
	struct canvas canvas;
	SDL_Surface *surface; /* the canvas's, that the renderer was made for */
	int width, height;    /* of that surface */
	SDL_Renderer *renderer;
	SDL_Rect part; /* what this frame draws */
	bool is_whole;
	struct text *text;
	struct icons *icons;
	struct lru *pictures;
};

/* What a kept picture shows; all of it is compared. Zeroed before use, for the padding. */
enum picture_kind { PICTURE_CORNERS, PICTURE_HATCH, PICTURE_TEXT, PICTURE_ICON, PICTURE_RING, PICTURE_CODE };

struct picture_key {
	enum picture_kind kind;
	union {
		struct {
			struct shape_box box;
			int stripe_px;
		} shape;
		struct {
			int weight, font_px, tracking_px, is_tabular;
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
	struct picture *picture = value;
	if (picture->texture)
		SDL_DestroyTexture(picture->texture);
	free(picture);
}

static struct draw *draw_create(const struct canvas *canvas, struct text *text, const char *share, struct err *err)
{
	struct draw *draw = calloc(1, sizeof *draw);
	if (!draw) {
		err_set(err, "draw: out of memory");
		return NULL;
	}
	draw->canvas = *canvas;
	draw->text = text;
	draw->icons = icons_create(share, err);
	draw->pictures = lru_create(DRAW_CACHE_MAX, picture_destroy);
	if (draw->icons && draw->pictures)
		return draw;
	if (!draw->pictures)
		err_set(err, "draw: out of memory");
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

/* Textures belong to their renderer and go with it. */
static void drop_renderer(struct draw *draw)
{
	if (draw->pictures)
		lru_clear(draw->pictures);
	if (draw->renderer)
		SDL_DestroyRenderer(draw->renderer);
	draw->renderer = NULL;
}

void draw_destroy(struct draw *draw)
{
	if (!draw)
		return;
	drop_renderer(draw);
	lru_destroy(draw->pictures);
	icons_destroy(draw->icons);
	canvas_finish(&draw->canvas);
	free(draw);
}

struct text *draw_text_of(struct draw *draw)
{
	return draw->text;
}

void draw_size(const struct draw *draw, int *out_width_px, int *out_height_px)
{
	canvas_size(&draw->canvas, out_width_px, out_height_px);
}

/* A window that was resized has another surface. */
static bool renderer_prepare(struct draw *draw)
{
	SDL_Surface *surface = canvas_surface(&draw->canvas);
	if (!surface)
		return false;
	bool is_known =
		draw->renderer && surface == draw->surface && surface->w == draw->width && surface->h == draw->height;
	if (is_known)
		return true;
	drop_renderer(draw);
	draw->renderer = SDL_CreateSoftwareRenderer(surface);
	draw->surface = surface;
	draw->width = surface->w;
	draw->height = surface->h;
	draw->is_whole = true; /* a new surface holds no picture yet */
	return draw->renderer != NULL;
}

static void set_colour(struct draw *draw, uint32_t argb)
{
	SDL_SetRenderDrawColor(draw->renderer, (Uint8)(argb >> 16), (Uint8)(argb >> 8), (Uint8)argb,
			       (Uint8)(argb >> 24));
	SDL_SetRenderDrawBlendMode(draw->renderer, argb >> 24 == 255 ? SDL_BLENDMODE_NONE : SDL_BLENDMODE_BLEND);
}

bool draw_begin(struct draw *draw, uint32_t paper, const struct rect *part)
{
	draw->is_whole = !part;
	if (!renderer_prepare(draw))
		return false;
	SDL_Rect all = {0, 0, draw->width, draw->height};
	SDL_Rect wanted = draw->is_whole ? all : (SDL_Rect){part->x, part->y, part->w, part->h};
	if (!SDL_IntersectRect(&all, &wanted, &draw->part))
		draw->part = (SDL_Rect){0, 0, 0, 0};
	set_colour(draw, paper | 0xFF000000U);
	return SDL_RenderSetClipRect(draw->renderer, &draw->part) == 0 &&
	       SDL_RenderFillRect(draw->renderer, &draw->part) == 0;
}

bool draw_reaches(const struct draw *draw, const struct rect *rect)
{
	SDL_Rect other = {rect->x, rect->y, rect->w, rect->h};
	return SDL_HasIntersection(&draw->part, &other);
}

bool draw_end(struct draw *draw)
{
	return SDL_RenderFlush(draw->renderer) == 0 && canvas_show(&draw->canvas, &draw->part);
}

static void fill_rect(struct draw *draw, int x, int y, int width, int height)
{
	if (width > 0 && height > 0)
		SDL_RenderFillRect(draw->renderer, &(SDL_Rect){x, y, width, height});
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
		style = (struct text_style){(enum ui_weight)key->text.weight, key->text.font_px, key->text.tracking_px,
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

/* NULL: out of memory. A picture that cannot be painted is kept as one without a texture, so as not to be tried again
 * in every frame. */
static struct picture *picture_create(struct draw *draw, const struct picture_key *key, const char *string,
				      size_t length, size_t *out_cost)
{
	struct image image = {0};
	struct picture *picture = calloc(1, sizeof *picture);
	if (!picture)
		return NULL;
	if (picture_paint(draw, key, string, length, &image)) {
		picture->texture = SDL_CreateTexture(draw->renderer, SDL_PIXELFORMAT_ARGB8888, SDL_TEXTUREACCESS_STATIC,
						     image.width, image.height);
		*picture = (struct picture){picture->texture, image.left, image.top, image.width, image.height};
	}
	if (picture->texture) {
		SDL_UpdateTexture(picture->texture, NULL, image.argb, image.width * 4);
		SDL_SetTextureBlendMode(picture->texture, SDL_BLENDMODE_BLEND);
	}
	*out_cost = sizeof *picture + (size_t)image.width * (size_t)image.height * 4;
	image_finish(&image);
	return picture;
}

/* NULL: nothing to see. */
static const struct picture *picture_get(struct draw *draw, const struct picture_key *key, const char *string,
					 size_t length)
{
	unsigned char small[512], *bytes = small;
	size_t size = sizeof *key + length, cost = 0;
	if (size > sizeof small && !(bytes = malloc(size)))
		return NULL;
	memcpy(bytes, key, sizeof *key);
	memcpy(bytes + sizeof *key, string, length);
	struct picture *picture = lru_get(draw->pictures, bytes, size);
	if (!picture) {
		picture = picture_create(draw, key, string, length, &cost);
		if (picture && !lru_put(draw->pictures, bytes, size, picture, cost))
			picture = NULL;
	}
	if (bytes != small)
		free(bytes);
	return picture && picture->texture ? picture : NULL;
}

static void picture_copy(struct draw *draw, const struct picture *picture, int x, int y)
{
	SDL_Rect to = {x + picture->left, y + picture->top, picture->width, picture->height};
	SDL_RenderCopy(draw->renderer, picture->texture, NULL, &to);
}

static void picture_copy_middle(struct draw *draw, const struct picture *picture, const struct rect *rect)
{
	picture_copy(draw, picture, rect->x + (rect->w - picture->width) / 2,
		     rect->y + (rect->h - picture->height) / 2);
}

static struct shape_box shape_of(const struct draw_box *box)
{
	struct shape_box shape = {box->rect.w,   box->rect.h,    box->radius_px, box->border_px,
				  box->fill_rgb, box->fill2_rgb, box->border_rgb};
	int side = shape.width < shape.height ? shape.width : shape.height;
	if (box->fill == FILL_NONE)
		shape.fill_rgb = 0;
	if (shape.border_rgb >> 24 == 0 || shape.border_px < 0)
		shape.border_px = 0;
	if (shape.border_px > side / 2)
		shape.border_px = side / 2;
	if (shape.radius_px > side / 2)
		shape.radius_px = side / 2;
	if (shape.radius_px < 0)
		shape.radius_px = 0;
	return shape;
}

/* Dashes of 3, gaps of 2 border widths, stretched so that they end alike at both corners. */
static void draw_dashes(struct draw *draw, int x, int y, int length, int thick, bool is_row)
{
	int count = length / (5 * thick);
	for (int i = 0; i < count; i++) {
		int from = (length * (5 * i + 1)) / (5 * count), to = (length * (5 * i + 4)) / (5 * count);
		if (is_row)
			fill_rect(draw, x + from, y, to - from, thick);
		else
			fill_rect(draw, x, y + from, thick, to - from);
	}
}

static void draw_edges(struct draw *draw, const struct draw_box *box, const struct shape_box *shape, int corner)
{
	int x = box->rect.x, y = box->rect.y, width = shape->width, height = shape->height, thick = shape->border_px;
	if (thick == 0)
		return;
	set_colour(draw, shape->border_rgb);
	if (box->is_dashed) {
		draw_dashes(draw, x + corner, y, width - 2 * corner, thick, true);
		draw_dashes(draw, x + corner, y + height - thick, width - 2 * corner, thick, true);
		draw_dashes(draw, x, y + corner, height - 2 * corner, thick, false);
		draw_dashes(draw, x + width - thick, y + corner, height - 2 * corner, thick, false);
		return;
	}
	fill_rect(draw, x + corner, y, width - 2 * corner, thick);
	fill_rect(draw, x + corner, y + height - thick, width - 2 * corner, thick);
	fill_rect(draw, x, y + corner, thick, height - 2 * corner);
	fill_rect(draw, x + width - thick, y + corner, thick, height - 2 * corner);
}

static void draw_corners(struct draw *draw, const struct draw_box *box, const struct shape_box *shape, int corner)
{
	struct picture_key key;
	memset(&key, 0, sizeof key);
	key.kind = PICTURE_CORNERS;
	key.shape.box = *shape;
	key.shape.box.width = key.shape.box.height = 0; /* the same for every size */
	key.shape.box.radius_px = corner;
	key.shape.box.fill2_rgb = 0;
	const struct picture *picture = picture_get(draw, &key, "", 0);
	if (!picture)
		return;
	for (int i = 0; i < 4; i++) {
		int right = i & 1, low = i >> 1;
		SDL_Rect from = {right * corner, low * corner, corner, corner};
		SDL_Rect to = {box->rect.x + right * (shape->width - corner),
			       box->rect.y + low * (shape->height - corner), corner, corner};
		SDL_RenderCopy(draw->renderer, picture->texture, &from, &to);
	}
}

static void draw_hatched(struct draw *draw, const struct draw_box *box, const struct shape_box *shape)
{
	struct picture_key key;
	memset(&key, 0, sizeof key);
	key.kind = PICTURE_HATCH;
	key.shape.box = *shape;
	key.shape.stripe_px = box->stripe_px > 0 ? box->stripe_px : 10;
	const struct picture *picture = picture_get(draw, &key, "", 0);
	if (picture)
		picture_copy(draw, picture, box->rect.x, box->rect.y);
}

void draw_box(struct draw *draw, const struct draw_box *box)
{
	struct shape_box shape = shape_of(box);
	if (shape.width <= 0 || shape.height <= 0)
		return;
	if (box->fill == FILL_HATCH) {
		draw_hatched(draw, box, &shape);
		return;
	}
	int corner = shape.radius_px;
	int inset = box->is_dashed ? 0 : shape.border_px; /* gaps between dashes show the fill */
	if (shape.fill_rgb >> 24 != 0) {
		int x = box->rect.x, y = box->rect.y, width = shape.width, height = shape.height;
		int side = corner > inset ? corner : inset;
		set_colour(draw, shape.fill_rgb);
		fill_rect(draw, x + side, y + inset, width - 2 * side, height - 2 * inset);
		fill_rect(draw, x + inset, y + side, side - inset, height - 2 * side);
		fill_rect(draw, x + width - side, y + side, side - inset, height - 2 * side);
	}
	draw_edges(draw, box, &shape, corner);
	if (corner > 0)
		draw_corners(draw, box, &shape, corner);
}

void draw_text(struct draw *draw, const struct text_style *style, const char *line, size_t length, int x_px,
	       int baseline_px, uint32_t rgb)
{
	struct picture_key key;
	memset(&key, 0, sizeof key);
	key.kind = PICTURE_TEXT;
	key.text.weight = (int)style->weight;
	key.text.font_px = style->font_px;
	key.text.tracking_px = style->tracking_px;
	key.text.is_tabular = style->is_tabular;
	key.text.rgb = rgb;
	const struct picture *picture = length > 0 ? picture_get(draw, &key, line, length) : NULL;
	if (picture)
		picture_copy(draw, picture, x_px, baseline_px);
}

void draw_icon(struct draw *draw, enum ui_icon icon, int x_px, int y_px, int size_px, uint32_t rgb)
{
	struct picture_key key;
	memset(&key, 0, sizeof key);
	key.kind = PICTURE_ICON;
	key.icon.icon = (int)icon;
	key.icon.size_px = size_px;
	key.icon.rgb = rgb;
	const struct picture *picture = picture_get(draw, &key, "", 0);
	if (picture)
		picture_copy(draw, picture, x_px, y_px);
}

void draw_ring(struct draw *draw, const struct rect *rect, const struct ui_ring *ring)
{
	struct picture_key key;
	memset(&key, 0, sizeof key);
	key.kind = PICTURE_RING;
	key.ring.count = ring->count;
	key.ring.host = ring->host;
	key.ring.following = ring->following;
	key.ring.stroke_px = ring->stroke_px;
	key.ring.size_px = rect->w < rect->h ? rect->w : rect->h;
	key.ring.host_rgb = ring->host_rgb;
	key.ring.following_rgb = ring->following_rgb;
	key.ring.other_rgb = ring->other_rgb;
	const struct picture *picture = picture_get(draw, &key, "", 0);
	if (picture)
		picture_copy_middle(draw, picture, rect);
}

void draw_code(struct draw *draw, const struct rect *rect, const char *code, uint32_t dark_rgb, uint32_t light_rgb)
{
	struct picture_key key;
	memset(&key, 0, sizeof key);
	key.kind = PICTURE_CODE;
	key.code.size_px = rect->w < rect->h ? rect->w : rect->h;
	key.code.dark_rgb = dark_rgb;
	key.code.light_rgb = light_rgb;
	const struct picture *picture = picture_get(draw, &key, code, strlen(code) + 1);
	if (picture)
		picture_copy_middle(draw, picture, rect);
}
