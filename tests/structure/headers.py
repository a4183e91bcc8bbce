#!/usr/bin/python3
"""Each header compiles alone, as C17 with warnings, twice in a row."""
import shlex
import subprocess
import tempfile

from sources import TOP, c_files, finish

LIBRARIES = ["sdl2", "SDL2_image", "SDL2_ttf", "fribidi", "fontconfig", "libical", "libcurl", "sqlite3", "jansson"]

flags = shlex.split(subprocess.run(["pkg-config", "--cflags", *LIBRARIES], capture_output=True, text=True, check=True).stdout)
headers = [name for name in c_files("ical", "db", "app") if name.endswith(".h")]
problems = []
with tempfile.NamedTemporaryFile("w", suffix=".c") as unit:
    for name in headers:
        unit.seek(0)
        unit.truncate()
        unit.write(f'#include "{TOP / name}"\n#include "{TOP / name}"\ntypedef int nothing_else;\n')
        unit.flush()
        done = subprocess.run(["gcc", "-std=c17", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Wpedantic", "-Werror",
                               "-fsyntax-only", f"-I{TOP}", *flags, unit.name], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            problems.append(f"{name}: cannot be used alone:\n{done.stderr}")
finish(problems, len(headers))
