"""Monitors for a compositor that runs with WLR_BACKENDS=x11: each is a window of an X server that nobody sees. Here they are
found, resized, tapped on and unplugged; their pixels are the server's own."""
import os
import re
import socket
import struct
import subprocess

import pixels

INTERN_ATOM, SEND_EVENT, CLIENT_MESSAGE = 16, 25, 33


def windows():
    """The monitors by their X number, the newest first: (number, width, height)."""
    tree = subprocess.run(["xwininfo", "-root", "-children"], capture_output=True, text=True, check=True).stdout
    return [(found[1], int(found[2]), int(found[3]))
            for found in re.finditer(r"^\s+(0x[0-9a-f]+) .*?\s(\d+)x(\d+)\+", tree, flags=re.M)
            if int(found[2]) > 1]


def xdotool(*arguments):
    subprocess.run(["xdotool", *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)


def resize(window, width, height):
    xdotool("windowsize", window, width, height)


def tap(x, y):
    xdotool("mousemove", x, y, "click", 1)


class Server:
    """As much of the X protocol as it takes to ask for a window's closing, which xdotool of Debian 12 cannot."""

    def __init__(self):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(f"/tmp/.X11-unix/X{os.environ['DISPLAY'].lstrip(':')}")
        self.stream = self.socket.makefile("rb")
        self.socket.sendall(struct.pack("<BxHHHHxx", ord("l"), 11, 0, 0, 0))
        self.stream.read(4 * struct.unpack("<H", self.stream.read(8)[6:])[0])
        # The compositor asks only for what the server knows already.
        self.protocols, self.delete = self.atom(b"WM_PROTOCOLS"), self.atom(b"WM_DELETE_WINDOW")

    def atom(self, name):
        self.socket.sendall(struct.pack("<BBHHxx", INTERN_ATOM, 0, 2 + len(name) // 4, len(name)) + name)
        return struct.unpack("<I", self.stream.read(32)[8:12])[0]

    def unplug(self, window):
        number = int(window, 16)
        self.socket.sendall(struct.pack("<BBHII", SEND_EVENT, 0, 11, number, 0) +
                            struct.pack("<BBHIIIIIII", CLIENT_MESSAGE, 32, 0, number, self.protocols, self.delete, 0, 0, 0, 0))


def picture(width, height):
    """What the server shows in its corner, where the newest monitor is."""
    whole = pixels.read_display(os.environ["XVFB_PIXELS"])
    return pixels.Picture(width, height, [row[:3 * width] for row in whole.rows[:height]])
