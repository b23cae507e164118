package org.localmass.vi.family;

import java.util.Arrays;
import org.localmass.core.internal.LogSum;

/**
 * The mass of a region by fixed importance points, \( q(B) = \tfrac1n\sum_{u_i\in B}q(u_i)/\rho(u_i) \), whose gradient
 * \( \nabla\log q(B) \) is the direct operator with the normalised weights.
 */
final class PointsMass implements FamilyMass {
    private final RegionPoints points;

    PointsMass(RegionPoints points) {
        this.points = points;
    }

    @Override
    public int dimension() {
        return points.dimension();
    }

    @Override
    public double logMass(Mixture q) {
        MixtureScratch scratch = q.scratch();
        double[] logs = new double[points.inside()];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = q.logDensity(points.point(i), scratch) - points.logProposal(i);
        }
        return LogSum.of(logs, logs.length) - Math.log(points.total());
    }

    @Override
    public double relativeError(Mixture q) {
        MixtureScratch scratch = q.scratch();
        double[] logs = new double[points.inside()];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = q.logDensity(points.point(i), scratch) - points.logProposal(i);
        }
        return RegionEstimate.of(logs, points.total()).relativeError();
    }

    @Override
    public double logMass(Mixture q, double[] gradient) {
        Arrays.fill(gradient, 0);
        MixtureScratch scratch = q.scratch();
        double top = Double.NEGATIVE_INFINITY;
        double sum = 0;
        // one pass: what has been added is scaled down when a larger weight comes
        for (int i = 0; i < points.inside(); i++) {
            double log = q.evaluate(points.point(i), scratch) - points.logProposal(i);
            if (log == Double.NEGATIVE_INFINITY) {
                continue;
            }
            if (log > top) {
                double factor = Math.exp(top - log);
                sum *= factor;
                for (int j = 0; j < gradient.length; j++) {
                    gradient[j] *= factor;
                }
                top = log;
            }
            double weight = Math.exp(log - top);
            sum += weight;
            q.addDirect(weight, scratch, gradient);
        }
        if (sum == 0) {
            return Double.NEGATIVE_INFINITY;
        }
        for (int j = 0; j < gradient.length; j++) {
            gradient[j] /= sum;
        }
        return top + Math.log(sum) - Math.log(points.total());
    }
}
