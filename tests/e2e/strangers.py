#!/usr/bin/python3
"""What other users and odd files on the machine may not do: hold a command up, or be read instead of a file."""
import contextlib
import fcntl
import os
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from cli import Office  # pylint: disable=wrong-import-position

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


if __name__ == "__main__":
    unittest.main(verbosity=2)
