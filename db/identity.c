/* See identity.h. The hash is HMAC-SHA256 of OpenSSL's libcrypto, which is in the process anyway, because Debian's
 * libcurl uses it for TLS. Debian keeps it patched in all its releases. */
#include "identity.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "ical/sum.h"

enum { KEY_BYTES = 32, HASH_BYTES = 32, NAME_MARK = 'u' };

struct identity {
	EVP_MAC_CTX *mac; /* holds the key */
};

/* What is hashed begins with one of these, so that no two purposes give the same hash. */
enum purpose { PURPOSE_PROOF = 'p', PURPOSE_TRACE = 't', PURPOSE_KEY = 'k' };

static EVP_MAC_CTX *create_mac(const void *key, size_t length)
{
	char digest[] = "SHA256";
	const OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
				     OSSL_PARAM_construct_end()};
	EVP_MAC *hmac = EVP_MAC_fetch(NULL, "HMAC", NULL);
	EVP_MAC_CTX *mac = hmac ? EVP_MAC_CTX_new(hmac) : NULL;
	EVP_MAC_free(hmac);
	if (mac && EVP_MAC_init(mac, key, length, params) != 1) {
		EVP_MAC_CTX_free(mac);
		mac = NULL;
	}
	return mac;
}

static bool hash(EVP_MAC_CTX *mac, enum purpose purpose, const void *bytes, size_t length,
		 unsigned char out[HASH_BYTES])
{
	const unsigned char begin = (unsigned char)purpose;
	size_t size = 0;
	return EVP_MAC_init(mac, NULL, 0, NULL) == 1 && EVP_MAC_update(mac, &begin, 1) == 1 &&
	       EVP_MAC_update(mac, bytes, length) == 1 && EVP_MAC_final(mac, out, &size, HASH_BYTES) == 1 &&
	       size == HASH_BYTES;
}

static struct identity *create(const unsigned char key[KEY_BYTES], struct err *err)
{
	struct identity *identity = calloc(1, sizeof(*identity));
	if (identity) {
		identity->mac = create_mac(key, KEY_BYTES);
	}
	if (!identity || !identity->mac) {
		free(identity);
		err_set(err, "out of memory");
		return NULL;
	}
	return identity;
}

void identity_close(struct identity *identity)
{
	if (identity) {
		EVP_MAC_CTX_free(identity->mac);
		free(identity);
	}
}

enum key_read { KEY_READ, KEY_MISSING, KEY_SPOILT, KEY_FAILED };

static enum key_read read_key(const char *path, unsigned char key[KEY_BYTES], struct err *err)
{
	struct stat about = {0};
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
	if (fd < 0 && errno == ENOENT) {
		return KEY_MISSING;
	}
	if (fd < 0 || fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) {
		err_set(err, "%s cannot be read: %s; move it away, and a new one is made", path,
			fd < 0 ? strerror(errno) : "it is no regular file");
		if (fd >= 0) {
			close(fd);
		}
		return KEY_FAILED;
	}
	bool is_whole = about.st_size == KEY_BYTES && read(fd, key, KEY_BYTES) == KEY_BYTES;
	close(fd);
	return is_whole ? KEY_READ : KEY_SPOILT;
}

static bool write_file(const char *path, const unsigned char key[KEY_BYTES], struct err *err)
{
	int fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
	bool ok = fd >= 0 && write(fd, key, KEY_BYTES) == KEY_BYTES && fsync(fd) == 0;
	int error = errno;
	if (fd >= 0) {
		close(fd);
	}
	return ok || err_set(err, "cannot write %s: %s", path, strerror(error));
}

/* The file gets its own name only when it is whole. */
static bool save_key(const char *dir, const char *path, const unsigned char key[KEY_BYTES], struct err *err)
{
	char *fresh = file_path(dir, IDENTITY_FILE, ".new");
	bool ok = fresh || err_set(err, "out of memory");
	ok = ok && file_remove(fresh, err) && file_make_private(dir, fresh, err) && write_file(fresh, key, err);
	ok = ok && (rename(fresh, path) == 0 || err_set(err, "cannot make %s: %s", path, strerror(errno)));
	ok = ok && file_sync_directory(dir, err);
	free(fresh);
	return ok;
}

static bool make_key(const char *dir, const char *path, unsigned char key[KEY_BYTES], struct err *err)
{
	return (getrandom(key, KEY_BYTES, 0) == KEY_BYTES || err_set(err, "the system has no random numbers")) &&
	       save_key(dir, path, key, err);
}

