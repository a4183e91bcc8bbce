#!/usr/bin/python3
"""The whole program and a server that refuses: sync, status, doctor and metrics name the refusal, each in its own words, and
neither they nor a file of theirs gives the address, the user or a password away."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

SOURCE = os.environ["KIOSK_SOURCE_DIR"]
PROGRAM = os.path.join(os.environ["KIOSK_BINARY_DIR"], "bin", "satellitkiosk")
MORNING = "2026-11-23T10:42"
CANARY = "kanarie"  # in the address, the user and the passwords
REFUSALS = {  # path → the beginning of what is said about it
    "/gate/moved": "the server refuses this program's user agent (OwaBasicUnsupportedException)",
    "/gate/loop": "the server refuses this program's user agent (OwaBasicUnsupportedException)",
    "/gate/header": "the server refuses this program's user agent (OwaBasicUnsupportedException)",
    "/to_mail": "the server leads to a sign-in page: the address was revoked or is wrong",
    "/to_sign_in_host": "the server leads to a sign-in page: the address was revoked or is wrong",
    "/html": "a web page came instead of a calendar, such as a sign-in page: the address was revoked",
    "/exchange/NotAllowedPublishingByPolicyException": "the organisation's policy forbids publishing this calendar",
    "/exchange/MailboxNotFoundException": "the mailbox behind the address is gone",
    "/status/404": "there is no calendar at this address any more",
    "/status/410": "the calendar is gone for good",
    "/retry_seconds/429/90": "it is asked too often (throttled); it is asked again later (it asks for a pause of 90 s)",
    "/retry_date": "it is busy or being repaired (throttled); it is asked again later (it asks for a pause of 120 s)",
    "/maintenance/503": "the server is busy or down for maintenance",
    "/basic": "the user or the password is not accepted; correct the credential",
    "/empty": "it is empty",
    "/plainfile/half.ics": "so it was cut off before END:VCALENDAR",
}


class Servers(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        self.server = subprocess.Popen([sys.executable, os.path.join(SOURCE, "tests", "ical", "https_server.py"), self.folder],
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.addCleanup(self.stop)
        self.ports = {}
        for line in self.server.stdout:
            name, port = line.split()
            if name == "ready":
                break
            self.ports[name] = int(port)
        for name in ("credentials", "state"):
            os.mkdir(os.path.join(self.folder, name))
        self.write("half.ics", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:2026")
        self.write("kiosk.conf", 'office "Kontoret" { zone = "Europe/Stockholm" }\n'
                   f'feed "desks" {{ credential = "desks" ca-file = "{self.folder}/ca.pem" user-agent = "Firefox/1" }}\n')

    def stop(self):
        self.server.stdin.close()
        self.server.wait()
        self.server.stdout.close()

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            file.write(text)

    def run_program(self, *arguments):
        """What the program prints, with the environment's proxies in the way."""
        environment = dict(os.environ, CREDENTIALS_DIRECTORY=f"{self.folder}/credentials", https_proxy="http://127.0.0.1:1",
                           ALL_PROXY="http://127.0.0.1:1", SSLKEYLOGFILE=f"{self.folder}/keys")
        done = subprocess.run([PROGRAM, "--config", f"{self.folder}/kiosk.conf", "--state", f"{self.folder}/state", "--now", MORNING,
                               *arguments], capture_output=True, text=True, env=environment, timeout=120, check=False)
        self.assertNotIn(CANARY, done.stdout + done.stderr)
        self.assertNotIn("localhost", done.stdout + done.stderr)
        return done

    def test_refusals(self):
        for path, words in REFUSALS.items():
            with self.subTest(path):
                self.write("credentials/desks", f'url = "https://localhost:{self.ports["good"]}{path}?{CANARY}"\n'
                           f'user = "{CANARY}"\npassword = "{CANARY}"\n')
                done = self.run_program("sync")
                self.assertEqual(done.returncode, 1)
                self.assertIn(words, done.stdout + done.stderr)
                self.assertIn(words, self.run_program("status").stdout)
                self.assertIn(words, json.loads(self.run_program("status", "--json").stdout)["feeds"][0]["error"])
                self.assertRegex(self.run_program("doctor").stdout, "WRONG +feed +desks: .*" + re.escape(words))
                self.run_program("metrics")
        for name in os.listdir(f"{self.folder}/state"):
            with open(f"{self.folder}/state/{name}", "rb") as file:
                self.assertNotIn(CANARY.encode(), file.read(), name)
        self.assertFalse(os.path.exists(f"{self.folder}/keys"), "the keys of TLS were logged")

    def test_user_and_password_are_sent(self):
        for path in ("/basic", "/digest"):
            self.write("credentials/desks", f'webcal://anna:hemligt%3Al%C3%B6sen@localhost:{self.ports["good"]}{path}\n')
            done = self.run_program("sync")
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
