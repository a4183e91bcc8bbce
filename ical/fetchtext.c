/* See fetchtext.h. */
#include "fetchtext.h"

#include <curl/curl.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>

#include "refusal.h"

/* OpenSSL's numbers for CURLINFO_SSL_VERIFYRESULT; they are part of its stable interface (x509_vfy.h). */
enum {
	VERIFY_OK = 0,
	VERIFY_UNSPECIFIED = 1,
	VERIFY_NOT_YET_VALID = 9,
	VERIFY_EXPIRED = 10,
	VERIFY_SELF_SIGNED = 18,
	VERIFY_SELF_SIGNED_CHAIN = 19
};

static const char *certificate_text(long verify_result)
{
	switch (verify_result) {
	case VERIFY_OK:
	case VERIFY_UNSPECIFIED: /* set where libcurl begins, which compares the name itself */
		return "the server's certificate is for another name";
	case VERIFY_EXPIRED:
		return "the server's certificate has expired (is the clock right?)";
	case VERIFY_NOT_YET_VALID:
		return "the server's certificate is not valid yet (is the clock right?)";
	case VERIFY_SELF_SIGNED:
	case VERIFY_SELF_SIGNED_CHAIN:
		return "the server's certificate is self-signed";
	default:
		return "the server's certificate is not trusted";
	}
}

/* The meaning of each sign, whatever the status is; the most specific comes first. */
static const struct {
	enum refusal_sign sign;
	const char *text;
} sign_texts[] = {
	{REFUSAL_AGENT,
	 "the server refuses this program's user agent (OwaBasicUnsupportedException): write user-agent "
	 "= \"…\" into the feed, with a newer browser version in it such as Chrome/150; see kiosk.conf(5)"},
	{REFUSAL_POLICY,
	 "the organisation's policy forbids publishing this calendar: its administrator has to give the "
	 "mailbox a sharing policy that allows it, then publish the calendar again"},
	{REFUSAL_THROTTLED,
	 "the server is asked too often, by this program or by others (throttled); it is asked again "
	 "later"},
	{REFUSAL_MAINTENANCE, "the server is busy or down for maintenance; it is asked again later"},
	{REFUSAL_NO_MAILBOX,
	 "the mailbox behind the address is gone; publish the calendar of another one and replace the "
	 "address"},
	{REFUSAL_UNPUBLISHED, "the calendar is no longer published under this address (revoked); publish it again and "
			      "replace the address"},
};

#define REVOKED_TEXT                                                                                                   \
	"the address was revoked or is wrong, or the organisation's policy no longer allows publishing; publish the "  \
	"calendar again and replace the address"

static const char *sign_text(unsigned int signs)
{
	for (size_t i = 0; i < sizeof(sign_texts) / sizeof(sign_texts[0]); i++) {
		if (signs & (unsigned int)sign_texts[i].sign) {
			return sign_texts[i].text;
		}
	}
	return NULL;
}

static const char *unauthorized_text(const struct fetchtext_answer *answer)
{
	if (answer->has_login && answer->offers_login) {
		return "the user or the password is not accepted; correct the credential";
	}
	if (answer->has_login) {
		return "it asks for a sign-in that is neither Basic nor Digest; use an address that it publishes "
		       "openly";
	}
	if (answer->is_collection) {
		return "it asks for a sign-in; write user and password into the credential";
	}
	return "it asks for a sign-in: the address is not a published one, or the credential needs user and password";
}

struct status_row {
	long status;
	const char *text;
};

static const char *find_text(const struct status_row *rows, size_t count, long status)
{
	for (size_t i = 0; i < count; i++) {
		if (rows[i].status == status) {
			return rows[i].text;
		}
	}
	return NULL;
}

#define NO_COLLECTION "this address is no collection of a CalDAV or WebDAV server; correct it"

