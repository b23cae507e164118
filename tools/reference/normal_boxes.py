"""Log masses of boxes and of the outside of squares under correlated normal and Student t pairs, by mpmath.
    python3 tools/reference/normal_boxes.py >core/src/test/resources/org/localmass/core/measure/normal-boxes.csv
One integral over the first coordinate of the density times the conditional mass of the second, which is normal, or t again.
Needs Python 3 with mpmath.  Inputs are doubles taken exactly."""
import mpmath as mp
mp.mp.dps = 30
INF = mp.inf

def upper(z): return mp.erfc(z / mp.sqrt(2)) / 2
def between(a, b):
    if a > b: return mp.mpf(0)
    return upper(a) - upper(b) if a > 0 else upper(-b) - upper(-a)

def box(mean, cov, lo, hi, outside=False):
    (a, b), (_, c) = cov; sd = mp.sqrt(a); slope = b / a; rest = mp.sqrt(c - slope * b)
    def f(x):
        m = mean[1] + slope * (x - mean[0]); p, q = (lo[1] - m) / rest, (hi[1] - m) / rest
        return mp.npdf(x, mean[0], sd) * (upper(-p) + upper(q) if outside else between(p, q))
    low, high = max(lo[0], mean[0] - 40 * sd, -INF), min(hi[0], max(mean[0], lo[0]) + 40 * sd)
    cuts = [low + (high - low) * k / 64 for k in range(65)]
    # and finer towards the lower end, where far boxes have their mass
    cuts = sorted(set(cuts[:1] + [low + (cuts[1] - low) * mp.mpf(2) ** -k for k in range(1, 8)] + cuts[1:]))
    scale = max(f(x) for x in cuts)              # quad's tolerance is absolute
    return scale * mp.quad(lambda x: f(x) / scale, cuts) + (between((hi[0] - mean[0]) / sd, INF) + between(-INF, (lo[0] - mean[0]) / sd) if outside else 0)

def t_upper(z, nu):
    tail = mp.betainc(mp.mpf(nu) / 2, mp.mpf(1) / 2, 0, nu / (nu + z * z), regularized=True) / 2
    return tail if z > 0 else 1 - tail

def t_box(nu, mean, cov, lo, hi, outside):
    """Given the first coordinate the second is t of nu + 1 degrees of freedom"""
    (a, b), (_, c) = cov; slope = b / a; rest = c - slope * b
    log = mp.loggamma(mp.mpf(nu + 1) / 2) - mp.loggamma(mp.mpf(nu) / 2) - mp.log(nu * mp.pi * a) / 2
    def f(x):
        square = (x - mean[0]) ** 2 / a; scale = mp.sqrt(rest * (nu + square) / (nu + 1)); m = mean[1] + slope * (x - mean[0])
        p, q = (lo[1] - m) / scale, (hi[1] - m) / scale
        share = t_upper(-p, nu + 1) + t_upper(q, nu + 1) if outside else t_upper(p, nu + 1) - t_upper(q, nu + 1)
        return mp.exp(log - mp.mpf(nu + 1) / 2 * mp.log1p(square / nu)) * share
    strips = mp.quad(f, [lo[0] + (hi[0] - lo[0]) * k / 16 for k in range(17)])
    return strips + (t_upper((hi[0] - mean[0]) / mp.sqrt(a), nu) + t_upper((mean[0] - lo[0]) / mp.sqrt(a), nu) if outside else 0)

print(f"# mpmath {mp.__version__}, 20 digits; regenerate: tools/reference/normal_boxes.py")
print("nu,mean,covariance,lower,upper,outside,logMass")
CASES = [
    (0, (0, 1), ((2, 0.5), (0.5, 1)), (-1, 0), (2, 3), 0), (0, (0, 1), ((2, 0.5), (0.5, 1)), (0, 0), (INF, INF), 0), (0, (0, 0), ((1, -0.95), (-0.95, 1)), (3, 3), (INF, INF), 0),
    (0, (0, 0), ((1, 0.5), (0.5, 1)), (8, 9), (INF, INF), 0), (0, (0, 0), ((1, 0.999), (0.999, 1)), (1, -2), (1.5, 2), 0), (0, (0, 1), ((2, 0.5), (0.5, 1)), (1, 1), (1.0009765625, 1.0009765625), 0),
    (0, (0, 1), ((2, 0.5), (0.5, 1)), (-2, -2), (2, 2), 1), (0, (0, 0), ((1, 0.9), (0.9, 1)), (-10, -10), (10, 10), 1), (0, (1, 0), ((4, -1), (-1, 0.5)), (-30, -30), (30, 30), 1),
    (3, (0, 1), ((2, 0.5), (0.5, 1)), (-1, 0), (2, 3), 0), (3, (0, 1), ((2, 0.5), (0.5, 1)), (-2, -2), (2, 2), 1),
]
for nu, mean, cov, lo, hi, outside in CASES:
    exact = [mp.mpf(x) for x in mean], [[mp.mpf(x) for x in row] for row in cov], [mp.mpf(x) for x in lo], [mp.mpf(x) for x in hi], outside
    value = t_box(nu, *exact) if nu else box(*exact)
    text = lambda values: " ".join("Infinity" if x == INF else repr(float(x)) for x in values)
    print(f"{nu},{text(mean)},{text(cov[0] + cov[1])},{text(lo)},{text(hi)},{outside},{mp.nstr(mp.log(value), 18)}")
