#!/usr/bin/python3
"""What limits.py must find: each stray limit, and each row of the document that is wrong, is planted in a copy, alone."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from sources import TOP, c_files, finish

# file, the line that is put into it, what the report must say
PLANTED = [
    ("app/sync/news.c", "enum { NEWS_AGAIN_MS = 100 };", "app/sync/news.c: NEWS_AGAIN_MS is a limit or a pace"),
    ("app/sync/pace.h", "enum {\n\tPACE_LONGEST_DAYS = 2 * 3, /* … */\n\tOTHER\n};", "app/sync/pace.h: PACE_LONGEST_DAYS is"),
    ("ical/rule.c", "#define RULE_TEXT_MAX 8192", "ical/rule.c: RULE_TEXT_MAX is"),
    ("db/store.c", "#define STORE_TIMEOUT (INT64_C(3) << 2)", "db/store.c: STORE_TIMEOUT is"),
    ("app/base/limits.h", "enum { PLANTED_MAX = 7 };", "PLANTED_MAX (app/base/limits.h: 7) is not in the table"),
    ("assets/doc/limits.md", "| `GONE_MAX` | 7 | bytes |", "GONE_MAX is no limit any more"),
]
# What is no limit, or is computed from one, may stand where it is used.
ALLOWED = [
    ("app/sync/news.c", "enum { NEWS_KINDS = 7, NEWS_ROOM_MAX = SYNC_QUEUE_MAX + 1 };"),
    ("app/sync/news.c", "enum { NEWS_ROOM = SYNC_QUEUE_MAX + 1, NEWS_BYTES_MAX = 4 * NEWS_ROOM };"),
    ("app/sync/news.c", "enum { NEWS_MAX = sizeof(int) };"),
    ("app/sync/news.c", "/* NEWS_MAX = 7 */"),
]
HERE = pathlib.Path(__file__).resolve().parent


def report(top):
    environment = os.environ | {"KIOSK_SOURCE_DIR": str(top)}
    done = subprocess.run([sys.executable, HERE / "limits.py"], env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def report_with(path, line):
    before = path.read_text(encoding="utf-8")
    path.write_text(f"{before}\n{line}\n", encoding="utf-8")
    found = report(path_top)
    path.write_text(before, encoding="utf-8")
    return found


problems = []
with tempfile.TemporaryDirectory() as folder:
    path_top = pathlib.Path(folder)
    for name in [*c_files("ical", "db", "app"), "assets/doc/limits.md"]:
        (path_top / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(TOP / name, path_top / name)
    if report(path_top)[0] != 0:
        problems.append(f"the sources as they are: {report(path_top)[1]}")
    for name, line, expected in PLANTED:
        status, output = report_with(path_top / name, line)
        if status == 0 or expected not in output:
            problems.append(f"{name} with {line}: expected \"{expected}\", got:\n{output}")
    for name, line in ALLOWED:
        status, output = report_with(path_top / name, line)
        if status != 0:
            problems.append(f"{name} with {line}: expected no problem, got:\n{output}")
    (path_top / "ical/civil.h").unlink()
    if "ical/civil.h has no DAY_S" not in report(path_top)[1]:
        problems.append("an excuse for what is gone must be reported")
finish(problems, len(PLANTED) + len(ALLOWED) + 1)
