/* See zonewindows.h. ICU may be older than the system's tzdata, and its table may then map a Windows name to a zone
 * that has changed since. */
#include "zonewindows.h"

#include <stddef.h>
#include <string.h>

#include <unicode/ucal.h>
#include <unicode/ustring.h>

/* Converts ASCII to UTF-16. Returns false when the text is empty, too long, or not ASCII. */
static bool widen(const char *name, UChar out_wide[ZONE_NAME_MAX])
{
	size_t i = 0;

	for (; name[i] != '\0'; i++) {
		if (i == ZONE_NAME_MAX - 1 || name[i] < ' ' || name[i] > '~') {
			return false;
		}
		out_wide[i] = (UChar)name[i];
	}
	out_wide[i] = 0;
	return i > 0;
}

static bool narrow(const UChar *wide, int32_t length, char out[ZONE_NAME_MAX])
{
	if (length <= 0 || length >= ZONE_NAME_MAX) {
		return false;
	}
	for (int32_t i = 0; i < length; i++) {
		if (wide[i] < ' ' || wide[i] > '~') {
			return false;
		}
		out[i] = (char)wide[i];
	}
	out[length] = '\0';
	return true;
}

bool zonewindows_find(const char *name, char out_iana[ZONE_NAME_MAX])
{
	static const struct {
		const char *windows, *iana;
	} moved[] = {
		{"Central Asia Standard Time", "Asia/Bishkek"},          /* Almaty left this zone in 2024 */
		{"Mountain Standard Time (Mexico)", "America/Mazatlan"}, /* Chihuahua left this zone in 2022 */
	};
	UChar wide[ZONE_NAME_MAX], found[ZONE_NAME_MAX];
	UErrorCode status = U_ZERO_ERROR;
	int32_t length;

	for (size_t i = 0; i < sizeof(moved) / sizeof(moved[0]); i++) {
		if (strcmp(name, moved[i].windows) == 0) {
			memcpy(out_iana, moved[i].iana, strlen(moved[i].iana) + 1);
			return true;
		}
	}
	if (!widen(name, wide)) {
		return false;
	}
	length = ucal_getTimeZoneIDForWindowsID(wide, -1, "SE", found, ZONE_NAME_MAX, &status);
	return U_SUCCESS(status) && narrow(found, length, out_iana);
}

bool zonewindows_find_alias(const char *name, char out_iana[ZONE_NAME_MAX])
{
	UChar wide[ZONE_NAME_MAX], found[ZONE_NAME_MAX];
	UErrorCode status = U_ZERO_ERROR;
	UBool is_system = false;
	int32_t length;

	if (!widen(name, wide)) {
		return false;
	}
	/* ICU silently reads any unknown name as GMT, so only names in its own table are accepted. */
	length = ucal_getCanonicalTimeZoneID(wide, -1, found, ZONE_NAME_MAX, &is_system, &status);
	return U_SUCCESS(status) && is_system && narrow(found, length, out_iana) &&
	       strcmp(out_iana, "Etc/Unknown") != 0;
}
