#!/usr/bin/python3
"""The whole appliance in a virtual machine: boots to the kiosk's screen, is touched, loses its power at a random instant
after it said welcome, boots again, and still has the check-in. Slow: the processor is emulated."""
import json
import os
import pathlib
import random
import re
import shutil
import socket
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
FOLDER = pathlib.Path(os.environ.get("KIOSK_APPLIANCE", "/var/tmp/satellitkiosk-appliance"))
WIDTH, HEIGHT = 1280, 800
CLOCK = "2026-11-23T09:42:00"  # UTC; a Monday morning in the office
BOOT_S = 900
PAPER, LEAF = (0xF3, 0xF0, 0xE8), (0x1F, 0x6B, 0x42)


class Machine:
    def __init__(self):
        self.control = FOLDER / "control"
        self.serial = FOLDER / "serial"
        self.control.unlink(missing_ok=True)
        self.serial.unlink(missing_ok=True)
        self.process = subprocess.Popen([
            "qemu-system-x86_64", "-accel", "tcg,thread=multi", "-cpu", "max", "-m", "1024", "-smp", "2", "-nic", "none",
            "-display", "none", "-vga", "none", "-device", f"virtio-vga,xres={WIDTH},yres={HEIGHT}",
            "-device", "virtio-tablet-pci", "-kernel", FOLDER / "kernel", "-initrd", FOLDER / "initrd",
            "-append", "root=/dev/vda rw console=ttyS0 quiet systemd.show_status=0",
            "-drive", f"file={FOLDER / 'disk'},if=virtio,format=raw,cache=directsync", "-rtc", f"base={CLOCK}",
            "-serial", f"file:{self.serial}", "-qmp", f"unix:{self.control},server=on,wait=off"])
        while not self.control.exists():
            self.check()
            time.sleep(0.1)
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(str(self.control))
        self.stream = self.socket.makefile("rw")
        self.stream.readline()
        self.ask("qmp_capabilities")

    def check(self):
        if self.process.poll() is not None:
            sys.exit(f"the machine ended with {self.process.returncode}")

    def ask(self, command, **arguments):
        self.stream.write(json.dumps({"execute": command, "arguments": arguments}) + "\n")
        self.stream.flush()
        while True:
            answer = json.loads(self.stream.readline())
            if "return" in answer:
                return answer["return"]
            if "error" in answer:
                sys.exit(f"{command}: {answer['error']}")

    def picture(self):
        """The screen as rows of RGB; QEMU writes a binary PPM."""
        file = FOLDER / "screen.ppm"
        self.ask("screendump", filename=str(file))
        header = re.match(rb"P6\s(\d+)\s(\d+)\s(\d+)\s", file.read_bytes())
        width, height = int(header[1]), int(header[2])
        return width, height, file.read_bytes()[header.end():]

    def share_of(self, colour):
        width, height, pixels = self.picture()
        step = 3 * 97  # every 97th pixel tells enough
        near = sum(all(abs(pixels[at + i] - colour[i]) <= 3 for i in range(3)) for at in range(0, len(pixels) - 3, step))
        return (width, height) == (WIDTH, HEIGHT) and near / (len(pixels) / step)

    def wait_for(self, colour, share, patience_s):
        limit = time.monotonic() + patience_s
        while not self.share_of(colour) >= share:
            self.check()
            if time.monotonic() > limit:
                sys.exit(f"the screen did not come; {FOLDER}/screen.ppm is what was there, {self.serial} what was said")
            time.sleep(0.5)

    def tap(self, x, y):
        scale = 32767
        self.ask("input-send-event", events=[
            {"type": "abs", "data": {"axis": "x", "value": x * scale // WIDTH}},
            {"type": "abs", "data": {"axis": "y", "value": y * scale // HEIGHT}}])
        for is_down in (True, False):
            self.ask("input-send-event", events=[{"type": "btn", "data": {"button": "left", "down": is_down}}])
            time.sleep(0.3)  # a finger, as the emulated machine sees it

    def wait_for_word(self, word, patience_s):
        limit = time.monotonic() + patience_s
        while word not in (told := self.serial.read_text(errors="replace") if self.serial.exists() else ""):
            self.check()
            if time.monotonic() > limit:
                sys.exit(f"{word} was not said on {self.serial}")
            time.sleep(0.5)
        return told

    def cut_power(self):
        self.process.kill()
        self.process.wait()


def told_at(machine):
    """What the machine says about itself once the kiosk is on: its check-ins, and its widgets."""
    told = machine.wait_for_word("TOLD-END", BOOT_S)
    rows, widgets = told[told.rindex("TOLD-BEGIN"):told.rindex("TOLD-END")].split("TOLD-SCREEN")
    return rows, json.loads(widgets)


def main():
    started = time.monotonic()
    subprocess.run([HERE / "image", FOLDER], check=True)
    machine = Machine()
    try:
        rows, widgets = told_at(machine)
        button = next(widget for widget in widgets if widget["id"].startswith("checkin:"))
        place = button["id"].split(":")[1]
        assert "check-in" not in rows
        machine.wait_for(PAPER, 0.2, BOOT_S)
        shutil.copy(FOLDER / "screen.ppm", FOLDER / "first.ppm")
        print(f"the screen is on after {time.monotonic() - started:.0f} s")
        machine.tap(button["x"] + button["w"] // 2, button["y"] + button["h"] // 2)
        machine.wait_for(LEAF, 0.5, 60)
        print(f"checked in at place {place} by a tap")
        time.sleep(random.uniform(0, 2))
        machine.cut_power()
        machine = Machine()
        rows, _ = told_at(machine)
        print(rows)
        assert f",check-in,{place}," in rows, "the check-in that was confirmed is gone"
        machine.wait_for(PAPER, 0.2, BOOT_S)
    finally:
        machine.cut_power()
    print(f"kept over the power cut; {time.monotonic() - started:.0f} s in all")


main()
