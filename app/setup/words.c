/* See words.h. Swedish compounds are judged by their last part, and English ones are mostly written apart, so one list
 * serves both. */
#include "words.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ical/utf8.h"
#include "given.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Small letters, whole words. A place's noun may also be the end of a longer word, when `is_ending`. */
static const struct noun {
	const char *word;
	bool is_ending, is_room;
} nouns[] = {
	{"plats", true, false},
	{"platsen", true, false},
	{"bord", true, false},
	{"bordet", true, false},
	{"desk", true, false},
	{"seat", true, false},
	{"table", true, false},
	{"workstation", false, false},
	{"workplace", false, false},
	{"workspace", false, false},
	{"cubicle", false, false},
	{"soffa", true, false},
	{"rum", true, true},
	{"rummet", true, true},
	{"room", true, true},
	{"sal", false, true},
	{"salen", true, true},
	{"lokal", true, true},
	{"lokalen", true, true},
	{"studio", true, true},
	{"studion", true, true},
	{"bås", true, true},
	{"båset", true, true},
	{"hytt", true, true},
	{"hytten", true, true},
	{"booth", false, true},
	{"pod", false, true},
	{"aula", false, true},
	{"aulan", false, true},
	{"kontor", false, true},
	{"office", false, true},
	{"lounge", true, true},
	{"plass", true, false},
	{"plassen", true, false},
	{"plads", true, false},
	{"pladsen", true, false},
	{"platz", true, false},
	{"tisch", true, false},
	{"piste", true, false},
	{"paikka", true, false},
	{"pöytä", true, false},
	{"sadji", true, false},
	{"rom", false, true},
	{"rommet", true, true},
	{"møterom", false, true},
	{"grupperom", false, true},
	{"lokale", true, true},
	{"lokalet", true, true},
	{"huone", true, true},
	{"tila", false, true},
	{"kokoustila", false, true},
	{"zimmer", true, true},
	{"raum", true, true},
	{"arbetsstation", false, false},
	{"arbetsstationen", false, false},
	{"stol", false, false},
	{"cell", false, true},
	{"latnja", true, true},
	{"telefonkiosk", false, true},
};
static const char *const no_nouns[] = {"forum",      "centrum",  "plenum",      "kontorslokal",
				       "träffplats", "helpdesk", "servicedesk", "kontorsplatsbokning"};

/* What a service is called: every booking has it, so it is no place of its own. */
static const char *const services[] = {
	"plats",        "platsen",      "kontorsplats", "kontorsplatsen", "arbetsplats", "arbetsplatsen", "skrivbord",
	"skrivbordet",  "skrivplats",   "bord",         "bordet",         "sittplats",   "flexplats",     "dagplats",
	"desk",         "hotdesk",      "hot-desk",     "flexdesk",       "flex-desk",   "seat",          "table",
	"workstation",  "workplace",    "workspace",    "cubicle",        "kontorplass", "arbeidsplass",  "kontorplads",
	"arbejdsplads", "skrivebord",   "työpiste",     "työpaikka",      "työpöytä",    "paikka",        "pöytä",
	"arbeitsplatz", "schreibtisch", "soffa"};

/* What places are called beside their noun. */
static const char *const adjectives[] = {
	"stora", "lilla", "tysta",   "gröna",      "röda",  "blåa",    "blå",    "gula",   "vita",     "svarta",
	"norra", "södra", "östra",   "västra",     "nya",   "gamla",   "övre",   "nedre",  "inre",     "yttre",
	"höga",  "låga",  "öppna",   "ljusa",      "mörka", "runda",   "mindre", "större", "digitala", "gemensamma",
	"quiet", "small", "large",   "big",        "green", "red",     "blue",   "yellow", "north",    "south",
	"east",  "west",  "meeting", "conference", "hot",   "standing"};

