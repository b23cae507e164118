package org.localmass.io;

/** Refusals of what does not fit into memory, before it is tried. */
final class Memory {
    /** Share of the heap that draws may take; what is left is for the work on them. */
    private static final double SHARE = 0.7;

    private static final long MEGABYTE = 1L << 20;
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private Memory() {}

    /**
     * An array of so many values.
     *
     * @throws DrawsFormatException if it exceeds what an array, or the memory, can hold
     */
    static double[] doubles(String file, String what, long count) throws DrawsFormatException {
        if (count > LONGEST_ARRAY) {
            throw DrawsFormatException.of(
                    file, what + " holds " + count + " values, more than the " + LONGEST_ARRAY + " that can be read");
        }
        hold(file, count);
        try {
            return new double[(int) count];
        } catch (OutOfMemoryError e) {
            throw full(file);
        }
    }

    /**
     * Makes sure that so many values can be kept.
     *
     * @throws DrawsFormatException if the memory cannot hold them
     */
    static void hold(String file, long values) throws DrawsFormatException {
        if (values > SHARE / Double.BYTES * Runtime.getRuntime().maxMemory()) {
            throw full(file);
        }
    }

    static DrawsFormatException full(String file) {
        return DrawsFormatException.of(
                file,
                "the draws do not fit into memory (" + Runtime.getRuntime().maxMemory() / MEGABYTE
                        + " MB); set JAVA_TOOL_OPTIONS=-Xmx... to a larger heap");
    }
}
