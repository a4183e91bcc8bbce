#!/bin/sh
# A language 40 % longer than Swedish, made of Swedish: every vowel is doubled. usage: pseudo.sh SV.PO OUT.MO
set -eu
export LC_ALL=C.UTF-8
mkdir -p "$(dirname "$2")"
# %lu is the only conversion with a vowel in it.
msgfilter --keep-header --input="$1" --no-wrap sed -e 's/%lu/%l!/g' -e 's/[aeiouyåäöAEIOUYÅÄÖ]/&&/g' -e 's/%l!/%lu/g' |
	msgfmt --check-format --output-file="$2" -
