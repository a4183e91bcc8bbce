/* See multistatus.h. Only elements that stand where the RFCs put them count. Each text is put together where it stands
 * in the bytes, and ended by a NUL before its closing tag, which has been read by then. */
#include "multistatus.h"

#include <stdlib.h>
#include <string.h>

#include "xml.h"

enum element {
	ELEMENT_OTHER,
	ELEMENT_MULTISTATUS,
	ELEMENT_RESPONSE,
	ELEMENT_HREF,
	ELEMENT_STATUS,
	ELEMENT_PROPSTAT,
	ELEMENT_PROPSTAT_STATUS,
	ELEMENT_PROP,
	ELEMENT_ETAG,
	ELEMENT_CTAG,
	ELEMENT_DATA,
	ELEMENT_TYPE,
	ELEMENT_COLLECTION,
	ELEMENT_CALENDAR,
	ELEMENT_PRINCIPAL,
	ELEMENT_TOKEN
};

/* Where an element may stand; every other element is left out with all that is in it. */
static const struct {
	enum element parent, element;
	enum xml_space space;
	const char *name;
	bool is_leaf;
} places[] = {{ELEMENT_MULTISTATUS, ELEMENT_RESPONSE, XML_DAV, "response", false},
	      {ELEMENT_MULTISTATUS, ELEMENT_TOKEN, XML_DAV, "sync-token", true},
	      {ELEMENT_RESPONSE, ELEMENT_HREF, XML_DAV, "href", true},
	      {ELEMENT_RESPONSE, ELEMENT_STATUS, XML_DAV, "status", true},
	      {ELEMENT_RESPONSE, ELEMENT_PROPSTAT, XML_DAV, "propstat", false},
	      {ELEMENT_PROPSTAT, ELEMENT_PROPSTAT_STATUS, XML_DAV, "status", true},
	      {ELEMENT_PROPSTAT, ELEMENT_PROP, XML_DAV, "prop", false},
	      {ELEMENT_PROP, ELEMENT_ETAG, XML_DAV, "getetag", true},
	      {ELEMENT_PROP, ELEMENT_CTAG, XML_CALENDARSERVER, "getctag", true},
	      {ELEMENT_PROP, ELEMENT_DATA, XML_CALDAV, "calendar-data", true},
	      {ELEMENT_PROP, ELEMENT_TYPE, XML_DAV, "resourcetype", false},
	      {ELEMENT_TYPE, ELEMENT_COLLECTION, XML_DAV, "collection", false},
	      {ELEMENT_TYPE, ELEMENT_CALENDAR, XML_CALDAV, "calendar", false},
	      {ELEMENT_TYPE, ELEMENT_PRINCIPAL, XML_DAV, "principal", false}};

struct reading {
	struct xml xml;
	enum element open[XML_DEPTH_MAX + 1];
	bool is_leaf;           /* of the innermost element */
	struct xml_span text;   /* of it, as far as it was read */
	int response, propstat; /* statuses; 0 none */
	const char *href, *etag, *ctag, *data;
	size_t data_length;
	const char *new_etag, *new_ctag, *new_data; /* of a propstat whose status is not known yet */
	size_t new_data_length;
	unsigned types, new_types; /* a bit for each enum element that stands in resourcetype */
	multistatus_take *take;
	void *context;
	char *token;
};

/* "HTTP/1.1 404 Not Found" */
static int status_of(const char *line)
{
	const char *number = strncmp(line, "HTTP/", 5) == 0 ? strchr(line, ' ') : NULL;
	int status = number && strspn(number + 1, "0123456789") == 3 ? atoi(number + 1) : 0;
	return status >= 100 && status < 600 ? status : 0;
}

static const char *trimmed(char *text)
{
	static const char blanks[] = " \t\r\n";
	char *start = text + strspn(text, blanks), *end = start + strlen(start);
	while (end > start && strchr(blanks, end[-1])) {
		end--;
	}
	*end = '\0';
	return start;
}

static void begin_response(struct reading *reading)
{
	reading->response = 0;
	reading->href = reading->etag = reading->ctag = reading->data = "";
	reading->data_length = 0;
	reading->types = 0;
}

static void begin_propstat(struct reading *reading)
{
	reading->propstat = 0;
	reading->new_etag = reading->new_ctag = reading->new_data = "";
	reading->new_data_length = 0;
	reading->new_types = 0;
}

/* Properties count only where the server says that it has them. */
static void end_propstat(struct reading *reading)
{
	if (reading->propstat == 200) {
		reading->etag = *reading->new_etag ? reading->new_etag : reading->etag;
		reading->ctag = *reading->new_ctag ? reading->new_ctag : reading->ctag;
		reading->data = reading->new_data_length ? reading->new_data : reading->data;
		reading->data_length = reading->new_data_length ? reading->new_data_length : reading->data_length;
		reading->types |= reading->new_types;
	}
}

static bool has_type(const struct reading *reading, enum element element)
{
	return reading->types & 1U << element;
}

static bool end_response(struct reading *reading)
{
	struct multistatus_item item = {.href = reading->href,
					.status = reading->response ? reading->response : 200,
					.is_collection = has_type(reading, ELEMENT_COLLECTION),
					.is_calendar = has_type(reading, ELEMENT_CALENDAR),
					.is_principal = has_type(reading, ELEMENT_PRINCIPAL),
					.etag = reading->etag,
					.ctag = reading->ctag,
					.data = reading->data,
					.data_length = reading->data_length};
	return reading->take(reading->context, &item);
}

static void keep_token(char *token, const char *text)
{
	size_t length = strlen(text);
	bool is_fit = length < DAV_TOKEN_MAX;
	for (size_t i = 0; i < length; i++) {
		is_fit = is_fit && (unsigned char)text[i] > ' ' && text[i] != 0x7f;
	}
	memcpy(token, is_fit ? text : "", is_fit ? length + 1 : 1);
}

