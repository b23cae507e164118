#!/usr/bin/env bash
# Makes the reports of the bundled examples and opens them in Chromium.  usage: browser.sh [SCREENSHOTS]
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
e=examples
run() { ./localmass check --quiet "$@" || [ $? -eq 1 ]; }
run $e/eight_schools --region "tau < 0.5" --ball "tau=0" --out "$work/pages/eight_schools"
run $e/bimodal_location --region "abs(mu) < 1" --out "$work/pages/bimodal_location"
run $e/neal_funnel --reference $e/neal_funnel/exact_draws.csv.gz --region "v < -5" --out "$work/pages/neal_funnel"
run $e/logistic_breast_cancer --region "norm(theta) > 5.67" --out "$work/pages/logistic_breast_cancer"
run --approx $e/eight_schools/nuts_1.csv $e/eight_schools/nuts_3.csv --reference $e/eight_schools/nuts_2.csv $e/eight_schools/nuts_4.csv \
    --region "tau > 30" --out "$work/pages/halves"
cp tools/ci/browser.mjs "$work/"
(cd "$work" && npm install --silent --no-audit --no-fund playwright-core@1.55.0 >/dev/null)
PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 node "$work/browser.mjs" "$work/pages" "$@"
