"""Best isotropic normal for a main mode and a spike, by SciPy: KL(q||p) from the noncentral chi-square distribution.
usage: global_vs_local.py    prints d, epsilon, tau, mean, scale, KL; the values are in ExperimentsTest."""
import numpy as np
import scipy
from scipy.integrate import quad
from scipy.optimize import minimize
from scipy.stats import ncx2

print("scipy", scipy.__version__)
C = 1.5


def kl(parameters, d, eps, tau):
    m, s = parameters[0], np.exp(parameters[1])
    a = 0.5 / tau**2 - 0.5
    x0 = -C / (2 * a)
    top = np.log(eps / (1 - eps)) - d * np.log(tau) + d * C * C / 2 + d * C * C / (4 * a)
    shift = d * (m - x0) ** 2 / s**2

    def f(y):
        return np.logaddexp(0, top - a * s * s * y * y) * ncx2.pdf(y * y, d, shift) * 2 * y

    knee = np.sqrt(max(top, 0) / a) / s
    middle = np.sqrt(d + shift)
    points = sorted({0.0, min(knee, middle + 30), middle, middle + 30})
    inner = sum(quad(f, u, v, epsabs=1e-16, epsrel=1e-12, limit=500)[0] for u, v in zip(points, points[1:]) if v > u)
    return -0.5 * d - d * np.log(s) - np.log1p(-eps) + 0.5 * d * (s * s + (m - C) ** 2) - inner


for d, eps, tau in ((2, 0.01, 0.05), (2, 0.1, 0.1), (10, 0.05, 0.1)):
    best = minimize(kl, [C, 0.0], args=(d, eps, tau), method="Nelder-Mead", options=dict(xatol=1e-9, fatol=1e-15, maxiter=4000))
    print(d, eps, tau, "%.8f %.8f %.9g" % (best.x[0], np.exp(best.x[1]), best.fun))
