#!/usr/bin/python3
"""Includes point downward only, and foreign libraries stay in the files that are theirs."""
import re

from sources import TOP, c_files, code, finish, text

# What a folder may include from another folder.
DOWNWARD = {
    "ical": set(),
    "db": {"../ical/occurrence.h", "../ical/err.h", "../ical/civil.h", "../ical/zone.h"},
    "app": {"../ical/", "../db/"},
}
# A foreign header's beginning → the folder whose .c files may include it, and whether headers may too.
FOREIGN = {
    "sqlite3.h": ("db", False),
    "libical/": ("ical", False),
    "curl/": ("ical", False),
    "unicode/": ("ical", False),
    "seccomp.h": ("ical", False),
    "xxhash.h": ("ical", False),
    "SDL": ("app", True),
    "hb": ("app", True),
    "ft2build.h": ("app", True),
    "fribidi": ("app", True),
    "fontconfig/": ("app", False),
    "qrencode.h": ("app", False),
    "confuse.h": ("app", False),
    "systemd/": ("app", False),
}
# Only these draw; only these read a clock.
DRAWING = {"app/draw.c"}
CLOCKS = {"app/clock.c", "app/watchdog.c", "ical/quietpipe.c", "ical/wait.c", "ical/reader.c", "ical/fetch.c"}


def includes(name):
    for number, line in enumerate(text(name).splitlines(), 1):
        match = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if match:
            yield number, match.group(1) == "<", match.group(2)


def own_include_problem(folder, wanted):
    if "/" not in wanted:
        return None if (TOP / folder / wanted).exists() else f"{wanted} is not in {folder}/"
    if any(wanted == allowed or (allowed.endswith("/") and wanted.startswith(allowed)) for allowed in DOWNWARD[folder]):
        return None
    return f"{folder}/ may not include {wanted}"


def foreign_include_problem(name, folder, wanted):
    for beginning, (home, in_headers) in FOREIGN.items():
        if wanted.startswith(beginning):
            if folder != home:
                return f"<{wanted}> belongs in {home}/"
            if name.endswith(".h") and not in_headers:
                return f"<{wanted}> may not stand in a header"
    return None


def targets(folder):
    """The sources of each library and program of a folder, by target."""
    lists = re.sub(r"#[^\n]*", "", text(f"{folder}/CMakeLists.txt"))
    found = {}
    for name, body in re.findall(r"add_(?:library|executable)\((\w+)([^)]*)\)", lists):
        found[name] = {f"{folder}/{source}" for source in re.findall(r"\w+\.c", body)}
    return found


def reach(name, seen):
    """The file and every header of ours that it pulls in."""
    for _, is_foreign, wanted in includes(name):
        path = (TOP / name).parent / wanted
        if not is_foreign and path.exists():
            header = str(path.resolve().relative_to(TOP.resolve()))
            if header not in seen:
                seen.add(header)
                reach(header, seen)
    return seen


problems = []
sources = c_files("ical", "db", "app")
for name in sources:
    folder = name.split("/")[0]
    for number, is_foreign, wanted in includes(name):
        problem = foreign_include_problem(name, folder, wanted) if is_foreign else own_include_problem(folder, wanted)
        if problem:
            problems.append(f"{name}:{number}: {problem}")
    if name not in DRAWING and re.search(r"\bSDL_(Render|CreateRenderer|CreateTexture)\w*\s*\(", code(name)):
        problems.append(f"{name}: calls the renderer, which only {sorted(DRAWING)} may")
    if name not in CLOCKS and re.search(r"\b(time|clock_gettime|gettimeofday|localtime|localtime_r)\s*\(", code(name)):
        problems.append(f"{name}: reads a clock; time is a parameter")

# The pure parts see no SDL, SQL, network or program that has them.
pure_foreign = ("sqlite3", "curl/", "SDL", "libical/", "systemd/", "unicode/")
pure = targets("app")["kiosk_core"]
for name in sorted(pure):
    for reached in {name} | reach(name, set()):
        for number, is_foreign, wanted in includes(reached):
            if is_foreign and wanted.startswith(pure_foreign):
                problems.append(f"{name}: is pure but reaches <{wanted}> ({reached}:{number})")

# libical can be hung or crashed by what it reads: only the separate reader's library may link it.
ical = targets("ical")
risky = {name for name in c_files("ical", headers=False) if "#include <libical/" in text(name)}
for target, members in ical.items():
    if target != "kiosk_icsread":
        problems += [f"{name}: libical outside the reader's process ({target})" for name in sorted(risky & members)]
finish(problems, len(sources))
