package org.localmass.core.region;

/** A region given by a test on points, such as an expression bound to the parameters of some draws. */
public final class Predicate implements Region {
    private final int dimension;
    private final int[] coordinates;
    private final String description;
    private final java.util.function.Predicate<double[]> test;

    private Predicate(
            int dimension, int[] coordinates, String description, java.util.function.Predicate<double[]> test) {
        this.dimension = dimension;
        this.coordinates = coordinates;
        this.description = description;
        this.test = test;
    }

    /**
     * A region of the points that pass a test.
     *
     * @param coordinates the coordinates that the test reads, ascending
     * @param description the region in the command line's region language
     * @param test        a stateless test that does not modify the point
     */
    public static Predicate of(
            int dimension, int[] coordinates, String description, java.util.function.Predicate<double[]> test) {
        return new Predicate(dimension, coordinates.clone(), description, test);
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public int[] coordinates() {
        return coordinates.clone();
    }

    @Override
    public boolean contains(double[] point) {
        return test.test(point);
    }

    @Override
    public String description() {
        return description;
    }
}
