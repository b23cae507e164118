package org.localmass.quality;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.localmass.core.divergence.LocalRekl;
import org.localmass.core.divergence.Rekl;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.measure.Distribution;
import org.localmass.core.region.Ball;
import org.localmass.core.region.Norm;
import org.localmass.core.spec.DistributionText;
import org.localmass.estimate.DensityRekl;
import org.localmass.estimate.DrawsMass;
import org.localmass.estimate.DrawsRekl;
import org.localmass.estimate.LocalComparison;
import org.localmass.estimate.LocalSide;

/** Bounds, intervals and certificates of local RE-KL from draws against exact values. */
public final class DrawsReklStudy {
    private static final int CHAINS = 4;

    private DrawsReklStudy() {}

    /**
     * A pair of laws and a ball.
     *
     * @param q      the approximation, independent draws
     * @param p      the target
     * @param radius of an linf ball about 0
     * @param rho    lag-one correlation of the target's chains; other than 0 for a standard normal target only
     * @param alpha  order
     */
    record Pair(String q, String p, double radius, double rho, double alpha) {}

    private static final String WIDE = "normal(0.5, 1.2)";

    static final List<Pair> PAIRS = List.of(
            new Pair("normal(0,1)", "normal(0,1)", 1, 0, 0.5),
            new Pair("normal(0,1)", "normal(0,1)", 1, 0.9, 0.5),
            new Pair("mvnormal([0,0],1)", "mvnormal([0,0],1)", 1, 0, 0.5),
            new Pair(WIDE, "normal(0,1)", 0.3, 0, 0.5),
            new Pair(WIDE, "normal(0,1)", 2, 0, 0.5),
            new Pair(WIDE, "normal(0,1)", 2, 0, 0.25),
            new Pair(WIDE, "normal(0,1)", 2, 0, 0.75),
            new Pair(WIDE, "normal(0,1)", 2, 0, 1),
            new Pair(WIDE, "normal(0,1)", 2, 0.5, 0.5),
            new Pair(WIDE, "normal(0,1)", 2, 0.9, 0.5),
            new Pair("mvnormal([0.5,0],1.44)", "mvnormal([0,0],1)", 2, 0, 0.5),
            new Pair("mvnormal([0.5,0.5,0,0,0],1)", "mvnormal([0,0,0,0,0],1)", 2, 0, 0.5),
            new Pair("symmetric_power(2)", "symmetric_power(0.5)", 0.1, 0, 0.5),
            new Pair("symmetric_power(0.5)", "symmetric_power(2)", 0.1, 0, 0.5),
            new Pair("symmetric_power(1)", "symmetric_power(2)", 1, 0, 0.5));

    /**
     * One cell of the study.
     *
     * @param pair      laws and ball
     * @param draws     of either side
     * @param forward   exact \( D(q\|p) \)
     * @param missed    share of forward, backward or normalised lower bounds above the exact value
     * @param reached   mean of lower bound over exact value, NaN where that is 0
     * @param estimate  mean of estimate over exact value
     * @param ratio     share of ratio intervals that hold Q/P
     * @param certified share of certificates that hold
     * @param covered   share of intervals from densities that hold the exact value; NaN where there are none
     * @param width     mean of their width over the exact value
     * @param factor    mean of the factor certified from densities over P/Q
     * @param valid     share of certificates from densities that hold
     */
    record Cell(
            Pair pair,
            int draws,
            double forward,
            double missed,
            double reached,
            double estimate,
            double ratio,
            double certified,
            double covered,
            double width,
            double factor,
            double valid) {}

    static List<Cell> run(List<Pair> pairs, int[] sizes, int replicates, long seed) {
        List<Cell> cells = new ArrayList<>();
        for (Pair pair : pairs) {
            for (int size : sizes) {
                cells.add(cell(pair, size, replicates, seed));
            }
        }
        return cells;
    }

