#!/usr/bin/python3
"""A TLS server on loopback that misbehaves on command: the path says how.

usage: https_server.py DIR
Makes its certificates in DIR (the test CA is DIR/ca.pem), prints "name port" for each listener and then "ready", and
serves until its standard input is closed. A request for /file/NAME is answered with DIR/NAME as it then is.
"""
import base64
import datetime
import email.utils
import gzip
import hashlib
import os
import re
import socket
import ssl
import subprocess
import sys
import threading
import time
import zlib
from email.utils import formatdate

CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nEND:VCALENDAR\r\n"
MODIFIED = "Mon, 23 Nov 2026 09:00:00 GMT"
TRICKLE_S = 0.05
MEBIBYTE = 1 << 20
LOGIN = ("anna", "hemligt:lösen")
OWA_ERROR = "Microsoft.Exchange.Clients.Owa2.Server.Core.OwaBasicUnsupportedException"
STORAGE = "Microsoft.Exchange.Data.Storage."
SIGN_IN = b"<!DOCTYPE html><html><head><title>Sign in to your account</title></head></html>"


def run(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def validity(days):
    """The options for a certificate that is valid for so many days, or was until so many days ago. OpenSSL 3.5 takes no
    negative number of days; older ones take no dates."""
    options = subprocess.run(["openssl", "x509", "-help"], capture_output=True, text=True, check=False).stderr
    if "-not_after" not in options:
        return ["-days", str(days)]
    now = datetime.datetime.now(datetime.timezone.utc)
    start, end = (now + datetime.timedelta(days=n) for n in ((0, days) if days > 0 else (days - 1, days)))
    return ["-not_before", f"{start:%Y%m%d%H%M%SZ}", "-not_after", f"{end:%Y%m%d%H%M%SZ}"]


def make_certificate(folder, name, host, days, signed=True):
    """A key and a certificate for `host`; days < 0: it has expired."""
    key, request, out = (os.path.join(folder, name + end) for end in (".key", ".csr", ".pem"))
    extensions = os.path.join(folder, name + ".ext")
    with open(extensions, "w", encoding="ascii") as file:
        file.write(f"subjectAltName=DNS:{host}" + (",IP:127.0.0.1\n" if host == "localhost" else "\n"))
    run("openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
        "-keyout", key, "-out", request, "-subj", f"/CN={host}")
    issuer = ["-CA", f"{folder}/ca.pem", "-CAkey", f"{folder}/ca.key"] if signed else ["-signkey", key]
    run("openssl", "x509", "-req", "-in", request, *issuer, *validity(days), "-extfile", extensions, "-out", out)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(out, key)
    return context


def make_ca(folder):
    run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
        "-keyout", f"{folder}/ca.key", "-out", f"{folder}/ca.pem", "-days", "2", "-subj", "/CN=Test CA")


def head(status, *headers):
    return "\r\n".join([f"HTTP/1.1 {status} Whatever", *headers, "Connection: close", "", ""]).encode()


def whole(body, *headers, status=200):
    return head(status, f"Content-Length: {len(body)}", *headers) + body


def chunk(data):
    return b"%x\r\n%s\r\n" % (len(data), data)


def compressed(size):
    """Zeros that take a thousandth of their room on the wire."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    parts = [packer.compress(bytes(MEBIBYTE)) for _ in range(size // MEBIBYTE)]
    return b"".join(parts) + packer.flush()


class Hold(Exception):
    """Keep the connection open and silent."""


class Abrupt(Exception):
    """Close the connection without TLS's goodbye."""


