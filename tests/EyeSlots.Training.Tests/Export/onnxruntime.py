"""In the place of ONNX Runtime for Python, of which Debian has no package: lays down the bytes that it is given."""
import json, os, types

import numpy


class InferenceSession:
    def __init__(self, path):
        assert os.path.exists(path), path
        self.shape = json.load(open("input.json"))

    def get_inputs(self):
        return [types.SimpleNamespace(name="pixels", shape=["N", *self.shape])]

    def run(self, outputs, feeds):
        pixels, = feeds.values()
        assert outputs is None and list(feeds) == ["pixels"] and pixels.dtype == numpy.uint8 and list(pixels.shape[1:]) == self.shape, pixels.shape
        numpy.ascontiguousarray(pixels).tofile("pixels.bin")
        return [numpy.zeros((len(pixels), 2), "float32")]
