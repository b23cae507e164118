package org.localmass.vi.objective.baseline;

import java.util.Arrays;
import org.localmass.vi.family.BaseDraws;
import org.localmass.vi.family.Family;

/** The importance weighted bound. */
final class ImportanceBound extends Bound {
    private final int draws;
    private final boolean doublyReparameterised;

    ImportanceBound(int draws, boolean doublyReparameterised) {
        this.draws = draws;
        this.doublyReparameterised = doublyReparameterised;
    }

    @Override
    public boolean isFunction() {
        return !doublyReparameterised;
    }

    @Override
    boolean hasDirectPart() {
        return !doublyReparameterised;
    }

    @Override
    public int multiple() {
        return doublyReparameterised || draws % 2 != 0 ? 2 * draws : draws;
    }

    @Override
    void check(Family family, BaseDraws base) {
        super.check(family, base);
        if (base.count() % draws != 0) {
            throw new IllegalArgumentException(
                    "draws must be a multiple of " + draws + " for " + this + ", was " + base.count());
        }
        if (doublyReparameterised) {
            checkSingle(family);
            if (base.count() / draws % 2 != 0) {
                throw new IllegalArgumentException("draws must be an even multiple of " + draws + " for " + this
                        + ", was " + base.count() + ": a draw and its antithetic twin would share a term");
            }
        }
    }

    @Override
    double weigh(double[] logWeights, double[] f, double[] path, double[] logits) {
        int components = logWeights.length;
        int count = f.length / components;
        int groups = count / draws;
        double logDraws = Math.log(draws);
        double sum = 0;
        Arrays.fill(logits, 0);
        for (int g = 0; g < groups; g++) {
            double top = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < components; k++) {
                for (int i = k * count + g * draws; i < k * count + (g + 1) * draws; i++) {
                    path[i] = logWeights[k] - logDraws + f[i];
                    top = Double.isNaN(path[i]) ? Double.NaN : Math.max(top, path[i]);
                }
            }
            double total = 0;
            for (int k = 0; k < components; k++) {
                for (int i = k * count + g * draws; i < k * count + (g + 1) * draws; i++) {
                    path[i] = Math.exp(path[i] - top);
                    total += path[i];
                }
            }
            sum += (top + Math.log(total)) / groups;
            for (int k = 0; k < components; k++) {
                for (int i = k * count + g * draws; i < k * count + (g + 1) * draws; i++) {
                    double share = path[i] / total;
                    logits[k] += share / groups;
                    path[i] = (doublyReparameterised ? share * share : share) / groups;
                }
            }
        }
        for (int k = 0; k < components; k++) {
            logits[k] -= Math.exp(logWeights[k]);
        }
        return sum;
    }

    @Override
    public String toString() {
        return (doublyReparameterised ? "dreg:" : "iwae:") + draws;
    }
}
