"""Draws in nested balls counted in exact rational arithmetic.  Needs Python 3 only; writes a CSV file:
    python3 tools/reference/nested_balls.py estimate/src/test/resources/org/localmass/estimate/nested-balls.csv
The draws are x[j] = (a(i,j) mod 2001 - 1000) * scale with integers a, so that any program makes them again exactly; many
lie on the very edge of a ball (3-4-5 triangles, cubes).  The Mahalanobis norm has S = diag(4, 16, 1)."""
import sys
from fractions import Fraction as F

N = 3000

def draws(scale, step):
    return [[F((i * (7919 + 104729 * j) + step * j) % 2001 - 1000) * F(scale) for j in range(3)] for i in range(N)]

def inside(x, centre, norm, r):
    gap = [a - F(c) for a, c in zip(x, centre)]
    if norm == 'linf': return max(map(abs, gap)) <= F(r)
    scale = [4, 16, 1] if norm == 'mahalanobis' else [1, 1, 1]
    return sum(g * g / s for g, s in zip(gap, scale)) <= F(r) ** 2

rows = []
for scale in (1.0, 2.0 ** -40, 2.0 ** -600, 2.0 ** 500):
    x = draws(scale, 17)
    for norm in ('l2', 'linf', 'mahalanobis'):
        if norm == 'mahalanobis' and not 1e-100 < scale < 1e100: continue  # its squares leave the range of doubles
        for centre in ((0, 0, 0), (-3, 4, 12), (1000, -1000, 1)):
            centre = [c * scale for c in centre]
            for k in (5, 13, 60, 125, 300, 500, 845, 1300, 2000):
                r = k * scale
                rows.append(f"{scale!r},{norm},{';'.join(repr(c) for c in centre)},{r!r},"
                            f"{sum(inside(y, centre, norm, r) for y in x)}\n")
open(sys.argv[1], 'w').write("# Python 3, exact rationals; regenerate: tools/reference/nested_balls.py\n"
                             "scale,norm,centre,radius,hits\n" + ''.join(rows))
