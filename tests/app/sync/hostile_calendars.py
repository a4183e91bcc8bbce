#!/usr/bin/python3
"""Calendars on a CalDAV server that answers as none should: the first part of the path says how.

usage: hostile_calendars.py PORT CERTIFICATE KEY
"""
import re
import sys
import urllib.parse
from xml.sax.saxutils import escape

from hostile_server import REFUSED_TOKEN, TlsServer

FLOOD = 50001
KINDS = {"folder": "<collection/>", "user": "<collection/><principal/>", "object": ""}


def booking(number, place=None, more=""):
    hour = 8 + number % 8
    return ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n"
            f"UID:{number}\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:20261123T{hour:02}0000Z\r\nDTEND:20261123T{hour:02}3000Z\r\n"
            f"SUMMARY:Nils {number} – Kontorsplats {place or number}\r\n{more}END:VEVENT\r\nEND:VCALENDAR\r\n")


def response(href, status=None, etag="", data=None):
    if status:
        return f"<response><href>{href}</href><status>HTTP/1.1 {status} X</status></response>"
    content = f"<c:calendar-data>{escape(data)}</c:calendar-data>" if data is not None else ""
    etag = f'<getetag>"{etag}"</getetag>' if etag else ""
    return (f"<response><href>{href}</href><propstat><prop>{etag}{content}</prop><status>HTTP/1.1 200 OK</status>"
            "</propstat></response>")


def answer(*responses, token=None):
    tail = f"<sync-token>{token}</sync-token>" if token else ""
    return 207, ('<multistatus xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:s="http://calendarserver.org/ns/">' +
                 "".join(responses) + tail + "</multistatus>").encode()


