#!/usr/bin/python3
"""What status, doctor and metrics say to an administrator about the exchange of check-ins with the other machines."""
import os
import pathlib
import re
import shutil
import tempfile
import unittest

import boxes

MORNING = "2026-11-23T10:46"
FOREIGN = {"notes.txt": "not ours", "20261123-tower-7.ics": "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"}


class Health(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        self.transport = boxes.Folder(self.folder)
        self.office = boxes.Office(self.folder, ["entre", "pentry"], self.transport, MORNING)
        self.box, self.other = self.office.boxes

    def status(self):
        """The lines about the share, and their figures as JSON."""
        lines = self.box.ask("status").split("\n")
        first = next(number for number, line in enumerate(lines) if line.startswith("Shared as"))
        after = next(number for number, line in enumerate(lines) if line.startswith("Screen"))
        return "\n".join(line.strip() for line in lines[first:after]), self.box.share()

    def doctor(self):
        done = self.box.run("doctor")
        return re.search(r"^(\w+)\s+share\s+(.*)$", done.stdout, re.MULTILINE).groups()

    def metrics(self):
        return dict(re.findall(r"^satellitkiosk_share_(\S+) (\d+)$", self.box.ask("metrics"), re.MULTILINE))

    def test_before_the_first_exchange(self):
        text, figures = self.status()
        self.assertEqual(text, "Shared as      entre, no exchange yet\n"
                               "waiting to be delivered: not known, skipped objects: 0")
        self.assertEqual((figures["box"], figures["agreed"], figures["outbox"]), ("entre", None, None))
        self.assertEqual(self.doctor(), ("CHECK", "entre: no exchange yet; is the kiosk started?"))
        self.assertEqual(self.metrics(), {'info{box="entre"}': "1", "agreed_timestamp_seconds": "0", "lost": "0",
                                          "skipped": "0"})

    def test_after_an_exchange(self):
        self.box.ask("sync")
        text, figures = self.status()
        self.assertEqual(text, "Shared as      entre, last exchange 2026-11-23 10:46\n"
                               "waiting to be delivered: 0, skipped objects: 0")
        self.assertEqual((figures["lost"], figures["outbox"], figures["skipped"], figures["error"]), (False, 0, 0, None))
        self.assertEqual(self.doctor(), ("ok", "entre: last exchange 2026-11-23 10:46, waiting to be delivered: 0"))
        metrics = self.metrics()
        self.assertAlmostEqual(int(metrics["agreed_timestamp_seconds"]), boxes.instant(MORNING), delta=60)
        self.assertEqual((metrics["lost"], metrics["outbox"], metrics["skipped"]), ("0", "0", "0"))
        self.box.widgets()  # a program that exchanges nothing
        self.assertEqual(self.doctor(),
                         ("ok", "entre: last exchange 2026-11-23 10:46, waiting to be delivered: not known"))

    def test_out_of_reach(self):
        """When it was reached last is known also to the next program."""
        self.box.ask("sync")
        agreed = self.metrics()["agreed_timestamp_seconds"]
        self.box.connect(False)
        self.box.run("sync")
        self.box.widgets()
        text, figures = self.status()
        self.assertIn("last exchange 2026-11-23 10:46\n", text)
        self.assertIn("the common folder: cannot read it: No such file or directory; check that it is mounted", text)
        self.assertIn("check that it is mounted", figures["error"])
        level, words = self.doctor()
        self.assertEqual(level, "CHECK")
        self.assertIn("check that it is mounted", words)
        self.assertEqual(self.metrics()["agreed_timestamp_seconds"], agreed)

    def test_nobody_exchanges_any_more(self):
        self.box.ask("sync")
        self.office.advance(3 * 86400)
        self.assertEqual(self.doctor(), ("CHECK", "entre: no exchange since 2026-11-23 10:46; is the kiosk started?"))

    def test_the_outbox(self):
        """A folder that takes nothing: what waits is counted."""
        self.box.ask("sync")
        for place in "5", "7":
            self.box.ask("checkin", place)
        names = [f".{name}" for name in self.names_of(self.box)]
        for name in names:  # the name under which an object is written is taken by a folder
            os.mkdir(os.path.join(self.transport.common, name))
        self.box.run("sync")
        text, figures = self.status()
        self.assertIn("waiting to be delivered: 2", text)
        self.assertEqual((figures["outbox"], self.metrics()["outbox"]), (2, "2"))
        for name in names:
            os.rmdir(os.path.join(self.transport.common, name))
        self.box.ask("sync")
        self.assertEqual((self.status()[1]["outbox"], self.metrics()["outbox"]), (0, "0"))

    def names_of(self, box):
        """What its check-ins are called in the folder: another folder, for a moment, shows that."""
        link, trial = os.path.join(box.folder, "link"), os.path.join(self.folder, "trial")
        shutil.copytree(self.transport.common, trial)
        os.unlink(link)
        os.symlink(trial, link)
        box.ask("sync")
        box.connect()
        return [name for name in os.listdir(trial) if name.endswith(".ics")]

    def test_what_is_no_check_in_is_counted(self):
        for name, text in FOREIGN.items():
            pathlib.Path(self.transport.common, name).write_text(text)
        self.box.ask("sync")
        text, figures = self.status()
        self.assertIn("skipped objects: 2", text)
        self.assertEqual((figures["skipped"], self.metrics()["skipped"]), (2, "2"))
        self.box.widgets()  # a program that exchanges nothing
        self.assertEqual((self.box.share()["skipped"], self.box.share()["outbox"]), (2, None))
        level, words = self.doctor()
        self.assertEqual(level, "CHECK")
        self.assertIn("entre: 2 objects cannot be used; does another program write there", words)

    def test_an_office_with_one_machine(self):
        text = pathlib.Path(self.box.config).read_text()
        pathlib.Path(self.box.config).write_text(text[:text.index("share ")])
        self.assertIsNone(self.box.share())
        self.assertEqual(self.metrics(), {})
        self.assertNotIn("Shared", self.box.ask("status"))
        self.assertIsNone(re.search(r"^\w+\s+share\s", self.box.run("doctor").stdout, re.MULTILINE))


if __name__ == "__main__":
    unittest.main()
