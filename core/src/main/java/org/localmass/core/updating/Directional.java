package org.localmass.core.updating;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.localmass.core.measure.LocalLaw;
import org.localmass.core.region.Norm;
import org.localmass.core.region.RegionExpression;

/**
 * Homogeneous factors and supports on a density that is continuous and positive at the point: docs/theory.md T4.3, T4.4
 * and T4.5 (iv).
 *
 * <p>With p(t) = C/V_d the law is p(t) times the integral of the factor over the ball. The integrals follow from the
 * product rule R2.4, since the factors are products over coordinates or groups of them.
 */
final class Directional {
    private static final double LOG_2 = Math.log(2);

    private final List<Element> elements;
    private final int dimension;
    private final Norm norm;

    Directional(List<Element> elements, int dimension, Norm norm) {
        this.elements = elements;
        this.dimension = dimension;
        this.norm = norm;
    }

    static void requireFit(CoordinatePowers powers, int dimension) {
        int count = powers.exponents().size();
        if (count != dimension) {
            throw new IllegalArgumentException(
                    "number of exponents of coordinate_powers must be the dimension " + dimension + ", was " + count);
        }
    }

    static void requireFit(GroupPower group, int dimension) {
        if (group.size() > dimension) {
            throw new IllegalArgumentException(
                    "m of group_power must be at most the dimension " + dimension + ", was " + group.size());
        }
    }

    static void requireFit(Support support, int dimension) {
        boolean cusp =
                switch (support.shape()) {
                    case CUSP, LOG_CUSP, EXPONENTIAL_CUSP -> true;
                    case INSIDE, HALF, CONE, GRAPH, OUTSIDE -> false;
                };
        if (cusp && dimension == 1) {
            throw new IllegalArgumentException("dimension must be at least 2 for " + support.text() + ", was 1");
        }
        if (support.shape() == Support.Shape.CONE && dimension == 1 && support.parameter() != 0.5) {
            throw new IllegalArgumentException(
                    "w of cone must be 0.5 in one dimension, was " + RegionExpression.textOf(support.parameter()));
        }
    }

    Step apply(LocalLaw prior, boolean continuous, List<Rule> rules) {
        for (Element element : elements) {
            rules.add(
                    element instanceof Support
                            ? Rule.SUPPORT
                            : element instanceof Hinge ? Rule.HINGE : Rule.HOMOGENEOUS);
        }
        if (prior.isVanishing()) {
            return elements.stream().allMatch(Directional::isBounded)
                    ? new Step.Holds(prior)
                    : new Step.Open(
                            "the prior vanishes at the point faster than every power, and the factor is infinite"
                                    + " in other places");
        }
        if (!continuous || prior.kappa() != dimension || prior.beta() != 0) {
            return new Step.Open("the prior needs a density that is continuous and positive at the point, kappa = "
                    + dimension + " and beta = 0");
        }
        List<Element> halves = elements.stream().filter(Directional::isHalf).toList();
        List<Element> others =
                elements.stream().filter(element -> !isHalf(element)).toList();
        boolean even =
                others.isEmpty() || others.get(0) instanceof CoordinatePowers || others.get(0) instanceof GroupPower;
        if (halves.size() > 1 || others.size() > 1 || (halves.size() == 1 && !even)) {
            return new Step.Open("the position of two factors to each other is not known");
        }
        double logDensity = prior.logConstant() - logVolume(dimension);
        Step step = others.isEmpty() ? new Step.Holds(prior) : times(others.get(0), prior, logDensity);
        // a factor that is even about the point has half of its mass on either side of any plane through it
        return step instanceof Step.Holds holds && !halves.isEmpty()
                ? new Step.Holds(holds.law().withLogWeight(-LOG_2))
                : step;
    }

    private static boolean isHalf(Element element) {
        return element instanceof Support support && support.isHalf();
    }

    static boolean isBounded(Element element) {
        if (element instanceof CoordinatePowers powers) {
            return powers.isBounded();
        }
        if (element instanceof GroupPower group) {
            return group.exponent() >= 0;
        }
        return !(element instanceof Hinge hinge) || hinge.exponent() >= 0;
    }

    private double logVolume(int d) {
        return LocalLaw.ofDensity(0, d, norm).logConstant();
    }

    private boolean isMahalanobis() {
        return dimension > 1 && norm.label().equals("mahalanobis");
    }

