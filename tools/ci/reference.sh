#!/usr/bin/env bash
# Makes the reference values again with R and Python and compares them with the committed ones.
# usage: reference.sh [STAN_RUNS]   (a folder of MODEL/nuts_CHAIN.csv).  Ends with "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")/../.."
runs=${1:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" && "$work/venv/bin/pip" -q install numpy==2.3.4 scipy==1.16.2 mpmath==1.3.0 2>/dev/null || exit 1
python=$work/venv/bin/python
passed=0
failed=0

same() { # name, committed, made again: numbers may differ by 1e-12 relative, text not at all
    if "$python" tools/ci/same_numbers.py "$2" "$3"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $1"
    fi
}

draws=core/src/test/resources/org/localmass/core/draws
if [ -n "$runs" ]; then
    Rscript tools/reference/diagnostics.R "$work/diagnostics.json" "$runs" >/dev/null 2>&1
    same "diagnostics.R" $draws/diagnostics.json "$work/diagnostics.json"
fi
Rscript tools/reference/psis.R "$work/psis.json" >/dev/null 2>&1
same "psis.R" $draws/psis.json "$work/psis.json"
Rscript tools/reference/summary.R >"$work/summary.csv" 2>/dev/null
same "summary.R" cli/src/test/resources/org/localmass/cli/summary.csv "$work/summary.csv"
Rscript tools/reference/three_digits.R >"$work/three-digits.csv" 2>/dev/null
same "three_digits.R" report/src/test/resources/org/localmass/report/three-digits.csv "$work/three-digits.csv"

estimate=estimate/src/test/resources/org/localmass/estimate
"$python" tools/reference/estimate.py "$work"
for f in clopper-pearson.csv mass-comparison.csv indicators.csv; do
    same "estimate.py $f" $estimate/$f "$work/$f"
done
"$python" tools/reference/mass_index.py "$work"
for f in chi-square.csv power-log.csv; do
    same "mass_index.py $f" $estimate/$f "$work/$f"
done
explore=$estimate/explore
"$python" tools/reference/bridge.py "$work"
same "bridge.py" $explore/bridge.json "$work/bridge.json"
Rscript tools/reference/bridge.R "$work" >/dev/null 2>&1
for f in bridge-draws.csv bridge-r.csv; do
    same "bridge.R $f" $explore/$f "$work/$f"
done
"$python" tools/reference/nested_balls.py "$work/nested-balls.csv"
same "nested_balls.py" $estimate/nested-balls.csv "$work/nested-balls.csv"
region=core/src/test/resources/org/localmass/core/region
"$python" tools/reference/mahalanobis.py >"$work/mahalanobis.csv"
same "mahalanobis.py" $region/norm-mahalanobis.csv "$work/mahalanobis.csv"
"$python" tools/reference/decimal_text.py >"$work/decimal-text.csv"
same "decimal_text.py" $region/decimal-text.csv "$work/decimal-text.csv"
vectors=core/src/test/resources/org/localmass/core/vectors
"$python" tools/reference/rekl_normal_balls.py "$work/rekl_normal_balls.json"
same "rekl_normal_balls.py" $vectors/rekl_normal_balls.json "$work/rekl_normal_balls.json"
measure=core/src/test/resources/org/localmass/core/measure
"$python" tools/reference/eigenvalues.py >"$work/eigenvalues.json"
same "eigenvalues.py" $measure/eigenvalues.json "$work/eigenvalues.json"
"$python" tools/reference/normal_boxes.py >"$work/normal-boxes.csv"
same "normal_boxes.py" $measure/normal-boxes.csv "$work/normal-boxes.csv"
"$python" tools/reference/normal_outside.py >"$work/normal-outside.csv"
same "normal_outside.py" $measure/normal-outside.csv "$work/normal-outside.csv"
# vectors of the theory; those of the catalogue and of RE-KL take more than ten minutes: gen_vectors.py catalogue rekl
mkdir "$work/theory" && cp tools/reference/theory/*.py "$work/theory"
"$python" "$work/theory/gen_vectors.py" falpha gauss bounds updating estimation logscale >/dev/null
for f in "$work"/theory/vectors/*.json; do
    committed=core/src/test/resources/org/localmass/core/vectors/$(basename "$f")
    [ -f "$committed" ] || committed=$estimate/$(basename "$f")
    same "gen_vectors.py $(basename "$f")" "$committed" "$f"
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
