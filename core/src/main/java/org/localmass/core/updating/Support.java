package org.localmass.core.updating;

import java.util.Locale;
import org.localmass.core.internal.Arguments;
import org.localmass.core.region.RegionExpression;

/**
 * The indicator of a closed set.
 *
 * @param parameter of the shape; 1 where it has none
 */
record Support(Shape shape, double parameter) implements Element {
    enum Shape {
        INSIDE,
        HALF,
        CONE,
        GRAPH,
        CUSP,
        LOG_CUSP,
        EXPONENTIAL_CUSP,
        OUTSIDE;

        boolean hasParameter() {
            return switch (this) {
                case CONE, GRAPH, CUSP, LOG_CUSP -> true;
                case INSIDE, HALF, EXPONENTIAL_CUSP, OUTSIDE -> false;
            };
        }
    }

    Support {
        switch (shape) {
            case CONE -> Arguments.fraction("fraction", parameter);
            case GRAPH -> Arguments.positive("s", parameter);
            case CUSP -> {
                if (!(parameter > 1) || parameter == Double.POSITIVE_INFINITY) {
                    throw new IllegalArgumentException("s must be more than 1 and finite, was " + parameter);
                }
            }
            case LOG_CUSP -> Arguments.positive("c", parameter);
            case INSIDE, HALF, EXPONENTIAL_CUSP, OUTSIDE -> {}
        }
    }

    /** Whether the set is a half of every small ball, up to what is lighter. */
    boolean isHalf() {
        return shape == Shape.HALF || (shape == Shape.GRAPH && parameter > 1);
    }

    @Override
    public double logValue() {
        return shape == Shape.OUTSIDE ? Double.NEGATIVE_INFINITY : 0;
    }

    @Override
    public int place() {
        return 2;
    }

    @Override
    public String text() {
        return shape.name().toLowerCase(Locale.ROOT)
                + (shape.hasParameter() ? "(" + RegionExpression.textOf(parameter) + ")" : "()");
    }

    @Override
    public String toString() {
        return text();
    }
}
