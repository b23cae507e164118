package org.localmass.core.updating;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.localmass.core.internal.Arguments;
import org.localmass.core.region.RegionExpression;

/** A product of powers of the coordinates. */
record CoordinatePowers(List<Double> exponents) implements Element {
    CoordinatePowers {
        exponents = List.copyOf(exponents);
    }

    static CoordinatePowers of(double... g) {
        if (g.length == 0) {
            throw new IllegalArgumentException("number of exponents must be at least 1, was 0");
        }
        return new CoordinatePowers(DoubleStream.of(Arguments.finite("g", g.clone()))
                .map(x -> x + 0.0)
                .boxed()
                .toList());
    }

    CoordinatePowers plus(CoordinatePowers other) {
        List<Double> sums = new ArrayList<>();
        for (int j = 0; j < exponents.size(); j++) {
            sums.add(Rounding.sum(exponents.get(j), other.exponents.get(j), 0));
        }
        return new CoordinatePowers(sums);
    }

    boolean isBounded() {
        return exponents.stream().allMatch(g -> g >= 0);
    }

    @Override
    public double logValue() {
        double sum = 0;
        for (double g : exponents) {
            sum += Element.logValueOfPower(g);
        }
        return sum;
    }

    @Override
    public int place() {
        return 3;
    }

    @Override
    public String text() {
        return exponents.stream()
                .map(RegionExpression::textOf)
                .collect(Collectors.joining(", ", "coordinate_powers(", ")"));
    }

    @Override
    public String toString() {
        return text();
    }
}
