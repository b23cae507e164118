package org.localmass.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.localmass.check.RequestedBall;
import org.localmass.check.SharedParameters;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.measure.Distribution;
import org.localmass.core.measure.NoClosedFormException;
import org.localmass.core.region.Ball;
import org.localmass.core.region.BoundPoint;
import org.localmass.core.region.Norm;
import org.localmass.core.region.PointExpression;
import org.localmass.core.region.RegionSyntaxException;
import org.localmass.estimate.DensityRekl;
import org.localmass.estimate.DrawsMass;
import org.localmass.estimate.DrawsRekl;
import org.localmass.estimate.LocalComparison;
import org.localmass.estimate.LocalSide;
import org.localmass.estimate.SampleCovariance;
import org.localmass.report.DrawsDivergenceReport;
import org.localmass.report.DrawsDivergenceReport.Method;
import org.localmass.report.Place;

/**
 * The two sides of {@code divergence}, each a distribution or draws in files, compared by draws. A distribution stands for
 * draws made from it; where its masses or both densities are known, they are used.
 *
 * @param from the approximation q
 * @param to   the target p
 */
record DivergenceSides(Side from, Side to) {
    /** Draws made from a distribution: enough to be the more exact side. */
    static final int DRAWS = 200_000;

    /**
     * A distribution or files.
     *
     * @param option the option it was given by
     * @param text   the text form of the distribution, or the files' names
     * @param law    the distribution, null for files
     * @param files  the files, empty for a distribution
     */
    record Side(String option, String text, @Nullable Distribution law, List<Path> files) {
        static Side of(String option, List<String> values) throws BadInput {
            List<Path> files = new ArrayList<>();
            for (String value : values) {
                Path path = file(value);
                if (path != null) {
                    files.add(path);
                }
            }
            if (files.isEmpty() && values.size() == 1) {
                String text = values.get(0);
                if (!text.contains("(") && (text.contains(".") || text.contains("/"))) {
                    throw new BadInput(option + " " + text + ": there is no such file");
                }
                Distribution law = PlaceOptions.law(option, text);
                return new Side(option, law.toString(), law, List.of());
            }
            if (files.size() < values.size()) {
                String other =
                        values.stream().filter(v -> file(v) == null).findFirst().orElse("");
                throw new BadInput(option + " takes one distribution or files, and there is no file " + other);
            }
            return new Side(option, String.join(", ", values), null, files);
        }

        private static @Nullable Path file(String text) {
            try {
                Path path = Path.of(text);
                return Files.exists(path) ? path : null;
            } catch (InvalidPathException e) {
                return null;
            }
        }
    }

    static DivergenceSides of(List<String> from, List<String> to) throws BadInput {
        return new DivergenceSides(Side.of("--from", from), Side.of("--to", to));
    }

