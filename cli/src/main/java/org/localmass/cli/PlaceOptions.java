package org.localmass.cli;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.localmass.check.RequestedBall;
import org.localmass.core.draws.Draws;
import org.localmass.core.mass.MassCurve;
import org.localmass.core.measure.Distribution;
import org.localmass.core.region.Ball;
import org.localmass.core.region.BoundPoint;
import org.localmass.core.region.Norm;
import org.localmass.core.region.PointExpression;
import org.localmass.core.region.RegionSyntaxException;
import org.localmass.core.spec.DistributionText;
import org.localmass.estimate.RobustNorm;
import org.localmass.report.Place;
import picocli.CommandLine.Option;

/** Where the balls of {@code mass}, {@code index} and {@code divergence} are. */
final class PlaceOptions {
    @Option(
            names = "--at",
            required = true,
            paramLabel = "POINT",
            description = "Centre of the balls: 0, [0,0,1], \"x1=0, x3=2\" (the ball lives in these coordinates, which"
                    + " are called x, or x1, x2, ..., or as in the file of draws), or inf: the outside of the ball of"
                    + " radius 1/r; of draws also \"tau=inf\".")
    private String at = "";

    private static final Pattern INFINITE = Pattern.compile("=\\s*\\+?inf(?=\\s*(,|$))");
    private static final Pattern ALL_INFINITE = Pattern.compile("[^=]+=\\s*\\+?inf\\s*(,[^=]+=\\s*\\+?inf\\s*)*");

    /** A distribution in the coordinates of the balls, and where they are. */
    record Located(Distribution law, Place place, Norm norm) {}

    /** The point as given. */
    String at() {
        return at;
    }

    boolean isAtInfinity() {
        return at.strip().equals("inf");
    }

    /** Balls among the parameters of draws: coordinates, centre (0 at infinity) and norm, and where they are. */
    record Found(Ball ball, Place place) {}

    /** Finds the place among the parameters of draws. */
    Found find(Draws draws, Map<String, String> labels, RequestedBall.NormKind kind) throws BadInput {
        String text = at.strip();
        boolean infinity = isAtInfinity() || ALL_INFINITE.matcher(text).matches();
        try {
            PointExpression expression = PointExpression.parse(
                    isAtInfinity() ? "0" : infinity ? INFINITE.matcher(text).replaceAll("=0") : text);
            BoundPoint point = expression.bind(draws.names(), labels);
            Norm norm =
                    switch (kind) {
                        case L2 -> Norm.l2();
                        case LINF -> Norm.linf();
                        case MAHALANOBIS -> RobustNorm.mahalanobis(draws, point.coordinates());
                    };
            Ball ball = point.ball(1, norm);
            double[] centre = point.centre();
            if (infinity) {
                java.util.Arrays.fill(centre, Double.POSITIVE_INFINITY);
            }
            return new Found(ball, new Place(infinity ? text : expression.text(), centre, norm.label(), centre.length));
        } catch (RegionSyntaxException e) {
            throw new BadInput("--at: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new BadInput("--norm mahalanobis: " + e.getMessage(), e);
        }
    }

    /** Reads a distribution. */
    static Distribution law(String option, String text) throws BadInput {
        try {
            return DistributionText.parse(text);
        } catch (RegionSyntaxException e) {
            throw new BadInput(option + ": " + e.getMessage(), e);
        }
    }

    Located locate(Distribution whole, RequestedBall.NormKind kind) throws BadInput {
        return locate(whole, law -> norm(law, kind));
    }

    /** The same in a norm that is known already. */
    Located locate(Distribution whole, Norm norm) throws BadInput {
        return locate(whole, law -> norm);
    }

    private interface NormOf {
        Norm of(Distribution law) throws BadInput;
    }

    private Located locate(Distribution whole, NormOf norms) throws BadInput {
        int d = whole.dimension();
        if (isAtInfinity()) {
            Norm norm = norms.of(whole);
            double[] centre = new double[d];
            java.util.Arrays.fill(centre, Double.POSITIVE_INFINITY);
            return new Located(whole, new Place("inf", centre, norm.label(), d), norm);
        }
        try {
            PointExpression expression = PointExpression.parse(at);
            BoundPoint point = expression.bind(names(d));
            Distribution law = whole.marginal(point.coordinates());
            Norm norm = norms.of(law);
            return new Located(law, new Place(expression.text(), point.centre(), norm.label(), law.dimension()), norm);
        } catch (RegionSyntaxException e) {
            throw new BadInput("--at: " + e.getMessage(), e);
        }
    }

    /** What the coordinates of a distribution are called: x, or x1, x2, ... */
    static List<String> names(int d) {
        return d == 1
                ? List.of("x")
                : IntStream.rangeClosed(1, d).mapToObj(j -> "x" + j).toList();
    }

    static Norm norm(Distribution law, RequestedBall.NormKind kind) throws BadInput {
        return switch (kind) {
            case L2 -> Norm.l2();
            case LINF -> Norm.linf();
            case MAHALANOBIS ->
                mahalanobis(law.scaleMatrix()
                        .orElseThrow(() -> new BadInput("--norm mahalanobis needs a distribution with a covariance"
                                + " matrix, such as multi_normal, was " + law)));
        };
    }

    private static Norm mahalanobis(double[][] matrix) throws BadInput {
        try {
            return Norm.mahalanobis(matrix);
        } catch (IllegalArgumentException e) {
            throw new BadInput("--norm mahalanobis: " + e.getMessage() + "; --norm l2 takes a singular one", e);
        }
    }

    /** {@code A:B:N}, N geometric radii from A to B. */
    static double[] radii(String text) throws BadInput {
        String[] parts = text.split(":", -1);
        try {
            if (parts.length == 3) {
                double from = Double.parseDouble(parts[0].strip());
                double to = Double.parseDouble(parts[1].strip());
                int count = Integer.parseInt(parts[2].strip());
                if (from > 0 && to >= from && to < Double.POSITIVE_INFINITY && count >= 1 && count <= 100_000) {
                    return MassCurve.radii(from, to, count);
                }
            }
        } catch (NumberFormatException e) {
            throw new BadInput(rule(text), e);
        }
        throw new BadInput(rule(text));
    }

    private static String rule(String text) {
        return "--radii must be A:B:N, N radii from A to B with 0 < A <= B, was '" + text + "'";
    }
}
