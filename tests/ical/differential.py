#!/usr/bin/python3
"""Random series, read by icsread and by python-dateutil, have to agree.

Every disagreement is either explained by a row of DIFFERENCES.md (and then counted under its letter) or fails the
test with the series, the seed and both answers. A row explains a disagreement only when the reading that it names,
worked out here from nothing but dates (readings()), gives what icsread gives, to the second. dateutil works on naive
local times; zoneinfo makes instants of them.
"""
import argparse
import collections
import datetime as dt
import json
import random
import signal
import subprocess
import sys
import warnings
import zoneinfo

from dateutil import rrule as du

warnings.filterwarnings("ignore")
UTC = dt.timezone.utc
LONG_FREQS = ["YEARLY", "MONTHLY", "WEEKLY"]
FREQS = ["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY"]
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
ZONES = ["Europe/Stockholm", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/Sao_Paulo", "UTC"]
# What a calendar writes for a zone: sometimes Windows' name.
TZIDS = {"Europe/Stockholm": ["Europe/Stockholm", "W. Europe Standard Time"],
         "America/New_York": ["America/New_York", "Eastern Standard Time"],
         "Asia/Kolkata": ["Asia/Kolkata", "India Standard Time"]}


PATIENCE_S = 0.1


class TooSlow(Exception):
    pass


def give_up(*_):
    raise TooSlow


def in_time(work):
    """What `work` returns, or None when it takes too much of the processor."""
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE_S)
        try:
            return work()
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    except TooSlow:
        return None


def draw(seed, number, window):
    """A series, what dateutil makes of it (None: it takes too long, as it does for rules that never match), and what
    the reading of DIFFERENCES.md does (None: that covers longer periods only). None when there is nothing to compare.

    Each series has a generator of its own, so that a slow machine draws the same ones.
    """
    series = in_time(lambda: Series(random.Random(f"{seed}-{number}"), number, window[0]))
    if not series:
        return None
    theirs = in_time(lambda: series.expected(*window))
    read = series.expected(*window, series.readings) if series.freq in LONG_FREQS else None
    # Past the cap an event is skipped, and then there is nothing to compare.
    if max(len(theirs or []), len(read or [])) > 4000 or (theirs is None and read is None):
        return None
    return series, theirs, read