/* Programs that do not know the secret use the file. */
static bool keep_key(const char *dir, const char *path, const unsigned char key[KEY_BYTES], struct err *err)
{
	unsigned char kept[KEY_BYTES];
	int lock = file_lock(dir, err);
	bool ok = lock >= 0;
	bool is_kept = ok && read_key(path, kept, err) == KEY_READ && memcmp(kept, key, KEY_BYTES) == 0;
	ok = ok && (is_kept || save_key(dir, path, key, err));
	file_unlock(lock);
	explicit_bzero(kept, sizeof(kept));
	return ok;
}

/* Of two programs that start together, only one makes the file. */
static bool find_or_make_key(const char *dir, const char *path, unsigned char key[KEY_BYTES], struct err *err)
{
	enum key_read seen = read_key(path, key, err);
	if (seen == KEY_READ || seen == KEY_FAILED) {
		return seen == KEY_READ;
	}
	int lock = file_lock(dir, err);
	if (lock < 0) {
		return false;
	}
	seen = read_key(path, key, err);
	bool ok = seen == KEY_READ || (seen != KEY_FAILED && make_key(dir, path, key, err));
	file_unlock(lock);
	if (ok && seen == KEY_SPOILT) {
		err_set(err,
			"%s was spoilt and was made anew; check-ins from before no longer belong to their bookings",
			IDENTITY_FILE);
	}
	return ok;
}

/* Every machine that knows the secret derives the same key. */
static bool derive_key(const char *secret, unsigned char key[KEY_BYTES], struct err *err)
{
	static const char purpose[] = "names of bookings";
	EVP_MAC_CTX *mac = create_mac(secret, strlen(secret));
	bool ok = mac && hash(mac, PURPOSE_KEY, purpose, sizeof(purpose) - 1, key);
	EVP_MAC_CTX_free(mac);
	return ok || err_set(err, "out of memory");
}

struct identity *identity_open(const char *dir, const char *secret, struct err *err)
{
	unsigned char key[KEY_BYTES];
	struct identity *identity = NULL;
	char *folder = file_make_directory(dir, err);
	char *path = folder ? file_path(folder, IDENTITY_FILE, "") : NULL;
	if (folder && !path) {
		err_set(err, "out of memory");
	}
	if (path && (secret ? derive_key(secret, key, err) && keep_key(folder, path, key, err)
			    : find_or_make_key(folder, path, key, err))) {
		identity = create(key, err);
	}
	explicit_bzero(key, sizeof(key));
	free(path);
	free(folder);
	return identity;
}

static void print_hex(const unsigned char *bytes, size_t digits, char *out)
{
	for (size_t i = 0; i < digits; i++) {
		unsigned half = i % 2 ? bytes[i / 2] & 15U : bytes[i / 2] >> 4;
		out[i] = "0123456789abcdef"[half];
	}
	out[digits] = '\0';
}

bool identity_trace(struct identity *identity, uint64_t uid_sum, char out[IDENTITY_TRACE_DIGITS + 1])
{
	unsigned char bytes[8], hashed[HASH_BYTES];
	for (size_t i = 0; i < sizeof(bytes); i++) {
		bytes[i] = (unsigned char)(uid_sum >> (8 * i));
	}
	bool ok = hash(identity->mac, PURPOSE_TRACE, bytes, sizeof(bytes), hashed);
	print_hex(hashed, IDENTITY_TRACE_DIGITS, out);
	return ok;
}

bool identity_name(struct identity *identity, const char *uid, char out[IDENTITY_NAME_SIZE])
{
	unsigned char hashed[HASH_BYTES] = {0};
	out[0] = '\0';
	if (uid[0] == '\0') {
		return true;
	}
	bool ok = hash(identity->mac, PURPOSE_PROOF, uid, strlen(uid), hashed);
	print_hex(hashed, IDENTITY_PROOF_DIGITS, out + 1);
	ok = ok && identity_trace(identity, sum_uid(uid, strlen(uid)), out + 1 + IDENTITY_PROOF_DIGITS);
	out[0] = ok ? NAME_MARK : '\0';
	return ok;
}

bool identity_is_name(const char *text)
{
	return text[0] == NAME_MARK && strspn(text + 1, "0123456789abcdef") == IDENTITY_NAME_SIZE - 2 &&
	       text[IDENTITY_NAME_SIZE - 1] == '\0';
}

const char *identity_trace_of(const char *name)
{
	return identity_is_name(name) ? name + 1 + IDENTITY_PROOF_DIGITS : "";
}
