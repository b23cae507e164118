package org.localmass.estimate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.numbers.gamma.InverseErfc;
import org.localmass.core.bound.MassBounds;
import org.localmass.core.divergence.Generator;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.internal.Arguments;
import org.localmass.core.mass.MassEstimate;

/**
 * Local RE-KL of two measures with draws and known log densities. Immutable.
 *
 * <p>Draws of both stand for the mixture with density \( m = (p+q)/2 \), and
 * \[ D_\alpha(q\|p;B) = \tfrac12 E_p[1_B h] + \tfrac12 E_q[1_B h], \qquad h = p f_\alpha(q/p)/m. \]
 * Every term is positive, so that nothing cancels where the densities are close, and below order 1 the integrand is at most
 * \( 2\max(1, \alpha/(1-\alpha)) \): its variance is finite for every pair. The certificate rests on the empirical
 * Bernstein bound of a bounded variable, which holds for any number of independent draws. The interval is the normal one
 * where at least 100 draws in effect contribute to the sum, the Bernstein one where fewer do. From order 1 on the integrand
 * is not bounded; there the normal interval is given, with a caution, and nothing is certified.
 * <br>Source: docs/theory.md E7.7, T6.6; Maurer and Pontil (2009); Veach and Guibas (1995).
 */
public final class DensityRekl {
    private static final double FEW = 30;
    /** Draws in effect from which the normal interval is used. */
    private static final double ENOUGH = 100;

    private final Generator f;
    private final double level;

    private DensityRekl(Generator f, double level) {
        this.f = f;
        this.level = level;
    }

    /**
     * RE-KL of an order with intervals of level 0.95.
     *
     * @throws IllegalArgumentException if alpha is not positive and finite
     */
    public static DensityRekl of(double alpha) {
        return new DensityRekl(Generator.of(alpha), 0.95);
    }

    /** Intervals of another level, strictly between 0 and 1. */
    public DensityRekl withLevel(double value) {
        return new DensityRekl(f, Arguments.fraction("level", value));
    }

    /**
     * Compares q and p on the balls of several radii.
     *
     * @param q draws of q, with its log density; not weighted
     * @param p draws of p, with its log density; not weighted
     * @throws IllegalArgumentException if the sides differ in dimension, or a side carries weights or has no log density
     */
    public List<LocalComparison> compare(LocalSide q, LocalSide p, double[] radii) {
        Arguments.sameDimension(p.draws().dimension(), q.draws().dimension());
        double[][] logRatioP = logRatios(p, q, p);
        double[][] logRatioQ = logRatios(p, q, q);
        List<LocalComparison> comparisons = new ArrayList<>();
        for (double radius : radii) {
            comparisons.add(compare(q, p, Arguments.positive("radius", radius), logRatioQ, logRatioP));
        }
        return comparisons;
    }

    /** log q - log p at the draws of a side. */
    private static double[][] logRatios(LocalSide p, LocalSide q, LocalSide at) {
        ToDoubleFunction<double[]> logP = p.logDensity();
        ToDoubleFunction<double[]> logQ = q.logDensity();
        if (logP == null || logQ == null) {
            throw new IllegalArgumentException("both sides must have a log density");
        }
        Draws draws = at.draws();
        if (draws.weighted()) {
            throw new IllegalArgumentException("draws must not carry weights");
        }
        double[] point = new double[draws.dimension()];
        double[][] ratios = new double[draws.chains().size()][];
        for (int c = 0; c < ratios.length; c++) {
            Chain chain = draws.chains().get(c);
            ratios[c] = new double[chain.size()];
            for (int t = 0; t < ratios[c].length; t++) {
                chain.read(t, point);
                ratios[c][t] = logQ.applyAsDouble(point) - logP.applyAsDouble(point);
            }
        }
        return ratios;
    }

    private LocalComparison compare(
            LocalSide q, LocalSide p, double radius, double[][] logRatioQ, double[][] logRatioP) {
        double delta = 1 - level;
        MassEstimate[] massesP = p.masses(radius, level, 1 - delta / 4);
        MassEstimate[] massesQ = q.masses(radius, level, 1 - delta / 4);
        ReklEstimate forward = direction(massesP[1], massesQ[1], p, q, radius, logRatioP, logRatioQ, 1);
        ReklEstimate backward = direction(massesQ[1], massesP[1], q, p, radius, logRatioQ, logRatioP, -1);
        List<ReklCaution> cautions = new ArrayList<>();
        if (f.alpha() >= 1) {
            cautions.add(ReklCaution.HEAVY_INTEGRAND);
        }
        if (p.hits(radius) + q.hits(radius) < FEW) {
            cautions.add(ReklCaution.FEW_DRAWS);
        }
        double certificate = Double.POSITIVE_INFINITY;
        if (f.alpha() < 1) {
            double upper = Sums.of(f, q, p, radius, logRatioQ, logRatioP, -1).upperBound(f, delta / 2);
            certificate = MassBounds.underCoverage(f, upper / massesQ[1].lower());
        }
        return new LocalComparison(
                radius,
                massesQ[0],
                massesP[0],
                MassComparison.ratio(massesP[0], massesQ[0]),
                MassComparison.difference(massesP[0], massesQ[0]),
                forward,
                backward,
                certificate,
                LocalComparison.Basis.DIVERGENCE,
                cautions);
    }

