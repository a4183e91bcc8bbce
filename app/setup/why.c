/* See why.h. The kiosk's own messages are English, and each of them has a phrase of its own, by which it is found here.
 * A test fetches each failure, so that no phrase changes unnoticed. */
#include "why.h"

#include <stddef.h>
#include <string.h>

/* The first phrase that is found decides, so the more special ones come first. */
static const struct {
	const char *phrase;
	struct why why;
} table[] = {
	{"user agent (Owa",
	 {"Microsoft refuses the name by which the kiosk introduces itself (its user agent). Give it another one, with "
	  "a "
	  "newer version of a browser in it.",
	  "Microsoft nekar det namn som kiosken presenterar sig med (user agent). Ge den ett annat, med en nyare "
	  "webbläsarversion i.",
	  WHY_USER_AGENT}},
	{"organisation's policy forbids",
	 {"The organisation does not allow this calendar to be published. Its administrator must give the mailbox a "
	  "sharing policy; then publish the calendar again.",
	  "Organisationen tillåter inte att kalendern publiceras. Dess administratör måste ge brevlådan en "
	  "delningspolicy; "
	  "publicera sedan kalendern igen.",
	  WHY_ADDRESS}},
	{"certificate has expired",
	 {"The server's certificate has expired. Tell whoever runs the server; check this machine's clock, too.",
	  "Serverns certifikat har gått ut. Säg till den som sköter servern; kontrollera också datorns klocka.",
	  WHY_LATER}},
	{"not valid yet",
	 {"The server's certificate is not valid yet. Check this machine's clock (timedatectl).",
	  "Serverns certifikat gäller inte än. Kontrollera datorns klocka (timedatectl).", WHY_LATER}},
	{"for another name",
	 {"The server's certificate is for another name. Is the address right?",
	  "Serverns certifikat är utfärdat för ett annat namn. Stämmer adressen?", WHY_ADDRESS}},
	{"self-signed",
	 {"The server's certificate was issued by an authority that this machine does not know. If the office has a "
	  "certificate authority of its own, give its file (PEM).",
	  "Serverns certifikat kommer från en utfärdare som den här datorn inte känner till. Om organisationen har en "
	  "egen "
	  "utfärdare: ange dess fil (PEM).",
	  WHY_CA_FILE}},
	{"certificate is not trusted",
	 {"The server's certificate was issued by an authority that this machine does not know. If the office has a "
	  "certificate authority of its own, give its file (PEM).",
	  "Serverns certifikat kommer från en utfärdare som den här datorn inte känner till. Om organisationen har en "
	  "egen "
	  "utfärdare: ange dess fil (PEM).",
	  WHY_CA_FILE}},
	{"certificate file cannot",
	 {"The certificate file cannot be read. It must be a PEM file that the kiosk's user may read.",
	  "Certifikatfilen går inte att läsa. Den måste vara en PEM-fil som kioskens användare får läsa.",
	  WHY_CA_FILE}},
	{"ca-file",
	 {"The certificate file cannot be read. It must be a PEM file that the kiosk's user may read.",
	  "Certifikatfilen går inte att läsa. Den måste vara en PEM-fil som kioskens användare får läsa.",
	  WHY_CA_FILE}},
	{"password is not accepted",
	 {"The server does not accept the user or the password. Write the address as https://user:password@server/…",
	  "Servern godtar inte användaren eller lösenordet. Skriv adressen som https://användare:lösenord@server/…",
	  WHY_LOGIN}},
	{"asks for a sign-in",
	 {"The server asks for a sign-in (401): the address is not a published one. Publish the calendar, or write the "
	  "address as https://user:password@server/…",
	  "Servern vill ha en inloggning (401): adressen är inte en publicerad kalenders. Publicera kalendern, eller "
	  "skriv "
	  "adressen som https://användare:lösenord@server/…",
	  WHY_LOGIN}},
	{"denies access",
	 {"The server denies access (403): the calendar is not published any more, or a policy forbids it. Publish it "
	  "again, and give the new address.",
	  "Servern nekar åtkomst (403): kalendern är inte längre publicerad, eller så förbjuder en policy det. "
	  "Publicera den "
	  "igen och ange den nya adressen.",
	  WHY_ADDRESS}},
	{"address of a user, not of a calendar",
	 {"That is the address of a user, not of a calendar. Copy the address of the calendar itself.",
	  "Det är adressen till en användare, inte till en kalender. Kopiera adressen till själva kalendern.",
	  WHY_ADDRESS}},
	{"address of a folder, not of a calendar",
	 {"That is the address of a folder of calendars. Copy the address of one calendar.",
	  "Det är adressen till en mapp med kalendrar. Kopiera adressen till en av kalendrarna.", WHY_ADDRESS}},
	{"not the address of a calendar",
	 {"That is not the address of a calendar.", "Det är inte adressen till en kalender.", WHY_ADDRESS}},
	{"user may not read this calendar",
	 {"The user may not read this calendar (403). Share it with that user.",
	  "Användaren får inte läsa kalendern (403). Dela den med den användaren.", WHY_ADDRESS}},
	{"no CalDAV server",
	 {"There is no CalDAV server at this address. Copy the CalDAV address, or the link that ends in .ics.",
	  "Det finns ingen CalDAV-server på den här adressen. Kopiera CalDAV-adressen, eller länken som slutar på "
	  ".ics.",
	  WHY_ADDRESS}},
	{"leads to another address",
	 {"The server leads to another address. Give that one instead.",
	  "Servern leder till en annan adress. Ange den i stället.", WHY_ADDRESS}},
	{"correct it, or share the calendar",
	 {"There is no calendar at this address (404). Is all of the address there, and is the calendar shared with "
	  "the "
	  "user?",
	  "Det finns ingen kalender på den här adressen (404). Är hela adressen med, och är kalendern delad med "
	  "användaren?",
	  WHY_ADDRESS}},
	{"no calendar at this address",
	 {"There is no calendar at this address (404). Is all of the address there? Otherwise publish the calendar "
	  "again.",
	  "Det finns ingen kalender på den här adressen (404). Är hela adressen med? Publicera annars kalendern igen.",
	  WHY_ADDRESS}},
	{"gone for good",
	 {"The calendar is gone (410). Publish it again, and give the new address.",
	  "Kalendern är borttagen (410). Publicera den igen och ange den nya adressen.", WHY_ADDRESS}},
	{"mailbox behind",
	 {"The mailbox behind the address is gone. Publish the calendar of another one.",
	  "Brevlådan bakom adressen finns inte längre. Publicera en annan brevlådas kalender.", WHY_ADDRESS}},
	{"no longer published",
	 {"The calendar is no longer published under this address. Publish it again, and give the new address.",
	  "Kalendern är inte längre publicerad på den här adressen. Publicera den igen och ange den nya adressen.",
	  WHY_ADDRESS}},
	{"its own error page",
	 {"The server leads to its own error page: it may refuse the kiosk's user agent, or the address was revoked.",
	  "Servern leder till sin egen felsida: den nekar kanske kioskens user agent, eller så är adressen återkallad.",
	  WHY_USER_AGENT}},
	{"sign-in page",
	 {"A sign-in page came instead of a calendar: the address was revoked or is wrong. Publish the calendar, and "
	  "copy "
	  "the link that ends in .ics.",
	  "En inloggningssida kom i stället för en kalender: adressen är återkallad eller fel. Publicera kalendern och "
	  "kopiera länken som slutar på .ics.",
	  WHY_ADDRESS}},
	{"maintenance",
	 {"The server is busy or down for maintenance (503). Try again later.",
	  "Servern är upptagen eller nere för underhåll (503). Försök igen senare.", WHY_LATER}},
	{"throttled",
	 {"The server is busy or being repaired, or it is asked too often (429, 503). Try again in a while.",
	  "Servern är upptagen eller repareras, eller så frågas den för ofta (429, 503). Försök igen om en stund.",
	  WHY_LATER}},
	{"fault of its own",
	 {"The server has a fault of its own (5xx). Try again later.",
	  "Servern har ett eget fel (5xx). Försök igen senare.", WHY_LATER}},
	{"name could not be found",
	 {"There is no server of that name, or this machine has no network or name service (DNS).",
	  "Det finns ingen server med det namnet, eller så saknar datorn nätverk eller namntjänst (DNS).",
	  WHY_ADDRESS}},
	{"proxy does not accept",
	 {"The proxy asks for a user and a password (407); see proxy-credential in kiosk.conf(5).",
	  "Proxyn vill ha användare och lösenord (407); se proxy-credential i kiosk.conf(5).", WHY_LATER}},
	{"proxy",
	 {"The proxy cannot be reached, or refuses to connect. Check it under more settings.",
	  "Proxyn går inte att nå, eller vägrar att ansluta. Kontrollera den under fler inställningar.", WHY_LATER}},
	{"could not be reached",
	 {"The server cannot be reached. Is the network there, and does a proxy stand in the way?",
	  "Servern går inte att nå. Finns nätverket, och behövs en proxy?", WHY_ADDRESS}},
	{"in time", {"The server did not answer in time.", "Servern svarade inte i tid.", WHY_LATER}},
	{"no secure connection",
	 {"No secure connection could be made with the server.",
	  "Det gick inte att få en säker förbindelse med servern.", WHY_ADDRESS}},
	{"cut off",
	 {"The answer was cut off on the way. Try again.", "Svaret bröts på vägen. Försök igen.", WHY_LATER}},
	{"not https",
	 {"The server leads to an address that is not https.", "Servern leder till en adress som inte är https.",
	  WHY_ADDRESS}},
	{"too many times",
	 {"The server leads from one address to another without end.",
	  "Servern leder från den ena adressen till den andra utan slut.", WHY_ADDRESS}},
	{"web page",
	 {"A web page came instead of a calendar. Copy the link that ends in .ics.",
	  "En webbsida kom i stället för en kalender. Kopiera länken som slutar på .ics.", WHY_ADDRESS}},
	{"No such file", {"There is no such file.", "Filen finns inte.", WHY_ADDRESS}},
	{"Permission denied",
	 {"The kiosk's user may not read that file.", "Kioskens användare får inte läsa filen.", WHY_ADDRESS}},
	{"larger than the limit",
	 {"The calendar is larger than the kiosk reads.", "Kalendern är större än vad kiosken läser.", WHY_ADDRESS}},
	{"is empty", {"What came is empty.", "Det som kom är tomt.", WHY_LATER}},
	{"calendar",
	 {"What came is no calendar. Copy the link that ends in .ics.",
	  "Det som kom är ingen kalender. Kopiera länken som slutar på .ics.", WHY_ADDRESS}},
};

const struct why *why_of(const char *reason)
{
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		if (strstr(reason, table[i].phrase)) {
			return &table[i].why;
		}
	}
	return NULL;
}
