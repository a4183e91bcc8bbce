#!/usr/bin/python3
"""`satellitkiosk setup` through a terminal, as somebody uses it who presses Enter at every question: calendars of many
shapes in both languages, wrong answers, an end in the middle, a file of answers. What counts is the configuration that
is written, and what the kiosk then shows."""
import difflib
import json
import os
import pty
import re
import select
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import unittest

SOURCE = os.environ["KIOSK_SOURCE_DIR"]
BUILD = os.environ["KIOSK_BINARY_DIR"]
KIOSK = os.path.join(BUILD, "bin", "satellitkiosk")
DEMO = os.path.join(SOURCE, "assets", "demo")
NOW = "2026-11-23T10:42"
QUESTIONS_MAX = 20

# Every shape: the events (title, location, organizer), and what the kiosk shows of them: (place, name or None for "Bokad"). An
# event that is not shown has no line. The second part of a shape is a word that must be said about it, English and Swedish.
SHAPES = {
    "person before a dash": (
        [("Anna Andersson - Kontorsplats 3",), ("Nils Svensson – Kontorsplats 1",), ("Åsa Öberg - Kontorsplats 12",)],
        [("Kontorsplats 3", "Anna A."), ("Kontorsplats 1", "Nils S."), ("Kontorsplats 12", "Åsa Ö.")], None),
    "person after a dash": (
        [("Kontorsplats 3 - Anna",), ("Kontorsplats 1 - Nils Svensson",)],
        [("Kontorsplats 3", "Anna"), ("Kontorsplats 1", "Nils S.")], None),
    "person before a colon": (
        [("Anna Andersson: Kontorsplats 3",), ("Nils Svensson: Kontorsplats 1",)],
        [("Kontorsplats 3", "Anna A."), ("Kontorsplats 1", "Nils S.")], None),
    "person after a colon": (
        [("Kontorsplats 3: Anna Andersson",), ("Kontorsplats 1: Nils",)],
        [("Kontorsplats 3", "Anna A."), ("Kontorsplats 1", "Nils")], None),
    "person alone": (
        [("Anna Andersson", "Kontorsplats 3"), ("Nils Svensson", "Kontorsplats 1")],
        [("Kontorsplats 3", "Anna A."), ("Kontorsplats 1", "Nils S.")], None),
    "service in the title": (
        [("Boka kontorsplats - Anna Andersson", "Kontorsplats 3"), ("Boka kontorsplats - Nils Ek", "Kontorsplats 1")],
        [("Kontorsplats 3", "Anna A."), ("Kontorsplats 1", "Nils E.")], None),
    "minutes": (
        [("Anna Andersson - Kontorsplats 3 (30 min)",), ("Nils Svensson - Kontorsplats 1 (120 min)",)],
        [("Kontorsplats 3", "Anna A."), ("Kontorsplats 1", "Nils S.")], None),
    "whole day": (
        [("Anna Andersson - Kontorsplats 3 - heldag",), ("Nils Svensson - Kontorsplats 1 - heldag",)],
        [("Kontorsplats 3", "Anna A."), ("Kontorsplats 1", "Nils S.")], None),
    "address as location": (
        [("Anna Andersson - Kontorsplats 3", "Renmarkstorget 5D, 3 tr, Umeå"), ("Nils Ek - Kontorsplats 1", "Renmarkstorget 5D, 3 tr, Umeå")],
        [("Kontorsplats 3", "Anna A."), ("Kontorsplats 1", "Nils E.")], None),
    "Teams as location": (
        [("Anna Andersson - Kontorsplats 3", "Microsoft Teams-möte"), ("Nils Ek - Kontorsplats 1", "Microsoft Teams-möte")],
        [("Kontorsplats 3", "Anna A."), ("Kontorsplats 1", "Nils E.")], None),
    "one calendar a desk": (
        [("Anna Andersson",), ("Nils Svensson",)],
        [("Plats 1|Desk 1", "Anna A."), ("Plats 1|Desk 1", "Nils S.")], ("do not say which place", "säger inte vilken plats")),
    "availability only": ([("Upptagen",), ("Upptagen",)], [], ("this cannot work", "kan det inte fungera")),
    "empty": ([], [], ("holds no bookings", "finns inga bokningar")),
    "a single number": ([("Anna", "Kontorsplats 3")], [("Kontorsplats 3", "Anna")], None),
    "English": (
        [("Anna Andersson - Desk 3",), ("John Smith - Desk 1",)], [("Desk 3", "Anna A."), ("Desk 1", "John S.")], None),
    "a place that may be a person": (
        [("Kontorsplats Anna",), ("Kontorsplats Nils",)], [], ("may be a place or a person", "kan vara en plats eller en person")),
    "zeros in front": (
        [("Anna Andersson - Kontorsplats 01",), ("Nils Svensson - Kontorsplats 08",)],
        [("Kontorsplats 01", "Anna A."), ("Kontorsplats 08", "Nils S.")], None),
    "tight dash": (
        [("Anna Andersson–Kontorsplats 3",), ("Nils Svensson-Kontorsplats 1",)],
        [("Kontorsplats 3", "Anna A."), ("Kontorsplats 1", "Nils S.")], None),
    "a high number": (
        [("Anna Andersson - Kontorsplats 1",), ("Nils Svensson - Kontorsplats 301",)],
        [("Kontorsplats 1", "Anna A."), ("Kontorsplats 301", "Nils S.")], None),
    "somebody's room": ([("Möte", "Annas rum"), ("Möte", "Annas rum")], [], ("may be a place or a person", "kan vara en plats eller en person")),
    "mail as title": (
        [("anna.andersson@umea.se", "Kontorsplats 3"), ("nils.svensson@umea.se", "Kontorsplats 1")],
        [("Kontorsplats 3", "Busy"), ("Kontorsplats 1", "Busy")], ("no person is found", "hittas ingen person")),
    "organiser of a room": (
        [("Anna Andersson", "Konferensrum"), ("Nils Ek", "Konferensrum")],
        [("Konferensrum", "Anna A."), ("Konferensrum", "Nils E.")], None),
    "meetings of a room": (
        [("Budgetmöte", "Konferensrum"), ("Styrgrupp digitalisering", "Konferensrum")],
        [("Konferensrum", "Budgetmöte"), ("Konferensrum", "Styrgrupp digitalisering")], None),
}


