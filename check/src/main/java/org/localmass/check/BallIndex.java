package org.localmass.check;

import org.localmass.core.draws.Draws;
import org.localmass.core.region.Ball;
import org.localmass.estimate.DrawsIndex;
import org.localmass.estimate.IndexEstimate;
import org.localmass.estimate.IndexMismatch;

/**
 * The Mass Index of reference and approximation at the centre of a ball.
 *
 * @param reference     index under the reference
 * @param approximation index under the approximation
 * @param mismatch      whether their masses grow alike over two decades of radii
 */
public record BallIndex(IndexEstimate reference, IndexEstimate approximation, IndexMismatch mismatch) {
    /** Slopes that differ by no more than this are alike. */
    static final double MARGIN = 0.2;

    static BallIndex of(Draws reference, Draws approximation, Ball ball, double level) {
        DrawsIndex index = DrawsIndex.withDefaults().withLevel(level);
        return new BallIndex(
                index.at(reference, ball),
                index.at(approximation, ball),
                IndexMismatch.of(reference, approximation, ball, MARGIN, level));
    }
}
