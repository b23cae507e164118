package org.localmass.estimate.density;

import java.util.ArrayList;
import java.util.List;
import org.localmass.core.internal.Quadrature;
import org.localmass.core.mass.Caution;

/**
 * Ball integrals in one to three dimensions: adaptive Gauss-Kronrod in \(v = -\log(\rho/r)\) of the mean over the
 * surface of the ball of radius rho, refined in the angles until two rules agree. Poles at the centre cost little:
 * with \(p \sim \rho^{\kappa-d}\) the integrand decays like \(e^{-\kappa v}\) (docs/theory.md, N3).
 */
final class Cubature {
    private static final int FEWEST = 4;
    private static final int MOST_IN_PLANE = 4096;
    private static final int MOST_IN_SPACE = 64;
    private static final double DEEPEST = 690;
    private static final double ROUNDING = 1e-14;
    /** Growth of the reference scale at which a sum is begun again. */
    private static final double OVERFLOW = 600;

    private final BallFrame frame;
    private final double tolerance;
    private final long most;

    Cubature(BallFrame frame, double tolerance, long most) {
        this.frame = frame;
        this.tolerance = tolerance;
        this.most = most;
    }

    /** A radial integral with its scale taken out. */
    private record Integral(double value, double error, boolean reached) {}

    /** Thrown where the scale was too small. */
    private static final class Exceeded extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final double log;

        Exceeded(double log) {
            super(null, null, false, false);
            this.log = log;
        }
    }

    BallMass estimate() {
        int d = frame.dimension();
        int n = d == 1 ? 1 : FEWEST;
        Directions directions = Directions.rule(frame, n);
        double scale = scale(directions);
        Integral before = null;
        while (true) {
            if (scale == Double.NEGATIVE_INFINITY) {
                if (d == 1 || n >= limit(d)) {
                    return new BallMass(
                            Double.NEGATIVE_INFINITY,
                            Double.NEGATIVE_INFINITY,
                            Double.POSITIVE_INFINITY,
                            Double.POSITIVE_INFINITY,
                            BallMass.Basis.CUBATURE,
                            frame.evaluations(),
                            List.of(Caution.TOLERANCE_NOT_REACHED));
                }
                n *= 2;
                directions = Directions.rule(frame, n);
                scale = scale(directions);
                continue;
            }
            Integral now;
            try {
                now = radial(directions, scale);
            } catch (Exceeded e) {
                scale = e.log;
                before = null;
                n = d == 1 ? 1 : FEWEST;
                directions = Directions.rule(frame, n);
                continue;
            }
            double error = d == 1
                    ? now.error
                    : before == null ? Double.POSITIVE_INFINITY : Math.abs(now.value - before.value) + now.error;
            double relative = Math.max(ROUNDING, error / now.value);
            boolean good = now.reached && relative <= tolerance;
            // a finer rule takes four times the work in space, twice in the plane
            boolean last = d == 1 || n >= limit(d) || frame.evaluations() > most / (d == 2 ? 2 : 4);
            if (good || last) {
                List<Caution> cautions = good ? List.of() : List.of(Caution.TOLERANCE_NOT_REACHED);
                return BallMass.of(
                        frame.logVolume() + scale + Math.log(now.value),
                        relative,
                        BallMass.Basis.CUBATURE,
                        frame.evaluations(),
                        cautions);
            }
            before = now;
            n *= 2;
            directions = Directions.rule(frame, n);
        }
    }

    private static int limit(int d) {
        return d == 2 ? MOST_IN_PLANE : MOST_IN_SPACE;
    }

    /** Largest log density times volume element on a coarse grid of radii. */
    private double scale(Directions directions) {
        double most = Double.NEGATIVE_INFINITY;
        int d = frame.dimension();
        for (double[] vector : directions.vectors()) {
            for (double v = 0.01; v < 40.0 / d; v *= 1.6) {
                double s = Math.exp(-v);
                double log = Math.max(frame.value(vector, s), frame.value(vector, -s));
                most = Math.max(most, log - d * v);
            }
        }
        return most;
    }

    private Integral radial(Directions directions, double scale) {
        int d = frame.dimension();
        double depth = Math.max(4, 40.0 / d);
        List<Double> cuts = new ArrayList<>(List.of(0.0));
        for (double cut = 0.25 / d; cut < depth; cut *= 2) {
            cuts.add(cut);
        }
        cuts.add(depth);
        Integral body =
                panel(directions, scale, cuts.stream().mapToDouble(v -> v).toArray(), 0);
        double value = body.value;
        double error = body.error;
        boolean reached = body.reached;
        while (depth < DEEPEST) {
            double next = Math.min(DEEPEST, 2 * depth);
            Integral more = panel(directions, scale, new double[] {depth, next}, 0.1 * tolerance * value);
            value += more.value;
            error += more.error;
            reached &= more.reached;
            depth = next;
            if (more.value <= 1e-3 * Math.max(tolerance, ROUNDING) * value) {
                return new Integral(value, error, reached);
            }
        }
        // what lies nearer to the centre is unknown
        return new Integral(value, error, false);
    }

    private Integral panel(Directions directions, double scale, double[] cuts, double absolute) {
        int d = frame.dimension();
        long left = Math.max(2L * 21 * cuts.length, (most - frame.evaluations()) / (2L * directions.vectors().length));
        try {
            Quadrature.Result result = Quadrature.integrate(
                    v -> mean(directions, scale, Math.exp(-v)) * d * Math.exp(-d * v),
                    cuts,
                    0.1 * tolerance,
                    absolute,
                    (int) Math.min(Integer.MAX_VALUE, left));
            return new Integral(result.value(), result.error(), true);
        } catch (Quadrature.NotConverged e) {
            return new Integral(e.value(), e.error(), false);
        }
    }

    private double mean(Directions directions, double scale, double share) {
        double sum = 0;
        for (int i = 0; i < directions.vectors().length; i++) {
            double there = frame.value(directions.vectors()[i], share);
            double back = frame.value(directions.vectors()[i], -share);
            double high = Math.max(there, back);
            if (high + frame.dimension() * Math.log(share) > scale + OVERFLOW) {
                throw new Exceeded(high + frame.dimension() * Math.log(share));
            }
            sum += directions.weights()[i] * 0.5 * (Math.exp(there - scale) + Math.exp(back - scale));
        }
        return sum;
    }
}
