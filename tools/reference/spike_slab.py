"""Spike-and-slab regressions by enumeration of all subsets.  usage: spike_slab.py OLD.json NEW.json
OLD.json holds X and y of the linear regression. Reads nothing else of it; writes masses, moments, gates, divergences and a
logistic regression. numpy for the algebra, mpmath (30 digits) for masses and integrals."""
import itertools
import json
import sys

import mpmath as mp
import numpy as np
import scipy
from scipy.optimize import minimize
from scipy.special import expit, logsumexp

mp.mp.dps = 30
old = json.load(open(sys.argv[1]))
X, y = np.array(old["X"]), np.array(old["y"])
n, p = X.shape
s2, pi, v0 = 1.0, 0.3, 1.0

models = []
for g in itertools.product([0, 1], repeat=p):
    i = np.flatnonzero(g)
    k = len(i)
    A = X[:, i].T @ X[:, i] / s2 + np.eye(k) / v0
    b = X[:, i].T @ y / s2
    lm = -0.5 * n * np.log(2 * np.pi * s2) - 0.5 * (y @ y) / s2 + k * np.log(pi) + (p - k) * np.log1p(-pi)
    m = np.linalg.solve(A, b)
    lm += -0.5 * np.linalg.slogdet(A)[1] - 0.5 * k * np.log(v0) + 0.5 * (b @ m)
    models.append((np.array(g), lm, list(i), m, np.linalg.inv(A)))
logs = np.array([o[1] for o in models])
logz = logsumexp(logs)
W = np.exp(logs - logz)
pip = np.array([W @ np.array([o[0][j] for o in models]) for j in range(p)])
log_atom = [logsumexp(np.array([o[1] - logz for o in models if not o[0][j]])) for j in range(p)]
ex = np.zeros(p)
ex2 = np.zeros(p)
for w, (g, _, i, m, C) in zip(W, models):
    for k, j in enumerate(i):
        ex[j] += w * m[k]
        ex2[j] += w * (m[k] ** 2 + C[k, k])
sd = np.sqrt(ex2 - ex**2)


def inside(mean, s, r):
    """Mass of |N(mean, s)| < r, no cancellation of its tails."""
    mean, s, r = mp.mpf(mean), mp.mpf(s), mp.mpf(r)
    return mp.ncdf((r - mean) / s) - mp.ncdf((-r - mean) / s)


def components(j):
    return [(w, o[3][o[2].index(j)], np.sqrt(o[4][o[2].index(j), o[2].index(j)])) for w, o in zip(W, models) if o[0][j]]


def exact_ball(j, r):
    return mp.exp(log_atom[j]) + mp.fsum(w * inside(m, s, r) for w, m, s in components(j))


def cavi():
    xx = (X**2).sum(0)
    a, mu, s = np.full(p, pi), np.zeros(p), 1 / (xx / s2 + 1 / v0)
    lo = np.zeros(p)
    for sweep in range(1, 2000):
        a0 = a.copy()
        for j in range(p):
            r = y - X @ (a * mu) + X[:, j] * a[j] * mu[j]
            mu[j] = s[j] * (X[:, j] @ r) / s2
            lo[j] = np.log(pi / (1 - pi)) + 0.5 * np.log(s[j] / v0) + 0.5 * mu[j] ** 2 / s[j]
            a[j] = expit(lo[j])
        if np.abs(a - a0).max() < 1e-14:
            break
    eb, eb2 = a * mu, a * (mu**2 + s)
    e = -0.5 * n * np.log(2 * np.pi * s2) - 0.5 * (((y - X @ eb) ** 2).sum() + (xx * (eb2 - eb**2)).sum()) / s2
    with np.errstate(divide="ignore", invalid="ignore"):
        kl = a * np.log(a / pi) + np.where(a < 1, (1 - a) * np.log((1 - a) / (1 - pi)), 0)
    kl = (kl + a * (0.5 * np.log(v0 / s) + 0.5 * (s + mu**2) / v0 - 0.5)).sum()
    return a, lo, mu, s, e - kl


alpha, odds, mu, s, elbo = cavi()
tau = 0.05


def normal_pdf(x, m, s):
    return mp.npdf((x - mp.mpf(m)) / mp.mpf(s)) / mp.mpf(s)


def half(x):
    """f_alpha at alpha = 1/2: (1 - sqrt x)^2"""
    return (1 - mp.sqrt(x)) ** 2


