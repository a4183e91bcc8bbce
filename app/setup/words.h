/* What words in a calendar's texts are likely to be: a place, a person, or neither. These are guesses, for proposals
 * that somebody looks at before they are used. Pure. */
#ifndef APP_SETUP_WORDS_H
#define APP_SETUP_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* A place that a text names. */
struct words_place {
	size_t start, length; /* in the text */
	size_t number;        /* where its number begins, counted from `start`; `length` when it has none */
	bool is_room;
};

enum words_person {
	WORDS_NO_PERSON,
	WORDS_ONE_NAME, /* a single word, which may be something else as well: "Anna", "Björken" */
	WORDS_FULL_NAME
};

/* Finds a desk or a room by its noun: "Kontorsplats 3" in "Anna Andersson, Kontorsplats 3 (heldag)". One with a number
 * is found anywhere in the text; one without is found only when the text is little else. */
bool words_find_place(const char *text, struct words_place *out);

enum words_person words_person(const char *text);
bool words_may_be_person(const char *text); /* the same in any case: "anna andersson" */

/* "Anna", "Anna Berg", "Annas rum", "anna@umea.se": the text names a person, whatever else it names. */
bool words_are_personal(const char *text);

bool words_begin_place(const char *text); /* its first word is a place's noun: "Kontorsplats 3" */
bool words_are_service(const char *text); /* "Kontorsplats": what all places of an office are called */
bool words_have_mail(const char *text);   /* "anna@umea.se" */
/* Returns whether a calendar's name says which one it is: neither what every calendar is called, nor a person. */
bool words_name_calendar(const char *name);

bool words_are_online(const char *text);  /* "Microsoft Teams-möte" */
bool words_are_address(const char *text); /* "Renmarkstorget 5D, 903 26 Umeå" */
bool words_are_length(const char *text);  /* "30 min", "heldag", "08:00-12:00" */
bool words_are_closure(const char *text); /* "Julafton", "Stängt" */

/* Copies the text in small letters. The caller frees the result; NULL: out of memory. */
char *words_fold(const char *text);

#endif
