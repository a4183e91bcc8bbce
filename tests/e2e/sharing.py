#!/usr/bin/python3
"""Days in an office of several machines, each a whole program with a state folder and a clock of its own: people check
in and leave at random, machines are cut off, killed in the middle of an exchange, and have wrong clocks; the server is
killed and started again, and what it holds is restored from an old backup. In the end all machines have the same
check-ins and show the same. What was confirmed to somebody is there, once, and every place that two people got is shown
as such on every machine.

    sharing.py [--over folder|radicale|apache] [--long] [--days NUMBER] [--seed NUMBER]
"""
import argparse
import collections
import datetime
import os
import pathlib
import random
import sys
import tempfile

import boxes

FIRST_DAY = datetime.date(2026, 11, 23)
PLACES = 6
HALVES = ((8, 12), (13, 17))
MISHAP = os.path.join(boxes.BUILD, "tests", "mishap.so")
CHANGES_MAX = 60  # a command changes its files about so often
ROUNDS_TO_HEAL = 3  # all deliver, all receive, and what had no time before is given one
CLOCKS_APART_S = 120  # more than two clocks that are trusted differ
WRONG_CLOCKS = ((-3600, True), (1800, True), (-100 * 86400, True), (20, False), (-45, False))
OFFICE = """office "Kontoret" { zone = "Europe/Stockholm" opens = "07:00" closes = "18:00" }
screen { mode = kiosk }
feed "desks" { kind = bookings path = "desks.ics" names = full person = '^(.*) – ' }
"""


class Booking:
    """Each desk is booked twice at a time: whoever comes first gets it, on one machine. On two, both may."""

    def __init__(self, day, half, place, which):
        self.place, self.start, self.end = place, *HALVES[half]
        self.uid = f"{day:%m%d}-{half}-{place}-{which}"
        self.name = f"Person {day:%m%d} {half} {place} {which}"
        self.text = (f"BEGIN:VEVENT\r\nUID:{self.uid}\r\nDTSTAMP:20261101T000000Z\r\n"
                     f"DTSTART;TZID=Europe/Stockholm:{day:%Y%m%d}T{self.start:02}0000\r\n"
                     f"DTEND;TZID=Europe/Stockholm:{day:%Y%m%d}T{self.end:02}0000\r\n"
                     f"SUMMARY:{self.name} – Desk {place}\r\nEND:VEVENT\r\n")


