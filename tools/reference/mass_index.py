"""Reference values for the estimators of the Mass Index: quantiles of chi-square and the profile-likelihood intervals of
the power-log law.  Needs Python 3 with mpmath; writes CSV files to the given folder:
    python3 tools/reference/mass_index.py estimate/src/test/resources/org/localmass/estimate
Inputs are doubles taken exactly, results have 15 digits."""
import os, sys
import mpmath as mp

mp.mp.dps = 30
out = sys.argv[1]
HEAD = f"# mpmath {mp.__version__}, 30 digits; regenerate: tools/reference/mass_index.py\n"


def digits(x):
    return mp.nstr(x, 15, min_fixed=0, max_fixed=0)


def bisect(f, low, high, steps=110):
    """root of an increasing function"""
    for _ in range(steps):
        mid = (low + high) / 2
        if f(mid) < 0:
            low = mid
        else:
            high = mid
    return (low + high) / 2


def quantile(p, freedom, upper):
    a, p = mp.mpf(freedom) / 2, mp.mpf(p)
    tail = (lambda x: mp.gammainc(a, x, mp.inf, regularized=True)) if upper else (lambda x: mp.gammainc(a, 0, x, regularized=True))
    f = lambda t: (-1 if upper else 1) * (mp.log(tail(mp.exp(t) / 2)) - mp.log(p))
    return mp.exp(bisect(f, mp.mpf(-650), mp.log(2 * freedom + 200)))


rows = []
for freedom in (0.5, 1.0, 2.0, 7.3, 20.0, 61.5, 400.0, 2500.0):
    for p in (0.025, 0.05, 0.5, 1e-6):
        rows.append(f"{freedom!r},{p!r},{digits(quantile(p, freedom, False))},{digits(quantile(p, freedom, True))}\n")
open(os.path.join(out, "chi-square.csv"), "w").write(HEAD + "freedom,p,lower,upper\n" + "".join(rows))


def radii(case, count):
    """inside the window of radius exp(-4), unit 1: s at fixed probabilities of a law, so that the fit has known signs"""
    values = []
    for i in range(count):
        u = (i + mp.mpf(1) / 2) / count
        if case == "power":        # kappa 1, beta 0
            s = 4 - mp.log(u)
        elif case == "log":        # exp(-(s - 4)) (s/4)^2
            s = bisect(lambda x: -(-(x - 4) + 2 * mp.log(x / 4) - mp.log(u)), mp.mpf(4), mp.mpf(200), 120)
        else:                      # slow: (s/4)^-1, kappa 0, beta -1
            s = 4 / u
        values.append(float(mp.exp(-s)))
    return values


def fit(rho):
    s = [-mp.log(mp.mpf(r)) for r in rho]
    s0 = mp.mpf(4)
    k = len(s)
    logs = [mp.log(x / s0) for x in s]
    A, B = s0 * sum(logs), sum(x - s0 for x in s) - s0 * sum(logs)
    t = [s0 / x for x in s]

    def at(a, b):
        if a < 0 or b < 0 or any(a * ti + b * (1 - ti) <= 0 for ti in t):
            return mp.mpf("-inf")
        return sum(mp.log(a * ti + b * (1 - ti)) for ti in t) - a * A - b * B

    slope = lambda x: -sum((ti / A - (1 - ti) / B) / (x * ti / A + (1 - x) * (1 - ti) / B) for ti in t)
    theta = mp.mpf(1) if slope(mp.mpf(1)) < 0 else bisect(slope, mp.mpf("1e-30"), 1 - mp.mpf("1e-30"), 120)
    a, b = k * theta / A, k * (1 - theta) / B
    if b < mp.mpf("1e-12"): a, b = k / A, mp.mpf(0)
    top = at(a, b)

    def given_kappa(b):
        f = lambda a: A - sum(ti / (a * ti + b * (1 - ti)) for ti in t)
        if b > 0 and f(mp.mpf(0)) >= 0: return at(mp.mpf(0), b)
        return at(bisect(f, mp.mpf("1e-30"), 2 * k / A + 1, 64), b)

    def given_beta(beta):
        gap = beta / s0
        least = max(mp.mpf(0), -gap)
        f = lambda a: A + B - sum(1 / (a + gap * (1 - ti)) for ti in t)
        if least + gap > 0 and f(least) >= 0: return at(least, least + gap)
        if least + gap == 0 and f(least) >= 0: return at(least, mp.mpf(0))
        x = bisect(f, least + mp.mpf("1e-30"), least + abs(gap) + 2 * k / (A + B) + 1, 64)
        return at(x, x + gap)

    drop = quantile(0.05, 1.0, True) / 2
    beta = s0 * (b - a)

    def end(profile, start, sign, limit=None):
        step = mp.mpf(1) / 8
        while True:
            x = start + sign * step
            if limit is not None and x <= limit:
                if profile(limit) >= top - drop: return limit
                x = limit
            if profile(x) < top - drop: break
            step *= 2
        return bisect(lambda y: -(profile(start + sign * y) - top + drop), mp.mpf(0), abs(x - start), 52)

    kl = end(given_kappa, b, -1, mp.mpf(0))
    kl = mp.mpf(0) if kl == 0 else b - kl
    ku = b + end(given_kappa, b, 1)
    bl, bu = beta - end(given_beta, beta, -1), beta + end(given_beta, beta, 1)
    flat = k / (A + B)
    return b, kl, ku, beta, bl, bu, top, 2 * (top - at(flat, flat))


rows = []
for case in ("power", "log", "slow"):
    for count in (25,):
        rho = radii(case, count)
        rows.append(f"{case},{count},{' '.join(map(repr, rho))}," + ",".join(digits(x) for x in fit(rho)) + "\n")
open(os.path.join(out, "power-log.csv"), "w").write(HEAD + "law,count,radii,kappa,kappaLower,kappaUpper,beta,betaLower,betaUpper,logLikelihood,ratio\n" + "".join(rows))
