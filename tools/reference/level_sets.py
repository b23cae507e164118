#!/usr/bin/env python3
"""Values of projections and distances of normal scores, with numpy: interpolation, triangular product, norm.

Writes core/src/test/resources/org/localmass/core/region/level-sets.json.
"""
import json
import pathlib

import numpy as np

rng = np.random.default_rng(20261124)
d, points = 4, 12
knots, scores = [], []
for j in range(d):
    k = 3 + 2 * j
    knots.append(np.cumsum(rng.uniform(0.1, 2, k)) - 3)
    scores.append(np.cumsum(rng.uniform(0.1, 1, k)) - 2)
triangle = np.tril(rng.normal(size=(d, d)))
np.fill_diagonal(triangle, rng.uniform(0.5, 2, d))
weights, centre = rng.normal(size=d), rng.normal(size=d)
x = rng.normal(scale=4, size=(points, d))
x[0, 0], x[1, 1], x[2, 2] = knots[0][0], knots[1][-1], 1e9


def score(j, v):
    """Piecewise linear; beyond the ends the mean slope of the last three pieces; clipped to [-8, 8]."""
    a, z = knots[j], scores[j]
    n = min(3, len(a) - 1)
    if v < a[0]:
        v = z[0] + (z[n] - z[0]) / (a[n] - a[0]) * (v - a[0])
    elif v > a[-1]:
        v = z[-1] + (z[-1] - z[-1 - n]) / (a[-1] - a[-1 - n]) * (v - a[-1])
    else:
        v = np.interp(v, a, z)
    return float(np.clip(v, -8, 8))


z = np.array([[score(j, v) for j, v in enumerate(row)] for row in x])
out = {
    "made": f"numpy {np.__version__}; regenerate: tools/reference/level_sets.py",
    "knots": [list(map(float, k)) for k in knots],
    "scores": [list(map(float, s)) for s in scores],
    "triangle": [list(map(float, triangle[i, : i + 1])) for i in range(d)],
    "weights": weights.tolist(),
    "centre": centre.tolist(),
    "points": x.tolist(),
    "normalScores": z.tolist(),
    "projection": (z @ weights).tolist(),
    "distance": np.linalg.norm(z @ triangle.T - centre, axis=1).tolist(),
    "transposed": (triangle.T @ weights).tolist(),
    "solved": np.linalg.solve(triangle, centre).tolist(),
}
root = pathlib.Path(__file__).resolve().parents[2]
target = root / "core/src/test/resources/org/localmass/core/region/level-sets.json"
target.write_text(json.dumps(out, indent=1) + "\n")
