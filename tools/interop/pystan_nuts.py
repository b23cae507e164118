"""NUTS of PyStan on eight schools, as CSV of its data frame. usage: pystan_nuts.py OUTPUT_FOLDER"""
import sys
from pathlib import Path

import stan

out = Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
code = """
data { int J; vector[J] y; vector[J] sigma; }
parameters { real mu; real<lower=0> tau; vector[J] theta_raw; }
transformed parameters { vector[J] theta = mu + tau * theta_raw; }
model { mu ~ normal(0, 5); tau ~ cauchy(0, 5); theta_raw ~ std_normal(); y ~ normal(theta, sigma); }
"""
data = {"J": 8, "y": [28, 8, -3, 7, -1, 1, 18, 12], "sigma": [15, 10, 16, 11, 9, 11, 10, 18]}
model = stan.build(code, data=data, random_seed=1)
fit = model.sample(num_chains=4, num_samples=250)
fit.to_frame().to_csv(out / "pystan_eight_schools.csv")
