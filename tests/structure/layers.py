#!/usr/bin/python3
"""Includes point one way only, inside app/ too, and foreign libraries stay in the files that are theirs."""
import functools
import re

from sources import TOP, c_files, code, finish, text

# Every folder, and the folders whose headers it may include besides its own.
KNOWS = {"ical": [], "db": ["ical"]}
for room, below in {
    "base": [],
    "config": ["base"],
    "office": ["base", "config"],
    "model": ["base", "config", "office"],
    "layout": ["base", "config", "office", "model"],
    "draw": ["base", "config", "office", "model", "layout"],
    "speech": ["base", "config", "office", "model", "layout"],
    "sync": ["base", "config", "office"],
    "screen": ["base", "config", "office", "model", "layout", "draw", "speech", "sync"],
    "cli": ["base", "config", "office", "model", "layout", "draw", "speech", "sync", "screen"],
    "setup": ["base", "config", "office", "model", "layout", "draw", "speech", "sync", "screen", "cli"],
}.items():
    KNOWS[f"app/{room}"] = ["ical"] + ([] if room in ("base", "config") else ["db"]) + [f"app/{other}" for other in below]
KNOWS["app"] = [folder for folder in KNOWS if folder.startswith("app/")]  # main.c wires the rooms together.

# What is computed here comes from its arguments alone; the headers use nothing but C itself.
PURE = {"app/office", "app/model", "app/layout"}
C_HEADERS = {"stdbool.h", "stddef.h", "stdint.h", "stdatomic.h", "stdio.h", "stdarg.h", "limits.h", "inttypes.h", "time.h"}

# The beginning of a foreign header's name → the folders whose .c files may include it.
FOREIGN = {
    "sqlite3.h": ["db"],
    "openssl/": ["db"],
    "libical/": ["ical"],
    "curl/": ["ical"],
    "unicode/": ["ical"],
    "seccomp.h": ["ical"],
    "linux/landlock.h": ["ical"],
    "xxhash.h": ["ical"],
    "zlib.h": ["ical"],
    "jansson.h": ["ical", "app/sync", "app/screen", "app/cli"],
    "confuse.h": ["app/config"],
    "pcre2.h": ["app/base"],
    "libintl.h": ["app/base"],
    "hyphen.h": ["app/layout"],
    "SDL": ["app/draw", "app/speech", "app/screen"],
    "wayland-": ["app/screen"],
    "xcb/": ["app/screen"],
    "xf86drm": ["app/screen"],
    "fribidi": ["app/draw"],
    "fontconfig/": ["app/draw"],
    "qrencode.h": ["app/draw"],
    "espeak-ng/": ["app/speech"],
    "systemd/": ["app/base", "app/screen", "app/cli"],
}
# Only the headers of these folders may show a foreign type, and only SDL's or that of the text libraries.
SHOWN = {"SDL": ["app/draw", "app/screen"]}

# Only these draw; only these read a clock.
DRAWING = {"app/draw/draw.c"}
CLOCKS = {"app/base/clock.c", "app/screen/watchdog.c", "ical/quietpipe.c", "ical/wait.c", "ical/reader.c", "ical/fetch.c"}


@functools.cache  # a header is reached from many files
def includes(name):
    """(line, is foreign, what) of each include of a file."""
    found = []
    for number, line in enumerate(text(name).splitlines(), 1):
        match = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if match:
            found.append((number, match.group(1) == "<", match.group(2)))
    return found


def folder_of(name):
    return name.rpartition("/")[0]


@functools.cache
def is_ours(path):
    return (TOP / path).is_file()


def own_path(name, wanted):
    """Where an include of our own leads: a bare name stays in the folder, a path starts at the top of the tree."""
    return wanted if "/" in wanted else f"{folder_of(name)}/{wanted}"


def is_private(name):
    return name.endswith("/private.h") or name.endswith("_private.h")


def own_problem(name, wanted):
    path = own_path(name, wanted)
    here, there = folder_of(name), folder_of(path)
    if not is_ours(path):
        return f"there is no {path}"
    if here == there:
        return f"write \"{wanted.rpartition('/')[2]}\", without the folder" if "/" in wanted else None
    if there not in KNOWS.get(here, []):
        return f"{here}/ may not know {path}"
    return f"{path} is private to {there}/" if is_private(path) else None


def foreign_problem(name, wanted):
    here = folder_of(name)
    for beginning, homes in FOREIGN.items():
        if wanted.startswith(beginning):
            if here not in homes:
                return f"<{wanted}> belongs in {' or '.join(f'{home}/' for home in homes)}"
            if name.endswith(".h") and here not in SHOWN.get(beginning, []):
                return f"<{wanted}> may not stand in a header"
    return None


def reach(name, seen):
    """The file and every header of ours that it pulls in."""
    for _, is_foreign, wanted in includes(name):
        header = own_path(name, wanted)
        if not is_foreign and header not in seen and is_ours(header):
            seen.add(header)
            reach(header, seen)
    return seen


def pure_problems(name):
    """A pure file reaches no library but its folder's own; a pure header reaches nothing but C."""
    for reached in sorted({name} | reach(name, set())):
        for number, is_foreign, wanted in includes(reached):
            if is_foreign and name.endswith(".h") and wanted not in C_HEADERS:
                yield f"{name}: is a pure header but reaches <{wanted}> ({reached}:{number})"
            elif is_foreign and any(wanted.startswith(beginning) and folder_of(name) not in homes for beginning, homes in FOREIGN.items()):
                yield f"{name}: is pure but reaches <{wanted}> ({reached}:{number})"


def file_problems(name):
    for number, is_foreign, wanted in includes(name):
        problem = foreign_problem(name, wanted) if is_foreign else own_problem(name, wanted)
        if problem:
            yield f"{name}:{number}: {problem}"
    if folder_of(name) in PURE:
        yield from pure_problems(name)
    if name not in DRAWING and re.search(r"\bSDL_(Render|CreateRenderer|CreateTexture)\w*\s*\(", code(name)):
        yield f"{name}: calls the renderer, which only {sorted(DRAWING)} may"
    if name not in CLOCKS and re.search(r"\b(time|clock_gettime|gettimeofday|localtime|localtime_r)\s*\(", code(name)):
        yield f"{name}: reads a clock; time is a parameter"
    if folder_of(name) not in KNOWS:
        yield f"{name}: {folder_of(name)}/ has no place in the order of the folders"
    stem = name.rpartition("/")[2]
    if stem.startswith(folder_of(name).rpartition("/")[2] + "_"):
        yield f"{name}: the folder says that already"


def targets(folder):
    """The sources of each library and program of a folder, by target."""
    lists = re.sub(r"#[^\n]*", "", text(f"{folder}/CMakeLists.txt"))
    found = {}
    for name, body in re.findall(r"add_(?:library|executable)\((\w+)([^)]*)\)", lists):
        found[name] = {f"{folder}/{source}" for source in re.findall(r"\w+\.c", body)}
    return found


def reader_problems():
    """libical can be hung or crashed by what it reads: only the separate reader's library may link it."""
    risky = {name for name in c_files("ical", headers=False) if "#include <libical/" in text(name)}
    for target, members in targets("ical").items():
        if target != "kiosk_icsread":
            for name in sorted(risky & members):
                yield f"{name}: libical outside the reader's process ({target})"


sources = c_files("ical", "db", "app")
problems = [problem for name in sources for problem in file_problems(name)] + list(reader_problems())
flat = [name for name in sources if folder_of(name) == "app" and name != "app/main.c"]
problems += [f"{name}: lies flat in app/; it belongs in one of its folders" for name in flat]
finish(problems, len(sources))
