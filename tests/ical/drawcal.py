"""The random calendars of calendars.py, and what they come down to: rules by python-dateutil, zones by zoneinfo, and
what is merged from them by RFC 5545 alone."""
import datetime as dt
import functools
import zoneinfo

from dateutil import rrule as du

UTC = dt.timezone.utc
OFFICE = zoneinfo.ZoneInfo("Europe/Stockholm")
DAY = dt.timedelta(days=1)
HORIZON = dt.datetime(2029, 1, 1)
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
# What calendars write for a zone that the world knows.
NAMES = {
    "Europe/Stockholm": ["Europe/Stockholm", "W. Europe Standard Time", "W. Europe Standard Time 1", "europe/stockholm",
                         "/freeassociation.sourceforge.net/Europe/Stockholm",
                         '"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"',
                         "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"],
    "America/New_York": ["America/New_York", "Eastern Standard Time", "US/Eastern",
                         '"(UTC-05:00) Eastern Time (US & Canada)"', "(UTC-05:00) Eastern Time (US & Canada)"],
    "Europe/London": ["Europe/London", "GMT Standard Time", "GMT Standard Time 2"],
    "Asia/Kolkata": ["Asia/Kolkata", "Asia/Calcutta", "India Standard Time"],
    "Australia/Lord_Howe": ["Australia/Lord_Howe", "Lord Howe Standard Time"],
    "America/Sao_Paulo": ["America/Sao_Paulo", "E. South America Standard Time"],
    "Pacific/Apia": ["Pacific/Apia", "Samoa Standard Time"],
    "America/St_Johns": ["America/St_Johns", "Newfoundland Standard Time", '"(UTC-03:30) Newfoundland"'],
    "UTC": ["UTC", "Etc/UTC", "tzone://Microsoft/Utc", '"(UTC) Coordinated Universal Time"'],
}
# Names that only the file can explain.
CUSTOM = ["Customized Time Zone", "tzone://Microsoft/Custom", '"Kansliet, plan 3"', "Min zon 2", "IST"]


@functools.lru_cache
def changes(name):
    """(instant, offset before, offset after) of every change from 2009 to 2029."""
    zone, found = zoneinfo.ZoneInfo(name), []
    at = dt.datetime(2009, 1, 1, tzinfo=UTC)
    while at.year < 2029:
        low, high = at, at + DAY
        if low.astimezone(zone).utcoffset() != high.astimezone(zone).utcoffset():
            while high - low > dt.timedelta(minutes=1):
                middle = (low + (high - low) / 2).replace(second=0)
                if middle.astimezone(zone).utcoffset() == low.astimezone(zone).utcoffset():
                    low = middle
                else:
                    high = middle
            found.append((high, low.astimezone(zone).utcoffset(), high.astimezone(zone).utcoffset()))
        at += DAY
    return found


