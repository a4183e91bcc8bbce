"""A message bus on which systemd answers what a test wants: the state and the environment of the kiosk's services. It speaks as
much D-Bus as sd-bus needs (D-Bus Specification: message format, authentication)."""
import contextlib
import os
import socket
import struct
import threading

METHOD_RETURN, ERROR = 2, 3
PATH_PREFIX = "/org/freedesktop/systemd1/unit/"


def align(data, size):
    return data + b"\0" * (-len(data) % size)


def string(text):
    raw = text.encode()
    return struct.pack("<I", len(raw)) + raw + b"\0"


def signature(text):
    return bytes([len(text)]) + text.encode() + b"\0"


def variant(value):
    if isinstance(value, str):
        return align(signature("s"), 4) + string(value)
    items = b""
    for item in value:
        items = align(items, 4) + string(item)
    return align(signature("as"), 4) + struct.pack("<I", len(items)) + items


def message(kind, serial, reply_to, body, body_signature, error=None):
    fields = struct.pack("<BB", 5, 1) + b"u\0" + struct.pack("<I", reply_to)
    for code, kind_of, value in ((4, "s", error), (6, "s", ":1.1"), (7, "s", "org.freedesktop.systemd1"), (8, "g", body_signature)):
        if value:
            fields = align(fields, 8) + bytes([code]) + signature(kind_of)
            fields = align(fields, 4) + string(value) if kind_of == "s" else fields + signature(value)
    head = struct.pack("<BBBBIII", ord("l"), kind, 1, 1, len(body), serial, len(fields))
    return align(head + fields, 8) + body


def parse(head):
    """The path, the member and the serial of a method call whose fields are in `head`."""
    serial, = struct.unpack_from("<I", head, 8)
    end = 16 + struct.unpack_from("<I", head, 12)[0]
    found, at = {}, 16
    while at < end:
        at += -at % 8
        code, kind = head[at], head[at + 2:at + 3]
        at += 4
        if kind == b"g":
            length = head[at]
            found[code] = head[at + 1:at + 1 + length].decode()
            at += length + 2
        elif kind == b"u":
            at += 4
        else:
            at += -at % 4
            length, = struct.unpack_from("<I", head, at)
            found[code] = head[at + 4:at + 4 + length].decode()
            at += length + 5
    return found.get(1, ""), found.get(3, ""), serial


class Bus:
    """`units` maps "satellitkiosk-kms" to {"ActiveState": "active", "Environment": ["A=b"]}; other units are inactive."""

    def __init__(self, folder, units):
        self.units = units
        path = os.path.join(folder, "bus")
        self.env = os.environ | {"DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={path}"}
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(path)
        self.listener.listen()
        threading.Thread(target=self.serve, daemon=True).start()

    def close(self):
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def serve(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.listener.accept()
                with connection, contextlib.suppress(OSError, EOFError):
                    self.talk(connection)

    def value(self, path, name):
        unit = path.removeprefix(PATH_PREFIX).removesuffix("_2eservice").replace("_2d", "-")
        return self.units.get(unit, {}).get(name, {"ActiveState": "inactive", "LoadState": "loaded"}.get(name, []))

    def talk(self, connection):
        stream = connection.makefile("rb")

        def take(size):
            data = stream.read(size)
            if len(data) < size:
                raise EOFError
            return data
        take(1)
        while not (line := stream.readline()).startswith(b"BEGIN"):
            if not line:
                return
            answer = {b"AUTH": b"OK 0123456789abcdef0123456789abcdef\r\n", b"NEGO": b"AGREE_UNIX_FD\r\n",
                      b"DATA": b"OK 0123456789abcdef0123456789abcdef\r\n"}.get(line[:4], b"ERROR\r\n")
            connection.sendall(b"DATA\r\n" if line == b"AUTH EXTERNAL\r\n" else answer)
        serial = 0
        while True:
            head = take(16)
            fields, = struct.unpack_from("<I", head, 12)
            head += take(fields + -fields % 8)
            body = take(struct.unpack_from("<I", head, 4)[0])
            path, member, call = parse(head)
            serial += 1
            if member == "Hello":
                connection.sendall(message(METHOD_RETURN, serial, call, string(":1.1"), "s"))
            elif member == "Get":
                name = body.rstrip(b"\0").rsplit(b"\0", 1)[-1].decode()
                connection.sendall(message(METHOD_RETURN, serial, call, variant(self.value(path, name)), "v"))
            else:
                connection.sendall(message(ERROR, serial, call, b"", "", "org.freedesktop.DBus.Error.UnknownMethod"))
