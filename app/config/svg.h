/* The tags and texts of an SVG file, one after the other. It understands as much of XML as a drawing needs: no entity
 * is expanded but the five that XML itself has, and nothing outside the file is read. The time that it takes grows with
 * the length of the text and with nothing else. Pure. */
#ifndef APP_CONFIG_SVG_H
#define APP_CONFIG_SVG_H

#include <stdbool.h>
#include <stddef.h>

enum svg_kind { SVG_OPEN, SVG_CLOSE, SVG_TEXT, SVG_END, SVG_BROKEN };

struct svg_span {
	const char *start;
	size_t length;
};

struct svg_piece {
	enum svg_kind kind;
	struct svg_span name;       /* of a tag */
	struct svg_span attributes; /* of an opening tag */
	struct svg_span text;       /* between two tags */
	bool is_empty;              /* <rect … />: no closing tag follows */
};

struct svg_reader {
	const char *text; /* borrowed */
	size_t length, at;
};

/* Returns the next piece; comments, instructions and declarations are left out. SVG_BROKEN: a tag does not end. */
struct svg_piece svg_next(struct svg_reader *reader);

bool svg_is(struct svg_span span, const char *word);
/* Returns the value of an attribute as it stands in the file; a NULL start when there is none. */
struct svg_span svg_attribute(const struct svg_piece *piece, const char *name);
/* Returns the next attribute of `rest` and moves behind it; a NULL name at the end. */
struct svg_span svg_next_attribute(struct svg_span *rest, struct svg_span *out_value);

/* Reads a number with a point and skips what may stand between two of them. Returns false when there is none. */
bool svg_number(struct svg_span *rest, double *out);
/* Appends a text to `out`, of `size` bytes, with XML's characters decoded and runs of blanks as one blank. */
void svg_decode(struct svg_span span, char *out, size_t size);

/* The map from an element's coordinates to those of the drawing: x' = ax + cy + e, y' = bx + dy + f. */
struct svg_matrix {
	double a, b, c, d, e, f;
};

/* Returns `outer` followed by what a transform attribute says; what cannot be read of it is left out. */
struct svg_matrix svg_transform(struct svg_matrix outer, struct svg_span transform);

#endif
