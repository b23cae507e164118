"""Location-scale maps with drivers fitted to weighted points, written with numpy's matrices (no code shared with the Java class).
usage: driver_map.py DIR    writes driver-map.json: points, weights, fits (drivers, level, rounds, rotation) with log likelihood,
nu, inflation and log densities at some points. Also Student t densities by scipy."""
import json
import sys

import numpy as np
import scipy
from scipy.stats import multivariate_t

KNOTS = np.array([-2.0, -1.0, 0.0, 1.0])


def features(u, level):
    """u: n by m. Scale and location features."""
    n, m = u.shape
    one = np.ones((n, 1))
    hinge = np.sqrt((u[:, :, None] - KNOTS) ** 2 + 0.25) - 0.5
    tangent = np.tanh((u[:, :, None] - KNOTS) / 0.7)
    scale = [one, u]
    place = [one, u]
    if level:
        scale.append(hinge.reshape(n, -1))
        place.append(tangent.reshape(n, -1))
    place += [(u[:, a] * u[:, b])[:, None] for a in range(m) for b in range(a, m)]
    if level:
        place += [u[:, [a]] * tangent[:, k] for a in range(m) for k in range(m) if k != a]
    return np.hstack(scale), np.hstack(place)


def shrunk_factor(c, effective):
    d = len(c)
    sd = np.sqrt(np.diag(c))
    keep = 1 - 0.5 * (d + 1) / (d + 1 + effective)
    r = keep * c / np.outer(sd, sd)
    np.fill_diagonal(r, 1 + 1e-10)
    return sd[:, None] * np.linalg.cholesky(r)


def log_t(square, d, nu, inflation):
    return multivariate_t.logpdf(np.c_[np.sqrt(square) / inflation, np.zeros((len(square), d - 1))], np.zeros(d), np.eye(d), nu) - d * np.log(inflation)


class Fit:
    def __init__(self, x, w, drivers, level, rounds, rotate):
        w = w / w.sum()
        effective = 1 / np.sum(w**2)
        n, d = x.shape
        m = len(drivers)
        self.drivers, self.level, self.d, self.m = drivers, level, d, m
        self.rest = [j for j in range(d) if j not in drivers]
        r = len(self.rest)
        self.mean = w @ x[:, drivers]
        gaps = x[:, drivers] - self.mean
        self.sd = np.sqrt(w @ gaps**2)
        u = gaps / self.sd
        self.ld = self.sd[:, None] * shrunk_factor((u.T * w) @ u, effective)
        y = x[:, self.rest]
        self.v = np.eye(r)
        if rotate:
            design = np.c_[np.ones(n), u]
            res = y - design @ np.linalg.lstsq(design * np.sqrt(w)[:, None], y * np.sqrt(w)[:, None], rcond=None)[0]
            order = np.argsort(u[:, 0], kind="stable")
            below = np.empty(n)
            below[order] = np.cumsum(w[order])
            low = below < max(0.12, min(0.4, 6 * r / effective))
            cov = [np.cov(res[k].T, aweights=w[k], bias=True) for k in (low, below > 0.5)]
            size = np.sqrt(np.diag(cov[1]))
            a, b = (c / np.outer(size, size) for c in cov)
            self.v = scipy.linalg.eigh(a, b + 1e-8 * np.eye(r))[1] / size[:, None]
            y = y @ self.v
        ps, pm = features(u, level)
        extra = np.arange(ps.shape[1]) > m
        rs = np.where(extra, 10 / effective, 1e-3)
        rs[0] = 1e-6
        rm = np.where(np.arange(pm.shape[1]) > m, 3 / effective, 1e-6)
        rm[0] = 1e-9
        information = 2 * (ps.T * w) @ ps + np.diag(2 * rs)
        self.c = np.zeros((pm.shape[1], r))
        self.s = np.zeros((ps.shape[1], r))
        for j in range(r):
            centre = w @ y[:, j]
            v0 = w @ (y[:, j] - centre) ** 2
            s = np.zeros(ps.shape[1])
            s[0] = 0.5 * np.log(v0)
            for turn in range(rounds if m else 1):
                wj = w * np.exp(-2 * ps @ s) if turn else w
                wj = wj / wj.sum()
                gram = (pm.T * wj) @ pm
                gram = gram + np.diag(rm * (np.trace(gram) / len(gram) if turn else 1))
                c = np.linalg.solve(gram, pm.T @ (wj * (y[:, j] - centre)))
                c[0] += centre
                e = y[:, j] - pm @ c
                for _ in range(5 if m else 1):
                    q = np.minimum((e * e + 1e-12 * v0) * np.exp(-2 * ps @ s), 9)
                    step = np.clip(np.linalg.solve(information, ps.T @ (w * (q - 1)) - 2 * rs * s * extra), -1.5, 1.5)
                    s = s + step
                    if np.abs(step).max() < 1e-4:
                        break
            self.c[:, j], self.s[:, j] = c, s
        e = (y - pm @ self.c) * np.exp(-ps @ self.s)
        self.lr = shrunk_factor((e.T * w) @ e, effective)
        square, log = self.base(x)
        self.likelihood = -np.inf
        for nu in (4, 6, 10, 20, 60):
            for inflation in (0.6, 0.7, 0.8, 0.9, 1.0):
                value = w @ (log_t(square, d, nu, inflation) - log)
                if value > self.likelihood:
                    self.likelihood, self.nu, self.inflation = float(value), nu, inflation

    def base(self, x):
        gaps = x[:, self.drivers] - self.mean
        zd = np.linalg.solve(self.ld, gaps.T)
        ps, pm = features(gaps / self.sd, self.level)
        log_scale = ps @ self.s
        zr = np.linalg.solve(self.lr, ((x[:, self.rest] @ self.v - pm @ self.c) * np.exp(-log_scale)).T)
        log = np.log(np.diag(self.ld)).sum() + np.log(np.diag(self.lr)).sum() + log_scale.sum(1) - np.linalg.slogdet(self.v)[1]
        return (zd**2).sum(0) + (zr**2).sum(0), log

    def log_density(self, x):
        square, log = self.base(x)
        return log_t(square, self.d, self.nu, self.inflation) - log


