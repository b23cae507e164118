"""Draws of two Pyro guides with log p and log q as CSV, and reference draws by NUTS.

eight schools, mean-field: misses the neck near tau = 0.  logistic regression, full-rank: fine.
usage: pyro_svi.py OUTPUT_FOLDER
"""
import sys
from pathlib import Path

import numpy as np
import pyro
import pyro.distributions as dist
import torch
from pyro.infer import MCMC, NUTS, SVI, Trace_ELBO
from pyro.infer.autoguide import AutoDiagonalNormal, AutoMultivariateNormal
from pyro.infer.mcmc.util import initialize_model

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
out = Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)

Y = torch.tensor([28.0, 8, -3, 7, -1, 1, 18, 12])
SIGMA = torch.tensor([15.0, 10, 16, 11, 9, 11, 10, 18])
rng = np.random.default_rng(0)
X = rng.normal(size=(200, 3))
LABEL = torch.tensor((rng.uniform(size=200) < 1 / (1 + np.exp(-(X @ [1.0, -0.5, 0.25] + 0.3)))).astype(float))
X = torch.tensor(X)


def eight_schools():
    mu = pyro.sample("mu", dist.Normal(0.0, 5.0))
    tau = pyro.sample("tau", dist.HalfCauchy(5.0))
    raw = pyro.sample("theta_raw", dist.Normal(torch.zeros(8), torch.ones(8)).to_event(1))
    pyro.sample("y", dist.Normal(mu + tau * raw, SIGMA).to_event(1), obs=Y)


def logistic():
    alpha = pyro.sample("alpha", dist.Normal(0.0, 2.0))
    beta = pyro.sample("beta", dist.Normal(torch.zeros(3), 2 * torch.ones(3)).to_event(1))
    pyro.sample("y", dist.Bernoulli(logits=alpha + X @ beta).to_event(1), obs=LABEL)


def table(path, columns):
    names, values = [], []
    for name, value in columns.items():
        value = np.asarray(value)
        if value.ndim == 1:
            names.append(name)
            values.append(value)
        else:
            for k in range(value.shape[1]):
                names.append(f"{name}[{k + 1}]")
                values.append(value[:, k])
    np.savetxt(path, np.column_stack(values), delimiter=",", header=",".join(names), comments="", fmt="%.9g")


def with_theta(values):
    if "theta_raw" in values:
        raw = values.pop("theta_raw")
        values["theta"] = values["mu"][:, None] + values["tau"][:, None] * raw
    return values


def run(name, model, guide_class, draws=1000, steps=6000):
    pyro.set_rng_seed(1)
    pyro.clear_param_store()
    guide = guide_class(model)
    svi = SVI(model, guide, pyro.optim.ClippedAdam({"lr": 0.02, "lrd": 0.1 ** (1 / steps)}), Trace_ELBO(num_particles=4))
    for _ in range(steps):
        svi.step()
    _, potential, transforms, _ = initialize_model(model)
    with torch.no_grad():
        posterior = guide.get_posterior()
        z = posterior.sample((draws,))
        log_q = posterior.log_prob(z)
        log_q = log_q.reshape(draws, -1).sum(1)
        log_p, rows = [], []
        for i in range(draws):
            unconstrained = {site["name"]: value for site, value in guide._unpack_latent(z[i])}
            log_p.append(-float(potential(unconstrained)))
            rows.append({k: transforms[k].inv(v) if k in transforms else v for k, v in unconstrained.items()})
        values = with_theta({k: torch.stack([r[k] for r in rows]).numpy() for k in rows[0]})
    table(out / f"pyro_{name}_svi.csv", {**values, "log_p": np.array(log_p), "log_q": log_q.numpy()})

    pyro.set_rng_seed(2)
    mcmc = MCMC(NUTS(model, target_accept_prob=0.95), num_samples=800, warmup_steps=400, disable_progbar=True)
    mcmc.run()
    samples = with_theta({k: v.numpy() for k, v in mcmc.get_samples().items()})
    table(out / f"pyro_{name}_nuts.csv", samples)


run("eight_schools", eight_schools, AutoDiagonalNormal)
run("logistic", logistic, AutoMultivariateNormal)
