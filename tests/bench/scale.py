#!/usr/bin/env python3
"""How costs grow: runs bench_sync over sizes and fits the exponent of each cost, as a line through the logarithms.

    scale.py            what runs with the tests
    scale.py --long     up to 64 feeds and 20,000 bookings
    scale.py --slow 8   also what the figures mean on a processor that is so many times slower

A cost that grows faster than its promise fails. Processor time is counted, so that other programs matter little; what is
past its promise is measured again."""

import json
import math
import os
import subprocess
import sys

TESTS = os.path.join(os.environ.get("KIOSK_BINARY_DIR", ".build/release"), "tests")
TRIES = 3

# Name, sizes as (feeds, bookings of each, places), in tests and beside them, the number that grows, and what is promised:
# the exponent of each cost.
SERIES = [
    ("bookings of a feed", [(1, n, 20) for n in (1000, 4000, 16000)], [(1, 20000, 20)], 1,
     {"first": 1.1, "equal": 1.1, "changed": 1.1, "screen": 1.1}),
    ("feeds of 1,000 bookings", [(n, 1000, 20) for n in (1, 4, 16)], [(64, 1000, 20)], 0,
     {"first": 1.05, "change": 0.4, "screen": 1.1}),
    ("places of 4,000 bookings", [(1, 4000, n) for n in (10, 40, 160)], [], 2, {"first": 0.5, "equal": 0.2}),
]
READING_MAX = 2.5  # times the readings of all its feeds that a first look costs
# The largest office that the program has limits for, its first look and its memory beside what the screens show.
LARGEST = (64, 20000, 20)
ROW_BYTES = 2 * 136 + 160  # of a row that is shown: in its feed's list and in that of all feeds, and its texts
MEMORY_MAX_MIB = 128
# Where taps are sent to a worker that reads all feeds, reads them again, and takes over what another one has read.
BUSY = [(1, 16000, 200)]
BUSY_LONG = [(1, 20000, 200), (64, 4000, 20)]
BUSY_MAX_MS = 100
CHANGED_MAX = 1.3  # times a look at a feed that has not changed, beyond the reading of the event

WORDS = {
    "first": "first reading",
    "equal": "a look when a feed was only stamped anew",
    "changed": "a look when one title has changed",
    "change": "… beyond a look when none has",
    "event": "reading one event",
    "screen": "making the screen",
}


def ask(bench, size):
    done = subprocess.run([os.path.join(TESTS, bench), *map(str, size)], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def run(size):
    figures = ask("bench_sync", size)
    figures["change"] = max(figures["changed"] - figures["equal"], 1e-5)
    return figures


def exponent(points):
    logs = [(math.log(size), math.log(max(cost, 1e-6))) for size, cost in points]
    middle = [sum(values) / len(logs) for values in zip(*logs)]
    above = sum((x - middle[0]) * (y - middle[1]) for x, y in logs)
    return above / sum((x - middle[0]) ** 2 for x, _ in logs)


def measure(sizes, known):
    """The least of what was measured so far, of each cost."""
    for size in sizes:
        fresh = run(size)
        before = known.get(size, fresh)
        known[size] = {key: min(value, before[key]) for key, value in fresh.items()}
    return known


def check(name, sizes, axis, promises):
    known, late = {}, []
    for _ in range(TRIES):
        measure(sizes, known)
        late, lines = [], []
        for cost, promise in promises.items():
            slope = exponent([(size[axis], known[size][cost]) for size in sizes])
            largest = known[sizes[-1]][cost] * 1000
            lines.append(f"{name:26} {WORDS[cost]:42} {largest:10.1f} ms   exponent {slope:5.2f}, at most {promise}")
            late += [cost] if slope > promise else []
        if not late:
            break
    print("\n".join(lines))
    return known, late


def beyond_the_event(known):
    """What one changed title costs, in looks at a feed that has not changed."""
    size = max(known, key=lambda size: size[1])
    for _ in range(TRIES):
        figures = known[size]
        ratio = (figures["changed"] - figures["event"]) / figures["equal"]
        if ratio <= CHANGED_MAX:
            break
        measure([size], known)
    print(f"one changed title among {size[1]}: {ratio:.2f} times a look, at most {CHANGED_MAX}")
    return ratio <= CHANGED_MAX


def beyond_the_readings(known):
    """What a first look costs, in readings of its calendars and nothing else."""
    size = max(known)
    ratio = known[size]["first"] / (size[0] * known[size]["reading"])
    print(f"a first look at {size[0]} × {size[1]}: {ratio:.2f} times the readings, at most {READING_MAX}")
    return ratio <= READING_MAX


def largest():
    figures = run(LARGEST)
    shown_mib = figures["rows"] * ROW_BYTES / (1 << 20)
    beside_mib = figures["peak_mib"] - shown_mib
    print(f"{LARGEST[0]} × {LARGEST[1]}: first look {figures['first']:.1f} s, one changed title "
          f"{(figures['change'] - figures['event']) * 1000:.0f} ms beyond an equal look and the event, screen "
          f"{figures['screen'] * 1000:.0f} ms; {figures['peak_mib']:.0f} MiB, of which the screens need {shown_mib:.0f}, "
          f"the rest at most {MEMORY_MAX_MIB}")
    return beside_mib <= MEMORY_MAX_MIB and beyond_the_readings({LARGEST: figures})


def is_never_deaf(size):
    """The longest of many taps, in the processor time of the worker's thread until it is answered."""
    least = math.inf
    for _ in range(TRIES):
        figures = ask("bench_busy", size)
        least = min(least, max(figures[phase] for phase in ("first", "again", "follower")))
        if least <= BUSY_MAX_MS:
            break
    print(f"a tap while {size[0]} × {size[1]} bookings are read, {size[2]} places: {least:.0f} ms, at most {BUSY_MAX_MS}")
    return least <= BUSY_MAX_MS


def print_slow(known, factor):
    print(f"\nComputed for a processor that is {factor:g} times slower, not measured there:")
    for size, figures in sorted(known.items()):
        costs = ", ".join(f"{WORDS[cost]} {figures[cost] * factor * 1000:.0f} ms"
                          for cost in ("first", "equal", "changed", "screen"))
        print(f"  {size[0]} × {size[1]} bookings, {size[2]} places: {costs}; {figures['peak_mib']:.0f} MiB")


def main():
    is_long = "--long" in sys.argv
    slow = float(sys.argv[sys.argv.index("--slow") + 1]) if "--slow" in sys.argv else 0
    everything, failed = {}, []
    for name, sizes, more, axis, promises in SERIES:
        known, late = check(name, sizes + (more if is_long else []), axis, promises)
        failed += [f"{name}: {WORDS[cost]}" for cost in late]
        if axis == 1 and not beyond_the_event(known):
            failed.append(f"{name}: one changed title")
        if axis == 0 and not beyond_the_readings(known):
            failed.append(f"{name}: a first look")
        everything.update(known)
    if is_long and not largest():
        failed.append("the largest office")
    for size in BUSY + (BUSY_LONG if is_long else []):
        if not is_never_deaf(size):
            failed.append(f"a tap while {size[0]} × {size[1]} bookings are read")
    if slow:
        print_slow(everything, slow)
    for what in failed:
        print("PAST", what)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
