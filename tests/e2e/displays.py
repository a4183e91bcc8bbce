#!/usr/bin/python3
"""Monitors come and go while the kiosk runs: none at the start, another size, unplugged and another one plugged in, the
compositor gone with the last of them. Each time the whole picture is right, and what the visitor had open stays open."""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

import monitors
import pixels
from service import (BUILD, DEMO, PATIENCE_S, Supervisor, cage_command, end_programs, start_compositor, start_kiosk, surroundings,
                     wait_until)

NOW = "2026-11-23T10:46"  # nothing changes in the office for a quarter of an hour
ALIKE = 0.97  # the clock in the corner may have gone on, and a mouse may stand somewhere
ACCESS = ["--view", "access"]
TAP_AGAIN_S = 5
IDLE_S = 40  # a little less than it takes until the kiosk asks whether the visitor is still there


class Bench:
    def __init__(self, folder):
        self.folder = folder
        self.runtime = folder / "runtime"
        self.runtime.mkdir(0o700)
        self.environment = surroundings(self.runtime)
        self.environment |= {"WLR_BACKENDS": "x11", "SWAYSOCK": str(self.runtime / "ipc")}
        (folder / "sway.conf").write_text("default_border none\nfocus_follows_mouse no\n")
        shutil.copytree(DEMO, folder / "office")
        self.options = ["--config", folder / "office/kiosk.conf", "--state", folder / "state", "--now", NOW]
        self.drawn = {}
        self.tapped = 0.0
        self.programs = []
        self.supervisor = Supervisor(folder)
        self.server = monitors.Server()

    def start(self, command, display, monitors_at_first):
        self.programs.append(start_compositor(command, self.environment | {
            "DISPLAY": os.environ["DISPLAY"], "WLR_X11_OUTPUTS": str(monitors_at_first)}))
        wait_until("the compositor's socket", (self.runtime / display).exists)
        return self.programs[-1]

    def start_kiosk(self, display):
        self.programs.append(start_kiosk(self.options, self.environment, display, self.supervisor))
        return self.programs[-1]

    def sway(self, *arguments):
        done = subprocess.run(["swaymsg", "-r", *arguments], env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise SystemExit(f"{arguments}: {done.stdout}{done.stderr}")
        return json.loads(done.stdout)

    def ask(self, *options):
        return subprocess.run([BUILD / "bin/satellitkiosk", *self.options, *options], capture_output=True, check=True).stdout

    def expected(self, width, height, view):
        """The picture that is to be there, drawn without any display."""
        key = width, height, *view
        if key not in self.drawn:
            file = self.folder / "expected.png"
            self.ask("--window", f"{width}x{height}", *view, "--screenshot", file)
            self.drawn[key] = pixels.read_png(file)
        return self.drawn[key]

    def shows(self, expected, width, height):
        if [size for _, *size in monitors.windows()][:1] != [[width, height]]:
            return False
        alike = looked_at = 0
        for row, other in zip(monitors.picture(width, height).rows[::7], expected.rows[::7]):
            alike += sum(a == b for a, b in zip(row[::21], other[::21]))
            looked_at += len(row[::21])
        return alike >= ALIKE * looked_at

    def wait_for_picture(self, what, width, height, view=(), meanwhile=None):
        expected = self.expected(width, height, view)

        def is_right():
            if self.shows(expected, width, height):
                return True
            if meanwhile:
                meanwhile()
            return False
        try:
            wait_until(f"{what}: the picture at {width}x{height}", is_right)
        except SystemExit:
            pixels.write_png(monitors.picture(width, height), "/tmp/displays.png")
            raise
        print(f"{what}: right", flush=True)

    def tap_access(self, width, height):
        """Taps the button of the sheet if the home screen is there."""
        if self.shows(self.expected(width, height, ()), width, height):
            widgets = json.loads(self.ask("--window", f"{width}x{height}", "--dump-ui"))
            button = next(widget for widget in widgets if widget["id"] == "access")
            monitors.tap(button["x"] + button["w"] // 2, button["y"] + button["h"] // 2)
            self.tapped = time.monotonic()

    def wait_for_access(self, what, width, height, patience_s=IDLE_S):
        """What a visitor had open stays open; but on a busy machine nobody has touched anything for so long that the kiosk
        closes it, and then it is opened again."""
        def meanwhile():
            if time.monotonic() > self.tapped + patience_s:
                self.tap_access(width, height)
        self.wait_for_picture(what, width, height, ACCESS, meanwhile)

    def open_access(self):
        """Taps until the sheet is there: a click can be over before a busy compositor has followed the pointer."""
        self.tap_access(1024, 768)
        self.wait_for_access("a tap opens a sheet", 1024, 768, TAP_AGAIN_S)

    def window_numbers(self):
        """Which windows sway has, by its own count."""
        def numbers(node):
            below = [number for child in node["nodes"] + node["floating_nodes"] for number in numbers(child)]
            return below + ([node["id"]] if node.get("pid") else [])
        return numbers(self.sway("-t", "get_tree"))


def newest():
    wait_until("a monitor", monitors.windows)
    return monitors.windows()[0][0]


def with_sway(bench):
    compositor = bench.start(["sway", "--config", bench.folder / "sway.conf"], "wayland-1", 0)
    kiosk = bench.start_kiosk("wayland-1")
    supervisor = bench.supervisor
    supervisor.expect("STATUS=Waiting for a display.")
    supervisor.expect("WATCHDOG=1")
    bench.sway("create_output")
    supervisor.expect("STATUS=The screen is on.")
    bench.wait_for_picture("plugged in after the start", 1024, 768)

    bench.open_access()

    monitors.resize(newest(), 1280, 720)
    bench.wait_for_access("another size", 1280, 720)

    bench.server.unplug(newest())
    wait_until("it is gone", lambda: not monitors.windows())
    supervisor.forget()
    supervisor.expect("WATCHDOG=1")
    supervisor.expect("WATCHDOG=1")
    bench.sway("create_output")
    bench.wait_for_access("unplugged, and another one", 1024, 768)

    first = newest()
    bench.sway("create_output")
    wait_until("a second monitor", lambda: len(monitors.windows()) == 2)
    monitors.resize(newest(), 1280, 800)
    bench.server.unplug(first)
    bench.wait_for_access("only the second one is left", 1280, 800)

    before = bench.window_numbers()
    supervisor.forget()
    kiosk.send_signal(signal.SIGHUP)
    supervisor.expect("RELOADING=1")
    supervisor.expect("STATUS=The screen is on.")
    bench.wait_for_picture("configuration read again", 1280, 800)
    assert len(before) == 1 and bench.window_numbers() == before, "a reload made another window"

    compositor.terminate()
    compositor.wait()
    kiosk.terminate()
    _, output = kiosk.communicate(timeout=PATIENCE_S)
    assert kiosk.returncode == 0, f"it ended with {kiosk.returncode}: {output}"


def with_cage(bench):
    """As on the appliance: the compositor ends with the last monitor, and is started anew."""
    cage = cage_command(bench.folder)
    compositor = bench.start(cage, "wayland-0", 1)
    kiosk = bench.start_kiosk("wayland-0")
    bench.wait_for_picture("in cage", 1024, 768)
    bench.open_access()

    bench.supervisor.forget()
    bench.server.unplug(newest())
    assert compositor.wait(PATIENCE_S) is not None
    bench.supervisor.expect("STATUS=Waiting for a display.")
    bench.start(cage, "wayland-0", 1)
    monitors.resize(newest(), 1280, 720)
    bench.wait_for_access("another compositor, another size", 1280, 720)
    kiosk.terminate()
    kiosk.communicate(timeout=PATIENCE_S)
    assert kiosk.returncode == 0


def main():
    folder = pathlib.Path(tempfile.mkdtemp())
    folder.chmod(0o711)
    bench = Bench(folder)
    try:
        with_sway(bench)
        with_cage(bench)
    finally:
        end_programs(bench.programs)
        shutil.rmtree(folder)


main()
