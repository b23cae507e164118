#!/usr/bin/env python3
"""Local RE-KL of pairs of laws by mpmath, 30 digits.

usage: rekl.py OUT.json

Every integral is taken by tanh-sinh quadrature between the points at which one of the densities is not smooth; half-lines and
poles are mapped by x = c +- e^s. D is the integral of p f(q/p) plus the recession slope times the mass of q where p is 0.
"""
import json
import sys

import mpmath as mp

mp.mp.dps = 30
INF = mp.inf


def f(alpha, x):
    if alpha == 1:
        return x * mp.log(x) - x + 1 if x else mp.mpf(1)
    return (x**alpha - alpha * x + alpha - 1) / (alpha - 1)


def slope(alpha):
    return alpha / (1 - alpha) if alpha < 1 else INF


def normal(m, s):
    m, s = mp.mpf(m), mp.mpf(s)
    return lambda x: mp.exp(-((x - m) / s) ** 2 / 2) / (s * mp.sqrt(2 * mp.pi))


def student(nu, m, s):
    nu, m, s = mp.mpf(nu), mp.mpf(m), mp.mpf(s)
    c = mp.gamma((nu + 1) / 2) / (mp.gamma(nu / 2) * mp.sqrt(nu * mp.pi) * s)
    return lambda x: c * (1 + ((x - m) / s) ** 2 / nu) ** (-(nu + 1) / 2)


def laplace(m, b):
    m, b = mp.mpf(m), mp.mpf(b)
    return lambda x: mp.exp(-abs(x - m) / b) / (2 * b)


def gamma(a, b):
    a, b = mp.mpf(a), mp.mpf(b)
    return lambda x: b**a / mp.gamma(a) * x ** (a - 1) * mp.exp(-b * x) if x > 0 else mp.mpf(0)


def lognormal(m, s):
    m, s = mp.mpf(m), mp.mpf(s)
    return lambda x: mp.exp(-((mp.log(x) - m) / s) ** 2 / 2) / (x * s * mp.sqrt(2 * mp.pi)) if x > 0 else mp.mpf(0)


def inv_gamma(a, b):
    a, b = mp.mpf(a), mp.mpf(b)
    return lambda x: b**a / mp.gamma(a) * x ** (-a - 1) * mp.exp(-b / x) if x > 0 else mp.mpf(0)


def horseshoe(tau):
    tau = mp.mpf(tau)
    k = 1 / mp.sqrt(2 * mp.pi**3)

    def density(x):
        z = (x / tau) ** 2 / 2
        return k / tau * mp.exp(z) * mp.e1(z)

    return density


def uniform(a, b):
    a, b = mp.mpf(a), mp.mpf(b)
    return lambda x: 1 / (b - a) if a <= x <= b else mp.mpf(0)


def log_cauchy():
    return lambda x: 1 / (mp.pi * x * (1 + mp.log(x) ** 2)) if x > 0 else mp.mpf(0)


# text, density, ends of the support and points where it is not smooth
LAWS = {
    "normal(0, 1)": (normal(0, 1), -INF, INF, []),
    "normal(0.3, 0.5)": (normal(0.3, 0.5), -INF, INF, []),
    "normal(1, 2)": (normal(1, 2), -INF, INF, []),
    "student_t(3, 0, 1)": (student(3, 0, 1), -INF, INF, []),
    "student_t(1.5, 0.2, 2)": (student(1.5, 0.2, 2), -INF, INF, []),
    "double_exponential(0, 1)": (laplace(0, 1), -INF, INF, [0]),
    "gamma(0.3, 1)": (gamma(0.3, 1), 0, INF, []),
    "gamma(2.5, 2)": (gamma(2.5, 2), 0, INF, []),
    "lognormal(0, 1)": (lognormal(0, 1), 0, INF, []),
    "inv_gamma(2, 1)": (inv_gamma(2, 1), 0, INF, []),
    "horseshoe(1)": (horseshoe(1), -INF, INF, [0]),
    "uniform(-1, 2)": (uniform(-1, 2), -1, 2, []),
}

PAIRS = [
    ("normal(0, 1)", "student_t(3, 0, 1)"),
    ("student_t(3, 0, 1)", "normal(0, 1)"),
    ("normal(0.3, 0.5)", "double_exponential(0, 1)"),
    ("double_exponential(0, 1)", "normal(1, 2)"),
    ("student_t(1.5, 0.2, 2)", "student_t(3, 0, 1)"),
    ("gamma(0.3, 1)", "gamma(2.5, 2)"),
    ("gamma(2.5, 2)", "lognormal(0, 1)"),
    ("lognormal(0, 1)", "inv_gamma(2, 1)"),
    ("inv_gamma(2, 1)", "gamma(0.3, 1)"),
    ("horseshoe(1)", "normal(0, 1)"),
    ("normal(0, 1)", "horseshoe(1)"),
    ("uniform(-1, 2)", "normal(0.3, 0.5)"),
    ("normal(0.3, 0.5)", "uniform(-1, 2)"),
    ("uniform(-1, 2)", "horseshoe(1)"),
]

