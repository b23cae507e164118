package org.localmass.estimate.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.ParetoDiagnostic;
import org.localmass.core.draws.ParetoSmoothing;
import org.localmass.core.draws.Sampling;
import org.localmass.core.internal.Arguments;
import org.localmass.core.mass.Caution;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.mass.RatioEstimate;
import org.localmass.core.region.Region;

/**
 * What a {@link Referee} found: runs of the target, and from them the mass of any region. Immutable.
 *
 * <p>Masses are shares of the mass that was found. What no run visited is not among them.
 */
public final class DensityEvidence {
    private static final double LEAST_LOCAL = 100;
    private static final double LEAST_EFFECTIVE = 200;
    private static final double MOST_K = 0.7;
    /** Degrees of freedom of a precision-weighted estimate: about those of 16 to 24 runs. */
    private static final double FREEDOM = 18;

    private final List<String> names;
    private final double level;
    private final Verdict verdict;
    private final List<Reason> reasons;
    private final EvaluationCounts counts;
    private final Search search;
    private final List<StageRecord> stages;
    private final @Nullable SlopeCheck slope;
    private final List<ModeCheck> modeChecks;
    private final List<Mode> modes;
    private final List<Run> explorers;
    private final @Nullable Ensemble used;
    /** The stage before the last, the last, the longer runs: as far as they exist. */
    private final List<Ensemble> sequence;
    /** Of the last three stages, in order. */
    private final List<ImportanceSample> samples;

    private final boolean drivers;

    DensityEvidence(
            List<String> names,
            double level,
            Verdict verdict,
            List<Reason> reasons,
            EvaluationCounts counts,
            Search search,
            List<StageRecord> stages,
            @Nullable SlopeCheck slope,
            List<ModeCheck> modeChecks,
            List<Mode> modes,
            List<Run> explorers,
            List<Run> used,
            List<List<Run>> sequence,
            List<ImportanceSample> samples,
            boolean drivers) {
        this.names = List.copyOf(names);
        this.level = level;
        this.verdict = verdict;
        this.reasons = List.copyOf(reasons);
        this.counts = counts;
        this.search = search;
        this.stages = List.copyOf(stages);
        this.slope = slope;
        this.modeChecks = List.copyOf(modeChecks);
        this.modes = List.copyOf(modes);
        this.explorers = explorers.stream().filter(Run::reached).toList();
        this.used = used.isEmpty() ? null : new Ensemble(used);
        this.sequence = sequence.stream().map(Ensemble::new).toList();
        this.samples = List.copyOf(samples);
        this.drivers = drivers;
    }

    /** Whether all checks were passed. */
    public Verdict verdict() {
        return verdict;
    }

    /** Doubts with their numbers; those that do not withhold the verdict are among them. */
    public List<Reason> reasons() {
        return reasons;
    }

    /** Evaluations of the density, and what it answered where that was not a number. */
    public EvaluationCounts counts() {
        return counts;
    }

    /** What was searched. */
    public Search search() {
        return search;
    }

    /** The learned densities, in order. */
    public List<StageRecord> stages() {
        return stages;
    }

    /** The check of the drivers' marginals; empty without drivers, longer runs, or the veto. */
    public Optional<SlopeCheck> slope() {
        return Optional.ofNullable(slope);
    }

    /**
     * The masses next to the local maxima by the runs and by draws that share nothing with them; without those whose own
     * draws are of no use.
     */
    public List<ModeCheck> modeChecks() {
        return modeChecks;
    }

    /** Local maxima that the ascents found, by falling share of the mass; a funnel has none. */
    public List<Mode> modes() {
        return modes;
    }

    /** Whether the learned map has coordinates that set the scale of others, as in a funnel. */
    public boolean funnelled() {
        return drivers;
    }

    /**
     * log Z of the mass that was found, by the runs; empty where fewer than two arrived.
     *
     * <p>A t interval on R - 1 degrees of freedom.
     */
    public Optional<NormalisingConstant> logZ() {
        Ensemble ensemble = used;
        if (ensemble == null || ensemble.runs().size() < 2) {
            return Optional.empty();
        }
        double half = Share.quantile(level, ensemble.runs().size() - 1.0) * ensemble.logError();
        return Optional.of(new NormalisingConstant(
                ensemble.logZ(),
                ensemble.logError(),
                ensemble.logZ() - half,
                ensemble.logZ() + half,
                counts.evaluations(),
                List.of()));
    }

    /**
     * The particles as weighted draws, one chain a run; empty where no run arrived.
     *
     * <p>Particles of one run have one weight, proportional to its Z, and depend on each other: copies of one ancestor
     * stand side by side, so that the autocorrelation of the chain shows them. Statistic {@code lp__}: log p.
     */
    public Optional<Draws> draws() {
        Ensemble ensemble = used;
        if (ensemble == null) {
            return Optional.empty();
        }
        List<Chain> chains = new ArrayList<>();
        for (Run run : ensemble.runs()) {
            double[] weights = new double[run.size()];
            Arrays.fill(weights, run.logZ() - ensemble.logZ());
            chains.add(Chain.adopt(
                    columns(run.points(), run.size()),
                    weights,
                    Map.of("lp__", run.logTarget().clone())));
        }
        return Optional.of(Draws.of(names, chains, Sampling.UNKNOWN));
    }

