#!/usr/bin/python3
"""The sub-commands as a person or a script uses them: the built program, the demo office, a fresh state folder."""
import contextlib
import csv
import datetime
import glob
import io
import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest

import bus

BUILD = os.environ["KIOSK_BINARY_DIR"]
PROGRAM = os.path.join(BUILD, "bin", "satellitkiosk")
DEMO = os.path.join(BUILD, "share", "satellitkiosk", "demo")
HOLIDAYS = os.path.join(BUILD, "share", "satellitkiosk", "holidays-sv.ics")
READER = os.path.join(BUILD, "bin", "icsread")
MORNING = "2026-11-23T10:42"
SHOWN = os.environ | {"DISPLAY": ":77"}  # as on a machine with a display


class Office(unittest.TestCase):
    """A copy of the demo office and an empty state folder for each test."""

    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        self.office = os.path.join(self.folder, "office")
        self.state = os.path.join(self.folder, "state")
        shutil.copytree(DEMO, self.office)

    def run_program(self, *args, now=MORNING, exit_status=0, config=None, env=None, program=PROGRAM):
        command = [program, "--config", config or os.path.join(self.office, "kiosk.conf"), "--state", self.state]
        result = subprocess.run(command + (["--now", now] if now else []) + list(args), capture_output=True,
                                stdin=subprocess.DEVNULL, timeout=120, env=env)
        out, err = result.stdout.decode(), result.stderr.decode()
        self.assertEqual(result.returncode, exit_status, f"{args}: {out}{err}")
        return out, err

    def run_json(self, *args, **options):
        return json.loads(self.run_program(*args, "--json", **options)[0])

    def replace(self, name, old, new):
        path = os.path.join(self.office, name)
        with open(path, encoding="utf-8", newline="") as file:
            text = file.read()
        self.assertIn(old, text)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text.replace(old, new))


class Terminal(Office):
    """What a terminal takes for commands reaches it from nowhere: not from paths, and not from arguments."""

    def test_no_escape_sequence(self):
        escape = "\x1b[31m\u009b2J\u202e"
        self.state = os.path.join(self.folder, "state" + escape)
        for arguments, status in (
                (("status",), 0), (("doctor",), None), (("checkin", "5" + escape), 1), (("--view", escape), 2), ((escape,), 2),
                (("--now", escape), 2), (("--" + escape,), 2), (("--screenshot", f"/nonexistent/{escape}.png"), 1)):
            command = [PROGRAM, "--config", os.path.join(self.office, "kiosk.conf"), "--state", self.state, *arguments]
            result = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, timeout=120)
            if status is not None:
                self.assertEqual(result.returncode, status, f"{arguments}: {result.stderr}")
            for text in (result.stdout.decode(), result.stderr.decode()):
                self.assertNotRegex(text, "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", f"{arguments}")


class Config(Office):
    def test_a_good_file(self):
        out, _ = self.run_program("--check-config", now=None)
        self.assertIn("ok, 6 feeds, 9 places", out)
        self.assertFalse(os.path.exists(self.state), "checking stores nothing")

    def test_a_mistake_stops_every_command(self):
        self.replace("kiosk.conf", "grace = 15", "grase = 15")
        with open(os.path.join(self.office, "kiosk.conf"), encoding="utf-8") as file:
            line = 1 + next(i for i, text in enumerate(file) if "grase" in text)
        for command in (["--check-config"], ["sync"], ["agenda"], ["status"], ["checkin", "5"], ["--dump-ui"], []):
            _, err = self.run_program(*command, exit_status=78)
            self.assertRegex(err, rf"kiosk\.conf:{line}: grase: .* did you mean grace\?")

    def test_a_rotation_table_with_a_mistake(self):
        with open(os.path.join(self.office, "region.conf"), "w", encoding="utf-8") as file:
            file.write('region "R" { }\nyear 2026 { hosst = "Bjurholm" }\n')
        _, err = self.run_program("--check-config", exit_status=78)
        self.assertIn("region.conf:2: hosst", err)

    def test_a_calendar_that_is_not_there_yet(self):
        os.unlink(os.path.join(self.office, "kc.ics"))
        _, err = self.run_program("--check-config")
        self.assertIn("kc: ", err)

    def test_a_language_without_translation(self):
        self.replace("kiosk.conf", "language = sv", "language = fi")
        out, err = self.run_program("--check-config")
        self.assertIn('no translation for "fi"', err)
        self.assertIn("ok, ", out)

    def test_usage(self):
        _, err = self.run_program("agneda", exit_status=2)
        self.assertIn("did you mean agenda?", err)
        self.run_program("--lang", "fi", "--dump-ui", exit_status=2)
        self.assertIn("satellitkiosk ", self.run_program("--version")[0])
        self.assertIn("checkin PLACE|UID", self.run_program("--help")[0])

    def test_output_that_cannot_be_written(self):
        with open("/dev/full", "w") as full:
            result = subprocess.run([PROGRAM, "--help"], stdout=full, stderr=subprocess.PIPE, timeout=60)
        self.assertEqual(result.returncode, 1)
        self.assertIn(b"could not be written", result.stderr)