static const char *collection_text(long status)
{
	static const struct status_row rows[] = {
		{200, NO_COLLECTION},
		{403, "the user may not do this there; give it the right to read and write the collection"},
		{404, "there is no collection at this address; make it, or correct the address"},
		{405, NO_COLLECTION},
		{410, "the collection is gone; make it anew, or correct the address"},
		{413, "it refuses even objects of a kilobyte; raise its limit for the size of a request"},
		{507, "the server's disk or the user's share of it is full"},
	};
	return status / 100 == 3 ? "it leads to another address; write that one instead"
				 : find_text(rows, sizeof(rows) / sizeof(rows[0]), status);
}

static const char *status_text(const struct fetchtext_answer *answer)
{
	static const struct status_row rows[] = {
		{403,
		 "it denies access: the calendar is not published any more, or a policy forbids it; publish it again "
		 "and replace the address"},
		{404, "there is no calendar at this address any more (unpublished, or the mailbox is gone); publish it "
		      "again and replace the address"},
		{407, "a proxy asks for a user and password; see proxy-credential in kiosk.conf(5)"},
		{410, "the calendar is gone for good; publish it again and replace the address"},
		{429, "it is asked too often (throttled); it is asked again later"},
	};
	if (answer->status == 401) {
		return unauthorized_text(answer);
	}
	const char *text = answer->is_collection ? collection_text(answer->status) : NULL;
	text = text ? text : find_text(rows, sizeof(rows) / sizeof(rows[0]), answer->status);
	if (text) {
		return text;
	}
	if (answer->status == 503 && (answer->signs & REFUSAL_PAGE)) {
		return "it is busy or down for maintenance; it is asked again later";
	}
	if (answer->status == 503) {
		return "it is busy or being repaired (throttled); it is asked again later";
	}
	if (answer->status >= 500) {
		return "it has a fault of its own; it is asked again later";
	}
	bool is_refused = answer->is_collection && answer->status >= 400;
	return is_refused ? "it does not take what this program sends; ask whoever runs it to look into its log" : NULL;
}

/* An answer with a meaningful status is explained by its status, unless it came from a page that a redirect led to. */
static const char *redirect_text(unsigned int signs)
{
	if (signs & REFUSAL_SIGN_IN) {
		return "the server leads to a sign-in page: " REVOKED_TEXT;
	}
	if (signs & REFUSAL_ERROR_PAGE) {
		return "the server leads to its own error page: it may refuse this program's user agent (set "
		       "user-agent for "
		       "the feed, see kiosk.conf(5)), or " REVOKED_TEXT;
	}
	return NULL;
}

static bool is_temporary(long status)
{
	return status == 429 || status == 502 || status == 503 || status == 504;
}

static void tell_status(const struct fetchtext_answer *answer, const char *text, struct err *err)
{
	char asked[64] = "";
	if (answer->retry_after_s > 0) {
		snprintf(asked, sizeof(asked), " (it asks for a pause of %" PRId64 " s)", answer->retry_after_s);
	}
	err_set(err, "the server answered %ld%s%s%s", answer->status, text ? ": " : "", text ? text : "", asked);
}

enum fetch_failure fetchtext_answer(const struct fetchtext_answer *answer, struct err *err)
{
	const char *text = answer->is_collection ? NULL : sign_text(answer->signs);
	if (!text && !answer->is_collection && !is_temporary(answer->status)) {
		text = redirect_text(answer->signs);
	}
	if (answer->status != 200 || answer->is_collection) {
		tell_status(answer, text ? text : status_text(answer), err);
		return FETCH_FAILURE_REFUSED;
	}
	if (text) {
		err_set(err, "a web page came instead of a calendar: %s", text);
	} else {
		err_set(err, "a web page came instead of a calendar, such as a sign-in page: " REVOKED_TEXT);
	}
	return FETCH_FAILURE_NOT_CALENDAR;
}

/* This does not apply where the network may be to blame. */
static bool is_led_astray(int code)
{
	return code == CURLE_TOO_MANY_REDIRECTS || code == CURLE_UNSUPPORTED_PROTOCOL ||
	       code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_COULDNT_CONNECT ||
	       code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CONNECT_ERROR;
}

