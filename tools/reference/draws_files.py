"""First, last and summed values of every column of small draws files, by Python's csv and math.fsum.

Writes draws-files.csv beside the files. The files are heads of outputs of Stan 2.21 (rstan 2.21.7), kept as Stan wrote
them: eight schools (Rubin 1981), non-centred, and exact draws of Neal's funnel.

    python3 tools/reference/draws_files.py
"""

import csv
import gzip
import math
import pathlib
import sys

FOLDER = pathlib.Path(__file__).parents[2] / "io/src/test/resources/org/localmass/io"
FILES = {  # file: rows to leave out at the top
    "eight-schools-nuts_1.csv": 0,
    "eight-schools-advi_meanfield.csv": 1,
    "eight-schools-laplace.csv": 0,
    "funnel-exact.csv.gz": 0,
}


def rows(path):
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt") as lines:
        yield from csv.reader(line for line in lines if not line.startswith("#"))


with open(FOLDER / "draws-files.csv", "w") as out:
    version = ".".join(map(str, sys.version_info[:3]))
    print(f"# Python {version}; regenerate: tools/reference/draws_files.py", file=out)
    print("file,column,draws,first,last,sum", file=out)
    for name, skipped in FILES.items():
        header, *table = rows(FOLDER / name)
        for j, column in enumerate(header):
            values = [float(row[j]) for row in table[skipped:]]
            print(name, column, len(values), repr(values[0]), repr(values[-1]), repr(math.fsum(values)), sep=",", file=out)
