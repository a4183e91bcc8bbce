#!/usr/bin/python3
"""The running kiosk on an X server of its own: a finger checks in, the process is killed, systemd is notified, signals arrive."""
import csv
import io
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import unittest

BUILD = os.environ["KIOSK_BINARY_DIR"]
PROGRAM = os.path.join(BUILD, "bin", "satellitkiosk")
DEMO = os.path.join(BUILD, "share", "satellitkiosk", "demo")
MORNING = "2026-11-23T10:42"
PATIENCE_S = 60


class Kiosk(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        self.office = os.path.join(self.folder, "office")
        self.config = os.path.join(self.office, "kiosk.conf")
        self.options = ["--config", self.config, "--state", os.path.join(self.folder, "state"), "--now", MORNING]
        shutil.copytree(DEMO, self.office)
        self.notices = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.addCleanup(self.notices.close)
        self.notices.bind(os.path.join(self.folder, "notify"))
        self.notices.settimeout(PATIENCE_S)
        self.log = open(os.path.join(self.folder, "log"), "a+", encoding="utf-8")
        self.addCleanup(self.log.close)
        self.kiosk = None
        self.ask("sync")

    def tearDown(self):
        if self.kiosk and self.kiosk.poll() is None:
            self.kiosk.kill()
            self.kiosk.wait()

    def start(self, *options, **environment):
        self.kiosk = subprocess.Popen(
            [PROGRAM] + self.options + list(options), stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
            env=dict(os.environ, NOTIFY_SOCKET=os.path.join(self.folder, "notify"), **environment))
        self.wait_for_notice("READY=1")

    def wait_for_notice(self, wanted):
        while True:
            notice = self.notices.recv(4096).decode()
            if wanted in notice.split("\n"):
                return notice

    def replace_in_config(self, pattern, new):
        with open(self.config, encoding="utf-8") as file:
            text, count = re.subn(pattern, new, file.read())
        self.assertEqual(count, 1, f"{pattern} is there {count} times")
        with open(self.config, "w", encoding="utf-8") as file:
            file.write(text)

    def test_sync_beside_the_kiosk_asks_it(self):
        credentials = os.path.join(self.folder, "credentials")
        os.mkdir(credentials)
        with open(os.path.join(credentials, "secret"), "w", encoding="ascii") as file:
            file.write("https://127.0.0.1:1/nobody-answers")
        with open(self.config, "a", encoding="utf-8") as file:
            file.write('feed "secret" { kind = meetings credential = "secret" refresh = 3600 }\n')
        self.start("--mode", "wall", CREDENTIALS_DIRECTORY=credentials)
        # The command has no credential, and needs none.
        done = subprocess.run([PROGRAM, *self.options, "sync"], capture_output=True, text=True, check=False,
                              stdin=subprocess.DEVNULL, timeout=PATIENCE_S)
        self.assertEqual(done.returncode, 1, done.stderr)
        lines = dict(line.split(maxsplit=1) for line in done.stdout.splitlines())
        self.assertEqual(lines["desks"], "ok")
        self.assertRegex(lines["secret"], "failed: (?!.*credential)", "it is what the kiosk met with")
        feeds = {feed["name"]: feed for feed in json.loads(self.ask("status", "--json"))["feeds"]}
        self.assertEqual(feeds["secret"]["trouble"], "no-contact")
        self.assertGreater(feeds["secret"]["failures"], 1, "one try of its own, and the one that was asked for")
        self.assertNotIn("sync.ask", os.listdir(os.path.join(self.folder, "state")))

    def wait_for_log(self, wanted):
        for _ in range(1000):  # each turn is a process: this ends long before
            self.log.seek(0)
            if wanted in self.log.read():
                return
            self.ask("status")
        self.fail(f"the log never held: {wanted}")

    def ask(self, *command):
        result = subprocess.run([PROGRAM] + self.options + list(command), capture_output=True, check=True,
                                stdin=subprocess.DEVNULL, timeout=PATIENCE_S)
        return result.stdout.decode()

    def check_ins(self):
        return list(csv.DictReader(io.StringIO(self.ask("checkins", "--csv"), newline="")))

    def widget(self, wanted, *options):
        return next(w for w in json.loads(self.ask("--dump-ui", "--window", "1920x1080", *options)) if w["id"] == wanted)

    def tap(self, widget):
        subprocess.run(["xdotool", "mousemove", str(widget["x"] + widget["w"] // 2),
                        str(widget["y"] + widget["h"] // 2), "click", "1"], check=True, timeout=PATIENCE_S)

    def stop(self):
        self.kiosk.send_signal(signal.SIGTERM)
        status = self.kiosk.wait(timeout=PATIENCE_S)
        self.log.seek(0)
        self.assertEqual(status, 0, self.log.read())

    def test_a_tap_outlives_a_kill(self):
        button = self.widget("checkin:5")
        self.assertEqual(button["role"], "button")
        self.start("--window", "1920x1080")
        self.tap(button)
        for _ in range(1000):  # each try is a process: this ends long before
            if self.check_ins():
                break
        self.kiosk.kill()
        self.kiosk.wait()
        rows = self.check_ins()
        self.assertEqual([(row["place"], row["name"], row["action"]) for row in rows], [("5", "Nils S.", "check-in")])
        self.start("--window", "1920x1080")
        tree = json.loads(self.ask("--dump-ui"))
        self.assertNotIn("checkin:5", [widget["id"] for widget in tree])
        self.stop()
        self.assertEqual(self.check_ins(), rows)

    def test_full_screen(self):
        self.start()
        self.stop()
        self.wait_for_notice("STOPPING=1")

    def test_the_watchdog_is_fed(self):
        self.start("--window", "800x600", WATCHDOG_USEC="400000")
        for _ in range(3):
            self.wait_for_notice("WATCHDOG=1")
        self.stop()

    def test_how_it_does_is_told_to_others(self):
        runtime = os.path.join(self.folder, "runtime")
        os.mkdir(runtime)
        environment = {"RUNTIME_DIRECTORY": runtime}

        def metrics():
            file = os.path.join(self.folder, "kiosk.prom")
            subprocess.run([PROGRAM] + self.options + ["metrics", "--output", file], check=True, timeout=PATIENCE_S,
                           env=dict(os.environ, **environment))
            self.assertNotIn("kiosk.prom.new", os.listdir(self.folder))
            with open(file, encoding="utf-8") as lines:
                return {name: float(value) for name, value in
                        (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))}
        self.assertEqual(metrics()["satellitkiosk_up"], 0)
        self.start("--window", "1280x720", **environment)
        values = metrics()
        self.assertEqual((values["satellitkiosk_up"], values["satellitkiosk_screen_on"]), (1, 1))
        self.assertGreater(values["satellitkiosk_frame_seconds_count"], 0)
        self.assertEqual(values["satellitkiosk_frame_seconds_count"], values['satellitkiosk_frame_seconds_bucket{le="+Inf"}'])
        self.assertGreater(values["satellitkiosk_frame_seconds_sum"], 0)
        self.assertGreater(values["satellitkiosk_memory_bytes"], 1 << 20)
        os.environ["RUNTIME_DIRECTORY"] = runtime
        self.addCleanup(os.environ.pop, "RUNTIME_DIRECTORY")
        self.assertTrue(json.loads(self.ask("status", "--json"))["screen"]["on"])
        self.assertIn("the picture is on the screen", self.ask("doctor"))
        self.stop()
        self.assertEqual(metrics()["satellitkiosk_up"], 0)
        self.assertIsNone(json.loads(self.ask("status", "--json"))["screen"])

    def test_the_screen_reads_no_files(self):
        """Fonts for letters that Inter lacks are read by another thread. Taps, views and languages need no file."""
        desks = os.path.join(self.office, "desks.ics")
        with open(desks, encoding="utf-8", newline="") as file:
            text = file.read()
        self.assertIn("Nils", text)
        with open(desks, "w", encoding="utf-8", newline="") as file:
            file.write(text.replace("Nils", "محمد"))
        self.ask("sync")
        buttons = [self.widget(wanted) for wanted in ("host", "lang")]
        trace = os.path.join(self.folder, "trace")
        self.kiosk = subprocess.Popen(
            ["strace", "-f", "-o", trace, "-e", "trace=%file", PROGRAM] + self.options + ["--window", "1920x1080"],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
            env=dict(os.environ, NOTIFY_SOCKET=os.path.join(self.folder, "notify")))
        self.wait_for_notice("READY=1")

        def calls():
            with open(trace, encoding="utf-8", errors="replace") as lines:
                return [line.split(None, 1) for line in lines]
        started = len(calls())
        screen = calls()[0][0]  # the first thread
        for button in buttons:
            self.tap(button)
        for _ in range(1000):  # each turn is a process: this ends long before
            if any(thread != screen and re.search(r"openat.*/fonts/.*\.[ot]tf", call) for thread, call in calls()):
                break
            self.ask("status")
        else:
            self.fail("no font for the Arabic name was opened")
        seen = calls()
        self.assertEqual([call for thread, call in seen[started:] if thread == screen], [])
        self.assertEqual([call for thread, call in seen
                          if thread == screen and "/fonts/" in call and "Inter" not in call], [])
        os.kill(int(screen), signal.SIGKILL)
        self.kiosk.wait(timeout=PATIENCE_S)

    def test_reload(self):
        self.start("--window", "1280x720")
        with open(self.config, encoding="utf-8") as file:
            good = file.read()
        with open(self.config, "w", encoding="utf-8") as file:
            file.write(good.replace("grace", "grase"))
        self.kiosk.send_signal(signal.SIGHUP)
        self.wait_for_notice("RELOADING=1")
        self.wait_for_notice("READY=1")
        self.log.seek(0)
        self.assertIn("grase: there is no such key", self.log.read())
        with open(self.config, "w", encoding="utf-8") as file:
            file.write(good.replace("language = sv", "language = en"))
        self.kiosk.send_signal(signal.SIGHUP)
        self.assertIn("MONOTONIC_USEC=", self.wait_for_notice("RELOADING=1"))
        self.wait_for_notice("READY=1")
        self.assertIsNone(self.kiosk.poll())
        self.stop()

    def test_a_signal_right_behind_a_reload_ends_it(self):
        self.start("--window", "1280x720")
        self.kiosk.send_signal(signal.SIGHUP)
        self.stop()
        self.wait_for_notice("STOPPING=1")

    def test_a_service_shows_that_its_configuration_is_wrong(self):
        self.ask("checkin", "5")
        self.replace_in_config("grace = 15", "grase = 15")
        self.start("--window", "1280x720")
        self.log.seek(0)
        self.assertIn("grase: there is no such key", self.log.read())
        self.replace_in_config("grase = 15", "grace = 15")
        self.kiosk.send_signal(signal.SIGHUP)
        self.wait_for_notice("RELOADING=1")
        self.wait_for_notice("READY=1")
        self.stop()
        self.assertEqual(len(self.check_ins()), 1)

    def test_a_service_that_is_stopped_with_a_wrong_configuration(self):
        self.replace_in_config("grace = 15", "grase = 15")
        self.start("--window", "1280x720")
        self.kiosk.send_signal(signal.SIGTERM)
        self.assertEqual(self.kiosk.wait(timeout=PATIENCE_S), 78)

    def test_the_log_tells_a_feed_once(self):
        room = os.path.join(self.office, "room.ics")
        with open(room, "rb") as file:
            good = file.read()
        with open(room, "w", encoding="utf-8") as file:
            file.write("<html></html>")
        for feed in ("room", "kc"):  # looked at every second
            self.replace_in_config(rf'(path = "{feed}\.ics"[^}}]*refresh = )\d+', r"\g<1>1")
        self.start("--window", "800x600")
        self.wait_for_log("satellitkiosk: room: ")
        with open(room, "wb") as file:
            file.write(good)
        self.wait_for_log("satellitkiosk: room: can be read again")
        self.stop()
        self.log.seek(0)
        self.assertEqual(self.log.read().count("satellitkiosk: room: "), 2)

    def test_a_second_program_checks_in_beside_it(self):
        self.start("--window", "800x600")
        self.assertIn("checked in", self.ask("checkin", "8"))
        self.assertEqual(len(self.check_ins()), 1)
        self.stop()


if __name__ == "__main__":
    unittest.main()
