#!/usr/bin/python3
"""Random whole calendars, read by icsread, have to come down to what a model of RFC 5545 makes of them.

Where differential.py tries rules and merge.py exceptions by another engine, this tries what no other engine reads alike:
several VCALENDARs in one body, zones under every kind of name, with definitions that are missing, wrong or all that is
known of them, times of a form that does not fit their series, RANGE=THISANDFUTURE, versions, cancellations, and lines
folded and spelled at random. Rules are expanded by python-dateutil, zones by zoneinfo; what is merged from them is
written down here a second time, from the RFC. Each answer is also checked in two windows that meet, and under another
zone of the machine.

With --icaljs DIRECTORY, ical.js (npm) from that node_modules is a third opinion, on calendars without what it is known
not to read (tame() below):
    npm install --prefix /tmp/icaljs ical.js
    tests/ical/calendars.py <build>/bin/icsread --icaljs /tmp/icaljs/node_modules --calendars 2000
"""
import argparse
import datetime as dt
import json
import os
import pathlib
import random
import subprocess
import sys

from drawcal import DAY, OFFICE, draw_body, instant


def touches(hit, low, high):
    _, start, end, _ = hit
    if start.tzinfo is None:
        return start < high and end > low
    low, high = instant(low, OFFICE), instant(high, OFFICE)
    return start < high and (end > low or start == end >= low)


def printed(hit):
    uid, start, end, summary = hit
    form = "%Y-%m-%d" if start.tzinfo is None else "%Y-%m-%dT%H:%M:%SZ"
    return (uid, start.strftime(form), end.strftime(form), summary)


def read(program, body, low, high, machine_zone=None):
    environment = {**os.environ, "TZ": machine_zone} if machine_zone else None
    done = subprocess.run([program, "--from", f"{low:%Y-%m-%dT%H:%M}", "--to", f"{high:%Y-%m-%dT%H:%M}", "--zone",
                           "Europe/Stockholm"], input=body, capture_output=True, check=True, env=environment)
    items = [json.loads(line) for line in done.stdout.splitlines()]
    counts = json.loads(done.stderr.splitlines()[-1])
    return sorted((i["uid"], i["start"], i["end"], i["summary"]) for i in items), counts


def explain(seed, number, low, high, ours, theirs, texts, counts, other):
    print(f"seed {seed}, calendar {number}: {low} to {high}; {counts}")
    for uid in sorted({hit[0] for hit in set(ours) ^ set(theirs)} or {hit[0] for hit in ours if ours.count(hit) > 1}):
        calendar, mine = texts[uid]
        head = [line for line in calendar.lines if line.startswith(("X-WR", "TZID"))]
        print("\n".join([*head, *(line for text in mine for line in text)]))
    print(f"only icsread: {sorted(set(ours) - set(theirs))[:6]}\nonly {other}: {sorted(set(theirs) - set(ours))[:6]}")
    return 1


class IcalJs:
    """The third opinion: one process that is asked calendar by calendar. It is asked for starts only: its lengths are
    always nominal."""

    def __init__(self, modules):
        script = pathlib.Path(__file__).with_name("icaljs.mjs")
        self.process = subprocess.Popen(["node", script, modules], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def differs(self, body, low, high, hits):
        job = {"body": body.decode(), "stop": f"{high + 60 * DAY:%Y-%m-%d}"}
        self.process.stdin.write(json.dumps(job).encode() + b"\n")
        self.process.stdin.flush()
        found = json.loads(self.process.stdout.readline())
        # Starts on the days that lie wholly inside the window, in any zone.
        first, last = f"{low + 2 * DAY:%Y-%m-%d}", f"{high - 2 * DAY:%Y-%m-%d}"
        ours = {(uid, start, summary) for uid, start, _, summary in hits if first <= start < last}
        theirs = {(uid, start, summary) for uid, start, _, summary in map(tuple, found) if first <= start < last}
        return ours ^ theirs


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("icsread")
    parser.add_argument("--calendars", type=int, default=300)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--icaljs", metavar="NODE_MODULES")
    args = parser.parse_args()
    seed = args.seed if args.seed is not None else random.SystemRandom().randrange(1 << 30)
    print(f"seed {seed}", flush=True)
    third = IcalJs(args.icaljs) if args.icaljs else None
    compared = 0
    for number in range(args.calendars):
        rng = random.Random(f"{seed}-{number}")
        body, hits, texts = draw_body(rng, tame=third is not None)
        low = dt.datetime(2025, 1, 1) + dt.timedelta(days=rng.randrange(900), hours=rng.choice([0, 0, 8, 17]))
        high = low + dt.timedelta(days=rng.choice([1, 7, 31, 100, 365]), hours=rng.choice([0, 0, 5]))
        ours, counts = read(args.icsread, body, low, high)
        theirs = sorted(printed(hit) for hit in hits if touches(hit, low, high))
        compared += len(ours)
        if ours != theirs or counts["skipped"] or counts["assumed"]:
            return explain(seed, number, low, high, ours, theirs, texts, counts, "the model")
        if third and third.differs(body, low, high, ours):
            print(third.differs(body, low, high, ours))
            return explain(seed, number, low, high, ours, [], texts, counts, "")
        # Two windows that meet have the same between them, and twice only what spans the cut.
        cut = low + dt.timedelta(minutes=15 * rng.randrange(1, int((high - low).total_seconds()) // 900))
        first, _ = read(args.icsread, body, low, cut, rng.choice(["America/Los_Angeles", "Asia/Tokyo", "nonsense"]))
        second, _ = read(args.icsread, body, cut, high, rng.choice(["UTC", "Pacific/Kiritimati"]))
        if first != sorted(printed(hit) for hit in hits if touches(hit, low, cut)) or \
                second != sorted(printed(hit) for hit in hits if touches(hit, cut, high)):
            print(f"cut at {cut}")
            return explain(seed, number, low, high, sorted({*first, *second}), ours, texts, counts, "in one window")
    print(f"{args.calendars} calendars, {compared} occurrences agree")
    return 0


sys.exit(main())
