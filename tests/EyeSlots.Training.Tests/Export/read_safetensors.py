"""Reads a safetensors file with numpy alone, and prints what it says and what it holds."""
import json, struct, sys

import numpy

TYPES = {"F32": "<f4", "I64": "<i8"}


def read(path):
    content = open(path, "rb").read()
    length, = struct.unpack_from("<Q", content)
    header, start = json.loads(content[8:8 + length]), 8 + length
    metadata, tensors = header.pop("__metadata__"), {}
    for name, tensor in header.items():
        begin, end = tensor["data_offsets"]
        values = numpy.frombuffer(content[start + begin:start + end], TYPES[tensor["dtype"]])
        assert (start + begin) % values.itemsize == 0, name
        tensors[name] = values.reshape(tensor["shape"])
    assert start % 8 == 0 and max(tensor["data_offsets"][1] for tensor in header.values()) == len(content) - start
    return metadata, tensors


if __name__ == "__main__":
    metadata, tensors = read(sys.argv[1])
    held = {name: {"shape": values.shape, "sum": float(values.astype(float).sum()), "last": float(values.reshape(-1)[-1])} for name, values in tensors.items()}
    print(json.dumps({"metadata": metadata, "tensors": held}))
