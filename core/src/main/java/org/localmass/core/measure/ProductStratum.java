package org.localmass.core.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Strata of independent blocks put together to one. */
record ProductStratum(List<Stratum> parts, double logMass) {
    ProductStratum times(Stratum more) {
        List<Stratum> all = new ArrayList<>(parts);
        all.add(more);
        return new ProductStratum(all, logMass + more.logMass());
    }

    Stratum toStratum() {
        int dimension = 0;
        int free = 0;
        boolean aligned = true;
        for (Stratum part : parts) {
            dimension += part.carrier().ambientDimension();
            free += part.carrier().dimension();
            aligned &= part.carrier().isAligned();
        }
        if (!aligned) {
            throw new NoClosedFormException("a product with a singular normal whose subspace is not spanned by"
                    + " coordinates has no list of strata here");
        }
        int[] freeCoordinates = new int[free];
        double[] offset = new double[dimension];
        int column = 0;
        int count = 0;
        for (Stratum part : parts) {
            for (int j : part.carrier().free()) {
                freeCoordinates[count++] = column + j;
            }
            double[] own = part.carrier().offset();
            System.arraycopy(own, 0, offset, column, own.length);
            column += own.length;
        }
        return new Stratum(
                Carrier.coordinates(freeCoordinates, offset), logMass, LogDensity.of(free, this::logDensity));
    }

    private double logDensity(double[] point) {
        double sum = 0;
        int from = 0;
        for (Stratum part : parts) {
            int to = from + part.carrier().dimension();
            double log = part.density().value(Arrays.copyOfRange(point, from, to));
            if (log == Double.NEGATIVE_INFINITY) {
                return log;
            }
            sum += log;
            from = to;
        }
        return sum;
    }
}
