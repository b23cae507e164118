#!/usr/bin/env bash
# Makes docs/quality/discovery.md from the study of the search, with the share of replicates given (default 1: hours).
# Replicates are kept in quality/target (or in the folder $LOCALMASS_CELLS), so an interrupted run goes on where it stopped;
# remove the files there after a change of the search. With share 0 nothing is run: the tables are made
# from what is there.
set -euo pipefail
cd "$(dirname "$0")/../.."
share=${1:-1}
cells=${LOCALMASS_CELLS:-quality/target}
test -f quality/target/quality.jar || mvn -q -B -ntp -DskipTests -pl quality -am package
mkdir -p "$cells"
tables=$(java -XX:+UseSerialGC -cp quality/target/quality.jar org.localmass.quality.DiscoveryStudy "$cells/discovery.txt" 1 "$share")
baselines="Not run: needs Python with scikit-learn."
if python3 -c 'import sklearn' 2>/dev/null; then
  baselines=$(python3 tools/quality/baselines.py "$cells/baselines.txt" "${BASELINES:-8}")
fi
cat >docs/quality/discovery.md <<EOT
# The search: false alarms, power, intervals

What \`check\` confirms on simulated draws (docs/theory.md, section 10). "4x1000 rho 0.5 m 20000": 4 chains of 1,000 draws of p, made from AR(1) series with lag-one correlation 0.5, against 20,000 independent draws of q.
N1 to N6 have p = q; S1 to S16 are the design study's planted differences; X1 to X4 are new: integers beside continuous parameters, 300 parameters. "Weighted": independent draws of p with random weights. One chain: 1x4000.

"Alarm": runs with any confirmed region. "Found": runs in which one confirmed region recovers at least 30 % of the deficit p - q of the planted region. "Best share": mean over runs of the largest share of the deficit in one confirmed region, above 1 where a region is
better than the planted one. "Overlap": the same of the intersection over union with the planted region. "Wrong sign": confirmed regions whose true masses differ the other way. "Views": in how many runs a view had a confirmed region.

Required: the lower end of the 95 % interval of the rate of runs with a confirmed region is at most 1 % (Holm: 5 %); no wrong sign; pooled power without S11 at least 0.93 with 4 x 1,000 draws and 0.82 with 4 x 250; S11 at least 0.5; all intervals
of a run hold in at least 95 % of the runs.

$tables

## Beside common tests

Share of runs with any alarm at 5 % false alarms, 4x1000 rho 0.5 m 20000, thresholds from replicates with q = p of the same scenario: boosted-tree classifier two-sample test (scikit-learn), Kolmogorov-Smirnov of every parameter with Holm, local kernel
density test of R's ks (two parameters only: in four it took more than four minutes a run). Compare with "alarm" above, which includes false-alarm control without calibration. A test that raises an alarm says neither where nor how much.

$baselines

Made by \`tools/quality/discovery.sh\`; replicates that are known are not run again. A fast version is part of the tests, and so are real runs: findings hold at least 80 % of every known error of the Stan runs, and halves of
reference draws give no finding.
EOT
