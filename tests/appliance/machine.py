"""A virtual machine with the package installed: its screen, its keys and finger, a shell in it, and its power switch."""
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import time

FOLDER = pathlib.Path(os.environ.get("KIOSK_APPLIANCE", "/var/tmp/satellitkiosk-appliance"))
PICTURES = pathlib.Path(os.environ["KIOSK_BINARY_DIR"]) / "appliance"
WIDTH, HEIGHT = 1280, 800
CLOCK = "2026-11-23T09:42:00"  # UTC; a Monday morning in the office
BOOT_S = 3600
PAPER, LEAF = (0xF3, 0xF0, 0xE8), (0x1F, 0x6B, 0x42)
# An emulated processor works everywhere; "kvm" is faster where it works, which a device file alone does not show.
ACCELERATOR = os.environ.get("KIOSK_ACCELERATOR", "tcg,thread=multi")


def own_disk(name):
    """A copy of what image has made."""
    subprocess.run(["cp", "--sparse=always", FOLDER / "disk", FOLDER / name], check=True)
    return FOLDER / name


class Machine:
    def __init__(self, disk, *kernel, memory_mib=1024):
        self.control, self.shell_path, self.serial = FOLDER / "control", FOLDER / "shell", FOLDER / "serial"
        for file in self.control, self.shell_path, self.serial:
            file.unlink(missing_ok=True)
        PICTURES.mkdir(exist_ok=True)
        self.process = subprocess.Popen([
            "qemu-system-x86_64", "-accel", ACCELERATOR, "-cpu", "max", "-m", str(memory_mib), "-smp", "2", "-nic", "none",
            "-display", "none", "-vga", "none", "-device", f"virtio-vga,xres={WIDTH},yres={HEIGHT}",
            "-device", "virtio-keyboard-pci",
            "-kernel", FOLDER / "kernel", "-initrd", FOLDER / "initrd",
            "-append", " ".join(["root=/dev/vda rw console=ttyS0 quiet systemd.show_status=0 no_timer_check", *kernel]),
            "-drive", f"file={disk},if=virtio,format=raw,cache=directsync", "-rtc", f"base={CLOCK}",
            "-serial", f"file:{self.serial}", "-serial", f"unix:{self.shell_path},server=on,wait=off",
            "-qmp", f"unix:{self.control},server=on,wait=off"])
        self.stream = self.connect(self.control)
        self.stream.readline()
        self.ask("qmp_capabilities")
        self.shell = self.connect(self.shell_path)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.cut_power()

    def connect(self, path):
        while not path.exists():
            self.check()
            time.sleep(0.1)
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(str(path))
        connection.settimeout(BOOT_S)
        return connection.makefile("rw", errors="replace")

    def check(self):
        if self.process.poll() is not None:
            sys.exit(f"the machine ended with {self.process.returncode}")

    def fail(self, what):
        self.keep_picture("failed")
        sys.exit(f"{what}; {PICTURES}/failed.ppm is what was on the screen, {self.serial} what was said")

    def ask(self, command, **arguments):
        self.stream.write(json.dumps({"execute": command, "arguments": arguments}) + "\n")
        self.stream.flush()
        while True:
            answer = json.loads(self.stream.readline())
            if "return" in answer:
                return answer["return"]
            if "error" in answer:
                sys.exit(f"{command}: {answer['error']}")

    def wait_for_shell(self):
        """It says so by itself when the machine has come so far."""
        while "SHELL" not in self.shell.readline():
            self.check()

    def run(self, command, is_checked=True):
        self.shell.write(command.replace("\n", "; ") + "\n")
        self.shell.flush()
        lines = []
        while not (lines and lines[-1].startswith("DONE ")):
            lines.append(self.shell.readline().rstrip("\r\n"))
        if is_checked and lines[-1] != "DONE 0":
            self.fail(f"{command}: " + "\n".join(lines))
        return "\n".join(lines[:-1])

    def wait_until(self, command, patience_s=BOOT_S):
        limit = time.monotonic() + patience_s
        while self.run(f"{command} && echo YES", is_checked=False).splitlines()[-1:] != ["YES"]:
            if time.monotonic() > limit:
                self.fail(f"in vain: {command}")
            time.sleep(1)

    def keep_picture(self, name):
        """The screen; QEMU writes a binary PPM."""
        file = PICTURES / f"{name}.ppm"
        self.ask("screendump", filename=str(file))
        header = re.match(rb"P6\s(\d+)\s(\d+)\s(\d+)\s", file.read_bytes())
        return int(header[1]), int(header[2]), file.read_bytes()[header.end():]

    def share_of(self, colour, name):
        width, height, data = self.keep_picture(name)
        step = 3 * 97  # every 97th pixel is enough
        near = sum(all(abs(data[at + i] - colour[i]) <= 3 for i in range(3)) for at in range(0, len(data) - 3, step))
        return near / (len(data) / step) if (width, height) == (WIDTH, HEIGHT) else 0

    def wait_for_colour(self, name, colour, share, patience_s=BOOT_S):
        limit = time.monotonic() + patience_s
        while not self.share_of(colour, name) >= share:
            self.check()
            if time.monotonic() > limit:
                self.fail(f"{name}: the screen did not come")
            time.sleep(0.5)

    def wait_for_home(self, name):
        self.wait_for_colour(name, PAPER, 0.2)

    def widgets(self, *options):
        # A busy machine may log that the floor plan took too long.
        dumped = self.run(" ".join(["satellitkiosk", f"--window {WIDTH}x{HEIGHT}", *options, "--dump-ui", "2>/dev/null"]))
        return {widget["id"]: widget for widget in json.loads(dumped)}

    def tap(self, widget):
        """With a finger, on a touch panel that panel makes in the machine."""
        self.run(f"echo {widget['x'] + widget['w'] // 2} {widget['y'] + widget['h'] // 2} >/run/panel")

    def check_in(self, picture, *options):
        """Taps the first button there is for it; returns its place once the screen has said welcome."""
        widgets = self.widgets(*options)
        name = next(name for name in widgets if name.startswith("checkin:"))
        self.tap(widgets[name])
        self.wait_for_colour(picture, LEAF, 0.5, 120)
        return name.split(":")[1]

    def press(self, *keys, hold_s=0.1):
        self.ask("send-key", keys=[{"type": "qcode", "data": key} for key in keys], **{"hold-time": round(hold_s * 1000)})

    def cut_power(self):
        self.process.kill()
        self.process.wait()


