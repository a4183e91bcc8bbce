#!/usr/bin/python3
"""The commands of the document that put up Radicale on one of the machines, as printed, on folders as Debian's package leaves
them; then two machines exchange a check-in over that server, and set-up tries it. What the commands change is seen by this test
alone: its mounts are its own. Only the port and the name of the machine are replaced, and "apt" and "systemctl" do what they
would do there.
Exit 77: Radicale is not installed, or this user may not mount."""
import os
import pathlib
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

import boxes

DOCUMENT = os.path.join(os.environ["KIOSK_SOURCE_DIR"], "assets", "doc", "sharing.md")
PASSWORD = "a long random text"
NOT_HERE = 77
COMMANDS = 5
SYSTEMCTL = """#!/bin/sh
[ "$1" = restart ] || exit 0
setsid setpriv --reuid=radicale --regid=radicale --clear-groups /usr/bin/radicale </dev/null >"$SERVER_LOG" 2>&1 &
echo $! >"$SERVER_PID"
"""


def own_mounts():
    """Goes on with mounts of its own, as root."""
    if "OWN_MOUNTS" in os.environ:
        return
    unshare = ["unshare", "--mount", "--propagation", "private"]
    try:
        pwd.getpwnam("radicale")
    except KeyError:
        sys.exit(NOT_HERE)
    if os.geteuid() != 0 or not shutil.which("radicale") or subprocess.run([*unshare, "true"], check=False).returncode:
        sys.exit(NOT_HERE)
    os.execvpe(unshare[0], [*unshare, sys.executable, *sys.argv], dict(os.environ, OWN_MOUNTS="1"))


def as_installed():
    """Empty folders of the package that belong to root, as they are where systemd starts the server."""
    for folder in "/etc/radicale", "/var/lib/radicale":
        subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=0755", "tmpfs", folder], check=True)
    os.mkdir("/var/lib/radicale/collections", 0o755)


def printed(port):
    """The commands of the first block behind the heading, for this machine."""
    text = pathlib.Path(DOCUMENT).read_text(encoding="utf-8")
    block = re.search(r"^## Radicale on one of the machines$.*?^```\n(.*?)^```", text, re.DOTALL | re.MULTILINE).group(1)
    lines = block.splitlines()
    assert len(lines) == COMMANDS, lines
    assert "0.0.0.0:5232" in block and "entre.example.org:5232" in block
    return block.replace("0.0.0.0:5232", f"127.0.0.1:{port}").replace("entre.example.org", "localhost").replace("5232", str(port))


class Printed:
    """The server that the document makes, for boxes.Office."""
    name = "printed"

    def __init__(self, root, port):
        self.url = f"https://localhost:{port}/office/share/"
        self.root = root

    def settings(self, box):
        shutil.copy("/etc/radicale/cert.pem", os.path.join(self.root, box.name, "office", "share-ca.pem"))
        return f'url = "{self.url}"\n\tca-file = "share-ca.pem"'

    def connect(self, box, is_connected=True):
        pathlib.Path(box.folder, "credentials", "share").write_text(f'user = "office"\npassword = "{PASSWORD}"\n')

    def set_clock(self, passed_us, offset_us):
        """It was set before."""

    def objects(self):
        files = pathlib.Path("/var/lib/radicale/collections").rglob("*.ics")
        return {file.name for file in files if ".Radicale" not in str(file)}


def put_up(root, environment):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    tools = os.path.join(root, "tools")
    os.mkdir(tools)
    for name, text in ("apt", "#!/bin/sh\n"), ("systemctl", SYSTEMCTL):
        pathlib.Path(tools, name).write_text(text)
        os.chmod(os.path.join(tools, name), 0o755)
    done = subprocess.run(["bash", "-e", "-c", printed(port)], check=False, stdin=subprocess.DEVNULL, capture_output=True,
                          text=True, env=dict(environment, PATH=f"{tools}:{os.environ['PATH']}"), timeout=boxes.PATIENCE_S)
    log = pathlib.Path(root, "server.log")
    assert done.returncode == 0, (done.stdout, done.stderr, log.read_text() if log.exists() else "no server")
    return Printed(root, port)


def exchange(root, transport):
    office = boxes.Office(root, ["entre", "pentry"], transport, "2026-11-23T10:46")
    entrance, other = office.boxes
    for box in office.boxes:
        box.ask("sync")
    entrance.ask("checkin", "5")
    office.exchange(2)
    assert len(entrance.entries()) == 1 and entrance.entries() == other.entries(), other.entries()
    for box in office.boxes:
        assert (box.share()["error"], box.share()["outbox"]) == (None, 0), box.share()


def set_up(root, transport, environment):
    """Set-up tries the server, and leaves nothing there."""
    machine, answers = os.path.join(root, "machine"), os.path.join(root, "answers.conf")
    for folder in "credstore", "satellitkiosk":
        os.makedirs(os.path.join(machine, "etc", folder))
    shutil.copy("/etc/radicale/cert.pem", os.path.join(machine, "etc", "satellitkiosk", "share-ca.pem"))
    pathlib.Path(answers).write_text(f'share "office" {{ url = "{transport.url}" ca-file = "share-ca.pem" credential = "share" '
                                     'box = "entre" }\n')
    before = transport.objects()
    for password, said in ("wrong", "It does not work yet: .*password is not accepted"), (PASSWORD, "It works: an object was written"):
        pathlib.Path(machine, "etc", "credstore", "share").write_text(f'user = "office"\npassword = "{password}"\n')
        done = subprocess.run([boxes.PROGRAM, "setup", "--root", machine, "--answers", answers, "--lang", "en"], check=False,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, env=environment, timeout=boxes.PATIENCE_S)
        assert done.returncode == 0 and re.search(said, done.stderr), (done.stdout, done.stderr)
    assert transport.objects() == before


def main():
    own_mounts()
    as_installed()
    with tempfile.TemporaryDirectory() as root:
        os.chmod(root, 0o755)
        hours, pid = os.path.join(root, "hours"), pathlib.Path(root, "server.pid")
        boxes.write_hours(hours, 0, (boxes.instant("2026-11-23T10:45") - time.time()) * 1e6)
        environment = dict(os.environ, LD_PRELOAD=boxes.HOURS, HOURS=hours, SERVER_PID=str(pid),
                           SERVER_LOG=os.path.join(root, "server.log"))
        try:
            transport = put_up(root, environment)
            exchange(root, transport)
            set_up(root, transport, environment)
        finally:
            if pid.exists():
                os.kill(int(pid.read_text()), signal.SIGTERM)


if __name__ == "__main__":
    main()