    private Step times(Element element, LocalLaw prior, double logDensity) {
        if (element instanceof CoordinatePowers powers) {
            return coordinatePowers(powers, logDensity);
        }
        if (element instanceof GroupPower group) {
            return groupPower(group.exponent(), group.size(), logDensity, "g", "m = " + group.size());
        }
        if (element instanceof Hinge hinge) {
            return hinge(hinge.exponent(), logDensity);
        }
        return support((Support) element, prior, logDensity);
    }

    private Step coordinatePowers(CoordinatePowers powers, double logDensity) {
        List<LocalLaw> blocks = new ArrayList<>();
        for (int j = 0; j < dimension; j++) {
            double g = powers.exponents().get(j);
            double kappa = Rounding.sum(g, 1, 0);
            if (!(kappa > 0)) {
                return new Step.Fails("g" + (j + 1) + " = " + RegionExpression.textOf(g)
                        + " is not above -1, so the factor has no finite integral across u" + (j + 1) + " = 0");
            }
            blocks.add(LocalLaw.of(kappa, 0, LOG_2 - Math.log(kappa)));
        }
        return new Step.Holds(LocalLaw.product(blocks, norm).withLogWeight(logDensity));
    }

    private Step groupPower(double g, int m, double logDensity, String name, String size) {
        double kappa = Rounding.sum(g, m, 0);
        if (!(kappa > 0)) {
            return new Step.Fails(name + " = " + RegionExpression.textOf(g) + " is not above -" + m + ", " + size
                    + ", so the factor has no finite integral about its pole");
        }
        LocalLaw group = LocalLaw.of(kappa, 0, logVolume(m) + Math.log(m) - Math.log(kappa));
        LocalLaw rest = LocalLaw.of(dimension - m, 0, logVolume(dimension - m));
        return new Step.Holds(LocalLaw.product(List.of(group, rest), norm).withLogWeight(logDensity));
    }

    private Step hinge(double g, double logDensity) {
        double kappa = Rounding.sum(g, 1, 0);
        if (!(kappa > 0)) {
            return new Step.Fails("g = " + RegionExpression.textOf(g)
                    + " is not above -1, so the factor has no finite integral at the boundary");
        }
        LocalLaw whole = ((Step.Holds) groupPower(g, 1, logDensity, "g", "")).law();
        return new Step.Holds(whole.withLogWeight(-LOG_2));
    }

    private Step support(Support support, LocalLaw prior, double logDensity) {
        double parameter = support.parameter();
        return switch (support.shape()) {
            case CONE -> new Step.Holds(prior.withLogWeight(Math.log(parameter)));
            case GRAPH ->
                dimension == 1
                        ? new Step.Holds(prior.withLogWeight(-LOG_2))
                        : parameter == 1
                                ? new Step.Holds(prior.withLogWeight(logRightAngledFraction()))
                                : cusp(1 / parameter, logDensity);
            case CUSP -> cusp(parameter, logDensity);
            case LOG_CUSP -> logCusp(parameter, logDensity);
            case EXPONENTIAL_CUSP -> new Step.Holds(LocalLaw.vanishing());
            case INSIDE, HALF, OUTSIDE -> throw new IllegalStateException(support.text());
        };
    }

    /** The balls reach r along the axis of a cusp, so its mass is p(t) times the volume below height r. */
    private Step cusp(double order, double logDensity) {
        double kappa = 1 + order * (dimension - 1);
        double logConstant = logDensity + logVolume(dimension - 1) - Math.log(kappa);
        return new Step.Holds(LocalLaw.of(kappa, 0, isMahalanobis() ? Double.NaN : logConstant));
    }

    private Step logCusp(double c, double logDensity) {
        double logConstant = logDensity + logVolume(dimension - 1) - Math.log(dimension);
        return new Step.Holds(LocalLaw.of(dimension, -c * (dimension - 1), isMahalanobis() ? Double.NaN : logConstant));
    }

    /** Log of the share of the ball in {@code y >= N(x')}. */
    private double logRightAngledFraction() {
        return switch (norm.label()) {
            case "linf" -> -Math.log(2.0 * dimension);
            case "l2" -> Math.log(RegularizedBeta.value(0.5, 0.5 * (dimension - 1), 0.5)) - LOG_2;
            default -> Double.NaN;
        };
    }
}
