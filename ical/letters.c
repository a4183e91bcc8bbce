/* ICU keeps these properties in the library itself: no file is opened for them. */
#include "letters.h"

#include <stddef.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

const char *letters_script(uint32_t character)
{
	UErrorCode error = U_ZERO_ERROR;
	UScriptCode script = uscript_getScript((UChar32)character, &error);
	if (U_FAILURE(error) || script == USCRIPT_COMMON || script == USCRIPT_INHERITED || script == USCRIPT_UNKNOWN) {
		return NULL;
	}
	return uscript_getShortName(script);
}

bool letters_is_invisible(uint32_t character)
{
	return u_hasBinaryProperty((UChar32)character, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}
