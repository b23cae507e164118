package org.localmass.bench;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.localmass.check.CheckOptions;
import org.localmass.check.LocalMassCheck;
import org.localmass.check.SharedParameters;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;

/**
 * Processor time of the search on one thread: normal chains with lag-one correlation 0.5 against independent draws of the
 * same law. A search proposes on one half of the draws and decides on the other, then the other way round; a pass is half
 * of it. Processor time rather than JMH's wall time, so that a busy machine does not change the table.
 */
public final class DiscoveryTimes {
    private DiscoveryTimes() {}

    /**
     * Prints the table; arguments: the number of timed runs of each size, whose median is taken (default 5), and the numbers
     * of parameters to try (default all).
     */
    public static void main(String[] args) {
        int runs = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        List<String> chosen = Arrays.asList(args).subList(Math.min(1, args.length), args.length);
        System.out.println("| parameters | n of a pass | m of a pass | pass, s | pass without trees, s |");
        System.out.println("|--:|--:|--:|--:|--:|");
        int[][] sizes = {
            {10, 2000, 10_000},
            {50, 2000, 10_000},
            {200, 2000, 10_000},
            {1000, 2000, 10_000},
            {10, 20_000, 20_000},
            {50, 20_000, 20_000},
            {10, 200_000, 100_000},
            {10, 400_000, 200_000},
            {10, 800_000, 400_000}
        };
        for (int[] s : sizes) {
            if (!chosen.isEmpty() && !chosen.contains(Integer.toString(s[0]))) {
                continue;
            }
            SharedParameters shared = SharedParameters.of(
                    normal(1, 4, s[1] / 2, s[0], 0.5),
                    normal(2, 1, 2 * s[2], s[0], 0).withSampling(Sampling.INDEPENDENT));
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %d | %d | %.2f | %.2f |%n",
                    s[0],
                    s[1],
                    s[2],
                    pass(shared, true, runs),
                    pass(shared, false, runs));
        }
    }

    private static double pass(SharedParameters shared, boolean trees, int runs) {
        LocalMassCheck check = LocalMassCheck.withDefaults()
                .withOptions(CheckOptions.withDefaults().withTrees(trees));
        double[] seconds = new double[runs];
        for (int r = -2; r < runs; r++) {
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            check.tested(shared);
            double used = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e9;
            if (r >= 0) {
                seconds[r] = used / 2;
            }
        }
        Arrays.sort(seconds);
        return seconds[runs / 2];
    }

    private static Draws normal(long seed, int chains, int length, int d, double correlation) {
        SplittableRandom random = new SplittableRandom(seed);
        double fresh = Math.sqrt(1 - correlation * correlation);
        List<String> names = new ArrayList<>();
        for (int j = 0; j < d; j++) {
            names.add("x" + j);
        }
        List<Chain> list = new ArrayList<>();
        for (int c = 0; c < chains; c++) {
            double[][] columns = new double[d][length];
            for (double[] column : columns) {
                double state = gaussian(random);
                for (int t = 0; t < length; t++) {
                    state = correlation * state + fresh * gaussian(random);
                    column[t] = state;
                }
            }
            list.add(Chain.adopt(columns));
        }
        return Draws.of(names, list, Sampling.MARKOV_CHAIN);
    }

    private static double gaussian(SplittableRandom random) {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }
}
