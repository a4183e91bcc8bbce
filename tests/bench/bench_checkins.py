#!/usr/bin/python3
"""What it costs to print a journal: `checkins` takes a time that is proportional to the number of entries, and not many
times what SQLite takes alone to hand the same rows to a program that writes them as CSV.

    bench_checkins.py           100,000 entries
    bench_checkins.py --long    a million"""
import csv
import math
import os
import pathlib
import resource
import sqlite3
import subprocess
import sys
import tempfile

BUILD = pathlib.Path(os.environ["KIOSK_BINARY_DIR"])
COUNTS, LONG, ROUNDS, TRIES = [25000, 100000], 1000000, 5, 3
EXPONENT_MAX = 1.1  # 1.05 and what the processor's caches add, which hold less of a larger table
DUMP_MAX = 2.0      # × SQLite's rows as Python writes them
OFFICE = 'office "Kontoret" { zone = "Europe/Stockholm" }\n'
OLDEST, NEWEST = 1795000000, 1795900000


def print_all(folder, state):
    """The least of a few runs: whatever else the machine does makes it more."""
    def once():
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([BUILD / "bin" / "satellitkiosk", "--config", folder / "kiosk.conf", "--state", state, "checkins", "--csv"],
                       check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime - before.ru_utime
    return min(once() for _ in range(ROUNDS))


def dump(state):
    def once():
        before = resource.getrusage(resource.RUSAGE_SELF)
        with open(os.devnull, "w", encoding="utf-8") as out:
            rows = sqlite3.connect(f"file:{state}/journal.db?mode=ro", uri=True).execute("SELECT * FROM entry ORDER BY id")
            csv.writer(out).writerows(rows)
        return resource.getrusage(resource.RUSAGE_SELF).ru_utime - before.ru_utime
    return min(once() for _ in range(ROUNDS))


def main():
    counts = COUNTS + ([LONG] if "--long" in sys.argv else [])
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "kiosk.conf").write_text(OFFICE, encoding="utf-8")
        for count in [0] + counts:
            (folder / str(count)).mkdir(mode=0o700)
            subprocess.run([BUILD / "tests" / "fill_journal", folder / str(count), str(count), str(OLDEST), str(NEWEST)], check=True)
        known = {}
        for _ in range(TRIES):
            for count in [0] + counts:
                known[count] = min(print_all(folder, folder / str(count)), known.get(count, math.inf))
            bare = min(dump(folder / str(counts[-1])), known.get("dump", math.inf))
            known["dump"] = bare
            first, last = counts[0], counts[-1]
            exponent = math.log((known[last] - known[0]) / (known[first] - known[0]), last / first)
            if exponent <= EXPONENT_MAX and known[last] <= DUMP_MAX * bare:
                break
        print(f"checkins of {last} entries / of {first}: {known[last]:.2f} s / {known[first]:.2f} s, exponent {exponent:.2f} "
              f"(limit {EXPONENT_MAX}); {known[last] / bare:.1f} × SQLite's dump of {bare:.2f} s (limit {DUMP_MAX})")
        sys.exit(exponent > EXPONENT_MAX or known[last] > DUMP_MAX * bare)


main()
