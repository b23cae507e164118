"""ADVI and NUTS of PyMC on eight schools, as netCDF. usage: pymc_advi.py OUTPUT_FOLDER"""
import sys
from pathlib import Path

import numpy as np
import pymc as pm

out = Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
y = np.array([28.0, 8, -3, 7, -1, 1, 18, 12])
sigma = np.array([15.0, 10, 16, 11, 9, 11, 10, 18])
schools = ["Choate", "Deerfield", "Phillips Andover", "Phillips Exeter", "Hotchkiss", "Lawrenceville",
           "St. Paul's", "Mt. Hermon"]

with pm.Model(coords={"school": schools}):
    mu = pm.Normal("mu", 0, 5)
    tau = pm.HalfCauchy("tau", 5)
    raw = pm.Normal("theta_raw", 0, 1, dims="school")
    theta = pm.Deterministic("theta", mu + tau * raw, dims="school")
    pm.Normal("y", theta, sigma, observed=y, dims="school")
    idata = pm.fit(20000, method="advi", random_seed=1, progressbar=False).sample(1000, random_seed=2)
    del idata.posterior["theta_raw"]
    idata["posterior"].to_netcdf(out / "pymc_eight_schools_advi.nc", group="posterior",
                                 encoding={v: {"zlib": True} for v in idata.posterior.data_vars})
    nuts = pm.sample(250, tune=1000, chains=4, cores=1, random_seed=3, target_accept=0.95, progressbar=False)
    del nuts.posterior["theta_raw"]
    small = nuts.copy()
    keep = {"diverging", "lp", "tree_depth"}
    small.sample_stats = small.sample_stats.drop_vars([v for v in small.sample_stats.data_vars if v not in keep])
    del small.observed_data
    small.to_netcdf(str(out / "pymc_eight_schools_nuts.nc"))