LONG_PRESS_S = 6  # logind takes five seconds for a long press
STATES = "systemctl list-jobs --no-legend 'reboot*' 'poweroff*' 'halt*' 'suspend*' 'hibernate*' 'hybrid*' 'sleep*'"


def stands_locked(machine):
    """A keyboard that somebody plugs in neither changes the console, nor restarts, stops or inspects the machine."""
    switches(machine)
    boot = machine.run("cat /proc/sys/kernel/random/boot_id")
    for keys in ("ctrl", "alt", "f2"), ("ctrl", "alt", "f1"), ("alt", "f4"), ("alt", "sysrq", "b"), *[("ctrl", "alt", "delete")] * 10:
        machine.press(*keys)
    time.sleep(3)
    is_as_before(machine, boot)
    assert machine.run("cat /sys/class/tty/tty0/active") == "tty1", "a keyboard changed the console"
    logins = machine.run("systemctl list-units --plain --no-legend 'getty@*' 'autovt@*' --state=active", is_checked=False)
    assert not logins.strip(), f"somebody may log in: {logins}"


def is_as_before(machine, boot):
    assert machine.run("cat /proc/sys/kernel/random/boot_id") == boot, "a keyboard restarted the machine"
    jobs = machine.run(STATES, is_checked=False)
    assert "No jobs" in jobs or not jobs.strip(), f"a keyboard stops the machine: {jobs}"
    log = machine.run("journalctl -b --output=cat -u systemd-logind", is_checked=False)
    for trace in "key pressed", "long press", "Powering off", "Suspending", "Hibernating", "Rebooting":
        assert trace not in log, f"the login manager listens to a keyboard: {log}"


def switches(machine):
    """The keys that switch a machine off or send it to sleep, pressed shortly and for long."""
    boot = machine.run("cat /proc/sys/kernel/random/boot_id")
    tagged = machine.run("udevadm info --export-db | grep -c '^E: CURRENT_TAGS=.*:power-switch:'", is_checked=False)
    assert tagged.strip() == "0", f"the login manager listens to {tagged} devices"
    for key in "power", "sleep":
        for hold_s in 0.1, LONG_PRESS_S:
            machine.press(key, hold_s=hold_s)
            time.sleep(hold_s + 1)
    is_as_before(machine, boot)


def stands_locked_without_screen(machine):
    """While neither the compositor nor the kiosk holds the console, its keyboard reaches the kernel and systemd."""
    machine.run("systemctl stop satellitkiosk satellitkiosk-display satellitkiosk-kms")
    boot = machine.run("cat /proc/sys/kernel/random/boot_id")
    switches(machine)
    for keys in ("ctrl", "alt", "delete"), ("alt", "up"), ("alt", "sysrq", "b"), *[("ctrl", "alt", "delete")] * 10:
        machine.press(*keys)
    time.sleep(3)
    is_as_before(machine, boot)
