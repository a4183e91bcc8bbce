/* See settings.h. The table has every key of the configuration, so that whatever the file can say can be asked. */
#include "settings.h"

#include <string.h>

#define TEXT_HINT "Write a short text on one line.", "Skriv en kort text på en rad."
#define TIME_HINT "Write a time of day, such as 07:00.", "Skriv ett klockslag, till exempel 07:00."
#define MINUTES_HINT "Write a number of minutes.", "Skriv ett antal minuter."
#define PATTERN_HINT                                                                                                   \
	"Write an expression; see EXPRESSIONS in kiosk.conf(5).", "Skriv ett uttryck; se EXPRESSIONS i kiosk.conf(5)."
#define POINT_HINT                                                                                                     \
	"Write a point of the drawing, such as 412,230.", "Skriv en punkt på ritningen, till exempel 412,230."
#define FILE_HINT "Write the path of a file.", "Skriv sökvägen till en fil."
#define YES_HINT "Write yes or no.", "Skriv yes (ja) eller no (nej)."
#define PROXY_HINT                                                                                                     \
	"Write http://proxy.example.org:3128, or none.", "Skriv http://proxy.example.org:3128, eller none (ingen)."
#define AGENT_HINT "Write plain letters, at most 256.", "Skriv vanliga bokstäver utan å, ä och ö, högst 256."
#define CREDENTIAL_HINT                                                                                                \
	"Write the name of a file in /etc/credstore.", "Skriv namnet på en fil i /etc/credstore, utan å, ä och ö."
#define ADDRESS_HINT "Write an address that begins with https://.", "Skriv en adress som börjar med https://."

