#!/usr/bin/env python3
"""Makes the files of examples/screening: reference chains, two Gaussian approximations, and the numbers in its README.

    python3 tools/examples/screening.py            # needs NumPy and SciPy; a minute

The posterior of screening.stan has three parameters, and given (alpha, beta) the event `missed > LIMIT` is a threshold
for eta, so that its probability is a two-dimensional integral of a smooth function: the truth, to 8 digits.
The chains (random-walk Metropolis) and the 2000 draws of each approximation are seeded and reproducible.
"""
import json
import pathlib

import numpy as np
from scipy import integrate, optimize, special, stats

HERE = pathlib.Path(__file__).resolve().parents[2] / "examples" / "screening"
DATA = json.loads((HERE / "screening.data.json").read_text())
X, Y, MIX = (np.array(DATA[k], float) for k in ("x", "detected", "mix"))
PEOPLE, CASES = DATA["people"], DATA["cases"]
SIZES = np.array([-1.0, 0.0, 1.0])
LIMIT = 35.0
SEED, DRAWS = 20261122, 2000
PRIOR_MEAN, PRIOR_SD = np.array([1.5, 0.5, -5.0]), np.array([1.5, 1.0, 1.5])
LOG_CHOOSE = special.gammaln(PEOPLE + 1) - special.gammaln(CASES + 1) - special.gammaln(PEOPLE - CASES + 1)
NAMES = ["alpha", "beta", "eta"]


def log_p(t):
    """Unnormalised log posterior density (all constants kept); t has shape (..., 3). All parameters are unconstrained."""
    t = np.asarray(t, float)
    value = np.sum(stats.norm.logpdf(t, PRIOR_MEAN, PRIOR_SD), -1)
    z = t[..., :1] + t[..., 1:2] * X
    value += np.sum(np.where(Y == 1, special.log_expit(z), special.log_expit(-z)), -1)
    eta = t[..., 2]
    return value + LOG_CHOOSE + CASES * special.log_expit(eta) + (PEOPLE - CASES) * special.log_expit(-eta)


def miss_rate(alpha, beta):
    return sum(w * special.expit(-(alpha + beta * s)) for w, s in zip(MIX, SIZES))


def missed(t):
    return 1e4 * special.expit(t[..., 2]) * miss_rate(t[..., 0], t[..., 1])


# ---------------------------------------------------------------- the truth, by quadrature
def gauss_legendre(lower, upper, n):
    x, w = np.polynomial.legendre.leggauss(n)
    return 0.5 * (upper - lower) * x + 0.5 * (upper + lower), 0.5 * (upper - lower) * w


def threshold(alpha, beta):
    """The eta above which missed > LIMIT; +inf where no prevalence suffices."""
    share = LIMIT / (1e4 * miss_rate(alpha, beta))
    return np.where(share < 1, special.logit(np.minimum(share, 1 - 1e-16)), np.inf)


def truth(n=400):
    """(log Z, p(missed > LIMIT), posterior mean and covariance)."""
    eta, we = gauss_legendre(-8.0, -3.0, 400)
    prior_ab = lambda a, b: stats.norm.logpdf(a, 1.5, 1.5) + stats.norm.logpdf(b, 0.5, 1.0)
    log_eta = lambda e: (stats.norm.logpdf(e, -5.0, 1.5) + LOG_CHOOSE + CASES * special.log_expit(e)
                         + (PEOPLE - CASES) * special.log_expit(-e))
    z_eta = np.sum(we * np.exp(log_eta(eta)))
    # survival function of eta: cumulative integral on a dense grid, then a cubic interpolant of its logarithm
    grid = np.linspace(-8.0, -1.0, 20001)
    density = np.exp(log_eta(grid)) / z_eta
    tail = integrate.cumulative_simpson(density[::-1], dx=grid[1] - grid[0], initial=0.0)[::-1]
    survival = lambda e: np.where(e < grid[-1], np.interp(np.minimum(e, grid[-1]), grid, tail), 0.0)
    a, wa = gauss_legendre(-4.0, 9.0, n)
    b, wb = gauss_legendre(-5.0, 6.0, n)
    A, B = np.meshgrid(a, b, indexing="ij")
    z = A[..., None] + B[..., None] * X
    log_ab = prior_ab(A, B) + np.sum(np.where(Y == 1, special.log_expit(z), special.log_expit(-z)), -1)
    w = np.exp(log_ab) * np.outer(wa, wb)
    z_ab = w.sum()
    w /= z_ab
    p = np.sum(w * survival(threshold(A, B)))
    ma, mb = np.sum(w * A), np.sum(w * B)
    v = np.exp(log_eta(eta)) * we / z_eta
    me = np.sum(v * eta)
    cov = np.zeros((3, 3))
    cov[0, 0], cov[1, 1] = np.sum(w * (A - ma) ** 2), np.sum(w * (B - mb) ** 2)
    cov[0, 1] = cov[1, 0] = np.sum(w * (A - ma) * (B - mb))
    cov[2, 2] = np.sum(v * (eta - me) ** 2)
    return np.log(z_ab * z_eta), p, np.array([ma, mb, me]), cov


