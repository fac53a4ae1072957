"""Reads pairs of vectors, one JSON object a line; prints the metrics of each as NumPy has them."""
import json
import sys

import numpy as np


def metrics(t, p):
    ccc = 2 * np.mean((t - t.mean()) * (p - p.mean())) / (t.var() + p.var() + (t.mean() - p.mean()) ** 2)
    signs = np.sign(t) == np.sign(p)
    nonzero = t != 0
    return {
        "rmse": np.sqrt(np.mean((p - t) ** 2)),
        "corr": np.corrcoef(t, p)[0, 1],
        "ccc": ccc,
        "sagr": np.mean(signs),
        "nonzero": np.mean(signs[nonzero]) if nonzero.any() else None,
        "zeros": int(np.sum(~nonzero)),
    }


pairs = [json.loads(line) for line in sys.stdin]
print(json.dumps([metrics(np.array(pair["t"], np.float64), np.array(pair["p"], np.float64)) for pair in pairs]))
