package org.localmass.quality;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.localmass.core.bound.MassBounds;
import org.localmass.core.bound.PartitionBound;
import org.localmass.core.divergence.Generator;
import org.localmass.core.divergence.Relations;

/**
 * Properties of RE-KL and its bounds on random pairs of discrete measures: atoms that one or both carry, cells of a density
 * whose masses span many decades, close and far pairs, orders from 1e-6 to 5.
 */
public final class DivergenceStudy {
    private static final int BATCH = 10_000;
    private static final double UNIT = 0x1p-53;
    /** Rounding that a comparison may show, in units of 2^-53 relative to the sum of masses or the divergence. */
    private static final double SLACK = 64;

    private DivergenceStudy() {}

    /** What is claimed of every pair. */
    enum Property {
        NOT_NEGATIVE("D is not negative"),
        MONOTONE("D does not decrease with alpha; ((1-alpha)/alpha) D does not increase below 1"),
        DUALITY("D of order 1 - alpha in the other direction is (1-alpha)/alpha D"),
        HOMOGENEOUS("D of c q and c p is c D"),
        DATA_PROCESSING("merging cells does not increase D; D of one cell is the Jensen bound"),
        RATIO("L <= Q/P <= U, and the explicit bounds are not sharper"),
        BACKWARD("1/U(E) <= Q/P <= 1/L(E): the certificate holds"),
        ABSOLUTE("the Hellinger and the explicit bound of Q, and the sharp one of the distance of Q and P");

        private final String sentence;

        Property(String sentence) {
            this.sentence = sentence;
        }
    }

    /**
     * Pairs and violations.
     *
     * @param pairs      number of pairs
     * @param violations number of pairs that break each property
     * @param nearest    largest margin by which rounding alone crossed a property, in units of 2^-53
     */
    record Outcome(long pairs, Map<Property, Long> violations, Map<Property, Double> nearest) {}

    static Outcome run(int pairs, long seed) {
        int batches = (pairs + BATCH - 1) / BATCH;
        List<Tally> tallies = IntStream.range(0, batches)
                .parallel()
                .mapToObj(i -> batch(Math.min(BATCH, pairs - i * BATCH), seed * 1_000_003 + i))
                .toList();
        Tally total = new Tally();
        tallies.forEach(total::add);
        return new Outcome(total.pairs, total.violations, total.nearest);
    }

    private static final class Tally {
        private final Map<Property, Long> violations = new EnumMap<>(Property.class);
        private final Map<Property, Double> nearest = new EnumMap<>(Property.class);
        private long pairs;

        Tally() {
            for (Property property : Property.values()) {
                violations.put(property, 0L);
                nearest.put(property, 0.0);
            }
        }

        /** Claims {@code smaller <= larger}, up to rounding of numbers of a scale. */
        void atMost(Property property, double smaller, double larger, double scale) {
            if (Double.isNaN(smaller) || Double.isNaN(larger)) {
                violations.merge(property, 1L, Long::sum);
            } else if (smaller > larger) {
                double margin = (smaller - larger) / (UNIT * scale);
                nearest.merge(property, margin, Math::max);
                if (!(margin <= SLACK)) {
                    violations.merge(property, 1L, Long::sum);
                }
            }
        }

        void add(Tally other) {
            pairs += other.pairs;
            other.violations.forEach((property, count) -> violations.merge(property, count, Long::sum));
            other.nearest.forEach((property, margin) -> nearest.merge(property, margin, Math::max));
        }
    }

