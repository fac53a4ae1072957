"""The one small picture that all valid files show, and its other kinds of pixels."""
import io

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


def saved(image, kind, **how):
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()
