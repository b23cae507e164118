package org.localmass.estimate.density;

import org.apache.commons.numbers.gamma.InverseErfc;
import org.localmass.estimate.ScrambledSobol;

/**
 * Vectors from the centre of a ball to its surface, one of each opposite pair, whose plain or weighted mean is the mean
 * over the cone measure of the surface.
 *
 * @param vectors n vectors
 * @param weights n weights of sum 1
 */
record Directions(double[][] vectors, double[] weights) {
    private static final double ROOT_2 = Math.sqrt(2);

    /** Deterministic rule in one, two or three dimensions with n points along each angle or edge. */
    static Directions rule(BallFrame frame, int n) {
        int d = frame.dimension();
        if (d == 1) {
            return new Directions(new double[][] {surface(frame, 1)}, new double[] {1});
        }
        if (frame.isCube()) {
            return cube(frame, n);
        }
        return d == 2 ? circle(frame, n) : sphere(frame, n);
    }

    private static double[] surface(BallFrame frame, double... direction) {
        frame.toSurface(direction);
        return direction;
    }

    private static Directions circle(BallFrame frame, int n) {
        double[][] vectors = new double[n][];
        double[] weights = new double[n];
        for (int i = 0; i < n; i++) {
            double angle = Math.PI * (i + 0.5) / n;
            vectors[i] = surface(frame, Math.cos(angle), Math.sin(angle));
            weights[i] = 1.0 / n;
        }
        return new Directions(vectors, weights);
    }

    private static Directions sphere(BallFrame frame, int n) {
        GaussJacobi rule = GaussJacobi.of(n, 0);
        double[][] vectors = new double[n * n][];
        double[] weights = new double[n * n];
        for (int i = 0; i < n; i++) {
            double height = 2 * rule.nodes()[i] - 1;
            double width = 2 * Math.sqrt(rule.nodes()[i] * (1 - rule.nodes()[i]));
            for (int j = 0; j < n; j++) {
                double angle = Math.PI * (j + 0.5) / n;
                vectors[i * n + j] = surface(frame, width * Math.cos(angle), width * Math.sin(angle), height);
                weights[i * n + j] = rule.weights()[i] / n;
            }
        }
        return new Directions(vectors, weights);
    }

    private static Directions cube(BallFrame frame, int n) {
        GaussJacobi rule = GaussJacobi.of(n, 0);
        int d = frame.dimension();
        int face = d == 2 ? n : n * n;
        double[][] vectors = new double[d * face][];
        double[] weights = new double[d * face];
        for (int j = 0; j < d; j++) {
            for (int i = 0; i < face; i++) {
                double[] direction = new double[d];
                direction[j] = 1;
                direction[(j + 1) % d] = 2 * rule.nodes()[i % n] - 1;
                double weight = rule.weights()[i % n];
                if (d == 3) {
                    direction[(j + 2) % d] = 2 * rule.nodes()[i / n] - 1;
                    weight *= rule.weights()[i / n];
                }
                vectors[j * face + i] = surface(frame, direction);
                weights[j * face + i] = weight / d;
            }
        }
        return new Directions(vectors, weights);
    }

    /** Replaces a point of (0, 1)^d by the vector to the surface that it stands for. */
    static void toSurface(BallFrame frame, double[] uniform) {
        double size = 0;
        if (frame.isCube()) {
            for (int i = 0; i < uniform.length; i++) {
                uniform[i] = 2 * uniform[i] - 1;
                size = Math.max(size, Math.abs(uniform[i]));
            }
        } else {
            for (int i = 0; i < uniform.length; i++) {
                uniform[i] = -ROOT_2 * InverseErfc.value(2 * uniform[i]);
                size += uniform[i] * uniform[i];
            }
            size = Math.sqrt(size);
        }
        for (int i = 0; i < uniform.length; i++) {
            uniform[i] /= size;
        }
        frame.toSurface(uniform);
    }

    /** One scrambled vector; {@code vector} is overwritten. */
    static void scrambled(BallFrame frame, ScrambledSobol scrambling, int[] sequence, int index, double[] vector) {
        scrambling.scramble(sequence, index, vector);
        toSurface(frame, vector);
    }
}
