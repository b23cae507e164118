#!/usr/bin/env python3
"""Masses of the planted regions of the discovery study by simulation with numpy, 400,000 draws of each law.

Writes quality/src/test/resources/org/localmass/quality/scenario-masses.csv. The laws are those of tools/quality/baselines.py.
"""
import pathlib
import sys

import numpy as np

root = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(root / "tools/quality"))
from baselines import SCENARIOS  # noqa: E402

SIZE, BLOCK = 400_000, 20_000
PLANTED = {
    "S1": lambda x: ((x - 4) ** 2).sum(1) < 4,
    "S2": lambda x: x.sum(1) / np.sqrt(10) > 3.5,
    "S3": lambda x: x.sum(1) / np.sqrt(50) > 4,
    "S4": lambda x: np.abs(x[:, 37]) > 0.79,
    "S5": lambda x: x[:, 3] * x[:, 7] > 0.4,
    "S6": lambda x: np.abs(x.mean(1)) > 0.35,
    "S7": lambda x: x[:, 0] < np.exp(-2.5),
    "S8": lambda x: x[:, 0] < 0.15,
    "S9": lambda x: x[:, 2] == 0,
    "S10": lambda x: (x[:, [4, 9, 14]] > 1.3).all(1),
    "S11": lambda x: x[:, 0] * x[:, 1] * x[:, 2] > 0,
    "S12": lambda x: (np.abs(x) > 3.2).any(1),
    "S13": lambda x: x.max(1) > 0.6,
    "S14": lambda x: ((x[:, 1:3] - 3) ** 2).sum(1) < 2,
    "S15": lambda x: x[:, 1] > 0.8 * (x[:, 0] ** 2 - 1) / np.sqrt(2) - 1,
    "S16": lambda x: x[:, 0] > 2,
}
rng = np.random.default_rng(20261124)


def mass(inputs, law, planted):
    hits = sum(int(planted(law(rng.standard_normal((BLOCK, inputs)))).sum()) for _ in range(SIZE // BLOCK))
    return hits / SIZE


lines = [f"# numpy {np.__version__}, {SIZE} draws of each law; regenerate: tools/reference/scenario_masses.py", "scenario,p,q"]
for name, planted in PLANTED.items():
    _, kp, fp, kq, fq = SCENARIOS[name]
    lines.append(f"{name},{mass(kp, fp, planted)},{mass(kq, fq, planted)}")
target = root / "quality/src/test/resources/org/localmass/quality/scenario-masses.csv"
target.write_text("\n".join(lines) + "\n")