class Answers:
    """One method a path; each yields bytes. `words` are the parts of the path behind the method's name."""

    def __init__(self, folder, ports):
        self.folder, self.ports = folder, ports

    def validated(self, request, body, *validators):
        wanted = request.get("if-none-match") or request.get("if-modified-since")
        if wanted and any(wanted in line for line in validators):
            return head(304, *validators)
        return whole(body, *validators)

    def ok(self, request, *_):
        yield self.validated(request, CALENDAR, 'ETag: "v1"', f"Last-Modified: {MODIFIED}")

    def dated(self, request, *_):
        yield self.validated(request, CALENDAR, f"Last-Modified: {MODIFIED}")

    def file(self, request, name, *_):
        with open(os.path.join(self.folder, name), "rb") as file:
            body = file.read()
        yield self.validated(request, body, f'ETag: "{zlib.crc32(body):08x}"')

    def timed(self, _request, name, *_):
        """A file, from a server that says it is the time that stands in the file `now`, in seconds."""
        with open(os.path.join(self.folder, name), "rb") as file:
            body = file.read()
        with open(os.path.join(self.folder, "now"), encoding="ascii") as file:
            yield whole(body, f"Date: {formatdate(int(file.read()), usegmt=True)}")

    def plainfile(self, request, name, *_):
        with open(os.path.join(self.folder, name), "rb") as file:
            yield whole(file.read())

    def echo(self, request, *_):
        yield whole("\n".join(f"{name}: {value}" for name, value in sorted(request.items())).encode("latin-1"))

    def gzip(self, request, *_):
        yield whole(gzip.compress(CALENDAR), "Content-Encoding: gzip")

    def deflate(self, request, *_):
        yield whole(zlib.compress(CALENDAR), "Content-Encoding: deflate")

    def broken_gzip(self, request, *_):
        yield whole(b"\x1f\x8b\x08\x00 this is not gzip at all", "Content-Encoding: gzip")

    def chunked(self, request, *_):
        yield head(200, "Transfer-Encoding: chunked")
        for byte in CALENDAR:
            yield chunk(bytes([byte]))
        yield b"0\r\n\r\n"

    def chunked_gzip(self, request, *_):
        yield head(200, "Transfer-Encoding: chunked", "Content-Encoding: gzip") + chunk(gzip.compress(CALENDAR))
        yield b"0\r\n\r\n"

    def redirect(self, request, left, *_):
        target = f"/redirect/{int(left) - 1}" if int(left) > 1 else "/ok"
        yield whole(b"moved", f"Location: {target}", status=302)

    def loop(self, request, *_):
        yield whole(b"moved", "Location: /loop", status=301)

    def downgrade(self, request, *_):
        yield whole(b"", f"Location: http://localhost:{self.ports['plain']}/ok", status=302)

    def to_file(self, request, *_):
        yield whole(b"", "Location: file:///etc/hostname", status=302)

    def to_expired(self, request, *_):
        yield whole(b"", f"Location: https://localhost:{self.ports['expired']}/ok", status=302)

    def nowhere(self, request, *_):
        yield whole(b"moved, but nobody knows where", status=302)

    def status(self, request, code, *headers):
        yield whole(b"<html>no</html>", *headers, status=int(code))

    def unmodified(self, request, *_):
        yield head(304)

    def retry_seconds(self, request, code, seconds, *_):
        yield whole(b"", f"Retry-After: {seconds}", status=int(code))

    def retry_date(self, request, *_):
        """Answers as a server whose clock is years behind: only the difference counts."""
        yield whole(b"", "Date: Tue, 01 Jan 2019 00:00:00 GMT", "Retry-After: Tue, 01 Jan 2019 00:02:00 GMT", status=503)

    def retry_own_date(self, request, *_):
        yield whole(b"", "Retry-After: " + email.utils.formatdate(time.time() + 3600, usegmt=True), status=503)

    # What Exchange Online is known to answer, as public bug reports recorded it.

    def error_page(self, *extra, error=OWA_ERROR):
        query = "&".join(["httpCode=500", "ts=134000000000000000", "be=GV1PR00MB0000", "et=ServerError", *extra])
        return whole(b"<html><head><title>Object moved</title></head></html>", "Content-Type: text/html; charset=utf-8",
                     f"Location: /owa/auth/errorfe.aspx?{query}&owaError={error}", f"X-OWA-Error: {error}", status=302)

    def gate(self, request, shape, *_):
        """Lets agents pass that name a version of Chrome; SHAPE is how it refuses the others."""
        if re.search(r"Chrome/\d+", request.get("user-agent", "")):
            yield whole(CALENDAR)
        else:
            yield from getattr(self, f"gate_{shape}")()

    def gate_moved(self):
        yield self.error_page()

    def gate_loop(self):
        yield self.error_page("loop=1")

    def gate_nameless_loop(self):
        yield self.error_page("loop=1", error="")

    def gate_header(self):
        yield whole(b"", f"X-OWA-Error: {OWA_ERROR}", status=500)

    def gate_page(self):
        yield whole(b"<!DOCTYPE html><p>Outlook is not supported on this browser. Find a supported browser or logout.",
                    "Content-Type: text/html")

    def owa(self, request, *_):
        if "loop=1" in request[":path"]:
            named = OWA_ERROR if OWA_ERROR in request[":path"] else ""
            yield self.error_page("loop=1", error=named)
        else:
            error = request[":path"].split("owaError=")[-1]
            yield whole(b"<html></html>", f"X-OWA-Error: {error}", "Content-Type: text/html", status=500)

    def exchange(self, request, name, *_):
        """The error page of the exception NAME."""
        yield self.error_page(error=STORAGE + name)

    def exchange_header(self, request, code, name, *_):
        yield whole(b"", f"X-OWA-Error: {STORAGE}{name}", status=int(code))

    def long_redirect(self, request, length, *_):
        """Names the reason behind so many bytes of its address."""
        yield whole(b"", f"Location: /status/403?{'x' * int(length)}NotAllowedPublishingByPolicyException", status=302)

    def to_mail(self, request, *_):
        yield whole(SIGN_IN, "Location: /mail/", "Content-Type: text/html", status=302)

    def mail(self, request, *_):
        yield whole(SIGN_IN, "Content-Type: text/html; charset=utf-8")

    def to_other_mail(self, request, *_):
        yield whole(b"", "Location: https://mail.invalid/mail/", status=302)

    def to_sign_in_host(self, request, *_):
        yield whole(b"", "Location: https://login.invalid/common/reprocess?ctx=x", status=302)

    def to_plain_sign_in(self, request, *_):
        yield whole(b"", f"Location: http://localhost:{self.ports['plain']}/adfs/ls/?wa=wsignin1.0", status=302)

    def to_login(self, request, *_):
        yield whole(b"", "Location: /login?next=%2Fcalendar.ics", status=302)

    def login(self, request, *_):
        yield whole(b"no", "Content-Type: text/html", status=403)

    def to_logon(self, request, *_):
        yield whole(b"", "Location: /logon.aspx?replaceCurrent=1", status=302)

    def maintenance(self, request, code, *_):
        yield whole(b"<html><head><title>Planned maintenance</title></head></html>", "Content-Type: text/html",
                    status=int(code))

    def policy_page(self, request, code, *_):
        yield whole(b"<html><p>Your organization's sharing policy does not let you see this.</p></html>",
                    "Content-Type: text/html", status=int(code))

    # Signing in, and cookies.

    def asks(self, request, *challenges):
        return whole(b"who?", *(f"WWW-Authenticate: {challenge}" for challenge in challenges), status=401)

    def basic(self, request, *_):
        wanted = "Basic " + base64.b64encode(":".join(LOGIN).encode()).decode()
        yield whole(CALENDAR) if request.get("authorization") == wanted else self.asks(request, 'Basic realm="k"')

    def ticket_or_basic(self, request, *_):
        if request.get("authorization"):
            yield from self.basic(request)
        else:
            yield self.asks(request, "Negotiate", "NTLM", 'Basic realm="k"')

    def ticket(self, request, *_):
        yield whole(b"LEAKED") if request.get("authorization") else self.asks(request, "Negotiate", "NTLM")

    def digest(self, request, *_):
        challenge = 'Digest realm="k", qop="auth", algorithm=SHA-256, nonce="n0nce"'
        yield whole(CALENDAR) if is_digest(request, "GET") else self.asks(request, challenge)

    def basic_elsewhere(self, request, *_):
        """Redirects to another host, which asks for a user too."""
        yield whole(b"", f"Location: https://127.0.0.1:{self.ports['good']}/trap", status=302)

    def signed_in_elsewhere(self, request, *_):
        if request.get("authorization"):
            yield from self.basic_elsewhere(request)
        else:
            yield self.asks(request, 'Basic realm="k"')

    def trap(self, request, *_):
        seen = request.get("authorization") or request.get("cookie")
        yield whole(b"LEAKED") if seen else self.asks(request, 'Basic realm="k"')

    def cookie(self, request, *_):
        """Lets nobody pass that does not bring back the cookie of this very fetch."""
        if "cookie" in request:
            yield head(400)
        else:
            yield whole(b"", "Set-Cookie: pass=once; Path=/; Secure; HttpOnly", "Location: /cookie_wanted", status=302)

    def cookie_wanted(self, request, *_):
        yield whole(CALENDAR) if request.get("cookie") == "pass=once" else whole(b"", "Location: /cookie", status=302)

    # Encodings that were not asked for, and odd ones that are legal.

    def encoded(self, request, name, *_):
        yield whole(gzip.compress(CALENDAR), f"Content-Encoding: {name.replace('+', ', ')}")

    def transfer_encoded(self, request, name, *_):
        yield head(200, f"Transfer-Encoding: {name}, chunked") + chunk(gzip.compress(CALENDAR)) + b"0\r\n\r\n"

    def members(self, request, *_):
        parts = (CALENDAR[:10], b"", CALENDAR[10:40], CALENDAR[40:])
        yield whole(b"".join(gzip.compress(part) for part in parts) + bytes(16), "Content-Encoding: gzip")

    def chunked_members(self, request, *_):
        yield head(200, "Transfer-Encoding: chunked", "Content-Encoding: x-gzip")
        for byte in gzip.compress(CALENDAR[:30]) + gzip.compress(CALENDAR[30:]):
            yield chunk(bytes([byte]))
        yield b"0\r\n\r\n"

    def half_member(self, request, *_):
        yield whole(gzip.compress(CALENDAR[:30]) + gzip.compress(CALENDAR[30:])[:-9], "Content-Encoding: gzip")

    def gzip_and_rubbish(self, request, *_):
        yield whole(gzip.compress(CALENDAR) + b"rubbish", "Content-Encoding: gzip")

    def raw_deflate(self, request, *_):
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        yield whole(packer.compress(CALENDAR) + packer.flush(), "Content-Encoding: deflate")

    def header_line(self, request, length, *_):
        yield whole(CALENDAR, f"X-Filler: {'x' * int(length)}")

    def html(self, request, *_):
        yield whole(b"<!DOCTYPE html><title>Sign in</title>", "Content-Type: text/html")

    def empty(self, request, *_):
        yield whole(b"")

    def nul(self, request, *_):
        yield whole(b"BEGIN\0END")

    def stall_head(self, request, *_):
        raise Hold
        yield b""

    def stall_body(self, request, *_):
        yield head(200, "Content-Length: 1000") + b"BEGIN:VCAL"
        raise Hold

    def stall_mid_head(self, request, *_):
        yield b"HTTP/1.1 200 OK\r\nContent-Type: text/cal"
        raise Hold

    def trickle_head(self, request, *_):
        yield b"HTTP/1.1 200 OK\r\nX-Slow: "
        while True:
            time.sleep(TRICKLE_S)
            yield b"x"

    def signal(self, request, name, path, *words):
        """Writes a byte to the pipe DIR/NAME when the request arrives, and then answers as PATH does."""
        with open(os.path.join(self.folder, name), "wb") as pipe:
            pipe.write(b"x")
        yield from getattr(self, path)(request, *words)

    def trickle(self, request, *_):
        yield head(200, "Content-Length: 100000")
        while True:
            time.sleep(TRICKLE_S)
            yield b"x"

    def short(self, request, *_):
        yield head(200, "Content-Length: 1000") + CALENDAR

    def long(self, request, *_):
        yield head(200, "Content-Length: 40") + CALENDAR

    def open_end(self, request, *_):
        yield head(200) + CALENDAR

    def open_end_abrupt(self, request, *_):
        yield head(200) + CALENDAR
        raise Abrupt

    def half_chunk(self, request, *_):
        yield head(200, "Transfer-Encoding: chunked") + b"ffff\r\n" + CALENDAR

    def chunk_overrun(self, request, *_):
        yield head(200, "Transfer-Encoding: chunked") + b"5\r\n" + CALENDAR + b"\r\n0\r\n\r\n"

    def no_last_chunk(self, request, *_):
        yield head(200, "Transfer-Encoding: chunked") + chunk(CALENDAR)

    def cut(self, request, at, *_):
        yield whole(CALENDAR, 'ETag: "cut"')[:int(at)]

    def big(self, request, mebibytes, *_):
        yield head(200, "Transfer-Encoding: chunked")
        for _ in range(int(mebibytes)):
            yield chunk(bytes(MEBIBYTE))
        yield b"0\r\n\r\n"

    def bomb(self, request, mebibytes, *_):
        yield head(200, "Transfer-Encoding: chunked", "Content-Encoding: gzip")
        yield chunk(compressed(int(mebibytes) * MEBIBYTE)) + b"0\r\n\r\n"

    def silence(self, request, *_):
        return
        yield b""

    def garbage(self, request, *_):
        yield b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n" * 3

    def headers(self, request, *_):
        yield b"HTTP/1.1 200 OK\r\n"
        while True:
            yield b"X-Filler: " + b"x" * 4000 + b"\r\n"

    def kept(self, request, *_):
        """Leaves the connection open. The ETag is the connection's own."""
        yield whole(CALENDAR, f'ETag: "{request[":connection"]}"').replace(b"Connection: close\r\n", b"")

    def etag_of(self, request, length, *_):
        yield whole(CALENDAR, f"ETag: {'x' * int(length)}")

    def long_validators(self, request, *_):
        yield whole(CALENDAR, 'ETag: "' + "x" * 5000 + '"', "Last-Modified: a\x01b")


