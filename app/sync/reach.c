/* See reach.h. The proxy's password is read when it is needed, and wiped afterwards. */
#include "reach.h"

#include <stdio.h>
#include <sys/stat.h>

#include "credential.h"

/* Finds the proxy; out->url is "" when there is none. */
static bool read_proxy(const struct reach *reach, struct address *out, struct err *err)
{
	const struct config_network *network = reach->network;
	*out = (struct address){0};
	if (network->proxy_credential &&
	    !credential_read_proxy(reach->credentials_dir, network->proxy_credential, out, err)) {
		return false;
	}
	if (network->proxy) {
		snprintf(out->url, sizeof(out->url), "%s", network->proxy);
	}
	return out->url[0] || !network->proxy_credential ||
	       err_set(err, "credential %s: it names no proxy; write proxy = \"http://…\" into the configuration",
		       network->proxy_credential);
}

/* libcurl opens the file by itself, and would wait for ever at a pipe. A file that is missing is libcurl's to report.
 */
static bool ca_file_is_regular(const char *path, struct err *err)
{
	struct stat about;
	if (!path || stat(path, &about) != 0 || S_ISREG(about.st_mode)) {
		return true;
	}
	return err_set(err, "ca-file %s: it is no regular file", path);
}

struct fetch_transfer *reach_begin(const struct reach *reach, struct fetch *fetch, const struct address *own,
				   struct fetch_request request, struct err *err)
{
	struct address proxy = {0};
	struct fetch_transfer *transfer = NULL;
	if (ca_file_is_regular(reach->ca_file, err) && read_proxy(reach, &proxy, err)) {
		request.url = own->url;
		request.user = own->user[0] ? own->user : NULL;
		request.password = own->password[0] ? own->password : NULL;
		request.ca_file = reach->ca_file;
		request.user_agent = reach->network->user_agent;
		request.proxy = proxy.url[0] ? proxy.url : NULL;
		request.proxy_user = proxy.user[0] ? proxy.user : NULL;
		request.proxy_password = proxy.user[0] ? proxy.password : NULL;
		transfer = fetch_begin(fetch, &request);
		if (!transfer) {
			err_set(err, "out of memory");
		}
	}
	address_wipe(&proxy);
	return transfer;
}