    /** D(q||p), where log ratios are log q - log p times {@code sign}. */
    private ReklEstimate direction(
            MassEstimate massP,
            MassEstimate massQ,
            LocalSide p,
            LocalSide q,
            double radius,
            double[][] logRatioP,
            double[][] logRatioQ,
            int sign) {
        double delta = (1 - level) / 2; // the other half goes to the masses
        Bracket divergence =
                Sums.of(f, p, q, radius, logRatioP, logRatioQ, sign).bracket(f, delta);
        double estimate = divergence.estimate();
        Bracket massTerm = DrawsRekl.massTerm(f, massP, massQ);
        Bracket normalised = DrawsRekl.bracket(
                massP.estimate() == 0 ? massTerm.estimate() : estimate / massP.estimate(),
                Math.max(massTerm.lower(), massP.upper() == 0 ? 0 : divergence.lower() / massP.upper()),
                divergence.upper() == 0 ? 0 : divergence.upper() / massP.lower());
        return new ReklEstimate(divergence, normalised, massTerm, DrawsRekl.shapeTerm(normalised, massTerm), 0);
    }

    /** The integrand over both sets of draws. */
    private record Sums(Sum ofP, Sum ofQ) {
        static Sums of(
                Generator f,
                LocalSide p,
                LocalSide q,
                double radius,
                double[][] logRatioP,
                double[][] logRatioQ,
                int sign) {
            return new Sums(Sum.of(f, p, radius, logRatioP, sign), Sum.of(f, q, radius, logRatioQ, sign));
        }

        double estimate() {
            return 0.5 * (ofP.mean + ofQ.mean);
        }

        /** Two-sided interval at error probability delta. */
        Bracket bracket(Generator f, double delta) {
            double half = f.alpha() < 1 && ofP.contributing + ofQ.contributing < ENOUGH
                    ? bernstein(f, delta / 2)
                    : 0.5
                            * Math.sqrt(2)
                            * InverseErfc.value(delta)
                            * Math.hypot(ofP.standardError(), ofQ.standardError());
            return Double.isNaN(half)
                    ? new Bracket(estimate(), 0, Double.POSITIVE_INFINITY)
                    : new Bracket(estimate(), Math.max(0, estimate() - half), estimate() + half);
        }

        /** One-sided upper bound at error probability delta, for any number of independent draws. */
        double upperBound(Generator f, double delta) {
            return estimate() + bernstein(f, delta);
        }

        private double bernstein(Generator f, double delta) {
            double most = 2 * Math.max(1, f.recessionSlope());
            return 0.5 * (ofP.bernstein(most, delta / 2) + ofQ.bernstein(most, delta / 2));
        }
    }

    /** Mean and variance of the integrand over one set of draws, and how many draws in effect make it up. */
    private record Sum(double mean, double variance, double size, double contributing) {
        static Sum of(Generator f, LocalSide side, double radius, double[][] logRatio, int sign) {
            double[][] series = new double[logRatio.length][];
            double sum = 0;
            for (int c = 0; c < series.length; c++) {
                series[c] = new double[logRatio[c].length];
                for (int t = 0; t < series[c].length; t++) {
                    if (side.distances()[c][t] <= radius) {
                        series[c][t] = integrand(f, sign * logRatio[c][t]);
                        sum += series[c][t];
                    }
                }
            }
            int n = side.draws().size();
            double mean = sum / n;
            double squares = 0;
            double raw = 0;
            for (double[] chain : series) {
                for (double value : chain) {
                    squares += (value - mean) * (value - mean);
                    raw += value * value;
                }
            }
            double time = side.draws().sampling() == Sampling.INDEPENDENT ? 1 : Autocorrelation.time(series);
            double contributing = raw > 0 && sum < Double.POSITIVE_INFINITY ? sum / raw * sum / time : 0;
            return new Sum(mean, squares / Math.max(1, n - 1), n / time, contributing);
        }

        /** \( p f(q/p)/m \) at \( l = \log q - \log p \). */
        private static double integrand(Generator f, double l) {
            double share = 1 / (1 + Math.exp(-Math.abs(l)));
            double rest = Math.exp(-Math.abs(l)) * share;
            return 2 * (l > 0 ? f.perspective(rest, share) : f.perspective(share, rest));
        }

        /** What the empirical Bernstein bound of error probability delta adds to the mean. */
        double bernstein(double most, double delta) {
            double log = Math.log(2 / delta);
            return Math.sqrt(2 * variance * log / size) + 7 * most * log / (3 * Math.max(1, size - 1));
        }

        double standardError() {
            return Math.sqrt(variance / size);
        }
    }
}
