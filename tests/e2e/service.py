"""The side of systemd: starts the kiosk as a service, on a compositor without a screen, and hears how it is."""
import os
import pathlib
import queue
import shutil
import socket
import subprocess
import sys
import threading
import time

PATIENCE_S = 300  # far more than it takes; only a failure waits so long
SOURCE = pathlib.Path(os.environ["KIOSK_SOURCE_DIR"])
BUILD = pathlib.Path(os.environ["KIOSK_BINARY_DIR"])
DEMO = BUILD / "share/satellitkiosk/demo"


def wait_until(what, is_so):
    limit = time.monotonic() + PATIENCE_S
    while not is_so():
        if time.monotonic() > limit:
            sys.exit(f"waited in vain: {what}")
        time.sleep(0.05)


class Supervisor:
    """A socket on which the kiosk reports its state. A thread always reads it, because a kiosk that cannot write waits."""

    def __init__(self, folder):
        self.path = str(folder / "notify")
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(self.path)
        self.heard = queue.Queue()
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            for line in self.socket.recv(4096).decode().splitlines():
                self.heard.put(line)

    def expect(self, word):
        """Waits for a message among those that have not been expected yet."""
        limit = time.monotonic() + PATIENCE_S  # of all: a kiosk that waits for something feeds the watchdog for ever
        words = []
        while not words or words[-1] != word:
            try:
                words.append(self.heard.get(timeout=max(0, limit - time.monotonic())))
            except queue.Empty:
                sys.exit(f"the kiosk did not say {word}; it said {words}")

    def forget(self):
        while not self.heard.empty():
            self.heard.get()


def surroundings(folder):
    """The environment of a compositor without a screen and its programs; `folder` is where its socket goes."""
    return {"PATH": os.environ["PATH"], "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "LC_ALL": "C.UTF-8",
            "WLR_BACKENDS": "headless", "WLR_RENDERER": "pixman", "WLR_LIBINPUT_NO_DEVICES": "1"}


def cage_command(folder):
    """The compositor as the appliance runs it. What it runs is copied, because the user that root's tests lend it need not be
    able to read the sources."""
    return ["cage", "-d", "--", shutil.copy(SOURCE / "systemd/hold", folder)]


def start_compositor(command, environment):
    # Compositors refuse to run as root, so root's tests lend them another user.
    other = {"user": 65534, "group": 65534, "extra_groups": []} if os.getuid() == 0 else {}
    if other:
        os.chown(environment["XDG_RUNTIME_DIR"], 65534, 65534)
    return subprocess.Popen(command, env=environment, cwd="/", **other, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def start_kiosk(options, environment, display, supervisor):
    return subprocess.Popen([BUILD / "bin/satellitkiosk", *options],
                            env={**environment, "WAYLAND_DISPLAY": display, "SDL_VIDEODRIVER": "wayland",
                                 "NOTIFY_SOCKET": supervisor.path, "WATCHDOG_USEC": "2000000"},
                            stderr=subprocess.PIPE, text=True)


def end_programs(programs):
    """Shows what those that still run have printed, which explains a failure."""
    for program in programs:
        if program.poll() is None:
            program.kill()
            _, output = program.communicate()
            print(output or "")
