"""Log densities and half-space masses of mixtures of normal and t laws, for the tests of module vi.

Usage: vi_mixtures.py > vi/src/test/resources/org/localmass/vi/family/mixtures.csv
"""
import mpmath
import numpy as np
import scipy
from scipy.special import logsumexp
from scipy.stats import multivariate_normal, multivariate_t

mpmath.mp.dps = 30


def log_cdf(u, nu):
    u = mpmath.mpf(u)
    if np.isinf(nu):
        return mpmath.log(mpmath.ncdf(u))
    tail = mpmath.betainc(mpmath.mpf(nu) / 2, 0.5, 0, nu / (nu + u**2), regularized=True) / 2
    return mpmath.log(tail if u < 0 else 1 - tail)


def scale(form, rank, d, v):
    if form == "meanfield":
        return np.diag(np.exp(2 * v))
    if form == "lowrank":
        b = v[d:].reshape(d, rank)
        return np.diag(np.exp(2 * v[:d])) + b @ b.T
    factor = np.zeros((d, d))
    factor[np.tril_indices(d)] = v
    factor[np.diag_indices(d)] = np.exp(np.diag(factor))
    return factor @ factor.T


def main():
    rng = np.random.default_rng(20261124)
    d = 3
    print(f"# tools/reference/vi_mixtures.py; numpy {np.__version__}, scipy {scipy.__version__}, mpmath {mpmath.__version__}")
    print("family,parameters,point,log_density,normal,offset,log_mass")
    for form, rank in (("meanfield", 0), ("lowrank", 2), ("full", 0)):
        size = {"meanfield": d, "lowrank": d * (1 + rank), "full": d * (d + 1) // 2}[form]
        for k in (1, 3):
            for nu in (np.inf, 4.0):
                text = (f"mixture:{k}:" if k > 1 else "") + ("" if np.isinf(nu) else f"t:{nu:g}:") + form + (f":{rank}" if rank else "")
                theta = np.round(0.5 * rng.standard_normal(k * (1 + d + size)), 3)
                for far in (1.0, 30.0):
                    x = np.round(far * rng.standard_normal(d), 3)
                    a = np.round(rng.standard_normal(d), 3)
                    b = np.round(-far * abs(rng.standard_normal()), 3)
                    logs, masses = [], []
                    lw = theta[:k] - logsumexp(theta[:k])
                    for j in range(k):
                        mu = theta[k + j * d : k + (j + 1) * d]
                        start = k * (1 + d) + j * size
                        s = scale(form, rank, d, theta[start : start + size])
                        law = multivariate_normal(mu, s) if np.isinf(nu) else multivariate_t(mu, s, df=nu)
                        logs.append(lw[j] + law.logpdf(x))
                        masses.append(mpmath.exp(lw[j]) * mpmath.exp(log_cdf((b - a @ mu) / np.sqrt(a @ s @ a), nu)))
                    mass = mpmath.log(mpmath.fsum(masses))
                    show = lambda v: " ".join(repr(float(z)) for z in v)
                    print(f"{text},{show(theta)},{show(x)},{float(logsumexp(logs))!r},{show(a)},{float(b)!r},{mpmath.nstr(mass, 17)}")


main()
