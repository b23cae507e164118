package org.localmass.estimate.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Half-spaces x_j < b at seven quantiles of every coordinate, and the largest contrast between two estimates of their
 * masses, in joint standard errors.
 */
final class Battery {
    private static final double[] LEVELS = {0.02, 0.05, 0.16, 0.5, 0.84, 0.95, 0.98};

    private record HalfLine(int parameter, double bound) implements Inside {
        @Override
        public boolean test(double[] points, int offset) {
            return points[offset + parameter] < bound;
        }
    }

    /** The largest difference; z is 0 where there was none. */
    record Worst(double z, Reason.@Nullable Contrast where) {}

    private final List<HalfLine> lines = new ArrayList<>();
    private final int dimension;

    /** The quantiles of the weighted particles. */
    Battery(Ensemble ensemble, int dimension) {
        this.dimension = dimension;
        List<Run> runs = ensemble.runs();
        int size = runs.stream().mapToInt(Run::size).sum();
        double[] values = new double[size];
        double[] weights = new double[size];
        for (int j = 0; j < dimension; j++) {
            int place = 0;
            for (int r = 0; r < runs.size(); r++) {
                Run run = runs.get(r);
                for (int i = 0; i < run.size(); i++) {
                    values[place] = run.points()[i * dimension + j];
                    weights[place++] = ensemble.weight(r) / run.size();
                }
            }
            int[] order = IntStream.range(0, size)
                    .boxed()
                    .sorted((a, b) -> Double.compare(values[a], values[b]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            double before = 0;
            int level = 0;
            for (int k = 0; k < size && level < LEVELS.length; k++) {
                double after = before + weights[order[k]];
                while (level < LEVELS.length && LEVELS[level] <= after) {
                    double low = values[order[Math.max(0, k - 1)]];
                    double part = k == 0 ? 1 : (LEVELS[level] - before) / (after - before);
                    lines.add(new HalfLine(j, low + part * (values[order[k]] - low)));
                    level++;
                }
                before = after;
            }
        }
    }

    /** The limit of z for so many tests: {@code 3 + .35 log10(14 d)}. */
    double limit() {
        return 3 + 0.35 * Math.log10(14.0 * dimension);
    }

    /** Two sets of runs. */
    Worst between(Ensemble first, Ensemble second) {
        return worst(first::share, second::share, 0);
    }

    /** Runs and an importance sample. */
    Worst between(Ensemble first, ImportanceSample second) {
        return worst(first::share, (line, level) -> second.share(line), 0);
    }

    /** Two importance samples, with an allowance for weights that were not drawn. */
    Worst between(ImportanceSample first, ImportanceSample second) {
        return worst(
                (line, level) -> first.share(line),
                (line, level) -> second.share(line),
                1 / Math.sqrt(4 * Math.max(1, first.effective())));
    }

    /** An estimator of a share. */
    @FunctionalInterface
    interface Estimator {
        Share share(Inside region, double level);
    }

    Worst worst(Estimator first, Estimator second, double allowance) {
        double most = 0;
        Reason.Contrast where = null;
        for (HalfLine line : lines) {
            Share a = first.share(line, 0.95);
            Share b = second.share(line, 0.95);
            double error = Math.hypot(Math.hypot(a.error(), b.error()), allowance);
            double gap = Math.abs(a.estimate() - b.estimate());
            double z = gap == 0 ? 0 : gap / error;
            if (z > most) {
                most = z;
                where = new Reason.Contrast(line.parameter, line.bound, a.estimate(), b.estimate());
            }
        }
        return new Worst(most, where);
    }
}