    /**
     * Independent draws of the last learned density with log weights log p - log q, q normalised; empty where there is
     * none.
     */
    public Optional<Draws> weightedDraws() {
        if (samples.isEmpty()) {
            return Optional.empty();
        }
        ImportanceSample last = samples.get(samples.size() - 1);
        if (!(last.effective() > 0)) {
            return Optional.empty();
        }
        Chain chain = Chain.adopt(
                columns(last.points(), last.size()),
                last.logWeights().clone(),
                Map.of("lp__", last.logTarget().clone()));
        return Optional.of(Draws.of(names, List.of(chain), Sampling.INDEPENDENT));
    }

    /** k-hat and effective size of the weights of {@link #weightedDraws}. */
    public Optional<ParetoDiagnostic> weights() {
        return weightedDraws().map(draws -> ParetoSmoothing.of(draws).diagnostic());
    }

    private double[][] columns(double[] points, int size) {
        int d = names.size();
        double[][] columns = new double[d][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < d; j++) {
                columns[j][i] = points[i * d + j];
            }
        }
        return columns;
    }

    private Inside inside(Region region) {
        Arguments.sameDimension(names.size(), region.dimension());
        double[] point = new double[names.size()];
        return (points, offset) -> {
            System.arraycopy(points, offset, point, 0, point.length);
            return region.contains(point);
        };
    }

    /**
     * The mass of a region, with everything that is known of it.
     *
     * <p>Runs: jackknife over runs, binomial floor, t interval on the logit scale. Where the map has drivers it is
     * widened to hold the importance estimate and its standard error, and extended by the last change where estimates of
     * consecutive stages are monotone; where it has none, runs and importance sample are weighted by their precisions
     * if the weights on either side of the region's border are good.
     *
     * @throws IllegalArgumentException if the region's dimension differs
     */
    public RegionEvidence evidence(Region region) {
        return evidence(region, level);
    }

    /** The same with an interval of another level. */
    public RegionEvidence evidence(Region region, double another) {
        return evidence(inside(region), Arguments.fraction("level", another));
    }

    RegionEvidence evidence(Inside region, double confidence) {
        int seen = 0;
        for (Run run : explorers) {
            seen += Ensemble.visits(run, region) > 0 ? 1 : 0;
        }
        Ensemble ensemble = used;
        if (ensemble == null) {
            return new RegionEvidence(
                    Double.NaN, Double.NaN, 0, 1, Double.NaN, Double.NaN, 0, seen, explorers.size(), 0, 0, false);
        }
        Share share = ensemble.share(region, confidence);
        double weighted = Double.NaN;
        double weightedError = Double.NaN;
        double local = 0;
        boolean drifting = false;
        if (!samples.isEmpty()) {
            ImportanceSample last = samples.get(samples.size() - 1);
            ImportanceSample.Local here = last.local(region);
            weighted = here.share().estimate();
            weightedError = here.share().error();
            local = here.effective();
            boolean good = last.kHat() < MOST_K
                    && last.effective() > LEAST_EFFECTIVE
                    && local > LEAST_LOCAL
                    && here.kHat() < MOST_K;
            if (drivers) {
                double[] drift = {0};
                share = widened(region, share, good ? here.share() : null, drift);
                drifting = drift[0] != 0;
            } else if (good) {
                share = joined(share, here.share(), 1 / last.effective(), confidence);
            }
        }
        return new RegionEvidence(
                share.estimate(),
                share.error(),
                share.lower(),
                share.upper(),
                weighted,
                weightedError,
                local,
                seen,
                explorers.size(),
                ensemble.visited(region),
                ensemble.runs().size(),
                drifting);
    }

    /** Widening where a slow neck may hide: see {@link #evidence}. */
    private Share widened(Inside region, Share share, @Nullable Share weighted, double[] drift) {
        double low = share.lower();
        double high = share.upper();
        if (sequence.size() == 3) {
            double first = sequence.get(0).estimate(region);
            double second = sequence.get(1).estimate(region);
            double third = sequence.get(2).estimate(region);
            if ((third - second) * (second - first) > 0) {
                drift[0] = third - first;
                low = Math.min(low, third + drift[0]);
                high = Math.max(high, third + drift[0]);
            }
        }
        if (weighted != null) {
            low = Math.min(low, weighted.estimate() - weighted.error());
            high = Math.max(high, weighted.estimate() + weighted.error());
            if (samples.size() == 3) {
                double first = samples.get(0).share(region).estimate();
                double second = samples.get(1).share(region).estimate();
                double third = weighted.estimate();
                if ((third - second) * (second - first) > 0) {
                    drift[0] = third - second;
                    low = Math.min(low, Math.min(share.estimate(), third) + drift[0]);
                    high = Math.max(high, Math.max(share.estimate(), third) + drift[0]);
                }
            }
        }
        return share.within(low, high);
    }

    private static Share joined(Share runs, Share weighted, double floor, double confidence) {
        double error = Math.hypot(weighted.error(), floor);
        double w1 = 1 / (runs.error() * runs.error());
        double w2 = 1 / (error * error);
        double estimate = (w1 * runs.estimate() + w2 * weighted.estimate()) / (w1 + w2);
        double gap = runs.estimate() - weighted.estimate();
        double inflation = Math.max(1, gap * gap / (1 / w1 + 1 / w2));
        double centre = Math.min(1 - 1e-9, Math.max(1e-9, estimate));
        return Share.logit(estimate, Math.sqrt(inflation / (w1 + w2)), centre, Share.quantile(confidence, FREEDOM));
    }

    /**
     * The mass of a region as an estimate like that of draws: hits are particles, visits are runs with one.
     *
     * @throws IllegalArgumentException if the region's dimension differs
     */
    public MassEstimate mass(Region region) {
        return mass(region, level);
    }

    /** The same with an interval of another level. */
    public MassEstimate mass(Region region, double another) {
        Inside test = inside(region);
        RegionEvidence evidence = evidence(test, Arguments.fraction("level", another));
        Ensemble ensemble = used;
        int hits = 0;
        double size = 0;
        if (ensemble != null) {
            size = ensemble.effective();
            for (Run run : ensemble.runs()) {
                hits += Ensemble.visits(run, test);
            }
        }
        List<Caution> cautions = new ArrayList<>();
        double effectiveHits = Double.isNaN(evidence.mass()) ? 0 : evidence.mass() * size;
        if (hits == 0) {
            cautions.add(Caution.NO_HITS);
        } else if (effectiveHits < 30) {
            cautions.add(Caution.APPROXIMATE);
        }
        if (evidence.runs() == 1) {
            cautions.add(Caution.ONE_CHAIN);
        }
        return new MassEstimate(
                Double.isNaN(evidence.mass()) ? 0 : evidence.mass(),
                evidence.lower(),
                evidence.upper(),
                effectiveHits,
                size,
                hits,
                evidence.runs(),
                cautions);
    }

    /** The mass of a region by the plain explorers alone, without what was learned from them; NaN if none arrived. */
    public double explored(Region region) {
        List<Run> plain = explorers.stream()
                .filter(run -> run.size() == explorers.get(0).size())
                .toList();
        return plain.isEmpty() ? Double.NaN : new Ensemble(plain).estimate(inside(region));
    }

    /**
     * The ratio q/p of an approximation's mass of a region to the target's.
     *
     * <p>The interval is that of the quotient of both intervals; for 95 % either should be of level 97.5 %, which is what
     * this method takes for p.
     *
     * @param q the approximation's mass of the region, from draws that {@link Referee#examine} did not see
     */
    public RatioEstimate ratio(Region region, MassEstimate q) {
        RegionEvidence p = evidence(region, 0.5 * (1 + level));
        return new RatioEstimate(
                q.estimate() / p.mass(),
                p.upper() > 0 ? q.lower() / p.upper() : 0,
                p.lower() > 0 ? q.upper() / p.lower() : Double.POSITIVE_INFINITY);
    }

    /**
     * A lower bound of the unnormalised log mass of a region, \( \log\int_A e^{\log p} \), that holds with the given
     * confidence whatever the target is; empty where there is no importance sample.
     *
     * <p>The mean of the weights over A, from a density that was fixed before its draws, is unbiased and never negative: by
     * Markov's inequality \( Z(A) \ge (1 - c)\,\hat Z(A) \) with confidence c. Weights are not smoothed.
     */
    public Optional<Double> leastLogMass(Region region, double confidence) {
        Arguments.fraction("confidence", confidence);
        if (samples.isEmpty()) {
            return Optional.empty();
        }
        double log = samples.get(samples.size() - 1).logMass(inside(region));
        return Optional.of(log + Math.log1p(-confidence));
    }

    /**
     * The least probability of being met by one explorer at which a region would have been seen with 95 % confidence:
     * \( 1 - 0.05^{1/R} \). It bounds how easily a region is caught, not its mass.
     */
    public double catchability() {
        return -Math.expm1(Math.log(0.05) / Math.max(1, explorers.size()));
    }

    /** Good and Turing's estimate f1/R of the chance that one more explorer sees a mode that none has seen. */
    public double unseen() {
        long once = modes.stream().filter(mode -> mode.explorers() == 1).count();
        return Math.min(1, once / (double) Math.max(1, explorers.size()));
    }
}
