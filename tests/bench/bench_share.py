#!/usr/bin/python3
"""What the exchange of check-ins costs. Without --delay and --traffic: what a journal with many old check-ins costs a
program that opens it and exchanges once, beside an empty one, in processor time and memory, which a busy machine does
not distort. Opening checks every page and every entry, so it takes longer, but it must not take more memory; and the
first exchange erases what is too old.

    bench_share.py [--old NUMBER]               1,000,000 for the table in measurements.md
    bench_share.py --delay [folder|radicale]    from a check-in on one machine to its arrival on another one
    bench_share.py --traffic [radicale|apache]  requests and bytes of polls and check-ins, as the server and the wire see them
"""
import argparse
import base64
import http.client
import os
import pathlib
import random
import re
import shutil
import sqlite3
import ssl
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "e2e"))
import boxes  # pylint: disable=wrong-import-position

FILL = os.path.join(boxes.BUILD, "tests", "fill_journal")
NOW = "2026-11-23T10:00"
DAY_S = 86400
OLD, YOUNG, ROUNDS = 100000, 10000, 5
CPU_LIMIT, MEMORY_LIMIT = 1.5, 1.2
CHECK_INS, PAUSE_S = 120, 2.0
POLLS, BUSY = 60, 40
OFFICE = """office "Kontoret" { zone = "Europe/Stockholm" opens = "07:00" closes = "18:00" }
feed "desks" { kind = bookings path = "desks.ics" }
"""


