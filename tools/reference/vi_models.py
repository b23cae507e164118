"""Reference values of the models of variational inference, from mpmath with 50 digits.

    python3 tools/reference/vi_models.py

writes below vi/src/test/resources/org/localmass/vi/model
    models.json      log density on unconstrained space and its gradient (central differences at 50 digits) at random points,
                     with the log of the integral where it is known
    explore.json     for targets of exploration: a first approximation that lost a region, the region and its mass
    transforms.json  constrained values and the log determinant of the numerical Jacobian
and below core/src/test/resources/org/localmass/core/measure
    slopes.json      derivatives of log densities on the line
and the data of two models, below vi/src/main/resources/org/localmass/vi/model.
"""
import json
import os

import mpmath as mp
import numpy as np
from scipy.special import expit

mp.mp.dps = 50
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
TEST = os.path.join(ROOT, "vi/src/test/resources/org/localmass/vi/model")
CORE = os.path.join(ROOT, "core/src/test/resources/org/localmass/core/measure")
MAIN = os.path.join(ROOT, "vi/src/main/resources/org/localmass/vi/model")
H = mp.mpf(10) ** -15
log, exp, pi = mp.log, mp.exp, mp.pi


def text(v):
    return mp.nstr(v, 25)


def gradient(f, u):
    g = []
    for j in range(len(u)):
        up = list(u)
        up[j] = u[j] + H
        down = list(u)
        down[j] = u[j] - H
        g.append((f(up) - f(down)) / (2 * H))
    return g


def normal(x, m=0, s=1):
    s = mp.mpf(s)
    return -((x - m) / s) ** 2 / 2 - log(s) - log(2 * pi) / 2


def student(x, nu, s=1):
    nu = mp.mpf(nu)
    return mp.loggamma((nu + 1) / 2) - mp.loggamma(nu / 2) - log(nu * pi) / 2 - log(s) - (nu + 1) / 2 * log(1 + (x / s) ** 2 / nu)


def log_half_cauchy(u, s):
    """log density of u where exp(u) is half-Cauchy of scale s"""
    return log(2 / pi / s) - log(1 + (exp(u) / s) ** 2) + u


def log_sum(logs):
    top = max(logs)
    return top + log(sum(exp(v - top) for v in logs))


def isotropic(w, means, scales):
    def f(u):
        return log_sum([log(mp.mpf(a)) + sum(normal(x, c, s) for x, c in zip(u, m)) for a, m, s in zip(w, means, scales)])
    return f


def two(d, w, m0, s0, m1, s1):
    return isotropic([1 - mp.mpf(w), w], [[mp.mpf(m0)] * d, [mp.mpf(m1)] * d], [mp.mpf(s0), mp.mpf(s1)])


def funnel(sd):
    return lambda u: normal(u[0], 0, sd) + sum(normal(x, 0, exp(u[0] / 2)) for x in u[1:])


def bananas(pairs, sd, bend, width):
    def f(u):
        s = mp.mpf(0)
        for j in range(0, 2 * pairs, 2):
            s += normal(u[j], 0, sd) + normal(u[j + 1], mp.mpf(bend) * (u[j] ** 2 - mp.mpf(sd) ** 2), mp.mpf(width))
        return s + sum(normal(x) for x in u[2 * pairs:])
    return f


def banmix(pairs, w, distance, bend):
    b = bananas(pairs, 2, bend, 1)
    shift = -mp.mpf(distance) / mp.sqrt(pairs)
    return lambda u: log_sum([log(1 - mp.mpf(w)) + b(u), log(mp.mpf(w)) + sum(normal(x, shift if j % 2 else 0) for j, x in enumerate(u))])


def mvt(d, nu, rho):
    S = mp.matrix(d, d)
    for i in range(d):
        for j in range(d):
            S[i, j] = 1 if i == j else mp.mpf(rho)
    P, det, nu = S ** -1, mp.det(S), mp.mpf(nu)

    def f(u):
        x = mp.matrix(u)
        q = (x.T * P * x)[0]
        return mp.loggamma((nu + d) / 2) - mp.loggamma(nu / 2) - d * log(nu * pi) / 2 - log(det) / 2 - (nu + d) / 2 * log(1 + q / nu)
    return f


def ring(R, w):
    return lambda u: -((mp.sqrt(u[0] ** 2 + u[1] ** 2) - R) / mp.mpf(w)) ** 2 / 2