def offset_text(offset):
    minutes = int(offset.total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"


def define(tzid, name):
    """A VTIMEZONE that lists every change."""
    zone = zoneinfo.ZoneInfo(name)
    first = dt.datetime(2009, 1, 1, tzinfo=UTC).astimezone(zone).utcoffset()
    blocks = [("19700101T000000", first, first)]
    blocks += [(f"{(at + before).replace(tzinfo=None):%Y%m%dT%H%M%S}", before, after) for at, before, after in changes(name)]
    lines = ["BEGIN:VTIMEZONE", "TZID:" + tzid.strip('"').replace(",", "\\,")]
    for start, before, after in blocks:
        kind = "DAYLIGHT" if after > before else "STANDARD"
        lines += [f"BEGIN:{kind}", f"DTSTART:{start}", f"TZOFFSETFROM:{offset_text(before)}",
                  f"TZOFFSETTO:{offset_text(after)}", f"END:{kind}"]
    return lines + ["END:VTIMEZONE"]


def instant(local, zone):
    return local.replace(tzinfo=zone).astimezone(UTC)


def is_left_out(local, zone):
    return instant(local, zone).astimezone(zone).replace(tzinfo=None) != local


class Clock:
    """The zone of a time, and how it is written."""

    def __init__(self, zone, tzid=None, utc=False):
        self.zone, self.tzid, self.utc = zone, tzid, utc  # neither: floating

    def write(self, name, local):
        if self.utc:
            return f"{name}:{instant(local, self.zone):%Y%m%dT%H%M%SZ}"
        tzid = f";TZID={self.tzid}" if self.tzid else ""
        return f"{name}{tzid}:{local:%Y%m%dT%H%M%S}"


class Calendar:
    """One VCALENDAR: the zone of its floating times, its definitions, its events."""

    def __init__(self, rng, tame):
        self.rng, self.tame = rng, tame
        self.lines, self.customs = [], {}
        self.default = OFFICE
        if rng.random() < 0.3 and not tame:
            name = rng.choice(list(NAMES))
            self.default = zoneinfo.ZoneInfo(name)
            self.lines.append(f"X-WR-TIMEZONE:{name}")

    def clock(self):
        rng = self.rng
        name = rng.choice([*NAMES, *["Europe/Stockholm"] * 3])
        zone = zoneinfo.ZoneInfo(name)
        if self.tame:
            if name == "UTC":
                return Clock(UTC, utc=True)
            self.definition(name, name)
            return Clock(zone, name)
        kind = rng.random()
        if kind < 0.15:
            return Clock(UTC, utc=True)
        if kind < 0.3:
            return Clock(self.default)
        if kind < 0.5 and name != "UTC":
            tzid = rng.choice(CUSTOM)
            name = self.customs.setdefault(tzid, name)
            self.definition(tzid, name)
            return Clock(zoneinfo.ZoneInfo(name), tzid)
        tzid = rng.choice(NAMES[name])
        if rng.random() < 0.3:  # right or wrong, it does not count
            self.definition(tzid, rng.choice([name, "Asia/Kolkata"]))
        return Clock(zone, tzid)

    def definition(self, tzid, name):
        lines = define(tzid, name)
        if lines[1] not in self.lines:
            self.lines += lines

    def text(self):
        return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test", *self.lines, "END:VCALENDAR"]


def draw_rule(rng, base):
    """(text without COUNT and UNTIL, arguments for dateutil)."""
    day = base.weekday()
    interval = rng.choice([1, 1, 1, 2, 3, 5])
    kind = rng.randrange(7)
    if kind == 0:
        text, args = "FREQ=DAILY", {"freq": du.DAILY}
    elif kind in (1, 2):
        days = sorted({day, *rng.sample(range(7), rng.randrange(3))})
        text, args = "FREQ=WEEKLY", {"freq": du.WEEKLY}
        if len(days) > 1 or rng.random() < 0.5:
            text += ";BYDAY=" + ",".join(DAYS[d] for d in days)
            args["byweekday"] = days
    elif kind == 3:
        text, args = f"FREQ=MONTHLY;BYMONTHDAY={base.day}", {"freq": du.MONTHLY, "bymonthday": base.day}
    elif kind == 4:
        nth = rng.choice([1, 2, 3, 4, 5, -1, -2])
        text = f"FREQ=MONTHLY;BYDAY={nth}{DAYS[day]}"
        args = {"freq": du.MONTHLY, "byweekday": du.weekday(day)(nth)}
    elif kind == 5:
        text, args = "FREQ=YEARLY", {"freq": du.YEARLY}
    else:
        text, args = "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", {
            "freq": du.MONTHLY, "byweekday": range(5), "bysetpos": -1}
    if interval > 1:
        text += f";INTERVAL={interval}"
        args["interval"] = interval
    return text, args


class Length:
    """How an event says when it ends, and when that is."""

    def __init__(self, rng, all_day, clock, start, other):
        self.all_day, self.clock = all_day, clock
        self.kind = rng.choice(["end", "end", "duration", "none"])
        if all_day:
            self.days = 1 if self.kind == "none" else rng.choice([1, 1, 2, 9])
            return
        self.seconds = 0 if self.kind == "none" else rng.choice([0, 900, 3600, 5400, 86400, 200000])
        if self.kind == "duration":
            self.days, rest = divmod(self.seconds, 86400) if rng.random() < 0.5 else (0, self.seconds)
            self.rest = rest
        if self.kind == "end":
            end = start + dt.timedelta(seconds=self.seconds)
            self.end_clock = clock
            if other and (other.tzid or other.utc) and not is_left_out(start, clock.zone) and rng.random() < 0.3:
                self.end_clock = other
                end = (instant(start, clock.zone) + dt.timedelta(seconds=self.seconds)).astimezone(other.zone)
                end = end.replace(tzinfo=None)
                if instant(end, other.zone) < instant(start, clock.zone):  # the second hour of an overlap
                    end += dt.timedelta(hours=2)
            self.end = end
            if self.end_clock is clock and is_left_out(start, clock.zone):
                self.exact = end - start
            else:
                self.exact = instant(end, self.end_clock.zone) - instant(start, clock.zone)

    def write(self, start):
        if self.kind == "none":
            return []
        if self.all_day:
            return [f"DURATION:P{self.days}D"] if self.kind == "duration" else [
                f"DTEND;VALUE=DATE:{start + self.days * DAY:%Y%m%d}"]
        if self.kind == "duration":
            return [f"DURATION:P{self.days}DT{self.rest}S" if self.days else f"DURATION:PT{self.rest}S"]
        return [self.end_clock.write("DTEND", self.end)]

    def end_of(self, local):
        """For a local start; an instant, or a day."""
        if self.all_day:
            return local + self.days * DAY
        start = instant(local, self.clock.zone)
        if self.kind == "end":
            return start + self.exact
        if self.kind == "duration":
            if self.days:
                start = max(start, instant(local + self.days * DAY, self.clock.zone))
            return start + dt.timedelta(seconds=self.rest)
        return start


class Event:
    """A component: a master or an exception."""

    def __init__(self, rng, calendar, uid, all_day, clock, start, summary):
        self.all_day, self.clock, self.start = all_day, clock, start
        self.length = Length(rng, all_day, clock, start, None if all_day or calendar.tame else calendar.clock())
        self.summary, self.cancelled, self.sequence = summary, False, rng.choice([0, 0, 1, 2])
        self.uid, self.extra = uid, []

    def lines(self):
        start = f"DTSTART;VALUE=DATE:{self.start:%Y%m%d}" if self.all_day else self.clock.write("DTSTART", self.start)
        out = [f"UID:{self.uid}", "DTSTAMP:20260101T000000Z", start, *self.length.write(self.start),
               f"SUMMARY:{self.summary}", *self.extra]
        if self.sequence:
            out.append(f"SEQUENCE:{self.sequence}")
        if self.cancelled:
            out.append("STATUS:CANCELLED")
        return ["BEGIN:VEVENT", *out, "END:VEVENT"]

    def hit(self, local):
        start = local if self.all_day else instant(local, self.clock.zone)
        return (self.uid, start, self.length.end_of(local), self.summary)


class Series:
    """A master, its rule, dates and exceptions, and what they come down to."""

    def __init__(self, rng, calendar, uid):
        self.rng, self.calendar = rng, calendar
        self.all_day = rng.random() < 0.2
        self.clock = calendar.clock()
        base = dt.datetime(2024, 1, 1) + dt.timedelta(days=rng.randrange(1000))
        if not self.all_day:
            base += dt.timedelta(hours=rng.choice([0, 1, 2, 2, 3, 9, 9, 13, 23]), minutes=rng.choice([0, 0, 30]))
            if calendar.tame:
                base = base.replace(hour=9)
        rule, args = draw_rule(rng, base)
        first = next(iter(du.rrule(dtstart=base, count=1, **args)), base)
        self.master = Event(rng, calendar, uid, self.all_day, self.clock, first, "regular")
        self.exceptions, self.ranges = {}, []
        self.starts = {self.key(local): local for local in self.recur(first, rule, args)}
        self.dates()
        self.except_some(uid)
        self.versions = self.older()
        if rng.random() < 0.05 and not calendar.tame:
            self.master.cancelled = True

    def key(self, local):
        return local if self.all_day else instant(local, self.clock.zone)

    def recur(self, first, rule, args):
        if self.rng.random() < 0.1 and not self.calendar.tame:
            return [first]
        limit = self.rng.choice(["none", "count", "until"])
        until = first + dt.timedelta(days=self.rng.randrange(700))
        starts = du.rrule(dtstart=first, until=HORIZON, **args)
        if limit == "count":
            count = self.rng.choice([1, 3, 10, 60])
            rule += f";COUNT={count}"
            starts = du.rrule(dtstart=first, count=count, **args)
        elif limit == "until":
            if self.all_day:
                rule += f";UNTIL={until:%Y%m%d}"
            elif self.clock.tzid or self.clock.utc or self.rng.random() < 0.5:
                rule += f";UNTIL={instant(until, self.clock.zone):%Y%m%dT%H%M%SZ}"
            else:
                rule += f";UNTIL={until:%Y%m%dT%H%M%S}"
        self.master.extra.append(f"RRULE:{rule}")
        return [s for s in starts if s < HORIZON and (limit != "until" or self.key(s) <= self.key(until))]

    def date_line(self, name, local):
        """A time that names an occurrence, in one of the forms that are understood."""
        rng = self.rng
        if self.calendar.tame:
            return f"{name};VALUE=DATE:{local:%Y%m%d}" if self.all_day else self.clock.write(name, local)
        if self.all_day:
            return rng.choice([f"{name};VALUE=DATE:{local:%Y%m%d}", f"{name}:{local:%Y%m%dT%H%M%S}",
                               f"{name};TZID=Europe/Stockholm:{local:%Y%m%dT%H%M%S}", f"{name}:{local:%Y%m%dT%H%M%SZ}"])
        return rng.choice([self.clock.write(name, local), self.clock.write(name, local),
                           f"{name}:{self.key(local):%Y%m%dT%H%M%SZ}",
                           f"{name}:{local:%Y%m%dT%H%M%S}", f"{name};VALUE=DATE:{local:%Y%m%d}"])

    def dates(self):
        rng = self.rng
        if not self.starts:
            return
        for _ in range(rng.choice([0, 0, 1, 3])):
            local = rng.choice(list(self.starts.values()))
            if self.key(local) in self.starts and len(self.starts) > 1:
                # A date takes the whole day.
                gone = [k for k, l in self.starts.items() if l == local or l.date() == local.date()]
                if len(gone) == 1:
                    del self.starts[gone[0]]
                    self.master.extra.append(self.date_line("EXDATE", local))
        taken = {local.date() for local in self.starts.values()}
        for _ in range(rng.choice([0, 0, 0, 1, 2])):
            local = self.master.start + dt.timedelta(days=rng.randrange(1, 300))
            line = f"RDATE;VALUE=DATE:{local:%Y%m%d}" if self.all_day else self.clock.write("RDATE", local)
            if local.date() not in taken and not any("EXDATE" in e for e in self.master.extra):
                taken.add(local.date())
                self.starts[self.key(local)] = local
                self.master.extra.append(line)

    def except_some(self, uid):
        rng = self.rng
        recurs = bool(self.master.extra)
        for i in range(rng.choice([0, 0, 1, 2, 4]) if recurs and self.starts else 0):
            original = rng.choice(list(self.starts.values()))
            key = self.key(original)
            alone = [l for l in self.starts.values() if l.date() == original.date()]
            if key in self.exceptions or len(alone) > 1:
                continue
            clock = self.clock if self.calendar.tame or rng.random() < 0.7 else self.calendar.clock()
            moved = original + dt.timedelta(days=rng.choice([0, 0, 1, -3, 20]))
            if not self.all_day:
                moved = moved.replace(hour=rng.choice([9, 10, 16]))
            event = Event(rng, self.calendar, uid, self.all_day, clock, moved, f"exception {i}")
            line = self.date_line("RECURRENCE-ID", original)
            event.cancelled = rng.random() < 0.2
            if rng.random() < 0.25 and abs(moved - original) < 5 * DAY and not (self.calendar.tame and event.cancelled):
                line = line.replace("RECURRENCE-ID", "RECURRENCE-ID;RANGE=THISANDFUTURE")
                self.ranges.append((key, original, event))
            event.extra.append(line)
            self.exceptions[key] = event

    def older(self):
        """Versions that no longer count."""
        if self.calendar.tame:
            return []
        events = [e for e in [self.master, *self.exceptions.values()] if e.sequence and self.rng.random() < 0.3]
        texts = []
        for event in events:
            lines = event.lines()
            lines = [f"SEQUENCE:{event.sequence - 1}" if line.startswith("SEQUENCE:") else line for line in lines]
            texts.append(["SUMMARY:older" if line.startswith("SUMMARY") else line for line in lines])
        return texts

    def texts(self):
        texts = [self.master.lines(), *(e.lines() for e in self.exceptions.values()), *self.versions]
        self.rng.shuffle(texts)
        return texts

    def hits(self):
        found = []
        for key, local in self.starts.items():
            if key in self.exceptions:
                continue
            before = [entry for entry in self.ranges if entry[0] <= key]
            event, at = self.master, local
            if before:
                _, original, event = max(before, key=lambda entry: entry[0])
                at = local + (event.start - original)
            found.append((event, event.hit(at)))
        found += [(event, event.hit(event.start)) for event in self.exceptions.values()]
        dropped = self.master.sequence if self.master.cancelled else -1
        return [hit for event, hit in found if not event.cancelled and
                not (self.master.cancelled and (event is self.master or event.sequence <= dropped))]


def spell(rng, lines):
    """Lines as some program may write them: folded anywhere, one kind of line end, names in small letters."""
    end = rng.choice([b"\r\n", b"\r\n", b"\n"])
    out = b"\xef\xbb\xbf" if rng.random() < 0.1 else b""
    for line in lines:
        if rng.random() < 0.1 and not line.startswith(("BEGIN", "END")):
            name = min(line.find(mark) for mark in ":;" if mark in line)
            line = line[:name].lower() + line[name:]
        raw = line.encode()
        # Not inside the name, and not in the words that make the structure.
        if rng.random() < 0.2 and len(raw) > 20 and not raw.startswith((b"BEGIN", b"END")):
            at = rng.randrange(16, len(raw))
            raw = raw[:at] + end + rng.choice([b" ", b"\t"]) + raw[at:]
        out += raw + end
    return out


def draw_body(rng, tame):
    lines, hits, texts = [], [], {}
    for number in range(1 if tame else rng.choice([1, 1, 2, 3])):
        calendar = Calendar(rng, tame)
        events = []
        for i in range(rng.randrange(1, 5)):
            series = Series(rng, calendar, f"{number}-{i}")
            mine = series.texts()
            texts[f"{number}-{i}"] = (calendar, mine)
            events += mine
            hits += series.hits()
        rng.shuffle(events)
        calendar.lines += [line for event in events for line in event]
        lines += calendar.text()
    body = "".join(f"{line}\r\n" for line in lines).encode() if tame else spell(rng, lines)
    return body, hits, texts
