package org.localmass.vi.optimizer;

import java.util.ArrayList;
import java.util.List;

/**
 * The iterates of a stochastic search since its last restart, in batches: their average over the last half and the
 * signs that they have settled, split R-hat and the error of the average by batch means. Mutable.
 */
public final class IterateWindow {
    private static final int BATCH = 20;
    private static final int LEAST = 200;
    private static final int MEANS = 10;

    private final int parameters;
    private final List<double[]> sums = new ArrayList<>();
    private final List<double[]> squares = new ArrayList<>();
    private double[] origin = new double[0];
    private double[] sum;
    private double[] square;
    private int inBatch;

    /** An empty window. */
    public IterateWindow(int parameters) {
        this.parameters = parameters;
        this.sum = new double[parameters];
        this.square = new double[parameters];
    }

    /** Forgets all iterates. */
    public void restart() {
        sums.clear();
        squares.clear();
        sum = new double[parameters];
        square = new double[parameters];
        inBatch = 0;
        origin = new double[0];
    }

    /** Adds an iterate. */
    public void add(double[] theta) {
        if (origin.length == 0) {
            origin = theta.clone();
        }
        for (int i = 0; i < parameters; i++) {
            double x = theta[i] - origin[i];
            sum[i] += x;
            square[i] += x * x;
        }
        if (++inBatch == BATCH) {
            sums.add(sum);
            squares.add(square);
            sum = new double[parameters];
            square = new double[parameters];
            inBatch = 0;
        }
    }

    /** Iterates in whole batches. */
    public int size() {
        return sums.size() * BATCH;
    }

    /** First batch of the last half, which holds at least 200 iterates where there are as many, an even number. */
    private int from() {
        int batches = sums.size();
        int kept = Math.min(batches, Math.max(LEAST / BATCH, batches / 2));
        return batches - kept + kept % 2;
    }

    /** Whether there are 200 iterates. */
    public boolean isFull() {
        return size() >= LEAST;
    }

    /** The average of the last half. */
    public double[] average() {
        return average(from(), sums.size());
    }

    /** The averages of the earlier and of the later part of the last half, which have no iterate in common. */
    public double[][] parts() {
        int from = from();
        int middle = (from + sums.size()) / 2;
        return new double[][] {average(from, middle), average(middle, sums.size())};
    }

    private double[] average(int from, int to) {
        double[] mean = new double[parameters];
        int count = (to - from) * BATCH;
        for (int b = from; b < to; b++) {
            for (int i = 0; i < parameters; i++) {
                mean[i] += sums.get(b)[i] / count;
            }
        }
        for (int i = 0; i < parameters; i++) {
            mean[i] += origin[i];
        }
        return mean;
    }

    /** The largest split R-hat of the parameters over the last half. */
    public double splitRHat() {
        int from = from();
        int half = (sums.size() - from) / 2;
        double n = half * BATCH;
        double worst = 1;
        for (int i = 0; i < parameters; i++) {
            double[] mean = new double[2];
            double within = 0;
            for (int h = 0; h < 2; h++) {
                double squareSum = 0;
                for (int b = from + h * half; b < from + (h + 1) * half; b++) {
                    mean[h] += sums.get(b)[i] / n;
                    squareSum += squares.get(b)[i] / n;
                }
                within += 0.5 * Math.max(0, squareSum - mean[h] * mean[h]);
            }
            double between = 0.5 * (mean[0] - mean[1]) * (mean[0] - mean[1]);
            worst = Math.max(worst, Math.sqrt((n - 1) / n + between / (within + 1e-12)));
        }
        return worst;
    }

    /**
     * The largest error of the average over the last half, in units of the parameters, by ten batch means.
     *
     * @param units sizes of the parameters
     */
    public double error(double[] units) {
        int from = from();
        int batches = sums.size() - from;
        int groups = Math.min(MEANS, batches);
        int length = batches / groups;
        double worst = 0;
        for (int i = 0; i < parameters; i++) {
            double mean = 0;
            double squareSum = 0;
            for (int g = 0; g < groups; g++) {
                double group = 0;
                for (int b = 0; b < length; b++) {
                    group += sums.get(sums.size() - groups * length + g * length + b)[i] / (length * BATCH);
                }
                double gap = group - mean;
                mean += gap / (g + 1);
                squareSum += gap * (group - mean);
            }
            worst = Math.max(worst, Math.sqrt(squareSum / ((groups - 1.0) * groups)) / units[i]);
        }
        return worst;
    }
}
