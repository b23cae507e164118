"""SciPy beside JMH: times per call, ratios as a Markdown table.  Needs Python 3 with numpy and scipy; run by bench/run.sh masses:
    python3 tools/reference/speed_masses.py JMH.json
One-dimensional masses: cdf(t + r) - cdf(t - r) of a frozen scipy.stats distribution, called with floats; beside it the bare function of
scipy.special where there is one.  Gaussian ball in ten dimensions: 2^15 scrambled Sobol points (scipy.stats.qmc) mapped to the ball, mean
of the density times the volume.  The best call is taken for SciPy, the best of five iterations of one second for Java: other work on the
machine only adds time."""
import json, math, pathlib, sys, time
import numpy as np, scipy
from scipy import special, stats
from scipy.stats import qmc

CENTRE, RADII = 0.7, np.geomspace(1e-6, 1, 7).tolist()
LAWS = {
    "normal(0, 1)": (stats.norm(), special.ndtr),
    "cauchy(0, 1)": (stats.cauchy(), None),
    "logistic(0, 1)": (stats.logistic(), special.expit),
    "student_t(3, 0, 1)": (stats.t(3), lambda x: special.stdtr(3, x)),
    "gamma(0.3, 1)": (stats.gamma(0.3), lambda x: special.gammainc(0.3, x) if x > 0 else 0.0),
    "beta(0.5, 2)": (stats.beta(0.5, 2), lambda x: special.btdtr(0.5, 2, min(max(x, 0.0), 1.0)) if hasattr(special, "btdtr") else special.betainc(0.5, 2, min(max(x, 0.0), 1.0))),
    "lognormal(0, 1)": (stats.lognorm(1), lambda x: special.ndtr(math.log(x)) if x > 0 else 0.0),
}

def best(call, seconds=1.0):
    """Seconds of the fastest call."""
    call(); fastest, end = math.inf, time.perf_counter() + seconds
    while time.perf_counter() < end:
        start = time.perf_counter(); call(); fastest = min(fastest, time.perf_counter() - start)
    return fastest

def mass(cdf):
    return lambda: [cdf(CENTRE + r) - cdf(CENTRE - r) for r in RADII]

def sobol_ball(mean, cov, centre, r):
    """The mass of a ball by Sobol points."""
    d = len(mean); half = np.linalg.inv(np.linalg.cholesky(cov))
    log_scale = np.log(np.diag(half)).sum() - 0.5 * d * math.log(2 * math.pi)
    volume = math.exp(0.5 * d * math.log(math.pi) - math.lgamma(0.5 * d + 1) + d * math.log(r))
    def quadrature(seed=1):
        z = special.ndtri(np.clip(qmc.Sobol(d, seed=seed).random_base2(15), 1e-16, 1 - 1e-16))
        square = np.einsum("ij,ij->i", z, z)
        share = special.gammainc(0.5 * d, 0.5 * square)                  # uniform: the radius of the direction's normal vector
        x = centre - mean + z * (r * share ** (1 / d) / np.sqrt(square))[:, None]
        y = x @ half.T
        return volume * np.exp(log_scale - 0.5 * np.einsum("ij,ij->i", y, y)).mean()
    return quadrature

def main(path):
    java = {}
    for run in json.load(open(path)):
        key = next(iter(run["params"].values()))
        java[run["benchmark"].split(".")[-2], key] = min(min(fork) for fork in run["primaryMetric"]["rawData"]) * 1e-9
    print(f"SciPy {scipy.__version__}, numpy {np.__version__}.\n")
    print("| law | Localmass, ns | scipy.stats, times slower | scipy.special, times slower |\n|:--|--:|--:|--:|")
    for law, (frozen, bare) in LAWS.items():
        ours = java["LineMassBenchmark", law]
        slow = best(mass(frozen.cdf)) / len(RADII)
        fast = best(mass(bare)) / len(RADII) if bare else None
        print(f"| `{law}` | {ours * 1e9:.0f} | {slow / ours:.0f} | {f'{fast / ours:.1f}' if fast else ''} |")
    print("\n| radius | Localmass, ns | its error | 2^15 Sobol points, times slower | their error |\n|:--|--:|--:|--:|--:|")
    vectors = pathlib.Path(__file__).resolve().parents[2] / "core/src/test/resources/org/localmass/core/vectors/gaussian_balls.json"
    for c in json.load(open(vectors))["cases"]:
        key = "GaussianBallBenchmark", str(c["r"])
        if c["d"] == 10 and "cov" in c and key in java:
            quadrature = sobol_ball(np.array(c["mean"]), np.array(c["cov"]), np.array(c["center"]), c["r"])
            exact = float(c["mass"])
            error = math.sqrt(np.mean([(quadrature(seed) / exact - 1) ** 2 for seed in range(1, 9)]))
            print(f"| {c['r']} | {java[key] * 1e9:.0f} | below 1e-12 | {best(quadrature, 3) / java[key]:.0f} | {error:.0e} |")

main(sys.argv[1])
