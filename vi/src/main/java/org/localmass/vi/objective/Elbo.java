package org.localmass.vi.objective;

import java.util.Arrays;
import org.localmass.core.internal.Arguments;
import org.localmass.core.measure.LogDensity;
import org.localmass.vi.family.BaseDraws;
import org.localmass.vi.family.Family;
import org.localmass.vi.family.Mixture;
import org.localmass.vi.family.MixtureScratch;

/**
 * The stratified evidence lower bound on given draws, \( \hat L = \sum_j w_jG_j \) with
 * \( G_j = \tfrac1S\sum_s f(\mu_j + A_jz_{js}) \), \( f = \log\tilde p - \log q \), in nats.
 *
 * <p>On fixed draws this is a function of the parameters, and the gradient is its own: the path through
 * \( \nabla_x f \), the direct derivative of \( -\log q \), and \( w_j(G_j - \hat L) \) for the logits. Sticking the
 * landing leaves the direct part out. That has the right mean over fresh draws, and no variance at the optimum, but is
 * not the gradient of anything on fixed ones.
 *
 * <p>The sums are made in blocks whose number depends on the draws only, and added in their order: the result is the
 * same at any number of threads. Keeps working memory: one call at a time. With more than one thread the target must be
 * safe to use from several.
 */
public final class Elbo {
    private static final int LEAST_BLOCK = 16;
    private static final int MOST_BLOCKS = 64;

    private final LogDensity.Differentiable target;
    private final Family family;
    private final int dimension;
    private final BaseDraws draws;
    private final int threads;
    private final boolean sticking;
    private final Block[] blocks;

    private Elbo(LogDensity.Differentiable target, Family family, BaseDraws draws, int threads, boolean sticking) {
        this.target = target;
        this.family = family;
        this.dimension = target.dimension();
        this.draws = draws;
        this.threads = threads;
        this.sticking = sticking;
        int total = family.components() * draws.count();
        int count = Math.min(MOST_BLOCKS, (total + LEAST_BLOCK - 1) / LEAST_BLOCK);
        blocks = new Block[count];
        for (int b = 0; b < count; b++) {
            blocks[b] = new Block((int) ((long) b * total / count), (int) ((long) (b + 1) * total / count));
        }
    }

    /**
     * The bound on the given draws.
     *
     * @throws IllegalArgumentException if the draws are not for the family in the target's dimension
     */
    public static Elbo of(LogDensity.Differentiable target, Family family, BaseDraws draws) {
        if (draws.components() != family.components() || draws.width() != family.drawDimension(target.dimension())) {
            throw new IllegalArgumentException("draws must be of " + family.components() + " components with "
                    + family.drawDimension(target.dimension()) + " coordinates, was " + draws);
        }
        return new Elbo(target, family, draws, 1, false);
    }

    /** The number of threads. */
    public Elbo withThreads(int count) {
        return new Elbo(target, family, draws, Arguments.positive("threads", count), sticking);
    }

    /**
     * The bound whose gradient leaves out the direct part.
     *
     * @throws IllegalArgumentException if the draws are fixed
     */
    public Elbo withStickingTheLanding() {
        if (draws.isFixed()) {
            throw new IllegalArgumentException("draws must be independent for sticking the landing, was " + draws
                    + ": on fixed draws it is not the gradient of any function");
        }
        return new Elbo(target, family, draws, threads, true);
    }

    /** The draws. */
    public BaseDraws draws() {
        return draws;
    }

    /** Number of parameters. */
    public int parameterCount() {
        return family.parameters(dimension);
    }

    /** The bound; {@code -inf} where the target is at a draw. */
    public double value(Mixture q) {
        return value(q, new double[0]);
    }

    /**
     * The bound and its gradient.
     *
     * @param gradient {@link #parameterCount} places, overwritten; may be empty, then the target's gradient is not
     *     asked for
     */
    public double value(Mixture q, double[] gradient) {
        boolean slopes = gradient.length > 0;
        Blocks.run(blocks.length, threads, b -> blocks[b].run(q, slopes));
        int components = family.components();
        double[] means = new double[components];
        Arrays.fill(gradient, 0);
        for (Block block : blocks) {
            for (int k = 0; k < components; k++) {
                means[k] += block.sums[k];
            }
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] += block.slopes[i];
            }
        }
        double value = 0;
        for (int k = 0; k < components; k++) {
            means[k] /= draws.count();
            if (q.weight(k) > 0) {
                value += q.weight(k) * means[k];
            }
        }
        for (int k = 0; k < components && slopes; k++) {
            if (q.weight(k) > 0) {
                gradient[k] += q.weight(k) * (means[k] - value);
            }
        }
        return value < Double.POSITIVE_INFINITY ? value : Double.NEGATIVE_INFINITY;
    }

    /**
     * The bound with the standard error of its mean over draws, antithetic pairs taken together.
     *
     * @return value and standard error
     */
    public ElboEstimate estimate(Mixture q) {
        int half = draws.count() / 2;
        int width = draws.width();
        MixtureScratch scratch = q.scratch();
        double[] x = new double[dimension];
        double total = 0;
        double variance = 0;
        for (int k = 0; k < family.components(); k++) {
            double[] z = draws.shared(k);
            double mean = 0;
            double squares = 0;
            for (int i = 0; i < half; i++) {
                double pair = 0;
                for (int s = 0; s < 2; s++) {
                    q.transform(k, z, (i + s * half) * width, x);
                    pair += 0.5 * (target.value(x) - q.logDensity(x, scratch));
                }
                double gap = pair - mean;
                mean += gap / (i + 1);
                squares += gap * (pair - mean);
            }
            if (q.weight(k) > 0) {
                total += q.weight(k) * mean;
                variance += q.weight(k) * q.weight(k) * squares / ((half - 1.0) * half);
            }
        }
        return new ElboEstimate(
                total < Double.POSITIVE_INFINITY ? total : Double.NEGATIVE_INFINITY, Math.sqrt(variance));
    }

    /** A run of draws, numbered through all components. */
    private final class Block {
        private final int from;
        private final int to;
        private final double[] sums;
        private final double[] slopes;
        private final double[] x;
        private final double[] g;
        private final MixtureScratch scratch;

        Block(int from, int to) {
            this.from = from;
            this.to = to;
            sums = new double[family.components()];
            slopes = new double[family.parameters(dimension)];
            x = new double[dimension];
            g = new double[dimension];
            scratch = Mixture.standard(family, dimension).scratch();
        }

        void run(Mixture q, boolean withSlopes) {
            Arrays.fill(sums, 0);
            if (withSlopes) {
                Arrays.fill(slopes, 0);
            }
            int count = draws.count();
            int width = draws.width();
            for (int i = from; i < to; i++) {
                int k = i / count;
                double weight = q.weight(k) / count;
                if (weight == 0) {
                    continue;
                }
                double[] z = draws.shared(k);
                int start = (i - k * count) * width;
                q.transform(k, z, start, x);
                if (!withSlopes) {
                    sums[k] += target.value(x) - q.logDensity(x, scratch);
                    continue;
                }
                double log = target.value(x, g);
                sums[k] += log - q.evaluate(x, scratch);
                if (log == Double.NEGATIVE_INFINITY) {
                    continue;
                }
                q.addScore(-1, scratch, g);
                for (int j = 0; j < g.length; j++) {
                    g[j] *= weight;
                }
                q.addPath(k, g, z, start, slopes);
                if (!sticking) {
                    q.addDirect(-weight, scratch, slopes);
                }
            }
        }
    }
}
