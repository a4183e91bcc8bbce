#!/usr/bin/env bash
# The Debian package: two builds in two places are the same file, lintian finds no error, and what must be in it is.
set -euo pipefail
source_dir=${KIOSK_SOURCE_DIR:-$(cd "$(dirname "$0")/../.." && pwd)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export SOURCE_DATE_EPOCH=1795464000

# Once from the build that is being tested, once from scratch in another place: no path of a build may reach the files.
build=${KIOSK_BINARY_DIR:?}
cpack --config "$build/CPackConfig.cmake" -B "$work/packed" >"$work/log" 2>&1 || {
	cat "$work/log"
	exit 1
}
cp "$work"/packed/*.deb "$work/first.deb"
again=$work/another/place
cmake -S "$source_dir" -B "$again" -G Ninja -DCMAKE_BUILD_TYPE=Release -DKIOSK_TESTS=OFF >"$work/log"
ninja -C "$again" package >"$work/log" 2>&1 || {
	cat "$work/log"
	exit 1
}
cp "$again"/*.deb "$work/second.deb"
cmp "$work/first.deb" "$work/second.deb"

# The version names the release, and stands in the same form everywhere.
field() { dpkg-deb -f "$work/first.deb" "$1"; }
fail() {
	echo "$*"
	exit 1
}
version=$(sed -n 's/^project(satellitkiosk VERSION \([0-9.]*\) .*/\1/p' "$source_dir/CMakeLists.txt")
# shellcheck source=/dev/null
suffix=$(. /etc/os-release && [ "$ID" = debian ] && echo "${VERSION_ID:+~deb${VERSION_ID}u1}") || true
[ "$(field Version)" = "$version$suffix" ] || fail "the package's version is $(field Version), not $version$suffix"
head -n 1 "$source_dir/systemd/package/changelog" | grep -qF "($version)" || fail "the changelog does not begin with $version"
grep -qF "<release version=\"$version\"" "$source_dir"/assets/*.metainfo.xml || fail "the metainfo file has no release $version"
[ -n "$(field Homepage)" ] || fail "the package names no homepage"

# The libraries, what has no library, and a clock that is kept right; nobody is asked about the configuration.
for package in libc6 libsdl2-2.0-0 cage seatd hyphen-sv tzdata fonts-inter time-daemon; do
	field Depends | grep -qE "(^|[ ,|])$package([ ,]|\$)" || fail "the package does not depend on $package: $(field Depends)"
done
[ -z "$(dpkg-deb -I "$work/first.deb" conffiles 2>/dev/null)" ] || fail "the package has files that an upgrade asks about"

# A package without the libraries that it depends on is no package.
mkdir -p "$work/poor/DEBIAN"
printf '%s\n' 'Package: poor' 'Version: 1' 'Architecture: all' 'Maintainer: nobody' 'Depends: cage' 'Description: poor' \
	>"$work/poor/DEBIAN/control"
dpkg-deb --build "$work/poor" "$work/poor.deb" >/dev/null
! cmake "-DCPACK_PACKAGE_FILES=$work/poor.deb" -P "$source_dir/systemd/package/complete.cmake" 2>"$work/log" ||
	fail "a package without libraries passes"
grep -q 'would lack the libraries' "$work/log" || fail "no reason is given: $(tail -n 5 "$work/log")"
[ ! -e "$work/poor.deb" ] || fail "the package without libraries is there nevertheless"

tags=$(lintian --allow-root --fail-on error "$work/first.deb") || {
	echo "$tags"
	exit 1
}
echo "$tags"

dpkg-deb -x "$work/first.deb" "$work/root"
while read -r path; do
	[ -e "$work/root/$path" ] || {
		echo "not in the package: $path"
		exit 1
	}
done <<'LIST'
usr/bin/satellitkiosk
usr/bin/icsread
usr/lib/systemd/system/satellitkiosk.service
usr/lib/systemd/system/satellitkiosk-metrics.timer
usr/lib/systemd/journald.conf.d/satellitkiosk.conf
usr/lib/satellitkiosk/hold
usr/lib/systemd/logind.conf.d/satellitkiosk.conf
usr/lib/udev/rules.d/71-satellitkiosk-keys.rules
usr/share/doc/satellitkiosk/examples/usb.rules
usr/share/doc/satellitkiosk/examples/usb-storage.conf
usr/share/doc/satellitkiosk/examples/52satellitkiosk-upgrades
usr/share/doc/satellitkiosk/satellitkiosk.spdx.json
usr/lib/sysusers.d/satellitkiosk.conf
usr/share/bash-completion/completions/satellitkiosk
usr/share/bash-completion/completions/icsread
usr/share/man/man1/satellitkiosk.1.gz
usr/share/man/man1/icsread.1.gz
usr/share/man/man5/kiosk.conf.5.gz
usr/share/man/man5/region.conf.5.gz
usr/share/doc/satellitkiosk/administration.md
usr/share/doc/satellitkiosk/limits.md
usr/share/doc/satellitkiosk/screens/contact-sheet.png
usr/share/metainfo/se.umearegionen.satellitkiosk.metainfo.xml
usr/share/satellitkiosk/locale/sv/LC_MESSAGES/satellitkiosk.mo
LIST

# The bill of materials names every library that the package depends on, and is SPDX as far as its required members go.
python3 - "$work/root/usr/share/doc/satellitkiosk/satellitkiosk.spdx.json" "$(field Depends)" "$version" <<'CHECK' || fail "the bill of materials is wrong"
import json, re, sys
bill = json.load(open(sys.argv[1], encoding="utf-8"))
assert (bill["spdxVersion"], bill["dataLicense"], bill["SPDXID"]) == ("SPDX-2.3", "CC0-1.0", "SPDXRef-DOCUMENT")
assert bill["creationInfo"]["created"] == "2026-11-23T20:00:00Z", bill["creationInfo"]
ids = [package["SPDXID"] for package in bill["packages"]]
assert len(set(ids)) == len(ids) and all(re.fullmatch(r"SPDXRef-[a-zA-Z0-9.-]+", name) for name in ids)
assert {relation["relatedSpdxElement"] for relation in bill["relationships"]} == set(ids)
versions = {package["name"]: package["versionInfo"] for package in bill["packages"]}
assert versions["satellitkiosk"] == sys.argv[3]
libraries = [re.split(r"[ (]", name)[0] for name in sys.argv[2].split(", ") if re.match(r"lib(c6|sdl2|sqlite|ical|curl)", name)]
assert len(libraries) > 4 and not set(libraries) - set(versions), (libraries, versions)
assert "unknown" not in versions.values()
CHECK
appstreamcli validate --no-net "$work"/root/usr/share/metainfo/*.xml

# What is unpacked works from where it lies, and can be configured by the copy that it brings.
"$work/root/usr/bin/satellitkiosk" --version
"$work/root/usr/bin/satellitkiosk" --config "$work/root/usr/share/satellitkiosk/kiosk.conf" --check-config
"$work/root/usr/bin/satellitkiosk" --config "$work/root/usr/share/satellitkiosk/demo/kiosk.conf" \
	--state "$work/state" --now 2026-11-23T10:42 sync
