/* What is proposed for calendars of many shapes, as Microsoft 365 and its like write them: a row a shape. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/pattern.h"
#include "app/setup/propose.h"
#include "app/setup/words.h"

/* An event a line: title|location|organizer. `names` are what the proposed expression finds in them, in this order;
 * "-" nobody. A doubtful place has a "?". */
static const struct {
	const char *shape, *events, *places, *names;
	enum feed_kind kind;
	enum proposal_trouble trouble;
} shapes[] = {
	{"person, dash, place", "Anna Andersson - Kontorsplats 3\nNils Svensson - Kontorsplats 10",
	 "Kontorsplats 3;Kontorsplats 10", "Anna Andersson;Nils Svensson", FEED_BOOKINGS, PROPOSAL_FINE},
	{"person, long dash, place", "Anna Andersson – Kontorsplats 3\nNils Svensson – Kontorsplats 1",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Nils Svensson", FEED_BOOKINGS, PROPOSAL_FINE},
	{"with its length", "Anna Andersson - Kontorsplats 3 (heldag)\nAnn-Marie von Essen - Kontorsplats 1 (30 min)",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Ann-Marie von Essen", FEED_BOOKINGS, PROPOSAL_FINE},
	{"length after a dash", "Anna Andersson - Kontorsplats 3 - heldag\nNils Svensson - Kontorsplats 1 - 30 min",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Nils Svensson", FEED_BOOKINGS, PROPOSAL_FINE},
	{"place, dash, person", "Kontorsplats 3 - Anna\nKontorsplats 1 - Nils", "Kontorsplats 1;Kontorsplats 3",
	 "Anna;Nils", FEED_BOOKINGS, PROPOSAL_FINE},
	{"place, dash, person, dash, length", "Kontorsplats 3 - Anna Berg - heldag\nKontorsplats 1 - Nils Ek - 30 min",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Berg;Nils Ek", FEED_BOOKINGS, PROPOSAL_FINE},
	{"place, colon, person", "Kontorsplats 3: Anna\nKontorsplats 1: Nils Svensson (Umeå kommun)",
	 "Kontorsplats 1;Kontorsplats 3", "Anna;Nils Svensson", FEED_BOOKINGS, PROPOSAL_FINE},
	{"person, colon, place", "Anna Andersson: Kontorsplats 3\nNils Svensson: Kontorsplats 1",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Nils Svensson", FEED_BOOKINGS, PROPOSAL_FINE},
	{"place in the location", "Anna Andersson|Kontorsplats 3\nNils Svensson (30 min)|Kontorsplats 1",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Nils Svensson", FEED_BOOKINGS, PROPOSAL_FINE},
	{"only names that are short", "Anna|Plats 3\nNils|Plats 1", "Plats 1;Plats 3", "Anna;Nils", FEED_BOOKINGS,
	 PROPOSAL_FINE},
	{"service in the title",
	 "Boka skrivbord - Anna Andersson|Kontorsplats 3\nBoka skrivbord - Nils Ek|Kontorsplats 1",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Nils Ek", FEED_BOOKINGS, PROPOSAL_FINE},
	{"service with its length",
	 "Kontorsplats heldag – Anna Andersson|Kontorsplats 3\nKontorsplats halvdag – Nils Ek|Kontorsplats 1",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Nils Ek", FEED_BOOKINGS, PROPOSAL_FINE},
	{"address as location",
	 "Anna Andersson - Kontorsplats 3|Renmarkstorget 5D, 3 tr\nNils Ek - Kontorsplats 1|Renmarkstorget 5D, 3 tr",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Nils Ek", FEED_BOOKINGS, PROPOSAL_FINE},
	{"Teams as location",
	 "Anna Andersson - Kontorsplats 3|Microsoft Teams-möte\nNils Ek - Kontorsplats 1|Microsoft Teams-möte",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Nils Ek", FEED_BOOKINGS, PROPOSAL_FINE},
	{"one desk's calendar", "Anna Andersson\nNils Svensson\nSara Ek - heldag", "",
	 "Anna Andersson;Nils Svensson;Sara Ek", FEED_BOOKINGS, PROPOSAL_UNPLACED},
	{"one desk's calendar, given names", "Mia\nBo", "", "Mia;Bo", FEED_BOOKINGS, PROPOSAL_UNPLACED},
	{"availability only", "Upptagen\nUpptagen\nBusy", "", NULL, FEED_BOOKINGS, PROPOSAL_BUSY},
	{"empty", "", "", NULL, FEED_BOOKINGS, PROPOSAL_EMPTY},
	{"English", "Anna Andersson - Desk 3\nJohn Smith - Desk 12\nMary Jones - Meeting room",
	 "Meeting room;Desk 3;Desk 12", "Anna Andersson;John Smith;Mary Jones", FEED_BOOKINGS, PROPOSAL_FINE},
	{"English booking", "Desk booking: John Smith|Desk 4\nDesk booking: Mary Jones|Desk 2", "Desk 2;Desk 4",
	 "John Smith;Mary Jones", FEED_BOOKINGS, PROPOSAL_FINE},
	{"family name first", "Andersson, Anna - Kontorsplats 3\nSvensson, Nils - Kontorsplats 1",
	 "Kontorsplats 1;Kontorsplats 3", "Andersson, Anna;Svensson, Nils", FEED_BOOKINGS, PROPOSAL_FINE},
	{"comma", "Anna Andersson, Kontorsplats 3\nNils Svensson, Kontorsplats 1", "Kontorsplats 1;Kontorsplats 3",
	 "Anna Andersson;Nils Svensson", FEED_BOOKINGS, PROPOSAL_FINE},
	{"parentheses", "Kontorsplats 3 (Anna Andersson)\nKontorsplats 1 (Nils Svensson)",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Nils Svensson", FEED_BOOKINGS, PROPOSAL_FINE},
	{"place in parentheses", "Anna Andersson (Kontorsplats 3)\nNils Svensson (Kontorsplats 1)",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Nils Svensson", FEED_BOOKINGS, PROPOSAL_FINE},
	{"no mark", "Anna Andersson Kontorsplats 3\nNils Svensson Kontorsplats 1", "Kontorsplats 1;Kontorsplats 3",
	 "Anna Andersson;Nils Svensson", FEED_BOOKINGS, PROPOSAL_FINE},
	{"no mark, place first", "Kontorsplats 3 Anna Andersson\nKontorsplats 1 Nils Svensson",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Nils Svensson", FEED_BOOKINGS, PROPOSAL_FINE},
	{"a sentence", "Kontorsplats 3 bokad av Anna Andersson\nKontorsplats 1 bokad av Nils Ek",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Nils Ek", FEED_BOOKINGS, PROPOSAL_FINE},
	{"a slash", "Anna Andersson / Kontorsplats 3\nNils Svensson / Kontorsplats 1", "Kontorsplats 1;Kontorsplats 3",
	 "Anna Andersson;Nils Svensson", FEED_BOOKINGS, PROPOSAL_FINE},
	{"company behind", "Anna Andersson (Vindeln) - Plats 3\nNils Ek (Bjurholm) - Plats 1", "Plats 1;Plats 3",
	 "Anna Andersson;Nils Ek", FEED_BOOKINGS, PROPOSAL_FINE},
	{"small letters", "anna andersson - kontorsplats 3\nNils Svensson - Kontorsplats 3\nSara Ek - Kontorsplats 3",
	 "kontorsplats 3", "anna andersson;Nils Svensson;Sara Ek", FEED_BOOKINGS, PROPOSAL_FINE},
	{"nr", "Kontorsplats nr 3 – Anna Berg\nKontorsplats nr 1 – Nils Ek", "Kontorsplats nr 1;Kontorsplats nr 3",
	 "Anna Berg;Nils Ek", FEED_BOOKINGS, PROPOSAL_FINE},
	{"letters", "Anna Berg - Plats A\nNils Ek - Plats B2", "Plats A;Plats B2", "Anna Berg;Nils Ek", FEED_BOOKINGS,
	 PROPOSAL_FINE},
	{"codes", "KP3 - Anna Berg\nKP1 - Nils Ek", "KP1;KP3", "Anna Berg;Nils Ek", FEED_BOOKINGS, PROPOSAL_FINE},
	{"named places", "Anna Berg|Björken\nNils Ek|Granen\nSara Lind|Björken\nEva Falk|Granen", "Björken;Granen",
	 "Anna Berg;Nils Ek;Sara Lind;Eva Falk", FEED_BOOKINGS, PROPOSAL_FINE},
	{"an amount is no number", "Skrivbord 1 dag - Anna Berg|Plats 2\nSkrivbord 2 dagar - Nils Ek|Plats 4",
	 "Plats 2;Plats 4", "Anna Berg;Nils Ek", FEED_BOOKINGS, PROPOSAL_FINE},
	{"a place that may be a person", "Kontorsplats Anna\nKontorsplats Nils",
	 "Kontorsplats Anna?;Kontorsplats Nils?", NULL, FEED_BOOKINGS, PROPOSAL_FINE},
	{"a room's meetings",
	 "Budgetmöte|Konferensrum\nStyrgrupp digitalisering|Konferensrum\nProjektmöte|Konferensrum", "Konferensrum",
	 NULL, FEED_BOOKINGS, PROPOSAL_FINE},
	{"a room's organisers", "Anna Andersson|Konferensrum\nNils Ek|Konferensrum", "Konferensrum",
	 "Anna Andersson;Nils Ek", FEED_BOOKINGS, PROPOSAL_FINE},
	{"organiser beside the title", "Kontorsplats 3||Anna Berg\nKontorsplats 1||Nils Ek",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Berg;Nils Ek", FEED_BOOKINGS, PROPOSAL_FINE},
	{"the service alone", "Kontorsplats - Anna Berg\nKontorsplats - Nils Ek", "", "Anna Berg;Nils Ek",
	 FEED_BOOKINGS, PROPOSAL_UNPLACED},
	{"a verb", "Anna Andersson har bokat Kontorsplats 3\nNils Ek har bokat Kontorsplats 1",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Nils Ek", FEED_BOOKINGS, PROPOSAL_FINE},
	{"a word in front", "Bokad: Anna Andersson, Kontorsplats 3\nBokad: Nils Ek, Kontorsplats 1",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Nils Ek", FEED_BOOKINGS, PROPOSAL_FINE},
	{"employer behind a comma",
	 "Kontorsplats 3 – Anna Andersson, Vindelns kommun\nKontorsplats 1 – Nils Ek, Umeå kommun",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Nils Ek", FEED_BOOKINGS, PROPOSAL_FINE},
	{"employer before the dash", "Anna Andersson, Umeå kommun - Plats 3\nNils Ek, Vindelns kommun - Plats 1",
	 "Plats 1;Plats 3", "Anna Andersson;Nils Ek", FEED_BOOKINGS, PROPOSAL_FINE},
	{"house and place", "Anna Andersson|Satellitkontoret, Kontorsplats 3\nNils Ek|Satellitkontoret, Kontorsplats 1",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Nils Ek", FEED_BOOKINGS, PROPOSAL_FINE},
	{"place and Teams",
	 "Anna Andersson|Kontorsplats 3; Microsoft Teams-möte\nNils Ek|Microsoft Teams-möte; Kontorsplats 1",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Nils Ek", FEED_BOOKINGS, PROPOSAL_FINE},
	{"hash", "Desk #4: John Smith\nDesk #2: Mary Jones", "Desk #2;Desk #4", "John Smith;Mary Jones", FEED_BOOKINGS,
	 PROPOSAL_FINE},
	{"code with a dash", "HD-04 – John Smith\nHD-05 – Mary Jones", "HD-04;HD-05", "John Smith;Mary Jones",
	 FEED_BOOKINGS, PROPOSAL_FINE},
	{"time between", "Anna Andersson – 08:00–12:00 – Kontorsplats 3\nNils Ek – 13:00–17:00 – Kontorsplats 1",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Nils Ek", FEED_BOOKINGS, PROPOSAL_FINE},
	{"brackets", "[Kontorsplats 3] Anna Andersson\n[Kontorsplats 1] Nils Ek", "Kontorsplats 1;Kontorsplats 3",
	 "Anna Andersson;Nils Ek", FEED_BOOKINGS, PROPOSAL_FINE},
	{"part of a day", "Kontorsplats 3 förmiddag - Anna Andersson\nKontorsplats 1 eftermiddag - Nils Ek",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Nils Ek", FEED_BOOKINGS, PROPOSAL_FINE},
	{"a verb and a location",
	 "Anna Andersson bokar skrivbord|Kontorsplats 3\nNils Ek bokar skrivbord|Kontorsplats 1",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Nils Ek", FEED_BOOKINGS, PROPOSAL_FINE},
	{"desks with names", "Skrivbord fönster - Anna Berg\nSkrivbord dörr - Nils Ek\nSkrivbord fönster - Sara Lind",
	 "Skrivbord dörr;Skrivbord fönster", "Anna Berg;Nils Ek;Sara Lind", FEED_BOOKINGS, PROPOSAL_FINE},
	{"time behind", "Anna Berg - Kontorsplats 3, kl. 8-12\nNils Ek - Kontorsplats 1, kl. 13-17",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Berg;Nils Ek", FEED_BOOKINGS, PROPOSAL_FINE},
	{"whole day first", "Heldag - Anna Berg - Kontorsplats 3\nHeldag - Nils Ek - Kontorsplats 1",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Berg;Nils Ek", FEED_BOOKINGS, PROPOSAL_FINE},
	{"address of a mail",
	 "Anna Berg (anna.berg@umea.se) - Kontorsplats 3\nNils Ek (nils@vindeln.se) - Kontorsplats 1",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Berg;Nils Ek", FEED_BOOKINGS, PROPOSAL_FINE},
	{"desks of Microsoft Places",
	 "Workspace: Desk 12|Umeå / Floor 3 / Desk 12|Anna Berg\nWorkspace: Desk 7|Umeå / Floor 3 / Desk 7|Nils Ek",
	 "Desk 7;Desk 12", "Anna Berg;Nils Ek", FEED_BOOKINGS, PROPOSAL_FINE},
	{"rooms with names", "Budgetmöte|Rum Björken\nStyrgrupp|Rum Granen\nProjektmöte|Rum Björken",
	 "Rum Björken;Rum Granen", NULL, FEED_BOOKINGS, PROPOSAL_FINE},
	{"person in the location", "Kontorsplats 3|Anna Berg\nKontorsplats 1|Nils Ek", "Kontorsplats 1;Kontorsplats 3",
	 "Anna Berg;Nils Ek", FEED_BOOKINGS, PROPOSAL_FINE},
	{"most of a busy calendar", "Upptagen\nUpptagen\nAnna Berg - Plats 3\nUpptagen", "Plats 3", "-;-;Anna Berg;-",
	 FEED_BOOKINGS, PROPOSAL_FINE},
	{"tight dash", "Anna Andersson–Kontorsplats 3\nNils Svensson–Kontorsplats 1", "Kontorsplats 1;Kontorsplats 3",
	 "Anna Andersson;Nils Svensson", FEED_BOOKINGS, PROPOSAL_FINE},
	{"tight long dash", "Anna Andersson—Kontorsplats 3\nNils Svensson—Kontorsplats 1",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Nils Svensson", FEED_BOOKINGS, PROPOSAL_FINE},
	{"tight hyphen", "Anna Andersson-Kontorsplats 3\nNils Svensson-Kontorsplats 1", "Kontorsplats 1;Kontorsplats 3",
	 "Anna Andersson;Nils Svensson", FEED_BOOKINGS, PROPOSAL_FINE},
	{"place first, tight hyphen", "Kontorsplats 3-Anna Andersson\nKontorsplats 1-Nils Svensson",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Nils Svensson", FEED_BOOKINGS, PROPOSAL_FINE},
	{"place first, tight dash", "Kontorsplats 3–Anna Andersson\nKontorsplats 1–Nils Svensson",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Nils Svensson", FEED_BOOKINGS, PROPOSAL_FINE},
	{"hyphen before the place", "Anna Andersson -Kontorsplats 3\nNils Svensson -Kontorsplats 1",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Nils Svensson", FEED_BOOKINGS, PROPOSAL_FINE},
	{"hyphen behind the place", "Kontorsplats 3- Anna Andersson\nKontorsplats 1- Nils Svensson",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Nils Svensson", FEED_BOOKINGS, PROPOSAL_FINE},
	{"tight slash", "Anna Andersson/Kontorsplats 3\nNils Svensson/Kontorsplats 1", "Kontorsplats 1;Kontorsplats 3",
	 "Anna Andersson;Nils Svensson", FEED_BOOKINGS, PROPOSAL_FINE},
	{"arrow", "Kontorsplats 3 → Anna Andersson\nKontorsplats 1 → Nils Svensson", "Kontorsplats 1;Kontorsplats 3",
	 "Anna Andersson;Nils Svensson", FEED_BOOKINGS, PROPOSAL_FINE},
	{"arrow behind", "Anna Andersson → Kontorsplats 3\nNils Svensson → Kontorsplats 1",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Nils Svensson", FEED_BOOKINGS, PROPOSAL_FINE},
	{"middle dot", "Kontorsplats 3 · Anna Andersson\nKontorsplats 1 · Nils Svensson",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Nils Svensson", FEED_BOOKINGS, PROPOSAL_FINE},
	{"bullet", "Kontorsplats 3 • Anna Andersson\nKontorsplats 1 • Nils Svensson", "Kontorsplats 1;Kontorsplats 3",
	 "Anna Andersson;Nils Svensson", FEED_BOOKINGS, PROPOSAL_FINE},
	{"at", "Kontorsplats 3 @ Anna Andersson\nKontorsplats 1 @ Nils Svensson", "Kontorsplats 1;Kontorsplats 3",
	 "Anna Andersson;Nils Svensson", FEED_BOOKINGS, PROPOSAL_FINE},
	{"greater", "Kontorsplats 3 > Anna Andersson\nKontorsplats 1 > Nils Svensson", "Kontorsplats 1;Kontorsplats 3",
	 "Anna Andersson;Nils Svensson", FEED_BOOKINGS, PROPOSAL_FINE},
	{"underscore", "Anna Andersson_Kontorsplats 3\nNils Svensson_Kontorsplats 1", "Kontorsplats 1;Kontorsplats 3",
	 "Anna Andersson;Nils Svensson", FEED_BOOKINGS, PROPOSAL_FINE},
	{"confirmed", "[Bekräftad] Anna Andersson - Kontorsplats 3\n[Bekräftad] Nils Svensson - Kontorsplats 1",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Nils Svensson", FEED_BOOKINGS, PROPOSAL_FINE},
	{"not confirmed", "Ej bekräftad: Anna Andersson - Kontorsplats 3\nEj bekräftad: Nils Svensson - Kontorsplats 1",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Nils Svensson", FEED_BOOKINGS, PROPOSAL_FINE},
	{"provisional", "Prel. Anna Andersson - Kontorsplats 3\nPrel. Nils Svensson - Kontorsplats 1",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Nils Svensson", FEED_BOOKINGS, PROPOSAL_FINE},
	{"phone", "Anna Andersson 070-123 45 67 - Kontorsplats 3\nNils Svensson 070-123 45 67 - Kontorsplats 1",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Nils Svensson", FEED_BOOKINGS, PROPOSAL_FINE},
	{"phone behind",
	 "Kontorsplats 3 - Anna Andersson, 070-123 45 67\nKontorsplats 1 - Nils Svensson, 070-123 45 67",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Nils Svensson", FEED_BOOKINGS, PROPOSAL_FINE},
	{"hours", "Anna Andersson - Kontorsplats 3 (2 tim)\nNils Svensson - Kontorsplats 1 (2 tim)",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Nils Svensson", FEED_BOOKINGS, PROPOSAL_FINE},
	{"unit", "Anna Andersson, Vindelns kommun, Kontorsplats 3\nNils Svensson, Vindelns kommun, Kontorsplats 1",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Nils Svensson", FEED_BOOKINGS, PROPOSAL_FINE},
	{"town behind a comma", "Anna Andersson, Umeå - Kontorsplats 3\nNils Svensson, Umeå - Kontorsplats 1",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Nils Svensson", FEED_BOOKINGS, PROPOSAL_FINE},
	{"names of many kinds",
	 "J. R. Berg - Kontorsplats 1\nCarl-Johan von Essen - Kontorsplats 2\nPäivi Nieminen - Kontorsplats "
	 "3\nNils-Aslak Valkeapää - Kontorsplats 4\nمحمد حسن - Kontorsplats 5\nFatima al-Hassan - Kontorsplats 6",
	 "Kontorsplats 1;Kontorsplats 2;Kontorsplats 3;Kontorsplats 4;Kontorsplats 5;Kontorsplats 6",
	 "J. R. Berg;Carl-Johan von Essen;Päivi Nieminen;Nils-Aslak Valkeapää;محمد حسن;Fatima al-Hassan", FEED_BOOKINGS,
	 PROPOSAL_FINE},
	{"family name first, commas only", "Andersson, Anna, Kontorsplats 3\nvon Essen, Carl, Kontorsplats 1",
	 "Kontorsplats 1;Kontorsplats 3", "Andersson, Anna;von Essen, Carl", FEED_BOOKINGS, PROPOSAL_FINE},
	{"mail as title", "anna.andersson@umea.se|Kontorsplats 3\nnils.svensson@vindeln.se|Kontorsplats 1",
	 "Kontorsplats 1;Kontorsplats 3", NULL, FEED_BOOKINGS, PROPOSAL_FINE},
	{"mail before the place", "anna.andersson@umea.se - Kontorsplats 3\nnils.svensson@vindeln.se - Kontorsplats 1",
	 "Kontorsplats 1;Kontorsplats 3", NULL, FEED_BOOKINGS, PROPOSAL_FINE},
	{"mail alone", "anna.andersson@umea.se\nnils.svensson@vindeln.se", "", NULL, FEED_BOOKINGS, PROPOSAL_UNPLACED},
	{"zeros in front", "Anna Berg - Kontorsplats 01\nNils Ek - Kontorsplats 08", "Kontorsplats 01;Kontorsplats 08",
	 "Anna Berg;Nils Ek", FEED_BOOKINGS, PROPOSAL_FINE},
	{"small letter", "anna berg - plats a\nnils ek - plats b", "plats a;plats b", "anna berg;nils ek",
	 FEED_BOOKINGS, PROPOSAL_FINE},
	{"a word is no letter", "Anna Berg, en plats i Umeå\nNils Ek, en plats i Vindeln", "", "Anna Berg;Nils Ek",
	 FEED_BOOKINGS, PROPOSAL_UNPLACED},
	{"compounds", "Anna Berg - Fönsterplatsen\nNils Ek - Hörnplatsen", "Fönsterplatsen;Hörnplatsen",
	 "Anna Berg;Nils Ek", FEED_BOOKINGS, PROPOSAL_FINE},
	{"room as a service",
	 "Boka kontorsplats - Anna Berg\nBoka konferensrum - Nils Ek\nBokning av konferensrum - Sara Lind",
	 "konferensrum", "Anna Berg;Nils Ek;Sara Lind", FEED_BOOKINGS, PROPOSAL_FINE},
	{"a room beside a person", "Anna Berg - Meeting room Oak\nNils Ek - Meeting room Elm",
	 "Meeting room Elm;Meeting room Oak", "Anna Berg;Nils Ek", FEED_BOOKINGS, PROPOSAL_FINE},
	{"somebody's desk", "Annas plats\nNils plats", "Annas plats?;Nils plats?", "Annas;Nils", FEED_BOOKINGS,
	 PROPOSAL_FINE},
	{"somebody's room", "Möte|Annas rum\nMöte|Björkens rum", "Annas rum?;Björkens rum?", NULL, FEED_BOOKINGS,
	 PROPOSAL_FINE},
	{"a whole name in a location", "Möte|Kontorsplats Anna Berg\nMöte|Kontorsplats Nils Ek",
	 "Kontorsplats Anna Berg?;Kontorsplats Nils Ek?", NULL, FEED_BOOKINGS, PROPOSAL_FINE},
	{"given names as locations", "Anna Berg|Mia\nNils Ek|Bo\nSara Lind|Mia\nEva Falk|Bo", "Bo?;Mia?",
	 "Anna Berg;Nils Ek;Sara Lind;Eva Falk", FEED_BOOKINGS, PROPOSAL_FINE},
	{"family names as locations", "Anna Berg|Svensson\nNils Ek|Lindqvist\nSara Lind|Svensson\nEva Falk|Lindqvist",
	 "Lindqvist?;Svensson?", "Anna Berg;Nils Ek;Sara Lind;Eva Falk", FEED_BOOKINGS, PROPOSAL_FINE},
	{"Norwegian", "Bestilling: Kari Olsen|Arbeidsplass 3\nBestilling: Ola Lie|Møterom Fjell",
	 "Møterom Fjell;Arbeidsplass 3", "Kari Olsen;Ola Lie", FEED_BOOKINGS, PROPOSAL_FINE},
	{"Danish", "Anna Berg - Kontorplads 1\nNils Ek - Mødelokale 2", "Mødelokale 2;Kontorplads 1",
	 "Anna Berg;Nils Ek", FEED_BOOKINGS, PROPOSAL_FINE},
	{"Finnish", "Varattu: Päivi Nieminen|Työpiste 1\nVarattu: Matti Salo|Neuvotteluhuone",
	 "Neuvotteluhuone;Työpiste 1", "Päivi Nieminen;Matti Salo", FEED_BOOKINGS, PROPOSAL_FINE},
	{"German", "Anna Berg - Arbeitsplatz 1\nNils Ek - Schreibtisch 2", "Arbeitsplatz 1;Schreibtisch 2",
	 "Anna Berg;Nils Ek", FEED_BOOKINGS, PROPOSAL_FINE},
	{"French availability", "Occupé\nOccupé", "", NULL, FEED_BOOKINGS, PROPOSAL_BUSY},
	{"a title of courtesy", "Dr. Anna Andersson - Kontorsplats 3\nProf. Nils Svensson - Kontorsplats 1",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Nils Svensson", FEED_BOOKINGS, PROPOSAL_FINE},
	{"marks in front", "** Anna Andersson - Kontorsplats 3\n** Nils Svensson - Kontorsplats 1",
	 "Kontorsplats 1;Kontorsplats 3", "Anna Andersson;Nils Svensson", FEED_BOOKINGS, PROPOSAL_FINE},
	{"hash alone", "Anna Berg - #3\nNils Ek - #1", "#1;#3", "Anna Berg;Nils Ek", FEED_BOOKINGS, PROPOSAL_FINE},
	{"workstations", "Anna Berg - Arbetsstation 3\nNils Ek - Arbetsstation 1", "Arbetsstation 1;Arbetsstation 3",
	 "Anna Berg;Nils Ek", FEED_BOOKINGS, PROPOSAL_FINE},
	{"double names as locations",
	 "Anna Berg|Ann-Sofie\nNils Ek|Karl-Gustav\nSara Lind|Ann-Sofie\nEva Falk|Karl-Gustav",
	 "Ann-Sofie?;Karl-Gustav?", "Anna Berg;Nils Ek;Sara Lind;Eva Falk", FEED_BOOKINGS, PROPOSAL_FINE},
	{"a desk of somebody beside a booker", "Kontorsplats Tindra - Anna Berg\nJörgens skrivbord - Nils Ek",
	 "Jörgens skrivbord?;Kontorsplats Tindra?", "Anna Berg;Nils Ek", FEED_BOOKINGS, PROPOSAL_FINE},
	{"meetings", "Umeåregionrådet|Vindeln\nKC-gruppen|Teams\nNäringslivsgruppen|Kommunhuset, Vännäs", "", NULL,
	 FEED_MEETINGS, PROPOSAL_UNPLACED},
};

static void fill_occurrence(struct occurrence *out, char *line, int32_t day)
{
	char *location = strchr(line, '|'), *organizer = location ? strchr(location + 1, '|') : NULL;
	*(location ? location++ : line + strlen(line)) = '\0';
	*(organizer ? organizer++ : line + strlen(line)) = '\0';
	*out = (struct occurrence){.uid = strdup("u"),
				   .span = {.all_day = false, .start_utc = day * 86400, .end_utc = day * 86400 + 3600},
				   .summary = strdup(line),
				   .location = strdup(location ? location : ""),
				   .description = strdup(""),
				   .organizer = strdup(organizer ? organizer : ""),
				   .resources = strdup(""),
				   .url = strdup(""),
				   .busy = OCCURRENCE_BUSY};
}

static struct occurrence_list make_list(const char *events)
{
	struct occurrence_list list = {.items = calloc(8, sizeof(*list.items)), .capacity = 8};
	char *text = strdup(events), *rest = text;
	for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		fill_occurrence(&list.items[list.count], line, (int32_t)list.count);
		list.count++;
	}
	free(text);
	return list;
}

static void join_places(const struct proposal *proposal, char *out, size_t size)
{
	out[0] = '\0';
	for (size_t i = 0; i < proposal->place_count; i++) {
		size_t used = strlen(out);
		snprintf(out + used, size - used, "%s%s%s", i ? ";" : "", proposal->places[i].name,
			 proposal->places[i].is_doubtful ? "?" : "");
	}
}

static const char *field_of(const struct occurrence *occurrence, enum feed_field field)
{
	return field == FIELD_LOCATION    ? occurrence->location
	       : field == FIELD_ORGANIZER ? occurrence->organizer
					  : occurrence->summary;
}

static void join_names(const struct proposal *proposal, const struct occurrence_list *list, char *out, size_t size)
{
	struct pattern *pattern = pattern_create(proposal->person, PATTERN_ANYWHERE, NULL);
	struct matcher *matcher = matcher_create(NULL);
	assert_non_null(pattern);
	out[0] = '\0';
	for (size_t i = 0; i < list->count; i++) {
		const char *text = field_of(&list->items[i], proposal->person_in);
		struct match_part part = {0};
		size_t used = strlen(out);
		bool is_found = matcher_find(matcher, pattern, text, &part) == MATCH_FOUND;
		snprintf(out + used, size - used, "%s%.*s", i ? ";" : "", is_found ? (int)(part.end - part.start) : 1,
			 is_found ? text + part.start : "-");
	}
	matcher_destroy(matcher);
	pattern_destroy(pattern);
}

static void test_shapes(void **state)
{
	(void)state;
	size_t wrong = 0;
	for (size_t i = 0; i < sizeof(shapes) / sizeof(*shapes); i++) {
		char places[512], names[512] = "";
		struct err err = {""};
		struct occurrence_list list = make_list(shapes[i].events);
		struct proposal *proposal = proposal_create(&list, &err);
		assert_non_null(proposal);
		join_places(proposal, places, sizeof(places));
		if (proposal->person) {
			join_names(proposal, &list, names, sizeof(names));
		}
		bool is_right = strcmp(places, shapes[i].places) == 0 && proposal->kind == shapes[i].kind &&
				proposal->trouble == shapes[i].trouble &&
				strcmp(names, shapes[i].names ? shapes[i].names : "") == 0;
		if (!is_right) {
			print_error("%s: kind %d, trouble %d, places %s, names %s by %s\n", shapes[i].shape,
				    (int)proposal->kind, (int)proposal->trouble, places, names,
				    proposal->person ? proposal->person : "nothing");
			wrong++;
		}
		proposal_destroy(proposal);
		occurrence_list_finish(&list);
	}
	assert_int_equal(wrong, 0);
}

static void test_overlaps(void **state)
{
	(void)state;
	struct occurrence_list list = make_list("Upptagen\nUpptagen");
	struct proposal *proposal = proposal_create(&list, NULL);
	assert_false(proposal->overlaps);
	proposal_destroy(proposal);
	list.items[1].span = list.items[0].span;
	proposal = proposal_create(&list, NULL);
	assert_true(proposal->overlaps);
	proposal_destroy(proposal);
	occurrence_list_finish(&list);
}

static void test_literal(void **state)
{
	(void)state;
	char *text = proposal_literal("Plats 3 (vid fönstret) A.b");
	assert_string_equal(text, "Plats 3 \\(vid fönstret\\) A\\.b");
	free(text);
}

static const struct {
	const char *text;
	enum words_person is;
} persons[] = {
	{"Anna Andersson", WORDS_FULL_NAME},
	{"Andersson, Anna", WORDS_FULL_NAME},
	{"Åsa", WORDS_ONE_NAME},
	{"Ann-Marie von Essen", WORDS_FULL_NAME},
	{"Kontorsplats", WORDS_NO_PERSON},
	{"heldag", WORDS_NO_PERSON},
	{"Plats 3", WORDS_NO_PERSON},
	{"Budgetmöte", WORDS_NO_PERSON},
	{"Microsoft Teams", WORDS_NO_PERSON},
	{"Upptagen", WORDS_NO_PERSON},
	{"", WORDS_NO_PERSON},
	{"Ольга Иванова", WORDS_FULL_NAME},
	{"Nils & Sara", WORDS_FULL_NAME},
	{"uppföljning av budget", WORDS_NO_PERSON},
	{"محمد حسن", WORDS_FULL_NAME},
	{"Fatima al-Hassan", WORDS_FULL_NAME},
	{"anna.berg", WORDS_NO_PERSON},
};

static void test_persons(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(persons) / sizeof(*persons); i++) {
		if (words_person(persons[i].text) != persons[i].is) {
			fail_msg("%s", persons[i].text);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shapes),
		cmocka_unit_test(test_overlaps),
		cmocka_unit_test(test_literal),
		cmocka_unit_test(test_persons),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
