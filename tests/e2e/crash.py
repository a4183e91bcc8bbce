#!/usr/bin/python3
"""The whole program is killed, or its disk fails, at every change that it makes to its files and at random instants.

An acknowledged check-in is there afterwards, once; one that could not be stored was reported as such; the cache is whole or
made anew; and the next run works. Nothing of the product knows of this: mishap.so is loaded before its libraries.
"""
import csv
import io
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

BUILD = os.environ["KIOSK_BINARY_DIR"]
PROGRAM = BUILD + "/bin/satellitkiosk"
CONFIG = BUILD + "/share/satellitkiosk/demo/kiosk.conf"
MISHAP = BUILD + "/tests/mishap.so"
NOW = "2026-11-23T10:42"
EIO, ENOSPC, EROFS = 5, 28, 30
LONG = "--long" in sys.argv


class State:
    """A folder of databases, and the program run on it."""

    def __init__(self, folder):
        self.folder = folder

    def command(self, *arguments):
        return [PROGRAM, "--config", CONFIG, "--state", self.folder, "--now", NOW, *arguments]

    def run(self, *arguments, mishap=None, at=0):
        environment = dict(os.environ, LC_ALL="C.UTF-8", KIOSK_LOG="")
        if mishap:
            environment.update(LD_PRELOAD=MISHAP, MISHAP=str(mishap), MISHAP_AT=str(at), MISHAP_DIR=self.folder)
        return subprocess.run(self.command(*arguments), capture_output=True, text=True, env=environment, timeout=120,
                              check=False)

    def must_run(self, *arguments):
        done = self.run(*arguments)
        assert done.returncode == 0, (arguments, done.returncode, done.stderr)
        return done.stdout

    def check_ins(self):
        return list(csv.DictReader(io.StringIO(self.must_run("checkins", "--csv"))))

    def agenda(self):
        return json.loads(self.must_run("agenda", "--json"))

    def damaged(self):
        return [name for name in os.listdir(self.folder) if "damaged" in name]

    def copy_from(self, other):
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(other.folder, self.folder)


def nameless(agenda):
    """The agenda without the names of bookings, which follow from a key that each folder makes for itself."""
    return [{key: value for key, value in row.items() if key != "uid"} for row in agenda]


def acknowledges_check_in(done):
    return re.search(r"is (already )?checked in until", done.stdout) is not None


def check(state, base_agenda, acknowledged, what):
    """What must hold after anything that happened to `checkin 5`."""
    rows = [row for row in state.check_ins() if row["action"] == "check-in" and row["place"] == "5"]
    assert len(rows) <= 1, (what, "doubled", rows)
    assert rows or not acknowledged, (what, "acknowledged and lost")
    assert state.agenda() == base_agenda, (what, "the cache is not what it was")
    assert not state.damaged(), (what, state.damaged())


def each_change_of_a_check_in(base, work, base_agenda, mishap):
    """Kills the program at, or fails, each change that `checkin 5` makes, until it makes no more."""
    at, acknowledged_count = 0, 0
    while True:
        at += 1
        work.copy_from(base)
        done = work.run("checkin", "5", mishap=mishap, at=at)
        acknowledged = acknowledges_check_in(done)
        what = (mishap, at, done.returncode, done.stdout, done.stderr)
        if mishap == "kill":
            struck = done.returncode == -signal.SIGKILL
        else:
            assert (done.returncode == 0) == acknowledged, what
            assert acknowledged or done.stderr.strip(), (what, "failed without a word")
            struck = not acknowledged
        check(work, base_agenda, acknowledged, what)
        again = work.run("checkin", "5")  # the fault is over
        rows = [row for row in work.check_ins() if row["place"] == "5"]
        assert len(rows) == 1, (what, "does not recover", again.stderr, rows)
        acknowledged_count += acknowledged
        if not struck:
            break
        assert at < 1000, what
    assert at > 5, (mishap, "the program made only", at, "changes")
    name = "killed" if mishap == "kill" else os.strerror(mishap)
    print(f"checkin: {name} at each of {at - 1} changes; nothing lost, nothing doubled")


def each_change_of_a_sync(empty, work, base_agenda, step):
    """Kills the program at the changes that a first `sync` makes: some feeds are there, whole, and the next run completes."""
    at = 1
    tries = 0
    while True:
        work.copy_from(empty)
        done = work.run("sync", mishap="kill", at=at)
        if done.returncode != -signal.SIGKILL:
            assert done.returncode == 0, done.stderr
            break
        tries += 1
        journal = work.check_ins()
        assert journal == [], journal
        work.must_run("sync")
        assert nameless(work.agenda()) == nameless(base_agenda), ("sync", at)
        assert not work.damaged(), ("sync", at)
        at += step
    assert tries > 5, tries
    print(f"sync: killed at {tries} of about {at} changes; always whole after the next")


def random_instants(base, work, base_agenda, rounds):
    """Kills the program at any instant of its life, the start and the end included."""
    acknowledged_count, killed = 0, 0
    work.copy_from(base)
    began = time.monotonic()
    work.must_run("checkin", "5")
    life = time.monotonic() - began
    for _ in range(rounds):
        work.copy_from(base)
        child = subprocess.Popen(work.command("checkin", "5"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        try:
            child.wait(timeout=random.uniform(0, 1.3 * life))
        except subprocess.TimeoutExpired:
            child.kill()
        out, err = child.communicate()
        killed += child.returncode == -signal.SIGKILL
        acknowledged = re.search("checked in until", out) is not None
        acknowledged_count += acknowledged
        check(work, base_agenda, acknowledged, ("random", out, err))
    print(f"checkin: {killed} of {rounds} killed at random, {acknowledged_count} acknowledged, none of those lost")


def main():
    random.seed(48)
    base_folder = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="satellitkiosk-crash.", dir=base_folder) as folder:
        base, work, empty = (State(folder + "/" + name) for name in ("base", "work", "empty"))
        os.mkdir(empty.folder)
        base.must_run("sync")
        base_agenda = base.agenda()
        assert base_agenda, "the demo has no bookings"
        for mishap in ("kill", EIO, ENOSPC, EROFS):
            each_change_of_a_check_in(base, work, base_agenda, mishap)
        each_change_of_a_sync(empty, work, base_agenda, 1 if LONG else 17)
        random_instants(base, work, base_agenda, 2000 if LONG else 100)


if __name__ == "__main__":
    main()