/* Words that no name has. */
static const char *const no_names[] = {
	"busy",       "upptagen",    "upptaget",   "ledig",       "ledigt",       "free",        "tentative",
	"preliminär", "privat",      "private",    "bokad",       "bokat",        "bokning",     "booked",
	"booking",    "reserverad",  "reserverat", "reservation", "reserved",     "hel",         "heldag",
	"halvdag",    "dag",         "dagar",      "förmiddag",   "eftermiddag",  "morgon",      "kväll",
	"fm",         "em",          "am",         "pm",          "day",          "days",        "all-day",
	"full-day",   "half-day",    "morning",    "afternoon",   "evening",      "min",         "minuter",
	"minutes",    "tim",         "timmar",     "timme",       "hour",         "hours",       "microsoft",
	"teams",      "skype",       "zoom",       "online",      "digitalt",     "distans",     "hybrid",
	"drop-in",    "frukost",     "lunch",      "fika",        "budget",       "projekt",     "projektet",
	"workshop",   "seminarium",  "utbildning", "kurs",        "intervju",     "intervjuer",  "presentation",
	"planering",  "avstämning",  "genomgång",  "uppföljning", "introduktion", "styrelse",    "styrelsen",
	"ledning",    "ledningen",   "team",       "meeting",     "meetings",     "call",        "review",
	"training",   "course",      "interview",  "interviews",  "sync",         "board",       "council",
	"committee",  "project",     "planning",   "workshop",    "städning",     "service",     "underhåll",
	"cleaning",   "maintenance", "stängt",     "closed",      "kommun",       "region",      "regionen",
	"kommunen",   "boka",        "book",       "gäst",        "guest",        "besök",       "visit",
	"besökare",   "visitor",     "test",       "extern",      "external",     "intern",      "internal",
	"event",      "evenemang",   "mingel",     "kontoret",    "kontor",       "office",      "prel",
	"bekräftad",  "bekräftat",   "obekräftad", "ej",          "confirmed",    "unconfirmed", "pending",
	"avbokad",    "avbokat",     "ombokad",    "canceled",    "cancelled",    "tel",         "mobil",
	"telefon",    "mobile",      "phone",      "opptatt",     "optaget",      "varattu",     "bestilling",
	"booket",     "varaus",      "occupé",     "beschäftigt", "gebucht",      "bezet",       "ocupado",
	"väntar",     "namn",        "name",       "dr",          "prof",         "mr",          "mrs",
	"ms",         "herr",        "fru"};
static const char *const no_name_endings[] = {
	"möte",  "mötet",   "möten", "gruppen", "grupp",  "nämnden",  "nämnd",  "rådet",    "utskott", "utskottet",
	"träff", "träffen", "dagen", "bokning", "samtal", "samtalet", "kommun", "regionen", "kurs",    "planering"};
static const char *const particles[] = {"von", "af",  "de",    "van", "der",  "den", "la",  "le",  "el", "al",
					"bin", "da",  "di",    "dos", "och",  "and", "&",   "av",  "du", "des",
					"do",  "del", "della", "dal", "las",  "los", "ter", "ten", "te", "zu",
					"zur", "ibn", "ben",   "abu", "bint", "y",   "e",   "ja",  "og"};
static const char *const prefixes[] = {"al-", "el-", "d'", "d’", "o'", "o’", "ad-", "as-", "ar-"};
static const char *const units[] = {"dag",    "dagar",    "h",      "tim",   "timme",   "timmar", "min",   "minuter",
				    "day",    "days",     "hour",   "hours", "minutes", "mån",    "vecka", "veckor",
				    "person", "personer", "people", "tr",    "platser", "seats",  "kr"};
static const char *const lengths[] = {"heldag",     "halvdag", "förmiddag", "eftermiddag", "hel dag", "halv dag",
				      "hela dagen", "all day", "full day",  "half day",    "morning", "afternoon",
				      "all-day",    "fm",      "em",        "morgon",      "kväll",   "dag"};
static const char *const online[] = {"teams", "skype",  "zoom",     "webex",   "google meet",
				     "http",  "online", "digitalt", "distans", "microsoft"};
static const char *const streets[] = {"gatan",   "gata",   "vägen", "väg",        "torget", "torg",   "gränd",
				      "gränden", "allén",  "allé",  "esplanaden", "backen", "stigen", "platan",
				      "kajen",   "street", "road",  "avenue",     "lane",   "square", "stråket"};
static const char *const closures[] = {"stängt",  "stängd",  "stänger",  "closed",  "closure",
				       "helgdag", "röd dag", "semester", "holiday", "klämdag"};
static const char *const closure_endings[] = {"dagen", "afton",     "aftonen",     "påsk",        "pingst", "jul",
					      "nyår",  "midsommar", "nationaldag", "helgons dag", "day"};

/* A word of a text, without the punctuation around it. */
struct word {
	size_t start, length;
	char text[64]; /* in small letters; cut */
	bool is_capital, has_digit;
};

