package org.localmass.quality;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.localmass.core.draws.Draws;
import org.localmass.core.region.Ball;
import org.localmass.core.region.Norm;
import org.localmass.estimate.IndexMismatch;

/**
 * Whether two sets of draws have the same local scale: coverage of the difference of their slopes, and how often each
 * answer is given, by {@link IndexMismatch} with margin 0.2.
 */
public final class MismatchStudy {
    private static final double MARGIN = 0.2;

    private MismatchStudy() {}

    /**
     * One pair.
     *
     * @param covered    share of intervals of the difference that hold it; NaN where the slopes are not those of a power
     * @param different  share of runs that call the slopes different
     * @param same       share of runs that call them alike
     * @param detectable median of the difference that would be found with probability 0.8
     */
    record Cell(double covered, double different, double same, double detectable) {}

    static Cell run(IndexLaws.Law first, IndexLaws.Law second, int n, double rho, int seeds, long seed) {
        double difference = first.pure() && second.pure() ? second.kappa() - first.kappa() : Double.NaN;
        List<IndexMismatch> runs = IntStream.range(0, seeds)
                .parallel()
                .mapToObj(i -> {
                    UniformRandomProvider rng = RandomSource.XO_RO_SHI_RO_128_PP.create(
                            seed * 1_000_003 + 31L * n + i + Math.round(1e9 * rho));
                    Draws p = IndexStudy.draws(first, n, rho, rng);
                    Draws q = IndexStudy.draws(second, n, 0, rng);
                    Ball ball = Ball.of(p.names(), new int[] {0}, new double[1], 1, Norm.l2());
                    return IndexMismatch.of(p, q, ball, MARGIN, 0.95);
                })
                .toList();
        double[] detectable =
                runs.stream().mapToDouble(IndexMismatch::detectable).sorted().toArray();
        return new Cell(
                Double.isNaN(difference)
                        ? Double.NaN
                        : share(
                                runs,
                                r -> r.difference().lower() <= difference
                                        && difference <= r.difference().upper()),
                share(runs, r -> r.outcome() == IndexMismatch.Outcome.DIFFERENT),
                share(runs, r -> r.outcome() == IndexMismatch.Outcome.SAME),
                detectable[seeds / 2]);
    }

    private static double share(List<IndexMismatch> runs, Predicate<IndexMismatch> of) {
        return (double) runs.stream().filter(of).count() / runs.size();
    }

    /** Prints the table; arguments: seeds of a row with 1,000 and with 10,000 draws (default 1000 and 400). */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        int[] sizes = {1_000, 10_000};
        int[] seeds = {1000, 400};
        for (int i = 0; i < seeds.length && i < args.length; i++) {
            seeds[i] = Integer.parseInt(args[i]);
        }
        out.println("| reference | approximation | draws | rho | seeds | difference | held | different | alike |"
                + " detectable |");
        out.println("|---|---|---|---|---|---|---|---|---|---|");
        for (int i = 0; i < sizes.length; i++) {
            for (double rho : new double[] {0, 0.9}) {
                IndexLaws.Law one = IndexLaws.pure(1);
                row(out, one, one, sizes[i], rho, seeds[i]);
                row(out, one, IndexLaws.pure(1.2), sizes[i], rho, seeds[i]);
                double slope = detectable(sizes[i], rho);
                if (slope < 4) {
                    row(out, one, IndexLaws.pure(slope), sizes[i], rho, seeds[i]);
                }
                row(out, one, IndexLaws.pure(0.5), sizes[i], rho, seeds[i]);
                row(out, IndexLaws.symmetricPower(0.5), IndexLaws.normal(1), sizes[i], rho, seeds[i]);
                row(out, IndexLaws.horseshoe(), IndexLaws.normal(1), sizes[i], rho, seeds[i]);
            }
        }
    }

    /** The slope that differs from 1 by what is reported as detectable. */
    private static double detectable(int n, double rho) {
        double slope = 1.2;
        for (int i = 0; i < 12 && slope < 4; i++) {
            slope = 1 + run(IndexLaws.pure(1), IndexLaws.pure(slope), n, rho, 50, 20).detectable;
        }
        return Math.round(100 * slope) / 100.0;
    }

    private static void row(PrintStream out, IndexLaws.Law p, IndexLaws.Law q, int n, double rho, int seeds) {
        Cell cell = run(p, q, n, rho, seeds, 21);
        out.printf(
                Locale.ROOT,
                "| %s | %s | %,d | %.1f | %d | %s | %s | %.3f | %.3f | %.2f |%n",
                p.name(),
                q.name(),
                n,
                rho,
                seeds,
                p.pure() && q.pure() ? String.format(Locale.ROOT, "%.2f", q.kappa() - p.kappa()) : "",
                Double.isNaN(cell.covered) ? "" : String.format(Locale.ROOT, "%.3f", cell.covered),
                cell.different,
                cell.same,
                cell.detectable);
    }
}
