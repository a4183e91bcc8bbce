#!/usr/bin/python3
"""What layers.py must find: each wrong include is planted in a copy of the sources, alone, and must be reported."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from sources import TOP, c_files, finish

# file, the line that is planted, what the report must say
PLANTED = [
    ("app/draw/view.h", '#include "app/sync/sync.h"', "app/draw/ may not know app/sync/sync.h"),
    ("app/draw/view.h", '#include "app/screen/loop.h"', "app/draw/ may not know app/screen/loop.h"),
    ("app/model/private.h", '#include "app/layout/layout.h"', "app/model/ may not know app/layout/layout.h"),
    ("app/office/private.h", '#include "app/sync/sync.h"', "app/office/ may not know app/sync/sync.h"),
    ("app/office/snapshot.h", "#include <jansson.h>", "app/office/office.h: is a pure header but reaches <jansson.h>"),
    ("app/office/snapshot.h", "#include <pthread.h>", "is a pure header but reaches <pthread.h>"),
    ("app/base/arena.h", '#include "app/config/config.h"', "app/base/ may not know app/config/config.h"),
    ("app/layout/grid.c", '#include "app/model/private.h"', "app/model/private.h is private to app/model/"),
    ("app/layout/grid.c", "#include <SDL.h>", "<SDL.h> belongs in"),
    ("app/sync/sync.c", '#include "app/model/model.h"', "app/sync/ may not know app/model/model.h"),
    ("app/screen/loop.h", "#include <jansson.h>", "<jansson.h> may not stand in a header"),
    ("app/cli/status.c", "#include <sqlite3.h>", "<sqlite3.h> belongs in db/"),
    ("ical/fetch.c", '#include "db/cache.h"', "ical/ may not know db/cache.h"),
    ("db/store.c", "#include <curl/curl.h>", "<curl/curl.h> belongs in ical/"),
    ("app/model/words.c", '#include "../sync/sync.h"', "there is no ../sync/sync.h"),
    ("app/stray.c", "", "lies flat in app/"),
    ("app/layout/layout_grid.c", "", "the folder says that already"),
    ("app/attic/old.c", "", "has no place in the order of the folders"),
]
HERE = pathlib.Path(__file__).resolve().parent


def report(top):
    environment = os.environ | {"KIOSK_SOURCE_DIR": str(top)}
    done = subprocess.run([sys.executable, HERE / "layers.py"], env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


problems = []
with tempfile.TemporaryDirectory() as folder:
    copy = pathlib.Path(folder)
    for name in [*c_files("ical", "db", "app"), "ical/CMakeLists.txt"]:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(TOP / name, copy / name)
    if report(copy)[0] != 0:
        problems.append(f"the sources as they are: {report(copy)[1]}")
    for name, line, expected in PLANTED:
        path = copy / name
        before = path.read_text(encoding="utf-8") if path.exists() else None
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"/* {name} */\n{line}\n{before or ''}", encoding="utf-8")
        status, output = report(copy)
        if status == 0 or expected not in output:
            problems.append(f"{name} with {line}: expected \"{expected}\", got:\n{output}")
        if before is None:
            path.unlink()
        else:
            path.write_text(before, encoding="utf-8")
finish(problems, len(PLANTED))
