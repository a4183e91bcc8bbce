#!/usr/bin/python3
"""How long it takes from starting the kiosk, with a cache from yesterday, to its first picture, and how much memory it
needs at most, beside programs that only open the same window. Prints a table; fails past its limits.

The leanest program is compared by the memory of its own. It loads 30 libraries and the kiosk 100, of which Linux keeps 16
to 19 MiB in memory, depending on the Debian release and on what was read lately. Less than the pixels of one more window
fit below that limit."""
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

BUILD = os.environ["KIOSK_BINARY_DIR"]
DEMO = os.path.join(BUILD, "share", "satellitkiosk", "demo")
ROUNDS = 11
ROUNDS_MAX = 55  # on a machine that is busy otherwise, until a round was left alone
CROWD = 19990
PATIENCE_S = 60


def memory_kib(pid):
    """Returns the peak memory of a process, and how much of it is its own. The rest are pages of files: programs, libraries
    and fonts, which all processes share, which the system drops when it needs room, and of which it maps more or less
    around each page that is touched."""
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        fields = dict(line.split(":", 1) for line in status)
    peak, files = (int(fields[name].split()[0]) for name in ("VmHWM", "RssFile"))
    return peak, peak - files


def processor_ms(pid):
    """Returns the processor time of all threads of a process, which a busy machine does not distort."""
    tasks = os.listdir(f"/proc/{pid}/task")
    used_ns = 0
    for task in tasks:
        with open(f"/proc/{pid}/task/{task}/schedstat", encoding="ascii") as schedstat:
            used_ns += int(schedstat.read().split()[0])
    return used_ns / 1e6


def queued_ms(pid):
    """Returns how long the main thread has waited for a processor that others used."""
    with open(f"/proc/{pid}/schedstat", encoding="ascii") as schedstat:
        return int(schedstat.read().split()[1]) / 1e6


def start(command, folder):
    """Milliseconds until the program says that its picture is shown, those on a processor, its peak memory, and its own."""
    path = os.path.join(folder, "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notices:
        notices.bind(path)
        notices.settimeout(PATIENCE_S)
        began = time.monotonic()
        with subprocess.Popen(command, env=dict(os.environ, NOTIFY_SOCKET=path), stdin=subprocess.DEVNULL) as program:
            while "READY=1" not in notices.recv(4096).decode().split("\n"):
                pass
            took = (time.monotonic() - began) * 1000 - queued_ms(program.pid)
            used, (peak, own) = processor_ms(program.pid), memory_kib(program.pid)
            program.send_signal(signal.SIGTERM)
            program.wait(timeout=PATIENCE_S)
    os.unlink(path)
    return took, used, peak, own


def crowded_office(folder):
    """The demo office's configuration beside a calendar of desks that holds 20,000 bookings of today, each with a title
    of 240 bytes. Returns its path."""
    shutil.copytree(DEMO, os.path.join(folder, "demo"))
    words = "möte om samhällsbyggnadsförvaltningens lokalfråga i Örnsköldsvik och avstämning inför kommunfullmäktige".split()
    with open(os.path.join(folder, "demo", "desks.ics"), "w", encoding="utf-8", newline="") as calendar:
        calendar.write("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//bench//EN\r\n")
        for number in range(CROWD):
            title = " ".join(words[(number + i) % len(words)] for i in range(40)).encode()[:200].decode(errors="ignore")
            minute = number % 600
            calendar.write(f"BEGIN:VEVENT\r\nUID:crowd{number}\r\nDTSTART:20261123T{6 + minute // 60:02}{minute % 60:02}00Z\r\n"
                           f"DURATION:PT1H\r\nSUMMARY:{number} {title} – Kontorsplats {number % 8 + 1}\r\nEND:VEVENT\r\n")
        calendar.write("END:VCALENDAR\r\n")
    return os.path.join(folder, "demo", "kiosk.conf")


def speeds(runs):
    """Returns rows of what is measured, the figure, its unit, its limit, and whether it is kept."""
    took = {name: min(ms for ms, *_ in measured) for name, measured in runs.items()}
    rows = (("first picture from a warm cache / bare SDL program", took["kiosk"] / took["bare"], "x", 1.5),
            (f"the same with {CROWD:,} bookings of today", took["crowd"] / took["bare"], "x", 4))
    return [(*row, row[1] <= row[3]) for row in rows]


def main():
    folder = tempfile.mkdtemp()
    try:
        kiosk = [os.path.join(BUILD, "bin", "satellitkiosk"), "--config", os.path.join(DEMO, "kiosk.conf"),
                 "--state", os.path.join(folder, "state"), "--now", "2026-11-23T10:42"]
        subprocess.run(kiosk + ["sync"], check=True, stdout=subprocess.DEVNULL)
        crowd = [kiosk[0], "--config", crowded_office(folder), "--state", os.path.join(folder, "crowd"), "--now", "2026-11-23T10:42"]
        subprocess.run(crowd + ["sync"], check=True, stdout=subprocess.DEVNULL)
        bare = [os.path.join(BUILD, "tests", "bare")]
        window = ["--window", "1920x1080"]
        programs = {"bare": bare, "lean": bare + ["lean"], "kiosk": kiosk + window, "crowd": crowd + window}
        runs = {name: [] for name in programs}
        while len(runs["bare"]) < ROUNDS or (len(runs["bare"]) < ROUNDS_MAX and not all(is_quick for *_, is_quick in speeds(runs))):
            for name, command in programs.items():  # in turn, so that all see the same machine
                runs[name].append(start(command, folder))
    finally:
        shutil.rmtree(folder)
    peak, own = {}, {}
    for name, measured in runs.items():
        took = min(ms for ms, *_ in measured)
        used = statistics.median(ms for _, ms, *_ in measured)
        peak[name] = max(kib for *_, kib, _ in measured) / 1024
        own[name] = max(kib for *_, kib in measured) / 1024
        print(f"{name}: first picture after {took:.0f} ms, {used:.0f} ms of them on a processor; "
              f"peak memory {peak[name]:.1f} MiB, {own[name]:.1f} MiB of them its own")
    ok = True
    for what, value, unit, limit in (*(row[:-1] for row in speeds(runs)),
                                     ("peak memory beyond the bare SDL program's", peak["kiosk"] - peak["bare"], "MiB", 32),
                                     ("its own memory beyond the lean SDL program's", own["kiosk"] - own["lean"], "MiB", 20)):
        verdict = "" if value <= limit else "EXCEEDED"
        ok = ok and value <= limit
        print(f"{what:<62} {value:8.2f} {unit:<3} limit {limit:8.2f} {verdict}")
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
