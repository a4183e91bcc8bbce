# shellcheck shell=bash
# Scripts that need a root of a Debian release source this file after app/prepare.sh. Roots are made once, with debootstrap,
# and kept in $KIOSK_ROOTS. Whatever says nothing about the sources (no right to make a root, no mirror, no room) ends the
# script with status 69, EX_UNAVAILABLE of sysexits.h.
: "${top:?app/prepare.sh sets it}"
roots=${KIOSK_ROOTS:-/var/tmp/satellitkiosk-roots}
readonly ROOT_FREE_KB=$((6 * 1024 * 1024)) # what the packages, the build and the tests need beside what is there

unavailable() {
	say "$*"
	exit 69
}

# own_mounts ARGUMENT...: starts the calling script again, with these arguments, so that what it mounts and starts is seen by
# it alone, and is gone with it however it ends.
own_mounts() {
	[ "$(id -u)" -eq 0 ] || unavailable "only root can make the root of another release"
	[ -z "${KIOSK_OWN_MOUNTS:-}" ] || return 0
	unshare --mount --pid --fork true 2>/dev/null || unavailable "this machine does not allow mounts of one's own"
	KIOSK_OWN_MOUNTS=1 exec unshare --mount --propagation private --pid --fork --kill-child "$0" "$@"
}

# make_root NAME RELEASE [PACKAGE...]: sets $root to the root of that name, which it makes from the release and the packages
# when it is not there, and mounts in it what programs expect. Nobody else uses the root meanwhile.
make_root() {
	local name=$1 release=$2 log=$roots/$1.log packages=ca-certificates free
	shift 2
	root=$roots/$name
	[[ $release =~ ^[a-z]+$ ]] || die "\"$release\" is no name of a Debian release; write bookworm or trixie"
	mkdir -p "$roots" || unavailable "$roots cannot be made"
	exec {root_lock}>"$roots/$name.lock"
	flock --nonblock "$root_lock" || unavailable "another run uses $root"
	free=$(df --output=avail "$roots" | tail -n 1)
	[ "$free" -ge "$ROOT_FREE_KB" ] || unavailable "$roots has less than $((ROOT_FREE_KB / 1024 / 1024)) GB of room left"
	if [ ! -e "$root/made" ]; then
		command -v debootstrap >/dev/null || (need_packages "$top/tests/packages") || unavailable "debootstrap is missing"
		say "== $name: making $root"
		rm -rf --one-file-system "$root"
		[ $# -eq 0 ] || packages+=$(printf ',%s' "$@")
		debootstrap --variant=minbase --include="$packages" "$release" "$root" >"$log" 2>&1 || {
			tail -n 5 "$log" >&2
			unavailable "the root of $release could not be made ($log)"
		}
		# The updates and security fixes that this machine has, for that release.
		if [ -f /etc/apt/sources.list.d/debian.sources ]; then
			# shellcheck source=/dev/null
			sed "s/\b$(. /etc/os-release && echo "${VERSION_CODENAME:-none}")\b/$release/g" \
				/etc/apt/sources.list.d/debian.sources >"$root/etc/apt/sources.list.d/debian.sources"
			rm -f "$root/etc/apt/sources.list" # names the same mirror
		fi
		touch "$root/made"
	fi
	cp /etc/resolv.conf "$root/etc/resolv.conf"
	mount -t proc proc "$root/proc" && mount --rbind /dev "$root/dev" && mount --rbind /sys "$root/sys" ||
		unavailable "nothing can be mounted in $root"
}

# in_root COMMAND...: runs a command in $root with an environment of its own.
in_root() {
	chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb LC_ALL=C.UTF-8 \
		DEBIAN_FRONTEND=noninteractive "$@" </dev/null
}

# clone_into_root: puts what is committed into /kiosk of $root.
clone_into_root() {
	rm -rf --one-file-system "$root/kiosk"
	git -c safe.directory='*' -c advice.detachedHead=false clone -q --no-hardlinks "$top" "$root/kiosk" || unavailable "the checkout cannot be cloned"
}

# packages_in_root FILE...: installs in $root the packages named in these files of the clone. A name that the release does not
# have is a mistake in the files; a mirror that does not answer is not. A root whose installation was once cut off is made anew
# the next time.
packages_in_root() {
	local unknown
	in_root dpkg --configure -a >/dev/null 2>&1 || rm -f "$root/made"
	# shellcheck disable=SC2016 # for the shell in the root
	in_root bash -c '. /kiosk/app/prepare.sh && need_packages "$@"' /kiosk/tests/run "$@" && return
	# shellcheck disable=SC2016
	unknown=$(in_root bash -c '. /kiosk/app/prepare.sh
		has() { apt-cache policy "$1" | grep -q "Candidate: [0-9]"; }
		has libc6-dev || exit 0 # without lists nothing is known
		for package in $(missing_packages "$@"); do has "$package" || echo "$package"; done' /kiosk/tests/run "$@") || true
	[ -z "$unknown" ] || die "the release has no package ${unknown//$'\n'/, }"
	unavailable "the packages could not be installed in $root"
}
