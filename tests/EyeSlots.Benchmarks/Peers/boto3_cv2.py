#!/usr/bin/python3
"""The job from and to S3 as a data engineer writes it with boto3, OpenCV and pyarrow: the peer to beat.

    boto3_cv2.py LIST s3://BUCKET/IMAGES s3://BUCKET/OUT --endpoint URL [--threads 64] [--processes 2] [--shard 512]

Each process takes every second shard of the list. Its threads read photographs far ahead, over the end of a shard and into the next, while
its main thread cuts the faces and lays them into Parquet, which a thread uploads. No pixels pass between processes. The slot is that of
pyspark_cv2.py, by the same function. Prints images, failures and the seconds of the job alone, without the imports.
Needs python3-boto3 and python3-opencv, pyarrow and pyspark_cv2.py on PYTHONPATH, and keys in the environment.
"""
import argparse
import csv
import time
from collections import deque
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from itertools import islice
from urllib.parse import urlsplit

import boto3
import cv2
import pyarrow as pa
import pyarrow.parquet as pq
from botocore.config import Config
from pyspark_cv2 import crop, parse

AHEAD = 8           # photographs for each thread that are read before they are needed
COLUMNS = ("path", "slot", "width", "height", "angle", "valence", "arousal")


def split(address):
    parts = urlsplit(address)
    return parts.netloc, parts.path.strip("/")


def read_rows(path):
    with open(path, newline="") as f:
        return [(r["subDirectory_filePath"], r["facial_landmarks"], float(r["valence"]), float(r["arousal"])) for r in csv.DictReader(f)]


def client(endpoint, threads):
    config = Config(max_pool_connections=threads + 1, retries={"mode": "standard", "max_attempts": 8}, s3={"addressing_style": "path"})
    return boto3.client("s3", endpoint_url=endpoint, config=config)


def upload(s3, bucket, key, columns):
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), sink, compression="none")
    s3.put_object(Bucket=bucket, Key=key, Body=sink.getvalue().to_pybytes())


def work(shards, images, out, endpoint, threads):
    """Cuts some shards; returns how many faces were cut and how many failed."""
    cv2.setNumThreads(1)
    s3, good, bad = client(endpoint, threads), 0, 0
    (bucket, prefix), (out_bucket, out_prefix) = split(images), split(out)

    def read(row):
        return s3.get_object(Bucket=bucket, Key=f"{prefix}/{row[0]}")["Body"].read()

    with ThreadPoolExecutor(threads) as readers, ThreadPoolExecutor(1) as writer:
        rows = (row for _, part in shards for row in part)
        reads = deque(readers.submit(read, row) for row in islice(rows, AHEAD * threads))
        uploads = []
        for number, part in shards:
            columns = {name: [] for name in COLUMNS}
            for path, landmarks, valence, arousal in part:
                data = reads.popleft()
                reads.extend(readers.submit(read, row) for row in islice(rows, 1))
                try:
                    slot = crop(data.result(), parse(landmarks))
                except Exception:
                    bad += 1
                    continue
                for name, value in zip(COLUMNS, (path, *slot, valence, arousal)):
                    columns[name].append(value)
            good += len(columns["path"])
            uploads.append(writer.submit(upload, s3, out_bucket, f"{out_prefix}/part-{number:05d}.parquet", columns))
        for done in uploads:
            done.result()
    return good, bad


def main():
    p = argparse.ArgumentParser()
    p.add_argument("list")
    p.add_argument("images")
    p.add_argument("out")
    p.add_argument("--endpoint")
    p.add_argument("--threads", type=int, default=64)
    p.add_argument("--processes", type=int, default=2)
    p.add_argument("--shard", type=int, default=512)
    a = p.parse_args()
    started = time.time()
    rows = read_rows(a.list)
    shards = [(i // a.shard, rows[i:i + a.shard]) for i in range(0, len(rows), a.shard)]
    with ProcessPoolExecutor(a.processes) as pool:
        parts = [pool.submit(work, shards[i::a.processes], a.images, a.out, a.endpoint, a.threads // a.processes) for i in range(a.processes)]
        good, bad = (sum(counts) for counts in zip(*(part.result() for part in parts)))
    seconds = time.time() - started
    print(f"images={good} failed={bad} seconds={seconds:.2f} images_per_second={good / seconds:.0f}")


if __name__ == "__main__":
    main()
