/* See tar.h. Owners are written by name, too, because a user has another number on another machine. */
#include "tar.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>

enum { BLOCK = 512 };

struct header {
	char name[100], mode[8], uid[8], gid[8], size[12], mtime[12], checksum[8], kind, link[100], magic[6],
		version[2], user[32], group[32], major[8], minor[8], prefix[155], unused[12];
};

_Static_assert(sizeof(struct header) == BLOCK, "POSIX");

/* A long path is parted at a slash: `prefix`/`name`. */
static bool put_path(struct header *header, const char *path)
{
	size_t length = strlen(path);
	const char *name = path;
	while (name && strlen(name) > sizeof(header->name)) {
		const char *slash = strchr(name, '/');
		name = slash ? slash + 1 : NULL;
	}
	size_t before = name && name > path ? (size_t)(name - path) - 1 : 0;
	if (!name || length == 0 || before > sizeof(header->prefix)) {
		return false;
	}
	memcpy(header->name, name, strlen(name));
	memcpy(header->prefix, path, before);
	return true;
}

static void put_checksum(struct header *header)
{
	unsigned sum = 0;
	memset(header->checksum, ' ', sizeof(header->checksum));
	const unsigned char *bytes = (const unsigned char *)header;
	for (size_t i = 0; i < BLOCK; i++) {
		sum += bytes[i];
	}
	snprintf(header->checksum, sizeof(header->checksum), "%06o", sum);
}

static bool written(FILE *out, struct err *err)
{
	return !ferror(out) || err_set(err, "the archive cannot be written: %s", strerror(errno));
}

bool tar_add(FILE *out, const struct tar_member *member, struct err *err)
{
	static const char zeros[BLOCK];
	struct header header = {.kind = '0', .magic = "ustar", .version = {'0', '0'}};
	if (!put_path(&header, member->path + strspn(member->path, "/"))) {
		return err_set(err, "%s: the path is too long for an archive", member->path);
	}
	const struct passwd *user = getpwuid(member->uid);
	const struct group *group = getgrgid(member->gid);
	snprintf(header.mode, sizeof(header.mode), "%07o", (unsigned)member->mode & 07777U);
	snprintf(header.uid, sizeof(header.uid), "%07o", (unsigned)member->uid & 07777777U);
	snprintf(header.gid, sizeof(header.gid), "%07o", (unsigned)member->gid & 07777777U);
	snprintf(header.size, sizeof(header.size), "%011llo", (unsigned long long)member->size & 077777777777ULL);
	snprintf(header.mtime, sizeof(header.mtime), "%011llo",
		 (unsigned long long)member->mtime_utc & 077777777777ULL);
	snprintf(header.user, sizeof(header.user), "%s", user ? user->pw_name : "");
	snprintf(header.group, sizeof(header.group), "%s", group ? group->gr_name : "");
	put_checksum(&header);
	fwrite(&header, sizeof(header), 1, out);
	fwrite(member->bytes, 1, member->size, out);
	fwrite(zeros, 1, (BLOCK - member->size % BLOCK) % BLOCK, out);
	return written(out, err);
}

bool tar_end(FILE *out, struct err *err)
{
	static const char zeros[2 * BLOCK];
	fwrite(zeros, sizeof(zeros), 1, out);
	fflush(out);
	return written(out, err);
}
