#!/usr/bin/env bash
# Every shell script passes shellcheck.
set -euo pipefail
cd "${KIOSK_SOURCE_DIR:-$(dirname "$0")/../..}"
scripts=$(grep -rlE --exclude-dir=.git --exclude-dir=.build -m1 '^(#!.*\b(bash|sh)$|# shellcheck shell=)' .)
[ -n "$scripts" ]
# shellcheck disable=SC2086 # one argument a script
shellcheck -x -S warning $scripts