class Languages(Office):
    """Debian installs no locale but C, and C.UTF-8, which is part of the C library."""

    def test_every_locale_but_c_is_gone(self):
        empty = os.path.join(self.folder, "locales")
        os.mkdir(empty)
        self.run_program("sync")
        for locale in ("C", "C.UTF-8", "de_DE.UTF-8"):
            # The C library forgets the memory in which it took LOCPATH apart.
            env = os.environ | {"LOCPATH": empty, "LC_ALL": locale, "LANG": locale, "LANGUAGE": "de:fr",
                                "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"}
            with self.subTest(locale=locale):
                shown = {lang: self.run_program("--lang", lang, "--dump-ui", env=env)[0] for lang in ("sv", "en")}
                self.assertIn("Lediga nu", shown["sv"])
                self.assertIn("måndag 23 november", shown["sv"])
                self.assertNotIn("Free now", shown["sv"])
                self.assertIn("Free now", shown["en"])
        self.assertRegex(self.run_program("doctor", env=env | {"DISPLAY": ":77"})[0], r"ok +translation +Svenska\n")

    def test_doctor_and_a_language_without_translation(self):
        self.run_program("sync")
        self.replace("kiosk.conf", "language = sv", "language = fi")
        out, _ = self.run_program("doctor", env=SHOWN, exit_status=1)
        self.assertRegex(out, r'WRONG +translation +there is none for "fi", so the screen is in English; install the package again')


class Feeds(Office):
    def test_sync_tells_every_feed(self):
        out, _ = self.run_program("sync")
        self.assertEqual([line.split()[:2] for line in out.splitlines()],
                         [[feed, "ok"] for feed in ("desks", "desk-4", "room", "council", "kc", "region")])

    def test_a_feed_that_fails_leaves_the_others(self):
        self.run_program("sync")
        with open(os.path.join(self.office, "room.ics"), "w", encoding="utf-8") as file:
            file.write("<html><body>Sign in</body></html>")
        out, _ = self.run_program("sync", exit_status=1)
        lines = out.splitlines()
        self.assertEqual(sum("failed: " in line for line in lines), 1)
        self.assertIn("room     failed: ", out)
        titles = [row["title"] for row in self.run_json("agenda")]
        self.assertIn("Digitaliseringsgruppen", titles, "the last good data stays")
        feeds = {feed["name"]: feed for feed in self.run_json("status")["feeds"]}
        self.assertEqual(feeds["room"]["trouble"], "not-a-calendar")
        self.assertTrue(feeds["room"]["error"])
        self.assertIsNone(feeds["desks"]["trouble"])

    def test_a_missing_file(self):
        os.unlink(os.path.join(self.office, "kc.ics"))
        out, _ = self.run_program("sync", exit_status=1)
        self.assertIn("kc       failed: ", out)

    def test_status_before_anything_was_read(self):
        status = self.run_json("status")
        self.assertEqual({feed["level"] for feed in status["feeds"]}, {"unknown"})
        self.assertTrue(status["journal"]["ok"])
        self.assertTrue(status["clock"]["trusted"])
        self.assertEqual(status["now"], "2026-11-23T09:42:00Z")

    def test_status_grows_old(self):
        self.run_program("sync")
        for now, level in ((MORNING, "fresh"), ("2026-11-23T11:20", "ageing"), ("2026-11-23T14:00", "old")):
            feeds = {feed["name"]: feed for feed in self.run_json("status", now=now)["feeds"]}
            self.assertEqual(feeds["desks"]["level"], level, now)
        self.assertEqual(feeds["desks"]["rows"], 339)
        self.assertIn("desks", self.run_program("status")[0])


    def test_status_tells_what_was_passed_over_and_assumed(self):
        self.assertIsNone(self.run_json("status")["feeds"][0]["notes"])
        self.replace("room.ics", "END:VCALENDAR", "BEGIN:VEVENT\r\nUID:x1\r\nDTSTART:never\r\nEND:VEVENT\r\n"
                     "BEGIN:VEVENT\r\nUID:x2\r\nDTSTART;TZID=Nowhere:20261123T150000\r\nEND:VEVENT\r\nEND:VCALENDAR")
        self.run_program("sync")
        feeds = {feed["name"]: feed for feed in self.run_json("status")["feeds"]}
        self.assertEqual(feeds["room"]["notes"], {"skipped": {"bad-start": 1}, "assumed": {"unknown-zone": 1}})
        self.assertEqual(feeds["room"]["skipped"], 1)
        self.assertEqual(feeds["desks"]["notes"], {"skipped": {}, "assumed": {}})
        out, _ = self.run_program("status")
        self.assertIn("  skipped: bad-start 1\n", out)
        self.assertIn("  assumed: unknown-zone 1\n", out)


