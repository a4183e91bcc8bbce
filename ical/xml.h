/* The elements and texts of an XML document that a foreign server wrote, one after the other, within bounds. It reads
 * what servers of calendars write: elements with namespaces, texts, CDATA, the five entities of XML itself and numbered
 * characters. A document type is refused, so that nothing can be defined, expanded or read from elsewhere. The time
 * grows with the length of the document and with nothing else. Pure. */
#ifndef ICAL_XML_H
#define ICAL_XML_H

#include <stdbool.h>
#include <stddef.h>

#include "netlimits.h"

enum xml_kind { XML_OPEN, XML_CLOSE, XML_TEXT, XML_END, XML_BROKEN };

/* The namespaces that matter here. */
enum xml_space { XML_OTHER, XML_DAV, XML_CALDAV, XML_CALENDARSERVER };

struct xml_span {
	char *start;
	size_t length;
};

struct xml_piece {
	enum xml_kind kind;
	enum xml_space space; /* of an element */
	struct xml_span text; /* the element's name without its prefix, or the decoded text */
};

struct xml {
	char *at, *end;          /* what is left of the document */
	size_t depth;            /* elements that are open */
	bool had_root, is_empty; /* is_empty: the element that was opened last closes at once */
	struct {
		struct xml_span name; /* with its prefix */
		size_t bindings;      /* that were in force before it */
	} open[XML_DEPTH_MAX];
	struct {
		struct xml_span prefix;
		enum xml_space space;
	} bindings[XML_BINDINGS_MAX];
	size_t binding_count;
};

/* The bytes are the caller's, must stay, and are overwritten: texts are decoded where they stand. */
void xml_begin(struct xml *xml, char *bytes, size_t length);

/* XML_END comes once, after a whole document. Nothing may be asked for after it or XML_BROKEN. A text may come in
 * several pieces. */
struct xml_piece xml_next(struct xml *xml);

bool xml_is(const struct xml_piece *piece, enum xml_space space, const char *name);

#endif
