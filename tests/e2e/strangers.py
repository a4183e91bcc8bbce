#!/usr/bin/python3
"""What other users and odd files on the machine may not do: hold a command up, or be read instead of a file."""
import contextlib
import fcntl
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from cli import MORNING, PROGRAM, Office  # pylint: disable=wrong-import-position

HOLDER = """
import fcntl, os, sys, time
fd = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT, 0o666)
fcntl.flock(fd, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(600)
"""
COMMANDS = (["status"], ["agenda"], ["checkins"], ["metrics"], ["--dump-ui"], ["sync"], ["checkin", "5"])


@contextlib.contextmanager
def held(path, user=None):
    """Somebody holds the lock of a file for ever."""
    with subprocess.Popen(["/usr/bin/python3", "-c", HOLDER, path], stdout=subprocess.PIPE, user=user) as holder:
        holder.stdout.readline()
        try:
            yield
        finally:
            holder.kill()


class Locks(Office):
    def board_id(self):
        with open(os.path.join(self.state, "sync.lock"), encoding="ascii") as file:
            return file.read()[:32]

    @unittest.skipUnless(os.geteuid() == 0, "only root can act for another user")
    def test_a_stranger_in_memory_holds_nobody_up(self):
        """Everybody may write in /dev/shm, where the board was once."""
        self.run_program("sync")
        path = f"/dev/shm/satellitkiosk-{self.board_id()}"
        with held(path, user=65534):
            for command in COMMANDS:
                self.run_program(*command)
        if os.path.exists(path):
            os.unlink(path)

    def test_nothing_is_left_in_memory(self):
        before = set(os.listdir("/dev/shm"))
        self.run_program("sync")
        former = f"/dev/shm/satellitkiosk-{self.board_id()}"
        with open(former, "w", encoding="ascii"):
            pass
        self.run_program("status")
        self.assertFalse(os.path.exists(former))  # a version before left it
        left = {name for name in set(os.listdir("/dev/shm")) - before if name.startswith("satellitkiosk-" + self.board_id())}
        self.assertEqual(left, set())
        boards = [name for name in os.listdir(self.state) if name.startswith("board-")]
        self.assertEqual(len(boards), 1)
        self.assertEqual(os.stat(os.path.join(self.state, boards[0])).st_mode & 0o777, 0o600)
        os.remove(os.path.join(self.state, "sync.lock"))  # the next program names another one, and removes this
        self.run_program("sync")
        boards = [name for name in os.listdir(self.state) if name.startswith("board-")]
        self.assertEqual(boards, [f"board-{self.board_id()}.json"])

    def test_a_held_board_holds_nobody_up(self):
        self.run_program("sync")
        with held(os.path.join(self.state, f"board-{self.board_id()}.json")):
            for command in COMMANDS:
                self.run_program(*command)

    def test_a_held_lock_is_named(self):
        os.mkdir(self.state)
        path = os.path.join(self.state, "databases.lock")
        with open(path, "w", encoding="ascii") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            out, _ = self.run_program("status")
        self.assertIn(path, out)
        self.assertIn("fuser -v", out)


# Where a pipe lies instead of a file, and words of what is said about it ("" nothing: the program does without).
PIPES = (
    ("kiosk.conf", "regular file"),
    ("region.conf", "regular file"),
    ("desks.ics", "regular file"),
    ("ca.pem", "regular file"),
    ("journal.db", "regular file"),
    ("journal.db-journal", "regular file"),
    ("cache.db", "regular file"),
    ("cache.db-journal", "regular file"),
    ("identity.key", "regular file"),
    ("time.settled", ""),
    ("sync.lock", ""),
    ("databases.lock", ""),
)
# How a number that nobody wrote may stand in SQLite's own table.
SEQUENCES = ("seq = 'nonsense'", "seq = x'00ff'", "seq = 1.5", "seq = -7", "seq = NULL", "seq = 2147483647", "seq = 9223372036854775807")


class Files(Office):
    def setUp(self):
        super().setUp()
        conf = os.path.join(self.office, "kiosk.conf")
        with open(os.path.join(self.office, "ca.pem"), "w", encoding="ascii"):
            pass
        with open(conf, encoding="utf-8") as file:
            text = file.read()
        more = f'\nfeed "far" {{ kind = meetings url = "https://localhost:1/x" ca-file = "{self.office}/ca.pem" }}\n'
        with open(conf, "w", encoding="utf-8") as file:
            file.write(text + more)

    def run_any(self, *arguments, state=None, timeout=60):
        command = [PROGRAM, "--config", os.path.join(self.office, "kiosk.conf"), "--state", state or self.state, "--now", MORNING]
        done = subprocess.run([*command, *arguments], capture_output=True, timeout=timeout, check=False, stdin=subprocess.DEVNULL)
        self.assertIn(done.returncode, (0, 1, 2, 78), done.stderr)
        return done.stdout.decode(errors="replace") + done.stderr.decode(errors="replace")

    def path_of(self, name):
        path = os.path.join(self.office, name)
        return path if os.path.exists(path) else os.path.join(self.state, name)

    def test_a_pipe_holds_nothing_up(self):
        self.run_any("sync")
        for name, words in PIPES:
            path = self.path_of(name)
            kept = path + ".kept"
            if os.path.exists(path):
                os.rename(path, kept)
            os.mkfifo(path)
            said = "".join(self.run_any(*command) for command in (["sync"], ["status"], ["checkins"], ["--dump-ui", "--view", "host"]))
            self.assertIn(words, said, name)
            os.unlink(path)
            if os.path.exists(kept):
                os.rename(kept, path)

    def test_a_spoilt_number_is_mended(self):
        for sequence in SEQUENCES:
            shutil.rmtree(self.state, ignore_errors=True)
            self.run_any("sync")
            self.run_program("checkin", "5")
            with contextlib.closing(sqlite3.connect(os.path.join(self.state, "journal.db"))) as journal:
                journal.execute(f"UPDATE sqlite_sequence SET {sequence} WHERE name = 'entry'")
                journal.commit()
            self.run_program("checkout", "5")
            rows = json.loads(self.run_program("checkins", "--json")[0])
            self.assertEqual([row["action"] for row in rows], ["check-in", "check-out"], sequence)

    def test_pictures_are_private(self):
        picture = os.path.join(self.folder, "picture.png")
        mask = os.umask(0)
        try:
            self.run_program("--screenshot", picture)
        finally:
            os.umask(mask)
        self.assertEqual(os.stat(picture).st_mode & 0o777, 0o600)
        self.assertEqual([name for name in os.listdir(self.folder) if name.startswith("picture")], ["picture.png"])

    def test_a_path_that_is_no_text(self):
        state = os.fsencode(self.folder) + b"/st\xe5t\xff"
        for command in (["status", "--json"], ["doctor", "--json"]):
            said = self.run_any(*command, state=state)
            self.assertNotIn("out of memory", said)
            self.assertIn("/st\ufffdt\ufffd", json.dumps(json.loads(said), ensure_ascii=False))

if __name__ == "__main__":
    unittest.main(verbosity=2)
