#!/usr/bin/python3
"""What the documents print works as printed: their examples are accepted, their commands run, and the manual pages name every
member of the JSON that the programs print."""
import glob
import json
import os
import re
import shlex
import shutil
import subprocess
import tempfile
import unittest

SOURCE = os.environ["KIOSK_SOURCE_DIR"]
BUILD = os.environ["KIOSK_BINARY_DIR"]
BIN = os.path.join(BUILD, "bin")
DEMO = os.path.join(BUILD, "share", "satellitkiosk", "demo")
TEXTS = [os.path.join(SOURCE, "README.md"), *sorted(glob.glob(os.path.join(SOURCE, "assets", "doc", "*.md")))]
ON_THE_DEMO = ["--config", os.path.join(DEMO, "kiosk.conf"), "--now", "2026-11-23T10:42"]
# Commands that these documents must at least have; otherwise nothing is found, and nothing tried.
EXPECTED = {"agenda", "backup", "checkin", "checkins", "checkout", "doctor", "metrics", "privacy-audit", "status", "sync"}


def read(*path):
    with open(os.path.join(SOURCE, *path), encoding="utf-8") as file:
        return file.read()


def blocks(text):
    """Fenced blocks, also those in a list, without their indentation."""
    for indent, body in re.findall(r"^( *)```\n(.*?)^ *```", text, flags=re.S | re.M):
        yield re.sub(f"^{indent}", "", body, flags=re.M)


def commands(text):
    """Every command in a fenced block or in inline code, one a line."""
    for block in blocks(text):
        yield from block.splitlines()
    yield from re.findall(r"`([^`\n]+)`", re.sub(r"^ *```.*?^ *```", "", text, flags=re.S | re.M))


