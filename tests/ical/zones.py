#!/usr/bin/python3
"""Every zone of the system, at random instants of 1970 to 2100 and around each change, has to be what Python's zoneinfo,
another reader of the same files, makes of it; both from UTC to local time and back, gaps and overlaps as RFC 5545 section
3.3.5 wants them, which is what Python calls fold=0.

    tests/ical/zones.py <build>/tests/zone_answers [--instants 200] [--seed 1]
"""
import argparse
import datetime as dt
import random
import subprocess
import sys
import zoneinfo

EPOCH = dt.datetime(1970, 1, 1)
FIRST, LAST = 0, int((dt.datetime(2100, 1, 1) - EPOCH).total_seconds())


def to_local(zone, utc_s):
    local = (EPOCH + dt.timedelta(seconds=utc_s)).replace(tzinfo=dt.timezone.utc).astimezone(zone)
    return int((local.replace(tzinfo=None, fold=0) - EPOCH).total_seconds())


def to_utc(zone, local_s):
    local = (EPOCH + dt.timedelta(seconds=local_s)).replace(tzinfo=zone, fold=0)
    return local_s - int(local.utcoffset().total_seconds())


def changes(zone):
    """The instants at which the offset changes, found by a look every three weeks."""
    step, found = 21 * 86400, []
    offset = to_local(zone, FIRST) - FIRST
    for after in range(FIRST + step, LAST, step):
        if to_local(zone, after) - after != offset:
            low, high = after - step, after
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if to_local(zone, middle) - middle == offset else (low, middle)
            found.append(high)
            offset = to_local(zone, after) - after
    return found


def questions(rng, zone, count):
    instants = [rng.randrange(FIRST, LAST) for _ in range(count)]
    # Both readings of a change, and the seconds and hours beside it.
    found = changes(zone)
    for change in rng.sample(found, min(len(found), count // 10)):
        instants += [change + beside for beside in (-3600, -1, 0, 1, 1800, 3600)]
    for utc_s in instants:
        yield "u", utc_s, to_local(zone, utc_s)
        for local_s in (to_local(zone, utc_s), utc_s + (to_local(zone, utc_s - 1) - (utc_s - 1))):
            yield "l", local_s, to_utc(zone, local_s)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--instants", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    zoneinfo.reset_tzpath(["/usr/share/zoneinfo"])
    # What is not a zone of its own: links to the machine's zone. The reader takes no name with a small letter first.
    names = sorted(name for name in zoneinfo.available_timezones() if name[0].isupper())
    asked = [(name, *question) for name in names for question in questions(rng, zoneinfo.ZoneInfo(name), options.instants)]
    done = subprocess.run([options.program], input="".join(f"{name} {way} {second}\n" for name, way, second, _ in asked),
                          capture_output=True, text=True, check=True)
    answers = done.stdout.split()
    wrong = [(row, answer) for row, answer in zip(asked, answers) if str(row[3]) != answer]
    for (name, way, second, expected), answer in wrong[:20]:
        print(f"{name}: {'UTC' if way == 'u' else 'local'} {EPOCH + dt.timedelta(seconds=second)} ({second}) is {answer}, "
              f"zoneinfo has {expected}")
    print(f"seed {options.seed}: {len(names)} zones, {len(asked)} questions, {len(wrong)} differences")
    sys.exit(1 if wrong or len(answers) != len(asked) or len(names) < 300 else 0)


if __name__ == "__main__":
    main()
