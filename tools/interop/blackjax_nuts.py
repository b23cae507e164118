"""NUTS of BlackJAX on a correlated normal, as npz. usage: blackjax_nuts.py OUTPUT_FOLDER"""
import sys
from pathlib import Path

import blackjax
import jax
import jax.numpy as jnp
import numpy as np

jax.config.update("jax_enable_x64", True)
out = Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
precision = jnp.linalg.inv(jnp.array([[1.0, 0.6], [0.6, 1.0]]))


def logdensity(position):
    return -0.5 * position["x"] @ precision @ position["x"] - 0.5 * position["s"] ** 2


def chain(key):
    warm_key, key = jax.random.split(key)
    start = {"x": jnp.zeros(2), "s": jnp.zeros(())}
    (state, parameters), _ = blackjax.window_adaptation(blackjax.nuts, logdensity).run(warm_key, start, 500)
    step = blackjax.nuts(logdensity, **parameters).step

    def one(state, key):
        state, _ = step(key, state)
        return state, state

    _, states = jax.lax.scan(one, state, jax.random.split(key, 500))
    return states.position


positions = jax.vmap(chain)(jax.random.split(jax.random.PRNGKey(1), 4))
np.savez(out / "blackjax_nuts.npz", **{k: np.asarray(v) for k, v in positions.items()})
