#!/usr/bin/env python3
"""Speed of local RE-KL beside SciPy and of its generator beside NumPy: prints the tables of docs/quality/speed.md.

usage: speed_rekl.py JMH.json   (bench/run.sh rekl calls it)

The same pairs, balls and orders as bench's ReklBenchmark.  quad integrates the same integrand p f(q/p) to 1e-12 relative:
with the log densities of scipy.stats, and with densities written out for this one pair.  Medians are compared.  The
generator is the textbook quotient (x**a - a x + a - 1)/(a - 1), whose error near 1 is measured against mpmath.
"""
import json
import math
import statistics
import sys
import time
import warnings

import mpmath
import numpy as np
from scipy import integrate, stats


def q(x):
    return math.exp(-0.5 * x * x) / math.sqrt(2 * math.pi)


def p(x):
    return 2 / (math.pi * math.sqrt(3)) / (1 + x * x / 3) ** 2


def general(alpha):
    law_q, law_p = stats.norm(0, 1), stats.t(3, 0, 1)

    def integrand(x):
        log_p, log_q = law_p.logpdf(x), law_q.logpdf(x)
        return np.exp(log_p) * quotient(alpha, np.exp(log_q - log_p))

    return integrand


def written_out(alpha):
    if alpha == 1:
        return lambda x: q(x) * math.log(q(x) / p(x)) - q(x) + p(x)
    return lambda x: p(x) * ((q(x) / p(x)) ** alpha - alpha * q(x) / p(x) + alpha - 1) / (alpha - 1)


def median(call, seconds=1.0):
    times, until = [], time.perf_counter() + seconds
    while time.perf_counter() < until or len(times) < 3:
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def quotient(alpha, x):
    return x * np.log(x) - x + 1 if alpha == 1 else (x**alpha - alpha * x + alpha - 1) / (alpha - 1)


def density_p(x):
    return 2 / (mpmath.pi * mpmath.sqrt(3)) / (1 + x * x / 3) ** 2


def density_q(x):
    return mpmath.exp(-x * x / 2) / mpmath.sqrt(2 * mpmath.pi)


def exact(alpha, x):
    alpha, x = mpmath.mpf(alpha), mpmath.mpf(x)
    return x * mpmath.log(x) - x + 1 if alpha == 1 else (x**alpha - alpha * x + alpha - 1) / (alpha - 1)


def ours(path):
    with open(path) as file:
        results = json.load(file)
    return {
        (r["benchmark"].rsplit(".", 1)[1], float(r["params"]["alpha"]), float(r["params"].get("radius", r["params"].get("spread")))):
        r["primaryMetric"]["scorePercentiles"]["50.0"]
        for r in results
    }


def two(x):
    return f"{float(f'{x:.1e}'):g}"


def main(path):
    java = ours(path)
    mpmath.mp.dps = 60
    warnings.simplefilter("ignore")  # quad warns where rounding keeps it from the tolerance
    print("| order | radius | quad with `scipy.stats`, times slower | quad, densities written out, times slower | its error |")
    print("|--:|--:|--:|--:|--:|")
    for alpha in (0.5, 1.0):
        for radius in (0.01, 1.0, 10.0):
            times = []
            for g in (general(alpha), written_out(alpha)):
                times.append(1e6 * median(lambda: integrate.quad(g, -radius, radius, epsabs=0, epsrel=1e-12, limit=200)))
            value = integrate.quad(written_out(alpha), -radius, radius, epsabs=0, epsrel=1e-12, limit=200)[0]
            truth = 2 * mpmath.quad(
                lambda x: density_p(x) * exact(alpha, density_q(x) / density_p(x)), mpmath.linspace(0, radius, 6)
            )
            own = java["ball", alpha, radius]
            error = float(abs(value / truth - 1))
            print(f"| {alpha:g} | {radius:g} | {two(times[0] / own)} | {two(times[1] / own)} | {error:.1e} |")
    print()
    gaps = (0.1, 1e-3, 1e-5, 1e-7)
    print("| order | numpy, times slower near 1 | and far from it | " + " | ".join(f"its digits at 1 + {g:g}" for g in gaps) + " |")
    print("|--:|--:|--:|" + "--:|" * len(gaps))
    random = np.random.default_rng(1)
    for alpha in (0.5, 1.0, 1.5):
        ratios, digits = [], []
        for spread in (0.01, 5.0):
            x = np.exp(spread * (2 * random.random(1_000_000) - 1))
            ratios.append(1e3 * median(lambda: quotient(alpha, x)) / java["generator", alpha, spread])
        for gap in gaps:
            truth = exact(alpha, 1 + gap)
            error = abs(mpmath.mpf(float(quotient(alpha, np.float64(1 + gap)))) - truth) / truth
            digits.append(f"{float(-mpmath.log10(error)) if error else 17:.1f}")
        print(f"| {alpha:g} | {two(ratios[0])} | {two(ratios[1])} | " + " | ".join(digits) + " |")


if __name__ == "__main__":
    main(sys.argv[1])