static int32_t fold(int32_t code)
{
	bool is_latin = (code >= 0xC0 && code <= 0xDE && code != 0xD7);
	bool is_wide = (code >= 0x391 && code <= 0x3A9) || (code >= 0x410 && code <= 0x42F);
	if ((code >= 'A' && code <= 'Z') || is_latin || is_wide) {
		return code + 32;
	}
	if ((code >= 0x100 && code <= 0x137) || (code >= 0x14A && code <= 0x177)) {
		return code | 1;
	}
	if ((code >= 0x139 && code <= 0x148) || (code >= 0x179 && code <= 0x17E)) {
		return code % 2 ? code + 1 : code;
	}
	return code;
}

static size_t put_utf8(int32_t code, char *out)
{
	uint32_t c = (uint32_t)code;
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xC0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xE0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3F));
		out[2] = (char)(0x80 | (c & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3F));
	out[2] = (char)(0x80 | (c >> 6 & 0x3F));
	out[3] = (char)(0x80 | (c & 0x3F));
	return 4;
}

/* Returns the length; what does not fit is cut. `out` has `size` bytes. */
static size_t fold_into(const char *text, size_t length, char *out, size_t size)
{
	size_t used = 0;
	for (size_t at = 0; at < length && used + 5 < size;) {
		int32_t code = utf8_next(text, length, &at);
		used += put_utf8(code < 0 ? '?' : fold(code), out + used);
	}
	out[used] = '\0';
	return used;
}

char *words_fold(const char *text)
{
	size_t length = strlen(text), size = 2 * length + 8;
	char *out = malloc(size);
	if (out) {
		fold_into(text, length, out, size);
	}
	return out;
}

static bool is_mark(char byte)
{
	return byte && strchr(" \t,;:.()[]{}<>\"'!?|/#=+*", byte) != NULL;
}

/* Reads the next word. Returns false at the end. */
static bool next_word(const char *text, size_t *at, struct word *out)
{
	while (is_mark(text[*at])) {
		(*at)++;
	}
	out->start = *at;
	while (text[*at] && !(text[*at] == ' ' || strchr("\t,;()[]|/", text[*at]))) {
		(*at)++;
	}
	out->length = *at - out->start;
	while (out->length > 0 && is_mark(text[out->start + out->length - 1])) {
		out->length--;
	}
	fold_into(text + out->start, out->length, out->text, sizeof(out->text));
	size_t first = 0;
	int32_t code = out->length > 0 ? utf8_next(text + out->start, out->length, &first) : 0;
	out->is_capital = fold(code) != code || code >= 0x590; /* letters that have no small form */
	out->has_digit = strpbrk(out->text, "0123456789") != NULL;
	return out->length > 0;
}

static bool is_among(const char *const *list, size_t count, const char *word)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(list[i], word) == 0) {
			return true;
		}
	}
	return false;
}

static bool ends_with(const char *word, const char *ending)
{
	size_t length = strlen(word), own = strlen(ending);
	return length >= own && strcmp(word + length - own, ending) == 0;
}

static bool has_ending(const char *const *list, size_t count, const char *word)
{
	for (size_t i = 0; i < count; i++) {
		if (ends_with(word, list[i])) {
			return true;
		}
	}
	return false;
}

static bool has_any(const char *const *list, size_t count, const char *text)
{
	char *folded = words_fold(text);
	bool found = false;
	for (size_t i = 0; folded && i < count && !found; i++) {
		found = strstr(folded, list[i]) != NULL;
	}
	free(folded);
	return found;
}

static bool begins_with(const char *const *list, size_t count, const char *word)
{
	for (size_t i = 0; i < count; i++) {
		if (strncmp(word, list[i], strlen(list[i])) == 0) {
			return true;
		}
	}
	return false;
}

static const struct noun *noun_of(const char *word)
{
	if (is_among(no_nouns, COUNT(no_nouns), word)) {
		return NULL;
	}
	for (size_t i = 0; i < COUNT(nouns); i++) {
		if (nouns[i].is_ending ? ends_with(word, nouns[i].word) : strcmp(word, nouns[i].word) == 0) {
			return &nouns[i];
		}
	}
	return NULL;
}

