package org.localmass.check;

import java.util.List;

/** What a figure of one region shows of both measures. */
public sealed interface RegionPicture {
    /** The region's id in the report, such as F1. */
    String id();

    /**
     * A range of values.
     *
     * @param from lower end, possibly -inf
     * @param to   upper end, possibly +inf
     */
    record Range(double from, double to) {}

    /**
     * The distribution of one parameter under both, as histograms with common bins; an end of the region lies on an edge.
     *
     * @param id                   the region's id
     * @param parameter            the parameter that decides
     * @param edges                edges of the bins, ascending, one more than bins
     * @param reference            density of p in each bin: mass over width
     * @param approximation        density of q in each bin
     * @param referenceOutside     mass of p outside the edges
     * @param approximationOutside mass of q outside the edges
     * @param region               the region on this axis, as disjoint ranges
     */
    record Marginal(
            String id,
            String parameter,
            List<Double> edges,
            List<Double> reference,
            List<Double> approximation,
            double referenceOutside,
            double approximationOutside,
            List<Range> region)
            implements RegionPicture {
        public Marginal {
            edges = List.copyOf(edges);
            reference = List.copyOf(reference);
            approximation = List.copyOf(approximation);
            region = List.copyOf(region);
        }
    }

    /**
     * Draws of both, thinned, in the plane of two parameters.
     *
     * @param id            the region's id
     * @param x             parameter of the horizontal axis
     * @param y             parameter of the vertical axis
     * @param others        parameters that decide besides x and y
     * @param xRange        values that hold nearly all draws
     * @param yRange        values that hold nearly all draws
     * @param reference     draws of p
     * @param approximation draws of q
     */
    record Pair(
            String id, String x, String y, int others, Range xRange, Range yRange, Cloud reference, Cloud approximation)
            implements RegionPicture {}

    /**
     * Some draws; those in the region come first and are thinned less.
     *
     * @param x      values of the first parameter
     * @param y      values of the second parameter
     * @param inside how many of them lie in the region
     */
    record Cloud(List<Double> x, List<Double> y, int inside) {
        public Cloud {
            x = List.copyOf(x);
            y = List.copyOf(y);
        }
    }
}