const struct setting settings[] = {
	{"office", NULL, "Name of the office", "Kontorets namn", TEXT_HINT, NULL},
	{"office", "title-en", "Name in English", "Namn på engelska", TEXT_HINT, NULL},
	{"office", "address", "Street address", "Gatuadress", TEXT_HINT, NULL},
	{"office", "address-en", "Street address in English", "Gatuadress på engelska", TEXT_HINT, NULL},
	{"office", "region", "Region, shown before the address", "Region, visas före adressen", TEXT_HINT, NULL},
	{"office", "region-en", "Region in English", "Region på engelska", TEXT_HINT, NULL},
	{"office", "zone", "Time zone", "Tidszon", "Write a name such as Europe/Stockholm.",
	 "Skriv ett namn som Europe/Stockholm.", "Europe/Stockholm"},
	{"office", "opens", "Opens", "Öppnar", "Write a time of day before it closes, such as 07:00.",
	 "Skriv ett klockslag före stängning, till exempel 07:00.", "07:00"},
	{"office", "closes", "Closes", "Stänger", "Write a time of day after it opens, such as 18:00.",
	 "Skriv ett klockslag efter öppning, till exempel 18:00.", "18:00"},
	{"office", "closed", "Weekdays when it is always closed", "Veckodagar då det alltid är stängt",
	 "Write days such as: sat, sun (mon, tue, wed, thu, fri, sat, sun).",
	 "Skriv dagar som: sat, sun (mon, tue, wed, thu, fri, sat, sun = måndag till söndag).", NULL},
	{"office", "rotation-table", "Table of host municipalities", "Tabell över värdkommuner",
	 "Write the path of a file, or none.", "Skriv sökvägen till en fil, eller none (ingen).", NULL},
	{"office", "plan", "Floor plan (SVG)", "Planritning (SVG)", FILE_HINT, NULL},
	{"office", "you-are-here", "Where the screen hangs on the plan", "Var skärmen sitter på ritningen", POINT_HINT,
	 NULL},
	{"screen", "mode", "Screen: kiosk (touch, at the entrance) or wall",
	 "Skärm: kiosk (pekskärm vid entrén) eller wall (vägg)", "Write kiosk or wall.", "Skriv kiosk eller wall.",
	 "kiosk"},
	{"screen", "language", "Language of the screen, sv or en", "Skärmens språk, sv eller en", "Write sv or en.",
	 "Skriv sv eller en.", "sv"},
	{"screen", "diagonal", "Diagonal of the screen, in inches", "Skärmens diagonal, i tum",
	 "Write a number from 3 to 200.", "Skriv ett tal från 3 till 200, med punkt som decimaltecken.", "24"},
	{"screen", "distance", "Distance from the eye, in metres", "Avstånd från ögat, i meter",
	 "Write a number from 0.2 to 50.", "Skriv ett tal från 0.2 till 50, med punkt som decimaltecken.", "0.6"},
	{"screen", "rotation", "Rotation of the screen, in degrees", "Skärmens vridning, i grader",
	 "Write 0, 90, 180 or 270.", "Skriv 0, 90, 180 eller 270.", "0"},
	{"screen", "night", "Screen outside opening hours: dim or off",
	 "Skärmen utanför öppettiderna: dim (mörk klocka) eller off (avstängd)", "Write dim or off.",
	 "Skriv dim eller off.", "dim"},
	{"checkin", "opens", "Check-in opens so many minutes before", "Incheckning öppnar så många minuter före",
	 MINUTES_HINT, "30"},
	{"checkin", "grace", "A place is kept for so many minutes (grace)", "En plats hålls i så många minuter (grace)",
	 MINUTES_HINT, "15"},
	{"checkin", "hold-all-day", "A booking of the whole day is held until", "En heldagsbokning hålls till",
	 TIME_HINT, "10:00"},
	{"checkin", "undo", "A check-in can be undone for so many seconds",
	 "En incheckning kan ångras i så många sekunder", "Write a number of seconds.", "Skriv ett antal sekunder.",
	 "10"},
	{"checkin", "retention-days", "Check-ins are kept for so many days", "Incheckningar sparas i så många dagar",
	 "Write a number of days.", "Skriv ett antal dagar.", "30"},
	{"speech", "enabled", "Voice: auto, on or off", "Röst: auto, on (på) eller off (av)", "Write auto, on or off.",
	 "Skriv auto, on eller off.", "auto"},
	{"speech", "loudspeaker", "The voice also without a headset", "Röst även utan hörlurar", YES_HINT, NULL},
	{"speech", "headset", "Headset: usb, jack or any", "Hörlurar: usb, jack eller any (vilka som helst)",
	 "Write usb, jack or any.", "Skriv usb, jack eller any.", "any"},
	{"speech", "device", "Sound device to speak through", "Ljudenhet att tala genom", TEXT_HINT, NULL},
	{"speech", "rate", "Words a minute", "Ord per minut", "Write a number from 80 to 400.",
	 "Skriv ett tal från 80 till 400.", "160"},
	{"network", "user-agent", "User agent, for all calendars", "User agent, för alla kalendrar", AGENT_HINT, NULL},
	{"network", "proxy", "Proxy, for all calendars", "Proxy, för alla kalendrar", PROXY_HINT, NULL},
	{"network", "proxy-credential", "File with the proxy's user and password",
	 "Fil med proxyns användare och lösenord", CREDENTIAL_HINT, NULL},
	{"share", NULL, "Name of the sharing", "Delningens namn", TEXT_HINT, NULL},
	{"share", "path", "Folder that all screens of the office share", "Mapp som kontorets alla skärmar delar",
	 FILE_HINT, NULL},
	{"share", "credential", "File with the password of the sharing", "Fil med delningens lösenord", CREDENTIAL_HINT,
	 NULL},
	{"share", "url", "Address of the collection that all screens share",
	 "Adress till samlingen som alla skärmar delar", ADDRESS_HINT, NULL},
	{"share", "ca-file", "Certificate file (PEM) of the sharing", "Delningens certifikatfil (PEM)", FILE_HINT,
	 NULL},
	{"share", "user-agent", "User agent of the sharing", "Delningens user agent", AGENT_HINT, NULL},
	{"share", "proxy", "Proxy of the sharing", "Delningens proxy", PROXY_HINT, NULL},
	{"share", "proxy-credential", "File with the user and password of that proxy",
	 "Fil med den proxyns användare och lösenord", CREDENTIAL_HINT, NULL},
	{"share", "box", "Name of this screen among the others", "Den här skärmens namn bland de andra",
	 "Write small letters, digits and hyphens, such as entre.",
	 "Skriv små bokstäver a–z, siffror och bindestreck, till exempel entre.", NULL},
	{"feed", "kind", "Kind of calendar", "Kalenderns slag", "Write bookings, meetings, notices or closures.",
	 "Skriv bookings (bokningar), meetings (möten), notices (meddelanden) eller closures (stängda dagar).",
	 "bookings"},
	{"feed", "url", "Address, in the file itself", "Adress, i själva filen", ADDRESS_HINT, NULL},
	{"feed", "credential", "File with the address", "Fil med adressen", CREDENTIAL_HINT, NULL},
	{"feed", "path", "File that holds the calendar", "Fil som innehåller kalendern", FILE_HINT, NULL},
	{"feed", "caldav", "Address of a calendar on a CalDAV server", "Adress till en kalender på en CalDAV-server",
	 ADDRESS_HINT, NULL},
	{"feed", "ca-file", "Certificate file (PEM)", "Certifikatfil (PEM)", FILE_HINT, NULL},
	{"feed", "user-agent", "User agent", "User agent", AGENT_HINT, NULL},
	{"feed", "proxy", "Proxy", "Proxy", PROXY_HINT, NULL},
	{"feed", "proxy-credential", "File with the proxy's user and password",
	 "Fil med proxyns användare och lösenord", CREDENTIAL_HINT, NULL},
	{"feed", "refresh", "Fetched every so many seconds", "Hämtas med så många sekunders mellanrum",
	 "Write a number of seconds, at least 60.", "Skriv ett antal sekunder, minst 60.", NULL},
	{"feed", "covers", "Days ahead that it publishes", "Dagar framåt som den publicerar", "Write a number of days.",
	 "Skriv ett antal dagar.", NULL},
	{"feed", "body", "Whose meetings they are", "Vilkas möten det är", TEXT_HINT, NULL},
	{"feed", "body-en", "Whose meetings they are, in English", "Vilkas möten det är, på engelska", TEXT_HINT, NULL},
	{"feed", "agenda-by", "Who prepares the agenda", "Vem som förbereder dagordningen",
	 "Write a text, in which {chair} stands for the chair's name.",
	 "Skriv en text, där {chair} står för ordförandens namn.", NULL},
	{"feed", "agenda-by-en", "Who prepares the agenda, in English", "Vem som förbereder dagordningen, på engelska",
	 "Write a text, in which {chair} stands for the chair's name.",
	 "Skriv en text, där {chair} står för ordförandens namn.", NULL},
	{"feed", "names", "Names on the screen: full, short, initials or none",
	 "Namn på skärmen: full (hela), short (Anna A.), initials (A.A.) eller none (inga)",
	 "Write full, short, initials or none.", "Skriv full, short, initials eller none.", "short"},
	{"feed", "person", "Expression whose first group is the person", "Uttryck vars första grupp är personen",
	 PATTERN_HINT, NULL},
	{"feed", "person-in", "Field in which the person stands", "Fält där personen står",
	 "Write summary, location, description, resources or organizer.",
	 "Skriv summary (rubrik), location (plats), description (beskrivning), resources (resurser) eller organizer "
	 "(den som bokat).",
	 "summary"},
	{"feed", "organizer", "Who booked a meeting is shown", "Den som bokat ett möte visas", YES_HINT, "no"},
	{"place", "name", "Name of the place", "Platsens namn", TEXT_HINT, NULL},
	{"place", "name-en", "Name in English", "Namn på engelska", TEXT_HINT, NULL},
	{"place", "title", "Long name", "Långt namn", TEXT_HINT, NULL},
	{"place", "title-en", "Long name in English", "Långt namn på engelska", TEXT_HINT, NULL},
	{"place", "kind", "desk or room", "desk (skrivbord) eller room (rum)", "Write desk or room.",
	 "Skriv desk eller room.", "desk"},
	{"place", "feed", "Calendar with its bookings", "Kalender med dess bokningar", "Write the name of a calendar.",
	 "Skriv namnet på en kalender.", NULL},
	{"place", "match", "Text by which its bookings are known (expression)",
	 "Text som dess bokningar känns igen på (uttryck)", PATTERN_HINT, NULL},
	{"place", "booking-page", "Page on which it is booked", "Sida där den bokas", ADDRESS_HINT, NULL},
	{"place", "seats", "Number of seats", "Antal platser", "Write a number.", "Skriv ett antal.", NULL},
	{"place", "checkin", "Check-in: yes, no or optional",
	 "Incheckning: yes (ja), no (nej) eller optional (frivillig)", "Write yes, no or optional.",
	 "Skriv yes, no eller optional.", "yes"},
	{"place", "equipment", "Equipment, a sentence", "Utrustning, en mening", TEXT_HINT, NULL},
	{"place", "equipment-en", "Equipment, in English", "Utrustning, på engelska", TEXT_HINT, NULL},
	{"place", "at", "Where it is on the plan", "Var den är på ritningen", POINT_HINT, NULL},
	{"place", "way", "Way from the screen on the plan", "Väg från skärmen på ritningen",
	 "Write points such as 620,440 520,400.", "Skriv punkter som 620,440 520,400.", NULL},
	{"place", "where", "Where it is, in words", "Var den är, i ord", TEXT_HINT, NULL},
	{"place", "where-en", "Where it is, in English", "Var den är, på engelska", TEXT_HINT, NULL},
	{"info", "title-en", "Heading in English", "Rubrik på engelska", TEXT_HINT, NULL},
	{"info", "text", "Text of the card", "Kortets text", "Write at most 400 letters, or a qr.",
	 "Skriv högst 400 tecken, eller en qr.", NULL},
	{"info", "text-en", "Text in English", "Text på engelska", "Write at most 400 letters.",
	 "Skriv högst 400 tecken.", NULL},
	{"info", "qr", "What its QR code holds", "Vad dess QR-kod innehåller", "Write at most 213 letters.",
	 "Skriv högst 213 tecken.", NULL},
	{"info", "button", "Words on the button for the code", "Ord på knappen till koden", TEXT_HINT, NULL},
	{"info", "button-en", "Words on the button, in English", "Ord på knappen, på engelska", TEXT_HINT, NULL},
	{"info", "icon", "Icon", "Ikon",
	 "Write info, wifi, printer, phone, exit, accessibility, question, place or people.",
	 "Skriv info, wifi, printer, phone, exit, accessibility, question, place eller people.", "info"},
	{"info", "statement", "On the page of the accessibility statement", "På sidan med tillgänglighetsredogörelsen",
	 YES_HINT, "no"},
};

const size_t settings_count = sizeof(settings) / sizeof(*settings);

const struct setting *setting_of(const char *section, const char *key)
{
	for (size_t i = 0; i < settings_count; i++) {
		bool is_title = !key && !settings[i].key;
		if (strcmp(settings[i].section, section) == 0 &&
		    (is_title || (key && settings[i].key && strcmp(settings[i].key, key) == 0))) {
			return &settings[i];
		}
	}
	return NULL;
}
