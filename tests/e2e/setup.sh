#!/usr/bin/env bash
# satellitkiosk-setup, with answers from a file, makes a configuration that the kiosk reads and that finds the places.
set -euo pipefail
source_dir=${KIOSK_SOURCE_DIR:?} build=${KIOSK_BINARY_DIR:?}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# As installed: the programs in bin/, what they read in share/, set-up in sbin/.
mkdir -p "$work/usr/sbin" "$work/usr/bin" "$work/path"
ln -s "$build/bin/satellitkiosk" "$work/usr/bin"
cat >"$work/usr/bin/icsread" <<TEXT
#!/bin/sh
readlink /proc/self/fd/0 >>"$work/read"
exec "$build/bin/icsread" "\$@"
TEXT
chmod +x "$work/usr/bin/icsread"
cp "$source_dir/app/setup" "$work/usr/sbin/satellitkiosk-setup"
setup=$work/usr/sbin/satellitkiosk-setup
config=$work/root/etc/satellitkiosk/kiosk.conf

fail() {
	echo "$*"
	exit 1
}

cat >"$work/answers" <<TEXT
office Kontoret
language sv
feed desks bookings $source_dir/assets/demo/desks.ics
person desks ^(.*) [–-]
feed room bookings $source_dir/assets/demo/room.ics
feed council meetings $source_dir/assets/demo/council.ics
body council Umeåregionrådet
place K room room
TEXT
"$setup" --answers "$work/answers" --root "$work/root" >"$work/shown"
grep -q 'Kontorsplats 6' "$work/shown" || fail "the feed's places were not shown"
"$build/bin/satellitkiosk" --config "$config" --check-config
"$build/bin/satellitkiosk" --config "$config" --state "$work/state" sync
places=$("$build/bin/satellitkiosk" --config "$config" --state "$work/state" agenda --json |
	jq -r '[.[] | select(.kind == "booking" and .feed == "desks")] | "\(length) \(map(select(.place == null)) | length)"')
[[ $places =~ ^[1-9][0-9]*\ 0$ ]] || fail "bookings, and of these without a place: $places"

# A feed holds personal data: the unprocessed file is never put on a disk.
[ ! -w /dev/shm ] || ! grep -v '^/dev/shm/' "$work/read" || fail "a feed was kept elsewhere than in memory"

# Again: the earlier configuration is kept. Nonsense changes nothing.
cp "$config" "$work/earlier"
"$setup" --answers "$work/answers" --root "$work/root" >/dev/null
cmp "$work/earlier" "$config.before-setup"
[ "$(stat -c %a "$config.before-setup")" = 600 ]
echo 'opens 25:00' >>"$work/answers"
if "$setup" --answers "$work/answers" --root "$work/root" >/dev/null 2>"$work/why"; then
	fail "an office that opens at 25:00 was accepted"
fi
cmp "$work/earlier" "$config"
echo 'opnes 07:00' >"$work/answers"
if "$setup" --answers "$work/answers" --root "$work/root" >/dev/null 2>"$work/why"; then
	fail "an unknown fact was accepted"
fi
grep -q opnes "$work/why" || fail "the unknown fact was not named"

# A feed that is no calendar is reported as such.
echo '<html>Sign in</html>' >"$work/page.html"
echo "feed desks bookings $work/page.html" >"$work/answers"
if "$setup" --answers "$work/answers" --root "$work/root" >/dev/null 2>"$work/why"; then
	fail "a page was accepted as a calendar"
fi
grep -q 'no calendar' "$work/why" || fail "the mistake was not reported"

# A dead address is neither shown nor kept.
echo 'feed desks bookings https://127.0.0.1:9/kanariefagel/calendar.ics' >"$work/answers"
"$setup" --answers "$work/answers" --root "$work/other" >"$work/shown" 2>&1 && fail "a dead address was accepted"
! grep -q kanariefagel "$work/shown" || fail "the address was shown"
[ ! -e "$work/other" ] || fail "something was written"