def boundary(u):
    return log(2) + normal(exp(u[0])) + u[0] + sum(normal(x) for x in u[1:])


Y8 = [28, 8, -3, 7, -1, 1, 18, 12]
S8 = [15, 10, 16, 11, 9, 11, 10, 18]


def eight(u, centred):
    mu, lt = u[0], u[1]
    t = exp(lt)
    s = normal(mu, 0, 5) + log_half_cauchy(lt, 5)
    for x, y, e in zip(u[2:], Y8, S8):
        theta = x if centred else mu + t * x
        s += (normal(x, mu, t) if centred else normal(x)) + normal(y, theta, e)
    return s


def eight_marginal():
    """density of log tau, not normalised"""
    def f(lt):
        t2 = exp(2 * lt)
        V = [mp.mpf(e) ** 2 + t2 for e in S8]
        P = sum(1 / v for v in V) + mp.mpf(1) / 25
        m = sum(y / v for y, v in zip(Y8, V)) / P
        ll = sum(-log(2 * pi * v) / 2 - mp.mpf(y) ** 2 / v / 2 for y, v in zip(Y8, V)) - log(25 * P) / 2 + m ** 2 * P / 2
        return exp(ll + log_half_cauchy(lt, 5))
    return f


def eight_log_z():
    mp.mp.dps = 30
    z = log(mp.quad(eight_marginal(), [-80, -40, -20, -10, -5, 0, 2, 4, 8, 16, 30]))
    mp.mp.dps = 50
    return z


def log_inv_logit(x):
    return -log(1 + exp(-x))


def regression(X, y, kind, prior, a):
    p = len(X[0])

    def f(u):
        s = normal(u[0], 0, a["intercept_scale"])
        if prior == "horseshoe":
            t, z, l = u[1], u[2:2 + p], u[2 + p:2 + 2 * p]
            beta = [zz * exp(ll + t) for zz, ll in zip(z, l)]
            s += log_half_cauchy(t, mp.mpf(a["scale"])) + sum(normal(v) for v in z) + sum(log_half_cauchy(v, 1) for v in l)
        else:
            beta, c = u[1:1 + p], mp.mpf(a["scale"])
            for b in beta:
                if prior == "normal":
                    s += normal(b, 0, c)
                elif prior == "laplace":
                    s += -abs(b) / c - log(2 * c)
                elif prior == "student_t":
                    s += student(b, a["nu"], c)
                else:
                    w = mp.mpf(a["weight"])
                    s += log_sum([log(w) + normal(b, 0, c), log(1 - w) + normal(b, 0, mp.mpf(a["spike"]))])
        if kind in ("linear", "robust"):
            sigma = exp(u[-1])
            s += log(2) + normal(sigma, 0, a["sigma_scale"]) + u[-1]
        for row, v in zip(X, y):
            eta = u[0] + sum(mp.mpf(float(c)) * b for c, b in zip(row, beta))
            v = mp.mpf(float(v))
            if kind == "logistic":
                s += log_inv_logit(eta if v == 1 else -eta)
            elif kind == "poisson":
                s += v * eta - exp(eta) - mp.loggamma(v + 1)
            elif kind == "linear":
                s += normal(v, eta, sigma)
            else:
                s += student(v - eta, a["df"], sigma)
        return s
    return f


def write(path, name, content):
    os.makedirs(path, exist_ok=True)
    with open(os.path.join(path, name), "w") as f:
        json.dump(content, f, indent=1)
        f.write("\n")


MADE = f"mpmath {mp.__version__}, 50 digits; regenerate: tools/reference/vi_models.py"


def horseshoe_data():
    rng = np.random.default_rng(1)
    X = np.round(rng.standard_normal((60, 6)), 3)
    b = np.zeros(6)
    b[0], b[1] = 2.0, -1.2
    return X, (rng.random(60) < expit(0.3 + X @ b)).astype(float)


def mix20_means():
    rng, means = np.random.default_rng(7), []
    while len(means) < 20:
        x = 10 * rng.random(2)
        if all(np.hypot(*(x - m)) > 1.2 for m in means):
            means.append(x)
    return means


