/* Limits of what every layer uses: messages and time zones. */
#ifndef ICAL_LIMITS_H
#define ICAL_LIMITS_H

enum {
	UTF8_LETTER_MAX = 64,   /* bytes of a letter with all that joins it; what follows counts as another letter */
	ERR_TEXT_MAX = 512,     /* bytes of a message with the final NUL; a longer one is cut at a character */
	ZONE_FIRST_YEAR = 1900, /* first year in which a zone's rules are followed */
	ZONE_LAST_YEAR = 2200,  /* first year in which they are followed no longer; the offset at the end of the year
				   before then holds for ever */
	ZONE_NAME_MAX = 128     /* bytes of a zone's name with the final NUL; a longer name is unknown */
};

#endif
