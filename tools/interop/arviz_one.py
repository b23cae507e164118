"""The layout of ArviZ 1.x (a DataTree of xarray) as netCDF. usage: arviz_one.py OUTPUT_FOLDER"""
import sys
from pathlib import Path

import arviz_base
import numpy as np

out = Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
C, N = 4, 25
k = np.arange(3)
draws = (np.arange(C).reshape(C, 1) * 200 + np.arange(N) * 7) / 16
theta = (1000 + np.arange(C).reshape(C, 1, 1) * 200 + np.arange(N).reshape(1, N, 1) * 7 + k * 3) / 16
tree = arviz_base.from_dict(
    {"posterior": {"mu": draws, "theta": theta}, "sample_stats": {"diverging": np.zeros((C, N), bool)}},
    coords={"school": ["Choate", "Phillips Andover", "St. Paul's"]}, dims={"theta": ["school"]})
tree.to_netcdf(out / "arviz_one.nc", engine="netcdf4")
