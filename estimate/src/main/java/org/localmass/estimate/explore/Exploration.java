package org.localmass.estimate.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The first look at a density: six SMC runs from broad densities and a multi-start search.
 *
 * @param runs   the six, arrived or not
 * @param found  optima
 * @param starts random starts of ascents
 */
record Exploration(List<Run> runs, MultiStart.Found found, int starts) {
    static final double[] PLAIN = {1.5, 2, 3, 4};
    static final double[] HALVING = {2, 3};
    private static final int PLAIN_PARTICLES = 1000;
    private static final int HALVING_PARTICLES = 400;
    private static final int STARTS = 32;
    private static final double FREEDOM = 5;
    /** Stages of the random streams. */
    private static final int RUNS = 0;

    private static final int ASCENTS = 1;

    /** The broad density of a scale. */
    static DriverMap broad(Spread spread, double scale) {
        return student(spread.mean(), spread.scaled(scale));
    }

    static DriverMap student(double[] centre, double[] matrix) {
        int d = centre.length;
        double[] factor = Triangular.factor(matrix, d, 1e-10);
        double[][] rows = new double[d][d];
        for (int i = 0; i < d; i++) {
            System.arraycopy(factor, i * d, rows[i], 0, d);
        }
        return DriverMap.student(centre, rows, FREEDOM);
    }

    static Exploration of(
            Evaluator evaluator,
            Spread spread,
            Streams streams,
            double effort,
            List<double[]> anchors,
            long budget,
            BooleanSupplier cancelled) {
        int plain = PLAIN.length;
        int all = plain + HALVING.length;
        long cap = budget / all;
        List<Run> runs = evaluator.map(all, (density, r) -> {
            boolean halving = r >= plain;
            double scale = halving ? HALVING[r - plain] : PLAIN[r];
            Tempering tempering = halving
                    ? Tempering.halvingExplorer(scaled(HALVING_PARTICLES, effort))
                    : Tempering.explorer(scaled(PLAIN_PARTICLES, effort));
            return tempering.run(MapMixture.of(broad(spread, scale)), density, streams.of(RUNS, r), cap, cancelled);
        });
        int starts = scaled(STARTS, effort);
        MultiStart.Found found = cancelled.getAsBoolean() || evaluator.counts().evaluations() > budget
                ? new MultiStart.Found(List.of(), 0)
                : new MultiStart(evaluator, spread, streams, ASCENTS).search(starts, anchors);
        return new Exploration(runs, found, starts);
    }

    private static int scaled(int count, double effort) {
        return (int) Math.max(4, Math.round(count * effort));
    }

    /** The runs that arrived. */
    List<Run> arrived() {
        List<Run> arrived = new ArrayList<>();
        for (Run run : runs) {
            if (run.reached()) {
                arrived.add(run);
            }
        }
        return arrived;
    }

    List<Search.Explorer> explorers() {
        List<Search.Explorer> explorers = new ArrayList<>();
        for (int r = 0; r < runs.size(); r++) {
            boolean halving = r >= PLAIN.length;
            Run run = runs.get(r);
            explorers.add(new Search.Explorer(
                    halving ? HALVING[r - PLAIN.length] : PLAIN[r],
                    run.size(),
                    halving,
                    run.betas().length,
                    run.evaluations(),
                    run.reached()));
        }
        return explorers;
    }
}