# With questions: a wrong answer is asked again at once, a feed that cannot be read is left out, and in the next run Enter keeps
# every answer.
asked() { "$setup" --lang en --root "$work/asked" >"$work/shown" 2>&1 || fail "set-up failed: $(cat "$work/shown")"; }
printf '%s\n' 'Kontoret "Norr"' '' 'Storgatan 1' '' 7 07:30 '' '' '' 27 '' \
	desks bookings "$work/page.html" desks bookings "$source_dir/assets/demo/desks.ics" '' yes \
	council meetings "$source_dir/assets/demo/council.ics" Umeåregionrådet '' | asked
grep -q '"7" is not a time' "$work/shown" || fail "the wrong time was not reported: $(cat "$work/shown")"
config=$work/asked/etc/satellitkiosk/kiosk.conf
for line in 'office "Kontoret \"Norr\"" {' '	opens = "07:30"' '	diagonal = 27' 'feed "desks" {' '	match = "Kontorsplats 6"' \
	'	body = "Umeåregionrådet"'; do
	grep -qxF "$line" "$config" || fail "not in the configuration: $line"
done
[ "$(grep -c '^feed' "$config")" = 2 ] || fail "the feed that could not be read is there too"
cp "$config" "$work/earlier"
printf '\n%.0s' {1..40} >"$work/enters"
asked <"$work/enters"
cmp "$work/earlier" "$config"
for unit in satellitkiosk satellitkiosk-kms; do
	[ -e "$work/asked/etc/systemd/system/$unit.service.d/credentials.conf" ] || fail "$unit gets no credentials"
done

# A feed that is named again, such as with a new address, has each of its places once.
{ printf '\n%.0s' {1..11} && printf '%s\n' desks '' "$source_dir/assets/demo/desks.ics" '' yes ''; } | asked
for what in feed place person; do
	[ "$(grep -c "$what" "$config")" = "$(grep -c "$what" "$work/earlier")" ] || fail "$what: not as often as before: $(cat "$config")"
done