def calendar(events, name="Kalender"):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:Microsoft Exchange Server 2010", f"X-WR-CALNAME:{name}"]
    for number, event in enumerate(events):
        title, location = event[0], event[1] if len(event) > 1 else ""
        lines += ["BEGIN:VEVENT", f"UID:{number}@test", f"DTSTART:2026112{3 + number}T080000Z", f"DTEND:2026112{3 + number}T160000Z",
                  f"SUMMARY:{title}", "LOCATION:" + location.replace(",", "\\,"), "X-MICROSOFT-CDO-BUSYSTATUS:BUSY", "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


class Terminal:
    """The program on a terminal. Every question is answered by the first pair whose beginning is in it, else by Enter."""

    def __init__(self, arguments, answers, environment=None):
        self.text, self.asked, self.answers, self.answered = "", [], list(answers), 0
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.environ.update(environment or {})
            os.execv(KIOSK, [KIOSK, "setup", *arguments])

    def read(self):
        ready, _, _ = select.select([self.terminal], [], [], 60)
        try:
            piece = os.read(self.terminal, 65536) if ready else b""
        except OSError:
            piece = b""
        self.text += piece.decode("utf-8", "replace")
        return bool(piece)

    def answer(self, question):
        for pair in self.answers:
            if pair[0] in question:
                self.answers.remove(pair)
                return pair[1]() if callable(pair[1]) else pair[1]
        return ""

    def run(self):
        """Answers everything. Returns the exit status."""
        while self.read():
            while re.search(r": $", self.text[self.answered:]):
                question = self.text[self.answered:]
                self.answered = len(self.text)
                line = self.answer(question)
                self.asked.append(question)
                if line is None:
                    os.kill(self.pid, signal.SIGINT)
                    break
                os.write(self.terminal, line.encode() + b"\n")
                if not self.read():
                    break
        os.close(self.terminal)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def known_keys():
    """(section, key) of everything that the configuration can say, from the tables in app/config/."""
    for name in os.listdir(os.path.join(SOURCE, "app", "config")):
        with open(os.path.join(SOURCE, "app", "config", name), encoding="utf-8") as file:
            for section, body in re.findall(r"\bconst (\w+)_keys\[\] = \{(.*?)\};", file.read(), flags=re.S):
                yield from ((section, key) for key in re.findall(r'"([^"]+)"', re.sub(r'BILINGUAL\("([^"]+)"\)', r'"\1", "\1-en"', body)))


class Settings(unittest.TestCase):
    def test_every_key_can_be_asked_for(self):
        with open(os.path.join(SOURCE, "app", "setup", "settings.c"), encoding="utf-8") as file:
            asked = set(re.findall(r'\{"([a-z]+)", "([a-z-]+)"', file.read()))
        self.assertEqual(asked, {pair for pair in known_keys() if pair[0] not in ("region", "year")})


class Installation(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        self.root = os.path.join(self.folder, "root")
        self.config = os.path.join(self.root, "etc", "satellitkiosk", "kiosk.conf")

    def path(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        return path

    def talk(self, answers, language="en", *more):
        terminal = Terminal(["--root", self.root, "--lang", language, "--now", NOW, *more], answers)
        terminal.status = terminal.run()
        return terminal

    def written(self):
        with open(self.config, encoding="utf-8") as file:
            return file.read()

    def shown(self):
        """(place's name, title) of every booking that has a place, as the kiosk has them."""
        state = tempfile.mkdtemp(dir=self.folder)
        common = ["--config", self.config, "--state", state, "--now", NOW]
        subprocess.run([KIOSK, "sync", *common], check=False, capture_output=True)
        done = subprocess.run([KIOSK, "agenda", "--json", "--days", "30", *common], check=True, capture_output=True, text=True)
        names = dict(re.findall(r'place "([^"]+)" \{\n\tname = "([^"]+)"', self.written()))
        return sorted((names[row["place"]], row["title"]) for row in json.loads(done.stdout)
                      if row["kind"] == "booking" and row["place"])


class Questions(Installation):
    def test_every_shape_in_both_languages(self):
        for language in ("sv", "en"):
            for shape, (events, shown, said) in SHAPES.items():
                with self.subTest(shape=shape, language=language):
                    shutil.rmtree(self.root, ignore_errors=True)
                    path = self.path("feed.ics", calendar(events))
                    terminal = self.talk([("adress (retur" if language == "sv" else "calendar (Enter", path)], language)
                    self.assertEqual(terminal.status, 0, terminal.text)
                    self.assertLessEqual(len(terminal.asked), QUESTIONS_MAX)
                    wanted = sorted((place.split("|")[language == "en"] if "|" in place else place, name) for place, name in shown)
                    self.assertEqual(self.shown() if os.path.exists(self.config) and shown else [], wanted, terminal.text)
                    if said:
                        self.assertIn(said[language == "sv"], " ".join(terminal.text.split()))
                    self.assertEqual(len({place for place, _ in wanted}), self.written().count("\nplace "), terminal.text)

    def test_the_screen_shows_short_names_and_no_full_one(self):
        path = self.path("feed.ics", calendar([("Anna Andersson - Kontorsplats 3 - heldag",), ("Nils Svensson - Kontorsplats 1 - heldag",)]))
        picture = os.path.join(self.folder, "screen.png")
        terminal = self.talk([("calendar (Enter", path)], "en", "--preview", picture)
        self.assertEqual(terminal.status, 0, terminal.text)
        with open(picture, "rb") as file:
            self.assertEqual(file.read(8), b"\x89PNG\r\n\x1a\n")
        done = subprocess.run([KIOSK, "--config", self.config, "--state", os.path.join(self.folder, "state"), "--now", NOW, "--dump-ui"],
                              check=True, capture_output=True, text=True)
        self.assertIn("Anna A.", done.stdout)
        self.assertNotIn("Andersson", done.stdout)

    def test_wrong_answers_are_asked_again_and_forget_nothing(self):
        path = self.path("feed.ics", calendar([("Anna Berg - Plats 1",)]))
        terminal = self.talk([("Kontorets namn", 'Kontoret "Norr"'), ("Öppettider", "25:00-26:00"), ("Öppettider", "8"),
                              ("Öppettider", "07:30-17"), ("Öppettider", "07:30-17:00"), ("wall (vägg)", "tavla"),
                              ("wall (vägg)", "vägg"), ("adress (retur", "platser"), ("adress (retur", path), ("Namn på skärmen", "allt"),
                              ("Namn på skärmen", "initialer")], "sv")
        self.assertEqual(terminal.status, 0, terminal.text)
        self.assertEqual(terminal.text.count("duger inte"), 5, terminal.text)
        self.assertIn("Det är ingen adress", terminal.text)
        for line in ('office "Kontoret \\"Norr\\"" {', '\topens = "07:30"', "\tmode = wall", "\tnames = initials"):
            self.assertIn(line, self.written().splitlines())
        self.assertEqual(self.shown(), [("Plats 1", "A.B.")])

    def test_an_end_in_the_middle_is_gone_on_with(self):
        path = self.path("feed.ics", calendar([("Anna Berg - Plats 1",)]))
        for _ in range(2):  # by Ctrl-C
            terminal = self.talk([("Name of the office", "Norr"), ("calendar (Enter", path), ("Is that right? (Enter: yes; 3", None)])
            self.assertEqual(terminal.status, 1, terminal.text)
            self.assertIn("The answers are kept", terminal.text)
            self.assertFalse(os.path.exists(self.config))
        draft = self.config + ".draft"
        self.assertEqual(stat.S_IMODE(os.stat(draft).st_mode), 0o600)
        terminal = self.talk([])
        self.assertEqual(terminal.status, 0, terminal.text)
        self.assertIn("Go on with them?", terminal.text)
        self.assertIn('office "Norr"', self.written())
        self.assertEqual(self.shown(), [("Plats 1", "Anna B.")])
        self.assertFalse(os.path.exists(draft))

    def test_a_disk_that_takes_nothing_loses_no_answer(self):
        path = self.path("feed.ics", calendar([("Anna Berg - Plats 1",)]))
        blocked = [self.config + ".new", self.config + ".draft.new"]  # no file can be made under these names
        for name in blocked:
            os.makedirs(name)

        def free():
            for name in blocked:
                os.rmdir(name)
            return "yes"
        terminal = self.talk([("calendar (Enter", path)])
        self.assertEqual((terminal.status, terminal.text.count("Try it again")), (1, 4), terminal.text)
        terminal = self.talk([("Name of the office", "Norr"), ("calendar (Enter", path), ("Try it again", "yes"), ("Try it again", free)])
        self.assertEqual(terminal.status, 0, terminal.text)
        self.assertEqual(terminal.text.count("cannot be kept on the disk"), 1)
        self.assertIn('office "Norr"', self.written())
        self.assertEqual(self.shown(), [("Plats 1", "Anna B.")])

    def test_files_as_editors_leave_them(self):
        for text, status, says in (("", 0, "Write it?"), (" \n\n", 0, "Write it?"), ("\ufeffoffice \"A\" {\n}\n", 0, "Write it?"),
                                   ("office \"A\" {\r\n\topens = \"08:00\" # hej\r\n}\r\n", 0, "Write it?"),
                                   ("office \"A\" {\0}\n", 1, "save it as UTF-8")):
            with self.subTest(text=text):
                shutil.rmtree(self.root, ignore_errors=True)
                os.makedirs(os.path.dirname(self.config))
                self.path(self.config, text)
                terminal = self.talk([("Name of the office", "Norr")])
                self.assertEqual(terminal.status, status, terminal.text)
                self.assertIn(says, terminal.text)
                if status == 0:
                    self.assertIn('office "Norr" {', self.written())
                    self.assertEqual("# hej" in self.written(), "# hej" in text)

    def test_what_was_not_asked_about_stays(self):
        os.makedirs(os.path.dirname(self.config))
        shutil.copy(os.path.join(DEMO, "kiosk.conf"), self.config)
        for name in os.listdir(DEMO):
            if name.endswith((".ics", ".svg")) or name == "region.conf":
                shutil.copy(os.path.join(DEMO, name), os.path.dirname(self.config))
        before = self.written()
        terminal = self.talk([])
        self.assertEqual(terminal.status, 0, terminal.text)
        self.assertEqual(self.written(), before)
        terminal = self.talk([("Opening hours", "08:00-16:30")])
        self.assertEqual(terminal.status, 0, terminal.text)
        self.assertEqual(self.written(), before.replace('opens = "07:00"', 'opens = "08:00"').replace('closes = "18:00"', 'closes = "16:30"'))
        wanted = "".join(list(difflib.unified_diff(before.splitlines(True), self.written().splitlines(True)))[2:])
        self.assertIn(wanted, terminal.text.replace("\r", ""))

    def test_places_are_counted_changed_refused_and_added(self):
        path = self.path("feed.ics", calendar([("Anna Berg - Kontorsplats 3",), ("Nils Ek - Kontorsplats 1",)]))
        terminal = self.talk([("calendar (Enter", path), ("Which ones", "8"), ("Is that right? (Enter: yes; 3", "-8"),
                              ("Is that right? (Enter: yes; 3", "2"), ("Name of the place", "Vid fönstret"),
                              ("Is that right? (Enter: yes; 3", "+Bubblan")])
        self.assertEqual(terminal.status, 0, terminal.text)
        self.assertEqual(re.findall(r'\tname = "(.*)"', self.written()),
                         ["Kontorsplats 1", "Vid fönstret", *(f"Kontorsplats {n}" for n in range(3, 8)), "Bubblan"])
        self.assertLessEqual(len(terminal.asked), QUESTIONS_MAX)

    def test_a_calendar_that_was_empty_is_learnt_from_later(self):
        path = self.path("feed.ics", calendar([]))
        terminal = self.talk([("calendar (Enter", path), ("Its places", "Kontorsplats 1–3")])
        self.assertEqual(terminal.status, 0, terminal.text)
        self.assertEqual(re.findall(r'\tname = "(.*)"', self.written()), ["Kontorsplats 1", "Kontorsplats 2", "Kontorsplats 3"])
        self.path("feed.ics", calendar([("Anna Berg - Kontorsplats 2",)]))
        terminal = self.talk([])
        self.assertEqual(terminal.status, 0, terminal.text)
        self.assertEqual(self.shown(), [("Kontorsplats 2", "Anna B.")])
        self.assertEqual(self.written().count("\nplace "), 3)

    def test_eight_calendars_of_a_desk_each(self):
        people = ["Anna Berg", "Nils Ek", "Sara Lind", "Eva Falk", "Bo Dahl", "Ida Rask", "Jon Ny", "Pia Hed"]
        paths = [self.path(f"{n}.ics", calendar([(who,)])) for n, who in enumerate(people)]
        terminal = self.talk([("calendar (Enter", path) for path in paths])
        self.assertEqual(terminal.status, 0, terminal.text)
        self.assertLessEqual(len(terminal.asked), QUESTIONS_MAX)
        shown = [(f"Desk {n + 1}", who[:who.index(" ") + 2] + ".") for n, who in enumerate(people)]
        self.assertEqual(self.shown(), shown)
        shutil.rmtree(self.root)
        paths = [self.path(f"{n}.ics", calendar([("Upptagen",)], f"Kontorsplats {n + 1}")) for n in range(8)]
        terminal = self.talk([("calendar (Enter", path) for path in paths])
        self.assertEqual(terminal.status, 0, terminal.text)
        self.assertLessEqual(len(terminal.asked), QUESTIONS_MAX)
        self.assertEqual([place for place, _ in self.shown()], [f"Kontorsplats {n + 1}" for n in range(8)])

    def test_calendars_that_are_called_like_their_places(self):
        names = ["Fönsterplatsen", "Björken", "Kontorsplats 4"]
        paths = [self.path(f"{n}.ics", calendar([("Anna Berg",)] if n < 2 else [], name)) for n, name in enumerate(names)]
        terminal = self.talk([("calendar (Enter", path) for path in paths])
        self.assertEqual(terminal.status, 0, terminal.text)
        self.assertEqual(re.findall(r'\tname = "(.*)"', self.written()), names)
        self.assertEqual(self.shown(), [("Björken", "Anna B."), ("Fönsterplatsen", "Anna B.")])
        shutil.rmtree(self.root)
        paths = [self.path(f"{n}.ics", calendar([(f"{name} Berg",)], name)) for n, name in enumerate(("Anna", "Nils"))]
        self.talk([("calendar (Enter", path) for path in paths])
        self.assertEqual(re.findall(r'\tname = "(.*)"', self.written()), ["Desk 1", "Desk 2"])

    def test_more_places_than_there_is_room_for(self):
        path = self.path("feed.ics", calendar([("Anna Berg - Plats 1",)]))
        terminal = self.talk([("calendar (Enter", path), ("Which ones", "1-300")])
        self.assertEqual(terminal.status, 0, terminal.text)
        self.assertIn("room for 200 places", terminal.text)
        self.assertEqual(self.written().count("\nplace "), 200)

    def test_a_new_address_keeps_the_places(self):
        path = self.path("old.ics", calendar([("Anna Berg - Plats 1",)]))
        self.talk([("calendar (Enter", path)])
        text = self.written().replace('\tname = "Plats 1"', '\tname = "Plats 1"\n\tequipment = "Två skärmar."  # by hand')
        self.path(self.config, text)
        other = self.path("new.ics", calendar([("Nils Ek - Plats 1",)]))
        terminal = self.talk([("calendar (Enter", "=desks"), ("Its new address", self.folder + "/gone.ics"), ("Another address", other)])
        self.assertEqual(terminal.status, 0, terminal.text)
        self.assertEqual(self.written(), text.replace("old.ics", "new.ics"))
        terminal = self.talk([("calendar (Enter", "=desks"), ("Its new address", self.folder + "/gone.ics")])
        self.assertEqual(self.written(), text.replace("old.ics", "new.ics"))
        terminal = self.talk([("calendar (Enter", "=desks"), ("Its new address", path), ("Is that right? (Enter: yes; a", "1"), ("Its name", "skrivbord å")])
        self.assertEqual(self.written(), text.replace("desks", "skrivbord å"))

    def test_a_mistake_in_the_file_is_told_first(self):
        os.makedirs(os.path.dirname(self.config))
        self.path(self.config, 'office "A" {\n}\ncheckin {\n\tgrase = 15\n}\n')
        terminal = self.talk([], "sv")
        self.assertEqual((terminal.status, terminal.asked), (78, []))
        self.assertRegex(terminal.text, r"rätta det först\.\s+\S+/kiosk.conf:4: grase")

    def test_more_settings_reach_every_key(self):
        path = self.path("feed.ics", calendar([("Anna Berg - Plats 1",), ("Nils Ek - Plats 2",)]))
        terminal = self.talk([("calendar (Enter", path), ("More settings", "yes"), ("Number (Enter", "3"), ("Number (Enter", "2"),
                              ("grace", "soon"), ("grace", "20"), ("Number (Enter", ""), ("Number (Enter", "6"), ("Number (Enter", "11"),
                              ("Equipment, a sentence", "Skärm finns."), ("Number (Enter", "")])
        self.assertEqual(terminal.status, 0, terminal.text)
        self.assertIn("\tgrace = 20\n", self.written())
        self.assertEqual(self.written().count('equipment = "Skärm finns."'), 2, self.written())

    def test_sharing_is_tried(self):
        """An object is written, read and removed; what is wrong is named, and nothing is left behind."""
        path, common = self.path("feed.ics", calendar([("Anna Berg - Plats 1",)])), os.path.join(self.folder, "common")
        store = os.path.join(self.root, "etc", "credstore")
        answers = [("calendar (Enter", path), ("More settings", "yes"), ("Address of the collection", ""), ("Folder that all", common),
                   ("password of the sharing", "share"), ("Name of this screen", "entre")]
        for folder, credential, said in ((False, False, "credential .* cannot be read"), (False, True, "It does not work yet: .*folder"),
                                         (True, True, "It works: an object was written, read and removed")):
            shutil.rmtree(self.root, ignore_errors=True)
            os.makedirs(store)
            if folder:
                os.mkdir(common, 0o777)
            if credential:
                with open(os.path.join(store, "share"), "w", encoding="utf-8") as file:
                    file.write('user = "office"\npassword = "kanariefagel"\n')
            terminal = self.talk([*answers, ("Number (Enter", "9")])
            self.assertIn(" 9  sharing with other screens", terminal.text)
            self.assertEqual(terminal.status, 0, terminal.text)
            self.assertRegex(terminal.text, said)
            self.assertNotIn("kanariefagel", terminal.text)
        self.assertEqual(os.listdir(common), [])

    def test_nothing_is_started_when_no_calendar_could_be_read(self):
        page = self.path("page.ics", "<html>Sign in</html>")
        terminal = self.talk([("calendar (Enter", page), ("Another address", "keep")])
        self.assertEqual(terminal.status, 0, terminal.text)
        self.assertIn("A web page came instead of a calendar", terminal.text)
        self.assertIn("the kiosk is not started", terminal.text)

    def test_an_address_is_a_secret(self):
        terminal = self.talk([("calendar (Enter", "webcal://127.0.0.1:9/kanariefagel.ics"), ("Another address", "keep"), ])
        self.assertEqual(terminal.status, 0, terminal.text)
        self.assertNotIn("kanariefagel", terminal.text)
        self.assertNotIn("kanariefagel", self.written())
        stored = os.path.join(self.root, "etc", "credstore", re.search(r'credential = "(.*)"', self.written()).group(1))
        self.assertEqual(stat.S_IMODE(os.stat(stored).st_mode), 0o600)
        self.assertEqual(stat.S_IMODE(os.stat(self.config).st_mode), 0o640)
        with open(stored, encoding="utf-8") as file:
            self.assertEqual(file.read(), "webcal://127.0.0.1:9/kanariefagel.ics\n")
        for unit in ("satellitkiosk", "satellitkiosk-kms"):
            with open(os.path.join(self.root, "etc", "systemd", "system", unit + ".service.d", "credentials.conf"), encoding="utf-8") as file:
                self.assertIn("LoadCredential=", file.read())


class Failures(Installation):
    """A real server, with an authority that nobody knows."""

    SAID = {  # path → words in English and in Swedish
        "good /status/401": ("asks for a sign-in (401)", "vill ha en inloggning (401)"),
        "good /status/403": ("denies access (403)", "nekar åtkomst (403)"),
        "good /status/404": ("no calendar at this address (404)", "ingen kalender på den här adressen (404)"),
        "good /status/410": ("The calendar is gone (410)", "Kalendern är borttagen (410)"),
        "good /status/503": ("(503)", "(503)"),
        "good /html": ("A sign-in page came", "En inloggningssida kom"),
        "good /gate/moved": ("Microsoft refuses the name", "Microsoft nekar det namn"),
        "good /exchange/NotAllowedPublishingByPolicyException": ("does not allow this calendar", "tillåter inte att kalendern"),
        "good /empty": ("What came is empty", "Det som kom är tomt"),
        "expired /ok": ("certificate has expired", "certifikat har gått ut"),
    }

    def setUp(self):
        super().setUp()
        self.server = subprocess.Popen([sys.executable, os.path.join(SOURCE, "tests", "ical", "https_server.py"), self.folder],
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.addCleanup(self.stop)
        self.ports = {}
        for line in self.server.stdout:
            name, port = line.split()
            if name == "ready":
                break
            self.ports[name] = port

    def stop(self):
        self.server.stdin.close()
        self.server.wait()
        self.server.stdout.close()

    def begin(self):
        """With a user agent that the server's gate refuses."""
        shutil.rmtree(self.root, ignore_errors=True)
        os.makedirs(os.path.dirname(self.config))
        self.path(self.config, 'office "A" {\n}\n\nnetwork {\n\tuser-agent = "Firefox/1"\n}\n')

    def address(self, where):
        port, path = where.split()
        return f"https://localhost:{self.ports[port]}{path}"

    def test_each_failure_has_words_of_its_own(self):
        ask, file, agent = ("calendar (Enter", "adress (retur"), ("Certificate file", "Certifikatfil"), ("User agent (-", "User agent (-")
        for number, language in enumerate(("en", "sv")):
            self.begin()
            answers = [(ask[number], self.address(where)) for where in self.SAID]
            answers += [(file[number], self.folder + "/ca.pem"), (agent[number], "-")]
            terminal = self.talk(answers, language)
            self.assertEqual(terminal.status, 0, terminal.text)
            self.assertIn(("does not know", "inte känner till")[number], terminal.text)
            for words in self.SAID.values():
                self.assertIn(words[number], terminal.text)
            self.assertNotIn("localhost", terminal.text)
            self.assertIn(("the kiosk is not started", "kiosken startas inte")[number], terminal.text)

    def test_what_is_offered_helps(self):
        self.begin()
        terminal = self.talk([("calendar (Enter", self.address("good /gate/moved").replace("https", "webcal")), ("Certificate file", self.folder + "/ca.pem")])
        self.assertEqual(terminal.status, 0, terminal.text)
        self.assertIn('\tca-file = "', self.written())
        self.assertIn('\tuser-agent = "satellitkiosk (Linux) like Chrome/150"', self.written())
        self.assertIn("Fetched", terminal.text)


class Answers(Installation):
    def apply(self, text, *more, environment=None):
        path = self.path("answers.conf", text)
        return subprocess.run([KIOSK, "setup", "--root", self.root, "--answers", path, "--lang", "en", "--now", NOW, *more],
                              capture_output=True, text=True, stdin=subprocess.DEVNULL, env=environment, check=False)

    def test_every_shape(self):
        for shape, (events, shown, _) in SHAPES.items():
            if shape == "one calendar a desk":  # takes a question
                continue
            with self.subTest(shape=shape):
                shutil.rmtree(self.root, ignore_errors=True)
                path = self.path("feed.ics", calendar(events))
                done = self.apply(f'feed "desks" {{ address = "{path}" places = found }}')
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(self.shown() if shown else [], sorted(shown))
                for person in ("Andersson", "Svensson", "Anna"):
                    self.assertNotIn(person, done.stdout + done.stderr)

    def test_twice_changes_nothing(self):
        answers = ('office "Norr" { opens = "08:00" }\nfeed "skrivbord å" { address = "https://127.0.0.1:9/a.ics" kind = bookings }\n'
                   'place "1" { name = "Plats 1" feed = "skrivbord å" match = "Plats 1" }\n')
        done = self.apply(answers)
        self.assertEqual((done.returncode, done.stdout), (0, "changed\n"), done.stderr)
        self.assertIn("cannot be reached", done.stderr)
        self.assertNotIn("127.0.0.1:9/a.ics", done.stdout + done.stderr)
        with open(self.config, "a", encoding="utf-8") as file:
            file.write("# by hand\n")
        before = self.written()
        done = self.apply(answers)
        self.assertEqual((done.returncode, done.stdout), (0, "unchanged\n"), done.stderr)
        self.assertEqual(self.written(), before)
        done = self.apply(answers.replace("a.ics", "b.ics"))
        self.assertEqual(done.stdout, "changed\n")
        done = self.apply('feed "skrivbord å" { remove = yes }')
        self.assertEqual(done.stdout, "changed\n")
        self.assertNotIn("feed", self.written())
        self.assertEqual(os.listdir(os.path.join(self.root, "etc", "credstore")), [])

    def test_counted_places(self):
        answers = 'feed "a" { address = "https://127.0.0.1:9/a.ics" places = "%s" }\n'
        for expected in ("changed\n", "unchanged\n"):
            done = self.apply(answers % "Kontorsplats 08-12")
            self.assertEqual((done.returncode, done.stdout), (0, expected), done.stderr)
        self.assertEqual(re.findall(r'\tname = "Kontorsplats (.*)"', self.written()), ["08", "09", "10", "11", "12"])
        done = self.apply(answers % "Bord 1-300")
        self.assertIn("more places than a kiosk has room for", done.stderr)
        self.assertEqual(self.written().count("\nplace "), 200)

    def creds(self, script):
        """A systemd-creds of the test's own."""
        path = self.path("systemd-creds", "#!/bin/sh\n" + script)
        os.chmod(path, 0o755)

    def test_sealed_addresses(self):
        store = os.path.join(self.root, "etc", "credstore")
        answers = 'feed "desks" { address = "https://127.0.0.1:9/kanariefagel.ics" }\n'
        self.assertEqual(self.apply(answers).stdout, "changed\n")
        self.creds("cat >/dev/null\nexit 1\n")
        environment = dict(os.environ, PATH=self.folder + ":" + os.environ["PATH"])
        done = self.apply(answers, "--seal", environment=environment)
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertEqual(os.listdir(store), ["desks"], "the earlier address is gone")
        self.creds("case $1 in encrypt) base64 -w0 ;; decrypt) base64 -d <\"$3\" ;; esac\n")
        for expected in ("changed\n", "unchanged\n"):
            done = self.apply(answers, "--seal", environment=environment)
            self.assertEqual((done.returncode, done.stdout), (0, expected), done.stderr)
        self.assertEqual((os.listdir(store), os.listdir(store + ".encrypted")), ([], ["desks"]))
        with open(os.path.join(self.root, "etc", "systemd", "system", "satellitkiosk.service.d", "credentials.conf"), encoding="utf-8") as file:
            self.assertIn("LoadCredentialEncrypted=desks:/etc/credstore.encrypted/desks\n", file.read())
        for folder, _, names in os.walk(self.root):
            for name in names:
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    self.assertNotIn("kanariefagel", file.read(), name)

    def test_names_with_letters_of_their_own_get_addresses_of_their_own(self):
        done = self.apply("".join(f'feed "{name}" {{ address = "https://127.0.0.1:9/{n}.ics" }}\n' for n, name in enumerate("åäa")))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(sorted(os.listdir(os.path.join(self.root, "etc", "credstore"))), ["a", "a-2", "a-3"])

    def test_what_is_wrong_changes_nothing(self):
        self.apply('office "Norr" { }\n')
        before = self.written()
        for answers, says in (('office "Syd" { opens = "25:00" }', "25:00"), ('office "Syd" { opnes = "07:00" }', "opnes"),
                              ('feed "a" { address = "nonsense" }', "address"), ('place "1" { name = "A" }\nplace "1" { name = "B" }', "twice"),
                              ("office {\0}", "save it as UTF-8"), ("office {", "line 1")):
            done = self.apply(answers)
            self.assertIn(done.returncode, (1, 78))
            self.assertIn(says, done.stderr)
            self.assertEqual(done.stdout, "")
            self.assertEqual(self.written(), before)


if __name__ == "__main__":
    unittest.main(verbosity=1)
