"""Reads rows of features, targets and a ridge; prints NumPy's coefficients, of the features as they are, and its intercept."""
import json
import sys

import numpy as np

problem = json.load(sys.stdin)
x, y, ridge = np.array(problem["x"], np.float64), np.array(problem["y"], np.float64), problem["ridge"]
mean, deviation = x.mean(axis=0), x.std(axis=0)
z = (x - mean) / deviation
if ridge == 0:
    solution = np.linalg.lstsq(np.column_stack([z, np.ones(len(z))]), y, rcond=None)[0]
    weights, intercept = solution[:-1], solution[-1]
else:
    weights, intercept = np.linalg.solve(z.T @ z / len(z) + ridge * np.eye(z.shape[1]), z.T @ (y - y.mean()) / len(z)), y.mean()
print(json.dumps({"coefficients": list(weights / deviation), "intercept": intercept - mean @ (weights / deviation), "predictions": list(z @ weights + intercept)}))
