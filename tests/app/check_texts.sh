#!/bin/sh
# Every text of the program stands in POTFILES' reach, and every language has all of them.
# usage: check_texts.sh SOURCE-FOLDER WORK-FOLDER
set -eu
export LC_ALL=C.UTF-8
source=$1
work=$2
mkdir -p "$work"
cd "$source"

# Files that hold texts, but that no translator would be shown.
grep -lE '\b(tr|tr_in|tr_n|TR_MARK)\("' app/*/*.c | sort > "$work/used"
sort assets/po/POTFILES | while read -r file; do
	[ -f "$file" ] || { echo "assets/po/POTFILES: there is no $file"; exit 1; }
done
missing=$(sort assets/po/POTFILES | comm -23 "$work/used" -)
[ -z "$missing" ] || { echo "not in assets/po/POTFILES: $missing"; exit 1; }

xgettext --language=C --from-code=UTF-8 --keyword --keyword=tr --keyword=tr_in:1c,2 --keyword=tr_n:1,2 --keyword=TR_MARK \
	--flag=tr:1:pass-c-format --flag=tr_in:2:pass-c-format --flag=tr_n:1:pass-c-format --flag=tr_n:2:pass-c-format \
	--no-location --files-from=assets/po/POTFILES --output="$work/all.pot"
grep -q '^msgid "Check in"' "$work/all.pot" || { echo "xgettext finds no texts"; exit 1; }

for po in assets/po/*.po; do
	msgfmt --check-format --check-domain --output-file=/dev/null "$po"
	# Complains of every text that is missing, fuzzy or untranslated.
	msgcmp "$po" "$work/all.pot"
	# And of every translation that no text asks for any more.
	msgcmp --use-untranslated "$work/all.pot" "$po"
done
