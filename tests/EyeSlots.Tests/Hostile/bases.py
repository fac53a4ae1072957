"""Writes one small valid file of each kind of PNG, BMP, TIFF, WebP and JPEG into a folder: what the mutations begin with.

    bases.py FOLDER         needs Debian's python3-pil, python3-numpy, libtiff-tools and libjpeg-turbo-progs
"""
import io
import os
import struct
import subprocess
import sys
import zlib

import numpy as np
from PIL import Image

WIDTH, HEIGHT = 45, 38


def photograph():
    """Soft and sharp places, the same in every run."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    soft = np.stack([128 + 90 * np.sin(x / 7 + y / 11), 120 + 80 * np.cos(y / 5), 100 + 2.5 * x], 2)
    noise = np.random.default_rng(5).normal(0, 12, soft.shape)
    soft[12:20, 15:30] = (250, 10, 60)
    return np.clip(soft + noise, 0, 255).astype(np.uint8)


RGB = photograph()
IMAGE = Image.fromarray(RGB)
GRAY = IMAGE.convert("L")
ALPHA = Image.fromarray(np.dstack([RGB, np.roll(RGB[:, :, 0], 9)]))
WIDE = np.asarray(RGB, np.uint16) * 257 - np.minimum(np.asarray(RGB, np.uint16), 90)


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


def saved(image, kind, **how):
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


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


def tiffcp(source, *how):
    with open("in.tif", "wb") as file:
        file.write(source)
    subprocess.run(["tiffcp", *how, "in.tif", "out.tif"], check=True, stderr=subprocess.DEVNULL)
    with open("out.tif", "rb") as file:
        return file.read()


def tiffs():
    images = {"gray": GRAY, "rgb": IMAGE, "rgba": ALPHA, "palette": IMAGE.quantize(200), "cmyk": IMAGE.convert("CMYK"), "bit": IMAGE.convert("1"),
              "graya": GRAY.convert("LA"), "gray16": Image.fromarray(WIDE[:, :, 0])}
    for name, image in images.items():
        plain = saved(image, "TIFF")
        yield f"tiff-{name}.tif", plain
        for packing in ("lzw", "zip", "packbits"):
            predictor = ":2" if packing in ("lzw", "zip") and name not in ("bit", "palette") else ""
            yield f"tiff-{name}-{packing}.tif", tiffcp(plain, "-c", packing + predictor, "-r", "7")
        yield f"tiff-{name}-big.tif", tiffcp(plain, "-B", "-c", "none", "-r", "7")
        yield f"tiff-{name}-tiles.tif", tiffcp(plain, "-t", "-w", "16", "-l", "32", "-c", "lzw")
        if name in ("rgb", "rgba", "cmyk"):
            yield f"tiff-{name}-planes.tif", tiffcp(plain, "-p", "separate", "-c", "lzw", "-r", "9")
            yield f"tiff-{name}-plane-tiles.tif", tiffcp(plain, "-p", "separate", "-t", "-w", "16", "-l", "16", "-c", "zip")
        if name in ("gray", "rgb"):
            yield f"tiff-{name}-jpeg.tif", tiffcp(plain, "-c", "jpeg:r:80" if name == "rgb" else "jpeg:80", "-r", "16")
    yield "tiff-ycc-jpeg.tif", tiffcp(saved(IMAGE, "TIFF"), "-c", "jpeg:80", "-r", "16")
    yield "tiff-ycc-jpeg-tiles.tif", tiffcp(saved(IMAGE, "TIFF"), "-c", "jpeg:80", "-t", "-w", "32", "-l", "16")
    for name in ("g3:1d", "g3:2d", "g4"):
        yield f"tiff-bit-{name.replace(':', '-')}.tif", tiffcp(saved(images["bit"], "TIFF"), "-c", name, "-r", "9")
    wide = tiff16(WIDE)
    yield "tiff-rgb16.tif", wide
    yield "tiff-rgb16-zip.tif", tiffcp(wide, "-c", "zip:2", "-r", "5")
    yield "tiff-lsb.tif", tiffcp(saved(images["bit"], "TIFF"), "-f", "lsb2msb", "-c", "packbits", "-r", "9")
    yield "tiff-pages.tif", saved(IMAGE, "TIFF", save_all=True, append_images=[GRAY, ALPHA])


def tiff16(samples):
    """RGB of 16 bits a channel in one strip, which Pillow does not write."""
    pixels = samples.astype("<u2").tobytes()
    entries = [(256, 3, 1, WIDTH), (257, 3, 1, HEIGHT), (258, 3, 3, 8 + 2 + 10 * 12 + 4), (259, 3, 1, 1), (262, 3, 1, 2),
               (273, 4, 1, 8 + 2 + 10 * 12 + 4 + 6), (274, 3, 1, 6), (277, 3, 1, 3), (278, 3, 1, HEIGHT), (279, 4, 1, len(pixels))]
    directory = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *e) for e in entries) + struct.pack("<I", 0)
    return b"II*\0\x08\0\0\0" + directory + struct.pack("<HHH", 16, 16, 16) + pixels


def webps():
    yield "webp-lossy.webp", saved(IMAGE, "WEBP", quality=80)
    yield "webp-lossless.webp", saved(IMAGE, "WEBP", lossless=True)
    yield "webp-lossless-palette.webp", saved(IMAGE.quantize(12).convert("RGB"), "WEBP", lossless=True)
    yield "webp-alpha.webp", saved(ALPHA, "WEBP", quality=70)
    yield "webp-alpha-lossless.webp", saved(ALPHA, "WEBP", lossless=True, exact=True)
    yield "webp-exif.webp", saved(IMAGE, "WEBP", quality=50, exif=b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0", icc_profile=b"x" * 40)
    yield "webp-animation.webp", saved(IMAGE, "WEBP", save_all=True, append_images=[ALPHA])


def jpegs():
    images = {"gray": GRAY, "rgb": IMAGE, "cmyk": IMAGE.convert("CMYK")}
    for name, image in images.items():
        for progressive in (False, True):
            for sampling in (0, 1, 2) if name == "rgb" else (0,):
                kind = f"{name}-{sampling}" + ("-progressive" if progressive else "")
                yield f"jpeg-{kind}.jpg", saved(image, "JPEG", quality=85, subsampling=sampling, progressive=progressive)
    plain = saved(IMAGE, "JPEG", quality=80)
    with open("scans.txt", "w", encoding="ascii") as script:
        script.write("0;\n1;\n2;\n")
    ways = {"restart": ["-restart", "2B"], "arithmetic": ["-arithmetic"], "optimized": ["-optimize"]}
    ways |= {"scans": ["-scans", "scans.txt"], "scans-restart": ["-scans", "scans.txt", "-restart", "1B"]}
    for name, how in ways.items():
        yield f"jpeg-{name}.jpg", subprocess.run(["jpegtran", *how], input=plain, stdout=subprocess.PIPE, check=True).stdout


def main(folder):
    os.makedirs(folder, exist_ok=True)
    os.chdir(folder)
    for kind in (pngs, bmps, tiffs, webps, jpegs):
        for name, data in kind():
            with open(name, "wb") as file:
                file.write(data)
    for name in ("in.tif", "out.tif", "scans.txt"):
        os.remove(name)


if __name__ == "__main__":
    main(sys.argv[1])
