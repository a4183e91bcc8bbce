#!/usr/bin/python3
"""A collection that answers as no server should: the first part of the path says how.

usage: hostile_server.py PORT CERTIFICATE KEY
"""
import gzip
import http.server
import ssl
import sys

DAY = 1795392000  # 2026-11-23T00:00Z
MEBIBYTE = 1 << 20
REFUSED_TOKEN = (403, b'<error xmlns="DAV:"><valid-sync-token/></error>')


def name(seq, day="20261123", box="other"):
    return f"{day}-{box}-{seq}.ics"


def check_in(seq, place="2"):
    fields = {"ACTION": 2, "SEQ": seq, "AT": DAY + 8 * 3600 + seq, "DOUBT": 0, "START": DAY + 8 * 3600,
              "END": DAY + 9 * 3600, "BOX": "other", "TOKEN": f"t{seq}", "PLACE": place, "FEED": "", "BOOKING": "",
              "RECUR": "", "PERSON": "", "TARGET": ""}
    lines = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", *(f"X-SK-{key}:{value}" for key, value in fields.items()), "END:VEVENT",
             "END:VCALENDAR", ""]
    return "\r\n".join(lines).encode()


def response(href, status=200):
    return f"<response><href>/x/{href}</href><status>HTTP/1.1 {status} X</status></response>"


def listing(*hrefs, token="token", tail=""):
    return (207, ('<multistatus xmlns="DAV:">' + "".join(response(href) for href in hrefs) + tail +
                  f"<sync-token>{token}</sync-token></multistatus>").encode())