def gaussian_mass(mean, cov, n=400):
    """q(missed > LIMIT) of a Gaussian, by the same reduction: eta given (alpha, beta) is Gaussian."""
    ab = cov[:2, :2]
    chol = np.linalg.cholesky(ab)
    x, w = gauss_legendre(-8.5, 8.5, n)
    U, V = np.meshgrid(x, x, indexing="ij")
    weight = np.outer(w * stats.norm.pdf(x), w * stats.norm.pdf(x))
    A, B = mean[0] + chol[0, 0] * U, mean[1] + chol[1, 0] * U + chol[1, 1] * V
    slope = np.linalg.solve(ab, cov[:2, 2])
    centre = mean[2] + slope[0] * (A - mean[0]) + slope[1] * (B - mean[1])
    sd = np.sqrt(cov[2, 2] - slope @ cov[:2, 2])
    return np.sum(weight * stats.norm.sf((threshold(A, B) - centre) / sd))


# ---------------------------------------------------------------- the approximations
H1, W1 = np.polynomial.hermite_e.hermegauss(24)
W1 = W1 / W1.sum()
NODES = np.stack(np.meshgrid(H1, H1, H1, indexing="ij"), -1).reshape(-1, 3)
WEIGHTS = (W1[:, None, None] * W1[:, None] * W1).ravel()
ENTROPY = 1.5 * np.log(2 * np.pi * np.e)


def elbo(mean, chol):
    """E_q log p - E_q log q by Gauss-Hermite quadrature (24^3 nodes): deterministic, so there is no noise to hide behind."""
    return WEIGHTS @ log_p(mean + NODES @ chol.T) + np.sum(np.log(np.diag(chol))) + ENTROPY


def fit(full, origin=0.0):
    """Largest ELBO among Gaussians, full-rank or mean-field; the latter in (alpha + origin * beta, beta, eta)."""
    mode = optimize.minimize(lambda t: -log_p(t), PRIOR_MEAN, method="BFGS", options={"gtol": 1e-8})
    start = np.linalg.cholesky(mode.hess_inv)
    if full:
        rows = np.tril_indices(3)
        def unpack(v):
            chol = np.zeros((3, 3))
            chol[rows] = v[3:]
            chol[np.diag_indices(3)] = np.exp(np.diag(chol))
            return v[:3], chol
        first = start.copy()
        first[np.diag_indices(3)] = np.log(np.diag(start))
        v0 = np.r_[mode.x, first[rows]]
    else:
        back = np.array([[1, -origin, 0], [0, 1, 0], [0, 0, 1]])
        unpack = lambda v: (v[:3], back * np.exp(v[3:]))
        v0 = np.r_[mode.x, 0.5 * np.log(np.diag(mode.hess_inv))]
    best = optimize.minimize(lambda v: -elbo(*unpack(v)), v0, method="BFGS", options={"gtol": 1e-6})
    return *unpack(best.x), -best.fun


def laplace():
    mode = optimize.minimize(lambda t: -log_p(t), PRIOR_MEAN, method="BFGS", options={"gtol": 1e-8}).x
    s = special.expit(mode[0] + mode[1] * X)
    e = special.expit(mode[2])
    h = np.diag(1 / PRIOR_SD**2)
    h[0, 0] += np.sum(s * (1 - s))
    h[1, 1] += np.sum(s * (1 - s) * X**2)
    h[0, 1] = h[1, 0] = np.sum(s * (1 - s) * X)
    h[2, 2] += PEOPLE * e * (1 - e)
    return mode, np.linalg.cholesky(np.linalg.inv(h))


