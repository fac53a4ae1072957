"""Valid files of each kind of PNG."""
import io
import struct
import zlib

import numpy as np
from PIL import Image

from photograph import HEIGHT, RGB, WIDE, WIDTH


def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def passes(interlaced):
    """First pixel and step of each pass, down and across."""
    adam7 = [(0, 8, 0, 8), (0, 8, 4, 8), (4, 8, 0, 4), (0, 4, 2, 4), (2, 4, 0, 2), (0, 2, 1, 2), (1, 2, 0, 1)]
    return adam7 if interlaced else [(0, 1, 0, 1)]


def png(samples, depth, colour, interlaced, palette=b"", extra=()):
    """Samples of height x width x channels; rows filtered by Sub, Up and None in turn."""
    raw = b""
    for top, down, left, across in passes(interlaced):
        part = samples[top::down, left::across]
        if part.size == 0:
            continue
        bits = ((part[..., None] >> np.arange(depth - 1, -1, -1)) & 1).reshape(part.shape[0], -1).astype(np.uint8)
        rows = np.packbits(bits, axis=1)
        step = max(1, samples.shape[2] * depth // 8)
        before = np.zeros(rows.shape[1], np.uint8)
        for number, row in enumerate(rows):
            moved = np.concatenate([np.zeros(step, np.uint8), row[:-step]]) if len(row) > step else np.zeros_like(row)
            kind, stored = [(0, row), (1, row - moved), (2, row - before)][number % 3]
            raw += bytes([kind]) + stored.tobytes()
            before = row
    packed = zlib.compress(raw, 6)
    half = len(packed) // 2
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, depth, colour, 0, 0, int(interlaced))
    chunks = [chunk(b"IHDR", header), *extra]
    if palette:
        chunks.append(chunk(b"PLTE", palette))
    chunks += [chunk(b"IDAT", packed[:half]), chunk(b"IDAT", packed[half:]), chunk(b"tIME", bytes([7, 230, 1, 2, 3, 4, 5])), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def pngs():
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
    depths = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
    full = np.dstack([WIDE, np.roll(WIDE[:, :, 1], 7)])
    for colour, each in depths.items():
        for depth in each:
            for interlaced in (False, True):
                samples = full[:, :, : channels[colour]] >> (16 - depth)
                palette = b"" if colour != 3 else bytes((i * k) % 256 for i in range(1 << depth) for k in (7, 91, 203))
                yield f"png-{colour}-{depth}-{int(interlaced)}.png", png(samples, depth, colour, interlaced, palette)
    extras = [chunk(b"gAMA", struct.pack(">I", 45455)), chunk(b"tRNS", struct.pack(">HHH", 250, 10, 60)),
              chunk(b"eXIf", b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"), chunk(b"tEXt", b"Title\0x")]
    yield "png-chunks.png", png(RGB.astype(np.uint16), 8, 2, False, extra=extras)
    frames = [Image.fromarray(np.roll(RGB, i, 0)) for i in range(3)]
    out = io.BytesIO()
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:], default_image=False)
    yield "png-animation.png", out.getvalue()