def is_digest(request, method):
    """RFC 7616, for LOGIN."""
    fields = dict(re.findall(r'(\w+)="?([^",]*)"?', request.get("authorization", "")))
    def sha(*words):
        return hashlib.sha256(":".join(words).encode()).hexdigest()
    if fields.get("nonce") != "n0nce":
        return False
    key, deed = sha(LOGIN[0], "k", LOGIN[1]), sha(method, fields["uri"])
    return fields["response"] == sha(key, fields["nonce"], fields["nc"], fields["cnonce"], fields["qop"], deed)


def read_request(stream):
    data = b""
    while b"\r\n\r\n" not in data:
        more = stream.recv(65536)
        if not more:
            return None, {}
        data += more
    first, *lines = data.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
    pairs = (line.split(": ", 1) for line in lines)
    path = first.split(" ")[1]
    return path, {**{name.lower(): value for name, value in pairs}, ":path": path}


def answer(stream, answers):
    """Returns whether the connection is kept."""
    path, request = read_request(stream)
    if path is None:
        return False
    name, *words = path.split("?")[0].strip("/").split("/")
    request[":connection"] = stream.fileno()
    for data in getattr(answers, name)(request, *words):
        stream.sendall(data)
    return name == "kept"


def serve(connection, context, answers):
    stream = connection
    try:
        stream = context.wrap_socket(connection, server_side=True)
        try:
            while answer(stream, answers):
                pass
        except Hold:
            stream.recv(1)  # until the other side gives up
        stream.unwrap()
    except (OSError, Abrupt):
        pass
    finally:
        stream.close()


