package org.localmass.estimate.explore;

import java.util.ArrayList;
import java.util.List;

/** The masses of the cells that belong to the optima of a search. */
final class ModeShares {
    private static final double NEAR = 1.5;

    private ModeShares() {}

    /** The modes by falling share; empty where no optimum was found. */
    static List<Mode> of(List<Optimum> optima, Exploration exploration, Ensemble ensemble, double level) {
        if (optima.isEmpty()) {
            return List.of();
        }
        int d = optima.get(0).point().length;
        List<double[]> factors = new ArrayList<>();
        for (Optimum optimum : optima) {
            factors.add(Triangular.factor(optimum.covariance(), d, 1e-10));
        }
        double[] work = new double[d];
        List<Mode> modes = new ArrayList<>();
        for (int k = 0; k < optima.size(); k++) {
            int cell = k;
            Optimum optimum = optima.get(k);
            double[] factor = factors.get(k);
            Share share = ensemble.share(
                    (points, offset) -> {
                        double own = optimum.logDensity() - 0.5 * square(optimum, factor, points, offset, work);
                        for (int other = 0; other < optima.size(); other++) {
                            if (other != cell) {
                                Optimum rival = optima.get(other);
                                double value = rival.logDensity()
                                        - 0.5 * square(rival, factors.get(other), points, offset, work);
                                if (value > own || (value == own && other < cell)) {
                                    return false;
                                }
                            }
                        }
                        return true;
                    },
                    level);
            Inside near = (points, offset) -> square(optimum, factor, points, offset, work) < NEAR * NEAR * d;
            int explorers = 0;
            for (Run run : exploration.runs()) {
                explorers += run.reached() && Ensemble.visits(run, near) > 0 ? 1 : 0;
            }
            double[] deviation = new double[d];
            for (int j = 0; j < d; j++) {
                deviation[j] = Math.sqrt(optimum.covariance()[j * d + j]);
            }
            modes.add(new Mode(
                    Mode.boxed(optimum.point()),
                    Mode.boxed(deviation),
                    optimum.logDensity(),
                    share.estimate(),
                    share.lower(),
                    share.upper(),
                    explorers,
                    ensemble.visited(near),
                    optimum.hits(),
                    optimum.anchored()));
        }
        modes.sort((a, b) -> Double.compare(b.share(), a.share()));
        return modes;
    }

    private static double square(Optimum optimum, double[] factor, double[] points, int offset, double[] work) {
        int d = work.length;
        for (int j = 0; j < d; j++) {
            work[j] = points[offset + j] - optimum.point()[j];
        }
        Triangular.solve(factor, d, work);
        double sum = 0;
        for (double z : work) {
            sum += z * z;
        }
        return sum;
    }
}
