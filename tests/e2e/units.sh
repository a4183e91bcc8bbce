#!/usr/bin/env bash
# Every unit is understood by systemd, and none is exposed more than 1.5 of 10.
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
	# The threshold is in tenths.
	systemd-analyze security --offline=yes --no-pager --threshold=15 "$unit" >/dev/null || {
		echo "$name: exposed more than 1.5"
		failed=1
	}
done
exit "$failed"
