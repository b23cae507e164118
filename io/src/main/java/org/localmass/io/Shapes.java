package org.localmass.io;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What the axes of arrays without names are.
 *
 * @param chains number of chains
 * @param draws  number of draws of each
 * @param axes   leading axes that these take: 1 or 2
 * @param notes  how it was judged, where it was
 */
record Shapes(long chains, long draws, int axes, List<String> notes) {
    private static final long MOST_CHAINS = 256;

    /**
     * Judges arrays by their shapes, by name.
     *
     * <p>An array of one axis means that first axes are draws. Otherwise first axes are chains if all arrays agree in
     * their first two axes and the first is the shorter one.
     */
    static Shapes of(String file, Map<String, long[]> shapes, Arrangement arrangement) throws DrawsFormatException {
        List<String> notes = new ArrayList<>();
        Map.Entry<String, long[]> sample = shapes.entrySet().iterator().next();
        String first = sample.getKey();
        long[] shape = sample.getValue();
        boolean paired = shapes.values().stream().allMatch(s -> s.length >= 2 && s[0] == shape[0] && s[1] == shape[1]);
        boolean byChain = arrangement == Arrangement.CHAIN_DRAW
                || (arrangement == Arrangement.AUTO
                        && paired
                        && shape[0] > 0
                        && shape[0] < shape[1]
                        && shape[0] <= MOST_CHAINS);
        int axes = byChain ? 2 : 1;
        for (Map.Entry<String, long[]> e : shapes.entrySet()) {
            long[] other = e.getValue();
            if (other.length < axes || !Arrays.equals(other, 0, axes, shape, 0, Math.min(axes, shape.length))) {
                throw DrawsFormatException.of(
                        file,
                        e.getKey() + " has the shape " + Gate.shape(other) + ", " + first + " " + Gate.shape(shape)
                                + "; the first " + (axes == 1 ? "axis" : "two axes") + " must agree");
            }
        }
        if (byChain && arrangement == Arrangement.AUTO) {
            notes.add("arrays of shape (" + shape[0] + ", " + shape[1] + ", ...) read as " + shape[0]
                    + (shape[0] == 1 ? " chain" : " chains") + " of " + shape[1] + " draws; if not, use --layout draw");
        }
        return byChain ? new Shapes(shape[0], shape[1], 2, notes) : new Shapes(1, shape[0], 1, notes);
    }

    /** The axes of the elements. */
    long[] elements(long[] shape) {
        return Arrays.copyOfRange(shape, axes, shape.length);
    }
}