def serve_plain(connection):
    """HTTP without TLS, whatever was asked."""
    try:
        connection.recv(65536)
        connection.sendall(whole(CALENDAR))
    except OSError:
        pass
    connection.close()


def hold_open(connection):
    """Answers nothing, not even TLS."""
    try:
        while connection.recv(4096):
            pass
    except OSError:
        pass
    connection.close()


def pump(source, target):
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def serve_proxy(connection, login):
    """A proxy that knows loopback only; with `login` it wants that."""
    try:
        target, request = read_request(connection)
        wanted = "Basic " + base64.b64encode(":".join(LOGIN).encode()).decode()
        host, _, port = (target or "").rpartition(":")
        if login and request.get("proxy-authorization") != wanted:
            connection.sendall(whole(b"", 'Proxy-Authenticate: Basic realm="proxy"', status=407))
        elif host not in ("localhost", "127.0.0.1"):
            connection.sendall(whole(b"<html>blocked</html>", status=403))
        else:
            with socket.create_connection(("127.0.0.1", int(port))) as server:
                connection.sendall(b"HTTP/1.1 200 Connection established\r\nVia: 1.1 proxy\r\n\r\n")
                threading.Thread(target=pump, args=(server, connection), daemon=True).start()
                pump(connection, server)
    except OSError:
        pass
    connection.close()


def accept(listener, handler, *arguments):
    while True:
        connection, _ = listener.accept()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=handler, args=(connection, *arguments), daemon=True).start()


def main():
    folder = sys.argv[1]
    make_ca(folder)
    contexts = {
        "good": make_certificate(folder, "good", "localhost", 2),
        "other": make_certificate(folder, "other", "other.test", 2),
        "expired": make_certificate(folder, "expired", "localhost", -1),
        "selfsigned": make_certificate(folder, "selfsigned", "localhost", 2, signed=False),
        "plain": None,
        "silent": None,
        "proxy": None,
        "loginproxy": None,
    }
    ports = {}
    answers = Answers(folder, ports)
    for name, context in contexts.items():
        listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        ports[name] = listener.getsockname()[1]
        arguments = {"plain": (serve_plain,), "silent": (hold_open,), "proxy": (serve_proxy, False),
                     "loginproxy": (serve_proxy, True)}.get(name, (serve, context, answers))
        threading.Thread(target=accept, args=(listener, *arguments), daemon=True).start()
    for name, port in ports.items():
        print(name, port)
    print("ready", 0, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
