#!/usr/bin/python3
"""doctor against planted faults: the table of administration.md says what it finds for each, and every row has a fault here."""
import glob
import json
import os
import pwd
import re
import shutil
import sqlite3
import subprocess
import unittest

import bus
from cli import BUILD, DEMO, MORNING, PROGRAM, SHOWN, Office

SOURCE = os.environ["KIOSK_SOURCE_DIR"]
HIDDEN = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}


def table():
    with open(os.path.join(SOURCE, "assets", "doc", "administration.md"), encoding="utf-8") as file:
        text = file.read().split("## What doctor says")[1].split("\n## ")[0]
    for row in re.findall(r"^\| (?!fault|-)(.*) \|$", text, flags=re.M):
        yield tuple(cell.strip() for cell in row.split(" | "))


def can_mount():
    return subprocess.run(["unshare", "--map-root-user", "--mount", "true"], capture_output=True, check=False).returncode == 0


class Faults(Office):
    """Each fault_… plants one and returns what run_doctor needs: options, environment, a command in front."""

    def alone(self, *commands):
        """Runs in folders of its own, after these commands."""
        if not can_mount():
            self.skipTest("nothing can be mounted here")
        return ["unshare", "--map-root-user", "--mount", "sh", "-c", " && ".join((*commands, 'exec "$@"')), "sh"]

    def own_program(self):
        """A copy of the program and its files, to take some away."""
        tree = os.path.join(self.folder, "tree")
        shutil.copytree(os.path.join(BUILD, "share"), os.path.join(tree, "share"))
        os.mkdir(os.path.join(tree, "bin"))
        for name in ("satellitkiosk", "icsread"):
            shutil.copy(os.path.join(BUILD, "bin", name), os.path.join(tree, "bin", name))
        return tree

    def synced(self):
        self.run_program("sync")
        return {}

    def secret(self, mode):
        with open(os.path.join(self.office, "kiosk.conf"), "a", encoding="utf-8") as file:
            file.write('feed "secret" { kind = meetings credential = "desks-url" }\n')
        folder = os.path.join(self.folder, "credentials")
        os.mkdir(folder)
        if mode:
            path = os.path.join(folder, "desks-url")
            with open(path, "w", encoding="ascii") as file:
                file.write("https://localhost/x")
            os.chmod(path, mode)
        return {"env": SHOWN | {"CREDENTIALS_DIRECTORY": folder}}

    def units(self, units):
        folder = os.path.join(self.folder, "bus")
        os.mkdir(folder)
        systemd = bus.Bus(folder, units)
        self.addCleanup(systemd.close)
        return {"env": systemd.env | {"DISPLAY": ":77"}}

    def disk(self, *more):
        """The state on a small disk of its own."""
        os.makedirs(self.state, exist_ok=True)
        return {"front": self.alone(f"mount -t tmpfs -o size=1m none {self.state}", *more)}

    def fault_nothing_is_set_up(self):
        return {"config": os.path.join(DEMO, "..", "kiosk.conf")}

    def fault_the_configuration_has_a_mistake(self):
        self.replace("kiosk.conf", "grace = 15", "grase = 15")
        return {}

    def fault_the_kiosks_user_cannot_read_the_configuration(self):
        if os.geteuid() != 0:
            self.skipTest("only root can become another user")
        user = pwd.getpwnam("nobody")
        os.chmod(self.folder, 0o755)
        os.mkdir(self.state)
        os.chown(self.state, user.pw_uid, user.pw_gid)
        os.chmod(os.path.join(self.office, "kiosk.conf"), 0o600)
        return {}

    def fault_the_rotation_table_has_a_mistake(self):
        with open(os.path.join(self.office, "region.conf"), "w", encoding="utf-8") as file:
            file.write('region "R" { }\nyear 2026 { hosst = "Bjurholm" }\n')
        return {}

    def fault_the_floor_plan_is_no_drawing(self):
        with open(os.path.join(self.office, "plan.svg"), "w", encoding="utf-8") as file:
            file.write("no drawing")
        return {}

    def fault_a_feeds_address_is_missing(self):
        return self.secret(None)

    def fault_everybody_may_read_a_feeds_address(self):
        return self.secret(0o644)

    def fault_a_feeds_address_is_empty(self):
        planted = self.secret(0o600)
        os.truncate(os.path.join(self.folder, "credentials", "desks-url"), 0)
        return planted

    def fault_a_feeds_authority_is_missing(self):
        with open(os.path.join(self.office, "kiosk.conf"), "a", encoding="utf-8") as file:
            file.write('feed "secret" { kind = meetings url = "https://localhost/x" ca-file = "/nowhere/ca.pem" }\n')
        return {}

    def fault_the_language_has_no_translation(self):
        self.replace("kiosk.conf", "language = sv", "language = fi")
        return {}

    def fault_the_calendar_reader_is_missing(self):
        tree = self.own_program()
        os.unlink(os.path.join(tree, "bin", "icsread"))
        return {"program": os.path.join(tree, "bin", "satellitkiosk")}

    def fault_the_calendar_reader_is_half_a_program(self):
        tree = self.own_program()
        os.truncate(os.path.join(tree, "bin", "icsread"), 1000)
        return {"program": os.path.join(tree, "bin", "satellitkiosk")}

    def fault_the_fonts_are_missing(self):
        return {"front": self.alone("mount -t tmpfs none /usr/share/fonts")}

    def fault_an_icon_is_missing(self):
        tree = self.own_program()
        os.unlink(os.path.join(tree, "share", "satellitkiosk", "icons", "warning.svg"))
        return {"program": os.path.join(tree, "bin", "satellitkiosk")}

    def fault_the_time_zones_do_not_say_their_version(self):
        zones = os.path.join(self.folder, "zones")
        shutil.copytree("/usr/share/zoneinfo/Europe", os.path.join(zones, "Europe"))
        return {"front": self.alone(f"mount --bind {zones} /usr/share/zoneinfo")}

    def fault_the_disk_is_nearly_full(self):
        return self.disk()

    def fault_the_disk_is_full(self):
        return self.disk(f"cp {self.made_state()}/* {self.state}", f"(head -c 2000000 /dev/zero >{self.state}/x 2>/dev/null; true)")

    def fault_the_disk_has_no_room_for_another_file(self):
        copy = self.made_state()
        return {"front": self.alone(f"mount -t tmpfs -o size=90m,nr_inodes=9 none {self.state}", f"cp {copy}/* {self.state}",
                                    f"(touch $(seq -f {self.state}/x%g 9) 2>/dev/null; true)")}

    def fault_another_program_holds_the_journal(self):
        self.run_program("sync")
        holder = sqlite3.connect(os.path.join(self.state, "journal.db"), isolation_level=None)
        self.addCleanup(holder.close)
        holder.execute("BEGIN EXCLUSIVE")
        return {}

    def fault_the_disk_can_only_be_read(self):
        return self.disk(f"cp {self.made_state()}/* {self.state}", f"mount -o remount,ro {self.state}")

    def made_state(self):
        """A copy of databases that are there already."""
        self.run_program("sync")
        copy = os.path.join(self.folder, "copy")
        shutil.copytree(self.state, copy)
        return copy

    def fault_the_journal_was_damaged(self):
        self.run_program("sync")
        with open(os.path.join(self.state, "journal.db"), "wb") as file:
            file.write(b"SQLite format 3\0" + b"x" * 8000)
        return {}

    def fault_the_journal_is_a_newer_programs(self):
        self.run_program("sync")
        database = sqlite3.connect(os.path.join(self.state, "journal.db"))
        database.execute("PRAGMA user_version = 99")
        database.close()
        return {}

    def fault_no_feed_was_ever_fetched(self):
        return {}

    def fault_the_kiosk_has_not_fetched_for_hours(self):
        return self.synced() | {"now": "2026-11-23T14:50"}

    def fault_the_clock_has_gone_back(self):
        return self.synced() | {"now": "2026-10-01T10:42"}

    def fault_a_feed_has_failed_for_a_day(self):
        self.run_program("sync")
        with open(os.path.join(self.office, "room.ics"), "w", encoding="utf-8") as file:
            file.write("<html></html>")
        self.run_program("sync", exit_status=1)
        return {"now": "2026-11-24T10:42"}

    def fault_events_of_a_feed_cannot_be_read(self):
        self.replace("room.ics", "END:VCALENDAR", "BEGIN:VEVENT\r\nUID:x1\r\nDTSTART:never\r\nEND:VEVENT\r\nEND:VCALENDAR")
        return self.synced()

    def fault_person_finds_nobody(self):
        self.replace("kiosk.conf", "person = '^(.*) [–-] '", "person = '^(Nils.*) [–-] '")
        return self.synced()

    def fault_the_service_is_not_started(self):
        return self.units({})

    def fault_the_service_is_masked(self):
        return self.units({"satellitkiosk": {"LoadState": "masked"}})

    def fault_the_service_is_not_installed(self):
        return self.units({"satellitkiosk": {"LoadState": "not-found"}})

    def fault_the_service_has_failed(self):
        return self.units({"satellitkiosk": {"ActiveState": "failed"}})

    def fault_the_compositor_has_failed(self):
        return self.units({"satellitkiosk": {"ActiveState": "active"}, "satellitkiosk-display": {"ActiveState": "failed"}})

    def fault_systemd_does_not_answer(self):
        return {"env": SHOWN | {"DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={self.folder}/nobody"}}

    def fault_no_monitor_is_connected(self):
        if glob.glob("/sys/class/drm/card*-*/status"):
            self.skipTest("this machine has connectors for monitors")
        return {"env": HIDDEN}

    def run_doctor(self, *options, front=(), config=None, env=None, program=PROGRAM, now=MORNING):
        command = [*front, program, "--config", config or os.path.join(self.office, "kiosk.conf"), "--state", self.state, "--now", now,
                   "doctor", *options]
        return subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, timeout=120,
                              env=env or SHOWN)

    def check(self, fault, finding, what, says):
        """What a journal that was damaged says is said once, so the check in one line comes from its own doctor."""
        planted = getattr(self, method_of(fault))()
        done = self.run_doctor("--json", **planted)
        found = [(line["finding"], line["what"], line["text"]) for line in json.loads(done.stdout or "[]")]
        pattern = ".*".join(re.escape(part) for part in says.split("…"))
        self.assertTrue([text for its, where, text in found if (its, where) == (finding, what) and re.fullmatch(pattern, text)],
                        f"{says}: {found} {done.stderr}")
        worst = 2 if any(its == "wrong" for its, _, _ in found) else 1
        self.assertEqual(done.returncode, (78 if "a mistake" in fault and what == "configuration" else worst - 1), done.stderr)
        if fault != "the journal was damaged":
            brief = self.run_doctor("--brief", **planted)
            self.assertEqual(brief.returncode, worst, brief.stdout)
            self.assertRegex(brief.stdout, r"\ASATELLITKIOSK (CRITICAL|WARNING) - [^\n]+\n\Z")


def method_of(fault):
    return "fault_" + re.sub(r"[^a-z ]", "", fault).replace(" ", "_")


ROWS = list(table())
for row in ROWS:
    def planted_fault(self, row=row):
        self.check(*row)
    setattr(Faults, "test_" + method_of(row[0]).removeprefix("fault_"), planted_fault)


class Table(unittest.TestCase):
    def test_every_fault_is_in_the_table(self):
        self.assertGreaterEqual(len(ROWS), 20)
        self.assertEqual(sorted(method_of(row[0]) for row in ROWS), sorted(name for name in dir(Faults) if name.startswith("fault_")))


if __name__ == "__main__":
    unittest.main()
