#!/usr/bin/env bash
# What `localmass convert` writes is read by NumPy, pandas and ArviZ, value by value. Ends with "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" &&
    "$work/venv/bin/pip" -q install numpy==2.3.4 pandas==2.3.3 pyarrow==21.0.0 "arviz==0.22.0" 2>/dev/null || exit 1
for ending in npz parquet csv csv.gz; do
    ./localmass convert examples/eight_schools/nuts_1.csv examples/eight_schools/nuts_2.csv \
        --to "$work/nuts.$ending" --quiet || exit 1
    ./localmass convert examples/eight_schools/laplace.csv --to "$work/laplace.$ending" --quiet || exit 1
done
"$work/venv/bin/python" tools/ci/interop.py "$work" examples/eight_schools