class Agenda(Office):
    def test_a_day(self):
        self.run_program("sync")
        rows = self.run_json("agenda", "--from", "2026-11-23", "--days", "1")
        self.assertEqual(len(rows), 13)
        self.assertEqual([row["start"] for row in rows], sorted(row["start"] for row in rows))
        nils = next(row for row in rows if row["place"] == "5")
        self.assertEqual((nils["title"], nils["start"], nils["end"]),
                         ("Nils S.", "2026-11-23T09:30:00Z", "2026-11-23T14:00:00Z"))
        private = next(row for row in rows if row["private"])
        self.assertEqual(private["title"], "Busy")

    def test_nothing_but_the_reduced_form(self):
        self.run_program("sync")
        everything = json.dumps(self.run_json("agenda", "--days", "60"), ensure_ascii=False)
        for kept_back in ("Sandström", "example.org", "070-17406", "Avbokad", "Canceled"):
            self.assertNotIn(kept_back, everything)

    def test_exceptions_of_series(self):
        self.run_program("sync")
        rows = [row for row in self.run_json("agenda", "--days", "45") if row["title"] == "Göran H."
                and row["place"] == "8"]
        days = [row["start"] for row in rows]
        self.assertIn("2026-11-27T12:30:00Z", days)
        self.assertIn("2026-12-03T12:00:00Z", days, "moved here")
        self.assertNotIn("2026-12-04T12:30:00Z", days, "moved away")
        self.assertNotIn("2026-12-11T12:30:00Z", days, "cancelled")
        self.assertNotIn("2026-12-25T12:30:00Z", days, "left out")

    def test_all_day(self):
        self.run_program("sync")
        rows = [row for row in self.run_json("agenda", "--days", "45") if row["all_day"]]
        self.assertEqual([(row["start"], row["end"]) for row in rows],
                         [("2026-12-04", "2026-12-05"), ("2026-12-18", "2026-12-19"), ("2027-01-15", "2027-01-16")][:len(rows)])
        self.assertGreaterEqual(len(rows), 2)

    def test_meetings(self):
        self.run_program("sync")
        meetings = [(row["title"], row["start"], row["location"]) for row in self.run_json("agenda", "--days", "20")
                    if row["kind"] == "meeting"]
        self.assertEqual(meetings[0], ("Umeåregionrådet", "2026-11-27T08:00:00Z", "Vännäs"))
        self.assertEqual(meetings[1][:2], ("KC-gruppen", "2026-12-04T12:00:00Z"))
        self.assertEqual(meetings[2][0], "Överlämningsmöte")

    def test_text(self):
        self.run_program("sync")
        out, _ = self.run_program("agenda", "--days", "1")
        self.assertIn("2026-11-23  10:30–15:00  Plats 5       Nils S.\n", out)
        self.assertEqual(self.run_program("agenda", "--from", "2026-11-22", "--days", "1")[0], "")

    def test_what_is_not_known(self):
        never = self.run_json("agenda", "--days", "1")
        self.assertEqual({row["kind"] for row in never}, {"unknown"})
        self.assertEqual(never[0]["start"], "2026-11-22T23:00:00Z")
        self.run_program("sync")
        old = self.run_json("agenda", "--days", "1", now="2026-11-23T14:00")
        unknown = {row["feed"]: row for row in old if row["kind"] == "unknown"}
        self.assertRegex(unknown["desks"]["start"], "^2026-11-23T09:4")
        self.assertEqual(unknown["desks"]["end"], "2026-11-23T23:00:00Z")
        self.assertIn("booking", {row["kind"] for row in old})
        far, _ = self.run_program("agenda", "--from", "2027-01-21", "--days", "2")
        self.assertIn("2027-01-22 00:00 to 2027-01-23 00:00: not known what desks holds\n", far)
        self.assertIn('desks{state="unknown"} 8\n', self.run_program("metrics", now="2026-11-23T14:00")[0])
        desks = self.run_json("status")["feeds"][0]
        self.assertEqual((desks["known_from"], desks["known_through"]), ("2026-11-21", "2027-01-21"))