def models():
    rng = np.random.default_rng(20261124)
    X, y = horseshoe_data()
    means = mix20_means()
    with open(os.path.join(MAIN, "horseshoe-logit.csv"), "w") as f:
        f.write("# simulated, tools/reference/vi_models.py\nx1,x2,x3,x4,x5,x6,y\n")
        for r, v in zip(X, y):
            f.write(",".join(repr(float(c)) for c in r) + f",{int(v)}\n")
    with open(os.path.join(MAIN, "mix20.csv"), "w") as f:
        f.write("# centres at least 1.2 apart, numpy default_rng(7), tools/reference/vi_models.py\nx1,x2\n")
        for m in means:
            f.write(f"{float(m[0])!r},{float(m[1])!r}\n")
    ring_z = log(2 * pi * mp.quad(lambda r: r * exp(-((r - 5) / mp.mpf("0.25")) ** 2 / 2), [0, 4, 4.5, 5, 5.5, 6, 10]))
    eight_z = eight_log_z()
    zero = mp.mpf(0)
    list_ = [
        ("spike(d=2, eps=0.01, tau=0.05)", 2, two(2, "0.01", "1.5", 1, 0, "0.05"), zero),
        ("spike(d=10, eps=0.05, tau=0.1)", 10, two(10, "0.05", "1.5", 1, 0, "0.1"), zero),
        ("far3(d=2)", 2, two(2, "0.03", 0, 1, 10 / mp.sqrt(2), 1), zero),
        ("far3(d=10)", 10, two(10, "0.03", 0, 1, 10 / mp.sqrt(10), 1), zero),
        ("narrow(d=10)", 10, two(10, "0.1", 0, 1, 6 / mp.sqrt(10), "0.5"), zero),
        ("funnel(d=10)", 10, funnel(3), zero),
        ("funnel(d=3, sd=2)", 3, funnel(2), zero),
        ("banana", 2, bananas(1, 2, "0.5", 1), zero),
        ("banana(pairs=1, sd=1, bend=0.5656854249492381, width=0.6, others=2)", 4, bananas(1, 1, 0.5656854249492381, "0.6"), zero),
        ("banmix", 10, banmix(5, "0.03", 12, "0.3"), zero),
        ("student(d=5, nu=3, rho=0.5)", 5, mvt(5, 3, "0.5"), zero),
        ("mix20", 2, isotropic(["0.05"] * 20, [[mp.mpf(float(c)) for c in m] for m in means], [mp.mpf("0.2")] * 20), zero),
        ("ring", 2, ring(5, "0.25"), ring_z),
        ("boundary(d=5)", 5, boundary, zero),
        ("eight_schools", 10, lambda u: eight(u, True), eight_z),
        ("eight_schools_noncentered", 10, lambda u: eight(u, False), eight_z),
        ("horseshoe_logit", 14, regression(X, y, "logistic", "horseshoe", dict(intercept_scale=2, scale="0.5")), None),
    ]
    cases = []
    for name, d, f, z in list_:
        for scale in (0.3, 1.0, 3.0):
            u = [round(float(v), 3) for v in scale * rng.standard_normal(d)]
            point = [mp.mpf(v) for v in u]
            cases.append(dict(model=name, logZ=None if z is None else text(z), u=u, value=text(f(point)), gradient=[text(v) for v in gradient(f, point)]))
    n, p = 12, 3
    X = np.round(rng.standard_normal((n, p)), 2)
    real = np.round(X @ [1.0, -0.5, 0.0] + 0.5 * rng.standard_normal(n), 2)
    response = dict(logistic=(real > 0).astype(float), linear=real, robust=real, poisson=rng.poisson(np.exp(0.5 * real)).astype(float))
    for kind, extra in (("logistic", ""), ("linear", "sigma_scale=3"), ("poisson", ""), ("robust", "sigma_scale=3, df=5")):
        for prior, args in (("normal", ""), ("laplace", ""), ("student_t", "nu=3"), ("horseshoe", ""), ("spike_slab", "spike=0.1, weight=0.3")):
            a = dict(intercept_scale=4, scale="1.5", nu=3, spike="0.1", weight="0.3", sigma_scale=3, df=5)
            f = regression(X, response[kind], kind, prior, a)
            d = 1 + (1 + 2 * p if prior == "horseshoe" else p) + (kind in ("linear", "robust"))
            name = f"{kind}({', '.join(t for t in (f'prior={prior}', 'scale=1.5', args, 'intercept_scale=4', extra) if t)})"
            for scale in (0.3, 1.0):
                u = [round(float(v), 3) for v in scale * rng.standard_normal(d)]
                point = [mp.mpf(v) for v in u]
                cases.append(dict(model=name, x=X.tolist(), y=response[kind].tolist(), logZ=None, u=u, value=text(f(point)), gradient=[text(v) for v in gradient(f, point)]))
    write(TEST, "models.json", dict(made=MADE, cases=cases))


