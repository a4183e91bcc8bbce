/* Makes of what somebody pasted as a calendar's address the address that was meant. Pure. */
#ifndef APP_SETUP_TIDY_H
#define APP_SETUP_TIDY_H

#include <stdbool.h>

enum tidy_kind {
	TIDY_ADDRESS,    /* "https://…", or webcal://, which the kiosk reads as https:// */
	TIDY_COLLECTION, /* likewise, of a calendar on a CalDAV server */
	TIDY_FILE,       /* an absolute path */
	TIDY_BOOKING,    /* the page on which people book, not a calendar */
	TIDY_NONSENSE
};

/* Takes the next address out of a line, which may hold several, and moves *rest behind it. Quotation marks, brackets
 * and blanks are removed, a missing scheme is added, http:// becomes https://, and Outlook's page of a published
 * calendar becomes its calendar. The caller frees *out. Returns false at the end, or when memory ran out. */
bool tidy_next(const char **rest, enum tidy_kind *out_kind, char **out);

#endif
