#!/usr/bin/env bash
# Every unit is understood by systemd, and none is exposed more than 1.5 of 10 (1.8 without a compositor); what is started again and again waits longer.
set -euo pipefail
source_dir=${KIOSK_SOURCE_DIR:-$(cd "$(dirname "$0")/../.." && pwd)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# verify looks for what the units start and need: stand-ins, so that nothing has to be installed.
mkdir -p "$work/units"
cp "$source_dir"/systemd/*.service "$work/units"
printf '[Service]\nExecStart=/bin/true\n' | tee "$work/units/seatd.service" >"$work/units/getty@.service"
sed -i -E 's#^(Exec[A-Za-z]+=)/usr/(bin/cage|bin/satellitkiosk|lib/satellitkiosk/pause)#\1/bin/true#' "$work/units"/*.service

failed=0
for unit in "$source_dir"/systemd/*.service; do
	name=$(basename "$unit")
	SYSTEMD_UNIT_PATH="$work/units:" systemd-analyze verify --man=no "$work/units/$name" 2>"$work/verify" || failed=1
	if grep -F "$name" "$work/verify"; then
		failed=1
	fi
	systemd-analyze security --offline=yes --no-pager "$unit" | tail -n 1
	tenths=15
	[ "$name" != satellitkiosk-kms.service ] || tenths=18 # it holds the console and the devices, where others have a compositor
	systemd-analyze security --offline=yes --no-pager --threshold=$tenths "$unit" >/dev/null || {
		echo "$name: exposed more than $tenths tenths"
		failed=1
	}
done

# No key of a keyboard switches the machine off, however long it is pressed: every key that this systemd knows is ignored.
keys=$(cat /etc/systemd/logind.conf /usr/lib/systemd/logind.conf 2>/dev/null |
	sed -nE 's/^#?(Handle(Power|Reboot|Suspend|Hibernate)Key(LongPress)?|HandleLidSwitch[A-Za-z]*)=.*/\1/p' | sort -u) || true
[ "$(wc -l <<<"$keys")" -ge 8 ] || { echo "logind.conf names only: $keys" && failed=1; }
for key in $keys; do
	grep -qx "$key=ignore" "$source_dir/systemd/satellitkiosk.logind" || { echo "$key is not ignored" && failed=1; }
done
if udevadm verify --help >/dev/null 2>&1; then # since systemd 254
	udevadm verify --resolve-names=never "$source_dir"/systemd/*.rules || failed=1
fi

# A program that does not live longer than a second is waited for longer and longer, and never soon again. Time is a file.
mkdir "$work/path" "$work/run"
echo 100 >"$work/time"
printf '#!/bin/sh\ncat "%s/time"\n' "$work" >"$work/path/cut"
printf '#!/bin/sh\necho "$1" >>"%s/waits"\necho $(($(cat "%s/time") + $1)) >"%s/time"\n' "$work" "$work" "$work" >"$work/path/sleep"
chmod +x "$work/path"/*
started() {
	PATH=$work/path:$PATH RUNTIME_DIRECTORY=$work/run "$source_dir/systemd/pause"
	"$work/path/sleep" "$1"
	sed -i '$d' "$work/waits"
}
for _ in {1..20}; do started 1; done
waits=$(paste -sd ' ' "$work/waits")
[ "$waits" = "5 10 15 20 25 30 35 40 45 50 55 60 60 60 60 60 60" ] || { echo "waited: $waits" && failed=1; }
started 60 && started 1
[ "$(tail -n 1 "$work/waits")" = 60 ] && [ "$(wc -l <"$work/waits")" = 18 ] || { echo "one that lived was waited for" && failed=1; }
exit "$failed"
