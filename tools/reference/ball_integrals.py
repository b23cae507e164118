"""Masses of balls without a closed form, by nested mpmath quadrature.  usage: ball_integrals.py DIR
Takes some minutes. Writes ball-integrals.csv: density, centre, radius, norm, logMass (20 digits)."""
import sys
import mpmath as mp

mp.mp.dps = 25


def normal(x, m, s):
    return mp.exp(-((x - m) / s) ** 2 / 2) / (s * mp.sqrt(2 * mp.pi))


def banana(x, y):
    return normal(x, 0, 1) * normal(y, x * x, mp.mpf(1) / 2)


def t4(x, y):
    # bivariate Student-t, 4 degrees of freedom, scale matrix [[2, 0.6], [0.6, 1]]
    s11, s12, s22 = mp.mpf(2), mp.mpf("0.6"), mp.mpf(1)
    det = s11 * s22 - s12 * s12
    q = (s22 * x * x - 2 * s12 * x * y + s11 * y * y) / det
    return 1 / (2 * mp.pi * mp.sqrt(det)) * (1 + q / 4) ** (-3)


def funnel(v, x):
    return normal(v, 0, 3) * normal(x, 0, mp.exp(v / 2))


def ring(x, y):
    # sum of exp(-(|x| - 2)^2 / (2 0.1^2)) with its constant, in the plane
    r = mp.sqrt(x * x + y * y)
    return mp.exp(-((r - 2) / mp.mpf("0.1")) ** 2 / 2) / RING


RING = 2 * mp.pi * mp.quad(lambda r: r * mp.exp(-((r - 2) / mp.mpf("0.1")) ** 2 / 2), [0, 1, 1.6, 2, 2.4, 3, 4])


def disc(f, cx, cy, r):
    def line(u):
        h = mp.sqrt(r * r - u * u)
        return mp.quad(lambda w: f(cx + u, cy + w), mp.linspace(-h, h, 5))

    # u = r sin(a): smooth at the ends
    return mp.quad(lambda a: line(r * mp.sin(a)) * r * mp.cos(a), mp.linspace(-mp.pi / 2, mp.pi / 2, 9))


def square(f, cx, cy, r):
    return mp.quad(lambda x: mp.quad(lambda y: f(x, y), mp.linspace(cy - r, cy + r, 5)), mp.linspace(cx - r, cx + r, 5))


CASES = [
    ("banana", banana, "1", "1", "0.5"),
    ("banana", banana, "2", "4", "1"),
    ("banana", banana, "0", "-3", "0.25"),
    ("t4", t4, "0", "0", "1"),
    ("t4", t4, "3", "-1", "2"),
    ("funnel", funnel, "-3", "0", "0.5"),
    ("funnel", funnel, "2", "1", "1.5"),
    ("ring", ring, "2", "0", "0.05"),
]

out = open(sys.argv[1] + "/ball-integrals.csv", "w")
out.write(f"# mpmath {mp.__version__}, 25 digits, nested quadrature; regenerate: tools/reference/ball_integrals.py\n")
out.write("density,x,y,radius,norm,logMass\n")
for name, f, cx, cy, r in CASES:
    for norm, rule in (("l2", disc), ("linf", square)):
        value = rule(f, mp.mpf(cx), mp.mpf(cy), mp.mpf(r))
        out.write(f"{name},{cx},{cy},{r},{norm},{mp.nstr(mp.log(value), 18)}\n")
out.close()
