#!/usr/bin/python3
"""No files call each other in a circle: read from the build's object files, so that it holds for what is linked. A circle
means that two nouns share a file's worth of work, or that a helper stands in the file of whoever needs it first."""
import os
import pathlib
import subprocess

from sources import finish

BUILD = pathlib.Path(os.environ["KIOSK_BINARY_DIR"])
LAYERS = ["ical/CMakeFiles/*.dir", "db/CMakeFiles/*.dir", "app/CMakeFiles/app_*.dir"]


def symbols(path):
    """What an object file defines for others, and what it wants from them."""
    lines = subprocess.run(["nm", "-P", path], capture_output=True, text=True, check=True).stdout.splitlines()
    entries = [line.split()[:2] for line in lines if len(line.split()) >= 2]
    return {name for name, kind in entries if kind in "TBDRC"}, {name for name, kind in entries if kind == "U"}


def circles(calls):
    """The strongly connected components of more than one node (Tarjan)."""
    number, lowest, stack, found = {}, {}, [], []

    def visit(node):
        number[node] = lowest[node] = len(number)
        stack.append(node)
        for other in calls.get(node, ()):
            if other not in number:
                visit(other)
                lowest[node] = min(lowest[node], lowest[other])
            elif other in stack:
                lowest[node] = min(lowest[node], number[other])
        if lowest[node] == number[node]:
            at = stack.index(node)
            if len(stack) - at > 1:
                found.append(sorted(stack[at:]))
            del stack[at:]

    for node in calls:
        if node not in number:
            visit(node)
    return found


problems = []
if circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}}) != [["b", "c"]]:
    problems.append("the search for circles does not find one")

objects = {}
for pattern in LAYERS:
    for path in sorted(BUILD.glob(f"{pattern}/**/*.c.o")):
        parts = path.relative_to(BUILD).parts
        objects["/".join([parts[0], *parts[3:]])[:-2]] = symbols(path)
home = {symbol: name for name, (defined, _) in objects.items() for symbol in defined}
calls = {name: {home[symbol] for symbol in wanted if home.get(symbol, name) != name} for name, (_, wanted) in objects.items()}
for circle in circles(calls):
    problems.append(f"{', '.join(circle)} call each other:")
    for name in circle:
        for other in sorted(calls[name] & set(circle)):
            problems.append(f"    {name} calls {other}: {', '.join(sorted(objects[name][1] & objects[other][0]))}")
finish(problems, len(objects))
