#!/usr/bin/python3
"""icsread beside node-ical on the same calendar, in the same run: processor time, the fastest of three.

    node_ical.py BUILD [EVENTS...]      default 10000; needs node and npm, and fetches node-ical into BUILD

node-ical parses the file and expands each series in the same 30 days. Fails past 0.02 of its time.
"""
import os
import resource
import subprocess
import sys
import tempfile

RATIO_MAX = 0.02
VERSION = "0.26.1"
PROGRAM = """
const ical = require('node-ical');
const from = new Date('2026-04-01T00:00:00+02:00'), to = new Date('2026-05-01T00:00:00+02:00');
let found = 0;
for (const event of Object.values(ical.sync.parseFile(process.argv[1]))) {
  if (event.type !== 'VEVENT') continue;
  if (event.rrule) found += event.rrule.between(from, to, true).length;
  else if (event.start < to && event.end > from) found++;
}
console.log(found);
"""


def processor_s(command, **options):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, **options)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.stdout.strip(), command
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    build = os.path.abspath(sys.argv[1])
    folder = os.path.join(build, "node-ical")
    os.makedirs(folder, exist_ok=True)
    if not os.path.isdir(os.path.join(folder, "node_modules", "node-ical")):
        subprocess.run(["npm", "install", "--silent", "--no-save", "--prefix", folder, f"node-ical@{VERSION}"],
                       check=True, stdin=subprocess.DEVNULL)
    ok = True
    print(f"{'events':>9} {'icsread s':>11} {'node-ical s':>11} {'ratio':>8}")
    for events in sys.argv[2:] or ["10000"]:
        with tempfile.NamedTemporaryFile(suffix=".ics") as calendar:
            subprocess.run([os.path.join(build, "tests", "bench_ics"), "--write", calendar.name, events], check=True)
            reader = [os.path.join(build, "bin", "icsread"), "--from", "2026-04-01", "--to", "2026-05-01",
                      "--zone", "Europe/Stockholm"]
            ours = min(processor_s(reader, stdin=open(calendar.name, "rb")) for _ in range(3))
            theirs = min(processor_s(["node", "-e", PROGRAM, calendar.name], cwd=folder) for _ in range(3))
        print(f"{events:>9} {ours:11.3f} {theirs:11.3f} {ours / theirs:8.4f}")
        ok = ok and ours / theirs <= RATIO_MAX
    print(f"{'within' if ok else 'PAST'}: at most {RATIO_MAX} of the time")
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
