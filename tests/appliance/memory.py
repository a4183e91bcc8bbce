#!/usr/bin/python3
"""The machine with calendars as large as it can read: the kiosk stays within its unit's MemoryMax=, also when that is made
smaller, nothing is ended for want of memory, and a small calendar is read beside the large ones."""
import json
import time

from machine import Machine, own_disk

# An emulated processor needs seconds for a calendar, and the reader has five: ten thousand events are what it can read.
FEEDS, EVENTS, SMALL = 6, 10000, "small"
CONFIG, UNIT = "/etc/satellitkiosk/kiosk.conf", "satellitkiosk"
GROUP = f"/sys/fs/cgroup/system.slice/{UNIT}.service"
# Titles, locations and organisers as long as they are kept, all different, over the month of the machine's clock.
WRITE = r"""awk -v feed=%s -v events=%d 'BEGIN { for (i = 0; i < 26; i++) { words = words "möte lokal "; }
  printf "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n";
  for (i = 0; i < events; i++) { day = 1 + i %% 28; hour = 7 + i %% 10; minute = int(i / 10) %% 60;
    printf "BEGIN:VEVENT\r\nUID:%%s-%%d\r\nDTSTART:202612%%02d%%s%%02d%%02d00Z\r\nDURATION:PT30M\r\n", feed, i, day, "T", hour, minute;
    printf "SUMMARY:%%s %%d %%s\r\nLOCATION:%%s %%d %%s\r\nORGANIZER;CN=%%d %%s:mailto:a@b.se\r\nEND:VEVENT\r\n", feed, i, words, feed, i, words, i, words; }
  printf "END:VCALENDAR\r\n"; }' >/etc/satellitkiosk/%s.ics"""


def write_feeds(machine):
    names = [f"large{i}" for i in range(FEEDS)]
    for name, events in [(name, EVENTS) for name in names] + [(SMALL, 20)]:
        machine.run((WRITE % (name, events, name)).replace("\n", " "))
        machine.run(f"echo 'feed \"{name}\" {{ kind = meetings path = \"/etc/satellitkiosk/{name}.ics\" names = full "
                    f"organizer = yes }}' >>{CONFIG}")
    machine.run(f"chmod a+r /etc/satellitkiosk/*.ics {CONFIG}; satellitkiosk --check-config")
    return names


def feeds_of(machine):
    return {feed["name"]: feed for feed in json.loads(machine.run("satellitkiosk status --json"))["feeds"]}


def wait_until_all_are_tried(machine, patience_s=900):
    limit = time.monotonic() + patience_s
    while any(not feed["tried"] for feed in feeds_of(machine).values()):
        if time.monotonic() > limit:
            machine.fail("not every calendar was tried")
        time.sleep(5)


def stands(machine, picture, limit):
    """Nothing was ended, and nothing had to be."""
    wait_until_all_are_tried(machine)
    machine.wait_for_home(picture)
    feeds = feeds_of(machine)
    events = dict(line.split() for line in machine.run(f"cat {GROUP}/memory.events").splitlines())
    peak = int(machine.run(f"cat {GROUP}/memory.peak"))
    restarts = machine.run(f"systemctl show -P NRestarts {UNIT}")
    large = sum(feed["trouble"] == "too-large" for feed in feeds.values())
    print(f"{limit}: at most {peak >> 20} MiB, {large} of {len(feeds)} calendars are too large, events {events}", flush=True)
    assert feeds[SMALL]["rows"] and not feeds[SMALL]["trouble"], feeds[SMALL]
    assert not feeds["desks"]["trouble"], feeds["desks"]
    assert large > 0 or limit == "1G", feeds
    assert events["oom_kill"] == "0" and restarts == "0", (events, restarts)


def main():
    started = time.monotonic()
    disk = own_disk("memory")
    with Machine(disk, memory_mib=2560) as machine:
        machine.wait_for_shell()
        machine.wait_for_home("memory")
        write_feeds(machine)
        assert machine.run(f"systemctl show -P MemoryMax {UNIT}") == str(1 << 30)
        for limit in "1G", "512M":
            machine.run(f"systemctl set-property --runtime {UNIT} MemoryMax={limit}")
            machine.run(f"systemctl stop {UNIT} && rm -f /var/lib/satellitkiosk/cache.db && systemctl restart {UNIT}")
            stands(machine, f"memory-{limit}", limit)
    disk.unlink()
    print(f"{time.monotonic() - started:.0f} s in all")


main()
