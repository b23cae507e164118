#!/usr/bin/env python3
"""Local RE-KL of normal distributions in the plane, on discs and outside of them, by mpmath, 20 digits.

usage: rekl_normal_balls.py OUT.json

D is the integral of p f(q/p) in polar coordinates about the disc's centre: the trapezoid rule in the angle, which converges
geometrically, Gauss-Legendre panels in the radius.
"""
import json
import sys

import mpmath as mp

mp.mp.dps = 30
CASES = [
    # mean q, covariance q, mean p, covariance p
    ([0, 0], [[1, 0], [0, 1]], [0, 0], [[2, 0], [0, 2]]),
    ([0.5, -0.25], [[1, 0.5], [0.5, 1]], [0, 0], [[1, 0], [0, 2]]),
    ([0, 0], [[1, 0.75], [0.75, 1]], [0.125, 0], [[1, 0], [0, 1]]),
]
SETS = [("ball", [0, 0], 0.01), ("ball", [0, 0], 1), ("ball", [1, -0.5], 2), ("tail", [0, 0], 2)]
ALPHAS = [0.25, 0.5, 0.9, 1, 1.25]


def density(mean, covariance):
    (a, b), (_, c) = [[mp.mpf(x) for x in row] for row in covariance]
    det = a * c - b * b
    m0, m1 = map(mp.mpf, mean)

    def log(x, y):
        u, v = x - m0, y - m1
        return -(c * u * u - 2 * b * u * v + a * v * v) / (2 * det) - mp.log(2 * mp.pi) - mp.log(det) / 2

    return log


def angular(g, nodes):
    step = 2 * mp.pi / nodes
    return step * sum(g(k * step) for k in range(nodes))


def radial(g, lower, upper):
    cuts = mp.linspace(lower, upper, 2 if upper - lower < 0.1 else 5 if upper < 5 else 9)
    return mp.quad(g, cuts, method="gauss-legendre", maxdegree=4)


def main(out):
    cases = []
    for mean_q, cov_q, mean_p, cov_p in CASES:
        log_q, log_p = density(mean_q, cov_q), density(mean_p, cov_p)
        for kind, centre, r in SETS:
            r0 = mp.mpf(r)
            lower, upper = (mp.mpf(0), r0) if kind == "ball" else (r0, r0 + 16)
            nodes = 16 if r < 0.1 else 72 if kind == "ball" else 200
            cx, cy = map(mp.mpf, centre)

            def over(weight):
                def ring(rho):
                    return rho * angular(
                        lambda t: weight(cx + rho * mp.cos(t), cy + rho * mp.sin(t)), nodes
                    )

                return radial(ring, lower, upper)

            with mp.workdps(20):
                mass_q = over(lambda x, y: mp.exp(log_q(x, y)))
                mass_p = over(lambda x, y: mp.exp(log_p(x, y)))
            for alpha in ALPHAS:
                a = mp.mpf(alpha)

                def integrand(x, y):
                    lq, lp = log_q(x, y), log_p(x, y)
                    if alpha == 1:
                        return mp.exp(lq) * (lq - lp) - mp.exp(lq) + mp.exp(lp)
                    return (mp.exp(a * lq + (1 - a) * lp) - a * mp.exp(lq) + (a - 1) * mp.exp(lp)) / (a - 1)

                with mp.workdps(20):
                    value = over(integrand)
                cases.append(
                    {
                        "q": [mean_q, cov_q],
                        "p": [mean_p, cov_p],
                        "set": kind,
                        "centre": centre,
                        "r": r,
                        "alpha": alpha,
                        "D": mp.nstr(value, 16),
                        "q_mass": mp.nstr(mass_q, 16),
                        "p_mass": mp.nstr(mass_p, 16),
                    }
                )
    with open(out, "w") as file:
        json.dump(
            {"source": "mpmath 1.3.0, 20 digits; regenerate: tools/reference/rekl_normal_balls.py", "cases": cases}, file, indent=0
        )
        file.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])
