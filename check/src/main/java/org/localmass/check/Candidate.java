package org.localmass.check;

import java.util.List;
import java.util.stream.IntStream;
import org.localmass.core.region.ForestScore;
import org.localmass.core.region.Interval;
import org.localmass.core.region.LevelSet;
import org.localmass.core.region.Parity;
import org.localmass.core.region.ProjectionScore;
import org.localmass.core.region.Region;

/**
 * A region proposed by a source from one half of the data.
 *
 * @param region    the region
 * @param score     log likelihood ratio of unequal masses on the proposing half, nats
 * @param penalty   what is taken off the score when sources are compared, for the number of regions they tried
 * @param direction the error that the proposing half shows
 * @param view      the source's way of looking
 */
record Candidate(Region region, double score, double penalty, Direction direction, View view) {
    /** Coordinates named for a region of all parameters. */
    private static final int NAMED = 3;

    /** Simpler regions come first: atom, interval, boxes by their conditions, parity, projection, ball, trees. */
    int complexity() {
        if (region instanceof Interval interval) {
            return interval.isAtom() ? 0 : 1;
        }
        if (region instanceof LevelSet set) {
            return set.score() instanceof ProjectionScore ? 10 : set.score() instanceof ForestScore ? 30 : 20;
        }
        return region.coordinates().length + (region instanceof Parity ? 2 : 0);
    }

    /** Columns that decide most, strongest first. */
    List<Integer> strongest() {
        return region instanceof LevelSet set
                ? set.strongest(NAMED)
                : IntStream.of(region.coordinates()).boxed().toList();
    }
}
