package org.localmass.vi.objective;

import org.localmass.core.internal.Arguments;
import org.localmass.vi.family.Mixture;
import org.localmass.vi.family.MixtureScratch;

/**
 * \( -\lambda\,E_{ref}\log q \), the part of the inclusive divergence that depends on q. Added to the negative ELBO with
 * \( \lambda = 1 \) it gives Jeffreys' divergence.
 */
public final class ReferenceTerm implements LocalTerm {
    private static final int BLOCKS = 32;

    private final Reference reference;
    private final double weight;
    private final int threads;

    /**
     * The term.
     *
     * @param weight \( \lambda \), positive
     */
    public ReferenceTerm(Reference reference, double weight, int threads) {
        this.reference = reference;
        this.weight = Arguments.positive("weight", weight);
        this.threads = Arguments.positive("threads", threads);
    }

    @Override
    public double value(Mixture q, double[] gradient) {
        int count = Math.min(BLOCKS, reference.size());
        double[] values = new double[count];
        double[][] slopes = new double[count][gradient.length];
        Blocks.run(count, threads, b -> {
            MixtureScratch scratch = q.scratch();
            int to = (int) ((long) (b + 1) * reference.size() / count);
            for (int i = (int) ((long) b * reference.size() / count); i < to; i++) {
                double c = -weight * reference.weight(i);
                if (c != 0) {
                    values[b] += c * q.evaluate(reference.point(i), scratch);
                    q.addDirect(c, scratch, slopes[b]);
                }
            }
        });
        double sum = 0;
        for (int b = 0; b < count; b++) {
            sum += values[b];
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] += slopes[b][i];
            }
        }
        return sum;
    }
}
