package org.localmass.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.localmass.core.draws.Draws;
import org.localmass.core.region.Region;
import org.localmass.core.region.RegionBatch;

/**
 * Tells which regions of several parameters the others explain, so that one error is not told ten times.
 *
 * <p>Simple regions come first. The reference's draws are weighted so that every region kept so far gets q's mass (iterative
 * proportional fitting); a region whose gap between p and q this closes to a quarter or less is explained. Regions of one
 * parameter are always kept.
 */
final class Explanation {
    private static final double LEFT = 0.25;
    private static final int SWEEPS = 20;
    private static final int MOST = 20_000;

    private Explanation() {}

    /** A region with what decides its turn. */
    record Item(Region region, int complexity, double importance) {}

    /** For each region whether it is kept. */
    static boolean[] kept(List<Item> items, Draws reference, Draws approximation) {
        boolean[] kept = new boolean[items.size()];
        if (items.isEmpty()) {
            return kept;
        }
        List<Region> regions = items.stream().map(Item::region).toList();
        Workers alone = new Workers(1);
        boolean[][] p = members(SampledDraws.of(reference, 1, MOST, alone), regions);
        boolean[][] q = members(SampledDraws.of(approximation, 1, MOST, alone), regions);
        double[] target = new double[items.size()];
        for (int i = 0; i < target.length; i++) {
            target[i] = (count(q[i]) + 0.5) / (q[i].length + 1);
        }
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, items.size()).boxed().toList());
        order.sort(Comparator.comparingInt((Integer i) -> items.get(i).complexity())
                .thenComparing(
                        Comparator.comparingDouble((Integer i) -> items.get(i).importance())
                                .reversed()));
        double[] weights = new double[p[0].length];
        Arrays.fill(weights, 1.0 / weights.length);
        List<Integer> chosen = new ArrayList<>();
        for (int i : order) {
            double plain = (double) count(p[i]) / p[i].length;
            double fitted = weight(weights, p[i]);
            boolean explained = Math.abs(fitted - target[i]) <= LEFT * Math.abs(plain - target[i]);
            if (items.get(i).complexity() <= 1 || !explained) {
                kept[i] = true;
                chosen.add(i);
                fit(weights, p, target, chosen);
            }
        }
        return kept;
    }

    private static void fit(double[] weights, boolean[][] p, double[] target, List<Integer> chosen) {
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (int k : chosen) {
                double in = weight(weights, p[k]);
                if (in > 0 && in < 1) {
                    double inside = target[k] / in;
                    double outside = (1 - target[k]) / (1 - in);
                    for (int t = 0; t < weights.length; t++) {
                        weights[t] *= p[k][t] ? inside : outside;
                    }
                }
            }
        }
    }

    private static double weight(double[] weights, boolean[] member) {
        double in = 0;
        double all = 0;
        for (int t = 0; t < weights.length; t++) {
            all += weights[t];
            in += member[t] ? weights[t] : 0;
        }
        return in / all;
    }

    private static int count(boolean[] member) {
        int count = 0;
        for (boolean m : member) {
            count += m ? 1 : 0;
        }
        return count;
    }

    private static boolean[][] members(SampledDraws draws, List<Region> regions) {
        RegionBatch batch = new RegionBatch(regions);
        int[] coordinates = batch.coordinates();
        double[] point = new double[draws.dimension()];
        boolean[] answers = new boolean[regions.size()];
        boolean[][] members = new boolean[regions.size()][draws.size()];
        for (int t = 0; t < draws.size(); t++) {
            for (int j : coordinates) {
                point[j] = draws.column(j)[t];
            }
            batch.test(point, answers);
            for (int r = 0; r < answers.length; r++) {
                members[r][t] = answers[r];
            }
        }
        return members;
    }
}
