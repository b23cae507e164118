#!/usr/bin/env bash
# Makes docs/gallery again: reports of the bundled examples, pictures of them in Chromium, 255 colours each.
# Needs chromium, node, npm, and Python with Pillow.  usage: gallery.sh [FOLDER WITH REPORTS]
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
reports=${1:-$work/reports}
e=examples
run() { ./localmass check --quiet "$@" || [ $? -eq 1 ]; }
if [ $# -eq 0 ]; then
    run $e/eight_schools --region "tau < 0.5" --region "tau < 0.5 & theta[1] > 5" --ball "tau=0" --out "$reports/eight_schools"
    run $e/bimodal_location --region "abs(mu) < 1" --out "$reports/bimodal_location"
    run $e/neal_funnel --reference $e/neal_funnel/exact_draws.csv.gz --region "v < -5" --out "$reports/neal_funnel"
    run $e/logistic_breast_cancer --region "norm(theta) > 5.67" --out "$reports/logistic_breast_cancer"
    run --approx $e/screening/meanfield.csv --reference $e/screening/mcmc_*.csv --out "$reports/screening/meanfield"
fi
bash tools/ci/driver.sh "$work/driver"
cp tools/docs/gallery.mjs "$work/driver/"
rm -f docs/gallery/*.png
node "$work/driver/gallery.mjs" "$reports" docs/gallery
python3 - <<'P'
import pathlib
from PIL import Image
for path in sorted(pathlib.Path("docs/gallery").glob("*.png")):
    Image.open(path).convert("RGB").quantize(255, dither=Image.Dither.NONE).save(path, optimize=True)
P
du -ch docs/gallery/*.png | tail -1
