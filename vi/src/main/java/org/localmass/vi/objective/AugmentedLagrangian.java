package org.localmass.vi.objective;

import java.util.Arrays;
import java.util.List;
import org.localmass.core.internal.Arguments;
import org.localmass.vi.family.Mixture;

/**
 * The constraints \( |\log\rho_k| \le \log c \), \( \rho_k = q(B_k)/\hat p(B_k) \), as terms
 * \( (\max(0, m + \kappa h)^2 - m^2)/(2\kappa) \) for \( h = -\log c - \log\rho_k \) and \( h = \log\rho_k - \log c \).
 *
 * <p>After each minimisation {@link #update} sets \( m \leftarrow \max(0, m + \kappa h) \), and triples the penalty
 * \( \kappa \) if the largest violation has not halved. A multiplier is then the price of its side: nats of ELBO per unit
 * of log mass. Where the fit keeps the band by itself all of it is exactly 0. Mutable.
 */
public final class AugmentedLagrangian implements LocalTerm {
    private static final double FIRST_PENALTY = 1;
    private static final double GROWTH = 3;

    private final List<TrackedRegion> regions;
    private final double logBand;
    private final double[] low;
    private final double[] high;
    private double penalty = FIRST_PENALTY;
    private double lastViolation = Double.POSITIVE_INFINITY;
    private double[] scratch = new double[0];

    /**
     * Constraints with multipliers 0.
     *
     * @param regions regions to be kept
     * @param band    c, above 1
     */
    public AugmentedLagrangian(List<TrackedRegion> regions, double band) {
        if (!(band > 1) || band == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("band must be above 1, was " + band);
        }
        this.regions = List.copyOf(regions);
        this.logBand = Math.log(band);
        this.low = new double[regions.size()];
        this.high = new double[regions.size()];
    }

    /** Constraints that continue from a state. */
    public AugmentedLagrangian(List<TrackedRegion> regions, double band, double[] low, double[] high, double penalty) {
        this(regions, band);
        Arguments.sameDimension(regions.size(), low.length);
        Arguments.sameDimension(regions.size(), high.length);
        System.arraycopy(low, 0, this.low, 0, low.length);
        System.arraycopy(high, 0, this.high, 0, high.length);
        this.penalty = Arguments.positive("penalty", penalty);
    }

    @Override
    public double value(Mixture q, double[] gradient) {
        if (scratch.length != gradient.length) {
            scratch = new double[gradient.length];
        }
        double sum = 0;
        for (int k = 0; k < low.length; k++) {
            TrackedRegion region = regions.get(k);
            double log = region.mass().logMass(q, scratch) - region.logReference();
            double below = Math.max(0, low[k] + penalty * (-logBand - log));
            double above = Math.max(0, high[k] + penalty * (log - logBand));
            sum += (below * below - low[k] * low[k] + above * above - high[k] * high[k]) / (2 * penalty);
            double slope = above - below;
            if (slope != 0) {
                for (int i = 0; i < gradient.length; i++) {
                    gradient[i] += slope * scratch[i];
                }
            }
        }
        return sum;
    }

    /** Sets the multipliers after a minimisation and returns the largest violation, in units of log mass. */
    public double update(Mixture q) {
        double[] logRatios = logRatios(q);
        double violation = 0;
        for (int k = 0; k < low.length; k++) {
            low[k] = Math.max(0, low[k] + penalty * (-logBand - logRatios[k]));
            high[k] = Math.max(0, high[k] + penalty * (logRatios[k] - logBand));
            violation = Math.max(violation, Math.abs(logRatios[k]) - logBand);
        }
        if (violation > 0.5 * lastViolation) {
            penalty *= GROWTH;
        }
        lastViolation = violation;
        return violation;
    }

    /** \( \log\rho_k \) of every region. */
    public double[] logRatios(Mixture q) {
        double[] logs = new double[low.length];
        for (int k = 0; k < logs.length; k++) {
            TrackedRegion region = regions.get(k);
            logs[k] = region.mass().logMass(q) - region.logReference();
        }
        return logs;
    }

    /** \( \max_k(|\log\rho_k| - \log c) \), at least 0. */
    public double violation(Mixture q) {
        double most = 0;
        for (double log : logRatios(q)) {
            most = Math.max(most, Math.abs(log) - logBand);
        }
        return most;
    }

    /** The regions. */
    public List<TrackedRegion> regions() {
        return regions;
    }

    /** Multipliers of the lower sides (a region lost). A copy. */
    public double[] lowMultipliers() {
        return low.clone();
    }

    /** Multipliers of the upper sides. A copy. */
    public double[] highMultipliers() {
        return high.clone();
    }

    /** The price of each region: the larger of its multipliers, in nats per unit of log mass. */
    public double[] prices() {
        double[] prices = new double[low.length];
        Arrays.setAll(prices, k -> Math.max(low[k], high[k]));
        return prices;
    }

    /** The penalty \( \kappa \). */
    public double penalty() {
        return penalty;
    }
}
