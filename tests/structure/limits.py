#!/usr/bin/python3
"""Every limit, pace and time-out stands in a limits header, and the document of limits holds each of them with its value.
--table prints the rows."""
import re
import sys

from sources import c_files, code, finish, text


# The last or a middle part of a name that makes a number one of that kind, …
KIND = re.compile(r"(^|_)(MAX|MIN|LIMIT|CAP|MS|S|DEADLINE|TIMEOUT|RETRY|RETRIES|TRIES|AGAIN|DAYS|MINUTES|HOURS|YEARS?|PERCENT)(_|$)")
# … and those that are none although they are called so: whoever changed one would make a mistake, not another choice.
NO_LIMIT = {
    ("ical/civil.h", "DAY_S"): "a day has so many seconds",
    ("ical/civil.c", "DAYS_PER_ERA"): "the calendar repeats after so many days",
    ("ical/civil.c", "YEARS_PER_ERA"): "the calendar repeats after so many years",
    ("ical/recur.c", "PERIOD_DAYS_MAX"): "the longest year, in whole weeks",
    ("ical/rule.h", "RULE_ORDINAL_MAX"): "RFC 5545: a year has so many days",
    ("ical/rulefilter.h", "RULE_POSITIONS_MAX"): "twice that, as BYSETPOS counts from both ends",
    ("ical/expand.c", "MARGIN_S"): "more than any two zones differ by",
    ("ical/screen.c", "MARGIN_S"): "more than any two zones differ by",
    ("ical/icstime.c", "DIGITS_MAX"): "what a number of an int holds without overflow",
    ("ical/tzif.c", "OFFSET_MIN_S"): "RFC 9636",
    ("ical/tzif.c", "OFFSET_MAX_S"): "RFC 9636",
    ("ical/tzif.c", "CHANGE_UTC_MAX"): "farther than any calendar reaches",
    ("ical/tzrule.c", "NAME_MIN"): "POSIX",
    ("ical/tzrule.c", "OFFSET_HOURS_MAX"): "POSIX",
    ("ical/tzrule.c", "TIME_HOURS_MAX"): "RFC 9636",
    ("ical/tzrule.c", "CHANGE_DEFAULT_S"): "POSIX: 02:00",
    ("ical/tzrule.c", "SUMMER_S"): "POSIX: an hour",
    ("db/salvage.c", "HEADER_MAX"): "SQLite's file format",
    ("ical/freebusy.c", "MARGIN_S"): "more than any two zones differ by",
    ("ical/nfc.c", "GROWTH_MAX"): "Unicode: what composing makes of its worst letter",
    ("ical/rulefilter.h", "RULE_SUBSTITUTES_MAX"): "RFC 7529: no year has more days that SKIP puts in the place of others",
    ("app/sync/phone.c", "NATIONAL_MIN"): "the Swedish numbering plan",
    ("app/sync/phone.c", "NATIONAL_MAX"): "the Swedish numbering plan",
    ("app/sync/phone.c", "GLUED_MIN"): "the Swedish numbering plan",
    ("app/sync/phone.c", "AFTER_SWEDEN_MIN"): "the Swedish numbering plan",
    ("app/sync/phone.c", "AFTER_SWEDEN_MAX"): "the Swedish numbering plan",
    ("app/sync/phone.c", "PLUS_MIN"): "the shortest number that is written with a country's code",
    ("app/sync/phone.c", "PLUS_MAX"): "E.164",
    ("app/sync/phone.c", "ZEROS_MIN"): "one digit more than PLUS_MIN, as two zeros are a weaker sign than a plus",
    ("app/base/ere.c", "GROWTH_MAX"): "what the translation makes of its worst byte",
    ("app/cli/text.h", "CLI_TIME_MAX"): "the longest text of a time",
    ("app/model/private.h", "DAY_MIN"): "a day has so many minutes",
}


def constants(name):
    """NAME → value as written, of every enum constant and numeric macro."""
    found = {}
    body = code(name)
    for block in re.findall(r"\benum\s*\w*\s*\{(.*?)\}", body, flags=re.S):
        for entry in block.split(","):
            match = re.match(r"\s*([A-Z][A-Z0-9_]+)\s*=\s*(.+?)\s*$", entry, flags=re.S)
            if match:
                found[match.group(1)] = match.group(2)
    for match in re.finditer(r"^#define\s+([A-Z][A-Z0-9_]+)\s+(\(?-?(?:U?INT\d+_C\()?[0-9][^\n]*?)\s*$", body, flags=re.M):
        found[match.group(1)] = match.group(2)
    return found


def evaluate(expression, known):
    """The value of a C constant expression of numbers and earlier limits."""
    expression = re.sub(r"\s+", " ", expression)
    expression = re.sub(r"\b(\d+(?:\.\d+)?)[uUlLfF]+\b", r"\1", expression)
    expression = re.sub(r"\([a-z_0-9]+ ?[a-z_0-9]*\)", "", expression)
    expression = re.sub(r"[A-Z][A-Z0-9_]+", lambda match: str(known[match.group(0)]), expression)
    if not re.fullmatch(r"[0-9.+\-*/<>() ]+", expression):
        raise ValueError(expression)
    return eval(expression.replace("/", "//") if "." not in expression else expression)


def strays(limits):
    """A problem for each number of that kind outside the limits headers; one that is computed from a limit is none."""
    excused = set(NO_LIMIT)
    for name in c_files("ical", "db", "app"):
        if name.endswith("limits.h"):
            continue
        computed = set(limits)
        for constant, expression in constants(name).items():
            if set(re.findall(r"[A-Z][A-Z0-9_]+", expression)) & computed:
                computed.add(constant)
                continue
            if not KIND.search(constant) or "sizeof" in expression:
                continue
            if (name, constant) in NO_LIMIT:
                excused.discard((name, constant))
            else:
                yield f"{name}: {constant} is a limit or a pace; it belongs in a limits header and in assets/doc/limits.md"
    for name, constant in sorted(excused):
        yield f"tests/structure/limits.py: {name} has no {constant} that would have to be excused"


table = {}
for row in re.findall(r"^\| `([A-Z][A-Z0-9_]+)` \|([^|]*)\|", text("assets/doc/limits.md"), flags=re.M):
    table[row[0]] = row[1].strip()

problems, known = [], {}
headers = [name for name in c_files("ical", "db", "app") if re.search(r"limits\.h$", name)]
for name in headers:
    for constant, expression in constants(name).items():
        known[constant] = evaluate(expression, known)
        if constant not in table:
            problems.append(f"assets/doc/limits.md: {constant} ({name}: {known[constant]}) is not in the table of limits")
        elif table[constant].replace(",", "") != str(known[constant]):
            problems.append(f"assets/doc/limits.md: {constant} is {known[constant]}, the table says {table[constant]}")
    if "--table" in sys.argv:
        notes = dict(re.findall(r"\b([A-Z][A-Z0-9_]+)\s*=[^/\n]*/\*\s*(.*?)\s*\*/", text(name), flags=re.S))
        for constant in constants(name):
            print(f"| `{constant}` | {known[constant]:,} | {notes.get(constant, '')} |")
problems += strays(set(known))
problems += [f"assets/doc/limits.md: {constant} is no limit any more" for constant in table if constant not in known]
finish(problems, len(known))
