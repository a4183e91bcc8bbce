#!/usr/bin/python3
"""night = off under a compositor that can switch monitors off, and under one that cannot: the display goes off some time after
closing, is on again before opening, and is never left off by a kiosk that ends, fails or starts."""
import json
import os
import pathlib
import re
import shutil
import signal
import struct
import subprocess
import tempfile

from service import (BUILD, DEMO, PATIENCE_S, Supervisor, cage_command, end_programs, start_compositor, start_kiosk, surroundings,
                     wait_until)

EVENING_S = 1795453200  # 2026-11-23 18:00 in Stockholm
HOUR_S = 3600


class Bench:
    def __init__(self, folder):
        self.folder, self.runtime, self.vitals = folder, folder / "runtime", folder / "vitals"
        self.runtime.mkdir(0o700)
        self.vitals.mkdir(0o700)
        self.environment = surroundings(self.runtime) | {"SWAYSOCK": str(self.runtime / "ipc")}
        (folder / "sway.conf").write_text("default_border none\n")
        shutil.copytree(DEMO, folder / "office")
        self.config = folder / "office/kiosk.conf"
        self.config.write_text(re.sub(r"(screen \{)", r"\1\n\tnight = off", self.config.read_text(), count=1))
        self.options = ["--config", self.config, "--state", folder / "state"]
        self.hours = folder / "hours"
        self.passed_us = self.offset_us = 0
        self.supervisor = Supervisor(folder)
        self.programs = []

    def set_clock(self, utc_s):
        """For the kiosk's next start: it is so late."""
        self.passed_us, self.offset_us = 0, int((utc_s - wall_clock_s()) * 1e6)
        self.write_hours()

    def pass_time(self, seconds):
        """For the running kiosk, which looks at the clock each time it feeds the watchdog."""
        self.passed_us += int(seconds * 1e6)
        self.write_hours()

    def write_hours(self):
        with open(self.hours, "r+b" if self.hours.exists() else "w+b") as file:
            file.write(struct.pack("3q", self.passed_us, self.offset_us, 0))

    def start_sway(self):
        self.programs.append(start_compositor(["sway", "--config", self.folder / "sway.conf"], self.environment))
        wait_until("the compositor's socket", (self.runtime / "wayland-1").exists)
        wait_until("a monitor", lambda: self.monitors() is not None)

    def start(self, display):
        self.supervisor.forget()
        self.programs.append(start_kiosk(self.options, self.environment | self.own_clock(), display, self.supervisor))
        self.supervisor.expect("STATUS=The screen is on.")
        return self.programs[-1]

    def own_clock(self):
        return {"LD_PRELOAD": str(BUILD / "tests/hours.so"), "HOURS": str(self.hours), "RUNTIME_DIRECTORY": str(self.vitals)}

    def sway(self, *arguments):
        done = subprocess.run(["swaymsg", "-r", *arguments], env=self.environment, capture_output=True, text=True, check=False)
        return json.loads(done.stdout) if done.returncode == 0 else None

    def monitors(self):
        """Whether each is on, as sway knows it."""
        found = self.sway("-t", "get_outputs")
        return [monitor.get("power", monitor.get("dpms")) for monitor in found] if found else None

    def wait_for_monitors(self, what, *expected):
        wait_until(f"{what}: {expected}", lambda: self.monitors() == list(expected))
        print(f"{what}: right", flush=True)

    def ask(self, *command):
        return subprocess.run([BUILD / "bin/satellitkiosk", *self.options, *command], capture_output=True, text=True,
                              check=False, env=os.environ | self.own_clock()).stdout

    def end(self, kiosk, how=signal.SIGTERM):
        kiosk.send_signal(how)
        _, output = kiosk.communicate(timeout=PATIENCE_S)
        return output


def wall_clock_s():
    return int(subprocess.run(["date", "+%s"], capture_output=True, check=True).stdout)


