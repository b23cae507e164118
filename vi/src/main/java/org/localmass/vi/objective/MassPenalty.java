package org.localmass.vi.objective;

import java.util.List;
import org.localmass.core.internal.Arguments;
import org.localmass.vi.family.Mixture;

/**
 * The penalty \( \tfrac{\lambda}{n}\sum_k(\rho_k - 1 - \log\rho_k) \), the mass part of the local divergence
 * \( D_1(p\|q;B)/p(B) \); its slope in \( \log\rho \) tends to -1 where a region is lost. \( \log\rho \) is clipped at 30.
 * Source: docs/theory.md.
 */
public final class MassPenalty implements LocalTerm {
    private static final double MOST_LOG_RATIO = 30;

    private final List<TrackedRegion> regions;
    private final double factor;
    private double[] scratch = new double[0];

    /**
     * The penalty.
     *
     * @param regions at least one
     * @param weight  \( \lambda \), positive
     */
    public MassPenalty(List<TrackedRegion> regions, double weight) {
        this.regions = List.copyOf(regions);
        this.factor = Arguments.positive("weight", weight) / Arguments.positive("number of regions", regions.size());
    }

    @Override
    public double value(Mixture q, double[] gradient) {
        if (scratch.length != gradient.length) {
            scratch = new double[gradient.length];
        }
        double sum = 0;
        for (TrackedRegion region : regions) {
            double log = Math.min(region.mass().logMass(q, scratch) - region.logReference(), MOST_LOG_RATIO);
            double slope = factor * Math.expm1(log);
            sum += factor * (Math.expm1(log) - log);
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] += slope * scratch[i];
            }
        }
        return sum;
    }
}
