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

# Wordings that were given up, because people misread them or because another text has another word for the same thing.
cat > "$work/former.en" <<'END'
\bplaces?\b
\bComing meetings
^Ongoing$
^week %
%%
[a-z]'[a-z]
\bscreen (returns|goes back)
was faster
It was too late
not fresh
does not feel
Low reach
given away
start the screen
END
cat > "$work/former.sv" <<'END'
tar över i december
Nästa överlämning
Ingen incheckning
Nå-läge
kan inte läsas just nu
ingen kontakt
Skärmen (återgår|känner)
starta skärmen
På plats sedan
Platsen är upptagen
Incheckning öppnar
har inte öppnat$
inte färska
ges bort
förbereds av
Hålls på annan plats
på tavlan
Det var för sent
^ej fastställd$
kontrast: 
%(d|lu) platser
\bidag\b
\bimorgon\b
%%
END
# One text a line: no wrapping, no quotation marks.
for kind in en:msgid sv:msgstr; do
	msgcat --no-wrap assets/po/sv.po | sed -nE "s/^${kind#*:}(_plural|\[[0-9]\])? \"(.*)\"\$/\2/p" > "$work/texts.${kind%:*}"
	grep -q . "$work/texts.${kind%:*}" || { echo "assets/po/sv.po: no texts are found"; exit 1; }
	if grep -E -f "$work/former.${kind%:*}" "$work/texts.${kind%:*}"; then
		echo "assets/po/sv.po: the wordings above were given up; see the list in $0"
		exit 1
	fi
done
