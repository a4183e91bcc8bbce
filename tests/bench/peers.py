#!/usr/bin/python3
"""icsread beside other readers on the same calendar, in the same run: processor time, the fastest of three, and answers.

    peers.py BUILD [EVENTS...]      default 1000; needs node and npm, and fetches ical.js and node-ical into BUILD

KCalendarCore takes part where libkf5calendarcore-dev is installed. Each one parses the file, expands each series in
the same 30 days, and prints what it found. Fails when an answer differs from ours, or when we need more than a tenth of
anybody's time.
"""
import json
import os
import resource
import subprocess
import sys
import tempfile

RATIO_MAX = 0.1
PACKAGES = ("ical.js@2.2.1", "node-ical@0.26.1")
HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "peers")


def run(command, path):
    """What the command printed, and the processor time that it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(path, "rb") as body:
        done = subprocess.run(command, stdin=body, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return done.stdout, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def fastest(command, path):
    runs = [run(command, path) for _ in range(3)]
    return runs[0][0], min(seconds for _, seconds in runs)


def found(lines):
    """UID and start of each occurrence, written alike."""
    return sorted(line.replace(".000Z", "Z") for line in lines if line)


def kcalendarcore(folder):
    """The compiled program; None where KCalendarCore is not installed."""
    program = os.path.join(folder, "kcalendarcore")
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", "Qt5Core", "Qt5Gui"], capture_output=True, text=True)
    if flags.returncode != 0 or not os.path.isdir("/usr/include/KF5/KCalendarCore"):
        return None
    subprocess.run(["g++", "-O2", "-fPIC", "-I/usr/include/KF5/KCalendarCore", "-I/usr/include/KF5",
                    os.path.join(HERE, "kcalendarcore.cpp"), "-o", program, "-lKF5CalendarCore", *flags.stdout.split()],
                   check=True)
    return program


def main():
    build = os.path.abspath(sys.argv[1])
    folder = os.path.join(build, "peers")
    modules = os.path.join(folder, "node_modules")
    os.makedirs(folder, exist_ok=True)
    if not os.path.isdir(os.path.join(modules, "ical.js")):
        subprocess.run(["npm", "install", "--silent", "--no-save", "--prefix", folder, *PACKAGES], check=True,
                       stdin=subprocess.DEVNULL)
    scripts = {"ical.js": "ical.mjs", "node-ical": "node_ical.mjs"}
    peers = {name: ["node", os.path.join(HERE, script), modules] for name, script in scripts.items()}
    compiled = kcalendarcore(folder)
    if compiled:
        peers["KCalendarCore"] = [compiled]
    ok = True
    print(f"{'events':>8} {'peer':>14} {'icsread s':>10} {'peer s':>10} {'ratio':>8}  answers")
    for events in sys.argv[2:] or ["1000"]:
        with tempfile.NamedTemporaryFile(suffix=".ics") as calendar:
            subprocess.run([os.path.join(build, "tests", "bench_ics"), "--write", calendar.name, events], check=True)
            text, ours = fastest([os.path.join(build, "bin", "icsread"), "--from", "2026-04-01", "--to", "2026-05-01",
                                  "--zone", "Europe/Stockholm"], calendar.name)
            answer = found(f"{each['uid']} {each['start']}" for each in map(json.loads, text.splitlines()))
            for name, command in peers.items():
                text, theirs = fastest([*command, calendar.name], calendar.name)
                equal = found(text.splitlines()) == answer
                print(f"{events:>8} {name:>14} {ours:10.4f} {theirs:10.4f} {ours / theirs:8.4f}  "
                      f"{len(answer)} occurrences, {'the same' if equal else 'OTHERS'}")
                ok = ok and equal and ours / theirs <= RATIO_MAX
    print(f"{'within' if ok else 'PAST'}: the same answers, at most {RATIO_MAX} of the time")
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