static bool tell_proxy(const struct fetchtext_broken *broken, struct err *err)
{
	if (!broken->has_proxy) {
		return false;
	}
	if (broken->proxy_status == 407) {
		err_set(err, "the proxy does not accept the user and password, or asks for them (407); correct "
			     "proxy-credential");
	} else if (broken->proxy_status >= 300) {
		err_set(err, "the proxy refuses to connect to the feed's server (%ld); ask who runs it",
			broken->proxy_status);
	} else if (broken->proxy_status == 0 && broken->code == CURLE_COULDNT_CONNECT) {
		err_set(err, "the proxy could not be reached; is proxy right in the configuration?");
	} else {
		return false;
	}
	return true;
}

enum fetch_failure fetchtext_broken(const struct fetchtext_broken *broken, struct err *err)
{
	static const struct {
		int code;
		enum fetch_failure failure;
		const char *text;
	} table[] = {
		{CURLE_COULDNT_RESOLVE_HOST, FETCH_FAILURE_NO_CONTACT, "the server's name could not be found"},
		{CURLE_COULDNT_RESOLVE_PROXY, FETCH_FAILURE_NO_CONTACT, "the proxy's name could not be found"},
		{CURLE_COULDNT_CONNECT, FETCH_FAILURE_NO_CONTACT, "the server could not be reached"},
		{CURLE_OPERATION_TIMEDOUT, FETCH_FAILURE_NO_CONTACT, "the server did not answer in time"},
		{CURLE_SSL_CONNECT_ERROR, FETCH_FAILURE_NO_CONTACT, "no secure connection could be made"},
		{CURLE_PARTIAL_FILE, FETCH_FAILURE_NO_CONTACT, "the answer was cut off"},
		{CURLE_RECV_ERROR, FETCH_FAILURE_NO_CONTACT, "the answer was cut off"},
		{CURLE_SEND_ERROR, FETCH_FAILURE_NO_CONTACT, "the connection was lost"},
		{CURLE_GOT_NOTHING, FETCH_FAILURE_NO_CONTACT, "the server closed without an answer"},
		{CURLE_BAD_CONTENT_ENCODING, FETCH_FAILURE_NO_CONTACT, "the answer's compression is damaged"},
		{CURLE_WEIRD_SERVER_REPLY, FETCH_FAILURE_NO_CONTACT, "the server's answer is not HTTP"},
		{CURLE_UNSUPPORTED_PROTOCOL, FETCH_FAILURE_REFUSED,
		 "the server redirects to an address that is not https"},
		{CURLE_TOO_MANY_REDIRECTS, FETCH_FAILURE_REFUSED, "the server redirects too many times"},
		{CURLE_URL_MALFORMAT, FETCH_FAILURE_SETUP, "the address is not a valid https address"},
		{CURLE_SSL_CACERT_BADFILE, FETCH_FAILURE_SETUP, "the certificate file cannot be read"},
		{CURLE_OUT_OF_MEMORY, FETCH_FAILURE_SETUP, "out of memory"},
	};
	const char *text = is_led_astray(broken->code) ? sign_text(broken->signs) : NULL;
	text = text || !is_led_astray(broken->code) ? text : redirect_text(broken->signs);
	if (text) {
		err_set(err, "%s", text);
		return FETCH_FAILURE_REFUSED;
	}
	if (tell_proxy(broken, err)) {
		return FETCH_FAILURE_NO_CONTACT;
	}
	if (broken->code == CURLE_PEER_FAILED_VERIFICATION) {
		err_set(err, "%s", certificate_text(broken->verify_result));
		return FETCH_FAILURE_NO_CONTACT;
	}
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		if (table[i].code == broken->code) {
			err_set(err, "%s", table[i].text);
			return table[i].failure;
		}
	}
	err_set(err, "the transfer failed (code %d of the network library)", broken->code);
	return FETCH_FAILURE_NO_CONTACT;
}
