"""Eigenvalues of symmetric matrices whose entries are doubles, and log densities of normals with them, by mpmath.
    python3 tools/reference/eigenvalues.py >core/src/test/resources/org/localmass/core/measure/eigenvalues.json
The matrices are Q D Q' rounded to doubles: spread and clustered eigenvalues, conditions to 1e12.  Needs Python 3 with mpmath."""
import json, random
import mpmath as mp
mp.mp.dps = 50

def rotated(diagonal, seed):
    """A symmetric matrix of doubles near Q D Q', Q a product of plane rotations"""
    rng = random.Random(seed); d = len(diagonal); m = mp.diag(diagonal)
    for i in range(d):
        for j in range(i + 1, d):
            angle = mp.mpf(rng.random()) * 6; q = mp.eye(d); q[i, i] = q[j, j] = mp.cos(angle); q[i, j] = -mp.sin(angle); q[j, i] = mp.sin(angle)
            m = q * m * q.T
    return [[float(m[max(i, j), min(i, j)]) for j in range(d)] for i in range(d)]

cases = []
for name, diagonal in [
    ("spread", [1, 1e-2, 1e-4, 1e-6, 1e-8]), ("clustered", [1, 1, 1e-6, 1e-6, 1e-6 * (1 + 1e-9), 3e-6]), ("condition 1e12", [2, 0.5, 1e-12, 3e-12]),
    ("large and small units", [1e200, 1e195, 3e197]), ("ten", [10.0 ** -k for k in range(10)]), ("pair", [1, 1e-10]),
]:
    matrix = rotated([mp.mpf(x) for x in diagonal], len(cases) + 1)
    exact = mp.matrix(matrix)
    values = sorted(mp.eigsy(exact, eigvals_only=True))
    point = [float(k + 1) / 4 * max(diagonal) ** 0.5 * 1e-3 for k in range(len(diagonal))]
    x = mp.matrix(point)
    log = -(len(diagonal) * mp.log(2 * mp.pi) + mp.log(mp.det(exact)) + (x.T * mp.lu_solve(exact, x))[0]) / 2
    cases.append(dict(name=name, matrix=matrix, point=point, eigenvalues=[mp.nstr(v, 30) for v in values], logDensity=mp.nstr(log, 30)))
print(json.dumps(dict(source=f"mpmath {mp.__version__}, 50 digits; regenerate: tools/reference/eigenvalues.py", cases=cases), indent=1))
