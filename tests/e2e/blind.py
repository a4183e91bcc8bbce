#!/usr/bin/python3
"""The journeys of a visitor who sees nothing: keys alone, on a screen that is dark, judged by what is heard. What the voice
says is compared with the transcripts in blind/; with KIOSK_UPDATE=1 they are written instead."""
import csv
import io
import os
import pathlib
import re
import shutil
import socket
import subprocess
import tempfile
import time
import unittest

import pixels

BUILD = os.environ["KIOSK_BINARY_DIR"]
HERE = pathlib.Path(__file__).parent
PROGRAM = os.path.join(BUILD, "bin", "satellitkiosk")
DEMO = os.path.join(BUILD, "share", "satellitkiosk", "demo")
PATIENCE_S = 120
TREMOR_S = 0.6  # a second press within half a second counts as a tremor
STOPS_MOST = 80
BLACK = (0, 0, 0)


class Blind(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        office = os.path.join(self.folder, "office")
        shutil.copytree(DEMO, office)
        file = pathlib.Path(office, "kiosk.conf")
        file.write_text(file.read_text().replace("loudspeaker = no", "loudspeaker = yes", 1))
        self.base = [PROGRAM, "--config", str(file), "--state", os.path.join(self.folder, "state"),
                     "--now", "2026-11-30T10:31"]
        self.log = pathlib.Path(self.folder, "said")
        self.transcript, self.heard = [], 0
        self.kiosk = None
        self.addCleanup(self.kill)
        self.ask("sync")

    def ask(self, *command):
        return subprocess.run(self.base + list(command), capture_output=True, check=True, stdin=subprocess.DEVNULL,
                              timeout=PATIENCE_S).stdout.decode()

    def kill(self):
        if self.kiosk and self.kiosk.poll() is None:
            self.kiosk.kill()
            self.kiosk.wait()

    def start(self, *options):
        """The first key begins speech, and the second one makes the screen dark."""
        path = os.path.join(self.folder, "notify")
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notices:
            notices.bind(path)
            notices.settimeout(PATIENCE_S)
            self.kiosk = subprocess.Popen(
                self.base + ["--window", "1920x1080", "--speech-log", str(self.log), *options], stdin=subprocess.DEVNULL,
                env=dict(os.environ, NOTIFY_SOCKET=path, SDL_AUDIODRIVER="dummy"))
            while "READY=1" not in notices.recv(4096).decode().split("\n"):
                pass
        self.press("F2")
        self.press("F8")
        self.wait_until(lambda: all(self.seen().at(x, y) == BLACK for x, y in ((10, 10), (960, 540), (1900, 1070))),
                        "a dark screen")

    def seen(self):
        return pixels.read_display(os.environ["XVFB_PIXELS"])

    def wait_until(self, holds, what):
        limit = time.monotonic() + PATIENCE_S
        while not holds():
            self.assertLess(time.monotonic(), limit, f"never: {what}; {self.transcript[-3:]}")
            self.assertIsNone(self.kiosk.poll(), "the kiosk ended")

    def said(self):
        return self.log.read_text().split("\n")[:-1] if self.log.exists() else []

    def press(self, key):
        """Presses the key and returns what is said then."""
        if key in ("Return", "Escape"):
            subprocess.run(["xdotool", "sleep", str(TREMOR_S)], check=True)
        subprocess.run(["xdotool", "key", key], check=True, timeout=PATIENCE_S)
        self.wait_until(lambda: len(self.said()) > self.heard, f"an answer to {key}")
        new = self.said()[self.heard:]
        self.heard += len(new)
        # The clock of the kiosk goes on, and the machine may be slow.
        new = [re.sub(r"(klockan|till) (tio|elva) trettio(ett|två|tre|fyra|fem|sex|sju|åtta|nio)\b", r"\1 \2 trettioett", line)
               for line in new]
        new = [re.sub(r"\b(10|11):3[1-9]", r"\1:31", line) for line in new]
        self.transcript += [f"[{key}]"] + new
        return " ".join(new)

    def go_to(self, words, key="Right"):
        for _ in range(STOPS_MOST):
            if words in self.press(key):
                return
        self.fail(f"never heard: {words}")

    def check_ins(self):
        rows = csv.DictReader(io.StringIO(self.ask("checkins", "--csv"), newline=""))
        return [(row["place"], row["name"], row["action"]) for row in rows]

    def finish(self, *actions):
        """Compares what was done with the journal, and what was heard with the transcript."""
        self.assertEqual([(place, action) for place, _, action in self.check_ins()], list(actions))
        self.assertEqual(self.seen().at(960, 540), BLACK)
        file = HERE / "blind" / f"{self._testMethodName[5:]}.txt"
        text = "\n".join(self.transcript) + "\n"
        if os.environ.get("KIOSK_UPDATE"):
            file.write_text(text)
        self.assertEqual(text.split("\n"), file.read_text().split("\n"))

    def test_check_in(self):
        self.start()
        self.go_to("Per-Erik D")
        self.press("F4")
        self.assertIn("Välkommen, Per-Erik!", self.press("Return"))
        self.press("F2")
        self.finish(("5", "check-in"))

    def test_late(self):
        self.start()
        self.go_to("från klockan åtta")
        self.assertIn("Välkommen", self.press("Return"))
        self.finish((self.check_ins()[0][0], "check-in"))

    def test_undo(self):
        self.start()
        self.go_to("Kerstin B")
        self.press("Return")
        self.go_to("Ångra")
        self.assertIn("Ångrat", self.press("Return"))
        self.finish(("8", "check-in"), ("8", "undo"))

    def test_drop_in(self):
        self.start()
        self.go_to("Kerstin B")
        self.go_to("Plats 4, Ledig", "Left")
        self.press("Return")
        self.go_to("30 minuter")
        self.assertIn("vald", self.press("Return"))
        self.go_to("Ta platsen")
        self.press("Return")
        self.finish(("4", "drop-in"))

    def open_own_booking(self):
        self.ask("checkin", "5")
        self.start()
        self.go_to("Incheckad: Per-Erik D", "Left")
        self.press("Return")

    def test_extend(self):
        self.open_own_booking()
        self.go_to("Förläng")
        self.assertIn("stanna längre", self.press("Return"))
        self.finish(("5", "check-in"), ("5", "check-in"))

    def test_check_out(self):
        self.open_own_booking()
        self.go_to("Checka ut")
        self.press("Return")
        self.finish(("5", "check-in"), ("5", "check-out"))

    def test_move(self):
        self.start()
        self.go_to("Väntar på incheckning: Per-Erik D", "Left")
        self.press("Return")
        self.go_to("Byt plats")
        self.press("Return")
        self.go_to("Plats 6")
        self.press("Return")
        self.finish(("6", "check-in"))

    def test_trouble(self):
        self.start("--view", "trouble")
        self.assertIn("Det gick inte att spara", self.transcript[1])
        self.press("Escape")
        self.finish()

    def test_accessibility(self):
        self.start()
        self.go_to("Tillgänglighet.", "Left")
        self.press("Return")
        self.go_to("Störst")
        self.assertIn("vald", self.press("Return"))
        self.press("Escape")
        self.finish()

    def test_statement(self):
        self.start()
        self.go_to("Bra att veta", "Left")
        self.press("Return")
        self.go_to("Tillgänglighetsredogörelse")
        self.assertIn("Kända brister", self.press("Return"))
        self.finish()

    def test_week(self):
        self.start()
        self.go_to("Veckan")
        self.press("Return")
        self.press("F5")
        self.press("Escape")
        self.finish()

    def test_info(self):
        self.start()
        self.go_to("Bra att veta")
        self.press("Return")
        self.press("Escape")
        self.finish()

    def test_host(self):
        self.start()
        self.go_to("Värdkommun", "Left")
        self.press("Return")
        self.press("Escape")
        self.finish()

    def test_language(self):
        self.start()
        self.go_to("English")
        self.press("Return")
        self.go_to("Check in")
        self.press("Return")
        self.finish(("8", "check-in"))

    def test_keys_of_the_voice(self):
        self.start()
        for key in ("F1", "Up", "Up", "Up", "Up", "Down", "F7", "F6", "F5", "XF86AudioLowerVolume", "F8", "F8", "F9", "F9"):
            self.press(key)
        self.assertIn("Volym", self.press("Up"))
        self.press("F8")
        self.wait_until(lambda: self.seen().at(960, 540) == BLACK, "a dark screen")
        self.finish()


if __name__ == "__main__":
    unittest.main()
