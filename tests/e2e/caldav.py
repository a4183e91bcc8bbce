#!/usr/bin/python3
"""The whole program and a calendar on a real CalDAV server: what is booked, moved, cancelled and deleted there is what the
kiosk shows after the next fetch, and what cannot be used is named."""
import base64
import json
import os
import shutil
import ssl
import subprocess
import sys
import tempfile
import unittest
import urllib.request

import setup

SOURCE = os.environ["KIOSK_SOURCE_DIR"]
PROGRAM = os.path.join(os.environ["KIOSK_BINARY_DIR"], "bin", "satellitkiosk")
MORNING = "2026-11-23T08:42"
USER, PASSWORD = "office", "a secret"  # those of dav_server.py
ZONE = ("BEGIN:VTIMEZONE\r\nTZID:Kontoret\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:{0}\r\n"
        "TZOFFSETTO:{0}\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n")


def event(uid, person, place, start, end, more="", offset="+0100"):
    """A booking whose calendar calls its zone as all others do, and means what it says itself."""
    return ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n" + ZONE.format(offset) +
            f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20261101T000000Z\r\nDTSTART;TZID=Kontoret:20261123T{start}00\r\n"
            f"DTEND;TZID=Kontoret:20261123T{end}00\r\nSUMMARY:{person} – Plats {place}\r\n{more}"
            "END:VEVENT\r\nEND:VCALENDAR\r\n")