def inv_logit(x):
    return 1 / (1 + exp(-x))


def simplex(u):
    n, stick, x = len(u) + 1, mp.mpf(1), []
    for k, v in enumerate(u):
        z = inv_logit(v - log(n - 1 - k))
        x.append(stick * z)
        stick *= 1 - z
    return x + [stick]


def cholesky(u):
    n = int((1 + mp.sqrt(1 + 8 * len(u))) / 2)
    L, at = [[mp.mpf(0)] * n for _ in range(n)], 0
    for i in range(n):
        left = mp.mpf(1)
        for j in range(i):
            L[i][j] = mp.tanh(u[at]) * mp.sqrt(left)
            left -= L[i][j] ** 2
            at += 1
        L[i][i] = mp.sqrt(left)
    return L


def ordered(u):
    x = [u[0]]
    for v in u[1:]:
        x.append(x[-1] + exp(v))
    return x


def log_det(f, u):
    """log |det| of the Jacobian of the first len(u) outputs of f"""
    columns = []
    for j in range(len(u)):
        up, down = list(u), list(u)
        up[j] += H
        down[j] -= H
        columns.append([(a - b) / (2 * H) for a, b in zip(f(up), f(down))])
    J = mp.matrix(len(u), len(u))
    for j, c in enumerate(columns):
        for i in range(len(u)):
            J[i, j] = c[i]
    return log(abs(mp.det(J)))


def transforms():
    rng, cases = np.random.default_rng(5), []

    def lower(u):
        return [2 + exp(v) for v in u]

    def upper(u):
        return [-1 - exp(-v) for v in u]

    def interval(u):
        return [-1 + 4 * inv_logit(v) for v in u]

    def free(u):
        L = cholesky(u)
        return [L[i][j] for i in range(len(L)) for j in range(i)]

    def by_column(u):
        L = cholesky(u)
        return [L[i][j] for j in range(len(L)) for i in range(len(L))]

    for name, n, m, f, jac in (
        ("positive", 3, 3, lambda u: [exp(v) for v in u], None), ("lower", 3, 3, lower, None), ("upper", 3, 3, upper, None),
        ("interval", 3, 3, interval, None), ("simplex", 2, 1, simplex, None), ("simplex", 5, 4, simplex, None),
        ("ordered", 4, 4, ordered, None), ("cholesky", 2, 1, by_column, free), ("cholesky", 4, 6, by_column, free)):
        for scale in (0.5, 2.0):
            u = [round(float(v), 3) for v in scale * rng.standard_normal(m)]
            point = [mp.mpf(v) for v in u]
            cases.append(dict(transform=name, n=n, u=u, x=[text(v) for v in f(point)], logJacobian=text(log_det(jac or f, point))))
    u = [0.3, -1.2, 0.7]
    length = mp.sqrt(sum(mp.mpf(v) ** 2 for v in u))
    cases.append(dict(transform="unit_vector", n=3, u=u, x=[text(mp.mpf(v) / length) for v in u], logJacobian=text(-length ** 2 / 2)))
    write(TEST, "transforms.json", dict(made=MADE, cases=cases))