rng = np.random.default_rng(8)
n = 240
v = rng.normal(0, 1.2, n)
w1 = rng.normal(0, 1, n)
a = np.array([[1.0, 0.6, -0.3], [0.0, 0.8, 0.5], [0.2, 0.0, 1.1]])
x = np.c_[v + 0.3 * w1, w1, 2 + (np.exp(0.5 * v)[:, None] * rng.normal(size=(n, 3))) @ a + np.c_[0.4 * v**2, -v, np.tanh(v)]]
x = np.round(x, 4)
w = np.round(rng.exponential(1, n), 3)
w[::17] = 0
at = np.round(np.r_[x[1:6] + 0.1, [[-4, 0.5, 2, 2, 2], [4, 1, 9, -9, 5], [0, 0, 30, 0, 0]]], 4)
fits = []
for drivers, level, rounds, rotate in (([], 0, 1, False), ([0], 0, 3, False), ([0], 1, 5, False), ([0], 0, 3, True), ([0], 1, 5, True), ([0, 1], 1, 5, True), ([3, 0, 1], 0, 4, False)):
    f = Fit(x, w, drivers, level, rounds, rotate)
    fits.append(dict(drivers=drivers, level=level, rounds=rounds, rotate=rotate, logLikelihood=f.likelihood, nu=f.nu, inflation=f.inflation, logDensity=f.log_density(at).tolist()))
mean, factor = np.array([1.0, -2.0, 0.5]), np.array([[2.0, 0, 0], [0.3, 0.5, 0], [-1.0, 4.0, 1e-3]])
points = np.array([[1.0, -2, 0.5], [1.5, -2.5, -3.75], [0, 0, 0], [100, -50, 30]])
t = [dict(nu=nu, logDensity=multivariate_t.logpdf(np.linalg.solve(factor, (points - mean).T).T, np.zeros(3), np.eye(3), nu).tolist()) for nu in (2.5, 5, 60)]
for case in t:
    case["logDensity"] = [value - np.log(np.diag(factor)).sum() for value in case["logDensity"]]
json.dump(dict(source=f"numpy {np.__version__}, scipy {scipy.__version__}; regenerate: tools/reference/driver_map.py",
               points=x.tolist(), weights=w.tolist(), at=at.tolist(), fits=fits,
               student=dict(mean=mean.tolist(), factor=factor.tolist(), at=points.tolist(), cases=t)),
          open(sys.argv[1] + "/driver-map.json", "w"))
