/* See given.h. Names that many people in the region have: Swedish, Finnish, Sámi, Norwegian, Arabic and English ones. A
 * name that is missing here is no harm by itself, because a place that is found once only is asked about as well. */
#include "given.h"

#include <stddef.h>
#include <string.h>

static const char *const names[] = {
	"abdi",      "adam",      "agnes",     "agneta",      "agnieszka",  "ahmed",     "aino",      "aisha",
	"albin",     "alex",      "alexander", "alf",         "algot",      "ali",       "alice",     "allan",
	"alma",      "alva",      "amanda",    "amelia",      "amina",      "anastasia", "anders",    "andreas",
	"anette",    "anja",      "ann",       "anna",        "anne",       "anneli",    "annelie",   "annie",
	"annika",    "ansgar",    "anton",     "antti",       "anu",        "arne",      "aron",      "arvid",
	"arvo",      "aslak",     "asta",      "astrid",      "august",     "aurora",    "axel",      "ayaan",
	"barbro",    "ben",       "bengt",     "berit",       "bertil",     "biret",     "birger",    "birgit",
	"birgitta",  "bjorn",     "björn",     "bo",          "bosse",      "britt",     "britta",    "börje",
	"calle",     "camilla",   "carina",    "caroline",    "catharina",  "cecilia",   "charlotte", "chris",
	"christer",  "christian", "christina", "christoffer", "claes",      "clara",     "claus",     "conny",
	"dan",       "daniel",    "david",     "deeqa",       "denise",     "dennis",    "dmitri",    "doris",
	"ebba",      "edit",      "edvin",     "eivor",       "eleonora",   "elias",     "elin",      "eline",
	"elis",      "elisabeth", "ella",      "elle",        "ellen",      "ellinor",   "elsa",      "elvira",
	"elvis",     "emelie",    "emil",      "emily",       "emma",       "enok",      "erik",      "erika",
	"ernst",     "ester",     "eva",       "evelina",     "farah",      "fatima",    "felicia",   "filip",
	"filippa",   "folke",     "frans",     "fredrik",     "fredrika",   "freja",     "frida",     "georg",
	"gerd",      "gerda",     "gertrud",   "gittan",      "gottfrid",   "greger",    "greta",     "gudmund",
	"gudrun",    "gun",       "gunilla",   "gunnar",      "gunnel",     "gunvor",    "gustav",    "göran",
	"hampus",    "hanna",     "hanne",     "hannele",     "hans",       "harald",    "harry",     "hassan",
	"hedda",     "hedvig",    "heikki",    "helena",      "helmi",      "henning",   "henrik",    "henry",
	"hilda",     "hjalmar",   "hodan",     "holger",      "hugo",       "hulda",     "hussein",   "håkan",
	"håkon",     "ibrahim",   "ida",       "inga",        "ingeborg",   "ingemar",   "inger",     "ingrid",
	"ingvar",    "ingvor",    "irene",     "iris",        "isabella",   "isabelle",  "isak",      "ismail",
	"ivan",      "jack",      "jacob",     "jakob",       "james",      "jan",       "janne",     "jari",
	"jeanette",  "jennie",    "jenny",     "jens",        "jesper",     "joakim",    "joel",      "johan",
	"johanna",   "john",      "jonas",     "josef",       "josefin",    "judit",     "juhani",    "jukka",
	"julia",     "jussi",     "jörgen",    "jörn",        "kaisa",      "kalle",     "kari",      "karim",
	"karin",     "karl",      "katarina",  "katarzyna",   "kate",       "katja",     "kenneth",   "kent",
	"kerstin",   "khadija",   "khalid",    "kim",         "kirsi",      "kjell",     "klara",     "klas",
	"knut",      "kristian",  "kristin",   "kristina",    "kristoffer", "kurt",      "lars",      "lasse",
	"laura",     "layla",     "leena",     "leif",        "leila",      "lena",      "lene",      "lennart",
	"leo",       "leon",      "liam",      "liisa",       "lina",       "linda",     "linnea",    "linus",
	"lisa",      "lisbeth",   "liv",       "loa",         "lotta",      "louise",    "lova",      "love",
	"lovisa",    "lucas",     "ludvig",    "ludwig",      "lukas",      "magda",     "maggan",    "magnus",
	"mahmoud",   "maja",      "majken",    "malin",       "malou",      "malva",     "marcel",    "marcus",
	"margareta", "margit",    "maria",     "mariam",      "mariana",    "marianne",  "marie",     "marika",
	"marit",     "marita",    "mark",      "martin",      "mary",       "maryam",    "matilda",   "mats",
	"matti",     "mattias",   "mattis",    "maud",        "melker",     "mette",     "mia",       "michael",
	"mikael",    "mikaela",   "mikko",     "milla",       "milo",       "milton",    "minna",     "mira",
	"mirjam",    "moa",       "mohamed",   "mohammed",    "mona",       "monica",    "morgan",    "muhammad",
	"mustafa",   "máret",     "märit",     "märta",       "märten",     "märtha",    "nanna",     "natalia",
	"natalie",   "nathalie",  "nellie",    "nelly",       "niels",      "niila",     "niklas",    "nilla",
	"nils",      "nina",      "ninni",     "noah",        "nora",       "nour",      "ola",       "olav",
	"oleksandr", "olga",      "oliver",    "olivia",      "olle",       "omar",      "oskar",     "otto",
	"outi",      "ove",       "patrik",    "paul",        "peder",      "peggy",     "pekka",     "pelle",
	"per",       "peter",     "petra",     "petter",      "philip",     "pia",       "piotr",     "päivi",
	"rashid",    "rasmus",    "rebecka",   "regina",      "rickard",    "riitta",    "rikard",    "ristiin",
	"ritva",     "robert",    "robin",     "roger",       "roland",     "rolf",      "rosa",      "rune",
	"ruth",      "saga",      "sahra",     "salma",       "sam",        "samir",     "sandra",    "sara",
	"sarah",     "sari",      "satu",      "sebastian",   "selma",      "signe",     "sigrid",    "sigurd",
	"simon",     "simone",    "siri",      "siv",         "sixten",     "sofia",     "sofie",     "solveig",
	"sonja",     "staffan",   "stefan",    "stella",      "stellan",    "stig",      "stina",     "sture",
	"sune",      "sunna",     "susan",     "susanne",     "svante",     "sven",      "svetlana",  "sylvia",
	"sören",     "søren",     "tage",      "tanja",       "tekla",      "terje",     "therese",   "thomas",
	"tiina",     "tilda",     "tilde",     "tim",         "timo",       "tina",      "tindra",    "tobias",
	"tom",       "tomas",     "tommy",     "tor",         "torbjörn",   "tord",      "tore",      "torsten",
	"torun",     "tova",      "tove",      "tuomas",      "tuula",      "tuva",      "tyra",      "ulf",
	"ulla",      "ulrik",     "ulrika",    "urban",       "valter",     "vanja",     "vendela",   "vera",
	"verner",    "vidar",     "viggo",     "viktor",      "vilgot",     "vilhelm",   "ville",     "villy",
	"viola",     "viveka",    "vivianne",  "weine",       "william",    "wilma",     "yasmin",    "yasmine",
	"ylva",      "ylwa",      "yngve",     "yusuf",       "yvonne",     "zahra",     "zeinab",    "ánte",
	"åke",       "åsa",       "ögmund",    "örjan",       "östen"};

/* What family names end with. */
static const char *const endings[] = {"sson",   "ssen", "son",  "qvist", "quist", "kvist", "gren",  "ström", "stedt",
				      "strand", "lund", "dahl", "inen",  "onen",  "änen",  "ainen", "oğlu"};

static bool is_listed(const char *word, size_t length)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		size_t own = strlen(names[i]);
		bool is_genitive = length == own + 1 && word[own] == 's'; /* "Annas" */
		if ((length == own || is_genitive) && strncmp(word, names[i], own) == 0) {
			return true;
		}
	}
	return false;
}

static bool has_ending(const char *word)
{
	size_t length = strlen(word);
	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
		size_t own = strlen(endings[i]);
		size_t at = length > own && word[length - 1] == 's' && endings[i][own - 1] != 's' ? length - 1 : length;
		if (at > own + 1 && strncmp(word + at - own, endings[i], own) == 0) {
			return true;
		}
	}
	return false;
}

bool given_is_name(const char *word)
{
	bool found = has_ending(word);
	for (const char *part = word; !found && *part; part += part[0] == '-') { /* "Ann-Sofie" */
		size_t length = strcspn(part, "-");
		found = is_listed(part, length);
		part += length;
	}
	return found;
}
