/* See floorplan.h. One pass over the tags finds the root's size, the words, and the places. The shapes themselves are
 * not understood here: they are handed on as they stand. */
#include "floorplan.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/base/limits.h"
#include "app/base/regular.h"
#include "ical/utf8.h"
#include "svg.h"

/* An element that is open. */
struct level {
	struct svg_matrix matrix;
	bool is_hidden; /* what it holds is not shown where it stands, for example in <defs> */
};

struct pass {
	struct floorplan *floorplan;
	struct floorplan_spot *spots;
	size_t spot_count;
	struct level levels[FLOORPLAN_DEPTH_MAX];
	size_t depth;
	size_t elements;
	struct svg_span root;     /* the root's attributes */
	size_t body;              /* where the root's content begins */
	size_t sought, sought_at; /* the spot whose group is open, and how deep it stands; spot_count: none */
	struct floorplan_label label;
	char words[FLOORPLAN_LABEL_MAX];
	size_t words_at; /* how deep the <text> stands whose words are being read; 0: none */
	bool has_label_point;
	const char *path;
	struct err *err;
};

static bool refuse(const struct pass *pass, const char *text)
{
	return err_set(pass->err, "%s: %s", pass->path, text);
}

/* A length of the root element in pixels of 1/96 inch. Returns false for a share of the window, which is no size. */
static bool length_read(struct svg_span value, double *out)
{
	static const struct {
		const char *unit;
		double px;
	} units[] = {{"", 1}, {"px", 1}, {"mm", 96 / 25.4}, {"cm", 96 / 2.54}, {"in", 96}, {"pt", 4.0 / 3}, {"pc", 16}};
	double number = 0;
	if (!value.start || !svg_number(&value, &number)) {
		return false;
	}
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		if (svg_is(value, units[i].unit)) {
			*out = number * units[i].px;
			return true;
		}
	}
	return false;
}

static bool size_read(struct pass *pass, const struct svg_piece *root)
{
	struct floorplan *floorplan = pass->floorplan;
	struct svg_span box = svg_attribute(root, "viewBox");
	bool is_sized = box.start ? svg_number(&box, &floorplan->left) && svg_number(&box, &floorplan->top) &&
					    svg_number(&box, &floorplan->width) && svg_number(&box, &floorplan->height)
				  : length_read(svg_attribute(root, "width"), &floorplan->width) &&
					    length_read(svg_attribute(root, "height"), &floorplan->height);
	if (!is_sized) {
		return refuse(pass, "its <svg> has no size; give it a viewBox, or a width and a height in pixels");
	}
	double width = floorplan->width, height = floorplan->height;
	if (!(width >= 1 && height >= 1 && width <= FLOORPLAN_UNITS_MAX && height <= FLOORPLAN_UNITS_MAX) ||
	    fabs(floorplan->left) > FLOORPLAN_UNITS_MAX || fabs(floorplan->top) > FLOORPLAN_UNITS_MAX) {
		return err_set(pass->err,
			       "%s: it measures %g × %g; a plan is at least 1 and at most %d units wide and high",
			       pass->path, width, height, FLOORPLAN_UNITS_MAX);
	}
	if (width > height * FLOORPLAN_ASPECT_MAX || height > width * FLOORPLAN_ASPECT_MAX) {
		return err_set(pass->err, "%s: it measures %g × %g; one side is more than %d times the other",
			       pass->path, width, height, FLOORPLAN_ASPECT_MAX);
	}
	double scale = FLOORPLAN_SIDE_PX / fmax(width, height);
	floorplan->picture_w = (int)fmax(1, round(width * scale));
	floorplan->picture_h = (int)fmax(1, round(height * scale));
	return true;
}

static double number_of(const struct svg_piece *piece, const char *name)
{
	double value = 0;
	struct svg_span span = svg_attribute(piece, name);
	return span.start && svg_number(&span, &value) ? value : 0;
}

static struct floorplan_point turned(const struct svg_matrix *m, double x, double y)
{
	return (struct floorplan_point){m->a * x + m->c * y + m->e, m->b * x + m->d * y + m->f};
}

/* Returns the middle of the points of a polygon, as the middle of the box around them. */
static bool points_middle(struct svg_span points, struct floorplan_point *out)
{
	double x = 0, y = 0, left = INFINITY, right = -INFINITY, top = INFINITY, bottom = -INFINITY;
	while (svg_number(&points, &x) && svg_number(&points, &y)) {
		left = fmin(left, x);
		right = fmax(right, x);
		top = fmin(top, y);
		bottom = fmax(bottom, y);
	}
	*out = (struct floorplan_point){(left + right) / 2, (top + bottom) / 2};
	return left <= right;
}

