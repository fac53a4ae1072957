"""Decodes each file that gave a crop by Debian's Pillow and compares pixel for pixel.

    compare.py FORMAT FOLDER < frames        FOLDER receives the files that differ; the last line is "compared N differ N unjudged N"

Where Pillow does not give the stored pixels, this is undone or calculated here:
  TIFF   Pillow turns the image by its Orientation tag and divides by alpha that is multiplied already: both tags are changed in a copy.
         Inks become colours by k * (255 - c) / 255; Pillow's own conversion rounds otherwise.
  16 bit Pillow cuts off the low byte of colours, so one level may differ; of gray it keeps both, which are rounded here for PNG,
         (v * 255 + 32895) >> 16, and cut for TIFF, as libtiff does, and white is 0 where the file says so.
  PNG    Pillow shows an animation's first frame: animation chunks are taken out of a copy.
  BMP    Pillow misreads literals of an odd number of 4-bit indices and those that reach beyond a row: run lengths are unpacked here. It
         knows only some masks of 32 bits: such pixels are put into their usual order here.
  WebP   Pillow decodes alpha too, and fails where that alone is broken: it is given the bare image.
  JPEG   Inks become colours as OpenCV does it, which is what the product does. Pillow smooths images whose last scans are missing: it is
         given their coefficients in one scan. Of a file that ends below the slot it fills in gray, where it is told to. So is
         what it does not take for a JPEG, such as a file with bytes between its segments.
"""
import collections
import io
import os
import struct
import subprocess
import sys

import numpy as np
from PIL import Image, ImageFile

from plain_bmp import plain_bmp

ImageFile.LOAD_TRUNCATED_IMAGES = True
Image.MAX_IMAGE_PIXELS = None


def plain_tiff(data):
    """Without orientation, and with samples beyond the colours as alpha that is not multiplied; of one sample, without planes."""
    order = "<" if data[:1] == b"I" else ">"
    (at,) = struct.unpack_from(order + "I", data, 4)
    (count,) = struct.unpack_from(order + "H", data, at)
    entries = {}
    for entry in range(at + 2, at + 2 + 12 * count, 12):
        (tag,) = struct.unpack_from(order + "H", data, entry)
        entries.setdefault(tag, data[entry : entry + 12])
    short = {tag: struct.unpack_from(order + "H", entry, 8)[0] for tag, entry in entries.items()}
    entries.pop(274, None)
    if short.get(338, 2) < 2:
        entries[338] = entries[338][:8] + struct.pack(order + "H", 2) + entries[338][10:]
    if short.get(277, 1) == 1:
        entries.pop(284, None)
    # A new directory behind the file: pixels may lie where the old one does.
    pad = b"\0" * (len(data) % 2)
    new = struct.pack(order + "H", len(entries)) + b"".join(entries.values()) + bytes(4)
    return data[:4] + struct.pack(order + "I", len(data) + len(pad)) + data[8:] + pad + new


def still_png(data):
    """The chunks up to IEND, without those of an animation."""
    out, at = data[:8], 8
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        name = data[at + 4 : at + 8]
        if name in (b"IHDR", b"PLTE", b"IDAT", b"IEND"):
            out += data[at : at + 12 + length]
        at += 12 + length
        if name == b"IEND":
            break
    return out


def bare_webp(data):
    """The image's chunk alone."""
    at, end = 12, 8 + struct.unpack_from("<I", data, 4)[0]
    while at + 8 <= end:
        (length,) = struct.unpack_from("<I", data, at + 4)
        if data[at : at + 4] in (b"VP8 ", b"VP8L"):
            body = data[at : at + 8 + length] + b"\0" * (length & 1)
            return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body
        at += 8 + length + (length & 1)
    return data


def is_whole(data):
    """Whether a JPEG is sequential, or its scans bring each coefficient to its last bit."""
    at, missing = 2, {}
    while at + 4 <= len(data):
        if data[at] != 255 or data[at + 1] in (0, 1, 255, *range(0xD0, 0xD9)):
            at += 1
            continue
        marker, body = data[at + 1], data[at + 4 : at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")]
        if marker == 0xD9:
            break
        if marker in (0xC2, 0xCA) and not missing:
            missing = {component: set(range(64)) for component in body[6::3]}
        if marker == 0xDA and missing:
            first, last, bits = body[-3], body[-2], body[-1] & 15
            for component in body[1:-3:2]:
                band = set(range(first, last + 1))
                missing[component] = missing[component] | band if bits else missing[component] - band
        at += 2 + len(body) + 2
    return not any(missing.values())


def sequential(data):
    """The same coefficients in one scan, by jpegtran."""
    return subprocess.run(["jpegtran", "-copy", "all", "-optimize"], input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout


COPIES = {"bmp": plain_bmp, "png": still_png, "tiff": plain_tiff, "webp": bare_webp, "jpeg": bytes}


def pixels(kind, data):
    """Height x width x 3, and by how much a value may differ."""
    if kind == "jpeg" and not is_whole(data):
        data = sequential(data)
    data = COPIES[kind](data)
    try:
        image = Image.open(io.BytesIO(data))
    except Image.UnidentifiedImageError:
        if kind != "jpeg":
            raise
        image = Image.open(io.BytesIO(sequential(data)))
    deep = kind == "png" and data[24] == 16 or kind == "tiff" and image.tag_v2.get(258, (1,))[0] == 16
    image.load()
    if image.mode.startswith("I"):
        wide = np.asarray(image).astype(np.int64)
        gray = (wide * 255 + 32895) >> 16 if kind == "png" else wide >> 8
        if kind == "tiff" and image.tag_v2[262] == 0:
            gray = 255 - gray
        return np.stack([gray] * 3, 2), 0
    if image.mode == "CMYK" and kind == "tiff":
        inks = 255 - np.asarray(image).astype(np.int64)
        return inks[:, :, 3:] * inks[:, :, :3] // 255, 0
    if image.mode == "CMYK":
        inks = 255 - np.asarray(image).astype(np.int64)  # as stored: Pillow inverts them
        return inks[:, :, 3:] - ((255 - inks[:, :, :3]) * inks[:, :, 3:] >> 8), 0
    return np.asarray(image.convert("RGBA"))[:, :, :3].astype(np.int64), 1 if deep else 0


def main(kind, folder):
    source = sys.stdin.buffer
    seen = collections.Counter()
    while head := source.read(32):
        number, x, y, width, height, length, size = struct.unpack("<q6i", head)
        data, crop = source.read(length), np.frombuffer(source.read(size), np.uint8).reshape(height, width, 3)
        try:
            reference, most = pixels(kind, data)
            part = reference[y : y + height, x : x + width]
            differs = part.shape != crop.shape or np.abs(part - crop).max() > most
            end = "differ" if differs else "compared"
        except Exception as error:  # whatever Pillow cannot decode
            end = "unjudged"
            print(f"{number} unjudged: {type(error).__name__} {error}"[:200])
        seen[end] += 1
        if end != "compared" and seen[end] <= 20:
            with open(os.path.join(folder, f"{kind}-{number}-{end}"), "wb") as file:
                file.write(data)
    print(" ".join(f"{end} {seen[end]}" for end in ("compared", "differ", "unjudged")))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
