"""Share of a region and log Z from independent runs of sequential Monte Carlo: jackknife, binomial floor, logit t interval.

Prints estimate/src/test/resources/org/localmass/estimate/explore/ensemble.csv; needs numpy and scipy.
Columns: log Z of the runs, their sizes, their hits (each joined by spaces), share, standard error, interval, log Z, its standard error.
"""
import numpy as np, scipy
from scipy.stats import t

print(f"# numpy {np.__version__}, scipy {scipy.__version__}; regenerate: tools/reference/explore_ensemble.py")
print("logZs,sizes,hits,share,error,lower,upper,logZ,logError")
random = np.random.default_rng(20261124)
for n in (2, 3, 8, 8, 24):
    log_z = random.normal(-30, 0.2 if n < 24 else 1.5, n)
    sizes = random.integers(50, 400, n)
    hits = random.binomial(sizes, 0.15)
    z = np.exp(log_z - log_z.max()) * sizes
    a = hits / sizes
    share = (z * a).sum() / z.sum()
    left = ((z * a).sum() - z * a) / (z.sum() - z)
    w = z / sizes / z.sum()
    effective = max(2.0, 1 / np.sum(sizes * w * w))
    centre = (share * effective + 0.5) / (effective + 1)
    error = np.sqrt((n - 1) / n * ((left - left.mean()) ** 2).sum() + centre * (1 - centre) / effective)
    q = t.ppf(0.975, n - 1)
    logit = np.log(centre / (1 - centre))
    slope = error / (centre * (1 - centre))
    lower, upper = (1 / (1 + np.exp(-(logit + s * q * slope))) for s in (-1, 1))
    v = np.exp(log_z - log_z.max())
    mean = (sizes * v).sum() / sizes.sum()
    jack = np.log([((sizes * v).sum() - sizes[i] * v[i]) / (sizes.sum() - sizes[i]) for i in range(n)])
    log_error = np.sqrt((n - 1) / n * ((jack - jack.mean()) ** 2).sum())
    text = lambda values: " ".join(str(x) for x in values.tolist())
    print(",".join([text(log_z), text(sizes), text(hits)]
                   + [repr(float(x)) for x in (share, error, lower, upper, np.log(mean) + log_z.max(), log_error)]))
