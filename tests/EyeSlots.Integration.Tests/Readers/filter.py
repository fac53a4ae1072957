"""Asks a reader for rows by filters that it may push down to statistics: filter.py pandas|spark PATH PATH_OF_IMAGE..."""
import os
import sys


def pandas_rows(path, image):
    import pyarrow.parquet
    return pyarrow.parquet.read_table(path, filters=[("image_path", "==", image)]).num_rows


def spark_rows(path, image):
    from pyspark.sql import SparkSession
    frame = SparkSession.builder.getOrCreate().read.parquet(path)
    return frame.where(frame.image_path == image).count()


rows = pandas_rows if sys.argv[1] == "pandas" else spark_rows
with open(sys.argv[2], "w") as out:
    for name in sys.argv[4:]:
        out.write(f"{rows(sys.argv[3], name)}\n")
if sys.argv[1] == "pandas":
    os._exit(0)  # pyarrow's threads now and then abort an interpreter that ends the usual way
