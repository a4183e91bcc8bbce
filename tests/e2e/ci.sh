#!/usr/bin/env bash
# .ci/run fails when tests fail, here or on the other release, and for no other reason.
set -euo pipefail
source_dir=${KIOSK_SOURCE_DIR:-$(cd "$(dirname "$0")/../.." && pwd)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/tree/.ci" "$work/tree/tests"
cp "$source_dir/.ci/run" "$work/tree/.ci/run"

# check WANTED-STATUS WANTED-WORDS TESTS-HERE TESTS-THERE [ENVIRONMENT...] [-- OPTION...]
check() {
	local wanted=$1 words=$2 status=0 environment=()
	printf '#!/bin/sh\necho "here: $*"\n%s\n' "$3" >"$work/tree/tests/run"
	printf '#!/bin/sh\necho "there: $*"\n%s\n' "$4" >"$work/tree/tests/release"
	chmod +x "$work/tree/tests/run" "$work/tree/tests/release"
	shift 4
	while [ $# -gt 0 ] && [ "$1" != -- ]; do
		environment+=("$1")
		shift
	done
	[ $# -eq 0 ] || shift
	env "${environment[@]}" "$work/tree/.ci/run" "$@" >"$work/out" 2>&1 || status=$?
	if [ "$status" -ne "$wanted" ] || ! grep -qE "$words" "$work/out"; then
		echo "status $status instead of $wanted, or not \"$words\":"
		cat "$work/out"
		exit 1
	fi
}

check 0 'there: (trixie|bookworm) --preset release' true true
check 0 ': passed$' true true
check 1 'here:' 'exit 1' true
check 1 ': failed$' true 'exit 1'
check 0 'was not tested: no root' true 'exit 69'
check 0 'was not tested to its end' true 'exec sleep 600' KIOSK_CI_LIMIT_S=2 KIOSK_CI_LEAST_S=1
check 0 'was not tested: only' true 'exit 1' KIOSK_CI_LIMIT_S=2
check 0 'here: -R name' true 'exit 1' -- -R name
check 1 'here: -R name' 'exit 1' true -- -R name
! grep -q there: "$work/out" || { echo "with options, the other release was tested" && exit 1; }
