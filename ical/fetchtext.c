/* See fetchtext.h. */
#include "fetchtext.h"

#include <curl/curl.h>
#include <stddef.h>

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
	case VERIFY_UNSPECIFIED: /* where libcurl begins; it compares the name itself */
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

enum fetch_failure fetchtext_code(int code, long verify_result, struct err *err)
{
	static const struct {
		int code;
		enum fetch_failure failure;
		const char *text;
	} table[] = {
		{CURLE_COULDNT_RESOLVE_HOST, FETCH_FAILURE_NO_CONTACT, "the server's name could not be found"},
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
	if (code == CURLE_PEER_FAILED_VERIFICATION) {
		err_set(err, "%s", certificate_text(verify_result));
		return FETCH_FAILURE_NO_CONTACT;
	}
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		if (table[i].code == code) {
			err_set(err, "%s", table[i].text);
			return table[i].failure;
		}
	}
	err_set(err, "the transfer failed (code %d of the network library)", code);
	return FETCH_FAILURE_NO_CONTACT;
}

void fetchtext_status(long status, struct err *err)
{
	static const struct {
		long status;
		const char *text;
	} table[] = {
		{401, "it asks for a sign-in, so the address is not a published one"},
		{403, "it denies access; publish the calendar again"},
		{404, "no calendar at this address any more; publish it again"},
		{410, "the calendar is gone; publish it again"},
		{429, "it is asked too often"},
		{503, "it is busy or being repaired"},
	};
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		if (table[i].status == status) {
			err_set(err, "the server answered %ld: %s", status, table[i].text);
			return;
		}
	}
	err_set(err, "the server answered %ld%s", status, status >= 500 ? ": it has a fault of its own" : "");
}