# orders from 1 on only where the divergence is finite on every set
ALPHAS = {pair: (0.3, 0.5, 0.9) for pair in PAIRS}
ALPHAS[("normal(0, 1)", "student_t(3, 0, 1)")] = (0.3, 0.9, 1.0, 2.0)
ALPHAS[("student_t(3, 0, 1)", "normal(0, 1)")] = (0.5, 1.0)
ALPHAS[("normal(0.3, 0.5)", "double_exponential(0, 1)")] = (0.5, 1.0, 1.7)
ALPHAS[("double_exponential(0, 1)", "normal(1, 2)")] = (0.3, 1.0)
ALPHAS[("gamma(2.5, 2)", "lognormal(0, 1)")] = (0.5, 1.0)
ALPHAS[("lognormal(0, 1)", "inv_gamma(2, 1)")] = (0.5, 1.0)
ALPHAS[("normal(0, 1)", "horseshoe(1)")] = (0.5, 1.0, 2.0)
ALPHAS[("uniform(-1, 2)", "normal(0.3, 0.5)")] = (0.3, 1.0, 2.0)
ALPHAS[("uniform(-1, 2)", "horseshoe(1)")] = (0.3, 1.0, 3.0)

# centre and radius; "tail": |x| >= R; "all"
SETS = [(0, "1e-8"), ("0.7", "1.5"), (3, "0.25"), ("tail", 5), ("tail", "0.5"), ("all", 0)]


def parts(kind, size):
    if kind == "all":
        return [(-INF, INF)]
    if kind == "tail":
        return [(-INF, -mp.mpf(float(size))), (mp.mpf(float(size)), INF)]
    c, r = mp.mpf(float(kind)), mp.mpf(float(size))
    return [(c - r, c + r)]


def integral(g, a, b):
    """The integral over (a, b), whose inside is smooth; both ends may be singular or infinite."""
    if not a < b:
        return mp.mpf(0)
    if a == -INF and b == INF:
        return integral(g, a, mp.mpf(0)) + integral(g, mp.mpf(0), b)
    if a == -INF:
        return integral(lambda x: g(-x), -b, INF)
    cuts = [mp.mpf(s) for s in (-300, -100, -30, -10, -3, -1, "-0.3", "-0.1", 0, 1, 2, 3, 5, 10, 30, 100, 300)]
    if b == INF:
        return mp.quad(lambda s: g(a + mp.exp(s)) * mp.exp(s), cuts)
    half = (b - a) / 2
    inner = [s for s in cuts if s <= 0]
    return sum(
        mp.quad(lambda s: g(end + side * half * mp.exp(s)) * half * mp.exp(s), inner) for end, side in ((a, 1), (b, -1))
    )


MASSES = {}


def mass(name, u, v):
    if (name, u, v) not in MASSES:
        MASSES[name, u, v] = integral(LAWS[name][0], u, v)
    return MASSES[name, u, v]


def on(name_q, name_p, alpha, pieces):
    q, lq, uq, cq = LAWS[name_q]
    p, lp, up, cp = LAWS[name_p]
    total = massq = massp = mp.mpf(0)
    for a, b in pieces:
        ends = sorted({mp.mpf(e) for e in [a, b, lq, uq, lp, up, *cq, *cp] if a <= e <= b})
        for u, v in zip(ends, ends[1:]):
            has_q = lq <= u and v <= uq
            has_p = lp <= u and v <= up
            mq = mass(name_q, u, v) if has_q else mp.mpf(0)
            mpp = mass(name_p, u, v) if has_p else mp.mpf(0)
            massq += mq
            massp += mpp
            if has_q and has_p:
                def g(x):
                    y, z = q(x), p(x)
                    if z == 0:
                        return mp.mpf(0)
                    return z * f(alpha, y / z)
                total += integral(g, u, v)
            elif has_q:
                total += slope(alpha) * mq
            elif has_p:
                total += mpp
    return total, massq, massp


def main(out):
    cases = []
    for name_q, name_p in PAIRS:
        for kind, size in SETS:
            if kind == 0 and {name_q, name_p} & {"lognormal(0, 1)", "inv_gamma(2, 1)"}:
                continue  # no power at 0: this quadrature loses digits there
            for alpha in ALPHAS[(name_q, name_p)]:
                value, massq, massp = on(name_q, name_p, mp.mpf(alpha), parts(kind, size))
                cases.append(
                    {
                        "q": name_q,
                        "p": name_p,
                        "alpha": alpha,
                        "at": str(kind),
                        "size": float(size),
                        "D": mp.nstr(value, 25),
                        "q_mass": mp.nstr(massq, 25),
                        "p_mass": mp.nstr(massp, 25),
                    }
                )
    with open(out, "w") as file:
        json.dump({"source": "mpmath 1.3.0, 30 digits; regenerate: tools/reference/rekl.py", "cases": cases}, file, indent=0)
        file.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])