    private static Cell cell(Pair pair, int size, int replicates, long seed) {
        Distribution q = DistributionText.parse(pair.q);
        Distribution p = DistributionText.parse(pair.p);
        int d = q.dimension();
        double[] centre = new double[d];
        LocalRekl rekl = LocalRekl.of(pair.alpha);
        Rekl forward = rekl.onBall(q, p, centre, pair.radius, Norm.linf());
        Rekl backward = rekl.onBall(p, q, centre, pair.radius, Norm.linf());
        double exact = forward.value().value();
        double ratio = forward.ratio();
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(
                seed + Objects.hash(pair.q, pair.p, pair.radius, pair.rho, pair.alpha, size));
        int missed = 0;
        int inRatio = 0;
        int certified = 0;
        int covered = 0;
        int valid = 0;
        double reached = 0;
        double estimate = 0;
        double width = 0;
        double factor = 0;
        int[] coordinates = new int[d];
        Arrays.setAll(coordinates, j -> j);
        for (int r = 0; r < replicates; r++) {
            Draws drawsQ = independent(q, size, random);
            Draws drawsP = pair.rho == 0
                    ? independent(p, size, random)
                    : AutoregressiveChains.draws(random, CHAINS, size / CHAINS, d, pair.rho);
            Ball ballQ = Ball.of(drawsQ.names(), coordinates, centre, 1, Norm.linf());
            Ball ballP = Ball.of(drawsP.names(), coordinates, centre, 1, Norm.linf());
            LocalSide sideQ = LocalSide.about(drawsQ, ballQ, 1);
            LocalSide sideP = LocalSide.about(drawsP, ballP, DrawsMass.coordinateTime(drawsP));
            LocalComparison c = DrawsRekl.of(pair.alpha).compare(sideQ, sideP, pair.radius);
            boolean miss = above(c.forward().divergence().lower(), exact)
                    || above(c.backward().divergence().lower(), backward.value().value())
                    || above(c.forward().normalised().lower(), forward.normalised())
                    || above(c.backward().normalised().lower(), backward.normalised());
            missed += miss ? 1 : 0;
            reached += c.forward().divergence().lower() / exact;
            estimate += c.forward().divergence().estimate() / exact;
            inRatio += c.ratio().lower() <= ratio && ratio <= c.ratio().upper() ? 1 : 0;
            certified += c.certificate() * ratio >= 1 - 1e-12 ? 1 : 0;
            if (pair.rho == 0) {
                LocalComparison known = DensityRekl.of(pair.alpha)
                        .compare(sideQ.withDensity(q::logDensity), sideP.withDensity(p::logDensity), new double[] {
                            pair.radius
                        })
                        .get(0);
                boolean holds = !above(known.forward().normalised().lower(), forward.normalised())
                        && !above(
                                forward.normalised(),
                                known.forward().normalised().upper())
                        && !above(
                                known.backward().divergence().lower(),
                                backward.value().value())
                        && !above(
                                backward.value().value(),
                                known.backward().divergence().upper());
                covered += holds ? 1 : 0;
                width += (known.forward().divergence().upper()
                                - known.forward().divergence().lower())
                        / exact;
                factor += known.certificate() * ratio;
                valid += known.certificate() * ratio >= 1 - 1e-12 ? 1 : 0;
            }
        }
        double n = replicates;
        double none = pair.rho == 0 ? 1 : Double.NaN;
        double zero = exact == 0 ? Double.NaN : 1;
        return new Cell(
                pair,
                size,
                exact,
                missed / n,
                zero * reached / n,
                zero * estimate / n,
                inRatio / n,
                certified / n,
                none * covered / n,
                none * zero * width / n,
                none * factor / n,
                none * valid / n);
    }

    private static boolean above(double bound, double exact) {
        return bound > exact + 1e-12 * Math.abs(exact);
    }

    private static Draws independent(Distribution law, int size, UniformRandomProvider random) {
        int d = law.dimension();
        double[][] columns = new double[d][size];
        double[] point = new double[d];
        List<String> names = new ArrayList<>();
        for (int j = 0; j < d; j++) {
            names.add("x" + (j + 1));
        }
        for (int t = 0; t < size; t++) {
            law.sample(random, point);
            for (int j = 0; j < d; j++) {
                columns[j][t] = point[j];
            }
        }
        return Draws.of(names, List.of(Chain.adopt(columns)), Sampling.INDEPENDENT);
    }

    /** Prints the table; arguments: replicates (default 1000) and seed (default 1). */
    public static void main(String[] args) {
        int replicates = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
        print(run(PAIRS, new int[] {1000, 10_000}, replicates, seed), replicates, seed, System.out);
    }

    private static void print(List<Cell> cells, int replicates, long seed, PrintStream out) {
        out.printf(Locale.ROOT, "%d replicates a cell, seed %d.%n%n", replicates, seed);
        out.println(
                "| from q | to p | r | rho | alpha | n | D | bound missed | bound / D | estimate / D | ratio covered |"
                        + " c holds | interval covered | width / D | c Q/P | c holds |");
        out.println("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        for (Cell c : cells) {
            out.printf(
                    Locale.ROOT,
                    "| `%s` | `%s` | %s | %s | %s | %d | %.2g | %.3f | %s | %s | %.3f | %.3f | %s | %s | %s | %s |%n",
                    c.pair.q,
                    c.pair.p,
                    number(c.pair.radius),
                    number(c.pair.rho),
                    number(c.pair.alpha),
                    c.draws,
                    c.forward,
                    c.missed,
                    cell("%.2f", c.reached),
                    cell("%.2f", c.estimate),
                    c.ratio,
                    c.certified,
                    cell("%.3f", c.covered),
                    cell("%.2f", c.width),
                    cell("%.3g", c.factor),
                    cell("%.3f", c.valid));
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString(Math.round(value)) : Double.toString(value);
    }

    private static String cell(String format, double value) {
        return Double.isNaN(value) || Double.isInfinite(value) ? "-" : String.format(Locale.ROOT, format, value);
    }
}
