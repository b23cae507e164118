#!/usr/bin/env bash
# Makes the full tables of docs/quality again (a few minutes).
set -euo pipefail
cd "$(dirname "$0")/../.."
mvn -q -B -ntp -DskipTests -pl quality -am package
study() { java -cp quality/target/quality.jar "org.localmass.quality.$1" "${@:2}"; }

coverage=$(study CoverageStudy 10000 1)
cat >docs/quality/coverage.md <<EOT
# Coverage of the interval of a region's mass

The 95 % interval of \`estimate.DrawsMass\` for the upper tail of Gaussian AR(1) chains, 4 chains of 1,000 draws, lag-one correlation rho; the true mass is known, the autocorrelation is estimated from the draws.
"Expected effective hits" is 4,000 x mass over the tail's true autocorrelation time. "Missed above/below": the interval lies above/below the truth. "Marked": share of intervals that carry the caution
*approximate*, *few visits* or *no draw in the region*.

Required: at least 0.925 in each cell and 0.945 in the mean where 5 or more effective hits are expected; at least 0.94, and marked, below.

$coverage

Made by \`tools/quality/run.sh\`. A fast version (1,000 replicates a cell) is part of the tests.
EOT
alarms=$(study FalseAlarmStudy 1800 1)
cat >docs/quality/false-alarms.md <<EOT
# False alarms of \`check\`

Share of runs with a finding although approximation and reference have the same distribution: 4 chains of 1,000 draws with lag-one correlation rho against 4,000 independent draws. Marginals: standard normal; sinh(1.5 z)
(heavy tails); max(0, exp(z) - 1) (positive, half of the mass at 0).

Besides the scan, each run has two named regions, \`x1 > 2\` and \`x1 > 0.3 & x2 > 0.3\`.

Required: the lower end of the 95 % interval of either overall rate is below 5 %. Nominal: 5 %; e-BH and Bonferroni are conservative by design.

$alarms

Made by \`tools/quality/run.sh\`. A fast version (400 runs) is part of the tests, and so is the absence of findings between halves of real NUTS runs.
EOT
divergence=$(study DivergenceStudy 1000000 1)
cat >docs/quality/divergence.md <<EOT
# Properties of RE-KL and its bounds on random pairs

Pairs of discrete measures of 1 to 8 cells: masses over nine decades, cells that only one of them has, close pairs (log ratios of 1e-8) and far ones (30), order 1/2, 1, and random ones from 1e-6 to 5.
Each claim is a theorem of docs/theory.md, sections 5 and 6; a violation is a difference of more than 64 units of 2^-53 relative to the masses or divergences compared, where a divergence near 1 in T6.4 counts with its condition.

$divergence

Made by \`tools/quality/run.sh\`. A fast version (50,000 pairs) is part of the tests.
EOT
accuracy=$(study AccuracyStudy)
cat >docs/quality/accuracy.md <<EOT
# Accuracy of exact quantities

Errors against reference values of 34 digits by mpmath (\`tools/reference/theory\`); every input is the double that the reference saw. "Median" and "largest" are relative errors of the mass; "ulps" are
distances in units in the last place of the reference. "Allowed" is the contract that a test holds.

$accuracy

Made by \`tools/quality/run.sh\`.
EOT
density=$(study DensityStudy 1000 1)
cat >docs/quality/density.md <<EOT
# Coverage of ball integrals and normalising constants

95 % intervals against exact values. Ball integrals: randomised quasi-Monte Carlo of \`estimate.density.BallIntegral\` with 40,000 evaluations, too few for the requested 1e-4 on purpose, so that every estimate carries the caution
that says so. Log Z: \`estimate.explore.BridgeSampling\` on independent and AR(1) draws (rho is the lag-one correlation), and the mean of Pareto smoothed weights.

$density

A q that is 0.6 times as wide as p has weights without variance; their true k-hat, 1 - 0.6^2 = 0.64, is below the usual threshold of 0.7, so that the caution comes in part of the runs only and the interval is too narrow. A q that is
too narrow is what local mass is about: its weights cannot show what its draws never visit.

Made by \`tools/quality/run.sh\`. A fast version is part of the tests.
EOT
# hours from nothing; replicates that are known are not run again
tools/quality/discovery.sh 1
weights=$(study WeightsStudy 4000 1)
cat >docs/quality/weights.md <<EOT
# Coverage of masses by importance weights

The 95 % interval of \`estimate.WeightedMass\` for the upper tail \`x > t\` under p, from 500 or 4,000 independent draws of q (standard normal in d dimensions) and the weights log p - log q; the true mass is known.
"Tail" is the theoretical shape of the weights' tail, which k-hat estimates: 1 - 1/s^2 for a target that is s times as wide, 0 where it is lighter. "Hits": draws of q in the region.
"Missed above/below": the interval lies above/below the truth. "Unseen": no draw of q in the region, interval [0, 1]. "Marked": share of intervals with a caution (*approximate*, *unseen*, *k-hat above its threshold*).

Required where the tail is below 0.7: at least 0.93 in each cell and 0.95 in the mean. The last target is too heavy for weights: its intervals may miss, and where they do (below 0.93) all are marked.

$weights

Made by \`tools/quality/run.sh\`. A fast version (400 replicates a cell) is part of the tests.
EOT
rekl=$(study DrawsReklStudy 1000 1)
cat >docs/quality/rekl-from-draws.md <<EOT
# Local RE-KL from draws: bounds, intervals, certificates

n draws of each side about 0, linf balls of radius r, level 95 %; q independent, p independent or 4 Gaussian AR(1) chains of lag-one correlation rho. D is the exact divergence D(q||p) on the ball, by \`core.divergence\`.

Draws alone (\`estimate.DrawsRekl\`): "bound missed" is the share of runs in which any of four lower bounds, forward and backward, with and without the normaliser, lies above the exact value; "bound / D" and "estimate / D" are means;
"ratio covered" and "c holds": the interval of the ratio of the masses holds it, and q's mass is at least p's divided by the certified factor.

With densities (\`estimate.DensityRekl\`, independent draws): "interval covered" counts a run only if the normalised forward interval and the backward interval both hold; "width / D" is the mean width of the forward one;
"c Q/P" the mean certified factor over the true one P/Q, "c holds" as above. From order 1 on nothing is certified.

Required: bound missed at most 0.05, ratio and intervals covered and certificates at least 0.95, each within three standard errors (0.021 at 1,000 runs).

$rekl

Lower bounds are missed far less often than they may be: their intervals hold for all cells at once and for every distribution of the error among them. The two factors of the pair of symmetric powers are large because a singular
peak costs a divergence that the masses alone do not show: a certificate from the divergence knows nothing else.

Made by \`tools/quality/run.sh\`. A fast version is part of the tests.
EOT
# Resumable: finished cells stay in the work file; delete it after a change of the estimator. INDEX_SEEDS: seeds of a cell with 1,000, 10,000 and 100,000 draws; "finished" after them leaves out cells that are not done.
read -r -a seeds <<<"${INDEX_SEEDS:-1000 1000 100}"
index=$(study IndexStudy quality/target/mass-index.cells "${seeds[@]}")
mismatch=$(study MismatchStudy 1000 400)
cat >docs/quality/mass-index.md <<EOT
# The Mass Index from draws

95 % intervals of \`estimate.DrawsIndex\` and \`estimate.DrawsCurve\` against laws whose index and masses are known. rho: lag-one correlation of the normals that the draws are made of; 0 is one set of independent draws,
otherwise 4 chains. "kappa held": share of runs whose interval holds the true exponent (at an atom: that found it and whose interval holds its mass). "Shortfall": 0.95 less that share, where the share is below 0.925.
"Drift caution": share of runs that say that the slope drifts. Standard error of a share of 0.95: 0.007 with 1,000 seeds, 0.011 with 400, 0.022 with 100. Cells with the same number of draws share their seeds, so that they err together.

Required: pure powers at least 0.925 in each cell and 0.945 in the mean, masses likewise; median error of MI_pow at 10,000 independent draws at most 2 % for a = 0.25 and 0.5, 3 % at 1, 4 % at 2, 9 % at 4.

The seeds are not those that the rules for window and widening were chosen with; the laws are. With chains of 250 draws at rho = 0.9, autocorrelation times are poorly known, which the masses' caution *long autocorrelation* says;
masses there are held least often. 100 seeds cannot tell 0.95 from 0.925: the least of many such cells is lower by chance. Rows with 100,000 draws that are missing have not been run.

Logarithmic laws (horseshoe, horseshoe+) are outside what a power law can hold: the shortfall below is the price, and the tool says at each such estimate that a logarithm cannot be excluded, and from how many draws on it would show.
For the horseshoe it is gone at 100,000 draws if they are independent, not yet in chains.

$index

## Do two sets of draws agree?

\`estimate.IndexMismatch\` with margin 0.2: the slopes of both over the same two decades of radii, the approximation's draws independent. "Difference": of the true slopes, where both laws are pure powers; "held": share of runs whose
interval holds it. "Different" and "alike": share of runs with that answer, the others are open. "Detectable": median of the difference that is said to be found with probability 0.8. The third row of a block has two slopes that
differ by just what is said to be detectable; with 1,000 draws there is no such pair: a tenth of them is too few to tell slopes apart at all. The logarithm of a horseshoe moves the slope by 0.2 or less at such radii,
so that its difference from a normal is not found.

$mismatch

Made by \`tools/quality/run.sh\`, which continues where it was interrupted; more seeds and draws by \`INDEX_SEEDS="1000 1000 1000"\`. A fast version is part of the tests.
EOT

atoms=$(study AtomStudy 40)
{ sed '/^| correlation/,$d' docs/quality/vi-atoms.md; printf '%s\n' "$atoms"; sed '1,/^| 0.9 /d' docs/quality/vi-atoms.md; } >quality/target/vi-atoms.md
mv quality/target/vi-atoms.md docs/quality/vi-atoms.md

# Resumable: finished cells stay in the work file; delete it after a change of an objective. FIT_SEEDS: seeds of a cell.
baselines=$(study FitBaselinesStudy quality/target/vi-baselines.cells "${FIT_SEEDS:-3}")
sed '/^<!-- table -->$/,$d' docs/quality/vi-baselines.md >quality/target/vi-baselines.head
{ cat quality/target/vi-baselines.head; printf '<!-- table -->\n\n%s\n\nMade by `tools/quality/run.sh`. A fast version is part of the tests.\n' "$baselines"; } >docs/quality/vi-baselines.md

# Resumable as the Mass Index: delete the work file after a change of the referee. EXPLORE_SEEDS: seeds of a target; 8 take about half an hour on two processors.
explore=$(study ExploreStudy quality/target/explore.cells "${EXPLORE_SEEDS:-8}" 1e9 2)
cat >docs/quality/explore.md <<EOT
# The referee: masses from a log density alone

\`estimate.explore.Referee\` against targets whose masses are known, each with an approximation that misses the region shown. "Held": runs whose 95 % interval holds the mass. "Error", "log Z off", half-width and evaluations are medians;
**over** marks what exceeds the bound set for it in advance. "Other half-spaces held": 5, 50 and 95 % half-spaces of up to ten coordinates (dependent). "By explorers alone": the estimate before anything was learned. True masses are exact, or
from 1,000,000 exact draws; that of the horseshoe is from a long run of Hamiltonian Monte Carlo.

Required: the interval holds the mass in at least 85 % of the seeds of a target and 90 % of all.

$explore

A verdict *converged* does not reassure: all misses came with it. They are eight schools seed 1 (0.096 [0.084, 0.109] for 0.122: its neck), student seed 2 (0.114 [0.109, 0.120] for 0.108) and ring seed 7 (0.382 [0.372, 0.393] for 0.369); of
104 intervals of 95 % about five may miss by chance, but the one of eight schools is off by more than chance. Necks (funnels, eight schools) are a few percent low. The check by slopes notices a neck of a funnel that a fifth of its draws were taken from (a test), but not the miss in eight schools,
whose map describes it less well; its flags in other runs are false alarms.

An earlier build gave the narrow mode the mass 0.003 [0.002, 0.008] with seed 7: the ascents started at random points only and did not find it, so that nothing but the learned density could bring it back. Ascents from the explorers' particles and
from the heaviest importance draws, and the check of modes, were added after that was seen: the 8 of 8 here have the seed that showed the fault among them. The check of modes has found no fault in these runs; it covers modes that an
ascent finds, and the three misses are of another kind.

A mode that is not found by any explorer, ascent or draw stays unseen: \`PlantedModes\` measures how wide it must be. How it was decided: [012](../decisions/012-veto.md).

Made by \`tools/quality/run.sh\`, which continues where it was interrupted. All cells are by one build. The constants of the method were set on these targets: nothing here was held out.
EOT

# Resumable: finished fits stay in the work file; delete it after a change of the loop. LOOP_SEEDS: seeds of a target; 3 take half an hour.
loop=$(study LocalFidelityStudy quality/target/loop.cells "${LOOP_SEEDS:-3}" 2)
cat >docs/quality/vi.md <<EOT
# The whole loop of \`fit\`

\`vi.fidelity.LocalFidelity\` from the log density alone, on targets whose masses are known: tails of 1 % of every coordinate, balls about modes, balls of 1 % and 10 % about the mean (\`quality/src/main/resources/org/localmass/quality/fit-targets.csv\`).
KL in nats by 10,000 draws of q, and by 20,000 exact draws of the target where it has a sampler; ratios q/p are exact but for balls under t components. "Anchor 0": the origin is named; without it the spike in ten dimensions cannot be found,
and the statement of what was searched says that there was no anchor. "Held out": had no part in the choice of constants; their regions are by 200,000 exact draws.

Required, in the median of three seeds: KL(q, p) below 0.002, ratios from 0.85 to 1.15, OK and fewer than 400,000 evaluations on both spikes with an anchor and on far3 in 2 and 10 dimensions; below 0.005, a smallest ratio of 0.85 and 700,000 evaluations on far3 in 50;
below 0.05, 0.8, OK and 500,000 on the banana; below 0.08, 0.5, OK and 800,000 on student; no OK on eight schools and the funnel. No OK where the smallest ratio is below 0.5, but for the needle.

$loop

Other objectives on the same targets: [vi-baselines.md](vi-baselines.md); the same start under several objectives: [fits.md](fits.md); rules of stopping: [vi-stopping.md](vi-stopping.md); atoms: [vi-atoms.md](vi-atoms.md).

Made by \`tools/quality/run.sh\`, which continues where it was interrupted. Tests hold two of these targets.
EOT

# damaged files: 10,000 mutations each (an hour); the small heap is part of the study
samples=$(mktemp -d)
java -cp quality/target/quality.jar org.localmass.quality.ReaderFuzz --samples examples/eight_schools/laplace.csv "$samples"
files=io/src/test/resources/org/localmass/io
damaged=$(java -Xmx96m -XX:+UseSerialGC -cp quality/target/quality.jar org.localmass.quality.ReaderFuzz "${MUTATIONS:-10000}" 1 \
    "$files"/formats/{chains,draws}.npz "$files"/formats/x_{c,fortran}.npy "$files"/formats/{zstd,lists,v2_groups}.parquet \
    "$files"/formats/{ordered,permuted}.nc "$files"/formats/plain_v114.h5 "$files"/eight-schools-{nuts_1,advi_meanfield}.csv \
    "$files"/funnel-exact.csv.gz "$samples"/{arrays,posteriordb}.json "$samples"/{beast.log,weights.csv})
rm -rf "$samples"
cat >docs/quality/formats.md <<EOT
# Damaged files

Files of every format with bytes changed, replaced by large numbers, cut out or repeated, mostly where formats describe themselves; each read with a heap of 96 MB. Required of each reading: finite draws, or
one line that names the file; no other exception, no error of memory that is not such a line, nothing longer than 30 seconds. "Read": the damage left draws that look sound, which formats without checksums cannot tell.

$damaged

Made by \`tools/quality/run.sh\`. A fast version (300 mutations each) is part of the tests.
EOT

# Resumable: finished fits stay in the work file; delete it after a change of the fits. FIT_SEEDS: starts of each.
fits=$(study FitStudy quality/target/fits.cells "${FIT_SEEDS:-1}")
cat >docs/quality/fits.md <<EOT
# Variational fits that keep local mass

Targets of known masses (\`quality/src/main/resources/org/localmass/quality/fit-targets.csv\`): all 1 % tails of the coordinates, balls around modes and balls of 1 % and 10 % around the mean. KL(q, p) on 8,192 fresh
balanced draws per component; "least q/p" and "largest q/p": over these regions, those of balls by 4,096 importance points. Fits with regions are held to the 1 % tails of 20,000 draws of the target (of 100 chains for the
horseshoe, with moves along which its coefficients stay: without them tails were off by up to 1.8), read off the draws themselves, and to the small modes' balls; the regions of the table are others, so that errors of the reference count.

Objectives: all start from the same weighted EM fit (row "em") on 4,000 draws, with a component at each small mode. A fit with constraints that is called unrepresented is shown as it is with them, and with what they cost; the
one that is kept is the row "elbo", or "saa" with one component. "Price": largest multiplier, nats of ELBO per unit of log mass.

One normal component: \`saa 64\` is one search on 64 fixed draws, \`saa\` the doubling sequence, \`auto\` the same with a change to Adam where that learns its draws by heart, \`adam\` fresh draws with sticking the landing and averaging, \`elbo+al\` \`auto\`, then constraints.

$fits

Made by \`tools/quality/run.sh\`, which continues where it was interrupted; more starts by \`FIT_SEEDS=3\`. A fast version is part of the tests.
EOT

# Resumable: finished problems stay in the work file; delete it after a change of the rules.
stopping=$(study StoppingStudy quality/target/vi-stopping.cells 2)
sed '/^<!-- table -->$/,$d' docs/quality/vi-stopping.md >quality/target/vi-stopping.head
{ cat quality/target/vi-stopping.head; printf '<!-- table -->\n\n%s\n\nMade by `tools/quality/run.sh`. A fast version is part of the tests.\n' "$stopping"; } >docs/quality/vi-stopping.md
