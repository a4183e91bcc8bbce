#!/usr/bin/python3
"""Walks through the kiosk as visitors do, on an X server of its own: with a finger, with keys, and clumsily. What is
seen on the display is kept as pictures in the build folder (journeys/), and home is compared with --screenshot."""
import csv
import io
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest
import unittest.mock

import pixels

BUILD = os.environ["KIOSK_BINARY_DIR"]
PROGRAM = os.path.join(BUILD, "bin", "satellitkiosk")
DEMO = os.path.join(BUILD, "share", "satellitkiosk", "demo")
PICTURES = os.path.join(BUILD, "journeys")
SIZE = "1920x1080"
RETRY_S = 5
USES_THE_ROOM = ["test_end_a_meeting_and_use_the_room"]
PATIENCE_S = 60  # far more than it takes; only a failure waits so long
PAPER, LEAF, RIVER, CARD = (0xF3, 0xF0, 0xE8), (0x1F, 0x6B, 0x42), (0x13, 0x4B, 0x66), (0xFF, 0xFF, 0xFF)
FOCUS = (0x16, 0x24, 0x2E)


class Journeys(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        office = os.path.join(self.folder, "office")
        shutil.copytree(DEMO, office)
        if self._testMethodName in USES_THE_ROOM:
            file = pathlib.Path(office, "kiosk.conf")
            file.write_text(file.read_text().replace("checkin = no", "checkin = optional", 1))
        self.base = [PROGRAM, "--config", os.path.join(office, "kiosk.conf"), "--state",
                     os.path.join(self.folder, "state"), "--now", "2026-11-23T10:42"]
        self.ask("sync")
        self.kiosk = None
        self.addCleanup(self.kill)
        os.makedirs(PICTURES, exist_ok=True)
        self.start()

    def start(self):
        path = os.path.join(self.folder, "notify")
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notices:
            notices.bind(path)
            notices.settimeout(PATIENCE_S)
            self.kiosk = subprocess.Popen(self.base + ["--window", SIZE], stdin=subprocess.DEVNULL,
                                          env=dict(os.environ, NOTIFY_SOCKET=path))
            while "READY=1" not in notices.recv(4096).decode().split("\n"):
                pass
        os.unlink(path)

    def allow_ten_minutes_to_undo(self):
        """So long a time must not lock the screen."""
        file = pathlib.Path(self.folder, "office", "kiosk.conf")
        file.write_text(file.read_text().replace("undo = 10", "undo = 600", 1))
        self.kiosk.send_signal(signal.SIGTERM)
        self.kiosk.wait()
        self.start()
        self.wait_for_home()

    def kill(self):
        if self.kiosk and self.kiosk.poll() is None:
            self.kiosk.kill()
            self.kiosk.wait()

    def ask(self, *command):
        return subprocess.run(self.base + list(command), capture_output=True, check=True, stdin=subprocess.DEVNULL,
                              timeout=PATIENCE_S).stdout.decode()

    def buttons(self, *options):
        tree = json.loads(self.ask("--dump-ui", "--window", SIZE, *options))
        return [widget for widget in tree if widget["role"] == "button" and widget["enabled"]]

    def button(self, wanted, *options):
        return next(widget for widget in self.buttons(*options) if widget["id"] == wanted)

    def booking(self, name):
        return next(widget for widget in self.buttons() if widget["id"].startswith("booking:") and name in widget["text"])

    def mouse(self, *command):
        subprocess.run(["xdotool"] + [str(word) for word in command], check=True, timeout=PATIENCE_S)

    def middle(self, widget):
        return widget["x"] + widget["w"] // 2, widget["y"] + widget["h"] // 2

    def tap(self, widget):
        self.mouse("mousemove", *self.middle(widget), "click", 1)

    def tap_until(self, widget, holds, what):
        """A tap that follows another within half a second is taken for a tremor, so it may take more than one. The next
        one must not hit what the first one opened, so it waits."""
        def tried():
            self.tap(widget)
            limit = time.monotonic() + RETRY_S
            while not holds():
                if time.monotonic() > limit:
                    return False
            return True
        self.wait_until(tried, what)

    def keys(self, *names):
        self.mouse("key", *names)

    def escape(self):
        def tried():
            self.keys("Escape")
            return self.seen().at(10, 10) == PAPER
        self.wait_until(tried, "home")
        self.wait_for_home()

    def seen(self):
        return pixels.read_display(os.environ["XVFB_PIXELS"])

    def wait_until(self, holds, what):
        limit = time.monotonic() + PATIENCE_S
        while not holds():
            self.assertLess(time.monotonic(), limit, f"never seen: {what}")
            self.assertIsNone(self.kiosk.poll(), "the kiosk ended")

    def wait_for(self, name, x, y, colour):
        """Waits until the display has this colour there, and then keeps the picture."""
        self.wait_until(lambda: self.seen().at(x, y) == colour, name)
        self.keep(name)

    def keep(self, name):
        pixels.write_png(self.seen(), os.path.join(PICTURES, f"{self._testMethodName[5:]}-{name}.png"))

    def wait_for_home(self):
        self.wait_for("home", 10, 10, PAPER)

    def wait_for_sheet(self):
        self.wait_until(lambda: self.seen().at(10, 10) != PAPER and self.seen().at(960, 240) == CARD, "sheet")
        self.wait_for("sheet", 960, 240, CARD)

    def open_room(self):
        """The room's sheet is wider than that of a desk; this point lies between its halves."""
        self.tap_until(self.button("place:K"), lambda: self.seen().at(10, 10) != PAPER and self.seen().at(1020, 400) == CARD,
                       "the room's sheet")

    def wait_for_done(self):
        self.wait_for("done", 10, 10, LEAF)

    def check_ins(self):
        rows = csv.DictReader(io.StringIO(self.ask("checkins", "--csv"), newline=""))
        return [(row["place"], row["name"], row["action"]) for row in rows]

    def ends(self):
        rows = csv.DictReader(io.StringIO(self.ask("checkins", "--csv"), newline=""))
        return [row["end"][11:16] for row in rows]

    def test_what_is_shown_is_the_screenshot(self):
        file = os.path.join(self.folder, "home.png")
        self.ask("--screenshot", file, "--window", SIZE)
        self.mouse("mousemove", 1919, 1079)
        self.wait_until(lambda: self.seen() == pixels.read_png(file), "the same picture as the screenshot")

    def test_no_bus_is_started(self):
        """libdbus starts a session bus of its own where there is none, unless the environment forbids it."""
        self.kill()
        launched = os.path.join(self.folder, "launched")
        launcher = pathlib.Path(self.folder, "dbus-launch")
        launcher.write_text(f"#!/bin/sh\ntouch {launched}\n")
        launcher.chmod(0o755)
        with unittest.mock.patch.dict(os.environ, PATH=f"{self.folder}:{os.environ['PATH']}"):
            os.environ.pop("DBUS_SESSION_BUS_ADDRESS", None)
            self.start()
        self.assertFalse(os.path.exists(launched))

    def test_check_in_and_undo(self):
        self.tap(self.booking("Nils S."))
        self.wait_for_sheet()
        button = self.button("checkin:5", "--view", "sheet:5")
        self.tap_until(button, lambda: self.seen().at(10, 10) == LEAF, "done")
        self.wait_for_done()
        self.assertEqual(self.check_ins(), [("5", "Nils S.", "check-in")])
        self.tap_until(self.button("undo", "--view", "done"),
                       lambda: [row[2] for row in self.check_ins()] == ["check-in", "undo"], "undo in the journal")

    def strip(self):
        """Returns where the undo strip at home shows its colour, and where its button is."""
        footer = [widget for widget in self.buttons() if abs(widget["y"] - self.button("lang")["y"]) < 4]
        left, y = min(widget["x"] for widget in footer), self.middle(footer[0])[1]
        return (60, y), {"x": left - 150, "y": y - 10, "w": 20, "h": 20}

    def wait_for_strip(self):
        (x, y), _ = self.strip()
        self.wait_for("strip", x, y, LEAF)

    def actions(self):
        return [row[2] for row in self.check_ins()]

    def test_done_leads_home_and_the_undo_goes_on_there(self):
        self.allow_ten_minutes_to_undo()
        self.tap(self.button("checkin:5"))
        self.wait_for_done()
        self.tap_until(self.button("close", "--view", "done"), lambda: self.seen().at(10, 10) == PAPER, "home")
        self.wait_for_strip()
        _, undo = self.strip()
        self.tap_until(undo, lambda: self.actions() == ["check-in", "undo"], "undo in the journal")
        self.wait_for_done()

    def test_a_touch_anywhere_leaves_the_welcome(self):
        self.allow_ten_minutes_to_undo()
        self.tap(self.button("checkin:5"))
        self.wait_for_done()
        nowhere = {"x": 1900, "y": 10, "w": 1, "h": 1}
        self.tap_until(nowhere, lambda: self.seen().at(10, 10) == PAPER, "home")
        self.wait_for_strip()
        self.assertEqual(self.actions(), ["check-in"])

    def test_a_touch_beside_a_sheet_closes_it(self):
        self.tap(self.booking("Nils S."))
        self.wait_for_sheet()
        self.tap_until({"x": 20, "y": 20, "w": 1, "h": 1}, lambda: self.seen().at(10, 10) == PAPER, "home")
        self.assertEqual(self.check_ins(), [])

    def test_extend(self):
        self.ask("checkin", "5")
        self.tap(self.booking("Nils S."))
        self.wait_for_sheet()
        self.tap_until(self.button("extend:60", "--view", "sheet:5"), lambda: self.seen().at(10, 10) == LEAF, "done")
        self.wait_for_done()
        self.assertEqual(self.ends(), ["14:00", "15:00"])  # in UTC

    def test_end_a_meeting_and_use_the_room(self):
        self.open_room()
        end = self.button("checkout:K", "--view", "sheet:K")
        self.tap_until(end, lambda: self.seen().at(10, 10) == LEAF, "done")
        self.wait_for_done()
        self.assertEqual(self.actions(), ["check-out"])
        self.tap_until(self.button("close", "--view", "done"), lambda: self.seen().at(10, 10) == PAPER, "home")
        self.open_room()
        take = self.button("take", "--view", "free:K")
        self.tap_until(take, lambda: self.seen().at(10, 10) == LEAF, "done")
        self.wait_for_done()
        self.assertEqual([(row[0], row[2]) for row in self.check_ins()], [("K", "check-out"), ("K", "drop-in")])

    def test_check_in_outlives_a_kill(self):
        self.tap(self.button("checkin:5"))
        self.wait_for_done()
        self.kiosk.send_signal(signal.SIGKILL)
        self.kiosk.wait()
        self.assertEqual(self.check_ins(), [("5", "Nils S.", "check-in")])
        self.start()
        self.wait_for_home()
        self.assertNotIn("checkin:5", [widget["id"] for widget in self.buttons()])

    def test_drop_in(self):
        self.tap(self.button("place:4"))
        self.wait_for_sheet()
        choice, take = self.button("choice:0", "--view", "free:4"), self.button("take", "--view", "free:4")
        x, y = choice["x"] + 20, choice["y"] + 20
        self.tap_until(choice, lambda: self.seen().at(x, y) == RIVER, "half an hour chosen")
        self.tap_until(take, lambda: self.seen().at(10, 10) == LEAF, "done")
        self.wait_for_done()
        self.assertEqual([(row[0], row[2]) for row in self.check_ins()], [("4", "drop-in")])

    def test_move(self):
        self.tap(self.booking("Nils S."))
        self.wait_for_sheet()
        main = self.middle(self.button("checkin:5", "--view", "sheet:5"))
        self.tap_until(self.button("move", "--view", "sheet:5"), lambda: self.seen().at(main[0], main[1] - 50) != RIVER,
                       "which place")
        self.keep("places")
        self.escape()
        self.assertEqual(self.check_ins(), [])

    def test_keyboard_alone(self):
        order = [widget["id"] for widget in self.buttons()]
        waiting = [widget for widget in order if widget.startswith("checkin:")]
        self.keys(*["Tab"] * (waiting.index("checkin:5") + 1))  # the first one lands on the first who is awaited
        self.keys("Return")
        self.wait_for_done()
        self.assertEqual(self.check_ins(), [("5", "Nils S.", "check-in")])

    def test_escape_closes(self):
        self.tap(self.button("host"))
        self.wait_for_sheet()
        self.escape()
        self.assertEqual(self.check_ins(), [])

    def test_escape_returns_the_focus(self):
        order = [widget["id"] for widget in self.buttons()]
        first = next(index for index, widget in enumerate(order) if widget.startswith("checkin:"))
        host = self.button("host")
        ring = host["x"] - 3, host["y"] + host["h"] // 2
        steps = order.index("host") - first
        self.keys("Tab", *["Tab" if steps > 0 else "shift+Tab"] * abs(steps))
        self.wait_until(lambda: self.seen().at(*ring) == FOCUS, "the ring around the host")
        self.keys("Return")
        self.wait_for_sheet()
        self.escape()
        self.wait_until(lambda: self.seen().at(*ring) == FOCUS, "the ring back around the host")

    def test_sliding_off_does_nothing(self):
        x, y = self.middle(self.button("checkin:5"))
        before = self.seen()
        self.mouse("mousemove", x, y, "mousedown", 1)
        self.wait_until(lambda: self.seen() != before, "the pressed look")
        self.keep("pressed")
        self.mouse("mousemove", 1300, 140, "mouseup", 1)
        self.wait_until(lambda: self.seen().at(1660, 300) == before.at(1660, 300), "the look from before")
        self.tap(self.button("host"))  # whatever the release meant has been carried out by then
        self.wait_for_sheet()
        self.assertEqual(self.check_ins(), [])

    def test_a_trembling_finger_checks_in_once(self):
        x, y = self.middle(self.button("checkin:5"))
        self.mouse("mousemove", x, y, "click", "--repeat", 5, "--delay", 20, 1)
        self.wait_for_done()
        self.assertEqual(self.check_ins(), [("5", "Nils S.", "check-in")])

    def test_english(self):
        self.tap(self.button("lang"))
        file = os.path.join(self.folder, "english.png")
        self.ask("--screenshot", file, "--window", SIZE, "--lang", "en")
        wanted = pixels.read_png(file)
        self.wait_until(lambda: self.seen().rows[20:60] == wanted.rows[20:60], "the date in English")
        self.keep("home")


if __name__ == "__main__":
    unittest.main()