/* Returns the middle of a shape, in its own coordinates; of a path the point where it begins. */
static bool shape_middle(const struct svg_piece *piece, struct floorplan_point *out)
{
	double x = number_of(piece, "x"), y = number_of(piece, "y");
	if (svg_is(piece->name, "rect") || svg_is(piece->name, "image")) {
		*out = (struct floorplan_point){x + number_of(piece, "width") / 2, y + number_of(piece, "height") / 2};
		return true;
	}
	if (svg_is(piece->name, "circle") || svg_is(piece->name, "ellipse")) {
		*out = (struct floorplan_point){number_of(piece, "cx"), number_of(piece, "cy")};
		return true;
	}
	if (svg_is(piece->name, "text") || svg_is(piece->name, "use")) {
		*out = (struct floorplan_point){x, y};
		return true;
	}
	if (svg_is(piece->name, "polygon") || svg_is(piece->name, "polyline")) {
		return points_middle(svg_attribute(piece, "points"), out);
	}
	struct svg_span path = svg_attribute(piece, "d");
	if (svg_is(piece->name, "path") && path.length > 1 && (path.start[0] == 'M' || path.start[0] == 'm')) {
		path.start++;
		path.length--;
		return svg_number(&path, &out->x) && svg_number(&path, &out->y);
	}
	return false;
}

/* Returns the spot that an element's id names; spot_count: none. */
static size_t spot_named(const struct pass *pass, struct svg_span id)
{
	static const char prefix[] = "place-";
	struct svg_span bare = id;
	if (id.length > sizeof(prefix) - 1 && memcmp(id.start, prefix, sizeof(prefix) - 1) == 0) {
		bare.start += sizeof(prefix) - 1;
		bare.length -= sizeof(prefix) - 1;
	}
	size_t i = 0;
	while (i < pass->spot_count && !svg_is(id, pass->spots[i].id) && !svg_is(bare, pass->spots[i].id)) {
		i++;
	}
	return i;
}

static void spot_set(const struct pass *pass, size_t index, const struct svg_matrix *matrix,
		     struct floorplan_point middle)
{
	struct floorplan_spot *spot = &pass->spots[index];
	struct floorplan_point at;
	if (!spot->is_known && floorplan_place(pass->floorplan, turned(matrix, middle.x, middle.y), &at)) {
		spot->is_known = true;
		spot->at = at;
	}
}

/* A group stands where the first shape in it stands. */
static void spots_look(struct pass *pass, const struct svg_piece *piece, const struct svg_matrix *matrix)
{
	struct svg_span id = svg_attribute(piece, "id");
	size_t named = id.length ? spot_named(pass, id) : pass->spot_count;
	struct floorplan_point middle;
	bool is_shape = shape_middle(piece, &middle);
	if (named < pass->spot_count && is_shape) {
		spot_set(pass, named, matrix, middle);
	} else if (named < pass->spot_count && !piece->is_empty) {
		pass->sought = named;
		pass->sought_at = pass->depth;
	} else if (pass->sought < pass->spot_count && is_shape) {
		spot_set(pass, pass->sought, matrix, middle);
		pass->sought = pass->spot_count;
	}
}

static bool has_style(const struct svg_piece *piece, const char *name, const char *value)
{
	char words[128];
	if (svg_is(svg_attribute(piece, name), value)) {
		return true;
	}
	struct svg_span style = svg_attribute(piece, "style");
	int length = snprintf(words, sizeof(words), "%s:%s", name, value);
	return style.start && memmem(style.start, style.length, words, (size_t)length);
}

static bool hides(const struct svg_piece *piece)
{
	static const char *const unseen[] = {"defs",  "symbol",   "clipPath", "mask", "pattern", "marker",
					     "style", "metadata", "title",    "desc", "script"};
	for (size_t i = 0; i < sizeof(unseen) / sizeof(*unseen); i++) {
		if (svg_is(piece->name, unseen[i])) {
			return true;
		}
	}
	return has_style(piece, "display", "none") || has_style(piece, "visibility", "hidden");
}

