"""Times scikit-learn on the task of bench/NestedBallsBenchmark: 10^6 draws of 50 parameters, 100 centres, 24 radii; how many
draws lie in each ball.  Needs Python 3 with numpy and scikit-learn; one thread; prints the
shortest of three processor times:
    OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 python3 tools/reference/nested_balls_speed.py
The draws go through pairwise_distances in blocks of 10,000, which is faster than all at once, and are counted by binning each
distance among the radii.  BallTree counts 2 centres and is scaled to 100; building the tree is not timed."""
import sys, time
import numpy as np
import sklearn
from sklearn.metrics import pairwise_distances
from sklearn.neighbors import BallTree

N, D, M, BLOCK = 1_000_000, 50, 100, 10_000
rng = np.random.default_rng(1)
x = rng.uniform(-1, 1, (N, D)) + rng.uniform(-1, 1, (N, D))
centres = rng.uniform(-0.15, 0.15, (M, D))
radii = np.geomspace(2, 10, 24)

def by_comparison():
    counts = np.zeros((M, len(radii)), dtype=np.int64)
    for begin in range(0, N, BLOCK):
        distances = pairwise_distances(x[begin:begin + BLOCK], centres)
        for k, r in enumerate(radii):
            counts[:, k] += np.count_nonzero(distances <= r, axis=0)
    return counts

def by_bins():
    counts = np.zeros((M, len(radii) + 1), dtype=np.int64)
    offset = np.arange(M) * (len(radii) + 1)
    for begin in range(0, N, BLOCK):
        bins = np.searchsorted(radii, pairwise_distances(x[begin:begin + BLOCK], centres))
        counts += np.bincount((bins + offset).ravel(), minlength=counts.size).reshape(counts.shape)
    return np.cumsum(counts, axis=1)[:, :-1]

def distances_only():
    for begin in range(0, N, BLOCK):
        pairwise_distances(x[begin:begin + BLOCK], centres)

def shortest(f, runs=3):
    best = float('inf')
    for _ in range(runs):
        start = time.process_time()
        f()
        best = min(best, time.process_time() - start)
    return best

assert (by_comparison() == by_bins()).all()
print(f"scikit-learn {sklearn.__version__}, numpy {np.__version__}, Python {sys.version.split()[0]}")
for name, f in (("pairwise_distances and 24 comparisons", by_comparison), ("pairwise_distances and searchsorted", by_bins),
                ("pairwise_distances alone", distances_only)):
    print(f"{name}: {1000 * shortest(f):.0f} ms")
tree = BallTree(x)
two = shortest(lambda: [tree.query_radius(centres[:2], r, count_only=True) for r in radii], 1)
print(f"BallTree.query_radius, 2 centres scaled to {M}: {1000 * two * M / 2:.0f} ms")
