#!/usr/bin/python3
"""What docs.py and plain.py must find: each mistake is planted in a copy of the tree, alone, and must be reported."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from sources import TOP, files, finish

# test, file, what stands there ("" the end), what is planted instead, what the report must say
PLANTED = [
    ("docs.py", "README.md", "", "\n" * 200, "lines; 200 are allowed"),
    ("docs.py", "README.md", "(assets/doc/limits.md)", "(assets/doc/limit.md)", "the link assets/doc/limit.md leads nowhere"),
    ("docs.py", "README.md", "(assets/doc/screen.md)", "(https://example.org)", "does not link to assets/doc/screen.md"),
    ("docs.py", "README.md", "`ical/record.c`", "`ical/records.c`", "there is no ical/records.c"),
    ("docs.py", "assets/doc/screen.md", "(configuration.md#patterns)", "(configuration.md#pattern)", "names no heading"),
    ("docs.py", "assets/doc/screen.md", "(microsoft-365.md)", "(../../README.md)", "leaves assets/doc"),
    ("docs.py", "assets/doc/screen.md", "| *Okänt läge*", "| *Okänt fel*", "the screen does not say \"Okänt fel\""),
    ("docs.py", "assets/doc/threats.md", "`test_office_rules` |", "`test_office_rulez` |", "there is no test test_office_rulez"),
    ("docs.py", "assets/doc/threats.md", "`test_office_rules` |", "none |", "no test holds \"check in as somebody else\""),
    ("docs.py", "assets/doc/threats.md", "/test_random_taps`", "/test_random_tips`", "test_visit has no case test_random_tips"),
    ("docs.py", "assets/doc/architecture.md", "| `app/draw/` |", "| `app/paint/` |", "the folder app/draw/ is missing"),
    ("docs.py", "assets/doc/configuration.md", "\tgrace = 15", "\tgrase = 15", "there is no key grase in checkin"),
    ("docs.py", "assets/man/kiosk.conf.5", ".It Ic grace\n", "", "the key grace of checkin is missing"),
    ("docs.py", "assets/man/kiosk.conf.5", ".It Ic grace\n", ".It Ic grace , mercy\n", "there is no key mercy in checkin"),
    ("docs.py", "assets/man/region.conf.5", ".It Ic planned\n", ".It Ic plan\n", "the key planned of year is missing"),
    ("docs.py", "app/config/config.c", '{"opens", "grace"', '{"opens", "mercy", "grace"', "the key mercy of checkin is missing"),
    ("docs.py", "assets/man/satellitkiosk.1", ".It Cm doctor Op Fl -json | Fl -brief\n", "", "the command doctor of --help is missing"),
    ("docs.py", "assets/man/satellitkiosk.1", ".It Fl -dump-ui\n", ".It Fl -dump-tree\n", "--help does not have --dump-tree"),
    ("docs.py", "assets/man/satellitkiosk.1", ".Cm host ,\n", "", "satellitkiosk.1: the view host is missing"),
    ("docs.py", "assets/man/satellitkiosk.1", ".Dq fresh ,\n.Dq ageing ,\n", ".Dq fresh , Dq ageing ,\n", "one inside another"),
    ("docs.py", "assets/completion/satellitkiosk", " doctor ", " ", "doctor of --help is missing"),
    ("docs.py", "assets/completion/satellitkiosk", " access ", " ", "the view access is missing"),
    ("docs.py", "assets/completion/satellitkiosk", "--dump-ui ", " ", "--dump-ui of --help is missing"),
    ("docs.py", "assets/man/icsread.1", ", too-large", ", too-big", "the reason too-large of"),
    ("docs.py", "assets/man/icsread.1", "", ".Bl -tag\n", "assets/man/icsread.1: "),
    ("plain.py", "README.md", "", "The kiosk tells why.\n", "\"tells\""),
    ("plain.py", "assets/doc/limits.md", "", "It is told when.\n", "\"is told\""),
    ("plain.py", "app/office/rules.c", "", "/* A comment that tells. */\n", "\"tells\""),
    ("plain.py", "tests/ical/merge.py", "", "# A comment that tells.\n", "\"tells\""),
    ("plain.py", "assets/man/icsread.1", "", "It was Told\n", "\"was Told\""),
]
HERE = pathlib.Path(__file__).resolve().parent


def report(test, top, *pages):
    environment = os.environ | {"KIOSK_SOURCE_DIR": str(top)}
    done = subprocess.run([sys.executable, HERE / test, *pages], env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


problems = []
with tempfile.TemporaryDirectory() as folder:
    copy = pathlib.Path(folder)
    for name in files():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(TOP / name, copy / name)
    for test in ("docs.py", "plain.py"):
        if report(test, copy)[0] != 0:
            problems.append(f"{test}, the tree as it is: {report(test, copy)[1]}")
    for test, name, old, new, expected in PLANTED:
        path = copy / name
        before = path.read_text(encoding="utf-8")
        if old not in before:
            problems.append(f"{name}: \"{old}\" is not there any more; plant the mistake somewhere else")
            continue
        path.write_text(before.replace(old, new, 1) if old else before + new, encoding="utf-8")
        status, output = report(test, copy, name if name.startswith("assets/man/") else "assets/man/satellitkiosk-setup.8")
        if status == 0 or expected not in output:
            problems.append(f"{name} with \"{new.strip()}\": expected \"{expected}\", got:\n{output}")
        path.write_text(before, encoding="utf-8")
finish(problems, len(PLANTED))
