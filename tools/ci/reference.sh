#!/usr/bin/env bash
# Makes the reference values again with R and Python and compares them with the committed ones. Ends with "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")/../.."
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
Rscript tools/reference/diagnostics.R "$work/diagnostics.json" >/dev/null 2>&1
same "diagnostics.R" $draws/diagnostics.json "$work/diagnostics.json"
Rscript tools/reference/psis.R "$work/psis.json" >/dev/null 2>&1
same "psis.R" $draws/psis.json "$work/psis.json"
estimate=estimate/src/test/resources/org/localmass/estimate
"$python" tools/reference/estimate.py "$work"
for f in clopper-pearson.csv mass-comparison.csv indicators.csv; do
    same "estimate.py $f" $estimate/$f "$work/$f"
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