class Closures(Office):
    EASTER = ("2026-04-05 2027-03-28 2028-04-16 2029-04-01 2030-04-21 2031-04-13 2032-03-28 2033-04-17 2034-04-09 "
              "2035-03-25 2036-04-13 2037-04-05 2038-04-25 2039-04-10 2040-04-01 2041-04-21 2042-04-06 2043-03-29 "
              "2044-04-17 2045-04-09 2046-03-25 2047-04-14 2048-04-05 2049-04-18 2050-04-10").split()
    FIXED = {"Nyårsdagen": "01-01", "Trettondedag jul": "01-06", "Första maj": "05-01", "Sveriges nationaldag": "06-06",
             "Julafton": "12-24", "Juldagen": "12-25", "Annandag jul": "12-26", "Nyårsafton": "12-31"}
    AFTER_EASTER = {"Långfredagen": -2, "Påskafton": -1, "Påskdagen": 0, "Annandag påsk": 1,
                    "Kristi himmelsfärdsdag": 39, "Pingstafton": 48, "Pingstdagen": 49}

    def holidays(self, easter):
        """Returns the holidays of one year by the law (1989:253), day and name, with the eves on which offices are closed."""
        def saturday_from(month, day):
            first = datetime.date(easter.year, month, day)
            return first + datetime.timedelta(days=(5 - first.weekday()) % 7)
        found = {(f"{easter.year}-{day}", name) for name, day in self.FIXED.items()}
        found |= {(str(easter + datetime.timedelta(days=days)), name) for name, days in self.AFTER_EASTER.items()}
        midsummer = saturday_from(6, 20)
        return found | {(str(midsummer), "Midsommardagen"), (str(saturday_from(10, 31)), "Alla helgons dag"),
                        (str(midsummer - datetime.timedelta(days=1)), "Midsommarafton")}

    def test_packaged_holidays(self):
        with open(HOLIDAYS, "rb") as calendar:
            result = subprocess.run([READER, "--from", "2026-01-01", "--to", "2051-01-01", "--zone", "Europe/Stockholm"],
                                    stdin=calendar, capture_output=True, check=True, timeout=60)
        rows = [json.loads(line) for line in result.stdout.decode().splitlines()]
        expected = set()
        for easter in self.EASTER:
            expected |= self.holidays(datetime.date.fromisoformat(easter))
        self.assertEqual({(row["start"], row["summary"]) for row in rows}, expected)
        self.assertEqual(len(rows), 18 * len(self.EASTER))

    def test_one_line_of_configuration(self):
        with open(os.path.join(self.office, "kiosk.conf"), "a", encoding="utf-8") as file:
            file.write(f'feed "helgdagar" {{ kind = closures  path = "{HOLIDAYS}" }}\n')
        eve = "2026-12-24T10:42"
        self.run_program("sync", now=eve)
        closed = [row["title"] for row in self.run_json("agenda", "--days", "14", now=eve) if row["kind"] == "closure"]
        self.assertEqual(closed, ["Julafton", "Juldagen", "Annandag jul", "Nyårsafton", "Nyårsdagen", "Trettondedag jul"])
        self.assertIn("satellitkiosk_closed 1\n", self.run_program("metrics", now=eve)[0])
        self.assertIn("Stängt i dag – Julafton", self.run_program("--dump-ui", now=eve)[0])
        self.assertNotIn("Stängt i dag", self.run_program("--dump-ui", now="2026-12-28T10:42")[0])


