#!/usr/bin/env python3
"""Two common two-sample tests on the scenarios of the discovery study: how often do they raise any alarm?

Classifier two-sample test: scikit-learn's HistGradientBoostingClassifier (defaults), trained on one half of the draws,
statistic = AUC on the other half. Marginal Kolmogorov-Smirnov: the smallest p-value over the parameters times their
number (Holm's first step), at n/tau reference draws. Kernel density test of R's package ks (kde.local.test, d = 2 only,
when Rscript is there): number of grid points that differ. All three are given the same draws as `check`; the threshold of
each statistic is the 95 % quantile over replicates with q = p of the same scenario, so that 5 % false alarms are granted.

    python3 tools/quality/baselines.py FILE [REPLICATES [LENGTH]]

FILE holds one line per replicate; those that are there are not run again. Prints the table of docs/quality/discovery.md;
with 0 replicates nothing is run and the scenarios that are complete with 8 are shown.
"""
import pathlib
import subprocess
import sys
import tempfile
import zlib

import numpy as np
from scipy import stats
from scipy.special import ndtr, ndtri
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score

GRID = np.linspace(-7.5, 7.5, 6001)


def table(law):
    values = np.where(GRID < 0, law.ppf(ndtr(GRID)), law.isf(ndtr(-GRID)))
    return lambda z: np.interp(z, GRID, values)


t3, g03, g06, g2 = table(stats.t(3)), table(stats.gamma(0.3)), table(stats.gamma(0.6)), table(stats.gamma(2))


def same(z):
    return z.copy()


def mode(z, w, sd, at):
    x = z[:, 1:].copy()
    s = ndtr(z[:, 0]) < w
    x[s] = sd * x[s] + at
    return x


def put(z, j, value):
    x = z.copy()
    x[:, j] = value
    return x


def funnel(v, z):
    s = np.exp(v / 2)
    return np.c_[s, z[:, 1:] * s[:, None]]


def rare(z):
    x = z[:, 1:].copy()
    s = ndtr(z[:, 0]) < 0.02
    for j in (4, 9, 14):
        x[s, j] = -ndtri(ndtr(-x[s, j]) * ndtr(-1.3))
    return x


def xor(z):
    x = z[:, 1:].copy()
    s = (ndtr(z[:, 0]) < 0.7) & (x[:, 0] * x[:, 1] * x[:, 2] < 0)
    x[s, 2] *= -1
    return x


def dirichlet(g):
    return g / g.sum(1, keepdims=True)


root6 = np.linalg.cholesky(0.5 * np.eye(20) + 0.5)
s2 = np.log(1 + (1 - 2 / np.pi) / (2 / np.pi))
mu = 0.5 * np.log(2 / np.pi) - 0.5 * s2
low = ndtr(-5 / 3)
m14 = np.array([0, 3.0, 3.0, 0, 0])
# name: d, inputs of p, map of p, inputs of q, map of q
SCENARIOS = {
    "S1": (2, 3, lambda z: mode(z, 0.03, 0.5, 4), 2, same),
    "S2": (10, 11, lambda z: mode(z, 0.02, 0.5, 5 / np.sqrt(10)), 10, same),
    "S3": (50, 51, lambda z: mode(z, 0.01, 1, 7 / np.sqrt(50)), 50, same),
    "S4": (100, 100, same, 100, lambda z: put(z, 37, 0.6 * z[:, 37])),
    "S5": (20, 20, lambda z: put(z, 7, 0.8 * z[:, 3] + 0.6 * z[:, 7]), 20, same),
    "S6": (20, 20, lambda z: z @ root6.T, 20, lambda z: z / np.sqrt(2 - 1 / 10.5)),
    "S7": (10, 10, lambda z: funnel(3 * z[:, 0], z), 10,
           lambda z: funnel(-3 * ndtri(ndtr(-z[:, 0]) * (1 - low)), z)),
    "S8": (5, 5, lambda z: put(z, 0, np.abs(z[:, 0])), 5,
           lambda z: put(z, 0, np.exp(mu + np.sqrt(s2) * z[:, 0]))),
    "S9": (10, 11, lambda z: put(z[:, :10], 2, np.where(ndtr(z[:, 10]) < 0.1, 0, z[:, 2])), 10, same),
    "S10": (30, 31, rare, 30, same),
    "S11": (8, 9, xor, 8, same),
    "S12": (5, 5, lambda z: t3(z), 5, lambda z: 1.25 * z),
    "S13": (10, 10, lambda z: dirichlet(g03(z)), 10, lambda z: dirichlet(g06(z))),
    "S14": (5, 5, same, 6, lambda z: mode(z, 0.03, 0.5, m14)),
    "S15": (4, 4, lambda z: put(z, 1, 0.6 * z[:, 1] + 0.8 * (z[:, 0] ** 2 - 1) / np.sqrt(2)), 4, same),
    "S16": (8, 8, lambda z: put(z, 0, (g2(z[:, 0]) - 2) / np.sqrt(2)), 8, same),
}