static void keep_text(struct reading *reading, enum element element, char *raw)
{
	size_t length = reading->text.length;
	const char *text = element == ELEMENT_DATA ? raw : trimmed(raw);
	switch (element) {
	case ELEMENT_HREF:
		reading->href = length < DAV_HREF_MAX ? text : "";
		break;
	case ELEMENT_STATUS:
		reading->response = status_of(text);
		break;
	case ELEMENT_PROPSTAT_STATUS:
		reading->propstat = status_of(text);
		break;
	case ELEMENT_ETAG:
		reading->new_etag = text;
		break;
	case ELEMENT_CTAG:
		reading->new_ctag = text;
		break;
	case ELEMENT_DATA:
		reading->new_data = text;
		reading->new_data_length = length;
		break;
	case ELEMENT_TOKEN:
		keep_token(reading->token, text);
		break;
	default:
		break;
	}
}

static enum element find_element(enum element parent, const struct xml_piece *piece, bool *out_is_leaf)
{
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		if (places[i].parent == parent && xml_is(piece, places[i].space, places[i].name)) {
			*out_is_leaf = places[i].is_leaf;
			return places[i].element;
		}
	}
	return ELEMENT_OTHER;
}

static bool take_open(struct reading *reading, const struct xml_piece *piece)
{
	size_t depth = reading->xml.depth; /* with this element */
	enum element element = ELEMENT_OTHER;
	if (reading->is_leaf) {
		return false; /* an element where a text belongs */
	}
	reading->is_leaf = false;
	if (depth == 1) {
		element = xml_is(piece, XML_DAV, "multistatus") ? ELEMENT_MULTISTATUS : ELEMENT_OTHER;
	} else {
		element = find_element(reading->open[depth - 1], piece, &reading->is_leaf);
	}
	reading->open[depth] = element;
	reading->text = (struct xml_span){NULL, 0};
	if (element == ELEMENT_RESPONSE) {
		begin_response(reading);
	} else if (element == ELEMENT_PROPSTAT) {
		begin_propstat(reading);
	}
	reading->new_types |= 1U << element;
	return depth > 1 || element == ELEMENT_MULTISTATUS;
}

/* Pieces of a text move together. */
static void take_text(struct reading *reading, struct xml_span text)
{
	if (!reading->is_leaf) {
		return;
	}
	if (reading->text.start) {
		memmove(reading->text.start + reading->text.length, text.start, text.length);
		reading->text.length += text.length;
	} else {
		reading->text = text;
	}
}

static bool take_close(struct reading *reading)
{
	enum element element = reading->open[reading->xml.depth + 1];
	if (reading->is_leaf) {
		char none[1] = "";
		char *raw = reading->text.start ? reading->text.start : none;
		raw[reading->text.length] = '\0';
		if (reading->text.start) {
			keep_text(reading, element, raw);
		}
		reading->is_leaf = false;
	} else if (element == ELEMENT_PROPSTAT) {
		end_propstat(reading);
	} else if (element == ELEMENT_RESPONSE) {
		return end_response(reading);
	}
	return true;
}

static bool take_piece(struct reading *reading, const struct xml_piece *piece)
{
	switch (piece->kind) {
	case XML_OPEN:
		return take_open(reading, piece);
	case XML_TEXT:
		take_text(reading, piece->text);
		return true;
	case XML_CLOSE:
		return take_close(reading);
	case XML_END:
	case XML_BROKEN:
		break;
	}
	return false;
}

bool multistatus_read(char *bytes, size_t length, multistatus_take *take, void *context, char token[DAV_TOKEN_MAX],
		      struct err *err)
{
	struct reading reading = {.take = take, .context = context, .token = token};
	struct xml_piece piece;
	token[0] = '\0';
	if (memchr(bytes, '\0', length)) {
		return err_set(err, "the list of the collection cannot be read");
	}
	xml_begin(&reading.xml, bytes, length);
	do {
		piece = xml_next(&reading.xml);
	} while (take_piece(&reading, &piece));
	return piece.kind == XML_END || err_set(err, "the list of the collection cannot be read");
}

static int hex_value(char digit)
{
	return digit >= '0' && digit <= '9'   ? digit - '0'
	       : digit >= 'A' && digit <= 'F' ? digit - 'A' + 10
	       : digit >= 'a' && digit <= 'f' ? digit - 'a' + 10
					      : -1;
}

void multistatus_name(const char *href, char *out, size_t size)
{
	const char *slash = strrchr(href, '/');
	size_t length = 0;
	for (const char *from = slash ? slash + 1 : href; *from && length + 1 < size; from++) {
		int high = *from == '%' ? hex_value(from[1]) : -1, low = high < 0 ? -1 : hex_value(from[2]);
		char letter = low < 0 ? *from : (char)(high * 16 + low);
		if (letter == '\0' || letter == '/') {
			break;
		}
		out[length++] = letter;
		from += low < 0 ? 0 : 2;
		if (!from[1]) {
			out[length] = '\0';
			return;
		}
	}
	out[0] = '\0';
}

bool multistatus_escape(const char *text, char *out, size_t size)
{
	size_t length = 0;
	for (; *text; text++) {
		char letter[2] = {*text, '\0'};
		const char *put = *text == '&' ? "&amp;" : *text == '<' ? "&lt;" : *text == '>' ? "&gt;" : letter;
		size_t more = strlen(put);
		if (length + more >= size) {
			return false;
		}
		memcpy(out + length, put, more);
		length += more;
	}
	out[length] = '\0';
	return true;
}