    DrawsDivergenceReport.Content compare(
            PlaceOptions place, CommonOptions common, ReadingOptions reading, double[] radii) throws BadInput {
        if (!(common.level > 0 && common.level < 1)) {
            throw new BadInput("--level must lie strictly between 0 and 1, was " + common.level);
        }
        List<List<Path>> paths = new ArrayList<>();
        if (from.law == null) {
            paths.add(from.files);
        }
        if (to.law == null) {
            paths.add(to.files);
        }
        List<Inputs> inputs = paths.isEmpty() ? List.of() : Inputs.read(paths, reading.reader(), common.threadCount());
        Draws drawsFrom = from.law == null ? inputs.get(0).draws() : null;
        Draws drawsTo = to.law == null ? inputs.get(inputs.size() - 1).draws() : null;
        try {
            if (drawsFrom != null && drawsTo != null) {
                SharedParameters shared = SharedParameters.of(drawsTo, drawsFrom);
                drawsFrom = shared.approximation();
                drawsTo = shared.reference();
            }
            return located(place, common, radii, drawsFrom, drawsTo);
        } catch (RegionSyntaxException e) {
            throw new BadInput("--at: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new BadInput(String.valueOf(e.getMessage()), e);
        }
    }

    private DrawsDivergenceReport.Content located(
            PlaceOptions options,
            CommonOptions common,
            double[] radii,
            @Nullable Draws drawsFrom,
            @Nullable Draws drawsTo)
            throws BadInput {
        List<String> names = names(drawsFrom, drawsTo);
        boolean infinity = options.isAtInfinity();
        PointExpression expression = PointExpression.parse(infinity ? "0" : options.at());
        BoundPoint point = expression.bind(names);
        int[] coordinates = point.coordinates();
        List<String> chosen = Arrays.stream(coordinates).mapToObj(names::get).toList();
        Distribution lawFrom = law(from, coordinates, names.size());
        Distribution lawTo = law(to, coordinates, names.size());
        Draws selectedFrom = drawsFrom == null ? null : drawsFrom.select(chosen);
        Draws selectedTo = drawsTo == null ? null : drawsTo.select(chosen);
        int[] all = IntStream.range(0, chosen.size()).toArray();
        Norm norm = norm(common.norm, lawTo, selectedTo, all);
        Ball ball = Ball.of(chosen, all, point.centre(), 1, norm);
        SplittableRandom seeds = new SplittableRandom(common.seed);
        LocalSide q = side(lawFrom, selectedFrom, ball, infinity, radii[0], seeds.split());
        LocalSide p = side(lawTo, selectedTo, ball, infinity, radii[0], seeds.split());
        boolean densities = lawFrom != null && lawTo != null && hasDensity(lawFrom) && hasDensity(lawTo);
        List<LocalComparison> comparisons = new ArrayList<>();
        if (densities) {
            comparisons.addAll(
                    DensityRekl.of(common.alpha).withLevel(common.level).compare(q, p, radii));
        } else {
            DrawsRekl rekl = DrawsRekl.of(common.alpha).withLevel(common.level);
            for (double radius : radii) {
                comparisons.add(rekl.compare(q, p, radius));
            }
        }
        double[] centre = point.centre();
        if (infinity) {
            Arrays.fill(centre, Double.POSITIVE_INFINITY);
        }
        return new DrawsDivergenceReport.Content(
                from.text,
                to.text,
                new Place(infinity ? "inf" : expression.text(), centre, norm.label(), chosen.size()),
                common.alpha,
                common.level,
                common.seed,
                densities ? Method.DENSITIES : Method.DRAWS,
                selectedFrom == null ? DRAWS : selectedFrom.size(),
                selectedTo == null ? DRAWS : selectedTo.size(),
                comparisons);
    }

    private List<String> names(@Nullable Draws drawsFrom, @Nullable Draws drawsTo) throws BadInput {
        if (drawsTo != null) {
            return drawsTo.names();
        }
        if (drawsFrom != null) {
            return drawsFrom.names();
        }
        Distribution q = from.law;
        Distribution p = to.law;
        if (q == null || p == null || q.dimension() != p.dimension()) {
            throw new BadInput("--from has dimension " + (q == null ? 0 : q.dimension()) + ", --to has "
                    + (p == null ? 0 : p.dimension()));
        }
        return PlaceOptions.names(p.dimension());
    }

    /** The distribution in the balls' coordinates: it is the law of these alone, or of all parameters. */
    private static @Nullable Distribution law(Side side, int[] coordinates, int dimension) throws BadInput {
        Distribution law = side.law;
        if (law == null || law.dimension() == coordinates.length) {
            return law;
        }
        if (law.dimension() != dimension) {
            throw new BadInput(side.option + " has dimension " + law.dimension() + ", the balls live in "
                    + coordinates.length + " of " + dimension + " coordinates: name in --at those of the distribution");
        }
        return law.marginal(coordinates);
    }

    private static Norm norm(
            RequestedBall.NormKind kind, @Nullable Distribution law, @Nullable Draws draws, int[] coordinates)
            throws BadInput {
        if (law == null && draws != null && kind == RequestedBall.NormKind.MAHALANOBIS) {
            return Norm.mahalanobis(SampleCovariance.of(draws, coordinates));
        }
        return law == null ? kind == RequestedBall.NormKind.L2 ? Norm.l2() : Norm.linf() : PlaceOptions.norm(law, kind);
    }

    private static LocalSide side(
            @Nullable Distribution law,
            @Nullable Draws file,
            Ball ball,
            boolean infinity,
            double radius,
            SplittableRandom random) {
        Draws draws = file != null ? file : sampled(law, ball.coordinateNames(), random);
        double time = file != null ? DrawsMass.coordinateTime(file) : 1;
        LocalSide side = infinity ? LocalSide.atInfinity(draws, ball, time) : LocalSide.about(draws, ball, time);
        if (law == null) {
            return side;
        }
        DoubleUnaryOperator logMass =
                r -> infinity ? law.logTailMass(1 / r, ball.norm()) : law.logBallMass(ball.centre(), r, ball.norm());
        try {
            if (Double.isNaN(logMass.applyAsDouble(radius))) {
                return side.withDensity(law::logDensity);
            }
        } catch (NoClosedFormException e) {
            return side.withDensity(law::logDensity); // its mass is estimated from its draws
        }
        return side.withMasses(logMass).withDensity(law::logDensity);
    }

    private static Draws sampled(@Nullable Distribution law, List<String> names, SplittableRandom random) {
        if (law == null) {
            throw new IllegalStateException("a side is a distribution or draws");
        }
        double[][] columns = new double[names.size()][DRAWS];
        double[] point = new double[names.size()];
        for (int t = 0; t < DRAWS; t++) {
            law.sample(random::nextLong, point);
            for (int j = 0; j < point.length; j++) {
                columns[j][t] = point[j];
            }
        }
        return Draws.of(names, List.of(Chain.adopt(columns)), Sampling.INDEPENDENT);
    }

    private static boolean hasDensity(Distribution law) {
        return law.strata().size() == 1 && law.strata().get(0).carrier().isWhole();
    }
}