# ---------------------------------------------------------------- diagnostics
def psis(log_ratio):
    """(k-hat, smoothed normalised weights): Vehtari, Simpson, Gelman, Yao and Gabry (2024), as in R package loo."""
    lw = log_ratio - log_ratio.max()
    n = len(lw)
    m = int(min(np.ceil(0.2 * n), np.ceil(3 * np.sqrt(n))))
    order = np.argsort(lw, kind="stable")
    tail, cut = order[-m:], lw[order[-m - 1]]
    x = np.exp(lw[tail]) - np.exp(cut)
    # generalised Pareto fit of Zhang and Stephens (2009) with the weak prior of loo
    count = 30 + int(np.floor(np.sqrt(m)))
    quartile = x[int(np.floor(m / 4 + 0.5)) - 1]
    theta = 1 / x[-1] + (1 - np.sqrt(count / (np.arange(1, count + 1) - 0.5))) / (3 * quartile)
    k = np.mean(np.log1p(-theta[:, None] * x), 1)
    profile = m * (np.log(-theta / k) - k - 1)
    weight = special.softmax(profile)
    t = np.sum(theta * weight)
    k = np.mean(np.log1p(-t * x))
    sigma = -k / t
    khat = k * m / (m + 10) + 0.5 * 10 / (m + 10)
    smooth = np.exp(cut) + sigma * np.expm1(-khat * np.log1p(-(np.arange(1, m + 1) - 0.5) / m)) / khat
    lw = lw.copy()
    lw[tail] = np.minimum(np.log(smooth), 0.0)
    return khat, special.softmax(lw)


def split_rhat(chains):
    """Rank-normalised split R-hat; chains has shape (chains, draws)."""
    half = chains.shape[1] // 2
    parts = np.vstack([chains[:, :half], chains[:, half:2 * half]])
    z = stats.norm.ppf((stats.rankdata(parts).reshape(parts.shape) - 0.375) / (parts.size + 0.25))
    within = np.mean(np.var(z, axis=1, ddof=1))
    between = half * np.var(z.mean(1), ddof=1)
    return np.sqrt(((half - 1) / half * within + between / half) / within)


def ess(chains):
    """Effective sample size, Geyer's initial monotone positive sequence on the pooled autocorrelation."""
    c, n = chains.shape
    y = chains - chains.mean()
    acov = np.mean([np.correlate(r, r, "full")[n - 1:] / n for r in y], 0)
    rho, total, previous = acov / acov[0], 0.0, np.inf
    for j in range(0, n - 1, 2):
        pair = min(rho[j] + rho[j + 1], previous)
        if pair <= 0:
            break
        total, previous = total + pair, pair
    return c * n / max(1.0, 2 * total - 1)


