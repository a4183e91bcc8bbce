#!/usr/bin/python3
"""`privacy-audit`: finds what is there, in every form, and finds nothing of what must not be there."""
import json
import os
import shutil
import subprocess
import tempfile
import unittest
from datetime import datetime, timezone

BUILD = os.environ["KIOSK_BINARY_DIR"]
PROGRAM = os.path.join(BUILD, "bin", "satellitkiosk")
DEMO = os.path.join(BUILD, "share", "satellitkiosk", "demo")
MORNING = "2026-11-23T10:42"
MUCH_LATER = "2027-01-11T10:42"

BOOKING = """BEGIN:VEVENT
UID:canary-booking.gulfjader@umea.example
DTSTAMP:20261101T000000Z
DTSTART:20261123T093000Z
DTEND:20261123T140000Z
SUMMARY:Kanarie Gulfjäder – Kontorsplats 3
LOCATION:Kontorsplats 3 (Kanarie Gulfjäder\\, 070-555 01 02\\, Storgatan 7)
DESCRIPTION:Tel 070-555 01 02\\, gul@example.org\\, hemlig ärendemening
ORGANIZER;CN=Hemlig Chef:mailto:chef@example.org
END:VEVENT
"""
UID = "canary-booking.gulfjader@umea.example"

# Nobody's name is recognised here, so there is none to show, and the UID is no substitute.
NAMELESS = """BEGIN:VEVENT
UID:canary-nameless@umea.example
DTSTAMP:20261101T000000Z
DTSTART:20261123T093000Z
DTEND:20261123T140000Z
SUMMARY:Hemlig Namnlös
LOCATION:Kontorsplats 7 hos Hemlig Namnlös
END:VEVENT
"""

# What is said of persons in fields that the kiosk reads, and that it must keep in none.
SECRETS = ("Gulfjäder", "gulfjader", "canary-booking", "070-555", "Storgatan", "gul@example.org", "ärendemening", "Hemlig Chef",
           "chef@example.org", "Hemlig Namnlös", "canary-nameless")


