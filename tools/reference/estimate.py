"""Reference values for the module estimate: Clopper-Pearson limits, the conditional binomial p-value, the e-value and
the autocorrelation of indicators.  Needs Python 3 with numpy and mpmath; writes CSV files to the given folder:
    python3 tools/reference/estimate.py estimate/src/test/resources/org/localmass/estimate
Inputs are doubles taken exactly, results have 20 digits."""
import sys, os
import numpy as np
import mpmath as mp
mp.mp.dps = 40
out = sys.argv[1]
HEAD = f"# mpmath {mp.__version__}, 40 digits; regenerate: tools/reference/estimate.py\n"

def digits(x): return mp.nstr(x, 20, min_fixed=0, max_fixed=0) if mp.isfinite(x) else 'Infinity'

def beta_quantile(p, a, b, upper):
    """x with I_x(a,b) = p, or with the complement = p"""
    a, b, p = mp.mpf(a), mp.mpf(b), mp.mpf(p)
    def f(t):
        x = mp.exp(t)
        return mp.log(mp.betainc(a, b, x, 1, regularized=True) if upper else mp.betainc(a, b, 0, x, regularized=True)) - mp.log(p)
    lo, hi = mp.mpf(-700), mp.mpf(-1e-30)
    rising = not upper
    for _ in range(220):
        mid = (lo + hi) / 2
        if (f(mid) < 0) == rising: lo = mid
        else: hi = mid
    return mp.exp((lo + hi) / 2)

rows = []
for k, n in [(0.0, 7.5), (0.3, 2.2), (0.3, 2.2e6), (1.0, 20.0), (2.7, 31.25), (5.0, 4000.0), (12.5, 812.75), (96.5, 1000.0), (300.25, 2000.0), (1000.0, 2000.0), (1999.5, 2000.0), (7.5, 7.5)]:
    for delta in (0.025, 0.05 / 64, 1e-9):
        lower = mp.mpf(0) if k == 0 else (mp.exp(mp.log(delta) / n) if k == n else beta_quantile(delta, k, n - k + 1, False))
        upper = mp.mpf(1) if k == n else (-mp.expm1(mp.log(delta) / n) if k == 0 else beta_quantile(delta, k + 1, n - k, True))
        rows.append(f"{k!r},{n!r},{delta!r},{digits(lower)},{digits(upper)}\n")
open(os.path.join(out, 'clopper-pearson.csv'), 'w').write(HEAD + "hits,size,delta,lower,upper\n" + ''.join(rows))

rows = []
for x, n, y, m in [(0.0, 900.0, 0.0, 2000.0), (0.0, 900.0, 55.0, 2000.0), (12.5, 433.5, 0.0, 2000.0), (96.5, 1000.0, 41.0, 2000.0), (41.0, 2000.0, 96.5, 1000.0), (3.25, 812.75, 7.0, 1000.0), (125.5, 250.75, 505.0, 1000.0), (300.0, 1000.0, 10.0, 1000.0), (0.4, 12.0, 3.0, 100.0), (500.5, 1e4, 490.0, 1e4), (990.0, 1000.0, 1995.0, 2000.0), (1000.0, 1000.0, 1840.0, 2000.0)]:
    given = (x, n, y, m); x, n, y, m = map(mp.mpf, given); pi = n / (n + m)
    if x / n + y / m > 1: x, y = n - x, m - y        # the complement is tested
    many = mp.betainc(x, y + 1, 0, pi, regularized=True) if x > 0 else mp.mpf(1)
    few = mp.betainc(y, x + 1, 0, m / (n + m), regularized=True) if y > 0 else mp.mpf(1)
    p = min(mp.mpf(1), 2 * min(many, few))
    total = mp.mpf(0); grid = [mp.mpf(float(g)) for g in ('1.25', '1.5', '2', '4', '8', '32')]
    for r in grid + [1 / g for g in grid]:
        pr = n * r / (n * r + m)
        total += (pr / pi) ** x * ((1 - pr) / (1 - pi)) ** y
    e = total / (2 * len(grid))
    rows.append(','.join([mp.nstr(v, 17, min_fixed=-20, max_fixed=20) for v in map(mp.mpf, given)]) + f",{digits(p)},{digits(e)}\n")
open(os.path.join(out, 'mass-comparison.csv'), 'w').write(HEAD + "x,n,y,m,pValue,eValue\n" + ''.join(rows))

def geyer(S):
    S = S - S.mean(); C, T = S.shape; v = (S * S).mean()
    if v == 0: return 1.0
    total, before = 0.0, np.inf
    for i in range(max(1, T // 6)):
        g = sum((S[:, :T - k] * S[:, k:]).sum() / (C * (T - k)) for k in (2 * i, 2 * i + 1)) / v
        g = min(g, before)
        if g <= 0: break
        total += g; before = g
    return max(1.0, 2 * total - 1)

def dispersion(S, least):
    C, T = S.shape; b = T // least
    if b == 0: return 1.0
    L = T // b; b = T // L
    c = S[:, :b * L].reshape(C * b, L).sum(1); B = len(c); x = c.sum()
    if x == 0 or B < 4: return 1.0
    return float((np.sum(c * c) - x * x / B) / (x * (1 - 1 / B)) / (1 - x / (B * L)))

rng = np.random.default_rng(20261122); rows = []
for phi in (0.0, 0.5, 0.95):
    for C, T, cut in ((1, 60, 0.5), (4, 90, 1.0), (3, 401, 1.8)):
        Z = np.empty((C, T)); Z[:, 0] = rng.standard_normal(C)
        for t in range(1, T): Z[:, t] = phi * Z[:, t - 1] + np.sqrt(1 - phi * phi) * rng.standard_normal(C)
        S = (Z > cut).astype(float)
        visits = int((np.diff(np.c_[np.zeros(C), S], axis=1) == 1).sum())
        text = '|'.join(''.join('1' if v else '0' for v in row) for row in S)
        rows.append(f"{text},{float(geyer(S))!r},{dispersion(S, 10)!r},{visits}\n")
open(os.path.join(out, 'indicators.csv'), 'w').write(f"# numpy {np.__version__}; regenerate: tools/reference/estimate.py\nchains,time,dispersion10,visits\n" + ''.join(rows))