static void label_begin(struct pass *pass, const struct svg_piece *piece, const struct svg_matrix *matrix)
{
	bool is_text = svg_is(piece->name, "text");
	if (is_text) {
		pass->words_at = pass->depth;
		pass->words[0] = '\0';
		pass->label = (struct floorplan_label){.is_centred = has_style(piece, "text-anchor", "middle")};
		pass->has_label_point = false;
	} else if (!pass->words_at || !svg_is(piece->name, "tspan")) {
		return;
	} else {
		pass->label.is_centred |= has_style(piece, "text-anchor", "middle");
		svg_decode((struct svg_span){" ", 1}, pass->words, sizeof(pass->words));
	}
	if (svg_attribute(piece, "x").start && !pass->has_label_point) {
		pass->label.at = turned(matrix, number_of(piece, "x"), number_of(piece, "y"));
		pass->has_label_point = true;
	} else if (is_text) {
		pass->label.at = turned(matrix, 0, 0);
	}
}

static bool label_end(struct pass *pass)
{
	struct floorplan *floorplan = pass->floorplan;
	char clean[FLOORPLAN_LABEL_MAX];
	size_t length = utf8_clean(pass->words, strlen(pass->words), clean, sizeof(clean) - 1);
	while (length > 0 && clean[length - 1] == ' ') {
		clean[--length] = '\0';
	}
	pass->words_at = 0;
	if (length == 0 || floorplan->label_count == FLOORPLAN_LABELS_MAX ||
	    !floorplan_place(floorplan, pass->label.at, &pass->label.at)) {
		return true;
	}
	pass->label.text = strdup(clean);
	if (!pass->label.text) {
		return refuse(pass, "out of memory");
	}
	floorplan->labels[floorplan->label_count++] = pass->label;
	return true;
}

static bool open_tag(struct pass *pass, const struct svg_piece *piece)
{
	struct level level = {{1, 0, 0, 1, 0, 0}, hides(piece)};
	if (++pass->elements > FLOORPLAN_ELEMENTS_MAX) {
		return err_set(pass->err,
			       "%s: it has more than %d elements; export the walls, the windows and the desks only",
			       pass->path, FLOORPLAN_ELEMENTS_MAX);
	}
	if (pass->depth == FLOORPLAN_DEPTH_MAX) {
		return err_set(pass->err, "%s: elements are nested more than %d deep; ungroup some of them", pass->path,
			       FLOORPLAN_DEPTH_MAX);
	}
	if (pass->depth == 0) {
		if (!svg_is(piece->name, "svg") || pass->root.start) {
			return refuse(pass, "is not an SVG drawing; export the plan as plain SVG");
		}
		pass->root = piece->attributes;
		if (!size_read(pass, piece)) {
			return false;
		}
	} else {
		const struct level *outer = &pass->levels[pass->depth - 1];
		level.matrix = svg_transform(outer->matrix, svg_attribute(piece, "transform"));
		bool is_place = svg_attribute(piece, "id").start != NULL;
		level.is_hidden |= outer->is_hidden;
		if (is_place || pass->sought < pass->spot_count) {
			spots_look(pass, piece, &level.matrix);
		}
		if (!level.is_hidden) {
			label_begin(pass, piece, &level.matrix);
		}
	}
	if (!piece->is_empty) {
		pass->levels[pass->depth++] = level;
	} else if (svg_is(piece->name, "text")) {
		pass->words_at = 0;
	}
	return true;
}

static bool close_tag(struct pass *pass)
{
	if (pass->depth > 0) {
		pass->depth--;
	}
	if (pass->sought < pass->spot_count && pass->depth <= pass->sought_at) {
		pass->sought = pass->spot_count;
	}
	return !pass->words_at || pass->depth > pass->words_at || label_end(pass);
}

static bool walk(struct pass *pass, const char *text, size_t length)
{
	struct svg_reader reader = {text, length, 0};
	for (;;) {
		struct svg_piece piece = svg_next(&reader);
		bool is_first = !pass->root.start;
		bool ok = true;
		switch (piece.kind) {
		case SVG_OPEN:
			ok = open_tag(pass, &piece);
			pass->body = is_first ? reader.at : pass->body;
			break;
		case SVG_CLOSE:
			ok = close_tag(pass);
			break;
		case SVG_TEXT:
			if (pass->words_at) {
				svg_decode(piece.text, pass->words, sizeof(pass->words));
			}
			break;
		case SVG_END:
			return pass->root.start || refuse(pass, "is not an SVG drawing; export the plan as plain SVG");
		case SVG_BROKEN:
			return refuse(pass, "ends inside a tag; export the plan once more");
		}
		if (!ok) {
			return false;
		}
	}
}

/* A root element of our own fixes the size of the picture, whatever units and sizes the file has. What else its root
 * says, such as colours for all shapes, goes to a group around them. */
