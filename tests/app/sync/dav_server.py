#!/usr/bin/python3
"""A real CalDAV or WebDAV server on loopback, with TLS, a user and an empty collection.

usage: dav_server.py radicale|apache|hostile DIR
Keeps everything in DIR, whose ca.pem is the test CA, and prints "url URL" and then "ready". Reads commands, a line each,
and answers "done": stop, start, kill (without warning), empty (the collection loses everything), backup, restore (what
was there at the backup). Ends with its standard input. Exit 77: the server is not installed.
"""
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "ical"))
import https_server  # pylint: disable=wrong-import-position

USER, PASSWORD = "office", "a secret"
START_S = 30
MODULES = "/usr/lib/apache2/modules"


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class Server:
    """What the servers have in common: certificates, a port, and a folder with what they store."""

    program = ""

    def __init__(self, folder):
        self.folder, self.port, self.process = folder, free_port(), None
        self.data, self.saved = os.path.join(folder, "data"), os.path.join(folder, "backup")
        if not shutil.which(self.program, path="/usr/bin:/usr/sbin"):
            print(f"{self.program} is not installed", file=sys.stderr)
            sys.exit(77)
        https_server.make_ca(folder)
        https_server.make_certificate(folder, "good", "localhost", 2)
        os.makedirs(self.collection)
        self.configure()
        self.open_to_others()

    def open_to_others(self):
        """A server that root starts runs as somebody else."""

    def start(self):
        with open(os.path.join(self.folder, "log"), "ab") as log:
            self.process = subprocess.Popen(self.command(), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                            start_new_session=True)
        end = time.monotonic() + START_S
        while time.monotonic() < end and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.02)
        with open(os.path.join(self.folder, "log"), encoding="utf-8", errors="replace") as log:
            sys.exit(f"{self.program} does not start: {log.read()[-2000:]}")

    def stop(self, how=signal.SIGTERM):
        if self.process:
            os.killpg(self.process.pid, how)
            self.process.wait()
            self.process = None

    def kill(self):
        self.stop(signal.SIGKILL)

    def replace(self, source):
        was_running = self.process
        self.stop()
        shutil.rmtree(self.data)
        if source:
            shutil.copytree(source, self.data)
        else:
            os.makedirs(self.collection)
            self.prepare()
        self.open_to_others()
        if was_running:
            self.start()

    def empty(self):
        self.replace(None)

    def backup(self):
        shutil.rmtree(self.saved, ignore_errors=True)
        shutil.copytree(self.data, self.saved)

    def restore(self):
        self.replace(self.saved)

    def prepare(self):
        """Makes a folder a collection."""


class Radicale(Server):
    program = "radicale"

    @property
    def collection(self):
        return os.path.join(self.data, "collection-root", USER, "share")

    @property
    def url(self):
        return f"https://localhost:{self.port}/{USER}/share/"

    def prepare(self):
        with open(os.path.join(self.collection, ".Radicale.props"), "w", encoding="ascii") as file:
            json.dump({"tag": "VCALENDAR"}, file)

    def configure(self):
        self.prepare()
        with open(os.path.join(self.folder, "users"), "w", encoding="utf-8") as file:
            file.write(f"{USER}:{PASSWORD}\n")
        with open(os.path.join(self.folder, "radicale.conf"), "w", encoding="utf-8") as file:
            file.write(f"[server]\nhosts = 127.0.0.1:{self.port}\nssl = True\ncertificate = {self.folder}/good.pem\n"
                       f"key = {self.folder}/good.key\n[auth]\ntype = htpasswd\ndelay = 0\nhtpasswd_encryption = plain\n"
                       f"htpasswd_filename = {self.folder}/users\n[storage]\nfilesystem_folder = {self.data}\n"
                       "[logging]\nlevel = warning\n")

    def command(self):
        return ["/usr/bin/radicale", "--config", os.path.join(self.folder, "radicale.conf")]


class Apache(Server):
    program = "apache2"

    @property
    def collection(self):
        return os.path.join(self.data, "share")

    @property
    def url(self):
        return f"https://localhost:{self.port}/share/"

    def open_to_others(self):
        if os.getuid() == 0:
            subprocess.run(["chown", "-R", "nobody:nogroup", self.data, os.path.join(self.folder, "locks")], check=True)
            os.chmod(self.folder, 0o755)

    def configure(self):
        os.makedirs(os.path.join(self.folder, "locks"))
        hashed = subprocess.run(["openssl", "passwd", "-apr1", PASSWORD], check=True, capture_output=True, text=True)
        with open(os.path.join(self.folder, "users"), "w", encoding="utf-8") as file:
            file.write(f"{USER}:{hashed.stdout}")
        names = ("mpm_event", "authn_core", "authn_file", "authz_core", "authz_user", "auth_basic", "dav", "dav_fs", "ssl")
        with open(os.path.join(self.folder, "apache.conf"), "w", encoding="utf-8") as file:
            file.write("".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so\n" for name in names))
            file.write(f"""ServerName localhost
ServerRoot {self.folder}
PidFile {self.folder}/pid
ErrorLog {self.folder}/log
DefaultRuntimeDir {self.folder}
Listen 127.0.0.1:{self.port}
User nobody
Group nogroup
StartServers 1
DavLockDB {self.folder}/locks/db
DocumentRoot {self.data}
SSLEngine on
SSLCertificateFile {self.folder}/good.pem
SSLCertificateKeyFile {self.folder}/good.key
<Directory {self.data}>
  Dav On
  AuthType Basic
  AuthName kiosks
  AuthUserFile {self.folder}/users
  Require valid-user
</Directory>
""")

    def command(self):
        return ["/usr/sbin/apache2", "-DFOREGROUND", "-f", os.path.join(self.folder, "apache.conf")]


class Hostile(Server):
    program = "python3"

    @property
    def collection(self):
        return self.data

    @property
    def url(self):
        return f"https://localhost:{self.port}/"

    def configure(self):
        """It stores nothing."""

    def command(self):
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "hostile_server.py")
        return ["/usr/bin/python3", script, str(self.port), f"{self.folder}/good.pem", f"{self.folder}/good.key"]


KINDS = {"radicale": Radicale, "apache": Apache, "hostile": Hostile}
COMMANDS = ("stop", "start", "kill", "empty", "backup", "restore")


def main():
    server = KINDS[sys.argv[1]](sys.argv[2])
    try:
        server.start()
        print("url", server.url)
        print("ready", flush=True)
        for line in sys.stdin:
            if line.strip() in COMMANDS:
                getattr(server, line.strip())()
            print("done", flush=True)
    finally:
        server.stop(signal.SIGKILL)


if __name__ == "__main__":
    main()