rows = []
for j in (2, 4):
    atom = mp.exp(log_atom[j])
    for r in [mp.mpf(10) ** -k for k in range(0, 9)]:
        pm = exact_ball(j, r)
        qg = mp.mpf(1) / (1 + mp.exp(odds[j])) + alpha[j] * inside(mu[j], np.sqrt(s[j]), r)
        qn = inside(ex[j], sd[j], r)
        qs = (1 - pip[j]) * inside(0, tau, r) + pip[j] * qn
        # density against density, point by point; the atom of p: f(0) forwards, slope of recession 1 backwards
        pd = lambda x: mp.fsum(w * normal_pdf(x, m, sg) for w, m, sg in components(j))
        qd = lambda x: normal_pdf(x, ex[j], sd[j])
        cut = [-r, -r / 10, 0, r / 10, r] if r > 0.05 else [-r, 0, r]
        cont = mp.quad(lambda x: (mp.sqrt(pd(x)) - mp.sqrt(qd(x))) ** 2, cut)
        rows.append(dict(coefficient=j, radius=float(r), p=float(pm), gates=float(qg), gaussian=float(qn),
                         continuous=float(qs), forward=float((cont + atom) / pm), backward=float((cont + atom) / qn)))

normal = [1.0, 0, 2.0, 0, -0.5, 0]
a = np.array(normal)
half_spaces = []
for offset in (0.5, 1.4, 3.0):
    exact = mp.mpf(0)
    gates = mp.mpf(0)
    for w, (g, _, i, m, C) in zip(W, models):
        ai = a[i]
        mean, var = float(ai @ m) if i else 0.0, float(ai @ C @ ai) if i else 0.0
        exact += w * (mp.ncdf((offset - mean) / mp.sqrt(var)) if var > 0 else mp.mpf(mean <= offset))
        wg = mp.mpf(1)
        for j in range(p):
            wg *= mp.mpf(1) / (1 + mp.exp(-odds[j])) if g[j] else mp.mpf(1) / (1 + mp.exp(odds[j]))
        mean = float(sum(a[j] * mu[j] for j in i))
        var = float(sum(a[j] ** 2 * s[j] for j in i))
        gates += wg * (mp.ncdf((offset - mean) / mp.sqrt(var)) if var > 0 else mp.mpf(mean <= offset))
    half_spaces.append(dict(normal=normal, offset=offset, exact=float(mp.log(exact)), gates=float(mp.log(gates))))

# a logistic regression: no conjugate slab; evidence of each subset by Gauss-Hermite quadrature about its mode
rng = np.random.default_rng(11)
q, nl = 3, 80
XL = np.round(rng.standard_normal((nl, q)), 3)
yl = (rng.random(nl) < expit(XL @ np.array([1.2, 0.4, 0.0]))).astype(int)
nodes, weights = np.polynomial.hermite_e.hermegauss(48)
logs_l = []
subsets = list(itertools.product([0, 1], repeat=q))
for g in subsets:
    i = np.flatnonzero(g)
    k = len(i)
    xi = XL[:, i]
    joint = lambda b: (lambda e: (yl * e - np.logaddexp(0, e)).sum(-1))(b @ xi.T) - 0.5 * (b**2).sum(-1) / v0 - 0.5 * k * np.log(2 * np.pi * v0)
    prior = k * np.log(pi) + (q - k) * np.log1p(-pi)
    if k == 0:
        logs_l.append(prior - nl * np.log(2))
        continue
    mode = minimize(lambda b: -joint(b), np.zeros(k), method="BFGS", options=dict(gtol=1e-9)).x
    pr = expit(xi @ mode)
    L = np.linalg.cholesky(np.linalg.inv((xi * (pr * (1 - pr))[:, None]).T @ xi + np.eye(k) / v0))
    grid = np.array(list(itertools.product(nodes, repeat=k)))
    lw = np.array([sum(t) for t in itertools.product(np.log(weights), repeat=k)])
    lj = joint(mode + grid @ L.T) + 0.5 * (grid**2).sum(1) + lw
    logs_l.append(prior + logsumexp(lj) + np.log(np.diag(L)).sum())
logs_l = np.array(logs_l)
wl = np.exp(logs_l - logsumexp(logs_l))
pip_l = [float(wl @ np.array([g[j] for g in subsets])) for j in range(q)]

json.dump(dict(
    source=f"tools/reference/spike_slab.py, numpy {np.__version__}, scipy {scipy.__version__}, mpmath {mp.__version__}; X and y simulated, n = 60, p = 6",
    X=X.tolist(), y=y.tolist(), noiseVariance=s2, inclusion=pi, slabVariance=v0, logZ=float(logz), pip=pip.tolist(),
    logAtom=[float(v) for v in log_atom], mean=ex.tolist(), sd=sd.tolist(),
    gates=dict(alpha=alpha.tolist(), logOdds=odds.tolist(), mean=mu.tolist(), variance=s.tolist(), elbo=float(elbo)),
    balls=rows, halfSpaces=half_spaces,
    logistic=dict(X=XL.tolist(), y=yl.tolist(), pip=pip_l, logZ=float(logsumexp(logs_l)))), open(sys.argv[2], "w"), indent=None)
for row in rows:
    print({k: float("%.5g" % v) for k, v in row.items()})
print("pip", pip, "gates", alpha, "logistic", pip_l, logsumexp(logs_l), half_spaces)
