"""Writes one small valid file of each kind of PNG, BMP, TIFF, WebP and JPEG into a folder: what the mutations begin with.

    bases.py FOLDER         needs Debian's python3-pil, python3-numpy, libtiff-tools and libjpeg-turbo-progs
"""
import os
import struct
import subprocess
import sys

from PIL import Image

from photograph import ALPHA, GRAY, HEIGHT, IMAGE, WIDE, WIDTH, saved
from valid_bmps import bmps
from valid_pngs import pngs


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