# Sealing that fails leaves the address that was given before.
printf '#!/bin/sh\ncat >/dev/null\nwhile [ "$1" != --output ]; do shift; done\ncp "%s" "$2"\n' "$source_dir/assets/demo/desks.ics" >"$work/path/curl"
printf '#!/bin/sh\nexit 1\n' >"$work/path/systemd-creds"
chmod +x "$work/path"/*
echo 'feed desks bookings https://kalender.example/one.ics' >"$work/answers"
PATH=$work/path:$PATH "$setup" --answers "$work/answers" --root "$work/sealed" >/dev/null
echo 'feed desks bookings https://kalender.example/two.ics' >"$work/answers"
if PATH=$work/path:$PATH "$setup" --seal --answers "$work/answers" --root "$work/sealed" >/dev/null 2>"$work/why"; then
	fail "sealing cannot have worked"
fi
grep -q one.ics "$work/sealed/etc/credstore/desks" || fail "the earlier address is gone"

# The address of a feed that is dropped goes too; one that somebody else put there does not.
echo secret >"$work/sealed/etc/credstore/other"
echo 'feed tables bookings https://kalender.example/three.ics' >"$work/answers"
PATH=$work/path:$PATH "$setup" --answers "$work/answers" --root "$work/sealed" >/dev/null
[ ! -e "$work/sealed/etc/credstore/desks" ] || fail "the address of a feed that is gone was kept"
grep -q three.ics "$work/sealed/etc/credstore/tables" || fail "the new feed has no address"
[ -e "$work/sealed/etc/credstore/other" ] || fail "a credential of somebody else was removed"

# The kiosk's own way of asking: its agent, no proxy of the environment's, https for webcal, a user and a password; and what
# Microsoft's refusal is called. Nothing of an address or a password is an argument.
cat >"$work/path/curl" <<TEXT
#!/bin/sh
cat >"$work/curl.configuration"
echo "\$*" >"$work/curl.arguments"
while [ "\$1" != --dump-header ]; do shift; done
cp "$work/headers" "\$2"
exit "\$(cat "$work/status")"
TEXT
agent=$(sed -nE 's/^#define FETCH_USER_AGENT .*KIOSK_VERSION "( .*)"$/\1/p' "$source_dir/ical/fetch.h")
[ -n "$agent" ] || fail "no agent was found in ical/fetch.h"
# fetches ANSWER-LINE…: runs set-up with a curl that fails
fetches() {
	printf '%s\n' "$@" >"$work/answers"
	if https_proxy=http://127.0.0.1:9 PATH=$work/path:$PATH "$setup" --lang en --answers "$work/answers" --root "$work/curled" >/dev/null 2>"$work/why"; then
		fail "nothing can have been fetched"
	fi
}
printf 'HTTP/1.1 302 Found\r\nLocation: /owa/auth/errorfe.aspx?owaError=OwaBasicUnsupportedException\r\n' >"$work/headers"
echo 22 >"$work/status"
fetches 'feed desks bookings webcal://anna:hemligt@kalender.example/kanarie.ics'
grep -q "^user-agent = \"satellitkiosk/[0-9.]*$agent\"$" "$work/curl.configuration" || fail "another agent than the kiosk's"
grep -qx 'proxy = ""' "$work/curl.configuration" || fail "the environment's proxy was not ruled out"
grep -qx 'url = "https://anna:hemligt@kalender.example/kanarie.ics"' "$work/curl.configuration" || fail "webcal was not made https"
! grep -E 'kanarie|hemligt' "$work/curl.arguments" "$work/why" || fail "the address was given away"
grep -q 'refuses the user agent' "$work/why" || fail "Microsoft's refusal has another name: $(cat "$work/why")"
printf 'HTTP/1.1 302 Found\r\nLocation: https://outlook.office365.com/mail/\r\n' >"$work/headers"
fetches 'user-agent Kontoret/1' 'proxy http://proxy.example:3128' 'feed desks bookings https://kalender.example/kanarie.ics'
grep -qx 'user-agent = "Kontoret/1"' "$work/curl.configuration" || fail "the agent that was given was not used"
grep -qx 'proxy = "http://proxy.example:3128"' "$work/curl.configuration" || fail "the proxy that was given was not used"
grep -q 'revoked' "$work/why" || fail "a revoked address has another name: $(cat "$work/why")"
mkdir -p "$work/curled/etc/credstore"
printf '# desks\nurl = "webcals://kalender.example/kanarie.ics"\r\nuser = "anna"\r\npassword = "hem\\"ligt"\r\n' >"$work/curled/etc/credstore/desks"
fetches 'feed desks bookings -'
grep -qx 'url = "https://kalender.example/kanarie.ics"' "$work/curl.configuration" || fail "the credential's address was not read"
grep -qxF 'user = "anna:hem\"ligt"' "$work/curl.configuration" || fail "the credential's user was not read: $(cat "$work/curl.configuration")"
! grep -E 'kanarie|ligt' "$work/curl.arguments" "$work/why" || fail "the credential was given away"

# What was answered about the network is in the configuration, and is proposed again.
printf '%s\n' 'user-agent Kontoret/1' 'proxy http://proxy.example:3128' "feed desks bookings $source_dir/assets/demo/desks.ics" >"$work/answers"
"$setup" --answers "$work/answers" --root "$work/network" >/dev/null
grep -qxF '	proxy = "http://proxy.example:3128"' "$work/network/etc/satellitkiosk/kiosk.conf" || fail "the proxy is not in the configuration"
grep -qx 'user-agent Kontoret/1' "$work/network/etc/satellitkiosk/setup.answers" || fail "the agent is not proposed again"
