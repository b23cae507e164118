"""Reference values for importance weights: ELBO, log Z and KL with their standard errors, and the weighted mass of a region
with its interval.  Needs Python 3 with mpmath; writes a JSON file to the given folder:
    python3 tools/reference/weights.py estimate/src/test/resources/org/localmass/estimate
The weights number at most 20, too few for Pareto smoothing, so that they enter as they are.  Inputs are doubles taken
exactly, results have 20 digits."""
import json, os, sys
import mpmath as mp
mp.mp.dps = 40
DELTA = mp.mpf('0.025')

def digits(x): return mp.nstr(x, 20)

def limit(hits, size, upper):
    """Clopper-Pearson limit at real counts"""
    if upper and hits >= size: return mp.mpf(1)
    if not upper and hits <= 0: return mp.mpf(0)
    a, b = (hits + 1, size - hits) if upper else (hits, size - hits + 1)
    lo, hi = mp.mpf(0), mp.mpf(1)
    for _ in range(140):
        mid = (lo + hi) / 2
        tail = mp.betainc(a, b, 0, mid, regularized=True)
        inside = 1 - tail > DELTA if upper else tail < DELTA
        lo, hi = (mid, hi) if inside else (lo, mid)
    return (lo + hi) / 2

def kish(w): return sum(w) ** 2 / sum(x * x for x in w)

def sd(v):
    m = sum(v) / len(v)
    return mp.sqrt(sum((x - m) ** 2 for x in v) / (len(v) - 1))

def case(name, log_p, log_q, inside):
    lw = [mp.mpf(p) - mp.mpf(q) for p, q in zip(log_p, log_q)]
    w = [mp.exp(x) for x in lw]
    n = len(w)
    mean = sum(w) / n
    elbo = sum(lw) / n
    log_z = mp.log(mean)
    influence = [x / mean - l for x, l in zip(w, lw)]
    a = [x for x, i in zip(w, inside) if i]
    b = [x for x, i in zip(w, inside) if not i]
    p = sum(a) / sum(w)
    ka, kb = kish(a), kish(b)
    size = 1 / (p * (1 - p) * (1 / ka + 1 / kb))
    least = min(ka, kb)
    if least < 30: size /= 1 + 2 / mp.sqrt(least)
    hits = p * size
    return dict(name=name, logP=log_p, logQ=log_q, inside=inside,
                elbo=digits(elbo), elboError=digits(sd(lw) / mp.sqrt(n)),
                logZ=digits(log_z), logZError=digits(mp.sqrt(sum((x / mean - 1) ** 2 for x in w)) / n),
                kl=digits(log_z - elbo), klError=digits(sd(influence) / mp.sqrt(n)),
                mass=digits(p), effectiveSize=digits(size), lower=digits(limit(hits, size, False)), upper=digits(limit(hits, size, True)))

cases = []
log_p = [-0.3 * ((7 * i) % 11) - 0.125 for i in range(20)]
log_q = [-0.2 * ((5 * i) % 13) for i in range(20)]
cases.append(case("mixed", log_p, log_q, [i % 3 == 0 for i in range(20)]))
cases.append(case("far from zero", [x - 1234.5 for x in log_p], [x + 77.25 for x in log_q], [i < 3 for i in range(20)]))
cases.append(case("uneven", [2.5 * (i % 4) for i in range(18)], [0.125 * i for i in range(18)], [i > 12 for i in range(18)]))
text = {"source": f"mpmath {mp.__version__}, 40 digits; regenerate: tools/reference/weights.py", "cases": cases}
with open(os.path.join(sys.argv[1], "importance-weights.json"), "w") as f:
    json.dump(text, f, indent=1)
    f.write("\n")