class Audit(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        self.office = os.path.join(self.folder, "office")
        self.state = os.path.join(self.folder, "state")
        shutil.copytree(DEMO, self.office)
        desks = os.path.join(self.office, "desks.ics")
        with open(desks, encoding="utf-8", newline="") as file:
            text = file.read()
        with open(desks, "w", encoding="utf-8", newline="") as file:
            events = (BOOKING + NAMELESS).replace("\n", "\r\n")
            file.write(text.replace("BEGIN:VEVENT", events + "BEGIN:VEVENT", 1))

    def run_program(self, *arguments, now=MORNING):
        return subprocess.run([PROGRAM, "--config", os.path.join(self.office, "kiosk.conf"), "--state", self.state,
                               "--now", now, *arguments], capture_output=True, text=True, timeout=120, check=False)

    def audit(self, canary, now=MORNING):
        done = self.run_program("privacy-audit", "--canary", canary, now=now)
        self.assertIn(done.returncode, (0, 1), done.stderr)
        self.assertNotIn(canary, done.stdout + done.stderr)  # it may be a secret and is not repeated
        found = [line.split(": FOUND")[0] for line in done.stdout.splitlines() if line.endswith(": FOUND")]
        self.assertEqual(done.returncode, 1 if found else 0)
        return found

    def test_finds_what_is_kept_and_shown(self):
        self.run_program("sync")
        self.assertEqual(self.run_program("checkin", UID).returncode, 0)
        for name in ("Kanarie G.", "KANARIE g."):
            found = self.audit(name)
            self.assertTrue(any(place.endswith("/cache.db") for place in found), found)
            self.assertTrue(any(place.endswith("/journal.db") for place in found), found)
            self.assertTrue(any(place.startswith("screen ") and "(sv)" in place for place in found), found)
            self.assertTrue(any(place.startswith("screen ") and "(en)" in place for place in found), found)

    def test_what_is_dropped_is_nowhere(self):
        self.run_program("sync")
        self.run_program("checkin", UID)
        for secret in SECRETS:
            self.assertEqual(self.audit(secret), [], secret)

    def test_what_is_dropped_is_in_no_output(self):
        self.run_program("sync")
        for booking in (UID, "canary-nameless@umea.example"):
            done = self.run_program("checkin", booking)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertRegex(done.stdout, "(Kanarie G.|somebody) is checked in until")
            self.assertNotIn("canary", done.stdout + done.stderr)
        for arguments in (["agenda", "--json"], ["agenda"], ["checkins", "--json"], ["checkins", "--csv"], ["checkins"],
                          ["status", "--json"], ["metrics"], ["doctor"], ["--dump-ui"], ["--dump-ui", "--mode", "wall"],
                          ["--dump-ui", "--view", f"sheet:{UID}"]):
            done = self.run_program(*arguments)
            for secret in SECRETS:
                self.assertNotIn(secret, done.stdout + done.stderr, arguments)

    def test_a_booking_is_found_by_every_name(self):
        self.run_program("sync")
        rows = json.loads(self.run_program("agenda", "--json", "--from", "2026-11-23", "--days", "1").stdout)
        name = next(row["uid"] for row in rows if row["title"] == "Kanarie G.")
        self.assertRegex(name, "^u[0-9a-f]{40}$")
        for given in (name, UID):
            sheet = self.run_program("--dump-ui", "--view", f"sheet:{given}")
            self.assertIn("Kanarie G.", sheet.stdout)
            self.assertEqual(self.run_program("checkin", given).returncode, 0)
        rows = json.loads(self.run_program("checkins", "--json").stdout)
        self.assertEqual([row["uid"] for row in rows], [name])

    def test_the_retention_time_ends(self):
        self.run_program("sync")
        self.run_program("checkin", UID)
        self.assertNotEqual(self.audit("Kanarie"), [])
        # Nothing but the clock says that the time is over: nothing is erased, and the status says so.
        self.assertEqual(self.run_program("sync", now=MUCH_LATER).returncode, 0)
        journal = os.path.join(self.state, "journal.db")
        self.assertIn(journal, self.audit("Kanarie", now=MUCH_LATER))
        self.assertIn("NOT CONFIRMED since 2026-11-23", self.run_program("status", now=MUCH_LATER).stdout)
        self.assertRegex(self.run_program("doctor", now=MUCH_LATER).stdout, "retention +the time is confirmed only up to 2026-11-23")
        with open(os.path.join(self.state, "time.settled"), "w", encoding="ascii") as file:
            file.write(f"{int(datetime(2027, 1, 11, 9, 42, tzinfo=timezone.utc).timestamp())} 0\n")
        self.assertEqual(self.run_program("sync", now=MUCH_LATER).returncode, 0)
        self.assertEqual(self.audit("Kanarie", now=MUCH_LATER), [])
        self.assertEqual(self.audit("Gulfjäder", now=MUCH_LATER), [])

    def test_finds_other_forms(self):
        os.mkdir(self.state)
        for number, form in enumerate(("utf-8", "utf-16-le", "utf-16-be")):
            with open(os.path.join(self.state, f"form-{number}"), "wb") as file:
                file.write(b"\x00\x01before" + "Fågel 🐤 4711".encode(form) + b"after\xff")
        with open(os.path.join(self.state, "form-3"), "wb") as file:
            file.write(b"https://example.org/F%C3%A5gel%20%F0%9F%90%A4%204711.ics")
        self.assertEqual(len(self.audit("Fågel 🐤 4711")), 4)

    def test_finds_it_in_a_name_of_a_file(self):
        os.mkdir(self.state)
        with open(os.path.join(self.state, "kanariefågel.tmp"), "wb"):
            pass
        self.assertEqual(len(self.audit("kanariefågel")), 1)

    def test_usage(self):
        for arguments in ([], ["--canary", "abc"], ["--canary", "x" * 1025]):
            done = self.run_program("privacy-audit", *arguments)
            self.assertEqual(done.returncode, 2, arguments)
            self.assertIn("--canary", done.stderr)
        self.assertEqual(self.run_program("status", "--canary", "text").returncode, 2)


if __name__ == "__main__":
    unittest.main(verbosity=2)
