#!/usr/bin/python3
"""Two screens of one office, each a program with a display and a state folder of its own: what somebody taps on one is
seen on the other, a screen that is cut off says so, and two people on one place are sorted out with a tap. What is seen
on the displays is kept as pictures in the build folder (screens/). Nothing waits for a pause between two exchanges to
be over: the test moves the programs' clocks."""
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest

import boxes
import pixels

WITH_DISPLAY = os.path.join(os.path.dirname(os.path.abspath(__file__)), "with_display.sh")
PICTURES = os.path.join(boxes.BUILD, "screens")
SIZE, WIDTH, HEIGHT = boxes.WINDOW, 1280, 720
LOST_S = 61  # without contact for so long, a screen says so
PAUSE_S = 61  # no pause between two exchanges is longer


class Screen:
    """A box with a display and a program that shows it."""

    def __init__(self, box, display, frame):
        self.box, self.display, self.frame = box, display, frame
        self.kiosk = None

    def start(self):
        path = os.path.join(self.box.folder, "notify")
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notices:
            notices.bind(path)
            notices.settimeout(boxes.PATIENCE_S)
            self.kiosk = subprocess.Popen(self.box.command("--window", SIZE), stdin=subprocess.DEVNULL,
                                          env=dict(self.box.environment, NOTIFY_SOCKET=path, DISPLAY=self.display))
            while "READY=1" not in notices.recv(4096).decode().split("\n"):
                pass
        os.unlink(path)

    def stop(self):
        if self.kiosk:
            self.kiosk.terminate()
            self.kiosk.wait(timeout=boxes.PATIENCE_S)

    def wake(self):
        """A file that changes wakes the program's worker, and a mouse the screen; each then looks at its clock."""
        file = os.path.join(os.path.dirname(self.box.config), "region.ics")
        shutil.copy(file, file + ".new")
        os.replace(file + ".new", file)
        self.mouse("mousemove", WIDTH - 2, HEIGHT - 1, "mousemove", WIDTH - 1, HEIGHT - 1)

    def seen(self):
        return pixels.read_display(self.frame)

    def keep(self, name):
        os.makedirs(PICTURES, exist_ok=True)
        pixels.write_png(self.seen(), os.path.join(PICTURES, f"{name}-{self.box.name}.png"))

    def tap(self, wanted, *options):
        widget = next(widget for widget in self.box.widgets(*options) if widget["id"] == wanted)
        self.tap_at(widget["x"] + widget["w"] // 2, widget["y"] + widget["h"] // 2)

    def tap_at(self, x, y):
        self.mouse("mousemove", x, y, "click", 1, "mousemove", WIDTH - 1, HEIGHT - 1)

    def mouse(self, *words):
        subprocess.run(["xdotool"] + [str(word) for word in words], check=True, timeout=boxes.PATIENCE_S,
                       env=dict(os.environ, DISPLAY=self.display))

    def is_like(self, *options):
        """Whether the display shows what a screenshot of the state folder shows at this moment, but for the clock above
        and the age of the calendars below."""
        file = os.path.join(self.box.folder, "now.png")
        self.box.ask("--screenshot", file, "--window", SIZE, *options)
        rows = slice(HEIGHT // 8, HEIGHT * 7 // 8)
        return self.seen().rows[rows] == pixels.read_png(file).rows[rows]


class Screens(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        self.office = boxes.Office(self.folder, ["entre", "pentry"], boxes.Folder(self.folder), "2026-11-23T10:46")
        for box in self.office.boxes:
            box.ask("sync")
        self.entrance = Screen(self.office.boxes[0], os.environ["FIRST_DISPLAY"], os.environ["FIRST_PIXELS"])
        self.other = Screen(self.office.boxes[1], os.environ["DISPLAY"], os.environ["XVFB_PIXELS"])
        self.screens = [self.entrance, self.other]

    def start(self, second_mode="kiosk"):
        self.other.box.replace("mode = kiosk", f"mode = {second_mode}")
        for screen in self.screens:
            self.addCleanup(screen.stop)
            screen.start()
            self.wait_until(screen.is_like, f"home of {screen.box.name}")

    def wait_until(self, holds, what):
        limit = time.monotonic() + boxes.PATIENCE_S
        while not holds():
            for screen in self.screens:
                self.assertIsNone(screen.kiosk.poll(), f"{screen.box.name} ended")
            if time.monotonic() > limit:
                for screen in self.screens:
                    screen.keep(f"failed-{self._testMethodName[5:]}")
            self.assertLess(time.monotonic(), limit, f"never seen: {what}")
            time.sleep(0.02)

    def exchange(self, *screens):
        """The pause between two exchanges is over."""
        self.office.advance(PAUSE_S)
        for screen in screens or self.screens:
            screen.wake()

    def wait_for(self, screen, text, *options):
        """Until the display shows home with this text; `options` name another view."""
        self.wait_until(lambda: text in " ".join(screen.box.texts(*options)) and screen.is_like(*options),
                        f"{text} at {screen.box.name}")
        screen.keep(self._testMethodName[5:])

    def act(self, screen, wanted, *options):
        """Taps until there is another entry in the machine's journal."""
        count = len(screen.box.entries())
        self.tap_until(screen, wanted, lambda: len(screen.box.entries()) > count, *options)

    def open_sheet(self, screen, wanted, view):
        """Returns what stands on it."""
        paper = screen.seen().at(10, 10)
        self.tap_until(screen, wanted, lambda: screen.seen().at(10, 10) != paper)
        screen.keep(f"{self._testMethodName[5:]}-sheet")
        return " ".join(" ".join(screen.box.texts("--view", view)).split())

    def tap_until(self, screen, wanted, holds, *options):
        """A tap that follows another within half a second is taken for a tremor, so it may take more than one."""
        def tried():
            screen.tap(wanted, *options)
            limit = time.monotonic() + 2
            while not holds() and time.monotonic() < limit:
                time.sleep(0.02)
            return holds()
        self.wait_until(tried, f"what {wanted} does")

    def leave(self, screen):
        """From the welcome back to home."""
        def tried():
            screen.tap_at(WIDTH - 10, 10)
            return screen.is_like()
        self.wait_until(tried, "home")

    def test_a_tap_is_seen_on_the_other_entrance(self):
        self.start()
        self.assertIn("checkin:5", [widget["id"] for widget in self.other.box.widgets()])
        self.entrance.tap("checkin:5")
        self.wait_until(self.office.transport.objects, "the check-in in the folder")
        self.exchange(self.other)
        self.wait_until(self.other.box.entries, "the check-in on the other machine")
        self.wait_until(self.other.is_like, "the other screen with it")
        self.other.keep("a_tap")
        self.assertNotIn("checkin:5", [widget["id"] for widget in self.other.box.widgets()])
        self.assertEqual(self.other.box.entries(), self.entrance.box.entries())
        self.assertEqual([entry["name"] for entry in self.other.box.entries()], ["Nils S."])

    def test_a_tap_is_seen_on_the_wall(self):
        self.start("wall")
        self.wait_for(self.other, "1, 2, 5 och 7 får tas")
        self.entrance.tap("checkin:7")
        self.wait_until(self.office.transport.objects, "the check-in in the folder")
        self.exchange(self.other)
        self.wait_for(self.other, "1, 2 och 5 får tas")

    def cut_off(self, screen):
        screen.box.connect(False)
        self.exchange(screen)
        self.wait_until(lambda: screen.box.share()["error"], "an exchange that failed")
        self.office.advance(LOST_S)
        screen.wake()
        self.wait_until(lambda: screen.box.share()["lost"], "no contact for a minute")

    def test_a_screen_that_is_cut_off_says_so(self):
        note = "Den andra skärmen nås inte – incheckningar där kan saknas"
        self.start("wall")
        for screen in self.screens:
            self.assertNotIn(note, screen.box.texts())
            self.cut_off(screen)
            self.wait_for(screen, note)
        words = self.open_sheet(self.entrance, "place:4", "free:4")
        self.assertIn("Den andra skärmen nås inte – platsen kan vara tagen där", words)
        self.assertIn("take", [widget["id"] for widget in self.entrance.box.widgets("--view", "free:4")])
        self.entrance.tap("close", "--view", "free:4")
        for screen in self.screens:
            screen.box.connect()
            self.exchange(screen)
            self.wait_until(lambda: note not in screen.box.texts() and screen.is_like(), "contact again")

    def test_two_on_one_place(self):
        """Nils comes to the desk that he booked, and somebody without a booking to another entrance. The screens are cut
        off from each other, so both get it."""
        self.start()
        for screen in self.screens:
            self.cut_off(screen)
        self.act(self.entrance, "checkin:5")
        self.office.advance(60)
        self.open_sheet(self.other, "place:5", "sheet:5")
        self.tap_until(self.other, "take", lambda: self.other.is_like("--view", "free:5"), "--view", "sheet:5")
        self.act(self.other, "take", "--view", "free:5")
        self.assertFalse(self.office.transport.objects())
        for screen in self.screens:
            self.leave(screen)
            screen.box.connect()
        self.exchange()
        self.wait_until(lambda: len(self.office.transport.objects()) == 2, "both in the folder")
        self.exchange()
        note = "Två på Plats 5 – tryck på raden, så hittar vi en ny plats åt en av er."
        for screen in self.screens:
            self.wait_for(screen, note)
        self.assertEqual(self.entrance.box.entries(), self.other.box.entries())
        self.move_the_latter(self.other)
        self.exchange(self.entrance)
        for screen in self.screens:
            self.wait_until(lambda: note not in screen.box.texts() and screen.is_like(), "nobody twice")
            screen.keep("moved")
        self.assertEqual(self.entrance.box.entries(), self.other.box.entries())
        self.assertEqual([(entry["place"], entry["name"]) for entry in self.other.box.entries()],
                         [("5", "Nils S."), ("5", None), ("4", None)])

    def move_the_latter(self, screen):
        """One tap opens the sheet, one moves."""
        row = next(widget["id"] for widget in screen.box.widgets()
                   if widget["id"].startswith("booking:") and "Dubbelbokning" in widget["spoken"])
        view = "sheet:" + row.removeprefix("booking:")
        words = self.open_sheet(screen, row, view)
        for said in ("Två på Plats 5", "Ingen har gjort fel.", "Nils S. var först och behåller platsen.",
                     "Flytta den andra till Plats 4"):
            self.assertIn(said, words)
        self.act(screen, "move:4", "--view", view)
        self.leave(screen)
        self.wait_until(lambda: len(self.office.transport.objects()) == 3, "the move in the folder")


class Alone(unittest.TestCase):
    def test_a_wall_alone_claims_nothing_about_absence(self):
        """Nobody can check in at a wall, so whoever is not seen there may well have come."""
        claims = "Lediga nu: 3, 4 och 6 · 1, 2, 5 och 7 får tas"
        for mode, is_shared, claims_absence in ("kiosk", True, True), ("wall", True, True), ("wall", False, False):
            with tempfile.TemporaryDirectory() as folder:
                office = boxes.Office(folder, ["entre"], boxes.Folder(folder), "2026-11-23T10:46")
                box = office.boxes[0]
                box.replace("mode = kiosk", f"mode = {mode}")
                if not is_shared:
                    text = pathlib.Path(box.config).read_text()
                    pathlib.Path(box.config).write_text(text[:text.index("share ")])
                box.ask("sync")
                self.assertEqual(claims in box.texts(), claims_absence, (mode, is_shared, box.texts()))
                self.assertEqual("får tas" in " ".join(box.texts()), claims_absence)


if __name__ == "__main__":
    if "FIRST_DISPLAY" not in os.environ:  # the second display
        os.execvpe(WITH_DISPLAY, [WITH_DISPLAY, SIZE, *sys.argv],
                   dict(os.environ, FIRST_DISPLAY=os.environ["DISPLAY"], FIRST_PIXELS=os.environ["XVFB_PIXELS"]))
    unittest.main()
