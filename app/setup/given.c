/* See given.h. Names that many people in the region have: Swedish, Finnish, Sámi, Norwegian, Arabic and English ones. A
 * name that is missing here is no harm by itself, because a place that is found once only is asked about as well. */
#include "given.h"

#include <stddef.h>
#include <string.h>

static const char *const names[] = {
	"abdi",      "adam",      "agnes",    "agneta",      "ahmed",    "aino",      "aisha",     "albin",
	"alex",      "alexander", "ali",      "alice",       "alma",     "amanda",    "amina",     "anders",
	"andreas",   "anette",    "ann",      "anna",        "anne",     "anneli",    "annie",     "annika",
	"anton",     "antti",     "anu",      "arne",        "arvid",    "aslak",     "asta",      "astrid",
	"axel",      "barbro",    "ben",      "bengt",       "berit",    "biret",     "birgitta",  "bjorn",
	"björn",     "bo",        "bosse",    "britt",       "camilla",  "carina",    "caroline",  "cecilia",
	"charlotte", "chris",     "christer", "christoffer", "claes",    "claus",     "conny",     "daniel",
	"david",     "ebba",      "eivor",    "elias",       "elin",     "elisabeth", "ella",      "elle",
	"ellen",     "elsa",      "emelie",   "emil",        "emily",    "emma",      "erik",      "erika",
	"eva",       "fatima",    "felicia",  "filip",       "fredrik",  "freja",     "frida",     "gertrud",
	"gittan",    "greta",     "gudrun",   "gun",         "gunilla",  "gunnar",    "gustav",    "göran",
	"hanna",     "hanne",     "hannele",  "hans",        "hassan",   "heikki",    "helena",    "helmi",
	"henrik",    "hugo",      "hussein",  "håkan",       "ibrahim",  "ida",       "inga",      "ingeborg",
	"ingemar",   "inger",     "ingrid",   "ingvar",      "isabelle", "isak",      "james",     "jan",
	"janne",     "jari",      "jenny",    "jens",        "jesper",   "joakim",    "johan",     "johanna",
	"john",      "jonas",     "josefin",  "juhani",      "jukka",    "julia",     "jussi",     "kaisa",
	"kalle",     "kari",      "karim",    "karin",       "karl",     "katarina",  "kate",      "kenneth",
	"kent",      "kerstin",   "khadija",  "kim",         "kirsi",    "kjell",     "klara",     "klas",
	"knut",      "kristina",  "lars",     "lasse",       "laura",    "layla",     "leena",     "leif",
	"leila",     "lena",      "lene",     "liam",        "liisa",    "linda",     "linnea",    "linus",
	"lisa",      "lisbeth",   "liv",      "lotta",       "louise",   "lova",      "lucas",     "ludvig",
	"maggan",    "magnus",    "maja",     "malin",       "malou",    "marcus",    "margareta", "maria",
	"mariam",    "marianne",  "marie",    "marit",       "mark",     "martin",    "mary",      "maryam",
	"matilda",   "mats",      "matti",    "mattias",     "maud",     "mette",     "mia",       "michael",
	"mikael",    "mikko",     "minna",    "moa",         "mohamed",  "mohammed",  "mona",      "monica",
	"muhammad",  "máret",     "märit",    "märta",       "nathalie", "niels",     "niila",     "niklas",
	"nilla",     "nils",      "noah",     "nora",        "nour",     "ola",       "olav",      "oliver",
	"olivia",    "olle",      "omar",     "oskar",       "outi",     "ove",       "patrik",    "paul",
	"pekka",     "pelle",     "per",      "peter",       "pia",      "päivi",     "rasmus",    "riitta",
	"ristiin",   "ritva",     "robert",   "robin",       "roger",    "roland",    "rolf",      "saga",
	"sam",       "samir",     "sara",     "sarah",       "sari",     "satu",      "sebastian", "selma",
	"signe",     "sigrid",    "simon",    "siri",        "siv",      "sofia",     "solveig",   "stefan",
	"stig",      "stina",     "sture",    "sune",        "sunna",    "susan",     "susanne",   "sven",
	"sören",     "søren",     "tekla",    "terje",       "therese",  "thomas",    "tiina",     "timo",
	"tina",      "tobias",    "tom",      "tomas",       "tommy",    "tor",       "tore",      "torsten",
	"tove",      "tuomas",    "tuula",    "tuva",        "ulf",      "ulla",      "ulrika",    "urban",
	"vendela",   "vera",      "viggo",    "viktor",      "ville",    "william",   "wilma",     "ylva",
	"yusuf",     "yvonne",    "zahra",    "ánte",        "åke",      "åsa"};

/* What family names end with. */
static const char *const endings[] = {"sson",   "ssen", "son",  "qvist", "quist", "kvist", "gren",  "ström", "stedt",
				      "strand", "lund", "dahl", "inen",  "onen",  "änen",  "ainen", "oğlu"};

bool given_is_name(const char *word)
{
	size_t length = strlen(word);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		size_t own = strlen(names[i]);
		bool is_genitive = length == own + 1 && word[own] == 's'; /* "Annas" */
		if (strncmp(word, names[i], own) == 0 && (length == own || is_genitive)) {
			return true;
		}
	}
	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
		size_t own = strlen(endings[i]);
		size_t at = length > own && word[length - 1] == 's' && endings[i][own - 1] != 's' ? length - 1 : length;
		if (at > own + 1 && strncmp(word + at - own, endings[i], own) == 0) {
			return true;
		}
	}
	return false;
}
