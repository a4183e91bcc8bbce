#!/usr/bin/python3
"""How long it takes from starting the kiosk, with a cache from yesterday, to its first picture, and how much memory it
needs at most, beside programs that only open the same window. Prints a table; fails past its limits."""
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
CROWD = 19990
PATIENCE_S = 60


def peak_kib(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))


def processor_ms(pid):
    """Returns the processor time of all threads of a process, which a busy machine does not distort."""
    tasks = os.listdir(f"/proc/{pid}/task")
    used_ns = 0
    for task in tasks:
        with open(f"/proc/{pid}/task/{task}/schedstat", encoding="ascii") as schedstat:
            used_ns += int(schedstat.read().split()[0])
    return used_ns / 1e6


def start(command, folder):
    """Milliseconds until the program says that its picture is shown, those on a processor, and its peak memory."""
    path = os.path.join(folder, "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notices:
        notices.bind(path)
        notices.settimeout(PATIENCE_S)
        began = time.monotonic()
        with subprocess.Popen(command, env=dict(os.environ, NOTIFY_SOCKET=path), stdin=subprocess.DEVNULL) as program:
            while "READY=1" not in notices.recv(4096).decode().split("\n"):
                pass
            took = (time.monotonic() - began) * 1000
            used, peak = processor_ms(program.pid), peak_kib(program.pid)
            program.send_signal(signal.SIGTERM)
            program.wait(timeout=PATIENCE_S)
    os.unlink(path)
    return took, used, peak


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
        for _ in range(ROUNDS):  # in turn, so that all see the same machine
            for name, command in programs.items():
                runs[name].append(start(command, folder))
    finally:
        shutil.rmtree(folder)
    took, peak = {}, {}
    for name, measured in runs.items():
        took[name] = min(ms for ms, _, _ in measured)
        used = statistics.median(ms for _, ms, _ in measured)
        peak[name] = max(kib for _, _, kib in measured) / 1024
        print(f"{name}: first picture after {took[name]:.0f} ms, {used:.0f} ms of them on a processor; "
              f"peak memory {peak[name]:.1f} MiB")
    ok = True
    for what, value, unit, limit in (("first picture from a warm cache / bare SDL program", took["kiosk"] / took["bare"], "x", 1.5),
                                     (f"the same with {CROWD:,} bookings of today", took["crowd"] / took["bare"], "x", 4),
                                     ("peak memory beyond the bare SDL program's", peak["kiosk"] - peak["bare"], "MiB", 32),
                                     ("peak memory beyond the lean SDL program's", peak["kiosk"] - peak["lean"], "MiB", 32)):
        verdict = "" if value <= limit else "EXCEEDED"
        ok = ok and value <= limit
        print(f"{what:<62} {value:8.2f} {unit:<3} limit {limit:8.2f} {verdict}")
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