class Calendars:
    """Each case has two bookings, 1.ics and 2.ics, unless a method of its own says otherwise: CASE_kind for what the
    address is, CASE_list and CASE_names for what is listed, CASE_get for the objects. The first argument counts."""

    def __init__(self):
        self.counts = {}

    # What a sound calendar answers.

    def listed(self, case, numbers=(1, 2), token="t1"):
        return answer(*(response(f"/{case}/{n}.ics", etag=f"e{n}") for n in numbers), token=token)

    def got(self, case, names, texts=None):
        texts = texts or {}
        return answer(*(response(f"/{case}/{name}", etag=f"e{name[:-4]}",
                                 data=texts.get(name) or booking(int(re.sub(r"\D", "", name) or 1))) for name in names))

    # The cases.

    def other_user_kind(self, _count):
        return 403, b""

    def nowhere_kind(self, _count):
        return 404, b""

    def page_kind(self, _count):
        return 200, b"<!DOCTYPE html><title>Calendar</title>"

    def post_only_kind(self, _count):
        return 405, b""

    def moved_kind(self, _count):
        return 302, b"", {"Location": "/elsewhere/"}

    def ticket_kind(self, _count):
        return 401, b"", {"WWW-Authenticate": "Negotiate"}

    def busy_list(self, _count, _token):
        return 503, b"", {"Retry-After": "120"}

    def empty_list(self, _count, _token):
        return self.listed("empty", ())

    def old_token_list(self, count, token):
        return REFUSED_TOKEN if token else self.listed("old_token", token=f"t{count}")

    def conflict_token_list(self, count, token):
        return (409, REFUSED_TOKEN[1]) if token else self.listed("conflict_token", token=f"t{count}")

    def no_changes_list(self, _count, _token):
        return 501, b""

    def cut_list_list(self, _count, token):
        if not token:
            return answer(response("/cut_list/1.ics", etag="e1"), response("/cut_list/", 507), token="part")
        return self.listed("cut_list", (2, 3) if token == "part" else ())

    def endless_list(self, count, _token):
        return answer(response("/endless/", 507), token=f"t{count}")

    def half_list_list(self, _count, _token):
        return 207, self.listed("half_list")[1][:-40]

    def broken_off_list(self, count, _token):
        """The connection ends within the list, at the second fetch."""
        return (207, b"<multistatus", {"Content-Length": "1000"}) if count == 2 else self.listed("broken_off")

    def deleted_list(self, count, _token):
        return answer(response("/deleted/2.ics", 404), token="t2") if count == 2 else \
            self.listed("deleted", (1, 2) if count == 1 else (), token="t1" if count == 1 else "t2")

    def changed_list(self, count, _token):
        return answer(*([response("/changed/2.ics", etag=f"new{count}")] if count == 2 else []), token="t2") if count > 1 else \
            self.listed("changed")

    def changed_get(self, count, names):
        return self.got("changed", names, {"2.ics": booking(2, 1)} if count == 2 else None)

    def vanished_get(self, _count, names):
        return answer(*(response(f"/vanished/{name}", 404) if name == "2.ics" else
                        response(f"/vanished/{name}", etag="e", data=booking(1)) for name in names))

    def forbidden_object_get(self, _count, names):
        return answer(*(response(f"/forbidden_object/{name}", 403) if name == "2.ics" else
                        response(f"/forbidden_object/{name}", etag="e", data=booking(1)) for name in names))

    def all_forbidden_get(self, _count, names):
        return answer(*(response(f"/all_forbidden/{name}", 403) for name in names))

    def silent_get(self, _count, names):
        return self.got("silent", [name for name in names if name != "2.ics"])

    def spoilt_get(self, _count, names):
        return self.got("spoilt", names, {"2.ics": "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:2"})

    def break_out_get(self, _count, names):
        return self.got("break_out", names, {"1.ics": booking(1)[:-len("END:VCALENDAR\r\n")]})

    def all_spoilt_get(self, _count, names):
        return self.got("all_spoilt", names, {name: "BEGIN:VCARD\r\nEND:VCARD\r\n" for name in names})

    def huge_object_get(self, _count, names):
        return self.got("huge_object", names, {"2.ics": booking(2, more=f"X-A:{'x' * 75}\r\n" * 14000)})

    def large_objects_list(self, count, _token):
        return self.listed("large_objects", range(1, 31) if count == 1 else ())

    def large_objects_get(self, _count, names):
        more = f"X-A:{'x' * 75}\r\n" * 10000
        return self.got("large_objects", names, {name: booking(int(name[:-4]), more=more) for name in names})

    def no_multiget_get(self, _count, _names):
        return 403, b""

    def refused_list(self, _count, _token):
        return self.listed("refused", range(1, 11))

    def refused_get(self, _count, _names):
        return 403, b""

    def bad_one_list(self, count, _token):
        return self.listed("bad_one", range(1, 9) if count == 1 else ())

    def bad_one_get(self, _count, names):
        return (400, b"") if "5.ics" in names else self.got("bad_one", names)

    def unasked_get(self, _count, names):
        return self.got("unasked", [*names, "3.ics", "../unasked/4.ics"])

    def fault_get(self, count, names):
        return (502, b"") if count == 1 else self.got("fault", names)

    def no_etags_list(self, _count, token):
        return answer(*(response(f"/no_etags/{n}.ics") for n in (1, 2)), token="t") if not token else answer(token="t")

    def spelling_list(self, count, _token):
        return answer(*([response("/spelling/a%20%26%c3%a5.ics", etag="e"), response("/spelling/1.ics", etag="e1")]
                        if count == 1 else []), token="t")

    def spelling_get(self, _count, names):
        assert "a &å.ics" in names, names
        return answer(response("https://elsewhere/spelling/a &amp;å.ics", etag="e", data=booking(2)),
                      response("/spelling/%31.ics", etag="e1", data=booking(1)))

    def shrunk_list(self, count, token):
        """Everything is gone at the second fetch: believed at the third."""
        if count == 1:
            return self.listed("shrunk", range(1, 21))
        return REFUSED_TOKEN if token else self.listed("shrunk", ())

    def flood_list(self, _count, _token):
        return answer(*(response(f"/flood/{n}") for n in range(FLOOD)), token="t")

    def laughs_list(self, _count, _token):
        return 207, b'<!DOCTYPE m [<!ENTITY l "lol">]><multistatus xmlns="DAV:"><sync-token>&l;</sync-token></multistatus>'

    def long_names_list(self, count, _token):
        names = ["1", "x" * 700 + "2", "y" * 3000] if count == 1 else []
        return answer(*(response(f"/long_names/{name}.ics", etag="e") for name in names), token="t")

    def call(self, path, what, *arguments):
        """Each path counts by itself, so that a case can be tried several times."""
        method = getattr(self, f"{path.split('/')[1]}_{what}", None)
        self.counts[path, what] = self.counts.get((path, what), 0) + 1
        return method(self.counts[path, what], *arguments) if method else None

    def answer(self, method, path, text):
        case = path.split("/")[1]
        if method == "PROPFIND" and "resourcetype" in text and "getetag" not in text:
            kind = KINDS.get(case, "<collection/><c:calendar/>")
            return self.call(path, "kind") or answer(
                f"<response><href>/{case}/</href><propstat><prop><resourcetype>{kind}</resourcetype></prop>"
                "<status>HTTP/1.1 200 OK</status></propstat></response>")
        if method == "PROPFIND" and "getctag" in text:
            return answer(f"<response><href>/{case}/</href><propstat><prop><s:getctag>c</s:getctag></prop>"
                          "<status>HTTP/1.1 200 OK</status></propstat></response>")
        if method == "PROPFIND":
            return self.call(path, "names") or self.listed(case, token=None)
        if "sync-collection" in text:
            token = re.search("<sync-token>(.*)</sync-token>", text).group(1)
            return self.call(path, "list", token) or self.listed(case, () if token else (1, 2))
        names = [urllib.parse.unquote(href.rsplit("/", 1)[-1]) for href in re.findall("<href>(.*?)</href>", text)]
        return self.call(path, "get", names) or self.got(case, names)


if __name__ == "__main__":
    TlsServer(Calendars(), *sys.argv[1:4]).serve_forever()