class Series:
    """One generated series: what it says, and what it ought to give."""

    def __init__(self, rng, number, window_from):
        self.uid = f"series-{number}"
        self.zone_name = rng.choice(ZONES)
        self.zone = zoneinfo.ZoneInfo(self.zone_name)
        self.tzid = rng.choice(TZIDS.get(self.zone_name, [self.zone_name]))
        self.all_day = rng.random() < 0.15
        self.freq = rng.choices(FREQS, [5, 6, 6, 5, 3, 1, 1])[0]
        if self.all_day and self.freq in ("HOURLY", "MINUTELY", "SECONDLY"):
            self.freq = "DAILY"
        self.parts = {}
        self.interval = rng.choice([1, 1, 1, 2, 3, 4, 7, 12])
        if self.freq == "MINUTELY":
            self.interval *= rng.choice([15, 17, 60, 97, 1440])
        if self.freq == "SECONDLY":
            self.interval *= rng.choice([600, 977, 3600, 86400])
        self.wkst = rng.choice([None, None, "MO", "SU", "WE"])
        self.draw_parts(rng)
        self.draw_start(rng, window_from)
        self.length = rng.choice([1, 1, 2]) if self.all_day else rng.choice([0, 900, 3600, 5400, 90000])
        self.limit = rng.choice(["none", "none", "count", "until"])
        self.count = rng.choice([1, 2, 5, 10, 37, 200])
        self.until = self.start + dt.timedelta(days=rng.randrange(0, 2500), seconds=rng.randrange(86400))

    def draw_parts(self, rng):
        def some(values, most=4):
            values = list(values)
            return sorted(rng.sample(values, rng.randrange(1, min(most, len(values)) + 1)))

        def signed(top):
            return [n for n in range(-top, top + 1) if n]

        parts, freq = self.parts, self.freq
        if rng.random() < 0.25:
            parts["BYMONTH"] = some(range(1, 13))
        if freq in ("YEARLY",) and rng.random() < 0.3:
            parts["BYWEEKNO"] = some(signed(53))
        if freq in ("YEARLY", "HOURLY", "MINUTELY", "SECONDLY") and rng.random() < 0.15:
            parts["BYYEARDAY"] = some(signed(366), 8)
        if freq != "WEEKLY" and rng.random() < 0.25:
            parts["BYMONTHDAY"] = some(signed(31), 6)
        if rng.random() < 0.4:
            days = some(DAYS)
            if freq in ("MONTHLY", "YEARLY") and "BYWEEKNO" not in parts and rng.random() < 0.6:
                top = 5 if freq == "MONTHLY" or "BYMONTH" in parts else 53
                days = sorted({f"{rng.choice(signed(top))}{day}" if rng.random() < 0.7 else day for day in days})
            parts["BYDAY"] = days
        if not self.all_day:
            if rng.random() < 0.2:
                parts["BYHOUR"] = some(range(24))
            if rng.random() < 0.15:
                parts["BYMINUTE"] = some(range(60))
            if rng.random() < 0.08:
                parts["BYSECOND"] = some(range(60))
        if parts and rng.random() < (0.6 if freq == "WEEKLY" else 0.3):
            parts["BYSETPOS"] = some(signed(rng.choice([2, 5, 20])), 3)

    def draw_start(self, rng, window_from):
        # dateutil walks every step of a series, so the fast ones begin shortly before the window.
        reach = {"HOURLY": 60, "MINUTELY": 10, "SECONDLY": 3}.get(self.freq, 4500)
        day = window_from - dt.timedelta(days=rng.randrange(-20, reach))
        if not self.all_day:
            day += dt.timedelta(hours=rng.randrange(24), minutes=rng.choice([0, 15, 30, rng.randrange(60)]))
        self.start = day
        # RFC 5545 leaves a DTSTART that its rule does not give undefined; most series are drawn in step.
        if rng.random() < 0.9:
            times = self.readings if self.freq in LONG_FREQS else self.times
            first = next(times(day + dt.timedelta(days=min(reach, 1500))), None)
            if first:
                self.start = first

    def times(self, until):
        """dateutil's times; it always gets an end, or a rule that never matches keeps it busy until the year 9999."""
        args = {"interval": self.interval, "wkst": self.wkst and getattr(du, self.wkst)}
        names = {"BYMONTH": "bymonth", "BYWEEKNO": "byweekno", "BYYEARDAY": "byyearday", "BYMONTHDAY": "bymonthday",
                 "BYHOUR": "byhour", "BYMINUTE": "byminute", "BYSECOND": "bysecond", "BYSETPOS": "bysetpos"}
        for part, values in self.parts.items():
            if part == "BYDAY":
                args["byweekday"] = [getattr(du, v[-2:])(int(v[:-2])) if v[:-2] else getattr(du, v) for v in values]
            else:
                args[names[part]] = values
        if self.all_day:
            args.update(byhour=0, byminute=0, bysecond=0)
        try:
            yield from du.rrule(getattr(du, self.freq), dtstart=self.start, until=until, **args)
        except ValueError as error:  # dateutil notices that nothing can ever match
            if "empty" not in str(error):
                raise

    def readings(self, until):
        """What the rule gives as DIFFERENCES.md reads it: the set of each period is filtered day by day."""
        parts, start = self.parts, self.start
        hours, minutes, seconds = ((parts.get(part, [value]) if not self.all_day else [0]) for part, value in
                                   (("BYHOUR", start.hour), ("BYMINUTE", start.minute), ("BYSECOND", start.second)))
        times = [dt.timedelta(hours=h, minutes=m, seconds=s) for h in hours for m in minutes for s in seconds]
        for first, end in self.periods(until):
            days = (first + dt.timedelta(days=n) for n in range((end - first).days))
            found = [day + time for day in days if self.passes(day) for time in times]
            places = range(len(found))
            if "BYSETPOS" in parts:
                places = sorted({n - 1 if n > 0 else len(found) + n for n in parts["BYSETPOS"]} & set(places))
            yield from (found[n] for n in places if start <= found[n] <= until)

    def periods(self, until):
        """[first day, end) of each year, month or week that the rule looks at; a year of weeks where it counts weeks."""
        midnight, number = self.start.replace(hour=0, minute=0, second=0), 0
        while True:
            step = number * self.interval
            if self.freq == "WEEKLY":
                first = self.week_start(midnight) + dt.timedelta(weeks=step)
                end = first + dt.timedelta(days=7)
            elif self.freq == "MONTHLY":
                first, end = (dt.datetime(month // 12, month % 12 + 1, 1) for month in
                              (self.start.year * 12 + self.start.month - 1 + step + n for n in (0, 1)))
            elif "BYWEEKNO" in self.parts:
                year = (self.week_start(midnight) + dt.timedelta(days=3)).year + step
                first, end = (self.week_start(dt.datetime(y, 1, 4)) for y in (year, year + 1))
            else:
                first, end = (dt.datetime(self.start.year + step + n, 1, 1) for n in (0, 1))
            if first > until:
                return
            yield first, end
            number += 1

    def week_start(self, day):
        return day - dt.timedelta(days=(day.weekday() - DAYS.index(self.wkst or "MO")) % 7)

    def passes(self, day):
        parts, following = self.parts, dt.timedelta(days=1)
        new_year, next_year = dt.datetime(day.year, 1, 1), dt.datetime(day.year + 1, 1, 1)
        month = day.replace(day=1)
        next_month = (month + 32 * following).replace(day=1)
        weekday_given = {"BYDAY", "BYMONTHDAY", "BYYEARDAY"} & set(parts)

        def is_in(part, first, end, size=1):
            n, total = (day - first).days // size + 1, (end - first).days // size
            return part not in parts or n in parts[part] or n - total - 1 in parts[part]

        if "BYMONTH" in parts and day.month not in parts["BYMONTH"]:
            return False
        if not is_in("BYMONTHDAY", month, next_month) or not is_in("BYYEARDAY", new_year, next_year):
            return False
        if "BYWEEKNO" in parts:
            year = (self.week_start(day) + dt.timedelta(days=3)).year
            if not is_in("BYWEEKNO", *(self.week_start(dt.datetime(y, 1, 4)) for y in (year, year + 1)), size=7):
                return False
        if not weekday_given:
            if self.freq == "WEEKLY" or "BYWEEKNO" in parts:
                return day.weekday() == self.start.weekday()
            return day.day == self.start.day and (
                self.freq == "MONTHLY" or "BYMONTH" in parts or day.month == self.start.month)
        if "BYDAY" not in parts:
            return True
        first, end = (month, next_month) if self.freq == "MONTHLY" or "BYMONTH" in parts else (new_year, next_year)
        nth = (day - first).days // 7 + 1
        last = -((end - day - following).days // 7 + 1)
        mine = DAYS[day.weekday()]
        return not {mine, f"{nth}{mine}", f"{last}{mine}"}.isdisjoint(parts["BYDAY"])

    def text(self):
        out = [f"FREQ={self.freq}"]
        if self.interval != 1:
            out.append(f"INTERVAL={self.interval}")
        if self.wkst:
            out.append(f"WKST={self.wkst}")
        out += [f"{part}={','.join(map(str, values))}" for part, values in self.parts.items()]
        if self.limit == "count":
            out.append(f"COUNT={self.count}")
        if self.limit == "until":
            if self.all_day:
                out.append(f"UNTIL={self.until:%Y%m%d}")
            else:
                out.append(f"UNTIL={self.instant(self.until):%Y%m%dT%H%M%SZ}")
        return ";".join(out)

    def instant(self, local):
        return local.replace(tzinfo=self.zone).astimezone(UTC)

    def ics(self):
        if self.all_day:
            end = self.start + dt.timedelta(days=self.length)
            times = f"DTSTART;VALUE=DATE:{self.start:%Y%m%d}\r\nDTEND;VALUE=DATE:{end:%Y%m%d}"
        else:
            times = f"DTSTART;TZID={self.tzid}:{self.start:%Y%m%dT%H%M%S}\r\nDURATION:PT{self.length}S"
        return f"BEGIN:VEVENT\r\nUID:{self.uid}\r\n{times}\r\nRRULE:{self.text()}\r\nEND:VEVENT\r\n"

    def expected(self, window_from, window_to, times=None):
        """The starts whose occurrences touch the window, as icsread prints them, by dateutil or by another reading."""
        end = window_to + dt.timedelta(days=3)
        locals_ = [self.start]
        for local in (times or self.times)(end):
            if self.limit == "count" and len(locals_) == self.count:
                break
            if local > self.start:
                locals_.append(local)
        office = zoneinfo.ZoneInfo("Europe/Stockholm")
        found = set()
        for local in locals_:
            if self.all_day:
                if self.limit == "until" and local.date() > self.until.date():
                    continue
                if local < window_to and local + dt.timedelta(days=self.length) > window_from:
                    found.add(f"{local:%Y-%m-%d}")
                continue
            start = self.instant(local)
            if self.limit == "until" and start > self.instant(self.until):
                continue
            low, high = (t.replace(tzinfo=office).astimezone(UTC) for t in (window_from, window_to))
            stop = start + dt.timedelta(seconds=self.length)
            if start < high and (stop > low or (self.length == 0 and start >= low)):
                found.add(f"{start:%Y-%m-%dT%H:%M:%SZ}")
        return sorted(found)

    def explanation(self):
        """The letter of the row of DIFFERENCES.md that is about such a rule. It excuses nothing by itself: that what
        the row says is what icsread gave has been checked by then."""
        numbered = {any(c.isdigit() for c in day) for day in self.parts.get("BYDAY", [])}
        if "BYWEEKNO" in self.parts:
            if not {"BYDAY", "BYMONTHDAY", "BYYEARDAY"} & set(self.parts):
                return "A"
            return "B" if self.interval > 1 or "BYSETPOS" in self.parts else None
        if self.freq == "WEEKLY" and "BYSETPOS" in self.parts:
            return "D"
        return "C" if len(numbered) == 2 else None


def read_with_icsread(program, series, window_from, window_to):
    body = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + "".join(s.ics() for s in series) + "END:VCALENDAR\r\n"
    done = subprocess.run([program, "--from", f"{window_from:%Y-%m-%d}", "--to", f"{window_to:%Y-%m-%d}", "--zone",
                           "Europe/Stockholm", "--json"], input=body.encode(), capture_output=True, check=True)
    found = collections.defaultdict(list)
    for line in done.stdout.splitlines():
        item = json.loads(line)
        found[item["uid"]].append(item["start"])
    return {uid: sorted(starts) for uid, starts in found.items()}, json.loads(done.stderr.splitlines()[-1])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("icsread")
    parser.add_argument("--series", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=None)
    args = parser.parse_args()
    seed = args.seed if args.seed is not None else random.SystemRandom().randrange(1 << 30)
    rng = random.Random(seed)
    signal.signal(signal.SIGVTALRM, give_up)
    print(f"seed {seed}", flush=True)
    drawn, by_dateutil, by_reading, occurrences, explained = 0, 0, 0, 0, collections.Counter()
    while drawn < args.series:
        window_from = dt.datetime(2019, 1, 1) + dt.timedelta(days=rng.randrange(4000))
        window_to = window_from + dt.timedelta(days=rng.choice([1, 7, 7, 30, 30, 62, 62, 250]))
        batch = [draw(seed, drawn + i, (window_from, window_to)) for i in range(50)]
        drawn += len(batch)
        batch = [entry for entry in batch if entry]
        found, counts = read_with_icsread(args.icsread, [series for series, *_ in batch], window_from, window_to)
        if set(counts["skipped"]) == {"too-much-work"}:  # where the other side was quick enough to be compared with
            batch = [entry for entry in batch
                     if not read_with_icsread(args.icsread, [entry[0]], window_from, window_to)[1]["skipped"]]
            found, counts = read_with_icsread(args.icsread, [series for series, *_ in batch], window_from, window_to)
        if counts["skipped"]:
            print(f"seed {seed}: icsread skipped something: {counts}")
            return 1
        for series, theirs, read in batch:
            ours = found.get(series.uid, [])
            by_dateutil += theirs is not None
            by_reading += read is not None
            occurrences += len(ours)
            other, name = theirs, "dateutil"
            if read is not None and read != ours:
                other, name = read, "the reading of DIFFERENCES.md"
            elif theirs is None or theirs == ours:
                continue
            elif read is not None and series.explanation():
                explained[series.explanation()] += 1
                continue
            print(f"seed {seed}: {window_from:%Y-%m-%d} to {window_to:%Y-%m-%d}\n{series.ics()}"
                  f"only icsread: {sorted(set(ours) - set(other))[:10]}\n"
                  f"only {name}: {sorted(set(other) - set(ours))[:10]}\n"
                  f"twice in icsread: {len(ours) - len(set(ours))}")
            return 1
    print(f"{drawn} series: {by_dateutil} compared with dateutil, {by_reading} with the reading of DIFFERENCES.md; "
          f"{occurrences} occurrences, explained differences: {dict(sorted(explained.items()))}")
    return 0


sys.exit(main())