class CheckIns(Office):
    def setUp(self):
        super().setUp()
        self.run_program("sync")

    def rows(self, *args):
        return list(csv.DictReader(io.StringIO(self.run_program("checkins", "--csv", *args)[0], newline="")))

    def test_in_and_out(self):
        out, _ = self.run_program("checkin", "5")
        self.assertEqual(out, "Kontorsplats 5: Nils S. is checked in until 15:00\n")
        self.assertIn("already checked in", self.run_program("checkin", "5")[0])
        self.assertEqual(len(self.rows()), 1, "the same action twice is one")
        self.assertEqual(self.rows()[0]["place"], "5")
        self.assertEqual(self.rows()[0]["name"], "Nils S.")
        self.assertIn("checked out", self.run_program("checkout", "5", now="2026-11-23T11:00")[0])
        self.assertEqual([row["action"] for row in self.rows()], ["check-in", "check-out"])

    def test_by_uid(self):
        booking = next(row for row in self.run_json("agenda", "--days", "1") if row["place"] == "8")
        self.run_program("checkin", booking["uid"])
        self.assertEqual(self.rows()[0]["uid"], booking["uid"])
        self.assertEqual(self.run_json("checkins")[0]["start"], "2026-11-23T10:00:00Z")

    def test_refused(self):
        for arguments in (["checkin", "4"], ["checkin", "K"], ["checkin", "99"], ["checkin", "no-such-uid"],
                          ["checkout", "5"], ["checkout", "99"]):
            _, err = self.run_program(*arguments, exit_status=1)
            self.assertTrue(err.startswith(f"satellitkiosk: {arguments[1]}: "), err)
        self.run_program("checkin", "5", now="2026-11-23T09:59", exit_status=1)
        self.run_program("checkin", "5", now="2026-11-23T10:00")

    def test_a_state_folder_that_cannot_be_written(self):
        os.unlink(os.path.join(self.state, "journal.db"))
        os.mkdir(os.path.join(self.state, "journal.db"))
        _, err = self.run_program("checkin", "5", exit_status=1)
        self.assertTrue(err)
        self.assertFalse(self.run_json("status")["journal"]["ok"])

    def test_csv_is_rfc_4180(self):
        self.assertEqual(self.run_program("checkins", "--csv")[0],
                         "id,at,action,place,name,feed,uid,recurrence_id,start,end,undoes,undone\r\n")
        self.run_program("checkin", "5")
        out, _ = self.run_program("checkins", "--csv")
        self.assertEqual(out.count("\r\n"), 2)
        self.assertEqual(out.replace("\r\n", "").count("\n"), 0)

    def test_csv_of_a_hostile_name(self):
        self.replace("kiosk.conf", "names = short", "names = full")
        self.replace("desks.ics", "SUMMARY:Nils Sandström – Kontorsplats 5", 'SUMMARY:=1+2\\, "Nils" – Kontorsplats 5')
        self.run_program("sync")
        self.run_program("checkin", "5")
        self.assertEqual(self.rows()[0]["name"], '\'=1+2, "Nils"')
        self.assertEqual(self.run_json("checkins")[0]["name"], '=1+2, "Nils"')

    def test_from(self):
        self.run_program("checkin", "5")
        self.assertEqual(len(self.rows("--from", "2026-11-23")), 1)
        self.assertEqual(len(self.rows("--from", "2026-11-24")), 0)

    @unittest.skipUnless(os.geteuid() == 0, "only root can act for another user")
    def test_root_acts_for_the_owner(self):
        shutil.rmtree(self.state)
        os.mkdir(self.state, 0o700)
        os.chown(self.state, 65534, 65534)
        os.chmod(self.folder, 0o755)
        for name in ("bin", "share"):  # the owner need not be able to read what is built
            shutil.copytree(os.path.join(BUILD, name), os.path.join(self.folder, name))
        program = os.path.join(self.folder, "bin", "satellitkiosk")
        self.run_program("sync", program=program)
        self.run_program("checkin", "5", program=program)
        self.assertEqual({os.stat(os.path.join(self.state, name)).st_uid for name in os.listdir(self.state)}, {65534})

    def test_it_is_private(self):
        self.assertEqual(os.stat(self.state).st_mode & 0o777, 0o700)


