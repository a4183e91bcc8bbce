#!/usr/bin/python3
"""Random series with exceptions, read by icsread and by recurring-ical-events, have to agree.

Moved and retimed instances, EXDATE and RDATE, all-day and timed, in calendars of several series. What is not compared,
and why, stands in DIFFERENCES.md.
"""
import argparse
import datetime as dt
import json
import random
import subprocess
import sys
import warnings
import zoneinfo

import icalendar
import recurring_ical_events

warnings.filterwarnings("ignore")
ZONE = zoneinfo.ZoneInfo("Europe/Stockholm")
UTC = dt.timezone.utc
RULES = ["FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY={day},WE;INTERVAL=2",
         "FREQ=MONTHLY", "FREQ=MONTHLY;BYDAY={nth}{day}", "FREQ=YEARLY", "FREQ=WEEKLY;BYDAY={day}"]
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def stamp(value, all_day, utc=False):
    if all_day:
        return f";VALUE=DATE:{value:%Y%m%d}"
    if utc:
        return f":{value.replace(tzinfo=ZONE).astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return f";TZID=Europe/Stockholm:{value:%Y%m%dT%H%M%S}"


def component(uid, start, end, all_day, extra):
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20260101T000000Z", f"DTSTART{stamp(start, all_day)}",
                        f"DTEND{stamp(end, all_day)}", *extra, "END:VEVENT", ""])


def draw_series(rng, uid, starts_of):
    """One series as text. starts_of returns the starts that it would have without exceptions."""
    all_day = rng.random() < 0.3
    start = dt.datetime(2026, 1, 1) + dt.timedelta(days=rng.randrange(300))
    length = dt.timedelta(days=rng.choice([1, 2]))
    if not all_day:
        # Not in the small hours: recurring-ical-events knows no gap and no overlap.
        start += dt.timedelta(hours=rng.randrange(6, 20), minutes=rng.choice([0, 30]))
        length = dt.timedelta(minutes=rng.choice([30, 60, 90]))
    day = DAYS[start.weekday()]
    rule = rng.choice(RULES).format(day=day, nth=(start.day - 1) // 7 + 1 if start.day < 29 else -1)
    if start.day > 28 and "-1" in rule and (start + dt.timedelta(days=7)).month == start.month:
        rule = "FREQ=WEEKLY"
    if rng.random() < 0.5:
        rule += f";COUNT={rng.choice([3, 8, 20, 60])}"
    lines = [f"RRULE:{rule}"]
    starts = starts_of(component(uid, start, start + length, all_day, lines))
    exceptions, taken = [], set()
    for _ in range(rng.randrange(4)):
        original = rng.choice(starts)
        if original in taken:
            continue
        taken.add(original)
        if rng.random() < 0.4:
            lines.append(f"EXDATE{stamp(original, all_day)}")
            continue
        moved = original + dt.timedelta(days=rng.randrange(-40, 41))
        if not all_day:
            moved = moved.replace(hour=rng.randrange(6, 20))
        exceptions.append(component(uid, moved, moved + length * 2, all_day,
                                    [f"RECURRENCE-ID{stamp(original, all_day)}", "SEQUENCE:1"]))
    if rng.random() < 0.2:
        extra = start + dt.timedelta(days=rng.randrange(1, 200))
        if extra not in starts:
            lines.append(f"RDATE{stamp(extra, all_day)}")
    parts = [component(uid, start, start + length, all_day, lines), *exceptions]
    rng.shuffle(parts)
    return "".join(parts)


def wrap(text):
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test\r\n{text}END:VCALENDAR\r\n"


def read_with_other(body, window_from, window_to):
    calendar = icalendar.Calendar.from_ical(body)
    found = []
    for event in recurring_ical_events.of(calendar).between(window_from, window_to):
        times = []
        for value in (event["DTSTART"].dt, event["DTEND"].dt):
            if isinstance(value, dt.datetime):
                # Its zones are pytz's; the wall clock is what it computes with.
                value = value.replace(tzinfo=None).replace(tzinfo=ZONE).astimezone(UTC)
                times.append(f"{value:%Y-%m-%dT%H:%M:%SZ}")
            else:
                times.append(f"{value:%Y-%m-%d}")
        found.append((str(event["UID"]), *times))
    return sorted(found)


def read_with_icsread(program, body, window_from, window_to):
    done = subprocess.run([program, "--from", f"{window_from:%Y-%m-%d}", "--to", f"{window_to:%Y-%m-%d}", "--zone",
                           "Europe/Stockholm", "--json"], input=body.encode(), capture_output=True, check=True)
    items = [json.loads(line) for line in done.stdout.splitlines()]
    return sorted((item["uid"], item["start"], item["end"]) for item in items)


def local_starts(text):
    """The local starts in a year and a half, by the other engine."""
    calendar = icalendar.Calendar.from_ical(wrap(text))
    starts = []
    for event in recurring_ical_events.of(calendar).between(dt.date(2026, 1, 1), dt.date(2027, 6, 1)):
        value = event["DTSTART"].dt
        value = value.replace(tzinfo=None) if isinstance(value, dt.datetime) else dt.datetime(*value.timetuple()[:3])
        starts.append(value)
    return sorted(starts)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("icsread")
    parser.add_argument("--calendars", type=int, default=60)
    parser.add_argument("--seed", type=int, default=None)
    args = parser.parse_args()
    seed = args.seed if args.seed is not None else random.SystemRandom().randrange(1 << 30)
    rng = random.Random(seed)
    print(f"seed {seed}", flush=True)
    compared = 0
    for _ in range(args.calendars):
        texts = [draw_series(rng, f"series-{i}", local_starts) for i in range(5)]
        body = wrap("".join(texts))
        window_from = dt.date(2026, 3, 1) + dt.timedelta(days=rng.randrange(300))
        window_to = window_from + dt.timedelta(days=rng.choice([1, 7, 31, 100]))
        theirs = read_with_other(body, window_from, window_to)
        ours = read_with_icsread(args.icsread, body, window_from, window_to)
        compared += len(ours)
        if ours != theirs:
            wrong = sorted({item[0] for item in set(ours) ^ set(theirs)} | {item[0] for item in ours if ours.count(item) > 1})
            print(f"seed {seed}: {window_from} to {window_to}")
            for uid in wrong:
                print(texts[int(uid.split("-")[1])])
            print(f"only icsread: {sorted(set(ours) - set(theirs))}\nonly recurring-ical-events: "
                  f"{sorted(set(theirs) - set(ours))}")
            return 1
    print(f"{args.calendars} calendars, {compared} occurrences agree")
    return 0


sys.exit(main())