# ---------------------------------------------------------------- the reference chains
def sample(mean, cov, rng, chains=4, kept=1000, thin=40, warmup=4000):
    """Random-walk Metropolis with the posterior's covariance, scale 2.38/sqrt(3); starts overdispersed."""
    step = 2.38 / np.sqrt(3) * np.linalg.cholesky(cov)
    at = mean + 2 * rng.standard_normal((chains, 3)) @ np.linalg.cholesky(cov).T
    value = log_p(at)
    draws, logs, rates = np.empty((chains, kept, 3)), np.empty((chains, kept)), np.zeros((chains, kept))
    for i in range(-warmup, kept * thin):
        proposal = at + rng.standard_normal((chains, 3)) @ step.T
        new = log_p(proposal)
        log_u = np.log(rng.random(chains))
        move = log_u < new - value
        at = np.where(move[:, None], proposal, at)
        accept = np.minimum(1.0, np.exp(np.minimum(0.0, new - value)))
        value = np.where(move, new, value)
        if i >= 0:
            rates[:, i // thin] += accept / thin
            if i % thin == thin - 1:
                draws[:, i // thin], logs[:, i // thin] = at, value
    return draws, logs, rates


# ---------------------------------------------------------------- files
def write(name, head, header, rows):
    text = [f"# {line}" for line in head] + [",".join(header)]
    text += [",".join(f"{v:.6g}" for v in row) for row in rows]
    (HERE / name).write_text("\n".join(text) + "\n")


def main():
    log_z, p, mean, cov = truth()
    coarse = truth(300)[1]
    draws, logs, rates = sample(mean, cov, np.random.default_rng(SEED))
    m = missed(draws)
    hits = m > LIMIT
    sd = np.sqrt(np.diag(cov))
    print(f"posterior mean  {np.array2string(mean, precision=4)}   sd {np.array2string(sd, precision=4)}"
          f"   corr(alpha, beta) {cov[0, 1] / sd[0] / sd[1]:.3f}")
    print(f"log Z {log_z:.4f}   p(missed > {LIMIT:g}) = {p:.7f}   (300 in place of 400 nodes: {coarse:.7f})")
    print(f"missed: quantiles 5, 50, 95 % {np.array2string(np.quantile(m, [.05, .5, .95]), precision=3)}   mean {m.mean():.2f}")
    print("reference:  R-hat " + " ".join(f"{split_rhat(c):.4f}" for c in [*np.moveaxis(draws, 2, 0), m])
          + "   ESS " + " ".join(f"{ess(c):.0f}" for c in [*np.moveaxis(draws, 2, 0), m])
          + f"   acceptance {rates.mean():.3f}   share {hits.mean():.4f} +- {np.sqrt(p * (1 - p) / ess(hits.astype(float))):.4f}")
    for c in range(4):
        write(f"mcmc_{c + 1}.csv",
              ["model = screening", "written by tools/examples/screening.py", "random-walk Metropolis, thinned by 40",
               f"seed = {SEED}", f"chain_id = {c + 1}"],
              ["lp__", "accept_stat__", *NAMES, "missed"],
              np.column_stack([logs[c], rates[c], draws[c], m[c]]))
    for name, (mu, chol, value) in {"meanfield": fit(False), "fullrank": fit(True),
                                    "laplace": (*laplace(), np.nan)}.items():
        q_cov = chol @ chol.T
        z = np.random.default_rng(SEED).standard_normal((DRAWS, 3))
        t = mu + z @ chol.T
        lp = log_p(t)
        log_g = -0.5 * np.sum(z * z, 1)
        khat, w = psis(lp - log_g)
        q, inside = gaussian_mass(mu, q_cov), missed(t) > LIMIT
        estimate = w @ inside
        print(f"{name:9s}  ELBO {elbo(mu, chol):.4f}   KL(q, p) {log_z - elbo(mu, chol):.4f}   k-hat {khat:.3f}"
              f"   q(missed > {LIMIT:g}) = {q:.6f}   ratio q/p {q / p:.3f}   hits {inside.sum()} of {DRAWS}"
              f"   reweighted {estimate:.5f} +- {np.sqrt(np.sum(w**2 * (inside - estimate) ** 2)):.5f}"
              f"   ESS {1 / np.sum(w**2):.0f}   mean {np.array2string(mu, precision=4)}"
              f"   sd {np.array2string(np.sqrt(np.diag(q_cov)), precision=4)}")
        ks, reweighted = [], []
        for seed in range(200):
            u = np.random.default_rng(seed).standard_normal((DRAWS, 3))
            k, w = psis(log_p(mu + u @ chol.T) + 0.5 * np.sum(u * u, 1))
            ks.append(k)
            reweighted.append(w @ (missed(mu + u @ chol.T) > LIMIT))
        print(f"           200 other seeds: k-hat median {np.median(ks):.2f}, 5 to 95 % {np.quantile(ks, .05):.2f} to "
              f"{np.quantile(ks, .95):.2f}, below 0.7 in {np.mean(np.array(ks) < .7):.0%};   reweighted mean "
              f"{np.mean(reweighted):.4f}, sd {np.std(reweighted):.4f}")
        if name == "laplace":
            continue
        write(f"{name}.csv",
              ["model = screening", "written by tools/examples/screening.py", "method = variational", f"algorithm = {name}",
               f"seed = {SEED}", "first row: the mean of the approximation"],
              ["lp__", "log_p__", "log_g__", *NAMES, "missed"],
              np.vstack([[0, 0, 0, *mu, missed(mu)],
                         np.column_stack([np.zeros(DRAWS), lp, log_g, t, missed(t)])]))
    for origin in (-0.2, 0.5, 0.75):
        mu, chol, value = fit(False, origin)
        print(f"mean-field with the origin of x at {origin:g}: KL(q, p) {log_z - value:.4f}"
              f"   q(missed > {LIMIT:g}) = {gaussian_mass(mu, chol @ chol.T):.6f}")


if __name__ == "__main__":
    main()
