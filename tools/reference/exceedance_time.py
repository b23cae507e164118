"""Autocorrelation time of the exceedances of a Gaussian AR(1) series over its upper 5 % point (SciPy): the number in EnclosureTest."""
from scipy.stats import multivariate_normal, norm

for rho in (0.5, 0.9):
    u = norm.isf(0.05)
    time, lag = 1.0, 1
    while rho**lag > 1e-9:
        r = rho**lag
        both = multivariate_normal([0, 0], [[1, r], [r, 1]], allow_singular=True, abseps=1e-13, releps=1e-13).cdf([-u, -u])
        time += 2 * (both - 0.0025) / (0.05 * 0.95)
        lag += 1
    print(rho, time)
