package org.localmass.core.measure;

import java.util.ArrayList;
import java.util.List;

/** Errors of one quantity over its reference cases. */
public final class Errors {
    private final List<Double> errors = new ArrayList<>();
    private double largest = -1;
    private String where = "";

    /** Adds the error of one case. */
    public void add(String label, double error) {
        errors.add(error);
        if (!(error <= largest)) {
            largest = error;
            where = label;
        }
    }

    public int count() {
        return errors.size();
    }

    public double max() {
        return largest;
    }

    public String where() {
        return where;
    }

    public double rms() {
        return Math.sqrt(errors.stream().mapToDouble(e -> e * e).average().orElse(0));
    }

    public double median() {
        double[] sorted = errors.stream().mapToDouble(e -> e).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }

    @Override
    public String toString() {
        return count() + " cases, median " + median() + ", RMS " + rms() + ", max " + max() + " at " + where;
    }
}
