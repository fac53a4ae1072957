"""BMP files as Pillow reads them right."""
import struct

import numpy as np


def bytes_of_masks(data):
    """Pixels of 32 bits with masks as such without: Pillow knows only some masks."""
    (start,) = struct.unpack_from("<I", data, 10)
    width, height = struct.unpack_from("<ii", data, 18)
    wide = np.frombuffer(data, "<u4", width * abs(height), start)
    shifts = [(mask & -mask).bit_length() - 1 for mask in struct.unpack_from("<III", data, 54)]
    plain = sum((wide >> shift & 255) << place for shift, place in zip(shifts, (16, 8, 0)))
    return b"BM" + struct.pack("<IHHI", 0, 0, 0, 54) + struct.pack("<IiiHHIIiiII", 40, width, height, 1, 32, 0, 0, 0, 0, 0, 0) + plain.astype("<u4").tobytes()


def run_lengths(data, width, height, bits):
    """Rows of indices, with room behind each."""
    rows, at = np.zeros((height, (width + 3) // 4 * 4 + 512), np.uint8), 0
    x = y = 0
    while y < height:
        count, value = data[at], data[at + 1]
        at += 2
        if count == 0 and value < 2:
            x, y = 0, y + 1 if value == 0 else height
            continue
        many = count or value
        length = (many * bits + 7) // 8
        packed = bytes([value]) * many if count else data[at : at + length]
        at += 0 if count else (length + 1) // 2 * 2
        rows[y, x : x + many] = list(packed[:many]) if bits == 8 else [packed[i // 2] >> 4 * (1 - i % 2) & 15 for i in range(many)]
        x += many
    return rows


def plain_bmp(data):
    """Run lengths as rows of 8-bit indices, and masks as bytes in their usual order; other files as they are."""
    if struct.unpack_from("<HI", data, 28) == (32, 3) and data[14] != 12:
        return bytes_of_masks(data)
    bits, compression = struct.unpack_from("<HI", data, 28) if data[14] != 12 else (0, 0)
    if compression not in (1, 2):
        return data
    (start,) = struct.unpack_from("<I", data, 10)
    width, height = struct.unpack_from("<ii", data, 18)
    used = min(struct.unpack_from("<I", data, 46)[0] or 256, 1 << bits)
    rows = run_lengths(data[start:], width, height, bits)
    info = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 8, 0, 0, 0, 0, used, 0)
    header = 14 + struct.unpack_from("<I", data, 14)[0]
    palette = data[header : header + 4 * used].ljust(4 * used, b"\0")
    return b"BM" + struct.pack("<IHHI", 0, 0, 0, 54 + len(palette)) + info + palette + rows[:, : (width + 3) // 4 * 4].tobytes()
