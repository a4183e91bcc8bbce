#!/usr/bin/python3
"""The machine without a compositor at night, with night = off: its monitor is switched off, and a finger, a key and a kiosk that is
started anew switch it on."""
import time

from machine import Machine, own_disk

CONFIG = "/etc/satellitkiosk/kiosk.conf"
# The machine's clock says about a quarter to eleven.
EARLY = f"sed -i -e 's/opens = \"07:00\"/opens = \"06:00\"/' -e 's/closes = \"18:00\"/closes = \"08:00\"/' -e 's/^screen {{/screen {{ night = off/' {CONFIG}"
KMS = ("systemd.mask=satellitkiosk.service", "systemd.mask=satellitkiosk-display.service",
       "systemd.wants=satellitkiosk-kms.service")
STATE = "cat /sys/class/drm/card0-*/dpms"
NIGHT_S = 300  # a minute of dark clock, and what an emulated processor needs


def wait_for(machine, state):
    machine.wait_until(f"{STATE} | grep -qx {state}", NIGHT_S)


def doctor(machine):
    return machine.run("satellitkiosk doctor", is_checked=False)


def without_compositor(disk):
    unit = "satellitkiosk-kms"
    with Machine(disk, *KMS) as machine:
        machine.wait_for_shell()
        machine.wait_for_home("night-day")
        buttons = machine.widgets("--now $(TZ=Europe/Stockholm date +%FT%H:%M)")
        button = next(widget for name, widget in buttons.items() if name.startswith("checkin:"))
        machine.run(EARLY + f" && systemctl reload {unit}")
        wait_for(machine, "Off")
        print("off at night", flush=True)
        said = doctor(machine)
        assert "switched off for the night" in said and "display is switched off outside opening hours" in said, said
        assert "off for the night" in machine.run("satellitkiosk status")

        machine.tap(button)
        wait_for(machine, "On")
        machine.wait_for_home("night-touched")
        assert "check-in" not in machine.run("satellitkiosk checkins --csv"), "the touch that wakes acted"
        wait_for(machine, "Off")
        machine.press("x")
        wait_for(machine, "On")
        wait_for(machine, "Off")
        print("a finger and a key wake it", flush=True)

        machine.run(f"systemctl kill -s KILL {unit}")
        wait_for(machine, "On")
        wait_for(machine, "Off")
        print("killed and started anew at night", flush=True)


def main():
    started = time.monotonic()
    disk = own_disk("night")
    without_compositor(disk)
    disk.unlink()
    print(f"{time.monotonic() - started:.0f} s in all")


main()
