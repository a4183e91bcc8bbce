#!/usr/bin/python3
"""What must not stand in the project: things left undone, files and functions too long to read, build products,
strange folders. The script also prints how long functions are."""
import re

from sources import c_files, code, files, finish, text

UNDONE = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX|HA" r"CK)\b")
TOP_LEVEL = {"app", "assets", "ical", "db", "systemd", "tests", "CMakeLists.txt", "CMakePresets.json", "README.md"}
PRODUCTS = re.compile(r"\.(o|a|so|mo|pyc|gcda|gcno|deb|db|db-journal|log|orig|rej)$|(^|/)(__pycache__|CMakeFiles|CMakeCache\.txt)(/|$)")
SOURCE = re.compile(r"\.(c|h|py|sh|cmake|txt|md|po|conf|in|service|[1-8])$|/run$|^[^.]*$")
FILE_LINES, FUNCTION_LINES = 600, 80


def functions(name):
    """(first line, number of lines, name) of each function: a brace in the first column opens and closes it."""
    lines = code(name).splitlines()
    start = None
    for number, line in enumerate(lines):
        if line == "{":
            start = number
        elif line == "}" and start is not None:
            head = start
            while head > 0 and lines[head - 1].strip() and not lines[head - 1].startswith(("}", "#")):
                head -= 1
            words = re.findall(r"(\w+)\s*\(", " ".join(lines[head:start]))
            yield head + 1, number - head + 1, words[0] if words else "?"
            start = None


problems = []
everything = files()
for name in everything:
    if name.split("/")[0] not in TOP_LEVEL and not name.startswith("."):
        problems.append(f"{name}: does not belong at the top")
    if PRODUCTS.search(name):
        problems.append(f"{name}: is made by the build")
    if SOURCE.search(name):
        for number, line in enumerate(text(name).splitlines(), 1):
            if UNDONE.search(line):
                problems.append(f"{name}:{number}: left undone: {line.strip()}")

lengths = []
for name in c_files("ical", "db", "app", "tests"):
    lines = text(name).count("\n")
    if lines > FILE_LINES:
        problems.append(f"{name}: {lines} lines: does it hold one noun?")
    if not text(name).startswith("/*"):
        problems.append(f"{name}: does not open with its idea")
    if not name.startswith("tests/") and name.endswith(".c"):
        lengths += [(length, f"{name}:{line} {function}") for line, length, function in functions(name)]
lengths.sort(reverse=True)
problems += [f"{where}: {length} lines in one function" for length, where in lengths if length > FUNCTION_LINES]
if lengths:
    print(f"{len(lengths)} functions; p50 {lengths[len(lengths) // 2][0]}, p90 {lengths[len(lengths) // 10][0]} lines; longest:")
    print("\n".join(f"  {length:3} {where}" for length, where in lengths[:5]))
finish(problems, len(everything))
