"""Pictures as rows of R, G, B bytes: read from an X server's frame buffer or a PNG file, written as PNG."""
import struct
import zlib


class Picture:
    def __init__(self, width, height, rows):
        self.width, self.height, self.rows = width, height, rows

    def at(self, x, y):
        return tuple(self.rows[y][3 * x:3 * x + 3])

    def __eq__(self, other):
        return self.rows == other.rows


def read_display(path):
    """The file that Xvfb -fbdir keeps: a header of big-endian words, a colour map, 32-bit pixels."""
    with open(path, "rb") as file:
        data = file.read()
    header = struct.unpack(">25I", data[:100])
    size, width, height, line, colours = header[0], header[4], header[5], header[12], header[19]
    start = size + 12 * colours
    rows = []
    for y in range(height):
        row = data[start + y * line:start + y * line + 4 * width]
        rgb = bytearray(3 * width)
        rgb[0::3], rgb[1::3], rgb[2::3] = row[2::4], row[1::4], row[0::4]
        rows.append(bytes(rgb))
    return Picture(width, height, rows)


def write_png(picture, path):
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    head = struct.pack(">IIBBBBB", picture.width, picture.height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in picture.rows), 6)
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b""))


def paeth(left, above, corner):
    guess = left + above - corner
    away = abs(guess - left), abs(guess - above), abs(guess - corner)
    if away[0] <= away[1] and away[0] <= away[2]:
        return left
    return above if away[1] <= away[2] else corner


def unfilter(kind, row, last, step):
    """RFC 2083, section 6."""
    if kind == 2:
        return bytearray((a + b) & 255 for a, b in zip(row, last))
    for i in range(len(row) if kind else 0):
        left = row[i - step] if i >= step else 0
        corner = last[i - step] if i >= step else 0
        row[i] = (row[i] + {1: left, 3: (left + last[i]) // 2, 4: paeth(left, last[i], corner)}[kind]) & 255
    return row


def read_png(path):
    with open(path, "rb") as file:
        data = file.read()
    at, body = 8, b""
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", data[at + 8:at + 18])
        if kind == b"IDAT":
            body += data[at + 8:at + 8 + length]
        at += 12 + length
    step = {2: 3, 6: 4}[colour]
    assert depth == 8
    raw, rows, last = zlib.decompress(body), [], bytearray(step * width)
    for y in range(height):
        start = y * (step * width + 1)
        last = unfilter(raw[start], bytearray(raw[start + 1:start + 1 + step * width]), last, step)
        row = last
        if step == 4:
            row = bytearray(3 * width)
            row[0::3], row[1::3], row[2::3] = last[0::4], last[1::4], last[2::4]
        rows.append(bytes(row))
    return Picture(width, height, rows)
