#!/usr/bin/python3
"""The kiosk in the compositor that the appliance runs, without a screen: it says that it is ready, feeds the watchdog,
reads its configuration again, survives a wrong one, and ends when the compositor is gone, so that it is started anew."""
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

PATIENCE_S = 60  # far more than it takes; only a failure waits so long
BUILD = pathlib.Path(os.environ["KIOSK_BINARY_DIR"])
DEMO = BUILD / "share/satellitkiosk/demo"


def wait_for(path):
    limit = time.monotonic() + PATIENCE_S
    while not path.exists():
        if time.monotonic() > limit:
            sys.exit(f"{path} did not appear")
        time.sleep(0.02)


class Supervisor:
    """The side of systemd: a socket on which the kiosk tells how it is."""

    def __init__(self, folder):
        self.path = str(folder / "notify")
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(self.path)
        self.socket.settimeout(PATIENCE_S)
        self.heard = []

    def expect(self, word):
        while True:
            if word in self.heard:
                del self.heard[:self.heard.index(word) + 1]
                return
            try:
                self.heard += self.socket.recv(4096).decode().splitlines()
            except socket.timeout:
                sys.exit(f"the kiosk did not say {word}; it said {self.heard}")


def start_compositor(folder, environment):
    # cage refuses to run as root, so root's tests lend it another user.
    other = {"user": 65534, "group": 65534, "extra_groups": []} if os.getuid() == 0 else {}
    if other:
        os.chown(folder, 65534, 65534)
    compositor = subprocess.Popen(["cage", "-d", "--", "sleep", "infinity"], env=environment, **other,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for(folder / "wayland-0")
    return compositor


def main():
    folder = pathlib.Path(tempfile.mkdtemp())
    folder.chmod(0o711)
    runtime = folder / "runtime"
    runtime.mkdir(0o700)
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "XDG_RUNTIME_DIR": str(runtime), "LC_ALL": "C.UTF-8",
                   "WLR_BACKENDS": "headless", "WLR_RENDERER": "pixman", "WLR_LIBINPUT_NO_DEVICES": "1"}
    supervisor = Supervisor(folder)
    configuration = folder / "kiosk.conf"
    shutil.copytree(DEMO, folder, dirs_exist_ok=True)
    programs = [start_compositor(runtime, environment)]
    try:
        kiosk = subprocess.Popen([BUILD / "bin/satellitkiosk", "--config", configuration, "--state", folder / "state"],
                                 env={**environment, "WAYLAND_DISPLAY": "wayland-0", "SDL_VIDEODRIVER": "wayland",
                                      "NOTIFY_SOCKET": supervisor.path, "WATCHDOG_USEC": "2000000"},
                                 stderr=subprocess.PIPE, text=True)
        programs.append(kiosk)
        supervisor.expect("READY=1")
        supervisor.expect("WATCHDOG=1")
        supervisor.expect("WATCHDOG=1")

        kiosk.send_signal(signal.SIGHUP)
        supervisor.expect("RELOADING=1")
        supervisor.expect("READY=1")

        configuration.write_text('office "Kontoret" { opnes = "07:00" }\n')
        kiosk.send_signal(signal.SIGHUP)
        supervisor.expect("RELOADING=1")
        supervisor.expect("READY=1")
        supervisor.expect("WATCHDOG=1")

        programs[0].kill()
        programs[0].wait()
        _, told = kiosk.communicate(timeout=PATIENCE_S)
        assert "opnes" in told, f"the mistake in the configuration was not told: {told}"
        print(f"without its compositor the kiosk ended with {kiosk.returncode}")
        assert kiosk.returncode != -signal.SIGKILL
    finally:
        for program in programs:
            if program.poll() is None:
                program.kill()
                program.wait()
        shutil.rmtree(folder)


main()
