#!/usr/bin/env python3
"""Speed of the ELBO of a mean-field normal with its gradient beside NumPy: logistic regression of 1,000 rows and 50
columns and an intercept, 64 fixed draws.  One thread.

usage: speed_elbo.py JMH.json [RSTAN.txt]   (bench/run.sh elbo calls it)

NumPy evaluates all draws at once by two matrix products, as a vectorised program would.  RSTAN.txt holds the median time of a step in microseconds,
by speed_elbo.R.  Medians are compared.
"""
import json
import os
import statistics
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
import numpy as np
from scipy.special import expit, log_expit

ROWS, COLUMNS, DRAWS = 1000, 50, 64
random = np.random.default_rng(1)
x = np.c_[np.ones(ROWS), random.standard_normal((ROWS, COLUMNS))]
y = (random.random(ROWS) < expit(x[:, 1:] @ (0.3 / (1 + np.arange(COLUMNS))))).astype(float)
sign = 2 * y - 1
scale = np.r_[10.0, np.full(COLUMNS, 2.5)]
z = random.standard_normal((DRAWS // 2, COLUMNS + 1))
z = np.r_[z, -z]


def target(points):
    eta = points @ x.T
    value = log_expit(eta * sign).sum(1) - 0.5 * ((points / scale) ** 2).sum(1)
    residual = sign * expit(-eta * sign)
    return value, residual @ x - points / scale**2


def elbo(mean, log_scale):
    sd = np.exp(log_scale)
    points = mean + z * sd
    log_q = -0.5 * (z**2).sum(1) - log_scale.sum() - 0.5 * (COLUMNS + 1) * np.log(2 * np.pi)
    value, gradient = target(points)
    return (value - log_q).mean(), gradient.mean(0), (gradient * z * sd).mean(0) + 1


mean, log_scale = np.zeros(COLUMNS + 1), np.zeros(COLUMNS + 1)
times = []
for _ in range(400):
    start = time.perf_counter()
    elbo(mean, log_scale)
    times.append(time.perf_counter() - start)
numpy_time = statistics.median(times) * 1e6
runs = [r for r in json.load(open(sys.argv[1])) if "ElboBenchmark" in r["benchmark"]]
ours = runs[0]["primaryMetric"]["scorePercentiles"]["50.0"]
print("| | microseconds | times ours |\n|---|--:|--:|")
print(f"| Localmass | {ours:.0f} | 1 |")
print(f"| NumPy {np.__version__}, one thread | {numpy_time:.0f} | {numpy_time / ours:.2f} |")
if len(sys.argv) > 2:
    stan = float(open(sys.argv[2]).read().split()[-1])
    print(f"| rstan's ADVI, a step of 64 draws | {stan:.0f} | {stan / ours:.2f} |")