def chains(rng, inputs, length, rho=0.5):
    z = rng.standard_normal((4, length, inputs))
    for t in range(1, length):
        z[:, t] = rho * z[:, t - 1] + np.sqrt(1 - rho * rho) * z[:, t]
    return z


def classifier(x, y):
    """AUC on the even chains and half of q, learnt from the rest."""
    def rows(odd):
        return np.r_[x[odd::2].reshape(-1, x.shape[2]), y[odd::2]]

    def labels(odd):
        n = x[odd::2].shape[0] * x.shape[1]
        return np.r_[np.ones(n), np.zeros(len(y[odd::2]))]

    model = HistGradientBoostingClassifier(random_state=0).fit(rows(1), labels(1))
    return roc_auc_score(labels(0), model.predict_proba(rows(0))[:, 1])


def smirnov(x, y, tau=3.0):
    flat = x.reshape(-1, x.shape[2])
    n, m = len(flat) / tau, len(y)
    size = n * m / (n + m)
    p = [stats.kstwobign.sf(np.sqrt(size) * stats.ks_2samp(flat[:, j], y[:, j], method="asymp").statistic)
         for j in range(flat.shape[1])]
    return -np.log(max(1e-300, min(p) * len(p)))


def kernel(x, y):
    """Grid points with a difference, of every third draw (tau is 3); nan where the test is not run."""
    if x.shape[2] > 2 or subprocess.run(["which", "Rscript"], capture_output=True).returncode:
        return float("nan")
    with tempfile.TemporaryDirectory() as folder:
        np.savetxt(f"{folder}/x", x.reshape(-1, x.shape[2])[::3])
        np.savetxt(f"{folder}/y", y[:5000])
        code = (f"suppressMessages(library(ks)); r <- kde.local.test(x1=as.matrix(read.table('{folder}/x')),"
                f"x2=as.matrix(read.table('{folder}/y')));"
                "cat(sum(r$fhat.diff.pos$estimate)+sum(r$fhat.diff.neg$estimate))")
        done = subprocess.run(["Rscript", "-e", code], capture_output=True, text=True)
        return float(done.stdout) if done.returncode == 0 else float("nan")


def main():
    file = pathlib.Path(sys.argv[1])
    replicates = int(sys.argv[2]) if len(sys.argv) > 2 else 10
    length = int(sys.argv[3]) if len(sys.argv) > 3 else 1000
    known = {}
    if file.exists():
        for line in file.read_text().splitlines():
            parts = line.split(",")
            if len(parts) == 4 + 3:
                known[tuple(parts[:4])] = list(map(float, parts[4:]))
    with file.open("a") as out:
        for name, (d, kp, fp, kq, fq) in SCENARIOS.items():
            for null, count in ((1, 2 * replicates), (0, replicates)):
                for r in range(count):
                    key = (name, str(length), str(null), str(r))
                    if key in known:
                        continue
                    rng = np.random.default_rng([zlib.crc32(name.encode()), length, null, r])
                    z = chains(rng, kp, length)
                    x = fp(z.reshape(-1, kp)).reshape(4, length, d)
                    y = fp(rng.standard_normal((20000, kp))) if null else fq(rng.standard_normal((20000, kq)))
                    known[key] = [classifier(x, y), smirnov(x, y), kernel(x, y)]
                    out.write(",".join(key) + "," + ",".join(map(repr, map(float, known[key]))) + "\n")
                    out.flush()
    print("| scenario | runs | classifier (boosted trees) | marginal Kolmogorov-Smirnov | kernel density (ks) |")
    print("|---|---|---|---|---|")
    totals = []
    replicates = replicates or 8
    for name in SCENARIOS:
        if (name, str(length), "0", str(replicates - 1)) not in known:
            continue
        null = np.array([known[(name, str(length), "1", str(r))] for r in range(2 * replicates)])
        alternative = np.array([known[(name, str(length), "0", str(r))] for r in range(replicates)])
        cells = []
        for k in range(3):
            if np.isnan(null[:, k]).any() or np.isnan(alternative[:, k]).any():
                cells.append("")
            else:
                cells.append(f"{np.mean(alternative[:, k] > np.quantile(null[:, k], 0.95)):.2f}")
        totals.append([float(c) if c else np.nan for c in cells])
        print(f"| {name} | {replicates} | " + " | ".join(cells) + " |")
    means = np.nanmean(np.array(totals).reshape(-1, 3), axis=0)
    print("| **mean** | | " + " | ".join(f"{m:.2f}" for m in means[:2]) + " | |")


if __name__ == "__main__":
    main()
