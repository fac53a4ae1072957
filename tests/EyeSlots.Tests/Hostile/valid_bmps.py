"""Valid files of each kind of BMP."""
import struct

import numpy as np

from photograph import GRAY, HEIGHT, IMAGE, RGB, WIDTH, saved


def bmp(header, bits, pixels, compression=0, palette=b"", masks=b"", height=HEIGHT, width=WIDTH):
    """Pixels: rows as stored, each a multiple of 4 bytes unless compressed."""
    if header == 12:
        info = struct.pack("<IHHHH", 12, width, height, 1, bits)
    else:
        size = struct.pack("<IiiHHIIiiII", header, width, height, 1, bits, compression, len(pixels), 2835, 2835, len(palette) // 4, 0)
        info = size + masks + b"\0" * max(0, header - 40 - len(masks))
    start = 14 + len(info) + len(palette)
    return b"BM" + struct.pack("<IHHI", start + len(pixels), 0, 0, start) + info + palette + pixels


def rows_of(bits, indices, flipped=True):
    packed = np.packbits(((indices[..., None] >> np.arange(bits - 1, -1, -1)) & 1).reshape(indices.shape[0], -1).astype(np.uint8), axis=1)
    packed = np.pad(packed, ((0, 0), (0, -packed.shape[1] % 4)))
    return (packed[::-1] if flipped else packed).tobytes()


def run_lengths(indices, four):
    """Runs and literals by turns, in rows from below, ended as the format wants."""
    out = b""
    for row in indices[::-1]:
        at = 0
        while at < len(row):
            if at % 3 == 0 and len(row) - at > 8:
                literal = row[at : at + 7]
                body = bytes(literal) if not four else bytes((literal[i] << 4) | (literal[i + 1] if i + 1 < 7 else 0) for i in range(0, 7, 2))
                out += bytes([0, 7]) + body + b"\0" * (len(body) % 2)
                at += 7
            else:
                run = 1
                while at + run < len(row) and row[at + run] == row[at] and run < 255:
                    run += 1
                out += bytes([run, row[at] * 17 if four else row[at]])
                at += run
        out += b"\0\0"
    return out[:-2] + b"\0\1"


def bmps():
    gray = np.asarray(GRAY)
    for bits in (1, 4, 8):
        indices = gray >> (8 - bits)
        palette = bytes((i * k) % 256 for i in range(1 << bits) for k in (7, 91, 203, 0))
        yield f"bmp-{bits}.bmp", bmp(40, bits, rows_of(bits, indices), palette=palette)
        yield f"bmp-{bits}-top.bmp", bmp(40, bits, rows_of(bits, indices, False), palette=palette, height=-HEIGHT)
        short = b"".join(palette[4 * i : 4 * i + 3] for i in range(1 << bits))
        yield f"bmp-{bits}-os2.bmp", bmp(12, bits, rows_of(bits, indices), palette=short)
        if bits > 1:
            yield f"bmp-{bits}-rle.bmp", bmp(40, bits, run_lengths(indices, bits == 4), 2 if bits == 4 else 1, palette)
    packed = (RGB.astype(np.uint16) >> 3) @ np.array([1 << 10, 1 << 5, 1], np.uint16)
    rows16 = np.pad(packed, ((0, 0), (0, WIDTH % 2))).astype("<u2")[::-1].tobytes()
    yield "bmp-555.bmp", bmp(40, 16, rows16)
    yield "bmp-565.bmp", bmp(40, 16, rows16, 3, masks=struct.pack("<III", 0xF800, 0x7E0, 0x1F))
    yield "bmp-24.bmp", saved(IMAGE, "BMP")
    yield "bmp-24-os2.bmp", bmp(12, 24, np.pad(RGB[::-1, :, ::-1].reshape(HEIGHT, -1), ((0, 0), (0, -3 * WIDTH % 4))).tobytes())
    rows32 = np.dstack([RGB[:, :, ::-1], RGB[:, :, 0]])[::-1].tobytes()
    yield "bmp-32.bmp", bmp(40, 32, rows32)
    yield "bmp-32-masks.bmp", bmp(108, 32, rows32, 3, masks=struct.pack("<IIII", 0xFF0000, 0xFF00, 0xFF, 0xFF000000))
    yield "bmp-32-v5.bmp", bmp(124, 32, rows32, 3, masks=struct.pack("<IIII", 0xFF0000, 0xFF00, 0xFF, 0xFF000000))