def write_office(root, places):
    """Everybody may check in at any time of the day."""
    folder = os.path.join(root, "template")
    os.mkdir(folder)
    events = "".join(f"BEGIN:VEVENT\r\nUID:b{n}\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:20261123T060000Z\r\n"
                     f"DTEND:20261123T170000Z\r\nSUMMARY:Person {n} – Desk {n}\r\nEND:VEVENT\r\n" for n in range(places))
    pathlib.Path(folder, "desks.ics").write_bytes(
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n{events}END:VCALENDAR\r\n".encode())
    pathlib.Path(folder, "kiosk.conf").write_text(OFFICE + "".join(
        f'place "{n}" {{ name = "Plats {n}" feed = "desks" match = "Desk {n}$" }}\n' for n in range(places)))
    return folder


def used(box, *words):
    """Processor seconds and peak memory in MiB of one command."""
    program = subprocess.Popen(box.command(*words), env=box.environment, stdout=subprocess.DEVNULL)
    _, status, about = os.wait4(program.pid, 0)
    program.returncode = os.waitstatus_to_exitcode(status)
    assert program.returncode == 0, (words, program.returncode)
    return about.ru_utime + about.ru_stime, about.ru_maxrss / 1024


def cost(box, *words):
    rounds = [used(box, *words) for _ in range(ROUNDS)]
    return statistics.median(cpu for cpu, _ in rounds), max(memory for _, memory in rounds)


def measure_journals(root, count_old):
    office = boxes.Office(root, ["empty", "old", "young"], boxes.Folder(root), NOW, write_office(root, 8))
    now = boxes.instant(NOW)
    spans = {"old": (count_old, now - 1000 * DAY_S, now - 40 * DAY_S), "young": (YOUNG, now - 29 * DAY_S, now - DAY_S)}
    for box in office.boxes:
        box.ask("sync")
        if box.name in spans:
            count, oldest, newest = spans[box.name]
            subprocess.run([FILL, box.state, str(count), str(int(oldest)), str(int(newest))], check=True)
    empty, old, young = office.boxes
    is_good = True
    print(f"| what | empty journal | {count_old:,} older than the retention | {YOUNG:,} within it |\n|---|--:|--:|--:|")
    for name, words in (("open and show (`status`)", ["status"]), ("the same, one exchange, one look at a feed (`sync`)", ["sync"])):
        erasing = used(old, *words)  # the first exchange erases what is too old; the others are measured
        costs = [cost(box, *words) for box in (empty, old)]
        shutil.rmtree(office.transport.common)  # what is young is delivered; what it costs to deliver is not measured
        os.mkdir(office.transport.common)
        while words == ["sync"] and young.share()["outbox"] != 0:
            young.ask("sync")
        costs.append(cost(young, *words))
        print(f"| {name} |" + "".join(f" {1000 * cpu:.0f} ms, {memory:.0f} MiB |" for cpu, memory in costs))
        is_good = is_good and costs[1][1] < MEMORY_LIMIT * costs[0][1]
    is_good = is_good and costs[1][0] < CPU_LIMIT * costs[0][0]
    journal = sqlite3.connect(f"file:{old.state}/journal.db?mode=ro", uri=True)
    is_erased = journal.execute("SELECT count(*) FROM entry").fetchone() == (0,)
    print(f"the first exchange erased those that were too old: {1000 * erasing[0]:.0f} ms, {erasing[1]:.0f} MiB"
          if is_erased else "the old ones are still there")
    return is_good and is_erased


class Watcher(threading.Thread):
    """Notes when each check-in is in a machine's journal."""

    def __init__(self, box):
        super().__init__(daemon=True)
        self.file, self.seen, self.is_over = os.path.join(box.state, "journal.db"), {}, False

    def run(self):
        journal = sqlite3.connect(f"file:{self.file}?mode=ro", uri=True, isolation_level=None)
        last = None
        while not self.is_over:
            stamp = os.stat(self.file).st_mtime_ns
            if stamp != last:
                try:
                    rows = journal.execute("SELECT token FROM entry").fetchall()
                except sqlite3.OperationalError:
                    continue  # it is being written
                now = time.monotonic()
                last = stamp
                for row in rows:
                    self.seen.setdefault(row[0], now)
            time.sleep(0.005)


def start(box):
    return subprocess.Popen(box.command("--window", "800x480"), stdin=subprocess.DEVNULL,
                            env=dict(box.environment, SDL_VIDEODRIVER="dummy"))


def measure_delay(root, name):
    """Two programs run as in an office that is open; somebody checks in on one of them every few seconds."""
    office = boxes.Office(root, ["entre", "pentry"], boxes.transport(name, root), NOW, write_office(root, CHECK_INS))
    here = office.boxes[0]
    for box in office.boxes:
        box.ask("sync")
    programs, watchers = [start(box) for box in office.boxes], [Watcher(box) for box in office.boxes]
    for watcher in watchers:
        watcher.start()
    for n in range(CHECK_INS):
        time.sleep(random.expovariate(1 / PAUSE_S))
        here.ask("checkin", f"b{n}")
    limit = time.monotonic() + boxes.PATIENCE_S
    while len(watchers[1].seen) < CHECK_INS and time.monotonic() < limit:
        time.sleep(0.1)
    for watcher in watchers:
        watcher.is_over = True
        watcher.join()
    for program in programs:
        program.terminate()
        program.wait()
    office.transport.stop()
    delays = sorted(watchers[1].seen[token] - at for token, at in watchers[0].seen.items())
    print(f"{name}: {len(delays)} check-ins, seconds to the other machine: median {statistics.median(delays):.1f}, "
          f"99 of 100 within {delays[int(len(delays) * 0.99)]:.1f}, longest {delays[-1]:.1f}")
    return len(delays) == CHECK_INS


def requests_in(log):
    """What the server was asked, by method."""
    counts = {}
    for line in pathlib.Path(log).read_text(errors="replace").splitlines():
        words = line.split(" request for ")
        if len(words) == 2:
            method = words[0].split()[-1]
            counts[method] = counts.get(method, 0) + 1
    return counts


def processor_s(pid):
    """Processor time of a process and those that it started."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(processor_s(child) for child in children)


def lists(server):
    """Bytes of the server's answers to the questions what is there, and what is new when nothing is."""
    url = urllib.parse.urlsplit(server.url)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(server.folder + "/ca.pem")
    connection = http.client.HTTPSConnection(url.hostname, url.port, context=context)
    login = base64.b64encode(b"office:a secret").decode()
    token, lengths = "", []
    for _ in range(3):
        text = (f'<sync-collection xmlns="DAV:"><sync-token>{token}</sync-token><sync-level>1</sync-level>'
                '<prop><getetag/></prop></sync-collection>')
        connection.request("REPORT", url.path, text, {"Authorization": "Basic " + login, "Content-Type": "text/xml"})
        body = connection.getresponse().read().decode()
        lengths.append(len(body))
        found = re.search(r"sync-token>([^<]+)<", body)
        token = found.group(1) if found else ""
    connection.close()
    return lengths[0], lengths[-1]


def wake(box):
    file = os.path.join(os.path.dirname(box.config), "desks.ics")
    shutil.copy(file, file + ".new")
    os.replace(file + ".new", file)


def measure_traffic(root, name):
    """One program polls, as often as an hour brings; then another machine checks in between its polls."""
    office = boxes.Office(root, ["entre", "pentry"], boxes.transport(name, root), NOW, write_office(root, BUSY))
    server, (here, there) = office.transport, office.boxes
    conf = pathlib.Path(server.folder, "radicale.conf")
    if conf.exists():
        conf.write_text(conf.read_text().replace("level = warning", "level = info"))
        server.restart()
    for box in office.boxes:
        box.ask("sync")
    program, cable = start(there), server.cables[there.name]

    def polls(count, act=None):
        before, asked, sent = cable.carried, requests_in(server.folder + "/log"), server.cables[here.name].carried
        began = processor_s(server.process.pid)
        for n in range(count):
            if act:
                act(n)
            last = cable.carried
            office.advance(11)
            wake(there)
            limit = time.monotonic() + boxes.PATIENCE_S
            while cable.carried == last and time.monotonic() < limit:
                time.sleep(0.01)
            time.sleep(0.2)
        after = requests_in(server.folder + "/log")
        return (cable.carried - before, server.cables[here.name].carried - sent,
                {method: after[method] - asked.get(method, 0) for method in after},
                processor_s(server.process.pid) - began)
    polls(3)
    carried, _, asked, processor = polls(POLLS)
    print(f"{name}: {POLLS} polls without news: {carried / POLLS:.0f} bytes on the wire each, {1000 * processor / POLLS:.1f} ms "
          f"of the server's processor; {asked}")

    def check_in(n):
        here.ask("checkin", f"b{n}")
        here.ask("sync")
    carried, sent, asked, processor = polls(BUSY, check_in)
    print(f"{name}: {BUSY} check-ins on another machine, each received by one poll: {carried / BUSY:.0f} bytes each; "
          f"delivered by a program of its own, with a new connection: {sent / BUSY:.0f} each; {1000 * processor / BUSY:.1f} ms of the server's "
          f"processor each; {asked}")
    if name == "radicale":
        everything, nothing = lists(server)
        print(f"{name}: the list of {BUSY} check-ins has {everything} bytes, the answer that nothing is new {nothing}")
    program.terminate()
    program.wait()
    server.stop()
    return True


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--delay", choices=("folder", "radicale"))
    parser.add_argument("--traffic", choices=("radicale", "apache"))
    parser.add_argument("--old", type=int, default=OLD)
    options = parser.parse_args()
    base = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="satellitkiosk-bench.", dir=base) as root:
        os.chmod(root, 0o755)
        is_good = (measure_delay(root, options.delay) if options.delay else
                   measure_traffic(root, options.traffic) if options.traffic else measure_journals(root, options.old))
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
