"""Mahalanobis distances by SciPy, for NormTest. Writes norm-mahalanobis.csv to standard output.

Columns: m, the covariance by rows, the point and the centre (values separated by spaces), the distance. The inverse
and the distance are computed by scipy.spatial.distance.mahalanobis, and checked here against mpmath with 50 digits;
the value written is the one of mpmath when the two differ by less than 1e-9 in relative terms.
"""

import mpmath as mp
import numpy as np
import scipy
from scipy.spatial.distance import mahalanobis

mp.mp.dps = 50
rng = np.random.default_rng(20260627)


def text(values):
    return " ".join(repr(float(v)) for v in np.ravel(values))


print(f"# SciPy {scipy.__version__}, mpmath {mp.__version__}; regenerate: tools/reference/mahalanobis.py")
print("m,covariance,point,centre,distance")
for m, spread in [(1, 1), (2, 1), (2, 1e3), (3, 1), (3, 1e2), (5, 1), (5, 1e4), (8, 1), (12, 10)]:
    a = rng.normal(size=(m, m)) * np.geomspace(1, spread, m)[:, None]
    covariance = a @ a.T + 0.1 * np.diag(np.geomspace(1, spread, m) ** 2)
    covariance = np.tril(covariance) + np.tril(covariance, -1).T
    point, centre = rng.normal(size=m) * 3, rng.normal(size=m)
    scipy_value = mahalanobis(point, centre, np.linalg.inv(covariance))
    u = mp.matrix([mp.mpf(float(x)) - mp.mpf(float(t)) for x, t in zip(point, centre)])
    exact = mp.sqrt((u.T * mp.lu_solve(mp.matrix(covariance.tolist()), u))[0])
    assert abs(scipy_value - exact) <= 1e-9 * exact, (m, spread, scipy_value, exact)
    print(f"{m},{text(covariance)},{text(point)},{text(centre)},{mp.nstr(exact, 25)}")
