#!/usr/bin/python3
"""What whoever looks after a kiosk does with it: backups, restoring, what is kept about a person, metrics."""
import grp
import json
import os
import pwd
import shutil
import subprocess
import tarfile
import unittest

from cli import DEMO, Office


class Backup(Office):
    def setUp(self):
        super().setUp()
        self.archive = os.path.join(self.folder, "kiosk.tar")
        self.run_program("sync")
        self.run_program("checkin", "5")

    def test_a_restored_kiosk_knows_the_same(self):
        self.run_program("backup", self.archive)
        self.run_program("checkout", "5", now="2026-11-23T11:00")
        with tarfile.open(self.archive) as archive:
            names = archive.getnames()
            modes = {os.path.basename(member.name): member.mode for member in archive.getmembers()}
        wanted = [os.path.join(self.state, "journal.db"), os.path.join(self.state, "identity.key"),
                  *(os.path.join(self.office, name) for name in ("kiosk.conf", "region.conf", "plan.svg"))]
        self.assertEqual(names, [os.path.realpath(path).lstrip("/") for path in wanted])
        self.assertEqual((modes["journal.db"], modes["identity.key"]), (0o600, 0o600))
        self.assertEqual(os.stat(self.archive).st_mode & 0o777, 0o600)
        kept = {name: open(os.path.join(self.office, name), "rb").read() for name in ("kiosk.conf", "region.conf")}
        shutil.rmtree(self.state)
        os.unlink(os.path.join(self.office, "kiosk.conf"))
        subprocess.run(["tar", "-C", "/", "-xpf", self.archive], check=True, capture_output=True)
        for name, content in kept.items():
            with open(os.path.join(self.office, name), "rb") as file:
                self.assertEqual(file.read(), content)
        self.run_program("sync")
        self.assertEqual([row["action"] for row in self.run_json("checkins")], ["check-in"])
        self.assertIn("already checked in", self.run_program("checkin", "5")[0], "it belongs to the same booking as before")

    def test_an_earlier_archive_is_replaced_only_by_a_whole_one(self):
        with open(self.archive, "w", encoding="ascii") as file:
            file.write("earlier")
        os.chmod(self.archive, 0o644)
        with open(os.path.join(self.state, "identity.key"), "rb") as file:
            key = file.read()
        os.unlink(os.path.join(self.state, "identity.key"))
        os.mkfifo(os.path.join(self.state, "identity.key"))
        _, err = self.run_program("backup", self.archive, exit_status=1)
        self.assertIn("identity.key", err)
        with open(self.archive, encoding="ascii") as file:
            self.assertEqual(file.read(), "earlier")
        self.assertEqual([name for name in os.listdir(self.folder) if name.endswith(".new")], [])
        os.unlink(os.path.join(self.state, "identity.key"))
        with open(os.path.join(self.state, "identity.key"), "wb") as file:
            file.write(key)
        os.chmod(os.path.join(self.state, "identity.key"), 0o600)
        self.run_program("backup", self.archive)
        self.assertEqual(os.stat(self.archive).st_mode & 0o777, 0o600)

    def test_a_folder_that_is_not_there(self):
        _, err = self.run_program("backup", os.path.join(self.folder, "no", "kiosk.tar"), exit_status=1)
        self.assertIn("no/kiosk.tar: cannot be written: No such file", err)

    @unittest.skipIf(os.geteuid() != 0, "only root can become another user")
    def test_root_reads_the_databases_as_their_owner(self):
        user = pwd.getpwnam("nobody")
        os.chmod(self.folder, 0o755)
        for path in (self.state, *(os.path.join(self.state, name) for name in os.listdir(self.state))):
            os.chown(path, user.pw_uid, user.pw_gid)
        os.chmod(os.path.join(self.office, "kiosk.conf"), 0o600)
        self.run_program("backup", self.archive)
        with tarfile.open(self.archive) as archive:
            owners = {os.path.basename(member.name): (member.uname, member.gname) for member in archive.getmembers()}
        self.assertEqual(owners["journal.db"], ("nobody", grp.getgrgid(user.pw_gid).gr_name))
        self.assertEqual(owners["kiosk.conf"][0], "root")
        self.assertEqual({os.stat(os.path.join(self.state, name)).st_uid for name in os.listdir(self.state)}, {user.pw_uid})

    def test_the_copy_is_a_whole_database(self):
        self.run_program("backup", self.archive)
        with tarfile.open(self.archive) as archive:
            member = next(name for name in archive.getnames() if name.endswith("journal.db"))
            self.assertTrue(archive.extractfile(member).read().startswith(b"SQLite format 3\0"))


class Privacy(Office):
    def test_the_record_follows_the_configuration(self):
        record = self.run_program("privacy-record")[0]
        self.assertTrue(record.startswith("# Registerförteckning (GDPR, artikel 30): Satellitkontoret\n"))
        self.assertIn("- Incheckningar: efter 30 dagar.\n", record)
        self.assertIn("- desks: förnamn med en initial\n", record)
        self.assertIn("- council: mötenas rubriker", record)
        self.replace("kiosk.conf", "names = short", "names = initials")
        self.replace("kiosk.conf", "retention-days = 30", "retention-days = 14")
        english = self.run_program("privacy-record", "--lang", "en")[0]
        self.assertIn("- desks: initials\n", english)
        self.assertIn("- Check-ins: after 14 days.\n", english)
        self.assertFalse(os.path.exists(self.state), "it stores nothing")

    def test_the_extract_is_of_one_person(self):
        self.run_program("sync")
        self.run_program("checkin", "5")
        self.run_program("checkin", "3", now="2026-11-23T09:10")
        self.run_program("checkout", "5", now="2026-11-23T11:00")
        extract = json.loads(self.run_program("privacy-extract", "nils s.")[0])
        self.assertEqual([entry["action"] for entry in extract["checkins"]], ["check-in", "check-out"])
        self.assertEqual({entry["place"] for entry in extract["checkins"]}, {"5"})
        self.assertEqual({booking["title"] for booking in extract["bookings"]}, {"Nils S."})
        self.assertEqual(json.loads(self.run_program("privacy-extract", "Nobody Here")[0]),
                         {"name": "Nobody Here", "bookings": [], "checkins": []})
        self.assertIn("which name?", self.run_program("privacy-extract", exit_status=2)[1])
        self.assertEqual(self.run_program("privacy-log")[0], "")


@unittest.skipIf(not shutil.which("promtool"), "promtool is missing (the package prometheus)")
class Prometheus(Office):
    def check(self, *arguments, text=None):
        done = subprocess.run(["promtool", "check", *arguments], input=text, capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)

    def test_alerts(self):
        self.check("rules", os.path.join(DEMO, "..", "alerts.yml"))

    def test_metrics(self):
        """Of an office whose feeds were never fetched, of one that is well, and of one whose configuration has a mistake."""
        self.check("metrics", text=self.run_program("metrics")[0])
        self.run_program("sync")
        self.check("metrics", text=self.run_program("metrics")[0])
        self.replace("kiosk.conf", "grace = 15", "grase = 15")
        self.check("metrics", text=self.run_program("metrics", exit_status=78)[0])


if __name__ == "__main__":
    unittest.main()
