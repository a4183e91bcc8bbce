#!/usr/bin/python3
"""The document of limits holds every limit of the layers' headers, with its value. --table prints the rows."""
import re
import sys

from sources import c_files, code, finish, text


def constants(name):
    """NAME → value as written, of every enum constant and numeric macro."""
    found = {}
    body = code(name)
    for block in re.findall(r"\benum\s*\w*\s*\{(.*?)\}", body, flags=re.S):
        for entry in block.split(","):
            match = re.match(r"\s*([A-Z][A-Z0-9_]+)\s*=\s*(.+?)\s*$", entry, flags=re.S)
            if match:
                found[match.group(1)] = match.group(2)
    for match in re.finditer(r"^#define\s+([A-Z][A-Z0-9_]+)\s+(\(?[0-9][^\n]*?)\s*$", body, flags=re.M):
        found[match.group(1)] = match.group(2)
    return found


def evaluate(expression, known):
    """The value of a C constant expression of numbers and earlier limits."""
    expression = re.sub(r"\b(\d+(?:\.\d+)?)[uUlLfF]+\b", r"\1", expression)
    expression = re.sub(r"\([a-z_0-9]+ ?[a-z_0-9]*\)", "", expression)
    expression = re.sub(r"[A-Z][A-Z0-9_]+", lambda match: str(known[match.group(0)]), expression)
    if not re.fullmatch(r"[0-9.+\-*/<>() ]+", expression):
        raise ValueError(expression)
    return eval(expression.replace("/", "//") if "." not in expression else expression)


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
problems += [f"assets/doc/limits.md: {constant} is no limit any more" for constant in table if constant not in known]
finish(problems, len(known))
