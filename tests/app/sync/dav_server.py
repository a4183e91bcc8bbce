#!/usr/bin/python3
"""A real CalDAV or WebDAV server on loopback, with TLS, a user and an empty collection.

usage: dav_server.py radicale|apache|digest|davical|hostile|calendars DIR
Keeps everything in DIR, whose ca.pem is the test CA, and prints "url URL" and then "ready". Reads commands, a line each,
and answers "done": stop, start, kill (without warning), empty (the collection loses everything), backup, restore (what
was there at the backup). Ends with its standard input. Exit 77: the server is not installed.
"""
import base64
import glob
import hashlib
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "ical"))
import https_server  # pylint: disable=wrong-import-position

USER, PASSWORD = "office", "a secret"
START_S = 30
MODULES = "/usr/lib/apache2/modules"


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def wait_for(port, process):
    """Returns when somebody listens there; false when the process ends before that, or it takes too long."""
    end = time.monotonic() + START_S
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return True
        except OSError:
            time.sleep(0.02)
    return False


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
        if not wait_for(self.port, self.process):
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
    sign_in = "Basic"

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

    def hashed(self):
        return subprocess.run(["openssl", "passwd", "-apr1", PASSWORD], check=True, capture_output=True,
                              text=True).stdout.strip()

    def configure(self):
        os.makedirs(os.path.join(self.folder, "locks"))
        with open(os.path.join(self.folder, "users"), "w", encoding="utf-8") as file:
            file.write(f"{USER}:{self.hashed()}\n")
        names = ("mpm_event", "authn_core", "authn_file", "authz_core", "authz_user", f"auth_{self.sign_in.lower()}",
                 "dav", "dav_fs", "ssl")
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
  AuthType {self.sign_in}
  AuthName kiosks
  AuthUserFile {self.folder}/users
  Require valid-user
</Directory>
""")

    def command(self):
        return ["/usr/sbin/apache2", "-DFOREGROUND", "-f", os.path.join(self.folder, "apache.conf")]


class Digest(Apache):
    """Asks anew for each request."""

    sign_in = "Digest"

    def hashed(self):
        return "kiosks:" + hashlib.md5(f"{USER}:kiosks:{PASSWORD}".encode()).hexdigest()


class Davical(Server):
    """On PostgreSQL. PHP's own server speaks no TLS, so that this program does."""

    program = "php"
    davical = "/usr/share/davical"

    @property
    def collection(self):
        return os.path.join(self.data, "sockets")

    @property
    def url(self):
        return f"https://localhost:{self.port}/caldav.php/{USER}/share/"

    def as_nobody(self, *command):
        """PostgreSQL refuses to run as root."""
        drop = ["setpriv", "--reuid", "nobody", "--regid", "nogroup", "--clear-groups"] if os.getuid() == 0 else []
        return [*drop, *command]

    def run(self, *command):
        with open(os.path.join(self.folder, "log"), "ab") as log:
            subprocess.run(self.as_nobody(*command), check=True, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                           cwd=self.data, env=self.environment)

    def open_to_others(self):
        os.chmod(self.folder, 0o755)
        if os.getuid() == 0:
            subprocess.run(["chown", "-R", "nobody:nogroup", self.data], check=True)

    def configure(self):
        programs = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))
        if not programs or not os.path.exists(self.davical) or not os.path.exists("/usr/share/awl"):
            print("davical or postgresql is not installed", file=sys.stderr)
            sys.exit(77)
        self.tools, self.php, self.php_port = os.path.dirname(programs[-1]), None, free_port()
        self.environment = {"PATH": f"{self.tools}:/usr/bin:/bin", "PGHOST": self.collection, "PGUSER": "postgres",
                            "HOME": self.data, "LC_ALL": "C.UTF-8"}
        self.fresh = os.path.join(self.folder, "fresh")
        self.open_to_others()
        self.run("initdb", "-D", "db", "-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8", "--locale=C")
        self.start_database()
        self.run("sh", f"{self.davical}/dba/create-database.sh", "davical", "unused")
        self.run("psql", "-qX", "davical", "-c",
                 f"UPDATE usr SET username='{USER}', password='**{PASSWORD}' WHERE user_no=1")
        self.start_php()
        key = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.php_port}/caldav.php/{USER}/share/",
                                         method="MKCALENDAR", headers={"Authorization": f"Basic {key}"})
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request).close()
        self.stop()
        shutil.copytree(self.data, self.fresh)
        self.serve_tls()

    def start_database(self):
        self.run("pg_ctl", "-D", "db", "-l", "db/log", "-w", "-t", str(START_S), "-o",
                 f"-c listen_addresses='' -c unix_socket_directories={self.collection} -c fsync=off", "start")

    def start_php(self):
        includes = f"include_path=/usr/share/awl/inc:{self.davical}/inc"
        command = ["/usr/bin/php", "-d", includes, "-d", f"error_log={self.data}/php", "-S",
                   f"127.0.0.1:{self.php_port}", "-t", f"{self.davical}/htdocs"]
        with open(os.path.join(self.folder, "log"), "ab") as log:
            self.php = subprocess.Popen(self.as_nobody(*command), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                        env={**self.environment, "PGUSER": "davical_app"})
        wait_for(self.php_port, self.php)

    def serve_tls(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(f"{self.folder}/good.pem", f"{self.folder}/good.key")
        listener = socket.create_server(("127.0.0.1", self.port), backlog=64)
        threading.Thread(target=https_server.accept, args=(listener, self.pass_on, context), daemon=True).start()

    def pass_on(self, connection, context):
        try:
            with context.wrap_socket(connection, server_side=True) as front, \
                    socket.create_connection(("127.0.0.1", self.php_port)) as back:
                threading.Thread(target=https_server.pump, args=(front, back), daemon=True).start()
                while data := back.recv(65536):
                    front.sendall(data)
                front.unwrap()
        except OSError:
            connection.close()

    def start(self):
        self.start_database()
        self.start_php()

    def stop(self, how=signal.SIGTERM):
        if self.php:
            self.php.send_signal(how)
            self.php.wait()
            self.php = None
            self.run("pg_ctl", "-D", "db", "-m", "fast" if how == signal.SIGTERM else "immediate", "-w", "stop")

    def replace(self, source):
        self.stop()
        shutil.rmtree(self.data)
        shutil.copytree(source or self.fresh, self.data)
        self.open_to_others()
        self.start()

    def backup(self):
        self.stop()
        super().backup()
        self.start()


class Hostile(Server):
    program = "python3"
    script = "hostile_server.py"

    @property
    def collection(self):
        return self.data

    @property
    def url(self):
        return f"https://localhost:{self.port}/"

    def configure(self):
        """It stores nothing."""

    def command(self):
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), self.script)
        return ["/usr/bin/python3", script, str(self.port), f"{self.folder}/good.pem", f"{self.folder}/good.key"]


class Calendars(Hostile):
    script = "hostile_calendars.py"


KINDS = {"radicale": Radicale, "apache": Apache, "digest": Digest, "davical": Davical, "hostile": Hostile,
         "calendars": Calendars}
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