class Simulation:
    def __init__(self, root, transport, count, days, acts):
        self.acts = acts
        self.days = [FIRST_DAY + datetime.timedelta(days=n) for n in range(days)]
        self.bookings = {(day, half): [Booking(day, half, place, which) for place in range(1, PLACES + 1) for which in "ab"]
                         for day in self.days for half in (0, 1)}
        template = os.path.join(root, "template")
        self.write_office(template)
        names = [f"box-{number}" for number in range(1, count + 1)]
        self.office = boxes.Office(root, names, boxes.transport(transport, root), f"{FIRST_DAY}T06:00", template)
        self.root, self.time = root, boxes.instant(f"{FIRST_DAY}T06:00")
        self.confirmed, self.maybe = collections.Counter(), collections.Counter()
        self.seen = collections.Counter()
        self.taken = collections.deque(maxlen=4)  # where somebody sat down lately

    def write_office(self, folder):
        os.mkdir(folder)
        events = "".join(booking.text for half in self.bookings.values() for booking in half)
        pathlib.Path(folder, "desks.ics").write_bytes(
            f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n{events}END:VCALENDAR\r\n".encode())
        places = "".join(f'place "{n}" {{ name = "Plats {n}" feed = "desks" match = "Desk {n}$" }}\n'
                         for n in range(1, PLACES + 1))
        pathlib.Path(folder, "kiosk.conf").write_text(OFFICE + places)

    def go_to(self, seconds):
        """It gets that late; between two calls no time passes but what the programs need."""
        if seconds > self.time:
            self.office.advance(seconds - self.time)
            self.time = seconds

    def note(self, box, done, key, was_killed):
        """What a command said to somebody must be true for ever."""
        said = f"{key[0]}" in done.stdout and "already" not in done.stdout
        self.confirmed[key] += said
        self.maybe[key] += was_killed and not said
        assert was_killed or said or done.returncode or "already" in done.stdout, (box.name, done.stdout, done.stderr)
        self.seen[key[0]] += said
        if said and key[0] == "checked in":
            self.taken.append((box, key[1]))

    def command(self, box, key, *words):
        """Runs a command; now and then it is killed at one of its changes to a file, the common ones included."""
        environment = {}
        if random.random() < 0.15:
            environment = {"LD_PRELOAD": f"{MISHAP}:{boxes.HOURS}", "MISHAP": "kill", "MISHAP_DIR": self.root,
                           "MISHAP_AT": str(random.randint(1, CHANGES_MAX))}
        done = box.run(*words, **environment)
        was_killed = done.returncode < 0
        assert not was_killed or environment, (box.name, words, done.returncode, done.stderr)
        self.seen["killed"] += was_killed
        if key:
            self.note(box, done, key, was_killed)

    def act(self, half):
        box = random.choice(self.office.boxes)
        dice = random.random()
        if dice < 0.10:
            box.connect(not box.is_connected)
            self.seen["cut off"] += not box.is_connected
        elif dice < 0.18:
            wrong_s, is_unset = random.choice(WRONG_CLOCKS) if box.wrong_s == 0 else (0, False)
            self.office.set_clock(box, wrong_s, is_unset)
            self.seen["wrong clock"] += wrong_s != 0
        elif dice < 0.20:
            self.seen["server restarted"] += self.office.transport.restart()
        elif dice < 0.26:
            box, place = random.choice(self.taken) if self.taken else (box, "1")
            self.command(box, ("checked out", place), "checkout", place)
        elif dice < 0.60:
            booking = random.choice(half)
            self.command(box, ("checked in", str(booking.place), booking.name), "checkin", booking.uid)
        else:
            self.command(box, None, "sync")

    def heal(self):
        self.go_to(self.time + CLOCKS_APART_S)  # nothing is in the future of a machine whose clock was behind
        for box in self.office.boxes:
            self.office.set_clock(box)
            box.connect()
        self.office.exchange(ROUNDS_TO_HEAL)

    def counted(self, entries):
        words = {"check-in": "checked in", "check-out": "checked out"}
        return collections.Counter((words[entry["action"]], entry["place"]) +
                                   ((entry["name"],) if entry["action"] == "check-in" else ()) for entry in entries)

    def seated(self, entries, half):
        """Who sits where, by the journal: bookings of each place."""
        places = collections.defaultdict(set)
        for entry in entries:
            if entry["name"] in {booking.name for booking in half}:
                change = places[entry["place"]].add if entry["action"] == "check-in" else places[entry["place"]].discard
                change(entry["uid"])
        return places

    def check(self, half):
        for box in self.office.boxes:
            share = box.share()
            assert (share["outbox"], share["lost"], share["error"]) == (0, False, None), (box.name, share)
        entries = self.office.boxes[0].entries()
        for box in self.office.boxes[1:]:
            assert box.entries() == entries, (box.name, [entry for entry in box.entries() if entry not in entries],
                                              [entry for entry in entries if entry not in box.entries()])
        counted = self.counted(entries)
        for key in set(counted) | set(self.confirmed):
            assert self.confirmed[key] <= counted[key] <= self.confirmed[key] + self.maybe[key], \
                (key, counted[key], self.confirmed[key], self.maybe[key])
        twice = {place: seated for place, seated in self.seated(entries, half).items() if len(seated) > 1}
        self.seen["two on a place"] += len(twice)
        moment = (self.office.now() // 60 + 1) * 60
        pictures = []
        for box in self.office.boxes:
            self.office.stand_at(moment)
            pictures.append(box.widgets())
        for box, picture in zip(self.office.boxes, pictures):
            assert any("Två på Plats" in widget["text"] for widget in picture) == bool(twice), (box.name, twice)
            for place, seated in twice.items():
                sheet = box.texts("--view", "sheet:" + random.choice(sorted(seated)))
                assert f"Två på Plats {place}" in sheet, (box.name, place, sheet)
            strip = [(widget["id"], widget["text"], widget["spoken"]) for widget in picture]
            assert strip == [(widget["id"], widget["text"], widget["spoken"]) for widget in pictures[0]], box.name

    def play(self):
        for box in self.office.boxes:
            box.ask("sync")
        backup_day, restore_day = self.days[0], self.days[len(self.days) // 2]
        for day in self.days:
            checked = 1 - self.days.index(day) % 2
            for half in (0, 1):
                begin = boxes.instant(f"{day}T{HALVES[half][0]:02}:00")
                for _ in range(self.acts):
                    self.go_to(begin + random.random() * 3 * 3600)  # never back
                    self.act(self.bookings[day, half])
                if half == checked:
                    if day == restore_day and day != backup_day:
                        self.office.transport.restore()
                    self.heal()
                    self.check(self.bookings[day, half])
                    if day == backup_day:
                        self.office.transport.back_up()
        self.heal()
        self.check(self.bookings[self.days[-1], 1])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--long", action="store_true", help="20 machines for two weeks")
    parser.add_argument("--days", type=int, help="another number of days")
    parser.add_argument("--over", choices=("folder", "radicale", "apache"), default="folder")
    parser.add_argument("--seed", type=int)
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.randrange(1 << 32) if options.long else 14
    print("seed", seed, flush=True)
    random.seed(seed)
    count, days, acts = (20, 14, 25) if options.long else (5, 3, 20)
    base = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="satellitkiosk-sharing.", dir=base) as root:
        os.chmod(root, 0o755)  # a server that root starts runs as somebody else
        simulation = Simulation(root, options.over, count, options.days or days, acts)
        try:
            simulation.play()
        finally:
            simulation.office.transport.stop()
        print(f"{count} machines, {len(simulation.days)} days over the {simulation.office.transport.name}:",
              ", ".join(f"{name} {number}" for name, number in sorted(simulation.seen.items())))
        missing = {"checked in", "checked out", "cut off", "killed", "two on a place", "wrong clock"} - (+simulation.seen).keys()
        assert not missing, f"never happened: {missing}"


if __name__ == "__main__":
    sys.exit(main())
