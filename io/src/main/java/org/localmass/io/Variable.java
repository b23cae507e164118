package org.localmass.io;

import java.util.List;

/**
 * An array of draws.
 *
 * @param name   name of the parameter or statistic
 * @param role   what it is
 * @param shape  axes of the elements, without chain and draw
 * @param labels for each of these axes names of its positions, empty where it has none
 * @param opener its numbers in C order of chain, draw, elements
 */
record Variable(String name, ColumnRole role, long[] shape, List<List<String>> labels, Numbers.Opener opener) {
    Variable {
        labels = List.copyOf(labels);
    }

    boolean isScalar() {
        return shape.length == 0;
    }
}
