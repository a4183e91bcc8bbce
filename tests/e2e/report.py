#!/usr/bin/python3
"""The report on the use of the places: what it shows and hides, and that it outlives the check-ins."""
import csv
import datetime
import io
import json
import os
import re
import subprocess
import unittest
import xml.etree.ElementTree as xml

from cli import PROGRAM, Office

LATER = "2027-01-11T10:42"


class Report(Office):
    def check_in(self):
        """Checks in on three days whoever can. Returns how many got in."""
        for day in ("23", "24", "25"):
            self.run_program("sync", now=f"2026-11-{day}T08:00")
            for place in "123568":
                command = [PROGRAM, "--config", os.path.join(self.office, "kiosk.conf"), "--state", self.state, "--now",
                           f"2026-11-{day}T10:42", "checkin", place]
                subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL, timeout=120)
        return len(self.run_json("checkins"))

    def certain(self, when):
        """As if servers had confirmed that it is so late."""
        with open(os.path.join(self.state, "time.settled"), "w", encoding="ascii") as file:
            file.write(f"{int(datetime.datetime.fromisoformat(when + ':00+01:00').timestamp())} 0\n")

    def test_few_stays_are_not_shown(self):
        self.run_program("sync")
        self.run_program("checkin", "5")
        report = self.run_json("report", now="2026-11-24T08:00")
        self.assertIsNone(report["stays"])
        self.assertEqual([report[table] for table in ("days", "hours", "weekdays", "places")], [[]] * 4)
        self.assertIn("fewer than 5 stays", self.run_program("report", now="2026-11-24T08:00")[0])
        self.assertIn("färre än 5 besök", self.run_program("report", "--html", now="2026-11-24T08:00")[0])

    def test_numbers_add_up_and_none_is_small(self):
        count = self.check_in()
        self.assertGreater(count, 9)
        report = self.run_json("report", now=LATER)
        self.assertEqual((report["from"], report["through"], report["least"]), ("2026-01-01", "2027-01-10", 5))
        self.assertEqual(report["stays"], count)
        for table in ("days", "weekdays", "places"):
            self.assertEqual(sum(row["stays"] for row in report[table]), count, table)
        for table in ("days", "hours", "weekdays", "places"):
            self.assertTrue(all(row["stays"] >= 5 for row in report[table]), report[table])
        self.assertEqual(report["days"][0]["from"], "2026-11-23")
        rows = list(csv.DictReader(io.StringIO(self.run_program("report", "--csv", now=LATER)[0], newline="")))
        self.assertEqual([(row["by"] + "s", row["name"], int(row["stays"])) for row in rows],
                         [(table, row["label"], row["stays"]) for table in ("days", "hours", "weekdays", "places")
                          for row in report[table]])
        self.assertEqual(self.run_json("report", "--from", "2026-12-24", now=LATER)["stays"], None)

    def test_the_numbers_outlive_the_check_ins_and_name_nobody(self):
        count = self.check_in()
        before = self.run_json("report", now="2026-12-01T08:00")
        self.certain(LATER)
        self.run_program("sync", now=LATER)
        self.assertEqual(self.run_json("checkins", now=LATER), [], "all of them are erased")
        after = self.run_json("report", now=LATER)
        for table in ("stays", "days", "hours", "weekdays", "places"):
            self.assertEqual(after[table], before[table], table)
        path = os.path.join(self.state, "history.json")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        self.assertNotRegex(text, "Nils|u[0-9a-f]{8}|desks")
        self.assertEqual(os.stat(path).st_mode & 0o777, 0o600)
        self.assertEqual(json.loads(text)["purges"][0]["removed"], count)
        self.assertEqual(self.run_program("privacy-log", now=LATER)[0],
                         f"2027-01-11 10:42  {count} entries from before 2026-12-12 erased\n")
        # Nothing is counted twice, whatever is erased later.
        self.certain("2027-01-12T10:42")
        self.run_program("sync", now="2027-01-12T10:42")
        self.assertEqual(self.run_json("report", now=LATER)["stays"], count)

    def test_a_damaged_history_keeps_nothing_from_being_erased(self):
        self.check_in()
        path = os.path.join(self.state, "history.json")
        with open(path, "w", encoding="ascii") as file:
            file.write('{"version": 99}')
        self.assertIn("history.json: is damaged or of a newer program", self.run_program("report", exit_status=1)[1])
        self.certain(LATER)
        self.run_program("sync", now=LATER)
        self.assertEqual(self.run_json("checkins", now=LATER), [])
        self.assertTrue(os.path.exists(path + ".damaged"))
        self.assertTrue(self.run_json("report", now=LATER)["stays"])

    def test_the_page(self):
        self.replace("kiosk.conf", 'office "Satellitkontoret"', 'office "Kontor <b> & \'Co\'"')
        self.check_in()
        for language, word in (("sv", "Besök per dag"), ("en", "Stays by day")):
            page = self.run_program("report", "--html", "--lang", language, now=LATER)[0]
            self.assertIn(f'<html lang="{language}">', page)
            self.assertIn(word, page)
            self.assertIn("Kontor &lt;b&gt; &amp; 'Co'", page)
            self.assertNotRegex(page, r"(?:src|href)=|https?:|@import|<script")
            charts = re.findall(r"<svg.*?</svg>", page, flags=re.S)
            self.assertEqual(len(charts), 4)
            report = self.run_json("report", now=LATER)
            for chart, table in zip(charts, ("days", "hours", "weekdays", "places")):
                drawn = xml.fromstring(chart)
                self.assertEqual(len(drawn.findall(".//rect")), len(report[table]))
                shown = [int(title.text.rsplit(": ", 1)[1]) for title in drawn.findall(".//title")]
                self.assertEqual(shown, [row["stays"] for row in report[table]])


if __name__ == "__main__":
    unittest.main()
