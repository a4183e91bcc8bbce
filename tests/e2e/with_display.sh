#!/usr/bin/env bash
# Runs a command on an X server of its own that nobody sees: with_display.sh [WxH] COMMAND [ARG ...]
# The command finds the server's pixels in the file $XVFB_PIXELS, in the format of xwd(1).
set -euo pipefail

size=1920x1080
if [[ ${1-} =~ ^[0-9]+x[0-9]+$ ]]; then
	size=$1
	shift
fi
command -v Xvfb >/dev/null || {
	echo "with_display.sh: Xvfb is missing; install the package xvfb" >&2
	exit 1
}

folder=$(mktemp -d)
server=
# shellcheck disable=SC2317 # called by the trap
finish() {
	[ -z "$server" ] || kill "$server" 2>/dev/null || true
	rm -rf "$folder"
}
trap finish EXIT

# The server writes its number when it is ready; reading waits for that, or for its end.
mkfifo "$folder/number"
Xvfb -displayfd 3 -screen 0 "${size}x24" -nolisten tcp -noreset -fbdir "$folder" 3>"$folder/number" 2>"$folder/log" >&2 &
server=$!
if ! read -r number <"$folder/number"; then
	cat "$folder/log" >&2
	exit 1
fi
here=$(dirname "${BASH_SOURCE[0]}")
export LSAN_OPTIONS=suppressions=$here/leaks.txt:print_suppressions=0
export DISPLAY=:$number SDL_VIDEODRIVER=x11 XVFB_PIXELS=$folder/Xvfb_screen0
unset WAYLAND_DISPLAY
status=0
"$@" || status=$?
exit "$status"