static bool svg_write(struct pass *pass, const char *text, size_t length)
{
	static const char *const ours[] = {"width", "height", "viewBox", "preserveAspectRatio", "x", "y", "id"};
	struct floorplan *floorplan = pass->floorplan;
	size_t size = length + pass->root.length + 512, at = 0;
	char *svg = malloc(size);
	if (!svg) {
		return refuse(pass, "out of memory");
	}
	at = (size_t)snprintf(svg, size, "<svg width=\"%d\" height=\"%d\" viewBox=\"%.6f %.6f %.6f %.6f\"><g",
			      floorplan->picture_w, floorplan->picture_h, floorplan->left, floorplan->top,
			      floorplan->width, floorplan->height);
	struct svg_span rest = pass->root, value = {NULL, 0}, name;
	while ((name = svg_next_attribute(&rest, &value)).start) {
		bool is_ours = false;
		for (size_t i = 0; i < sizeof(ours) / sizeof(*ours); i++) {
			is_ours |= svg_is(name, ours[i]);
		}
		if (!is_ours) {
			char quote = value.start[-1];
			at += (size_t)snprintf(svg + at, size - at, " %.*s=%c%.*s%c", (int)name.length, name.start,
					       quote, (int)value.length, value.start, quote);
		}
	}
	svg[at++] = '>';
	memcpy(svg + at, text + pass->body, length - pass->body);
	at += length - pass->body;
	svg[at] = '\0';
	floorplan->svg = svg;
	floorplan->svg_length = at;
	return true;
}

static char *file_read(const char *path, size_t *out_length, struct err *err)
{
	struct stat about = {0};
	char *text = NULL;
	int fd = regular_open(path, &about);
	if (fd < 0) {
		err_set(err, "%s: %s", path,
			errno == EINVAL   ? "is not a regular file; write the name of an SVG file"
			: errno == EACCES ? "the kiosk may not read it; see who owns it, and its mode"
					  : strerror(errno));
		return NULL;
	}
	size_t length = (size_t)about.st_size;
	if (about.st_size > FLOORPLAN_FILE_MAX) {
		err_set(err, "%s: it has more than %d KiB; export the walls, the windows and the desks only", path,
			FLOORPLAN_FILE_MAX / 1024);
		goto out;
	}
	text = malloc(length + 1);
	if (!text || !regular_read(fd, text, length)) {
		err_set(err, "%s: %s", path, text ? strerror(errno) : "out of memory");
		free(text);
		text = NULL;
		goto out;
	}
	text[length] = '\0';
	*out_length = length;
out:
	close(fd);
	return text;
}

static bool is_utf8(const char *text, size_t length)
{
	for (size_t at = 0; at < length;) {
		int32_t character = utf8_next(text, length, &at);
		if (character == UTF8_BROKEN || character == 0) {
			return false;
		}
	}
	return true;
}

struct floorplan *floorplan_read(const char *path, struct floorplan_spot *spots, size_t spot_count, struct err *err)
{
	bool ok = false;
	size_t length = 0;
	char *text = file_read(path, &length, err);
	struct floorplan *floorplan = text ? calloc(1, sizeof(*floorplan)) : NULL;
	struct pass *pass = floorplan ? calloc(1, sizeof(*pass)) : NULL;
	if (!text) {
		return NULL;
	}
	if (pass) {
		*pass = (struct pass){.floorplan = floorplan,
				      .spots = spots,
				      .spot_count = spot_count,
				      .sought = spot_count,
				      .path = path,
				      .err = err};
		floorplan->labels = calloc(FLOORPLAN_LABELS_MAX, sizeof(*floorplan->labels));
	}
	if (!pass || !floorplan->labels) {
		err_set(err, "%s: out of memory", path);
		goto out;
	}
	if (!is_utf8(text, length)) {
		refuse(pass, "is compressed or not UTF-8; save it as plain SVG");
		goto out;
	}
	ok = walk(pass, text, length) && svg_write(pass, text, length);
out:
	free(text);
	free(pass);
	if (!ok) {
		floorplan_destroy(floorplan);
		floorplan = NULL;
	}
	return floorplan;
}

void floorplan_destroy(struct floorplan *floorplan)
{
	if (!floorplan) {
		return;
	}
	for (size_t i = 0; i < floorplan->label_count; i++) {
		free(floorplan->labels[i].text);
	}
	free(floorplan->labels);
	free(floorplan->svg);
	free(floorplan);
}

bool floorplan_place(const struct floorplan *floorplan, struct floorplan_point point, struct floorplan_point *out)
{
	double x = point.x - floorplan->left, y = point.y - floorplan->top;
	if (!(x >= 0 && y >= 0 && x <= floorplan->width && y <= floorplan->height)) {
		return false;
	}
	*out = (struct floorplan_point){x, y};
	return true;
}
