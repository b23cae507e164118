"""Small files of draws as NumPy, pyarrow, h5py and netCDF4 write them.

All hold the same numbers, exact in 32-bit floats: the value of element k of variable v at draw i of chain c is
value(v, c, i, k) below; FormatFilesTest has the same formula. Usage: draws_formats.py OUTPUT_FOLDER
Made with numpy 2.4.6, pyarrow 26.0.1, h5py 3.16.0, netCDF4 1.7.5, pandas 3.1.1.
"""
import sys
from pathlib import Path

import h5py
import netCDF4
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

out = Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
C, N = 4, 25


def value(v, c, i, k=0):
    return (v * 1000 + c * 200 + i * 7 + k * 3) / 16


def array(v, *shape):
    k = np.arange(int(np.prod(shape, dtype=int))).reshape(shape)
    c = np.arange(C).reshape((C, 1) + (1,) * len(shape))
    i = np.arange(N).reshape((1, N) + (1,) * len(shape))
    return value(v, c, i, k)


mu, theta, sigma = array(0), array(1, 3), array(2, 2, 2)
flat = {"mu": mu.reshape(-1), "theta": theta.reshape(-1, 3), "sigma": sigma.reshape(-1, 2, 2)}

# NumPy
np.save(out / "x_c.npy", flat["theta"])
np.save(out / "x_fortran.npy", np.asfortranarray(flat["theta"]))
np.save(out / "x_big_f4.npy", flat["theta"].astype(">f4"))
np.save(out / "x_f2.npy", np.arange(24, dtype="<f2").reshape(8, 3) / 8 - 1)
for kind in ["i1", "<i2", ">i4", "<i8", "u1", ">u2", "<u4", "<u8"]:
    np.save(out / f"x_{kind.strip('<>')}.npy", (np.arange(24) * 5).astype(kind).reshape(8, 3))
np.save(out / "x_bool.npy", (np.arange(24).reshape(8, 3) % 2).astype(bool))
np.savez(out / "chains.npz", mu=mu, theta=theta, sigma=sigma)
np.savez_compressed(out / "draws.npz", **flat)
np.savez(out / "fortran.npz", mu=np.asfortranarray(mu), theta=np.asfortranarray(theta), sigma=np.asfortranarray(sigma))
np.savez(out / "columns.npz", **flat, chain=np.repeat(np.arange(C), N), log_target=-flat["mu"], log_approx=flat["mu"] / 2,
         weight=1 + flat["mu"])

# Parquet
frame = pd.DataFrame({"chain": np.repeat(np.arange(C), N), "mu": flat["mu"]})
for k in range(3):
    frame[f"theta[{k + 1}]"] = flat["theta"][:, k].astype("f4")
frame["accepted__"] = np.arange(C * N) % 2 == 0
frame["log_weight"] = -flat["mu"]
frame.to_parquet(out / "pandas.parquet")
table = pa.Table.from_pandas(frame, preserve_index=False)
for codec in ["none", "gzip", "zstd", "lz4", "snappy"]:
    pq.write_table(table, out / f"{codec}.parquet", compression=codec)
pq.write_table(table, out / "v2_groups.parquet", data_page_version="2.0", row_group_size=30, use_dictionary=False)
pq.write_table(table, out / "split.parquet", use_dictionary=False, column_encoding={
    "mu": "BYTE_STREAM_SPLIT", "theta[1]": "BYTE_STREAM_SPLIT"} | {n: "PLAIN" for n in frame if n not in ("mu", "theta[1]", "accepted__")})
pq.write_table(pa.table({"chain": pa.array(np.repeat(np.arange(C, dtype="u2"), N)), "mu": flat["mu"],
                         "theta": pa.array(list(flat["theta"]))}), out / "lists.parquet", row_group_size=40)
pq.write_table(pa.table({"mu": pa.array(list(flat["mu"][:99]) + [None]),
                         "theta": pa.FixedSizeListArray.from_arrays(pa.array(flat["theta"].reshape(-1)), 3),
                         "note": ["text"] * 100}), out / "nulls.parquet")

# HDF5 and netCDF-4
for version in ["earliest", "v108", "v110", "v114", "latest"]:
    libver = "latest" if version == "latest" else (version, "v108" if version == "earliest" else "v114")
    with h5py.File(out / f"plain_{version}.h5", "w", libver=libver) as f:
        f["mu"] = mu
        f.create_dataset("theta", data=theta, chunks=(2, 10, 3), compression="gzip", shuffle=True, fletcher32=True)
        f.create_dataset("sigma", data=sigma.astype("f4"), chunks=(4, 25, 2, 2))


def netcdf(name, order, **options):
    with netCDF4.Dataset(out / name, "w") as f:
        g = f.createGroup("posterior")
        sizes = {"chain": C, "draw": N, "school": 3, "a": 2, "b": 2}
        for dim, size in sizes.items():
            g.createDimension(dim, size)
        g.createVariable("chain", "i8", ("chain",))[:] = np.arange(C)
        g.createVariable("draw", "i8", ("draw",))[:] = np.arange(N)
        names = g.createVariable("school", str, ("school",))
        for k, school in enumerate(["Choate", "Phillips Andover", "St. Paul's"]):
            names[k] = school
        dims = {"mu": ("chain", "draw"), "theta": ("chain", "draw", "school"), "sigma": ("chain", "draw", "a", "b")}
        for name_, values in {"mu": mu, "theta": theta, "sigma": sigma}.items():
            axes = tuple(sorted(dims[name_], key=lambda d: order.index(d)))
            variable = g.createVariable(name_, options.get("type", "f8"), axes, zlib=options.get("zlib", False))
            variable[:] = np.transpose(values, [dims[name_].index(a) for a in axes])
        s = f.createGroup("sample_stats")
        for dim in ["chain", "draw"]:
            s.createDimension(dim, sizes[dim])
        s.createVariable("diverging", "i1", ("chain", "draw"))[:] = np.arange(C * N).reshape(C, N) % 2
        s.createVariable("lp", "f8", ("chain", "draw"))[:] = -mu


netcdf("ordered.nc", ["chain", "draw", "school", "a", "b"])
netcdf("permuted.nc", ["a", "school", "draw", "b", "chain"], zlib=True)
netcdf("single.nc", ["draw", "chain", "school", "a", "b"], type="f4", zlib=True)