class Cases:
    """For each case what is answered to the n-th REPORT, PROPFIND, GET or PUT; what is not there is as it should be."""

    def __init__(self):
        self.counts = {}
        self.refused = None
        self.puts = set()

    def not_xml_report(self, _count, _path):
        return 207, b"hello"

    def web_page_report(self, _count, _path):
        return 200, b"<!DOCTYPE html><title>Sign in</title>"

    web_page_propfind = web_page_report

    def redirect_report(self, _count, _path):
        return 302, b"", {"Location": "/elsewhere/"}

    def ticket_report(self, _count, _path):
        return 401, b"", {"WWW-Authenticate": "Negotiate"}

    def busy_report(self, _count, _path):
        return 503, b"", {"Retry-After": "120"}

    def cut_off_report(self, _count, _path):
        return 207, b"<multistatus", {"Content-Length": "1000"}

    def laughs_report(self, _count, _path):
        entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
        return 207, (f'<!DOCTYPE multistatus [<!ENTITY l0 "lol">{entities}]><multistatus xmlns="DAV:">'
                     "<sync-token>&l9;</sync-token></multistatus>").encode()

    def outside_report(self, _count, _path):
        return 207, (b'<!DOCTYPE multistatus SYSTEM "file:///etc/passwd"><multistatus xmlns="DAV:"/>')

    def deep_report(self, _count, _path):
        return 207, b'<multistatus xmlns="DAV:">' + b"<a>" * 300000

    def nul_report(self, _count, _path):
        return 207, listing(name(1))[1].replace(b"other", b"oth\0r")

    def bomb_report(self, _count, _path):
        return 207, gzip.compress(bytes(65 * MEBIBYTE)), {"Content-Encoding": "gzip"}

    def flood_report(self, _count, _path):
        return listing(*(name(n, day="29991231") for n in range(1, 210001)))

    def endless_report(self, count, _path):
        return listing(token=f"t{count}", tail=response("", 507))

    def restless_report(self, count, _path):
        return listing(*([name(1)] if count == 1 else []), token=f"t{count}")

    def fickle_report(self, count, _path):
        return REFUSED_TOKEN if count % 2 == 0 else listing(name(1), token=f"t{count}")

    def set_back_report(self, count, _path):
        """Restored from a backup that knew of less; says so by nothing but its token."""
        return listing(*([name(1)] if count in (1, 3) else []), token=f"t{9 if count == 1 else 4}")

    def repeated_report(self, _count, _path):
        return listing(*[name(1)] * 1000)

    def flicker_report(self, _count, _path):
        return 207, ('<multistatus xmlns="DAV:">' + (response(name(1), 404) + response(name(1))) * 20 +
                     "<sync-token>t</sync-token></multistatus>").encode()

    def names_report(self, _count, _path):
        return listing("../../etc/passwd", "%2e%2e%2fpasswd.ics", name(1) + "%00", name("01"), name(1, box="A"),
                       name(1, day="20261332"), "x" * 10000, name(1) + "?x", name(1, day="99991231"), name(1))

    def tokens_report(self, _count, _path):
        return listing(name(1), token="x" * 5000)

    def tokens_propfind(self, _count, _path):
        return listing(name(1))

    def broken_object_report(self, _count, _path):
        return listing(*(name(n) for n in range(1, 8)))

    def broken_object_get(self, _count, path):
        return {name(1): (500, b"no"), name(2): (200, b"<!DOCTYPE html>"), name(3): (200, bytes(MEBIBYTE)),
                name(4): (302, b"", {"Location": "/elsewhere"}), name(5): (200, check_in(4)),
                name(6): (200, check_in(6).replace(b"SEQ:6", b"SEQ:6\r\nX-SK-SEQ:6"))}.get(path)

    def stuck_object_report(self, _count, _path):
        return listing(name(1), name(2))

    def stuck_object_get(self, _count, path):
        return (200, b"BEGIN", {"Content-Length": "1000"}) if path == name(1) else None

    def contradiction_put(self, _count, _path):
        return 412, b""

    def contradiction_get(self, _count, _path):
        return 404, b""

    def other_content_put(self, _count, _path):
        return 412, b""

    def other_content_get(self, _count, _path):
        return 200, check_in(1)

    def read_only_put(self, _count, _path):
        return 403, b""

    def too_large_put(self, _count, _path):
        return 413, b""

    def strange_put(self, _count, _path):
        return 422, b""

    def picky_put(self, _count, path):
        """Never takes the object that came first."""
        self.refused = self.refused or path
        return (415 if path == self.refused else 201), b""

    def full_put(self, _count, _path):
        return 507, b""

    def missing_put(self, _count, _path):
        return 409, b""

    def liar_put(self, _count, _path):
        """Confirms what it does not store."""
        return 201, b""

    def answer(self, method, path, _text):
        case, file = path.strip("/").split("/", 1) if "/" in path.strip("/") else (path.strip("/"), "")
        key = f"{case}_{method.lower()}"
        self.counts[key] = self.counts.get(key, 0) + 1
        found = getattr(self, key)(self.counts[key], file) if hasattr(self, key) else None
        if found:
            return found
        if method == "REPORT":
            return listing()
        if method == "GET":
            return 200, check_in(int(file.split("-")[-1].split(".")[0]))
        return (201 if method == "PUT" else 404), b""


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    cases = None

    def handle_any(self):
        text = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        status, body, *rest = self.cases.answer(self.command, self.path, text)
        headers = {"Content-Length": str(len(body)), **(rest[0] if rest else {})}
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = headers["Content-Length"] != str(len(body))

    do_GET = do_PUT = do_DELETE = do_PROPFIND = do_REPORT = handle_any  # pylint: disable=invalid-name

    def log_message(self, *_):  # pylint: disable=arguments-differ
        pass


class TlsServer(http.server.ThreadingHTTPServer):
    def __init__(self, cases, port, certificate, key):
        super().__init__(("127.0.0.1", int(port)), Handler)
        Handler.cases = cases
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate, key)

    def finish_request(self, request, client_address):
        with self.context.wrap_socket(request, server_side=True) as stream:
            super().finish_request(stream, client_address)

    def handle_error(self, request, client_address):
        """A client that leaves is no error."""


if __name__ == "__main__":
    TlsServer(Cases(), *sys.argv[1:4]).serve_forever()
