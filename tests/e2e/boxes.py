"""The machines of one office, each with a configuration, a state folder and a clock of its own. They exchange their
check-ins over a transport, from which each of them can be cut off."""
import datetime
import json
import os
import pathlib
import re
import shutil
import socket
import struct
import subprocess
import sys
import threading
import time
import zoneinfo

BUILD = os.environ["KIOSK_BINARY_DIR"]
PROGRAM = os.path.join(BUILD, "bin", "satellitkiosk")
DEMO = os.path.join(BUILD, "share", "satellitkiosk", "demo")
HOURS = os.path.join(BUILD, "tests", "hours.so")
WINDOW = "1280x720"
PATIENCE_S = 150  # far more than it takes; only a failure waits so long
STOCKHOLM = zoneinfo.ZoneInfo("Europe/Stockholm")


def instant(text):
    """Seconds since 1970 of a local time of the office, such as 2026-11-23T10:42."""
    return datetime.datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM).timestamp()


def write_hours(file, passed_us, offset_us, is_unset=False):
    with open(file, "r+b" if os.path.exists(file) else "wb") as out:  # in place: running programs have it mapped
        out.write(struct.pack("=3q", int(passed_us), int(offset_us), is_unset))


class Folder:
    """A folder that all machines have mounted. Each finds it behind a link of its own, so that it can be out of reach."""
    name = "folder"

    def __init__(self, root):
        self.common = os.path.join(root, "common")
        self.saved = os.path.join(root, "backup")
        os.mkdir(self.common)

    def settings(self, box):
        return f'path = "{box.folder}/link"'

    def connect(self, box, is_connected=True):
        link = os.path.join(box.folder, "link")
        if os.path.lexists(link):
            os.unlink(link)
        os.symlink(self.common if is_connected else os.path.join(box.folder, "nowhere"), link)

    def objects(self):
        return {name for name in os.listdir(self.common) if name.endswith(".ics")}

    def back_up(self):
        shutil.rmtree(self.saved, ignore_errors=True)
        shutil.copytree(self.common, self.saved)

    def restore(self):
        """What was there when it was saved, and nothing else."""
        for name in os.listdir(self.common):
            os.unlink(os.path.join(self.common, name))
        shutil.copytree(self.saved, self.common, dirs_exist_ok=True)

    def set_clock(self, passed_us, offset_us):
        """A folder has no clock."""

    def restart(self):
        return 0

    def stop(self):
        pass


class Cable:
    """Carries bytes between one machine and the server, unless it is cut. Counts them."""

    def __init__(self, port):
        self.server, self.is_cut, self.carried, self.connections = port, False, 0, set()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                near = self.listener.accept()[0]
            except OSError:
                return
            try:
                far = None if self.is_cut else socket.create_connection(("127.0.0.1", self.server))
            except OSError:
                far = None
            if not far:
                near.close()
                continue
            self.connections |= {near, far}
            for source, target in (near, far), (far, near):
                source.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                threading.Thread(target=self.carry, args=(source, target), daemon=True).start()

    def carry(self, source, target):
        try:
            while data := source.recv(65536):
                self.carried += len(data)
                target.sendall(data)
        except OSError:
            pass
        for end in source, target:
            self.connections.discard(end)
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def cut(self, is_cut):
        self.is_cut = is_cut
        for end in list(self.connections) if is_cut else []:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