class Pictures(Office):
    def test_a_first_picture_has_life(self):
        tree = json.loads(self.run_program("--dump-ui")[0])
        texts = " ".join(widget["text"] for widget in tree)
        self.assertIn("Nils S.", texts)
        self.assertIn("10:42", texts)

    def test_views(self):
        for view in ("home", "sheet:5", "free:4", "host", "meeting:none", "night", "access", "move:5", "done"):
            json.loads(self.run_program("--dump-ui", "--view", view)[0])

    def test_english(self):
        tree = json.loads(self.run_program("--dump-ui", "--lang", "en")[0])
        self.assertIn("Check in", [widget["text"] for widget in tree])

    def test_png(self):
        file = os.path.join(self.folder, "home.png")
        self.run_program("--screenshot", file, "--window", "1280x720")
        with open(file, "rb") as png:
            head = png.read(24)
        self.assertEqual(head[:8], b"\x89PNG\r\n\x1a\n")
        self.assertEqual((int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")), (1280, 720))
        self.run_program("--screenshot", "/nonexistent/home.png", exit_status=1)

    def test_first_run(self):
        tree = json.loads(self.run_program("--dump-ui", config=os.path.join(DEMO, "..", "kiosk.conf"))[0])
        self.assertIn("kiosk.conf", " ".join(widget["text"] for widget in tree))


class Health(Office):
    def metrics(self):
        out, _ = self.run_program("metrics")
        lines = [line for line in out.splitlines() if not line.startswith("#")]
        return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}

    def test_doctor(self):
        self.run_program("sync")
        out, _ = self.run_program("doctor", env=SHOWN)
        self.assertNotIn("WRONG", out)
        with open("/usr/share/zoneinfo/tzdata.zi", encoding="ascii") as file:
            self.assertRegex(out, rf"ok +time zones +tzdata {file.readline().removeprefix('# version ').strip()}\n")
        with open(os.path.join(self.office, "room.ics"), "w", encoding="utf-8") as file:
            file.write("<html></html>")
        self.run_program("sync", exit_status=1)
        out, _ = self.run_program("doctor", now="2026-11-24T10:42", exit_status=1)
        self.assertRegex(out, r"WRONG +feed +room: ")

    def test_bookings_in_which_nobody_is_found(self):
        self.replace("kiosk.conf", "person = '^(.*) [–-] '", "person = '^(Nils.*) [–-] '")
        self.run_program("sync")
        feeds = {feed["name"]: feed for feed in self.run_json("status")["feeds"]}
        count, rows = feeds["desks"]["unnamed"], feeds["desks"]["rows"]
        self.assertTrue(0 < count < rows)
        self.assertEqual(feeds["room"]["unnamed"], 0, "a room's bookings have titles")
        self.assertIn(f"  no person found: {count}\n", self.run_program("status")[0])
        self.assertRegex(self.run_program("doctor", env=SHOWN)[0], rf"CHECK +names +desks: .* in {count} of {rows} bookings")
        names = {booking["title"] for booking in self.run_json("agenda") if booking["place"] == "5"}
        self.assertEqual(names, {"Busy", "Nils S."})

    def test_doctor_without_tzdata(self):
        alone = ["unshare", "--map-root-user", "--mount", "sh", "-c"]
        if subprocess.run([*alone, "mount -t tmpfs none /usr/share/zoneinfo"], capture_output=True, check=False).returncode:
            self.skipTest("folders cannot be hidden here")
        done = subprocess.run([*alone, 'mount -t tmpfs none /usr/share/zoneinfo && exec "$@"', "sh", PROGRAM, "--config",
                               os.path.join(self.office, "kiosk.conf"), "--state", self.state, "doctor"],
                              capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120, check=False)
        self.assertEqual(done.returncode, 78)
        self.assertRegex(done.stderr, r'zone: unknown time zone "Europe/Stockholm"; is the package tzdata installed\?\n$')

    def test_doctor_before_set_up(self):
        out, _ = self.run_program("doctor", config=os.path.join(DEMO, "..", "kiosk.conf"), exit_status=1)
        self.assertRegex(out, r"WRONG +configuration .*satellitkiosk setup")

    def test_doctor_misses_a_credential(self):
        config = os.path.join(self.office, "credential.conf")
        with open(config, "w", encoding="utf-8") as file:
            file.write('office "Kontoret" { zone = "Europe/Stockholm" }\nfeed "desks" { kind = bookings credential = "desks-url" }\n')
        out, _ = self.run_program("doctor", config=config, env={"CREDENTIALS_DIRECTORY": self.office}, exit_status=1)
        self.assertIn("desks-url: the address of the feed desks is not in", out)
        with open(os.path.join(self.office, "desks-url"), "w", encoding="utf-8") as file:
            file.write("https://localhost/canary")
        os.chmod(os.path.join(self.office, "desks-url"), 0o600)
        out, _ = self.run_program("doctor", config=config, env={"CREDENTIALS_DIRECTORY": self.office, "DISPLAY": ":77"})
        self.assertRegex(out, "ok +credential +desks-url")
        self.assertNotIn("canary", out)

    def test_doctor_misses_a_proxys_password_once(self):
        config = os.path.join(self.office, "proxy.conf")
        with open(config, "w", encoding="utf-8") as file:
            file.write('office "Kontoret" { zone = "Europe/Stockholm" }\n'
                       'network { proxy = "http://127.0.0.1:9" proxy-credential = "proxy" }\n'
                       'feed "desks" { url = "https://localhost/canary" }\nfeed "room" { url = "https://localhost/canary" }\n')
        out, _ = self.run_program("doctor", config=config, env={"CREDENTIALS_DIRECTORY": self.office}, exit_status=1)
        self.assertEqual(out.count("proxy: the proxy's password of the feed desks is not in"), 1)
        self.assertNotIn("of the feed room", out)
        with open(os.path.join(self.office, "proxy"), "w", encoding="utf-8") as file:
            file.write('user = "canary"\npassword = "canary"\n')
        os.chmod(os.path.join(self.office, "proxy"), 0o600)
        out, _ = self.run_program("doctor", config=config, env={"CREDENTIALS_DIRECTORY": self.office, "DISPLAY": ":77"})
        self.assertRegex(out, "ok +credential +proxy")
        self.assertNotIn("canary", out)

    def findings(self, exit_status=0, **options):
        out, _ = self.run_program("doctor", "--json", exit_status=exit_status, **options)
        return [(line["finding"], line["what"], line["text"]) for line in json.loads(out)]

    def test_doctor_asks_systemd(self):
        cases = (
            ({}, 1, ("wrong", "service", "not started; systemctl enable --now satellitkiosk starts it")),
            ({"satellitkiosk": {"ActiveState": "active"}}, 0, ("ok", "service", "satellitkiosk is active")),
            ({"satellitkiosk-kms": {"ActiveState": "active"}}, 0, ("ok", "service", "satellitkiosk-kms is active")),
            ({"satellitkiosk": {"ActiveState": "activating"}}, 0,
             ("check", "service", "satellitkiosk is activating; see journalctl -u satellitkiosk")),
            ({"satellitkiosk": {"ActiveState": "failed"}}, 1,
             ("wrong", "service", "satellitkiosk is failed; see journalctl -u satellitkiosk")),
            ({"satellitkiosk": {"ActiveState": "active"}, "satellitkiosk-display": {"ActiveState": "failed"}}, 1,
             ("wrong", "service", "the compositor has failed; see journalctl -u satellitkiosk-display")),
            ({"satellitkiosk": {"ActiveState": "active", "Environment": ["A=b", "KIOSK_OPTIONS=--mode wall"]}}, 0,
             ("ok", "touch", "a wall display needs none")),
        )
        self.run_program("sync")
        for number, (units, exit_status, expected) in enumerate(cases):
            folder = os.path.join(self.folder, f"bus{number}")
            os.mkdir(folder)
            systemd = bus.Bus(folder, units)
            self.addCleanup(systemd.close)
            found = self.findings(exit_status, env=systemd.env | {"DISPLAY": ":77"})
            self.assertIn(expected, found, units)

    def test_doctor_without_a_display(self):
        env = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
        if glob.glob("/sys/class/drm/card*-*/status"):
            self.skipTest("this machine has connectors for monitors")
        found = self.findings(1, env=env)
        self.assertIn("wrong", [finding for finding, what, _ in found if what == "display"])

    def test_doctor_as_a_check(self):
        self.run_program("sync")
        out, _ = self.run_program("doctor", "--brief", exit_status=1, env=SHOWN)
        self.assertRegex(out, r"\ASATELLITKIOSK WARNING - [^|\n]*\n\Z")
        with open(os.path.join(self.office, "room.ics"), "w", encoding="utf-8") as file:
            file.write("<html></html>")
        self.run_program("sync", exit_status=1)
        out, _ = self.run_program("doctor", "--brief", now="2026-11-24T10:42", exit_status=2)
        self.assertRegex(out, r"\ASATELLITKIOSK CRITICAL - .*feed: room: [^|\n]*\n\Z")

    def test_doctor_and_a_credential_that_everybody_may_read(self):
        config = os.path.join(self.office, "credential.conf")
        with open(config, "w", encoding="utf-8") as file:
            file.write('office "Kontoret" { zone = "Europe/Stockholm" }\nfeed "desks" { kind = bookings credential = "desks-url" }\n')
        secret = os.path.join(self.office, "desks-url")
        with open(secret, "w", encoding="utf-8") as file:
            file.write("https://localhost/canary")
        os.chmod(secret, 0o644)
        env = os.environ | {"CREDENTIALS_DIRECTORY": self.office, "DISPLAY": ":77"}
        found = self.findings(1, config=config, env=env)
        self.assertTrue([text for finding, what, text in found
                         if finding == "wrong" and what == "credential" and f"chmod 600 {secret}" in text], found)

    def unable_to_save(self):
        """What status, doctor and metrics say of the check-ins."""
        wrong = [text for finding, what, text in self.findings(1) if finding == "wrong" and what == "check-ins"]
        self.assertFalse(self.run_json("status")["journal"]["ok"])
        self.assertIn("CANNOT BE SAVED", self.run_program("status")[0])
        self.assertEqual(self.metrics()["satellitkiosk_journal_ok"], 0)
        self.assertEqual(len(wrong), 1)
        return wrong[0]

    def test_a_full_disk_is_seen_without_a_check_in(self):
        os.mkdir(self.state)
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", self.state], capture_output=True, check=False).returncode:
            self.skipTest("no disk can be made here")
        self.addCleanup(subprocess.run, ["umount", "-l", self.state], check=True)
        self.run_program("status")
        with open(os.path.join(self.state, "full"), "wb") as file, contextlib.suppress(OSError):
            file.write(bytes(2 << 20))
        self.assertIn("No space left on device", self.unable_to_save())
        os.unlink(os.path.join(self.state, "full"))
        self.assertTrue(self.run_json("status")["journal"]["ok"])

    def test_metrics_of_a_state_that_cannot_be_used(self):
        with open(self.state, "w", encoding="ascii") as file:
            file.write("no folder")
        out, err = self.run_program("metrics", exit_status=1)
        self.assertIn("is not a folder", err)
        self.assertIn("satellitkiosk_journal_ok 0\n", out)
        self.assertIn("satellitkiosk_config_ok 1\n", out)

    def test_metrics_of_a_configuration_with_a_mistake(self):
        self.run_program("sync")
        self.replace("kiosk.conf", "grace = 15", "grase = 15")
        path = os.path.join(self.folder, "kiosk.prom")
        _, err = self.run_program("metrics", "--output", path, exit_status=78)
        self.assertIn("did you mean grace?", err)
        self.assertEqual(os.stat(path).st_mode & 0o777, 0o644, "an exporter runs as another user")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        self.assertIn("\nsatellitkiosk_config_ok 0\n", text)
        self.assertIn("\nsatellitkiosk_journal_ok 1\n", text)
        self.replace("kiosk.conf", "grase = 15", "grace = 15")
        feeds = self.run_json("status")["feeds"]
        self.assertTrue(all(feed["rows"] for feed in feeds if feed["name"] != "region"), "nothing was lost")

    def test_every_alert_is_about_a_metric(self):
        with open(os.path.join(DEMO, "..", "alerts.yml"), encoding="utf-8") as file:
            names = set(re.findall(r"satellitkiosk_\w+", file.read()))
        self.assertGreater(len(names), 5)
        written = set(re.findall(r"# TYPE (\w+)", self.run_program("metrics")[0]))
        elsewhere = {"satellitkiosk_screen_on", "satellitkiosk_share_lost"}
        self.assertEqual(names - written - elsewhere, set(), "only a kiosk that runs, or shares, has those")

    def test_metrics(self):
        self.assertEqual(self.metrics()['satellitkiosk_feed_agreed_timestamp_seconds{feed="desks"}'], 0)
        self.run_program("sync")
        self.run_program("checkin", "5")
        metrics = self.metrics()
        now = datetime.datetime.fromisoformat(MORNING + ":00+01:00").timestamp()
        self.assertAlmostEqual(metrics['satellitkiosk_feed_agreed_timestamp_seconds{feed="desks"}'], now, delta=3600)
        self.assertEqual(metrics["satellitkiosk_config_ok"], 1)
        self.assertEqual(metrics['satellitkiosk_bookings_today{state="checked-in"}'], 1)
        self.assertEqual(metrics['satellitkiosk_desks{state="all"}'], 8)
        self.assertEqual(metrics["satellitkiosk_journal_ok"], 1)
        self.assertNotIn("Nils", self.run_program("metrics")[0])


if __name__ == "__main__":
    unittest.main()