class Documents(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        self.options = [*ON_THE_DEMO, "--state", os.path.join(self.folder, "state")]

    def run_program(self, *arguments):
        return subprocess.run([os.path.join(BIN, "satellitkiosk"), *arguments], cwd=self.folder, capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, check=False)

    def ask(self, *arguments):
        done = self.run_program(*arguments, *self.options)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            file.write(text)

    def test_the_examples_of_the_configuration_are_accepted(self):
        examples = list(blocks(read("assets", "doc", "configuration.md")))
        self.write("region.conf", next(block for block in examples if block.startswith("region ")))
        self.write("plan.svg", read("assets", "demo", "plan.svg"))
        page = read("assets", "man", "kiosk.conf.5")
        for example in [next(block for block in examples if block.startswith("office ")),
                        re.search(r"\.Sh EXAMPLES\n\.Bd -literal\n(.*?)\.Ed", page, flags=re.S).group(1)]:
            self.write("kiosk.conf", example)
            done = self.run_program("--check-config", "--config", "kiosk.conf")
            self.assertEqual(done.returncode, 0, done.stderr)

    def test_the_template_of_the_statement_is_accepted(self):
        self.write("kiosk.conf", 'office "A" { }\n' + read("assets", "statement.conf"))
        done = self.run_program("--check-config", "--config", "kiosk.conf")
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_the_table_of_the_page_is_accepted(self):
        page = read("assets", "man", "region.conf.5")
        self.write("region.conf", re.search(r"\.Sh EXAMPLES\n\.Bd -literal\n(.*?)\.Ed", page, flags=re.S).group(1))
        self.write("kiosk.conf", 'office "A" { rotation-table = "region.conf" }\n')
        done = self.run_program("--check-config", "--config", "kiosk.conf")
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_the_mistake_that_is_shown_is_reported_so(self):
        shown = re.search(r"^/etc/satellitkiosk/(kiosk\.conf:6: grase: .*)$", read("assets", "doc", "configuration.md"), flags=re.M)
        self.write("kiosk.conf", 'office "A" {\n}\n\n\ncheckin {\n\tgrase = 15\n}\n')
        self.assertIn(shown.group(1), self.run_program("--check-config", "--config", "kiosk.conf").stderr)

    def test_the_commands_run(self):
        tried = set()
        self.ask("sync")
        for command in sorted({command for name in TEXTS for command in commands(read(name))}):
            words = shlex.split(command.replace("'", "’").replace("/srv/backup", self.folder), comments=True)
            if len(words) < 2 or words[0] not in ("satellitkiosk", "app/run") or any(word.isupper() or "|" in word for word in words):
                continue
            if words[1] == "setup":  # would ask; see test_the_answers_of_many_kiosks_are_accepted
                continue
            shows = words[1] in ("--mode", "--lang", "--window", "--now")  # would open the screen
            arguments = words[1:] if not shows else [*words[1:], "--screenshot", "shown.png"]
            done = self.run_program(*self.options, *arguments)
            self.assertIn(done.returncode, (0, 1, 2) if words[1] == "doctor" else (0,), f"{command}: {done.stderr}")
            tried.add(words[1])
        self.assertLessEqual(EXPECTED, tried)

    def set_up(self, answers):
        self.write("answers.conf", answers)
        return self.run_program("setup", "--root", "root", "--answers", "answers.conf", "--now", "2026-11-23T10:42")

    def test_the_answers_of_many_kiosks_are_accepted(self):
        example = next(block for block in blocks(read("assets", "doc", "administration.md")) if "answers.conf" in block.splitlines()[0])
        page = re.search(r"\.Sh EXAMPLES\n.*?\.Bd [^\n]*\n(.*?)\.Ed", read("assets", "man", "satellitkiosk-setup.8"), flags=re.S).group(1)
        role = re.sub(r"\{%.*?%\}\n?", "", read("assets", "doc", "ansible", "templates", "answers.conf.j2"))
        self.assertIn("satellitkiosk_answers", role)
        for answers in (example, page):
            shutil.rmtree(os.path.join(self.folder, "root"), ignore_errors=True)
            answers = re.sub(r'"https://outlook[^"]*"', f'"{DEMO}/desks.ics"', answers)
            for expected in ("changed\n", "unchanged\n"):
                done = self.set_up(answers)
                self.assertEqual((done.returncode, done.stdout), (0, expected), done.stderr)
            with open(os.path.join(self.folder, "root", "etc", "satellitkiosk", "kiosk.conf"), encoding="utf-8") as file:
                self.assertIn('place "6" {', file.read())

    def test_the_pipe_that_looks_at_a_calendar_runs(self):
        text = read("assets", "doc", "microsoft-365.md")
        pipe = next(block for block in blocks(text) if block.startswith("curl "))
        address = next(block for block in blocks(text) if block.startswith("url = "))
        self.write("address.txt", address.replace("https://…", f"file://{DEMO}/desks.ics"))
        done = subprocess.run(["bash", "-o", "pipefail", "-c", pipe], cwd=self.folder, capture_output=True, text=True, check=False,
                              env=dict(os.environ, PATH=f"{BIN}:{os.environ['PATH']}"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(next(block for block in blocks(text) if block.startswith("{")).strip(), done.stdout.splitlines())

    def members(self, value):
        """Every member's name in a JSON value; what is counted by reason has names of its own."""
        for item in value if isinstance(value, list) else []:
            yield from self.members(item)
        for name, inner in value.items() if isinstance(value, dict) else []:
            yield name
            if name not in ("skipped", "assumed"):
                yield from self.members(inner)

    def test_the_pages_name_every_member(self):
        self.ask("sync")
        self.ask("checkin", "5")
        page = read("assets", "man", "satellitkiosk.1")
        for arguments in (["status", "--json"], ["agenda", "--json"], ["checkins", "--json"], ["--dump-ui"]):
            for name in set(self.members(json.loads(self.ask(*arguments)))):
                self.assertRegex(page, rf"(?m)^\.(It )?Li .*\b{name}\b", f"{arguments}: {name}")
        page = read("assets", "man", "icsread.1")
        with open(os.path.join(DEMO, "desks.ics"), "rb") as calendar:
            done = subprocess.run([os.path.join(BIN, "icsread"), "--from", "2026-11-23", "--to", "2026-11-24", "--zone",
                                   "Europe/Stockholm"], stdin=calendar, capture_output=True, text=True, check=True)
        for name in set(self.members(json.loads(done.stdout.splitlines()[0]))):
            self.assertRegex(page, rf"(?m)^\.(It )?Li .*\b{name}\b", f"icsread: {name}")


if __name__ == "__main__":
    unittest.main()
