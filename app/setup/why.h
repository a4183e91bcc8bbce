/* Why a calendar could not be fetched or read, and what to do, in both languages. */
#ifndef APP_SETUP_WHY_H
#define APP_SETUP_WHY_H

enum why_advice {
	WHY_ADDRESS,    /* another address may help */
	WHY_CA_FILE,    /* a certificate file may help */
	WHY_USER_AGENT, /* another user agent may help */
	WHY_LOGIN,      /* a user and a password may help */
	WHY_LATER       /* nothing but waiting */
};

struct why {
	const char *english, *swedish;
	enum why_advice advice;
};

/* `reason` is what the fetch or the reader says. What has no words of its own is repeated as it is: NULL. */
const struct why *why_of(const char *reason);

#endif
