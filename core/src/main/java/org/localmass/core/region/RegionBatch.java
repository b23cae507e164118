package org.localmass.core.region;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tests points against many regions at once: what level sets share, their normal scores and whitened scores, is computed
 * once a point. Holds buffers: one per thread.
 */
public final class RegionBatch {
    private final Region[] all;
    private final int[] coordinates;
    private final List<NormalScoreMap> maps = new ArrayList<>();
    private final List<double[]> scores = new ArrayList<>();
    private final List<Triangle> triangles = new ArrayList<>();
    private final List<double[]> whitened = new ArrayList<>();
    /** Place in {@link #maps} of the map that a triangle is applied after. */
    private final List<Integer> mapOfTriangle = new ArrayList<>();

    private final List<ForestScore> forests = new ArrayList<>();
    private final double[] forestValues;
    private final long[][] buffers;
    /** For each region the place of its scores, whitened scores or forest; -1 where it has none. */
    private final int[] place;

    /**
     * A batch.
     *
     * @param regions at least one, all of one dimension
     */
    public RegionBatch(List<Region> regions) {
        this.coordinates = regions.stream()
                .flatMapToInt(r -> IntStream.of(r.coordinates()))
                .distinct()
                .sorted()
                .toArray();
        this.place = new int[regions.size()];
        for (int r = 0; r < place.length; r++) {
            place[r] = -1;
            if (regions.get(r) instanceof LevelSet set) {
                if (set.score() instanceof ProjectionScore p) {
                    place[r] = map(p.map());
                } else if (set.score() instanceof DistanceScore s) {
                    place[r] = triangle(s.map(), s.triangle());
                } else if (set.score() instanceof ForestScore f) {
                    place[r] = forest(f);
                }
            }
        }
        this.forestValues = new double[forests.size()];
        this.buffers = forests.stream().map(f -> new long[f.words()]).toArray(long[][]::new);
        this.all = regions.toArray(new Region[0]);
    }

    @SuppressWarnings("ReferenceEquality")
    private int forest(ForestScore forest) {
        for (int i = 0; i < forests.size(); i++) {
            if (forests.get(i) == forest) {
                return i;
            }
        }
        forests.add(forest);
        return forests.size() - 1;
    }

    @SuppressWarnings("ReferenceEquality") // the same object is shared by the regions of one search
    private int map(NormalScoreMap map) {
        for (int i = 0; i < maps.size(); i++) {
            if (maps.get(i) == map) {
                return i;
            }
        }
        maps.add(map);
        scores.add(new double[map.size()]);
        return maps.size() - 1;
    }

    @SuppressWarnings("ReferenceEquality")
    private int triangle(NormalScoreMap map, Triangle triangle) {
        int m = map(map);
        for (int i = 0; i < triangles.size(); i++) {
            if (triangles.get(i) == triangle && mapOfTriangle.get(i) == m) {
                return i;
            }
        }
        triangles.add(triangle);
        whitened.add(new double[map.size()]);
        mapOfTriangle.add(m);
        return triangles.size() - 1;
    }

    /** Number of regions. */
    public int size() {
        return place.length;
    }

    /** The coordinates that are read, ascending. A copy. */
    public int[] coordinates() {
        return coordinates.clone();
    }

    /**
     * Tests a point.
     *
     * @param point  only {@link #coordinates()} are read
     * @param inside receives one answer per region; modified
     */
    public void test(double[] point, boolean[] inside) {
        for (int i = 0; i < scores.size(); i++) {
            maps.get(i).apply(point, scores.get(i));
        }
        for (int i = 0; i < whitened.size(); i++) {
            triangles.get(i).apply(scores.get(mapOfTriangle.get(i)), whitened.get(i));
        }
        for (int i = 0; i < forestValues.length; i++) {
            forestValues[i] = forests.get(i).value(point, buffers[i]);
        }
        for (int r = 0; r < place.length; r++) {
            Region region = all[r];
            if (place[r] < 0) {
                inside[r] = region.contains(point);
            } else if (region instanceof LevelSet set && set.score() instanceof ProjectionScore p) {
                inside[r] = set.holds(p.ofScores(scores.get(place[r])));
            } else if (region instanceof LevelSet set && set.score() instanceof DistanceScore s) {
                inside[r] = set.holds(s.ofWhitened(whitened.get(place[r])));
            } else if (region instanceof LevelSet set) {
                inside[r] = set.holds(forestValues[place[r]]);
            }
        }
    }
}