    private static Tally batch(int pairs, long seed) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        Tally tally = new Tally();
        for (int i = 0; i < pairs; i++) {
            int cells = 1 + random.nextInt(8);
            double[] p = new double[cells];
            double[] q = new double[cells];
            double spread = new double[] {1e-8, 1e-3, 1, 30}[random.nextInt(4)];
            for (int j = 0; j < cells; j++) {
                p[j] = random.nextInt(8) == 0 ? 0 : Math.exp(-20 * random.nextDouble() * random.nextDouble());
                q[j] = random.nextInt(8) == 0 ? 0 : p[j] * Math.exp(spread * (2 * random.nextDouble() - 1));
                if (p[j] == 0 && random.nextBoolean()) {
                    q[j] = random.nextDouble();
                }
            }
            compare(tally, order(random), p, q, random);
            tally.pairs++;
        }
        return tally;
    }

    private static double order(UniformRandomProvider random) {
        return switch (random.nextInt(5)) {
            case 0 -> 0.5;
            case 1 -> 1;
            case 2 -> Math.exp(Math.log(1e-6) * random.nextDouble());
            case 3 -> random.nextDouble();
            default -> 1 + 4 * random.nextDouble();
        };
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    private static double divergence(Generator f, double[] q, double[] p) {
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            sum += f.perspective(p[i], q[i]);
        }
        return sum;
    }

    private static void compare(Tally tally, double alpha, double[] p, double[] q, UniformRandomProvider random) {
        Generator f = Generator.of(alpha);
        double massP = sum(p);
        double massQ = sum(q);
        double total = massP + massQ;
        double d = divergence(f, q, p);
        tally.atMost(Property.NOT_NEGATIVE, 0, d, 1);
        double larger = alpha * (1 + random.nextDouble());
        double next = divergence(Generator.of(larger), q, p);
        double rounding = Math.max(d, next) + 1e-3 * total;
        tally.atMost(Property.MONOTONE, d, next, Double.isFinite(rounding) ? rounding : 1);
        if (larger < 1) {
            tally.atMost(
                    Property.MONOTONE,
                    (1 - larger) / larger * next,
                    (1 - alpha) / alpha * d,
                    (1 - alpha) / alpha * (d + total));
        }
        if (alpha < 1) {
            double dual = divergence(Generator.of(1 - alpha), p, q);
            double expected = Relations.dual(alpha, d);
            // 1 - alpha is a double: its rounding is relative to alpha
            double scale = (expected + 1e-3 * total) * (1 + 1 / alpha);
            tally.atMost(Property.DUALITY, dual, expected, scale);
            tally.atMost(Property.DUALITY, expected, dual, scale);
        }
        double c = Math.exp(40 * random.nextDouble() - 20);
        double[] cp = p.clone();
        double[] cq = q.clone();
        for (int i = 0; i < cp.length; i++) {
            cp[i] *= c;
            cq[i] *= c;
        }
        double scaled = divergence(f, cq, cp);
        if (Double.isFinite(d)) {
            double unit = c * (d + 1e-3 * total);
            tally.atMost(Property.HOMOGENEOUS, scaled, c * d, unit + c * total * alpha);
            tally.atMost(Property.HOMOGENEOUS, c * d, scaled, unit + c * total * alpha);
        }
        int cut = random.nextInt(p.length);
        double[] mergedP = {sum(java.util.Arrays.copyOf(p, cut)), sum(java.util.Arrays.copyOfRange(p, cut, p.length))};
        double[] mergedQ = {sum(java.util.Arrays.copyOf(q, cut)), sum(java.util.Arrays.copyOfRange(q, cut, q.length))};
        double merged = PartitionBound.of(f, mergedP, mergedQ);
        double scale = Double.isFinite(d) ? d + total * Math.max(1, alpha) * UNIT : 1;
        tally.atMost(Property.DATA_PROCESSING, merged, d, scale + 1e-3 * total);
        tally.atMost(Property.DATA_PROCESSING, f.perspective(massP, massQ), merged, scale + 1e-3 * total);
        if (massP > 0 && massQ > 0) {
            bounds(tally, f, d, divergence(f, p, q), massP, massQ);
        }
    }

    private static void bounds(Tally tally, Generator f, double d, double back, double massP, double massQ) {
        double ratio = massQ / massP;
        MassBounds.Bounds there = MassBounds.ratio(f, d / massP);
        double size = Math.max(1, ratio);
        tally.atMost(Property.RATIO, there.lower(), ratio, size);
        tally.atMost(Property.RATIO, ratio, there.upper(), size);
        MassBounds.Bounds explicit = f.alpha() <= 2 ? MassBounds.explicitRatio(f, d / massP) : there;
        tally.atMost(Property.RATIO, explicit.lower(), there.lower(), 1);
        if (Double.isFinite(there.upper())) {
            tally.atMost(Property.RATIO, there.upper(), explicit.upper(), there.upper());
        }
        MassBounds.Bounds backward = MassBounds.ratioFromBackward(f, back / massQ);
        tally.atMost(Property.BACKWARD, backward.lower(), ratio, size);
        // where E is near 1 its rounding moves L
        double least = f.lower(back / massQ);
        double condition = back / massQ / (least * Math.abs(f.derivative(least)));
        tally.atMost(Property.BACKWARD, ratio, backward.upper(), size * (1 + condition));
        MassBounds.Bounds hellinger = MassBounds.mass(f, massP, d);
        tally.atMost(Property.ABSOLUTE, hellinger.lower(), massQ, massP + massQ);
        tally.atMost(Property.ABSOLUTE, massQ, hellinger.upper(), massP + massQ);
        double gap = Math.abs(massQ - massP);
        double sharp = MassBounds.difference(f, massP, d);
        tally.atMost(Property.ABSOLUTE, gap, sharp, massP + massQ);
        if (f.alpha() <= 2 && Double.isFinite(sharp)) {
            tally.atMost(Property.ABSOLUTE, sharp, MassBounds.explicitDifference(f, massP, d), sharp);
        }
    }

    /** The outcome as a Markdown table. */
    static List<String> table(Outcome outcome) {
        List<String> rows = new ArrayList<>();
        rows.add("| claim | violations | most rounding seen, units of 2^-53 |");
        rows.add("|:--|--:|--:|");
        for (Property property : Property.values()) {
            rows.add(String.format(
                    Locale.ROOT,
                    "| %s | %d | %.1f |",
                    property.sentence,
                    outcome.violations.get(property),
                    outcome.nearest.get(property)));
        }
        return rows;
    }

    /** Prints the table for {@code PAIRS SEED}. */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, java.nio.charset.StandardCharsets.UTF_8);
        Outcome outcome = run(Integer.parseInt(args[0]), Long.parseLong(args[1]));
        out.println(String.format(Locale.ROOT, "%,d pairs.", outcome.pairs));
        out.println();
        table(outcome).forEach(out::println);
    }
}
