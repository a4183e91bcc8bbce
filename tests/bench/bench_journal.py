#!/usr/bin/python3
"""What a journal costs that holds many check-ins already, beside an empty one: a check-in, opening it, and erasing the
oldest thousand.

    bench_journal.py            up to 100,000 check-ins, as with the tests
    bench_journal.py --long     up to a million

A check-in is compared with a bare SQLite insert with synchronous=EXTRA into a copy of the same file, in turn, on the
disk that holds the build folder. What is past its promise is measured again, because other programs disturb it."""
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile

BUILD = pathlib.Path(os.environ["KIOSK_BINARY_DIR"])
SIZES, LONG, TRIES = [0, 20000, 100000], [1000000], 6
CHECK_IN_MAX = 1.3   # × a bare insert
OPENING_MAX = 1.5    # × an empty journal, in processor time of a command that opens it and shows what is in it
MEMORY_MAX = 1.2     # × the same command's with an empty journal
ERASING_MAX = 0.35   # the exponent with which erasing so many grows by what stays


def status(folder):
    """Processor time and peak memory of a program that opens the journal and shows what is in it."""
    program = subprocess.Popen([BUILD / "bin" / "satellitkiosk", "--config", folder / "kiosk.conf", "--state", folder / "state",
                                "--now", "2026-11-23T10:00", "status"], stdout=subprocess.DEVNULL)
    _, code, about = os.wait4(program.pid, 0)
    program.returncode = os.waitstatus_to_exitcode(code)
    return about.ru_utime + about.ru_stime, about.ru_maxrss / 1024


def measure(size):
    with tempfile.TemporaryDirectory(dir=BUILD) as name:
        folder = pathlib.Path(name)
        done = subprocess.run([BUILD / "tests" / "bench_journal", folder, str(size)], check=True, capture_output=True, text=True)
        figures = json.loads(done.stdout)
        rounds = [status(folder) for _ in range(3)]
        figures["status"] = min(cpu for cpu, _ in rounds)
        figures["memory"] = min(memory for _, memory in rounds)
        return figures


def exponent(known, sizes, key):
    return math.log(known[sizes[-1]][key] / known[sizes[0]][key], sizes[-1] / sizes[0])


def check(known):
    """What is past its promise."""
    empty, filled = known[0], [size for size in known if size > 0]
    past = [("erasing", exponent(known, filled, "erase"), ERASING_MAX)]
    for size, figures in known.items():
        past += [(f"a check-in beside {size} / a bare insert", figures["ratio"], CHECK_IN_MAX),
                 (f"status of {size} / of none", figures["status"] / empty["status"], OPENING_MAX),
                 (f"its memory with {size} / with none", figures["memory"] / empty["memory"], MEMORY_MAX)]
    return [(what, value, limit) for what, value, limit in past if value > limit]


def main():
    sizes, known, past = SIZES + (LONG if "--long" in sys.argv else []), {}, []
    for _ in range(TRIES):
        for size in sizes:
            fresh = measure(size)
            known[size] = {key: min(value, known.get(size, fresh)[key]) for key, value in fresh.items()}
        past = check(known)
        if not past:
            break
    print("| check-ins | a check-in / a bare insert | opening | `status` | its memory | erasing 1,000 |")
    print("|--:|--:|--:|--:|--:|--:|")
    for size, figures in known.items():
        print(f"| {size:,} | {figures['ratio']:.2f} | {1000 * figures['open']:.1f} ms | {1000 * figures['status']:.0f} ms | {figures['memory']:.0f} MiB "
              f"| {1000 * figures['erase']:.0f} ms |")
    print(f"the exponent of erasing by what stays: {exponent(known, sizes[1:], 'erase'):.2f}")
    for what, value, limit in past:
        print(f"PAST {what}: {value:.2f}, at most {limit}")
    sys.exit(bool(past))


main()