class Server:
    """A collection on a real server; each machine reaches it through a cable of its own."""

    def __init__(self, root, kind="radicale"):
        self.name, self.folder = kind, os.path.join(root, kind)
        self.hours_file = os.path.join(self.folder, "hours")
        self.cables = {}
        os.mkdir(self.folder)
        os.chmod(self.folder, 0o755)
        write_hours(self.hours_file, 0, 0)
        script = os.path.join(os.environ["KIOSK_SOURCE_DIR"], "tests", "app", "sync", "dav_server.py")
        self.process = subprocess.Popen([sys.executable, script, kind, self.folder], text=True, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE,
                                        env=dict(os.environ, LD_PRELOAD=HOURS, HOURS=self.hours_file))
        words = self.process.stdout.readline().split()
        if len(words) != 2 or self.process.stdout.readline() != "ready\n":
            sys.exit(self.process.wait(timeout=PATIENCE_S))  # 77: it is not installed
        self.url = words[1]

    def tell(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "done\n", command

    def settings(self, box):
        before, after = self.url.split("//localhost:")
        port, path = after.split("/", 1)
        self.cables[box.name] = Cable(int(port))
        return (f'url = "{before}//localhost:{self.cables[box.name].port}/{path}"\n'
                f'\tca-file = "{self.folder}/ca.pem"')

    def connect(self, box, is_connected=True):
        self.cables[box.name].cut(not is_connected)

    def objects(self):
        return {file.name for file in pathlib.Path(self.folder, "data").rglob("*.ics") if ".Radicale" not in str(file)}

    def set_clock(self, passed_us, offset_us):
        write_hours(self.hours_file, passed_us, offset_us)

    def back_up(self):
        self.tell("backup")

    def restore(self):
        self.tell("restore")

    def restart(self):
        """Without warning. Returns how often."""
        self.tell("kill")
        self.tell("start")
        return 1

    def stop(self):
        self.process.stdin.close()
        self.process.wait(timeout=PATIENCE_S)
        self.process.stdout.close()
        for cable in self.cables.values():
            cable.listener.close()


def transport(name, root):
    return Folder(root) if name == "folder" else Server(root, name)


class Box:
    def __init__(self, root, name, transport, office, mode="kiosk"):
        self.name, self.transport = name, transport
        self.folder = os.path.join(root, name)
        self.state, self.hours_file = os.path.join(self.folder, "state"), os.path.join(self.folder, "hours")
        self.config = os.path.join(self.folder, "office", "kiosk.conf")
        credentials = os.path.join(self.folder, "credentials")
        shutil.copytree(office, os.path.dirname(self.config))
        os.mkdir(credentials)
        pathlib.Path(credentials, "share").write_text('user = "office"\npassword = "a secret"\n')
        os.chmod(os.path.join(credentials, "share"), 0o600)
        with open(self.config, "a", encoding="utf-8") as file:
            file.write(f'\nshare "office" {{\n\t{transport.settings(self)}\n\tcredential = "share"\n\tbox = "{name}"\n}}\n')
        text = pathlib.Path(self.config).read_text()
        pathlib.Path(self.config).write_text(text.replace("mode = kiosk", f"mode = {mode}"))
        self.set_clock(0, 0)
        self.environment = dict(os.environ, CREDENTIALS_DIRECTORY=credentials, LD_PRELOAD=HOURS, HOURS=self.hours_file)
        self.connect()

    def set_clock(self, passed_us, offset_us, wrong_s=0, is_unset=False):
        self.wrong_s, self.is_unset = wrong_s, is_unset
        write_hours(self.hours_file, passed_us, offset_us + wrong_s * 1e6, is_unset)

    def connect(self, is_connected=True):
        self.is_connected = is_connected
        self.transport.connect(self, is_connected)

    def replace(self, pattern, new):
        text, count = re.subn(pattern, new, pathlib.Path(self.config).read_text())
        assert count == 1, f"{pattern} is there {count} times"
        pathlib.Path(self.config).write_text(text)

    def command(self, *words):
        return [PROGRAM, "--config", self.config, "--state", self.state, *words]

    def run(self, *words, **environment):
        return subprocess.run(self.command(*words), capture_output=True, text=True, check=False,
                              stdin=subprocess.DEVNULL, timeout=PATIENCE_S, env=dict(self.environment, **environment))

    def ask(self, *words):
        done = self.run(*words)
        assert done.returncode == 0, (self.name, words, done.returncode, done.stdout, done.stderr)
        return done.stdout

    def ask_json(self, *words):
        return json.loads(self.ask(*words))

    def widgets(self, *options):
        return self.ask_json("--dump-ui", "--window", WINDOW, *options)

    def texts(self, *options):
        return [widget["text"] for widget in self.widgets(*options) if widget["text"]]

    def share(self):
        return self.ask_json("status", "--json")["share"]

    def entries(self):
        """The journal without what differs from machine to machine: the row numbers."""
        rows = self.ask_json("checkins", "--json")
        acts = {row["id"]: (row["at"], row["action"], row["place"]) for row in rows}
        return [dict(row, id=None, undoes=acts.get(row["undoes"])) for row in rows]


class Office:
    """Boxes that share one clock, as long as it is right."""

    def __init__(self, root, names, transport, now, office=DEMO):
        self.transport = transport
        self.passed_us, self.offset_us = 0, (instant(now) - time.time()) * 1e6
        os.makedirs(root, exist_ok=True)
        self.boxes = [Box(root, name, transport, office) for name in names]
        self.advance(0)

    def advance(self, seconds):
        """Time passes on all machines."""
        self.passed_us += seconds * 1e6
        self.transport.set_clock(self.passed_us, self.offset_us)
        for box in self.boxes:
            self.set_clock(box, box.wrong_s, box.is_unset)

    def now(self):
        return time.time() + (self.passed_us + self.offset_us) / 1e6

    def stand_at(self, seconds):
        """It is that late, however long the programs before took. For programs that are not running now."""
        self.advance(seconds - self.now())

    def set_clock(self, box, wrong_s=0, is_unset=False):
        box.set_clock(self.passed_us, self.offset_us, wrong_s, is_unset)

    def exchange(self, rounds):
        for _ in range(rounds):
            for box in self.boxes:
                box.ask("sync")
