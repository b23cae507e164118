"""Experiments 1 to 3 with NumPy, SciPy and Matplotlib, as a user of these would write them: the clock beside
./localmass reproduce small-ball bayes-update directionality.   usage: experiments.py DESIGNS OUT"""
import csv
import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from scipy import stats
from scipy.optimize import minimize
from scipy.special import gammaln

designs, out = Path(sys.argv[1]), Path(sys.argv[2])
out.mkdir(parents=True, exist_ok=True)


def figure(name, panels):
    fig, axes = plt.subplots(1, len(panels), figsize=(3.35, 1.7))
    for ax, (title, curves, logy) in zip(np.atleast_1d(axes), panels):
        for label, x, y in curves:
            ax.plot(x, y, label=label, lw=0.9)
        ax.set_xscale("log")
        if logy:
            ax.set_yscale("log")
        ax.set_title(title, fontsize=7)
        ax.tick_params(labelsize=6)
    np.atleast_1d(axes)[0].legend(fontsize=5)
    fig.tight_layout()
    for ending in ("pdf", "svg", "png"):
        fig.savefig(out / f"{name}.{ending}", dpi=600)
    plt.close(fig)


def table(name, columns, rows):
    with open(out / f"{name}.csv", "w", newline="") as f:
        writer = csv.writer(f)
        writer.writerow(columns)
        writer.writerows(rows)


r = np.geomspace(1e-3, 0.6, 300)
laws = {
    "normal": 2 * stats.norm.cdf(r) - 1,
    "power": r**2,
    "cusp": np.sqrt(r),
    "log": r * (1 - np.log(r)),
    "spike": 0.25 + 0.75 * (2 * stats.norm.cdf(r / 0.35) - 1),
}
slopes = {k: np.gradient(np.log(v), np.log(r)) for k, v in laws.items()}
table("small-ball", ["law", "radius", "mass", "slope"], [(k, x, m, s) for k, v in laws.items() for x, m, s in zip(r, v, slopes[k])])
figure("small-ball", [("mass", [(k, r, v) for k, v in laws.items()], True), ("slope", [(k, r, v) for k, v in slopes.items()], False)])

radii = np.geomspace(0.03, 0.45, 24)
points = stats.qmc.Sobol(6, scramble=True, seed=0).random(32768)
directions = stats.norm.ppf(np.clip(points[:, :5], 1e-12, 1 - 1e-12))
ball = directions / np.linalg.norm(directions, axis=1, keepdims=True) * points[:, 5:] ** 0.2
log_volume = 2.5 * np.log(np.pi) - gammaln(3.5)
rows, means = [], np.zeros((2, 23))
for name in ("breast_cancer", "iris", "wine"):
    for seed in range(5):
        data = np.loadtxt(designs / f"{name}_seed{seed}.csv", delimiter=",", skiprows=1)
        X, y = data[:, 1:6], data[:, 6]

        def objective(t):
            eta = X @ t
            return np.sum(np.logaddexp(0, eta) - y * eta) + t @ t / 8

        def gradient(t):
            return X.T @ (1 / (1 + np.exp(-X @ t)) - y) + t / 4

        def hessian(t):
            p = 1 / (1 + np.exp(-X @ t))
            return (X * (p * (1 - p))[:, None]).T @ X + np.eye(5) / 4

        mode = minimize(objective, np.zeros(5), jac=gradient, hess=hessian, method="trust-exact", options=dict(gtol=1e-12)).x
        covariance = np.linalg.inv(hessian(mode))
        masses = np.zeros((2, 24))
        for k, radius in enumerate(radii):
            x = radius * ball
            for m, (centre, S) in enumerate(((mode, 4 * np.eye(5)), (np.zeros(5), covariance))):
                log = stats.multivariate_normal(np.zeros(5), S).logpdf(x + centre)
                masses[m, k] = log_volume + 5 * np.log(radius) + np.log(np.mean(np.exp(log - log.max()))) + log.max()
        rows += [(name, seed, radius, *masses[:, k]) for k, radius in enumerate(radii)]
        means += np.diff(masses, axis=1) / np.diff(np.log(radii)) / 15
table("bayes-update", ["dataset", "seed", "radius", "prior_log_mass", "posterior_log_mass"], rows)
mid = np.sqrt(radii[1:] * radii[:-1])
figure("bayes-update", [("slope", [("prior", mid, means[0]), ("posterior", mid, means[1])], False)])

R = r**-0.5
forward = R * np.log(R) - R + 1 + R * (1 - np.log(2))
backward = -np.log(R) / R - 1 / R + 1 + (np.log(2) - 0.5) / R
table("directionality", ["radius", "forward", "backward"], zip(r, forward, backward))
figure("directionality", [("forward", [("RE-KL", r, forward)], True), ("backward", [("RE-KL", r, backward)], True)])
