#!/usr/bin/python3
"""What a journal costs that is four times as large: `checkins` prints it in four times the processor time, and not more."""
import math
import os
import pathlib
import resource
import subprocess
import sys
import tempfile

BUILD = pathlib.Path(os.environ["KIOSK_BINARY_DIR"])
SMALL, FACTOR, ROUNDS = 25000, 4, 5
EXPONENT_MAX = 1.4  # 1.05 on a quiet machine; larger tables miss the processor's caches more often.
OFFICE = 'office "Kontoret" { zone = "Europe/Stockholm" }\n'
OLDEST, NEWEST = 1795000000, 1795900000


def cpu_s(folder, state):
    """The least of a few runs: whatever else the machine does makes it more."""
    def once():
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([BUILD / "bin" / "satellitkiosk", "--config", folder / "kiosk.conf", "--state", state, "checkins", "--csv"],
                       check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime - before.ru_utime
    return min(once() for _ in range(ROUNDS))


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "kiosk.conf").write_text(OFFICE, encoding="utf-8")
        times = []
        for count in 0, SMALL, FACTOR * SMALL:
            state = folder / str(count)
            state.mkdir(mode=0o700)
            subprocess.run([BUILD / "tests" / "fill_journal", state, str(count), str(OLDEST), str(NEWEST)], check=True)
            times.append(cpu_s(folder, state))
        start, small, large = times
        exponent = math.log((large - start) / (small - start), FACTOR)
        print(f"checkins of {FACTOR * SMALL} entries / of {SMALL}: {large:.2f} s / {small:.2f} s, exponent {exponent:.2f} "
              f"(limit {EXPONENT_MAX})")
        sys.exit(exponent > EXPONENT_MAX)


main()
