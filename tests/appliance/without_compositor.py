#!/usr/bin/python3
"""The same machine with satellitkiosk-kms instead of the compositor and its kiosk: SDL draws and reads the panel by itself.
It is tapped, is locked, and says so when it may not read the panel."""
import time

from machine import Machine, own_disk, stands_locked

KMS = ("systemd.mask=satellitkiosk.service", "systemd.mask=satellitkiosk-display.service",
       "systemd.wants=satellitkiosk-kms.service")
TRUSTED = "--now $(TZ=Europe/Stockholm date +%FT%H:%M)"  # this unit cannot see that the clock was never synchronised
MAY_NOT_READ = """
install -d /run/systemd/system/satellitkiosk-kms.service.d
printf '[Service]\\nSupplementaryGroups=\\nSupplementaryGroups=video render\\n' >/run/systemd/system/satellitkiosk-kms.service.d/deaf.conf
systemctl daemon-reload
systemctl restart satellitkiosk-kms
"""


def main():
    started = time.monotonic()
    disk = own_disk("without-compositor")
    with Machine(disk, *KMS) as machine:
        machine.wait_for_shell()
        machine.wait_for_home("kms")
        print(f"the screen is on after {time.monotonic() - started:.0f} s", flush=True)
        machine.run("echo change >/sys/class/drm/card0/uevent")  # as when a monitor is plugged in
        machine.wait_until("journalctl -b -u satellitkiosk-kms | grep -q 'a monitor was plugged in'", 120)
        machine.wait_until("systemctl show -P StatusText satellitkiosk-kms | grep -q 'screen is on'", 120)
        machine.wait_for_home("kms-again")
        place = machine.check_in("kms-welcome", TRUSTED)
        assert f",check-in,{place}," in machine.run("satellitkiosk checkins --csv")
        assert machine.run("systemctl show -P NRestarts satellitkiosk-kms") == "0"
        print(f"another monitor, and checked in at place {place} by a tap", flush=True)
        stands_locked(machine)
        doctor = machine.run("satellitkiosk doctor", is_checked=False)
        print(doctor, flush=True)
        assert "satellitkiosk-kms is active" in doctor and "WRONG" not in doctor

        machine.run(MAY_NOT_READ.strip())
        machine.wait_until("journalctl -b -u satellitkiosk-kms | grep -q 'in the group input'", 120)
        machine.wait_until("systemctl show -P StatusText satellitkiosk-kms | grep -q 'screen is on'", 120)
        machine.wait_for_home("kms-deaf")
        doctor = machine.run("satellitkiosk doctor", is_checked=False)
        assert "the kiosk has no right to read" in doctor, doctor
    disk.unlink()
    print(f"{time.monotonic() - started:.0f} s in all")


main()