def slopes():
    """Formulas up to constants; the points are inside of the supports."""
    def t(nu):
        return lambda x: -(nu + 1) / mp.mpf(2) * log(1 + x ** 2 / nu)

    def gamma(a, b):
        return lambda x: (a - 1) * log(x) - b * x

    def inv_gamma(a, b):
        return lambda x: -(a + 1) * log(x) - b / x

    def mixture(x):
        return log_sum([log(mp.mpf("0.7")) + normal(x), log(mp.mpf("0.3")) + normal(x, 2, mp.mpf("0.5"))])

    h = mp.mpf("0.5")
    laws = [
        ("normal(1, 2)", lambda x: normal(x, 1, 2), [-3, 0, 4]),
        ("double_exponential(1, 2)", lambda x: -abs(x - 1) / 2, [-3, 0, 4]),
        ("cauchy(0.5, 2)", lambda x: -log(1 + ((x - h) / 2) ** 2), [-300, 0, 4]),
        ("half_cauchy(2)", lambda x: -log(1 + (x / 2) ** 2), [0.01, 3, 500]),
        ("logistic(1, 2)", lambda x: -(x - 1) / 2 - 2 * log(1 + exp(-(x - 1) / 2)), [-30, 0, 4]),
        ("half_normal(2)", lambda x: normal(x / 2), [0.1, 5]),
        ("uniform(-1, 3)", lambda x: mp.mpf(0), [0, 2.5]),
        ("student_t(3, 0, 2)", lambda x: t(3)(x / 2), [-40, 0.5, 3]),
        ("half_student_t(3, 2)", lambda x: t(3)(x / 2), [0.5, 3]),
        ("generalized_normal(0, 2, 1.5)", lambda x: -abs(x / 2) ** mp.mpf(1.5), [-4, 0.5, 3]),
        ("symmetric_power(0.5)", lambda x: -h * log(abs(x)) - x ** 2 / 2, [-2, 0.01, 3]),
        ("double_weibull(1.5, 2)", lambda x: h * log(abs(x)) - abs(x / 2) ** mp.mpf(1.5), [-2, 0.5, 3]),
        ("weibull(1.5, 2)", lambda x: h * log(x) - (x / 2) ** mp.mpf(1.5), [0.1, 3]),
        ("exponential(3)", lambda x: -3 * x, [0.1, 3]),
        ("gamma(0.5, 2)", gamma(h, 2), [1e-5, 0.5, 20]),
        ("chi_square(3)", gamma(mp.mpf(3) / 2, h), [0.5, 20]),
        ("inv_gamma(2, 3)", inv_gamma(2, 3), [0.01, 0.5, 200]),
        ("inv_chi_square(3)", inv_gamma(mp.mpf(3) / 2, h), [0.5, 20]),
        ("frechet(2, 3)", lambda x: -3 * log(x) - (x / 3) ** -2, [0.5, 20]),
        ("lognormal(0.5, 2)", lambda x: -log(x) - ((log(x) - h) / 2) ** 2 / 2, [1e-4, 0.5, 20]),
        ("pareto(2, 1.5)", lambda x: -mp.mpf(2.5) * log(x), [2.5, 20]),
        ("beta(0.5, 3)", lambda x: -h * log(x) + 2 * log(1 - x), [1e-5, 0.5, 0.9]),
        ("gumbel(1, 2)", lambda x: -(x - 1) / 2 - exp(-(x - 1) / 2), [-3, 0, 9]),
        ("radial_power(1, 0.5, 2)", lambda x: -h * log(abs(x)), [-1, 0.1]),
        ("truncate(normal(0, 1), -1, 2)", normal, [-0.5, 1.5]),
        ("mixture(0.7*normal(0, 1) + 0.3*normal(2, 0.5))", mixture, [-2, 1, 2.5]),
        ("transform(exp, normal(0, 1))", lambda x: normal(log(x)) - log(x), [0.1, 7]),
        ("transform(log, gamma(2, 1))", lambda x: 2 * x - exp(x), [-3, 1]),
        ("transform(inv_logit, normal(0, 1))", lambda x: normal(log(x / (1 - x))) - log(x) - log(1 - x), [0.1, 0.8]),
        ("transform(power(3), normal(0, 1))", lambda x: normal(mp.cbrt(x)) - 2 * log(x) / 3, [0.1, 7]),
        ("tpb_normal(1, 1)", lambda x: log(mp.quad(lambda v: exp(normal(x, 0, exp(v / 2))) * exp(v) / (1 + exp(v)) ** 2, [-60, -20, -5, 0, 5, 20, 60])), [0.3, 4]),
    ]
    cases = []
    for law, f, points in laws:
        for x in points:
            step = mp.mpf(10) ** -12
            x0 = mp.mpf(x)
            s = (f(x0 * (1 + step) + (step if x == 0 else 0)) - f(x0 * (1 - step) - (step if x == 0 else 0))) / (2 * step * (x0 if x else 1))
            cases.append(dict(law=law, x=x, slope=mp.nstr(s, 20)))
    write(CORE, "slopes.json", dict(made=MADE, cases=cases))