class Caldav(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        script = os.path.join(SOURCE, "tests", "app", "sync", "dav_server.py")
        os.mkdir(f"{self.folder}/server")
        self.server = subprocess.Popen([sys.executable, script, "radicale", f"{self.folder}/server"], stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE, text=True)
        self.addCleanup(self.stop)
        words = self.server.stdout.readline().split()
        if not words:
            self.skipTest("radicale is not installed")
        self.url = words[1]
        self.assertEqual(self.server.stdout.readline(), "ready\n")
        for name in ("credentials", "state"):
            os.mkdir(f"{self.folder}/{name}")
        self.configure(self.url)
        self.write("credentials/calendar", f'user = "{USER}"\npassword = "{PASSWORD}"\n')

    def stop(self):
        self.server.stdin.close()
        self.server.wait()
        self.server.stdout.close()

    def write(self, name, text):
        with open(f"{self.folder}/{name}", "w", encoding="utf-8") as file:
            file.write(text)

    def configure(self, url):
        places = "".join(f'place "{n}" {{ name = "Plats {n}" feed = "desks" match = "Plats {n}" }}\n' for n in (1, 2, 3))
        self.write("kiosk.conf", 'office "Kontoret" { zone = "Europe/Stockholm" }\n'
                   f'feed "desks" {{ caldav = "{url}" credential = "calendar" ca-file = "{self.folder}/server/ca.pem"\n'
                   f"names = full person = '^(.*) – ' }}\n" + places)

    def ask(self, method, name, text=None):
        """Somebody books with a program of his own."""
        key = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        request = urllib.request.Request(self.url + name, method=method, data=text.encode() if text else None,
                                         headers={"Authorization": f"Basic {key}", "Content-Type": "text/calendar"})
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # the default context of Python 3.13 wants more of a test's CA
        context.load_verify_locations(f"{self.folder}/server/ca.pem")
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context))
        with opener.open(request) as answer:
            return answer.status

    def put(self, name, *words, **more):
        self.ask("PUT", name, event(name, *words, **more))

    def run_program(self, *arguments):
        environment = dict(os.environ, CREDENTIALS_DIRECTORY=f"{self.folder}/credentials")
        return subprocess.run([PROGRAM, "--config", f"{self.folder}/kiosk.conf", "--state", f"{self.folder}/state", "--now",
                               MORNING, *arguments], capture_output=True, text=True, env=environment, timeout=120, check=False)

    def feed(self):
        return json.loads(self.run_program("status", "--json").stdout)["feeds"][0]

    def sync(self, code=0):
        done = self.run_program("sync")
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def shown(self):
        """The bookings of the day as the agenda has them, and what the screen shows of whom."""
        agenda = [line.split("  ", 1)[1] for line in self.run_program("agenda").stdout.splitlines() if line.startswith("2026")]
        tree = json.loads(self.run_program("--window", "1280x720", "--dump-ui").stdout)
        texts = " ".join(widget["text"] for widget in tree)
        return agenda, [name for name in ("Anna Ek", "Bo Dal", "Cia Lo") if name in texts]

    def test_bookings_follow_the_server(self):
        self.put("a.ics", "Anna Ek", 1, "0900", "1000")
        self.put("b.ics", "Bo Dal", 2, "0900", "1000", offset="+0200")
        self.sync()
        self.assertEqual(self.shown(), (["08:00–09:00  Plats 2  Bo Dal", "09:00–10:00  Plats 1  Anna Ek"], ["Anna Ek", "Bo Dal"]))
        self.put("c.ics", "Cia Lo", 3, "0845", "1100")
        self.put("a.ics", "Anna Ek", 2, "0905", "1000")
        self.sync()
        self.assertEqual(self.shown(), (["08:00–09:00  Plats 2  Bo Dal", "08:45–11:00  Plats 3  Cia Lo",
                                         "09:05–10:00  Plats 2  Anna Ek"], ["Anna Ek", "Bo Dal", "Cia Lo"]))
        self.put("c.ics", "Cia Lo", 3, "0845", "1100", more="STATUS:CANCELLED\r\n")
        self.ask("DELETE", "b.ics")
        self.sync()
        self.assertEqual(self.shown(), (["09:05–10:00  Plats 2  Anna Ek"], ["Anna Ek"]))
        feed = self.feed()
        self.assertEqual((feed["source"], feed["trouble"], feed["rows"], feed["skipped"]), ("caldav", None, 1, 0))
        self.run_program("--window", "1280x720", "--screenshot", f"{self.folder}/home.png")
        self.assertGreater(os.path.getsize(f"{self.folder}/home.png"), 10000)

    def test_no_text_reaches_the_disk(self):
        self.put("a.ics", "Anna Ek", 1, "0900", "1000", more="DESCRIPTION:kanariefågel\r\n")
        self.sync()
        for name in os.listdir(f"{self.folder}/state"):
            with open(f"{self.folder}/state/{name}", "rb") as file:
                content = file.read()
            for secret in ("kanarie", "VTIMEZONE", PASSWORD):
                self.assertNotIn(secret.encode(), content, name)

    def test_wrong_addresses_are_named(self):
        self.sync()
        server, calendar = self.url.rsplit(USER + "/", 1)
        for url, words in ((server + USER + "/", "this is the address of a user, not of a calendar"),
                           (server + USER + "/nowhere/", "there is no calendar at this address"),
                           (self.url + "a.ics/", "there is no calendar at this address")):
            with self.subTest(url):
                self.assertTrue(calendar)
                self.configure(url)
                self.assertIn(words, self.sync(1))
                self.assertIn(words, self.run_program("status").stdout)
                self.assertRegex(self.run_program("doctor").stdout, "(WRONG|CHECK) +feed +desks: .*" + words)

    def test_setup_asks_who_may_read(self):
        """Everything that it needs is pasted and typed; the password goes to where only root can read it."""
        self.put("a.ics", "Anna Ek", "1", "0900", "1000")
        self.put("b.ics", "Bo Dal", "2", "0900", "1000")
        root = f"{self.folder}/root"
        ca_file = f"{self.folder}/server/ca.pem"
        terminal = setup.Terminal(["--root", root, "--lang", "sv", "--now", MORNING],
                                  [("adress (retur", self.url), ("Användare", USER), ("Lösenord", "fel"),
                                   ("Certifikatfil", ca_file), ("annan adress", self.url), ("Användare", USER),
                                   ("Lösenord", PASSWORD)])
        self.assertEqual(terminal.run(), 0, terminal.text)
        for words in ("Servern godtar inte användaren eller lösenordet", "händelser 2, platser 2"):
            self.assertIn(words, terminal.text)
        self.assertNotIn(PASSWORD, terminal.text)
        with open(f"{root}/etc/satellitkiosk/kiosk.conf", encoding="utf-8") as file:
            written = file.read()
        self.assertIn(f'caldav = "{self.url}"', written)
        self.assertNotIn(PASSWORD, written)
        environment = dict(os.environ, CREDENTIALS_DIRECTORY=f"{root}/etc/credstore")
        done = subprocess.run([PROGRAM, "--config", f"{root}/etc/satellitkiosk/kiosk.conf", "--state", f"{self.folder}/state",
                               "--now", MORNING, "sync"], capture_output=True, text=True, env=environment, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("Anna E.", self.run_program("agenda", "--config", f"{root}/etc/satellitkiosk/kiosk.conf").stdout)

    def test_setup_names_wrong_addresses(self):
        server = self.url.rsplit(USER + "/", 1)[0]
        terminal = setup.Terminal(["--root", f"{self.folder}/root", "--lang", "sv", "--now", MORNING],
                                  [("adress (retur", server + USER + "/"), ("Användare", USER), ("Lösenord", PASSWORD),
                                   ("Certifikatfil", f"{self.folder}/server/ca.pem"),
                                   ("annan adress", server + USER + "/nowhere/"), ("Användare", USER), ("Lösenord", PASSWORD)])
        self.assertEqual(terminal.run(), 0, terminal.text)
        self.assertIn("adressen till en användare, inte till en kalender", terminal.text)
        self.assertIn("ingen kalender på den här adressen (404)", terminal.text)

    def test_setup_takes_an_address_from_a_file(self):
        self.put("a.ics", "Anna Ek", "1", "0900", "1000")
        address = self.url.replace("https://", f"https://{USER}:a%20secret@")
        self.write("answers.conf", f'feed "desks" {{ address = "{address}" ca-file = "{self.folder}/server/ca.pem" places = found }}\n')
        done = subprocess.run([PROGRAM, "setup", "--root", f"{self.folder}/root", "--answers", f"{self.folder}/answers.conf",
                               "--now", MORNING], capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        with open(f"{self.folder}/root/etc/satellitkiosk/kiosk.conf", encoding="utf-8") as file:
            written = file.read()
        self.assertIn(f'caldav = "{self.url}"', written)
        self.assertIn('name = "Plats 1"', written)

    def test_wrong_password(self):
        self.write("credentials/calendar", f'user = "{USER}"\npassword = "another"\n')
        self.assertIn("the user or the password is not accepted", self.sync(1))
        os.unlink(f"{self.folder}/credentials/calendar")
        self.assertIn("credential calendar cannot be read", self.sync(1))


if __name__ == "__main__":
    unittest.main(verbosity=2)
