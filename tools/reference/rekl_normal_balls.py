#!/usr/bin/env python3
"""Local RE-KL of normal distributions in the plane, on discs and outside of them, by NumPy in extended precision.

usage: rekl_normal_balls.py OUT.json

D is the integral of p f(q/p) in polar coordinates about the disc's centre: the trapezoid rule in the angle, which converges
geometrically, and tanh-sinh in the radius.  Half of the nodes must give the same 16 digits relative to P + Q.
"""
import json
import sys

import numpy as np

REAL = np.longdouble  # 64 bits of significand on x86
CASES = [
    # mean q, covariance q, mean p, covariance p
    ([0, 0], [[1, 0], [0, 1]], [0, 0], [[2, 0], [0, 2]]),
    ([0.5, -0.25], [[1, 0.5], [0.5, 1]], [0, 0], [[1, 0], [0, 2]]),
    ([0, 0], [[1, 0.75], [0.75, 1]], [0.125, 0], [[1, 0], [0, 1]]),
]
SETS = [("ball", [0, 0], 0.01), ("ball", [0, 0], 1), ("ball", [1, -0.5], 2), ("tail", [0, 0], 2)]
ALPHAS = [0.25, 0.5, 0.9, 1, 1.25]
FARTHEST = 18  # the integrand is below 1e-30 beyond
PI = REAL("3.14159265358979323846264338327950288")


def log_density(mean, covariance, x, y):
    (a, b), (_, c) = covariance
    det = REAL(a * c - b * b)
    u, v = x - REAL(mean[0]), y - REAL(mean[1])
    return -(c * u * u - 2 * b * u * v + a * v * v) / (2 * det) - np.log(2 * PI) - np.log(det) / 2


def grid(centre, lower, upper, angles, steps):
    """Points and weights of the ring."""
    t = np.linspace(REAL(-3.5), REAL(3.5), steps)
    h = t[1] - t[0]
    s = PI / 2 * np.sinh(t)
    half = (REAL(upper) - REAL(lower)) / 2
    # distances from the nearer end keep their digits
    edge = 2 * half / (1 + np.exp(2 * np.abs(s)))
    rho = np.where(s < 0, REAL(lower) + edge, REAL(upper) - edge)
    weight = h * half * PI / 2 * np.cosh(t) / np.cosh(s) ** 2 * rho
    theta = 2 * PI * np.arange(angles) / angles
    x = REAL(centre[0]) + rho[:, None] * np.cos(theta)
    y = REAL(centre[1]) + rho[:, None] * np.sin(theta)
    return x, y, weight[:, None] * (2 * PI / angles)


def integrals(case, kind, centre, r, angles, steps):
    mean_q, cov_q, mean_p, cov_p = case
    x, y, w = grid(centre, 0 if kind == "ball" else r, r if kind == "ball" else FARTHEST, angles, steps)
    lq, lp = log_density(mean_q, cov_q, x, y), log_density(mean_p, cov_p, x, y)
    q, p = np.exp(lq), np.exp(lp)
    values = []
    for alpha in ALPHAS:
        a = REAL(alpha)
        g = q * (lq - lp) - q + p if alpha == 1 else (np.exp(a * lq + (1 - a) * lp) - a * q + (a - 1) * p) / (a - 1)
        values.append((w * g).sum())
    return (w * q).sum(), (w * p).sum(), values


def main(out):
    cases = []
    for case in CASES:
        for kind, centre, r in SETS:
            mass_q, mass_p, values = integrals(case, kind, centre, r, 1600, 801)
            _, _, coarse = integrals(case, kind, centre, r, 800, 401)
            for alpha, value, check in zip(ALPHAS, values, coarse):
                if abs(value - check) > 1e-16 * (mass_q + mass_p):
                    raise SystemExit(f"not converged: {case} {kind} {r} {alpha}: {value} {check}")
                cases.append(
                    {
                        "q": list(case[:2]),
                        "p": list(case[2:]),
                        "set": kind,
                        "centre": centre,
                        "r": r,
                        "alpha": alpha,
                        "D": np.format_float_scientific(value, precision=17),
                        "q_mass": np.format_float_scientific(mass_q, precision=17),
                        "p_mass": np.format_float_scientific(mass_p, precision=17),
                    }
                )
    with open(out, "w") as file:
        lines = ",\n".join(json.dumps(case) for case in cases)
        source = "numpy 2.3.4, 64-bit significands; regenerate: tools/reference/rekl_normal_balls.py"
        file.write(f'{{"source": "{source}", "cases": [\n{lines}\n]}}\n')


if __name__ == "__main__":
    main(sys.argv[1])