/* "3", "A12", "4B", "B": no more than two letters, and a digit unless it is one letter. */
static bool is_number(const struct word *word)
{
	size_t digits = 0, letters = 0;
	for (const char *p = word->text; *p; p++) {
		digits += *p >= '0' && *p <= '9';
		letters += (*p >= 'a' && *p <= 'z');
		if (!strchr("0123456789abcdefghijklmnopqrstuvwxyz-.", *p)) {
			return false;
		}
	}
	return digits > 0 ? digits <= 4 && letters <= 2 : letters == 1 && word->length == 1;
}

/* "plats3" → the noun before the digits, or NULL. */
static const struct noun *glued_noun(const struct word *word, size_t *out_number)
{
	char stem[sizeof(word->text)];
	size_t letters = strcspn(word->text, "0123456789");
	if (letters == 0 || !word->text[letters]) {
		return NULL;
	}
	memcpy(stem, word->text, letters);
	stem[letters - (stem[letters - 1] == '-')] = '\0';
	*out_number = letters;
	return noun_of(stem);
}

/* The number may follow "nr". Returns whether there is one behind `at`, and where it is. */
static bool number_follows(const char *text, size_t at, struct word *out)
{
	static const char *const before[] = {"nr", "no", "nummer", "number"};
	struct word next;
	size_t gap = strspn(text + at, " #.");
	if (text[at + gap] && strchr("-,;:()[]|/", text[at + gap])) {
		return false;
	}
	if (!next_word(text, &at, out)) {
		return false;
	}
	if (is_among(before, COUNT(before), out->text) && !next_word(text, &at, out)) {
		return false;
	}
	size_t behind = at;
	bool is_last = !next_word(text, &behind, &next);
	bool is_amount = !is_last && is_among(units, COUNT(units), next.text);
	bool is_word = !out->has_digit && !out->is_capital && (!is_last || strcmp(out->text, "i") == 0); /* "i Umeå" */
	return is_number(out) && !is_amount && !is_word;
}

static bool find_numbered(const char *text, struct words_place *out)
{
	struct word word, number;
	size_t glued = 0;
	for (size_t at = 0; next_word(text, &at, &word);) {
		const struct noun *noun = noun_of(word.text);
		const struct noun *other = noun ? NULL : glued_noun(&word, &glued);
		if (noun && number_follows(text, word.start + word.length, &number)) {
			*out = (struct words_place){word.start, number.start + number.length - word.start,
						    number.start - word.start, noun->is_room};
			return true;
		}
		if (other) {
			*out = (struct words_place){word.start, word.length, glued, other->is_room};
			return true;
		}
	}
	return false;
}

/* "Konferensrummet", "Stora mötesrummet", "Rum Björken": the noun and at most two words more. "Boka konferensrum" names
 * the room, but "Boka skrivbord" is a service. */
static bool find_named(const char *text, struct words_place *out)
{
	static const char *const verbs[] = {"boka", "book", "bokning", "booking", "bokad", "booked"};
	static const char *const behind[] = {"av", "of", "för", "for"};
	struct word word;
	size_t words = 0, end = 0, start = 0;
	bool has_verb = false;
	const struct noun *noun = NULL;
	for (size_t at = 0; next_word(text, &at, &word);) {
		bool is_verb = is_among(verbs, COUNT(verbs), word.text);
		if (words == 0 && (is_verb || (has_verb && is_among(behind, COUNT(behind), word.text)))) {
			has_verb = true;
			continue;
		}
		if (is_verb || is_among(units, COUNT(units), word.text) || words_are_length(word.text) ||
		    word.has_digit) {
			return false;
		}
		start = words == 0 ? word.start : start;
		end = word.start + word.length;
		noun = noun ? noun : noun_of(word.text);
		words++;
	}
	*out = (struct words_place){start, end - start, end - start, noun && noun->is_room};
	return noun && words <= 3 && (noun->is_room || !has_verb);
}

bool words_find_place(const char *text, struct words_place *out)
{
	return find_numbered(text, out) || find_named(text, out);
}

/* "anna.berg" and "umea.se" are halves of an address; "J.R." is not. */
static bool has_inner_dot(const char *word)
{
	const char *dot = strchr(word, '.');
	return dot && dot - word > 1 && strcspn(dot + 1, ".") > 1;
}