def with_sway(bench):
    bench.set_clock(EVENING_S - HOUR_S)
    bench.sway("output * dpms off")
    bench.wait_for_monitors("somebody left it off", False)
    kiosk = bench.start("wayland-1")
    bench.wait_for_monitors("a kiosk that starts switches it on", True)

    bench.pass_time(HOUR_S + 60)
    bench.pass_time(120)
    bench.wait_for_monitors("the evening", False)
    wait_until("it is known", lambda: "off for the night" in bench.ask("status"))
    assert "satellitkiosk_screen_asleep 1\n" in bench.ask("metrics")
    assert "satellitkiosk_screen_on 1\n" in bench.ask("metrics")
    doctor = bench.ask("doctor")
    assert re.search(r"^ok +display +it is switched off for the night", doctor, flags=re.M), doctor
    assert re.search(r"^ok +night +the display is switched off", doctor, flags=re.M), doctor

    bench.sway("create_output")
    bench.pass_time(12 * HOUR_S + 50 * 60)
    bench.wait_for_monitors("the morning, with a second monitor", True, True)

    bench.pass_time(12 * HOUR_S)
    bench.pass_time(120)
    bench.wait_for_monitors("the next evening", False, False)
    bench.supervisor.forget()
    kiosk.send_signal(signal.SIGHUP)
    bench.supervisor.expect("STATUS=The screen is on.")
    bench.wait_for_monitors("a reload", True, True)
    bench.pass_time(120)
    bench.wait_for_monitors("and night again", False, False)
    kiosk.send_signal(signal.SIGKILL)
    kiosk.wait()
    assert bench.monitors() == [False, False]
    kiosk = bench.start("wayland-1")
    bench.wait_for_monitors("started anew after it was killed at night", True, True)
    bench.pass_time(120)
    bench.wait_for_monitors("and off", False, False)
    output = bench.end(kiosk)
    assert kiosk.returncode == 0 and "night" not in output, output
    bench.wait_for_monitors("a kiosk that ends switches it on", True, True)


def stays_dim(bench, display, why):
    """Where nothing can switch the display off, the dark clock is shown night after night, and that is logged once."""
    bench.set_clock(EVENING_S + HOUR_S)
    kiosk = bench.start(display)
    for _ in range(3):
        bench.pass_time(24 * HOUR_S + 120)
        bench.supervisor.forget()
        bench.supervisor.expect("WATCHDOG=1")
        bench.supervisor.expect("WATCHDOG=1")
    assert "satellitkiosk_screen_asleep 0\n" in bench.ask("metrics")
    doctor = bench.ask("doctor")
    assert re.search(r"^CHECK +night +night = off, but nothing here can", doctor, flags=re.M), doctor
    output = bench.end(kiosk)
    assert kiosk.returncode == 0, output
    assert output.count("night = off: ") == 1 and why in output, output
    print(f"{why}: right", flush=True)


def with_cage(bench):
    bench.programs.append(start_compositor(cage_command(bench.folder), bench.environment))
    wait_until("the compositor's socket", (bench.runtime / "wayland-0").exists)
    stays_dim(bench, "wayland-0", "zwlr_output_power_manager_v1")
    bench.programs[0].terminate()
    bench.programs[0].wait()


def can_switch():
    """Before wlroots 0.17 a monitor in memory cannot be switched off, and stays as it is."""
    version = subprocess.run(["sway", "--version"], capture_output=True, text=True, check=True).stdout
    return tuple(map(int, re.search(r"(\d+)\.(\d+)", version).groups())) >= (1, 9)


def main():
    folder = pathlib.Path(tempfile.mkdtemp())
    folder.chmod(0o711)
    bench = Bench(folder)
    try:
        with_cage(bench)
        bench.start_sway()
        if can_switch():
            with_sway(bench)
        else:
            stays_dim(bench, "wayland-1", "cannot switch its 1 monitor")
    finally:
        end_programs(bench.programs)
        shutil.rmtree(folder)


main()
