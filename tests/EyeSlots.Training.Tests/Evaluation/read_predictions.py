"""Reads a file of predictions as pandas does without being told anything; prints its columns and rows, doubles by their bits."""
import json
import struct
import sys

import pandas as pd

path = sys.argv[1]
frame = pd.read_parquet(path) if path.endswith(".parquet") else pd.read_csv(path, float_precision="round_trip")


def cell(value):
    if value is None or value != value:
        return None
    return struct.pack(">d", value).hex() if isinstance(value, float) else value


print(json.dumps({"columns": list(frame.columns), "rows": [[cell(value) for value in row] for row in frame.astype(object).values.tolist()]}))
