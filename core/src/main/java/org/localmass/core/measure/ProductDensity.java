package org.localmass.core.measure;

import java.util.List;

/** The log density of independent blocks; one for each thread. */
final class ProductDensity implements LogDensity.Differentiable {
    private final LogDensity.Differentiable[] blocks;
    private final double[][] points;
    private final double[][] gradients;
    private final double[] scratch;

    ProductDensity(List<LogDensity.Differentiable> blocks) {
        this.blocks = blocks.toArray(new LogDensity.Differentiable[0]);
        this.points = new double[this.blocks.length][];
        this.gradients = new double[this.blocks.length][];
        int dimension = 0;
        for (int i = 0; i < points.length; i++) {
            points[i] = new double[this.blocks[i].dimension()];
            gradients[i] = new double[this.blocks[i].dimension()];
            dimension += points[i].length;
        }
        this.scratch = new double[dimension];
    }

    @Override
    public int dimension() {
        return scratch.length;
    }

    @Override
    public double value(double[] point) {
        return value(point, scratch);
    }

    @Override
    public double value(double[] point, double[] gradient) {
        double sum = 0;
        boolean outside = false;
        int from = 0;
        for (int i = 0; i < blocks.length; i++) {
            int size = points[i].length;
            System.arraycopy(point, from, points[i], 0, size);
            double log = blocks[i].value(points[i], gradients[i]);
            System.arraycopy(gradients[i], 0, gradient, from, size);
            outside |= log == Double.NEGATIVE_INFINITY;
            sum += log;
            from += size;
        }
        return outside ? Double.NEGATIVE_INFINITY : sum;
    }
}
