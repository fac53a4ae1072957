"""Prints every value of Parquet files as sorted lines, as RowDump.cs does: dump.py pandas|spark PATH..."""
import hashlib
import math
import os
import struct
import sys

COLUMNS = ["list", "image_path", "face_index", "slot", "width", "height", "center_x", "center_y", "box_width", "box_height", "theta",
           "coverage", "image_width", "image_height", "expression", "valence", "arousal"]
FLOATS = {"center_x", "center_y", "box_width", "box_height", "theta", "coverage", "valence", "arousal"}


def text(name, value):
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "null"
    if name == "slot":
        return hashlib.sha256(bytes(value)).hexdigest()
    if name in FLOATS:
        return struct.pack(">d", float(value)).hex()
    return value if isinstance(value, str) else str(int(value))


def pandas_rows(paths):
    import pandas
    frame = pandas.concat([pandas.read_parquet(path) for path in paths])
    assert list(frame.columns) == COLUMNS, list(frame.columns)
    return frame.itertuples(index=False, name=None)


def spark_rows(paths):
    from pyspark.sql import SparkSession
    spark = SparkSession.builder.getOrCreate()
    frame = spark.read.parquet(*paths)
    assert frame.columns == COLUMNS, frame.columns
    return [tuple(row) for row in frame.collect()]


def main():
    with open(sys.argv[3]) as names:
        paths = names.read().split("\n")
    rows = (pandas_rows if sys.argv[1] == "pandas" else spark_rows)(paths)
    lines = sorted("|".join(text(name, value) for name, value in zip(COLUMNS, row)) for row in rows)
    with open(sys.argv[2], "w") as out:
        out.write("\n".join(lines))


main()
if sys.argv[1] == "pandas":
    os._exit(0)  # pyarrow's threads now and then abort an interpreter that ends the usual way
