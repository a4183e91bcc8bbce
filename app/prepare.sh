# shellcheck shell=bash
# app/run and tests/run source this file. It installs missing packages and builds a preset, and sets $top.
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '%s\n' "$*" >&2; }
die() {
	say "$(basename "$(dirname "$0")")/run: $*"
	exit 1
}

as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	elif command -v sudo >/dev/null && [ -t 0 ]; then
		sudo "$@"
	elif command -v sudo >/dev/null; then
		sudo -n "$@"
	else
		return 1
	fi
}

# missing_packages FILE...: prints those packages named in the files that are not installed, one a line.
missing_packages() {
	local wanted
	wanted=$(cat "$@" | sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' | sort -u)
	# shellcheck disable=SC2086 # one argument a package
	comm -23 <(echo "$wanted") \
		<(dpkg-query -W -f '${db:Status-Status} ${Package}\n' $wanted 2>/dev/null | sed -n 's/^installed //p' | sort -u)
}

# need_packages FILE...: installs the missing packages. When none is missing, it needs no network and does nothing.
need_packages() {
	local missing
	if ! command -v dpkg-query >/dev/null; then
		say "This is not a Debian system: the packages in $* must be installed already."
		return
	fi
	missing=$(missing_packages "$@")
	[ -n "$missing" ] || return 0
	missing=${missing//$'\n'/ }
	say "Installing: $missing"
	as_root true 2>/dev/null || die "packages are missing, and only root (or sudo) can install them:
  apt-get install --no-install-recommends $missing"
	as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 update >&2 </dev/null ||
		say "The package lists could not be updated; trying the existing ones."
	# shellcheck disable=SC2086 # one argument a package
	as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 \
		-o Dpkg::Use-Pty=0 install --no-install-recommends $missing >&2 </dev/null ||
		die "apt-get could not install: $missing"
	missing=$(missing_packages "$@")
	[ -z "$missing" ] || die "still missing after apt-get: ${missing//$'\n'/ }"
}

# build PRESET ON|OFF [TARGET...]: configures when that was not done, with tests or without, and builds into .build/PRESET.
# It prints only errors. A warning is an error only with tests, because a newer compiler, which warns of more, shall not keep
# anybody from a kiosk.
build() {
	local preset=$1 tests=$2 log=$top/.build/$1.log made=$top/.build/$1
	shift 2
	mkdir -p "$top/.build"
	if [ ! -f "$made/build.ninja" ] || { [ "$tests" = ON ] && ! grep -q '^KIOSK_TESTS:BOOL=ON' "$made/CMakeCache.txt"; }; then
		(cd "$top" && cmake --preset "$preset" -DKIOSK_TESTS="$tests" -DKIOSK_WERROR="$tests") >"$log" 2>&1 </dev/null || {
			cat "$log" >&2
			die "could not configure ($log)"
		}
	fi
	ninja -C "$made" "$@" >"$log" 2>&1 </dev/null || {
		grep -E -A20 '^FAILED|error:' "$log" >&2 || tail -n 40 "$log" >&2
		die "could not build ($log)"
	}
}
