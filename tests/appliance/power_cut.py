#!/usr/bin/python3
"""The whole appliance in a virtual machine: boots to the kiosk's screen, is touched, is locked, loses its power at a random
instant after it said welcome, boots again, and still has the check-in. Slow: the processor is emulated."""
import random
import time

from machine import Machine, own_disk, stands_locked, stands_locked_without_screen

CREDENTIAL = """
install -d /etc/satellitkiosk /etc/systemd/system/satellitkiosk.service.d
printf 'https://192.0.2.1/kanariefagel.ics' | systemd-creds encrypt --with-key=host --name=sealed-url - /etc/credstore.encrypted/sealed-url
printf '[Service]\\nLoadCredentialEncrypted=sealed-url\\n' >/etc/systemd/system/satellitkiosk.service.d/credentials.conf
printf 'feed \"sealed\" { kind = meetings credential = \"sealed-url\" }\\n' >>/etc/satellitkiosk/kiosk.conf
systemctl daemon-reload
systemctl restart satellitkiosk
"""


def is_observed(machine):
    machine.run("systemctl start satellitkiosk-metrics")
    metrics = machine.run("cat /run/satellitkiosk-metrics/satellitkiosk.prom")
    for line in "satellitkiosk_up 1", "satellitkiosk_screen_on 1":
        assert line in metrics.splitlines(), metrics
    assert "satellitkiosk_frame_seconds_count" in metrics
    doctor = machine.run("satellitkiosk doctor", is_checked=False)
    print(doctor, flush=True)
    assert "WRONG" not in doctor
    listening = machine.run("awk 'FNR > 1 && ($4 == \"0A\" || FILENAME ~ /udp/)' /proc/net/tcp* /proc/net/udp*")
    assert not listening.strip(), f"a port is open: {listening}"


def takes_sealed_addresses(machine):
    """What only this machine's key opens reaches the kiosk: it tries the address, and no network is there."""
    machine.run(CREDENTIAL.strip())
    machine.wait_until("satellitkiosk status --json | jq -e '.feeds[] | select(.name == \"sealed\" and .trouble == \"no-contact\")' >/dev/null")
    assert "kanariefagel" not in machine.run("satellitkiosk status --json; journalctl -b; cat /etc/credstore.encrypted/*")
    assert machine.run("journalctl -b --output=cat KIOSK_FEED=sealed | wc -l") != "0"


def main():
    started = time.monotonic()
    disk = own_disk("power-cut")
    with Machine(disk) as machine:
        machine.wait_for_shell()
        machine.wait_for_home("first")
        print(f"the screen is on after {time.monotonic() - started:.0f} s", flush=True)
        assert "check-in" not in machine.run("satellitkiosk checkins --csv")
        is_observed(machine)
        stands_locked(machine)
        takes_sealed_addresses(machine)
        machine.wait_for_home("restarted")
        place = machine.check_in("welcome")
        time.sleep(random.uniform(0, 2))
        machine.cut_power()
    print(f"checked in at place {place} by a tap, and the power cut", flush=True)
    with Machine(disk) as machine:
        machine.wait_for_shell()
        rows = machine.run("satellitkiosk checkins --csv")
        assert f",check-in,{place}," in rows, f"the check-in that was confirmed is gone: {rows}"
        machine.wait_for_home("after")
        stands_locked_without_screen(machine)
    disk.unlink()
    print(f"kept over the power cut; {time.monotonic() - started:.0f} s in all")


main()
