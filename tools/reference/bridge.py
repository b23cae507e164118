"""The optimal bridge of Meng and Wong solved by root finding, and its relative error for independent draws.
usage: bridge.py DIR    writes bridge.json: logs at both sets of draws, log of the ratio, relative error."""
import json
import sys

import numpy as np
import scipy
from scipy.optimize import brentq

rng = np.random.default_rng(5)
cases = []
for name, n1, n2, shift, effective in (("near", 40, 40, 0.3, 40), ("far", 60, 60, 5.0, 25), ("huge", 30, 50, 800.0, 30)):
    x = rng.normal(0, 1, n1)
    y = rng.normal(0.4, 1.5, n2)

    def l(t):
        return shift - t**2 / 2 + ((t - 0.4) / 1.5) ** 2 / 2 + np.log(1.5) + 0.5 * np.log(2 * np.pi)

    l1, l2 = np.round(l(x), 6), np.round(l(y), 6)
    s1, s2 = effective / (effective + n2), n2 / (effective + n2)

    def gap(log_r):
        above = np.mean(1 / (s1 + s2 * np.exp(log_r - l2)))
        below = np.mean(1 / (s1 * np.exp(l1 - log_r) + s2))
        return np.log(above) - np.log(below)

    root = brentq(gap, np.min(l1) - 50, np.max(l2) + 50, xtol=1e-13)
    f1 = 1 / (s1 + s2 * np.exp(root - l2))
    f2 = 1 / (s1 * np.exp(l1 - root) + s2)
    second = [np.var(f1, ddof=1) / np.mean(f1) ** 2 / n2, np.var(f2, ddof=1) / np.mean(f2) ** 2]
    cases.append(dict(name=name, l1=l1.tolist(), l2=l2.tolist(), effective=effective, logRatio=root, firstPart=second[0], secondPart=second[1]))
json.dump(dict(source=f"numpy {np.__version__}, scipy {scipy.__version__}; regenerate: tools/reference/bridge.py", cases=cases),
          open(sys.argv[1] + "/bridge.json", "w"), indent=0)