def explore():
    """Normal first approximations, and a region that they lose; masses in closed form or by quadrature."""
    mp.mp.dps = 25
    Phi = mp.ncdf
    cases = []

    def add(name, model, mean, sd, kind, mass, **region):
        d = len(mean)
        sd = [float(sd)] * d if np.isscalar(sd) else [float(v) for v in sd]
        cases.append(dict(id=name, model=model, mean=[float(v) for v in mean], sd=sd, rho=region.pop("rho", 0.0), region=dict(kind=kind, **region), mass=mp.nstr(mass, 15)))

    def axis(d, v=1.0):
        return [v] + [0.0] * (d - 1)

    for d in (10, 30):
        add(f"funnel{d}", f"funnel(d={d})", axis(d), [1.5] + [1.6] * (d - 1), "half", Phi(-1), normal=axis(d), offset=-3.0)
    density = eight_marginal()
    whole = mp.quad(density, [-80, -20, -5, 0, 2, 4, 8, 20])
    add("eight", "eight_schools", [4.4, 1.3, 7.5, 5.2, 3.5, 5, 3.2, 4, 7.6, 5.2], [3.2, 0.55] + [4.2] * 8, "half",
        mp.quad(density, [-80, -20, -5, -2, -0.5]) / whole, normal=[0.0, 1.0] + [0.0] * 8, offset=-0.5)
    for d in (10, 50):
        add(f"far{d}", f"far3(d={d})", [0] * d, 1, "half", mp.mpf("0.97") * Phi(-5) + mp.mpf("0.03") * Phi(5), normal=[-1 / d ** 0.5] * d, offset=-5.0)
    add("narrow10", "narrow(d=10)", [0] * 10, 1, "half", mp.mpf("0.9") * Phi(-3) + mp.mpf("0.1") * Phi(6), normal=[-(10 ** -0.5)] * 10, offset=-3.0)
    add("banana4", "banana(pairs=1, sd=1, bend=0.5656854249492381, width=0.6, others=2)", [0] * 4, [0.7, 0.7, 1, 1], "beyond", 2 * Phi(mp.mpf("-1.8")), coordinate=0, size=1.8)
    # five b's: cumulative of -sum b/sqrt(5) by the characteristic function of 0.3 (a^2 - 4) + e
    def tail(t):
        def phi(w):  # of sum b
            one = exp(-1j * w * mp.mpf("1.2") - w ** 2 / 2) / mp.sqrt(1 - 2j * w * mp.mpf("1.2"))
            return one ** 5
        x = -t * mp.sqrt(5)
        return mp.mpf(1) / 2 - mp.quad(lambda w: mp.im(exp(-1j * w * x) * phi(w)) / w, [0, 1, 2, 4, 8]) / pi
    add("banmix", "banmix", [0] * 10, [1.6, 1.2] * 5, "half", mp.mpf("0.97") * tail(7) + mp.mpf("0.03") * Phi(5), normal=[0.0, 5 ** -0.5] * 5, offset=-7.0)
    # |x|^2 in the scale's norm over d is F(5, 3)
    add("student", "student(d=5, nu=3, rho=0.5)", [0] * 5, 1.2, "outside", mp.betainc(1.5, 2.5, 0, mp.mpf(3) / 28, regularized=True), rho=0.5, size=5.0)
    ratio = 2 / np.pi
    spread = np.log(1 + (1 - ratio) / ratio)
    add("boundary", "boundary(d=5)", [np.log(np.sqrt(ratio)) - spread / 2, 0, 0, 0, 0], [np.sqrt(spread), 1, 1, 1, 1], "half", 2 * Phi(mp.mpf("0.15")) - 1, normal=axis(5), offset=float(np.log(0.15)))
    add("mix20", "mix20", [2.5, 5], [1.3, 2.8], "half", sum(Phi((mp.mpf(float(m[0])) - 5) / mp.mpf("0.2")) for m in mix20_means()) / 20, normal=[-1.0, 0.0], offset=-5.0)
    radial = [1, 2, 3, 4, 4.5, 5, 5.5, 6, 8]
    whole = mp.quad(lambda r: r * exp(-((r - 5) * 4) ** 2 / 2), [0] + radial)
    add("ring", "ring", [4, 0], [1, 2], "half", mp.quad(lambda r: r * exp(-((r - 5) * 4) ** 2 / 2) * mp.acos(2 / r) / pi, radial[1:]) / whole, normal=[1.0, 0.0], offset=-2.0)
    write(TEST, "explore.json", dict(made=MADE.replace("50 digits", "25 digits"), cases=cases))
    mp.mp.dps = 50


if __name__ == "__main__":
    models()
    transforms()
    slopes()
    explore()
