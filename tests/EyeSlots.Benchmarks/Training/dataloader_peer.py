"""Batches of the same shards as a researcher makes them: a PyTorch DataLoader with two workers, pyarrow and OpenCV.

usage: dataloader_peer.py ROOT BATCH WORKERS EPOCHS WIDTH HEIGHT
Decoding, sampling and augmentation are those of the program: JPEG, one matrix for flip, shear, rotation and shift together with the scaling,
bilinear at k times the input's size with the edge's pixel outside, the mean of k x k, brightness. Prints for each epoch the faces, the
seconds from its first batch to its last, and the processor seconds of all processes.
"""
import glob
import math
import os
import random
import resource
import sys
import time

import cv2
import numpy as np
import pyarrow.parquet as parquet
import torch
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

SHARDS_SHUFFLED = 16


def matrix(width, height, size, draw):
    """From the input, k times as large, to the crop: about the crop's centre."""
    flip = -1.0 if draw.random() < 0.5 else 1.0
    shear, angle = math.radians(draw.uniform(-5, 5)), math.radians(draw.uniform(-5, 5))
    shift = (width * draw.uniform(-0.05, 0.05), height * draw.uniform(-0.05, 0.05))
    turned = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    linear = np.array([[flip, -math.tan(shear)], [0, 1.0]]) @ turned
    scale = np.diag([width / size[0], height / size[1]])
    to = linear @ scale
    centre = np.array([(width - 1) / 2, (height - 1) / 2])
    offset = centre - to @ np.array([(size[0] - 1) / 2, (size[1] - 1) / 2]) - linear @ np.array(shift)
    return np.hstack([to, offset[:, None]])


def sample(slot, size, draw):
    crop = cv2.imdecode(np.frombuffer(slot, np.uint8), cv2.IMREAD_COLOR)
    height, width = crop.shape[:2]
    larger = tuple(side * min(4, max(1, round(of / side))) for of, side in ((width, size[0]), (height, size[1])))
    seen = cv2.warpAffine(crop, matrix(width, height, larger, draw), larger, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
                          borderMode=cv2.BORDER_REPLICATE)
    if larger != size:
        seen = cv2.resize(seen, size, interpolation=cv2.INTER_AREA)
    return cv2.cvtColor(cv2.convertScaleAbs(seen, alpha=draw.uniform(0.8, 1.2)), cv2.COLOR_BGR2RGB)


class Faces(IterableDataset):
    def __init__(self, root, size):
        self.shards, self.size, self.epoch = sorted(glob.glob(os.path.join(root, "shards", "*.parquet"))), size, 0

    def __iter__(self):
        cv2.setNumThreads(1)
        worker = get_worker_info()
        shards = list(self.shards)
        random.Random(self.epoch).shuffle(shards)
        shards = shards[worker.id::worker.num_workers]
        draw = random.Random(self.epoch * 1000 + worker.id)
        window = max(1, SHARDS_SHUFFLED // worker.num_workers)
        for start in range(0, len(shards), window):
            rows = []
            for shard in shards[start:start + window]:
                table = parquet.read_table(shard, columns=["slot", "valence", "arousal"], use_threads=False)
                rows += zip(table["slot"], table["valence"].to_pylist(), table["arousal"].to_pylist())
            draw.shuffle(rows)
            for slot, valence, arousal in rows:
                if valence is not None and arousal is not None:
                    yield sample(slot.as_buffer(), self.size, draw), np.array([valence, arousal], np.float32)


def processor_seconds():
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def main():
    root, batch, workers, epochs, width, height = sys.argv[1], *map(int, sys.argv[2:])
    torch.set_num_threads(1)
    faces = Faces(root, (width, height))
    print(f"PyTorch {torch.__version__.split('+')[0]}, OpenCV {cv2.__version__}", flush=True)
    for faces.epoch in range(epochs):
        before, count, first = processor_seconds(), 0, None
        for pixels, targets in DataLoader(faces, batch_size=batch, num_workers=workers):
            if first is None:
                first = time.perf_counter()
            else:
                count += len(pixels)
        print(f"faces={count} seconds={time.perf_counter() - first:.4f} processor={processor_seconds() - before:.4f}", flush=True)


main()
