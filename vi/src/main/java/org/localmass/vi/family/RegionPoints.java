package org.localmass.vi.family;

import java.util.Arrays;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.shape.UnitBallSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.localmass.core.internal.Arguments;
import org.localmass.core.internal.LogSum;
import org.localmass.core.measure.LogDensity;
import org.localmass.core.region.Ball;
import org.localmass.core.region.Region;

/**
 * Fixed importance points inside a region: of n draws from a proposal of density \( \rho \) those that fall inside. With
 * them \( q(B) = \tfrac1n\sum q(u_i)/\rho(u_i) \) for every q, and the same for a target, whose values are needed once
 * only. Works for any region that the proposal covers. Immutable.
 */
public final class RegionPoints {
    private static final double UNIFORM_SHARE = 0.2;
    private static final double LOCAL_NU = 5;

    private final double[][] points;
    private final double[] logProposal;
    private final int total;

    private RegionPoints(double[][] points, double[] logProposal, int total) {
        this.points = points;
        this.logProposal = logProposal;
        this.total = total;
    }

    /**
     * The points of a proposal that fall into a region; make the proposal defensive (wide, heavy tails) and local.
     *
     * @param count n, draws of the proposal
     */
    public static RegionPoints of(Region region, Mixture proposal, int count, long seed) {
        Arguments.sameDimension(region.dimension(), proposal.dimension());
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        MixtureScratch scratch = proposal.scratch();
        double[][] points = new double[Arguments.positive("count", count)][];
        double[] logs = new double[count];
        int inside = 0;
        double[] point = new double[region.dimension()];
        for (int i = 0; i < count; i++) {
            proposal.sample(random, point);
            if (region.contains(point)) {
                points[inside] = point.clone();
                logs[inside++] = proposal.logDensity(point, scratch);
            }
        }
        return new RegionPoints(Arrays.copyOf(points, inside), Arrays.copyOf(logs, inside), count);
    }

    /**
     * Points for a ball in all coordinates: a fifth uniform in it, the others from a local law.
     *
     * @param local where the target's mass in the ball is, e.g. a {@code t:5} at a mode
     * @param count n
     */
    public static RegionPoints ofBall(Ball ball, Mixture local, int count, long seed) {
        int d = checkWhole(ball);
        Arguments.sameDimension(d, local.dimension());
        return ofBall(ball, local, UNIFORM_SHARE, count, seed);
    }

    /** Points for a ball in all coordinates, from its own {@code t:5}: standard deviations of the radius over sqrt(d). */
    public static RegionPoints ofBall(Ball ball, int count, long seed) {
        int d = checkWhole(ball);
        double[][] scale = new double[d][d];
        double[][] factor = ball.norm().factor();
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                double s = i == j && factor.length == 0 ? 1 : 0;
                for (int k = 0; k <= Math.min(i, j) && factor.length > 0; k++) {
                    s += factor[i][k] * factor[j][k];
                }
                scale[i][j] = s * ball.radius() * ball.radius() / d;
            }
        }
        Mixture local = Mixture.of(
                Family.full().withNu(LOCAL_NU), new double[] {1}, new double[][] {ball.centre()}, new double[][][] {
                    scale
                });
        return ofBall(ball, local, UNIFORM_SHARE, count, seed);
    }

    private static int checkWhole(Ball ball) {
        int d = ball.dimension();
        if (ball.centre().length != d) {
            throw new IllegalArgumentException("ball must be in all " + d + " coordinates, was in "
                    + ball.centre().length + "; points of a proposal serve for it");
        }
        return d;
    }

    private static RegionPoints ofBall(Ball ball, Mixture local, double share, int count, long seed) {
        int d = ball.dimension();
        int uniform = (int) (share * Arguments.positive("count", count));
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        boolean cube = ball.norm().label().equals("linf");
        double[][] factor = ball.norm().factor();
        double[] centre = ball.centre();
        double logVolume = d * Math.log(ball.radius());
        if (cube) {
            logVolume += d * Math.log(2);
        } else {
            logVolume += 0.5 * d * Math.log(Math.PI) - LogGamma.value(0.5 * d + 1);
            for (int i = 0; i < factor.length; i++) {
                logVolume += Math.log(factor[i][i]);
            }
        }
        UnitBallSampler sampler = UnitBallSampler.of(random, d);
        double[][] points = new double[count][];
        double[] logs = new double[count];
        int inside = 0;
        MixtureScratch scratch = local.scratch();
        double logUniform = Math.log((double) uniform / count) - logVolume;
        double logLocal = Math.log((double) (count - uniform) / count);
        double[] point = new double[d];
        for (int i = 0; i < count; i++) {
            if (i < uniform) {
                if (cube) {
                    for (int j = 0; j < d; j++) {
                        point[j] = centre[j] + ball.radius() * (2 * random.nextDouble() - 1);
                    }
                } else {
                    double[] u = sampler.sample();
                    for (int j = 0; j < d; j++) {
                        double s = 0;
                        for (int k = 0; k <= j && factor.length > 0; k++) {
                            s += factor[j][k] * u[k];
                        }
                        point[j] = centre[j] + ball.radius() * (factor.length > 0 ? s : u[j]);
                    }
                }
            } else {
                local.sample(random, point);
            }
            if (ball.contains(point)) {
                points[inside] = point.clone();
                logs[inside++] = LogSum.of(logUniform, logLocal + local.logDensity(point, scratch));
            }
        }
        return new RegionPoints(Arrays.copyOf(points, inside), Arrays.copyOf(logs, inside), count);
    }

    /** Points inside. */
    public int inside() {
        return points.length;
    }

    /** Draws n of the proposal. */
    public int total() {
        return total;
    }

    /** Dimension d; 0 where no point is inside. */
    public int dimension() {
        return points.length == 0 ? 0 : points[0].length;
    }

    /** The points inside. Copies. */
    public double[][] points() {
        double[][] copy = new double[points.length][];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = points[i].clone();
        }
        return copy;
    }

    double[] point(int i) {
        return points[i];
    }

    /** \( \log\rho \) at the points inside. A copy. */
    public double[] logProposal() {
        return logProposal.clone();
    }

    double logProposal(int i) {
        return logProposal[i];
    }

    /** The mass of a density, which need not be normalised, in the region; one value of it per point inside. */
    public RegionEstimate estimate(LogDensity target) {
        double[] logs = new double[points.length];
        for (int i = 0; i < logs.length; i++) {
            double value = Evaluation.orNone(target, points[i]);
            logs[i] = value - logProposal[i];
        }
        return RegionEstimate.of(logs, total);
    }

    /** The mass as a function of a family's parameters. */
    public FamilyMass mass() {
        return new PointsMass(this);
    }
}