static enum words_person judge_person(const char *text, bool in_any_case)
{
	struct word word;
	size_t words = 0, names = 0;
	for (size_t at = 0; next_word(text, &at, &word); words++) {
		bool is_joined = begins_with(prefixes, COUNT(prefixes), word.text); /* "al-Hassan" */
		bool is_particle = is_among(particles, COUNT(particles), word.text);
		if (word.has_digit || noun_of(word.text) || is_among(no_names, COUNT(no_names), word.text) ||
		    has_ending(no_name_endings, COUNT(no_name_endings), word.text) ||
		    (!word.is_capital && !is_joined && !is_particle && !in_any_case) || strpbrk(word.text, "@=_<>") ||
		    has_inner_dot(word.text)) {
			return WORDS_NO_PERSON;
		}
		names += !is_particle;
	}
	bool is_long = words > 7;
	return names == 0 || is_long ? WORDS_NO_PERSON : names == 1 ? WORDS_ONE_NAME : WORDS_FULL_NAME;
}

enum words_person words_person(const char *text)
{
	return judge_person(text, false);
}

bool words_may_be_person(const char *text)
{
	return judge_person(text, true) != WORDS_NO_PERSON;
}

bool words_begin_place(const char *text)
{
	struct word word;
	size_t at = 0, glued = 0;
	return next_word(text, &at, &word) && (noun_of(word.text) || glued_noun(&word, &glued));
}

bool words_are_service(const char *text)
{
	char *folded = words_fold(text);
	bool found = folded && is_among(services, COUNT(services), folded);
	free(folded);
	return found;
}

bool words_have_mail(const char *text)
{
	const char *at = strchr(text, '@');
	return at && at > text && at[-1] != ' ' && at[1] && at[1] != ' ';
}

bool words_are_personal(const char *text)
{
	struct word word;
	size_t capitals = 0;
	bool is_personal = words_have_mail(text), has_noun = false;
	for (size_t at = 0; next_word(text, &at, &word);) {
		bool is_noun = noun_of(word.text) != NULL;
		bool is_plain = is_noun || word.has_digit || is_among(adjectives, COUNT(adjectives), word.text) ||
				is_among(no_names, COUNT(no_names), word.text);
		/* "Björkens rum": somebody's, before the noun. */
		bool is_genitive = !has_noun && ends_with(word.text, "s") && word.is_capital;
		const char *rest = text + at;
		bool is_owner = is_genitive && words_begin_place(rest);
		is_personal = is_personal || (!is_plain && (given_is_name(word.text) || is_owner));
		capitals += !is_plain && word.is_capital;
		has_noun = has_noun || is_noun;
	}
	return is_personal || capitals > 1;
}

bool words_name_calendar(const char *name)
{
	static const char *const common[] = {"calendar", "kalender", "kalendern", "bookings", "bokningar", "events",
					     "bokning",  "möten",    "meetings",  "outlook",  "kalenteri"};
	char *folded = words_fold(name);
	bool is_common = !folded || !folded[0] || is_among(common, COUNT(common), folded);
	free(folded);
	return !is_common && !words_are_personal(name);
}

bool words_are_online(const char *text)
{
	return has_any(online, COUNT(online), text);
}

bool words_are_address(const char *text)
{
	struct word word;
	bool has_street = false, has_digit = false;
	for (size_t at = 0; next_word(text, &at, &word);) {
		has_street = has_street || has_ending(streets, COUNT(streets), word.text);
		has_digit = has_digit || word.has_digit;
	}
	return (has_street && has_digit) || (has_digit && strchr(text, ','));
}

bool words_are_length(const char *text)
{
	struct word word;
	size_t words = 0, numbers = 0, amounts = 0;
	char *folded = words_fold(text);
	bool is_known = folded && is_among(lengths, COUNT(lengths), folded);
	free(folded);
	for (size_t at = 0; next_word(text, &at, &word); words++) {
		bool is_digits = strspn(word.text, "0123456789:.,-–") == strlen(word.text);
		const char *behind = word.text + strspn(word.text, "0123456789");
		bool is_glued = word.has_digit && is_among(units, COUNT(units), behind); /* "30min" */
		numbers += is_digits;
		amounts += is_among(units, COUNT(units), word.text) || is_glued;
	}
	return is_known || (words > 0 && numbers + amounts == words);
}

bool words_are_closure(const char *text)
{
	char *folded = words_fold(text);
	bool found = false;
	for (size_t i = 0; folded && i < COUNT(closures) && !found; i++) {
		found = strstr(folded, closures[i]) != NULL;
	}
	found = found || (folded && has_ending(closure_endings, COUNT(closure_endings), folded));
	free(folded);
	return found;
}
