"""Compares what `localmass convert` wrote with Stan's own files. usage: interop.py FOLDER EXAMPLE"""
import sys
import warnings
from pathlib import Path

import numpy as np
import pandas as pd

warnings.simplefilter("ignore")
import arviz  # noqa: E402

folder, example = map(Path, sys.argv[1:])
passed = failed = 0


def check(name, condition):
    global passed, failed
    if condition:
        passed += 1
    else:
        failed += 1
        print("FAILED:", name)


def stan(path):
    frame = pd.read_csv(path, comment="#", float_precision="round_trip")
    frame.columns = [c if "." not in c else c.replace(".", "[", 1).replace(".", ",") + "]" for c in frame.columns]
    return frame


chains = [stan(example / f"nuts_{k}.csv") for k in (1, 2)]
both = pd.concat(chains, ignore_index=True)
laplace = stan(example / "laplace.csv")

with np.load(folder / "nuts.npz") as f:
    arrays = {k: f[k] for k in f}
check("npz: axes", arrays["tau"].shape == (2, 1000) and arrays["theta"].shape == (2, 1000, 8))
check("npz: values", all(np.array_equal(arrays["theta"][c, :, k], chains[c][f"theta[{k + 1}]"])
                         for c in range(2) for k in range(8)))
check("npz: statistics", np.array_equal(arrays["lp__"].reshape(-1), both["lp__"]))
idata = arviz.from_dict(posterior={k: v for k, v in arrays.items() if not k.endswith("__")},
                        sample_stats={"diverging": arrays["divergent__"].astype(bool)})
check("arviz: summary", np.allclose(arviz.summary(idata, var_names=["tau"], round_to=12)["mean"].iloc[0],
                                    both["tau"].mean(), rtol=1e-10))
for ending, read in [("parquet", pd.read_parquet),
                     ("csv", lambda p: pd.read_csv(p, float_precision="round_trip")),
                     ("csv.gz", lambda p: pd.read_csv(p, float_precision="round_trip"))]:
    frame = read(folder / f"nuts.{ending}")
    chain = frame["chain" if ending == "parquet" else "chain__"]
    check(f"{ending}: chains", list(chain) == [1] * 1000 + [2] * 1000)
    check(f"{ending}: values", all(np.array_equal(frame[c], both[c]) for c in both.columns))
    other = read(folder / f"laplace.{ending}")
    check(f"{ending}: no chain column", not any(c.startswith("chain") for c in other.columns))
    check(f"{ending}: densities", all(np.array_equal(other[c], laplace[c]) for c in laplace.columns))
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
