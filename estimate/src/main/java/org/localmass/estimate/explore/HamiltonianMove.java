package org.localmass.estimate.explore;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * Hamiltonian moves in the coordinates of a mixture of maps; each leaves \( p^\beta q^{1-\beta} \) exactly invariant.
 *
 * <p>A component k is drawn with probability \( h_k(x) = 0.7 r_k(x) + 0.3 w_k \), r its share in q; leapfrog steps in
 * its z follow \( \beta(\log p + \log|J|) + (1-\beta)\log t_\nu(z) \); the end is accepted with probability
 * \[ \min\Bigl(1, \Bigl[\tfrac{p(x')}{p(x)}\Bigr]^\beta \Bigl[\tfrac{q(x')}{q(x)}\Bigr]^{1-\beta}
 * \tfrac{|J'|}{|J|}\tfrac{h_k(x')}{h_k(x)} e^{K-K'}\Bigr). \]
 *
 * <p>A step-halving move takes the coarsest step of eps 2^-j, j at most 6, along whose path the energy ranges over less
 * than 1.5 nats, and is rejected unless every coarser one fails from the end as well, which makes it reversible. A path
 * ends, and is rejected, where the density is zero or the energy ranges over more than 500 nats: both look alike from
 * either end. For one thread; allocates nothing.
 */
final class HamiltonianMove {
    private static final double NEAR = 0.7;
    private static final double RANGE = 1.5;
    private static final double LOST = 500;
    private static final int HALVINGS = 6;
    private static final double FAR = 1e8;

    private final MapMixture mixture;
    private final GuardedDensity density;
    private final UniformRandomProvider random;
    private final ZigguratSampler.NormalizedGaussian gaussian;
    private final MapScratch scratch;
    private final int dimension;
    private final int components;
    /** Step sizes of each component's coordinates. */
    private final double[][] metric;
    // start
    private final double[] startPoint;
    private final double[] startGradient;
    private final double[] z0;
    private final double[] p0;
    private final double[] g0;
    // end of a path, and the path that looks back from it
    private final Path forward;
    private final Path backward;
    private final double[] slope;
    private final double[] held;
    private final double[] shares;

    /** The state at the end of a path in z. */
    private static final class Path {
        final double[] z;
        final double[] p;
        final double[] g;
        final double[] x;
        final double[] gradient;
        double logTarget;
        double logJacobian;
        double logBase;

        Path(int d) {
            z = new double[d];
            p = new double[d];
            g = new double[d];
            x = new double[d];
            gradient = new double[d];
        }
    }

    HamiltonianMove(MapMixture mixture, GuardedDensity density, UniformRandomProvider random) {
        this.mixture = mixture;
        this.density = density;
        this.random = random;
        this.gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        this.dimension = mixture.dimension();
        this.components = mixture.components();
        this.scratch = new MapScratch(dimension);
        this.metric = new double[components][dimension];
        for (double[] row : metric) {
            Arrays.fill(row, 1);
        }
        this.startPoint = new double[dimension];
        this.startGradient = new double[dimension];
        this.z0 = new double[dimension];
        this.p0 = new double[dimension];
        this.g0 = new double[dimension];
        this.forward = new Path(dimension);
        this.backward = new Path(dimension);
        this.slope = new double[dimension];
        this.held = new double[dimension];
        this.shares = new double[components];
    }

    MapScratch scratch() {
        return scratch;
    }

    /** Step sizes of the coordinates of a component's z; to be set by the caller. */
    double[] metric(int component) {
        return metric[component];
    }

    /** Replaces a particle by a draw of the mixture. */
    void refresh(Particles particles, int i) {
        mixture.sample(random, z0, forward.x, scratch);
        double log = mixture.logDensity(forward.x, shares, scratch);
        double value = density.value(forward.x, 0, forward.gradient);
        store(particles, i, value, log);
    }

    private void store(Particles particles, int i, double logTarget, double logBase) {
        System.arraycopy(forward.x, 0, particles.points, i * dimension, dimension);
        System.arraycopy(forward.gradient, 0, particles.gradients, i * dimension, dimension);
        System.arraycopy(shares, 0, particles.shares, i * components, components);
        particles.logTarget[i] = logTarget;
        particles.logBase[i] = logBase;
    }

    /**
     * Moves a particle.
     *
     * @param beta    temperature in (0, 1]
     * @param step    step size before the metric
     * @param leaps   leapfrog steps
     * @param halving whether the step is halved until the energy is kept
     * @return the probability of acceptance
     */
    double move(Particles particles, int i, double beta, double step, int leaps, boolean halving) {
        int k = component(particles, i);
        double logLabel = logLabel(particles.shares, i * components, k);
        DriverMap map = mixture.map(k);
        System.arraycopy(particles.points, i * dimension, startPoint, 0, dimension);
        System.arraycopy(particles.gradients, i * dimension, startGradient, 0, dimension);
        map.toBase(startPoint, z0, scratch);
        double jacobian = map.toPoint(z0, held, scratch);
        double base = slope(map, startGradient, z0, beta, g0);
        double kinetic = 0;
        for (int j = 0; j < dimension; j++) {
            p0[j] = gaussian.sample();
            kinetic += p0[j] * p0[j];
        }
        kinetic *= 0.5;
        double size = step * Math.exp(halving ? -0.3 + 0.6 * random.nextDouble() : -1.6 + 1.9 * random.nextDouble());
        double uniform = random.nextDouble();
        double target = particles.logTarget[i];
        double energy = beta * (target + jacobian) + (1 - beta) * base - kinetic;
        if (!(halving
                ? halve(map, beta, size, leaps, energy, metric[k])
                : leap(map, beta, size, leaps, z0, p0, g0, 1, energy, LOST, metric[k], forward))) {
            return 0;
        }
        double log = mixture.logDensity(forward.x, shares, scratch);
        double after = 0;
        for (double p : forward.p) {
            after += p * p;
        }
        double ratio = beta * (forward.logTarget - target)
                + (beta < 1 ? (1 - beta) * (log - particles.logBase[i]) : 0)
                + forward.logJacobian
                - jacobian
                - 0.5 * after
                + kinetic
                + logLabel(shares, 0, k)
                - logLabel;
        if (Double.isNaN(ratio)) {
            return 0;
        }
        if (Math.log(uniform) < ratio) {
            store(particles, i, forward.logTarget, log);
        }
        return ratio >= 0 ? 1 : Math.exp(ratio);
    }

    private int component(Particles particles, int i) {
        if (components == 1) {
            return 0;
        }
        double left = random.nextDouble();
        for (int k = 0; k < components - 1; k++) {
            left -= NEAR * particles.shares[i * components + k] + (1 - NEAR) * mixture.weight(k);
            if (left < 0) {
                return k;
            }
        }
        return components - 1;
    }

    private double logLabel(double[] share, int offset, int k) {
        return components == 1 ? 0 : Math.log(NEAR * share[offset + k] + (1 - NEAR) * mixture.weight(k));
    }

    /** Gradient in z of the guiding energy, after {@code toPoint} at z; returns the log base density. */
    private double slope(DriverMap map, double[] gradient, double[] z, double beta, double[] g) {
        map.pullBack(gradient, g, scratch);
        double base = map.logBase(z, slope);
        for (int j = 0; j < dimension; j++) {
            double sum = beta * g[j] + (1 - beta) * slope[j];
            g[j] = Double.isFinite(sum) ? sum : 0;
        }
        return base;
    }

    private boolean halve(DriverMap map, double beta, double step, int leaps, double energy, double[] sizes) {
        int level = 0;
        while (!leap(map, beta, step / (1 << level), leaps << level, z0, p0, g0, 1, energy, RANGE, sizes, forward)) {
            if (++level > HALVINGS) {
                return false;
            }
        }
        if (level == 0) {
            return true;
        }
        double kinetic = 0;
        for (double p : forward.p) {
            kinetic += p * p;
        }
        double end = beta * (forward.logTarget + forward.logJacobian) + (1 - beta) * forward.logBase - 0.5 * kinetic;
        for (int j = 0; j < level; j++) {
            if (leap(
                    map,
                    beta,
                    step / (1 << j),
                    leaps << j,
                    forward.z,
                    forward.p,
                    forward.g,
                    -1,
                    end,
                    RANGE,
                    sizes,
                    backward)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Leapfrog steps.
     *
     * @param sign  1, or -1 to start with the momentum reversed
     * @param limit on the range of the energy along the path, its start included
     * @return false where the path left the support or the energy its range
     */
    private boolean leap(
            DriverMap map,
            double beta,
            double step,
            int leaps,
            double[] z,
            double[] p,
            double[] g,
            int sign,
            double energy,
            double limit,
            double[] sizes,
            Path path) {
        for (int j = 0; j < dimension; j++) {
            path.z[j] = z[j];
            path.p[j] = sign * p[j];
            path.g[j] = g[j];
        }
        double low = energy;
        double high = energy;
        for (int n = 0; n < leaps; n++) {
            for (int j = 0; j < dimension; j++) {
                path.p[j] += 0.5 * step * sizes[j] * path.g[j];
                path.z[j] += step * sizes[j] * path.p[j];
                held[j] = Math.max(-FAR, Math.min(FAR, path.z[j]));
            }
            path.logJacobian = map.toPoint(held, path.x, scratch);
            for (int j = 0; j < dimension; j++) {
                if (!Double.isFinite(path.x[j])) {
                    return false;
                }
            }
            path.logTarget = density.value(path.x, 0, path.gradient);
            if (Double.isInfinite(path.logTarget)) {
                return false;
            }
            path.logBase = slope(map, path.gradient, path.z, beta, path.g);
            double kinetic = 0;
            for (int j = 0; j < dimension; j++) {
                path.p[j] += 0.5 * step * sizes[j] * path.g[j];
                kinetic += path.p[j] * path.p[j];
            }
            double now = beta * (path.logTarget + path.logJacobian) + (1 - beta) * path.logBase - 0.5 * kinetic;
            low = Math.min(low, now);
            high = Math.max(high, now);
            if (!(high - low < limit)) {
                return false;
            }
        }
        return true;
    }
}
