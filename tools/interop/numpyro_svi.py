"""Draws of two NumPyro guides with log p and log q, and reference draws by NUTS.

eight schools, mean-field: misses the neck near tau = 0.  logistic regression, full-rank: fine.
log_p and log_q are densities of the unconstrained parameters; log_p lacks no constant (the likelihood and priors are
normalised), so log Z is estimable.
usage: numpyro_svi.py OUTPUT_FOLDER
"""
import sys
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
import numpyro.distributions as dist
from numpyro.infer import MCMC, NUTS, SVI, Trace_ELBO
from numpyro.infer.autoguide import AutoDiagonalNormal, AutoMultivariateNormal
from numpyro.infer.util import constrain_fn, potential_energy

jax.config.update("jax_enable_x64", True)
out = Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)

Y = jnp.array([28.0, 8, -3, 7, -1, 1, 18, 12])
SIGMA = jnp.array([15.0, 10, 16, 11, 9, 11, 10, 18])


def eight_schools():
    mu = numpyro.sample("mu", dist.Normal(0, 5))
    tau = numpyro.sample("tau", dist.HalfCauchy(5))
    raw = numpyro.sample("theta_raw", dist.Normal(0, 1).expand([8]).to_event(1))
    theta = numpyro.deterministic("theta", mu + tau * raw)
    numpyro.sample("y", dist.Normal(theta, SIGMA).to_event(1), obs=Y)


def logistic():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(200, 3))
    y = (rng.uniform(size=200) < 1 / (1 + np.exp(-(x @ np.array([1.0, -0.5, 0.25]) + 0.3)))).astype(float)
    alpha = numpyro.sample("alpha", dist.Normal(0, 2))
    beta = numpyro.sample("beta", dist.Normal(0, 2).expand([3]).to_event(1))
    numpyro.sample("y", dist.Bernoulli(logits=alpha + x @ beta).to_event(1), obs=y)


def run(name, model, guide_class, draws=1000, steps=20000, keep=None):
    guide = guide_class(model)
    svi = SVI(model, guide, numpyro.optim.Adam(5e-3), Trace_ELBO(num_particles=4))
    params = svi.run(jax.random.PRNGKey(1), steps, progress_bar=False).params
    posterior = guide.get_posterior(params)
    z = posterior.sample(jax.random.PRNGKey(2), (draws,))
    log_q = posterior.log_prob(z)
    log_q = log_q.reshape(draws, -1).sum(axis=1)
    unpacked = jax.vmap(guide._unpack_latent)(z)
    log_p = jax.vmap(lambda u: -potential_energy(model, (), {}, u))(unpacked)
    values = jax.vmap(lambda u: constrain_fn(model, (), {}, u, return_deterministic=True))(unpacked)
    arrays = {k: np.asarray(v) for k, v in values.items() if keep is None or k in keep}
    np.savez_compressed(out / f"numpyro_{name}_svi.npz", **arrays, log_p=np.asarray(log_p), log_q=np.asarray(log_q))

    mcmc = MCMC(NUTS(model, target_accept_prob=0.95), num_warmup=1000, num_samples=500, num_chains=4,
                chain_method="sequential", progress_bar=False)
    mcmc.run(jax.random.PRNGKey(3))
    samples = mcmc.get_samples(group_by_chain=True)
    np.savez_compressed(out / f"numpyro_{name}_nuts.npz",
                        **{k: np.asarray(v) for k, v in samples.items() if keep is None or k in keep})


run("eight_schools", eight_schools, AutoDiagonalNormal, keep={"mu", "tau", "theta"})
run("logistic", logistic, AutoMultivariateNormal)
